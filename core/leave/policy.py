"""What a leave costs and whether it may be asked for. Values in, value or Refused out; no database, no clock."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.errors import Refused
from core.leave import types
from core.leave.dates import add_months
from core.leave.types import CALENDAR, WORKING, Kind

DAY, HALF = types.DAY, 500  # leave is counted in thousandths of a day
LONGEST = 366
PARTS = ("am", "pm")
WEEKEND = "weekend"  # why a day does not count that is no holiday


@dataclass(frozen=True)
class Period:
    """Days away from `starts` through `ends`, both included; `part` is the half of a single day."""

    starts: date
    ends: date
    part: str | None = None

    def dates(self) -> list[date]:
        """Each day of it."""
        return [self.starts + timedelta(days=n) for n in range((self.ends - self.starts).days + 1)]


@dataclass(frozen=True)
class DayAway:
    """One day of a period: what it costs, or why it costs nothing."""

    date: date
    fraction: int
    part: str | None
    counted: bool
    why: str | None


def weekday(day: date) -> bool:
    """Whether a Monday-to-Friday company works on this day of the week."""
    return day.weekday() < 5


def expand(
    period: Period, names: Mapping[date, str], works: Callable[[date], bool] = weekday, counts: str = WORKING
) -> list[DayAway]:
    """Each day of the period; what is not worked does not count, unless calendar days do. `names` names holidays."""
    fraction = HALF if period.part else DAY
    days = []
    for day in period.dates():
        why = None if counts == CALENDAR else names.get(day) or (None if works(day) else WEEKEND)
        days.append(DayAway(day, fraction, period.part, why is None, why))
    return days


def check(
    period: Period, names: Mapping[date, str], *, today: date, available: int | None, kind: Kind | None = None,
    works: Callable[[date], bool] = weekday,
) -> int:  # fmt: skip
    """Return what this leave would cost in thousandths of a day, or refuse with the first reason that applies."""
    check_dates(period, today=today, kind=kind)
    cost = sum(day.fraction for day in expand(period, names, works, kind.counts if kind else WORKING) if day.counted)
    if cost == 0:
        raise Refused("leave.only_days_off", starts=period.starts, ends=period.ends, names=dict(names))
    if available is not None and cost > available + (kind.negative if kind else 0):
        raise Refused("leave.not_enough_days", starts=period.starts, ends=period.ends, needed=cost, left=available)
    return cost


def check_dates(period: Period, *, today: date, kind: Kind | None = None) -> None:
    """Refuse what the dates alone forbid, before anybody goes through the days between them."""
    back, notice = (kind.back_days, kind.notice_days) if kind else (0, 0)
    if period.ends < period.starts:
        raise Refused("leave.ends_before_start", starts=period.starts, ends=period.ends)
    if period.starts < today - timedelta(days=back):
        key = "leave.too_long_ago" if back else "leave.already_past"
        raise Refused(key, starts=period.starts, ends=period.ends, most=back)
    if notice and period.starts < today + timedelta(days=notice):
        raise Refused("leave.too_soon", starts=period.starts, first=today + timedelta(days=notice), notice=notice)
    if (period.ends - period.starts).days >= LONGEST:
        raise Refused("leave.too_long", starts=period.starts, ends=period.ends)
    if period.part and period.starts != period.ends:
        raise Refused("leave.half_of_many", starts=period.starts, ends=period.ends)
    if period.part and kind is not None and not kind.halves:
        raise Refused("leave.no_halves", starts=period.starts)


def check_most(kind: Kind, period: Period, cost: int, used: int) -> None:
    """Refuse more of an event than there is: so many days or months each time, a month, a year, or once for all."""
    last = latest(kind, period.starts)
    if last is not None and period.ends > last:
        raise Refused("leave.event_too_long", starts=period.starts, ends=period.ends, last=last)
    most = kind.days + kind.more_days
    if most and cost + used > most:
        raise Refused("leave.event_used", most_days=most, used=used, needed=cost, per=kind.per)
    if not most and used and kind.per == "employment":
        raise Refused("leave.event_once")


def latest(kind: Kind, starts: date, *, with_paper: bool = True) -> date | None:
    """The last day that an event counted in months may have; None where it is not counted so."""
    months = kind.months + (kind.more_months if with_paper else 0)
    if not months:
        return None
    whole, rest = divmod(months, DAY)
    return add_months(starts, whole) + timedelta(days=rest * 30 // DAY - 1)


def paper_due(
    kind: Kind, period: Period, days: Sequence[DayAway], names: Mapping[date, str], works: Callable[[date], bool],
    before: int = 0,
) -> date | None:  # fmt: skip
    """Until when a paper is expected: so many working days after the last day; None where none is needed.

    `before` are the days of it that lie just before and were recorded by themselves.
    """
    if kind.document_after is None or before + len([day for day in days if day.counted]) < kind.document_after:
        return None
    day, left = period.ends, kind.document_within
    while left > 0:
        day += timedelta(days=1)
        left -= works(day) and day not in names
    return day


def working_days_from(
    starts: date, count: int, holidays: Collection[date], works: Callable[[date], bool] = weekday
) -> date:
    """The last of `count` working days, the first being `starts` or the next one that is worked."""
    day = starts
    while True:
        count -= works(day) and day not in holidays
        if count <= 0:
            return day
        day += timedelta(days=1)


def affordable(
    period: Period, names: Mapping[date, str], available: int, works: Callable[[date], bool] = weekday
) -> Period | None:
    """The longest beginning of the period that the balance pays for."""
    spent, last = 0, None
    for day in expand(period, names, works):
        spent += day.fraction if day.counted else 0
        if spent > available:
            break
        last = day.date if day.counted else last
    return None if last is None else Period(period.starts, last, period.part)


def next_week(period: Period, cost: int, holidays: Collection[date], works: Callable[[date], bool] = weekday) -> Period:
    """As many working days in the week after the period began, from its first working day on."""
    monday = period.starts + timedelta(days=7 - period.starts.weekday())
    first = working_days_from(monday, 1, holidays, works)
    if period.part:
        return Period(first, first, period.part)
    return Period(first, working_days_from(first, max(1, cost // DAY), holidays, works))


@dataclass(frozen=True)
class LotLeft:
    """What a lot still holds, when it may be used, and how far below nothing it may fall."""

    id: int
    valid_from: date
    valid_to: date
    left: int
    overdraft: int = 0
    carried: bool = False  # came from an earlier year, and is not carried again


def draw(days: Sequence[DayAway], lots: Sequence[LotLeft]) -> list[tuple[DayAway, int, int]]:
    """Which lot pays how much of each counted day: the lot that expires first, first; what is lent comes last, from the
    lot that lasts longest. Refuses what no lot covers."""
    left = {lot.id: lot.left for lot in lots}
    drawn: list[tuple[DayAway, int, int]] = []
    by_end = sorted(lots, key=lambda one: (one.valid_to, one.id))
    for day in (day for day in days if day.counted):
        owed = day.fraction
        here = [lot for lot in by_end if lot.valid_from <= day.date <= lot.valid_to]
        for lot, least in [(lot, 0) for lot in here] + [(lot, -lot.overdraft) for lot in reversed(here)]:
            taken = min(owed, left[lot.id] - least)
            if taken > 0:
                left[lot.id] -= taken
                owed -= taken
                drawn.append((day, lot.id, taken))
        if owed:
            raise Refused("leave.no_lot", on=day.date)
    return drawn
