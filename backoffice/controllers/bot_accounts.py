"""Connecting a company's own bot on Telegram and its own number on WhatsApp: what to bring, what to paste, and whether
each step works by now, asked of the platform whenever the page is opened."""

import asyncio
from collections.abc import Mapping
from typing import Any

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromQuery, SkipValidation, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice import asker
from backoffice.asker import Web
from backoffice.guards import acting, requires, standing
from backoffice.rendering import page, refusal
from core import database, log, settings
from core.errors import Refused
from core.messaging import bot_accounts, templates
from core.messaging.bot_accounts import TELEGRAM, WHATSAPP, Account, Connector
from core.messaging.workspaces import Look
from core.phrases import phrase

PATIENCE = 6.0  # seconds that the page waits for a platform
AWAY = Look(False, "away", (("error", "timeout"),))
STEPS = {TELEGRAM: ("bot", "delivery", "commands"), WHATSAPP: ("number", "subscribed", "templates")}
SAVED = ("keys", "again", "ended")
# What Meta is to tell the app, beside the messages themselves.
FIELDS = ("messages", "message_template_status_update", "template_category_update")
Bots = Mapping[str, Connector]
Asked = NamedDependency[SkipValidation[Bots]]


class TelegramKeys(Struct):
    """What @BotFather gives, and how Telegram is to reach us; an empty token stays as it is."""

    token: str = ""
    mode: str = ""


class WhatsAppKeys(Struct):
    """What Meta shows for a number; what is left empty stays as it is."""

    phone: str = ""
    business: str = ""
    token: str = ""
    secret: str = ""


class TelegramController(Controller):
    """The company's own bot on Telegram."""

    path = "/{company:str}/settings/telegram"
    guards = (requires("settings", "change"),)

    @get()
    async def show(self, request: Web, bots: Asked, saved: FromQuery[str] = "") -> Response[str]:
        """Each step with what is still to do in it."""
        return await _show(request, bots, TELEGRAM, saved=saved)

    @post("/keys")
    async def keys(self, request: Web, bots: Asked, data: URLEncodedBody[TelegramKeys]) -> Response[str]:
        """Keep the bot's token, and tell Telegram where to deliver."""
        return await _keep(request, bots, TELEGRAM, {"token": data.token, "mode": data.mode})

    @post("/connect")
    async def connect(self, request: Web, bots: Asked) -> Response[str]:
        """Tell Telegram all of it once more."""
        return await _again(request, bots, TELEGRAM)

    @post("/end")
    async def end(self, request: Web, bots: Asked) -> Response[str]:
        """Let the bot go: its people are reached elsewhere."""
        return await _end(request, bots, TELEGRAM)


class WhatsAppController(Controller):
    """The company's own number on WhatsApp."""

    path = "/{company:str}/settings/whatsapp"
    guards = (requires("settings", "change"),)

    @get()
    async def show(self, request: Web, bots: Asked, saved: FromQuery[str] = "") -> Response[str]:
        """Each step with what is still to do in it."""
        return await _show(request, bots, WHATSAPP, saved=saved)

    @post("/keys")
    async def keys(self, request: Web, bots: Asked, data: URLEncodedBody[WhatsAppKeys]) -> Response[str]:
        """Keep what Meta shows for the number, have its app subscribed and the templates made."""
        given = {name: getattr(data, name) for name in ("phone", "business", "token", "secret")}
        return await _keep(request, bots, WHATSAPP, given)

    @post("/connect")
    async def connect(self, request: Web, bots: Asked) -> Response[str]:
        """Subscribe once more, and make the templates that are missing."""
        return await _again(request, bots, WHATSAPP)

    @post("/end")
    async def end(self, request: Web, bots: Asked) -> Response[str]:
        """Let the number go: its people are reached elsewhere."""
        return await _end(request, bots, WHATSAPP)


# -- what is done ------------------------------------------------------------------------------------------------------


async def _keep(request: Web, bots: Bots, channel: str, given: dict[str, str]) -> Response[str]:
    where, typed = standing(request), {name: value[:1000] for name, value in given.items()}
    try:
        async with database.reading(where.company):
            known = await bot_accounts.of_company(channel)
        full = bot_accounts.checked(channel, typed, known)
        named = await bots[channel].named(full)
        if not await bot_accounts.free(channel, named.account, where.company):
            raise Refused("botaccounts.taken", name=named.name)
        async with database.transaction(where.company):
            account = await bot_accounts.save(channel, full, named, by=acting(request))
        await bots[channel].connect(account)
    except Refused as no:
        return await _refused(request, bots, channel, no, typed)
    return _done(request, channel, "keys")


