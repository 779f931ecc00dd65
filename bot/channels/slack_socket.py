"""A connection of Socket Mode: Slack's own client, watched from outside so that a refused token is not asked for ever.

An envelope that is not acknowledged comes again, over this connection or another; what is acknowledged was stored.
"""

import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from bot.channels import slack_calls
from bot.channels.contract import Later
from core import log, settings
from core.crash import crashpoint

if TYPE_CHECKING:
    from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
    from slack_sdk.socket_mode.request import SocketModeRequest

# An envelope's kind and what is in it; returns what Slack shows at once, if anything.
Take = Callable[[str, dict[str, Any]], Awaitable[dict[str, Any] | None]]
QUIET = logging.getLogger("serambi.slack_socket")  # its client writes addresses that open a connection
QUIET.setLevel(logging.CRITICAL)
PING = 10.0  # seconds


class Connection:
    """One connection for one app."""

    def __init__(self, app_token: str, take: Take) -> None:
        from slack_sdk.socket_mode.aiohttp import SocketModeClient

        self._take = take
        self._client = SocketModeClient(
            app_token, logger=QUIET, web_client=slack_calls.bare(), auto_reconnect_enabled=False, ping_interval=PING
        )
        self._client.socket_mode_request_listeners.append(self._heard)

    async def open(self) -> None:
        """Ask Slack for an address and connect to it; raises Later, Never or Unknown as any call does."""
        told = await slack_calls.call(self._client.web_client.apps_connections_open(app_token=self._client.app_token))
        there = str(told.get("url"))
        if settings.current().slack_api.startswith("https:") and not there.startswith("wss:"):
            raise Later(reason="the address that was named is not encrypted")
        self._client.wss_uri = there
        await self._client.connect()  # type: ignore[no-untyped-call]

    async def lives(self) -> bool:
        """Whether Slack answers on it."""
        return await self._client.is_connected()

    async def close(self) -> None:
        """Let go of it; what was not acknowledged comes again elsewhere."""
        await self._client.close()  # type: ignore[no-untyped-call]

    async def _heard(self, client: "AsyncBaseSocketModeClient", request: "SocketModeRequest") -> None:
        from slack_sdk.socket_mode.response import SocketModeResponse

        try:
            crashpoint("sockets.before_store")
            shown = await self._take(request.type, request.payload)
        except Exception as fault:  # whatever it is, Slack keeps the envelope and brings it again
            log.error("slack.envelope_not_kept", channel="slack", fault=fault)
            return
        crashpoint("sockets.before_answer")
        await client.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id, payload=shown))
