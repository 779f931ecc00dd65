"""The only place that asks what time it is, so that a test can decide it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_frozen: datetime | None = None


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _frozen if _frozen is not None else datetime.now(UTC)


def today(zone: str) -> date:
    """The date on the wall calendar in `zone`."""
    return local(now(), zone).date()


def local(instant: datetime, zone: str) -> datetime:
    """The same instant as the clock in `zone` shows it."""
    return instant.astimezone(ZoneInfo(zone))


def move(instant: datetime | None) -> None:
    """Stop the clock at `instant` for the whole process, or let it run again with None: for tests and simulations."""
    global _frozen
    if instant is not None and instant.tzinfo is None:
        raise ValueError("a frozen clock needs an aware instant")
    _frozen = None if instant is None else instant.astimezone(UTC)


@contextmanager
def freeze(instant: datetime) -> Iterator[None]:
    """Stop the clock at `instant` while the block runs."""
    before = _frozen
    move(instant)
    try:
        yield
    finally:
        move(before)
