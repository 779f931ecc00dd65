"""How the promise was kept: each ticket of a month with what became of it, made from its events, never counted up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from core import clock
from core.calendar import promises
from core.helpdesk import clocks, recounting, terms
from core.helpdesk.service_level import FIRST, PROMISE, SOLVE, Clock
from core.helpdesk.tables import Ticket
from core.helpdesk.what_if import EXCUSED, IN_TIME, LATE, state

PART = 200


@dataclass(frozen=True)
class Outcome:
    """What became of a ticket: of its first answer and of its solution, when each was, and how long either took of the
    time that counts."""

    agent: str | None
    category: int | None
    priority: str
    channel: str
    place: int | None
    kind: str
    opened: datetime
    first: str  # in_time | late | excused | runs
    answered: datetime | None
    first_took: timedelta
    first_due: datetime | None
    solve: str
    solved: datetime | None
    solve_took: timedelta
    rating: int | None


@dataclass(frozen=True)
class Sum:
    """Some tickets together. What was excused is neither in time nor late."""

    opened: int
    first_in_time: int
    first_late: int
    first_excused: int
    solve_in_time: int
    solve_late: int
    solve_excused: int
    first_median: timedelta | None
    solve_median: timedelta | None

    @property
    def kept(self) -> int | None:
        """Percent of the first answers that were given in time, of those that are decided; None where none is."""
        decided = self.first_in_time + self.first_late
        return round(100 * self.first_in_time / decided) if decided else None


async def of_days(first: date, last: date, zone: str) -> list[Outcome]:
    """Every ticket that was opened from `first` through `last` by the clock of `zone`, in order."""
    starts, ends = (
        datetime(day.year, day.month, day.day, tzinfo=clock.local(clock.now(), zone).tzinfo)
        for day in (first, last + timedelta(days=1))
    )
    held, now, found, after = await terms.every(), clock.now(), list[Outcome](), 0
    times = await promises.every()
    while True:
        rows: Sequence[Ticket] = (
            await Ticket.objects()
            .where(
                (Ticket.opened_at >= starts)
                & (Ticket.opened_at < ends)
                & (Ticket.id > after)
                & Ticket.merged_into.is_null()
            )
            .order_by(Ticket.id)
            .limit(PART)
        )
        events = await recounting.events_of(rows)
        for row in rows:
            both = clocks.both(row, events[row.id], held, times(row.location), now)
            found.append(_outcome(row, both.of(PROMISE), now))
        if len(rows) < PART:
            return sorted(found, key=lambda one: one.opened)
        after = rows[-1].id


def summed(some: Sequence[Outcome]) -> Sum:
    """These together."""

    def count(name: str, state: str) -> int:
        return sum(getattr(one, name) == state for one in some)

    answered = [one.first_took for one in some if one.answered is not None]
    solved = [one.solve_took for one in some if one.solved is not None]
    return Sum(
        len(some), count("first", IN_TIME), count("first", LATE), count("first", EXCUSED), count("solve", IN_TIME),
        count("solve", LATE), count("solve", EXCUSED), _middle(answered), _middle(solved),
    )  # fmt: skip


def _middle(some: Sequence[timedelta]) -> timedelta | None:
    return timedelta(seconds=median(one.total_seconds() for one in some)) if some else None


def burn_up(some: Sequence[Outcome], first: date, days: int, zone: str) -> list[tuple[int, int, int, int]]:
    """By the end of each day: opened, answered in time, missed, excused. A miss stands on the day of its due."""
    found = []
    for number in range(days):
        day = first + timedelta(days=number)

        def by(at: datetime | None, day: date = day) -> bool:
            return at is not None and clock.local(at, zone).date() <= day

        found.append(
            (
                sum(by(one.opened) for one in some),
                sum(one.first == IN_TIME and by(one.answered) for one in some),
                sum(one.first == LATE and by(one.first_due) for one in some),
                sum(one.first == EXCUSED and by(one.answered or one.first_due) for one in some),
            )
        )  # fmt: skip
    return found


def _outcome(row: Ticket, some: Sequence[Clock], now: datetime) -> Outcome:
    first = next(one for one in some if one.metric == FIRST)
    solve = next(one for one in some if one.metric == SOLVE)
    return Outcome(
        row.agent, row.category, row.priority, row.channel, row.location, row.kind, row.opened_at,
        state(first, now), first.stopped, first.passed,
        first.due, state(solve, now), solve.stopped, solve.passed, row.rating,
    )  # fmt: skip
