"""Chats in which nobody wrote for ninety days: by then a number may have found another owner, and its account with it.

Such a chat is answered like a stranger's and nothing is sent there, until its person says on a page that it is still
theirs, or types a new code. What was written in it meanwhile does not count: nobody knows who wrote it.
"""

from datetime import datetime, timedelta
from typing import Any

from core import clock
from core.messaging.tables import Inbound

LONGEST = timedelta(days=90)


async def is_silent(channel: str, account: str, external_id: str, *, person: int, verified_at: datetime) -> bool:
    """Whether nobody has shown for too long that this chat is still this person's."""
    since = clock.now() - LONGEST
    if verified_at > since:
        return False
    return not await Inbound.exists().where(
        _written(channel, account, external_id, person) & (Inbound.received_at > since)
    )


async def silent_since(
    channel: str, account: str, external_id: str, *, person: int, verified_at: datetime
) -> datetime | None:  # fmt: skip
    """When this person last showed that a chat is theirs that is silent by now; nothing while it is not."""
    if not await is_silent(channel, account, external_id, person=person, verified_at=verified_at):
        return None
    mine = _written(channel, account, external_id, person)
    last = await Inbound.select(Inbound.received_at).where(mine).order_by(Inbound.received_at, ascending=False).first()
    return max(verified_at, last["received_at"]) if last else verified_at


def _written(channel: str, account: str, external_id: str, person: int) -> Any:
    """What this person wrote in this chat."""
    return (
        (Inbound.channel == channel) & (Inbound.account == account) & (Inbound.sender == external_id)
        & (Inbound.person == person)
    )  # fmt: skip
