"""What is planned for the people of the company, in the order of its days, before and after beside each other."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import URLEncodedBody

from backoffice import asker, exports, listing, plots, views
from backoffice.asker import Web
from backoffice.controllers.people import Asked, may
from backoffice.controllers.person import sees_grade
from backoffice.exports import Export, Reader, exported
from backoffice.guards import requires, standing
from backoffice.listing import Filter, Head, Listing
from backoffice.plots import Plot
from backoffice.rendering import page
from core import clock, database
from core.people import coming, headcount
from core.people.directory import DEFAULT_ZONE
from core.people.tables import Employment
from core.phrases import angka, bulan_pendek, phrase

WINDOWS = ("30", "90", "365")
HEADS = (
    Head("on", "careers.on"), Head("who", "staff.name"), Head("kind", "careers.kind"),
    Head("what", "careers.what", shape="wide"), Head("undo", "careers.undo_head", shape="end"),
)  # fmt: skip


class CareersController(Controller):
    """`/{company}/careers`."""

    path = "/{company:str}/careers"
    guards = (requires("people", "read"),)

    @get()
    async def show(self, request: Web) -> Response[str]:
        """Everything that is to come, and how the company came to the people it has."""
        where, language = standing(request), asker.of(request).language
        reader = Reader(language, where.place.zone or DEFAULT_ZONE)
        listed, today = await _listed(request.query_params, reader), clock.today(reader.zone)
        async with database.reading(where.company):
            found = await _found(listed, today, most=coming.MOST)
            months = await headcount.months(today)
            shelf = await views.shelf(request, "careers", listed)
            total = await _number(listed, reader)
        shown = [_without_grade(one) for one in found] if not sees_grade(where) else found
        return await page(
            request, "people/careers.html", place=where.place.name, zone=where.place.zone, company=where.place,
            list=listed, rows=shown, shelf=shelf, may=may(where), plot_of=_drawn(months, language),
            days=listed["days"], total=total,
        )  # fmt: skip

    @post("/export", guards=[requires("people", "write")])
    async def export(self, request: Web, data: URLEncodedBody[Asked]) -> Response[Any]:
        """The list as a file; of grades it only says that they change."""
        return await exports.answer(request, EXPORT, kind=data.format, state=data.state)


async def _listed(asked: Mapping[str, Any], reader: Reader) -> Listing:
    """The list that an address asks for."""
    language = reader.language
    filters = (
        Filter(
            "days", "careers.within", {one: phrase("careers.days", language, days=one) for one in WINDOWS}, WINDOWS[1],
            pills=True,
        ),
        Filter(
            "kind", "careers.kind",
            {"": phrase("careers.any", language)}
            | {one: phrase(f"careers.is_{one}", language) for one in coming.KINDS},
        ),
    )  # fmt: skip
    return listing.read(asked, HEADS, filters, key=Employment.id, default="on")


async def _found(listed: Listing, today: date, most: int | None = None) -> list[coming.Coming]:
    return await coming.changes(today, today + timedelta(days=int(listed["days"])), listed["kind"], most=most)


async def _number(listed: Listing, reader: Reader) -> int:
    today = clock.today(reader.zone)
    return await coming.number(today, today + timedelta(days=int(listed["days"])), listed["kind"])


async def _lines(listed: Listing, reader: Reader) -> list[Sequence[object]]:
    """Every change as a line: its day, whose, what kind, and what from and to."""
    language, none = reader.language, phrase("staff.none", reader.language)
    lines: list[Sequence[object]] = []
    for one in await _found(listed, clock.today(reader.zone)):
        told = [
            phrase(f"staff.column_{name}", language)
            + (f": {before or none} -> {after or none}" if (before or after) and name != "grade" else "")
            for name, before, after in one.what
        ]
        kind = phrase(f"careers.is_{one.kind}", language)
        lines.append((one.on, one.number, one.name, kind, "; ".join(told)))
    return lines


EXPORT = exported(
    Export(
        "careers", "people", "write",
        ("careers.on", "staff.column_employee_number", "staff.name", "careers.kind", "careers.what"),
        Employment, (), _listed, every=_lines, number=_number,
    )
)  # fmt: skip


def _without_grade(one: coming.Coming) -> dict[str, Any]:
    """Grades tell the wage; to others it is only said that something about pay changes."""
    return {name: getattr(one, name) for name in one.__dataclass_fields__} | {
        "what": tuple((name, "", "") if name == "grade" else (name, *words) for name, *words in one.what)
    }


def _drawn(months: list[headcount.Month], language: str) -> Plot:
    joined, left = sum(one.joined for one in months), sum(one.left for one in months)
    return plots.headcount_steps(
        [(bulan_pendek(one.first, language), one.joined, one.left, one.people) for one in months],
        spelled=partial(angka, language=language),
        said=phrase(
            "careers.said", language, joined=angka(joined, language), left=angka(left, language),
            people=angka(months[-1].people, language),
        ),
        head=(
            phrase("careers.head_month", language), phrase("careers.head_joined", language),
            phrase("careers.head_left", language), phrase("careers.head_people", language),
        ),
    )  # fmt: skip
