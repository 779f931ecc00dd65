"""One's own tickets: what was asked and answered, until when an answer is promised and why, and writing more."""

from collections.abc import Mapping

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice import asker, desk_queue, tickets_told
from backoffice.asker import Web
from backoffice.guards import acting, requires, standing
from backoffice.portal.chat import zone_of
from backoffice.rendering import page, refusal
from core import database
from core.errors import Refused
from core.helpdesk import belongs, moving, terms, tickets
from core.helpdesk.tables import Ticket
from core.messaging.outbox import WEB, Address

MOST = 100
DONE = ("opened", "added", "closed", "file", "shared_yes", "shared_no", "claimed")


class Asked(Struct):
    """What somebody writes to the desk."""

    words: str = ""
    dispute: str = ""


class MyTicketsController(Controller):
    """`/me/tickets`."""

    path = "/me/tickets"
    guards = (requires("tickets", "own"),)

    @get()
    async def show(self, request: Web, words: FromQuery[str] = "") -> Response[str]:
        """All of one's own, and the box to ask something new, with the words that found no answer elsewhere."""
        return await _list(request, typed=Asked(words[: tickets.LONGEST]))

    @post()
    async def ask(self, request: Web, data: URLEncodedBody[Asked]) -> Response[str]:
        """Ask the desk something; the answer comes to this page and to the chat of the portal."""
        where = standing(request)
        assert where.employee is not None
        here = Address(WEB, WEB, str(where.employee.person), where.employee.person)
        try:
            async with database.transaction(where.company):
                kind = terms.DISPUTE if data.dispute else terms.QUESTION
                told = await tickets.submit(where.employee, data.words, address=here, by=acting(request), kind=kind)
        except Refused as no:
            return await _list(request, wrong={"words": refusal(request, no, zone_of(where))}, typed=data, status=422)
        return Redirect(f"/me/tickets/{told.ticket.public}?done=opened", status_code=303)

    @get("/{public:str}")
    async def one(self, request: Web, public: FromPath[str], done: FromQuery[str] = "") -> Response[str]:
        """One ticket, without what the desk notes for itself."""
        return await shown(request, public, done=done if done in DONE else "")

    @post("/{public:str}/add")
    async def add(self, request: Web, public: FromPath[str], data: URLEncodedBody[Asked]) -> Response[str]:
        """Write more."""
        try:
            async with database.transaction(standing(request).company):
                await tickets.write(await _mine(request, public), data.words, by=acting(request))
        except Refused as no:
            told = refusal(request, no, zone_of(standing(request)))
            return await shown(request, public, wrong={"words": told}, typed=data, status=422)
        return Redirect(f"/me/tickets/{public}?done=added", status_code=303)

    @post("/{public:str}/share/{name:str}")
    async def share(self, request: Web, public: FromPath[str], name: FromPath[str]) -> Response[str]:
        """Say whether the words that were shown may go to the operator."""
        if name not in ("yes", "no"):
            raise NotFoundException
        try:
            async with database.transaction(standing(request).company):
                row = await moving.open_of(await _mine(request, public))
                if row is None:
                    raise Refused("moves.over")
                await (moving.agree if name == "yes" else moving.decline)(row, by=acting(request))
        except Refused as no:
            return await shown(
                request, public, wrong={"": refusal(request, no, zone_of(standing(request)))}, status=409
            )
        return Redirect(f"/me/tickets/{public}?done=shared_{name}", status_code=303)

    @post("/{public:str}/close")
    async def close(self, request: Web, public: FromPath[str]) -> Response[str]:
        """It is done, or needed no longer."""
        async with database.transaction(standing(request).company):
            await tickets.close(await _mine(request, public), by=acting(request))
        return Redirect(f"/me/tickets/{public}?done=closed", status_code=303)


async def _mine(request: Web, public: str) -> Ticket:
    row = await tickets.by_public(public)
    if row is None or not await belongs.is_of(row, standing(request).person):
        raise NotFoundException
    return row


async def _list(
    request: Web, *, wrong: Mapping[str, str] | None = None, typed: Asked | None = None, status: int = 200
) -> Response[str]:
    where, language = standing(request), asker.of(request).language
    async with database.reading(where.company):
        mine = Ticket.select(*desk_queue.columns()).where(await belongs.mine(where.person))
        found = await mine.order_by(Ticket.id, ascending=False).limit(MOST)
        rows = await desk_queue.rows(found, language, zone_of(where), where.place.zone)
    return await page(
        request, "portal/tickets.html", status=status, rows=rows, zone=zone_of(where), wrong=dict(wrong or {}),
        typed=typed or Asked(), most=tickets.LONGEST,
    )  # fmt: skip


async def shown(
    request: Web, public: str, *, done: str = "", wrong: Mapping[str, str] | None = None, typed: Asked | None = None,
    status: int = 200,
) -> Response[str]:  # fmt: skip
    """The page of one's own ticket, with what is wrong in its forms."""
    where, language = standing(request), asker.of(request).language
    async with database.reading(where.company):
        row = await _mine(request, public)
        told = await tickets_told.ticket(row, language, zone_of(where), by=acting(request).name, inside=False)
        move = await moving.open_of(row)
        move = move if move is not None and move.state == moving.ASKED else None
        move_words = moving.words_of(move) if move is not None else ""
        into = await Ticket.objects().where(Ticket.id == (row.merged_into or 0)).first()
    return await page(
        request, "portal/ticket.html", status=status, one=told, into=into, move=move,
        move_words=move_words, done=done, zone=zone_of(where), wrong=dict(wrong or {}),
        typed=typed or Asked(), most=tickets.LONGEST,
    )  # fmt: skip
