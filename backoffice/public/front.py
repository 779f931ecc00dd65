"""The front page, in Indonesian at `/` and in English at `/en`."""

from litestar import Controller, Response, get

from backoffice.asker import Web
from backoffice.rendering import page


class FrontController(Controller):
    """What Serambi is, for whom, and how to run it."""

    @get(["/", "/en"], opt={"open": True})
    async def front(self, request: Web) -> Response[str]:
        """The front page."""
        return await page(request, "public/front.html", demo=bool(request.route_handler.opt.get("demo")))
