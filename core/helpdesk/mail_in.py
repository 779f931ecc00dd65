"""A mail to the desk becomes a ticket, or is added to the one whose secret it brings back; decision 0072.

Each mail is taken once: its number in the mailbox and its Message-ID stand under unique indexes, in the transaction
that writes what it says. What a program sent opens nothing and is answered by nothing, so no two of them ever talk.
"""

import asyncio
import hashlib
import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from piccolo.columns import BigInt, ForeignKey, Integer, OnDelete, Serial, Timestamptz, Varchar
from piccolo.query.mixins import OnConflictAction

from core import audit, clock, database, files, jobs, vault
from core.accounts.tables import Company
from core.audit import Actor
from core.database import CompanyTable
from core.errors import Refused
from core.files import Examined, Written
from core.helpdesk import mail_back, mail_reading, mail_text, outsiders, tickets
from core.helpdesk.mail_reading import AUTOMATIC, BOUNCE, LIST, PERSON, Letter
from core.helpdesk.tables import Ticket
from core.messaging import attachments, mail_threads, mailboxes, undelivered
from core.messaging.mail_threads import MailThread
from core.messaging.mailboxes import Box, Mailbox
from core.messaging.outbox import Address
from core.messaging.tables import Outbound
from core.phrases import phrase
from core.vault import Sealed

MOST = 25 * 1024 * 1024  # bytes of a mail that is taken whole; of a larger one its head is
MOST_RECEIPTS, RECEIPTS_WITHIN = (
    5,
    timedelta(days=1),
)  # to one address: two programs that answer each other come to an end
MOST_MAILS, MAILS_WITHIN = 20, timedelta(hours=1)  # from one address that become something
# What became of a mail.
OPENED, ADDED, NOTED, RETURNED, FOLLOWED = "opened", "added", "noted", "returned", "followed"
LEFT = ("automatic", "list", "own", "flood", "nobody", "broken")  # nothing was made of it: it stays in the mailbox
KNOWN = "known"
STAYS = timedelta(days=14)  # that somebody sent what nothing was made of is told for so long
Taken = tuple[tuple[Examined, Written], str]


class MailIn(CompanyTable):
    """A mail that was taken from a mailbox, once, and what became of it; what it says is not kept here."""

    id: Serial
    mailbox = ForeignKey(Mailbox, null=False, on_delete=OnDelete.restrict)
    validity = BigInt()
    uid = BigInt()
    mark = Varchar(length=32)  # keyed hash of its Message-ID, or of all of it
    sender = Varchar(length=32)  # keyed hash of the address it says to be from
    state = Varchar(length=10)
    ticket = ForeignKey(Ticket, null=True, default=None, on_delete=OnDelete.restrict)
    receipt = Integer(default=0)  # 1: it was answered by our receipt
    size = Integer()
    about = Sealed(of=None, null=True)  # who sent what, where nothing was made of it
    taken_at = Timestamptz(default=None)


async def take(box: Box, validity: int, uid: int, raw: bytes, *, size: int) -> str:
    """Make of a mail what it is to be made of, once, and remember up to where the mailbox was read. `raw` is its head
    alone where `size` is more than is taken. Returns what became of it; what nobody can read is remembered as that."""
    letter = await asyncio.to_thread(mail_reading.read, raw, whole=size <= MOST)
    wanted = letter.kind == PERSON and bool(letter.sender)
    taken, refused = await _files(box.company, letter) if wanted else ([], [])
    async with database.transaction(box.company):
        row = await _first_time(box, validity, uid, raw, letter, size)
        if row is not None:
            state, ticket, receipt = await _made(box, letter, taken, refused)
            values: dict[Any, Any] = {MailIn.state: state, MailIn.ticket: ticket, MailIn.receipt: int(receipt)}
            if state in LEFT:
                values[MailIn.about] = _about(letter)
            await MailIn.update(values).where(MailIn.id == row.id)
        await _read_up_to(box, validity, uid)
    return KNOWN if row is None else state


async def broken(box: Box, validity: int, uid: int, *, size: int) -> None:
    """A mail over which we stumbled: the ones after it are not held up by it, and the desk is told of it."""
    async with database.transaction(box.company):
        mark = vault.blind_index(f"{box.id}|{validity}|{uid}", field="mail_mark", company=box.company)
        fresh = MailIn(
            mailbox=box.id, validity=validity, uid=uid, mark=mark, sender="", state="broken", size=size,
            taken_at=clock.now(),
        )  # fmt: skip
        await MailIn.insert(fresh).on_conflict(action=OnConflictAction.do_nothing)
        await _read_up_to(box, validity, uid)


@jobs.cron("50 2 * *", "mail_in.nightly")
async def nightly() -> None:
    """Have every company forget who sent what nothing was made of, two weeks after."""
    async with database.installation(writes=False):
        companies = await Company.select(Company.id).where(Company.kind == "company")
    for row in companies:
        async with database.transaction(row["id"]):
            old = MailIn.about.is_not_null() & (MailIn.taken_at < clock.now() - STAYS)
            await MailIn.update({MailIn.about: None}).where(old)


