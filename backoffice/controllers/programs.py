"""Tokens of other programs: made with their secret shown once, used when, and ended."""

from collections.abc import Mapping

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice import actors
from backoffice.api.door import AT
from backoffice.asker import Web
from backoffice.guards import acting, requires, standing
from backoffice.rendering import page, refusal, whole
from core import clock, database, settings
from core.errors import Refused
from core.programs import tokens
from core.programs.scopes import SCOPES

FIELDS = {"programs.name_needed": "name", "programs.scope_needed": "scopes", "programs.days_needed": "days"}
USUAL = 90


class Wished(Struct):
    """The form of a new token."""

    name: str = ""
    days: str = str(USUAL)
    scope: str | list[str] = ""

    @property
    def scopes(self) -> list[str]:
        """What was ticked."""
        return [self.scope] if isinstance(self.scope, str) else self.scope


class ProgramsController(Controller):
    """`/{company}/settings/api`."""

    path = "/{company:str}/settings/api"
    guards = (requires("programs", "manage"),)

    @get()
    async def show(self, request: Web, saved: FromQuery[str] = "") -> Response[str]:
        """Every token that stands, with when it was last used; never its secret."""
        return await _show(request, saved=saved)

    @post("/make", status_code=200)
    async def make(self, request: Web, data: URLEncodedBody[Wished]) -> Response[str]:
        """Make one; its secret stands in this answer and nowhere else."""
        where = standing(request)
        try:
            async with database.transaction(where.company):
                made, secret = await tokens.make(
                    data.name[:500], data.scopes, whole(data.days) or 0, by=acting(request)
                )
        except Refused as no:
            wrong = {FIELDS.get(no.key, ""): refusal(request, no, where.zone)}
            return await _show(request, wrong=wrong, typed=data)
        return await _show(request, secret=secret, name=made.name)

    @post("/{public:str}/end")
    async def end(self, request: Web, public: FromPath[str]) -> Response[str]:
        """End one, at once."""
        where = standing(request)
        async with database.transaction(where.company):
            if not await tokens.end(public, by=acting(request)):
                raise NotFoundException
        return Redirect(f"/{where.place.slug}/settings/api?saved=ended", status_code=303)


async def _show(
    request: Web, *, saved: str = "", wrong: Mapping[str, str] | None = None, typed: Wished | None = None,
    secret: str = "", name: str = "",
) -> Response[str]:  # fmt: skip
    where = standing(request)
    async with database.reading(where.company):
        rows = await tokens.every()
        who = await actors.names({one.made_by for one in rows})
    return await page(
        request, "programs/tokens.html", status=422 if wrong else 200, place=where.place.name, company=where.place,
        zone=where.zone, rows=rows, who=who, wrong=dict(wrong or {}), typed=typed or Wished(), now=clock.now(),
        saved=saved if saved == "ended" else "", made=secret, made_name=name, once=bool(secret), every=SCOPES,
        lives=tokens.LIVES, base=f"{settings.current().public_url}{AT}",
    )  # fmt: skip
