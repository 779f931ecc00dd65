"""Answers that can be taken back for some seconds: they wait in a row and leave by a job, or come back to their writer.

The row and the job are of one transaction, so nothing that was sent is lost when a process dies, and nothing leaves
twice: the job sends and removes the row in one transaction. As it leaves, everything is looked at again: where the
requester wrote meanwhile it stays, and its writer is shown why.
"""

from collections.abc import Sequence
from datetime import timedelta

from core import clock, database, jobs, vault
from core.audit import Actor
from core.errors import Refused
from core.helpdesk import handing, replies, tickets
from core.helpdesk.tables import OutgoingAnswer, Ticket

WAITS = timedelta(seconds=6)
WORDS = "outgoing_answer.words"


async def hold(ticket: Ticket, words: str, *, by: Actor, read: int, then: str) -> OutgoingAnswer:
    """Send an answer that can be taken back until it leaves. Refused: what `tickets.answer` refuses, at once."""
    told = tickets.said(words)
    await tickets.may_answer(ticket, read)
    await replies.filled(told, ticket, by=by)
    now = clock.now()
    row = OutgoingAnswer(
        public=database.new_public(), ticket=ticket.id, person=ticket.person, by=by.name, channel=by.channel,
        words=vault.seal(told, company=database.company(), column=WORDS, subject=ticket.person), read=read,
        leads_to=then, leaves_at=now + WAITS,
    )  # fmt: skip
    await OutgoingAnswer.insert(row)
    await jobs.enqueue("tickets.leave", row.id, run_at=row.leaves_at)
    return row


async def of_ticket(ticket: Ticket) -> Sequence[OutgoingAnswer]:
    """What is about to leave, or was stopped on its way; the oldest first."""
    rows: Sequence[OutgoingAnswer] = (
        await OutgoingAnswer.objects().where(OutgoingAnswer.ticket == ticket.id).order_by(OutgoingAnswer.id)
    )
    return rows


async def take_back(ticket: Ticket, public: str, *, by: Actor) -> str:
    """Take an answer of one's own back, whether it waits or was stopped; returns its words. Refused:
    tickets.left_already, tickets.not_your_answer."""
    found = await OutgoingAnswer.objects().where(OutgoingAnswer.public == public).first()
    row = await _held(int(found.id)) if found is not None else None
    if row is None or row.ticket != ticket.id:
        raise Refused("tickets.left_already")
    if row.by != by.name:
        raise Refused("tickets.not_your_answer")
    await OutgoingAnswer.delete().where(OutgoingAnswer.id == row.id)
    return words_of(row)


def words_of(row: OutgoingAnswer) -> str:
    """What was written."""
    return vault.shown(row.words, company=row.company, column=WORDS, subject=row.person)


@jobs.job("tickets.leave")
async def leave(company: int, number: int) -> None:
    """Let an answer go whose time has come; one that may not leave any more stays, with the reason."""
    try:
        async with database.transaction(company):
            row = await _held(number)
            if row is None or row.stopped is not None:
                return
            if row.leaves_at > clock.now():
                raise jobs.Later(row.leaves_at)
            ticket = await Ticket.objects().where(Ticket.id == row.ticket).first()
            assert ticket is not None
            by = Actor(row.by, row.channel)
            await tickets.answer(ticket, words_of(row), by=by, read=row.read, then=row.leads_to)
            if row.leads_to == handing.HAND_BACK:
                await handing.hand_back(ticket, by=by)
            await OutgoingAnswer.delete().where(OutgoingAnswer.id == number)
    except Refused as no:
        async with database.transaction(company):
            await OutgoingAnswer.update({OutgoingAnswer.stopped: no.key}).where(OutgoingAnswer.id == number)


async def _held(number: int) -> OutgoingAnswer | None:
    """The row, held until the end of the transaction; None once it has left."""
    await database.lock(OutgoingAnswer, number)
    return await OutgoingAnswer.objects().where(OutgoingAnswer.id == number).first()
