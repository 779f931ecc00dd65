"""What is new, by quarter and release, for whoever looks: signed in or not."""

from typing import Any

from litestar import Controller, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from backoffice import asker, markdown
from backoffice.asker import Web
from backoffice.rendering import page
from core import clock, release
from core.notices import feature_rules, releases
from core.notices.releases import Notes
from core.people.directory import DEFAULT_ZONE


class ReleasesController(Controller):
    """`/releases`, `/releases/2026-q4`."""

    opt = {"open": True}  # noqa: RUF012  Litestar's own

    @get("/releases")
    async def newest(self, request: Web) -> Response[str]:
        """The notes of the newest quarter, and the way to the others."""
        found = releases.published(clock.today(DEFAULT_ZONE))
        if not found:
            raise NotFoundException
        return await _show(request, found[0])

    @get("/releases/{quarter:str}")
    async def one(self, request: Web, quarter: FromPath[str]) -> Response[str]:
        """The notes of one quarter."""
        found = releases.of(quarter, clock.today(DEFAULT_ZONE))
        if found is None:
            raise NotFoundException
        return await _show(request, found)

    @get("/rilis")
    async def rilis(self) -> Response[Any]:
        """The same under its Indonesian name."""
        return Redirect("/releases", status_code=303)


async def _show(request: Web, shown: Notes) -> Response[str]:
    language, today = asker.of(request).language, clock.today(DEFAULT_ZONE)
    found = releases.published(today)
    return await page(
        request, "public/releases.html", shown=shown, body=markdown.html(shown.bodies[language]),
        others=[one for one in found if one.quarter != shown.quarter], running=release.number(),
        coming=feature_rules.next_notes(found[0].published) if shown is found[0] else None,
    )  # fmt: skip
