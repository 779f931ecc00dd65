"""Calling Telegram: one client for each event loop, and what a failed call says about the message.

The surprise: the token stands in the address of every call, so the HTTP library's own log lines are switched off.
"""

import logging
from asyncio import AbstractEventLoop, get_running_loop
from datetime import timedelta
from weakref import WeakKeyDictionary

import httpx
from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from bot.channels.contract import DISCONNECTED, NO_ACCOUNT, Later, Never, Shut, Slower, Unknown, about_to_call
from core import database, log, settings
from core.messaging import bot_accounts

PATIENCE = 15.0  # seconds for an answer
AFTER_CONFLICT = 15.0  # seconds: another program with the same token has to end first
AFTER_REFUSED_TOKEN = 300.0  # seconds: an operator has to put the token right
MOST_BOTS, MOST_CALLS = 256, 32  # of an event loop
NOBODY_THERE = ("chat not found", "user not found", "peer_id_invalid")  # the account was deleted
UNSENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


class Bots:
    """The clients of this process: the connections of an event loop, and the bots that speak over them."""

    def __init__(self) -> None:
        self._of: WeakKeyDictionary[AbstractEventLoop, tuple[HTTPXRequest, dict[str, Bot]]] = WeakKeyDictionary()
        self._asks: WeakKeyDictionary[AbstractEventLoop, HTTPXRequest] = WeakKeyDictionary()

    async def speaking_as(self, account: str) -> Bot:
        """The client of the bot with this id: a company's own, else the installation's."""
        return self.client(await token_of(account))

    def client(self, token: str) -> Bot:
        """The client with this token and of the settings in force; connections can't be shared between loops."""
        about_to_call()
        if not token:
            raise Shut(AFTER_REFUSED_TOKEN, "no token")
        api = settings.current().telegram_api.rstrip("/")
        request, bots = self._connections()
        base = f"{api}/bot"
        bot = bots.get(token)
        if bot is None or bot.base_url != base + token:
            if len(bots) >= MOST_BOTS:
                bots.clear()
            bot = bots[token] = Bot(token, base, f"{api}/file/bot", request=request, get_updates_request=request)
        return bot

    def asking(self) -> HTTPXRequest:
        """The connections on which Telegram is asked for updates: each is held for as long as it thinks."""
        loop = get_running_loop()
        found = self._asks.get(loop)
        if found is None:
            found = self._asks[loop] = HTTPXRequest(connection_pool_size=MOST_BOTS, pool_timeout=5)
        return found

    def _connections(self) -> tuple[HTTPXRequest, dict[str, Bot]]:
        loop = get_running_loop()
        found = self._of.get(loop)
        if found is None:
            logging.getLogger("httpx").setLevel(logging.WARNING)
            request = HTTPXRequest(
                connection_pool_size=MOST_CALLS, read_timeout=PATIENCE, write_timeout=PATIENCE, pool_timeout=5
            )
            found = self._of[loop] = (request, {})
        return found

    async def close(self) -> None:
        """Close the connections of the running event loop."""
        found = self._of.pop(get_running_loop(), None)
        asks = self._asks.pop(get_running_loop(), None)
        for one in ([found[0]] if found is not None else []) + ([asks] if asks is not None else []):
            await one.shutdown()


async def token_of(account: str) -> str:
    """What speaks for the bot with this id; Never where it was a company's and is not any more, or is nobody's here."""
    about_to_call()
    ours = settings.current().telegram_token
    if account not in ("", bot_accounts.shared(bot_accounts.TELEGRAM)):
        async with database.installation(writes=False):
            own = await bot_accounts.of_account(bot_accounts.TELEGRAM, account)
        if own is not None and own.ended_at is not None:
            raise Never(DISCONNECTED, gone=True)
        if own is not None:
            return own.token
        if ours:
            log.error("account_unknown", channel=bot_accounts.TELEGRAM, account=account, advice="serambi doctor")
            raise Never(NO_ACCOUNT)
    return ours


def meaning(fault: TelegramError) -> Later | Unknown | Never:
    """What a failed call says about the message."""
    match fault:
        case RetryAfter():
            seconds = fault.retry_after
            return Slower(seconds.total_seconds() if isinstance(seconds, timedelta) else float(seconds), "too many")
        case ChatMigrated():
            return Never("chat migrated")
        case Forbidden():
            return Never(fault.message, gone=True)
        case BadRequest():
            return Never(fault.message, gone=any(words in fault.message.lower() for words in NOBODY_THERE))
        case InvalidToken() | Conflict():
            log.error(
                "telegram.token_refused",
                channel="telegram",
                advice="set SERAMBI_TELEGRAM_TOKEN, or give the company's own bot its new token",
            )
            return Shut(AFTER_REFUSED_TOKEN, "token refused")
        case _:
            return _by_cause(fault)


def _by_cause(fault: TelegramError) -> Later | Unknown:
    """Known unsent only if no connection came about, or Telegram itself answered that it failed."""
    cause = fault.__cause__
    if isinstance(cause, UNSENT):
        return Later(None, type(cause).__name__)
    if cause is not None and not isinstance(cause, TelegramError):
        return Unknown()
    # A gateway that stopped waiting knows no more than we do.
    gave_up = "504" in fault.message or "gateway timeout" in fault.message.lower()
    return Unknown() if gave_up else Later(None, "server error")
