"""Days that are named twice: by weekday and by figures, first wrong and then right, or by the week they lie in.

"Senin sampai Rabu, tanggal 7-9", "Friday morning, 4 Dec", "Rabu, eh bukan, Selasa", "Senin dua minggu lagi".
"""

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.dialog import date_grammar, date_resolve, date_roles
from bot.dialog.date_grammar import Piece
from bot.dialog.date_points import GONE, Point
from bot.dialog.date_words import Atom

_BEFORE_THAT = frozenset("maune tadinya awalnya semula sebelumnya earlier originally previously initially".split())
_MEANING = frozenset("maksud maksudku maksudnya saya aku i mean meant harusnya salah sanes guduk dudu bukan no".split())
_RATHER = frozenset("should supposed harusnya seharusnya mestinya padahal therefore".split())
DROPPED = frozenset("longer batal batalkan batalin dibatalkan cancel cancelling canceling cancelled scrap drop".split())
_INSTEAD = frozenset("avail need want take gantinya ganti diganti sebagai instead jadinya pindah mau cuti".split())
_WRONG = frozenset("correction koreksi ralat typo salah maksudnya maksudku meant".split())
_NOW = frozenset("jadi menjadi jadiin jadikan dijadikan dadi ganti diganti pindah now become becomes instead".split())
MOVING = frozenset(
    "pindah pindahin dipindah pindahkan dipindahkan dipindahin geser digeser geserin digeserkan alihkan "
    "dialihkan ganti diganti gantiin ubah diubah ubahin tukar ditukar tukerin change changed move moved "
    "moving reschedule rescheduled swap switch shift postpone prepone push bring majukan dimajukan majuin "
    "mundurin dimundurkan mundur undur undurkan mundurkan diundurkan diundur perubahan "
    "shorten cut kurangi dikurangi potong "
    "dipotong become becomes jadi menjadi jadiin jadikan dijadikan dadi digantikan gantikan amend resched sked "
    "re-sked pushed postponed delayed bumped shove".split()
)
_INTO = frozenset("ke nang ka nyang neng jadi menjadi jadiin jadikan dijadikan dadi to into become becomes > →".split())
_ALIAS = frozenset("alias yaitu yakni namely".split())
ELSEWHERE = frozenset("now moved pushed rescheduled diundur".split())
_WITH = frozenset(("dengan", "with"))
_EXACTLY = frozenset("tepatnya tepat yaitu yakni namely alias ie so".split())
_ALL_OF_IT = re.compile(
    r"\b(?:(?:for |take )?all of (?:that|it)|the whole time|(?:take )?those days|segitu"
    r"|selama itu|all (?:three|four|five) days)\b"
)
_BOTH = re.compile(
    r"\b(?:both(?: the)? (?:days|off)|those two days|(?:dua|kedua) hari itu|take both|leave both"
    r"|dua - duanya|dua duanya|dua2(?:nya)?|keduanya)\b"
)
_ENDS_TOLD = re.compile(
    r"\bfirst (?:day|one)\b.+\blast (?:day|one)\b|\bhari pertama\b.+\bhari terakhir\b"
    r"|\b(?:between|antara)\b.+\b(?:both|inclusive|included|keduanya|duanya)\b"
)
_SHORTER = re.compile(r"\b(?:pendek\w*|perpendek|dipendek\w*|shorten\w*|cut(?:ting)?|trim|sampai|end(?:s|ing)? on)\b")
_LONGER = re.compile(
    r"\b(?:extend\w*|perpanjang\w*|diperpanjang)\b.*\b(?:to|until|till|through|sampai|jadi|hingga|ke)\b"
)
_HANDED_IN = frozenset(
    "ajukan mengajukan kuajukan submit submitted applied apply requested filed diajukan ngajuin bilang told".split()
)
_FAR = 6  # words between what was said first and what takes its place


