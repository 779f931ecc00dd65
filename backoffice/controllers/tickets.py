"""One ticket of the help desk: its talk and its clocks, and what an agent does with it."""

from litestar import Controller, Response, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from msgspec import Struct

from backoffice.asker import Web
from backoffice.guards import acting, requires, standing
from backoffice.ticket_page import DONE, Read, Written, act_on, shown
from core.helpdesk import handing, holding, mentions, outgoing, tickets
from core.helpdesk.tables import Ticket


class Held(Struct):
    """Who had it when the page was drawn; empty where nobody had."""

    held: str = ""


class TicketsController(Controller):
    """`/{company}/tickets`."""

    path = "/{company:str}/tickets"
    guards = (requires("tickets", "work"),)

    @get("/{public:str}")
    async def one(self, request: Web, public: FromPath[str], done: FromQuery[str] = "") -> Response[str]:
        """One ticket: what was said, both clocks with their receipt, and the box to answer in."""
        return await shown(request, public, done=done if done in DONE else "")

    @post("/{public:str}/answer")
    async def answer(self, request: Web, public: FromPath[str], data: URLEncodedBody[Written]) -> Response[str]:
        """Send an answer; with it the ticket may wait for its requester, or be solved."""
        then = data.then if data.then in (tickets.WAITING, tickets.RESOLVED, handing.HAND_BACK) else tickets.OPEN
        done = {tickets.WAITING: "waits", tickets.RESOLVED: "solved", handing.HAND_BACK: "handed"}.get(then, "answered")

        async def act(row: Ticket) -> None:
            if data.undo:  # the page offers to take it back
                await outgoing.hold(row, data.words, by=acting(request), read=data.read, then=then)
            else:
                await tickets.answer(row, data.words, by=acting(request), read=data.read, then=then)
                if then == handing.HAND_BACK:
                    await handing.hand_back(row, by=acting(request))

        return await act_on(request, public, act, "leaves" if data.undo else done, data)

    @post("/{public:str}/note")
    async def note(self, request: Web, public: FromPath[str], data: URLEncodedBody[Written]) -> Response[str]:
        """Write something down for the desk alone."""

        async def act(row: Ticket) -> None:
            await mentions.note(row, data.words, by=acting(request), writer=standing(request).person)

        return await act_on(request, public, act, "noted", data)

    @post("/{public:str}/take")
    async def take(self, request: Web, public: FromPath[str], data: URLEncodedBody[Held]) -> Response[str]:
        """Look after it from now on; out of a colleague's hands only where the page said that it is theirs."""
        return await act_on(request, public, lambda row: holding.take(row, by=acting(request), held=data.held), "taken")

    @post("/{public:str}/release")
    async def release(self, request: Web, public: FromPath[str]) -> Response[str]:
        """Give it back to the queue."""
        return await act_on(request, public, lambda row: tickets.release(row, by=acting(request)), "released")

    @post("/{public:str}/resolve")
    async def resolve(self, request: Web, public: FromPath[str], data: URLEncodedBody[Read]) -> Response[str]:
        """Say that it is done, without another word."""
        return await act_on(
            request, public, lambda row: tickets.solve(row, by=acting(request), read=data.read), "solved"
        )

    @post("/{public:str}/resume")
    async def resume(self, request: Web, public: FromPath[str]) -> Response[str]:
        """Wait for its requester no longer."""
        return await act_on(request, public, lambda row: tickets.resume(row, by=acting(request)), "resumed")

    @post("/{public:str}/calm")
    async def calm(self, request: Web, public: FromPath[str]) -> Response[str]:
        """Take the mark of a hurry off."""
        return await act_on(request, public, lambda row: tickets.calm(row, by=acting(request)), "calmed")
