"""How a company's calendar is set: its free days, its working weeks, its closures; each change with its reason."""

import re
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import Any

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice import actors, asker, calendar_told
from backoffice.asker import Web
from backoffice.dates import instant_of
from backoffice.drafts import Overtaken, Stale
from backoffice.guards import acting, requires, standing
from backoffice.rendering import Number, page, refusal
from core import clock, database
from core.approvals import four_eyes
from core.calendar import days, decrees, versions
from core.calendar.days import Hours
from core.calendar.tables import CalendarVersion, Closure, CompanyDay, WorkingWeek
from core.calendar.versions import Said
from core.errors import Refused
from core.leave import recalculation
from core.people.places import in_order
from core.people.tables import Location, Person
from core.phrases import hari_pendek, one_line, phrase

SPAN = re.compile(r"(\d{1,2})[:.](\d{2})\s*[-–]\s*(\d{1,2})[:.](\d{2})")
MOST_PLACES, MOST_VERSIONS, AHEAD, LONGEST_NUMBER = 20, 20, 14, 9
MONDAY = date(2024, 1, 1)


class Filled(Struct):
    """What was typed into any of the forms."""

    date: str = ""
    kind: str = "company"
    name: str = ""
    name_en: str = ""
    source: str = ""
    location: str = ""
    why: str = ""
    from_: str = ""
    d0: str = "08:00-12:00, 13:00-17:00"
    d1: str = "08:00-12:00, 13:00-17:00"
    d2: str = "08:00-12:00, 13:00-17:00"
    d3: str = "08:00-12:00, 13:00-17:00"
    d4: str = "08:00-12:00, 13:00-17:00"
    d5: str = ""
    d6: str = ""
    starts: str = ""
    ends: str = ""
    reason: str = ""
    desk: str = ""
    closed: str = ""
    list: str = ""
    apply: str = ""
    seen: str = ""


class CalendarSettingsController(Controller):
    """The calendar of one company."""

    path = "/{company:str}/settings/calendar"
    guards = (requires("calendar", "change"),)

    @get()
    async def show(self, request: Web, year: FromQuery[str] = "", saved: FromQuery[str] = "") -> Response[str]:
        """A year's free days, the weeks with the next two weeks as they will be, the closures, the versions."""
        return await shown(request, year=year, saved=saved)

    @post("/day")
    async def day(self, request: Web, data: URLEncodedBody[Filled]) -> Response[str]:
        """Say something of one day."""

        async def change() -> None:
            said = Said(_date(data.date), data.kind, data.name, data.name_en, "decreed", one_line(data.source) or None,
                        await _place(data.location))  # fmt: skip
            await versions.say([said], data.why, actor=acting(request))
            await _unchanged(CompanyDay, data.seen, (CompanyDay.date == said.date) & _here(CompanyDay, said.location))

        return await _done(request, data, "day", change)

    @post("/day/{number:int}/end")
    async def end_day(self, request: Web, number: Number, data: URLEncodedBody[Filled]) -> Response[str]:
        """Say nothing of that day any more."""

        async def change() -> None:
            await versions.take_back(number, data.why, actor=acting(request))

        return await _done(request, data, "day", change)

    @post("/collective")
    async def collective(self, request: Web, data: URLEncodedBody[Filled]) -> Response[str]:
        """Whether days of collective leave are free here."""

        async def change() -> None:
            await versions.collective(data.closed == "1", data.why, actor=acting(request))

        return await _done(request, data, "collective", change)

    @post("/week")
    async def week(self, request: Web, data: URLEncodedBody[Filled]) -> Response[str]:
        """The hours of a week from a day on."""

        async def change() -> None:
            hours = {weekday: hours_typed(getattr(data, f"d{weekday}")) for weekday in range(7)}
            location = await _place(data.location)
            await versions.week(hours, _date(data.from_), data.why, location=location, actor=acting(request))
            await _unchanged(WorkingWeek, data.seen, _here(WorkingWeek, location))

        return await _done(request, data, "week", change)

    @post("/closure")
    async def closure(self, request: Web, data: URLEncodedBody[Filled]) -> Response[str]:
        """Ask for a closure."""
        where = standing(request)

        async def change() -> None:
            starts, ends = instant_of(data.starts, where.place.zone), None
            if data.ends:
                ends = instant_of(data.ends, where.place.zone)
            await versions.ask_closure(
                starts, ends, data.reason, location=await _place(data.location), person=where.decides,
                actor=acting(request), desk=data.desk == "1",
            )  # fmt: skip

        return await _done(request, data, "closure", change)

    @post("/closure/{number:int}/{verb:str}")
    async def decide(
        self, request: Web, number: Number, verb: FromPath[str], data: URLEncodedBody[Filled]
    ) -> Response[str]:
        """Approve it as the second person, drop it, or say when it is over."""
        where = standing(request)

        async def change() -> None:
            if verb == "approve":
                alone = await four_eyes.alone(where.decides)
                await versions.approve_closure(number, person=where.decides, actor=acting(request), alone=alone)
            elif verb == "drop":
                await versions.drop_closure(number, actor=acting(request))
            else:
                await versions.end_closure(number, instant_of(data.ends, where.place.zone), actor=acting(request))

        if verb not in ("approve", "drop", "end"):
            raise NotFoundException
        return await _done(request, data, "closure", change)

    @post("/decree")
    async def decree(self, request: Web, data: URLEncodedBody[Filled]) -> Response[str]:
        """What a new list would change; with `apply`, have it hold."""
        where = standing(request)
        if data.apply:

            async def change() -> None:
                await decrees.take(data.list, data.why, actor=acting(request))
                await _unchanged(CompanyDay, data.seen, CompanyDay.id > 0)

            return await _done(request, data, "decree", change, again=lambda: decrees.preview(data.list))
        try:
            async with database.reading(where.company):
                changes = await decrees.preview(data.list)
        except Refused as no:
            return await shown(request, wrong={"list": refusal(request, no, where.place.zone)}, typed=data, status=422)
        return await shown(request, typed=data, changes=changes)


