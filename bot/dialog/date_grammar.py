"""How the words about days combine: a sentence's atoms, one letter each, are matched by the patterns below.

n number, o ordinal, M month, Y year, W weekday, S "minggu" (Sunday or week), d day, w week, k month, y year, R B K relative days,
E one whole day or week, e weekend, N I L next this last, l "lagi", a "ago", T to, A and, F from, c comma, g "tanggal", t "the",
O on/for, H half, p part of a day, v end or start of, j hour, C clock, x not, X a full date, m day/month, D 1,5, # counted, % counted
after, U leave, J never a date, u any other word.
"""

import re
from dataclasses import dataclass, replace
from typing import Literal

from bot.dialog.date_words import Atom

_CLOCKS = re.compile(r"jt?H?[nC][pq]?(?:Tj?H?[nC][pq]?)?|nTC[pq]?|C[pq]?(?:Tj?[nC][pq]?)?|#T?n(?:[TAc]n)*")
_SUNDAY = re.compile(r"(?<=W[AcT])S|(?<=W)S(?![NILK])|(?<=d)S|S(?=[AT]d?W)")
_WEEKS = re.compile(r"(?<=[n1])S|(?<=nb)S")

_WD = r"(?:(?:[BRK]c?)?(?:d?(?P<wd>[WS])c?)?)"
_UNIT = r"(?!b?[dwkSyjl%])"
_YEAR = r"(?:c?(?P<Y>Y)|y(?P<yshift>[NIL]))?"
_POINTS = [
    re.compile(pattern)
    for pattern in (
        rf"{_WD}g?(?P<X>X)",
        rf"{_WD}g?(?P<m>m){_YEAR}",
        rf"{_WD}g?t?(?P<n>[no])f?k?(?P<M>M){_YEAR}",
        rf"{_WD}k?(?P<M>M)g?t?(?P<n>[no]){_UNIT}{_YEAR}",
        rf"{_WD}g?t?(?P<n>[no])(?:ft?)?(?:k(?P<mshift>[NILK])|(?P<mshift2>[NIL])k)",
        r"(?:k(?P<mshift>[NILK])|(?P<mshift2>[NIL])k)c?O?[gt]{1,2}(?P<n>[no])",
        rf"{_WD}g(?P<n>[no]){_UNIT}(?P<near>h?[BIK])?",
        rf"{_WD}t(?P<n>o)(?!u)",
        rf"d?(?P<wd>W)(?P<n>[no]){_UNIT}",
        r"d?(?P<wd>W)O?(?:[Sw](?P<shift>[NILK])|(?P<shift2>[NIL])w)",
        r"(?:[Sw](?P<shift>[NILK])|(?P<shift2>[NIL])w)c?[OF]?d?(?P<wd>W)",
        r"(?P<shift>[NIL])(?P<wd>W)",
        r"[BK]d?(?P<wd>W)",
        r"d?(?P<wd>W)(?P<shift>[NILKB])?",
        r"(?P<week>[Sw])(?P<shift>[NILK])|(?P<shift2>[NIL])(?P<week2>w)",
        r"(?P<end>e)(?P<shift>[NIL])?|(?P<shift2>[NIL])(?P<end2>e)",
        r"(?P<wd>S)",
        r"d?(?P<r>[RBK])(?:h?)",
        r"h(?P<p>[pq])|(?P<p2>p)I|I(?P<p3>p)",
    )
]
_NUMBER = re.compile(rf"t?(?P<n>[no]){_UNIT}")
_FROM = re.compile(r"F{0,2}O?")
_TO = re.compile(r"c?TF?O?")
_AND = re.compile(r"c?A|c|V")
_LENGTH = re.compile(r"O?(?:(?P<n>[n1])b?(?P<u>[dwky])b?|(?P<E>E)b?)(?P<when>l|a|L|TN|N)?")
_IN = re.compile(r"i(?:(?P<n>[n1])b?(?P<u>[dwk])|(?P<E>E))(?!t?f)")
_NEXT_DAYS = re.compile(r"t?[NI](?P<n>n)b?(?P<u>[dw])")
_UNSURE = re.compile(r"n[TV]nb?[dwk]b?|Dd?b?|n(?:A1)?Hd|V")
_HALF = re.compile(
    r"(?P<before>p)?HT?1?(?:ft?)?d(?:[Oi]?t?(?P<after>p))?|(?P<before2>p)H(?!n)|H(?P<after2>p)|H(?![nfu])"
)
_VAGUE = re.compile(r"t?v(?:f?t?)(?:[NIL]?[kywS]|k?M)[NILK]?Y?|k[NILK]|[NIL]k|y[NIL]|[NIL]y|k(?P<n>M)Y?|(?P<M>M)Y?")
_LONG_MONTHS = frozenset({"may", "march", "mar", "mart", "sep", "dec", "des", "jan"})


