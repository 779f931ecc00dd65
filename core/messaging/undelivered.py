"""What reached nobody's chat: shown to HR with why and what to do, never with what it says; sent again or laid aside.

It stands on its person's page of the talk all the same, where it could be put there; but who looks at that?
"""

from collections.abc import Sequence
from typing import Any

from core import audit, clock, database, log, metrics
from core.audit import Actor
from core.errors import Refused
from core.messaging import invited_together, outbox, templates
from core.messaging.tables import Outbound
from core.messaging.windows import template_for
from core.people.tables import ChannelIdentity
from core.phrases import phrase

# Why, and so what to do; each has its words in delivery.ftl.
CLOSED = {"telegram": "blocked", "whatsapp": "number_gone", "slack": "deactivated", "email": "address"}
REFUSED, TEMPLATE, TRIED, UNKNOWN = "refused", "template", "tried", "unknown"
DISCONNECTED = "disconnected"  # the bot that they talked with is not the company's any more
LATE = "late"  # strangers only: WhatsApp takes no free words any more, a day after they wrote
NO_ACCOUNT = "no_account"  # it is nobody's here, and no other may speak in its name
WHY = (*CLOSED.values(), REFUSED, TEMPLATE, *templates.REASONS, TRIED, UNKNOWN, DISCONNECTED, NO_ACCOUNT)
MAIL = "email"
_SHUT = ChannelIdentity.shut_at.is_not_null() & ChannelIdentity.ended_at.is_null()
OPEN = Outbound.trouble.is_not_null() & Outbound.settled_at.is_null()


async def note(row: Outbound, why: str) -> None:
    """This one reached no chat: HR sees to it, the operator where it was a stranger's; nobody to a changed card."""
    await invited_together.refused(row.dedupe)
    if row.edits is not None:
        return
    if row.person is None:
        log.warning("stranger_not_reached", channel=row.channel, account=row.account, key=row.key, why=why)
        metrics.STRANGERS.labels(row.channel, why).inc()
        # No HR can see to it; why is kept for the operator.
        settled: dict[Any, Any] = {Outbound.settled_at: clock.now(), Outbound.settled_by: "nobody's"}
        await Outbound.update({Outbound.trouble: why, **settled}).where(Outbound.id == row.id)
        return
    await Outbound.update({Outbound.trouble: why}).where(Outbound.id == row.id)


async def count() -> int:
    """How many wait for somebody of HR."""
    return int(await Outbound.count().where(OPEN))


async def shut_chats() -> Sequence[dict[str, Any]]:
    """Who has shut the chat they had to us and has no other, since when; what is said to them nobody brings them."""
    shut = await ChannelIdentity.select(
        ChannelIdentity.id, ChannelIdentity.person, ChannelIdentity.person.name.as_alias("name"),
        ChannelIdentity.channel, ChannelIdentity.shut_at,
    ).where(_SHUT).order_by(ChannelIdentity.shut_at, ascending=False)  # fmt: skip
    open_ = await ChannelIdentity.select(ChannelIdentity.person).where(
        ChannelIdentity.person.is_in([row["person"] for row in shut] or [0])
        & ChannelIdentity.ended_at.is_null() & ChannelIdentity.unreachable_at.is_null()
    )  # fmt: skip
    elsewhere = {row["person"] for row in open_}
    return [row for row in shut if row["person"] not in elsewhere]


async def seen(number: int, *, by: Actor) -> None:
    """Somebody of HR saw to a chat that was shut; should it be shut again, they hear of it again."""
    done = (
        await ChannelIdentity.update({ChannelIdentity.shut_at: None})
        .where((ChannelIdentity.id == number) & _SHUT)
        .returning(ChannelIdentity.person)
    )
    if not done:
        raise Refused("delivery.seen_already")
    audit.record("chat.shut_seen", f"person:{done[0]['person']}", by=by)


async def waiting(most: int, *, before: int | None = None) -> Sequence[dict[str, Any]]:
    """What reached nobody and was not seen to, the newest first: who, what kind, where, why, since when."""
    older = OPEN & (Outbound.id < before) if before is not None else OPEN
    rows = (
        await Outbound.select(
            Outbound.id, Outbound.person, Outbound.person.name.as_alias("name"), Outbound.key, Outbound.channel,
            Outbound.trouble, Outbound.queued_at,
        )
        .where(older)
        .order_by(Outbound.id, ascending=False)
        .limit(most)
    )  # fmt: skip
    return [{**row, "kind": template_for(row["key"]), "again": row["channel"] != MAIL} for row in rows]


async def send_again(number: int, *, by: Actor) -> str:
    """Say the same once more where its person can be reached now; returns the channel."""
    row = await _open(number)
    if row.channel == MAIL:
        raise Refused("delivery.mail_not_again")  # it may hold a link that is for its mailbox alone
    there = await outbox.address_of(row.person)
    if there.channel == outbox.WEB:
        raise Refused("delivery.no_chat")
    message = outbox.unseal(row)
    if row.trouble == UNKNOWN:
        message = outbox.marked(message)
    await outbox.post(
        there, message, dedupe=f"again:{row.id}", caused_by=row.caused_by, card_of=row.card_of,
        card_version=row.card_version, after_unknown=row.after_unknown,
    )  # fmt: skip
    await _settle(row, "message.sent_again", by)
    return there.channel


async def dismiss(number: int, *, by: Actor) -> None:
    """Somebody told them otherwise, or it no longer matters."""
    await _settle(await _open(number), "message.dismissed", by)


async def _open(number: int) -> Outbound:
    await database.lock(Outbound, number)
    row = await Outbound.objects().where((Outbound.id == number) & OPEN).first()
    if row is None:
        raise Refused("delivery.settled_already")
    return row


async def _settle(row: Outbound, action: str, by: Actor) -> None:
    await Outbound.update({Outbound.settled_at: clock.now(), Outbound.settled_by: by.name}).where(Outbound.id == row.id)
    audit.record(action, f"message:{row.id}", by=by)


def told(row: dict[str, Any], language: str) -> dict[str, str]:
    """Kind, why and what to do in words."""
    return {
        "kind": phrase(f"delivery.kind_{row['kind']}", language),
        "why": phrase(f"delivery.why_{row['trouble']}", language),
        "todo": phrase(f"delivery.todo_{row['trouble']}", language),
    }


def of_shut(channel: str, language: str) -> dict[str, str]:
    """The same of a chat that was shut."""
    why = CLOSED[channel]
    return {"why": phrase(f"delivery.why_{why}", language), "todo": phrase(f"delivery.todo_{why}", language)}
