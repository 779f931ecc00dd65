"""What would have been kept with other hours, holidays, promises or staff: the questions of a quarter replayed. Pure.

With other hours, holidays or another promise the answers stay where they were given, and only their dues are others.
With other staff the answers are worked out on both sides in the same way, so that what differs is the staff: questions
are taken in the order in which they came, each by whoever is free first, and each takes the same office time.
"""

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from core import clock
from core.calendar import days, promises
from core.calendar.days import Calendar, DayOff, Own, Week
from core.calendar.promises import Times
from core.calendar.working_time import TICK, ticks
from core.helpdesk import clocks, service_level, terms
from core.helpdesk.clocks import Both
from core.helpdesk.service_level import FIRST, PROMISE, SOLVE, TARGET, Clock, Happened
from core.helpdesk.tables import Ticket
from core.helpdesk.terms import Terms
from core.helpdesk.timelines import Told

SATURDAY = 5
IN_TIME, LATE, EXCUSED, RUNS = "in_time", "late", "excused", "runs"
STATES = (IN_TIME, LATE, EXCUSED, RUNS)
FIRSTS, TARGETS, SOLVES = "first", "target", "solve"
WHICH = (FIRSTS, TARGETS, SOLVES)
MOST_CHANGED = 100  # tickets that are named one by one
MINUTE, ONE_DAY = timedelta(minutes=1), timedelta(days=1)
HANDLING = 30  # minutes, where the record does not tell how long an answer takes
STAFF_LEAST, STAFF_MOST, MINUTES_MOST = 1, 200, 480


@dataclass(frozen=True)
class Wish:
    """What is to be otherwise; what is empty stays as it is."""

    opens: int = promises.DESK[0][0]  # minutes after midnight
    closes: int = promises.DESK[0][1]
    saturdays: bool = False
    free: tuple[date, ...] = ()
    worked: tuple[date, ...] = ()
    reading: str = ""
    promised: int = 0
    staff: int = 0
    minutes: int = 0  # that an answer takes; 0: as the record tells

    @property
    def models(self) -> bool:
        """Whether the answers themselves are worked out anew."""
        return bool(self.staff or self.minutes)


