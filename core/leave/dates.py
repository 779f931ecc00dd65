"""Months and leave years: where they begin and end. Pure; a month after 31 January is the last day of February."""

from dataclasses import dataclass
from datetime import date, timedelta


def add_months(day: date, months: int) -> date:
    """The same day so many months on, or the last day of that month where it has no such day."""
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(day.day, last))


@dataclass(frozen=True)
class LeaveYear:
    """A year of leave, by the number of the year in which it begins; both days included."""

    number: int
    starts: date
    ends: date


def leave_year(joins: date, on: date, basis: str) -> LeaveYear:
    """The leave year of this day: the calendar's, or the one that began on the last anniversary of joining."""
    if basis == "calendar":
        return LeaveYear(on.year, date(on.year, 1, 1), date(on.year, 12, 31))
    years = on.year - joins.year
    if add_months(joins, 12 * years) > on:
        years -= 1
    starts = add_months(joins, 12 * years)
    return LeaveYear(starts.year, starts, add_months(joins, 12 * (years + 1)) - timedelta(days=1))


def year_after(joins: date, year: LeaveYear, basis: str) -> LeaveYear:
    """The leave year that follows."""
    return leave_year(joins, year.ends + timedelta(days=1), basis)
