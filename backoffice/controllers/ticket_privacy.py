"""A ticket that is about a right over personal data: on its way to the privacy desk."""

from litestar import Controller, Response, post
from litestar.params import FromPath, URLEncodedBody
from msgspec import Struct

from backoffice.asker import Web
from backoffice.guards import acting, requires
from backoffice.ticket_page import Event, act_on
from core.helpdesk.tables import Ticket
from core.privacy import from_tickets


class Chosen(Struct):
    """Which right it is, and with which message it was asked for."""

    kind: str = ""
    event: Event = 0


class TicketPrivacyController(Controller):
    """`/{company}/tickets/{ticket}/privacy`."""

    path = "/{company:str}/tickets/{public:str}/privacy"
    guards = (requires("privacy", "receive"),)

    @post()
    async def hand_over(self, request: Web, public: FromPath[str], data: URLEncodedBody[Chosen]) -> Response[str]:
        """Make it a request about personal data; whoever asked is told its number and until when it is answered."""

        async def act(row: Ticket) -> None:
            await from_tickets.hand_over(row, data.kind, data.event, by=acting(request))

        return await act_on(request, public, act, "to_privacy")
