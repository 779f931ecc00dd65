"""When work that is done by the clock is due: `minute hour day-of-month * *`, numbers or *, as it is in Jakarta.

Minutes may also be `*/5`: every five of them, from the full hour on.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core import clock

CRON_ZONE = "Asia/Jakarta"


def last_due(expression: str, now: datetime) -> datetime:
    """The latest moment of `minute hour day-of-month * *` that is not after `now`."""
    minute, hour, day, *_ = expression.split()
    there = now.astimezone(ZoneInfo(CRON_ZONE)).replace(second=0, microsecond=0)
    step = _step(minute, hour)
    if minute.startswith("*"):
        there -= timedelta(minutes=there.minute % int(minute[2:] or "1"))
    else:
        there = there.replace(minute=int(minute))
    if hour != "*":
        there = there.replace(hour=int(hour))
    while there > now or (day != "*" and there.day != int(day)):
        there -= step
    return there.astimezone(now.tzinfo)


def next_due(expression: str) -> datetime:
    """The first moment of `minute hour day-of-month * *` after now."""
    minute, hour, *_ = expression.split()
    at = now = clock.now()
    while (due := last_due(expression, at)) <= now:
        at += _step(minute, hour)
    return due


def _step(minute: str, hour: str) -> timedelta:
    """From one moment to the next."""
    if minute.startswith("*"):
        return timedelta(minutes=int(minute[2:] or "1"))
    return timedelta(hours=1) if hour == "*" else timedelta(days=1)