async def left(most: int = 50) -> Sequence[dict[str, Any]]:
    """Mails of which nothing was made in the last two weeks: when, why, who sent what."""
    rows = (
        await MailIn.select()
        .where(MailIn.state.is_in(list(LEFT)) & (MailIn.taken_at > clock.now() - STAYS))
        .order_by(MailIn.id, ascending=False)
        .limit(most)
    )
    company = database.company()
    return [
        {"at": row["taken_at"], "why": row["state"], "size": row["size"],
         "about": vault.unseal(row["about"], company=company, column="mail_in.about") if row["about"] else ""}
        for row in rows
    ]  # fmt: skip


async def _first_time(
    box: Box, validity: int, uid: int, raw: bytes, letter: Letter, size: int
) -> MailIn | None:  # fmt: skip
    """The row of a mail that nobody has taken yet; None where it was taken, from this place or another."""
    said = letter.message_id or hashlib.sha256(raw).hexdigest()
    row = MailIn(
        mailbox=box.id, validity=validity, uid=uid, state="", size=min(size, 2**31 - 1), taken_at=clock.now(),
        mark=vault.blind_index(said, field="mail_mark", company=box.company),
        sender=mail_threads.index_of(letter.sender),
    )  # fmt: skip
    new = await MailIn.insert(row).on_conflict(action=OnConflictAction.do_nothing).returning(MailIn.id)
    if not new:
        return None
    row.id = int(new[0]["id"])
    return row


async def _read_up_to(box: Box, validity: int, uid: int) -> None:
    await Mailbox.update({Mailbox.validity: validity, Mailbox.after: uid}).where(Mailbox.id == box.id)


async def _made(
    box: Box, letter: Letter, taken: Sequence[Taken], refused: Sequence[tuple[str, str]]
) -> tuple[str, int | None, bool]:  # fmt: skip
    """What becomes of a mail, its ticket, and whether a receipt goes out."""
    if letter.kind == BOUNCE:
        return await _returned(letter)
    if not letter.sender:
        return "nobody", None, False
    if letter.sender in await _own(box):
        return "own", None, False
    thread = await mail_threads.of_ids([pair for one in letter.answers for pair in mail_reading.OURS.findall(one)])
    if letter.kind in (AUTOMATIC, LIST):
        if thread is None:
            return letter.kind, None, False
        row = await _ticket(thread)
        await tickets.note(row, _cut(phrase("mails.automatic", thread.language, words=_words(letter))), by=_robot())
        return NOTED, row.id, False
    if await _too_many(letter):
        return "flood", None, False
    if thread is not None:
        return await _added(box, thread, letter, taken, refused)
    return await _opened(box, letter, taken, refused)


async def _opened(
    box: Box, letter: Letter, taken: Sequence[Taken], refused: Sequence[tuple[str, str]], before: Ticket | None = None
) -> tuple[str, int | None, bool]:  # fmt: skip
    """A ticket of whoever writes from this address: nobody's, as long as nothing proves whose."""
    language = mail_text.language_of(f"{letter.subject} {letter.words}", await mail_back.language())
    who = await outsiders.by_mail(letter.sender, letter.name, language=language)
    by = Actor(f"person:{who.person}", mailboxes.CHANNEL)
    words = _cut(f"{letter.subject}\n\n{_words(letter)}" if letter.subject else _words(letter))
    address = Address(mailboxes.CHANNEL, box.public, box.public, who.person)
    try:
        told = await tickets.submit(who, words, address=address, by=by, facts=_facts(letter))
    except Refused as no:
        if no.key != "tickets.too_many":
            raise
        return "flood", None, False
    row = told.ticket
    thread = await mail_threads.begin(
        row.id, person=who.person, box=box.id, address=letter.sender, language=language,
        mails=[one for one in (*letter.answers, letter.message_id) if one],
    )  # fmt: skip
    lost = [*refused, *await _kept(row, taken, by)]
    await _noted(row, letter, lost, language)
    if before is not None:
        await tickets.note(row, phrase("mails.follows", language, number=before.number), by=_robot())
    receipt = letter.answerable and await _may_be_told(letter)
    if receipt:
        await mail_back.receipt(row, thread, subject=letter.subject, lost=lost)
    return OPENED if before is None else FOLLOWED, row.id, receipt


async def _added(
    box: Box, thread: MailThread, letter: Letter, taken: Sequence[Taken], refused: Sequence[tuple[str, str]]
) -> tuple[str, int | None, bool]:  # fmt: skip
    """It brings the secret of a ticket back: it belongs there, whoever sent it; our answers go where they went."""
    row = await _ticket(thread)
    if row.state == tickets.CLOSED:
        return await _opened(box, letter, taken, refused, before=row)
    theirs = mail_threads.index_of(letter.sender) == thread.address_index
    by = Actor(f"person:{row.person}", mailboxes.CHANNEL)
    words = _cut(_words(letter) or (phrase("mails.no_words", thread.language)))
    if theirs and not taken and mail_text.is_thanks(words):
        await tickets.thank(row, words, by=by)
    else:
        await tickets.write(row, words, by=by, facts=_facts(letter))
    if not theirs:
        await tickets.note(row, phrase("mails.other_sender", thread.language, address=letter.sender), by=_robot())
    await mail_threads.heard(thread, letter.message_id if theirs else "", from_them=theirs)
    lost = [*refused, *await _kept(row, taken, by)]
    await _noted(row, letter, lost, thread.language)
    return ADDED, row.id, False