async def _again(request: Web, bots: Bots, channel: str) -> Response[str]:
    account = await _account(request, channel)
    try:
        await bots[channel].connect(account)
    except Refused as no:
        return await _refused(request, bots, channel, no, {})
    return _done(request, channel, "again")


async def _end(request: Web, bots: Bots, channel: str) -> Response[str]:
    await _account(request, channel)
    async with database.transaction(standing(request).company):
        ended = await bot_accounts.end(channel, by=acting(request))
    if ended is not None:
        await _in_time(bots[channel].disconnect(ended), None)
    return _done(request, channel, "ended")


async def _account(request: Web, channel: str) -> Account:
    async with database.reading(standing(request).company):
        account = await bot_accounts.of_company(channel)
    if account is None:
        raise NotFoundException
    return account


async def _refused(request: Web, bots: Bots, channel: str, no: Refused, typed: dict[str, str]) -> Response[str]:
    where = standing(request)
    log.warning("bot.not_connected", channel=channel, reason=no.key)
    field = no.key.partition("wrong_")[2].removeprefix(f"{channel}_")
    wrong = {field if field in typed else "": refusal(request, no, where.zone)}
    return await _show(request, bots, channel, wrong=wrong, typed=typed, status=422)


def _done(request: Web, channel: str, saved: str) -> Response[str]:
    return Redirect(f"/{standing(request).place.slug}/settings/{channel}?saved={saved}", status_code=303)


# -- the page ----------------------------------------------------------------------------------------------------------


async def _show(
    request: Web, bots: Bots, channel: str, *, saved: str = "", wrong: Mapping[str, str] | None = None,
    typed: Mapping[str, str] | None = None, status: int = 200,
) -> Response[str]:  # fmt: skip
    where, language = standing(request), asker.of(request).language
    async with database.reading(where.company):
        account = await bot_accounts.of_company(channel)
        people = 0 if account is None else await bot_accounts.people(account)
    steps = STEPS[channel]
    looks: dict[str, Look] = {}
    if account is not None:
        looks = await _in_time(bots[channel].looks(account), dict.fromkeys(steps, AWAY))
    made = settings.current()
    kept = {} if account is None else {"phone": account.account, "business": account.business, "mode": account.mode}
    shown = {name: value for name, value in (typed or {}).items() if name not in ("token", "secret")}
    return await page(
        request, f"channels/{channel}.html", status=status, place=where.place.name, company=where.place,
        zone=where.zone, bot=account, people=people, wrong=wrong or {}, typed={**kept, **shown},
        looks={name: {"well": one.well, "told": _told(one, language)} for name, one in looks.items()},
        hook=f"{made.public_url}{account.path}" if account else "", fields=", ".join(FIELDS),
        templates=await _templates(account, language) if channel == WHATSAPP else [], reachable=made.secure,
        shared=bool(made.telegram_token if channel == TELEGRAM else made.whatsapp_token),
        saved=saved if saved in SAVED else "",
    )  # fmt: skip


async def _templates(account: Account | None, language: str) -> list[dict[str, Any]]:
    """Each template with its words and how Meta sees it."""
    if account is None:
        return []
    async with database.installation(writes=False):
        known = await templates.known(account.business)
    return [_template(one, known.get((one.name, one.language)), language) for one in templates.definitions()]


def _template(one: templates.Definition, row: Any, language: str) -> dict[str, Any]:
    state = row.state if row is not None else templates.MISSING
    key = "ok" if state in templates.SENDABLE else templates.WHY.get(state, templates.ABSENT).removeprefix("template_")
    moved = row is not None and row.category not in (None, templates.CATEGORY)
    return {
        "name": one.name, "language": one.language, "text": one.text, "well": key == "ok" and not moved,
        "state": phrase(f"botaccounts.template_{key}", language),
        "reason": (row.reason or "") if row is not None and key == "refused" else "",
        "moved": phrase("botaccounts.template_moved", language, category=row.category) if moved else "",
    }  # fmt: skip


async def _in_time(question: Any, otherwise: Any) -> Any:
    """A platform's answer, or what stands for it when there is none in time."""
    try:
        return await asyncio.wait_for(question, PATIENCE)
    except TimeoutError:
        return otherwise


def _told(look: Look, language: str) -> str:
    return phrase(f"botaccounts.look_{look.told}", language, **dict(look.facts))
