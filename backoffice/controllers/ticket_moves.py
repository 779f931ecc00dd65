"""A ticket on its way to the operator's desk, and back: asked of whoever asked, withdrawn, taken back."""

from litestar import Controller, Response, post
from litestar.params import FromPath, URLEncodedBody

from backoffice.asker import Web
from backoffice.guards import acting, requires
from backoffice.ticket_page import Written, act_on
from core.accounts import operators
from core.accounts.acts_in import OPERATOR
from core.errors import Refused
from core.helpdesk import moving
from core.helpdesk.tables import Ticket


class TicketMovesController(Controller):
    """`/{company}/tickets/{ticket}/move`."""

    path = "/{company:str}/tickets/{public:str}/move"
    guards = (requires("tickets", "work"),)

    @post()
    async def ask(
        self, request: Web, company: FromPath[str], public: FromPath[str], data: URLEncodedBody[Written]
    ) -> Response[str]:
        """Show whoever asked what would go to the operator, and ask whether it may."""
        may = company != OPERATOR and await operators.are_there()

        async def act(row: Ticket) -> None:
            if not may:
                raise Refused("moves.nobody_there")
            await moving.ask(row, data.words, by=acting(request))

        return await act_on(request, public, act, "move_asked")

    @post("/off")
    async def off(self, request: Web, public: FromPath[str]) -> Response[str]:
        """Ask no longer; what nobody answered yet goes nowhere."""

        async def act(row: Ticket) -> None:
            move = await moving.open_of(row)
            if move is None:
                raise Refused("moves.over")
            await moving.decline(move, by=acting(request))

        return await act_on(request, public, act, "move_off")

    @post("/back")
    async def back(self, request: Web, public: FromPath[str]) -> Response[str]:
        """Go on with it alone."""

        async def act(row: Ticket) -> None:
            move = await moving.open_of(row)
            if move is None:
                raise Refused("moves.not_there")
            await moving.take_back(move, by=acting(request))

        return await act_on(request, public, act, "moved_back")
