"""What the stand-ins share: a server in a thread of its own, the troubles it can be told to make, and what it saw."""

import asyncio
import contextlib
import json
import socket
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Collection, Mapping, MutableMapping
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from types import MappingProxyType
from typing import Any, NamedTuple, Self
from urllib.parse import parse_qsl

import httpx
import uvicorn

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class Hook(NamedTuple):
    """A request as the platform would make it to us."""

    path: str
    headers: dict[str, str]
    body: bytes


class File(NamedTuple):
    """A file as it came in a form."""

    name: str
    type: str
    raw: bytes


class Answer(NamedTuple):
    """What the platform answers to a call of ours."""

    status: int
    body: bytes
    headers: Mapping[str, str] = MappingProxyType({})
    error: str | None = None


@dataclass(frozen=True)
class Call:
    """One request we made, with what became of it."""

    method: str
    body: dict[str, Any]
    status: int  # 0 = the connection was closed without an answer
    error: str | None
    at: float


@dataclass
class Shown:
    """A message as it stands on somebody's screen now."""

    place: str
    ref: str  # what our Sent.ref says
    words: str  # as people read it
    buttons: dict[str, str]  # title -> token
    body: dict[str, Any]
    edits: int = 0
    only_to: str | None = None
    file: File | None = None
    before: list[str] = field(default_factory=list)  # the words before each edit


@dataclass
class Trouble:
    """Something to go wrong in the next calls of these methods."""

    methods: Collection[str]
    times: int
    answer: Answer | None = None
    drop: bool = False
    seconds: float = 0.0


