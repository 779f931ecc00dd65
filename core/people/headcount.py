"""How the company came to its number of people: month by month who joined and who left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from piccolo.query.functions.aggregate import Count

from core.people.tables import Employment


@dataclass(frozen=True)
class Month:
    """One month: its first day, spells of work that began in it, those whose last day lies in it, and how many people
    worked here at its end (or have so far)."""

    first: date
    joined: int
    left: int
    people: int


async def months(until: date, count: int = 12) -> list[Month]:
    """The last so many months, the running one last; what is planned after `until` is not counted."""
    firsts = [_first(until, back) for back in range(count - 1, -1, -1)]
    stays: Any = Employment.leaves.is_null() | (Employment.leaves >= Employment.joins)
    joined = await _by_month(Employment.joins, firsts[0], until, stays)
    left = await _by_month(Employment.leaves, firsts[0], until, stays)
    people = await Employment.count().where(
        (Employment.joins < firsts[0]) & (Employment.leaves.is_null() | (Employment.leaves >= firsts[0])) & stays
    )
    found: list[Month] = []
    for first in firsts:
        key = (first.year, first.month)
        people += joined.get(key, 0) - left.get(key, 0)
        found.append(Month(first, joined.get(key, 0), left.get(key, 0), people))
    return found


async def _by_month(column: Any, first: date, until: date, stays: Any) -> Mapping[tuple[int, int], int]:
    rows: Sequence[Mapping[str, Any]] = (
        await Employment.select(column.as_alias("day"), Count().as_alias("number"))
        .where((column >= first) & (column <= until) & stays)
        .group_by(column)
    )
    found: dict[tuple[int, int], int] = {}
    for row in rows:
        key = (row["day"].year, row["day"].month)
        found[key] = found.get(key, 0) + row["number"]
    return found


def _first(of: date, back: int) -> date:
    """The first day of the month so many months before."""
    months = of.year * 12 + of.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)
