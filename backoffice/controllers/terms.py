"""How the desk's promise is read and what it aims at, by priority; what tickets are sorted by; and both on a ticket."""

from typing import Any

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice import asker, terms_told
from backoffice.asker import Web
from backoffice.guards import acting, requires, standing
from backoffice.rendering import Number, page, refusal, whole
from backoffice.ticket_page import Event, Written, act_on
from core import database
from core.errors import Refused
from core.helpdesk import settling, sorting, terms, tickets
from core.helpdesk.tables import Ticket
from core.helpdesk.terms import Terms

DONE = ("saved", "added", "ended", "filled")


class Typed(Struct):
    """The terms as they were typed; `look` asks only what they would say."""

    reading: str = ""
    promised_normal: str = ""
    promised_high: str = ""
    promised_top: str = ""
    aimed_normal: str = ""
    aimed_high: str = ""
    aimed_top: str = ""
    why: str = ""
    held: str = "0"
    look: str = ""


class Category(Struct):
    """A category to be offered."""

    name: str = ""
    name_en: str = ""


class Picked(Struct):
    """What the desk says of a ticket."""

    priority: str = ""
    category: str = ""


class Settled(Struct):
    """The outcome of a dispute with its reasons, and the newest message its writer has read."""

    outcome: str = ""
    words: str = ""
    read: Event = 0


class TermsController(Controller):
    """`/{company}/settings/desk`."""

    path = "/{company:str}/settings/desk"
    guards = (requires("desk", "terms"),)

    @get()
    async def show(self, request: Web, done: FromQuery[str] = "") -> Response[str]:
        """What holds, what each reading would say on Friday at four, and the categories."""
        return await _show(request, done=done if done in DONE else "")

    @post()
    async def save(self, request: Web, data: URLEncodedBody[Typed]) -> Response[str]:
        """Have other terms hold for what is asked from now on; with `look`, only show what they would say."""
        where = standing(request)
        wanted = _read(data)
        if data.look and data.reading in terms.READINGS and _sound(wanted):
            return await _show(request, typed=wanted, why=data.why)
        try:
            async with database.transaction(where.company):
                seen = whole(data.held) or 0
                await terms.choose(
                    data.reading, wanted.promised, wanted.aimed, why=data.why, seen=seen, by=acting(request)
                )  # fmt: skip
        except Refused as no:
            status = 409 if no.key == "promise.saved_since" else 422
            wrong = {"": refusal(request, no, where.place.zone)}
            return await _show(
                request, typed=wanted if _sound(wanted) else None, why=data.why, wrong=wrong, status=status
            )  # fmt: skip
        return Redirect(f"/{where.place.slug}/settings/desk?done=saved", status_code=303)

    @post("/categories")
    async def add(self, request: Web, data: URLEncodedBody[Category]) -> Response[str]:
        """Offer another category."""
        where = standing(request)
        try:
            async with database.transaction(where.company):
                await sorting.add(data.name, data.name_en, by=acting(request))
        except Refused as no:
            return await _show(request, wrong={"name": refusal(request, no, where.place.zone)}, status=422)
        return Redirect(f"/{where.place.slug}/settings/desk?done=added", status_code=303)

    @post("/categories/usual")
    async def fill(self, request: Web) -> Redirect:
        """Offer the usual ones, where there never were any."""
        where = standing(request)
        async with database.transaction(where.company):
            await sorting.fill(by=acting(request))
        return Redirect(f"/{where.place.slug}/settings/desk?done=filled", status_code=303)

    @post("/categories/{number:int}/end")
    async def end(self, request: Web, number: Number) -> Redirect:
        """Offer it no longer."""
        where = standing(request)
        try:
            async with database.transaction(where.company):
                await sorting.end(number, by=acting(request))
        except LookupError:
            raise NotFoundException from None
        return Redirect(f"/{where.place.slug}/settings/desk?done=ended", status_code=303)


class SortingController(Controller):
    """What the desk says of one ticket: how much it presses, and what it is about."""

    path = "/{company:str}/tickets/{public:str}/sorting"
    guards = (requires("tickets", "work"),)

    @post()
    async def sort(self, request: Web, public: FromPath[str], data: URLEncodedBody[Picked]) -> Redirect:
        """Keep both; what is not offered is left as it was."""
        where = standing(request)
        async with database.transaction(where.company):
            row = await tickets.by_public(public)
            if row is None:
                raise NotFoundException
            done = await _sort(request, row, data)
        return Redirect(f"/{where.place.slug}/tickets/{public}{done}", status_code=303)


class SettlingController(Controller):
    """How a dispute ends."""

    path = "/{company:str}/tickets/{public:str}/settling"
    guards = (requires("tickets", "work"),)

    @post()
    async def settle(self, request: Web, public: FromPath[str], data: URLEncodedBody[Settled]) -> Response[str]:
        """Tell and keep the outcome; a rule's no is told above the ticket."""

        async def act(row: Ticket) -> None:
            await settling.settle(row, data.outcome, data.words, by=acting(request), read=data.read)

        return await act_on(request, public, act, "solved", Written(data.words, data.read))


async def _sort(request: Web, row: Ticket, data: Picked) -> str:
    category = whole(data.category)
    try:
        await sorting.rank(row, data.priority, by=acting(request))
        await sorting.sort(row, category, by=acting(request))
    except Refused:
        return ""  # the form offers only what there is; a page that is older shows what is so now
    return "?done=sorted"


async def _show(
    request: Web, *, done: str = "", typed: Terms | None = None, why: str = "", wrong: dict[str, str] | None = None,
    status: int = 200,
) -> Response[str]:  # fmt: skip
    where, language = standing(request), asker.of(request).language
    async with database.reading(where.company):
        facts: dict[str, Any] = await terms_told.page_facts(await terms.now(), typed, language, where.place.zone)
        every = await sorting.categories(ended=True)
    offered = [(one.id, sorting.name_of(one, language)) for one in every if one.ended_at is None]
    return await page(
        request, "settings_promise.html", status=status, place=where.place.name, zone=where.place.zone,
        company=where.place, done=done, wrong=wrong or {}, why=why, offered=offered, never=not every,
        previewed=typed is not None, least=terms.LEAST, most=terms.MOST, **facts,
    )  # fmt: skip


def _read(data: Typed) -> Terms:
    promised = {one: _number(getattr(data, f"promised_{one}")) for one in terms.PRIORITIES}
    aimed = {one: _number(getattr(data, f"aimed_{one}")) for one in terms.PRIORITIES}
    return Terms(0, data.reading, promised, aimed)


def _sound(some: Terms) -> bool:
    numbers = (*some.promised.values(), *some.aimed.values())
    return some.reading in terms.READINGS and all(terms.LEAST <= one <= terms.MOST for one in numbers)


def _number(told: str) -> int:
    return whole(told, 9_999) or 0
