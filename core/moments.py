"""When work that is done by the clock is due: `minute hour day-of-month * *`, numbers or *, as it is in Jakarta."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core import clock

CRON_ZONE = "Asia/Jakarta"


def last_due(expression: str, now: datetime) -> datetime:
    """The latest moment of `minute hour day-of-month * *` that is not after `now`."""
    minute, hour, day, *_ = expression.split()
    there = now.astimezone(ZoneInfo(CRON_ZONE)).replace(second=0, microsecond=0)
    step = timedelta(minutes=1) if minute == "*" else timedelta(hours=1) if hour == "*" else timedelta(days=1)
    if minute != "*":
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
        at += timedelta(minutes=1) if minute == "*" else timedelta(hours=1) if hour == "*" else timedelta(days=1)
    return due
