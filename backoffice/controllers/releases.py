"""The news of each quarter at the operator's: counted, sent and taken back."""

from collections.abc import Awaitable, Callable

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from backoffice import markdown
from backoffice.asker import Web
from backoffice.guards import acting, requires, standing
from backoffice.rendering import page, refusal
from core import clock, database
from core.accounts.roles import allowed
from core.errors import Refused
from core.notices import release_told, releases
from core.notices.releases import Notes
from core.people.directory import DEFAULT_ZONE
from core.phrases import LANGUAGES

DONE = ("counted", "sent", "taken")  # what is counted and sent is seen by its progress
CHATS = ("slack", "telegram", "whatsapp", "web")


class ReleaseNewsController(Controller):
    """`/operator/releases`."""

    path = "/{company:str}/releases"
    guards = (requires("releases", "read"),)

    @get()
    async def show(self, request: Web) -> Response[str]:
        """The quarters, the newest first, and how the news of each stands."""
        where = standing(request)
        async with database.reading(where.company):
            rows = [
                (one, await release_told.standing(one.quarter)) for one in releases.published(clock.today(where.zone))
            ]
        return await page(
            request, "operator/releases.html", place=where.place.name, zone=where.zone, company=where.place, rows=rows
        )

    @get("/{quarter:str}")
    async def one(self, request: Web, quarter: FromPath[str], done: FromQuery[str] = "") -> Response[str]:
        """One quarter: what would be sent in either language, to how many by which channel, and how far it is."""
        return await _one(request, quarter, done=done if done in DONE else "")

    @post("/{quarter:str}/count", guards=[requires("releases", "publish")])
    async def count(self, request: Web, quarter: FromPath[str]) -> Response[str]:
        """Count who would get it; nobody is told anything."""
        return await _do(request, quarter, release_told.count, "counted")

    @post("/{quarter:str}/send", guards=[requires("releases", "publish")])
    async def send(self, request: Web, quarter: FromPath[str]) -> Response[str]:
        """Send it to those who want it and have not had it."""
        return await _do(request, quarter, release_told.send, "sent")

    @post("/{quarter:str}/back", guards=[requires("releases", "publish")])
    async def back(self, request: Web, quarter: FromPath[str]) -> Response[str]:
        """Take back what has not left."""
        return await _do(request, quarter, release_told.take_back, "taken")


Verb = Callable[..., Awaitable[None]]


async def _do(request: Web, quarter: str, verb: Verb, done: str) -> Response[str]:
    where, notes, by = standing(request), _notes(quarter), acting(request)
    try:
        await verb(notes, by=by)
    except Refused as no:
        return await _one(request, quarter, wrong=refusal(request, no, where.zone))
    return Redirect(f"/{where.place.slug}/releases/{notes.quarter.lower()}?done={done}", status_code=303)


def _notes(quarter: str) -> Notes:
    found = releases.of(quarter, clock.today(DEFAULT_ZONE))
    if found is None:
        raise NotFoundException
    return found


async def _one(request: Web, quarter: str, *, done: str = "", wrong: str = "") -> Response[str]:
    where, notes = standing(request), _notes(quarter)
    async with database.reading(where.company):
        stands = await release_told.standing(notes.quarter)
    return await page(
        request, "operator/release.html", status=409 if wrong else 200, place=where.place.name, zone=where.zone,
        company=where.place, notes=notes, stands=stands, done=done, wrong={"": wrong} if wrong else {},
        said=[(one, release_told.words(notes, one), markdown.html(notes.bodies[one])) for one in LANGUAGES],
        may_send=allowed(where.place.roles, "releases", "publish"), chats=CHATS,
    )  # fmt: skip


CONTROLLERS: tuple[type[Controller], ...] = (ReleaseNewsController,)
