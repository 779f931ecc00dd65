"""Messages that reached no chat of their person: who, what kind, why and what to do; never what they say."""

from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromQuery
from litestar.response import Redirect

from backoffice import asker
from backoffice.asker import Web
from backoffice.guards import Standing, acting, requires, standing
from backoffice.rendering import Number, page, refusal
from core import database
from core.errors import Refused
from core.messaging import undelivered
from core.people import directory

MOST = 50
DONE = ("again", "dismissed", "seen")


class UndeliveredController(Controller):
    """What HR has to see to, message by message."""

    path = "/{company:str}/undelivered"
    guards = (requires("undelivered", "settle"),)

    @get()
    async def show(
        self, request: Web, done: FromQuery[str] = "", before: FromQuery[int | None] = None
    ) -> Response[str]:
        """The newest fifty, and on to those before."""
        where, language = standing(request), asker.of(request).language
        async with database.reading(where.company):
            rows = await undelivered.waiting(MOST + 1, before=before)
            number = await undelivered.count()
            shut = await undelivered.shut_chats()
            pages = await directory.pages_of([row["person"] for row in (*rows, *shut)])
        shown = [{**row, **undelivered.told(row, language), "public": pages.get(row["person"])} for row in rows[:MOST]]
        return await page(
            request, "jobs/undelivered.html", place=where.place.name, zone=where.place.zone, company=where.place,
            rows=shown, number=number, older=shown[-1]["id"] if len(rows) > MOST else None,
            done=done if done in DONE else "",
            shut=[
                {**row, **undelivered.of_shut(row["channel"], language), "public": pages.get(row["person"])}
                for row in shut
            ],
        )  # fmt: skip

    @post("/{number:int}/again")
    async def again(self, request: Web, number: Number) -> Response[str]:
        """Say it once more, where its person can be reached now."""
        where = standing(request)
        return await _settled(request, where, undelivered.send_again(number, by=acting(request)), "again")

    @post("/{number:int}/dismiss")
    async def dismiss(self, request: Web, number: Number) -> Response[str]:
        """Lay it aside: they were told otherwise, or it no longer matters."""
        where = standing(request)
        return await _settled(request, where, undelivered.dismiss(number, by=acting(request)), "dismissed")

    @post("/shut/{number:int}/seen")
    async def seen(self, request: Web, number: Number) -> Response[str]:
        """Lay a shut chat aside: its person was spoken to."""
        where = standing(request)
        return await _settled(request, where, undelivered.seen(number, by=acting(request)), "seen")


async def _settled(request: Web, where: Standing, verb: Any, done: str) -> Response[str]:
    here = f"/{where.place.slug}/undelivered"
    try:
        async with database.transaction(where.company):
            await verb
    except Refused as no:
        said = refusal(request, no, where.place.zone)
        return await page(request, "errors/409.html", status=409, said=said, back=here)
    return Redirect(f"{here}?done={done}", status_code=303)
