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

from bot.channels.contract import Later, Never, Shut, Slower, Unknown, about_to_call
from core import log, settings

PATIENCE = 15.0  # seconds for an answer
AFTER_CONFLICT = 15.0  # seconds: another program with the same token has to end first
AFTER_REFUSED_TOKEN = 300.0  # seconds: an operator has to put the token right
NOBODY_THERE = ("chat not found", "user not found", "peer_id_invalid")  # the account was deleted
UNSENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


class Bots:
    """The clients of this process, one for each event loop."""

    def __init__(self) -> None:
        self._of: WeakKeyDictionary[AbstractEventLoop, Bot] = WeakKeyDictionary()

    def client(self) -> Bot:
        """The client of this event loop and of the settings in force; its connections can't be shared between loops."""
        about_to_call()
        now = settings.current()
        base = now.telegram_api.rstrip("/") + "/bot"
        loop = get_running_loop()
        bot = self._of.get(loop)
        if bot is None or bot.base_url != base + now.telegram_token:
            if not now.telegram_token:
                raise Shut(AFTER_REFUSED_TOKEN, "no token")
            logging.getLogger("httpx").setLevel(logging.WARNING)
            request = HTTPXRequest(
                connection_pool_size=16, read_timeout=PATIENCE, write_timeout=PATIENCE, pool_timeout=5
            )
            files = now.telegram_api.rstrip("/") + "/file/bot"
            bot = self._of[loop] = Bot(now.telegram_token, base, files, request=request, get_updates_request=request)
        return bot

    async def close(self) -> None:
        """Close the connections of the running event loop."""
        bot = self._of.pop(get_running_loop(), None)
        if bot is not None:
            await bot.request.shutdown()


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
            log.error("telegram.token_refused", channel="telegram", advice="set SERAMBI_TELEGRAM_TOKEN")
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
