"""The clocks of a ticket: made anew from its events each time, and never counted up. Pure.

Two families run on every ticket (`domain.md` 7): the promise, told to who asked, and the target, which sorts the
desk's work. Each has three clocks: the first answer, every further answer, and the solution. Rules 1 to 10 of
`facts/anchors-helpdesk.md` 0b say what starts, pauses, stops and moves them; that a clock is late is a fact of its
instants, whoever looks and when, and in whatever order its events were heard of.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.calendar.measure import Measure
from core.calendar.working_time import Pause, kept

OPENED, ASKED, ANSWERED, NOTED, THANKED = "opened", "asked", "answered", "noted", "thanked"
WAITS, RESUMED, RESOLVED, REOPENED, CLOSED = "waits", "resumed", "resolved", "reopened", "closed"
TAKEN, RELEASED, FLAGGED, CALMED, RATED = "taken", "released", "flagged", "calmed", "rated"
MERGED, UNMERGED, SPLIT, SNOOZED, WOKEN, HANDED = "merged", "unmerged", "split", "snoozed", "woken", "handed"
RANKED, SORTED, RECOUNTED, SETTLED = "ranked", "sorted", "recounted", "settled"
UNSOLVED = "unsolved"  # the desk takes up again what it had solved; nobody waits for an answer by it
MOVED = "moved"  # to the operator's desk and back, step by step
GIVEN = "given"  # to an agent, by a colleague or because it was their turn
KINDS = (
    OPENED, ASKED, ANSWERED, NOTED, THANKED, WAITS, RESUMED, RESOLVED, REOPENED, CLOSED, TAKEN, RELEASED, FLAGGED,
    CALMED, RATED, UNSOLVED, MERGED, UNMERGED, SPLIT, SNOOZED, WOKEN, HANDED, GIVEN,
    RANKED, SORTED, RECOUNTED, SETTLED, MOVED,
)  # fmt: skip
FIRST, NEXT, SOLVE = "first", "next", "solve"
METRICS = (FIRST, NEXT, SOLVE)
PROMISE, TARGET = "promise", "target"
FAMILIES = (PROMISE, TARGET)


@dataclass(frozen=True)
class Moved:
    """A clock that another calendar moved: which it is, when it was due, and when it is due since."""

    family: str
    metric: str
    since: datetime
    old: datetime | None
    new: datetime | None


@dataclass(frozen=True)
class Happened:
    """An event as the clocks see it.

    `given` and `solve` are the dues of an answer and of the solution that were promised at it, which are never made
    shorter; `terms` and `priority` what they were promised by; `moved` what a recount found.
    """

    kind: str
    at: datetime
    given: datetime | None = None
    solve: datetime | None = None
    terms: int = 0
    priority: str = "normal"
    moved: tuple[Moved, ...] = ()


Counted = Callable[[Happened, str], Measure]  # how the clock of that kind is counted that begins at this event


@dataclass(frozen=True)
class Clock:
    """One promise or target: since when it runs, when it is due, and when it was met.

    `due` is None while nobody can know it: a pause is open, or a closure without an end stands before it. `passed` is
    the time that counted, up to the stop or to the instant that was asked about; `measure` what it is counted by.
    """

    metric: str
    since: datetime
    due: datetime | None
    stopped: datetime | None
    passed: timedelta
    measure: Measure
    paused: bool = False
    pauses: tuple[Pause, ...] = ()
    excused: bool = False  # it was late by the calendar of then, and is not by that of now

    def late(self, now: datetime) -> bool:
        """Whether it was missed: it was stopped, or stands now, after its due. At the due it is still in time."""
        return self.due is not None and (self.stopped or now) > self.due

    def warns(self, share: float) -> datetime | None:
        """When so much of its time will have passed."""
        takes = self.measure.takes(self.since)
        return None if takes is None else self.measure.time.due(self.since, takes * share, self.pauses)


def clocks(
    events: Sequence[Happened], counted: Counted, now: datetime, family: str = PROMISE
) -> tuple[Clock, ...]:  # fmt: skip
    """Every clock of a family that ever ran on a ticket, in the order in which they began. The opening is the first of
    `events`; the others count in the order of their instants, and where those are the same in the order given."""
    events = in_order(events)
    found = [_first(events, counted, now), *_next(events, counted, now), _solve(events, counted, now)]
    moved = [event for event in events if event.moved]
    return tuple(_as_told(one, moved, family, now) for one in found) if moved else tuple(found)


def in_order(events: Sequence[Happened]) -> list[Happened]:
    """The opening, and what followed by its instants, however late it was heard of."""
    return sorted(events, key=lambda one: (one.kind != OPENED, one.at)) if len(events) > 1 else list(events)


def running(some: Iterable[Clock]) -> dict[str, Clock]:
    """The clocks that still run: of an answer (the first or a further one) and of the solution."""
    return {("solve" if one.metric == SOLVE else "answer"): one for one in some if one.stopped is None}


def pauses_of(events: Sequence[Happened]) -> list[Pause]:
    """When the solution stood still: while it waited for who asked, and between being solved and reopened."""
    found: list[Pause] = []
    since: datetime | None = None
    for one in events:
        if one.kind in (WAITS, RESOLVED) and since is None:
            since = one.at
        elif one.kind in (ASKED, RESUMED, REOPENED, UNSOLVED) and since is not None:
            found.append((since, one.at))
            since = None
    if since is not None:
        found.append((since, None))
    return found


def _first(events: Sequence[Happened], counted: Counted, now: datetime) -> Clock:
    """Until the first words of a human; nothing pauses it, and what solves without a word does not meet it."""
    opened = events[0]
    stopped = next((one.at for one in events if one.kind == ANSWERED), None)
    gone = stopped or next((one.at for one in events if one.kind == CLOSED), None)
    return _plain(FIRST, opened, gone, counted, now)


def _next(events: Sequence[Happened], counted: Counted, now: datetime) -> list[Clock]:
    """One for each time that somebody waits for a further answer, from their first words on."""
    found: list[Clock] = []
    answered = False
    since: Happened | None = None
    for one in events:
        if one.kind in (ASKED, REOPENED) and answered and since is None:
            since = one
        elif one.kind in (ANSWERED, RESOLVED, CLOSED):
            answered = answered or one.kind == ANSWERED
            if since is not None:
                found.append(_plain(NEXT, since, one.at, counted, now))
                since = None
    if since is not None:
        found.append(_plain(NEXT, since, None, counted, now))
    return found


def _plain(metric: str, since: Happened, stopped: datetime | None, counted: Counted, now: datetime) -> Clock:
    measure = counted(since, metric)
    passed = measure.time.elapsed(since.at, stopped or now)
    return Clock(metric, since.at, kept(since.given, measure.due(since.at)), stopped, passed, measure)


def _solve(events: Sequence[Happened], counted: Counted, now: datetime) -> Clock:
    opened, measure = events[0].at, counted(events[0], SOLVE)
    pauses = pauses_of(events)
    stopped = _solved(events)
    still = stopped is None and bool(pauses) and pauses[-1][1] is None
    counts = tuple(_until(pauses, stopped))
    due = measure.due(opened, counts)
    for one in events:
        due = kept(one.solve, due)
    passed = measure.time.elapsed(opened, stopped or now, pauses)
    return Clock(SOLVE, opened, due, stopped, passed, measure, still, counts)


def _as_told(clock: Clock, events: Sequence[Happened], family: str, now: datetime) -> Clock:
    """The clock with what recounts said of it: what they promised stays, and what was late before may be excused."""
    due, was_late = clock.due, False
    for event in events:
        for one in event.moved:
            if (one.family, one.metric, one.since) != (family, clock.metric, clock.since):
                continue
            was_late = was_late or (one.old is not None and min(event.at, clock.stopped or event.at) > one.old)
            if family == PROMISE:
                due = kept(one.new, due)
    late = due is not None and (clock.stopped or now) > due
    return Clock(
        clock.metric, clock.since, due, clock.stopped, clock.passed, clock.measure, clock.paused, clock.pauses,
        was_late and not late,
    )  # fmt: skip


def _solved(events: Sequence[Happened]) -> datetime | None:
    """When it was solved for good, as far as is known."""
    solved: datetime | None = None
    for one in events:
        if one.kind in (RESOLVED, CLOSED):
            solved = solved or one.at
        elif one.kind in (REOPENED, UNSOLVED):
            solved = None
    return solved


def _until(pauses: Sequence[Pause], stopped: datetime | None) -> list[Pause]:
    """The pauses that count for the due: what began when it was solved is none, and what was open then ended."""
    if stopped is None:
        return list(pauses)
    return [(starts, stopped if ends is None else min(ends, stopped)) for starts, ends in pauses if starts < stopped]
