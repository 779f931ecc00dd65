"""The 24 hours of WhatsApp: after somebody's last message free words may be sent, later only an approved template.

What is said outside them waits; a template without figures asks its person to open the talk, and what waited follows as
soon as they write or press. Meta accepts a message outside the window and fails it later, so the clock is kept here.
https://developers.facebook.com/documentation/business-messaging/whatsapp/pricing
"""

from datetime import timedelta

from core import clock, jobs
from core.messaging import outbox, templates
from core.messaging.messages import Incoming, Message
from core.messaging.outbox import Address
from core.messaging.tables import Inbound, Outbound
from core.people.tables import ChannelIdentity
from core.phrases import phrase

CHANNEL, WAITING = "whatsapp", "waiting"
LIFE = timedelta(hours=24) - timedelta(minutes=5)  # the way to Meta takes its time too
TOO_OLD = timedelta(days=7)
# What a message is about, by the beginning of its key; the first that fits. None has a figure or a kind of leave.
TEMPLATES = (
    ("approvals.card", "request_waiting"),
    ("approvals.remind", "request_waiting"),
    ("approvals.", "request_decided"),
    ("leave.", "request_decided"),
    ("tickets.", "ticket_answered"),
    ("mails.", "ticket_answered"),
    ("accounts.", "security"),
    ("linking.", "security"),
)
OTHERWISE = "notice"
UNASKED = frozenset({"releases.told"})  # nobody is asked to write for it, for that is paid for: it comes when they do


def template_for(key: str) -> str:
    """Which template opens the talk for a message."""
    return next((name for start, name in TEMPLATES if key.startswith(start)), OTHERWISE)


async def is_open(row: Outbound) -> bool:
    """Whether free words may go there now; needs the company's transaction."""
    since = clock.now() - LIFE
    heard = (Inbound.channel == row.channel) & (Inbound.account == row.account) & (Inbound.received_at > since)
    if row.caused_by is not None and await Inbound.exists().where(heard & (Inbound.id == row.caused_by)):
        return True
    if row.person is None:
        return False
    chats = await ChannelIdentity.select(ChannelIdentity.external_id).where(
        (ChannelIdentity.person == row.person) & (ChannelIdentity.channel == row.channel)
        & ((ChannelIdentity.place == row.address) | (ChannelIdentity.external_id == row.address))
    )  # fmt: skip
    senders = {row.address, *(one["external_id"] for one in chats)}
    return await Inbound.exists().where(heard & Inbound.sender.is_in(sorted(senders)))


async def wait(row: Outbound, message: Message) -> None:
    """Keep it until its person writes, and ask them to with a template: one of a kind a day."""
    await Outbound.update({Outbound.state: WAITING}).where(Outbound.id == row.id)
    if message.key in UNASKED:
        return
    name = template_for(message.key)
    words = phrase(f"channels.template_{name}", message.language)
    opens = Message(f"channels.template_{name}", words, language=message.language, template=name)
    there = Address(row.channel, row.account, row.address, row.person)
    if (why := await templates.why_not(row.account, name, message.language)) is not None:
        await closed_to_templates(row, why)
        return
    once = f"template:{row.account}:{row.address}:{name}:{clock.now():%Y-%m-%d}"
    if await outbox.state_of(once) == "failed":
        await closed_to_templates(row)
    else:
        await outbox.post_once(there, opens, dedupe=once, after_unknown=outbox.DROP)


async def opened(person: int, incoming: Incoming) -> int:
    """Send what waited for this person to write, in its order; returns how many that were."""
    if incoming.channel != CHANNEL:
        return 0
    rows = (
        await Outbound.select(Outbound.id, Outbound.queued_at)
        .where(
            (Outbound.person == person)
            & (Outbound.channel == CHANNEL)
            & (Outbound.account == incoming.account)
            & (Outbound.state == WAITING)
        )
        .order_by(Outbound.id)
    )
    old = [row["id"] for row in rows if row["queued_at"] < clock.now() - TOO_OLD]
    fresh = [row["id"] for row in rows if row["id"] not in old]
    if old:
        await Outbound.update({Outbound.state: "dropped", Outbound.error: "too old"}).where(Outbound.id.is_in(old))
    if fresh:
        await Outbound.update({Outbound.state: "queued"}).where(Outbound.id.is_in(fresh))
        for one in fresh:
            await jobs.enqueue("deliver", one)
    return len(fresh)


async def closed_to_templates(row: Outbound, why: str = "template") -> None:
    """The template itself cannot be sent: what waits for it goes to another chat of the person, or to their page."""
    held = (
        (Outbound.person == row.person) & (Outbound.channel == CHANNEL) & (Outbound.account == row.account)
        & (Outbound.state == WAITING)
    )  # fmt: skip
    if row.person is None:
        return
    other = await outbox.address_of(row.person, without=CHANNEL)
    trouble = why if other.channel == outbox.WEB else None
    for one in await Outbound.objects().where(held).order_by(Outbound.id):
        await outbox.post(
            other, outbox.unseal(one), dedupe=f"instead:{one.id}", caused_by=one.caused_by,
            card_of=one.card_of, card_version=one.card_version, after_unknown=one.after_unknown,
        )  # fmt: skip
        values = {"state": "dropped", "error": "sent elsewhere", "trouble": trouble}
        await Outbound.update(values).where(Outbound.id == one.id)
