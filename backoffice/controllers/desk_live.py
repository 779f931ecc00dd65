"""What is new in the queue or in a ticket, and who else looks at it: the stream says only that there is something."""

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Stream
from msgspec import Struct

from backoffice import asker, live
from backoffice.asker import Web
from backoffice.guards import acting, requires, standing
from backoffice.rendering import page
from core import database
from core.helpdesk import team, tickets, watching
from core.helpdesk.tables import Ticket, TicketEvent
from core.phrases import phrase


class Here(Struct):
    """What the page tells of its reader: they are writing, or have closed it."""

    typing: str = ""
    gone: str = ""


class DeskLiveController(Controller):
    """`/{company}/tickets/live` and what a page fetches when it says that something is new."""

    path = "/{company:str}/tickets"
    guards = (requires("tickets", "work"),)

    @get("/live")
    async def hear(self, request: Web, ticket: FromQuery[str] = "") -> Response[str] | Stream:
        """What is new in the queue, or in one ticket, for as long as one may work at the desk."""
        where = standing(request)
        number = watching.QUEUE
        if ticket:
            async with database.reading(where.company):
                number = int((await _found(ticket)).id)

        async def still() -> bool:
            return await live.may_still(request, where.company, "tickets", "work")

        return await live.stream(request, [(where.company, number)], still, of=watching.DESK, topic="desk")

    @get("/{public:str}/news")
    async def news(self, request: Web, public: FromPath[str], seen: FromQuery[int] = 0) -> Response[str]:
        """Who else has it open, and whether something happened since the event that was on the page."""
        where, language = standing(request), asker.of(request).language
        async with database.reading(where.company):
            row = await _found(public)
            who = await watching.others(row, acting(request).name)
            house = await team.team() if who else {}
            newer = await TicketEvent.exists().where((TicketEvent.ticket == row.id) & (TicketEvent.id > seen))
        here = [
            phrase("queue.types" if types else "queue.is_here", language, who=house[name].called)
            for name, types in who.items() if name in house
        ]  # fmt: skip
        return await page(
            request, "tickets/_news.html", framed=False, company=where.place, public=public, seen=seen, here=here,
            newer=newer,
        )  # fmt: skip

    @post("/{public:str}/here")
    async def here(self, request: Web, public: FromPath[str], data: URLEncodedBody[Here]) -> Response[str]:
        """Say that its reader still has it open."""
        where = standing(request)
        async with database.transaction(where.company):
            row = await _found(public)
            await watching.be_here(row, by=acting(request), typing=bool(data.typing), gone=bool(data.gone))
        return Response("", status_code=204)


async def _found(public: str) -> Ticket:
    row = await tickets.by_public(public)
    if row is None:
        raise NotFoundException
    return row
