"""A ticket goes from its company's desk to the operator's, and comes back (decision 0079).

Only what its asker was shown and agreed to goes, under the company's name and the ticket's number. No transaction spans
two companies: each step is kept where it happened with a job, which writes on the other side once, under a unique
name. The company's promise runs on as it was given; an answer of the operator's is an answer to whoever asked.
"""

from collections.abc import Sequence

from piccolo.query.mixins import OnConflictAction

from core import audit, clock, database, jobs, vault
from core.accounts import operators
from core.accounts.tables import Company
from core.audit import Actor
from core.errors import Refused
from core.helpdesk import outsiders, service_level, tickets, words_back
from core.helpdesk.desk_tables import DeskCarried, DeskMove
from core.helpdesk.tables import Ticket, TicketEvent
from core.messaging import buttons, outbox
from core.messaging.messages import Message
from core.messaging.outbox import Address
from core.people.tables import Person
from core.phrases import phrase

WORDS = "desk_move.words"
ASKED, DECLINED, MOVED, BACK = "asked", "declined", "moved", "back"
YES, NO = "move_yes", "move_no"  # the flows that hear the answer
CHANNEL = "desk"
CARRY, FORWARD, ANSWER, RETURN = "desk.carry", "desk.forward", "desk.answer", "desk.return"


async def ask(ticket: Ticket, words: str, *, by: Actor) -> DeskMove:
    """Show its asker the words that would go to the operator, and ask whether they may.

    Refused: no words, closed, asked or there already, or somebody who has no chat with us to say yes in.
    """
    told = tickets.said(words)
    await tickets.hold(ticket)
    if ticket.state == tickets.CLOSED:
        raise Refused("tickets.closed", number=ticket.number)
    if await outsiders.of_person(ticket.person) is not None:
        raise Refused("moves.outsider")
    if await open_of(ticket) is not None:
        raise Refused("moves.already")
    if ticket.agent is None:
        await tickets.take(ticket, by=by)
    row = DeskMove(
        public=database.new_public(), ticket=ticket.id, person=ticket.person, state=ASKED, asked_by=by.name,
        words=vault.seal(told, company=database.company(), column=WORDS, subject=ticket.person), asked_at=clock.now(),
    )  # fmt: skip
    await DeskMove.insert(row)
    event = await tickets.happen(ticket, service_level.MOVED, by, step=ASKED)
    language = await words_back.language_of(ticket.person)
    choices = [
        await buttons.make(
            phrase(f"moves.{title}", language), "start", person=ticket.person, flow=flow, answers={"move": row.public}
        )
        for title, flow in (("yes", YES), ("no", NO))
    ]
    who = await words_back.named(by.name, language)
    text = phrase("moves.asked", language, who=who, number=ticket.number, words=told)
    message = Message("moves.asked", text, tuple(choices), language=language)
    await outbox.post(await words_back.address_of(ticket), message, dedupe=f"ticket:{event}")
    audit.record("ticket.move_asked", f"ticket:{ticket.id}", by=by, number=ticket.number)
    return row


async def agree(row: DeskMove, *, by: Actor) -> None:
    """Its asker says yes: these words go. Refused: it was answered or taken back meanwhile."""
    ticket = await _answered(row, MOVED)
    await tickets.happen(ticket, service_level.MOVED, by, step=MOVED)
    await jobs.enqueue(CARRY, row.id)
    audit.record("ticket.moved", f"ticket:{ticket.id}", by=by, number=ticket.number)


async def decline(row: DeskMove, *, by: Actor) -> None:
    """Its asker, or the desk before they answered, says no: nothing goes. Refused: it was answered meanwhile."""
    ticket = await _answered(row, DECLINED)
    await tickets.happen(ticket, service_level.MOVED, by, step=DECLINED)
    audit.record("ticket.move_declined", f"ticket:{ticket.id}", by=by, number=ticket.number)


async def take_back(row: DeskMove, *, by: Actor) -> None:
    """The company goes on with it alone: nothing more is told to the operator. Refused: it is not there."""
    ticket = await _back(row, by)
    if ticket is None:
        raise Refused("moves.not_there")
    await jobs.enqueue(RETURN, row.id)


