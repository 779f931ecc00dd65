"""The desk for other programs: its tickets, one opened for who called, an answer, and the end of one."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from litestar import Controller, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, JSONBody, QueryParameter

from backoffice.api.door import Key, done_once, program
from backoffice.api.problems import Fault, Stopped, specs
from backoffice.api.shapes import (
    USUAL,
    Cursor,
    Limit,
    NewAnswer,
    NewTicket,
    Page,
    Solved,
    TicketLine,
    TicketWhole,
    TicketWords,
    no_such_cursor,
    utc,
    utc_or_none,
)
from backoffice.asker import Web
from core import database
from core.helpdesk import calls, service_level, tickets
from core.helpdesk.tables import Ticket, TicketEvent
from core.people import directory
from core.people.tables import Employment
from core.programs.tokens import Program

State = Annotated[Literal["", "new", "open", "waiting_requester", "resolved", "closed"], QueryParameter(name="state")]
TOLD = (*tickets.THEIRS, service_level.ANSWERED)


class TicketsApi(Controller):
    """`/tickets`."""

    path = "/tickets"
    tags = ("Tickets",)

    @get(opt={"scope": "tickets:read"}, responses=specs())
    async def every(
        self, request: Web, stands: State = "", limit: Limit = USUAL, cursor: Cursor = ""
    ) -> Page[TicketLine]:
        """Tickets, the newest first."""
        async with database.reading(program(request).company):
            wanted: Any = Ticket.id > 0
            if stands:
                wanted = wanted & (Ticket.state == stands)
            if cursor:
                before = await tickets.by_public(cursor)
                if before is None:
                    raise no_such_cursor()
                wanted = wanted & (Ticket.id < before.id)
            rows = await Ticket.objects().where(wanted).order_by(Ticket.id, ascending=False).limit(limit + 1)
        items = [_line(one) for one in rows[:limit]]
        return Page(items, items[-1].id if len(rows) > limit else None)

    @post(opt={"scope": "tickets:write"}, responses=specs(409, 413, 415))
    async def open(self, request: Web, data: JSONBody[NewTicket], key: Key = "") -> TicketWhole:
        """Open a ticket for an employee who called or came; they are told of it, and may say that it was not them."""

        async def do(who: Program) -> TicketWhole:
            employee = await directory.by_number(data.employee_number.strip())
            if employee is None:
                raise Stopped(422, "invalid", errors=[Fault("employee_number", "/people")])
            told = await calls.open_for(employee, data.words, way=data.way, recognised=data.recognised, by=who.actor)
            return await _whole(told.ticket)

        return await done_once(request, do, key)  # type: ignore[return-value]

    @get("/{ticket:str}", opt={"scope": "tickets:read"}, responses=specs(404))
    async def one(self, request: Web, ticket: FromPath[str]) -> TicketWhole:
        """One ticket with what both sides wrote."""
        async with database.reading(program(request).company):
            return await _whole(await _ticket(ticket))

    @post("/{ticket:str}/answers", opt={"scope": "tickets:write"}, responses=specs(404, 409, 413, 415))
    async def answer(
        self, request: Web, ticket: FromPath[str], data: JSONBody[NewAnswer], key: Key = ""
    ) -> TicketWhole:
        """Answer in the name of the desk. 409 where somebody wrote after the `revision` that was read."""

        async def do(who: Program) -> TicketWhole:
            row = await _ticket(ticket)
            await tickets.answer(row, data.words, by=who.actor, read=data.revision, then=data.then)
            return await _whole(row)

        return await done_once(request, do, key)  # type: ignore[return-value]

    @post("/{ticket:str}/solution", opt={"scope": "tickets:write"}, responses=specs(404, 409, 413, 415))
    async def solve(self, request: Web, ticket: FromPath[str], data: JSONBody[Solved], key: Key = "") -> TicketWhole:
        """Say that it is done; it closes by itself unless whoever asked says that it is not."""

        async def do(who: Program) -> TicketWhole:
            row = await _ticket(ticket)
            await tickets.solve(row, by=who.actor, read=data.revision)
            return await _whole(row)

        return await done_once(request, do, key)  # type: ignore[return-value]


async def _ticket(public: str) -> Ticket:
    row = await tickets.by_public(public) if len(public) <= 22 else None
    if row is None:
        raise NotFoundException
    return row


def _line(row: Ticket) -> TicketLine:
    return TicketLine(
        row.public, row.number, row.state, row.kind, row.priority, row.channel, row.urgent, utc(row.opened_at),
        utc(row.changed_at), utc_or_none(row.answer_promise), utc_or_none(row.resolved_at),
    )  # fmt: skip


async def _whole(row: Ticket) -> TicketWhole:
    events: Sequence[TicketEvent] = await tickets.events_of(row)
    mine = Employment.person == row.person
    spell = await Employment.select(Employment.number).where(mine).order_by(Employment.joins, ascending=False).first()
    return TicketWhole(
        _line(row), tickets.subject(row), str(spell["number"]) if spell else None, int(row.last),
        [
            TicketWords(utc(one.at), "requester" if one.kind in tickets.THEIRS else "desk", tickets.words_of(one))
            for one in events
            if one.public and one.kind in TOLD and one.words is not None
        ],
    )  # fmt: skip
