"""How many work here, by department, place, contract and years: figures that point to nobody. Pure, but for reading.

Three rules, whatever is put beside each other: a group of fewer than five is not shown; what is shown comes in fives,
so that no sum gives away what is not shown; and a table changes only once five people or more have come, gone or moved
since it last did, so that the difference of two looks is never that of one person.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.people.tables import Assignment, Department, Employment, Location

LEAST = 5
MOST_QUARTERS = 60
DEPARTMENT, LOCATION, CONTRACT, TENURE = "department", "location", "contract", "tenure"
TABLES = (DEPARTMENT, LOCATION, CONTRACT, TENURE)
BANDS = ((1, "under_1"), (3, "1_2"), (6, "3_5"), (11, "6_10"))
LONGER = "over_10"


@dataclass(frozen=True)
class Spell:
    """Somebody's work here in one place: from when, the first day it was over, and what it counts under."""

    person: int
    begins: date
    ends: date | None
    joins: date
    department: str
    location: str
    contract: str


def quarters(first: date, today: date) -> Sequence[date]:
    """The first days of the quarters from the one after `first` to the running one, the last sixty of them."""
    found, at = list[date](), date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    while at > first and len(found) < MOST_QUARTERS:
        found.append(at)
        at = date(at.year - (at.month == 1), 10 if at.month == 1 else at.month - 3, 1)
    return found[::-1]


def told(counts: int) -> int:
    """What is shown of a group: whole fives, nothing below the first."""
    return counts // LEAST * LEAST


def figures(days: Iterable[Mapping[int, str]]) -> dict[str, int]:
    """What is shown of each group, from who was in which on each of these days: of the last day on which five or more
    had come, gone or moved since the one that was shown before."""
    shown: Mapping[int, str] = {}
    for now in days:
        moved = sum(shown.get(one) != now.get(one) for one in {*shown, *now})
        if moved >= LEAST:
            shown = now
    counted = Counter(shown.values())
    return {group: told(number) for group, number in counted.items() if told(number)}


def band(joins: date, on: date) -> str:
    """How long somebody has been here."""
    years = on.year - joins.year - ((on.month, on.day) < (joins.month, joins.day))
    return next((name for under, name in BANDS if years < under), LONGER)


def table(spells: Sequence[Spell], days: Sequence[date], group: Callable[[Spell, date], str]) -> dict[str, int]:
    """One table as it is shown on the last of these days."""
    return figures(
        {one.person: group(one, day) for one in spells if one.begins <= day and (one.ends is None or one.ends > day)}
        for day in days
    )


async def read(today: date) -> tuple[date | None, Mapping[str, Mapping[str, int]]]:
    """The day for which it holds, and each table; in the open transaction."""
    spells = await _spells()
    if not spells:
        return None, {name: {} for name in TABLES}
    days = quarters(min(one.begins for one in spells), today)
    if not days:
        return None, {name: {} for name in TABLES}
    groups: Mapping[str, Callable[[Spell, date], str]] = {
        DEPARTMENT: lambda one, _: one.department, LOCATION: lambda one, _: one.location,
        CONTRACT: lambda one, _: one.contract, TENURE: lambda one, day: band(one.joins, day),
    }  # fmt: skip
    return days[-1], {name: table(spells, days, groups[name]) for name in TABLES}


async def _spells() -> Sequence[Spell]:
    departments = {row["id"]: row["name"] for row in await Department.select(Department.id, Department.name)}
    locations = {row["id"]: row["name"] for row in await Location.select(Location.id, Location.name)}
    spells = {
        row["id"]: row
        for row in await Employment.select(
            Employment.id, Employment.person, Employment.joins, Employment.leaves, Employment.type
        )
    }
    rows = await Assignment.select(
        Assignment.employment, Assignment.from_, Assignment.until, Assignment.department, Assignment.location
    )
    found = []
    for row in rows:
        spell = spells[row["employment"]]
        over = spell["leaves"] + timedelta(days=1) if spell["leaves"] is not None else None
        ends = [one for one in (row["until"], over) if one is not None]
        found.append(
            Spell(
                spell["person"], max(row["from_"], spell["joins"]), min(ends) if ends else None, spell["joins"],
                departments.get(row["department"], ""), locations.get(row["location"], ""), spell["type"],
            )
        )  # fmt: skip
    return found
