"""The addresses at which a telephone's calendar reads leave: made, changed and ended by whose they are."""

import hashlib
from typing import Any

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from backoffice import asker
from backoffice.asker import Web
from backoffice.guards import acting, requires, standing
from backoffice.portal.chat import zone_of
from backoffice.rendering import page
from core import database, settings
from core.accounts import sign_in
from core.accounts.joining import RESERVED, SLUG
from core.accounts.tables import Company
from core.leave import feed
from core.people.directory import Employee

SUFFIX = ".ics"


class MyCalendarController(Controller):
    """`/me/calendar`."""

    path = "/me/calendar"
    guards = (requires("leave", "own"),)

    @get()
    async def show(self, request: Web) -> Response[str]:
        """Which addresses hold."""
        return await _show(request)

    @post("/{name:str}")
    async def make(self, request: Web, name: FromPath[str]) -> Response[str]:
        """A new address, shown this once."""
        where = standing(request)
        me = _known(name, where.employee)
        async with database.transaction(where.company):
            secret = await feed.make(me, name, actor=acting(request))
        read_in = asker.of(request)
        if read_in.signed is not None:  # chosen in this browser before they signed in: the calendar has no browser
            await sign_in.speak(read_in.signed.account, read_in.language)
        address = f"{settings.current().public_url}/{where.place.slug}/feed/{secret}{SUFFIX}"
        return await _show(request, made=name, address=address)

    @post("/{name:str}/end")
    async def end(self, request: Web, name: FromPath[str]) -> Redirect:
        """Have the address lead nowhere."""
        where = standing(request)
        me = _known(name, where.employee)
        async with database.transaction(where.company):
            await feed.end(me, name, actor=acting(request))
        return Redirect("/me/calendar", status_code=303)


class FeedController(Controller):
    """What a calendar program reads; the address alone says who asks."""

    path = "/{company:str}/feed"

    @get("/{secret:str}")
    async def read(self, request: Web, company: FromPath[str], secret: FromPath[str]) -> Response[Any]:
        """The calendar behind the address, or nothing if it was not changed."""
        if not SLUG.fullmatch(company) or company in RESERVED:
            raise NotFoundException
        async with database.installation(writes=False):
            found = (
                await Company.select(Company.id).where((Company.slug == company) & (Company.kind == "company")).first()
            )
        told = None
        if found is not None and secret.endswith(SUFFIX):
            async with database.reading(found["id"]):
                told = await feed.read(secret.removesuffix(SUFFIX))
        if told is None:
            raise NotFoundException
        tag = f'"{hashlib.sha256(told.encode()).hexdigest()[:32]}"'
        headers = {
            "etag": tag,
            "cache-control": "private, no-cache",
            "content-disposition": 'inline; filename="serambi.ics"',
        }
        if tag in [one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")]:
            return Response(None, status_code=304, headers=headers)
        return Response(told.encode(), media_type="text/calendar", headers=headers)


def _known(kind: str, me: Employee | None) -> Employee:
    if kind not in feed.KINDS or me is None:
        raise NotFoundException
    return me


async def _show(request: Web, *, made: str = "", address: str = "") -> Response[str]:
    where = standing(request)
    me = where.employee
    async with database.reading(where.company):
        offered = await feed.offered(me) if me else {}
    return await page(request, "portal/calendar.html", zone=zone_of(where), offered=offered, made=made, address=address)
