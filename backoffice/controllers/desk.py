"""The pages of the help desk around a ticket's own."""

from litestar import Controller

from backoffice.controllers.desk_live import DeskLiveController
from backoffice.controllers.desk_many import DeskManyController
from backoffice.controllers.desk_queue import DeskQueueController
from backoffice.controllers.desk_team import DeskTeamController
from backoffice.controllers.desk_way import DeskWayController

CONTROLLERS: tuple[type[Controller], ...] = (
    DeskLiveController, DeskManyController, DeskQueueController, DeskWayController, DeskTeamController,
)  # fmt: skip
