"""The day that a field of a form says."""

from datetime import date

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
