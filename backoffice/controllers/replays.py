"""What would have been kept with other hours, days, promises or staff: a quarter of the desk replayed."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice import actors, asker, exports, listing, plots
from backoffice.asker import Web
from backoffice.dates import day_of
from backoffice.exports import Export, Reader, exported
from backoffice.guards import acting, requires, standing
from backoffice.listing import Filter, Listing
from backoffice.rendering import page, refusal
from core import clock, database
from core.accounts.roles import allowed
from core.calendar import promises
from core.errors import Refused
from core.helpdesk import replays, terms, what_if, wording
from core.helpdesk.replays import Result
from core.helpdesk.tables import DeskReplay
from core.helpdesk.what_if import EXCUSED, FIRSTS, IN_TIME, LATE, SOLVES, TARGETS, Wish
from core.phrases import angka, phrase, tanggal

QUARTERS, MINUS = 6, "\N{MINUS SIGN}"
CLOCK = re.compile(r"\s*(\d{1,2})(?:[.:](\d{2}))?\s*")
DAY_FIRST = re.compile(r"^\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*$")
DAYS = re.compile(r"[\n,;]+")
COMPARED = (
    (FIRSTS, IN_TIME), (FIRSTS, LATE), (FIRSTS, EXCUSED), (TARGETS, IN_TIME), (TARGETS, LATE), (SOLVES, IN_TIME),
    (SOLVES, LATE),
)  # fmt: skip
HEADS = ("whatif.week", *(f"whatif.head_{side}_{which}" for side in ("before", "after") for which in ("kept", "late")))


class Typed(Struct):
    """What is to be otherwise, as it was typed."""

    quarter: str = ""
    opens: str = ""
    closes: str = ""
    saturdays: str = ""
    free: str = ""
    worked: str = ""
    reading: str = ""
    promised: str = ""
    staff: str = ""
    minutes: str = ""


class Taken(Struct):
    """As what kind of file it is taken away."""

    format: str = "csv"


class ReplaysController(Controller):
    """`/{company}/reports/desk/what-if`, and one replay below it."""

    path = "/{company:str}/reports/desk/what-if"
    guards = (requires("desk", "report"),)

    @get()
    async def show(self, request: Web) -> Response[str]:
        """The questions, and what was asked lately."""
        return await _form(request)

    @post()
    async def begin(self, request: Web, data: URLEncodedBody[Typed]) -> Response[str]:
        """Replay it, as long work with its page."""
        where = standing(request)
        try:
            first, wish = _first(data.quarter, where.place.zone), _wish(data)
            async with database.transaction(where.company):
                row = await replays.begin(first, wish, by=acting(request))
        except Refused as no:
            wrong = {_field(no): refusal(request, no, where.place.zone)}
            return await _form(request, typed=data, wrong=wrong, status=422)
        return Redirect(f"/{where.place.slug}/reports/desk/what-if/{row.public}", status_code=303)

    @get("/{public:str}")
    async def result(self, request: Web, public: FromPath[str]) -> Response[str]:
        """Both sides, as far as they are counted."""
        where, language = standing(request), asker.of(request).language
        async with database.reading(where.company):
            one = await replays.by_public(public)
            if one is None:
                raise NotFoundException
            by = (await actors.names({one.row.by})).get(one.row.by, "")
        return await page(
            request, "tickets/replay.html", place=where.place.name, zone=where.place.zone, company=where.place,
            one=one, by=by, asked=_told(one, language), rows=_compared(one, language), plot_of=_plot(one, language),
            quarter=_named(one.row.first, language), state=f"replay={public}",
            opens=allowed(where.place.roles, "tickets", "work"),
        )  # fmt: skip

    @post("/{public:str}/export")
    async def export(self, request: Web, public: FromPath[str], data: URLEncodedBody[Taken]) -> Response[Any]:
        """Both sides week by week, as a file."""
        async with database.reading(standing(request).company):
            if await replays.by_public(public) is None:
                raise NotFoundException
        return await exports.answer(request, EXPORT, kind=data.format, state=f"replay={public}")


async def _form(
    request: Web, *, typed: Typed | None = None, wrong: dict[str, str] | None = None, status: int = 200
) -> Response[str]:
    where, language = standing(request), asker.of(request).language
    async with database.reading(where.company):
        rows = await replays.lately()
        by = await actors.names({row.by for row in rows})
        held = await terms.now()
    first, quarters = replays.quarter_of(clock.today(where.place.zone)), dict[str, str]()
    for _ in range(QUARTERS):
        quarters[first.isoformat()] = _named(first, language)
        first = replays.quarter_of(first - timedelta(days=1))
    opens, closes = promises.DESK[0]
    usual = Typed(quarter=list(quarters)[1], opens=_clock_of(opens, language), closes=_clock_of(closes, language))
    readings = {"": phrase("whatif.reading_same", language)} | {
        one: phrase(f"promise.reading_{one}", language) for one in terms.READINGS
    }
    return await page(
        request, "tickets/what_if.html", status=status, place=where.place.name, zone=where.place.zone,
        company=where.place, typed=typed or usual, wrong=wrong or {}, quarters=quarters, readings=readings,
        much=held.promised[terms.NORMAL], rows=[(row, _named(row.first, language), by.get(row.by, "")) for row in rows],
    )  # fmt: skip


def _field(no: Refused) -> str:
    """The field that is wrong, to be named beside it."""
    fields = {
        "whatif.hours_unclear": "opens", "whatif.both_ways": "worked", "whatif.too_many_days": "free",
        "whatif.staff_bounds": "staff", "whatif.minutes_bounds": "minutes", "promise.out_of_bounds": "promised",
        "whatif.no_tickets": "quarter",
    }  # fmt: skip
    return fields.get(no.key, "")


def _first(told: str, zone: str) -> date:
    try:
        found = replays.quarter_of(date.fromisoformat(told))
    except ValueError:
        raise Refused("whatif.no_tickets") from None
    if found > clock.today(zone):
        raise Refused("whatif.no_tickets")
    return found


def _wish(data: Typed) -> Wish:
    return Wish(
        opens=_minutes(data.opens), closes=_minutes(data.closes), saturdays=bool(data.saturdays),
        free=_days(data.free), worked=_days(data.worked), reading=data.reading,
        promised=_number(data.promised) if data.reading else 0, staff=_number(data.staff),
        minutes=_number(data.minutes),
    )  # fmt: skip


def _minutes(told: str) -> int:
    found = CLOCK.fullmatch(told)
    if found is None or int(found[2] or 0) > 59:
        raise Refused("whatif.hours_unclear")
    return int(found[1]) * 60 + int(found[2] or 0)


def _days(told: str) -> tuple[date, ...]:
    found = {day_of(DAY_FIRST.sub(_year_first, one)) for one in DAYS.split(told) if one.strip()}
    return tuple(sorted(one for one in found if one is not None))


def _year_first(told: re.Match[str]) -> str:
    return f"{told[3]}-{int(told[2]):02}-{int(told[1]):02}"


def _number(told: str) -> int:
    """What is no number is out of bounds, and refused as such."""
    bare = told.strip()
    if not bare:
        return 0
    return int(bare) if bare.isascii() and bare.isdigit() and len(bare) < 5 else 9999


def _clock_of(minutes: int, language: str) -> str:
    sign = "." if language == "id" else ":"
    return f"{minutes // 60:02}{sign}{minutes % 60:02}"


def _named(first: date, language: str) -> str:
    return phrase("whatif.quarter_of", language, number=str((first.month + 2) // 3), year=str(first.year))


def _told(one: Result, language: str) -> list[str]:
    """What is otherwise, in lines."""
    wish, usual, found = one.wish, Wish(), []
    if (wish.opens, wish.closes) != (usual.opens, usual.closes):
        hours = {"opens": _clock_of(wish.opens, language), "closes": _clock_of(wish.closes, language)}
        found.append(phrase("whatif.told_hours", language, **hours))
    if wish.saturdays:
        found.append(phrase("whatif.told_saturdays", language))
    for name, some in (("free", wish.free), ("worked", wish.worked)):
        if some:
            days = ", ".join(tanggal(day, language, today=one.row.first) for day in some)
            found.append(phrase(f"whatif.told_{name}", language, days=days))
    if wish.reading:
        reading = phrase(f"promise.reading_{wish.reading}", language)
        unit = "days" if wish.reading in terms.IN_DAYS else "hours"
        found.append(phrase(f"whatif.told_promise_{unit}", language, reading=reading, much=str(wish.promised)))
    if wish.models:
        (was, would), (took, takes) = one.staff, one.minutes
        found.append(phrase("whatif.told_staff", language, was=angka(was, language), would=angka(would, language)))
        found.append(phrase("whatif.told_minutes", language, was=angka(took, language), would=angka(takes, language)))
    return found


def _compared(one: Result, language: str) -> list[tuple[str, str, str, str]]:
    """Line by line: what is compared, as it was, as it would be, and the difference."""
    sides = one.found.before, one.found.after
    lines = [_line("kept", [side.kept() for side in sides], language)]
    for which, state in COMPARED:
        was, would = (side.sums(which)[state] for side in sides)
        lines.append(_line(f"{which}_{state}", [was, would], language))
    took = [side.median() for side in sides]
    spans = [wording.long(each, language) if each is not None else "-" for each in took]
    lines.append((phrase("whatif.line_median", language), spans[0], spans[1], ""))
    return lines


def _line(name: str, both: Sequence[int | None], language: str) -> tuple[str, str, str, str]:
    sign = "%" if name == "kept" else ""
    told = ["-" if each is None else f"{angka(each, language)}{sign}" for each in both]
    was, would = both
    differs = ""
    if was is not None and would is not None and was != would:
        differs = ("+" if would > was else MINUS) + angka(abs(would - was), language)
    return phrase(f"whatif.line_{name}", language), told[0], told[1], differs


def _weeks(one: Result) -> list[tuple[str, dict[str, int], dict[str, int]]]:
    """Each week of the quarter with its first answers on both sides."""
    first, last = replays.quarter(one.row.first)
    day, found = first - timedelta(days=first.weekday()), []
    none = dict.fromkeys(what_if.STATES, 0)
    while day <= last:
        week = day.isoformat()
        sides = (one.found.before, one.found.after)
        was, would = (side.weeks[week][FIRSTS] if week in side.weeks else none for side in sides)
        found.append((week, was, would))
        day += timedelta(days=7)
    return found


def _plot(one: Result, language: str) -> plots.Plot:
    weeks = _weeks(one)
    some = [(_short(week, language), was[LATE], would[LATE]) for week, was, would in weeks]
    late = [sum(was for _, was, _ in some), sum(would for _, _, would in some)]
    said = phrase("whatif.said", language, was=angka(late[0], language), would=angka(late[1], language))
    head = tuple(phrase(f"whatif.{name}", language) for name in ("week", "plot_before", "plot_after"))
    return plots.pairs(
        some, said=said, head=(head[0], head[1], head[2]), shapes=("f-pale", "f-act"),
        spelled=lambda number: angka(number, language),
    )  # fmt: skip


def _short(week: str, language: str) -> str:
    day = date.fromisoformat(week)
    return f"{day.day}/{day.month}" if language == "id" else f"{day.day}/{day.month:02}"


async def _listed(asked: Mapping[str, str], _: Reader) -> Listing:
    """Which replay."""
    return listing.read(asked, (), (Filter("replay", "whatif.title"),), key=DeskReplay.id, default="")


async def export_lines(listed: Listing, _: Reader) -> list[Sequence[object]]:
    """Both sides, week by week, and all of them together."""
    one = await replays.by_public(listed["replay"])
    if one is None:
        raise NotFoundException
    lines: list[Sequence[object]] = []
    for week, was, would in _weeks(one):
        lines.append([week, was[IN_TIME], was[LATE], would[IN_TIME], would[LATE]])
    return lines


EXPORT = exported(
    Export("desk_replay", "desk", "report", HEADS, DeskReplay, (), _listed, every=export_lines, personal=False)
)