def weeks_away(said: list[Piece]) -> list[Piece]:
    """ "Senin dua minggu lagi", "Monday in two weeks": the weekday of the week that is so far away."""
    for one, other in itertools.pairwise(said):
        weeks, day = (one, other) if one.kind == "offset" else (other, one)
        if weeks.kind != "offset" or weeks.unit != "w" or day.kind != "days" or len(day.points) != 1:
            continue
        point = day.points[0]
        near = other.start - one.end <= 1
        if near and isinstance(point, Point) and point == Point(weekday=point.weekday) and point.weekday is not None:
            meant = replace(point, shift=weeks.amount, sure=True)
            whole = replace(day, start=one.start, end=other.end, points=(meant,))
            return [whole if piece is one else piece for piece in said if piece is not other]
    return said


def of_one_week(said: list[Piece], atoms: Sequence[Atom]) -> list[Piece]:
    """ "Minggu lalu saya tidak masuk hari Kamis": a weekday said apart is of the week that was named.

    Not so the week in which it was asked for: "cuti Selasa belum disetujui, dari minggu lalu saya ajukan".
    """
    said = [
        replace(piece, kind="aside")
        if piece.kind == "days" and _span(piece.points[0]) == "week" and _asked_then(piece, atoms)
        else piece
        for piece in said
    ]
    weeks = [p for p in said if p.kind == "days" and len(p.points) == 1 and _span(p.points[0])]
    last = [p.points[0] for p in weeks if isinstance(p.points[0], Point) and p.points[0].shift == -1]
    if last:  # "Minggu lalu, hari Minggu tanggal 22": that day is over
        said = [
            p.with_each(lambda point: replace(point, shift=GONE) if point.bare else point)
            if p.kind == "days" and p not in weeks and _all(p, lambda point: point.bare)
            else p
            for p in said
        ]
        weeks = [p for p in weeks if not any(_all(o, lambda point: point.shift == GONE) for o in said)] or weeks
    if len(weeks) != 1 or not isinstance(week := weeks[0].points[0], Point) or week.shift is None:
        return said
    for piece in said:
        points = piece.each
        plain = all(p.weekday is not None and p == Point(weekday=p.weekday, doubtful=p.doubtful) for p in points)
        if piece.kind in ("days", "unsure") and points and plain:
            meant = piece.with_each(lambda point: replace(point, shift=week.shift, sure=True))
            return [meant if one is piece else one for one in said if one is not weeks[0]]
    return said


def _asked_then(piece: Piece, atoms: Sequence[Atom]) -> bool:
    near = {atom.text for atom in atoms[max(0, piece.start - 4) : piece.end + 3]}
    past = isinstance(piece.points[0], Point) and (piece.points[0].shift or 0) < 0
    return past and bool(near & _HANDED_IN)


def _span(point: Point | tuple[Point, Point]) -> str | None:
    return point.span if isinstance(point, Point) else None


def in_all(said: list[Piece], plain: str) -> list[Piece]:
    """ "Flying out on the 3rd, back on the 9th, leave for all of that"; "coming on the 16th, going 17th, both days"."""
    every, both = _ALL_OF_IT.search(plain) or _ENDS_TOLD.search(plain), _BOTH.search(plain)
    between = [piece for piece in said if piece.kind in ("days", "unsure") and len(piece.points) == 2]
    if _ENDS_TOLD.search(plain) and len(between) == 1 and between[0].dated:
        begins, ends = between[0].points
        if isinstance(begins, Point) and isinstance(ends, Point):  # "between the 14th and the 18th, both included"
            whole = replace(between[0], kind="days", points=((begins, ends),), unit="all")
            return [whole if piece is between[0] else piece for piece in said]
    days = [piece for piece in said if piece.kind in ("days", "aside", "unsure") and piece.points]
    days = [piece for piece in days if not piece.month]
    told = [piece for piece in days if piece.kind == "unsure" and len(piece.points) == 2]
    if both and len(told) == 1:
        return [replace(piece, kind="days") if piece is told[0] else piece for piece in said]
    if not (every or both) or len(days) != 2 or not (both or all(piece.dated for piece in days)):
        return said
    first, last = days[0].points, days[1].points
    if both and any(len(each) != 1 or isinstance(each[0], tuple) for each in (first, last)):
        whole = replace(days[0], kind="days", points=(*first, *last))
        return [
            whole if piece is days[0] else replace(piece, kind="aside") if piece is days[1] else piece for piece in said
        ]
    if len(first) != 1 or len(last) != 1 or isinstance(first[0], tuple) or isinstance(last[0], tuple):
        return said
    whole = replace(days[0], kind="days", points=((first[0], last[0]),) if every else (first[0], last[0]))
    return [
        whole if piece is days[0] else replace(piece, kind="aside") if piece is days[1] else piece for piece in said
    ]


