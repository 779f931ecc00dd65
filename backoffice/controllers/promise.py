"""The pages about the help desk's promise: its terms, what other calendars do to it, how it was kept."""

from litestar import Controller

from backoffice.controllers.closure_files import ClosureFilesController
from backoffice.controllers.desk_fields import DeskFieldsController, TicketFieldsController
from backoffice.controllers.desk_reports import DeskReportsController
from backoffice.controllers.replays import ReplaysController
from backoffice.controllers.terms import SettlingController, SortingController, TermsController
from backoffice.controllers.ticket_recounts import TicketRecountsController

PROMISE: tuple[type[Controller], ...] = (
    TermsController, SortingController, DeskFieldsController, TicketFieldsController, SettlingController,
    TicketRecountsController, DeskReportsController, ReplaysController, ClosureFilesController,
)  # fmt: skip
