"""The files of a ticket: what came with its messages, and what the desk sent; opened by whom the ticket concerns.

A file belongs to a ticket by the event it came with, and by nothing else: whoever works at the desk opens those of the
tickets they may see, and no certificate that lies beside them.
"""

from core import audit
from core.audit import Actor
from core.errors import Refused
from core.helpdesk.tables import Ticket, TicketEvent
from core.messaging import attachments
from core.messaging.tables import Attachment


async def of_ticket(ticket: Ticket, public: str, *, inside: bool) -> Attachment | None:
    """The file at this address that came with this ticket; whoever asked sees none of a note (not `inside`)."""
    row = await attachments.by_public(public)
    if row is None or row.purpose != attachments.TICKET or row.person != ticket.person:
        return None
    with_it = (TicketEvent.ticket == ticket.id) & (TicketEvent.attachment == row.id)
    if not inside:
        with_it = with_it & (TicketEvent.public == True)  # noqa: E712
    return row if await TicketEvent.exists().where(with_it) else None


async def opened(ticket: Ticket, row: Attachment, *, by: Actor) -> None:
    """Note that somebody opened it, and with which ticket. Refused: files.gone."""
    if row.removed_at is not None:
        raise Refused("files.gone")
    audit.record("attachment.opened", f"attachment:{row.id}", by=by, person=row.person, ticket=ticket.number)
