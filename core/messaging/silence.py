"""Chats in which nobody wrote for ninety days: by then a number may have found another owner, and its account with it.

Such a chat is answered like a stranger's and nothing is sent there, until its person says on a page that it is still
theirs, or types a new code. What was written in it meanwhile does not count: nobody knows who wrote it.
"""

from datetime import datetime, timedelta

from core import clock
from core.messaging.tables import Inbound

LONGEST = timedelta(days=90)


async def is_silent(channel: str, account: str, external_id: str, *, person: int, verified_at: datetime) -> bool:
    """Whether nobody has shown for too long that this chat is still this person's."""
    since = clock.now() - LONGEST
    if verified_at > since:
        return False
    return not await Inbound.exists().where(
        (Inbound.channel == channel) & (Inbound.account == account) & (Inbound.sender == external_id)
        & (Inbound.person == person) & (Inbound.received_at > since)
    )  # fmt: skip
