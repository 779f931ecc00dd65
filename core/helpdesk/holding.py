"""Nobody takes a ticket out of a colleague's hands without knowing it: whose it was on the page is named again."""

from core.audit import Actor
from core.errors import Refused
from core.helpdesk import dealing, team, tickets
from core.helpdesk.tables import Ticket
from core.helpdesk.team import Agent

GONE = "gone"  # whoever has it works at the desk no longer


async def holder(ticket: Ticket) -> str:
    """By which name a page says who has it: the address of their account; empty where nobody has."""
    if ticket.agent is None:
        return ""
    held = (await team.team()).get(ticket.agent)
    return held.public if held is not None else GONE


async def take(ticket: Ticket, *, by: Actor, held: str) -> None:
    """Look after it, where it is still whose it was on the page: of two who press at once one is told who has it.

    Refused: tickets.taken_by, tickets.closed.
    """
    await _still(ticket, held, by)
    await tickets.take(ticket, by=by)


async def hand_over(ticket: Ticket, to: Agent, *, by: Actor, held: str, words: str = "") -> None:
    """Give it to a colleague, where it is still whose it was on the page. Refused: as `dealing.hand_over`, and
    tickets.taken_by."""
    await _still(ticket, held, by)
    await dealing.hand_over(ticket, to, by=by, words=words)


async def _still(ticket: Ticket, held: str, by: Actor) -> None:
    await tickets.hold(ticket)
    if ticket.agent in (None, by.name) or await holder(ticket) == held:
        return
    other = (await team.team()).get(ticket.agent or "")
    raise Refused("tickets.taken_by", number=ticket.number, who=other.called if other is not None else "?")
