"""Signing in and out, the one-time link, and the two choices every page offers: language and light or dark."""

import re
from urllib.parse import quote

from litestar import Controller, Response, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect
from litestar.routes import HTTPRoute
from msgspec import Struct

from backoffice import asker, gate
from backoffice.asker import Web
from backoffice.guards import is_inside
from backoffice.rendering import page, says
from backoffice.too_many import TooManyTries
from core import log
from core.accounts import acts_in, addresses, offers, passkeys, sign_in
from core.accounts.passkeys import Site
from core.accounts.roles import allowed
from core.errors import Refused
from core.phrases import LANGUAGES

YEAR = 365 * 24 * 3600
COMPANY_PAGES = (("today", "read"), ("approvals", "decide"), ("leave", "read"), ("tickets", "work"), ("audit", "read"))


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
    async def form(
        self, request: Web, next: FromQuery[str] = "", out: FromQuery[int] = 0, again: FromQuery[int] = 0
    ) -> Response[str]:
        """The sign-in form; `again` for what only somebody who has just signed in may do."""
        if await sign_in.waiting(held(request)):
            return Redirect("/second-factor", status_code=303)
        signed = asker.of(request).signed
        ended_here = signed is not None and bool(signed.shut) and bool(next)
        if signed and not again and not ended_here:
            return Redirect(await home_of(request), status_code=303)
        said = "web.signed_out" if out else "accounts.again" if again else "accounts.ended_here" if ended_here else None
        return await sign_in_page(request, said=said, next=next)

    @post("/sign-in")
    async def enter(self, request: Web, data: URLEncodedBody[Credentials]) -> Response[str]:
        """Sign in, under a new session whatever the browser held before."""
        tried = await claimed(request)
        try:
            secret = await sign_in.enter(
                data.email[:320], data.password[:1024], replacing=held(request), seat=asker.seat(request)
            )
        except Refused as no:
            log.warning("sign_in_refused")
            wrong = says(request, no.key)
            return await sign_in_page(request, status=422, wrong=wrong, email=data.email[:320], next=data.next)
        await addresses.give_back(tried)
        return await signed_in(secret, data.next)

    @get(["/sign-in/{secret:str}", "/reset/{secret:str}"])
    async def link(self, request: Web, secret: FromPath[str]) -> Response[str]:
        """The form behind a one-time link; looking at it does not spend it."""
        return await _link(request, secret)

    @post(["/sign-in/{secret:str}", "/reset/{secret:str}"])
    async def redeem(
        self,
        request: Web,
        secret: FromPath[str],
        data: URLEncodedBody[NewPassword],
    ) -> Response[str]:
        """Set the password, spend the link, sign in."""
        try:
            session = await sign_in.redeem(
                secret, data.password[:1024], replacing=held(request), seat=asker.seat(request)
            )
        except Refused as no:
            return await _link(request, secret, wrong=says(request, no.key, **no.facts))
        return await signed_in(session, "")

    @post("/sign-out")
    async def leave(self, request: Web) -> Response[str]:
        """End this browser's session."""
        await sign_in.leave(asker.of(request).session)
        answer = signed_out(Redirect("/sign-in?out=1", status_code=303))
        # What pages keep for a moment in the browser, such as words that were not sent, is nobody else's to see.
        answer.headers["clear-site-data"] = '"cache", "storage"'
        return answer

    @post("/language")
    async def speak(self, request: Web, data: URLEncodedBody[Choice]) -> Response[str]:
        """Read pages in this language from now on."""
        answer: Response[str] = Redirect(_nearest(request, data.back), status_code=303)
        if data.language in LANGUAGES:
            answer.set_cookie(gate.cookie("language", data.language, max_age=YEAR))
            signed = asker.of(request).signed
            if signed is not None:
                await sign_in.speak(signed.account, data.language)
        return answer

    @post("/theme")
    async def light(self, request: Web, data: URLEncodedBody[Choice]) -> Response[str]:
        """Show pages light, dark, or as the device wishes."""
        answer: Response[str] = Redirect(_nearest(request, data.back), status_code=303)
        if data.theme in (*asker.THEMES, "system"):
            answer.set_cookie(gate.cookie("theme", data.theme, max_age=YEAR if data.theme in asker.THEMES else 0))
        return answer


