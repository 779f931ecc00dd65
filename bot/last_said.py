"""What was said in this chat last: what a title, a digit or a mere yes may mean."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.turn import Turn
from core import clock
from core.messaging import outbox
from core.messaging.tables import Outbound
from core.stated import stated

FRESH = timedelta(hours=24)
MOST = 2  # that anybody looks back at


async def row(turn: Turn) -> Outbound | None:
    """The newest message of the last day."""
    return next(iter(await several(turn, 1)), None)


async def key(turn: Turn) -> str | None:
    """Of which kind it was."""
    found = await row(turn)
    return None if found is None else outbox.unseal(found).key


async def several(turn: Turn, most: int) -> Sequence[Outbound]:
    """What was said here of late, the newest first."""
    said = _one if most == 1 else _some
    rows: Sequence[Outbound] = await said(turn.employee.person, turn.address.channel, clock.now() - FRESH)
    return rows[:most]


@stated
def _one(person: int, channel: str, since: datetime) -> Any:
    return _said(person, channel, since, 1)


@stated
def _some(person: int, channel: str, since: datetime) -> Any:
    return _said(person, channel, since, MOST)


def _said(person: int, channel: str, since: datetime, most: int) -> Any:
    return Outbound.objects().where(
        (Outbound.person == person) & (Outbound.channel == channel)
        & Outbound.edits.is_null() & (Outbound.queued_at > since)
    ).order_by(Outbound.id, ascending=False).limit(most)  # fmt: skip
