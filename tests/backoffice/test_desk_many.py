"""One act on many tickets: how many is said first, rules pass over, and what can be taken back is."""

from core import database
from core.helpdesk import tickets
from core.helpdesk.tables import Ticket
from tests.backoffice.conftest import Installation
from tests.backoffice.test_tickets import asks
from tests.core.cast import as_


async def agents(house: Installation) -> list[str | None]:
    async with database.reading(house.maju.company):
        return [row["agent"] for row in await Ticket.select(Ticket.agent).order_by(Ticket.id)]


async def test_many_are_taken_after_a_look_and_given_back(house: Installation) -> None:
    rows = [await asks(house, f"Pertanyaan {number}") for number in range(3)]
    async with database.transaction(house.maju.company):
        await tickets.take(rows[0], by=as_(house.maju.hendra))
        await tickets.close(rows[2], by=as_(house.maju.budi))
    slug, ratna = await house.slug(house.maju), await house.as_person(house.maju, "ratna")
    chosen = [row.number for row in rows]
    page = await ratna.post(f"/{slug}/tickets/bulk", item=chosen, act="take")
    assert "Ambil 2 tiket</h1>" in page.text
    assert "1 yang lain tidak berubah." in page.text
    her, his = f"person:{house.maju.ratna.person}", f"person:{house.maju.hendra.person}"
    assert await agents(house) == [his, None, None], "a look changes nothing"
    did = await ratna.post(f"/{slug}/tickets/bulk/do", item=chosen, act="take")
    assert await agents(house) == [her, her, None]
    queue = (await ratna.get(did.headers["location"])).text
    assert "2 tiket diambil." in queue
    back = queue.partition('/undo"')[0].rpartition('action="')[2] + "/undo"
    await ratna.post(back)
    assert await agents(house) == [his, None, None]


async def test_all_that_match_are_given_and_nobody_to_nothing(house: Installation) -> None:
    for number in range(2):
        await asks(house, f"Pertanyaan {number}")
    slug, ratna = await house.slug(house.maju), await house.as_person(house.maju, "ratna")
    nothing = await ratna.post(f"/{slug}/tickets/bulk", act="close")
    assert nothing.status_code == 422
    assert "Tandai tiket di daftar lebih dulu" in nothing.text
    stranger = await ratna.post(f"/{slug}/tickets/bulk/do", act="give", to="x" * 22, all="1")
    assert "tidak bekerja di meja bantuan" in stranger.text
    await ratna.post(f"/{slug}/tickets/bulk/do", act="close", all="1", state="show=mine")
    async with database.reading(house.maju.company):
        assert await Ticket.count().where(Ticket.state == "closed") == 0, "none is hers"
    await ratna.post(f"/{slug}/tickets/bulk/do", act="resolve", all="1")
    async with database.reading(house.maju.company):
        assert await Ticket.count().where(Ticket.state == "resolved") == 2
