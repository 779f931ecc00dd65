"""Signing in and out, the one-time link, and the two choices every page offers: language and light or dark."""

import time
from collections import OrderedDict, deque

from litestar import Controller, Response, get, post
from litestar.exceptions import TooManyRequestsException
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice import asker, gate
from backoffice.asker import Web
from backoffice.guards import is_inside
from backoffice.rendering import page, says
from core import log
from core.accounts import sign_in
from core.accounts.roles import allowed
from core.errors import Refused
from core.phrases import LANGUAGES

YEAR = 365 * 24 * 3600
MOST_FAILURES, WITHIN, MOST_ADDRESSES = 100, 3600.0, 10_000
COMPANY_PAGES = (("today", "read"), ("approvals", "decide"), ("leave", "read"), ("audit", "read"))


class Credentials(Struct):
    """The sign-in form."""

    email: str = ""
    password: str = ""
    next: str = ""


class NewPassword(Struct):
    """The form behind a one-time link."""

    password: str = ""


class Choice(Struct):
    """A preference, and the page to go back to."""

    back: str = "/"
    language: str = ""
    theme: str = ""


class SessionController(Controller):
    """Who is signed in, in this browser."""

    @get("/sign-in")
    async def form(self, request: Web, next: FromQuery[str] = "", out: FromQuery[int] = 0) -> Response[str]:
        """The sign-in form."""
        if asker.of(request).signed:
            return Redirect(await home_of(request), status_code=303)
        said = "web.signed_out" if out else None
        return await page(request, "sign_in.html", wrong=None, said=said, email="", next=next)

    @post("/sign-in")
    async def enter(self, request: Web, data: URLEncodedBody[Credentials]) -> Response[str]:
        """Sign in, under a new session whatever the browser held before."""
        failures = _failures_from(request)
        if len(failures) >= MOST_FAILURES:
            raise TooManyRequestsException
        try:
            secret = await sign_in.enter(data.email[:320], data.password[:1024], replacing=_held(request))
        except Refused as no:
            failures.append(time.monotonic())
            log.warning("sign_in_refused", count=len(failures))
            wrong = says(request, no.key)
            return await page(
                request, "sign_in.html", status=422, wrong=wrong, said=None, email=data.email[:320], next=data.next
            )
        there = data.next if is_inside(data.next) and not data.next.startswith("/sign-") else await _first_page(secret)
        return _with_session(Redirect(there, status_code=303), secret)

    @get("/sign-in/{secret:str}")
    async def link(self, request: Web, secret: FromPath[str]) -> Response[str]:
        """The form behind a one-time link; looking at it does not spend it."""
        holder = await sign_in.link_holder(secret)
        return await page(
            request, "set_password.html", status=200 if holder else 410, framed=False, holder=holder, wrong=None
        )

    @post("/sign-in/{secret:str}")
    async def redeem(
        self,
        request: Web,
        secret: FromPath[str],
        data: URLEncodedBody[NewPassword],
    ) -> Response[str]:
        """Set the password, spend the link, sign in."""
        try:
            session = await sign_in.redeem(secret, data.password[:1024], replacing=_held(request))
        except Refused as no:
            holder = await sign_in.link_holder(secret)
            wrong = says(request, no.key, **no.facts)
            return await page(
                request, "set_password.html", status=422 if holder else 410, framed=False, holder=holder, wrong=wrong
            )
        return _with_session(Redirect(await _first_page(session), status_code=303), session)

    @post("/sign-out")
    async def leave(self, request: Web) -> Response[str]:
        """End this browser's session."""
        await sign_in.leave(asker.of(request).session)
        answer: Response[str] = Redirect("/sign-in?out=1", status_code=303)
        answer.set_cookie(gate.cookie(sign_in.cookie_name(), "", max_age=0))
        answer.headers["clear-site-data"] = '"cache"'
        return answer

    @post("/language")
    async def speak(self, request: Web, data: URLEncodedBody[Choice]) -> Response[str]:
        """Read pages in this language from now on."""
        answer: Response[str] = Redirect(data.back if is_inside(data.back) else "/", status_code=303)
        if data.language in LANGUAGES:
            answer.set_cookie(gate.cookie("language", data.language, max_age=YEAR))
            signed = asker.of(request).signed
            if signed is not None:
                await sign_in.speak(signed.account, data.language)
        return answer

    @post("/theme")
    async def light(self, request: Web, data: URLEncodedBody[Choice]) -> Response[str]:
        """Show pages light, dark, or as the device wishes."""
        answer: Response[str] = Redirect(data.back if is_inside(data.back) else "/", status_code=303)
        if data.theme in (*asker.THEMES, "system"):
            answer.set_cookie(gate.cookie("theme", data.theme, max_age=YEAR if data.theme in asker.THEMES else 0))
        return answer


async def home_of(request: Web) -> str:
    """The first page of whoever asks."""
    return await _first_page(asker.of(request).session or "")


async def _first_page(secret: str) -> str:
    signed = await sign_in.recognise(secret)
    places = await sign_in.places(signed.account) if signed else []
    if any(place.person is not None for place in places):
        return "/me/"
    for place in places:
        for resource, action in COMPANY_PAGES:
            if allowed(place.roles, resource, action):
                return f"/{place.slug}/{resource}"
    return "/"


def _held(request: Web) -> str | None:
    return request.cookies.get(sign_in.cookie_name())


def _with_session(answer: Response[str], secret: str) -> Response[str]:
    answer.set_cookie(gate.cookie(sign_in.cookie_name(), secret))
    return answer


# Failures by address, in this process: a brake on guessing many accounts, beside the one each account has.
_by_address: OrderedDict[str, deque[float]] = OrderedDict()


def _failures_from(request: Web) -> deque[float]:
    address = request.client.host if request.client else ""
    found = _by_address.setdefault(address, deque(maxlen=MOST_FAILURES))
    _by_address.move_to_end(address)
    while len(_by_address) > MOST_ADDRESSES:
        _by_address.popitem(last=False)
    while found and found[0] < time.monotonic() - WITHIN:
        found.popleft()
    return found
