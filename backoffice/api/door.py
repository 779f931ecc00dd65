"""What stands before every request of a program: whose token, which scope, how many a minute; what answers carry."""

import secrets
from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated, Any

import msgspec
from litestar import Response
from litestar.datastructures import MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.handlers import BaseRouteHandler
from litestar.params import HeaderParameter
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from backoffice.api.problems import Stopped
from backoffice.asker import Connection, Web
from core import database, settings
from core.programs import repeats, tokens
from core.programs.repeats import Told
from core.programs.tokens import Program

AT = "/api/v1"
LARGEST = 1024 * 1024
HEADERS = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
}
Key = Annotated[
    str,
    HeaderParameter(
        name="Idempotency-Key",
        max_length=repeats.LONGEST_KEY,
        pattern=r"^[\x21-\x7e]*$",
        description="Any word of yours; sent again under it, the write is not done twice.",
    ),
]
Match = Annotated[str, HeaderParameter(name="If-Match", max_length=80, description="The ETag that was read.")]
NoneMatch = Annotated[str, HeaderParameter(name="If-None-Match", max_length=80, description="An ETag you have.")]
CHALLENGE = {"www-authenticate": 'Bearer realm="serambi"'}


class Door:
    """The middleware of the API: numbers each request, and dresses its answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand it on, and put on the answer what every answer carries."""
        if scope["type"] != ScopeType.HTTP:
            await self.app(scope, receive, send)
            return
        number = secrets.token_hex(8)
        scope["api_request"] = number  # type: ignore[typeddict-unknown-key]

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableScopeHeaders.from_message(message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", "no-store")
                headers["x-request-id"] = number
                if settings.current().secure:
                    headers.setdefault("strict-transport-security", "max-age=31536000; includeSubDomains")
                known = scope.get("api_program")
                if isinstance(known, Program):
                    headers["ratelimit-limit"] = str(tokens.A_MINUTE)
                    headers["ratelimit-remaining"] = str(max(0, known.left))
                    headers["ratelimit-reset"] = str(known.seconds)
            await send(message)

        await self.app(scope, receive, dressed)


async def admit(connection: Connection, handler: BaseRouteHandler) -> None:
    """The guard of every route: a token that stands, whose minute has room, with the scope that the route asks for."""
    wanted = handler.opt.get("scope")
    if wanted is None:
        return
    if b"\0" in connection.scope["path"].encode() or b"%00" in connection.scope["query_string"]:
        raise Stopped(422, "invalid")
    scheme, _, secret = connection.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not secret:
        raise Stopped(401, "token_missing", headers=CHALLENGE)
    known = await tokens.recognise(secret.strip())
    if known is None:
        raise Stopped(401, "token_unknown", headers=CHALLENGE)
    connection.scope["api_program"] = known  # type: ignore[typeddict-unknown-key]
    if known.verdict == tokens.EXPIRED:
        raise Stopped(401, "token_expired", headers=CHALLENGE)
    if known.verdict == tokens.TOO_MANY:
        raise Stopped(
            429,
            "too_many",
            headers={"retry-after": str(known.seconds)},
            most=str(tokens.A_MINUTE),
            seconds=str(known.seconds),
        )
    if wanted and wanted not in known.scopes:
        raise Stopped(403, "scope_missing", scope=wanted)


def program(connection: Connection) -> Program:
    """Who asks: what the guard found out."""
    found = connection.scope.get("api_program")
    assert isinstance(found, Program)
    return found


def said(body: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response[Any]:
    """What was found, as JSON."""
    return Response(
        msgspec.json.encode(body), status_code=status, media_type="application/json", headers=dict(headers or {})
    )  # fmt: skip


async def done_once(
    request: Web, do: Callable[[Program], Awaitable[Any]], key: str, status: int = 201
) -> Response[Any]:
    """Do a write in the company's transaction; under an Idempotency-Key that was used, the answer of then is told."""
    who = program(request)
    body = await request.body()
    asked = repeats.mark(request.method.encode(), request.url.path.encode(), body)
    async with database.transaction(who.company):
        if key:
            before = await repeats.before(who.token, key, asked)
            if before is not None:
                return _again(before)
        words = msgspec.json.encode(await do(who)).decode()
        if key:
            await repeats.keep(who.token, key, asked, Told(status, words))
    return Response(words.encode(), status_code=status, media_type="application/json")


def _again(told: Told) -> Response[Any]:
    return Response(
        told.words.encode(), status_code=told.status, media_type="application/json",
        headers={"idempotency-replayed": "true"},
    )  # fmt: skip
