"""A ticket for whoever calls or stands at the counter: for whom, how they were recognised, and what they asked."""

from collections.abc import Mapping

from litestar import Controller, Response, get, post
from litestar.params import URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice import asker
from backoffice.asker import Web
from backoffice.guards import acting, requires, standing
from backoffice.rendering import page, refusal
from core import database
from core.errors import Refused
from core.helpdesk import calls, tickets
from core.people import named

FIELDS = {
    "calls.name_needed": "name", "calls.contact_too_long": "contact", "calls.how_needed": "recognised",
    "calls.way_needed": "way", "tickets.words_needed": "words", "tickets.too_long": "words",
}  # fmt: skip


class Called(Struct):
    """Who asked: an employee by name or number, or somebody else by the name they gave."""

    employee: str = ""
    name: str = ""
    contact: str = ""
    way: str = calls.PHONE
    recognised: str = ""
    words: str = ""


class CallsController(Controller):
    """`/{company}/tickets/call`."""

    path = "/{company:str}/tickets/call"
    guards = (requires("tickets", "work"),)

    @get()
    async def form(self, request: Web) -> Response[str]:
        """The form."""
        return await _form(request, Called())

    @post()
    async def open(self, request: Web, data: URLEncodedBody[Called]) -> Response[str]:
        """Open the ticket; an employee is told of it."""
        where, by, language = standing(request), acting(request), asker.of(request).language
        field = ""
        try:
            async with database.transaction(where.company):
                if data.employee.strip():
                    field = "employee"
                    employee = await named.whom(data.employee)
                    field = ""
                    told = await calls.open_for(
                        employee, data.words, way=data.way, recognised=data.recognised, by=by
                    )  # fmt: skip
                else:
                    told = await calls.open_for_stranger(
                        data.name, data.contact, data.words, way=data.way, recognised=data.recognised,
                        language=language, by=by,
                    )  # fmt: skip
        except Refused as no:
            wrong = {field or FIELDS.get(no.key, ""): refusal(request, no, where.zone)}
            return await _form(request, data, wrong=wrong)
        return Redirect(f"/{where.place.slug}/tickets/{told.ticket.public}", status_code=303)


async def _form(request: Web, typed: Called, *, wrong: Mapping[str, str] | None = None) -> Response[str]:
    where = standing(request)
    return await page(
        request, "tickets/call.html", status=422 if wrong else 200, place=where.place.name, zone=where.zone,
        company=where.place, typed=typed, wrong=dict(wrong or {}), ways=calls.WAYS, most=tickets.LONGEST,
    )  # fmt: skip
