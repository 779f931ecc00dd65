"""Slack without a public address: each process that works holds a connection for each app that asks for one.

Slack brings an envelope to one of an app's connections, ten at most. A connection that falls silent, or that Slack
announces to end, is replaced; what came over it and was not acknowledged comes again and is stored once.
"""

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from bot import slack_hooks
from bot.channels import Later, Never, Unknown
from bot.channels.slack_socket import Connection
from core import database, log, settings
from core.messaging import workspaces
from core.messaging.workspaces import App

LOOK = 1.0  # seconds between two looks at the connections
ASK = 5.0  # seconds between two looks at which apps want one
SAY = 30.0  # seconds between two notes that a connection stands
AFTER_REFUSAL = 60.0  # seconds: somebody has to put the token right


@dataclass
class Wire:
    """The connection of one app, and when to try it again."""

    token: str
    app: App | None  # None = the installation's own
    open: Connection | None = None
    not_before: float = 0.0
    said: float = field(default=0.0)


async def listen(stop: asyncio.Event) -> None:
    """Hold the connections until told to stop."""
    wires: dict[str, Wire] = {}
    asked = 0.0
    try:
        while not stop.is_set():
            try:
                if time.monotonic() - asked >= ASK or not asked:
                    asked = time.monotonic()
                    await _rewire(wires)
                await asyncio.gather(*(_keep(wire) for wire in wires.values()))
            except Exception as fault:  # the database may be away for a while; the next look tries again
                log.error("slack.sockets_failed", channel="slack", fault=fault)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), LOOK)
    finally:
        for wire in wires.values():
            await _drop(wire)


async def _rewire(wires: dict[str, Wire]) -> None:
    """Have a wire for each app that wants one, and none for others."""
    wanted = {wire.token: wire for wire in await _wanted()}
    for token in [one for one in wires if one not in wanted]:
        await _drop(wires.pop(token))
    for token, wire in wanted.items():
        wires.setdefault(token, wire).app = wire.app


async def _wanted() -> list[Wire]:
    made = settings.current()
    own = [Wire(made.slack_app_token, None)] if made.slack_app_token else []
    async with database.installation(writes=False):
        return own + [Wire(app.app_token, app) for app in await workspaces.connecting()]


async def _keep(wire: Wire) -> None:
    """See that the connection stands, and say so now and then."""
    now = time.monotonic()
    if wire.open is not None and not await wire.open.lives():
        log.warning("slack.socket_lost", channel="slack")
        await _drop(wire)
    if wire.open is None and now >= wire.not_before:
        await _open(wire)
    if wire.open is not None and wire.app is not None and (not wire.said or now - wire.said >= SAY):
        wire.said = now
        await workspaces.connected(wire.app)


async def _open(wire: Wire) -> None:
    async def take(kind: str, payload: dict[str, Any]) -> dict[str, Any] | None:
        return await slack_hooks.taken(kind, payload, wire.app)

    made = Connection(wire.token, take)
    try:
        await asyncio.wait_for(made.open(), AFTER_REFUSAL)
    except (Later, Never, Unknown, TimeoutError) as no:
        await made.close()
        reason = getattr(no, "reason", type(no).__name__)
        log.warning("slack.socket_refused", channel="slack", reason=reason)
        away = isinstance(no, Unknown | TimeoutError) or (isinstance(no, Later) and no.seconds is None)
        wire.not_before = time.monotonic() + (ASK if away else getattr(no, "seconds", None) or AFTER_REFUSAL)
        return
    log.info("slack.socket_open", channel="slack")
    wire.open = made


async def _drop(wire: Wire) -> None:
    if wire.open is not None:
        gone, wire.open, wire.said = wire.open, None, 0.0
        with suppress(Exception):  # whatever closing it raises, it is gone
            await gone.close()
