"""The pages of the help desk: who sees what, an answer, a note, a message that came between, and one's own tickets."""

from datetime import timedelta

from core import clock, database
from core.helpdesk import tickets
from core.helpdesk.tables import Ticket
from core.messaging.outbox import Address
from tests.backoffice.conftest import Installation, Visitor
from tests.core.cast import as_


async def asks(house: Installation, words: str = "Seragam baru kapan dibagi?", who: str = "budi") -> Ticket:
    one = house.maju.people[who]
    async with database.transaction(house.maju.company):
        here = Address("web", "web", str(one.person), one.person)
        return (await tickets.submit(one, words, address=here, by=as_(one))).ticket


async def desk(house: Installation, row: Ticket) -> tuple[Visitor, str]:
    """An agent, and where the ticket is."""
    agent = await house.as_role(house.maju, "agent")
    return agent, f"/{await house.slug(house.maju)}/tickets/{row.public}"


async def test_the_queue_shows_what_is_open_and_takes_the_next(house: Installation) -> None:
    await asks(house)
    agent = await house.as_role(house.maju, "agent")
    slug = await house.slug(house.maju)
    queue = (await agent.get(f"/{slug}/tickets")).text
    assert "1 tiket terbuka" in queue
    assert "Seragam baru kapan dibagi?" in queue
    assert "Rabu 8 Juli 09.00 WIB" in queue
    taken = await agent.post(f"/{slug}/tickets/next")
    assert taken.status_code == 303
    page = (await agent.get(taken.headers["location"])).text
    assert "Tiket ini sekarang Anda pegang." in page
    assert "Semua tiket sudah ada yang memegang." in (await agent.get(f"/{slug}/tickets?show=untaken")).text


async def test_an_answer_is_sent_and_a_note_is_seen_by_the_desk_alone(house: Installation) -> None:
    row = await asks(house)
    agent, here = await desk(house, row)
    noted = await agent.post(f"{here}/note", words="tanya gudang dulu", read=str(row.last))
    assert noted.status_code == 303
    sent = await agent.post(f"{here}/answer", words="Senin 20 Juli.", read=str(row.last), then="waiting_requester")
    assert sent.headers["location"].endswith("done=waits")
    page = (await agent.get(here)).text
    assert "tanya gudang dulu" in page
    assert "menunggu pemohon" in page
    budi = await house.as_person(house.maju, "budi")
    mine = (await budi.get(f"/me/tickets/{row.public}")).text
    assert "Senin 20 Juli." in mine
    assert "tanya gudang" not in mine


async def test_a_message_that_came_between_stops_the_answer_and_keeps_the_words(house: Installation) -> None:
    row = await asks(house)
    agent, here = await desk(house, row)
    budi = await house.as_person(house.maju, "budi")
    added = await budi.post(f"/me/tickets/{row.public}/add", words="ukuran L ya")
    assert added.status_code == 303
    stopped = await agent.post(f"{here}/answer", words="Senin 20 Juli.", read=str(row.last), then="open")
    assert stopped.status_code == 409
    assert "Ada pesan baru di T-1" in stopped.text
    assert "ukuran L ya" in stopped.text
    assert "Senin 20 Juli.</textarea>" in stopped.text


async def test_the_clock_stands_beside_it_with_its_receipt(house: Installation) -> None:
    row = await asks(house)
    agent, here = await desk(house, row)
    page = (await agent.get(here)).text
    assert "Janji ke pemohon, jawaban" in page
    assert "Senin 6 Juli 09.00-24.00: 15 jam" in page
    assert "Rabu 8 Juli 00.00-09.00: 9 jam, jumlah 48 jam" in page
    assert row.answer_promise is not None
    with clock.freeze(row.answer_promise + timedelta(hours=14)):
        agent, here = await desk(house, row)
        assert "terlambat 14 jam" in (await agent.get(here)).text


async def test_nobody_reads_what_is_not_theirs(house: Installation) -> None:
    row = await asks(house)
    tono = await house.as_person(house.maju, "tono")
    assert (await tono.get(f"/me/tickets/{row.public}")).status_code == 404
    assert (await tono.post(f"/me/tickets/{row.public}/add", words="halo")).status_code == 404
    other = await house.as_role(house.sinar, "agent")
    assert (await other.get(f"/{await house.slug(house.sinar)}/tickets/{row.public}")).status_code == 404


async def test_an_employee_asks_on_the_portal_and_is_told_what_is_wrong(house: Installation) -> None:
    budi = await house.as_person(house.maju, "budi")
    empty = await budi.post("/me/tickets", words="  ")
    assert empty.status_code == 422
    assert "Tulis dulu pesannya." in empty.text
    asked = await budi.post("/me/tickets", words="<b>Slip</b> saya mana?")
    page = (await budi.get(asked.headers["location"])).text
    assert "&lt;b&gt;Slip&lt;/b&gt; saya mana?" in page
    assert "Senin 6 Juli 09.00-24.00: 15 jam" in page
    closed = await budi.post(f"{asked.headers['location'].partition('?')[0]}/close")
    assert closed.headers["location"].endswith("done=closed")


async def test_the_board_tells_what_waits_and_what_is_late(house: Installation) -> None:
    row = await asks(house)
    ratna = await house.as_person(house.maju, "ratna")
    slug = await house.slug(house.maju)
    assert "1 tiket belum diambil" in (await ratna.get(f"/{slug}/today")).text
    assert row.answer_target is not None
    with clock.freeze(row.answer_target + timedelta(hours=1)):
        ratna = await house.as_person(house.maju, "ratna")
        assert "1 tiket lewat targetnya" in (await ratna.get(f"/{slug}/today")).text
