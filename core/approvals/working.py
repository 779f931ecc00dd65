"""The days on which an approver works, for the clocks of a step."""

from collections.abc import Callable
from datetime import date, timedelta

from core import clock
from core.calendar import holidays
from core.people.directory import Employee

HORIZON = timedelta(days=90)


async def works_of(approver: Employee) -> Callable[[date], bool]:
    """Whether this approver works on a day, from the day before yesterday on."""
    today = clock.today(approver.zone)
    days_off = await holidays.within(today - timedelta(days=2), today + HORIZON)
    return lambda day: day.weekday() < 5 and day not in days_off
