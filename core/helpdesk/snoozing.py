"""A ticket is put aside until a day; it comes back by itself, or as soon as its requester writes. Its clocks run on."""

from datetime import datetime, timedelta

from core import clock, database, jobs
from core.audit import NOBODY, Actor
from core.errors import Refused
from core.helpdesk import service_level, tickets
from core.helpdesk.tables import Ticket

LONGEST = timedelta(days=366)


async def snooze(ticket: Ticket, until: datetime, *, by: Actor) -> None:
    """Put it aside until this instant. Refused: tickets.closed, tickets.snooze_when where that is past or far away."""
    await tickets.hold(ticket)
    if ticket.state == tickets.CLOSED:
        raise Refused("tickets.closed", number=ticket.number)
    if not clock.now() < until <= clock.now() + LONGEST:
        raise Refused("tickets.snooze_when")
    ticket.snoozed_until = until
    await tickets.happen(ticket, service_level.SNOOZED, by, until=until.isoformat())
    await jobs.enqueue("tickets.wake", ticket.id, run_at=until)


async def wake(ticket: Ticket, *, by: Actor) -> None:
    """Have it back in the queue."""
    await tickets.hold(ticket)
    if ticket.snoozed_until is not None:
        ticket.snoozed_until = None
        await tickets.happen(ticket, service_level.WOKEN, by)


@jobs.job("tickets.wake", lane=jobs.BULK)
async def come_back(company: int, number: int) -> None:
    """Wake it if its day has come; one that was put aside for longer meanwhile is woken by the later job."""
    async with database.transaction(company):
        row = await Ticket.objects().where(Ticket.id == number).first()
        if row is not None and row.snoozed_until is not None and row.snoozed_until <= clock.now():
            await wake(row, by=NOBODY)
