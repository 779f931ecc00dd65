"""Whose a ticket is: who asked, or the employee who proved that it is theirs though it came by mail or the public form.

The ticket itself stays the outsider's, whose key seals it; whoever signed in and had its secret stands beside it.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from core.audit import Actor
from core.helpdesk.desk_tables import TicketClaim
from core.helpdesk.tables import Ticket, TicketEvent


async def claim_of(ticket: int) -> TicketClaim | None:
    """The tie that holds now."""
    row: TicketClaim | None = (
        await TicketClaim.objects().where((TicketClaim.ticket == ticket) & TicketClaim.ended_at.is_null()).first()
    )
    return row


async def reader(ticket: Ticket) -> int:
    """Who reads its answers: the employee it is tied to, else whoever asked."""
    row = await claim_of(int(ticket.id))
    return int(ticket.person if row is None else row.person)


async def is_of(ticket: Ticket, person: int | None) -> bool:
    """Whether it is this person's now."""
    if person is None:
        return False
    return ticket.person == person or await reader(ticket) == person


async def mine(person: int | None) -> Any:
    """The condition by which somebody's own tickets are found, tied ones too."""
    rows = await TicketClaim.select(TicketClaim.ticket).where(
        (TicketClaim.person == (person or 0)) & TicketClaim.ended_at.is_null()
    )
    own = Ticket.person == (person or 0)
    return own | Ticket.id.is_in([row["ticket"] for row in rows]) if rows else own


async def people(ticket: Ticket) -> frozenset[int]:
    """Everybody who has spoken as its asker: whoever asked, and each employee it was tied to."""
    rows = await TicketClaim.select(TicketClaim.person).where(TicketClaim.ticket == ticket.id)
    return frozenset({int(ticket.person), *(int(row["person"]) for row in rows)})


async def voices(ticket: Ticket) -> frozenset[str]:
    """The same, as the events name them."""
    return frozenset(f"person:{one}" for one in await people(ticket))


async def sender(ticket: Ticket, by: Actor) -> int:
    """Whose file it is that is sent now: of the employee it is tied to, else of whoever asked."""
    person = await reader(ticket)
    return person if by.name == f"person:{person}" else int(ticket.person)


async def open_to_secret(ticket: int, events: Iterable[TicketEvent]) -> Sequence[TicketEvent]:
    """What number and secret show: nothing that happened while it was an employee's."""
    rows = await TicketClaim.objects().where(TicketClaim.ticket == ticket)
    return [
        one
        for one in events
        if not any(row.since < one.id and (row.until is None or one.id <= row.until) for row in rows)
    ]
