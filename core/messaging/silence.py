"""Chats in which nobody wrote for ninety days: by then a number may have found another owner, and its account with it.

Such a chat is answered like a stranger's and nothing is sent there, until its person says on a page that it is still
theirs, or types a new code. What was written in it meanwhile does not count: nobody knows who wrote it.
"""

from collections.abc import Mapping, Sequence
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


async def silent_of(chats: Sequence[Mapping[str, Any]]) -> set[int]:
    """Which of these rows of linked chats are silent by now, with one question however many they are."""
    since = clock.now() - LONGEST
    old = [row for row in chats if row["verified_at"] <= since]
    if not old:
        return set()
    heard = await Inbound.select(Inbound.channel, Inbound.account, Inbound.sender, Inbound.person).where(
        Inbound.person.is_in(sorted({row["person"] for row in old})) & (Inbound.received_at > since)
    ).group_by(Inbound.channel, Inbound.account, Inbound.sender, Inbound.person)  # fmt: skip
    spoke = {(row["channel"], row["account"], row["sender"], row["person"]) for row in heard}
    return {
        row["id"] for row in old if (row["channel"], row["account"], row["external_id"], row["person"]) not in spoke
    }


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
