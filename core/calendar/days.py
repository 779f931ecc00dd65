"""What a company's calendar says of a day: free or worked, why, and the hours; per place of work.

A company's calendar is small, so it is read whole and kept in the process for as long as its version stands; each
question costs one look at the version. `calendar()` gives it for many questions, the functions after it for one.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from core import clock, database
from core.accounts.tables import Company
from core.calendar import holidays
from core.calendar.tables import CalendarVersion, Closure, CompanyDay, Holiday, WorkingWeek
from core.people.tables import Location
from core.stated import stated

Hours = tuple[tuple[int, int], ...]  # minutes after midnight
OFFICE: Hours = ((480, 720), (780, 1020))
WEEK: Mapping[int, Hours] = dict.fromkeys(range(5), OFFICE)
ONE_DAY = timedelta(days=1)
MOST_KEPT = 500


@dataclass(frozen=True)
class DayOff:
    """A day on which nobody is expected at work, and why."""

    date: date
    kind: str  # national | collective | company | closure
    name_id: str
    name_en: str
    status: str = "decreed"
    source: str | None = None

    def name(self, language: str) -> str:
        """What the day is called; by its Indonesian name where it has no other."""
        return self.name_en if language == "en" and self.name_en else self.name_id


@dataclass(frozen=True)
class Own:
    """What the company says of a day, everywhere or in one place."""

    location: int | None
    off: DayOff | None  # None: it is worked
    status: str = "decreed"
    id: int = 0


@dataclass(frozen=True)
class Week:
    """The hours of a week while it holds."""

    location: int | None
    from_: date
    to: date | None
    hours: Mapping[int, Hours]


@dataclass(frozen=True)
class Shut:
    """A closure in force."""

    starts: datetime
    ends: datetime | None
    location: int | None
    reason: str
    desk: bool = False  # of the help desk alone: no day of it is free


@dataclass(frozen=True)
class Halves:
    """The two halves of a working day, in minutes after midnight."""

    am: tuple[int, int]
    pm: tuple[int, int]


@dataclass(frozen=True)
class Calendar:
    """Everything a company's calendar says, at one version of it."""

    number: int
    version: str  # what is written beside whatever was counted by it
    zone: str
    collective_closed: bool
    national: Mapping[date, DayOff]
    own: Mapping[date, Sequence[Own]]
    weeks: Sequence[Week]
    closures: Sequence[Shut]
    zones: Mapping[int, str] = field(default_factory=dict)  # of the places, read only where there are closures

    def off(self, day: date, location: int | None) -> DayOff | None:
        """Why nobody is expected at work that day in that place; None when it is no special day."""
        own = self._own(day, location)
        if own is not None:
            return own.off if own.off is None or own.off.kind != "collective" or self.collective_closed else None
        listed = self.national.get(day)
        if listed is not None and (listed.kind == "national" or self.collective_closed):
            return listed
        return self._closed(day, location) if self.closures else None

    def works(self, day: date, location: int | None) -> bool:
        """Whether people of that place are expected at work that day."""
        return bool(self.hours(day, location))

    def hours(self, day: date, location: int | None) -> Hours:
        """The hours in which people of that place are expected at work; none on a free day."""
        own = self._own(day, location)
        week = self.week(day, location)
        if own is not None and own.off is None:
            # A day that is worked instead of another: the hours of its weekday, or of the week's first working day.
            return week.get(day.weekday()) or next((week[one] for one in sorted(week) if week[one]), OFFICE)
        hours = week.get(day.weekday(), ())
        return () if not hours or self.off(day, location) is not None else hours

    def within(self, starts: date, ends: date, location: int | None) -> dict[date, DayOff]:
        """The days off from `starts` through `ends` in that place."""
        days = (starts + number * ONE_DAY for number in range((ends - starts).days + 1))
        return {day: off for day in days if (off := self.off(day, location)) is not None}

    def week(self, day: date, location: int | None) -> Mapping[int, Hours]:
        """The hours by weekday that hold that day in that place, whatever the day itself is."""
        for wanted in (location, None) if location is not None else (None,):
            for week in self.weeks:
                if week.location == wanted and week.from_ <= day and (week.to is None or day < week.to):
                    return week.hours
        return WEEK

    def _own(self, day: date, location: int | None) -> Own | None:
        said = self.own.get(day, ())
        here = next((one for one in said if one.location is not None and one.location == location), None)
        return here or next((one for one in said if one.location is None), None)

    def _closed(self, day: date, location: int | None) -> DayOff | None:
        """A closure makes a free day when it covers all hours that would have been worked."""
        hours = self.week(day, location).get(day.weekday(), ())
        if not hours:
            return None
        zone = ZoneInfo(self.zones.get(location or 0, self.zone))
        midnight = datetime.combine(day, time(0), zone)
        opens, closes = midnight + timedelta(minutes=hours[0][0]), midnight + timedelta(minutes=hours[-1][1])
        for shut in self.closures:
            if shut.desk or shut.location not in (None, location) or shut.starts > opens:
                continue
            # How long one without an end lasts is not known: it makes free days of those that have come, and no other.
            if day <= clock.today(zone.key) if shut.ends is None else shut.ends >= closes:
                return DayOff(day, "closure", shut.reason, shut.reason)
        return None


