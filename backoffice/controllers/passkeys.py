"""Passkeys in a browser: signing in with one, showing one after the password, adding, naming and removing one's own."""

from typing import Any

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException, PermissionDeniedException
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice import asker
from backoffice.asker import Web
from backoffice.controllers import proving, session
from backoffice.controllers.proving import ProvingController
from backoffice.controllers.session import claimed, held, signed_in, with_session
from backoffice.guards import is_inside, requires
from backoffice.rendering import page, says
from core.accounts import addresses, passkey_sign_in, passkeys, second_factor, sessions, sign_in
from core.accounts.passkeys import ADD, ENTER, PROVE, Asking, Kept
from core.errors import Refused

NEW = "/account/passkeys/new"


class Answer(Struct):
    """What the device of somebody answered, and where they were going."""

    credential: str = ""
    name: str = ""
    next: str = ""


class Named(Struct):
    """What a passkey is called."""

    name: str = ""


class PasskeysController(Controller):
    """Passkeys of who signs in, or must set a second step up; each asks for its session itself."""

    @get("/sign-in/passkey")
    async def ask_to_enter(self, request: Web) -> Response[Any]:
        """What this browser needs to sign in; nothing is written for it."""
        return Response(await passkeys.to_sign(_entering(request)))

    @post("/sign-in/passkey")
    async def enter(self, request: Web, data: URLEncodedBody[Answer]) -> Response[str]:
        """Sign in, under a new session whatever the browser held before."""
        tried = await claimed(request)
        try:
            secret = await passkey_sign_in.enter(
                data.credential, _entering(request), replacing=held(request), seat=asker.seat(request)
            )
        except Refused as no:
            return await session.sign_in_page(
                request, status=422, wrong=says(request, no.key, **no.facts), next=data.next
            )
        await addresses.give_back(tried)
        return await signed_in(secret, data.next)

    @get("/second-factor/passkey")
    async def ask_to_prove(self, request: Web) -> Response[Any]:
        """What this browser needs to show a passkey after the password."""
        found = await sign_in.waiting(held(request))
        if found is None or found.waits != "code":
            raise PermissionDeniedException("nobody waits here")
        return Response(await passkeys.to_sign(_asking(request, PROVE), found.account))

    @post("/second-factor/passkey")
    async def prove(self, request: Web, data: URLEncodedBody[Answer]) -> Response[str]:
        """Show it; the session that waited for it gives way to a new one."""
        tried = await claimed(request)
        secret = held(request) or ""
        try:
            opened = await passkey_sign_in.prove(
                secret, data.credential, _asking(request, PROVE), seat=asker.seat(request)
            )
        except Refused as no:
            found = await sign_in.waiting(secret)
            if no.key == "accounts.sign_in_again" or found is None:
                return Redirect("/sign-in", status_code=303)
            wrong = says(request, no.key, **no.facts)
            return await proving.code_page(request, found.account, wrong=wrong, next=data.next)
        await addresses.give_back(tried)
        return await signed_in(opened, data.next)

    @get(["/second-factor/setup/passkey", NEW])
    async def begin(self, request: Web, next: FromQuery[str] = "") -> Response[str]:
        """What a passkey is, and what to call it."""
        account, recent = await proving.who(request)
        if account is None or not recent:
            return Redirect("/sign-in" if account is None else proving.again(next, NEW), status_code=303)
        return await _form(request, account, next)

    @get(["/second-factor/setup/passkey/options", "/account/passkeys/new/options"])
    async def ask_to_add(self, request: Web) -> Response[Any]:
        """What this browser needs to make a passkey."""
        account, recent = await proving.who(request)
        if account is None or not recent:
            raise PermissionDeniedException("who adds a passkey has just signed in")
        return Response(await passkeys.to_add(account, _asking(request, ADD)))

    @post(["/second-factor/setup/passkey", NEW])
    async def add(self, request: Web, data: URLEncodedBody[Answer]) -> Response[str]:
        """Keep a passkey that was made; recovery codes, where it is the first second step, are shown this once."""
        account, recent = await proving.who(request)
        if account is None or not recent:
            return Redirect("/sign-in" if account is None else proving.again(data.next, NEW), status_code=303)
        waits, signed = await sign_in.waiting(held(request)), asker.of(request).signed
        number = waits.session if waits else signed.session if signed else 0
        try:
            codes = await passkeys.add(account, data.credential, data.name, _asking(request, ADD), session=number)
        except Refused as no:
            wrong = {"name" if no.key == "passkeys.no_name" else "": says(request, no.key, **no.facts)}
            return await _form(request, account, data.next, typed=data.name, wrong=wrong)
        after = data.next if is_inside(data.next) else "/account?done=passkey"
        answer: Response[str] = Redirect(after, status_code=303)
        if codes:
            answer = await page(request, "recovery_codes.html", framed=False, codes=codes, next=after, once=True)
        if waits is None:
            return answer
        return with_session(answer, await sign_in.completed(held(request) or "", seat=asker.seat(request)))


