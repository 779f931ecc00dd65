"""What a leave costs and whether it may be asked for. Values in, value or Refused out; no database, no clock."""

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from core.errors import Refused

DAY = 1000  # leave is counted in thousandths of a day
HALF = 500
LONGEST = 366
PARTS = ("am", "pm")


@dataclass(frozen=True)
class LeaveType:
    """A kind of leave: `days` a year once `after_months` of service are full."""

    code: str
    days: int
    after_months: int
    collective: bool
    source: str


@lru_cache(maxsize=1)
def types() -> Mapping[str, LeaveType]:
    """Every kind of leave of this release, by its code."""
    with (Path(__file__).parent / "types.toml").open("rb") as opened:
        return {row["code"]: LeaveType(**row) for row in tomllib.load(opened)["type"]}


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


def is_working(day: date, holidays: Collection[date]) -> bool:
    """Whether a Monday-to-Friday company works on this day."""
    return day.weekday() < 5 and day not in holidays


def expand(period: Period, names: Mapping[date, str]) -> list[DayAway]:
    """Each day of the period; weekends and holidays do not count. `names` maps a holiday to its name."""
    fraction = HALF if period.part else DAY
    days = []
    for day in period.dates():
        why = names.get(day) or ("weekend" if day.weekday() >= 5 else None)
        days.append(DayAway(day, fraction, period.part, why is None, why))
    return days


def check(period: Period, names: Mapping[date, str], *, today: date, available: int) -> int:
    """Return what this leave would cost in thousandths of a day, or refuse with the first reason that applies."""
    check_dates(period, today=today)
    cost = sum(day.fraction for day in expand(period, names) if day.counted)
    if cost == 0:
        raise Refused("leave.only_days_off", starts=period.starts, ends=period.ends, names=dict(names))
    if cost > available:
        raise Refused("leave.not_enough_days", starts=period.starts, ends=period.ends, needed=cost, left=available)
    return cost


def check_dates(period: Period, *, today: date) -> None:
    """Refuse what the dates alone forbid, before anybody goes through the days between them."""
    if period.ends < period.starts:
        raise Refused("leave.ends_before_start", starts=period.starts, ends=period.ends)
    if period.starts < today:
        raise Refused("leave.already_past", starts=period.starts, ends=period.ends)
    if (period.ends - period.starts).days >= LONGEST:
        raise Refused("leave.too_long", starts=period.starts, ends=period.ends)
    if period.part and period.starts != period.ends:
        raise Refused("leave.half_of_many", starts=period.starts, ends=period.ends)


def working_days_from(starts: date, count: int, holidays: Collection[date]) -> date:
    """The last of `count` working days, the first being `starts` or the next one that is worked."""
    day = starts
    while True:
        count -= is_working(day, holidays)
        if count <= 0:
            return day
        day += timedelta(days=1)


def affordable(period: Period, names: Mapping[date, str], available: int) -> Period | None:
    """The longest beginning of the period that the balance pays for."""
    spent, last = 0, None
    for day in expand(period, names):
        spent += day.fraction if day.counted else 0
        if spent > available:
            break
        last = day.date if day.counted else last
    return None if last is None else Period(period.starts, last, period.part)


def next_week(period: Period, cost: int, holidays: Collection[date]) -> Period:
    """As many working days in the week after the period began, from its first working day on."""
    monday = period.starts + timedelta(days=7 - period.starts.weekday())
    first = working_days_from(monday, 1, holidays)
    if period.part:
        return Period(first, first, period.part)
    return Period(first, working_days_from(first, max(1, cost // DAY), holidays))


def granted(joins: date, year: int, kind: LeaveType) -> tuple[date, int] | None:
    """From when and how much a year gives: all of it on 1 January after enough service; else, on the day service is
    long enough, a twelfth for each month that is left, that month included. None if the year gives nothing."""
    months = joins.month - 1 + kind.after_months
    ripe_year, ripe_month = joins.year + months // 12, months % 12 + 1
    if ripe_year > year:
        return None
    if ripe_year < year or (ripe_month == 1 and joins.day == 1):
        return date(year, 1, 1), kind.days * DAY
    last_day = (date(ripe_year + ripe_month // 12, ripe_month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, ripe_month, min(joins.day, last_day)), kind.days * (13 - ripe_month) // 12 * DAY


@dataclass(frozen=True)
class LotLeft:
    """What a lot still holds, and when it may be used."""

    id: int
    valid_from: date
    valid_to: date
    left: int


def draw(days: Sequence[DayAway], lots: Sequence[LotLeft]) -> list[tuple[DayAway, int, int]]:
    """Which lot pays how much of each counted day: the lot that expires first, first. Refuses what no lot covers."""
    left = {lot.id: lot.left for lot in lots}
    drawn: list[tuple[DayAway, int, int]] = []
    for day in (day for day in days if day.counted):
        owed = day.fraction
        for lot in sorted(lots, key=lambda one: (one.valid_to, one.id)):
            if owed and left[lot.id] > 0 and lot.valid_from <= day.date <= lot.valid_to:
                taken = min(owed, left[lot.id])
                left[lot.id] -= taken
                owed -= taken
                drawn.append((day, lot.id, taken))
        if owed:
            raise Refused("leave.no_lot", on=day.date)
    return drawn
