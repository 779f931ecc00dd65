"""Opening the files of tickets: those of the tickets that somebody may see, each time written down."""

from collections.abc import Mapping
from typing import Any

from litestar import Controller, Response, post
from litestar.datastructures import UploadFile
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from backoffice.asker import Web
from backoffice.controllers.attachments import Saved, saved
from backoffice.guards import acting, requires, standing
from backoffice.portal import tickets as mine
from backoffice.rendering import refusal
from backoffice.ticket_page import Written, shown
from core import database, files
from core.errors import Refused
from core.helpdesk import belongs, ticket_files, tickets
from core.messaging import attachments


class TicketFilesController(Controller):
    """`/{company}/tickets/{ticket}/files`: a POST, because opening one leaves a mark in the audit trail."""

    path = "/{company:str}/tickets/{public:str}/files"
    guards = (requires("tickets", "work"),)

    @post("/{paper:str}", status_code=200)
    async def open_(self, request: Web, public: FromPath[str], paper: FromPath[str]) -> Response[bytes]:
        """A file that came with this ticket, to be saved."""
        return await opened(request, public, paper, inside=True)


class TicketSendsController(Controller):
    """`/{company}/tickets/{ticket}/file`: a file from the desk to the requester."""

    path = "/{company:str}/tickets/{public:str}/file"
    guards = (requires("tickets", "work"),)

    @post(request_max_body_size=11 * 1024 * 1024)
    async def send(self, request: Web, public: FromPath[str]) -> Response[str]:
        """Send it with some words or none; it leaves like an answer."""
        where, form = standing(request), await request.form()
        typed = Written(words=str(form.get("words") or ""), read=_number(form.get("read")))
        then = str(form.get("then"))
        name, raw = await file_in(form)
        try:
            if raw is None:
                raise Refused("tickets.file_needed")
            taken = await ticket_files.take(where.company, raw, name)
            async with database.transaction(where.company):
                ticket = await tickets.by_public(public)
                if ticket is None:
                    raise NotFoundException
                then = then if then in (tickets.WAITING, tickets.RESOLVED) else tickets.OPEN
                await ticket_files.send(
                    ticket, typed.words, taken, name, by=acting(request), read=typed.read, then=then
                )  # fmt: skip
        except Refused as no:
            status = 409 if no.key == "tickets.newer" else 422
            wrong = {"file": refusal(request, no, where.zone)}
            return await shown(request, public, wrong=wrong, typed=typed, status=status)
        return Redirect(f"/{where.place.slug}/tickets/{public}?done=sent_file", status_code=303)


class MyTicketFilesController(Controller):
    """`/me/tickets/{ticket}/files`: one's own, and what the desk sent."""

    path = "/me/tickets/{public:str}/files"
    guards = (requires("tickets", "own"),)

    @post("/{paper:str}", status_code=200)
    async def open_(self, request: Web, public: FromPath[str], paper: FromPath[str]) -> Response[bytes]:
        """A file that was sent with one's own ticket, to be saved."""
        return await opened(request, public, paper, inside=False)


class MyTicketSendsController(Controller):
    """`/me/tickets/{ticket}/file`: a file with one's own ticket."""

    path = "/me/tickets/{public:str}/file"
    guards = (requires("tickets", "own"),)

    @post(request_max_body_size=11 * 1024 * 1024)
    async def send(self, request: Web, public: FromPath[str]) -> Response[str]:
        """Send it to the desk, with some words or none."""
        where, form = standing(request), await request.form()
        words, (name, raw) = str(form.get("words") or ""), await file_in(form)
        try:
            if raw is None:
                raise Refused("tickets.file_needed")
            taken = await attachments.take(where.company, raw, name)
            async with database.transaction(where.company):
                ticket = await tickets.by_public(public)
                if ticket is None or where.person is None or not await belongs.is_of(ticket, where.person):
                    raise NotFoundException
                kept = await attachments.keep(where.person, taken, name)
                await tickets.write(ticket, words.strip(), by=acting(request), attachment=kept.id)
        except Refused as no:
            wrong = {"file": refusal(request, no, where.zone)}
            return await mine.shown(request, public, wrong=wrong, status=422)
        return Redirect(f"/me/tickets/{public}?done=file", status_code=303)


async def file_in(form: Mapping[str, Any]) -> tuple[str, bytes | None]:
    """The name and the bytes of the file in a form; no bytes where none was chosen."""
    file = form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        return "", None
    return file.filename[:200], await file.read(files.MOST + 1)


def _number(given: object) -> int:
    told = str(given or "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 19 else 0


async def opened(request: Web, public: str, paper: str, *, inside: bool) -> Response[bytes]:
    """The file, where this ticket has it and it concerns who asks; else it is not there."""
    where = standing(request)
    async with database.transaction(where.company):
        ticket = await tickets.by_public(public)
        if ticket is None or not (inside or await belongs.is_of(ticket, where.person)):
            raise NotFoundException
        row = await ticket_files.of_ticket(ticket, paper, inside=inside)
        if row is None:
            raise NotFoundException
        await ticket_files.opened(ticket, row, by=acting(request))
        found = Saved(attachments.name_of(row), row.type, attachments.content(row))
    return await saved(found)
