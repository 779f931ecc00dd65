"""Days that are counted out: within a month, from another day, or what is left of a stretch without some of it.

"The first two days of January", "two weeks from Friday", "minggu depan kecuali Rabu", "akhir bulan depan, tgl 28".
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.dialog import date_days, date_resolve
from bot.dialog.date_grammar import Piece
from bot.dialog.date_points import SHIFTS, Point
from bot.dialog.date_resolve import Prefer
from bot.dialog.date_words import Atom

_MONTH = r"(?:[fiO]t?)?(?:k?(?P<M>M)|k(?P<s>[NILK])|(?P<s2>[NIL])k)"
_OF_MONTH = (
    re.compile(rf"t?(?P<o>o)(?P<n>n)(?P<b>b?)d{_MONTH}"),
    re.compile(rf"t?(?P<last>L)(?P<n>n)(?P<b>b?)d{_MONTH}"),
    re.compile(rf"(?P<n>n)(?P<b>b?)d(?P<z>z){_MONTH}"),
    re.compile(rf"(?P<n>n)(?P<b>b?)(?P<q>[FT]){_MONTH}"),  # "hari pertama", "hari terakhir" are words of their own
)
_OF_WEEK = (re.compile(r"t?(?P<o>o)(?P<n>n)b?df?t?(?P<s>[NI])w"), re.compile(r"(?P<s>[NI])wc?t?(?P<o>o)(?P<n>n)b?d"))
_FEW = 10
_AHEAD = timedelta(days=300)
_WITHOUT = frozenset("kecuali terkecuali selain except excluding exclude excl minus without tanpa skip bar".split())
_AWAY = frozenset("kampung mudik cuti libur leave off home".split())
_NOT_ALL = frozenset("tapi tetapi but tp".split())
_ALL = frozenset("all whole every".split())
_AT_WORK = frozenset("masuk ngantor kerja hadir work working in present".split())
_IDLE = frozenset("hari tanggal on the saya aku i i'm i'll am will be tetap still for not bukan , ( of".split())
_YEARS_END = frozenset("akhir end late".split())
_MIDNIGHT = 24
_AT_HOURS = frozenset(
    "overtime ot lembur worked work stayed here clock shift dinas present hadir absen kerja came was jaga".split()
)
_HAVING = frozenset("want take need like book have get off leave cuti libur ambil minta mau request taking".split())
_ABOUT_MONTH = re.compile(
    r"t?(?:v|[Lzo]b?w|[Lzo]E|[Sw][zo])f?t?(?:k(?P<s>[NILK])|(?P<s2>[NIL])k|k?(?P<M>M)|(?P<y>[NIL]?y[NIL]?))"
)


def counted(said: Sequence[Piece], atoms: Sequence[Atom], line: str, today: date, prefer: Prefer) -> list[Piece]:
    """The pieces with what is counted out as days of the calendar."""
    said = _ago(_of_a_week(_of_a_month(list(said), atoms, line, today), atoms, line, today))
    said = _in_that_week(_in_that_month(said, atoms, line), atoms, today, prefer)
    return _weeks_from(said, atoms, line, today, prefer)


def _of_a_month(said: list[Piece], atoms: Sequence[Atom], line: str, today: date) -> list[Piece]:
    """ "The first two days of January", "tiga hari terakhir bulan ini"; of working days only those of the week."""
    for pattern in _OF_MONTH:
        for found in pattern.finditer(line):
            part = found.groupdict()
            number = atoms[found.start("n")].value
            first = bool(part.get("o")) and atoms[found.start("o")].value == 1
            order = atoms[found.start("z")].value if part.get("z") else 1 if first else -1 if part.get("last") else 0
            if part.get("q") and atoms[found.start("q")].text == "hari":
                order = 1 if part["q"] == "F" else -1
            if order not in (1, -1) or not 1 <= number <= _FEW:
                continue
            month = _month(found, atoms, today)
            days = [month + timedelta(days=n) for n in range(31) if (month + timedelta(days=n)).month == month.month]
            if part["b"]:
                days = [day for day in days if day.weekday() < 5]
            said = _in_place(said, found, days[:number] if order == 1 else days[-number:])
    return said


def _of_a_week(said: list[Piece], atoms: Sequence[Atom], line: str, today: date) -> list[Piece]:
    """ "The first two days of next week", "next week first three days"."""
    for pattern in _OF_WEEK:
        if (found := pattern.search(line)) and atoms[found.start("o")].value == 1:
            number = atoms[found.start("n")].value
            monday = today + timedelta(days=7 * SHIFTS[found["s"]] - today.weekday())
            days = [monday + timedelta(days=n) for n in range(min(number, 5))]
            return _in_place(said, found, days)
    return said


def _in_place(said: list[Piece], found: re.Match[str], days: Sequence[date]) -> list[Piece]:
    """The pieces with these days where they were found, whatever was read there before."""
    outside = [piece for piece in said if not (piece.start < found.end() and found.start() < piece.end)]
    piece = Piece("days", found.start(), found.end(), tuple(Point.on(day) for day in days))
    return sorted([*outside, piece], key=lambda one: one.start)


def _ago(said: list[Piece]) -> list[Piece]:
    """ "A week ago today", "two weeks ago yesterday": one day."""
    for one, other in itertools.pairwise(said):
        day = other.points[0] if other.kind == "days" and len(other.points) == 1 else None
        if one.kind != "offset" or one.unit not in "dw" or other.start != one.end or day is None:
            continue
        if isinstance(day, Point) and day.offset is not None and day == Point(offset=day.offset):
            days = one.amount * (7 if one.unit == "w" else 1) + day.offset
            whole = replace(one, end=other.end, amount=days, unit="d")
            return [whole if piece is one else piece for piece in said if piece is not other]
    return said


def not_hours(said: list[Piece], atoms: Sequence[Atom], line: str) -> list[Piece]:
    """The pieces without hours: "last Thursday, I was here from eight", "overtime on Saturday from 9 to 3"."""

    def hour(piece: Piece) -> bool:
        points = piece.each
        plain = all(point == Point(day=point.day, doubtful=point.doubtful) for point in points)
        small = plain and all(1 <= (point.day or 0) <= _MIDNIGHT for point in points)
        figures = line[piece.start : piece.end].strip("F")
        return piece.kind == "days" and bool(points) and small and figures in ("n", "nTn") and line[piece.start] == "F"

    def said_so(piece: Piece) -> bool:
        spelt = not any(atom.text.isdigit() for atom in atoms[piece.start : piece.end])
        return hour(piece) and (spelt or at_work or atoms[piece.start].text in ("since", "sejak"))

    others = [piece for piece in said if piece.kind in ("days", "offset") and not hour(piece)]
    at_work = any(atom.text in _AT_HOURS for atom in atoms) and not any(atom.text in _AWAY for atom in atoms)
    return [piece for piece in said if not others or not said_so(piece)]


def _in_that_week(said: list[Piece], atoms: Sequence[Atom], today: date, prefer: Prefer) -> list[Piece]:
    """ "Monday to Thursday of the week of 14 December", "mon wed fri in wk of 14 dec"."""
    weeks = [
        (piece, point)
        for piece in said
        if piece.kind == "days" and len(piece.points) == 1
        for point in piece.points
        if isinstance(point, Point) and point.span == "week" and point.day is not None
    ]
    if len(weeks) != 1:
        return said
    week, named = weeks[0]
    try:
        monday, _, _ = date_resolve.one(named, today, prefer)
    except ValueError:
        return said

    def dated(point: Point) -> Point:
        return Point.on(monday + timedelta(days=point.weekday or 0))

    for piece in said:
        if piece.weekdays and not _left_out(week, piece, atoms):
            return [one.with_each(dated) if one is piece else one for one in said if one is not week]
    return said


def _month(found: re.Match[str], atoms: Sequence[Atom], today: date) -> date:
    first = today.replace(day=1)
    if found["M"]:
        number = atoms[found.start("M")].value
        return date(today.year + (number < today.month), number, 1)
    return date_resolve.moved(first, months=SHIFTS[found["s"] or found["s2"]])


def _in_that_month(said: list[Piece], atoms: Sequence[Atom], line: str) -> list[Piece]:
    """ "Akhir bulan depan, tanggal 28", "end of the year, 30 and 31": the days are of the month that was spoken of."""
    told = _ABOUT_MONTH.search(line)
    if told is None:
        return said
    month: int | None = None
    shift: int | None = None
    if told["M"]:
        month = atoms[told.start("M")].value
    elif told["y"]:
        ends = any(atom.text in _YEARS_END for atom in atoms[told.start() : told.end()])
        month = (12 if ends else 1) if not {"N", "L"} & set(told["y"]) else None
    else:
        shift = SHIFTS[told["s"] or told["s2"]]
    if month is None and shift is None:
        return said

    def whole(point: Point) -> Point:
        return replace(point, month=month, shift=shift) if point.bare else point

    beside = [piece for piece in said if piece.kind == "days" and piece.start >= told.end()]
    return [piece.with_each(whole) if piece in beside else piece for piece in said]


def _weeks_from(said: list[Piece], atoms: Sequence[Atom], line: str, today: date, prefer: Prefer) -> list[Piece]:
    """ "A week from Monday", "two weeks from the 4th" is a day, unless so many weeks are asked for."""
    for one, other in itertools.pairwise(said):
        if one.kind != "length" or one.unit != "w" or other.kind != "days" or other.start != one.end:
            continue
        before = {atom.text for atom in atoms[max(0, one.start - 5) : one.start]}
        after = {atom.text for atom in atoms[other.end : other.end + 2]}
        named = line[other.start] in "ORBW" and atoms[one.end - 1].text.startswith("fortnight")  # "a fortnight today"
        if not (named or (atoms[other.start].text == "from" and not (before | after) & _HAVING)):
            continue
        if len(other.points) != 1:
            continue
        day = date_resolve.single(other.points[0], today, prefer)
        if day is not None and line[one.start] in "1nE":
            day += timedelta(weeks=one.amount)
            whole = replace(other, start=one.start, points=(Point.on(day),))
            return [whole if piece is other else piece for piece in said if piece is not one]
    return said


def without(said: Sequence[Piece], atoms: Sequence[Atom], today: date, prefer: Prefer) -> list[Piece]:
    """The pieces; what a stretch of days is said to leave out is left out of it.

    "Minggu depan kecuali Rabu", "14-18 December excluding the 16th", "Senin sampai Jumat tapi Kamis saya masuk".
    """
    days = [piece for piece in said if piece.kind == "days" or (piece.kind == "unsure" and piece.points)]
    if len(days) == 1 and (point := _week_around(days[0], atoms)) is not None:
        week = date_days.named(
            Piece("days", 0, 0, (replace(point, weekday=None, span="week", whole=True),)), today, prefer
        )
        kept = [day for day in week if day.weekday() != point.weekday]
        return [replace(piece, points=date_days.points(kept)) if piece is days[0] else piece for piece in said]
    for at, out in enumerate(days[1:], start=1):
        whole = days[at - 1]
        stretch = date_days.named(whole, today, prefer) if _left_out(whole, out, atoms) else []
        if stretch and stretch[0] - today > _AHEAD:
            continue  # of a year ago, rather
        kept = [day for day in stretch if not any(_is(day, point, today, prefer) for point in out.points)]
        if kept and len(kept) < len(stretch):
            found = replace(whole, end=out.end, points=tuple(Point.on(day) for day in kept))
            return [found if piece is whole else piece for piece in said if piece is not out]
    return list(said)


def _week_around(piece: Piece, atoms: Sequence[Atom]) -> Point | None:
    """ "Selain Rabu minggu depan off": all of that week but this day."""
    point = piece.points[0] if len(piece.points) == 1 else None
    without = piece.start > 0 and atoms[piece.start - 1].text in _WITHOUT
    return point if without and isinstance(point, Point) and point.sure and point.weekday is not None else None


def _left_out(whole: Piece, out: Piece, atoms: Sequence[Atom]) -> bool:
    between = [atom.text for atom in atoms[whole.end : out.start]]
    if len(between) > 5:
        return False
    if between[-1:] == ["but"] and any(atom.text in _ALL for atom in atoms[max(0, whole.start - 3) : whole.start]):
        return True  # "all of next week but Tuesday"
    follows = [atom.text for atom in atoms[out.end : out.end + 4] if atom.text not in _IDLE]
    if out.weekdays and follows[:1] != [] and follows[0] in _AT_WORK and ("," in between or not set(between) & _HAVING):
        return True  # "minggu depan cuti, Kamis masuk"
    if (
        _WITHOUT & set(between)
        or "all but" in " ".join(between)
        or (between[:1] == ["apart"] and atoms[out.start].text == "from")
    ):
        return True
    if not _NOT_ALL & set(between):
        return False
    after = [atom.text for atom in atoms[out.end : out.end + 4] if atom.text not in _IDLE]
    return "not" in between or "bukan" in between or (after[:1] != [] and after[0] in _AT_WORK)


def _is(day: date, point: Point | tuple[Point, Point], today: date, prefer: Prefer) -> bool:
    if isinstance(point, tuple):
        first = date_resolve.single(point[0], today, prefer)
        last = date_resolve.single(point[1], today, prefer)
        if point[0].bare and point[1].bare and point[0].day and point[1].day:
            return point[0].day <= day.day <= point[1].day
        return first is not None and last is not None and first <= day <= last
    if point.day is None and point.weekday is not None and point.nth is None:
        return day.weekday() == point.weekday
    if point.bare:
        return day.day == point.day
    return day == date_resolve.single(point, today, prefer)
