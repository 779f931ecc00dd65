"""The days of a leave as they are written into the form of the portal, read as the talk would read them."""

from dataclasses import dataclass
from datetime import date

from bot.dialog import dates
from bot.flows.leave_period import resolve
from core import clock
from core.leave.types import Kind
from core.leave.wished import Said
from core.people.directory import Employee


@dataclass(frozen=True)
class _Form:
    """Who fills the form in, as far as a reader of days asks."""

    employee: Employee
    language: str
    today: date


async def read(words: str, employee: Employee, language: str, kind: Kind) -> Said | None:
    """The days that these words mean for this employee's leave of a kind; Refused where they can't be had."""
    today = clock.today(employee.zone)
    found = dates.find(words, today=today)
    if found is None or (found.when.starts is None and found.when.days_of is None):
        return None
    when = found.when
    half = when.half and when.part is None and when.ends in (None, when.starts)
    return Said(await resolve(_Form(employee, language, today), when, None, when.part, kind), half)
