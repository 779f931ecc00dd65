"""A clock that is set back: what waits goes on waiting for as long as it would have, not until its hour comes again.

Each machine notes how late it is. Whoever finds that note in the future knows by how much the clock was set back, and
in the same transaction moves what was put off for a while to so much earlier. What was planned for a day and an hour
stays where it is: the clock is right about those now.
"""

import socket
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from math import ceil
from time import monotonic
from typing import Any

from piccolo.columns import Serial, Timestamptz, Varchar
from piccolo.query.mixins import OnConflictAction
from piccolo.table import Table

from core import clock, database, log
from core.engines import PooledPostgres

NOTED = timedelta(seconds=10)  # between two notes; who was set back by less waits that long
LATELY = timedelta(minutes=1)  # a machine that noted something since then is up


class ClockSeen(Table):
    """How late one machine was when it looked last."""

    id: Serial
    machine = Varchar(length=64, unique=True)
    seen_at = Timestamptz(default=None)


class Step:
    """By how much the clock was set back, and what it says now."""

    def __init__(self, seconds: int, now: datetime, *, alone: bool) -> None:
        self.seconds, self.now = seconds, now
        self.before = now + timedelta(seconds=seconds)  # what it said when it was set back
        self.alone = alone  # no other machine is at work, whose clock may be right

    async def earlier(self, table: type[Table], *columns: str, where: str = "true", told: Sequence[Any] = ()) -> None:
        """Move what lies ahead in these columns of a table outside companies to so many seconds earlier."""
        for column in columns:
            await table.raw(
                f'update "{table._meta.tablename}" set "{column}" = {_earlier(column, self.seconds)} '
                f'where "{column}" > {{}} and {where}',
                self.now,
                *told,
            )


Mover = Callable[[Step], Awaitable[None]]
MOVERS: list[Mover] = []


def moves(mover: Mover) -> Mover:
    """Register what moves the instants of a slice; it runs in the transaction that has noticed the step."""
    MOVERS.append(mover)
    return mover


def machine() -> str:
    """What this machine, whose processes share a clock, is called."""
    return socket.gethostname()[:64]


class Watch:
    """One process's look at the clock, once in a while."""

    def __init__(self) -> None:
        self._last: tuple[datetime, float] | None = None

    async def look(self) -> int:
        """Note how late it is; by how many seconds the clock was found to be set back, if nobody has seen to it yet."""
        now, ticks = clock.now(), monotonic()
        # As late as it was, and as long as it has been since.
        expected = now if self._last is None else self._last[0] + timedelta(seconds=ticks - self._last[1])
        self._last = now, ticks
        async with database.installation(writes=False):
            seen = await _seen()
        if seen is None or seen < now - NOTED:
            await _note(now)
        elif seen > now + NOTED:
            return await _set_back(max(seen, expected), now)
        return 0


async def _set_back(expected: datetime, now: datetime) -> int:
    async with database.installation():
        await database.lock_name(f"clock:{machine()}")
        seen = await _seen()
        if seen is None or seen <= now + NOTED:
            return 0  # another process of this machine was quicker
        others = (ClockSeen.machine != machine()) & (ClockSeen.seen_at > now - LATELY)
        step = Step(ceil((expected - now).total_seconds()), now, alone=not await ClockSeen.exists().where(others))
        for mover in MOVERS:
            await mover(step)
        await ClockSeen.update({ClockSeen.seen_at: now}).where(ClockSeen.machine == machine())
    log.warning("clock_set_back", seconds=step.seconds)
    return step.seconds


async def _seen() -> datetime | None:
    row = await ClockSeen.select(ClockSeen.seen_at).where(ClockSeen.machine == machine()).first()
    return None if row is None else row["seen_at"]


async def _note(now: datetime) -> None:
    async with database.installation():
        noted = (ClockSeen.machine == machine()) & (ClockSeen.seen_at < now)
        await ClockSeen.insert(ClockSeen(machine=machine(), seen_at=now)).on_conflict(
            action=OnConflictAction.do_nothing
        )
        await ClockSeen.update({ClockSeen.seen_at: now}).where(noted)


def _earlier(column: str, seconds: int) -> str:
    if isinstance(database.engine(), PooledPostgres):
        return f"\"{column}\" - interval '{seconds} seconds'"
    return f"strftime('%Y-%m-%d %H:%M:%f000+00:00', \"{column}\", '-{seconds} seconds')"
