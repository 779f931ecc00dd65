"""Time that counts: when so much of it will have passed, how much has, and the receipt of which. Pure.

A calendar is compiled once into open intervals and their sums; an answer is then a search in a list. Intervals hold
their start and not their end; a due instant is the earliest at which the target is reached, so it falls on a closing
minute, never on the next opening, and an answer at that instant is in time.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from core.calendar.dues import Dues

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TICK = timedelta(microseconds=1)
ONE_DAY = timedelta(days=1)
EXACT = 2**51  # ticks, into the year 2041: below it a floating number of seconds tells every microsecond apart
FARTHEST = 30  # years in which the target must be reached; a calendar that never opens again has no due
Hours = Sequence[tuple[int, int]]  # minutes after midnight, [from, to); above 24:00 it runs into the next date
Pause = tuple[datetime, datetime | None]  # without an end it is still open
Span = tuple[int, int]


@dataclass(frozen=True)
class Rules:
    """What decides which time is open, in the calendar's own zone."""

    zone: str
    weekly: Mapping[int, Hours]  # Monday is 0
    holidays: Mapping[date, str] = field(default_factory=dict)  # and why; closed from 00:00 to 24:00
    closures: Sequence[tuple[datetime, datetime | None, str]] = ()  # local instants without zone, or aware; and why
    extra: Mapping[date, Hours] = field(default_factory=dict)  # instead of that weekday's hours; stronger than all else
    later: Sequence[tuple[date, Mapping[int, Hours]]] = ()  # other weeks from a day on, in their order

    def hours(self, day: date) -> Hours:
        """The hours of that day's weekday, in the week that holds then."""
        week = self.weekly
        for begins, other in self.later:
            if begins <= day:
                week = other
        return week.get(day.weekday(), ())


@dataclass(frozen=True)
class Slice:
    """A line of the receipt: `open` counts; `hours`, `day`, `holiday`, `closure` and `pause` say why time does not."""

    starts: datetime
    ends: datetime
    kind: str
    name: str = ""

    @property
    def counts(self) -> timedelta:
        """How much of it is in the sum."""
        return self.ends - self.starts if self.kind == "open" else timedelta(0)


