"""Figures about the people of a company that point to nobody: a page, and a file of the same."""

from collections.abc import Mapping, Sequence
from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import URLEncodedBody

from backoffice import asker, exports, listing
from backoffice.asker import Web
from backoffice.controllers.leave import Wanted
from backoffice.exports import Export, Reader, exported
from backoffice.guards import requires, standing
from backoffice.listing import Listing
from backoffice.rendering import page
from core import clock, database
from core.people.directory import DEFAULT_ZONE
from core.people.tables import Employment
from core.phrases import phrase
from core.privacy import statistics


class StatisticsController(Controller):
    """`/{company}/privacy/statistics`."""

    path = "/{company:str}/privacy/statistics"
    guards = (requires("register", "read"),)

    @get()
    async def show(self, request: Web) -> Response[str]:
        """How many work here by four groups, in fives, as of the quarter that runs."""
        where, language = standing(request), asker.of(request).language
        async with database.reading(where.company):
            day, found = await statistics.read(clock.today(where.place.zone))
            listed = await _listed(listing.asked(request), Reader(language, where.place.zone))
        return await page(
            request, "privacy/statistics.html", place=where.place.name, zone=where.place.zone, company=where.place,
            day=day, list=listed, least=statistics.LEAST,
            tables={name: _named(name, groups, language) for name, groups in found.items()},
        )  # fmt: skip

    @post("/export")
    async def export(self, request: Web, data: URLEncodedBody[Wanted]) -> Response[Any]:
        """The same as a file."""
        return await exports.answer(request, EXPORT, kind=data.format, state=data.state)


def _named(name: str, groups: Mapping[str, int], language: str) -> list[tuple[str, int]]:
    """The groups in words, the largest first."""
    told = [(_called(name, group, language), number) for group, number in groups.items()]
    return sorted(told, key=lambda one: (-one[1], one[0]))


def _called(name: str, group: str, language: str) -> str:
    if name == statistics.TENURE:
        return phrase(f"figures.band_{group}", language)
    if name == statistics.CONTRACT:
        return phrase(f"staff.type_{group}", language)
    return group or phrase("figures.none", language)


async def _listed(asked: Mapping[str, str], _: Reader) -> Listing:
    return listing.read(asked, (), (), key=Employment.id, default="")


async def _lines(_: Listing, reader: Reader) -> list[Sequence[object]]:
    day, found = await statistics.read(clock.today(DEFAULT_ZONE))
    return [
        (day.isoformat() if day else "", phrase(f"figures.by_{name}", reader.language), group, number)
        for name, groups in found.items()
        for group, number in _named(name, groups, reader.language)
    ]


EXPORT = exported(
    Export(
        "statistics", "register", "read", ("figures.day", "figures.table", "figures.group", "figures.people"),
        Employment, (), _listed, every=_lines, personal=False,
    )
)  # fmt: skip
