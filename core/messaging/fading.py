"""What is too private to lie in a chat for good: it is taken back after a while, or at a word of the person it was for.

Platforms let a bot delete its own messages for two days at most, so that is how long there is something to take back.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from core import clock, jobs
from core.messaging.tables import Outbound

ERASE = "messages.erase"
CHANNELS = frozenset({"telegram"})  # that let a bot delete
AFTER = {"leave.recap": timedelta(hours=24)}  # by what was said
LONGEST = timedelta(hours=47)  # Telegram allows 48, and a job may wait
GONE = "taken back"  # stands in `error` of what was


async def watch(number: int, key: str, channel: str) -> None:
    """Have a message taken back in time, if it is one of those; in the transaction that posts it."""
    if key in AFTER and channel in CHANNELS:
        await jobs.enqueue(ERASE, number, run_at=clock.now() + AFTER[key])


async def standing(person: int, channel: str, place: str) -> Sequence[int]:
    """The messages of this chat that can still be taken back."""
    rows = await Outbound.select(Outbound.id).where(
        (Outbound.person == person) & (Outbound.channel == channel) & (Outbound.address == place)
        & Outbound.key.is_in(list(AFTER)) & (Outbound.queued_at > clock.now() - LONGEST)
        & Outbound.state.is_in(["queued", "sending", "sent", "unknown"]) & Outbound.error.is_null()
    )  # fmt: skip
    return [row["id"] for row in rows]


def is_too_late(queued_at: datetime) -> bool:
    """Whether nobody but the person can delete it any more."""
    return clock.now() - queued_at > LONGEST