class StandIn(ABC):
    """A platform: `with Telegram() as telegram:` serves until the block ends."""

    sends: Collection[str] = ()  # the methods that say something, which troubles are about unless told otherwise

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.sent: list[Shown] = []
        self.refusals: list[str] = []  # every error that was our own fault
        self._troubles: list[Trouble] = []
        self._lock = threading.Lock()
        self._port = 0
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._port}"

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._server is not None:
            self._server.should_exit = True  # its thread ends by itself; a test need not wait for it

    def start(self) -> None:
        """Listen; after `stop` on the same port as before."""
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", self._port))
        self._port = listening.getsockname()[1]
        # With proxy headers or without "asgi3" uvicorn would hand us another `send` than its own.
        config = uvicorn.Config(
            self._serve, interface="asgi3", proxy_headers=False, lifespan="off", http="h11", log_level="error"
        )
        server = uvicorn.Server(config)
        self._server = server
        self._thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        self._thread.start()
        give_up = time.monotonic() + 10
        while not server.started:
            if time.monotonic() > give_up:
                raise RuntimeError("the stand-in did not start")
            time.sleep(0.005)

    def stop(self) -> None:
        """Refuse connections from now on."""
        if self._server is not None and self._thread is not None:
            self._server.should_exit = True
            self._thread.join(2)
            self._server.force_exit = True
            self._thread.join(5)

    # Troubles

    def accept_then_drop(self, times: int = 1, *, methods: Collection[str] = ()) -> None:
        """Take the message, then close the connection without a word."""
        self._trouble(Trouble(methods or self.sends, times, drop=True))

    def too_many(self, retry_after: int, times: int = 1, *, methods: Collection[str] = ()) -> None:
        """Refuse because there were too many calls."""
        self._trouble(Trouble(methods or self.sends, times, answer=self._too_many(retry_after)))

    def fail(self, status: int = 502, times: int = 1, *, methods: Collection[str] = ()) -> None:
        """Answer as a gateway whose server is ill."""
        page = Answer(status, b"<html><body>Bad day</body></html>", {"content-type": "text/html"}, f"status {status}")
        self._trouble(Trouble(methods or self.sends, times, answer=page))

    def delay(self, seconds: float, times: int = 1, *, methods: Collection[str] = ()) -> None:
        """Think for a while before answering."""
        self._trouble(Trouble(methods or self.sends, times, seconds=seconds))

    def calm(self) -> None:
        """No more troubles."""
        with self._lock:
            self._troubles.clear()

    def _trouble(self, trouble: Trouble) -> None:
        with self._lock:
            self._troubles.append(trouble)

    # What was seen

    def in_place(self, place: str) -> list[Shown]:
        """Every message in that chat, oldest first, as each stands now."""
        with self._lock:
            return [shown for shown in self.sent if shown.place == self.place_of(place)]

    def words(self, place: str) -> list[str]:
        """What that chat reads now, oldest first."""
        return [shown.words for shown in self.in_place(place)]

    def last(self, place: str) -> Shown:
        """The newest message in that chat."""
        messages = self.in_place(place)
        assert messages, f"nothing was sent to {place}; calls: {[(c.method, c.error) for c in self.calls]}"
        return messages[-1]

    def with_button(self, place: str, title: str) -> Shown:
        """The newest message in that chat with this button."""
        found = [shown for shown in self.in_place(place) if title in shown.buttons]
        assert found, f"no {title!r} in {place}: {[(s.words, list(s.buttons)) for s in self.in_place(place)]}"
        return found[-1]

    def calls_of(self, *methods: str) -> list[Call]:
        """The calls of these methods, oldest first."""
        with self._lock:
            return [call for call in self.calls if call.method in methods]

    async def until(self, true: Callable[[], object], seconds: float = 10.0) -> None:
        """Wait until that is true, or fail."""
        give_up = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < give_up, f"waited {seconds} s in vain; calls: {self.calls[-5:]}"
            await asyncio.sleep(0.02)

    # The server

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = b""
        more = True
        while more:
            part = await receive()
            if part["type"] == "http.disconnect":
                return  # the caller was killed in the middle of its sentence: nothing was said
            body += part.get("body", b"")
            more = bool(part.get("more_body"))
        headers = {name.decode().lower(): value.decode() for name, value in scope["headers"]}
        headers |= {":method": scope["method"], ":body": body.decode("latin-1")}
        method = scope["path"].rpartition("/")[2]
        given = _fields(headers.get("content-type", ""), body) | dict(parse_qsl(scope["query_string"].decode()))
        if not await self.ready(scope["path"], given, receive):
            return  # the caller is gone
        trouble = self._next(method)
        if trouble is not None:
            await asyncio.sleep(trouble.seconds)
        with self._lock:
            if trouble is not None and trouble.answer is not None:
                answer = trouble.answer
            else:
                answer = self.answer(scope["path"], headers, given)
            dropped = trouble is not None and trouble.drop
            self.calls.append(Call(method, given, 0 if dropped else answer.status, answer.error, time.time()))
        if dropped:
            # The cycle behind `send` is the only one here who knows the socket.
            send.__self__.transport.abort()  # type: ignore[attr-defined]
            await asyncio.sleep(0.05)
            return
        names = {"content-type": "application/json", **answer.headers}
        pairs = [(name.encode(), value.encode()) for name, value in names.items()]
        with contextlib.suppress(ConnectionError):
            await send({"type": "http.response.start", "status": answer.status, "headers": pairs})
            await send({"type": "http.response.body", "body": answer.body})

    def _next(self, method: str) -> Trouble | None:
        with self._lock:
            for trouble in self._troubles:
                if method in trouble.methods:
                    trouble.times -= 1
                    if trouble.times <= 0:
                        self._troubles.remove(trouble)
                    return trouble
        return None

    async def ready(self, path: str, body: dict[str, Any], receive: Receive) -> bool:
        """Hold the call until there is something to answer; False when nobody waits for it any more."""
        return True

    def place_of(self, address: str) -> str:
        """The chat that messages to this address land in."""
        return address

    @abstractmethod
    def answer(self, path: str, headers: dict[str, str], body: dict[str, Any]) -> Answer:
        """Do what the platform does with such a call."""

    @abstractmethod
    def _too_many(self, retry_after: int) -> Answer: ...


def _fields(content_type: str, body: bytes) -> dict[str, Any]:
    if content_type.startswith("application/json"):
        read = json.loads(body or b"{}")
        return read if isinstance(read, dict) else {}
    if content_type.startswith("multipart/form-data"):
        return _parts(content_type, body)
    return dict(parse_qsl(body.decode(), keep_blank_values=True))


def _parts(content_type: str, body: bytes) -> dict[str, Any]:
    """The fields of a form in parts; a file is its name and its bytes."""
    whole = BytesParser(policy=HTTP).parsebytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + body)
    found: dict[str, Any] = {}
    for part in whole.iter_parts():
        raw: Any = part.get_payload(decode=True)
        name, file = part.get_param("name", header="content-disposition"), part.get_filename()
        found[str(name)] = File(file, part.get_content_type(), raw) if file else raw.decode()
    return found


async def deliver(client: httpx.AsyncClient, hook: Hook, times: int = 1) -> list[httpx.Response]:
    """Bring a webhook request to the product, as often as the platform might, at the same time."""
    posts = [client.post(hook.path, headers=hook.headers, content=hook.body) for _ in range(times)]
    return list(await asyncio.gather(*posts))
