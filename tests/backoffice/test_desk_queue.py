"""The queue of the help desk: what its filters say and show, the file of the same rows, and what stands when it is empty."""

from datetime import timedelta

from core import clock, database
from core.helpdesk import snoozing, tickets
from tests.backoffice.conftest import Installation
from tests.backoffice.test_tickets import asks
from tests.core.cast import as_
from tests.core.conftest import MONDAY


async def test_filters_are_a_sentence_and_the_file_holds_the_same_rows(house: Installation) -> None:
    first = await asks(house, "Seragam baru kapan dibagi?")
    second = await asks(house, "Kartu BPJS saya belum jadi", who="tono")
    async with database.transaction(house.maju.company):
        await tickets.hurry(second, by=as_(house.maju.tono))
        await tickets.take(first, by=as_(house.maju.ratna))
    ratna = await house.as_person(house.maju, "ratna")
    slug = await house.slug(house.maju)
    whole = (await ratna.get(f"/{slug}/tickets")).text
    assert "Tiket terbuka</h2>" in whole
    assert whole.index("Seragam baru") < whole.index("Kartu BPJS")
    assert "janji Rabu 8 Juli 09.00 WIB" in whole
    asked = "urgent=yes&channel=web&until=week&waits=us"
    page = (await ratna.get(f"/{slug}/tickets?{asked}")).text
    assert "Tiket terbuka, lewat web, target dalam tujuh hari, ditunggu jawabannya, mendesak</h2>" in page
    assert "Kartu BPJS" in page
    assert "Seragam baru" not in page
    made = await ratna.post(f"/{slug}/tickets/export", format="csv", state=asked)
    assert "Kartu BPJS saya belum jadi" in made.text
    assert "Seragam baru" not in made.text
    mine = page.partition('name="agent"')[2].partition(">Ratna Dewanti<")[0].rpartition('value="')[2].partition('"')[0]
    hers = (await ratna.get(f"/{slug}/tickets?agent={mine}")).text
    assert "Tiket terbuka, dipegang Ratna Dewanti</h2>" in hers
    assert "Seragam baru" in hers
    assert "Kartu BPJS" not in hers
    with clock.freeze(MONDAY + timedelta(days=20)):
        ratna = await house.as_person(house.maju, "ratna")
        assert "2 lewat target" in (await ratna.get(f"/{slug}/tickets?until=late")).text


async def test_an_empty_queue_says_what_comes_next(house: Installation) -> None:
    slug = await house.slug(house.maju)
    with clock.freeze(MONDAY.replace(hour=22)):
        agent = await house.as_role(house.maju, "agent")
        empty = (await agent.get(f"/{slug}/tickets")).text
        assert "Antrean kosong" in empty
        assert "Meja bantuan buka lagi" in empty
        assert "08.00 WIB" in empty
    await asks(house)
    agent = await house.as_role(house.maju, "agent")
    assert "Batas terdekat di antrean: Rabu 8 Juli 09.00 WIB." in (await agent.get(f"/{slug}/tickets?show=mine")).text


async def test_a_queue_is_kept_under_a_name_and_shared(house: Installation) -> None:
    slug = await house.slug(house.maju)
    ratna = await house.as_person(house.maju, "ratna")
    await ratna.post(f"/{slug}/views/tickets", name="Mendesak hari ini", state="urgent=yes&until=today", shared="1")
    agent = await house.as_role(house.maju, "agent")
    page = (await agent.get(f"/{slug}/tickets")).text
    assert f'href="/{slug}/tickets?urgent=yes&amp;until=today">Mendesak hari ini' in page


async def test_from_one_ticket_to_the_next_without_the_queue(house: Installation) -> None:
    first, second, third = [await asks(house, f"Pertanyaan {number}") for number in range(3)]
    slug, ratna = await house.slug(house.maju), await house.as_person(house.maju, "ratna")
    there = f"/{slug}/tickets"
    after = await ratna.get(f"{there}/{first.public}/beside?step=next")
    assert after.headers["location"] == f"{there}/{second.public}"
    before = await ratna.get(f"{there}/{first.public}/beside?step=previous")
    assert before.headers["location"] == there
    await ratna.post(f"{there}/{third.public}/take")
    done = await ratna.post(f"{there}/{first.public}/resolve-next", read=str(first.last))
    assert done.headers["location"] == f"{there}/{third.public}", "one's own come before others"
    done = await ratna.post(f"{there}/{third.public}/resolve-next", read=str(third.last))
    assert done.headers["location"] == f"{there}/{second.public}", "then the next of the queue, taken"
    assert "Lepaskan" in (await ratna.get(done.headers["location"])).text
    done = await ratna.post(f"{there}/{second.public}/resolve-next", read=str(second.last))
    assert done.headers["location"] == there


async def test_the_queue_stands_beside_an_open_ticket(house: Installation) -> None:
    first = await asks(house, "Seragam baru kapan dibagi?")
    second = await asks(house, "Kartu BPJS saya belum jadi", who="tono")
    third = await asks(house, "Slip Mei belum ada")
    slug = await house.slug(house.maju)
    ratna = await house.as_person(house.maju, "ratna")

    async def beside() -> tuple[str, list[str]]:
        pane = (await ratna.get(f"/{slug}/tickets/{second.public}")).text.partition('class="panel around"')[2]
        pane = pane.partition("</nav>")[0]
        return pane, [one.partition("</b>")[0] for one in pane.split("<b>")[1:]]

    pane, subjects = await beside()
    assert "Antrean, 3 terbuka" in pane
    assert subjects == ["Seragam baru kapan dibagi?", "Kartu BPJS saya belum jadi", "Slip Mei belum ada"]
    assert f'/{second.public}" aria-current="true"' in pane
    assert pane.count("aria-current") == 1
    async with database.transaction(house.maju.company):
        await tickets.take(second, by=as_(house.maju.ratna))
    pane, subjects = await beside()
    assert "Antrean Anda" in pane
    assert "Belum diambil 2" in pane
    assert subjects == ["Kartu BPJS saya belum jadi"], "whoever works on their own sees what is their own"
    async with database.transaction(house.maju.company):
        await tickets.take(third, by=as_(house.maju.ratna))
        await tickets.solve(second, by=as_(house.maju.ratna), read=second.last)
        await snoozing.snooze(first, MONDAY + timedelta(days=2), by=as_(house.maju.ratna))
    assert (await beside())[1] == ["Slip Mei belum ada"], "what is solved or put aside stands in it no more"
