"""Messages that reached no chat of their person: who, what kind, why and what to do; never what they say."""

from litestar import Controller, Response, get, post
from litestar.params import FromQuery

from backoffice import asker
from backoffice.asker import Web
from backoffice.controllers.jobs import changed
from backoffice.guards import acting, requires, standing
from backoffice.rendering import Number, page
from core import database
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
        return await changed(request, "undelivered", undelivered.send_again(number, by=acting(request)), "again")

    @post("/{number:int}/dismiss")
    async def dismiss(self, request: Web, number: Number) -> Response[str]:
        """Lay it aside: they were told otherwise, or it no longer matters."""
        return await changed(request, "undelivered", undelivered.dismiss(number, by=acting(request)), "dismissed")

    @post("/shut/{number:int}/seen")
    async def seen(self, request: Web, number: Number) -> Response[str]:
        """Lay a shut chat aside: its person was spoken to."""
        return await changed(request, "undelivered", undelivered.seen(number, by=acting(request)), "seen")
