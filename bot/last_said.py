"""What was said in this chat last: what a title, a digit or a mere yes may mean."""

from collections.abc import Sequence
from datetime import timedelta

from bot.turn import Turn
from core import clock
from core.messaging import outbox
from core.messaging.tables import Outbound

FRESH = timedelta(hours=24)


async def row(turn: Turn) -> Outbound | None:
    """The newest message of the last day."""
    return next(iter(await several(turn, 1)), None)


async def key(turn: Turn) -> str | None:
    """Of which kind it was."""
    found = await row(turn)
    return None if found is None else outbox.unseal(found).key


async def several(turn: Turn, most: int) -> Sequence[Outbound]:
    """What was said here of late, the newest first."""
    rows: Sequence[Outbound] = (
        await Outbound.objects()
        .where(
            (Outbound.person == turn.employee.person) & (Outbound.channel == turn.address.channel)
            & Outbound.edits.is_null() & (Outbound.queued_at > clock.now() - FRESH)
        )
        .order_by(Outbound.id, ascending=False)
        .limit(most)
    )  # fmt: skip
    return rows
