"""What goes out: written in the transaction that caused it, sent afterwards by the job `deliver`."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from msgspec.structs import replace

from core import clock, database, jobs, settings, vault
from core.approvals.tables import Request
from core.messaging import homes, live, numbered, silence
from core.messaging.messages import Message
from core.messaging.tables import Outbound
from core.people import answering
from core.people.tables import ChannelIdentity
from core.phrases import phrase
from core.stated import stated

RESEND, DROP = "resend_marked", "drop"
TAKEN_BACK = "taken back"  # before it left: what its row says
WEB, SLACK = "web", "slack"
# Where a push goes when a person has several chats: the one made for quick answers first.
PREFERRED = ("slack", "telegram", "whatsapp")
TAKES_FILES = frozenset({"telegram", "whatsapp"})  # channels to which a message may bring a file
PAYLOAD = "outbound.payload"
_watching: ContextVar[list[int] | None] = ContextVar("watching", default=None)


@dataclass(frozen=True)
class Address:
    """One mailbox of one person (or of a stranger) on one channel."""

    channel: str
    account: str
    to: str
    person: int | None


async def address_of(person: int, *, without: str | None = None) -> Address:
    """Where a message reaches this person that does not answer one of theirs; the web portal always does."""
    reachable = (
        await ChannelIdentity.select()
        .where(
            (ChannelIdentity.person == person)
            & ChannelIdentity.ended_at.is_null()
            & ChannelIdentity.unreachable_at.is_null()
        )
        .order_by(ChannelIdentity.id)
    )
    by_channel = {row["channel"]: row for row in reachable}  # of several, the one that was linked last
    for channel in PREFERRED:
        row = by_channel.get(channel)
        if (
            row is not None
            and channel != without
            and not await silence.is_silent(
                channel, row["account"], row["external_id"], person=person, verified_at=row["verified_at"]
            )
        ):
            return Address(channel, row["account"], row["place"] or row["external_id"], person)
    return Address(WEB, WEB, str(person), person)


async def channels_of(persons: Collection[int]) -> Mapping[int, str]:
    """The channel in which `address_of` would reach each of these now, with two questions however many they are."""
    chats = await ChannelIdentity.select().where(
        ChannelIdentity.person.is_in(list(persons) or [0])
        & ChannelIdentity.ended_at.is_null()
        & ChannelIdentity.unreachable_at.is_null()
    ).order_by(ChannelIdentity.id)  # fmt: skip
    quiet = await silence.silent_of(chats)
    found: dict[int, dict[str, bool]] = {}
    for row in chats:
        found.setdefault(row["person"], {})[row["channel"]] = row["id"] in quiet
    told = {person: [one for one in PREFERRED if chat.get(one) is False] for person, chat in found.items()}
    return {person: next(iter(told.get(person, ())), WEB) for person in persons}


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
    if message.file is not None and address.channel not in TAKES_FILES:
        # It was made for another chat, which is closed by now: words about a file that isn't there would help nobody.
        words = phrase("channels.file_elsewhere", message.language, name=message.file.name, link=_portal())
        message = replace(message, file=None, text=words)
    about = address.person if card_of is None else await _asker(card_of)
    if message.choices and not message.numbered and address.person is not None:
        message = numbered.shown(message) if await answering.by_digits(address.person) else message
    made = Outbound(
        person=address.person, channel=address.channel, account=address.account, address=address.to, key=message.key,
        about=about, payload=seal(message, about=about), after_unknown=after_unknown, state="queued",
        dedupe=f"{database.company()}:{dedupe}", caused_by=caused_by, card_of=card_of, card_version=card_version,
        edits=edits, queued_at=clock.now(), bulk=jobs.lane() == jobs.BULK,
    )  # fmt: skip
    await Outbound.insert(made)
    await jobs.enqueue("deliver", made.id)
    if address.channel == WEB and address.person is not None:
        await live.changed(address.person)
    if card_of is not None and address.channel == SLACK:
        await homes.changed(address.person)
    if (posted := _watching.get()) is not None:
        posted.append(int(made.id))
    return int(made.id)


def _portal() -> str:
    return f"{settings.current().public_url}/me/"


def marked(message: Message) -> Message:
    """The same words, with a mark that they may have been read before."""
    return replace(message, text=phrase("channels.resent", message.language, text=message.text))


async def post_once(address: Address, message: Message, *, dedupe: str, after_unknown: str = RESEND) -> None:
    """Put a message on its way unless the same `dedupe` was posted before."""
    if await state_of(dedupe) is None:
        await post(address, message, dedupe=dedupe, after_unknown=after_unknown)


async def state_of(dedupe: str) -> str | None:
    """What became of the message posted with this `dedupe`, if there was one."""
    row = await Outbound.select(Outbound.state).where(Outbound.dedupe == f"{database.company()}:{dedupe}").first()
    return row["state"] if row else None


@contextmanager
def watched() -> Iterator[list[int]]:
    """The numbers of what is put on its way inside the block, by this task."""
    posted: list[int] = []
    mark = _watching.set(posted)
    try:
        yield posted
    finally:
        _watching.reset(mark)


async def _asker(request: int) -> int:
    """Whom a card describes: who asked, not who is to decide."""
    row = await _whose(request)
    assert row is not None
    return int(row["person"])


@stated
def _whose(request: int) -> Any:
    return Request.select(Request.employment.person.as_alias("person")).where(Request.id == request).first()


WITHHELD = "vault.withheld"  # the key of a message about somebody whose data may only be kept for now


def seal(message: Message, *, about: int | None) -> str:
    """The envelope in which a message waits: that of the person it describes."""
    words = msgspec.json.encode(message).decode()
    return vault.seal(words, company=database.company(), column=PAYLOAD, subject=about)


def unseal(row: Outbound | Mapping[str, Any]) -> Message:
    """The message in the envelope of a row of the company in scope."""
    payload, about = (row.payload, row.about) if isinstance(row, Outbound) else (row["payload"], row["about"])
    person = row.person if isinstance(row, Outbound) else row.get("person", about)
    try:
        with vault.own(database.company(), person):
            words = vault.unseal(payload, company=database.company(), column=PAYLOAD, subject=about)
    except vault.Restricted:
        return Message(WITHHELD, vault.BAR)
    return msgspec.json.decode(words, type=Message)


async def has_card(person: int, request: int, version: int, *, since: datetime) -> bool:
    """Whether somebody was shown this version of a request from an instant on."""
    return bool(
        await Outbound.exists().where(
            (Outbound.card_of == request) & (Outbound.card_version == version) & (Outbound.person == person)
            & Outbound.edits.is_null() & (Outbound.queued_at >= since)
        )
    )  # fmt: skip


async def cards(request: int) -> Sequence[dict[str, object]]:
    """The cards of a request that were sent or are on their way; not those that replace others."""
    return await Outbound.select().where((Outbound.card_of == request) & Outbound.edits.is_null()).order_by(Outbound.id)


async def with_buttons(request: int, version: int) -> Sequence[int]:
    """Whoever holds a card of this version that still carries buttons, as it was written last."""
    rows = await Outbound.select(Outbound.person, Outbound.payload, Outbound.about).where(
        (Outbound.card_of == request) & (Outbound.card_version == version) & Outbound.person.is_not_null()
    ).order_by(Outbound.id)  # fmt: skip
    newest = {int(row["person"]): row for row in rows}
    return [person for person, row in newest.items() if unseal(row).choices]


async def was_asked(person: int, request: int) -> bool:
    """Whether somebody was ever shown a card of a request."""
    return bool(
        await Outbound.exists().where(
            (Outbound.card_of == request) & (Outbound.person == person) & Outbound.edits.is_null()
        )
    )


async def requests_shown(people: Collection[int]) -> Collection[int]:
    """The requests of which any of these was shown a card."""
    rows = await Outbound.select(Outbound.card_of).where(
        Outbound.person.is_in(list(people) or [0]) & Outbound.card_of.is_not_null() & Outbound.edits.is_null()
    )
    return {row["card_of"] for row in rows}


async def arrived(request: int) -> Sequence[dict[str, object]]:
    """The cards of a request that reached somebody: who, where, when, which version; on the web, at once."""
    rows = await cards(request)
    return [
        {"person": row["person"], "channel": row["channel"], "at": row["sent_at"] or row["queued_at"],
         "version": row["card_version"]}
        for row in rows
        if row["state"] == "sent" or row["channel"] == WEB
    ]  # fmt: skip
