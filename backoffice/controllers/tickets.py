"""One ticket of the help desk: its talk and its clocks, and what an agent does with it."""

from collections.abc import Awaitable, Callable, Mapping

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice import asker, tickets_told
from backoffice.asker import Web
from backoffice.guards import acting, requires, standing
from backoffice.rendering import page, refusal
from core import clock, database
from core.accounts.roles import allowed
from core.errors import Refused
from core.helpdesk import tickets
from core.helpdesk.tables import Ticket

DONE = (
    "taken", "released", "answered", "waits", "solved", "noted", "resumed", "calmed",
)  # fmt: skip


class Written(Struct):
    """An answer or a note, the newest message its writer has read, and what is to become of the ticket."""

    words: str = ""
    read: int = 0
    then: str = tickets.OPEN
    draft: str = ""
    seen: str = ""


class Read(Struct):
    """The newest message that was on the page."""

    read: int = 0


class TicketsController(Controller):
    """`/{company}/tickets`."""

    path = "/{company:str}/tickets"
    guards = (requires("tickets", "work"),)

    @get("/{public:str}")
    async def one(self, request: Web, public: FromPath[str], done: FromQuery[str] = "") -> Response[str]:
        """One ticket: what was said, both clocks with their receipt, and the box to answer in."""
        return await _one(request, public, done=done if done in DONE else "")

    @post("/{public:str}/answer")
    async def answer(self, request: Web, public: FromPath[str], data: URLEncodedBody[Written]) -> Response[str]:
        """Send an answer; with it the ticket may wait for its requester, or be solved."""
        then = data.then if data.then in (tickets.WAITING, tickets.RESOLVED) else tickets.OPEN
        done = {tickets.WAITING: "waits", tickets.RESOLVED: "solved"}.get(then, "answered")

        async def act(row: Ticket) -> None:
            await tickets.answer(row, data.words, by=acting(request), read=data.read, then=then)

        return await _do(request, public, act, done, data)

    @post("/{public:str}/note")
    async def note(self, request: Web, public: FromPath[str], data: URLEncodedBody[Written]) -> Response[str]:
        """Write something down for the desk alone."""

        async def act(row: Ticket) -> None:
            await tickets.note(row, data.words, by=acting(request))

        return await _do(request, public, act, "noted", data)

    @post("/{public:str}/take")
    async def take(self, request: Web, public: FromPath[str]) -> Response[str]:
        """Look after it from now on."""
        return await _do(request, public, lambda row: tickets.take(row, by=acting(request)), "taken")

    @post("/{public:str}/release")
    async def release(self, request: Web, public: FromPath[str]) -> Response[str]:
        """Give it back to the queue."""
        return await _do(request, public, lambda row: tickets.release(row, by=acting(request)), "released")

    @post("/{public:str}/resolve")
    async def resolve(self, request: Web, public: FromPath[str], data: URLEncodedBody[Read]) -> Response[str]:
        """Say that it is done, without another word."""
        return await _do(request, public, lambda row: tickets.solve(row, by=acting(request), read=data.read), "solved")

    @post("/{public:str}/resume")
    async def resume(self, request: Web, public: FromPath[str]) -> Response[str]:
        """Wait for its requester no longer."""
        return await _do(request, public, lambda row: tickets.resume(row, by=acting(request)), "resumed")

    @post("/{public:str}/calm")
    async def calm(self, request: Web, public: FromPath[str]) -> Response[str]:
        """Take the mark of a hurry off."""
        return await _do(request, public, lambda row: tickets.calm(row, by=acting(request)), "calmed")


async def _do(
    request: Web, public: str, act: Callable[[Ticket], Awaitable[None]], done: str, typed: Written | None = None
) -> Response[str]:
    """Do something with a ticket, and show it; a rule's no keeps what was typed."""
    where = standing(request)
    try:
        async with database.transaction(where.company):
            row = await tickets.by_public(public)
            if row is None:
                raise NotFoundException
            await act(row)
    except Refused as no:
        status = 409 if no.key == "tickets.newer" else 422
        field = "words" if no.key in ("tickets.words_needed", "tickets.too_long") else ""
        return await _one(request, public, wrong={field: refusal(request, no, where.zone)}, typed=typed, status=status)
    return Redirect(f"/{where.place.slug}/tickets/{public}?done={done}", status_code=303)


async def _one(
    request: Web, public: str, *, done: str = "", wrong: Mapping[str, str] | None = None, typed: Written | None = None,
    status: int = 200,
) -> Response[str]:  # fmt: skip
    where, language = standing(request), asker.of(request).language
    async with database.reading(where.company):
        row = await tickets.by_public(public)
        if row is None:
            raise NotFoundException
        sealed = not allowed(where.place.roles, "attachments", "open")
        told = await tickets_told.ticket(row, language, where.zone, by=acting(request).name, sealed=sealed)
    return await page(
        request, "tickets/ticket.html", status=status, place=where.place.name, zone=where.zone, company=where.place,
        one=told, done=done, wrong=dict(wrong or {}), typed=typed or Written(read=row.last), most=tickets.LONGEST,
        now=clock.now(),
    )  # fmt: skip
