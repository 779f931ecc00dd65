"""The help desk: what waits for an answer, each ticket with its talk and its clocks, and what an agent does with it."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice import asker, listing, tickets_told
from backoffice.asker import Web
from backoffice.exports import Reader
from backoffice.guards import acting, requires, standing
from backoffice.listing import Filter, Head, Listing
from backoffice.rendering import page, refusal
from core import clock, database
from core.accounts.roles import allowed
from core.errors import Refused
from core.helpdesk import tickets
from core.helpdesk.tables import Ticket
from core.people import named
from core.people.tables import Employment
from core.phrases import phrase

MINE, UNTAKEN, OPEN, WAITING, RESOLVED, CLOSED = "mine", "untaken", "open", "waiting", "resolved", "closed"
SHOWN = (OPEN, MINE, UNTAKEN, WAITING, RESOLVED, CLOSED)
DONE = (
    "taken", "released", "answered", "waits", "solved", "noted", "resumed", "calmed",
)  # fmt: skip
HEADS = (
    Head("number", "desk.number", by=Ticket.id),
    Head("subject", "desk.subject", shape="wide"),
    Head("who", "desk.requester"),
    Head("agent", "desk.agent", shape="left-out"),
    Head("next_at", "desk.target", by=Ticket.next_at, shape="end"),
)


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

    @get()
    async def show(self, request: Web, done: FromQuery[str] = "") -> Response[str]:
        """The queue, what is due first at the top."""
        where, language, by = standing(request), asker.of(request).language, acting(request).name
        async with database.reading(where.company):
            listed = _listed(listing.asked(request), Reader(language, where.zone))
            found = listed.cut(await listed.page(Ticket.select().where(await _wanted(listed, by))))
            counts = await tickets_told.counts(by)
            rows = await tickets_told.rows(found, language, where.zone)
        return await page(
            request, "tickets/index.html", place=where.place.name, zone=where.zone, company=where.place, list=listed,
            rows=rows, counts=counts, done=done if done in DONE else "", now=clock.now(),
        )  # fmt: skip

    @post("/next")
    async def take_next(self, request: Web) -> Response[str]:
        """Take what is due first and nobody looks after."""
        where = standing(request)
        async with database.transaction(where.company):
            row = await tickets.take_next(by=acting(request))
        if row is None:
            return Redirect(f"/{where.place.slug}/tickets?show={UNTAKEN}", status_code=303)
        return Redirect(f"/{where.place.slug}/tickets/{row.public}?done=taken", status_code=303)

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


def _listed(asked: Mapping[str, str], reader: Reader) -> Listing:
    show = {one: phrase(f"desk.show_{one}", reader.language) for one in SHOWN}
    filters = (
        Filter("show", "desk.show", show, OPEN, pills=True), Filter("number", "desk.number"),
        Filter("employee", "desk.requester", people=True),
    )  # fmt: skip
    return listing.read(asked, HEADS, filters, key=Ticket.id, default="next_at")


async def _wanted(listed: Listing, by: str) -> Any:
    shown: dict[str, Any] = {
        OPEN: Ticket.state.is_in(list(tickets.UNSOLVED)),
        MINE: Ticket.state.is_in(list(tickets.UNSOLVED)) & (Ticket.agent == by),
        UNTAKEN: Ticket.state.is_in(list(tickets.UNSOLVED)) & Ticket.agent.is_null(),
        WAITING: Ticket.state == tickets.WAITING,
        RESOLVED: Ticket.state == tickets.RESOLVED,
        CLOSED: Ticket.state == tickets.CLOSED,
    }
    wanted = shown[listed["show"]]
    if listed["number"]:
        row = await tickets.of_number(listed["number"])
        wanted = Ticket.id == (row.id if row is not None else 0)
    if listed["employee"]:
        spells = await named.spells(listed["employee"])
        people = await Employment.select(Employment.person).where(Employment.id.is_in(list(spells) or [0]))
        wanted = wanted & Ticket.person.is_in([one["person"] for one in people] or [0])
    return wanted
