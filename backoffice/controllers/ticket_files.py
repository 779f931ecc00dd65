"""Opening the files of tickets: those of the tickets that somebody may see, each time written down."""

from litestar import Controller, Response, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from backoffice.asker import Web
from backoffice.controllers.attachments import Saved, saved
from backoffice.guards import acting, requires, standing
from core import database
from core.helpdesk import ticket_files, tickets
from core.messaging import attachments


class TicketFilesController(Controller):
    """`/{company}/tickets/{ticket}/files`: a POST, because opening one leaves a mark in the audit trail."""

    path = "/{company:str}/tickets/{public:str}/files"
    guards = (requires("tickets", "work"),)

    @post("/{paper:str}", status_code=200)
    async def open_(self, request: Web, public: FromPath[str], paper: FromPath[str]) -> Response[bytes]:
        """A file that came with this ticket, to be saved."""
        return await opened(request, public, paper, inside=True)


class MyTicketFilesController(Controller):
    """`/me/tickets/{ticket}/files`: one's own, and what the desk sent."""

    path = "/me/tickets/{public:str}/files"
    guards = (requires("tickets", "own"),)

    @post("/{paper:str}", status_code=200)
    async def open_(self, request: Web, public: FromPath[str], paper: FromPath[str]) -> Response[bytes]:
        """A file that was sent with one's own ticket, to be saved."""
        return await opened(request, public, paper, inside=False)


async def opened(request: Web, public: str, paper: str, *, inside: bool) -> Response[bytes]:
    """The file, where this ticket has it and it concerns who asks; else it is not there."""
    where = standing(request)
    async with database.transaction(where.company):
        ticket = await tickets.by_public(public)
        if ticket is None or not (inside or ticket.person == where.person):
            raise NotFoundException
        row = await ticket_files.of_ticket(ticket, paper, inside=inside)
        if row is None:
            raise NotFoundException
        await ticket_files.opened(ticket, row, by=acting(request))
        found = Saved(attachments.name_of(row), row.type, attachments.content(row))
    return await saved(found)
