"""Where the platforms knock: verify on the raw bytes, parse, store once, answer 200; all else happens afterwards.

A company's own account has an address of its own, that ends in its key. Whoever signs there speaks for that account
and for no other: what they tell about another is dropped, however well it is signed.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from litestar import MediaType, Request, Response, get, post
from litestar.exceptions import HTTPException, NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from bot import door, reports, templates_told
from bot.channels import CHANNELS, Channel, Forged, telegram, whatsapp, whatsapp_reading
from bot.door import Answer, Hook
from core import database, log, settings
from core.crash import crashpoint
from core.messaging import bot_accounts, inbox
from core.messaging.bot_accounts import Account
from core.messaging.messages import Incoming

LARGEST = 1024 * 1024
LARGEST_OF_WHATSAPP = 4 * LARGEST  # a post may hold what came together
DEEPEST = 32
Web = Request[Any, Any, Any]


def routes() -> list[HTTPRouteHandler]:
    """Those of companies' own accounts always, since any may bring one; those of the installation's if it has one."""
    made = settings.current()
    found: list[HTTPRouteHandler] = []
    if made.telegram_token and made.telegram_mode == "webhook":
        found.append(telegram_hook)
    if made.whatsapp_token:
        found += [whatsapp_asks, whatsapp_hook]
    return [*found, telegram_hook_of, whatsapp_asks_of, whatsapp_hook_of]


def hooks() -> list[Hook]:
    """The same addresses, for the door before the routes."""
    made = settings.current()
    return [
        Hook("/hooks/telegram", LARGEST, take_update, bool(made.telegram_token and made.telegram_mode == "webhook")),
        Hook("/hooks/whatsapp", LARGEST_OF_WHATSAPP, take_change, bool(made.whatsapp_token)),
    ]


async def take_update(key: str | None, headers: Mapping[str, str], raw: bytes) -> Answer:
    """One update of the Bot API, to the installation's bot or to the one with this key."""
    return await _receive(bot_accounts.TELEGRAM, headers, raw, await _account(bot_accounts.TELEGRAM, key))


async def take_change(key: str | None, headers: Mapping[str, str], raw: bytes) -> Answer:
    """What people did and what became of what we sent, as many of each as Meta found together."""
    return await _receive(bot_accounts.WHATSAPP, headers, raw, await _account(bot_accounts.WHATSAPP, key))


@post("/hooks/telegram", status_code=200, exclude_from_csrf=True, request_max_body_size=LARGEST)
async def telegram_hook(request: Web) -> Response[Any]:
    """One update of the Bot API."""
    return await door.posted(request, take_update, None)


@post("/hooks/telegram/{key:str}", status_code=200, exclude_from_csrf=True, request_max_body_size=LARGEST)
async def telegram_hook_of(request: Web, key: FromPath[str]) -> Response[Any]:
    """The same for the bot with this key."""
    return await door.posted(request, take_update, key)


@get("/hooks/whatsapp", media_type=MediaType.TEXT)
async def whatsapp_asks(request: Web) -> Response[str]:
    """Meta's question whether this address is ours."""
    return _told(request, settings.current().whatsapp_verify_token)


@get("/hooks/whatsapp/{key:str}", media_type=MediaType.TEXT)
async def whatsapp_asks_of(request: Web, key: FromPath[str]) -> Response[str]:
    """The same for the number with this key."""
    own = await _account(bot_accounts.WHATSAPP, key)
    assert own is not None
    told = _told(request, own.verify)
    await bot_accounts.verified(own)
    return told


@post("/hooks/whatsapp", status_code=200, exclude_from_csrf=True, request_max_body_size=LARGEST_OF_WHATSAPP)
async def whatsapp_hook(request: Web) -> Response[Any]:
    """What people did and what became of what we sent, as many of each as Meta found together."""
    return await door.posted(request, take_change, None)


@post("/hooks/whatsapp/{key:str}", status_code=200, exclude_from_csrf=True, request_max_body_size=LARGEST_OF_WHATSAPP)
async def whatsapp_hook_of(request: Web, key: FromPath[str]) -> Response[Any]:
    """The same for the number with this key."""
    return await door.posted(request, take_change, key)