class WorkingTime:
    """A compiled calendar; it reaches as far as it has been asked about, and further when it is asked again."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.zone = ZoneInfo(rules.zone)
        self._closures = [
            (self._tick_of(starts), None if ends is None else self._tick_of(ends), why)
            for starts, ends, why in rules.closures
        ]
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._after: list[int] = []  # open time from the beginning to the end of each interval
        self._gone: list[int] = []  # what is added to an instant within an interval to have the open time before it
        self._first = self._last = 0  # the ticks between which all this holds
        self._years: tuple[int, int] | None = None
        self._dues: dict[int, Dues] = {}

    # -- the questions -------------------------------------------------------------------------------------------------

    def due(self, since: datetime, target: timedelta, pauses: Sequence[Pause] = ()) -> datetime | None:
        """The earliest instant at which `target` of open time has passed; None while a pause or a closure without an
        end stands before it."""
        at = ticks(since)
        left = target // TICK
        for starts, ends in _spans(pauses):
            if ends is not None and ends <= at:
                continue
            passed = self.elapsed_ticks(at, starts) if starts > at else 0
            if passed >= left:
                break
            if ends is None:
                return None
            left -= passed
            at = ends
        found = self.due_tick(at, left)
        return None if found is None else self._instant(found)

    def elapsed(self, since: datetime, until: datetime, pauses: Sequence[Pause] = ()) -> timedelta:
        """The open time between the two instants that no pause took away."""
        at, end = ticks(since), ticks(until)
        if not pauses:
            return self.elapsed_ticks(at, end) * TICK
        passed = 0
        for starts, ends in _spans(pauses):
            if starts >= end:
                break
            if starts > at:
                passed += self.elapsed_ticks(at, starts)
            at = max(at, end if ends is None else min(ends, end))
        return (passed + (self.elapsed_ticks(at, end) if end > at else 0)) * TICK

    def due_after_days(self, since: datetime, days: int) -> datetime | None:
        """Close of business of the `days`-th working day after that of receipt; what comes on a closed day counts as
        received on the next working day."""
        day, left = since.astimezone(self.zone).date(), days + 1
        for _ in range(FARTHEST * 366):
            closes = self.closes(day)
            if closes is not None:
                left -= 1
                if left == 0:
                    return closes
            day += ONE_DAY
        return None

    def closes(self, day: date) -> datetime | None:
        """When the last open time of that local date ends; None on a closed day."""
        starts, ends = self._tick_of(_midnight(day)), self._tick_of(_midnight(day + ONE_DAY))
        open_time = self.elapsed_ticks(starts, ends)
        found = self.due_tick(starts, open_time) if open_time else None
        return None if found is None else self._instant(found)

    def last_open(self, instant: datetime) -> datetime | None:
        """The latest moment of open time that is not after `instant`: `instant` itself while it is open."""
        at = ticks(instant)
        self._reach(at)
        number = bisect_left(self._starts, at) - 1
        return self._instant(min(at, self._ends[number])) if number >= 0 else None

    def receipt(self, since: datetime, until: datetime, pauses: Sequence[Pause] = ()) -> tuple[Slice, ...]:
        """What lies between the two instants, piece by piece, open time day by day; the pieces that count add up to
        `elapsed`."""
        at, end = ticks(since), ticks(until)
        if at >= end:
            return ()
        self._reach(at)
        self._reach(end)
        stopped = _spans(pauses)
        bounds = {at, end, *self._starts, *self._ends, *self._midnights(since, until)}
        for span in (*stopped, *((one[0], one[1]) for one in self._closures)):
            bounds.update(one for one in span if one is not None)
        cut = sorted(one for one in bounds if at <= one <= end)
        found: list[Slice] = []
        for starts, ends in pairwise(cut):
            kind, name = self._why(starts, stopped)
            begins, last = self._instant(starts), self._instant(ends)
            if found and _goes_on(found[-1], kind, name, begins):
                begins = found.pop().starts
            found.append(Slice(begins, last, kind, name))
        return tuple(found)

    # -- the same in microseconds since 1970, for whoever asks about thousands -----------------------------------------

    def due_tick(self, at: int, target: int) -> int | None:
        """The earliest tick at which `target` open ticks have passed since `at`."""
        if target <= 0:
            return at
        if not self._first <= at <= self._last:
            self._reach(at)
        wanted = self._passed(at) + target
        if not self._after or self._after[-1] < wanted:
            if not self._reach_for(at, target):
                return None
            wanted = self._passed(at) + target
        return wanted - self._gone[bisect_left(self._after, wanted)]

    def elapsed_ticks(self, at: int, until: int) -> int:
        """The open ticks from `at` to `until`; none when it is not later."""
        if until <= at:
            return 0
        if at < self._first or until > self._last:
            self._reach(at)
            self._reach(until)
        return self._passed(until) - self._passed(at)

    def dues(self, length: timedelta, around: int) -> Dues:
        """Every due of that length at once, in the years around an instant, for whoever asks about thousands."""
        target = length // TICK
        self.due_tick(around, target)  # compiles as far as that reaches
        kept = self._dues.get(target)
        if kept is None:
            kept = self._dues[target] = Dues(self._starts, self._ends, target, self._first)
        return kept

    def _passed(self, at: int) -> int:
        number = bisect_right(self._starts, at) - 1
        if number < 0:
            return 0
        passed = at + self._gone[number]
        return passed if passed < self._after[number] else self._after[number]

    # -- compiling -----------------------------------------------------------------------------------------------------

    def _reach_for(self, at: int, target: int) -> bool:
        """Compile further until `target` has passed since `at`; False when it never will within reach."""
        year = self._instant(at).year
        for further in (1, 2, 4, 8, 16, FARTHEST):
            self._compile(year, year + further)
            if self._after and self._after[-1] >= self._passed(at) + target:
                return True
        return False

    def _reach(self, at: int) -> None:
        if self._years is None or not self._first <= at <= self._last:
            year = self._instant(at).year
            self._compile(year - 1, year + 1)

    def _compile(self, first: int, last: int) -> None:
        if self._years is not None:
            first, last = min(first, self._years[0]), max(last, self._years[1])
        if self._years == (first, last):
            return
        self._years = first, last
        opens, shuts, extra = [], [], []
        day, end = date(first, 1, 1) - ONE_DAY, date(last + 1, 1, 1)
        while day < end:
            if day in self.rules.extra:
                extra.extend(self._on(day, self.rules.extra[day]))
            else:
                opens.extend(self._on(day, self.rules.hours(day)))
                if day in self.rules.holidays:
                    shuts.append((self._tick_of(_midnight(day)), self._tick_of(_midnight(day + ONE_DAY))))
            day += ONE_DAY
        self._first, self._last = self._tick_of(_midnight(date(first, 1, 1))), self._tick_of(_midnight(end))
        forever = self._last + 2 * ONE_DAY // TICK
        shuts.extend((starts, forever if ends is None else ends) for starts, ends, _ in self._closures)
        spans = _merged([*_without(_merged(opens), _merged(shuts)), *extra])
        self._starts, self._ends = [one[0] for one in spans], [one[1] for one in spans]
        self._after, self._gone, self._dues, total = [], [], {}, 0
        for starts, ends in spans:
            self._gone.append(total - starts)
            total += ends - starts
            self._after.append(total)

    def _on(self, day: date, hours: Hours) -> list[Span]:
        midnight = _midnight(day)
        return [
            (self._tick_of(midnight + timedelta(minutes=one[0])), self._tick_of(midnight + timedelta(minutes=one[1])))
            for one in hours
        ]

    def _tick_of(self, at: datetime) -> int:
        return ticks(at if at.tzinfo else at.replace(tzinfo=self.zone))

    def _instant(self, tick: int) -> datetime:
        if abs(tick) < EXACT:
            return datetime.fromtimestamp(tick / 1e6, self.zone)
        return (EPOCH + tick * TICK).astimezone(self.zone)

    def _midnights(self, since: datetime, until: datetime) -> Iterable[int]:
        day, last = since.astimezone(self.zone).date() + ONE_DAY, until.astimezone(self.zone).date()
        while day <= last:
            yield self._tick_of(_midnight(day))
            day += ONE_DAY

    def _why(self, at: int, stopped: Sequence[tuple[int, int | None]]) -> tuple[str, str]:
        number = bisect_right(self._starts, at) - 1
        is_open = number >= 0 and at < self._ends[number]
        if any(starts <= at and (ends is None or at < ends) for starts, ends in stopped):
            return "pause", ""
        if is_open:
            return "open", ""
        for starts, ends, why in self._closures:
            if starts <= at and (ends is None or at < ends):
                return "closure", why
        day = self._instant(at).date()
        if day in self.rules.holidays and day not in self.rules.extra:
            return "holiday", self.rules.holidays[day]
        return ("hours" if self.rules.hours(day) or day in self.rules.extra else "day"), ""


def kept(given: datetime | None, anew: datetime | None, *, may_shorten: bool = False) -> datetime | None:
    """The due that holds after the calendar changed: a promise once given is never made shorter, unless that is set.
    None is a due that nobody can know yet."""
    if given is None or anew is None or may_shorten:
        return anew
    return max(given, anew)


def ticks(at: datetime) -> int:
    """Microseconds since 1970; the clock must say its zone."""
    if at.tzinfo is None:
        raise TypeError("an instant without a zone")
    about = round(at.timestamp() * 1e6)
    return about if abs(about) < EXACT else (at - EPOCH) // TICK


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0))


def _goes_on(before: Slice, kind: str, name: str, at: datetime) -> bool:
    """Whether a piece belongs to the line before it; open time begins a new line each day."""
    return (before.kind, before.name) == (kind, name) and (kind != "open" or at.time() != time(0))


def _spans(pauses: Sequence[Pause]) -> list[tuple[int, int | None]]:
    """Pauses in their order, none inside another."""
    found: list[tuple[int, int | None]] = []
    given = ((ticks(one[0]), None if one[1] is None else ticks(one[1])) for one in pauses)
    for starts, ends in sorted(given, key=lambda span: span[0]):
        if found and (found[-1][1] is None or starts <= found[-1][1]):
            last = found[-1][1]
            found[-1] = (found[-1][0], None if last is None or ends is None else max(last, ends))
        else:
            found.append((starts, ends))
    return found


def _merged(spans: Iterable[Span]) -> list[Span]:
    found: list[Span] = []
    for starts, ends in sorted(spans):
        if found and starts <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], ends))
        elif ends > starts:
            found.append((starts, ends))
    return found


def _without(opens: Sequence[Span], shuts: Sequence[Span]) -> list[Span]:
    """`opens` less `shuts`; both in order, none touching its neighbour."""
    found: list[Span] = []
    number = 0
    for starts, ends in opens:
        while number < len(shuts) and shuts[number][1] <= starts:
            number += 1
        next_one = number
        while next_one < len(shuts) and shuts[next_one][0] < ends:
            if shuts[next_one][0] > starts:
                found.append((starts, shuts[next_one][0]))
            starts = max(starts, shuts[next_one][1])
            next_one += 1
        if starts < ends:
            found.append((starts, ends))
    return found
