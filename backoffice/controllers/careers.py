"""What is planned for the people of the company, in the order of its days, before and after beside each other."""

from datetime import timedelta
from typing import Any

from litestar import Controller, Response, get

from backoffice import asker, listing, plots, views
from backoffice.asker import Web
from backoffice.controllers.people import may
from backoffice.controllers.person import sees_grade
from backoffice.guards import requires, standing
from backoffice.listing import Filter, Head
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
        today = clock.today(where.place.zone or DEFAULT_ZONE)
        filters = (
            Filter(
                "days", "careers.within", {one: phrase("careers.days", language, days=one) for one in WINDOWS},
                WINDOWS[1], pills=True,
            ),
            Filter(
                "kind", "careers.kind",
                {"": phrase("careers.any", language)}
                | {one: phrase(f"careers.is_{one}", language) for one in coming.KINDS},
            ),
        )  # fmt: skip
        listed = listing.read(request.query_params, HEADS, filters, key=Employment.id, default="on")
        until = today + timedelta(days=int(listed["days"]))
        async with database.reading(where.company):
            found = await coming.changes(today, until, listed["kind"])
            months = await headcount.months(today)
            shelf = await views.shelf(request, "careers", listed)
        shown = [_without_grade(one) for one in found] if not sees_grade(where) else found
        return await page(
            request, "people/careers.html", place=where.place.name, zone=where.place.zone, company=where.place,
            list=listed, rows=shown, shelf=shelf, may=may(where), plot_of=_drawn(months, language),
            days=listed["days"], cut=len(found) >= coming.MOST,
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
        said=phrase(
            "careers.said", language, joined=angka(joined, language), left=angka(left, language),
            people=angka(months[-1].people, language),
        ),
        head=(
            phrase("careers.head_month", language), phrase("careers.head_joined", language),
            phrase("careers.head_left", language), phrase("careers.head_people", language),
        ),
    )  # fmt: skip
