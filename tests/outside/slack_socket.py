"""The other end of Socket Mode: Slack hands envelopes to one connection at a time and wants each acknowledged.

An envelope that nobody acknowledged comes again, over whatever connection there is by then.
"""

import asyncio
import itertools
import json
import threading
import time
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from aiohttp import WSMsgType, web

from tests.outside.slack import Slack

APP_TOKEN = "xapp-1-A0SERAMBI-1-standin"


@dataclass
class Envelope:
    """One thing that Slack wants to be acknowledged."""

    id: str
    kind: str
    payload: dict[str, Any]
    sent: list[float] = field(default_factory=list)
    acked: float | None = None
    shown: dict[str, Any] | None = None  # what came with the acknowledgement


class Sockets:
    """Slack's server of connections, in a thread of its own, beside the Web API of `slack`."""

    def __init__(self, slack: Slack) -> None:
        self.slack = slack
        self.connected = 0  # how many there were in all
        self.envelopes: list[Envelope] = []
        self._numbers = itertools.count(1)
        self._open: list[web.WebSocketResponse] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._ask(self._serve())
        self.slack.app_tokens.add(APP_TOKEN)
        self.slack.socket_url = f"ws://127.0.0.1:{self._port}/link/?ticket=secret"
        return self

    def __exit__(self, kind: type[BaseException] | None, no: BaseException | None, at: TracebackType | None) -> None:
        self._ask(self._runner.cleanup())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)

    @property
    def open(self) -> int:
        """How many connections stand."""
        return sum(not one.closed for one in self._open)

    def brings(self, kind: str, payload: dict[str, Any]) -> Envelope:
        """Slack has this to tell; it goes out at once if there is a connection."""
        made = Envelope(f"e-{next(self._numbers)}", kind, payload)
        self.envelopes.append(made)
        self._ask(self._send(made))
        return made

    def again(self) -> None:
        """What nobody acknowledged is sent once more."""
        for one in self.envelopes:
            if one.acked is None:
                self._ask(self._send(one))

    def ends(self, reason: str = "refresh_requested") -> None:
        """Slack announces that it closes the connections, as it does about every hour."""
        self._ask(self._say({"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-1"}}))

    def cuts(self) -> None:
        """The line is dead without a word."""
        self._ask(self._cut())

    # -- the server

    def _ask(self, wish: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(wish, self._loop).result(10)

    async def _serve(self) -> None:
        app = web.Application()
        app.router.add_get("/link/", self._link)
        self._runner = web.AppRunner(app, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self._port = self._runner.addresses[0][1]

    async def _link(self, request: web.Request) -> web.WebSocketResponse:
        line = web.WebSocketResponse(autoping=True)
        await line.prepare(request)
        self.connected += 1
        self._open.append(line)
        await line.send_json(
            {"type": "hello", "num_connections": self.open, "connection_info": {"app_id": "A0SERAMBI"}}
        )
        for one in self.envelopes:
            if one.acked is None:
                await self._send(one)
        async for said in line:
            if said.type == WSMsgType.TEXT:
                self._take(json.loads(said.data))
        return line

    def _take(self, said: dict[str, Any]) -> None:
        for one in self.envelopes:
            if one.id == said.get("envelope_id") and one.acked is None:
                one.acked, one.shown = time.monotonic(), said.get("payload")

    async def _send(self, one: Envelope) -> None:
        line = next((line for line in reversed(self._open) if not line.closed), None)
        if line is None:
            return
        one.sent.append(time.monotonic())
        told = {"type": one.kind, "envelope_id": one.id, "payload": one.payload, "accepts_response_payload": True,
                "retry_attempt": len(one.sent) - 1}  # fmt: skip
        await line.send_json(told)

    async def _say(self, what: dict[str, Any]) -> None:
        for line in self._open:
            if not line.closed:
                await line.send_json(what)
                await line.close()

    async def _cut(self) -> None:
        for line in self._open:
            if line._req is not None and line._req.transport is not None:
                line._req.transport.abort()
