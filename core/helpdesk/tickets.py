"""What may be done to a ticket: open it, write, answer, note, take, wait, solve, reopen, close, rate.

Every act is an event, written in the open transaction with the clocks that follow from it; an answer leaves by the
outbox in the same transaction. What an agent does names the newest message they have read: where somebody wrote since,
an answer is stopped (`tickets.newer`), so that two agents never answer past each other or past the person.
"""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from core import audit, clock, database, jobs, vault
from core.approvals import decisions
from core.audit import Actor
from core.calendar import promises
from core.calendar.promises import Times
from core.errors import Refused
from core.helpdesk import alarms, belongs, clocks, replies, service_level, terms, timelines, words_back
from core.helpdesk.outsiders import Whose
from core.helpdesk.tables import Ticket, TicketEvent
from core.messaging import attachments
from core.messaging.messages import Enclosing
from core.messaging.outbox import Address
from core.messaging.tables import Conversation
from core.people import directory
from core.phrases import first_line

NEW, OPEN, WAITING, RESOLVED, CLOSED = "new", "open", "waiting_requester", "resolved", "closed"
STATES, UNSOLVED = (NEW, OPEN, WAITING, RESOLVED, CLOSED), (NEW, OPEN, WAITING)
LETTER = "T"
SUBJECT, WORDS, FACTS = "ticket.subject", "ticket_event.words", "ticket_event.facts"
LONGEST, LONGEST_SUBJECT = 4000, 80
NEVER = timelines.NEVER
STAYS_OPEN = timedelta(hours=48)  # of working days after it was solved, while "not yet" opens it again
CHANGES = (
    Ticket.state, Ticket.urgent, Ticket.agent, Ticket.changed_at, Ticket.answer_promise, Ticket.answer_target,
    Ticket.solve_promise, Ticket.solve_target, Ticket.next_at, Ticket.first_answered_at, Ticket.resolved_at,
    Ticket.closed_at, Ticket.rating, Ticket.last, Ticket.merged_into, Ticket.snoozed_until,
    Ticket.priority, Ticket.category, Ticket.outcome, Ticket.alarm_at, Ticket.excused,
)  # fmt: skip
THEIRS = (service_level.OPENED, service_level.ASKED, service_level.REOPENED, service_level.THANKED)
MOST_OPEN = 20  # of one person: whoever needs more talks to somebody
FOLLOWS: list[Callable[[Ticket, str], Awaitable[None]]] = []  # what else an event causes registers itself here


@dataclass(frozen=True)
class Told:
    """A ticket as whoever wrote is told about it: what is promised, if an answer is owed."""

    ticket: Ticket
    promise: datetime | None


@dataclass(frozen=True)
class Sends:
    """A file that leaves with an answer: the number of its row, and its bytes for the chat that takes them."""

    attachment: int
    file: Enclosing


async def submit(
    employee: Whose, words: str, *, address: Address, by: Actor, facts: Mapping[str, Any] | None = None,
    at: datetime | None = None, kind: str = terms.QUESTION,
) -> Told:  # fmt: skip
    """Open a ticket for somebody with their own words; the answer goes back to `address`.

    Refused: no words, too many, or too many open tickets.
    """
    told = said(words)
    mine = await Ticket.count().where((Ticket.person == employee.person) & Ticket.state.is_in(list(UNSOLVED)))
    if mine >= MOST_OPEN:
        raise Refused("tickets.too_many", most=MOST_OPEN)
    row = await begin(employee.person, told, address=address, by=by, facts=facts, at=at, asks=kind)
    return Told(row, row.answer_promise)


async def begin(
    person: int, words: str, *, address: Address, by: Actor, facts: Mapping[str, Any] | None = None,
    at: datetime | None = None, attachment: int | None = None, asks: str = terms.QUESTION, priority: str = terms.NORMAL,
) -> Ticket:  # fmt: skip
    """A new ticket of somebody's, asked at this instant; its clocks begin there."""
    now = at or clock.now()
    employee = await directory.of_person(person)
    row = Ticket(
        public=database.new_public(), number=await decisions.next_number(LETTER), person=person, state=NEW,
        subject=vault.seal(subject_of(words), company=database.company(), column=SUBJECT, subject=person),
        channel=address.channel, account=address.account, place=address.to or None, opened_at=now, changed_at=now,
        next_at=NEVER, kind=asks, priority=priority, location=employee and (employee.location or None),
    )  # fmt: skip
    await Ticket.insert(row)
    await happen(row, service_level.OPENED, by, words=words, facts=facts, attachment=attachment, at=now)
    audit.record("ticket.opened", f"ticket:{row.id}", by=by, number=row.number)
    return row