def shortened(said: list[Piece], plain: str) -> list[Piece]:
    """ "Cuti yang 14-18 Des pendekin sampai tanggal 17": the same first day, another last one."""
    ranges = [
        piece
        for piece in said
        if piece.kind == "days" and len(piece.points) == 1 and isinstance(piece.points[0], tuple)
    ]
    ends = [piece for piece in said if piece.kind == "until"]
    if len(ranges) != 1 or len(ends) != 1 or not _SHORTER.search(plain) or ends[0].start < ranges[0].end:
        return said
    stretch = ranges[0].points[0]
    assert isinstance(stretch, tuple)
    first, last = stretch
    end = ends[0].points[0]
    assert isinstance(end, Point)
    model = first if first.month else last
    end = replace(end, month=model.month, year=model.year, weekday=None) if end.bare else end
    whole = replace(ranges[0], points=((first, end),))
    return [whole if piece is ranges[0] else piece for piece in said if piece is not ends[0]]


def extended(said: list[Piece], plain: str) -> list[Piece]:
    """ "My leave is 14-16 December, could that be extended to the 18th?": the same first day, a later last one."""
    days = [piece for piece in said if piece.kind in ("days", "denied", "aside", "until")]
    if len(days) != 2 or not _LONGER.search(plain) or len(days[0].points) != 1 or len(days[1].points) != 1:
        return said
    stretch, end = days[0].points[0], days[1].points[0]
    if not isinstance(end, Point) or end.day is None or end.weekday is not None:
        return said
    first, model = (stretch[0], stretch[1]) if isinstance(stretch, tuple) else (stretch, stretch)
    if first.day is None or (end.bare and end.day <= (model.day or 0)):
        return said
    end = replace(end, month=model.month, year=model.year) if end.bare else end
    whole = replace(days[0], kind="days", points=((first, end),))
    return [whole if piece is days[0] else piece for piece in said if piece is not days[1]]


def too(said: list[Piece], atoms: Sequence[Atom], line: str) -> list[Piece]:
    """ "Kemarin saya sakit, dan hari ini juga": days in a row that the sentence adds up."""
    for one, other in itertools.pairwise(said):
        if one.kind != "days" or other.kind != "days":
            continue
        goes_on = {atom.text for atom in atoms[max(one.end, other.start - 2) : other.end + 2]} & {"masih", "still"}
        if line[max(0, other.start - 1)] != "A" and not goes_on:
            continue
        last, more = one.points[-1], other.points[0]
        if isinstance(last, Point) and isinstance(more, Point) and len(other.points) == 1:
            in_a_row = last == Point(offset=last.offset) and more == Point(offset=more.offset)
            if in_a_row and last.offset is not None and more.offset == last.offset + 1:
                whole = replace(one, points=(*one.points, more))
                return [whole if piece is one else piece for piece in said if piece is not other]
    return said


def exactly(said: list[Piece], atoms: Sequence[Atom]) -> list[Piece]:
    """ "Dua minggu setelah Senin, tepatnya tanggal 14": what is named exactly takes the place of what came before."""
    for at, piece in enumerate(said):
        dated = piece.kind == "days" and (piece.dated or (at > 0 and atoms[piece.start - 1].text in _ALIAS))
        before = [atom.text for atom in atoms[max(0, piece.start - 3) : piece.start] if atom.letter not in "tgcOd"]
        if at and dated and before[-1:] != [] and before[-1] in _EXACTLY:
            return [replace(one, kind="aside") for one in said[:at]] + said[at:]
    return said


