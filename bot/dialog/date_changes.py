"""What a sentence does to leave whose days it names: keeps or cancels some of them, moves them, or makes them more.

"I said the 7th to the 11th, cut it down to the first two days", "cancel the Wednesday of my 14-17 December leave",
"move my 7-9 December days a week later". The days that are named stand; what is done to them makes others of them.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.dialog import date_days, date_resolve
from bot.dialog.date_grammar import Piece
from bot.dialog.date_points import Point
from bot.dialog.date_resolve import Prefer
from bot.dialog.date_words import Atom

_LONGEST = timedelta(days=62)
_CANCELS = re.compile(
    r"\b(?:cancel\w*|batal\w*|dibatal\w*|scratch|withdraw|drop|tarik|hapus\w*|call off|hangus\w*|tidak jadi)\b"
)
_CUTS = re.compile(
    r"\b(?:cut(?:s|ting)?|potong\w*|dipotong|kurang\w*|dikurang\w*|shorten\w*|trim\w*|reduce\w*|pangkas\w*|keep"
    r"|only need|need only|cukup|sisakan|sisain|tinggal|pendek\w*|dipendek\w*|remove|take off)\b"
)
_TO = re.compile(r"\b(?:to|down|jadi|menjadi|only|just|saja|keep|cukup|hanya|tinggal|sisa\w*|need)\b")
_LATER = re.compile(
    r"\b(?:later|back|undur\w*|diundur\w*|mundur\w*|dimundur\w*|postpone\w*|delay\w*|geser\w*|digeser|setelahnya|after|further)\b"
)
_EARLIER = re.compile(r"\b(?:earlier|maju\w*|dimaju\w*|forward|sooner|sebelumnya|lebih awal)\b")
_MOVES = re.compile(
    r"\b(?:move|moved|shift|push|bring|put|postpone|delay|slide|same days|reschedule|resched|pindah\w*|dipindah\w*"
    r"|geser\w*|digeser\w*|undur\w*|diundur\w*|mundur\w*|dimundur\w*|maju\w*|dimaju\w*|start|mulai\w*)\b"
)
_EXTENDS = re.compile(
    r"\b(?:extend\w*|perpanjang\w*|diperpanjang|tambah\w*|ditambah\w*|nambah\w*|add|longer|lengthen)\b"
)
_ENDS = re.compile(
    r"\b(?:(?:to|should|now|will|must) (?:end|finish)|ends on|finish\w* on|selesai\w*|berakhir|extend\w*|perpanjang\w*"
    r"|only (?:be|go|run)|be only|diperpanjang|shorten\w*|pendek\w*|dipendek\w*|perpendek|diperpendek)\b"
)
_UNTIL = frozenset("to until till through on sampai hingga jadi menjadi ke".split())
_STARTS = re.compile(r"\b(?:start|starts|starting|begin|mulai\w*)\b")
_BEGINS = re.compile(r"\b(?:begin|begins|start|starts|mulai|mulainya|dimulai)\b(?! (?:from|dari) .* (?:to|sampai))")
_REST = re.compile(r"\b(?:remaining|the rest|rest of (?:it|them)|the others?|sisanya|selebihnya|yang lain\w*)\b")
_TAKES = re.compile(r"\b(?:only|just|saja|hanya|cuma)\b")
_SO_MANY = (
    re.compile(r"t?(?P<first>o)(?P<n>n)(?:ft?[ui])?b?d?"),
    re.compile(r"t?(?P<last>[Lu])(?P<n>n)(?:ft?[ui])?b?d?"),
    re.compile(r"(?P<n>n)b?(?:d(?P<z>z)|(?P<q>[FT]))"),
)
_ONE = re.compile(r"t?(?:(?P<first>F)|(?P<last>T)|(?P<nth>o)(?P<what>[nu]))")
_SHIFTS = re.compile(r"(?:(?P<n>[n1])u?b?(?P<u>[dw])|(?P<E>E))")
_LASTS = frozenset("last final terakhir ending".split())


def changed(
    said: Sequence[Piece], atoms: Sequence[Atom], plain: str, line: str, today: date, prefer: Prefer
) -> list[Piece]:
    """The pieces, with the days that are meant in the place of those that stood."""
    standing = [piece for piece in said if _dates(piece)]
    if not standing or prefer == "past":
        return list(said)
    days = {id(piece): date_days.named(piece, today, prefer) for piece in standing}
    whole = max(standing, key=lambda piece: (len(days[id(piece)]), -piece.start))
    there = days[id(whole)]
    meant = _another_end(there, whole, said, atoms, plain, today, prefer)
    if not meant and len(there) > 1:
        meant = _some(there, whole, said, atoms, plain, line, today, prefer)
    meant = meant or _elsewhere(there, whole, said, atoms, plain, line)
    if not meant:
        return list(said)
    found = replace(whole, points=date_days.points(meant), unit="changed")
    return [
        found
        if piece is whole
        else replace(piece, kind="aside")
        if piece.kind in ("days", "until", "beside")
        else piece
        for piece in said
        if piece.kind not in ("length", "offset", "unsure")
    ]


def _dates(piece: Piece) -> bool:
    points = piece.each
    return piece.kind == "days" and bool(points) and any(point.day is not None for point in points)


def _another_end(
    there: Sequence[date], whole: Piece, said: Sequence[Piece], atoms: Sequence[Atom], plain: str, today: date,
    prefer: Prefer,
) -> list[date] | None:  # fmt: skip
    """ "My leave of 14 to 18 December should end on the 16th", "perpanjang sampai tanggal 21": the same first day."""
    others = [piece for piece in said if piece is not whole and piece.kind in ("days", "until") and piece.points]
    if len(others) != 1 or others[0].start < whole.end or not there:
        return None
    end = others[0].points
    if len(end) != 1 or not isinstance(end[0], Point) or end[0].day is None:
        return None
    if (begins := _begins_later(there, others[0], atoms, today, prefer)) is not None:
        return begins
    if not _ENDS.search(plain):
        return None
    near = {atom.text for atom in atoms[max(whole.end, others[0].start - 2) : others[0].start + 1]}
    if not near & _UNTIL:
        return None
    last = date_resolve.single(end[0], today, prefer)
    if last is None or not there[0] <= last <= there[0] + _LONGEST:
        return None
    return [there[0] + timedelta(days=n) for n in range((last - there[0]).days + 1)]


def _begins_later(
    there: Sequence[date], other: Piece, atoms: Sequence[Atom], today: date, prefer: Prefer
) -> list[date] | None:
    """ "My leave of 14-20 December, can it begin on the 16th", "tanggal mulainya diubah menjadi tanggal 16"."""
    near = " ".join(atom.text for atom in atoms[max(0, other.start - 4) : other.start + 1])
    first = date_resolve.single(other.points[0], today, prefer)
    if len(there) < 2 or first is None or not _BEGINS.search(near) or not there[0] < first <= there[-1]:
        return None
    return [day for day in there if day >= first]


def _some(
    there: Sequence[date], whole: Piece, said: Sequence[Piece], atoms: Sequence[Atom], plain: str, line: str,
    today: date, prefer: Prefer,
) -> list[date] | None:  # fmt: skip
    """Those of the days that are kept, or that are called off."""
    cancels, cuts = bool(_CANCELS.search(plain)), bool(_CUTS.search(plain))
    if not (cancels or cuts or _REST.search(plain)):
        return _by_place(there, whole, atoms, line) if _TAKES.search(plain) else None
    placed = _by_place(there, whole, atoms, line)
    picked = placed or _by_name(there, whole, said, today, prefer)
    if not picked or len(picked) == len(there):
        return None
    if cancels:
        return picked
    if _REST.search(plain) or not _TO.search(plain):
        return [day for day in there if day not in picked]
    return picked if placed else None


def _by_place(there: Sequence[date], whole: Piece, atoms: Sequence[Atom], line: str) -> list[date]:
    """ "The first two", "dua hari terakhir", "the second one", "yang tengah"."""
    for pattern in _SO_MANY:
        for told in pattern.finditer(line):
            if told.start() < whole.end and whole.start < told.end():
                continue
            number, groups = atoms[told.start("n")].value, told.groupdict()
            last = groups.get("last") is not None and atoms[told.start("last")].text in _LASTS
            first = groups.get("first") is not None and atoms[told.start("first")].value == 1
            if groups.get("q"):
                if atoms[told.start("q")].text != "hari":
                    continue
                first, last = groups["q"] == "F", groups["q"] == "T"
            if groups.get("z"):
                order = atoms[told.start("z")].value
                first, last = order == 1, order == -1
            if (first or last) and 1 <= number < len(there):
                return list(there[:number] if first else there[-number:])
    for told in _ONE.finditer(line):
        if told.start() < whole.end and whole.start < told.end():
            continue
        word = atoms[told.end() - 1].text
        if told["first"] and word in ("first", "hari"):
            return [there[0]]
        if told["last"] and word in ("last", "hari"):
            return [there[-1]]
        nth = told["nth"] and atoms[told.start("nth")].value
        if nth and word in ("one", "day") and nth <= len(there):
            return [there[nth - 1]]
    texts = [atom.text for atom in atoms]
    if len(there) == 3 and {"tengah", "middle", "tengahnya"} & set(texts):
        return [there[1]]
    after = texts[whole.end :]
    if "E" in line[whole.end :] or "1d" in line[whole.end :]:
        if "depan" in after or "depannya" in after or "front" in after:
            return [there[0]]
        if "belakang" in after or "belakangnya" in after or "end" in after:
            return [there[-1]]
    return []


def _by_name(there: Sequence[date], whole: Piece, said: Sequence[Piece], today: date, prefer: Prefer) -> list[date]:
    """ "The Wednesday of my 14-17 December leave", "cuti tanggal 1 sama 2, yang tanggal 2 batalin"."""
    others = [
        piece for piece in said if piece is not whole and piece.kind in ("days", "aside", "denied") and piece.points
    ]
    if len(others) > 2:
        return []
    for other in others:
        points = other.each
        if all(point.weekday is not None and point.day is None and point.shift is None for point in points):
            named = [day for day in there if day.weekday() in {point.weekday for point in points}]
        elif all(point.bare for point in points) and isinstance(other.points[0], Point):
            named = [day for day in there if day.day in {point.day for point in points}]
        else:
            named = [day for day in date_days.named(other, today, prefer) if day in there]
        if named:
            return named
    return []


def _elsewhere(
    there: Sequence[date], whole: Piece, said: Sequence[Piece], atoms: Sequence[Atom], plain: str, line: str
) -> list[date] | None:
    """The days so many days or weeks away, or with so many more of them."""
    if not there or any(
        _dates(piece) and piece is not whole and not set(_flat(piece)) <= set(_flat(whole)) for piece in said
    ):
        return None
    shift = next(
        (told for told in _SHIFTS.finditer(line) if not (told.start() < whole.end and whole.start < told.end())), None
    )
    if shift is None:
        return None
    amount, unit = (
        ({1: (1, "d"), 5: (1, "w"), 2: (2, "d"), 14: (2, "w")}.get(atoms[shift.start()].value, (0, "d")))
        if shift["E"] else (atoms[shift.start()].value, shift["u"])
    )  # fmt: skip
    later, earlier = bool(_LATER.search(plain)), bool(_EARLIER.search(plain))
    if not 1 <= amount <= 10:
        return None
    if (
        _EXTENDS.search(plain)
        and unit == "d"
        and not earlier
        and "c" in line[shift.end() : whole.start]
        and amount == len(there)
    ):
        return list(there)  # "tambah satu hari lagi, Kamis tanggal 13"
    if _EXTENDS.search(plain) and unit == "d" and not earlier:
        return [*there, *date_days.working(there[-1], amount, ahead=True)]
    if later == earlier or not _MOVES.search(plain):
        return None
    step = timedelta(days=amount * (date_days.WEEK if unit == "w" else 1) * (1 if later else -1))
    if len(there) > 1 and unit == "d" and _STARTS.search(plain):
        first = there[0] + step
        return [day for day in there if day >= first] if later else [first, *there]
    moved = [day + step for day in there]
    return moved if unit == "w" or all(day.weekday() < 5 for day in moved) else None


def _flat(piece: Piece) -> list[int | None]:
    return [point.day for point in piece.each]
