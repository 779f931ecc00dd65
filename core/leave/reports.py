"""Leave in figures: balances, what is owed, what was taken. Each is a fixed number of queries, however many people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from core import clock, database
from core.leave.tables import LeaveBalance, LeaveDay
from core.leave.types import ANNUAL
from core.people import directory
from core.people.directory import DEFAULT_ZONE, Employee
from core.people.names import natural
from core.people.tables import Assignment, Department

MOST = 100
# Thousands of rows are summed where they lie, from indexes that hold all that is asked for. SQLite takes cross joins in
# the order in which they are written; left to choose, it begins with the employments, which takes five times as long.
OWED = """
select a.department as department, count(*) as people, sum(b.available) as available, sum(b.held) as held
from leave_balance b cross join employment e cross join assignment a
where b.company = :company and b.leave_type = {}
  and e.company = :company and e.id = b.employment and e.joins <= {} and (e.leaves is null or e.leaves >= {})
  and a.company = :company and a.employment = b.employment
  and a.from_ <= {} and (a."until" is null or a."until" > {})
group by a.department"""
TAKEN = """
select leave_type as leave_type, "date" as day, sum(fraction) as total from leave_day
where company = :company and "date" >= {} and "date" <= {} and taken_at is not null and ended_at is null and counted
group by "date", leave_type"""


@dataclass(frozen=True)
class Balance:
    """What somebody has of a kind of leave."""

    employee: Employee
    available: int
    held: int
    taken: int


@dataclass(frozen=True)
class Owed:
    """The days that the people of a department have left, of which the company is the debtor."""

    department: str | None
    people: int
    available: int
    held: int


async def balances(
    leave_type: str = ANNUAL, *, department: int | None = None, after: int = 0, most: int = MOST
) -> tuple[Sequence[Balance], int | None]:
    """The balances of those who work here, in the order of their spells, from one on; and after which to go on."""
    where: Any = (LeaveBalance.leave_type == leave_type) & (LeaveBalance.employment > after)
    if department is not None:
        today = clock.today(DEFAULT_ZONE)
        here = (Assignment.from_ <= today) & (Assignment.until.is_null() | (Assignment.until > today))
        members = Assignment.select(Assignment.employment).where(here & (Assignment.department == department))
        where = where & LeaveBalance.employment.is_in(members)
    rows = await LeaveBalance.select().where(where).order_by(LeaveBalance.employment).limit(most)
    people_here = {one.id: one for one in await directory.several([row["employment"] for row in rows], at_work=True)}
    found = [
        Balance(people_here[row["employment"]], row["available"], row["held"], row["taken"])
        for row in rows
        if row["employment"] in people_here
    ]
    return found, rows[-1]["employment"] if len(rows) == most else None


async def liability(leave_type: str = ANNUAL) -> Sequence[Owed]:
    """What is owed in days, by department, of everybody who works here today."""
    today = clock.today(DEFAULT_ZONE)
    names = {row["id"]: row["name"] for row in await Department.select(Department.id, Department.name)}
    rows = await database.tally(LeaveBalance, OWED, leave_type, *[today] * 4)
    owed = [Owed(names.get(row["department"]), row["people"], row["available"], row["held"]) for row in rows]
    return sorted(owed, key=lambda one: (one.department is None, natural(one.department or "")))


async def taken(starts: date, ends: date) -> Mapping[tuple[str, str], int]:
    """Days taken from `starts` through `ends`, in thousandths, by kind of leave and month (`2026-08`)."""
    found: dict[tuple[str, str], int] = {}
    for row in await database.tally(LeaveDay, TAKEN, starts, ends):
        key = (row["leave_type"], str(row["day"])[:7])
        found[key] = found.get(key, 0) + int(row["total"])
    return dict(sorted(found.items()))
