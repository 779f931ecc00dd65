"""Two people of the desk want one ticket: the second is told who has it, and takes it over only on purpose; on both databases."""

import asyncio

from core import clock, database
from core.helpdesk import tickets
from core.helpdesk.tables import Ticket
from tests.backoffice.conftest import Installation
from tests.backoffice.test_tickets import asks
from tests.core.cast import as_


async def agent(house: Installation, row: Ticket) -> str | None:
    async with database.reading(house.maju.company):
        found = await Ticket.objects().where(Ticket.id == row.id).first()
    assert found is not None
    return found.agent


def name(house: Installation, who: str) -> str:
    return f"person:{house.maju.people[who].person}"


async def test_of_two_who_press_at_once_the_second_is_told_who_has_it(house: Installation) -> None:
    slug = await house.slug(house.maju)
    ratna, hendra = await house.as_person(house.maju, "ratna"), await house.as_person(house.maju, "hendra")
    for nth in range(5):
        row = await asks(house, f"Seragam baru kapan dibagi {nth}?")
        there = f"/{slug}/tickets/{row.public}/take"
        both = await asyncio.gather(ratna.post(there, held=""), hendra.post(there, held=""))
        assert sorted(one.status_code for one in both) == [303, 409]
        won, lost, called = ("ratna", both[1], "Ratna") if both[0].status_code == 303 else ("hendra", both[0], "Hendra")
        assert await agent(house, row) == name(house, won)
        assert f"{row.number} sudah diambil {called}" in lost.text
        assert f"Ambil alih dari {called}" in lost.text


async def test_it_is_taken_over_by_the_button_that_says_from_whom(house: Installation) -> None:
    slug, ratna = await house.slug(house.maju), await house.as_person(house.maju, "ratna")
    row = await asks(house, "Kartu BPJS anak belum jadi")
    async with database.transaction(house.maju.company):
        await tickets.take(row, by=as_(house.maju.hendra))
    page = (await ratna.get(f"/{slug}/tickets/{row.public}")).text
    assert "Ambil alih dari Hendra" in page
    held = page.partition('name="held" value="')[2].partition('"')[0]
    assert held
    assert (await ratna.post(f"/{slug}/tickets/{row.public}/take", held="x")).status_code == 409
    assert await agent(house, row) == name(house, "hendra")
    assert (await ratna.post(f"/{slug}/tickets/{row.public}/take", held=held)).status_code == 303
    assert await agent(house, row) == name(house, "ratna")


async def test_it_is_not_given_away_from_under_a_colleague(house: Installation) -> None:
    slug, ratna = await house.slug(house.maju), await house.as_person(house.maju, "ratna")
    row = await asks(house, "Slip Mei belum ada")
    page = (await ratna.get(f"/{slug}/tickets/{row.public}")).text
    to = page.partition('id="f-to"')[2].partition('<option value="')[2].partition('"')[0]
    async with database.transaction(house.maju.company):
        await tickets.take(row, by=as_(house.maju.hendra))
    given = await ratna.post(f"/{slug}/tickets/{row.public}/give", to=to, held="")
    assert given.status_code == 409
    assert "sudah diambil Hendra" in given.text
    assert await agent(house, row) == name(house, "hendra")


async def test_many_are_taken_but_not_what_a_colleague_took_after_the_look(house: Installation) -> None:
    slug, ratna = await house.slug(house.maju), await house.as_person(house.maju, "ratna")
    rows = [await asks(house, f"Pertanyaan {nth}") for nth in range(2)]
    chosen = [row.number for row in rows]
    look = (await ratna.post(f"/{slug}/tickets/bulk", item=chosen, act="take")).text
    looked = look.partition('name="looked" value="')[2].partition('"')[0]
    assert looked and clock.now().isoformat() >= looked
    async with database.transaction(house.maju.company):
        await tickets.take(rows[0], by=as_(house.maju.hendra))
    await ratna.post(f"/{slug}/tickets/bulk/do", item=chosen, act="take", looked=looked)
    assert [await agent(house, row) for row in rows] == [name(house, "hendra"), name(house, "ratna")]