async def _account(channel: str, key: str | None) -> Account | None:
    if key is None:
        return None
    async with database.installation(writes=False):
        own = await bot_accounts.by_key(channel, key)
    if own is None:
        raise NotFoundException
    return own


def _told(request: Web, verify: str) -> Response[str]:
    try:
        told = whatsapp.challenge(verify, dict(request.query_params.multi_items()))
        return Response(told, media_type=MediaType.TEXT)
    except Forged:
        log.warning("webhook_forged", channel=bot_accounts.WHATSAPP)
        raise HTTPException(status_code=403, detail="not the verify token of this address") from None


async def _receive(name: str, headers: Mapping[str, str], raw: bytes, own: Account | None) -> Answer:
    crashpoint("webhooks.before_verify")
    channel = CHANNELS[name]
    _verify(channel, headers, raw, own)
    payload = parsed(raw, json.loads)
    crashpoint("webhooks.verified")
    found = _heard(channel, payload, own)
    crashpoint("webhooks.parsed")
    if own is not None:
        await bot_accounts.heard(own)
    if found:
        await inbox.receive(found)
    if name == bot_accounts.WHATSAPP:
        await _of_meta(payload, own)
    crashpoint("webhooks.before_answer")
    pressed = [one for one in found if one.kind == "press"]
    # Telegram repeats whatever is not answered 200.
    return Answer(then=partial(_acknowledge, channel, pressed) if pressed else None)


def _verify(channel: Channel, headers: Mapping[str, str], raw: bytes, own: Account | None) -> None:
    try:
        if own is None:
            channel.verify(headers, raw)
        elif own.channel == bot_accounts.TELEGRAM:
            telegram.check_secret(own.secret, headers)
        else:
            whatsapp.check_signature(own.secret, headers, raw)
    except Forged:
        log.warning("webhook_forged", channel=channel.name)
        raise HTTPException(status_code=401, detail="not signed by the platform") from None


def _heard(channel: Channel, payload: Any, own: Account | None) -> list[Incoming]:
    if own is None:
        return channel.parse(payload)
    if own.channel == bot_accounts.TELEGRAM:
        return telegram.CHANNEL.parse(payload, account=own.account)
    return [one for one in channel.parse(payload) if one.account == own.account]


async def _of_meta(payload: Any, own: Account | None) -> None:
    """What became of what we sent, and what Meta made of our templates."""
    told = whatsapp.CHANNEL.reports(payload)
    if told := [one for one in told if own is None or one.account == own.account]:
        await reports.receive(told, of=None if own is None else own.company)
    business = settings.current().whatsapp_account_id if own is None else own.business
    if changed := [one for one in whatsapp_reading.templates(payload) if one.business == business]:
        await templates_told.receive(changed)


async def _acknowledge(channel: Channel, pressed: Sequence[Incoming]) -> None:
    """Stop the pressed buttons from spinning, after the platform has its answer; lost with the process, no harm."""
    for one in pressed:
        await channel.acknowledge(one)


def parsed(raw: bytes, read: Callable[[bytes], Any]) -> Any:
    """What a platform wrote, or 400 for what it never writes."""
    try:
        payload = read(raw)
    except (ValueError, RecursionError):
        raise HTTPException(status_code=400, detail="not the JSON of this platform") from None
    # What opens less often can't be deeper either, and most of what comes opens seldom.
    if raw.count(b"{") + raw.count(b"[") + raw.count(b"%") > DEEPEST and _depth(payload) > DEEPEST:
        raise HTTPException(status_code=400, detail="nested too deeply")
    return payload


def _depth(payload: Any) -> int:
    deepest, waiting = 0, [(payload, 1)]
    while waiting:
        value, level = waiting.pop()
        deepest = max(deepest, level)
        if level > DEEPEST:
            return level
        if isinstance(value, dict):
            waiting += [(inner, level + 1) for inner in value.values()]
        elif isinstance(value, list):
            waiting += [(inner, level + 1) for inner in value]
    return deepest
