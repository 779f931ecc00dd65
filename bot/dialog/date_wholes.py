"""Whole stretches: the months and quarters a question counts over, and a week by its place in a month.

"How many sick days did I take in October", "jatah triwulan keempat", "sisa cuti sampai 31 Desember berapa", "the last
week of February".
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.dialog import date_resolve
from bot.dialog.date_grammar import Piece
from bot.dialog.date_points import SHIFTS, Point
from bot.dialog.date_words import Atom

_COUNTS = re.compile(
    r"\b(?:how (?:many|much)|berapa|berapo|brp|pira|piro|sabaraha|total|(?:will|would|do|did) i (?:accrue|earn|have)"
    r"|balance|remaining)\b"
)
_NO_COUNT = re.compile(
    r"\b(?:tanggal(?:nya)? berapa|hari berapa|berapa orang|(?:nunggu|menunggu|nyusul|menyusul)|sometime|some time"
    r"|can i take|could i take|i can take|i could take)\b"
)
_DONE = re.compile(r"\b(?:did|have|had|taken|took|used|burn\w*|sudah|terpakai|kepakai|dipakai|kemarin|lalu|was|were)\b")
_MONTHS = re.compile(r"k?(?P<M>M)(?P<Y>Y)?(?:[TA](?:k?(?P<M2>M)(?P<Y2>Y)?))?|k(?P<s>[NILK])|(?P<s2>[NIL])k")
_QUARTERS = frozenset("quarter quarters triwulan kuartal kwartal tw".split())
_QUARTER = re.compile(r"q([1-4])")
_YEARS_END = re.compile(r"\b(?:end of (?:the |this )?year|year ?end|akhir (?:tahun|taun))\b")
_NTH_WEEK = re.compile(
    r"t?(?:(?P<o>[ozL])b?u?[wS]|(?P<o2>[oL])u?(?P<E>E)|[Sw](?P<o3>[zo]))(?:[fiO]t?)?"
    r"(?:k?(?P<M>M)(?P<Y>Y)?|k(?P<s>[NILK])|(?P<s2>[NIL])k)"
)
_WEEK = 7


def counted_over(said: Sequence[Piece], atoms: Sequence[Atom], plain: str, line: str, today: date) -> list[Piece]:
    """The pieces; for a question about how much, whole months and quarters, or the day up to which is counted."""
    if not _COUNTS.search(plain) or _NO_COUNT.search(plain):
        return list(said)
    if any(piece.kind in ("days", "offset") for piece in said):
        return list(said)
    until = [piece for piece in said if piece.kind == "until"]
    if len(until) == 1:
        return [replace(piece, kind="days") if piece is until[0] else piece for piece in said if piece.kind != "unsure"]
    done = bool(_DONE.search(plain))
    found = _quarter(atoms, today) or _months(atoms, line, today, done=done) or _year_end(atoms, plain, today)
    if found is None:
        return list(said)
    return sorted([found, *(piece for piece in said if piece.kind != "unsure")], key=lambda piece: piece.start)


def _months(atoms: Sequence[Atom], line: str, today: date, *, done: bool) -> Piece | None:
    """ "In October", "from January to March", "this month"."""
    told = next(
        (one for one in _MONTHS.finditer(line) if not one["M"] or one["Y"] or not _a_verb(atoms[one.start("M")])), None
    )
    if told is None:
        return None
    if not told["M"]:
        first = date_resolve.moved(today.replace(day=1), months=SHIFTS[told["s"] or told["s2"]])
        return _stretch(told, first, first)
    number, last = atoms[told.start("M")].value, atoms[told.start("M2" if told["M2"] else "M")].value
    year = atoms[told.start("Y")] if told["Y"] else atoms[told.start("Y2")] if told["Y2"] else None
    first = date(int(year.text), number, 1) if year else _nearest(number, today, done=done)
    return _stretch(told, first, date(first.year + (last < number), last, 1))


def _a_verb(atom: Atom) -> bool:
    return atom.text in ("may", "march", "mar", "sep", "dec")


def _nearest(month: int, today: date, *, done: bool) -> date:
    """The month of this name that is nearest; of what is done already, the last one."""
    this = today.replace(day=1)
    near = [date(today.year + step, month, 1) for step in (-1, 0, 1)]
    return min((one for one in near if not done or one <= this), key=lambda one: abs(one - this))


def _stretch(told: re.Match[str], first: date, month: date) -> Piece:
    last = date_resolve.moved(month, months=1) - timedelta(days=1)
    return Piece("days", told.start(), told.end(), ((Point.on(first), Point.on(last)),))


def _quarter(atoms: Sequence[Atom], today: date) -> Piece | None:
    """ "Q1", "the fourth quarter", "triwulan keempat"."""
    for at, atom in enumerate(atoms):
        number, first = 0, at
        if short := _QUARTER.fullmatch(atom.text):
            number = int(short[1])
        elif atom.text in _QUARTERS:
            beside = [one for one in (at - 1, at + 1) if 0 <= one < len(atoms) and atoms[one].letter in "ozn"]
            number = atoms[beside[0]].value if beside else 0
            first = min([at, *beside])
        if 1 <= number <= 4:
            month = 3 * number - 2
            near = [date(today.year + step, month, 1) for step in (-1, 0, 1)]
            begins = min(near, key=lambda one: (abs(date_resolve.moved(one, months=1) - today), one))
            ends = date_resolve.moved(begins, months=3) - timedelta(days=1)
            return Piece("days", first, at + 1, ((Point.on(begins), Point.on(ends)),))
    return None


def _year_end(atoms: Sequence[Atom], plain: str, today: date) -> Piece | None:
    if not _YEARS_END.search(plain):
        return None
    at = next((at for at, atom in enumerate(atoms) if atom.letter == "v"), 0)
    return Piece("days", at, at + 1, (Point(31, 12, today.year),))


def week_of_month(said: Sequence[Piece], atoms: Sequence[Atom], line: str, today: date) -> list[Piece]:
    """The pieces; where no days are asked for, "the last week of February" is its days from Monday to Friday."""
    before = list(said)
    doubts = any(piece.kind == "unsure" and "Q" in line[piece.start : piece.end] for piece in said)
    said = [piece for piece in said if piece.kind != "length" or (piece.unit, piece.amount) != ("d", 5)]
    if doubts or "V" in line or any(piece.kind in ("days", "offset", "until", "length") for piece in said):
        return before
    told = _NTH_WEEK.search(line)
    if told is None or (told["E"] and atoms[told.start("E")].value != 5):
        return before
    order = atoms[told.start(next(name for name in ("o", "o2", "o3") if told[name]))].value
    monday = _monday(order, _month(told, atoms, today))
    if monday is None:
        return before
    point = replace(Point.on(monday), span="week")
    whole = Piece("days", told.start(), told.end(), (point,))
    outside = [piece for piece in said if not (piece.start < whole.end and whole.start < piece.end)]
    return sorted([*outside, whole], key=lambda piece: piece.start)


def _month(told: re.Match[str], atoms: Sequence[Atom], today: date) -> date:
    if not told["M"]:
        return date_resolve.moved(today.replace(day=1), months=SHIFTS[told["s"] or told["s2"]])
    number = atoms[told.start("M")].value
    year = int(atoms[told.start("Y")].text) if told["Y"] else today.year + (number < today.month)
    return date(year, number, 1)


def _monday(order: int, month: date) -> date | None:
    """The Monday that the first, second, ... or last week of a month begins with."""
    first = month + timedelta(days=-month.weekday() % _WEEK)
    mondays = [first + timedelta(weeks=n) for n in range(5) if (first + timedelta(weeks=n)).month == month.month]
    if order == -1:
        return mondays[-1]
    return mondays[order - 1] if 1 <= order <= len(mondays) else None
