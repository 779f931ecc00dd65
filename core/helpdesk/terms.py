"""What a company promises who asks, and what its desk aims at: how "2 x 24 hours" is read, and for which priority.

Each saving is a row; the newest holds from then on, for what is promised from then on. What was promised before runs by
what it was promised by, so nobody's promise becomes shorter, nor longer, by a setting.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core import audit, clock, database
from core.audit import Actor
from core.calendar import promises
from core.calendar.measure import Measure
from core.calendar.promises import Times
from core.errors import Refused
from core.helpdesk.service_level import SOLVE, Counted, Happened
from core.helpdesk.tables import DeskTerms
from core.phrases import one_line

NORMAL, HIGH, TOP = "normal", "high", "top"
PRIORITIES = (NORMAL, HIGH, TOP)
QUESTION, DISPUTE = "question", "dispute"
RUNNING, OFFICE, OFFICE_DAYS, CLOSE = "A", "B", "C", "D"
READINGS = (RUNNING, OFFICE, OFFICE_DAYS, CLOSE)
IN_DAYS = (OFFICE_DAYS, CLOSE)
HOUR = timedelta(hours=1)
COMPANY = "company"  # the desk whose terms they are: that of the company's own people
LEAST, MOST = 1, 240  # hours, or working days
LOOKS_AHEAD = timedelta(days=120)  # in which the target must never fall after the promise
DISPUTE_DAYS, DISPUTE_TARGET_DAYS = 30, 20  # working days from notice, each of them whole
LONGEST_WHY = 200


@dataclass(frozen=True)
class Terms:
    """How a promise is read and how much it is; what the desk aims at, in its office hours. By priority."""

    number: int
    reading: str
    promised: Mapping[str, int]  # hours; working days in the readings C and D
    aimed: Mapping[str, int]  # office hours
    since: datetime | None = None
    why: str = ""

    def promise(self, priority: str, times: Times) -> Measure:
        """What an answer is promised within."""
        much = self.promised.get(priority, self.promised[NORMAL])
        if self.reading == RUNNING:
            return Measure(times.promise, much * HOUR)
        if self.reading == OFFICE:
            return Measure(times.target, much * HOUR)
        if self.reading == OFFICE_DAYS:
            return Measure(times.target, much * times.office_day)
        return Measure(times.target, days=much)

    def target(self, priority: str, times: Times) -> Measure:
        """What the desk aims at for an answer, and for the solution."""
        return Measure(times.target, self.aimed.get(priority, self.aimed[NORMAL]) * HOUR)


USUAL = Terms(0, RUNNING, {NORMAL: 48, HIGH: 48, TOP: 48}, {NORMAL: 20, HIGH: 8, TOP: 4})


async def every() -> dict[int, Terms]:
    """All terms the company ever had, by their number; 0 is what holds while it says nothing."""
    rows = await DeskTerms.objects().where(DeskTerms.desk == COMPANY).order_by(DeskTerms.number)
    return {0: USUAL} | {row.number: _read(row) for row in rows}


def newest(some: Mapping[int, Terms]) -> Terms:
    """Those that hold now."""
    return some[max(some)]


async def now() -> Terms:
    """Those that hold now."""
    row = await DeskTerms.objects().where(DeskTerms.desk == COMPANY).order_by(DeskTerms.number, ascending=False).first()
    return USUAL if row is None else _read(row)


def promised(some: Mapping[int, Terms], times: Times, kind: str) -> Counted:
    """How the promises of a ticket are counted: each clock by the terms and the priority it was promised by."""

    def counted(event: Happened, metric: str) -> Measure:
        if kind == DISPUTE and metric == SOLVE:
            return Measure(times.promise, DISPUTE_DAYS * timedelta(days=1))
        return some.get(event.terms, USUAL).promise(event.priority, times)

    return counted


def aimed(held: Terms, priority: str, times: Times, kind: str) -> Counted:
    """How the targets of a ticket are counted: all by the terms and the priority of now."""

    def counted(_event: Happened, metric: str) -> Measure:
        if kind == DISPUTE and metric == SOLVE:
            return Measure(times.target, DISPUTE_TARGET_DAYS * times.office_day)
        return held.target(priority, times)

    return counted


async def choose(
    reading: str, promised_: Mapping[str, int], aimed_: Mapping[str, int], *, why: str, seen: int, by: Actor
) -> Terms:  # fmt: skip
    """Have these hold for what is asked from now on.

    Refused: a reading that is none, a number out of bounds, no reason, terms that somebody else saved since `seen`, the
    terms that hold already, or a target that could fall after the promise: with an example.
    """
    if reading not in READINGS:
        raise Refused("promise.reading_unknown")
    for priority in PRIORITIES:
        for much in (promised_.get(priority, 0), aimed_.get(priority, 0)):
            if not LEAST <= much <= MOST:
                raise Refused("promise.out_of_bounds", least=str(LEAST), most=str(MOST))
    reason = one_line(why)
    if not 0 < len(reason) <= LONGEST_WHY:
        raise Refused("promise.why_missing", most=str(LONGEST_WHY))
    await database.lock_name(f"terms:{database.company()}")
    held = await now()
    if held.number != seen:
        raise Refused("promise.saved_since")
    wanted = Terms(held.number + 1, reading, dict(promised_), dict(aimed_), clock.now(), reason)
    if (held.reading, held.promised, held.aimed) == (wanted.reading, wanted.promised, wanted.aimed):
        raise Refused("promise.holds_already")
    await refuse_crossing(wanted)
    await DeskTerms.insert(
        DeskTerms(
            number=wanted.number, desk=COMPANY, reading=reading, promised=json.dumps(wanted.promised),
            aimed=json.dumps(wanted.aimed), at=clock.now(), by=by.name, why=reason,
        )
    )  # fmt: skip
    audit.record("promise.changed", f"terms:{wanted.number}", by=by, reading=reading)
    return wanted


async def refuse_crossing(wanted: Terms) -> None:
    """Refuse terms by which a target could fall after its promise; the refusal names when.

    What nobody could help is left aside: a closure shortens any day, and there the target gives way (`clocks.both`).
    """
    held = (await promises.times()).held
    found = promises.of_calendar(replace(held, closures=()))
    wrong = crossing(wanted, found, clock.now())
    if wrong is not None:
        priority, *moments = wrong
        asked, promise, target = (clock.local(one, held.zone) for one in moments)
        raise Refused("promise.target_after", priority=priority, asked=asked, promise=promise, target=target)


def crossing(some: Terms, times: Times, start: datetime) -> tuple[str, datetime, datetime, datetime] | None:
    """The first question within `LOOKS_AHEAD` whose target would fall after its promise: its priority, when it is
    asked, and both dues."""
    seen = set()
    for priority in PRIORITIES:
        promise, target = some.promise(priority, times), some.target(priority, times)
        if (promise, target) in seen:
            continue
        seen.add((promise, target))
        for asked in _instants(start, times):
            one, other = promise.due(asked), target.due(asked)
            if one is not None and other is not None and other > one:
                return priority, asked, one, other
    return None


def _instants(start: datetime, times: Times) -> Iterator[datetime]:
    """Each hour and the minute after it. Days, desks and promises begin and end at whole hours, so in between either
    due runs along with the question or stands still, and they cross at one of these or nowhere."""
    day = clock.local(start, times.held.zone).date()
    begins = datetime(day.year, day.month, day.day, tzinfo=times.promise.zone)
    for number in range(int(LOOKS_AHEAD / HOUR)):
        yield begins + number * HOUR
        yield begins + number * HOUR + timedelta(minutes=1)


def _read(row: DeskTerms) -> Terms:
    return Terms(row.number, row.reading, json.loads(row.promised), json.loads(row.aimed), row.at, row.why)
