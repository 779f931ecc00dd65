"""The days on which an approver works, for the clocks of a step."""

from collections.abc import Callable
from datetime import date

from core.calendar import days
from core.people.directory import Employee


async def works_of(approver: Employee) -> Callable[[date], bool]:
    """Whether this approver works on a day, as the calendar of their place of work says."""
    return await days.works_of(approver.location)
