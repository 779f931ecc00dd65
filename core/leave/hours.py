"""When a leave begins, and when its day turns to the second half, by the working week of the place."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.calendar import days
from core.leave.policy import Period
from core.people.directory import Employee

# For a day the calendar calls free, which a company may still count: the hours of an office.
_FIRST, _NOON = 8 * 60, 13 * 60


async def begins(employee: Employee, period: Period) -> datetime:
    """When a leave begins, on the employee's own clock: with the work of its first day, or its second half."""
    halves = await days.hours_of(employee.location or None, period.starts)
    if period.part == "pm":
        return _at(employee, period.starts, halves.pm[0] if halves else _NOON)
    return _at(employee, period.starts, halves.am[0] if halves else _FIRST)


async def noon(employee: Employee, day: date) -> datetime:
    """When the second half of a day begins, on the employee's own clock."""
    halves = await days.hours_of(employee.location or None, day)
    return _at(employee, day, halves.pm[0] if halves else _NOON)


def _at(employee: Employee, day: date, minutes: int) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(employee.zone)) + timedelta(minutes=minutes)