async def write(
    ticket: Ticket, words: str, *, by: Actor, attachment: int | None = None, facts: Mapping[str, Any] | None = None,
    at: datetime | None = None,
) -> Told:  # fmt: skip
    """Add what its requester wrote, at that instant. A solved ticket is opened again by it; a closed one refuses.

    Refused: tickets.closed, or words that are none.
    """
    told = said(words) if words or attachment is None else None
    await hold(ticket)
    if ticket.merged_into is not None:  # it goes on there
        ticket = await Ticket.objects().where(Ticket.id == ticket.merged_into).first() or ticket
        await hold(ticket)
    if ticket.state == CLOSED:
        raise Refused("tickets.closed", number=ticket.number)
    again = ticket.state == RESOLVED
    kind = service_level.REOPENED if again else service_level.ASKED
    if attachment is not None:  # what is for nothing is swept after a week
        await attachments.sort(attachment, attachments.TICKET, person=await belongs.sender(ticket, by))
    if ticket.state in (WAITING, RESOLVED):
        ticket.state, ticket.resolved_at = OPEN, None
    ticket.snoozed_until = None  # whoever writes wakes it
    await happen(ticket, kind, by, words=told, attachment=attachment, facts=facts, at=at)
    if again:
        audit.record("ticket.reopened", f"ticket:{ticket.id}", by=by, number=ticket.number)
    return Told(ticket, ticket.answer_promise)


async def thank(ticket: Ticket, words: str, *, by: Actor) -> None:
    """Keep a word of thanks: it asks for nothing, and opens nothing."""
    await hold(ticket)
    await happen(ticket, service_level.THANKED, by, words=said(words))


async def hurry(ticket: Ticket, *, by: Actor) -> None:
    """Mark that its requester is in a hurry; what was promised stays."""
    await hold(ticket)
    if ticket.state in (RESOLVED, CLOSED):
        raise Refused("tickets.closed", number=ticket.number)
    if not ticket.urgent:
        ticket.urgent = True
        await happen(ticket, service_level.FLAGGED, by)


async def calm(ticket: Ticket, *, by: Actor) -> None:
    """Take the mark of a hurry off again."""
    await hold(ticket)
    if ticket.urgent:
        ticket.urgent = False
        await happen(ticket, service_level.CALMED, by)


async def take(ticket: Ticket, *, by: Actor) -> None:
    """Look after it from now on, whoever did before. Refused: tickets.closed."""
    await hold(ticket)
    if ticket.state == CLOSED:
        raise Refused("tickets.closed", number=ticket.number)
    if ticket.agent != by.name:
        ticket.agent = by.name
        ticket.state = OPEN if ticket.state == NEW else ticket.state
        await happen(ticket, service_level.TAKEN, by)
        audit.record("ticket.taken", f"ticket:{ticket.id}", by=by, number=ticket.number)


async def release(ticket: Ticket, *, by: Actor) -> None:
    """Give it back to everybody who works at the desk."""
    await hold(ticket)
    if ticket.agent is not None:
        ticket.agent = None
        await happen(ticket, service_level.RELEASED, by)


async def may_answer(ticket: Ticket, read: int) -> None:
    """Hold it to be answered by somebody who has read up to `read`. Refused: tickets.newer, tickets.closed."""
    await hold(ticket)
    if ticket.state == CLOSED:
        raise Refused("tickets.closed", number=ticket.number)
    if ticket.last > read:
        raise Refused("tickets.newer", number=ticket.number)


