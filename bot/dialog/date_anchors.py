"""Days that are named by another one: "the day after", "the Friday before it", "sehari setelah tanggal 17"."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.dialog import date_days, date_resolve
from bot.dialog.date_grammar import Piece
from bot.dialog.date_points import Point
from bot.dialog.date_resolve import Prefer
from bot.dialog.date_words import Atom

_FEW_WORDS = 4
_JOINTS = ("A", "cA")
_THAT_DAY = (["hari", "itu"], ["that", "day"])
_TOMORROW = frozenset(("besoknya", "keesokannya", "esoknya"))
_BEFORE = frozenset(("before", "sebelum"))
_AFTER = frozenset(("after", "setelah", "sesudah", "habis"))


def dated(said: Sequence[Piece], atoms: Sequence[Atom], line: str, today: date, prefer: Prefer) -> list[Piece]:
    """The pieces; a day beside another becomes a day of the calendar, and the other belongs to the story.

    "Yesterday and the day before", "tanggal 7 dan besoknya" are both days.
    """
    found = _on_both_sides(list(said), line, today, prefer)
    for at, piece in enumerate(found):
        if piece.kind != "beside":
            continue
        if abs(piece.amount) == date_days.WEEK:
            _weekdays_beside(found, at, today, prefer)
        elif not _and_beside(found, at, line, today, prefer):
            _next_to(found, at, atoms, today, prefer)
            if found[at].kind == "beside" and atoms[piece.start].text in _TOMORROW:
                found[at] = replace(piece, kind="days", points=(Point(offset=piece.amount),), amount=0)
    return [piece for piece in found if piece.kind != "beside"]


def _on_both_sides(found: list[Piece], line: str, today: date, prefer: Prefer) -> list[Piece]:
    """ "The day before and the day after the 14th", "the day before the 14th and the day after it"."""
    for at in range(len(found) - 1):
        one, other = found[at], found[at + 1]
        between = found[at + 2] if len(found) > at + 2 else None
        if one.kind == other.kind == "beside" and line[one.end : other.start].strip("t") == "A":
            anchors = [each for each in (between, found[at - 1] if at else None) if each is not None]
        elif one.kind == "beside" and between is not None and between.kind == "beside" and other.kind == "days":
            anchors, other = [other], between
        else:
            continue
        for anchor in anchors:
            day = date_days.single(anchor, today, prefer)
            if day is not None and abs(one.amount) == abs(other.amount) == 1:
                days = sorted(date_resolve.moved(day, days=each.amount) for each in (one, other))
                whole = _on(one, days, other.end)
                return [
                    whole if piece is one else replace(piece, kind="aside") if piece is anchor else piece
                    for piece in found
                    if piece is not other
                ]
    return found


def beside(said: Sequence[Piece], atoms: Sequence[Atom], today: date, prefer: Prefer) -> list[Piece]:
    """The pieces; "the Friday before 25 December" is the last such weekday before that day."""
    found = list(said)
    for at in range(len(found) - 1):
        one, other = found[at], found[at + 1]
        word = atoms[one.end].text if other.start - one.end == 1 else ""
        weekday = one.points[0].weekday if len(one.points) == 1 and isinstance(one.points[0], Point) else None
        if word in _BEFORE and (both := _weekdays_of(one)) and (before := date_days.single(other, today, prefer)):
            last = date_days.weekday(before, both[1], ahead=False)
            first = date_resolve.moved(last, days=-((last.weekday() - both[0]) % date_days.WEEK))
            points = ((Point.on(first), Point.on(last)),)
            found[at] = replace(one, points=points, end=other.end)
            found[at + 1] = replace(other, kind="aside")
            continue
        anchor = date_days.single(other, today, prefer) if word in _BEFORE | _AFTER and one.kind == "days" else None
        listed = all(isinstance(point, Point) for point in one.points)
        if anchor and len(one.points) > 1 and listed and one.weekdays:
            days = sorted(date_days.weekday(anchor, each, ahead=word in _AFTER) for each in one.weekdays)
            found[at] = _on(one, days, other.end)
            found[at + 1] = replace(other, kind="aside")
            continue
        plain = one.points in (
            (Point(weekday=weekday),),
            (Point(weekday=weekday, shift=-1),),
        )  # "the last Friday before"
        if anchor and weekday is not None and plain:
            found[at] = _on(one, [date_days.weekday(anchor, weekday, ahead=word in _AFTER)], other.end)
            found[at + 1] = replace(other, kind="aside")
    return found


def _weekdays_of(piece: Piece) -> tuple[int, int] | None:
    """The weekdays of "Tuesday until Thursday", where nothing else is said of them."""
    if piece.kind != "days" or len(piece.points) != 1 or not isinstance(piece.points[0], tuple):
        return None
    first, last = piece.points[0]
    if first.weekday is None or last.weekday is None:
        return None
    plain = first == Point(weekday=first.weekday) and last == Point(weekday=last.weekday)
    return (first.weekday, last.weekday) if plain else None


def _next_to(found: list[Piece], at: int, atoms: Sequence[Atom], today: date, prefer: Prefer) -> None:
    """ "Sehari setelah tanggal 17" goes from the day that follows, "not today, the day after" from the one before."""
    piece = found[at]
    follows = at + 1 < len(found) and _leads_on(atoms[piece.end : found[at + 1].start])
    for other in ([at + 1] if follows else []) + list(range(at - 1, -1, -1)):
        if (anchor := date_days.single(found[other], today, prefer)) is not None:
            days = [date_resolve.moved(anchor, days=piece.amount)]
            if piece.start > 2 and [atom.text for atom in atoms[piece.start - 3 : piece.start - 1]] in _THAT_DAY:
                days = sorted([anchor, *days])  # "wisuda tanggal 15, cuti hari itu sama besoknya"
            found[at] = _on(piece, days, piece.end)
            _set_aside(found, other)
            return


def _leads_on(between: Sequence[Atom]) -> bool:
    """ "The day after my night shift on Thursday": nothing but what that day is."""
    return len(between) <= _FEW_WORDS and all(atom.letter in "uOtg" and atom.text.isalpha() for atom in between)


def _and_beside(found: list[Piece], at: int, line: str, today: date, prefer: Prefer) -> bool:
    """ "Yesterday and the day before": whether both are meant, and then they are one piece."""
    piece = found[at]
    before = found[at - 1] if at else None
    if (
        before is None
        or before.kind != "days"
        or line[max(0, before.start - 1)] == "x"
        or line[before.end : piece.start] not in _JOINTS
    ):
        return False
    last = before.points[-1]
    anchor = date_resolve.single(last[1] if isinstance(last, tuple) else last, today, prefer)
    if anchor is None or (at + 1 < len(found) and found[at + 1].start == piece.end):
        return False
    day = date_resolve.moved(anchor, days=piece.amount)
    whole = replace(before, end=piece.end, points=(*before.points, Point.on(day)))
    if piece.amount < 0 and len(before.points) == 1:
        whole = replace(whole, points=whole.points[::-1])
    found[at - 1] = whole
    found[at] = replace(piece, kind="aside", amount=0)
    return True


def _weekdays_beside(found: list[Piece], at: int, today: date, prefer: Prefer) -> None:
    """Weekdays before or after a day that was named earlier."""
    if at < 2 or found[at - 1].kind != "days" or found[at - 1].end != found[at].start:
        return
    named = [point.weekday for point in found[at - 1].points if isinstance(point, Point) and point.day is None]
    weekdays = [weekday for weekday in named if weekday is not None]
    anchors = [other for other in range(at - 2, -1, -1) if date_days.single(found[other], today, prefer)]
    anchor = date_days.single(found[anchors[0]], today, prefer) if anchors else None
    if anchor is None or len(weekdays) != len(found[at - 1].points):
        return
    days = sorted(date_days.weekday(anchor, weekday, ahead=found[at].amount > 0) for weekday in weekdays)
    found[at - 1] = _on(found[at - 1], days, found[at].end)
    _set_aside(found, anchors[0])


def _set_aside(found: list[Piece], at: int) -> None:
    if found[at].kind != "denied":
        found[at] = replace(found[at], kind="aside")


def _on(piece: Piece, days: Sequence[date], end: int) -> Piece:
    return replace(piece, kind="days", end=end, amount=0, points=tuple(Point.on(day) for day in days))
