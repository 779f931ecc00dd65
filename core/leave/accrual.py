"""What a year gives and when, what is carried into the next, and what a forecast makes of it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from core.leave.dates import LeaveYear, add_months, leave_year, year_after
from core.leave.policy import DayAway, LotLeft, draw
from core.leave.types import Kind

MONTHS = {"yearly": 12, "quarterly": 3, "monthly": 1}
FOREVER = date(9999, 12, 31)


@dataclass(frozen=True)
class Planned:
    """A grant of a year's plan: on this day, so many thousandths."""

    due: date
    quantity: int


def ripe_on(kind: Kind, joins: date) -> date:
    """The day on which service is long enough."""
    return add_months(joins, kind.after_months)


def plan(kind: Kind, joins: date, year: LeaveYear) -> list[Planned]:
    """What a year gives: its schedule from the month in which service is long enough, that month included.

    A share of a year is cut to `round_to`; the last line takes what dividing leaves over, so the sum is the quota.
    """
    step, ripe = MONTHS.get(kind.schedule), ripe_on(kind, joins)
    if step is None or kind.days <= 0 or ripe > year.ends:
        return []
    ends = [_before(add_months(year.starts, n + 1)) for n in range(12)]
    worked = [end >= ripe for end in ends]
    quota = kind.days * sum(worked) // 12
    if not all(worked):
        quota = quota // kind.round_to * kind.round_to
    lines = []
    for first in range(0, 12, step):
        months = sum(worked[first : first + step])
        if months:
            due = add_months(year.starts, first) if kind.due == "first" else ends[first + step - 1]
            lines.append(Planned(max(due, ripe, joins), kind.days * months // 12))
    rest = quota
    for at, line in enumerate(lines):
        given = rest if at == len(lines) - 1 else min(rest, line.quantity)
        lines[at], rest = Planned(line.due, given), rest - given
    return [line for line in lines if line.quantity > 0]


def first_due(kind: Kind, joins: date, today: date) -> date | None:
    """When the next grant comes, for whoever has none yet."""
    year = leave_year(joins, max(today, joins), kind.basis)
    for _ in range(3 + kind.after_months // 12):
        coming = [line.due for line in plan(kind, joins, year) if line.due > today]
        if coming:
            return min(coming)
        year = year_after(joins, year, kind.basis)
    return None


def carried(kind: Kind, rest: int, already: int) -> int:
    """How much of what is left may be carried, after what this year has carried already."""
    return max(0, min(rest, kind.carry_days - already))


def carry_until(kind: Kind, ended: date) -> date:
    """Until when carried days can be used."""
    return _before(add_months(ended + timedelta(days=1), kind.carry_months))


@dataclass(frozen=True)
class Moved:
    """What a forecast adds or takes off on a day: `what` is now (what is there), grant, collective, leave or lost."""

    what: str
    on: date
    quantity: int


@dataclass(frozen=True)
class Outlook:
    """What will be left on a day if nothing else is asked for, and what becomes of it on the way and after."""

    on: date
    left: int
    granted: tuple[tuple[date, int], ...]
    lapses: tuple[tuple[int, date], ...]  # how much is lost at the end of which day
    carried: tuple[tuple[int, date], ...]  # how much goes on, until which day
    moved: tuple[Moved, ...] = ()  # what makes `left`: their sum


@dataclass
class _Pot:
    lots: list[LotLeft]
    kinds: list[tuple[date, Kind]]
    granted: list[tuple[date, int]] = field(default_factory=list)
    lapses: list[tuple[int, date]] = field(default_factory=list)
    carried: list[tuple[int, date]] = field(default_factory=list)

    def kind(self, on: date) -> Kind:
        """The kind as it is on a day."""
        return [one for since, one in self.kinds if since <= on][-1]


def outlook(
    kind: Kind, lots: Sequence[LotLeft], planned: Sequence[tuple[Planned, LeaveYear]],
    booked: Sequence[tuple[date, DayAway]], until: date, later: Sequence[tuple[date, Kind]] = (),
) -> Outlook:  # fmt: skip
    """Go on from what the lots hold today: grants as they fall due, days set aside when they are booked, what expires
    carried or lost; from each day in `later` on by what the kind is then."""
    pot = _Pot(list(lots), [(date.min, kind), *later])
    moved = [Moved("now", date.min, sum(lot.left for lot in lots))]
    events: list[tuple[date, int, Any]] = [(line.due, 0, (line, year)) for line, year in planned if line.due <= until]
    for on, day in booked:
        if on <= until:
            # A day that a later grant will pay for is set aside with it.
            events.append((max(on, _payable_from(day, lots, planned)), 1, day))
    for on, _, what in sorted(events, key=lambda one: (one[0], one[1])):
        _lapse(pot, on)
        if isinstance(what, DayAway):
            drawn: dict[int, int] = {}
            for _, lot, quantity in draw([what], pot.lots):
                drawn[lot] = drawn.get(lot, 0) + quantity
            moved.append(Moved("collective" if what.why else "leave", what.date, -sum(drawn.values())))
            pot.lots = [replace(lot, left=lot.left - drawn.get(lot.id, 0)) for lot in pot.lots]
        else:
            line, year = what
            pot.granted.append((line.due, line.quantity))
            moved.append(Moved("grant", line.due, line.quantity))
            pot.lots.append(LotLeft(-len(pot.granted), line.due, year.ends, line.quantity, pot.kind(line.due).negative))
    _lapse(pot, until)
    moved += [Moved("lost", on, -quantity) for quantity, on in pot.lapses]
    left = sum(lot.left for lot in pot.lots)
    return Outlook(until, left, tuple(pot.granted), tuple(pot.lapses), tuple(pot.carried), tuple(moved))


def _payable_from(
    day: DayAway, lots: Sequence[LotLeft], planned: Sequence[tuple[Planned, LeaveYear]]
) -> date:  # fmt: skip
    """When the days are there that can pay for this one: now, or with the last grant before it."""
    if any(lot.valid_from <= day.date <= lot.valid_to and lot.left > 0 for lot in lots):
        return date.min
    return max((line.due for line, _ in planned if line.due <= day.date), default=date.min)


def _lapse(pot: _Pot, today: date) -> None:
    """Let go what was valid until before this day; the first time a year's days end, a part of them goes on."""
    while over := [lot for lot in pot.lots if lot.valid_to < today]:
        lot = min(over, key=lambda one: (one.valid_to, one.id))
        pot.lots.remove(lot)
        starts = lot.valid_to + timedelta(days=1)
        kind = pot.kind(starts)  # the night after the last day decides, by the rule of its own day
        until = carry_until(kind, lot.valid_to)
        already = sum(quantity for quantity, last in pot.carried if last == until)
        goes_on = 0 if lot.carried else carried(kind, lot.left, already)
        if goes_on > 0:
            pot.carried.append((goes_on, until))
            pot.lots.append(LotLeft(lot.id, starts, until, goes_on, carried=True))
        if lot.left - goes_on > 0:
            pot.lapses.append((lot.left - goes_on, lot.valid_to))
        elif lot.left < 0:  # what was lent is taken off what comes
            pot.lots.append(LotLeft(lot.id, starts, FOREVER, lot.left, carried=True))


def _before(day: date) -> date:
    return day - timedelta(days=1)
