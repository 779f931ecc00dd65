"""What goes out: written in the transaction that caused it, sent afterwards by the job `deliver`."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from core import clock, database, jobs, vault
from core.messaging.messages import Message
from core.messaging.tables import Outbound
from core.people.tables import ChannelIdentity

RESEND, DROP = "resend_marked", "drop"
WEB = "web"
# Where a push goes when a person has several chats: the one made for quick answers first.
PREFERRED = ("slack", "telegram")
PAYLOAD = "outbound.payload"


@dataclass(frozen=True)
class Address:
    """One mailbox of one person (or of a stranger) on one channel."""

    channel: str
    account: str
    to: str
    person: int | None


async def address_of(person: int) -> Address:
    """Where a message reaches this person that does not answer one of theirs; the web portal always does."""
    reachable = await ChannelIdentity.select().where(
        (ChannelIdentity.person == person)
        & ChannelIdentity.ended_at.is_null()
        & ChannelIdentity.unreachable_at.is_null()
    )
    by_channel = {row["channel"]: row for row in reachable}
    for channel in PREFERRED:
        if channel in by_channel:
            row = by_channel[channel]
            return Address(channel, row["account"], row["place"] or row["external_id"], person)
    return Address(WEB, WEB, str(person), person)


async def post(
    address: Address,
    message: Message,
    *,
    dedupe: str,
    after_unknown: str = RESEND,
    caused_by: int | None = None,
    card_of: int | None = None,
    card_version: int | None = None,
    edits: int | None = None,
) -> int:
    """Put a message on its way, once for a `dedupe`; it leaves when the open transaction is kept."""
    row = Outbound(
        person=address.person, channel=address.channel, account=address.account, address=address.to, key=message.key,
        payload=seal(message), after_unknown=after_unknown, state="queued", dedupe=f"{database.company()}:{dedupe}",
        caused_by=caused_by, card_of=card_of, card_version=card_version, edits=edits, queued_at=clock.now(),
    )  # fmt: skip
    await Outbound.insert(row)
    await jobs.enqueue("deliver", row.id)
    return int(row.id)


def seal(message: Message) -> str:
    """The envelope in which a message waits."""
    return vault.seal(msgspec.json.encode(message).decode(), company=database.company(), column=PAYLOAD)


def unseal(payload: str) -> Message:
    """The message in an envelope of the company in scope."""
    return msgspec.json.decode(vault.unseal(payload, company=database.company(), column=PAYLOAD), type=Message)


async def cards(request: int) -> Sequence[dict[str, object]]:
    """The cards of a request that were sent or are on their way; not those that replace others."""
    return await Outbound.select().where((Outbound.card_of == request) & Outbound.edits.is_null()).order_by(Outbound.id)
