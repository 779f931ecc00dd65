"""Departments and places stand in the order in which people look for them, wherever they are listed."""

import re

import pytest

from core import database
from core.accounts import inviting
from core.accounts.inviting import Choice
from core.leave import calendar, reports
from core.people import directory, imports, new_places, places
from core.people.names import natural
from core.people.tables import Department, Location
from tests.architecture.source import modules
from tests.core.cast import HR, Cast
from tests.core.conftest import MONDAY

NAMES = ["Bagian 1", "bagian 2", "Bagian 02 B", "Bagian 10", "Bagian 10 Malam", "Lumbung", "Óbat", "Toko 3", "Toko 20"]


@pytest.fixture
async def many(maju: Cast) -> Cast:
    """Somebody in each of these departments and in places of the same names, from last to first."""
    lines = [f"{9000 - at},Orang {at},{name},{name}" for at, name in enumerate(NAMES)]
    text = "\n".join(["employee_number,name,department,location", *lines])
    assert (await imports.take(maju.company, text.encode(), actor=HR)).bad == []
    return maju


def test_numbers_in_names_count_as_numbers() -> None:
    assert sorted({*NAMES}, key=natural) == NAMES
    assert sorted(["A", "2", "10", ""], key=natural) == ["", "2", "10", "A"]


async def test_lists_are_in_this_order(many: Cast) -> None:
    async with database.reading(many.company):
        for table in (Department, Location):
            assert [row["name"] for row in await places.in_order(table) if row["name"] in NAMES] == NAMES
        assert [one.name for one in await places.departments() if one.name in NAMES] == NAMES
        assert [one.name for one in await places.locations() if one.name in NAMES] == NAMES
        month = await calendar.month(calendar.Looked(MONDAY.date().replace(day=1)), MONDAY.date())
        assert [row.name for row in month.rows if row.name in NAMES] == NAMES
        owed = [one.department for one in await reports.liability()]
        assert owed == sorted(owed, key=lambda one: natural(one or ""))
        invited = [await directory.at_work(spell) for spell in await inviting.spells(Choice())]
        here = [one.department_name for one in invited if one is not None]
    assert [name for name in here if name in NAMES] == NAMES


def test_the_new_places_of_a_file_are_in_this_order() -> None:
    from core.people.planning import NEW, Planned

    rows = [Planned(at, str(at), NEW, {}, {"location": name}) for at, name in enumerate(reversed(NAMES))]
    assert [one.name for one in new_places.found(rows, ())] == NAMES


def test_nobody_else_puts_them_in_order() -> None:
    """The order of a database is that of its letters, and each has another."""
    wrong = re.compile(r"order_by\(\s*(?:Department|Location|Assignment\.(?:department|location))\.name")
    assert [str(path) for path in modules() if wrong.search(path.read_text(encoding="utf-8"))] == []
