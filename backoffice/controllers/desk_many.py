"""One act on many tickets: what was ticked, or all of the list; how many it changes is said before it is done."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl

from litestar import Controller, Response, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice import asker, desk_queue
from backoffice.asker import Web
from backoffice.controllers.desk_queue import queue_page
from backoffice.exports import Reader
from backoffice.guards import acting, requires, standing
from backoffice.rendering import page, refusal
from core import clock, database, work
from core.errors import Refused
from core.helpdesk import links, many, sorting, team
from core.helpdesk.tables import Ticket

FIRST_LOOK = datetime(2026, 1, 1, tzinfo=UTC)  # nobody looked before


class Chosen(Struct):
    """The numbers that were ticked, or all of the list; the act, and for giving the address of a colleague."""

    item: str | list[str] = ""
    act: str = ""
    to: str = ""
    about: str = ""  # a category
    word: str = ""  # a tag
    all: str = ""
    state: str = ""
    looked: str = ""  # when it was said how many it changes

    @property
    def items(self) -> list[str]:
        """The numbers of what was ticked."""
        return [one for one in ([self.item] if isinstance(self.item, str) else self.item) if one][: many.MOST]

    @property
    def seen(self) -> datetime | None:
        """The instant of the look; None where the form tells none that can be."""
        try:
            at = datetime.fromisoformat(self.looked)
        except ValueError:
            return None
        return at if at.tzinfo is not None and FIRST_LOOK < at <= clock.now() else None


class DeskManyController(Controller):
    """`/{company}/tickets/bulk`."""

    path = "/{company:str}/tickets/bulk"
    guards = (requires("tickets", "work"),)

    @post()
    async def preview(self, request: Web, data: URLEncodedBody[Chosen]) -> Response[str]:
        """How many it would change, before it does."""
        where = standing(request)
        try:
            async with database.reading(where.company):
                meant, to = await _meant(request, data)
                able = many.possible(data.act, by=acting(request).name, to=to)
                number = int(await Ticket.count().where(meant & able))
                whole = int(await Ticket.count().where(meant))
                house, told = await team.team(), to
                if data.act == many.GIVE:
                    told = house[to].called
                elif data.act == many.SORT:
                    language = asker.of(request).language
                    told = next(
                        sorting.name_of(one, language) for one in await sorting.categories() if str(one.id) == to
                    )
                if not number:
                    raise Refused("tickets.none_chosen")
        except Refused as no:
            return await _refused(request, data, no)
        return await page(
            request, "tickets/bulk.html", place=where.place.name, zone=where.zone, company=where.place, given=data,
            looked=clock.now().isoformat(), number=number, left=whole - number, undoable=data.act in many.UNDONE_BY,
            to=told,
        )  # fmt: skip

    @post("/do")
    async def do(self, request: Web, data: URLEncodedBody[Chosen]) -> Response[str]:
        """Do it: a few at once, many with their progress."""
        where, by = standing(request), acting(request)
        try:
            async with database.transaction(where.company):
                meant, to = await _meant(request, data)
                able = many.possible(data.act, by=by.name, to=to, seen=data.seen)
                rows = await Ticket.select(Ticket.id).where(meant & able).order_by(Ticket.id).limit(many.MOST + 1)
                begun = await many.begin(data.act, [row["id"] for row in rows], by=by, to=to)
        except Refused as no:
            return await _refused(request, data, no)
        return await _begun(request, begun)

    @post("/{public:str}/undo")
    async def undo(self, request: Web, public: FromPath[str]) -> Response[str]:
        """Take it back, as far as nobody has changed it since."""
        async with database.transaction(standing(request).company):
            begun = await many.undo(public, by=acting(request))
        if begun is None:
            raise NotFoundException
        return await _begun(request, begun)


async def _begun(request: Web, begun: work.Work) -> Response[str]:
    where = standing(request)
    if begun.total > many.AT_ONCE:
        return Redirect(f"/{where.place.slug}/work/{begun.public}", status_code=303)
    await many.run(where.company, begun.id)
    return Redirect(f"/{where.place.slug}/tickets?did={begun.public}", status_code=303)


async def _meant(request: Web, data: Chosen) -> tuple[Any, str]:
    """Which tickets are meant, and for giving who gets them."""
    where, by = standing(request), acting(request)
    if data.act not in many.ACTS:
        raise Refused("tickets.no_act")
    to = ""
    if data.act == many.GIVE:
        colleague = await team.of_public(data.to)
        if colleague is None:
            raise Refused("tickets.not_at_desk")
        if colleague.blocked:
            raise Refused("tickets.agent_blocked")
        to = colleague.name
    if data.act == many.SORT:
        about = next((one for one in await sorting.categories() if str(one.id) == data.about), None)
        if about is None:
            raise Refused("promise.category_unknown")
        to = str(about.id)
    if data.act == many.TAG:
        to = links.tag_of(data.word)
    if data.all:
        reader = Reader(asker.of(request).language, where.place.zone, by)
        return await desk_queue.condition(await desk_queue.listed(dict(parse_qsl(data.state[:2000])), reader)), to
    return Ticket.number.is_in(data.items or [""]), to


async def _refused(request: Web, data: Chosen, no: Refused) -> Response[str]:
    wrong = refusal(request, no, standing(request).zone)
    return await queue_page(
        request, dict(parse_qsl(data.state[:2000])), status=422, wrong=wrong, ticked=frozenset(data.items)
    )
