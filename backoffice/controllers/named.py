"""Who could be meant by what somebody types into a field that asks whom: the rows of its list of suggestions."""

from litestar import Controller, Response, get
from litestar.params import FromQuery

from backoffice.asker import Web
from backoffice.guards import requires, standing
from backoffice.rendering import page
from core import database
from core.people import named

MOST_TYPED = 600


class NamedController(Controller):
    """For those who name people in forms: a stand-in, a head, an approver."""

    path = "/{company:str}/named"
    guards = (requires("people", "name"),)

    @get()
    async def suggest(self, request: Web, field: FromQuery[str] = "", many: FromQuery[str] = "") -> Response[str]:
        """A few people whose name or number holds what stands in the field; of a field for several, its last part."""
        where, typed = standing(request), request.query_params.get(field, "")[:MOST_TYPED]
        before, comma, last = typed.rpartition(",") if many else ("", "", typed)
        async with database.reading(where.company):
            found = await named.suggest(last, before)
        if not found:
            return Response("", status_code=200, media_type="text/html")
        lead = f"{before.strip()}{comma} " if comma else ""
        people = [
            (lead + named.written(one.name, one.number), ", ".join(filter(None, (one.position, one.department))))
            for one in found
        ]
        return await page(request, "_parts/named.html", framed=False, people=people)
