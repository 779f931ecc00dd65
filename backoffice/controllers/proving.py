"""What stands between a password and the pages: the second factor, and the way back for a forgotten password."""

from urllib.parse import quote

import segno
from litestar import Controller, Response, get, post
from litestar.params import FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice import asker
from backoffice.asker import Web
from backoffice.controllers.session import claimed, held, signed_in, site, with_session
from backoffice.guards import is_inside
from backoffice.rendering import page, says
from core import clock
from core.accounts import addresses, passkeys, second_factor, sessions, sign_in
from core.errors import Refused
from core.messaging import account_mail

AGAIN = "/sign-in?again=1&next="


class Address(Struct):
    """Where the link for a new password is to go."""

    email: str = ""


class Code(Struct):
    """What was typed from the phone, or a recovery code."""

    code: str = ""
    next: str = ""


class ProvingController(Controller):
    """Forgotten passwords and second factors."""

    @get("/forgot")
    async def forgot(self, request: Web, sent: FromQuery[int] = 0) -> Response[str]:
        """The form that asks for the address; afterwards the same sentence for every address."""
        return await page(request, "forgot.html", sent=bool(sent))

    @post("/forgot")
    async def send(self, request: Web, data: URLEncodedBody[Address]) -> Response[str]:
        """Have the link sent, if there is anybody; a job looks that up, so nobody learns it here."""
        await claimed(request)
        if "@" in data.email:
            await account_mail.forgotten(data.email[:320])
        return Redirect("/forgot?sent=1", status_code=303)

    @get("/second-factor")
    async def ask(self, request: Web, next: FromQuery[str] = "") -> Response[str]:
        """The second page of signing in."""
        found = await sign_in.waiting(held(request))
        if found is None or found.waits != "code":
            return Redirect("/sign-in" if found is None else "/second-factor/setup", status_code=303)
        return await code_page(request, found.account, next=next)

    @post("/second-factor")
    async def prove(self, request: Web, data: URLEncodedBody[Code]) -> Response[str]:
        """Show the code; the session that waited for it gives way to a new one."""
        tried = await claimed(request)
        try:
            secret = await sign_in.prove(held(request) or "", data.code[:40], seat=asker.seat(request))
        except Refused as no:
            if no.key == "accounts.sign_in_again":
                return Redirect("/sign-in", status_code=303)
            found = await sign_in.waiting(held(request))
            assert found is not None  # else it was said to sign in again
            return await code_page(request, found.account, wrong=says(request, no.key, **no.facts), next=data.next)
        await addresses.give_back(tried)
        return await signed_in(secret, data.next)

    @get(["/second-factor/setup", "/account/second-factor"])
    async def begin(self, request: Web, next: FromQuery[str] = "") -> Response[str]:
        """The picture for the phone, and the secret to type instead."""
        account, recent = await who(request)
        if account is None:
            return Redirect("/sign-in", status_code=303)
        if not recent:
            return Redirect(again(next), status_code=303)
        return await _setup(request, account, next)

    @post(["/second-factor/setup", "/account/second-factor"])
    async def confirm(self, request: Web, data: URLEncodedBody[Code]) -> Response[str]:
        """The first code from the phone: it works from now on. The recovery codes are shown this once."""
        account, recent = await who(request)
        if account is None or not recent:
            return Redirect("/sign-in" if account is None else again(data.next), status_code=303)
        waits = await sign_in.waiting(held(request))
        signed = asker.of(request).signed
        session = waits.session if waits else signed.session if signed else 0
        try:
            codes = await second_factor.confirm(account, data.code[:40], session=session)
        except Refused as no:
            return await _setup(request, account, data.next, wrong=says(request, no.key))
        after = data.next if is_inside(data.next) else "/account"
        answer = await page(request, "recovery_codes.html", framed=False, codes=codes, next=after, once=True)
        if waits is None:
            return answer
        return with_session(answer, await sign_in.completed(held(request) or "", seat=asker.seat(request)))


async def code_page(request: Web, account: int, *, wrong: str | None = None, next: str = "") -> Response[str]:
    """The second page of signing in: a passkey, a code from the phone, or a recovery code; what this account has."""
    keys = await passkeys.of_account(account)
    return await page(
        request, "second_factor.html", status=422 if wrong else 200, wrong=wrong, next=next,
        by_codes=await second_factor.by_codes(account), keys=len(keys), site=site(request),
    )  # fmt: skip


def again(after: str, to: str = "/account/second-factor") -> str:
    """Signing in anew, and from there on to where somebody was going."""
    there = to + (f"?next={quote(after)}" if is_inside(after) else "")
    return f"{AGAIN}{quote(there)}"


async def who(request: Web) -> tuple[int | None, bool]:
    """The account that may set a second factor up here, and whether it has just signed in."""
    waits = await sign_in.waiting(held(request))
    if waits is not None:
        return (waits.account, True) if waits.waits == "setup" else (None, False)
    signed = asker.of(request).signed
    if signed is None:
        return None, False
    return signed.account, await sessions.is_recent(signed.session)


async def _setup(request: Web, account: int, after: str, wrong: str | None = None) -> Response[str]:
    secret, address = await second_factor.begin(account)
    return await page(
        request, "second_factor_setup.html", status=422 if wrong else 200, wrong=wrong, next=after,
        secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)), picture=_drawn(address),
        now=clock.now(), site=site(request), mandatory=bool(await second_factor.demanded_by(account)),
    )  # fmt: skip


def _drawn(address: str) -> dict[str, object]:
    """The squares of the picture as one SVG path, a run of dark ones at a time."""
    rows = [list(row) for row in segno.make(address, error="m", micro=False).matrix]
    path = []
    for down, row in enumerate(rows):
        start = None
        for across, dark in enumerate([*row, 0]):
            if dark and start is None:
                start = across
            elif not dark and start is not None:
                path.append(f"M{start + 4} {down + 4}h{across - start}v1h-{across - start}z")
                start = None
    return {"side": len(rows) + 8, "path": "".join(path)}
