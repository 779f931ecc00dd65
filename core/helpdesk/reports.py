"""The public report form: a ticket of somebody who signs in nowhere, followed by its number and a secret (0073).

The company is typed in full. Where no company here is called so, the report is kept for the operator, and whoever
wrote it is told the same and can follow it alike: the form tells nobody which companies there are.
"""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from piccolo.columns import Boolean, ForeignKey, OnDelete, Serial, Timestamptz, Varchar

from core import clock, database, vault
from core.accounts.tables import Company
from core.audit import Actor
from core.calendar import promises
from core.database import CompanyTable
from core.errors import Refused
from core.helpdesk import belongs, outsiders, tickets, wording
from core.helpdesk.tables import Ticket, TicketEvent
from core.messaging.outbox import Address
from core.phrases import phrase

CHANNEL = "report"
HELP, DATA, MISUSE = "help", "data", "misuse"
KINDS = (HELP, DATA, MISUSE)
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without 0 1 I O: it is typed from paper
LENGTH, GROUP = 20, 4  # 100 bits
LONGEST_COMPANY = 120
LIFE = timedelta(days=14)  # of a file, and of a secret that went out by mail


class ReportAccess(CompanyTable):
    """A report that can be followed by whoever has its secret, of which only a keyed hash is kept."""

    id: Serial
    ticket = ForeignKey(Ticket, null=False, on_delete=OnDelete.restrict)
    kind = Varchar(length=8)  # help | data | misuse
    matched = Boolean()  # False: no company here is called as was typed
    secret_index = Varchar(length=32, unique=True)
    made_at = Timestamptz(default=None)


@dataclass(frozen=True)
class Receipt:
    """What whoever reported is shown once."""

    number: str
    secret: str
    promise: str  # when it is answered at the latest, in words; empty while that can't be told


@dataclass(frozen=True)
class Line:
    """Something that was said, as whoever reported may read it; `event` is what a file came with."""

    at: datetime
    theirs: bool
    words: str
    event: int = 0


@dataclass(frozen=True)
class Followed:
    """A report as whoever follows it sees it."""

    number: str
    state: str
    promise: str
    lines: Sequence[Line]
    zone: str
    tied: bool = False  # an employee proved that it is theirs, and goes on behind their sign-in


async def submit(company: str, kind: str, name: str, words: str, *, language: str) -> Receipt:
    """Keep a report for the desk of the company that is called so. Refused: a company or words that are none."""
    typed = typed_company(company)
    if kind not in KINDS:
        raise Refused("publicform.kind_needed")
    tickets.said(words)
    found, theirs = await called(typed)
    secret = new_secret()
    async with database.transaction(found):
        who = await outsiders.by_report(name.strip() or phrase("publicform.nameless", language), language=language)
        by = Actor(f"person:{who.person}", CHANNEL)
        address = Address(CHANNEL, CHANNEL, str(who.person), who.person)
        row = (await tickets.submit(who, words, address=address, by=by)).ticket
        note = "publicform.note" if theirs else "publicform.note_unknown"
        about = phrase(f"publicform.kind_{kind}", language)
        await tickets.note(row, phrase(note, language, kind=about, company=typed), by=Actor("serambi", CHANNEL))
        await ReportAccess.insert(
            ReportAccess(ticket=row.id, kind=kind, matched=theirs, secret_index=index_of(secret), made_at=clock.now())
        )
        promise = await _promised(row, language)
    return Receipt(row.number, grouped(secret), promise)


def typed_company(company: str) -> str:
    """The name of a company as it was typed. Refused: none, or what is none."""
    typed = " ".join(company.split())
    if not 2 <= len(typed) <= LONGEST_COMPANY:
        raise Refused("publicform.company_needed")
    return typed


