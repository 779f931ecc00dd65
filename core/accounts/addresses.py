"""How often somebody failed from one network address within the hour, counted by all processes together.

A try is counted before it is made and given back when it succeeds, so that many at once are no way round.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from ipaddress import IPv6Address, ip_address

from piccolo.query.mixins import OnConflictAction

from core import clock, database, vault
from core.accounts.tables import Guess

MOST = 100
WITHIN, SLOT = timedelta(hours=1), timedelta(minutes=5)


class TooMany(Exception):
    """Too many tries failed from one address: none is made until then."""

    def __init__(self, until: datetime) -> None:
        super().__init__("too many tries")
        self.until = until


async def claim(address: str) -> str:
    """Count a try from this address; returns its mark for `give_back`. TooMany when it has to wait."""
    here, now = int(clock.now().timestamp() // SLOT.total_seconds()), clock.now()
    network = _network(address)
    # The slot that lies partly before the hour counts too: a little strict rather than a little lax.
    marks = [vault.blind_index(f"address|{network}|{here - ago}", field="guess") for ago in range(WITHIN // SLOT + 1)]
    async with database.installation():
        await database.lock_name(f"address:{network}")
        rows = await Guess.select(Guess.mark, Guess.failures).where(Guess.mark.is_in(marks))
        counted = {row["mark"]: row["failures"] for row in rows}
        failed = [counted.get(mark, 0) for mark in marks]
        if sum(failed) >= MOST:
            raise TooMany(_free_at(here, failed))
        fresh = Guess(mark=marks[0], failures=0, failed_at=now)
        await Guess.insert(fresh).on_conflict(action=OnConflictAction.do_nothing)
        await Guess.update({Guess.failures: Guess.failures + 1, Guess.failed_at: now}).where(Guess.mark == marks[0])
    return marks[0]


def _free_at(here: int, failed: Sequence[int]) -> datetime:
    """When so many of the oldest no longer count that another may be made; `failed` begins with the slot of now."""
    still = sum(failed)
    for ago in range(len(failed) - 1, -1, -1):
        still -= failed[ago]
        if still < MOST:
            break
    return datetime.fromtimestamp((here - ago + len(failed)) * SLOT.total_seconds(), UTC)


async def give_back(mark: str) -> None:
    """The try succeeded: it does not count."""
    async with database.installation():
        await Guess.update({Guess.failures: Guess.failures - 1}).where((Guess.mark == mark) & (Guess.failures > 0))


def _network(address: str) -> str:
    """The address itself; of version 6 the part that a household or a machine is given as a whole."""
    try:
        read = ip_address(address)
    except ValueError:
        return address[:64]
    if not isinstance(read, IPv6Address):
        return str(read)
    return str(read.ipv4_mapped) if read.ipv4_mapped else f"{int(read) >> 64:x}"