def halves(hours: Hours) -> Halves | None:
    """Where a working day is cut in two: at the break nearest its middle, or in the middle; None on a free day."""
    if not hours:
        return None
    starts, ends = hours[0][0], hours[-1][1]
    middle = (starts + ends) // 2
    breaks = [(one[1], two[0]) for one, two in pairwise(hours)]
    cut = min(breaks, key=lambda pair: abs((pair[0] + pair[1]) // 2 - middle), default=(middle, middle))
    return Halves((starts, cut[0]), (cut[1], ends))


# -- one question ------------------------------------------------------------------------------------------------------


async def within(starts: date, ends: date, location: int | None) -> Mapping[date, DayOff]:
    """The days off from `starts` through `ends` for whoever works in that place."""
    return (await calendar()).within(starts, ends, location)


async def works_of(location: int | None) -> Callable[[date], bool]:
    """Whether a day is worked in that place; free days and the place's working week are both in it."""
    held = await calendar()
    return lambda day: held.works(day, location)


async def hours_of(location: int | None, day: date) -> Halves | None:
    """The two halves of that day in that place; None on a free day."""
    return halves((await calendar()).hours(day, location))


async def version() -> str:
    """What to write beside a leave, or a due instant, that is counted now."""
    return (await calendar()).version


# -- reading -----------------------------------------------------------------------------------------------------------

SEEN = "calendar"  # the newest version, among what a transaction has seen
_kept: dict[int, tuple[Any, Calendar]] = {}
_kept_of: Any = None


async def calendar() -> Calendar:
    """The calendar of the company of the open transaction, as it stands now."""
    global _kept_of
    company = database.company()
    if _kept_of is not database.engine():
        _kept.clear()
        _kept_of = database.engine()
    seen = database.scope().seen
    if SEEN not in seen:
        seen[SEEN] = await _version()
    newest = seen[SEEN]
    mark = (holidays.generation(), newest and newest["mark"])
    held = _kept.get(company)
    if held is not None and held[0] == mark:
        return held[1]
    read = await _read(newest)
    while len(_kept) >= MOST_KEPT:
        _kept.pop(next(iter(_kept)))
    _kept[company] = mark, read
    return read


@stated
def _version() -> Any:
    columns = (CalendarVersion.number, CalendarVersion.mark, CalendarVersion.collective)
    return CalendarVersion.select(*columns).order_by(CalendarVersion.number, ascending=False).first()


async def as_of(number: int) -> Calendar:
    """The company's own days, weeks and closures as they stood at a version; the national list as it stands now."""
    row = (
        await CalendarVersion.select(CalendarVersion.number, CalendarVersion.mark, CalendarVersion.collective)
        .where(CalendarVersion.number == number)
        .first()
    )
    return await _read(row)


async def _read(newest: Mapping[str, Any] | None) -> Calendar:
    number = newest["number"] if newest else 0
    national: dict[date, DayOff] = {}
    for row in await Holiday.select().order_by(Holiday.kind):  # collective before national, so the national one stays
        national[row["date"]] = DayOff(
            row["date"], row["kind"], row["name"], row["name_en"], row["status"], row["decree"]
        )
    days, weeks, closures = ([], [], []) if not number else await _own_rows(number)
    own: dict[date, list[Own]] = {}
    for day in days:
        off = DayOff(day["date"], day["kind"], day["name"], day["name_en"], day["status"], day["source"])
        own.setdefault(day["date"], []).append(
            Own(day["location"], None if day["kind"] == "working" else off, day["status"], day["id"])
        )
    company = await Company.select(Company.zone).where(Company.id == database.company()).first()
    zones = {row["id"]: row["zone"] for row in await Location.select(Location.id, Location.zone)} if closures else {}
    return Calendar(
        number, f"{holidays.version()[:8]}.{number}", company["zone"] if company else "Asia/Jakarta",
        newest is None or newest["collective"] == "closed", national, own,
        [Week(row["location"], row["from_"], row["to"], hours_from(row["hours"])) for row in weeks],
        [Shut(row["starts"], row["ends"], row["location"], row["reason"], row["desk"]) for row in closures], zones,
    )  # fmt: skip


async def _own_rows(number: int) -> tuple[list[Any], list[Any], list[Any]]:
    found = []
    for table in (CompanyDay, WorkingWeek, Closure):
        holds = (table.since <= number) & (table.until.is_null() | (table.until > number))
        found.append(await table.select().where(holds).order_by(table.id))
    return found[0], found[1], found[2]


def hours_from(told: str) -> dict[int, Hours]:
    """The week of a row."""
    return {
        int(weekday): tuple((_minutes(one), _minutes(two)) for one, two in spans)
        for weekday, spans in json.loads(told).items()
    }


def hours_to(week: Mapping[int, Hours]) -> str:
    """A week as a row keeps it."""
    return json.dumps({str(day): [[clock_of(a), clock_of(b)] for a, b in spans] for day, spans in week.items()})


def clock_of(minutes: int) -> str:
    """`08:00` of 480."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _minutes(told: str) -> int:
    hours, minutes = told.split(":")
    return int(hours) * 60 + int(minutes)