def in_figures(said: Sequence[Piece], atoms: Sequence[Atom], line: str, today: date) -> list[Piece]:
    """The pieces; weekdays that the figures beside them name again only tell the same ("same")."""
    meant = [piece for piece in said if piece.kind == "days" and not date_grammar.denied(line, piece.start)]
    dated = [piece for piece in meant if piece.dated]
    if len(dated) != 1:
        return list(said)
    days = set(_weekdays(dated[0], today))

    def concludes(piece: Piece) -> bool:
        """ "In Kuala Lumpur from the 20th to the 23rd, so leave on Monday only": less than what is told."""
        so = {atom.text for atom in atoms[max(0, piece.start - 4) : piece.start]} & date_roles.SO
        return bool(so) and isinstance(dated[0].points[0], tuple) and piece.start > dated[0].end

    return [
        replace(piece, kind="same")
        if piece in meant and piece is not dated[0] and _again(piece, days) and not concludes(piece)
        else piece
        for piece in said
    ]


def _again(piece: Piece, days: set[int]) -> bool:
    if not _all(piece, lambda point: point.day is None and point.offset is None and point.nth is None):
        return False
    points = piece.each
    return all(point.span or point.weekday in days or (point.doubtful and len(points) == 1) for point in points)


def _all(piece: Piece, told: Callable[[Point], bool]) -> bool:
    return bool(piece.points) and all(told(point) for point in piece.each)


def _weekdays(piece: Piece, today: date) -> Iterator[int]:
    """The weekdays of the days a piece names in figures, next time and last time."""
    for prefer in ("future", "past"):
        for point in piece.points:
            try:
                first, last, _ = date_resolve.extent(point, today, prefer)
            except ValueError:
                continue
            for days in range(min((last - first).days, 6) + 1):
                yield (first + timedelta(days=days)).weekday()


def taken_back(said: Sequence[Piece], atoms: Sequence[Atom], line: str) -> list[Piece]:
    """The pieces; what "eh bukan" or "tadinya ... jadi" puts something else in the place of is denied."""
    found = list(said)
    days = [piece for piece in said if piece.kind in ("days", "offset")]
    for one, other in itertools.pairwise(days):
        between = [atom.text for atom in atoms[one.end : other.start]]
        begun = {atom.text for atom in atoms[max(0, one.start - _FAR) : one.start]}
        slip = re.fullmatch(r"[^!]{0,4}!+[xcuOg!]{0,3}", line[one.end : other.start]) and all(
            atom.text in _MEANING
            for atom in itertools.takewhile(lambda atom: atom.letter != "!", reversed(atoms[one.end : other.start]))
            if atom.letter == "u"
        )
        slip = slip or (
            not begun & _RATHER and bool(_RATHER & set(between))
        )  # "I wrote the 18th, it should be the 8th"
        stands = {atom.text for atom in atoms[one.end : other.end + 4]} & date_roles.STANDS
        slip = slip or (bool(begun & DROPPED) and bool(set(between) & (_INSTEAD | ELSEWHERE)) and not stands)
        slip = slip or (_alike(one, other) and bool(_WRONG & set(between)))
        asks = re.fullmatch(r"(?:u1?|c)?xc[UOgtF]*", line[one.end : other.start])
        slip = slip or (
            bool(asks) and one.end < len(line) and not date_grammar.denied(line, one.start)
        )  # "Friday? no, Monday"
        slip = slip or "make" in between  # "no leave on the 7th after all, make it the 8th"
        if slip and one.points == other.points:
            continue  # "rabu, eh bukan rabu, kamis"
        if slip or (begun & _BEFORE_THAT and set(between[-_FAR:]) & _NOW):
            kept = tuple(point for point in other.points if not slip or point not in one.points)
            better = replace(other, points=kept or other.points)  # "no wait, Wednesday, Tuesday is the release"
            found = [replace(piece, kind="denied") if piece is one else piece for piece in found]
            found = [better if piece is other else piece for piece in found]
    return found


def _alike(one: Piece, other: Piece) -> bool:
    """Whether two pieces name their days in the same way: "Wednesday, meaning the 2nd" is one day."""
    numbers = [{point.day is not None for point in piece.each} for piece in (one, other)]
    return numbers[0] == numbers[1] and bool(numbers[0])


def undenied(said: list[Piece], atoms: Sequence[Atom], line: str) -> list[Piece]:
    """With "bukan senin, selasa" or "tuesday, not monday" one day is meant; the other only leaves the sentence."""
    said = [
        replace(each, kind="denied") if each.kind == "length" and date_grammar.denied(line, each.start) else each
        for each in said
    ]
    said = _other_length(said, atoms, line)
    days = [piece for piece in said if piece.kind in ("days", "offset")][:2]
    if len(days) < 2:
        return said
    wrong = next((piece for piece in days if date_grammar.denied(line, piece.start)), None)
    return [replace(piece, kind="denied") if piece is wrong else piece for piece in said]


