"""How the help desk kept its promise in a month: the plot, and the figures by agent, category or priority; as a page, a
table to take away, and a sheet to print.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import URLEncodedBody

from backoffice import actors, asker, exports, listing, plots
from backoffice.asker import Web
from backoffice.controllers.leave import Wanted
from backoffice.desk_queue import through
from backoffice.exports import Export, Reader, exported
from backoffice.guards import acting, requires, standing
from backoffice.listing import Filter, Listing
from backoffice.rendering import page
from core import audit, clock, database, plain_pdf
from core.accounts import taking
from core.helpdesk import months, sorting, terms, wording
from core.helpdesk.months import Outcome, Sum
from core.helpdesk.tables import Ticket
from core.people.places import in_order
from core.people.tables import Location
from core.phrases import angka, bulan, phrase

AGENT, CATEGORY, PRIORITY, KIND, CHANNEL, PLACE = "agent", "category", "priority", "kind", "channel", "place"
GROUPS = (AGENT, CATEGORY, PRIORITY, KIND, CHANNEL, PLACE)
MONTHS = 13
HEADS = (
    "deskreport.who", "deskreport.opened", "deskreport.first_in_time", "deskreport.first_late",
    "deskreport.first_excused", "deskreport.solve_in_time", "deskreport.solve_late", "deskreport.solve_excused",
    "deskreport.first_median", "deskreport.solve_median",
)  # fmt: skip


class DeskReportsController(Controller):
    """`/{company}/reports/desk`."""

    path = "/{company:str}/reports/desk"
    guards = (requires("desk", "report"),)

    @get()
    async def show(self, request: Web) -> Response[str]:
        """The month that is asked for, or this one."""
        where, language = standing(request), asker.of(request).language
        reader = Reader(language, where.place.zone)
        async with database.reading(where.company):
            listed = await listed_of(listing.asked(request), reader)
            first, last = _month(listed["month"])
            found = await months.of_days(first, last, reader.zone)
            lines = await _lines(found, listed["by"], reader)
        return await page(
            request, "tickets/report.html", place=where.place.name, zone=where.place.zone, company=where.place,
            list=listed, month=bulan(first, language), total=months.summed(found), lines=lines,
            plot_of=_plot(found, first, last, reader), state=listed.state,
        )  # fmt: skip

    @post("/export")
    async def export(self, request: Web, data: URLEncodedBody[Wanted]) -> Response[Any]:
        """The figures as a file."""
        return await exports.answer(request, EXPORT, kind=data.format, state=data.state)

    @post("/print")
    async def print_(self, request: Web, data: URLEncodedBody[Wanted]) -> Response[bytes]:
        """The figures as a sheet to print."""
        where, language = standing(request), asker.of(request).language
        reader = Reader(language, where.place.zone)
        await taking.claim(taking.FILES, where.company, acting(request).name)
        async with database.transaction(where.company):
            listed = await listed_of(exports.asked(data.state), reader)
            first, last = _month(listed["month"])
            lines = await _lines(await months.of_days(first, last, reader.zone), listed["by"], reader)
            audit.record("list.exported", "export:desk_report", by=acting(request), rows=len(lines), filters="month,by")
        title = phrase("deskreport.title_of", language, month=bulan(first, language), company=where.place.name)
        blocks = [(plain_pdf.TITLE, title)]
        for line in lines:
            blocks.append((plain_pdf.HEAD, str(line[0])))
            blocks += [
                (plain_pdf.LINE, f"{phrase(head, language)}: {cell}")
                for head, cell in zip(HEADS[1:], line[1:], strict=True)
            ]  # fmt: skip
        name = f"serambi-desk-{first:%Y-%m}.pdf"
        return Response(
            plain_pdf.sheet(blocks), status_code=200, media_type="application/pdf",
            headers={"content-disposition": f'attachment; filename="{name}"'},
        )  # fmt: skip


async def listed_of(asked: Mapping[str, str], reader: Reader) -> Listing:
    """Which month, and by what it is split."""
    today = clock.today(reader.zone)
    months, day = {}, today.replace(day=1)
    for _ in range(MONTHS):
        months[f"{day:%Y-%m}"] = bulan(day, reader.language)
        day = (day - timedelta(days=1)).replace(day=1)
    by = {one: phrase(f"deskreport.by_{one}", reader.language) for one in GROUPS}
    filters = (
        Filter("month", "deskreport.month", months, f"{today:%Y-%m}"), Filter("by", "deskreport.by", by, AGENT),
    )  # fmt: skip
    return listing.read(asked, (), filters, key=Ticket.id, default="")


def _month(told: str) -> tuple[date, date]:
    year, month = (int(part) for part in told.split("-"))
    first = date(year, month, 1)
    return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)


async def _lines(found: Sequence[Outcome], by: str, reader: Reader) -> list[list[str | int]]:
    """The whole company in the first line, then each part of it, by name."""
    language = reader.language
    parts: dict[Any, list[Outcome]] = {}
    for one in found:
        parts.setdefault(getattr(one, by), []).append(one)
    names: dict[Any, str] = {}
    if by == AGENT:
        names = dict(await actors.names({one for one in parts if one is not None}))
    elif by == CATEGORY:
        names = {one.id: sorting.name_of(one, language) for one in await sorting.categories(ended=True)}
    elif by == KIND:
        names = {one: phrase(f"deskreport.kind_{one}", language) for one in (terms.QUESTION, terms.DISPUTE)}
    elif by == CHANNEL:
        names = {one: through(one, language) for one in parts}
    elif by == PLACE:
        names = {row["id"]: row["name"] for row in await in_order(Location)}
    else:
        names = {one: phrase(f"promise.priority_{one}", language) for one in terms.PRIORITIES}
    without = {CATEGORY: "promise.no_category", PLACE: "deskreport.no_place"}
    nobody = phrase(without.get(by, "deskreport.nobody"), language)
    told = [
        _line(
            names.get(one, nobody if one is None else phrase("tickets.desk", language)), months.summed(some), language
        )
        for one, some in parts.items()
    ]
    whole = _line(phrase("deskreport.company", language), months.summed(found), language)
    return [whole, *sorted(told, key=lambda line: str(line[0]).casefold())]


def _line(name: str, one: Sum, language: str) -> list[str | int]:
    numbers = (
        one.opened, one.first_in_time, one.first_late, one.first_excused, one.solve_in_time, one.solve_late,
        one.solve_excused,
    )  # fmt: skip
    took = [wording.long(each, language) if each is not None else "-" for each in (one.first_median, one.solve_median)]
    return [name, *numbers, *took]


def _plot(found: Sequence[Outcome], first: date, last: date, reader: Reader) -> plots.Plot:
    language = reader.language
    shown = min(last, max(first, clock.today(reader.zone)))
    days = months.burn_up(found, first, (shown - first).days + 1, reader.zone)
    opened, kept, late, excused = days[-1]
    said = phrase(
        "deskreport.said", language, opened=angka(opened, language), kept=angka(kept, language),
        late=angka(late, language), excused=angka(excused, language),
    )  # fmt: skip
    names = [phrase(f"deskreport.plot_{one}", language) for one in ("opened", "kept", "late", "excused")]
    return plots.burn_up(days, last.day, said=said, head=(phrase("deskreport.day", language), *names))


async def export_lines(listed: Listing, reader: Reader) -> list[Sequence[object]]:
    """The figures as lines of a file."""
    first, last = _month(listed["month"])
    return [*await _lines(await months.of_days(first, last, reader.zone), listed["by"], reader)]


EXPORT = exported(
    Export("desk_report", "desk", "report", HEADS, Ticket, (), listed_of, every=export_lines)
)  # fmt: skip
