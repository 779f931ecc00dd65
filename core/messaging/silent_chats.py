"""Whoever has not written in a chat for ninety days is told there, once, that it is no longer taken for theirs."""

from collections.abc import Mapping
from datetime import UTC
from typing import Any

from core import clock, database, jobs
from core.accounts.tables import Company
from core.messaging import outbox
from core.messaging.messages import Message
from core.messaging.outbox import Address
from core.messaging.silence import LONGEST
from core.messaging.tables import Inbound, Outbound
from core.people.tables import ChannelIdentity
from core.phrases import phrase
from core.settings import current

TELL = "chats.tell_silent"
AT_ONCE = 200  # chats of one transaction


@jobs.cron("5 9 * *", "chats.silent")
async def daily() -> None:
    """Have every company look which of its chats fell silent, at an hour at which one may write to people."""
    async with database.installation(writes=False):
        companies = await Company.select(Company.id).where(Company.kind == "company")
    for row in companies:
        async with database.transaction(row["id"]):
            await jobs.enqueue(TELL)


@jobs.job(TELL, lane=jobs.BULK)
async def tell(company: int) -> None:
    """Tell the chats of this company that fell silent and were not told yet."""
    async with database.transaction(company):
        since = clock.now() - LONGEST
        lately = await Inbound.select(Inbound.channel, Inbound.account, Inbound.sender, Inbound.person).where(
            (Inbound.company == company) & Inbound.person.is_not_null() & (Inbound.received_at > since)
        )
        heard = {(row["channel"], row["account"], row["sender"], row["person"]) for row in lately}
        linked = (
            await ChannelIdentity.select(
                *ChannelIdentity.all_columns(), ChannelIdentity.person.language.as_alias("speaks")
            )
            .where(
                ChannelIdentity.ended_at.is_null() & ChannelIdentity.unreachable_at.is_null()
                & (ChannelIdentity.verified_at <= since)
            )
            .order_by(ChannelIdentity.id)
        )  # fmt: skip
        sent = await Outbound.select(Outbound.dedupe).where(Outbound.dedupe.like(f"{company}:silent:%"))
        told = {row["dedupe"] for row in sent}
        waiting = [
            row
            for row in linked
            if (row["channel"], row["account"], row["external_id"], row["person"]) not in heard
            and f"{company}:{_mark(row)}" not in told
        ]
        for row in waiting[:AT_ONCE]:
            there = Address(row["channel"], row["account"], row["place"] or row["external_id"], row["person"])
            words = phrase("linking.silent", row["speaks"], link=page())
            message = Message("linking.silent", words, language=row["speaks"])
            await outbox.post(there, message, dedupe=_mark(row), after_unknown=outbox.DROP)
        if len(waiting) > AT_ONCE:
            await jobs.enqueue(TELL)


def page() -> str:
    """Where somebody says that a chat is still theirs."""
    return f"{current().public_url}/account"


def _mark(row: Mapping[str, Any]) -> str:
    """Of one silence of one chat: what ends it is another moment at which it was shown to be theirs."""
    return f"silent:{row['id']}:{row['verified_at'].astimezone(UTC):%Y%m%d%H%M%S}"
