"""What stands before every page: who asks, is the form ours, is it small enough; and the headers of every answer."""

import hmac
import re
from typing import cast
from urllib.parse import parse_qsl, urlsplit

from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie, MutableScopeHeaders
from litestar.enums import HttpMethod, ScopeType
from litestar.exceptions import ClientException, PermissionDeniedException
from litestar.exceptions.http_exceptions import HTTPException
from litestar.types import ASGIApp, HTTPReceiveMessage, HTTPRequestEvent, Message, Receive, Scope, Send

from backoffice import asker, drafts
from backoffice.asker import Asker, Connection
from core import settings

LARGEST_FORM = 1024 * 1024
LARGEST_UPLOAD = 10 * 1024 * 1024 + 64 * 1024  # a file and the fields beside it; only from somebody who is signed in
UPLOADS = "/file"  # how the address of every form with a file ends
MULTIPART = "multipart/form-data"
TOKEN_PART = re.compile(rb'name="csrf"\r\n(?:[^\r\n]{1,200}\r\n){0,4}\r\n([^\r\n]{1,200})\r\n')
MOST_FIELDS = 5000  # of a form; a list with boxes to tick has a few hundred
# Programs ask here, each proving itself in its own way; they have no cookies.
MACHINES, PROBES = ("/hooks/", "/static/", "/api/"), ("/healthz", "/readyz", "/metrics")
TAKEN = 303  # how every form that was taken answers
READS = ("GET", "HEAD", "OPTIONS")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-frame-options": "DENY",  # for what does not read the policy
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class TooLarge(HTTPException):
    """More was sent than a form may hold."""

    status_code = 413


class Gate:
    """The middleware of all pages."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request pass to its page, or raise what the error pages turn into words."""
        if scope["type"] != ScopeType.HTTP or scope["path"].startswith(MACHINES) or scope["path"] in PROBES:
            await self.app(scope, receive, _as_it_is(send))
            return
        connection: Connection = ASGIConnection(scope, receive, send)
        who = await asker.recognise(connection)
        _check_characters(scope["path"].encode(), scope["query_string"])
        body = b""
        if scope["method"] not in READS:
            uploads = scope["path"].endswith(UPLOADS) and who.signed is not None and _is(connection, MULTIPART)
            body = await _body(connection, receive, LARGEST_UPLOAD if uploads else LARGEST_FORM)
            if not uploads:
                _check_characters(body)
            _check_origin(connection)
            _check_token(connection, who, body)
            receive = _replayed(body, receive)

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                if message["status"] == TAKEN and b"draft=" in body:
                    await drafts.sent(connection, body)
                dress(MutableScopeHeaders.from_message(message), who)
            await send(message)

        await self.app(scope, receive, with_headers)


