"""From one ticket to the next without going back to the queue."""

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect

from backoffice.asker import Web
from backoffice.guards import acting, requires, standing
from backoffice.rendering import refusal
from backoffice.ticket_page import Read, shown
from core import database
from core.errors import Refused
from core.helpdesk import queue, tickets
from core.helpdesk.tables import Ticket

NEXT, PREVIOUS = "next", "previous"


class DeskWayController(Controller):
    """`/{company}/tickets/{public}/beside` and solving with the next one to come."""

    path = "/{company:str}/tickets/{public:str}"
    guards = (requires("tickets", "work"),)

    @get("/beside")
    async def beside(self, request: Web, public: FromPath[str], step: FromQuery[str] = NEXT) -> Redirect:
        """The ticket after this one, or before it, by what is due; at the end the queue."""
        where = standing(request)
        async with database.reading(where.company):
            row = await tickets.by_public(public)
            if row is None:
                raise NotFoundException
            found = await queue.beside(row, by=acting(request).name, after=step != PREVIOUS)
        return _to(where.place.slug, found)

    @post("/resolve-next")
    async def resolve_next(self, request: Web, public: FromPath[str], data: URLEncodedBody[Read]) -> Response[str]:
        """Say that it is done, and go on with one's own next; where there is none, take the next of the queue."""
        where, by = standing(request), acting(request)
        try:
            async with database.transaction(where.company):
                row = await tickets.by_public(public)
                if row is None:
                    raise NotFoundException
                await tickets.solve(row, by=by, read=data.read)
                found = await queue.own_next(by.name) or await tickets.take_next(by=by)
        except Refused as no:
            status = 409 if no.key == "tickets.newer" else 422
            return await shown(request, public, wrong={"": refusal(request, no, where.zone)}, status=status)
        return _to(where.place.slug, found)


def _to(slug: str, found: Ticket | None) -> Redirect:
    return Redirect(f"/{slug}/tickets" + (f"/{found.public}" if found is not None else ""), status_code=303)
