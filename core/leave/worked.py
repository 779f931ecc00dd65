"""Which days an employee works: the one place where leave asks the calendar."""

from collections.abc import Callable, Mapping
from datetime import date

from core.calendar import days
from core.people.directory import Employee


async def names_of(employee: Employee, starts: date, ends: date) -> Mapping[date, str]:
    """The days off where this employee works, by their names."""
    off = await days.within(starts, max(starts, ends), employee.location)
    return {day: one.name_id for day, one in off.items()}


async def works_of(employee: Employee) -> Callable[[date], bool]:
    """Whether this employee works on a day."""
    return await days.works_of(employee.location)
