"""When an approver is reminded and when his head is added. Values in, value out (domain rules, section 3).

Hours run day and night on the approver's working days. What begins soon is asked about the same day.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

AFTERNOON = time(15, 0)
MORNING = time(8, 0)
QUIET_FROM, QUIET_UNTIL = time(21, 0), time(6, 0)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
FURTHEST = timedelta(days=400)  # a place that is closed until further notice does not stop a clock for ever


@dataclass(frozen=True)
class Deadlines:
    """The two instants of a step, in the approver's zone; `soon` when the same-day rule applied."""

    remind_at: datetime
    escalate_at: datetime
    soon: bool


def of_step(
    sent: datetime, *, begins: datetime | None, works: Callable[[date], bool], remind_after: timedelta,
    escalate_after: timedelta,
) -> Deadlines:  # fmt: skip
    """The instants for what was sent at `sent` (in the approver's zone) and begins at `begins`, if it lies ahead; a
    day that has begun still does, for what is left of it."""
    remind, escalate = running(sent, remind_after, works), running(sent, escalate_after, works)
    soon = begins is not None and (begins > sent or _same_day(begins, sent)) and escalate > begins
    if soon:
        # On a day off the card itself comes at once; the same card again in the same minute would help nobody.
        remind = sent + HOUR
        if works(sent.date()):
            remind = max(datetime.combine(sent.date(), AFTERNOON, sent.tzinfo), remind)
        escalate = awake(remind, works) + HOUR
    return Deadlines(awake(remind, works), awake(escalate, works), soon)


def _same_day(begins: datetime, sent: datetime) -> bool:
    return begins.astimezone(sent.tzinfo).date() == sent.date()


def running(sent: datetime, span: timedelta, works: Callable[[date], bool]) -> datetime:
    """The instant at which `span` has run on working days, counted from 00.00 to 24.00."""
    at = sent
    while True:
        midnight = datetime.combine(at.date() + DAY, time(0), at.tzinfo)
        if works(at.date()) or at - sent > FURTHEST:
            if at + span <= midnight:
                return at + span
            span -= midnight - at
        at = midnight


def awake(at: datetime, works: Callable[[date], bool]) -> datetime:
    """`at`, or 08.00 of the next working day when it falls into the night."""
    if QUIET_UNTIL <= at.time() < QUIET_FROM:
        return at
    day = at.date() if at.time() < QUIET_UNTIL else at.date() + DAY
    furthest = day + FURTHEST
    while not works(day) and day < furthest:
        day += DAY
    return datetime.combine(day, MORNING, at.tzinfo)
