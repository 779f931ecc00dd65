"""One's own PIN: set where one has just signed in; and the page that takes it for a request made in the chat."""

from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice import asker
from backoffice.asker import Web
from backoffice.guards import acting, requires, standing
from backoffice.portal.chat import zone_of
from backoffice.rendering import page, refusal
from core import database
from core.accounts import pins, sessions
from core.errors import Refused
from core.phrases import phrase, saat
from core.privacy import step_up

AGAIN = "/sign-in?again=1&next=/me/pin"
FIELD_OF = {"pins.not_the_same": "again", "pins.six_digits": "pin", "pins.too_easy": "pin"}


class Typed(Struct):
    """The form."""

    pin: str = ""
    again: str = ""


class MyPinController(Controller):
    """`/me/pin`."""

    path = "/me/pin"
    guards = (requires("data", "own"),)

    @get()
    async def show(self, request: Web, done: FromQuery[str] = "") -> Response[str]:
        """Whether there is one, and the form for it, for who has just signed in."""
        if not await _just_signed_in(request):
            return Redirect(AGAIN, status_code=303)
        return await _show(request, done=done == "1")

    @post()
    async def choose(self, request: Web, data: URLEncodedBody[Typed]) -> Response[str]:
        """Set it, or a new one."""
        where = standing(request)
        assert where.person is not None
        if not await _just_signed_in(request):
            return Redirect(AGAIN, status_code=303)
        try:
            await step_up.choose(where.company, where.person, data.pin, data.again, by=acting(request))
        except Refused as no:
            wrong = {FIELD_OF.get(no.key, ""): refusal(request, no, zone_of(where))}
            return await _show(request, wrong=wrong, status=422)
        return Redirect("/me/pin?done=1", status_code=303)


class ProofController(Controller):
    """`/p/<secret>`: looking at it takes nothing, so that a chat which fetches it for a preview uses nothing up."""

    path = "/p"

    @get("/{secret:str}")
    async def show(self, request: Web, secret: FromPath[str]) -> Response[str]:
        """Which request it is about, and the field for the PIN."""
        return await _proof(request, secret)

    @post("/{secret:str}")
    async def prove(self, request: Web, secret: FromPath[str], data: URLEncodedBody[Typed]) -> Response[str]:
        """Take the PIN."""
        try:
            found = await step_up.prove(secret[:100], data.pin[:20])
        except Refused as no:
            status = 429 if no.key == "pins.rests" else 422
            return await _proof(request, secret, wrong=refusal(request, no, "Asia/Jakarta"), status=status)
        return await page(
            request, "public/proof.html", secret="", number=found.request.number, proved=True, what="", wrong="", by="",
        )  # fmt: skip


async def _just_signed_in(request: Web) -> bool:
    signed = asker.of(request).signed
    return signed is not None and await sessions.is_recent(signed.session)


async def _show(request: Web, *, done: bool = False, wrong: Any = None, status: int = 200) -> Response[str]:
    where = standing(request)
    async with database.reading(where.company):
        row = await step_up.of_person(where.person or 0)
    return await page(
        request, "portal/pin.html", status=status, row=row, done=done, wrong=wrong or {}, digits=pins.DIGITS,
        zone=zone_of(where),
    )  # fmt: skip


async def _proof(request: Web, secret: str, *, wrong: str = "", status: int = 200) -> Response[str]:
    found, language = await step_up.opened(secret[:100]), asker.of(request).language
    what = phrase(f"privacy.kind_{found.request.kind}", language) if found else ""
    by = saat(found.request.due_at, "Asia/Jakarta", language) if found else ""
    return await page(
        request, "public/proof.html", status=status, secret=secret if found else "", proved=False, what=what, by=by,
        number=found.request.number if found else "", wrong=wrong, digits=pins.DIGITS,
    )  # fmt: skip


CONTROLLERS = (MyPinController, ProofController)
