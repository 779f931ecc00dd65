"""The queue of the help desk: what waits for an answer, what is due first at the top, and taking the next of it."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice import asker, desk_queue, exports, fields_told, listing, views
from backoffice.asker import Web
from backoffice.exports import Export, Reader, exported
from backoffice.guards import acting, requires, standing
from backoffice.rendering import page
from core import clock, database, work
from core.calendar import promises
from core.helpdesk import fields, links, many, mentions, queue, sorting, team, tickets, wording
from core.helpdesk.tables import Ticket
from core.phrases import phrase, saat


class Wanted(Struct):
    """Which file somebody wants of the list."""

    format: str = "csv"
    state: str = ""


class DeskQueueController(Controller):
    """`/{company}/tickets`."""

    path = "/{company:str}/tickets"
    guards = (requires("tickets", "work"),)

    @get()
    async def show(self, request: Web, did: FromQuery[str] = "") -> Response[str]:
        """The queue: its filters as a sentence, what is due first at the top; `did` is what was just done to many."""
        return await queue_page(request, listing.asked(request), did=did)

    @post("/next")
    async def take_next(self, request: Web) -> Response[str]:
        """Take what is due first and nobody looks after."""
        where = standing(request)
        async with database.transaction(where.company):
            row = await tickets.take_next(by=acting(request))
        if row is None:
            return Redirect(f"/{where.place.slug}/tickets?show={queue.UNTAKEN}", status_code=303)
        return Redirect(f"/{where.place.slug}/tickets/{row.public}?done=taken", status_code=303)

    @post("/export")
    async def export(self, request: Web, data: URLEncodedBody[Wanted]) -> Response[Any]:
        """The list as a file."""
        return await exports.answer(request, EXPORT, kind=data.format, state=data.state)


async def queue_page(
    request: Web, asked: Mapping[str, str], *, did: str = "", status: int = 200, wrong: str = "",
    ticked: Collection[str] = (),
) -> Response[str]:  # fmt: skip
    """The page of the queue as this address asks for it."""
    where, language, by = standing(request), asker.of(request).language, acting(request)
    async with database.reading(where.company):
        listed = await desk_queue.listed(asked, Reader(language, where.place.zone, by))
        met = await desk_queue.condition(listed)
        found = listed.cut(await listed.page(Ticket.select(*desk_queue.columns()).where(met)))
        rows = await desk_queue.rows(found, language, where.zone, where.place.zone)
        counts = await queue.counts(by.name)
        named = await mentions.unseen(where.person)
        shelf = await views.shelf(request, "tickets", listed, listed.views)
        house = await team.team()
        begun = await work.of_public(did) if did else None
        due = await queue.next_due() if not rows else None
        opens = queue.opens(await promises.times()) if not rows and due is None else None
    bulk = many.changed_of(begun) if begun is not None and begun.by == by.name and begun.kind == many.KIND else None
    return await page(
        request, "tickets/index.html", status=status, place=where.place.name, zone=where.zone, company=where.place,
        list=listed, rows=rows, counts=counts, sentence=desk_queue.sentence(listed, language), shelf=shelf,
        next_due=wording.moment(due, where.zone, where.place.zone, language) if due else "",
        opens=saat(opens, where.zone, language) if opens else "", now=clock.now(), bulk=bulk, did=did,
        undoable=bulk is not None and bulk[0] in many.UNDONE_BY and bulk[1] > 0, wrong=wrong, ticked=ticked,
        colleagues=list(house.values()), acts=many.ACTS, offered=listed.offered, named=named,
        states={one: phrase(f"desk.state_{one}", language) for one in tickets.STATES},
    )  # fmt: skip


async def _lines(found: Sequence[Mapping[str, Any]], reader: Reader) -> list[Sequence[object]]:
    language = reader.language
    categories = {one.id: sorting.name_of(one, language) for one in await sorting.categories(ended=True)}
    asked, numbers = await fields.every(ended=True), [one["id"] for one in found]
    held, tagged = await fields.values(numbers), await links.tags_of_many(numbers)
    return [
        (
            one["number"], one["subject"], one["who"], one["agent"], phrase(f"desk.state_{one['state']}", language),
            one["through"], phrase("desk.urgent", language) if one["urgent"] else "",
            exports.moment(row["opened_at"], reader.zone),
            exports.moment(one["due"], reader.zone) if one["due"] else "",
            exports.moment(one["promise_at"], reader.zone) if one["promise_at"] else "",
            categories.get(row["category"], ""), ", ".join(tagged.get(row["id"], ())),
            fields_told.line(asked, held.get(row["id"], {}), language),
        )
        for row, one in zip(found, await desk_queue.rows(found, language, reader.zone, reader.zone), strict=True)
    ]  # fmt: skip


EXPORT = exported(
    Export(
        "tickets", "tickets", "work",
        ("desk.number", "desk.subject", "desk.requester", "desk.agent", "queue.state", "queue.channel", "queue.haste",
         "queue.opened_at", "desk.target", "queue.promise_told",
         "promise.category", "desk.tag", "deskfields.panel"),
        Ticket, (*desk_queue.columns(), *desk_queue.OF_A_FILE), desk_queue.listed, desk_queue.condition, _lines,
    )
)  # fmt: skip
