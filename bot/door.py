"""The door for what platforms post: it stands before the routes, takes what is well, and leaves all else to them.

A route of the web framework costs more than verifying and keeping a message does. Here the bytes of a post go straight
to whoever takes them. Whatever is unusual goes on to the routes as if it had never been here: another method, a strange
address, a body that is too large, and every fault, which the route raises again, so that one place answers it.
"""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from litestar import Request, Response
from litestar.background_tasks import BackgroundTask
from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPReceiveMessage, Receive, Scope, Send

FAULT = "fault_at_the_door"
KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True)
class Answer:
    """What a platform is told, always with 200; and what is done once it has been told."""

    body: bytes = b""
    then: Callable[[], Awaitable[None]] | None = None


# Called with the key at the end of the address, if it has one, the headers in lower case, and the body as it came.
Takes = Callable[[str | None, Mapping[str, str], bytes], Awaitable[Answer]]


@dataclass(frozen=True)
class Hook:
    """An address to which a platform posts, alone or followed by a key."""

    path: str
    largest: int
    takes: Takes
    alone: bool


async def posted(request: Request[Any, Any, Any], takes: Takes, key: str | None) -> Response[Any]:
    """The same by way of a route."""
    if (fault := request.scope["state"].get(FAULT)) is not None:
        raise fault
    headers = {name.lower(): value for name, value in request.headers.items()}
    answer = await takes(key, headers, await request.body())
    then = None if answer.then is None else BackgroundTask(answer.then)
    return Response(answer.body, status_code=200, media_type="application/json", background=then)


def before(app: ASGIApp, hooks: Sequence[Hook]) -> ASGIApp:
    """These hooks, and behind them everything else."""
    known = {one.path: one for one in hooks}

    async def asked(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP or scope["method"] != "POST" or not scope["path"].startswith("/hooks/"):
            await app(scope, receive, send)
            return
        path, key = scope["path"], None
        hook = known.get(path)
        if hook is None:
            path, _, key = path.rpartition("/")
            hook = known.get(path) if KEY.fullmatch(key) else None
        elif not hook.alone:
            hook = None
        if hook is None:
            await app(scope, receive, send)
            return
        raw, heard = await _body(receive, hook.largest)
        if raw is None:
            await app(scope, _again(heard, receive), send)
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        try:
            answer = await hook.takes(key, headers, raw)
        except Exception as fault:  # the route answers it, as it answers its own
            scope.setdefault("state", {})[FAULT] = fault
            await app(scope, _again(heard, receive), send)
            return
        told = [
            (b"content-type", b"application/json"), (b"content-length", str(len(answer.body)).encode()),
            (b"x-content-type-options", b"nosniff"),
        ]  # fmt: skip
        await send({"type": "http.response.start", "status": 200, "headers": told})
        await send({"type": "http.response.body", "body": answer.body, "more_body": False})
        if answer.then is not None:
            await answer.then()

    return asked


async def _body(receive: Receive, largest: int) -> tuple[bytes | None, list[HTTPReceiveMessage]]:
    """The whole body, and as it was heard; None where it is too large or never ended."""
    heard: list[HTTPReceiveMessage] = []
    parts: list[bytes] = []
    length = 0
    while True:
        message = cast(HTTPReceiveMessage, await receive())
        heard.append(message)
        if message["type"] != "http.request":
            return None, heard
        parts.append(message["body"])
        length += len(parts[-1])
        if length > largest:
            return None, heard
        if not message.get("more_body"):
            return b"".join(parts), heard


def _again(heard: Sequence[HTTPReceiveMessage], receive: Receive) -> Receive:
    waiting = iter(heard)

    async def told() -> HTTPReceiveMessage:
        message = next(waiting, None)
        return message if message is not None else cast(HTTPReceiveMessage, await receive())

    return cast(Receive, told)
