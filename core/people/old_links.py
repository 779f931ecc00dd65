"""What is kept of a chat that no longer speaks for somebody: a year long whose account it was, then a blind trace.

The trace says that somebody had a chat of that kind, from when to when, and which words they had agreed to. It names no
account; with it whoever links another chat years later still cools down. It goes five years after they left. What a
block has ended is kept whole while the block stands: that account opens nothing.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from core import clock
from core.people.tables import ChannelIdentity, Employment
from core.retention import KEPT, YEAR

BLIND = ""  # in the place of an account
TRACE = 5 * YEAR


def over(before: datetime) -> Any:
    """The ended links of which something is to go, when all of one is kept since `before`."""
    ended = (ChannelIdentity.ended_at < before) & ChannelIdentity.blocked_by.is_null()
    return ended & ((ChannelIdentity.external_id != BLIND) | _long_gone(before + KEPT["channel_identity"]))


async def let_go(numbers: Sequence[int]) -> None:
    """Blind these links; those of people who left long ago go."""
    these = ChannelIdentity.id.is_in(list(numbers))
    await ChannelIdentity.delete().where(these & _long_gone(clock.now()))
    await ChannelIdentity.update(
        {
            ChannelIdentity.account: BLIND, ChannelIdentity.external_id: BLIND, ChannelIdentity.place: None,
            ChannelIdentity.unreachable_at: None, ChannelIdentity.shut_at: None,
        }
    ).where(these)  # fmt: skip


def _long_gone(now: datetime) -> Any:
    """Of people none of whose employments lasted into the last five years."""
    since = (now - TRACE).date()
    lately = Employment.leaves.is_null() | (Employment.leaves >= since)
    return ChannelIdentity.person.not_in(Employment.select(Employment.person).where(lately))
