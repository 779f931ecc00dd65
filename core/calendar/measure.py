"""How long something may take, and on which hours that is counted. Pure.

Either so much open time, or until close of business of a working day. The latter is open time too: as much as lies
between receipt and that close; so pauses add to both alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.calendar.working_time import Pause, WorkingTime


@dataclass(frozen=True)
class Measure:
    """`length` of open time; or, where `days` is set, until the close of so many working days after that of receipt."""

    time: WorkingTime
    length: timedelta = timedelta(0)
    days: int = 0

    def takes(self, since: datetime) -> timedelta | None:
        """The open time that it gives to what began then; None while a closure without an end stands before it."""
        if not self.days:
            return self.length
        ends = self.time.due_after_days(since, self.days)
        return None if ends is None else self.time.elapsed(since, ends)

    def due(self, since: datetime, pauses: Sequence[Pause] = ()) -> datetime | None:
        """The earliest instant at which it is used up; None while nobody can know it."""
        takes = self.takes(since)
        return None if takes is None else self.time.due(since, takes, pauses)
