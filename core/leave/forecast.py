"""What will be left: on any day ahead, and after a leave that was not asked for yet. Reads; writes nothing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from core import clock
from core.leave import accrual, collective_days, lots, plans, types, worked
from core.leave.accrual import Outlook, Planned
from core.leave.dates import LeaveYear, leave_year, year_after
from core.leave.policy import DAY, DayAway, Period, expand
from core.leave.tables import AccrualLine
from core.leave.types import Kind
from core.people.directory import Employee

FURTHEST = 3  # years ahead


async def at(employee: Employee, leave_type: str, day: date) -> Outlook:
    """What will be free on a day if nothing more is asked for."""
    kind = await types.of(leave_type)
    return await _outlook(employee, kind, (), day)


async def after(employee: Employee, leave_type: str, period: Period | None) -> Outlook:
    """What a leave would leave, and what becomes of the rest when the leave year ends; without one, if none is."""
    kind, today = await types.of(leave_type), clock.today(employee.zone)
    year = leave_year(employee.joins, max(period.starts, today) if period else today, kind.basis)
    days: list[DayAway] = []
    if period is not None:
        names = await worked.names_of(employee, period.starts, period.ends)
        works = await worked.works_of(employee)
        days = expand(period, names, works, kind.counts)
    whole = await _outlook(employee, kind, days, year.ends + timedelta(days=1))
    on = period.ends if period else today
    then = await _outlook(employee, kind, days, min(on, year.ends))
    return replace(whole, left=then.left, on=on, moved=then.moved)


async def _outlook(employee: Employee, kind: Kind, days: Sequence[DayAway], until: date) -> Outlook:
    today = clock.today(employee.zone)
    planned, later = await _planned(employee, kind, today, until)
    booked = [(today, day) for day in days if day.counted]
    for line, year in planned:
        if year.number > today.year and dict(later).get(year.starts, kind).collective:
            booked += [
                (line.due, DayAway(day, DAY, None, True, name))
                for day, name in await collective_days.days_of(year.number, employee.location)
                if day >= line.due
            ]
    mine = await lots.left(employee.id, kind.code, lends=kind.negative)
    return accrual.outlook(kind, mine, planned, booked, until, later)


async def _planned(
    employee: Employee, kind: Kind, today: date, until: date
) -> tuple[list[tuple[Planned, LeaveYear]], list[tuple[date, Kind]]]:
    """The grants still to come: what is written down for this leave year, and what the rule of each later year gives
    after it; and those rules, by the day on which their year begins."""
    later: list[tuple[date, Kind]] = []
    if kind.schedule == "none":
        return [], later
    year = leave_year(employee.joins, max(today, employee.joins), kind.basis)
    rows = await AccrualLine.select().where(
        (AccrualLine.employment == employee.id) & (AccrualLine.leave_type == kind.code)
        & (AccrualLine.year == year.number)
    )  # fmt: skip
    waiting = [row for row in rows if row["state"] in (plans.PLANNED, plans.FAILED)]
    found = [(Planned(row["due"], row["quantity"]), year) for row in waiting]
    if not rows:
        found = [(line, year) for line in accrual.plan(kind, employee.joins, year)]
    for _ in range(FURTHEST):
        year = year_after(employee.joins, year, kind.basis)
        if year.starts > until:
            break
        kind = await types.of(kind.code, year.starts)
        later.append((year.starts, kind))
        if kind.active and kind.in_lots:
            found += [(line, year) for line in accrual.plan(kind, employee.joins, year)]
    return found, later
