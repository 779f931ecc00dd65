"""Leave in figures: balances, what is owed, what was taken. Each is a fixed number of queries, however many people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from piccolo.query.functions import Sum

from core import clock
from core.leave.tables import LeaveBalance, LeaveDay
from core.leave.types import ANNUAL
from core.people import directory
from core.people.directory import DEFAULT_ZONE, Employee
from core.people.tables import Assignment, Department, Employment

MOST = 100


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
        people = [one.id for one in await directory.of_department(department) if one.id > after]
        where = where & LeaveBalance.employment.is_in(sorted(people)[: most * 4] or [0])
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
    here = {
        row["id"]
        for row in await Employment.select(Employment.id).where(
            (Employment.joins <= today) & (Employment.leaves.is_null() | (Employment.leaves >= today))
        )
    }
    place: dict[int, int | None] = {}
    for row in await Assignment.select(Assignment.employment, Assignment.department).where(
        Assignment.from_ <= today
    ).order_by(Assignment.from_):  # fmt: skip
        place[row["employment"]] = row["department"]
    names = {row["id"]: row["name"] for row in await Department.select(Department.id, Department.name)}
    sums: dict[int | None, tuple[int, int, int]] = {}
    for row in await LeaveBalance.select(
        LeaveBalance.employment, LeaveBalance.available, LeaveBalance.held
    ).where(LeaveBalance.leave_type == leave_type):  # fmt: skip
        if row["employment"] in here:
            key = place.get(row["employment"])
            people, available, held = sums.get(key, (0, 0, 0))
            sums[key] = (people + 1, available + row["available"], held + row["held"])
    owed = [Owed(names.get(key) if key else None, *figures) for key, figures in sums.items()]
    return sorted(owed, key=lambda one: (one.department is None, one.department or ""))


async def taken(starts: date, ends: date) -> Mapping[tuple[str, str], int]:
    """Days taken from `starts` through `ends`, in thousandths, by kind of leave and month (`2026-08`)."""
    rows = (
        await LeaveDay.select(LeaveDay.leave_type, LeaveDay.date, Sum(LeaveDay.fraction).as_alias("total"))
        .where(
            (LeaveDay.date >= starts) & (LeaveDay.date <= ends) & LeaveDay.taken_at.is_not_null()
            & LeaveDay.ended_at.is_null() & (LeaveDay.counted == True)  # noqa: E712
        )
        .group_by(LeaveDay.leave_type, LeaveDay.date)
    )  # fmt: skip
    found: dict[tuple[str, str], int] = {}
    for row in rows:
        key = (row["leave_type"], f"{row['date']:%Y-%m}")
        found[key] = found.get(key, 0) + int(row["total"])
    return dict(sorted(found.items()))
