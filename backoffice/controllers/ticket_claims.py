"""A ticket of somebody who signs in nowhere: asking them to prove who they are, and untying one that is somebody's."""

from litestar import Controller, Response, post
from litestar.params import FromPath, URLEncodedBody
from msgspec import Struct

from backoffice.asker import Web
from backoffice.guards import acting, requires
from backoffice.ticket_page import act_on
from core.helpdesk import claims


class Why(Struct):
    """Why it is untied."""

    why: str = ""


class TicketClaimsController(Controller):
    """`/{company}/tickets/{ticket}/claim`."""

    path = "/{company:str}/tickets/{public:str}/claim"
    guards = (requires("tickets", "work"),)

    @post("/ask")
    async def ask(self, request: Web, public: FromPath[str]) -> Response[str]:
        """Send the way to prove it by mail."""
        return await act_on(request, public, lambda row: claims.ask_proof(row, by=acting(request)), "proof_asked")

    @post("/off")
    async def off(self, request: Web, public: FromPath[str], data: URLEncodedBody[Why]) -> Response[str]:
        """Untie it, with a reason."""
        return await act_on(
            request, public, lambda row: claims.let_go(row, data.why[:400], by=acting(request)), "unclaimed"
        )
