"""Reading what strangers wrote: every value may be missing, of another type, or meant to hurt."""

from datetime import UTC, datetime

LONGEST_ID = 128
LONGEST_ACCOUNT = 64
LONGEST_WORDS = 10_000


def at(payload: object, *path: str) -> object:
    """The value behind these keys, or None where the way there ends."""
    for key in path:
        payload = payload.get(key) if isinstance(payload, dict) else None
    return payload


def identity(value: object) -> str | None:
    """An id as a string: a whole number, or printable ASCII of reasonable length."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63:
        return str(value)
    if isinstance(value, str) and 0 < len(value) <= LONGEST_ID and value.isascii() and value.isprintable():
        return value
    return None


def words(value: object) -> str | None:
    """Text that any database and any JSON writer can hold: no NUL, no half characters."""
    if not isinstance(value, str):
        return None
    return value[:LONGEST_WORDS].replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def instant(seconds: object) -> datetime | None:
    """A point in time given in seconds since 1970, as a number or in digits."""
    if isinstance(seconds, bool) or not isinstance(seconds, int | float | str):
        return None
    try:
        return datetime.fromtimestamp(float(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        return None