@dataclass(frozen=True, slots=True)
class Point:
    """One named day as far as it was named."""

    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    offset: int | None = None
    shift: int | None = None  # week (of a weekday), month (of a day) or year (of a month): last, this, next
    span: str | None = None  # "week" or "weekend"
    part: Literal["am", "pm"] | None = None
    doubtful: bool = False

    @property
    def bare(self) -> bool:
        """Only a day of the month was said."""
        return self.day is not None and self.month is None and self.shift is None


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence about time: days, a length, a half day, or something that must be asked about."""

    kind: str  # days | range | until | length | offset | half | part | unsure
    start: int
    end: int
    points: tuple[Point | tuple[Point, Point], ...] = ()
    amount: int = 0
    unit: str = ""
    open: bool = False  # "the next three days": how many, but not from when
    part: Literal["am", "pm"] | None = None


def letters(atoms: list[Atom]) -> str:
    """The kinds of the atoms as one string, with "minggu" told apart and clocks taken out."""
    line = "".join(atom.letter for atom in atoms)
    line = _CLOCKS.sub(lambda clock: "J" * len(clock.group()), line)
    return _WEEKS.sub("w", _SUNDAY.sub("W", line))


def pieces(atoms: list[Atom], line: str) -> list[Piece]:
    """The stretches about time, in the order they were said."""
    found: list[Piece] = []
    at = 0
    while at < len(line):
        piece = None if line[at] in "Ju#%U" else _piece(atoms, line, at)
        if piece is None:
            at += 1
        else:
            found.append(piece)
            at = max(piece.end, at + 1)
    return found


def _piece(atoms: list[Atom], line: str, at: int) -> Piece | None:
    if unsure := _UNSURE.match(line, at):
        return Piece("unsure", at, unsure.end()) if unsure.group() != "V" else None
    return (
        _length(atoms, line, at)
        or _days(atoms, line, at)
        or _half(atoms, line, at)
        or _part(atoms, line, at)
        or _vague(atoms, line, at)
    )


def _length(atoms: list[Atom], line: str, at: int) -> Piece | None:
    said = _LENGTH.match(line, at) or _IN.match(line, at) or _NEXT_DAYS.match(line, at)
    if said is None:
        return None
    amount, unit = _amount(atoms, said)
    when = said.groupdict().get("when")
    if said.re is _IN or when == "l":
        return Piece("offset", at, said.end(), amount=amount, unit=unit)
    if when in ("a", "L"):
        return Piece("offset", at, said.end(), amount=-amount, unit=unit)
    if said.re is _NEXT_DAYS or when in ("N", "TN"):
        return Piece("length", at, said.end(), amount=amount, unit=unit, open=True)
    return Piece("length", at, said.end(), amount=amount, unit=unit)


def _amount(atoms: list[Atom], said: re.Match[str]) -> tuple[int, str]:
    if said["E"] if "E" in said.re.groupindex else None:
        value = atoms[said.start("E")].value
        return {1: (1, "d"), 2: (2, "d"), 5: (1, "w"), 30: (1, "k")}[value]
    return atoms[said.start("n")].value, said["u"]


def _days(atoms: list[Atom], line: str, at: int) -> Piece | None:
    if line[at] == "T":
        point = _point(atoms, line, _opened(line, at + 1)) if atoms[at].value else None
        return Piece("until", at, point[1], (point[0],)) if point else None
    start = _opened(line, at)
    first = _point(atoms, line, start) or _bare(atoms, line, start)
    if first is None:
        return None
    denied = at > 0 and line[at - 1] == "x"
    items, end, sure = _series(atoms, line, *first, denied=denied)
    if not sure:
        return Piece("unsure", at, end)
    if len(items) == 1 and isinstance(items[0], Point) and items[0].bare and line[start:end] in ("n", "tn"):
        return _alone(line, at, start, end, items[0])
    return Piece("days", at, end, tuple(items))


def _opened(line: str, at: int) -> int:
    opening = _FROM.match(line, at)
    return opening.end() if opening else at


def _alone(line: str, at: int, start: int, end: int, point: Point) -> Piece | None:
    """A number by itself is a day only when nothing else was said, or between "from" or "leave" and a pause."""
    opened = "F" in line[at:start] or (line[max(0, at - 1) : at] == "U" and line[end : end + 1] in ("", "c"))
    if opened or re.fullmatch(r"x?c?n", line):
        return Piece("days", at, end, (replace(point, doubtful=True),))
    return None


def _series(
    atoms: list[Atom], line: str, point: Point, end: int, *, denied: bool
) -> tuple[list[Point | tuple[Point, Point]], int, bool]:
    """Days joined by "and", commas or "to"; not sure when they were alternatives."""
    items: list[Point | tuple[Point, Point]] = [point]
    sure = True
    while True:
        if isinstance(items[-1], Point) and (joint := _TO.match(line, end)):
            other = _point(atoms, line, joint.end()) or _bare(atoms, line, joint.end())
            if other:
                items[-1] = (items[-1], other[0])
                end = other[1]
                continue
        joint = _AND.match(line, end)
        after = joint.end() if joint else end
        other = _point(atoms, line, after) or (_bare(atoms, line, after) if joint else None)
        last = items[-1] if isinstance(items[-1], Point) else items[-1][1]
        said = joint.group() if joint else ""
        # "Bukan senin, selasa": the comma parts what was denied from what is meant.
        if other is None or not _joins(said, last, other[0]) or (denied and said != "A"):
            return items, end, sure
        sure = sure and said != "V"
        items.append(other[0])
        end = other[1]


def _joins(joint: str, one: Point, other: Point) -> bool:
    if joint in ("A", "cA", "V"):
        return True
    alike = (one.weekday is None) == (other.weekday is None) and (one.day is None) == (other.day is None)
    plain = one.offset is None and other.offset is None and one.span is None and other.span is None
    return alike and plain and (joint == "c" or (one.day is None and one.shift is None))


def _bare(atoms: list[Atom], line: str, at: int) -> tuple[Point, int] | None:
    number = _NUMBER.match(line, at)
    if number is None or not 1 <= atoms[number.start("n")].value <= 31:
        return None
    return Point(day=atoms[number.start("n")].value), number.end()


def _point(atoms: list[Atom], line: str, at: int) -> tuple[Point, int] | None:
    """The longest day named from here."""
    matches = [match for pattern in _POINTS if (match := pattern.match(line, at))]
    if not matches:
        return None
    best = max(matches, key=lambda match: match.end())
    return _built(atoms, best), best.end()


_SHIFTS = {"N": 1, "I": 0, "L": -1, "K": -1, "B": 0}


def _built(atoms: list[Atom], said: re.Match[str]) -> Point:
    has = {name: said.start(name) for name, value in said.groupdict().items() if value is not None}
    letter = next((said[name] for name in ("shift", "shift2", "mshift", "mshift2", "yshift") if name in has), None)
    point = Point(shift=_SHIFTS[letter] if letter else None)
    if "wd" in has:
        point = replace(point, weekday=atoms[has["wd"]].value, doubtful=said["wd"] == "S")
    if "X" in has:
        return _dated(point, atoms[has["X"]].text)
    if "m" in has:
        point = _dated(point, atoms[has["m"]].text)
    if "n" in has:
        point = replace(point, day=atoms[has["n"]].value)
    if "M" in has:
        point = replace(point, month=atoms[has["M"]].value)
    if "Y" in has:
        point = replace(point, year=atoms[has["Y"]].value)
    if "near" in has and said["near"].endswith("K"):
        point = replace(point, shift=-9)
    if "week" in has or "week2" in has:
        point = replace(point, span="week", doubtful=True)
    if "end" in has or "end2" in has:
        point = replace(point, span="weekend", doubtful=True)
    if "r" in has:
        point = replace(point, offset=atoms[has["r"]].value)
    if spoken := {"p", "p2", "p3"} & has.keys():
        atom = atoms[has[spoken.pop()]]
        # "Tadi pagi" tells when something began, "nanti siang" when somebody wants to be away.
        away = atom.letter == "p" and not (said.group()[0] == "h" and atoms[said.start()].value < 0)
        point = replace(point, offset=0, part=_which(atom) if away else None)
    return point


def _dated(point: Point, text: str) -> Point:
    """A date in figures: year first with dashes, otherwise day before month as Indonesia writes it."""
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    if len(str(numbers[0])) == 4:
        return replace(point, year=numbers[0], month=numbers[1], day=numbers[2])
    day, month = numbers[0], numbers[1]
    swapped = month > 12 >= day
    year = numbers[2] + (2000 if numbers[2] < 100 else 0) if len(numbers) > 2 else None
    unclear = swapped or (day <= 12 and month <= 12 and day != month)
    day, month = (month, day) if swapped else (day, month)
    return replace(point, day=day, month=month, year=year, doubtful=point.doubtful or unclear)


def _half(atoms: list[Atom], line: str, at: int) -> Piece | None:
    said = _HALF.match(line, at)
    if said is None:
        return None
    part = next((said.start(name) for name in ("before", "after", "before2", "after2") if said[name]), None)
    return Piece("half", at, said.end(), part=_which(atoms[part]) if part is not None else None)


def _part(atoms: list[Atom], line: str, at: int) -> Piece | None:
    return Piece("part", at, at + 1, part=_which(atoms[at])) if line[at] == "p" else None


def _which(atom: Atom) -> Literal["am", "pm"]:
    return "pm" if atom.value else "am"


def _vague(atoms: list[Atom], line: str, at: int) -> Piece | None:
    said = _VAGUE.match(line, at)
    if said is None or (said["M"] and atoms[said.start("M")].text in _LONG_MONTHS):
        return None
    return Piece("unsure", at, said.end())
