"""What may be done to a ticket: open it, write, answer, note, take, wait, solve, reopen, close, rate.

Every act is an event, written in the open transaction with the clocks that follow from it; an answer leaves by the
outbox in the same transaction. What an agent does names the newest message they have read: where somebody wrote since,
an answer is stopped (`tickets.newer`), so that two agents never answer past each other or past the person.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from core import audit, clock, database, jobs, vault
from core.approvals import decisions
from core.audit import Actor
from core.calendar import promises
from core.calendar.promises import PROMISE, TARGET, Times
from core.errors import Refused
from core.helpdesk import service_level, words_back
from core.helpdesk.service_level import Happened
from core.helpdesk.tables import Ticket, TicketEvent
from core.messaging import attachments
from core.messaging.outbox import Address
from core.messaging.tables import Conversation
from core.people.directory import Employee
from core.phrases import first_line

NEW, OPEN, WAITING, RESOLVED, CLOSED = "new", "open", "waiting_requester", "resolved", "closed"
STATES = (NEW, OPEN, WAITING, RESOLVED, CLOSED)
UNSOLVED = (NEW, OPEN, WAITING)
LETTER = "T"
SUBJECT, WORDS, FACTS = "ticket.subject", "ticket_event.words", "ticket_event.facts"
LONGEST, LONGEST_SUBJECT = 4000, 80
NEVER = datetime(9999, 12, 31, tzinfo=UTC)
STAYS_OPEN = timedelta(hours=48)  # of working days after it was solved, while "not yet" opens it again
CHANGES = (
    Ticket.state, Ticket.urgent, Ticket.agent, Ticket.changed_at, Ticket.answer_promise, Ticket.answer_target,
    Ticket.solve_promise, Ticket.solve_target, Ticket.next_at, Ticket.first_answered_at, Ticket.resolved_at,
    Ticket.closed_at, Ticket.rating, Ticket.last,
)  # fmt: skip
MOST_OPEN = 20  # of one person: whoever needs more talks to somebody


@dataclass(frozen=True)
class Told:
    """A ticket as whoever wrote is told about it: what is promised, if an answer is owed."""

    ticket: Ticket
    promise: datetime | None


async def submit(
    employee: Employee, words: str, *, address: Address, by: Actor, facts: Mapping[str, Any] | None = None,
    at: datetime | None = None,
) -> Told:  # fmt: skip
    """Open a ticket for an employee with their own words; the answer goes back to `address`.

    Refused: no words, too many, or too many open tickets.
    """
    told = said(words)
    mine = await Ticket.count().where((Ticket.person == employee.person) & Ticket.state.is_in(list(UNSOLVED)))
    if mine >= MOST_OPEN:
        raise Refused("tickets.too_many", most=MOST_OPEN)
    now = at or clock.now()
    row = Ticket(
        public=database.new_public(), number=await decisions.next_number(LETTER), person=employee.person, state=NEW,
        subject=vault.seal(subject_of(told), company=database.company(), column=SUBJECT, subject=employee.person),
        channel=address.channel, account=address.account, place=address.to, opened_at=now, changed_at=now,
        next_at=NEVER,
    )  # fmt: skip
    await Ticket.insert(row)
    await _happened(row, service_level.OPENED, by, words=told, facts=facts, at=now)
    audit.record("ticket.opened", f"ticket:{row.id}", by=by, number=row.number)
    return Told(row, row.answer_promise)


async def write(ticket: Ticket, words: str, *, by: Actor, attachment: int | None = None) -> Told:
    """Add what its requester wrote. A solved ticket is opened again by it; a closed one refuses.

    Refused: tickets.closed, or words that are none.
    """
    told = said(words) if words or attachment is None else None
    await _hold(ticket)
    if ticket.state == CLOSED:
        raise Refused("tickets.closed", number=ticket.number)
    again = ticket.state == RESOLVED
    kind = service_level.REOPENED if again else service_level.ASKED
    if attachment is not None:  # what is for nothing is swept after a week
        await attachments.sort(attachment, attachments.TICKET, person=ticket.person)
    if ticket.state in (WAITING, RESOLVED):
        ticket.state, ticket.resolved_at = OPEN, None
    await _happened(ticket, kind, by, words=told, attachment=attachment)
    if again:
        audit.record("ticket.reopened", f"ticket:{ticket.id}", by=by, number=ticket.number)
    return Told(ticket, ticket.answer_promise)


async def thank(ticket: Ticket, words: str, *, by: Actor) -> None:
    """Keep a word of thanks: it asks for nothing, and opens nothing."""
    await _hold(ticket)
    await _happened(ticket, service_level.THANKED, by, words=said(words))


async def hurry(ticket: Ticket, *, by: Actor) -> None:
    """Mark that its requester is in a hurry; what was promised stays."""
    await _hold(ticket)
    if ticket.state in (RESOLVED, CLOSED):
        raise Refused("tickets.closed", number=ticket.number)
    if not ticket.urgent:
        ticket.urgent = True
        await _happened(ticket, service_level.FLAGGED, by)


async def calm(ticket: Ticket, *, by: Actor) -> None:
    """Take the mark of a hurry off again."""
    await _hold(ticket)
    if ticket.urgent:
        ticket.urgent = False
        await _happened(ticket, service_level.CALMED, by)


async def take(ticket: Ticket, *, by: Actor) -> None:
    """Look after it from now on, whoever did before. Refused: tickets.closed."""
    await _hold(ticket)
    if ticket.state == CLOSED:
        raise Refused("tickets.closed", number=ticket.number)
    if ticket.agent != by.name:
        ticket.agent = by.name
        ticket.state = OPEN if ticket.state == NEW else ticket.state
        await _happened(ticket, service_level.TAKEN, by)
        audit.record("ticket.taken", f"ticket:{ticket.id}", by=by, number=ticket.number)


async def release(ticket: Ticket, *, by: Actor) -> None:
    """Give it back to everybody who works at the desk."""
    await _hold(ticket)
    if ticket.agent is not None:
        ticket.agent = None
        await _happened(ticket, service_level.RELEASED, by)


async def answer(ticket: Ticket, words: str, *, by: Actor, read: int, then: str = OPEN) -> None:
    """Send an answer to its requester, and take the ticket if nobody has.

    `read` is the newest message of the requester that was on the page; `then` is the state after it: open, waiting for
    the requester, or resolved. Refused: tickets.newer, tickets.closed, or words that are none.
    """
    told = said(words)
    await _hold(ticket)
    if ticket.state == CLOSED:
        raise Refused("tickets.closed", number=ticket.number)
    if ticket.last > read:
        raise Refused("tickets.newer", number=ticket.number)
    if ticket.agent is None:
        ticket.agent = by.name
        await _happened(ticket, service_level.TAKEN, by)
    if ticket.state == RESOLVED:  # else the clock of its solution would stand still though it is worked on
        ticket.state, ticket.resolved_at = OPEN, None
        await _happened(ticket, service_level.UNSOLVED, by)
        audit.record("ticket.reopened", f"ticket:{ticket.id}", by=by, number=ticket.number)
    ticket.first_answered_at = ticket.first_answered_at or clock.now()
    ticket.state = OPEN
    number = await _happened(ticket, service_level.ANSWERED, by, words=told, public=True)
    await words_back.answered(ticket, told, by=by, event=number)
    audit.record("ticket.answered", f"ticket:{ticket.id}", by=by, number=ticket.number)
    if then == WAITING:
        ticket.state = WAITING
        await _happened(ticket, service_level.WAITS, by)
    elif then == RESOLVED:
        await _solve(ticket, by)


async def note(ticket: Ticket, words: str, *, by: Actor) -> None:
    """Write something down for the desk alone: it never leaves by any channel."""
    await _hold(ticket)
    await _happened(ticket, service_level.NOTED, by, words=said(words))


async def solve(ticket: Ticket, *, by: Actor, read: int) -> None:
    """Say that it is done: its requester is asked whether it is. Refused: tickets.newer, tickets.closed."""
    await _hold(ticket)
    if ticket.state in (RESOLVED, CLOSED):
        raise Refused("tickets.closed", number=ticket.number)
    if ticket.last > read:
        raise Refused("tickets.newer", number=ticket.number)
    await _solve(ticket, by)


async def resume(ticket: Ticket, *, by: Actor) -> None:
    """Wait for its requester no longer."""
    await _hold(ticket)
    if ticket.state == WAITING:
        ticket.state = OPEN
        await _happened(ticket, service_level.RESUMED, by)


async def close(ticket: Ticket, *, by: Actor, told: bool = True) -> None:
    """End it: its requester says that it is done, or said nothing for two days after it was solved."""
    await _hold(ticket)
    if ticket.state == CLOSED:
        return
    ticket.state, ticket.closed_at = CLOSED, clock.now()
    ticket.resolved_at = ticket.resolved_at or ticket.closed_at
    await _happened(ticket, service_level.CLOSED, by)
    await _hand_back(ticket)
    audit.record("ticket.closed", f"ticket:{ticket.id}", by=by, number=ticket.number, confirmed=told)


async def rate(ticket: Ticket, stars: int, *, by: Actor, words: str | None = None) -> None:
    """Keep how its requester found the help, 1 to 5, and what they say about it; a later rating replaces an earlier."""
    if stars not in range(1, 6):
        raise Refused("tickets.no_rating")
    await _hold(ticket)
    ticket.rating = stars
    told = said(words) if words and words.strip() else None
    await _happened(ticket, service_level.RATED, by, words=told, stars=stars)


async def of_number(number: str, *, person: int | None = None) -> Ticket | None:
    """The ticket with this number, in the letters people use; with `person` only if it is theirs."""
    plain = number.strip().upper().replace(" ", "")
    plain = plain if "-" in plain else plain.replace(LETTER, f"{LETTER}-", 1)
    row = await Ticket.objects().where(Ticket.number == plain).first()
    return row if row is not None and person in (None, row.person) else None


async def of_person(person: int, *, most: int = 10) -> Sequence[Ticket]:
    """Somebody's tickets: those that are not closed before the others, the newest first."""
    rows: Sequence[Ticket] = (
        await Ticket.objects().where(Ticket.person == person).order_by(Ticket.id, ascending=False).limit(most)
    )
    return sorted(rows, key=lambda row: row.state == CLOSED)


