"""Looking at a sealed fact about a person: the reason first, then the fact for a minute, never in a cache.

Two addresses, because not everybody who may look at a number of an identity card may look at a bank account.
"""

from typing import ClassVar

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice import asker
from backoffice.asker import Web
from backoffice.guards import acting, requires, standing
from backoffice.rendering import page, refusal
from core import clock
from core.errors import Refused
from core.people import reveals
from core.phrases import phrase


class Reason(Struct):
    """The form: why somebody wants to look."""

    why: str = ""


class IdentityController(Controller):
    """`/{company}/people/{person}/identity/{fact}`: who somebody is and how they are reached."""

    path = "/{company:str}/people/{public:str}/identity"
    guards = (requires("identity", "reveal"),)
    resource: ClassVar[str] = reveals.IDENTITY

    @get("/{name:str}")
    async def show(
        self, request: Web, public: FromPath[str], name: FromPath[str], seen: FromQuery[str] = ""
    ) -> Response[str]:
        """The form that asks why; or the fact, for as long as it lies open to whoever gave the reason."""
        return await _show(request, self.resource, public, name, seen=seen)

    @post("/{name:str}")
    async def reveal(
        self, request: Web, public: FromPath[str], name: FromPath[str], data: URLEncodedBody[Reason]
    ) -> Response[str]:
        """Write down who looks and why, then show it."""
        return await _reveal(request, self.resource, public, name, data.why)


class PayController(Controller):
    """`/{company}/people/{person}/pay/{fact}`: what somebody earns and where it is paid."""

    path = "/{company:str}/people/{public:str}/pay"
    guards = (requires("pay", "reveal"),)
    resource: ClassVar[str] = reveals.PAY

    @get("/{name:str}")
    async def show(
        self, request: Web, public: FromPath[str], name: FromPath[str], seen: FromQuery[str] = ""
    ) -> Response[str]:
        """As above."""
        return await _show(request, self.resource, public, name, seen=seen)

    @post("/{name:str}")
    async def reveal(
        self, request: Web, public: FromPath[str], name: FromPath[str], data: URLEncodedBody[Reason]
    ) -> Response[str]:
        """As above."""
        return await _reveal(request, self.resource, public, name, data.why)


async def _reveal(request: Web, resource: str, person: str, field: str, why: str) -> Response[str]:
    where = standing(request)
    try:
        record = await reveals.reveal(where.company, person, field, why, resource=resource, by=acting(request))
    except LookupError:
        raise NotFoundException from None
    except Refused as no:
        wrong = {"why": refusal(request, no, where.place.zone)}
        return await _show(request, resource, person, field, wrong=wrong, why=why, status=422)
    return Redirect(f"{_address(request, resource, person, field)}?seen={record}", status_code=303)


async def _show(
    request: Web, resource: str, person: str, field: str, *, seen: str = "", wrong: dict[str, str] | None = None,
    why: str = "", status: int = 200,
) -> Response[str]:  # fmt: skip
    where = standing(request)
    try:
        name = await reveals.about(where.company, person, field, resource=resource)
    except LookupError:
        raise NotFoundException from None
    found = await reveals.shown(where.company, seen, resource=resource, by=acting(request)) if seen else None
    if found is not None and (found.person, found.field) != (person, field):
        raise NotFoundException
    here = _address(request, resource, person, field)
    made = await page(
        request, "people/reveal.html", status=status, name=name, field=field, found=found, wrong=wrong or {}, why=why,
        over=bool(seen) and found is None, company=where.place, here=here, person=person, zone=where.place.zone,
        fact=phrase(f"vault.field_{field}", asker.of(request).language), most=reveals.LONGEST_REASON,
        least=reveals.SHORTEST_REASON,
    )  # fmt: skip
    made.headers["cache-control"] = "no-store"
    if found is not None:
        left = max(1, int((found.until - clock.now()).total_seconds()))
        # The page closes by itself, also where there is no script.
        made.headers["refresh"] = f"{left}; url={here}?seen={seen}"
    return made


def _address(request: Web, resource: str, person: str, field: str) -> str:
    return f"/{standing(request).place.slug}/people/{person}/{resource}/{field}"
