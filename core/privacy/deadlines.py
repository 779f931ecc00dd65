"""The clock of the law: three times 24 hours from receipt, without a pause (UU 27/2022 art. 30, 32, 40, 41). Pure.

Weekends and holidays count, and nothing that is missing stops it. Instants are those of UTC, so a zone decides only how
a deadline is told. Indonesia's zones know no summer time.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

LIMIT = timedelta(hours=72)
MARKS = (48, 24, 6)  # hours left, at which whoever looks after a request is reminded
OVERDUE = 0
HOUR = timedelta(hours=1)
EARLIEST_ENTRY = timedelta(days=90)  # a paper that lay longer than this is no receipt anybody remembers


@dataclass(frozen=True)
class Reminder:
    """Something to be told once: with how many hours left (0: it is overdue), and from which instant on."""

    hours: int
    at: datetime


def due(received: datetime) -> datetime:
    """Until when a request is to be answered: exactly 72 hours after it came."""
    return received + LIMIT


def left(received: datetime, now: datetime) -> timedelta:
    """How much of it is left; below nothing it is overdue."""
    return due(received) - now


def is_overdue(received: datetime, now: datetime) -> bool:
    """At the last second an answer is still in time, after it it is not."""
    return now > due(received)


def reminders(received: datetime) -> list[Reminder]:
    """Every instant at which somebody is told of it while it is unanswered, in their order."""
    ends = due(received)
    return [*(Reminder(hours, ends - hours * HOUR) for hours in MARKS), Reminder(OVERDUE, ends + timedelta(seconds=1))]


def to_tell(received: datetime, now: datetime, told: Collection[int]) -> list[int]:
    """Which of them is told now: of several that were missed the latest alone, and none that was told before.

    What was passed over counts as told: a reminder that a day is left says nothing six hours before the end.
    """
    past = [one.hours for one in reminders(received) if one.at <= now]
    if not past or past[-1] in told:
        return []
    return past[-1:]


def following(received: datetime, now: datetime) -> datetime | None:
    """When the next one comes; None after the last."""
    return next((one.at for one in reminders(received) if one.at > now), None)
