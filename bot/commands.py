"""The commands that speak with a platform: connecting a bot, and asking how it is found."""

import argparse
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from bot.channels import telegram_setup
from bot.channels.telegram_setup import Refusal
from core.command_line import Command
from core.commands import Stop
from core.settings import Settings


async def connect(made: Settings, _: argparse.Namespace) -> Any:
    """Make Telegram deliver to this installation, or let us ask; and fill the menu beside the input."""
    async with _asked(made):
        name, url = await telegram_setup.connect()
    where = f"Telegram delivers to {url}" if url else "we ask Telegram for updates while serambi run or worker runs"
    return {"bot": name, "url": url, "text": f"@{name} is connected: {where}. People write to it at t.me/{name}"}


async def disconnect(made: Settings, _: argparse.Namespace) -> Any:
    """Make Telegram deliver nowhere."""
    async with _asked(made):
        await telegram_setup.disconnect()
    return {"text": "Telegram delivers nowhere. What people write is kept there for 24 hours."}


async def check(made: Settings, given: argparse.Namespace) -> Any:
    """Say how Telegram finds this installation; Stop when something is wrong."""
    async with _asked(made):
        checks = await telegram_setup.look()
    lines = [
        f"{'ok  ' if one.well else 'FAIL'}  {one.name}: {one.told}" + ("" if one.well else f"\n      {one.advice}")
        for one in checks
    ]
    told = {"checks": [vars(one) for one in checks], "text": "\n".join(lines)}
    if not all(one.well for one in checks):
        raise Stop(json.dumps(told["checks"]) if given.json else str(told["text"]))
    return told


@asynccontextmanager
async def _asked(made: Settings) -> AsyncIterator[None]:
    if not made.telegram_token:
        raise Stop("set SERAMBI_TELEGRAM_TOKEN first: @BotFather gives it when you write /newbot")
    try:
        yield
    except Refusal as no:
        raise Stop(str(no)) from None


COMMANDS = (
    Command("telegram connect", "make Telegram deliver here, and fill the bot's menu", connect, bare=True),
    Command("telegram check", "how Telegram finds this installation, and what to do", check, bare=True),
    Command("telegram disconnect", "make Telegram deliver nowhere", disconnect, bare=True),
)
