"""The commands that speak with a platform: connecting a bot, and asking how it is found."""

import argparse
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from bot.channels import Later, Never, Unknown, telegram_setup, whatsapp, whatsapp_calls, whatsapp_setup
from bot.channels.telegram_setup import Refusal
from bot.channels.whatsapp_calls import Line
from core import database, settings
from core.command_line import Command
from core.commands import Stop, opened
from core.health import Check
from core.messaging import templates
from core.messaging.tables import MessageTemplate
from core.phrases import phrase
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
    return _told(checks, given)


def _told(checks: Sequence[Check], given: argparse.Namespace, more: dict[str, Any] | None = None) -> Any:
    lines = [
        f"{'ok  ' if one.well else 'FAIL'}  {one.name}: {one.told}" + ("" if one.well else f"\n      {one.advice}")
        for one in checks
    ]
    told = {"checks": [vars(one) for one in checks], **(more or {}), "text": "\n".join(lines)}
    if not all(one.well for one in checks):
        raise Stop(json.dumps({**(more or {}), "checks": told["checks"]} if more else told["checks"])
                   if given.json else str(told["text"]))  # fmt: skip
    return told


@asynccontextmanager
async def _asked(made: Settings) -> AsyncIterator[None]:
    if not made.telegram_token:
        raise Stop("set SERAMBI_TELEGRAM_TOKEN first: @BotFather gives it when you write /newbot")
    try:
        yield
    except Refusal as no:
        raise Stop(str(no)) from None


# -- WhatsApp ----------------------------------------------------------------------------------------------------------


async def connect_whatsapp(made: Settings, _: argparse.Namespace) -> Any:
    """Have Meta bring what people write to this installation's number, and make the templates that are missing."""
    async with _line(made) as line:
        await whatsapp_setup.subscribe(line)
        fresh = await whatsapp_setup.make(line)
    hook = f"{made.public_url}/hooks/whatsapp"
    names = [f"{one.name} ({one.language})" for one in fresh]
    lines = [
        "The app is subscribed to the WhatsApp Business Account.",
        f"Handed to Meta for approval: {', '.join(names)}." if names else "Every template is there.",
        f"At Meta (the app, WhatsApp, Configuration) the callback URL is {hook},",
        "with your SERAMBI_WHATSAPP_VERIFY_TOKEN;",
        "subscribe there to the fields messages, message_template_status_update and template_category_update.",
    ]
    return {"made": names, "url": hook, "text": "\n".join(lines)}


async def check_whatsapp(made: Settings, given: argparse.Namespace) -> Any:
    """Say how number, subscription and templates stand at Meta; Stop when something is wrong."""
    async with _line(made) as line:
        looks = await whatsapp_setup.looks(line)
        async with database.installation(writes=False):
            known = await templates.known(line.business)
    checks = [
        Check(
            name, look.well, phrase(f"botaccounts.look_{look.told}", "en", **dict(look.facts)),
            phrase("botaccounts.whatsapp_advice", "en"),
        )
        for name, look in looks.items()
    ]  # fmt: skip
    checks += [_of_template(one, known.get((one.name, one.language))) for one in templates.definitions()]
    return _told(checks, given)


async def disconnect_whatsapp(made: Settings, _: argparse.Namespace) -> Any:
    """Have Meta bring nothing any more."""
    async with _line(made) as line:
        await whatsapp_setup.unsubscribe(line)
    return {"text": "Meta brings nothing any more. The templates stay: serambi whatsapp connect takes it up again."}


async def show_templates(made: Settings, _: argparse.Namespace) -> Any:
    """The templates as they are defined, and how Meta sees each where it can be asked."""
    known: Any = {}
    if made.whatsapp_token and made.whatsapp_account_id:
        settings.require_secrets(made)
        async with _line(made) as line:
            await whatsapp_setup.seen(line)
            async with database.installation(writes=False):
                known = await templates.known(line.business)
    found, lines = [], []
    for one in templates.definitions():
        row = known.get((one.name, one.language))
        state = _state(row) if row is not None else ""
        found.append({
            "name": one.name, "language": one.language, "category": templates.CATEGORY.upper(), "text": one.text,
            "button": one.button, "state": row.state if row is not None else "",
        })  # fmt: skip
        head = "\t".join([one.name, one.language, templates.CATEGORY.upper(), *([state] if state else [])])
        lines.append(f"{head}\n{one.text}\n[{one.button}] (quick reply)\n")
    return {"templates": found, "text": "\n".join(lines)}


def _of_template(one: templates.Definition, row: MessageTemplate | None) -> Check:
    name = f"template {one.name} ({one.language})"
    if row is None:
        return Check(name, False, "nobody knows", "run: serambi whatsapp connect")
    moved = row.category not in (None, templates.CATEGORY)
    well = row.state in templates.SENDABLE and not moved
    told = _state(row) + (f", and Meta charges it as {row.category} now" if moved else "")
    advice = (
        "ask for another review in WhatsApp Manager"
        if moved or row.state != "missing"
        else "run: serambi whatsapp connect"
    )
    return Check(name, well, told, "wait for Meta: minutes to a day" if row.state == "pending" else advice)


def _state(row: MessageTemplate) -> str:
    return f"{row.state} ({row.reason})" if row.reason else str(row.state)


@asynccontextmanager
async def _line(made: Settings) -> AsyncIterator[Line]:
    """The installation's number, with the database open; what Meta refuses is said in words to act on."""
    for name in ("whatsapp_token", "whatsapp_account_id"):
        if not getattr(made, name):
            raise Stop(f"set SERAMBI_{name.upper()} first: see knowledge_base/operators/whatsapp.md")
    async with opened(made, rings=False):
        try:
            yield await whatsapp_calls.line()
        except Unknown:
            raise Stop("Meta does not answer; whatever was asked of it may be asked again") from None
        except (Later, Never) as no:
            raise Stop(
                f"Meta refuses ({no.reason}): check SERAMBI_WHATSAPP_TOKEN, _PHONE_ID and _ACCOUNT_ID, and that the "
                "token has whatsapp_business_management and whatsapp_business_messaging"
            ) from None
        finally:
            await whatsapp.CHANNEL.close()


COMMANDS = (
    Command("telegram connect", "make Telegram deliver here, and fill the bot's menu", connect, bare=True),
    Command("telegram check", "how Telegram finds this installation, and what to do", check, bare=True),
    Command("telegram disconnect", "make Telegram deliver nowhere", disconnect, bare=True),
    Command("whatsapp connect", "make Meta deliver here, and make the templates", connect_whatsapp),
    Command("whatsapp check", "how number, subscription and templates stand at Meta", check_whatsapp),
    Command("whatsapp disconnect", "make Meta deliver nothing", disconnect_whatsapp),
    Command(
        "whatsapp templates", "the templates, in both languages, and how Meta sees them", show_templates, bare=True
    ),
)
