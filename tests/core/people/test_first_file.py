"""The first file of a company: whoever sends it stands in it, and a slip in it must not be for ever."""

from typing import Any

import pytest

from core import database, jobs
from core.accounts import joining
from core.accounts.roles import SUPER
from core.accounts.tables import Membership
from core.audit import Actor
from core.people import applying, directory, writing
from tests.core.cast import HR, Cast
from tests.core.people.test_batches import applied, batch

FIRST = """\
employee_number,name,email,role
0001,Nina Permata,nina@besar.example,super_administrator
0002,Agus Salim,agus@besar.example,administrator
"""


async def of_nina(company: int) -> list[dict[str, Any]]:
    async with database.reading(company):
        return await Membership.select(Membership.role, Membership.person)


async def test_the_first_file_can_be_taken_back_though_its_sender_stands_in_it(open_database: str) -> None:
    company, _ = await joining.add_company("PT Besar", "nina@besar.example")
    async with database.transaction(company.id):  # she follows her first link
        owner = await joining.join("nina@besar.example", SUPER, person=None, language="id")
    nina = Actor(f"account:{owner}", "web")
    here = Cast(company.id, {})
    public = await applied(here, FIRST)
    assert [row["person"] is None for row in await of_nina(company.id)] == [False], "the file made her an employee"

    await applying.undo(company.id, public, by=nina)
    await jobs.drain()
    assert (await batch(here, public)).state == "undone"
    assert await of_nina(company.id) == [{"role": SUPER, "person": None}], "she leads the company as before"
    async with database.reading(company.id):
        assert await directory.everyone() == []

    again = await applied(here, FIRST, name="lagi.csv")
    assert (await batch(here, again)).state == "applied"


async def test_a_file_is_taken_back_outside_of_any_part(maju: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Inside a part SQLite walks through all that the part holds at each row: twenty thousand took half a minute."""
    deep: list[int] = []
    usual = writing.take_back

    async def seen(*args: Any, **more: Any) -> set[int]:
        deep.append(database.scope().depth)
        return await usual(*args, **more)

    public = await applied(maju, "employee_number,name\n0904,Aji Pratama\n")
    monkeypatch.setattr(writing, "take_back", seen)
    await applying.undo(maju.company, public, by=HR)
    await jobs.drain()
    assert (deep, (await batch(maju, public)).state) == ([0], "undone")
