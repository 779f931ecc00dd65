"""Who is away and where it gets thin: a month by department and day. A head sees those under him, nobody the reason."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from litestar import Controller, Response, get

from backoffice import asker, listing, plots
from backoffice.asker import Web
from backoffice.guards import Standing, requires, standing
from backoffice.rendering import MOST_NUMBER, page
from core import clock, database
from core.accounts.roles import allowed
from core.leave import calendar
from core.leave.calendar import Looked, Month, Row
from core.people.places import in_order
from core.people.tables import Location
from core.phrases import bulan, hari_pendek

ROWS, MOST_NAMES = 40, 200
FURTHEST = 36  # months back and ahead
KEPT = ("month", "place", "thin")


@dataclass(frozen=True)
class Cell:
    """One department on one day."""

    number: int
    shape: str  # classes
    thin: bool
    href: str | None


@dataclass(frozen=True)
class Day:
    """One column."""

    date: date
    weekday: str
    shape: str
    why: str


class CalendarController(Controller):
    """The heat-map of a month."""

    path = "/{company:str}/calendar"
    guards = (requires("calendar", "read"),)

    @get()
    async def show(self, request: Web) -> Response[str]:
        """The month that the address asks for; with a department and a day, who of it is away that day."""
        where, asked = standing(request), listing.asked(request)
        today = clock.today(where.place.zone)
        async with database.reading(where.company):
            places = {row["id"]: row["name"] for row in await in_order(Location)}
            looked = _looked(asked, where, today, places)
            month = await calendar.month(looked, today)
            found = await _names(asked, looked)
        rows = [row for row in month.rows if not asked.get("thin") or any(row.thin(day) for day in _worked(month))]
        begin = min(_number(asked.get("from")) or 0, max(len(rows) - 1, 0))
        shown = rows[begin : begin + ROWS]
        language = asker.of(request).language
        return await page(
            request, "leave/calendar.html", place=where.place.name, zone=where.place.zone, company=where.place,
            month=month, title=bulan(looked.first, language), days=_days(month, today, language), asked=asked,
            rows=[(row, [_cell(row, day, month, asked) for day in looked.dates]) for row in shown], places=places,
            before=_month(looked.first - timedelta(days=1), asked),
            after=_month(looked.last + timedelta(days=1), asked),
            further=_href(asked, **{"from": str(begin + ROWS)}) if begin + ROWS < len(rows) else None,
            first=_href(asked) if begin else None, most=_most(month), thin=_thin(month), names=found,
            most_names=MOST_NAMES, by_day=_by_day(month, rows, today), own=looked.head is not None, href=_href,
        )  # fmt: skip


def _looked(asked: Mapping[str, str], where: Standing, today: date, places: Mapping[int, str]) -> Looked:
    first = today.replace(day=1)
    if re.fullmatch(r"2\d{3}-(0[1-9]|1[0-2])", asked.get("month", "")):
        wanted = date.fromisoformat(asked["month"] + "-01")
        if abs((wanted.year - today.year) * 12 + wanted.month - today.month) <= FURTHEST:
            first = wanted
    place = _number(asked.get("place"))
    head = None
    if not allowed(where.place.roles, "calendar", "whole"):
        head = where.employee.id if where.employee else 0
    return Looked(first, place if place in places else None, head)


async def _names(asked: Mapping[str, str], looked: Looked) -> tuple[date, list[calendar.Absent]] | None:
    department, told = _number(asked.get("department")), asked.get("day", "")
    if department is None or not re.fullmatch(r"2\d{3}-\d\d-\d\d", told):
        return None
    try:
        day = date.fromisoformat(told)
    except ValueError:
        return None
    return day, await calendar.names(looked, department, day, MOST_NAMES)


def _number(told: str | None) -> int | None:
    found = int(told) if told and told.isascii() and told.isdigit() and len(told) < 11 else None
    return found if found is not None and found <= MOST_NUMBER else None


def _href(asked: Mapping[str, str], **changes: str) -> str:
    stated = {**{name: asked[name] for name in KEPT if asked.get(name)}, **changes}
    return "?" + urlencode({name: value for name, value in stated.items() if value})


def _month(day: date, asked: Mapping[str, str]) -> str:
    return _href(asked, month=f"{day:%Y-%m}")


def _worked(month: Month) -> list[date]:
    return [day for day in month.looked.dates if day not in month.free]


def _days(month: Month, today: date, language: str) -> list[Day]:
    found = []
    for day in month.looked.dates:
        off = month.free.get(day)
        shape = " ".join(name for name, on in (("today", day == today), ("free", day in month.free)) if on)
        found.append(Day(day, hari_pendek(day, language), shape, off.name(language) if off else ""))
    return found


def _cell(row: Row, day: date, month: Month, asked: Mapping[str, str]) -> Cell:
    number = row.away.get(day, 0)
    if day in month.free and not number:
        return Cell(0, "free", False, None)
    thin = day not in month.free and row.thin(day)
    shape = f"t{plots.shade(number, row.there.get(day, 0))}{' thin' if thin else ''}"
    href = _href(asked, month=f"{day:%Y-%m}", department=str(row.department), day=day.isoformat()) if number else None
    return Cell(number, shape, thin, href)


def _most(month: Month) -> tuple[date, int] | None:
    """The day on which most are away."""
    day = max(month.looked.dates, key=lambda one: month.away[one])
    return (day, month.away[day]) if month.away[day] else None


def _thin(month: Month) -> int:
    """In how many cells fewer than the minimum are left."""
    return sum(row.thin(day) for row in month.rows for day in _worked(month))


def _by_day(month: Month, rows: list[Row], today: date) -> list[tuple[date, int, list[tuple[Row, int, bool]]]]:
    """The same as a list, from today on: what a telephone shows."""
    worked, found = set(_worked(month)), []
    for day in month.looked.dates:
        here = [(row, row.away[day], day in worked and row.thin(day)) for row in rows if row.away.get(day)]
        if here and day >= today:
            found.append((day, sum(number for _, number, _ in here), here))
    return found