def _as_it_is(send: Send) -> Send:
    """What a program is told is never taken for something else by a browser that was led there."""

    async def told(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableScopeHeaders.from_message(message).setdefault("x-content-type-options", "nosniff")
        await send(message)

    return told


def head_as_get(app: ASGIApp) -> ASGIApp:
    """Answer HEAD as GET is answered, without the words; it stands before the routes, which are found by method."""

    async def asked(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP or scope["method"] != "HEAD" or scope["path"].startswith("/hooks/"):
            await app(scope, receive, send)
            return
        scope["method"] = HttpMethod.GET
        ended = False

        async def only_head(message: Message) -> None:
            nonlocal ended
            if message["type"] == "http.response.body":
                # What is told bit by bit may have no end: whoever wants the head alone does not wait for it.
                if ended:
                    return
                ended, message = True, {**message, "body": b"", "more_body": False}
            await send(message)

        await app(scope, receive, only_head)

    return asked


def headers_for(who: Asker) -> dict[str, str]:
    """What every answer carries: a page of others may frame the chat that is made for it, and nothing else."""
    if who.frame is None:
        return HEADERS
    told = {name: value for name, value in HEADERS.items() if name != "x-frame-options"}
    ancestors = f"frame-ancestors {who.frame.origin}"
    return told | {"content-security-policy": POLICY.replace("frame-ancestors 'none'", ancestors)}


def dress(headers: MutableScopeHeaders, who: Asker) -> None:
    """Put on an answer what every answer carries."""
    for name, value in headers_for(who).items():
        headers.setdefault(name, value)
    if settings.current().secure:
        headers.setdefault("strict-transport-security", "max-age=31536000; includeSubDomains")
    # A page holds its form's token, so nothing between us and the browser may keep it.
    headers.setdefault("cache-control", "no-store")
    # Only a page has forms whose tokens are made from it; a calendar program or a file needs none.
    if who.seed_is_new and headers.get("content-type", "").startswith("text/html"):
        headers.add("set-cookie", seed_cookie(who))


def cookie(name: str, value: str, *, max_age: int | None = None, readable: bool = False) -> Cookie:
    """A cookie as all of ours are: for the whole site, not for other sites, and Secure where people come by https."""
    return Cookie(
        key=name, value=value, path="/", httponly=not readable, secure=settings.current().secure, samesite="lax",
        max_age=max_age,
    )  # fmt: skip


def seed_cookie(who: Asker) -> str:
    """The header that has a browser keep what the tokens of its forms are made from."""
    name = asker.csrf_cookie_name(who.frame)
    return cookie(name, who.csrf_seed).to_header(header="") if who.frame is None else framed(name, who.csrf_seed)


def framed(name: str, value: str, *, max_age: int | None = None) -> str:
    """The header of a cookie in a page of others: kept for that page alone, which browsers call partitioned.

    Browsers take such a cookie only when it is Secure; those of this computer itself count as that.
    """
    ends = "" if max_age is None else f"; Max-Age={max_age}"
    return f"{name}={value}; Path=/; HttpOnly; Secure; SameSite=None; Partitioned{ends}"


def _is(connection: Connection, kind: str) -> bool:
    return connection.headers.get("content-type", "").partition(";")[0].strip().lower() == kind


async def _body(connection: Connection, receive: Receive, largest: int) -> bytes:
    declared = connection.headers.get("content-length", "0")
    # "²" is a digit, and no number.
    if declared.isascii() and declared.isdigit() and int(declared[:12]) > largest:
        raise TooLarge
    chunks, length = [], 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            break
        chunks.append(message.get("body", b""))
        length += len(chunks[-1])
        if length > largest:
            raise TooLarge
        if not message.get("more_body"):
            break
    return b"".join(chunks)


def _replayed(body: bytes, receive: Receive) -> Receive:
    told = False

    async def again() -> HTTPReceiveMessage:
        nonlocal told
        if told:
            return cast(HTTPReceiveMessage, await receive())
        told = True
        return HTTPRequestEvent(type="http.request", body=body, more_body=False)

    return cast(Receive, again)


def _check_characters(*said: bytes) -> None:
    """No browser sends a NUL, and PostgreSQL keeps none."""
    if any(b"\0" in one or b"%00" in one for one in said):
        raise ClientException("a NUL")


def _check_origin(connection: Connection) -> None:
    """A browser says from which site a form comes; what comes from another one is refused."""
    if connection.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise PermissionDeniedException("sent from another site")
    origin = connection.headers.get("origin")
    # Our pages send no referrer, so browsers blank the origin of their forms; the token speaks for those.
    if origin in (None, "null"):
        return
    ours = {connection.headers.get("host", ""), urlsplit(settings.current().public_url).netloc}
    if urlsplit(str(origin)).netloc not in ours:
        raise PermissionDeniedException("sent from another site")


def _check_token(connection: Connection, who: Asker, body: bytes) -> None:
    given = connection.headers.get("x-csrf-token")
    if given is None and _is(connection, "application/x-www-form-urlencoded"):
        try:
            given = dict(parse_qsl(body.decode("utf-8", "replace"), max_num_fields=MOST_FIELDS)).get("csrf")
        except ValueError:
            raise TooLarge from None
    elif given is None and _is(connection, MULTIPART):
        found = TOKEN_PART.search(body[: 64 * 1024])
        given = found[1].decode("utf-8", "replace") if found else None
    if who.seed_is_new or given is None or not hmac.compare_digest(given.encode(), who.csrf.encode()):
        raise PermissionDeniedException("the form's token does not fit")