async def open_of(ticket: Ticket) -> DeskMove | None:
    """The move of a ticket that waits for a yes, or is at the operator's desk."""
    row: DeskMove | None = (
        await DeskMove.objects().where((DeskMove.ticket == ticket.id) & DeskMove.state.is_in([ASKED, MOVED])).first()
    )
    return row


async def of_ticket(ticket: Ticket) -> Sequence[DeskMove]:
    """Every move of a ticket, the newest first."""
    rows: Sequence[DeskMove] = (
        await DeskMove.objects().where(DeskMove.ticket == ticket.id).order_by(DeskMove.id, ascending=False)
    )
    return rows


async def of_public(public: str, person: int) -> DeskMove | None:
    """The move with this address, if it is of this person's ticket."""
    row: DeskMove | None = await DeskMove.objects().where(
        (DeskMove.public == public) & (DeskMove.person == person)
    ).first()  # fmt: skip
    return row


async def at_operator(ticket: Ticket) -> bool:
    """Whether this is the operator's side of a ticket that came from a company."""
    return await DeskCarried.exists().where((DeskCarried.ticket == ticket.id) & DeskCarried.what.like("move:%"))


def words_of(row: DeskMove) -> str:
    """What its asker was shown."""
    return vault.unseal(row.words, company=row.company, column=WORDS, subject=row.person)


async def _answered(row: DeskMove, to: str) -> Ticket:
    waits = (DeskMove.id == row.id) & (DeskMove.state == ASKED)
    if not await DeskMove.update({DeskMove.state: to, DeskMove.answered_at: clock.now()}).where(waits).returning(
        DeskMove.id
    ):  # fmt: skip
        raise Refused("moves.over")
    return await _held(row)


async def _held(row: DeskMove) -> Ticket:
    ticket = await Ticket.objects().where(Ticket.id == row.ticket).first()
    assert ticket is not None
    await tickets.hold(ticket)
    return ticket


async def _back(row: DeskMove, by: Actor) -> Ticket | None:
    """It is at the company's desk again, and its asker is told; None where it was so already."""
    there = (DeskMove.id == row.id) & (DeskMove.state == MOVED)
    if not await DeskMove.update({DeskMove.state: BACK, DeskMove.back_at: clock.now()}).where(there).returning(
        DeskMove.id
    ):  # fmt: skip
        return None
    ticket = await _held(row)
    event = await tickets.happen(ticket, service_level.MOVED, by, step=BACK)
    language = await words_back.language_of(ticket.person)
    message = Message("moves.back", phrase("moves.back", language, number=ticket.number), language=language)
    await outbox.post(await words_back.address_of(ticket), message, dedupe=f"ticket:{event}")
    audit.record("ticket.moved_back", f"ticket:{ticket.id}", by=by, number=ticket.number)
    return ticket


# -- from one side to the other ----------------------------------------------------------------------------------------


async def _once(what: str, ticket: int, origin: int) -> bool:
    """Whether this comes over for the first time; in the transaction that writes what it is."""
    made = (
        await DeskCarried.insert(DeskCarried(what=what, ticket=ticket, origin=origin, at=clock.now()))
        .on_conflict(action=OnConflictAction.do_nothing)
        .returning(DeskCarried.id)
    )
    return bool(made)


@jobs.job(CARRY)
async def carry(company: int, number: int) -> None:
    """Open the ticket at the operator's desk, in the words that were agreed to and no others."""
    async with database.reading(company):
        row = await DeskMove.objects().where(DeskMove.id == number).first()
        if row is None or row.state != MOVED:
            return
        words, place = words_of(row), await Company.objects().get(Company.id == company)
        ticket = await Ticket.select(Ticket.number).where(Ticket.id == row.ticket).first()
    assert place is not None and ticket is not None
    async with database.transaction(await operators.company()):
        await database.lock_name(f"desk:{row.public}")
        if await DeskCarried.exists().where(DeskCarried.what == f"move:{row.public}"):
            return
        who = await outsiders.of_company(f"{place.name} · {ticket['number']}", language=place.language)
        by = Actor(f"person:{who.person}", CHANNEL)
        made = await tickets.begin(who.person, words, address=Address(CHANNEL, CHANNEL, str(company), None), by=by)
        await _once(f"move:{row.public}", int(made.id), company)