async def answer(
    ticket: Ticket, words: str, *, by: Actor, read: int, then: str = OPEN, sends: Sends | None = None
) -> None:  # fmt: skip
    """Send an answer to its requester, and take the ticket if nobody has.

    `read` is the newest message of the requester that was on the page; `then` is the state after it: open, waiting for
    the requester, or resolved. What stands between braces is filled in (`replies.py`); with a file the words may be
    none. Refused: tickets.newer, tickets.closed, words that are none, or braces that cannot be filled.
    """
    told = said(words) if words.strip() or sends is None else ""
    await may_answer(ticket, read)
    ready = await replies.filled(told, ticket, by=by)
    if ticket.agent is None and by.channel != "api":  # a program looks after nothing
        ticket.agent = by.name
        await happen(ticket, service_level.TAKEN, by)
    if ticket.state == RESOLVED:  # else the clock of its solution would stand still though it is worked on
        ticket.state, ticket.resolved_at = OPEN, None
        await happen(ticket, service_level.UNSOLVED, by)
        audit.record("ticket.reopened", f"ticket:{ticket.id}", by=by, number=ticket.number)
    await resume(ticket, by=by)
    ticket.first_answered_at = ticket.first_answered_at or clock.now()
    ticket.state = OPEN
    number = await happen(
        ticket, service_level.ANSWERED, by, words=ready.shown or None, public=True,
        facts={"sent": ready.sent} if ready.sent != ready.shown else None,
        attachment=sends.attachment if sends is not None else None,
    )  # fmt: skip
    await words_back.answered(ticket, ready.sent, by=by, event=number, file=sends.file if sends is not None else None)
    audit.record("ticket.answered", f"ticket:{ticket.id}", by=by, number=ticket.number)
    if then == WAITING:
        ticket.state = WAITING
        await happen(ticket, service_level.WAITS, by)
    elif then == RESOLVED:
        await _solve(ticket, by)


async def note(ticket: Ticket, words: str, *, by: Actor) -> int:
    """Write something down for the desk alone: it never leaves by any channel. Returns the number of the event."""
    await hold(ticket)
    return await happen(ticket, service_level.NOTED, by, words=said(words))


async def solve(ticket: Ticket, *, by: Actor, read: int) -> None:
    """Say that it is done: its requester is asked whether it is. Refused: tickets.newer, tickets.closed."""
    await hold(ticket)
    if ticket.state in (RESOLVED, CLOSED):
        raise Refused("tickets.closed", number=ticket.number)
    if ticket.last > read:
        raise Refused("tickets.newer", number=ticket.number)
    await _solve(ticket, by)


async def resume(ticket: Ticket, *, by: Actor) -> None:
    """Wait for its requester no longer."""
    await hold(ticket)
    if ticket.state == WAITING:
        ticket.state = OPEN
        await happen(ticket, service_level.RESUMED, by)


async def close(ticket: Ticket, *, by: Actor, told: bool = True) -> None:
    """End it: its requester says that it is done, or said nothing for two days after it was solved."""
    await hold(ticket)
    if ticket.state == CLOSED:
        return
    ticket.state, ticket.closed_at = CLOSED, clock.now()
    ticket.resolved_at = ticket.resolved_at or ticket.closed_at
    await happen(ticket, service_level.CLOSED, by)
    await talk_again(ticket)
    audit.record("ticket.closed", f"ticket:{ticket.id}", by=by, number=ticket.number, confirmed=told)


async def rate(ticket: Ticket, stars: int, *, by: Actor, words: str | None = None) -> None:
    """Keep how its requester found the help, 1 to 5, and what they say about it; a later rating replaces an earlier."""
    if stars not in range(1, 6):
        raise Refused("tickets.no_rating")
    await hold(ticket)
    ticket.rating = stars
    told = said(words) if words and words.strip() else None
    await happen(ticket, service_level.RATED, by, words=told, stars=stars)


async def of_number(number: str, *, person: int | None = None) -> Ticket | None:
    """The ticket with this number, in the letters people use; with `person` only if it is theirs."""
    plain = number.strip().upper().replace(" ", "")
    plain = plain if "-" in plain else plain.replace(LETTER, f"{LETTER}-", 1)
    row = await Ticket.objects().where(Ticket.number == plain).first()
    return row if row is not None and (person is None or await belongs.is_of(row, person)) else None


async def of_person(person: int, *, most: int = 10) -> Sequence[Ticket]:
    """Somebody's tickets, without those that go on in another: the open ones first, the newest first."""
    rows: Sequence[Ticket] = (
        await Ticket.objects()
        .where(await belongs.mine(person) & Ticket.merged_into.is_null())
        .order_by(Ticket.id, ascending=False)
        .limit(most)
    )
    return sorted(rows, key=lambda row: row.state == CLOSED)