def _other_length(said: list[Piece], atoms: Sequence[Atom], line: str) -> list[Piece]:
    """ "Not two days, three": the number that stands alone counts the same."""
    for piece in said:
        after = (
            re.compile(r"cu?n(?!.)|un(?!.)").match(line, piece.end) if piece.kind == "denied" and piece.unit else None
        )
        if after and not any(other.start >= piece.end for other in said):
            at = after.end() - 1
            return [*said, Piece("length", at, at + 1, amount=atoms[at].value, unit=piece.unit)]
    return said


def moved(said: Sequence[Piece], atoms: Sequence[Atom], line: str) -> list[Piece]:
    """The pieces; "pindah dari tanggal 7 ke tanggal 8" and "my leave on the 7th, move it to the 8th" are the 8th."""
    first_moves = next((at for at, atom in enumerate(atoms) if atom.text in MOVING), None)
    if first_moves is None:
        return list(said)
    found = [_its_end(piece, atoms, line, first_moves) for piece in said]
    days = [piece for piece in found if piece.kind in ("days", "offset")]
    for one, other in itertools.pairwise(days):
        joint = [atom.text for atom in atoms[one.end : other.start] if atom.letter not in "gtOFd"]
        into = joint[-1:] != [] and (
            (
                joint[-1] in _INTO
                or joint[-1] in MOVING
                or "now" in joint
                or (joint[-1] in _WITH and joint[-2:-1] != [] and joint[-2] in MOVING)
            )
            or atoms[other.start].text in _INTO
        )
        # "Moved on 14.12." as Germans say it
        onto = _onto(one, other, joint, atoms, line)
        if (into or onto) and (first_moves < one.start or any(text in MOVING for text in joint)):
            # "Mundur sehari jadi tanggal 17": by how much is told by where it goes.
            told = [piece for piece in found if not (piece.kind == "unsure" and one.end <= piece.start < other.start)]
            return [replace(piece, kind="denied") if piece is one else piece for piece in told]
    return found


def _onto(one: Piece, other: Piece, joint: Sequence[str], atoms: Sequence[Atom], line: str) -> bool:
    """ "Moved on 14.12.", "shift it from the 10.12. on the 15.12." """
    before = atoms[other.start].text if line[other.start] in "Oj" else atoms[other.start - 1].text
    if before not in ("on", "at"):
        return False
    return line[one.start] == "F" or (joint[-1:] != [] and joint[-1] in ("moved", "changed"))


def _its_end(piece: Piece, atoms: Sequence[Atom], line: str, moves: int) -> Piece:
    """The day something is moved to, where from and to were read as one stretch."""
    if piece.kind != "days" or len(piece.points) != 1 or not isinstance(piece.points[0], tuple):
        return piece
    if piece.unit == "changed":
        return piece  # it is where it was moved to
    near = moves < piece.start and (line[piece.start] == "F" or piece.start - moves <= _FAR)
    before = atoms[piece.start - 1].text if piece.start else ""
    joins = any(atom.text in ("ke", "to", ">", "→", "- >") for atom in atoms[piece.start : piece.end])
    if not near or not joins or before in _INTO:
        return piece
    first, last = piece.points[0]
    if first.weekday is not None and first.day is None and last.shift is None and first.shift is not None:
        last = replace(last, shift=first.shift, sure=first.sure)
    return replace(piece, points=(last,))


def wide(said: Sequence[Piece], *, between: bool) -> list[Piece]:
    """The pieces for a question about others: a week or month is all of it, and "between" two days joins them."""
    found = []
    for piece in said:
        if piece.kind == "unsure" and piece.points:
            piece = replace(piece, kind="days")
        first, last = (*piece.points, None, None)[:2]
        if between and len(piece.points) == 2 and isinstance(first, Point) and isinstance(last, Point):
            piece = replace(piece, points=((first, last),))
        found.append(piece.with_each(lambda point: replace(point, whole=point.span == "week")))
    return found
