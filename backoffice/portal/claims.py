"""A ticket that came by mail or by the public form, made one's own: by signing in, and by its number and secret."""

from collections.abc import Mapping

from litestar import Controller, Response, get, post
from litestar.params import URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice.asker import Web
from backoffice.controllers.session import claimed
from backoffice.guards import acting, requires, standing
from backoffice.portal.chat import zone_of
from backoffice.rendering import page, refusal
from core import database
from core.accounts import addresses
from core.errors import Refused
from core.helpdesk import claims, reports


class Proof(Struct):
    """What only whoever asked was sent."""

    number: str = ""
    secret: str = ""


class ClaimsController(Controller):
    """`/me/tickets/claim`."""

    path = "/me/tickets/claim"
    guards = (requires("tickets", "own"),)

    @get()
    async def form(self, request: Web) -> Response[str]:
        """Where number and secret are written."""
        return await _form(request, "")

    @post()
    async def claim(self, request: Web, data: URLEncodedBody[Proof]) -> Response[str]:
        """Tie it to whoever is signed in."""
        where = standing(request)
        assert where.employee is not None
        tried = await claimed(request)
        try:
            company, ticket = await reports.found(data.number[:20], data.secret[:80])
            if company != where.company:
                raise Refused("publicform.not_found")
            await addresses.give_back(tried)
            async with database.transaction(where.company):
                row = await claims.claim(where.employee, ticket, by=acting(request))
        except Refused as no:
            return await _form(request, data.number[:20], wrong={"secret": refusal(request, no, zone_of(where))})
        return Redirect(f"/me/tickets/{row.public}?done=claimed", status_code=303)


async def _form(request: Web, number: str, *, wrong: Mapping[str, str] | None = None) -> Response[str]:
    return await page(
        request, "portal/claim.html", status=422 if wrong else 200, zone=zone_of(standing(request)), number=number,
        wrong=dict(wrong or {}),
    )  # fmt: skip