@dataclass
class Side:
    """One side of the comparison: by week the questions in each state, and how long first answers took."""

    weeks: dict[str, dict[str, dict[str, int]]] = field(default_factory=dict)  # week, which clock, state
    minutes: list[int] = field(default_factory=list)
    free: list[int] = field(default_factory=list)  # when each of the staff is free again, in microseconds since 1970

    def add(self, week: str, found: Mapping[str, str], took: timedelta | None) -> None:
        """Count one question."""
        here = self.weeks.setdefault(week, {one: dict.fromkeys(STATES, 0) for one in WHICH})
        for which, state in found.items():
            here[which][state] += 1
        if took is not None:
            self.minutes.append(took // MINUTE)

    def sums(self, which: str) -> dict[str, int]:
        """Of all weeks together."""
        return {state: sum(week[which][state] for week in self.weeks.values()) for state in STATES}

    def kept(self, which: str = FIRSTS) -> int | None:
        """Percent in time of what is decided; None where nothing is."""
        found = self.sums(which)
        decided = found[IN_TIME] + found[LATE]
        return round(100 * found[IN_TIME] / decided) if decided else None

    def median(self) -> timedelta | None:
        """How long a first answer took, of the time that counts."""
        return median(self.minutes) * MINUTE if self.minutes else None


@dataclass
class Replay:
    """How far it has come: what is recorded, and both sides; what changed from one side to the other."""

    record: Side = field(default_factory=Side)
    before: Side = field(default_factory=Side)
    after: Side = field(default_factory=Side)
    changed: list[list[str]] = field(default_factory=list)  # address, number, state before, state after
    better: int = 0
    worse: int = 0

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> "Replay":
        """As it was put down."""
        record, before, after = (Side(**told[name]) for name in ("record", "before", "after"))
        return cls(record, before, after, told["changed"], told["better"], told["worse"])

    def told(self) -> dict[str, Any]:
        """To be put down."""
        sides = {name: vars(getattr(self, name)) for name in ("record", "before", "after")}
        return sides | {name: getattr(self, name) for name in ("changed", "better", "worse")}


@dataclass(frozen=True)
class World:
    """A calendar, terms and staff to count by."""

    times: Times
    held: Mapping[int, Terms]
    minutes: int

    def answered(self, side: Side, row: Ticket, events: Sequence[Happened]) -> list[Happened]:
        """The question with its answer, and its solution as long after it as it was."""
        opened = replace(events[0], given=None, solve=None)
        done = None
        if side.free:
            at = max(ticks(opened.at), side.free[0])
            done = self.times.target.due_tick(at, self.minutes * MINUTE // TICK)
        if done is None:
            return [opened]
        heapq.heapreplace(side.free, done)
        first = _moment(done, opened.at)
        found = [opened, Happened(service_level.ANSWERED, first)]
        was, ended = next((one.at for one in events if one.kind == service_level.ANSWERED), None), row.resolved_at
        if ended is not None:
            rest = self.times.target.elapsed(was, ended) if was is not None and was < ended else timedelta(0)
            found.append(Happened(service_level.RESOLVED, self.times.target.due(first, rest) or first))
        return found


def other_calendar(held: Calendar, wish: Wish, since: date) -> Calendar:
    """The company's calendar with the days of the wish, and its Saturdays."""
    own = dict(held.own)
    for day in wish.free:
        own[day] = (Own(None, DayOff(day, "company", "?", "?")),)
    for day in wish.worked:
        own[day] = (Own(None, None),)
    weeks = list(held.weeks)
    if wish.saturdays:
        hours = {**held.week(since, None), SATURDAY: days.OFFICE}
        weeks = [*(one for one in weeks if one.location is not None), Week(None, since - ONE_DAY, None, hours)]
    return replace(held, own=own, weeks=tuple(weeks))


def other_terms(held: Mapping[int, Terms], wish: Wish) -> dict[int, Terms]:
    """Every promise read as the wish has it; the terms as they are where it says nothing of them."""
    if not wish.reading:
        return dict(held)
    newest = terms.newest(held)
    promised = dict.fromkeys(terms.PRIORITIES, wish.promised)
    return {number: Terms(number, wish.reading, promised, newest.aimed) for number in held}


def replay(
    into: Replay, row: Ticket, events: Sequence[Happened], wish: Wish, record: Both, before: World, after: World,
    now: datetime,
) -> None:  # fmt: skip
    """Count one question on both sides. `record` are its clocks as they ran."""
    week = _week(row.opened_at, before.times)
    stood, took = _states(record, now)
    into.record.add(week, stood, took)
    if wish.models:
        one = clocks.both(row, before.answered(into.before, row, events), before.held, before.times, now)
        two = clocks.both(row, after.answered(into.after, row, events), after.held, after.times, now)
    else:
        one = record
        bare = [replace(event, given=None, solve=None, moved=()) for event in events]
        two = clocks.both(row, bare, after.held, after.times, now)
    was, took_before = _states(one, now)
    would, took_after = _states(two, now)
    into.before.add(week, was, took_before)
    into.after.add(week, would, took_after)
    if was[FIRSTS] == would[FIRSTS] or RUNS in (was[FIRSTS], would[FIRSTS]):
        return
    into.better += would[FIRSTS] != LATE
    into.worse += would[FIRSTS] == LATE
    if len(into.changed) < MOST_CHANGED:
        into.changed.append([row.public, row.number, was[FIRSTS], would[FIRSTS]])


def handling(answers: Iterable[tuple[str, datetime, datetime]], times: Times) -> tuple[int, int]:
    """How many answered, and the minutes of office time that an answer takes: the middle of the gaps between two first
    answers of the same agent, where the second question was waiting already. `answers`: by whom, when it was asked and
    when answered, in the order of the answers."""
    last: dict[str, datetime] = {}
    gaps = []
    for who, asked, answered in answers:
        before = last.get(who)
        if before is not None and asked <= before < answered:
            gaps.append(times.target.elapsed(before, answered) // MINUTE)
        last[who] = answered
    took = [one for one in gaps if 0 < one <= MINUTES_MOST]
    return max(1, len(last)), round(median(took)) if took else HANDLING


def first_answers(rows: Iterable[Told], opened: Mapping[int, datetime], by: Mapping[int, str]) -> list[Any]:
    """Each first answer as `handling` wants it."""
    seen: set[int] = set()
    found = []
    for one in sorted(rows, key=lambda row: (row.at, row.id)):
        if one.kind == service_level.ANSWERED and one.ticket in opened and one.ticket not in seen:
            seen.add(one.ticket)
            found.append((by[one.id], opened[one.ticket], one.at))
    return found


def _states(both: Both, now: datetime) -> tuple[dict[str, str], timedelta | None]:
    first, target = (_only(both.of(family), FIRST) for family in (PROMISE, TARGET))
    found = {FIRSTS: state(first, now), TARGETS: state(target, now), SOLVES: state(_only(both.promise, SOLVE), now)}
    return found, first.passed if first.stopped is not None else None


def state(one: Clock, now: datetime) -> str:
    """What became of a clock by `now`."""
    if one.late(now):
        return LATE
    if one.excused:
        return EXCUSED
    return RUNS if one.stopped is None else IN_TIME


def _only(some: Iterable[Clock], metric: str) -> Clock:
    return next(one for one in some if one.metric == metric)


def _week(at: datetime, times: Times) -> str:
    """The Monday of its week."""
    day = clock.local(at, times.held.zone).date()
    return (day - timedelta(days=day.weekday())).isoformat()


def _moment(tick: int, like: datetime) -> datetime:
    return like + (tick - ticks(like)) * TICK
