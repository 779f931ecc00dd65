"""Whose mail is answered: the address that wrote, and the secret by which an answer to us is known again.

Our mails of a ticket have ids that begin with 128 random bits. Whoever answers brings them back; a sender's address is
what anybody may write. They also say which of our mails a mail server returns.
"""

import hashlib
import re
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from piccolo.columns import BigInt, ForeignKey, OnDelete, Serial, Timestamptz, Varchar

from core import clock, database, vault
from core.accounts.tables import Company
from core.database import CompanyTable
from core.messaging import mailboxes
from core.messaging.mailboxes import Mailbox
from core.messaging.messages import Message
from core.people.tables import Person
from core.vault import Sealed

KIND = "thread"  # how a row of the outbox names one: company:thread:7
ADDRESS, TOKEN, REFERENCES = "mail_thread.address", "mail_thread.token", "mail_thread.mails"
MOST_REFERENCES = 10
AUTOMATIC = frozenset({"mails.receipt", "mails.receipt_open"})  # what nobody wrote by hand
_IDS = re.compile(r"[^\s]+")


class MailThread(CompanyTable):
    """The mails of one ticket: who wrote, by which mailbox, and what proves that a mail answers ours."""

    id: Serial
    ticket = BigInt()  # its Ticket
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict)
    mailbox = ForeignKey(Mailbox, null=False, on_delete=OnDelete.restrict)
    address = Sealed(of="person")
    address_index = Varchar(length=32)
    token = Sealed(of="person")
    token_index = Varchar(length=32, unique=True)
    mails = Sealed(of="person")  # the ids of the last mails of theirs, the oldest first
    language = Varchar(length=2)
    made_at = Timestamptz(default=None)
    proved_at = Timestamptz(null=True, default=None)  # when a mail from that address first brought our secret back


@dataclass(frozen=True)
class Envelope:
    """What stands on a mail beside its subject and text."""

    name: str  # of the company, whose desk writes
    to: str
    reply_to: str
    message_id: str  # without the part behind @
    answers: Sequence[str]
    automatic: bool


async def begin(
    ticket: int, *, person: int, box: int, address: str, mails: Sequence[str], language: str
) -> MailThread:  # fmt: skip
    """Remember where a ticket's answers go by mail, in the open transaction."""
    company, token = database.company(), secrets.token_urlsafe(16)
    row = MailThread(
        ticket=ticket, person=person, mailbox=box, address=_sealed(address, person, ADDRESS),
        address_index=index_of(address), token=_sealed(token, person, TOKEN),
        token_index=vault.blind_index(token, field="mail_token", company=company),
        mails=_sealed(" ".join(mails[-MOST_REFERENCES:]), person, REFERENCES), language=language,
        made_at=clock.now(),
    )  # fmt: skip
    await MailThread.insert(row)
    return row


async def of_ids(ids: Collection[tuple[str, str]]) -> MailThread | None:
    """The thread to which one of our ids belongs, of those that a mail bears; None where none is ours."""
    company = database.company()
    for token, _ in ids:
        index = vault.blind_index(token, field="mail_token", company=company)
        row: MailThread | None = await MailThread.objects().where(MailThread.token_index == index).first()
        # The index knows no capitals; the secret does.
        if row is not None and secrets.compare_digest(_unsealed(row.token, row, TOKEN), token):
            return row
    return None


async def of_ticket(ticket: int) -> MailThread | None:
    """The thread of a ticket that came by mail."""
    row: MailThread | None = await MailThread.objects().where(MailThread.ticket == ticket).first()
    return row


async def heard(row: MailThread, message_id: str, *, from_them: bool) -> None:
    """A mail answered one of ours: from now on we answer that one. From the same address, it is proved to be read."""
    values: dict[Any, Any] = {}
    if message_id:
        mails = [*_unsealed(row.mails, row, REFERENCES).split(), message_id]
        values[MailThread.mails] = _sealed(" ".join(dict.fromkeys(mails[-MOST_REFERENCES:])), row.person, REFERENCES)
    if from_them and row.proved_at is None:
        values[MailThread.proved_at] = clock.now()
    if values:
        await MailThread.update(values).where(MailThread.id == row.id)


async def address_to(number: int) -> str | None:
    """Where the mails of this thread go; in the company's scope."""
    row: MailThread | None = await MailThread.objects().where(MailThread.id == number).first()
    return None if row is None else address_of(row)


def address_of(row: MailThread) -> str:
    """Who wrote, and gets the answers."""
    return _unsealed(row.address, row, ADDRESS)


def index_of(address: str) -> str:
    """The fingerprint by which mails of one address are counted."""
    return vault.blind_index(address, field="mail_address", company=database.company())


def mark_of(message: Message) -> str:
    """Which of a ticket's mails this is: the same, however often it is tried."""
    return hashlib.sha256(f"{message.key}|{message.title}|{message.text}".encode()).hexdigest()[:16]


async def envelope(number: int, message: Message) -> Envelope | None:
    """What goes on a mail of this thread; in the company's scope."""
    row: MailThread | None = await MailThread.objects().where(MailThread.id == number).first()
    if row is None:
        return None
    company = await Company.select(Company.name).where(Company.id == row.company).first()
    return Envelope(
        company["name"] if company else "", address_of(row), await mailboxes.address_of(row.mailbox),
        f"{_unsealed(row.token, row, TOKEN)}.{mark_of(message)}", _IDS.findall(_unsealed(row.mails, row, REFERENCES)),
        message.key in AUTOMATIC,
    )  # fmt: skip


def _sealed(value: str, person: int, column: str) -> str:
    return vault.seal(value, company=database.company(), column=column, subject=person)


def _unsealed(envelope_: str, row: MailThread, column: str) -> str:
    return vault.unseal(envelope_, company=row.company, column=column, subject=row.person)