async def _done(
    request: Web, data: Filled, what: str, change: Callable[[], Awaitable[None]],
    *, again: Callable[[], Awaitable[decrees.Changes]] | None = None,
) -> Response[str]:  # fmt: skip
    """Make the change; where it is refused, the page again with what was typed and, by `again`, what was previewed."""
    where = standing(request)
    try:
        async with database.transaction(where.company):
            await change()
    except Stale:
        return await shown(request, typed=data, stale=True, changes=await _previewed(request, again), status=409)
    except Refused as no:
        wrong = {"": refusal(request, no, where.place.zone)}
        return await shown(request, wrong=wrong, typed=data, changes=await _previewed(request, again), status=422)
    except LookupError:
        raise NotFoundException from None
    return Redirect(f"/{where.place.slug}/settings/calendar?saved={what}", status_code=303)


async def _previewed(request: Web, again: Callable[[], Awaitable[decrees.Changes]] | None) -> decrees.Changes | None:
    if again is None:
        return None
    try:
        async with database.reading(standing(request).company):
            return await again()
    except Refused:  # the list itself is what can't be taken, and the page says so
        return None


async def _unchanged(table: Any, seen: str, same: Any) -> None:
    """Stale when somebody else has said something of the same since the form was opened. Asked after the change, which
    holds the calendar: nobody comes in between, and what was written goes again."""
    if not seen.isdecimal() or len(seen) > LONGEST_NUMBER:
        return
    newest = await CalendarVersion.select().order_by(CalendarVersion.number, ascending=False).first()
    ours = newest["number"] if newest else 0
    if await table.exists().where(same & (table.since > int(seen)) & (table.since < ours)):
        raise Stale


def _here(table: Any, location: int | None) -> Any:
    return table.location.is_null() if location is None else table.location == location


async def _overtaken(seen: str, language: str) -> Overtaken:
    """What has been said of the calendar since the form was opened, with why."""
    rows = await CalendarVersion.select().where(CalendarVersion.number > int(seen)).order_by(
        CalendarVersion.number, ascending=False
    ).limit(MOST_VERSIONS)  # fmt: skip
    names = await _names({row["by"] for row in rows})
    who = names.get(rows[0]["by"], "") if rows else ""
    told = [(phrase("calendar.version", language, number=str(row["number"])), "", row["why"]) for row in rows]
    return Overtaken(told, who, rows[0]["at"] if rows else None)


async def _names(actors: set[str]) -> dict[str, str]:
    numbers = [int(one.partition(":")[2]) for one in actors if one.startswith("person:")]
    rows = await Person.select(Person.id, Person.name).where(Person.id.is_in(numbers or [0]))
    return {f"person:{row['id']}": row["name"] for row in rows}