class MyPasskeysController(Controller):
    """One passkey of one's own."""

    path = "/account/passkeys"
    guards = (requires("account", "own"),)

    @get("/{public:str}")
    async def show(self, request: Web, public: FromPath[str]) -> Response[str]:
        """Its name, when it was used, and how it is removed."""
        return await _one(request, await _mine(request, public))

    @post("/{public:str}/name")
    async def rename(self, request: Web, public: FromPath[str], data: URLEncodedBody[Named]) -> Response[str]:
        """Call it something else."""
        who, found = asker.of(request).signed, await _mine(request, public)
        assert who is not None
        try:
            await passkeys.rename(who.account, public, data.name)
        except Refused as no:
            return await _one(request, found, wrong={"name": says(request, no.key)})
        return Redirect("/account?done=passkey_named", status_code=303)

    @post("/{public:str}/remove")
    async def remove(self, request: Web, public: FromPath[str]) -> Response[str]:
        """Have it open nothing any more; only for who has just signed in."""
        who, found = asker.of(request).signed, await _mine(request, public)
        assert who is not None
        if not await sessions.is_recent(who.session):
            return Redirect(f"/sign-in?again=1&next=/account/passkeys/{found.public}", status_code=303)
        try:
            await passkeys.remove(who.account, public, session=who.session)
        except Refused as no:
            return await _one(request, found, wrong={"": says(request, no.key)})
        return Redirect("/account?done=passkey_removed", status_code=303)


def _entering(request: Web) -> Asking:
    return _asking(request, ENTER)


def _asking(request: Web, purpose: str) -> Asking:
    """A challenge is good in this session alone; for who has none yet, in the browser that holds the form's token."""
    site = session.site(request)
    if site is None:
        raise Refused("passkeys.not_here")
    bound = asker.of(request).csrf_seed if purpose == ENTER else held(request) or ""
    return Asking(purpose, bound, site)


async def _mine(request: Web, public: str) -> Kept:
    who = asker.of(request).signed
    assert who is not None
    try:
        return await passkeys.one_of(who.account, public)
    except LookupError:
        raise NotFoundException from None


async def _one(request: Web, found: Kept, wrong: dict[str, str] | None = None) -> Response[str]:
    return await page(request, "account/passkey.html", status=422 if wrong else 200, one=found, wrong=wrong or {})


async def _form(
    request: Web, account: int, after: str, *, typed: str = "", wrong: dict[str, str] | None = None
) -> Response[str]:
    return await page(
        request, "account/passkey_new.html", status=422 if wrong else 200, wrong=wrong or {}, next=after,
        typed=typed[: passkeys.LONGEST_NAME] or asker.seat(request).agent, site=session.site(request),
        by_name=passkeys.by_name(), longest=passkeys.LONGEST_NAME,
        mandatory=bool(await second_factor.demanded_by(account)),
    )  # fmt: skip


CONTROLLERS = (ProvingController, PasskeysController, MyPasskeysController)
