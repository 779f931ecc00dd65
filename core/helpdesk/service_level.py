"""The clocks of a ticket: made anew from its events each time, and never counted up. Pure.

Two families run on every ticket (`domain.md` 7): the promise, told to who asked, and the target, which sorts the
desk's work. Each has three clocks: the first answer, every further answer, and the solution. Rules 1 to 8 of
`facts/anchors-helpdesk.md` 0b say what starts, pauses and stops them; that a clock is late is a fact of its instants,
whoever looks and when.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.calendar.working_time import Pause, WorkingTime, kept

OPENED, ASKED, ANSWERED, NOTED, THANKED = "opened", "asked", "answered", "noted", "thanked"
WAITS, RESUMED, RESOLVED, REOPENED, CLOSED = "waits", "resumed", "resolved", "reopened", "closed"
TAKEN, RELEASED, FLAGGED, CALMED, RATED = "taken", "released", "flagged", "calmed", "rated"
MERGED, UNMERGED, SPLIT, SNOOZED, WOKEN, HANDED = "merged", "unmerged", "split", "snoozed", "woken", "handed"
UNSOLVED = "unsolved"  # the desk takes up again what it had solved; nobody waits for an answer by it
GIVEN = "given"  # to an agent, by a colleague or because it was their turn
KINDS = (
    OPENED, ASKED, ANSWERED, NOTED, THANKED, WAITS, RESUMED, RESOLVED, REOPENED, CLOSED, TAKEN, RELEASED, FLAGGED,
    CALMED, RATED, UNSOLVED, MERGED, UNMERGED, SPLIT, SNOOZED, WOKEN, HANDED, GIVEN,
)  # fmt: skip
FIRST, NEXT, SOLVE = "first", "next", "solve"
METRICS = (FIRST, NEXT, SOLVE)


@dataclass(frozen=True)
class Happened:
    """An event as the clocks see it; `given` is the due that was told at it, which is never made shorter."""

    kind: str
    at: datetime
    given: datetime | None = None


@dataclass(frozen=True)
class Clock:
    """One promise or target: since when it runs, when it is due, and when it was met.

    `due` is None while nobody can know it: a pause is open, or a closure without an end stands before it. `passed` is
    the time that counted, up to the stop or to the instant that was asked about.
    """

    metric: str
    since: datetime
    due: datetime | None
    stopped: datetime | None
    passed: timedelta
    paused: bool = False

    def late(self, now: datetime) -> bool:
        """Whether it was missed: it was stopped, or stands now, after its due. At the due it is still in time."""
        return self.due is not None and (self.stopped or now) > self.due


def clocks(events: Sequence[Happened], time: WorkingTime, target: timedelta, now: datetime) -> tuple[Clock, ...]:
    """Every clock that ever ran on a ticket, in the order in which they began; `events` in their order, the first of
    them the opening."""
    opened = events[0].at
    found = [_first(events, time, target, now), *_next(events, time, target, now)]
    pauses = pauses_of(events)
    paused = bool(pauses) and pauses[-1][1] is None
    stopped = _solved(events)
    end = stopped or now
    found.append(
        Clock(
            SOLVE, opened, time.due(opened, target, _until(pauses, stopped)), stopped,
            time.elapsed(opened, end, pauses), paused and stopped is None,
        )
    )  # fmt: skip
    return tuple(found)


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


def _first(events: Sequence[Happened], time: WorkingTime, target: timedelta, now: datetime) -> Clock:
    """Until the first words of a human; nothing pauses it, and what solves without a word does not meet it."""
    opened = events[0]
    stopped = next((one.at for one in events if one.kind == ANSWERED), None)
    gone = stopped or next((one.at for one in events if one.kind == CLOSED), None)
    due = kept(opened.given, time.due(opened.at, target))
    return Clock(FIRST, opened.at, due, gone, time.elapsed(opened.at, gone or now))


def _next(events: Sequence[Happened], time: WorkingTime, target: timedelta, now: datetime) -> list[Clock]:
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
                found.append(_further(since, one.at, time, target, now))
                since = None
    if since is not None:
        found.append(_further(since, None, time, target, now))
    return found


def _further(
    since: Happened, stopped: datetime | None, time: WorkingTime, target: timedelta, now: datetime
) -> Clock:  # fmt: skip
    due = kept(since.given, time.due(since.at, target))
    return Clock(NEXT, since.at, due, stopped, time.elapsed(since.at, stopped or now))


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