async def shown(
    request: Web, *, year: str = "", saved: str = "", wrong: dict[str, str] | None = None, typed: Filled | None = None,
    changes: decrees.Changes | None = None, status: int = 200, stale: bool = False,
) -> Response[str]:  # fmt: skip
    where, language = standing(request), asker.of(request).language
    today = clock.today(where.place.zone)
    shown = int(year) if re.fullmatch(r"20\d\d", year) else today.year
    async with database.reading(where.company):
        held = await days.calendar()
        places = {row["id"]: row["name"] for row in await in_order(Location)}
        own = await CompanyDay.select().where(
            CompanyDay.until.is_null()
            & (CompanyDay.date >= date(shown, 1, 1))
            & (CompanyDay.date <= date(shown, 12, 31))
        )
        closures = await Closure.select().where(
            Closure.dropped_at.is_null() & Closure.until.is_null()
        ).order_by(Closure.starts, ascending=False).limit(MOST_VERSIONS)  # fmt: skip
        who = await _people(closures)
        history = await CalendarVersion.select().order_by(CalendarVersion.number, ascending=False).limit(MOST_VERSIONS)
        told = await calendar_told.changes([row["number"] for row in history], places, language, where.zone)
        by = await actors.names({row["by"] for row in history})
        touched = len(await recalculation.touched(today))
        alone = await four_eyes.alone(where.decides)
        overtaken = await _overtaken(typed.seen, language) if stale and typed else None
    return await page(
        request, "settings_calendar.html", status=status, place=where.place.name, zone=where.place.zone,
        company=where.place, overtaken=overtaken, me=where.decides, alone=alone, again=versions.CONFIRMS_AGAIN,
        now=clock.now(), year=shown, held=held, places=places,
        saved=_SAVED.get(saved, ""), wrong=wrong or {},
        typed=typed or Filled(), changes=changes, listed=_year(held, own, shown), closures=closures,
        who=who, history=history, told=told, by=by, touched=touched, weeks=_weeks(held, today, places),
        next_days=[(today + timedelta(days=n), hari_pendek(today + timedelta(days=n), language)) for n in range(AHEAD)],
        weekdays=[hari_pendek(MONDAY + timedelta(days=n), language) for n in range(7)],
    )  # fmt: skip


_SAVED = {name: f"calendar.saved_{name}" for name in ("day", "collective", "week", "closure", "decree", "evidence")}


def _year(held: days.Calendar, own: list[dict[str, Any]], year: int) -> list[dict[str, Any]]:
    """Every day of the year of which something is said: by the national list, or by the company in its place."""
    said = [
        {"date": row["date"], "id": row["id"], "kind": _kind(row["kind"], held), "location": row["location"],
         "names": {"id": row["name"], "en": row["name_en"]}, "status": row["status"], "source": row["source"]}
        for row in own
    ]  # fmt: skip
    everywhere = {row["date"] for row in own if row["location"] is None}
    for day, off in held.national.items():
        if day.year == year and day not in everywhere:
            said.append({"date": day, "id": None, "kind": _kind(off.kind, held), "location": None,
                         "names": {"id": off.name_id, "en": off.name_en or off.name_id}, "status": off.status,
                         "source": off.source})  # fmt: skip
    return sorted(said, key=lambda one: (one["date"], one["location"] or 0))


def _kind(kind: str, held: days.Calendar) -> str:
    return "worked" if kind == "collective" and not held.collective_closed else kind


def _weeks(held: days.Calendar, today: date, places: dict[int, str]) -> list[tuple[str | None, list[str]]]:
    """The next days as hours: of the company, and of each place that differs from it."""

    def told(location: int | None) -> list[str]:
        coming = [held.hours(today + timedelta(days=number), location) for number in range(AHEAD)]
        return [f"{days.clock_of(one[0][0])}-{days.clock_of(one[-1][1])}" if one else "" for one in coming]

    usual = told(None)
    found: list[tuple[str | None, list[str]]] = [(None, usual)]
    for location, name in places.items():
        if len(found) <= MOST_PLACES and (here := told(location)) != usual:
            found.append((name, here))
    return found


async def _people(closures: list[dict[str, Any]]) -> dict[int, str]:
    ids = {row[name] for row in closures for name in ("asked_by", "approved_by") if row[name]}
    rows = await Person.select(Person.id, Person.name).where(Person.id.is_in(list(ids) or [0]))
    return {row["id"]: row["name"] for row in rows}


def hours_typed(told: str) -> Hours:
    """`08.00-12.00, 13.00-17.00` as minutes; nothing typed is a free day."""
    spans = SPAN.findall(told)
    if told.strip() and (not spans or SPAN.sub("", told).strip(" ,;dan&+") != ""):
        raise Refused("calendar.hours_unclear")
    return tuple((int(a) * 60 + int(b), int(c) * 60 + int(d)) for a, b, c, d in spans)


def _date(told: str) -> date:
    try:
        return date.fromisoformat(told.strip())
    except ValueError:
        raise Refused("calendar.date_unclear") from None


async def _place(told: str) -> int | None:
    if not told:
        return None
    number = int(told) if told.isascii() and told.isdigit() and len(told) < 10 else 0
    if not await Location.exists().where(Location.id == number):
        raise Refused("calendar.place_unknown")
    return number
