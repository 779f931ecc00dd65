"""Every page and act of one ticket, for the desk and for whoever asked."""

from backoffice.controllers.ticket_articles import TicketArticlesController
from backoffice.controllers.ticket_claims import TicketClaimsController
from backoffice.controllers.ticket_files import (
    MyTicketFilesController,
    MyTicketSendsController,
    TicketFilesController,
    TicketSendsController,
)
from backoffice.controllers.ticket_moves import TicketMovesController
from backoffice.controllers.ticket_privacy import TicketPrivacyController
from backoffice.controllers.ticket_replies import SavedRepliesController, TicketRepliesController
from backoffice.controllers.ticket_ties import TicketTiesController
from backoffice.controllers.tickets import TicketsController
from backoffice.portal.claims import ClaimsController

CONTROLLERS = (
    TicketsController, TicketArticlesController, TicketTiesController, TicketRepliesController, TicketFilesController,
    TicketSendsController, MyTicketFilesController, MyTicketSendsController, SavedRepliesController,
    TicketMovesController,
    TicketPrivacyController, TicketClaimsController, ClaimsController,
)  # fmt: skip
