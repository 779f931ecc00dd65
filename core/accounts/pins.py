"""Which PIN is good enough, and how it is kept. Six digits are few: it is what stands around them that holds."""

from datetime import timedelta

from core.accounts import hashing, tries
from core.errors import Refused

DIGITS = 6
FREE = 3  # wrong ones that cost nothing
MOST = 10  # wrong ones in a row, after which it opens nothing any more
_UP = "01234567890123456789"


def check(pin: str, *, known: tuple[str, ...] = ()) -> None:
    """Refused: no six digits, one digit six times, a row, one half twice, or a date that others know of them."""
    if len(pin) != DIGITS or not (pin.isascii() and pin.isdigit()):
        raise Refused("pins.six_digits")
    weak = len(set(pin)) < 3 or pin in _UP or pin[::-1] in _UP or pin[:3] == pin[3:] or pin in known
    if weak:
        raise Refused("pins.too_easy")


async def hashed(pin: str) -> str:
    """A PIN as it is kept."""
    return await hashing.hashed(pin)


async def fits(stored: str, pin: str) -> bool:
    """Whether this is the PIN that is kept so."""
    return await hashing.fits(stored, pin)


def wait_after(failures: int) -> timedelta:
    """How long it rests after so many wrong ones in a row: each time twice as long."""
    return tries.wait_after(failures, FREE)
