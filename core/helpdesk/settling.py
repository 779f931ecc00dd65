"""How a dispute ends: with an outcome that is told and kept. It may take thirty working days from notice."""

from core import audit
from core.audit import Actor
from core.errors import Refused
from core.helpdesk import service_level, terms, tickets
from core.helpdesk.tables import Ticket

UPHELD, PARTLY, DENIED = "upheld", "partly", "denied"
OUTCOMES = (UPHELD, PARTLY, DENIED)


async def settle(ticket: Ticket, outcome: str, words: str, *, by: Actor, read: int) -> None:
    """Decide a dispute: its requester is told the reasons, and asked whether it is done.

    Refused: no dispute, an outcome that is none, and whatever refuses an answer.
    """
    if ticket.kind != terms.DISPUTE or outcome not in OUTCOMES:
        raise Refused("tickets.outcome_needed")
    await tickets.hold(ticket)
    if ticket.state == tickets.CLOSED:
        raise Refused("tickets.closed", number=ticket.number)
    ticket.outcome = outcome
    await tickets.happen(ticket, service_level.SETTLED, by, outcome=outcome)
    await tickets.answer(ticket, words, by=by, read=read, then=tickets.RESOLVED)
    audit.record("ticket.settled", f"ticket:{ticket.id}", by=by, number=ticket.number, outcome=outcome)
