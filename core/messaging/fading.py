"""What is too private to lie in a chat for good: it is taken back after a while, or at a word of the person it was for.

Platforms let a bot delete its own messages for two days at most, so that is how long there is something to take back.
"""

from datetime import datetime, timedelta
from typing import Any

from core import clock, jobs
from core.messaging.tables import Outbound
from core.people import identities

ERASE = "messages.erase"
CHANNELS = frozenset({"telegram"})  # that let a bot delete
AFTER = {"leave.recap": timedelta(hours=24)}  # by what was said
LONGEST = timedelta(hours=47)  # Telegram allows 48, and a job may wait
GONE = "taken back"  # stands in `error` of what was


async def watch(number: int, key: str, channel: str) -> None:
    """Have a message taken back in time, if it is one of those; in the transaction that posts it."""
    if key in AFTER and channel in CHANNELS:
        await jobs.enqueue(ERASE, number, run_at=clock.now() + AFTER[key])


async def take_back(person: int, channel: str | None = None, place: str | None = None) -> int:
    """Have what can still be taken back deleted now, of one chat or of all; returns how many messages that are."""
    here: Any = Outbound.person == person
    if channel is not None:
        here = here & (Outbound.channel == channel) & (Outbound.address == place)
    rows = await Outbound.select(Outbound.id).where(
        here & Outbound.channel.is_in(sorted(CHANNELS)) & Outbound.key.is_in(sorted(AFTER))
        & (Outbound.queued_at > clock.now() - LONGEST)
        & Outbound.state.is_in(["queued", "sending", "sent", "unknown"]) & Outbound.error.is_null()
    )  # fmt: skip
    for row in rows:
        await jobs.enqueue(ERASE, row["id"])
    return len(rows)


@identities.on_end
async def ended(row: dict[str, Any]) -> None:
    """A chat speaks for its person no more: nothing of theirs stays there that can go."""
    await take_back(row["person"], row["channel"], row["place"] or row["external_id"])


def is_too_late(queued_at: datetime) -> bool:
    """Whether nobody but the person can delete it any more."""
    return clock.now() - queued_at > LONGEST
