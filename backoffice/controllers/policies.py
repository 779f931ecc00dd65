"""The company's word on the terms and the privacy policy: what waits for it, and what was accepted when and by whom."""

from litestar import Controller, Response, get, post
from litestar.params import FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice import actors, asker, markdown
from backoffice.asker import Web
from backoffice.guards import acting, requires, standing
from backoffice.rendering import page, refusal
from core import clock, database
from core.errors import Refused
from core.people.directory import DEFAULT_ZONE
from core.privacy import policies


class Yes(Struct):
    """Which version is accepted."""

    kind: str = ""
    version: str = ""


class PolicyController(Controller):
    """`/{company}/settings/terms`."""

    path = "/{company:str}/settings/terms"
    guards = (requires("terms", "accept"),)

    @get()
    async def show(self, request: Web, done: FromQuery[str] = "") -> Response[str]:
        """What waits, word by word, and what was accepted."""
        return await _show(request, done=done == "accepted")

    @post()
    async def accept(self, request: Web, data: URLEncodedBody[Yes]) -> Response[str]:
        """Accept one by name."""
        where, told = standing(request), data.version
        number = int(told) if told.isascii() and told.isdigit() and len(told) < 5 else 0
        try:
            async with database.transaction(where.company):
                await policies.accept(
                    data.kind, number, language=asker.of(request).language, by=acting(request),
                    on=clock.today(DEFAULT_ZONE),
                )  # fmt: skip
        except Refused as no:
            return await _show(request, wrong={"": refusal(request, no, where.place.zone)}, status=422)
        return Redirect(f"/{where.place.slug}/settings/terms?done=accepted", status_code=303)


async def _show(
    request: Web, *, done: bool = False, wrong: dict[str, str] | None = None, status: int = 200
) -> Response[str]:
    where, language = standing(request), asker.of(request).language
    async with database.reading(where.company):
        waiting = await policies.to_accept(clock.today(DEFAULT_ZONE))
        accepted = [one for kind in policies.KINDS for one in await policies.accepted(kind)]
        by = await actors.names({one.by for one in accepted})
    return await page(
        request, "settings_terms.html", status=status, place=where.place.name, zone=where.place.zone,
        company=where.place, done=done, wrong=wrong or {}, accepted=accepted, by=by,
        waiting=[(one, markdown.html(one.bodies[language])) for one in waiting],
    )  # fmt: skip
