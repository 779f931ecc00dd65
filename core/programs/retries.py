"""When an address is called again, and when no more: values in, values out.

The waits are those that Standard Webhooks recommends, "Deliverability and reliability": about three days in all.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

WAITS = tuple(timedelta(seconds=one) for one in (5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400))
MOST = len(WAITS) + 1  # tries of one happening
JITTER = 0.2  # by how much of it a wait is longer or shorter, so that what failed together does not come together
LONGEST_WISH = timedelta(days=1)  # how long an address may ask to be left alone
IN_A_ROW = 5  # failures after which an address is left alone for a while
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=15), timedelta(minutes=10)
GIVE_UP = timedelta(days=5)  # without one success: the address is switched off
SLOW = 3000  # milliseconds: an address that took as long shares its hands with others like it
# What went wrong; each has its words in webhooks.ftl.
TIMEOUT, CONNECTION, CERTIFICATE, DNS, FORBIDDEN, REDIRECT, STATUS, GONE, TOO_MANY, LOST = (
    "timeout", "connection", "certificate", "dns", "forbidden", "redirect", "status", "gone", "too_many", "lost",
)  # fmt: skip
ERRORS = (TIMEOUT, CONNECTION, CERTIFICATE, DNS, FORBIDDEN, REDIRECT, STATUS, GONE, TOO_MANY, LOST)


@dataclass(frozen=True)
class Told:
    """How an address answered: `error` is None where it took what it was told; `wish` how long it wants peace."""

    took: int
    status: int | None = None
    error: str | None = None
    wish: timedelta | None = None


def after(attempts: int, told: Told, now: datetime, *, chance: float | None = None) -> datetime | None:
    """When it is told again after so many tries failed; None: no more."""
    if attempts >= MOST or told.error == GONE:
        return None
    drawn = secrets.randbelow(1000) / 1000 if chance is None else chance
    wait = WAITS[attempts - 1] * (1 + JITTER * (2 * drawn - 1))
    return now + max(wait, min(told.wish or timedelta(0), LONGEST_WISH))


def pause(failures: int) -> timedelta | None:
    """How long an address is left alone after so many failures in a row."""
    if failures < IN_A_ROW:
        return None
    return min(FIRST_PAUSE * (1 << min(failures - IN_A_ROW, 10)), LONGEST_PAUSE)
