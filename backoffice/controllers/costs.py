"""What WhatsApp charges for: by month and category, with what it costs at the prices of the settings."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import URLEncodedBody

from backoffice import asker, exports, listing, plots
from backoffice.asker import Web
from backoffice.controllers.leave import Wanted
from backoffice.exports import Export, Reader, exported
from backoffice.guards import requires, standing
from backoffice.listing import Head, Listing
from backoffice.plots import Part
from backoffice.rendering import page
from core import clock, database
from core.accounts.roles import allowed
from core.messaging import costs
from core.messaging.costs import Line
from core.messaging.tables import Outbound
from core.money import rupiah
from core.phrases import angka, bulan, bulan_pendek, phrase

MONTHS = 12  # as long as messages are kept
HEADS = (
    Head("month", "reports.month"), Head("category", "costs.category"), Head("messages", "costs.messages"),
    Head("charged", "costs.charged"), Head("price", "costs.price"), Head("cost", "costs.cost"),
)  # fmt: skip


class CostsController(Controller):
    """The costs of one company's messages."""

    path = "/{company:str}/costs"
    guards = (requires("costs", "read"),)

    @get()
    async def show(self, request: Web) -> Response[str]:
        """The cost of each of the last twelve months as a plot, then every category of every month."""
        where, language = standing(request), asker.of(request).language
        months = costs.last(MONTHS, clock.today(where.place.zone))
        async with database.reading(where.company):
            lines = await costs.by_month(months, where.place.zone)
            listed = await listed_of(listing.asked(request), Reader(language, where.place.zone))
        sums = [sum(one.cost or 0 for one in lines if one.month == month) for month in reversed(months)]
        plot = plots.month_bars(
            [Part(bulan_pendek(month, language), total, "f-teak")
             for month, total in zip(reversed(months), sums, strict=True)],
            said=phrase("costs.said", language, cost=rupiah(sum(sums), language)),
            head=(phrase("reports.month", language), phrase("costs.cost", language)),
            words=[_short(total, language) for total in sums],
        )  # fmt: skip
        named = [bulan(month, language) for month in reversed(months)]
        plot = replace(plot, rows=list(zip(named, (rupiah(total, language) for total in sums), strict=True)))
        this = [one for one in lines if one.month == months[0]]
        return await page(
            request, "costs/index.html", place=where.place.name, zone=where.place.zone, company=where.place,
            list=listed, rows=[_words(one, language) for one in lines], plot_of=plot,
            number=sum(one.charged for one in this), cost=rupiah(sum(one.cost or 0 for one in this), language),
            unpriced=any(one.cost is None for one in lines),
            may_change=allowed(where.place.roles, "settings", "change"),
        )  # fmt: skip

    @post("/export")
    async def export(self, request: Web, data: URLEncodedBody[Wanted]) -> Response[Any]:
        """The same lines as a file."""
        return await exports.answer(request, EXPORT, kind=data.format, state=data.state)


async def listed_of(asked: Mapping[str, str], _: Reader) -> Listing:
    """There is one list: the last twelve months."""
    return listing.read(asked, HEADS, (), key=Outbound.id, default="month")


async def lines_of(_: Listing, reader: Reader) -> list[Sequence[object]]:
    """The lines of a file: amounts as numbers, so that a sheet can add them up."""
    months = costs.last(MONTHS, clock.today(reader.zone))
    return [
        (f"{one.month:%Y-%m}", _category(one, reader.language), one.messages, one.charged, one.price, one.cost)
        for one in await costs.by_month(months, reader.zone)
    ]


def _words(one: Line, language: str) -> dict[str, str]:
    unknown = phrase("costs.no_price", language)
    return {
        "month": bulan(one.month, language), "category": _category(one, language),
        "messages": angka(one.messages, language), "charged": angka(one.charged, language),
        "price": unknown if one.price is None else rupiah(one.price, language),
        "cost": unknown if one.cost is None else rupiah(one.cost, language),
    }  # fmt: skip


def _category(one: Line, language: str) -> str:
    return phrase(f"costs.category_{one.category}", language) if one.category in costs.PRICES else one.category


def _short(total: int, language: str) -> str:
    """The sum in thousands where it is one, since twelve of them stand beside each other."""
    return phrase("costs.thousand", language, number=angka(total // 1000, language)) if total >= 1000 else str(total)


EXPORT = exported(
    Export(
        "costs", "costs", "read", tuple(head.label for head in HEADS), Outbound, (), listed_of, every=lines_of,
        personal=False,
    )
)  # fmt: skip
