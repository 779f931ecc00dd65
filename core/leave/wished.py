"""Days of leave as somebody writes them, read by the grammar of the talk: the shape in which pages are handed it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from core.leave.policy import Period
from core.leave.types import Kind
from core.people.directory import Employee


@dataclass(frozen=True)
class Said:
    """The days that were meant; `half` where half a day was, without which half."""

    period: Period
    half: bool = False


# (what was written, whose leave, the language of the page, the kind) -> the days; None where it names none
ReadDays = Callable[[str, Employee, str, Kind], Awaitable[Said | None]]