async def sign_in_page(
    request: Web,
    *,
    status: int = 200,
    wrong: str | None = None,
    said: str | None = None,
    email: str = "",
    next: str = "",
) -> Response[str]:
    """The sign-in form, and beside it the button for a passkey where browsers make them."""
    return await page(
        request, "sign_in.html", status=status, wrong=wrong, said=said, email=email, next=next, site=site(request)
    )


def site(request: Web) -> Site | None:
    """What passkeys are made for here, if browsers make any."""
    return passkeys.site(request.headers.get("host", ""))


async def _link(request: Web, secret: str, *, wrong: str | None = None) -> Response[str]:
    holder, offered = await sign_in.link_holder(secret), await sign_in.link_offers(secret)
    roles = [says(request, f"web.role_{role}") for role in offered.roles] if offered else []
    return await page(
        request, "set_password.html", status=410 if not holder else 422 if wrong else 200, framed=False, holder=holder,
        least=await sign_in.least_by_link(secret),
        wrong=wrong, forgot=_forgot(request), offered=offered, offered_roles=", ".join(roles),
        offers_page=f"/account/offers?proof={secret[:64]}",
    )  # fmt: skip


def _nearest(request: Web, back: str) -> str:
    """The page to go back to, or the nearest above it: what only takes a form cannot be opened by its address."""
    if not is_inside(back):
        return "/"
    routes = [route for route in request.app.routes if isinstance(route, HTTPRoute)]
    routes.sort(key=lambda route: len(route.path_parameters))  # the word of an address goes before its unknown part
    asked = at = re.split("[?#]", back)[0].rstrip("/")
    while at:
        found = next((one for one in routes if re.fullmatch(re.sub(r"\{[^}]*\}", "[^/]+", one.path_format), at)), None)
        if found is not None and "GET" in found.methods:
            break
        at = at.rpartition("/")[0]
    return back if at == asked else at or "/"


async def home_of(request: Web) -> str:
    """The first page of whoever asks."""
    return await _first_page(asker.of(request).session or "")


async def _first_page(secret: str) -> str:
    signed = await sign_in.recognise(secret)
    held_ones = await acts_in.places(signed.account, shut=signed.shut) if signed else []
    places = [one for one in held_ones if not one.closed] or held_ones
    if any(place.person is not None for place in places):
        return "/me/"
    for place in places:
        for resource, action in COMPANY_PAGES:
            if allowed(place.roles, resource, action):
                return f"/{place.slug}/{resource}"
    return "/account/offers" if signed and await offers.count(signed.account) else "/"


async def signed_in(secret: str, after: str) -> Response[str]:
    """Hand the browser its session, and lead on: to the second factor while it waits for that."""
    found = await sign_in.waiting(secret)
    inside = is_inside(after) and not after.startswith(("/sign-", "/second-factor"))
    if found is not None:
        there = "/second-factor" if found.waits == "code" else "/second-factor/setup"
        there += f"?next={quote(after)}" if inside else ""
    else:
        there = after if inside else await _first_page(secret)
    return with_session(Redirect(there, status_code=303), secret)


def signed_out(answer: Response[str]) -> Response[str]:
    """Have the browser forget its session and what it kept of our pages."""
    answer.set_cookie(gate.cookie(sign_in.cookie_name(), "", max_age=0))
    answer.headers["clear-site-data"] = '"cache"'
    return answer


def held(request: Web) -> str | None:
    """The secret of the session that this browser holds, whatever it is worth."""
    return request.cookies.get(sign_in.cookie_name())


def with_session(answer: Response[str], secret: str) -> Response[str]:
    """Let the browser hold this session."""
    answer.set_cookie(gate.cookie(sign_in.cookie_name(), secret))
    return answer


async def claimed(request: Web) -> str:
    """Count a try from the address that asks, until it is given back; too many raise."""
    try:
        return await addresses.claim(asker.seat(request).seen_from)
    except addresses.TooMany as no:
        log.warning("too_many_tries")
        raise TooManyTries(no.until) from None


def _forgot(request: Web) -> bool:
    """Whether this link was asked for by its own holder, who may simply ask for another."""
    return request.url.path.startswith("/reset/")