async def by_public(public: str) -> Ticket | None:
    """The ticket at this address."""
    row: Ticket | None = await Ticket.objects().where(Ticket.public == public).first()
    return row


async def take_next(*, by: Actor) -> Ticket | None:
    """Take what is due first of what nobody looks after, the urgent before the others; None where nothing waits."""
    await database.lock_name(f"tickets.next:{database.company()}")
    free = Ticket.state.is_in(list(UNSOLVED)) & Ticket.agent.is_null()
    for first in (free & (Ticket.urgent == True), free):  # noqa: E712
        row: Ticket | None = await Ticket.objects().where(first).order_by(Ticket.next_at, Ticket.id).first()
        if row is not None:
            await take(row, by=by)
            return row
    return None


async def events_of(ticket: Ticket) -> Sequence[TicketEvent]:
    """Everything that happened to it, in order."""
    rows: Sequence[TicketEvent] = (
        await TicketEvent.objects().where(TicketEvent.ticket == ticket.id).order_by(TicketEvent.id)
    )
    return rows


def subject(row: Ticket) -> str:
    """What it is about, in a line of its requester's words."""
    return vault.unseal(row.subject, company=row.company, column=SUBJECT, subject=row.person)


def subject_in(row: Mapping[str, Any]) -> str:
    """The same of a row that was selected."""
    return vault.unseal(row["subject"], company=row["company"], column=SUBJECT, subject=row["person"])


