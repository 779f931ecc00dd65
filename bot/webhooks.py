"""Where the platforms knock: verify on the raw bytes, parse, store once, answer 200; all else happens afterwards."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from litestar import MediaType, Request, Response, get, post
from litestar.background_tasks import BackgroundTask
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler

from bot import reports
from bot.channels import CHANNELS, Channel, Forged, whatsapp
from core import log, settings
from core.crash import crashpoint
from core.messaging import inbox
from core.messaging.messages import Incoming

LARGEST = 1024 * 1024
LARGEST_OF_WHATSAPP = 4 * LARGEST  # a post may hold what came together
DEEPEST = 32
Web = Request[Any, Any, Any]


def routes() -> list[HTTPRouteHandler]:
    """The webhooks of the channels that this installation has."""
    made = settings.current()
    found: list[HTTPRouteHandler] = []
    if made.telegram_token and made.telegram_mode == "webhook":
        found.append(telegram_hook)
    if made.whatsapp_token:
        found += [whatsapp_asks, whatsapp_hook]
    return found


@post("/hooks/telegram", status_code=200, exclude_from_csrf=True, request_max_body_size=LARGEST)
async def telegram_hook(request: Web) -> Response[Any]:
    """One update of the Bot API."""
    return await _receive("telegram", request, json.loads)


@get("/hooks/whatsapp", media_type=MediaType.TEXT)
async def whatsapp_asks(request: Web) -> Response[str]:
    """Meta's question whether this address is ours."""
    try:
        told = whatsapp.CHANNEL.challenge(dict(request.query_params.multi_items()))
        return Response(told, media_type=MediaType.TEXT)
    except Forged:
        log.warning("webhook_forged", channel=whatsapp.NAME)
        raise HTTPException(status_code=403, detail="not the verify token of this installation") from None


@post("/hooks/whatsapp", status_code=200, exclude_from_csrf=True, request_max_body_size=LARGEST_OF_WHATSAPP)
async def whatsapp_hook(request: Web) -> Response[Any]:
    """What people did and what became of what we sent, as many of each as Meta found together."""
    return await _receive(whatsapp.NAME, request, json.loads)


async def _receive(name: str, request: Web, read: Callable[[bytes], Any]) -> Response[Any]:
    raw = await request.body()
    crashpoint("webhooks.before_verify")
    channel = CHANNELS[name]
    try:
        channel.verify({key.lower(): value for key, value in request.headers.items()}, raw)
    except Forged:
        log.warning("webhook_forged", channel=name)
        raise HTTPException(status_code=401, detail="not signed by the platform") from None
    payload = parsed(raw, read)
    crashpoint("webhooks.verified")
    found = channel.parse(payload)
    crashpoint("webhooks.parsed")
    if found:
        await inbox.receive(found)
    if name == whatsapp.NAME and (told := whatsapp.CHANNEL.reports(payload)):
        await reports.receive(told)
    crashpoint("webhooks.before_answer")
    pressed = [one for one in found if one.kind == "press"]
    # Telegram repeats whatever is not answered 200.
    return Response(
        b"", status_code=200, media_type="application/json",
        background=BackgroundTask(_acknowledge, channel, pressed) if pressed else None,
    )  # fmt: skip


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
