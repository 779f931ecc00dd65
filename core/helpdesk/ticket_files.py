"""The files of a ticket: what came with its messages, and what the desk sent; opened by whom the ticket concerns.

A file belongs to a ticket by the event it came with, and by nothing else: whoever works at the desk opens those of the
tickets they may see, and no certificate that lies beside them.
"""

import asyncio
import io

from PIL import Image

from core import antivirus, audit, files
from core.audit import Actor
from core.errors import Refused
from core.files import Examined, Written
from core.helpdesk import belongs, tickets
from core.helpdesk.tables import Ticket, TicketEvent
from core.messaging import attachments
from core.messaging.messages import Enclosing
from core.messaging.tables import Attachment

MOST = 5 * 1024 * 1024  # of what is sent: WhatsApp takes no larger picture, and a message holds the whole of it


async def take(company: int, raw: bytes, name: str) -> tuple[Examined, Written]:
    """Look at a file that is to be sent, and put it on disk; pictures are drawn anew, and WebP as PNG, which every chat
    shows. Never inside a transaction. Refused: files.empty, files.too_large, files.other_type and the like."""
    examined = await asyncio.to_thread(files.examine, raw, name)
    await antivirus.scan(raw)
    if examined.type == "webp":
        examined = await asyncio.to_thread(_as_png, examined)
    if len(examined.raw) > MOST:
        raise Refused("files.too_large", most="5 MB")
    return examined, await asyncio.to_thread(files.write, examined.raw, company=company)


def _as_png(examined: Examined) -> Examined:
    out = io.BytesIO()
    with Image.open(io.BytesIO(examined.raw), formats=["WEBP"]) as drawn:
        drawn.save(out, "PNG")
    return Examined("png", out.getvalue())


async def send(
    ticket: Ticket, words: str, taken: tuple[Examined, Written], name: str, *, by: Actor, read: int, then: str
) -> None:  # fmt: skip
    """Send a file to the requester, with words or without: an answer like any other, where the chat takes files with
    the file itself, elsewhere with the page on which it lies. Refused: what `tickets.answer` refuses."""
    row = await attachments.keep(ticket.person, taken, name)
    await attachments.sort(row.id, attachments.TICKET, person=ticket.person)
    file = Enclosing(attachments.name_of(row), files.TYPES[row.type], taken[0].raw)
    await tickets.answer(ticket, words, by=by, read=read, then=then, sends=tickets.Sends(row.id, file))


async def of_ticket(ticket: Ticket, public: str, *, inside: bool) -> Attachment | None:
    """The file at this address that came with this ticket; whoever asked sees none of a note (not `inside`)."""
    row = await attachments.by_public(public)
    if row is None or row.purpose != attachments.TICKET or row.person not in await belongs.people(ticket):
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