async def by_public(public: str) -> Ticket | None:
    """The ticket at this address."""
    return await Ticket.objects().where(Ticket.public == public).first()


async def take_next(*, by: Actor) -> Ticket | None:
    """Take what is due first of what nobody looks after, the urgent before the others; None where nothing waits."""
    await database.lock_name(f"tickets.next:{database.company()}")
    free = Ticket.state.is_in(list(UNSOLVED)) & Ticket.agent.is_null() & Ticket.snoozed_until.is_null()
    for first in (free & (Ticket.urgent == True), free):  # noqa: E712
        row: Ticket | None
        while row := await Ticket.objects().where(first).order_by(Ticket.next_at, Ticket.id).first():
            await hold(row)
            if row.agent is None and row.state in UNSOLVED:  # else somebody took it by hand meanwhile
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
    return vault.shown(row.subject, company=row.company, column=SUBJECT, subject=row.person)


def subject_in(row: Mapping[str, Any], company: int) -> str:
    """The same of a row that was selected."""
    return vault.shown(row["subject"], company=company, column=SUBJECT, subject=row["person"])


def stars_of(event: TicketEvent) -> int | None:
    """How its requester rated the help in this event."""
    return json.loads(event.meta).get("stars")  # type: ignore[no-any-return]


def words_of(event: TicketEvent) -> str:
    """What was written, empty where nothing was."""
    if event.words is None:
        return ""
    return vault.shown(event.words, company=event.company, column=WORDS, subject=event.person)


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
    if ticket.kind == terms.DISPUTE and ticket.outcome is None:
        raise Refused("tickets.outcome_needed")
    ticket.state, ticket.resolved_at = RESOLVED, clock.now()
    number = await happen(ticket, service_level.RESOLVED, by)
    await talk_again(ticket)
    await words_back.solved(ticket, by=by, event=number)
    await jobs.enqueue("tickets.close", ticket.id, run_at=stays_open_until(ticket.resolved_at, await promises.times()))
    audit.record("ticket.resolved", f"ticket:{ticket.id}", by=by, number=ticket.number)


async def talk_again(ticket: Ticket) -> None:
    """From now on the talk answers its requester again."""
    await Conversation.update({Conversation.ticket: None}).where(Conversation.ticket == ticket.id)


async def hold(ticket: Ticket) -> None:
    """Hold it until the end of the transaction, as it stands now."""
    if await database.lock(Ticket, ticket.id):
        row = await Ticket.objects().where(Ticket.id == ticket.id).first()
        assert row is not None
        for column in CHANGES:
            setattr(ticket, column._meta.name, getattr(row, column._meta.name))


async def happen(
    ticket: Ticket, kind: str, by: Actor, *, words: str | None = None, public: bool = False,
    facts: Mapping[str, Any] | None = None, attachment: int | None = None, at: datetime | None = None, **meta: Any,
) -> int:  # fmt: skip
    """Write the event, and the ticket with the clocks that follow from all of its events."""
    before, others = ([], []) if kind == service_level.OPENED else await timelines.rows(ticket)
    company, now, theirs = database.company(), timelines.heard(at or clock.now(), before), kind in THEIRS
    event = TicketEvent(
        ticket=ticket.id, person=ticket.person, kind=kind, at=now, by=by.name, channel=by.channel,
        public=public or theirs, attachment=attachment,
        words=None if words is None else vault.seal(words, company=company, column=WORDS, subject=ticket.person),
        facts=vault.seal(json.dumps(facts), company=company, column=FACTS, subject=ticket.person) if facts else None,
    )  # fmt: skip
    held, found = await terms.every(), await promises.times(ticket.location)
    event.meta = json.dumps(meta | clocks.promised_at(ticket, kind, now, timelines.joined(before, others), held, found))
    await TicketEvent.insert(event)
    ticket.changed_at = max(now, ticket.changed_at)
    timelines.stand(
        ticket, standing := clocks.both(ticket, timelines.joined([*before, event], others), held, found, now)
    )
    await alarms.plan(ticket, kind, standing, now)
    ticket.last = event.id if theirs and kind != service_level.THANKED else ticket.last
    await Ticket.update({one: getattr(ticket, one._meta.name) for one in CHANGES}).where(Ticket.id == ticket.id)
    for follows in FOLLOWS:
        await follows(ticket, kind)
    return int(event.id)