@jobs.job(FORWARD)
async def forward(company: int, move: str, event: int) -> None:
    """Add at the operator's desk what its asker wrote meanwhile."""
    async with database.reading(company):
        row = await DeskMove.objects().where((DeskMove.public == move) & (DeskMove.state == MOVED)).first()
        one = await TicketEvent.objects().where(TicketEvent.id == event).first()
        words = tickets.words_of(one) if one is not None else ""
    if row is None or not words:
        return
    async with database.transaction(await operators.company()):
        there = await _there(move)
        if there is None:  # it is on its way itself
            raise RuntimeError("the ticket has not come to the operator's desk yet")
        if await _once(f"event:{company}:{event}", int(there.id), company) and there.state != tickets.CLOSED:
            await tickets.write(there, words, by=Actor(f"person:{there.person}", CHANNEL))


@jobs.job(ANSWER)
async def answer(operator: int, event: int) -> None:
    """Bring an answer of the operator's to whoever asked, or the ticket back once it is solved there."""
    async with database.reading(operator):
        one = await TicketEvent.objects().where(TicketEvent.id == event).first()
        assert one is not None
        moved = await DeskCarried.objects().where(
            (DeskCarried.ticket == one.ticket) & DeskCarried.what.like("move:%")
        ).first()  # fmt: skip
        words = tickets.words_of(one)
    if moved is None:
        return
    kind, _, number = one.by.partition(":")
    by = Actor(f"operator:{number}" if kind in ("account", "person") else one.by, "web")
    async with database.transaction(moved.origin):
        row = await DeskMove.objects().where(DeskMove.public == moved.what.partition(":")[2]).first()
        if row is None or not await _once(f"event:{operator}:{event}", row.ticket, operator):
            return
        if one.kind in (service_level.RESOLVED, service_level.CLOSED):
            await _back(row, by)
        elif row.state == MOVED or (row.back_at is not None and one.at <= row.back_at):  # written while it was there
            await _answer(await _held(row), row, words, by)


async def _answer(ticket: Ticket, row: DeskMove, words: str, by: Actor) -> None:
    if ticket.agent is None:
        await tickets.take(ticket, by=Actor(row.asked_by, by.channel))
    try:
        async with database.transaction(ticket.company):
            await tickets.answer(ticket, words, by=by, read=ticket.last)
    except Refused:  # it was closed meanwhile, or the words mean something else here: the desk reads them
        await tickets.note(ticket, words, by=by)


@jobs.job(RETURN)
async def returned(company: int, number: int) -> None:
    """Say at the operator's desk that the company went on alone."""
    async with database.reading(company):
        row = await DeskMove.objects().where(DeskMove.id == number).first()
        assert row is not None
    async with database.transaction(await operators.company()):
        there = await _there(row.public)
        if there is None:
            return
        if await _once(f"back:{row.public}", int(there.id), company) and there.state != tickets.CLOSED:
            language = (await Person.select(Person.language).where(Person.id == there.person).first() or {})["language"]
            await tickets.note(there, phrase("moves.taken_back", language), by=Actor("serambi", CHANNEL))
            await tickets.close(there, by=Actor("serambi", CHANNEL), told=False)


async def _there(move: str) -> Ticket | None:
    """The operator's ticket of a move, in its scope."""
    row = await DeskCarried.select(DeskCarried.ticket).where(DeskCarried.what == f"move:{move}").first()
    if row is None:
        return None
    ticket: Ticket | None = await Ticket.objects().where(Ticket.id == row["ticket"]).first()
    return ticket


async def _follows(ticket: Ticket, kind: str) -> None:
    """What is written on one side is brought to the other by a job."""
    if ticket.channel == CHANNEL:
        if kind in (service_level.ANSWERED, service_level.RESOLVED, service_level.CLOSED):
            await jobs.enqueue(ANSWER, await _newest(ticket))
    elif kind in (service_level.ASKED, service_level.REOPENED, service_level.THANKED):
        row = await open_of(ticket)
        if row is not None and row.state == MOVED:
            await jobs.enqueue(FORWARD, row.public, await _newest(ticket))


async def _newest(ticket: Ticket) -> int:
    newest = TicketEvent.select(TicketEvent.id).where(TicketEvent.ticket == ticket.id)
    row = await newest.order_by(TicketEvent.id, ascending=False).first()
    assert row is not None
    return int(row["id"])


tickets.FOLLOWS.append(_follows)
