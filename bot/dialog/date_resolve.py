"""From days as they were named to days of the calendar: which year, which month, which Monday."""

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

from bot.dialog.date_points import GONE, Point

Prefer = Literal["future", "past"]
# "28 - 3 agustus" crosses a month, "14 - 12 agustus" is a slip the core refuses.
CROSSES = 15
_SUNDAY = 6
_BEGUN = timedelta(days=2)  # so long ago a day may have been that is only numbered and asked for as if it came
_FAR, _NEAR = timedelta(days=150), timedelta(days=60)


class Impossible(ValueError):
    """No calendar has this day."""


class Either(ValueError):
    """One of two days was meant; only who named them knows which."""

    def __init__(self, one: date, other: date) -> None:
        super().__init__(one, other)
        self.days = (min(one, other), max(one, other))


def one(point: Point, today: date, prefer: Prefer, *, alone: bool = False) -> tuple[date, date, bool]:
    """First and last day of what was named, and whether somebody should look twice.

    A day that stands alone and whose weekday and figures disagree is Either of two; within a range the figures win.
    """
    point = month_first(point, today, prefer)
    if point.later:
        first, last, doubtful = one(replace(point, later=False), today, prefer)
        if point.weekday == today.weekday() and first > today:
            return first, last, doubtful  # "Thursday week" said on a Thursday
        return moved(first, days=7), moved(last, days=7), doubtful
    if point.span and point.day is not None:
        day, _ = _day(replace(point, span=None), today, prefer)  # "the week of 7 December"
        monday = moved(day, days=-day.weekday())
        return monday, moved(monday, days=4), True
    if point.span:
        return _span(point, today)
    if point.offset is not None:
        day = moved(today, days=point.offset)
        return day, day, point.doubtful
    if point.nth is not None:
        day = _nth(point, today, prefer)
        return day, day, point.doubtful
    day, doubtful = _day(point, today, prefer)
    if point.day is not None and point.weekday == _SUNDAY and point.doubtful and day.weekday() != _SUNDAY:
        monday = moved(day, days=-day.weekday())  # "minggu tanggal 14 Desember" is a week where the 14th is no Sunday
        return monday, moved(monday, days=4), True
    if point.day is not None and point.weekday is not None and day.weekday() != point.weekday:
        named, (day, doubtful) = day, _contradicting(point, day, prefer)
        if alone and day.weekday() != point.weekday:
            raise Either(named, _nearest(named, point.weekday))
    return day, day, doubtful or point.doubtful


def month_first(point: Point, today: date, prefer: Prefer) -> Point:
    """The point as Americans and Koreans write it, where day before month lies far away or on another weekday.

    "12/7" said in November is 7 December rather than 12 July; it stays doubtful and is shown before anything is sent.
    """
    if not point.swap:
        return point
    plain, other = replace(point, swap=False), replace(point, day=point.month, month=point.day, swap=False)
    try:
        (first, _), (second, _) = (
            _day(replace(plain, weekday=None), today, prefer),
            _day(replace(other, weekday=None), today, prefer),
        )
    except ValueError:
        return plain
    if point.weekday is not None and point.weekday in (first.weekday(), second.weekday()):
        return plain if first.weekday() == point.weekday else other
    return other if abs(first - today) > _FAR and abs(second - today) < _NEAR else plain


def extent(
    point: Point | tuple[Point, Point], today: date, prefer: Prefer, *, alone: bool = False
) -> tuple[date, date, bool]:
    """First and last day of a day or of a range, as `one` and `several` tell them."""
    return several(*point, today, prefer) if isinstance(point, tuple) else one(point, today, prefer, alone=alone)


def single(point: Point | tuple[Point, Point], today: date, prefer: Prefer) -> date | None:
    """The one day that is named, or None where it is several or none."""
    if isinstance(point, tuple):
        return None
    try:
        first, last, _ = one(point, today, prefer)
    except ValueError:
        return None
    return first if first == last else None


def several(start: Point, end: Point, today: date, prefer: Prefer) -> tuple[date, date, bool]:
    """First and last day of a range; an end before its start is left as said, for the core to refuse."""
    if end.shift == GONE and end.month is not None:
        prefer, end = "past", replace(end, shift=None)  # "dari 28 Juni sampai 2 Juli kemarin"
    told = month_first(start, today, prefer)
    if start.swap and end.swap and start.month == end.month != start.day:
        told = replace(start, swap=False)  # "7/12 until 8/12": one month
    if start.swap and end.swap:
        turned = told.day != start.day
        end = replace(end, day=end.month, month=end.day, swap=False) if turned else replace(end, swap=False)
    start, end, crossed = _shared(told, end)
    if start.bare and end.bare and prefer == "future":
        start, end = in_one_month((start, end), today)
    last_known = _fixed(end, today)
    first, _, doubtful = one(start, today, prefer)
    if last_known and start.weekday is not None and start.day is None and start.shift is None and first > last_known:
        first = last_known - timedelta(days=(last_known.weekday() - start.weekday) % 7)
    elif last_known and start.day is not None and start.year is None and start.shift is None and first > last_known:
        first, _, doubtful = one(start, today, "past")  # "dari tanggal 24 sampai besok"
    last, unsure = ending(end, first, today, prefer, weekly=start.weekday is not None)
    if last < first and last < today and start.day is not None and start.year is None and start.shift is None:
        first, _, doubtful = one(start, today, "past")  # "dari tanggal 18 sampai Jumat minggu lalu"
    if prefer == "future" and first > today and start.day is not None and start.year is None and start.shift is None:
        first, last, doubtful = _running(start, first, last, today, doubtful)
    return first, last, doubtful or unsure or crossed


