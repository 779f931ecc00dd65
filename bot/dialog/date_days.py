"""The days of the calendar that a piece names, those that lie beside them, and days as a piece names them.

For whoever counts from days that are named; `date_resolve` knows which day one of them is.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.dialog import date_resolve
from bot.dialog.date_grammar import Piece
from bot.dialog.date_points import Point
from bot.dialog.date_resolve import Prefer

ONE_DAY = timedelta(days=1)
WEEK = 7
_LONGEST = timedelta(days=62)


def named(piece: Piece, today: date, prefer: Prefer) -> list[date]:
    """Every day that a piece names, in order; none where one of them can't be or they are more than two months."""
    found: set[date] = set()
    try:
        for point in piece.points:
            first, last, _ = date_resolve.extent(point, today, prefer)
            if not timedelta(0) <= last - first <= _LONGEST:
                return []
            found |= {first + timedelta(days=n) for n in range((last - first).days + 1)}
    except ValueError:
        return []
    return sorted(found)


def single(piece: Piece, today: date, prefer: Prefer) -> date | None:
    """The one day that a piece names, or None where it is several or none."""
    if piece.kind not in ("days", "denied") or len(piece.points) != 1:
        return None
    return date_resolve.single(piece.points[0], today, prefer)


def edge(piece: Piece, today: date, prefer: Prefer, *, last: bool) -> date | None:
    """The last day of a piece or its first one, as it was said."""
    if piece.kind not in ("days", "denied", "aside", "until") or not piece.points:
        return None
    try:
        first, _, _ = date_resolve.extent(piece.points[0], today, prefer)
        _, until, _ = date_resolve.extent(piece.points[-1], today, prefer)
    except ValueError:
        return None
    return until if last else first


def weekday(day: date, wanted: int, *, ahead: bool) -> date:
    """The next day of this name after a day, or the last one before it."""
    step = (wanted - day.weekday()) % WEEK or WEEK
    return date_resolve.moved(day, days=step if ahead else step - WEEK or -WEEK)


def working(day: date, amount: int, *, ahead: bool) -> list[date]:
    """So many days from Monday to Friday that lie next to a day, in order."""
    days: list[date] = []
    while len(days) < amount:
        day = date_resolve.moved(day, days=1 if ahead else -1)
        days += [day] if day.weekday() < 5 else []
    return sorted(days)


def points(days: Sequence[date]) -> tuple[Point | tuple[Point, Point], ...]:
    """These days as a piece names them: one stretch where nothing but a weekend is left out."""
    first, last = days[0], days[-1]
    gaps = (first + timedelta(days=n) for n in range((last - first).days + 1))
    if len(days) > 1 and all(day in days or day.weekday() > 4 for day in gaps):
        return ((Point.on(first), Point.on(last)),)
    return tuple(Point.on(day) for day in days)
