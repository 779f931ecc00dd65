"""What machines ask: is it alive, is it ready, how is it doing."""

from litestar import Response, get
from litestar.handlers import HTTPRouteHandler

from core import health, metrics


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