def stars_of(event: TicketEvent) -> int | None:
    """How its requester rated the help in this event."""
    stars: int | None = json.loads(event.meta).get("stars")
    return stars


def words_of(event: TicketEvent) -> str:
    """What was written, empty where nothing was."""
    if event.words is None:
        return ""
    return vault.unseal(event.words, company=event.company, column=WORDS, subject=event.person)


def stays_open_until(resolved: datetime, times: Times) -> datetime:
    """Until when "not yet" opens a solved ticket again; a week where the desk is closed until further notice."""
    return times.promise.due(resolved, STAYS_OPEN) or resolved + timedelta(days=7)


def said(words: str) -> str:
    """The words as they are kept. Refused: none, or more than a message holds."""
    told = words.strip()
    if not told:
        raise Refused("tickets.words_needed")
    if len(told) > LONGEST:
        raise Refused("tickets.too_long", most=LONGEST)
    return told


def subject_of(words: str) -> str:
    """The first line, cut between words where it is long."""
    return first_line(words, LONGEST_SUBJECT)


async def _solve(ticket: Ticket, by: Actor) -> None:
    ticket.state, ticket.resolved_at = RESOLVED, clock.now()
    number = await _happened(ticket, service_level.RESOLVED, by)
    await _hand_back(ticket)
    await words_back.solved(ticket, by=by, event=number)
    until = stays_open_until(ticket.resolved_at, await promises.times())
    await jobs.enqueue("tickets.close", ticket.id, run_at=until)
    audit.record("ticket.resolved", f"ticket:{ticket.id}", by=by, number=ticket.number)


