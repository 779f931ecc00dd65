"""The day or the instant that a field of a form says."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from core.errors import Refused
from core.people.columns import day


def day_of(told: object) -> date | None:
    """The day of `2026-07-06`, or None where the field is empty; Refused for whatever is no day: it must never pass for
    another one."""
    words = str(told or "").strip()
    found = day(words)
    if words and found is None:
        raise Refused("people.not_a_date", value=words[:40])
    return found


def instant_of(told: str, zone: str) -> datetime:
    """The instant of `2026-07-06T09:00` by the clock of this zone; Refused for whatever is none."""
    try:
        return datetime.fromisoformat(told.strip()[:16]).replace(tzinfo=ZoneInfo(zone))
    except ValueError:
        raise Refused("calendar.date_unclear") from None
