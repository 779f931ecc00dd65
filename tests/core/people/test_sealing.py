"""A file is sealed before it is written: nobody waits for that, and what does not fit any more by then is sealed again."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from core import database
from core.people import applying, imports, present, sealing
from core.people.planning import Planned
from core.people.sealing import Ready
from core.people.tables import Assignment, Employment, Person
from tests.core.cast import HR, Cast, lay
from tests.core.people.test_batches import applied, batch, sent, undone

FILE = """\
employee_number,name,email,department,basic_salary
0904,Aji Pratama,aji@maju.example,Gudang,5000000
0905,Ayu Lestari,ayu@maju.example,Toko,
0412,Budi Santoso,budi.baru@maju.example,Toko,6000000
"""
TOLD = {
    "0904": ("aji@maju.example", "5000000"),
    "0905": ("ayu@maju.example", ""),
    "0412": ("budi.baru@maju.example", "6000000"),
}
Prepare = Callable[[int, Sequence[Planned]], Awaitable[Ready]]


async def kept(cast: Cast) -> dict[str, tuple[str, str]]:
    """The address and pay that the company holds of them, as they open."""
    async with database.reading(cast.company):
        people: Any = Assignment.employment
        rows = (
            await Assignment.select(
                people.number.as_alias("number"), people.person.as_alias("person"), people.person.email.as_alias("email"),
                Assignment.basic_salary,
            )
            .where(people.number.is_in(list(TOLD)) & Assignment.until.is_null())
            .order_by(Assignment.id)
        )  # fmt: skip
        return {
            row["number"]: (
                present.opened(row["email"], "person.email", row["person"]),
                present.opened(row["basic_salary"], "assignment.basic_salary", row["person"]),
            )
            for row in rows
        }


def after(monkeypatch: pytest.MonkeyPatch, happens: Callable[[Ready], Awaitable[Ready]]) -> None:
    """Let something happen between sealing and writing."""
    usual: Prepare = sealing.ready

    async def ready(company: int, rows: Sequence[Planned]) -> Ready:
        monkeypatch.setattr(sealing, "ready", usual)
        return await happens(await usual(company, rows))

    monkeypatch.setattr(sealing, "ready", ready)


async def by_page(cast: Cast) -> None:
    await applied(cast, FILE)


async def by_command(cast: Cast) -> None:
    assert (await imports.take(cast.company, FILE.encode(), actor=HR)).bad == []


ways = pytest.mark.parametrize("way", [by_page, by_command])


@ways
async def test_nobody_waits_for_the_writer_while_a_file_is_sealed(
    maju: Cast, monkeypatch: pytest.MonkeyPatch, way: Callable[[Cast], Awaitable[None]]
) -> None:
    seen, usual = [], sealing._seal

    def seal(*given: Any) -> None:
        seen.append(database.engine().connections()["busy"])
        usual(*given)

    monkeypatch.setattr(sealing, "_seal", seal)
    await way(maju)
    assert seen == [0], "no transaction is open meanwhile"
    assert await kept(maju) == TOLD


@ways
async def test_numbers_that_another_company_took_are_given_anew(
    maju: Cast, monkeypatch: pytest.MonkeyPatch, way: Callable[[Cast], Awaitable[None]]
) -> None:
    async def joined(made: Ready) -> Ready:
        await lay("PT Sinar Laut", at="sinar.example")
        return made

    after(monkeypatch, joined)
    await way(maju)
    assert await kept(maju) == TOLD
    async with database.reading(maju.company):
        spells = await Employment.select(Employment.person).where(Employment.number.is_in(list(TOLD)))
        assert await Person.count().where(Person.id.is_in([row["person"] for row in spells])) == 3


@ways
async def test_what_was_sealed_by_a_key_that_is_old_by_now_is_sealed_again(
    maju: Cast, monkeypatch: pytest.MonkeyPatch, way: Callable[[Cast], Awaitable[None]]
) -> None:
    async def renewed(made: Ready) -> Ready:
        old = {number: (person, "s1.old.", {"email": "s1.old.x"}) for number, (person, _, _) in made.identities.items()}
        pay = {number: (person, "s1.old.", "s1.old.x") for number, (person, _, _) in made.salaries.items()}
        return replace(made, identities=old, salaries=pay)

    after(monkeypatch, renewed)
    await way(maju)
    assert await kept(maju) == TOLD


async def test_who_was_changed_meanwhile_is_planned_again_by_the_command(
    maju: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def changed(made: Ready) -> Ready:
        cells = {"employee_number": "0904", "name": "Aji Pratama", "department": "Direksi"}
        assert await imports.change(maju.company, cells, actor=HR) == []
        return made

    after(monkeypatch, changed)
    taken = await imports.take(maju.company, FILE.encode(), actor=HR)
    assert (taken.bad, taken.new, taken.changed) == ([], 1, 2), "who came meanwhile changes, and nobody comes twice"
    assert await kept(maju) == TOLD


async def test_a_file_of_the_page_is_read_again_when_somebody_changed_meanwhile(
    maju: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from core import jobs

    async def changed(made: Ready) -> Ready:
        cells = {"employee_number": "0413", "name": "Tono Prasetyo", "department": "Direksi"}
        assert await imports.change(maju.company, cells, actor=HR) == []
        return made

    public = await sent(maju, FILE)
    after(monkeypatch, changed)
    await applying.apply(maju.company, public, by=HR)
    await jobs.drain()
    found = await batch(maju, public)
    assert (found.state, found.why) == ("checked", "people.read_again")
    assert "0904" not in await kept(maju)
    await applying.apply(maju.company, public, by=HR)
    await jobs.drain()
    assert await kept(maju) == TOLD
    assert (await undone(maju, public)).state == "undone"
