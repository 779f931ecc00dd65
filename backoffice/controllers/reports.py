"""Leave in figures: what is owed, what was taken month by month, and everybody's balance, to be read or taken away."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any

from litestar import Controller, Response, get, post
from litestar.params import QueryParameter, URLEncodedBody
from piccolo.query.functions import Sum

from backoffice import asker, exports, listing, plots
from backoffice.asker import Web
from backoffice.controllers.leave import Wanted
from backoffice.exports import Export, Reader, exported
from backoffice.guards import requires, standing
from backoffice.listing import Filter, Head, Listing
from backoffice.plots import Part
from backoffice.rendering import page
from core import clock, database
from core.leave import reports, types
from core.leave.tables import LeaveBalance
from core.people.tables import Employment
from core.phrases import bulan_pendek, hari, phrase

HEADS = (
    Head("number", "staff.column_employee_number", shape="left-out"),
    Head("name", "web.who"),
    Head("available", "leavedesk.left", by=LeaveBalance.available, shape="number"),
    Head("held", "reports.held", shape="number left-out"),
    Head("taken", "reports.taken", shape="number end"),
)
Year = Annotated[int, QueryParameter(ge=2000, le=2100)]


class ReportsController(Controller):
    """The reports of one company."""

    path = "/{company:str}/reports"
    guards = (requires("reports", "read"),)

    @get()
    async def show(self, request: Web, year: Year = 2000) -> Response[str]:
        """What is owed and taken, then everybody's balance."""
        where, language = standing(request), asker.of(request).language
        reader, today = Reader(language, where.place.zone), clock.today(where.place.zone)
        year = year if year > 2000 else today.year
        async with database.reading(where.company):
            listed = await listed_of(listing.asked(request), reader)
            found = listed.cut(await listed.page(LeaveBalance.select().where(await where_of(listed))))
            rows = await rows_of(found)
            kind = await types.of(listed["type"])
            owed = (
                await LeaveBalance.select(Sum(LeaveBalance.available).as_alias("sum"))
                .where(await where_of(listed))
                .first()
            )
            taken = await reports.taken(date(year, 1, 1), date(year, 12, 31))
        names = {one.code: one.name(language) for one in types.shipped()} | {kind.code: kind.name(language)}
        months = [f"{year}-{month:02}" for month in range(1, 13)]
        labels = [bulan_pendek(date(year, month, 1), language) for month in range(1, 13)]
        totals = [sum(days for (_, month), days in taken.items() if month == one) for one in months]
        parts = [Part(label, total, "f-teak") for label, total in zip(labels, totals, strict=True)]
        plot = plots.month_bars(
            parts, said=phrase("reports.taken_said", language, days=hari(sum(totals), language), year=str(year)),
            head=(phrase("reports.month", language), phrase("web.ledger_days", language)),
            words=[hari(total, language) for total in totals],
        )  # fmt: skip
        by_kind = [
            (names.get(code, code), [hari(taken.get((code, month), 0), language) for month in months],
             hari(sum(days for (one, _), days in taken.items() if one == code), language))
            for code in sorted({code for code, _ in taken})
        ]  # fmt: skip
        return await page(
            request, "leave/reports.html", place=where.place.name, zone=where.place.zone, company=where.place,
            list=listed, rows=rows, kind=kind.name(language), owed=(owed or {}).get("sum") or 0,
            year=year, plot_of=plot, by_kind=by_kind, labels=labels, years=[today.year - 1, today.year],
        )  # fmt: skip

    @get("/departments")
    async def departments(self, request: Web) -> Response[str]:
        """What is owed by department."""
        where, language = standing(request), asker.of(request).language
        async with database.reading(where.company):
            listed = await listed_of(listing.asked(request), Reader(language, where.place.zone))
            kind = await types.of(listed["type"])
            owed = await reports.liability(kind.code)
        return await page(
            request, "leave/owed.html", place=where.place.name, zone=where.place.zone, company=where.place,
            kind=kind.name(language), owed=owed, total=sum(one.available for one in owed), list=listed,
        )  # fmt: skip

    @post("/departments/export")
    async def export_departments(self, request: Web, data: URLEncodedBody[Wanted]) -> Response[Any]:
        """What is owed by department, as a file."""
        return await exports.answer(request, BY_DEPARTMENT, kind=data.format, state=data.state)

    @post("/export")
    async def export(self, request: Web, data: URLEncodedBody[Wanted]) -> Response[Any]:
        """The balances as a file."""
        return await exports.answer(request, EXPORT, kind=data.format, state=data.state)


async def listed_of(asked: Mapping[str, str], reader: Reader) -> Listing:
    """The balances that an address asks for."""
    kinds = {one.code: one.name(reader.language) for one in await types.all() if one.in_lots}
    kinds = kinds or {types.ANNUAL: types.ANNUAL}
    usual = types.ANNUAL if types.ANNUAL in kinds else next(iter(kinds))
    filters = (Filter("type", "leavedesk.type", kinds, usual),)
    return listing.read(asked, HEADS, filters, key=LeaveBalance.id, default="-available")


async def where_of(listed: Listing) -> Any:
    """Which balances those are; whoever a file brought that was taken back never had one."""
    never = Employment.select(Employment.id).where(Employment.leaves < Employment.joins)
    return (LeaveBalance.leave_type == listed["type"]) & LeaveBalance.employment.not_in(never)


async def rows_of(found: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The balances with whose they are."""
    people = {
        row["id"]: row
        for row in await Employment.select(
            Employment.id, Employment.number, Employment.person.name.as_alias("name")
        ).where(Employment.id.is_in([row["employment"] for row in found] or [0]))
    }
    return [{**row, **people[row["employment"]], "id": row["id"]} for row in found]


async def lines_of(found: Sequence[Mapping[str, Any]], reader: Reader) -> list[Sequence[object]]:
    """The balances as lines of a file."""
    return [
        (
            row["number"],
            row["name"],
            *(exports.days(row[name], reader.language) for name in ("available", "held", "taken")),
        )
        for row in await rows_of(found)
    ]


EXPORT = exported(
    Export(
        "balances", "reports", "read", tuple(head.label for head in HEADS), LeaveBalance, LeaveBalance.all_columns(),
        listed_of, where_of, lines_of,
    )
)  # fmt: skip


async def owed_lines(listed: Listing, reader: Reader) -> list[Sequence[object]]:
    """What is owed by department as lines of a file."""
    return [
        (one.department or phrase("reports.no_department", reader.language), one.people,
         exports.days(one.available, reader.language), exports.days(one.held, reader.language))
        for one in await reports.liability(listed["type"])
    ]  # fmt: skip


BY_DEPARTMENT = exported(
    Export(
        "departments", "reports", "read",
        ("leavedesk.department", "board.bar_number", "leavedesk.left", "reports.held"), LeaveBalance, (), listed_of,
        every=owed_lines,
    )
)  # fmt: skip
