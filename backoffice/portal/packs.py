"""One's own pack: everything held about me, to be fetched; and the secret address for who cannot sign in any more."""

from typing import Any

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from backoffice import asker
from backoffice.asker import Web
from backoffice.controllers.attachments import HEADERS
from backoffice.guards import acting, requires, standing
from backoffice.portal.chat import zone_of
from backoffice.rendering import page, refusal
from core import database
from core.accounts import taking
from core.audit import Actor
from core.errors import Refused
from core.privacy import packs
from core.privacy.packs import Fetched

WHOEVER_HAS_IT = Actor("link", "web")


class MyPackController(Controller):
    """`/me/data/pack`."""

    path = "/me/data/pack"
    guards = (requires("data", "own"),)

    @get()
    async def show(self, request: Web) -> Response[str]:
        """Where my pack stands."""
        return await _mine(request)

    @post()
    async def ask(self, request: Web) -> Redirect:
        """Have one made, or go on with the one there is."""
        where = standing(request)
        async with database.transaction(where.company):
            await packs.make_pack(where.person or 0, by=acting(request))
        return Redirect("/me/data/pack", status_code=303)

    @post("/password", status_code=200)
    async def password(self, request: Web) -> Response[str]:
        """Show the password, this once."""
        where = standing(request)
        try:
            async with database.transaction(where.company):
                row = await packs.newest(where.person or 0)
                told = await packs.password(row.public if row else "", by=acting(request), person=where.person)
        except Refused as no:
            return await _mine(request, wrong=refusal(request, no, zone_of(where)), status=422)
        return await _mine(request, once=told)

    @post("/file", status_code=200)
    async def file(self, request: Web) -> Response[Any]:
        """Fetch it, which is counted."""
        where = standing(request)
        try:
            await taking.claim(taking.FILES, where.company, acting(request).name)
            async with database.transaction(where.company):
                row = await packs.newest(where.person or 0)
                found = await packs.fetch(row.public if row else "", by=acting(request), person=where.person)
        except Refused as no:
            return await _mine(request, wrong=refusal(request, no, zone_of(where)), status=422)
        return _saved(found)


class PackLinkController(Controller):
    """`/d/<secret>`: looking at the page takes nothing; fetching is a press."""

    path = "/d"

    @get("/{secret:str}")
    async def show(self, request: Web, secret: FromPath[str]) -> Response[str]:
        """That there is something to fetch, and how it opens."""
        found = await packs.by_link(secret[:100])
        return await page(request, "public/pack.html", secret=secret if found else "")

    @post("/{secret:str}", status_code=200)
    async def fetch(self, request: Web, secret: FromPath[str]) -> Response[Any]:
        """Fetch it, which is counted."""
        found = await packs.by_link(secret[:100])
        if found is None:
            raise NotFoundException
        company, public = found
        try:
            async with database.transaction(company):
                fetched = await packs.fetch(public, by=WHOEVER_HAS_IT)
        except Refused:
            raise NotFoundException from None
        return _saved(fetched)


def _saved(found: Fetched) -> Response[bytes]:
    head = {**HEADERS, "content-disposition": f'attachment; filename="{found.name}"'}
    return Response(found.raw, media_type="application/zip", headers=head)


async def _mine(request: Web, *, once: str = "", wrong: str = "", status: int = 200) -> Response[str]:
    where = standing(request)
    async with database.reading(where.company):
        row = await packs.newest(where.person or 0)
    return await page(
        request, "portal/pack.html", status=status, row=row, ready=row is not None and packs.can_be_fetched(row),
        left=packs.MOST - row.fetched if row else 0, once=once, wrong=wrong, zone=zone_of(where),
        company=where.place, language_of=asker.of(request).language,
    )  # fmt: skip


CONTROLLERS = (MyPackController, PackLinkController)
