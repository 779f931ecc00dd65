"""Tickets that the calendar now counts otherwise: what counting them again does to each, and doing it."""

from litestar import Controller, Response, get, post
from litestar.response import Redirect

from backoffice import asker
from backoffice.asker import Web
from backoffice.guards import acting, requires, standing
from backoffice.rendering import page, refusal
from core import database
from core.calendar import promises
from core.errors import Refused
from core.helpdesk import recounting, wording
from core.helpdesk.recounting import Effect
from core.phrases import phrase

SHOWN = 100


class TicketRecountsController(Controller):
    """`/{company}/settings/calendar/tickets`."""

    path = "/{company:str}/settings/calendar/tickets"
    guards = (requires("calendar", "change"),)

    @get()
    async def show(self, request: Web) -> Response[str]:
        """What would change, before anything does."""
        return await _show(request)

    @post()
    async def begin(self, request: Web) -> Response[str]:
        """Count them again, as long work with its page."""
        where = standing(request)
        try:
            async with database.transaction(where.company):
                begun = await recounting.begin(by=acting(request))
        except Refused as no:
            return await _show(request, wrong={"": refusal(request, no, where.place.zone)}, status=422)
        return Redirect(f"/{where.place.slug}/work/{begun.public}", status_code=303)


async def _show(request: Web, *, wrong: dict[str, str] | None = None, status: int = 200) -> Response[str]:
    where, language = standing(request), asker.of(request).language
    async with database.reading(where.company):
        found = await recounting.effects()
        zone = (await promises.times()).held.zone
    rows = [_row(one, where.zone, zone, language) for one in found[:SHOWN]]
    return await page(
        request, "tickets/recount.html", status=status, place=where.place.name, zone=where.zone, company=where.place,
        rows=rows, total=len(found), excused=sum(one.excused for one in found), wrong=wrong or {},
    )  # fmt: skip


def _row(one: Effect, zone: str, of_calendar: str, language: str) -> dict[str, object]:
    step = one.promise
    old, new = (
        wording.moment(at, zone, of_calendar, language) if at is not None else phrase("promise.unknown", language)
        for at in ((step.old, step.new) if step is not None else (None, None))
    )
    return {
        "public": one.ticket.public, "number": one.ticket.number, "excused": one.excused, "promise": step is not None,
        "old": old, "new": new,
    }  # fmt: skip