async def _hand_back(ticket: Ticket) -> None:
    """From now on the talk answers its requester again."""
    await Conversation.update({Conversation.ticket: None}).where(Conversation.ticket == ticket.id)


async def _hold(ticket: Ticket) -> None:
    """Hold it until the end of the transaction, as it stands now."""
    if await database.lock(Ticket, ticket.id):
        row = await Ticket.objects().where(Ticket.id == ticket.id).first()
        assert row is not None
        for column in CHANGES:
            setattr(ticket, column._meta.name, getattr(row, column._meta.name))


async def _happened(
    ticket: Ticket, kind: str, by: Actor, *, words: str | None = None, public: bool = False,
    facts: Mapping[str, Any] | None = None, attachment: int | None = None, at: datetime | None = None, **meta: Any,
) -> int:  # fmt: skip
    """Write the event, and the ticket with the clocks that follow from all of its events."""
    company, now = database.company(), at or clock.now()
    theirs = kind in (service_level.OPENED, service_level.ASKED, service_level.REOPENED, service_level.THANKED)
    event = TicketEvent(
        ticket=ticket.id, person=ticket.person, kind=kind, at=now, by=by.name, channel=by.channel,
        public=public or theirs, attachment=attachment,
        words=None if words is None else vault.seal(words, company=company, column=WORDS, subject=ticket.person),
        facts=vault.seal(json.dumps(facts), company=company, column=FACTS, subject=ticket.person) if facts else None,
        meta=json.dumps(meta),
    )  # fmt: skip
    found = await promises.times()
    before = [] if kind == service_level.OPENED else [happened(one) for one in await events_of(ticket)]
    if kind in (service_level.OPENED, service_level.ASKED, service_level.REOPENED):
        given = found.promise.due(now, PROMISE)
        if given is not None:
            event.meta = json.dumps({**meta, "promise": given.isoformat(), "calendar": found.held.version})
    events = [*before, happened(event)]
    promised = service_level.running(service_level.clocks(events, found.promise, PROMISE, now))
    bare = [Happened(one.kind, one.at) for one in events]
    aimed = service_level.running(service_level.clocks(bare, found.target, TARGET, now))
    ticket.answer_promise = promised["answer"].due if "answer" in promised else None
    ticket.answer_target = aimed["answer"].due if "answer" in aimed else None
    ticket.solve_promise = promised["solve"].due if "solve" in promised else None
    ticket.solve_target = aimed["solve"].due if "solve" in aimed else None
    owed = [one for one in (ticket.answer_target, ticket.solve_target) if one is not None]
    ticket.changed_at, ticket.next_at = now, min(owed, default=NEVER)
    await TicketEvent.insert(event)
    if theirs and kind != service_level.THANKED:
        ticket.last = event.id
    standing = {column: getattr(ticket, column._meta.name) for column in CHANGES}
    await Ticket.update(standing).where(Ticket.id == ticket.id)
    return int(event.id)


def happened(event: TicketEvent) -> Happened:
    """An event as the clocks see it."""
    promise = json.loads(event.meta).get("promise")
    return Happened(event.kind, event.at, datetime.fromisoformat(promise) if promise else None)