def in_one_month(points: tuple[Point | tuple[Point, Point], ...], today: date) -> tuple[Point, ...]:
    """Days without a month, in one that has them all: "tanggal 30 dan 31" said in November is of December."""
    plain = tuple(point for point in points if isinstance(point, Point))
    days = [point.day or 0 for point in plain]
    month = moved(today.replace(day=1), months=int(days[0] < today.day))
    if days == sorted(days) and monthrange(month.year, month.month)[1] < days[-1] <= 31:
        month = moved(month, months=1)
        return tuple(replace(point, month=month.month, year=month.year) for point in plain)
    return plain


def _running(start: Point, first: date, last: date, today: date, doubtful: bool) -> tuple[date, date, bool]:
    """A range that began before today but still runs is this one, not the next month's or year's."""
    back = moved(first, months=-1 if start.month is None else -12)
    length = last - first
    begun = start.month is not None or today - back <= _BEGUN
    if (
        begun
        and timedelta(0) <= length <= timedelta(days=62)
        and back <= today <= back + length
        and back.day == first.day
    ):
        return back, back + length, True
    return first, last, doubtful


def _shared(start: Point, end: Point) -> tuple[Point, Point, bool]:
    """What was said once for both ends: "12-14 agustus", "12 agustus sampai 14", "3 - 5 bulan depan"."""
    crossed = False
    if start.bare and end.day is not None and not end.bare:
        start = replace(start, month=end.month, year=end.year, shift=end.shift, doubtful=start.doubtful or end.doubtful)
        if start.day is not None and start.day - end.day >= CROSSES and end.month:
            crossed = True
            start = replace(
                start, month=end.month - 1 or 12, year=end.year - 1 if end.year and end.month == 1 else end.year
            )
    elif end.bare and start.day is not None and not start.bare:
        end = replace(end, month=start.month, year=start.year, shift=start.shift)
        if end.day is not None and start.day - end.day >= CROSSES and start.month:
            crossed = True
            end = replace(
                end, month=start.month % 12 + 1, year=start.year + 1 if start.year and start.month == 12 else start.year
            )
    elif start.month and end.month and end.year and start.year is None:
        start = replace(start, year=end.year - (start.month > end.month))
    elif None not in (start.weekday, end.weekday, end.shift) and start.day is end.day is start.shift is None:
        start = replace(start, shift=end.shift, sure=end.sure)
    return start, end, crossed


def _fixed(point: Point, today: date) -> date | None:
    if point.offset is not None:
        return moved(today, days=point.offset)
    return None


def ending(end: Point, first: date, today: date, prefer: Prefer, *, weekly: bool = True) -> tuple[date, bool]:
    """The last day of a range, seen from its first.

    "Jumat sampai Jumat" (`weekly`) lasts until the next one; "besok sampai Jumat" said on a Thursday is that one day.
    """
    if end.span or end.offset is not None or end.year is not None:
        _, last, doubtful = one(end, today, prefer)
        return last, doubtful
    if end.day is None and end.weekday is not None:
        if end.shift is not None and not end.follows:
            last, _, doubtful = one(end, today, prefer)
            return (last, doubtful) if last >= first else (_weekday_after(end.weekday, first), True)
        if not weekly and not end.follows and end.weekday == first.weekday():
            return first, end.doubtful
        return _weekday_after(end.weekday, first), end.doubtful
    if end.shift is not None:
        _, last, doubtful = one(end, today, prefer)
        return last, doubtful
    assert end.day is not None
    month = end.month or first.month
    last = _made(first.year, month, end.day)
    if end.month is None and first.day - end.day >= CROSSES:
        follow = moved(first.replace(day=1), months=1)
        return _made(follow.year, follow.month, end.day), True
    if end.month is not None and last < first and end.month != first.month:
        later = _made(first.year + 1, month, end.day)
        return (later, end.doubtful) if (later - first).days <= 200 else (last, True)
    return last, end.doubtful


def _weekday_after(weekday: int, first: date) -> date:
    return first + timedelta(days=(weekday - first.weekday()) % 7 or 7)