def new_secret() -> str:
    """A secret that opens what was sent in, of which only an index is kept."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def grouped(secret: str) -> str:
    """The secret as it is shown, in groups that can be typed from paper."""
    return "-".join(secret[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def index_of(secret: str) -> str:
    """By what a secret is found, however it was typed."""
    typed = re.sub(r"[^A-Z0-9]", "", secret.upper())[:64]
    return vault.blind_index(typed, field="report_secret")


def same_number(typed: str, ours: str) -> bool:
    """Whether the number that was typed is this one."""
    given, held = (re.sub(r"[^A-Z0-9]", "", one.upper()) for one in (typed, ours))
    return secrets.compare_digest(given.encode(), held.encode())


async def follow(number: str, secret: str, *, language: str) -> Followed:
    """The report with this number and secret. Refused: one sentence for whatever is wrong."""
    company, ticket = await found(number, secret)
    async with database.reading(company):
        return await _shown(ticket, language)


async def events_with_files(number: str, secret: str) -> tuple[int, list[TicketEvent]]:
    """The company of a report, and what came with a file in it. Refused: one sentence for whatever is wrong."""
    company, ticket = await found(number, secret)
    async with database.reading(company):
        public = (TicketEvent.ticket == ticket) & (TicketEvent.public == True)  # noqa: E712
        events = await TicketEvent.objects().where(public & TicketEvent.attachment.is_not_null())
        return company, list(await belongs.open_to_secret(ticket, events))


async def add(number: str, secret: str, words: str, *, language: str) -> Followed:
    """Add to it, or answer what the desk has asked."""
    company, ticket = await found(number, secret)
    async with database.transaction(company):
        row = await Ticket.objects().where(Ticket.id == ticket).first()
        assert row is not None
        await not_tied(row)
        await tickets.write(row, words, by=Actor(f"person:{row.person}", CHANNEL))
        return await _shown(ticket, language)


async def not_tied(row: Ticket) -> None:
    """Refused while it is an employee's: they write behind their sign-in."""
    if await belongs.claim_of(int(row.id)) is not None:
        raise Refused("claims.write_inside", number=row.number)


def until(sent: datetime) -> datetime:
    """Until when a file lies behind the secret, or a secret from a mail opens anything."""
    return sent + LIFE


async def of_ticket(ticket: int) -> ReportAccess | None:
    """How a ticket was reported; None where it came another way."""
    row: ReportAccess | None = await ReportAccess.objects().where(ReportAccess.ticket == ticket).first()
    return row


async def unmatched() -> Sequence[dict[str, Any]]:
    """Reports about companies that are not here, for the operator: number, when, and what was written."""
    operator = await _operator()
    async with database.reading(operator):
        rows = await Ticket.objects().where(Ticket.channel == CHANNEL).order_by(Ticket.id, ascending=False).limit(100)
        told = []
        for row in rows:
            events = await TicketEvent.objects().where(TicketEvent.ticket == row.id).order_by(TicketEvent.id)
            words = "\n".join(tickets.words_of(one) for one in events if one.words is not None)
            told.append({"number": row.number, "at": row.opened_at.isoformat(), "state": row.state, "words": words})
    return told


async def found(number: str, secret: str) -> tuple[int, int]:
    """The company and the ticket; everything that is wrong is the same."""
    async with database.installation(writes=False):
        row = await ReportAccess.select(ReportAccess.company, ReportAccess.ticket, ReportAccess.made_at).where(
            ReportAccess.secret_index == index_of(secret)
        ).first()  # fmt: skip
    if row is None:
        raise Refused("publicform.not_found")
    async with database.reading(row["company"]):
        ticket = await Ticket.select(Ticket.number, Ticket.channel).where(Ticket.id == row["ticket"]).first()
    if ticket is not None and ticket["channel"] != CHANNEL and until(row["made_at"]) < clock.now():
        raise Refused("publicform.not_found")  # it went out by mail, which others may come to read
    if not same_number(number, str(ticket["number"]) if ticket else ""):
        raise Refused("publicform.not_found")
    return int(row["company"]), int(row["ticket"])


async def _shown(ticket: int, language: str) -> Followed:
    row = await Ticket.objects().where(Ticket.id == ticket).first()
    assert row is not None
    events = await belongs.open_to_secret(ticket, await tickets.events_of(row))
    lines = [
        Line(one.at, one.by == f"person:{row.person}", tickets.words_of(one), int(one.id))
        for one in events
        if one.public and (one.words is not None or one.attachment is not None)
    ]
    zone = (await promises.times()).held.zone
    tied = await belongs.claim_of(ticket) is not None
    return Followed(row.number, row.state, "" if tied else await _promised(row, language), lines, zone, tied)


async def _promised(row: Ticket, language: str) -> str:
    if row.answer_promise is None:
        return ""
    zone = (await promises.times()).held.zone
    return wording.moment(row.answer_promise, zone, zone, language)


async def called(name: str) -> tuple[int, bool]:
    """The company that is called so, or the operator; one is looked for as the other is."""
    wanted = _plain(name)
    async with database.installation(writes=False):
        rows = await Company.select(Company.id, Company.name).where(Company.kind == "company")
    same = [int(row["id"]) for row in rows if _plain(row["name"]) == wanted]
    operator = await _operator()
    return (same[0], True) if len(same) == 1 else (operator, False)


async def _operator() -> int:
    async with database.installation(writes=False):
        row = await Company.select(Company.id).where(Company.kind == "operator").first()
    assert row is not None
    return int(row["id"])


def _plain(name: str) -> str:
    """A company's name as it is compared: `P.T. Maju  Bersama` is `pt maju bersama`."""
    return " ".join(re.sub(r"[.,]", "", name.casefold()).split())
