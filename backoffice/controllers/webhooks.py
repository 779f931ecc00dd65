"""Programs that are told what happens: their addresses, what was sent there, and how it was taken."""

from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import urlsplit

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice import actors
from backoffice.asker import Web
from backoffice.controllers.programs import ProgramsController
from backoffice.guards import acting, requires, standing
from backoffice.rendering import page, refusal
from core import database
from core.audit import Actor
from core.errors import Refused
from core.programs import webhooks
from core.programs.happenings import KINDS
from core.programs.webhooks import Opened

FIELDS = {"webhooks.kind_needed": "kinds"} | {
    f"webhooks.{one}": "address" for one in ("wrong_address", "https_needed", "wrong_port", "inside")
}
SAVED = ("changed", "ping", "paused", "resumed", "again", "ended")


class Wished(Struct):
    """The form of a new address, or of what one is told."""

    address: str = ""
    kind: str | list[str] = ""

    @property
    def kinds(self) -> list[str]:
        """What was ticked."""
        return [self.kind] if isinstance(self.kind, str) else self.kind


class Again(Struct):
    """Which delivery is sent again."""

    event: str = ""


class WebhooksController(Controller):
    """`/{company}/settings/webhooks`."""

    path = "/{company:str}/settings/webhooks"
    guards = (requires("programs", "manage"),)

    @get()
    async def every(self, request: Web, saved: FromQuery[str] = "") -> Response[str]:
        """Every address, and the form of a new one."""
        return await _every(request, saved=saved)

    @post("/make", status_code=200)
    async def make(self, request: Web, data: URLEncodedBody[Wished]) -> Response[str]:
        """Add one; its secret stands in this answer and nowhere else."""
        where = standing(request)
        try:
            async with database.transaction(where.company):
                made, secret = await webhooks.make(data.address[:1000], data.kinds, by=acting(request))
        except Refused as no:
            wrong = {FIELDS.get(no.key, ""): refusal(request, no, where.zone)}
            return await _every(request, wrong=wrong, typed=data)
        return await _one(request, made.public, secret=secret)

    @get("/{public:str}")
    async def one(self, request: Web, public: FromPath[str], saved: FromQuery[str] = "") -> Response[str]:
        """One address with what was sent there last."""
        return await _one(request, public, saved=saved)

    @post("/{public:str}/change")
    async def change(self, request: Web, public: FromPath[str], data: URLEncodedBody[Wished]) -> Response[str]:
        """Have it told other things."""
        return await _done(request, public, "changed", lambda by: webhooks.change(public, data.kinds, by=by))

    @post("/{public:str}/rotate", status_code=200)
    async def rotate(self, request: Web, public: FromPath[str]) -> Response[str]:
        """Give it a new secret, which stands in this answer and nowhere else."""
        where = standing(request)
        try:
            async with database.transaction(where.company):
                secret = await webhooks.rotate(public, by=acting(request))
        except Refused:
            raise NotFoundException from None
        return await _one(request, public, secret=secret, rotated=True)

    @post("/{public:str}/pause")
    async def pause(self, request: Web, public: FromPath[str]) -> Response[str]:
        """Keep what happens for later."""
        return await _done(request, public, "paused", lambda by: webhooks.pause(public, by=by))

    @post("/{public:str}/resume")
    async def resume(self, request: Web, public: FromPath[str]) -> Response[str]:
        """Tell it again."""
        return await _done(request, public, "resumed", lambda by: webhooks.resume(public, by=by))

    @post("/{public:str}/ping")
    async def ping(self, request: Web, public: FromPath[str]) -> Response[str]:
        """Send it a test."""
        return await _done(request, public, "ping", lambda by: webhooks.ping(public, by=by))

    @post("/{public:str}/again")
    async def again(self, request: Web, public: FromPath[str], data: URLEncodedBody[Again]) -> Response[str]:
        """Send it something once more."""
        return await _done(request, public, "again", lambda by: webhooks.again(public, data.event[:40], by=by))

    @post("/{public:str}/end")
    async def end(self, request: Web, public: FromPath[str]) -> Response[str]:
        """Remove it."""
        where = standing(request)
        try:
            async with database.transaction(where.company):
                await webhooks.end(public, by=acting(request))
        except Refused:
            raise NotFoundException from None
        return Redirect(f"{_here(request)}?saved=ended", status_code=303)


def _here(request: Web) -> str:
    return f"/{standing(request).place.slug}/settings/webhooks"


async def _done(request: Web, public: str, saved: str, do: Callable[[Actor], Awaitable[None]]) -> Response[str]:
    where = standing(request)
    try:
        async with database.transaction(where.company):
            await do(acting(request))
    except Refused as no:
        if no.key == "webhooks.none_such":
            raise NotFoundException from None
        wrong = {FIELDS.get(no.key, ""): refusal(request, no, where.zone)}
        return await _one(request, public, wrong=wrong)
    return Redirect(f"{_here(request)}/{public}?saved={saved}", status_code=303)


async def _every(
    request: Web, *, saved: str = "", wrong: Mapping[str, str] | None = None, typed: Wished | None = None
) -> Response[str]:
    where = standing(request)
    async with database.reading(where.company):
        rows, waiting = await webhooks.every(), await webhooks.waiting()
    return await page(
        request, "programs/webhooks.html", status=422 if wrong else 200, place=where.place.name, company=where.place,
        zone=where.zone, rows=rows, waiting=waiting, wrong=dict(wrong or {}), typed=typed or Wished(), every=KINDS,
        saved=saved if saved in SAVED else "",
    )  # fmt: skip


async def _one(
    request: Web, public: str, *, saved: str = "", secret: str = "", rotated: bool = False,
    wrong: Mapping[str, str] | None = None,
) -> Response[str]:  # fmt: skip
    where = standing(request)
    async with database.reading(where.company):
        found = await webhooks.by_public(public) if len(public) <= 22 else None
        if found is None:
            raise NotFoundException
        sent = await webhooks.deliveries(found.row.id)
        who = await actors.names({found.row.made_by})
    return await page(
        request, "programs/webhook.html", status=422 if wrong else 200, place=where.place.name, company=where.place,
        zone=where.zone, one=found, sent=sent, who=who, wrong=dict(wrong or {}), every=KINDS, made=secret,
        rotated=rotated, once=bool(secret), saved=saved if saved in SAVED else "", path=_path(found),
    )  # fmt: skip


def _path(one: Opened) -> str:
    """The address as far as it may stand on a page: what follows `?` may be a secret of the program's."""
    parts = urlsplit(one.address)
    return f"{parts.scheme}://{parts.netloc}{parts.path}" + ("?…" if parts.query else "")


CONTROLLERS = (ProgramsController, WebhooksController)
