"""What machines ask: is it alive, is it ready, how is it doing; and how long each answer took."""

import time

from litestar import Litestar, Response, get
from litestar.enums import ScopeType
from litestar.handlers import HTTPRouteHandler
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from core import figures, health, metrics

METHODS = ("GET", "POST", "HEAD")  # strangers may call theirs what they like: those are one
# What an address is part of, the first that fits; everything else is a page.
PARTS = (
    ("/hooks/telegram/", "telegram"), ("/hooks/whatsapp/", "whatsapp"), ("/hooks/slack/", "slack"),
    ("/chat/", "chat"), ("/live/", "live"), ("/static/", "static"), ("/healthz/", "probes"), ("/readyz/", "probes"),
    ("/metrics/", "probes"),
)  # fmt: skip


def routes() -> list[HTTPRouteHandler]:
    """Three addresses for monitors; they tell nothing about anybody."""
    return [alive, ready, figured]


def application() -> Litestar:
    """These alone, for a process that has no pages."""
    return Litestar(route_handlers=routes(), openapi_config=None, logging_config=None)


@get("/healthz")
async def alive() -> Response[dict[str, str]]:
    """This process answers."""
    return Response({"status": "alive"})


@get("/readyz")
async def ready() -> Response[dict[str, object]]:
    """Database, broker, clock and disk, each by name; 503 while one is not well."""
    checks = await health.ready()
    well = all(check.well for check in checks)
    told: dict[str, object] = {check.name: "ok" if check.well else check.told for check in checks}
    return Response(told, status_code=200 if well else 503, headers={} if well else {"retry-after": "5"})


@get("/metrics")
async def figured() -> Response[bytes]:
    """The figures that Prometheus scrapes."""
    return Response(await figures.told(), media_type=metrics.TYPE)


def timed(app: ASGIApp) -> ASGIApp:
    """Note how long each answer takes until it is out; it stands before everything else."""

    async def asked(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await app(scope, receive, send)
            return
        begun, status, streams = time.perf_counter(), 500, False
        method = scope["method"] if scope["method"] in METHODS else "other"

        async def noted(message: Message) -> None:
            nonlocal status, streams
            if message["type"] == "http.response.start":
                status = message["status"]
                streams = any(name == b"content-type" and b"event-stream" in told for name, told in message["headers"])
            await send(message)

        try:
            await app(scope, receive, noted)
        finally:
            if not streams:  # one is as long as somebody looks at a page, and says nothing about how quick we are
                metrics.REQUESTS.labels(_part(scope["path"]), method, str(status)).observe(time.perf_counter() - begun)

    return asked


def _part(path: str) -> str:
    return next((part for start, part in PARTS if f"{path}/".startswith(start)), "pages")
