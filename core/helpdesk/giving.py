"""A ticket goes to somebody of the desk, by a colleague's hand or because it was their turn."""

import json

from core import audit
from core.audit import Actor
from core.errors import Refused
from core.helpdesk import service_level, tickets
from core.helpdesk.tables import Ticket, TicketEvent


async def give(ticket: Ticket, to: str, *, by: Actor, words: str = "", free: bool = False) -> int:
    """Have somebody else look after it, with a note for them; returns the event (0: it was to be `free`, and is not).
    Refused: tickets.closed, or a note that is too long."""
    told = tickets.said(words) if words.strip() else None
    await tickets.hold(ticket)
    if free and (ticket.agent is not None or ticket.state not in tickets.UNSOLVED):
        return 0
    if ticket.state == tickets.CLOSED:
        raise Refused("tickets.closed", number=ticket.number)
    if told is not None:
        await tickets.happen(ticket, service_level.NOTED, by, words=told)
    ticket.agent, ticket.state = to, tickets.OPEN if ticket.state == tickets.NEW else ticket.state
    number = await tickets.happen(ticket, service_level.GIVEN, by, to=to)
    audit.record("ticket.given", f"ticket:{ticket.id}", by=by, number=ticket.number, to=to)
    return number


def given_to(event: TicketEvent) -> str | None:
    """Whom this event gave the ticket to, as the audit names them."""
    to: str | None = json.loads(event.meta).get("to")
    return to
