"""A solved ticket is closed once its requester has said nothing for two days that count."""

from core import clock, database, jobs
from core.audit import NOBODY
from core.calendar import promises
from core.helpdesk import tickets
from core.helpdesk.tables import Ticket


@jobs.job("tickets.close", lane=jobs.BULK)
async def close_quiet(company: int, number: int) -> None:
    """Close it if it is still taken for solved and the time is over; where the calendar grew, wait as long."""
    async with database.transaction(company):
        row = await Ticket.objects().where(Ticket.id == number).first()
        if row is None or row.state != tickets.RESOLVED or row.resolved_at is None:
            return
        until = tickets.stays_open_until(row.resolved_at, await promises.times())
        if until > clock.now():
            raise jobs.Later(until)
        await tickets.close(row, by=NOBODY, told=False)
