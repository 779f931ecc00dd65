"""The file with a closure of the calendar: added, and opened to be saved."""

from litestar import Controller, Response, post
from litestar.exceptions import NotFoundException
from litestar.response import Redirect

from backoffice.asker import Web
from backoffice.controllers import calendar_settings
from backoffice.controllers.attachments import Saved, saved
from backoffice.controllers.ticket_files import file_in
from backoffice.guards import acting, requires, standing
from backoffice.rendering import Number, refusal
from core import database
from core.errors import Refused
from core.helpdesk import evidence
from core.messaging import attachments


class ClosureFilesController(Controller):
    """`/{company}/settings/closures/{number}`."""

    path = "/{company:str}/settings/closures/{number:int}"
    guards = (requires("calendar", "change"),)

    @post("/file", request_max_body_size=11 * 1024 * 1024)
    async def add(self, request: Web, number: Number) -> Response[str]:
        """Put a file to it."""
        where = standing(request)
        name, raw = await file_in(await request.form())
        try:
            if raw is None:
                raise Refused("tickets.file_needed")
            taken = await attachments.take(where.company, raw, name)
            async with database.transaction(where.company):
                await evidence.add(number, taken, name, person=where.decides, by=acting(request))
        except Refused as no:
            wrong = {f"evidence-{number}": refusal(request, no, where.place.zone)}
            return await calendar_settings.shown(request, wrong=wrong, status=422)
        except LookupError:
            raise NotFoundException from None
        return Redirect(f"/{where.place.slug}/settings/calendar?saved=evidence#h-closures", status_code=303)

    @post("/evidence", status_code=200)
    async def open_(self, request: Web, number: Number) -> Response[bytes]:
        """The file itself, to be saved."""
        async with database.transaction(standing(request).company):
            row = await evidence.of(number)
            if row is None:
                raise NotFoundException
            await attachments.opened(row, by=acting(request))
            found = Saved(attachments.name_of(row), row.type, attachments.content(row))
        return await saved(found)
