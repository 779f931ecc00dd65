"""Live at the desk: the stream says only that something is new, and colleagues see who is there and writes."""

from datetime import timedelta

from core import clock
from tests.backoffice.conftest import Installation
from tests.backoffice.test_live import listening
from tests.backoffice.test_tickets import asks


async def test_the_queue_hears_of_a_new_ticket_and_nothing_of_what_it_says(house: Installation) -> None:
    slug = await house.slug(house.maju)
    agent, other = await house.as_role(house.maju, "agent"), await house.as_role(house.sinar, "agent")
    theirs = f"/{await house.slug(house.sinar)}/tickets/live"
    async with listening(house, agent, f"/{slug}/tickets/live") as mine, listening(house, other, theirs) as quiet:
        first = await mine.next()
        await quiet.next()
        await asks(house, "Rahasia Budi")
        news = await mine.next()
        assert news["event"] == "news"
        assert news["id"] != first["id"]
        assert news["data"].split()[0] == "desk"
        assert "Rahasia" not in str(news)
        assert not [one for one in list(quiet.events._queue) if "event" in one]  # type: ignore[attr-defined]
    budi = await house.as_person(house.maju, "budi")
    assert (await budi.get(f"/{slug}/tickets/live")).status_code == 403


async def test_colleagues_see_who_is_there_who_writes_and_that_something_came(house: Installation) -> None:
    slug, row = await house.slug(house.maju), await asks(house)
    ratna, hendra = await house.as_person(house.maju, "ratna"), await house.as_person(house.maju, "hendra")
    here = f"/{slug}/tickets/{row.public}"
    page = (await hendra.get(here)).text
    news = page.partition(f'hx-get="{here}/news?seen=')[2].partition('"')[0]
    assert (await ratna.post(f"{here}/here")).status_code == 204
    assert "Ratna Dewanti juga membuka tiket ini" in (await hendra.get(f"{here}/news?seen={news}")).text
    assert "Ratna" not in (await ratna.get(f"{here}/news?seen={news}")).text, "nobody is told of themselves"
    await ratna.post(f"{here}/here", typing="1")
    fragment = (await hendra.get(f"{here}/news?seen={news}")).text
    assert "Ratna Dewanti sedang menulis di tiket ini" in fragment
    assert "Ada yang baru." not in fragment
    await ratna.post(f"{here}/note", words="tanya gudang", read=str(row.last))
    assert "Ada yang baru." in (await hendra.get(f"{here}/news?seen={news}")).text
    with clock.freeze(clock.now() + timedelta(minutes=2)):
        hendra = await house.as_person(house.maju, "hendra")
        assert "Ratna" not in (await hendra.get(f"{here}/news?seen={news}")).text