def _span(point: Point, today: date) -> tuple[date, date, bool]:
    if point.span == "month":
        first = moved(today.replace(day=1), months=point.shift or 0)
        if point.month is not None:
            year = point.year or today.year + (point.month < today.month)
            first = _made(year, point.month, 1)
        return first, moved(first, months=1) - timedelta(days=1), True
    monday = moved(today, days=7 * (point.shift or 0) - today.weekday())
    if point.span == "weekend":
        return monday + timedelta(days=5), monday + timedelta(days=6), True
    start = max(monday, today) if not (point.shift or point.whole) and today.weekday() < 5 else monday
    return start, monday + timedelta(days=4), True


def _day(point: Point, today: date, prefer: Prefer) -> tuple[date, bool]:
    if point.day is None:
        return _weekday(point, today, prefer)
    if point.month is None:
        return _of_month(point, today, prefer)
    if point.year is not None:
        return _made(point.year, point.month, point.day), False
    if point.shift == GONE:
        return _day(replace(point, shift=None), today, "past")
    if point.shift is not None:
        return _made(today.year + point.shift, point.month, point.day), False
    if prefer == "future" and (point.month, point.day) < (today.month, today.day):
        return _made(today.year + 1, point.month, point.day), True
    this = _made(today.year, point.month, point.day)
    if prefer == "past" and this > today:
        return _made(today.year - 1, point.month, point.day), False
    return this, False


def _of_month(point: Point, today: date, prefer: Prefer) -> tuple[date, bool]:
    assert point.day is not None
    first = today.replace(day=1)
    if point.shift == GONE:
        prefer = "past"
    elif point.shift is not None:
        month = moved(first, months=point.shift)
        return _made(month.year, month.month, point.day), False
    step = 1 if prefer == "future" else -1
    if not 1 <= point.day <= 31:
        raise Impossible(point.day)
    for months in range(4):
        month = moved(first, months=step * months)
        if point.day > monthrange(month.year, month.month)[1]:
            continue
        day = month.replace(day=point.day)
        if (day >= today) if prefer == "future" else (day <= today):
            return day, months > 1
    raise Impossible(point.day)


def _weekday(point: Point, today: date, prefer: Prefer) -> tuple[date, bool]:
    assert point.weekday is not None
    monday = moved(today, days=-today.weekday())
    if point.shift is None:
        ahead = (point.weekday - today.weekday()) % 7
        if prefer == "future":
            return moved(today, days=ahead or 7), ahead == 0
        behind = (today.weekday() - point.weekday) % 7
        return moved(today, days=-behind), behind == 0
    if point.shift == 0:
        day = moved(monday, days=point.weekday)
        return (moved(day, days=7), True) if prefer == "future" and day < today else (day, False)
    if point.shift < 0 and point.sure:
        return moved(monday, days=7 * point.shift + point.weekday), False  # "selasa minggu lalu"
    if point.shift < 0:
        behind = (today.weekday() - point.weekday) % 7 or 7
        return moved(today, days=-behind - 7 * (behind == 1 and not point.just)), False
    if point.shift > 1:
        return moved(monday, days=7 * point.shift + point.weekday), False
    # "Next Friday" said on a Wednesday: the week after; worth a second look because some mean the day after tomorrow.
    return moved(monday, days=7 + point.weekday), point.weekday > today.weekday() and not point.sure


def _contradicting(point: Point, day: date, prefer: Prefer) -> tuple[date, bool]:
    """Weekday and date disagree: the next month may fit; otherwise the figures win and it must be confirmed."""
    if point.month is None and point.shift is None:
        other = moved(day, months=1 if prefer == "future" else -1)
        if other.day == day.day and other.weekday() == point.weekday:
            return other, True
    return day, True


def _nearest(day: date, weekday: int) -> date:
    """The day with this name that is at most three days away."""
    return day + timedelta(days=(weekday - day.weekday() + 3) % 7 - 3)


def _nth(point: Point, today: date, prefer: Prefer) -> date:
    """The first, second, ... or last Monday of a month; without a year the next one that comes."""
    assert point.nth is not None and point.weekday is not None
    if point.month is None:
        first = moved(today.replace(day=1), months=point.shift or 0)
        return _nth_in(first.year, first.month, point)
    day = _nth_in(point.year or today.year, point.month, point)
    if point.year is None and prefer == "future" and day < today:
        day = _nth_in(today.year + 1, point.month, point)
    return day


def _nth_in(year: int, month: int, point: Point) -> date:
    assert point.nth is not None and point.weekday is not None
    first, length = monthrange(year, month)
    days = list(range(1 + (point.weekday - first) % 7, length + 1, 7))
    try:
        return date(year, month, days[point.nth - 1 if point.nth > 0 else point.nth])
    except IndexError:
        raise Impossible((year, month, point.nth)) from None


def _made(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Impossible((year, month, day)) from None


def moved(day: date, *, days: int = 0, months: int = 0) -> date:
    """The day so many days or months away, in a shorter month its last day."""
    try:
        if months:
            index = day.year * 12 + day.month - 1 + months
            year, month = divmod(index, 12)
            day = date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
        return day + timedelta(days=days)
    except (ValueError, OverflowError):
        raise Impossible((day, days, months)) from None