async def _returned(letter: Letter) -> tuple[str, int | None, bool]:
    """A mail server could not deliver what we sent: that is shown beside the ticket, and among what reached nobody."""
    thread = await mail_threads.of_ids(letter.returned)
    if thread is None:
        return AUTOMATIC, None, False
    row = await _ticket(thread)
    refs = [f"{token}.{mark}" for token, mark in letter.returned]
    for sent in await Outbound.objects().where(
        (Outbound.channel == mailboxes.CHANNEL) & Outbound.provider_ref.is_in(refs) & (Outbound.person == row.person)
    ):
        await Outbound.update({Outbound.state: "failed", Outbound.error: f"returned {letter.status}"[:200]}).where(
            Outbound.id == sent.id
        )
        if sent.trouble is None:
            await undelivered.note(sent, undelivered.CLOSED[mailboxes.CHANNEL])
    told = phrase("mails.returned", thread.language, address=mail_threads.address_of(thread), code=letter.status or "?")
    await tickets.note(row, told, by=_robot())
    audit.record("mail.returned", f"ticket:{row.id}", by=_robot(), number=row.number)
    return RETURNED, row.id, False


async def _files(company: int, letter: Letter) -> tuple[list[Taken], list[tuple[str, str]]]:
    """Look at each file and put it on disk, outside any transaction; and those that are refused, with the reason."""
    found: list[Taken] = []
    refused: list[tuple[str, str]] = []
    for one in letter.files:
        try:
            found.append((await attachments.take(company, one.raw, one.name), one.name))
        except Refused as no:
            refused.append((one.name, no.key))
    return found, refused


async def _kept(row: Ticket, taken: Sequence[Taken], by: Actor) -> list[tuple[str, str]]:
    """Tie the files to the ticket; those for which there is no room are left out."""
    lost: list[tuple[str, str]] = []
    for (examined, written), name in taken:
        try:
            kept = await attachments.keep(row.person, (examined, written), name)
        except Refused as no:
            await asyncio.to_thread(files.remove, written.path, company=row.company)
            lost.append((name, no.key))
            continue
        await tickets.write(row, "", by=by, attachment=int(kept.id))
    return lost


async def _noted(row: Ticket, letter: Letter, lost: Sequence[tuple[str, str]], language: str) -> None:
    """Tell the desk what of a mail it does not see."""
    told = [
        f"{name}: {mail_back.why_lost(key, language)}" for name, key in lost
    ]  # fmt: skip
    if letter.left_out:
        told.append(phrase("mails.parts_left", language, number=letter.left_out))
    if not letter.whole:
        told.append(phrase("mails.only_head", language, most=MOST // 1024 // 1024))
    if told:
        await tickets.note(row, _cut(phrase("mails.not_kept", language, lines="\n".join(told))), by=_robot())


async def _ticket(thread: MailThread) -> Ticket:
    row = await Ticket.objects().where(Ticket.id == thread.ticket).first()
    if row is None:
        raise LookupError(f"mail thread {thread.id} has no ticket {thread.ticket}")
    return row


async def _own(box: Box) -> frozenset[str]:
    """The addresses by which we write ourselves: what comes from them is our own mail, come back."""
    return frozenset({box.address, mail_back.sender()})


async def _too_many(letter: Letter) -> bool:
    since = clock.now() - MAILS_WITHIN
    mine = (MailIn.sender == mail_threads.index_of(letter.sender)) & (MailIn.taken_at > since)
    return bool(await MailIn.count().where(mine & MailIn.state.is_in([OPENED, ADDED, FOLLOWED])) >= MOST_MAILS)


async def _may_be_told(letter: Letter) -> bool:
    since = clock.now() - RECEIPTS_WITHIN
    mine = (MailIn.sender == mail_threads.index_of(letter.sender)) & (MailIn.taken_at > since)
    return bool(await MailIn.count().where(mine & (MailIn.receipt == 1)) < MOST_RECEIPTS)


def _words(letter: Letter) -> str:
    return letter.words or letter.subject or "-"


def _facts(letter: Letter) -> dict[str, Any] | None:
    return {"folded": letter.folded} if letter.folded else None


def _about(letter: Letter) -> str:
    told = re.sub(r"\s+", " ", f"{letter.sender or '?'}: {letter.subject or '-'}")[:200]
    return vault.seal(told, company=database.company(), column="mail_in.about")


def _cut(words: str) -> str:
    told = words.strip()
    return told if len(told) <= tickets.LONGEST else f"{told[: tickets.LONGEST - 2]} …"


def _robot() -> Actor:
    return Actor("serambi", mailboxes.CHANNEL)
