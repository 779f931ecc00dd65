"""Articles beside a ticket: what its requester may be told, by what they wrote or by what follows `??` in the box."""

from typing import Any

from litestar import Controller, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery

from backoffice.asker import Web
from backoffice.guards import requires, standing
from backoffice.rendering import page
from core import clock, database
from core.accounts.roles import EMPLOYEE
from core.helpdesk import tickets
from core.helpdesk.tables import Ticket
from core.knowledge import blocks, library, reader, search
from core.people import directory

MOST_WORDS, MOST = 300, 3


class TicketArticlesController(Controller):
    """`/{company}/tickets/{public}/articles`: a part of the ticket's page."""

    path = "/{company:str}/tickets/{public:str}/articles"
    guards = (requires("tickets", "work"),)

    @get()
    async def near(self, request: Web, public: FromPath[str], q: FromQuery[str] = "") -> Response[str]:
        """Two or three articles, each with the answer that can be put into the box: never a figure of the requester's
        own, which the desk may not see."""
        where = standing(request)
        async with database.reading(where.company):
            row = await tickets.by_public(public)
            if row is None:
                raise NotFoundException
            words = " ".join(q.split())[:MOST_WORDS] or tickets.subject(row)
            found = await _found(row, words)
        return await page(
            request, "tickets/_near.html", framed=False, found=found, asked=words, company=where.place,
            place=where.place.name,
        )  # fmt: skip


async def _found(row: Ticket, words: str) -> list[dict[str, Any]]:
    """In the language of whoever asked, among what they may read."""
    who = await directory.of_person(row.person)
    language = who.language if who is not None else "id"
    today = clock.today(who.zone if who is not None else directory.DEFAULT_ZONE)
    shelf = await library.shelf()
    found, named = shelf.find(words, language, {EMPLOYEE}, today, most=MOST)
    near = named if found.outcome != search.NOTHING else []
    said = {one.id: blocks.without_own(one.answer) for one in near}
    known = await reader.known(list(said.values()), None, language)
    return [
        {"id": one.id, "title": one.title, "lang": one.language,
         "answer": blocks.fill(said[one.id], language, on=today, known=known).text}
        for one in near
    ]  # fmt: skip
