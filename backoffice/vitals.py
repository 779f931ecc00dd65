"""What machines ask: is it alive, is it ready, how is it doing; and how long each answer took."""

import time

from litestar import Response, get
from litestar.enums import ScopeType
from litestar.handlers import HTTPRouteHandler
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from core import health, metrics

METHODS = ("GET", "POST", "HEAD")  # strangers may call theirs what they like: those are one


def routes() -> list[HTTPRouteHandler]:
    """Three addresses for monitors; they tell nothing about anybody."""
    return [alive, ready, figures]


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
async def figures() -> Response[bytes]:
    """The figures that Prometheus scrapes."""
    return Response(await health.metrics(), media_type=metrics.TYPE)


def timed(app: ASGIApp) -> ASGIApp:
    """Note how long each answer takes until it is out; it stands before everything else."""

    async def asked(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await app(scope, receive, send)
            return
        begun, status = time.perf_counter(), 500
        method = scope["method"] if scope["method"] in METHODS else "other"

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await app(scope, receive, noted)
        finally:
            metrics.REQUESTS.labels(method, str(status)).observe(time.perf_counter() - begun)

    return asked
