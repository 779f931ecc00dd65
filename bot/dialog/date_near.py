"""Days that lie beside another day of the sentence: so many of them, a weekday, or the week.

"Nikah tanggal 12, cuti dua hari sebelumnya", "the Friday before and the Monday after", "the three working days after
that", "the week following", "kapal berangkat 17 Desember, jadi cuti Jumat dan Senin".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.dialog import date_days, date_grammar, date_resolve
from bot.dialog.date_grammar import Piece
from bot.dialog.date_points import Point
from bot.dialog.date_resolve import Prefer
from bot.dialog.date_words import Atom

_FAR = timedelta(days=7)  # until then a weekday by itself is the one that comes next
_MOST = 20
_AFTER = frozenset(
    "after setelah sesudah habis following setelahnya sesudahnya setelahe sesudahe berikutnya abisnya habisnya sakwise "
    "bakdane lanjut".split()
)
_BEFORE = frozenset("before prior sebelum sebelumnya preceding sakdurunge menjelang sebelume".split())
_THAT = frozenset("that it itu this ini those which tersebut to immediately right directly persis tepat pas".split())
_ASKED = frozenset(
    "cuti libur leave off take need want get have book ambil minta mohon ajukan izin ijin prei request for the".split()
)
_COUNTED = re.compile(r"(?:(?P<n>n)b?d?b?|(?P<E>E)b?)(?P<Z>Z)?")
_DAY_AFTER = re.compile(r"t?(?:Nbd|bdN|dbN|d?bN)")
_WEEK_AFTER = re.compile(r"t?(?:[wS]N|Nw)")
_ONE_AFTER = re.compile(r"(?:t(?:u|n)|u)(?P<Z>Z)?")
_THE_NEXT = re.compile(r"(?<=[dnoWRBMX])(?:At?(?:Nd|dN))|(?<=d)At?N(?![wkSyWnobe])")
_JOINTS = frozenset(("A", "cA", "c", "AO", ""))


@dataclass(frozen=True, slots=True)
class _Anchor:
    """The day that others lie beside, and where it was named."""

    at: int
    day: date


def beside(said: Sequence[Piece], atoms: Sequence[Atom], line: str, today: date, prefer: Prefer) -> list[Piece]:
    """The pieces, with what lies before or after another day as days of the calendar."""
    found = _so_many(list(said), atoms, line, today, prefer)
    found = _weekdays(found, atoms, line, today, prefer)
    found = _and_the_next(found, line, today, prefer)
    return _whole_week(found, atoms, line, today, prefer)


def _so_many(said: list[Piece], atoms: Sequence[Atom], line: str, today: date, prefer: Prefer) -> list[Piece]:
    """ "The three working days after that", "cuti dua hari sebelumnya", "setelah tanggal 13 libur dua hari"."""
    for counted in _COUNTED.finditer(line):
        amount = atoms[counted.start()].value
        if not 1 <= amount <= _MOST or (line[counted.start()] == "n" and counted.group() == "n"):
            continue
        if counted["E"] and amount > 2:
            continue
        ahead, after = _side(atoms, line, counted)
        behind = next(
            (at for at in range(counted.start() - 1, max(-1, counted.start() - 4), -1) if line[at] == "Z"), None
        )
        if ahead is None and behind is not None and abs(atoms[behind].value) == date_days.WEEK:
            ahead, after = atoms[behind].value > 0, counted.end()  # "after that I need two days"
        before = {atom.text for atom in atoms[max(0, counted.start() - 3) : counted.start()]}
        before |= {
            atoms[at].text for at in range(counted.end(), min(len(atoms), counted.end() + 3)) if behind is not None
        }
        asked = bool(before & _ASKED) or "b" in counted.group() or line[counted.start() - 1 : counted.start()] == "t"
        if ahead is None:
            ahead, after = _opened_after(said, atoms, line, counted, today, prefer), counted.end()
            if ahead is None:
                continue
        anchor = _following(said, after, line, ahead, today, prefer)
        if anchor is None and not _of_something(atoms, line, after):
            anchor = _earlier(said, counted.start(), ahead, today, prefer)
        if anchor is None or not asked:
            continue
        days = date_days.working(anchor.day, amount, ahead=ahead)
        named = said[anchor.at].points[0]
        if amount == 1 and isinstance(named, Point) and named.span == "week":
            days = date_days.working(anchor.day, 5, ahead=ahead)  # "not the week of the 11th, the one after it"
        end = max(after, said[anchor.at].end if said[anchor.at].start >= counted.end() else after)
        return _put(said, counted.start(), end, days, anchor.at)
    return said


def _side(atoms: Sequence[Atom], line: str, counted: re.Match[str]) -> tuple[bool | None, int]:
    """Whether the days lie after another one or before it, told by the words behind them, and where those end."""
    if counted["Z"]:
        return atoms[counted.start("Z")].value > 0, counted.end()
    at = counted.end()
    while at < len(atoms) and atoms[at].text in _THAT:
        at += 1
    word = atoms[at].text if at < len(atoms) else ""
    if line[at : at + 1] == "Z":
        return atoms[at].value > 0, at + 1
    side = True if word in _AFTER else False if word in _BEFORE else None
    at += side is not None
    while side is not None and at < len(atoms) and atoms[at].text in _THAT:
        at += 1
    return side, at


def _of_something(atoms: Sequence[Atom], line: str, after: int) -> bool:
    """ "A day before the peak": not beside the day that was named earlier."""
    bare = atoms[after - 1].text in ("before", "after", "sebelum", "setelah", "sesudah", "habis", "menjelang")
    return bare and line[after : after + 1] == "u" and atoms[after].text not in (".", "!", "?", ";", "as", "off")


def _opened_after(
    said: Sequence[Piece], atoms: Sequence[Atom], line: str, counted: re.Match[str], today: date, prefer: Prefer
) -> bool | None:
    """ "Setelah acara tanggal 13 saya libur dua hari": what comes after a day was said before it."""
    if any(piece.kind in ("days", "until") and piece.start >= counted.end() for piece in said) or "F" in line:
        return None
    days = [piece for piece in said if piece.kind in ("days", "aside") and piece.end <= counted.start()]
    if len(days) != 1 or date_days.edge(days[0], today, prefer, last=True) is None:
        return None
    before = [atom.text for atom in atoms[max(0, days[0].start - 5) : days[0].start] if atom.letter != "c"]
    return True if _AFTER & set(before) else None


def _following(
    said: Sequence[Piece], after: int, line: str, ahead: bool, today: date, prefer: Prefer
) -> _Anchor | None:
    """The day that is named right behind "before" or "after"."""
    for at, piece in enumerate(said):
        gap = line[after : piece.start] if after <= piece.start else "u"
        if piece.kind == "days" and not gap.strip("tgOd") and (day := date_days.edge(piece, today, prefer, last=ahead)):
            return _Anchor(at, day)
    return None


def _earlier(said: Sequence[Piece], before: int, ahead: bool, today: date, prefer: Prefer) -> _Anchor | None:
    """The last day that was named before."""
    for at in range(len(said) - 1, -1, -1):
        if said[at].end <= before and (day := date_days.edge(said[at], today, prefer, last=ahead)):
            return _Anchor(at, day)
    return None


def _put(said: Sequence[Piece], start: int, end: int, days: Sequence[date], anchor: int) -> list[Piece]:
    """The pieces with these days at this place, and the day they lie beside in the story."""
    piece = Piece("days", start, end, date_days.points(days))
    kept = [
        replace(one, kind="aside") if at == anchor and one.kind != "denied" else one
        for at, one in enumerate(said)
        if at == anchor or not (one.start < end and start < one.end)
    ]
    return sorted([*kept, piece], key=lambda one: one.start)


def _weekdays(said: list[Piece], atoms: Sequence[Atom], line: str, today: date, prefer: Prefer) -> list[Piece]:
    """ "The gallery thing is Feb 13, so the Friday before and Monday after": beside the day that was named earlier."""
    found: list[Piece] = []
    for piece in said:
        at = piece.end
        word = atoms[at].text if at < len(atoms) else ""
        side = True if word in _AFTER else False if word in _BEFORE else None
        while side is not None and at + 1 < len(atoms) and atoms[at + 1].text in _THAT:
            at += 1
        follows = any(
            other.start in (at + 1, at + 2) and line[at + 1 : other.start] in ("", "t", "g", "O") for other in said
        )
        weekdays = piece.weekdays
        if side is None or follows or not weekdays:
            found.append(piece)
            continue
        anchor = _earlier(found, piece.start, side, today, prefer)
        last = found[-1] if found else None
        joined = last is not None and last.unit == "near" and line[last.end : piece.start].strip("t") in _JOINTS
        if joined and last is not None:
            anchor = _earlier(found[:-1], piece.start, side, today, prefer)
        if anchor is None:
            found.append(piece)
            continue
        days = sorted(date_days.weekday(anchor.day, weekday, ahead=side) for weekday in weekdays)
        if found[anchor.at].kind != "denied":
            found[anchor.at] = replace(found[anchor.at], kind="aside")
        points = tuple(Point.on(day) for day in days)
        if joined and last is not None:
            found[-1] = replace(last, end=at + 1, points=(*last.points, *points))
        else:
            found.append(replace(piece, end=at + 1, points=points, unit="near"))
    return found


def _and_the_next(said: list[Piece], line: str, today: date, prefer: Prefer) -> list[Piece]:
    """ "2 December, I need that day and the next": the day that follows it, too."""
    for told in _THE_NEXT.finditer(line):
        day = _earlier(said, told.start(), True, today, prefer)
        piece = said[day.at] if day is not None else None
        if day is None or piece is None or date_days.single(piece, today, prefer) is None or piece.kind != "days":
            continue
        points = (Point.on(day.day), Point.on(day.day + date_days.ONE_DAY))
        return [replace(one, end=told.end(), points=points) if one is piece else one for one in said]
    return said


def _whole_week(said: list[Piece], atoms: Sequence[Atom], line: str, today: date, prefer: Prefer) -> list[Piece]:
    """ "Board meets on 29 January; put me down for the week following", "hari kerja berikutnya", "the one after it"."""
    if (further := _week_further(said, atoms, line)) is not None:
        return further
    for pattern in (_DAY_AFTER, _WEEK_AFTER):
        for told in pattern.finditer(line):
            word = next(atom for atom in atoms[told.start() : told.end()] if atom.letter == "N")
            anchor = _earlier(said, told.start(), True, today, prefer)
            if anchor is None or anchor.day <= today or (pattern is _WEEK_AFTER and word.text not in _AFTER):
                continue
            if not any(point.day is not None for point in said[anchor.at].each):
                continue
            if pattern is _DAY_AFTER:
                return _put(said, told.start(), told.end(), date_days.working(anchor.day, 1, ahead=True), anchor.at)
            monday = date_resolve.moved(anchor.day, days=date_days.WEEK - anchor.day.weekday())
            week = date_days.working(monday - date_days.ONE_DAY, 5, ahead=True)
            return _put(said, told.start(), told.end(), week, anchor.at)
    return said


def _week_further(said: Sequence[Piece], atoms: Sequence[Atom], line: str) -> list[Piece] | None:
    """ "Not next week, the week after", "not next week but the one after"."""
    for piece in said:
        point = piece.points[0] if len(piece.points) == 1 else None
        if (
            not isinstance(point, Point)
            or point.span != "week"
            or point.day
            or not date_grammar.denied(line, piece.start)
        ):
            continue
        behind = [atom.text for atom in atoms[piece.end : piece.end + 5]]
        if "after" in behind and {"week", "one"} & set(behind[: behind.index("after")]):
            last = piece.end + behind.index("after") + 1
            week = replace(piece, start=last - 1, end=last, points=(replace(point, shift=(point.shift or 0) + 1),))
            kept = [one for one in said if not (one.start < last and piece.end <= one.start)]
            return [each for one in kept for each in ((replace(one, kind="denied"), week) if one is piece else (one,))]
    return None


def around(said: Sequence[Piece], today: date) -> list[Piece]:
    """The pieces; weekdays that are asked for lie about the day that the story names, where that is not this week.

    "Nikahan tanggal 9 Januari, saya cuti Jumat sama Senin", "in KL from the 20th to the 23rd, so only Monday".
    """
    found = list(said)
    for at, piece in enumerate(found):
        weekdays = piece.weekdays
        stories = [one for one in found[:at] if one.kind in ("aside", "denied", "until")]
        story = next((one for one in reversed(stories) if _by_number(one)), None)
        if not weekdays or story is None:
            continue
        first = date_days.edge(story, today, "future", last=False)
        last = date_days.edge(story, today, "future", last=True)
        if first is None or last is None or (last - today <= _FAR and "until" not in (story.kind, story.unit)):
            continue
        found[at] = _about(piece, first, last)
    return found


def _by_number(piece: Piece) -> bool:
    return any(point.day is not None for point in piece.each)


def _about(piece: Piece, first: date, last: date) -> Piece:
    """The weekdays of a piece in or next to a stretch of days, one after the other."""
    since: date | None = None

    def near(point: Point) -> Point:
        nonlocal since
        weekday = point.weekday or 0
        if since is not None:
            since = date_days.weekday(since, weekday, ahead=True)
            return Point.on(since)
        within = date_days.weekday(first - date_days.ONE_DAY, weekday, ahead=True)
        if within > last:
            after, before = date_days.weekday(last, weekday, ahead=True), date_days.weekday(first, weekday, ahead=False)
            within = after if after - last <= first - before else before
        since = within
        return Point.on(within)

    return piece.with_each(near)
