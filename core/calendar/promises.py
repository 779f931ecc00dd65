"""What a company promises and aims at, as clocks on its own calendar.

The promise is told to whoever asked: 48 running hours on working days ("2 x 24 jam hari kerja"). The target sorts the
desk's work: 20 office hours. Office hours are those of the terms, 08:00-18:00; which days are worked says the calendar.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from core import choices, database
from core.calendar import days
from core.calendar.days import Calendar, Hours
from core.calendar.working_time import Rules, Slice, WorkingTime
from core.errors import Refused
from core.people.tables import Location

RUNNING: Hours = ((0, 1440),)
DESK: Hours = ((480, 1080),)
PROMISE, TARGET = timedelta(hours=48), timedelta(hours=20)
POLICIES = ("first_response", "next_response")
ONE_DAY = timedelta(days=1)
MOST_KEPT = 64


@dataclass(frozen=True)
class Due:
    """An instant with its receipt; None while nobody can know it."""

    at: datetime | None
    receipt: tuple[Slice, ...]


@dataclass(frozen=True)
class Answer:
    """Promise and target of what arrived at an instant, and the calendar they rest on."""

    promise: Due
    target: Due
    last_office_moment: datetime | None  # before the promise, which may fall into the night
    estimated: tuple[date, ...]  # days in it that are not decreed yet
    version: str


@dataclass(frozen=True)
class Times:
    """The company's calendar, compiled for what is promised and for the hours of the desk."""

    promise: WorkingTime
    target: WorkingTime
    held: Calendar
    desk: Hours = DESK

    @property
    def office_day(self) -> timedelta:
        """How much an office day is."""
        return sum((timedelta(minutes=ends - starts) for starts, ends in self.desk), timedelta(0))


_times: OrderedDict[tuple[int, int | None, str], tuple[Calendar, Times]] = OrderedDict()


async def times(location: int | None = None) -> Times:
    """What counts in the company in scope today, for who works in that place: closures of it count for them alone, and
    its own time where the company wants it so. Compiled once, and again when the calendar has changed."""
    held, company = await days.calendar(), database.company()
    zones = {} if location is None else await _zones()
    return _compiled(held, company, location, zones)


async def every() -> Callable[[int | None], Times]:
    """The same for whoever asks about many places or many times: the calendar is looked at once."""
    held, company, zones = await days.calendar(), database.company(), await _zones()
    return lambda location: _compiled(held, company, location, zones)


async def _zones() -> Mapping[int, str]:
    """The zones of the places, where questions run by them."""
    return await database.once("place times", [choices.Choice, Location], _zones_of_places)


async def _zones_of_places() -> Mapping[int, str]:
    if not await choices.of(choices.DESK_PLACE_TIME):
        return {}
    return {row["id"]: row["zone"] for row in await Location.select(Location.id, Location.zone)}


def _compiled(held: Calendar, company: int, location: int | None, zones: Mapping[int, str]) -> Times:
    zone = held.zone if location is None else zones.get(location, held.zone)
    if location is not None and not any(shut.location == location for shut in held.closures):
        location = None
    key = company, location, zone
    kept = _times.get(key)
    if kept is None or kept[0] is not held:
        kept = _times[key] = held, of_calendar(held if zone == held.zone else replace(held, zone=zone), location)
    _times.move_to_end(key)
    while len(_times) > MOST_KEPT:
        _times.popitem(last=False)
    return kept[1]


def of_calendar(held: Calendar, location: int | None = None, desk: Hours = DESK) -> Times:
    """The same for any calendar and hours of the desk, as those that are only thought of."""
    return Times(
        WorkingTime(rules(held, RUNNING, location)), WorkingTime(rules(held, desk, location)), held, desk
    )  # fmt: skip


async def due(policy: str, since: datetime) -> Answer:
    """When an answer is promised, and by when the desk should have given it."""
    if policy not in POLICIES:
        raise Refused("calendar.policy_unknown", policy=policy, known=", ".join(POLICIES))
    found = await times()
    held = found.held
    given, aimed = _due(found.promise, since, PROMISE), _due(found.target, since, TARGET)
    return Answer(
        given, aimed, found.target.last_open(given.at) if given.at else None,
        tuple(
            sorted(
                day
                for day, off in held.national.items()
                if off.status == "estimated" and given.at and since.date() <= day <= given.at.date()
            )
        ),
        held.version,
    )  # fmt: skip


def _due(clock: WorkingTime, since: datetime, target: timedelta) -> Due:
    at = clock.due(since, target)
    return Due(at, clock.receipt(since, at) if at else ())


def rules(held: Calendar, hours: Hours, location: int | None = None) -> Rules:
    """The company's calendar with these hours on each day that is worked company-wide; closed with all, or with the
    place."""
    off: dict[date, str] = {}
    extra: dict[date, Hours] = {}
    for day in {*held.national, *held.own}:
        free = held.off(day, None)
        if free is not None and free.kind != "closure":
            off[day] = free.name("en")
        elif held.works(day, None) and not held.week(day, None).get(day.weekday()):
            extra[day] = hours
    weeks = sorted((week for week in held.weeks if week.location is None), key=lambda week: week.from_)
    changes = [(week.from_, {one: hours for one, spans in week.hours.items() if spans}) for week in weeks]
    closures = [(shut.starts, shut.ends, shut.reason) for shut in held.closures if shut.location in (None, location)]
    usual = dict.fromkeys(days.WEEK, hours)
    return Rules(held.zone, usual, off, closures, extra, changes)
