"""How the words about days combine: a sentence's atoms, one letter each, are matched by the patterns below.

n number, o ordinal, M month, Y year, W weekday, S "minggu" (Sunday or week), d day, w week, k month, y year,
R B K relative days, E one whole day or week, e weekend, N I L next this last, l "lagi", a "ago", T to, A and, F from,
c comma, g "tanggal", t "the", f "of", O on/for, i in, H half, p q parts of a day, h "nanti", v end or start of, j hour,
z "pertama" or "terakhir", C clock, x not, X a full date, m day/month, D 1,5, # and % count other things, b working,
! "eh", U leave, V or, r every, Z a day or week beside another, 1 "a", G a week by its name, 3 "after next",
J never a date, u any other word.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, Self

from bot.dialog.date_points import GONE, Point, bare, named, which
from bot.dialog.date_words import SAYING, Atom

_CLOCKS = re.compile(
    r"jt?H?(?:n(?!f?t?k?M)|C)[pq]?(?:Tj?H?[nC][pq]?)?|nTC[pq]?|C[pq]?(?:Tj?[nC][pq]?)?|#T?n(?:[TAc]n)*(?![TAc]?n?f?t?k?M)"
)
_HOURS = re.compile(r"(?<![gtoAc])nTn(?![nc]?[nf]?t?k?M)|(?<=c)nTn(?![nc]?[nf]?t?k?M)")  # "half a day, 8 to 12"
_SUNDAY = re.compile(r"(?<=W[AcT])S|(?<=W)S(?![NILK])|(?<![n1b]d)(?<=d)S|S(?=[AT]d?W)")
_SUNDAY_DATED = re.compile(r"S(?=K?c?g[no])(?!K?c?g[no](?:k?M)?T)")
_WEEKS = re.compile(r"(?<=[n1])S|(?<=nb)S")

_NO_PIECE = frozenset("Ju#%UcAxbfaljC!3Y")  # letters that no stretch about time begins with
_FROM = re.compile(r"F{0,2}O?")
_DENIES = re.compile(r"x[UOtg]{0,3}\Z")
_TO = re.compile(r"c?T{1,2}F?O?")
_ITS_NAME = re.compile(
    r"W(?=A[no]|c?[TA]F?O?t?g?(?:[no]f?k?M|[Xm]|kM|M[no]))|(?<=m)W(?![gno])"
)  # "December 7 (Mon) and 8 (Tue)"
_RUN = re.compile(r"[no]{1,8}(?:A[no])?(?:f?t?)k?M|(?:(?<=n)n(?=n)|(?<=nn)n)(?![odwkyj%#])")
_MONTH_FIRST = re.compile(r"M[gt]{0,2}[no](?:[cA]{0,2}[no])*$")
_AND = re.compile(r"(?:U(?=c?A))?(?:c?A|c|V)O?")
_LENGTH = re.compile(r"O?(?:(?P<n>[n1])b?(?P<u>[dwky])b?|1?(?P<E>E)b?)(?P<when>l|a|L(?![wSk])|TN|N(?![wSk]))?")
_IN = re.compile(r"i(?:(?P<n>[n1])b?(?P<u>[dwk])|(?P<E>E))(?!t?f)")
_NEXT_DAYS = re.compile(r"t?[NI](?P<n>n)b?(?P<u>[dw])")
_UNSURE = re.compile(
    r"nVn(?!b?[dwkyj%M])|n[TV]nb?(?:d|[wk](?![NILK]))b?|Q|rd?W(?:(?:i|O|f)?k?(?:M|k[NILK]))?|t?[Lzo]Vt?[Lzo]b?w(?:f?t?(?:k?M|k[NILK]|[NIL]k))?|t?(?:[Lzo](?:b?w|E(?=f?t?k?M))|[Sw][zo])f?t?(?:k?M|k[NILK]|[NIL]k)|Dd?b?|n(?:A1)?Hd|V"
)
_HALF = re.compile(
    r"(?P<before>p)?HT?1?(?:ft?)?d(?:[Oi]?t?(?P<after>p))?|(?P<before2>p)H(?!n)|H(?P<after2>p)|H(?![nfu])"
)
_VAGUE = re.compile(r"t?v(?:f?t?)(?:[NIL]?[kywS]|k?M)[NILK]?Y?|k[NILK]|[NIL]k|y[NIL]|[NIL]y|k(?P<n>M)Y?|(?P<M>M)Y?")
_LASTING = re.compile(r"c?(?:[n1]b?d|E)(?![lLaN])")
_RELATIVE = frozenset("sebelum setelah sesudah before after".split())
_WEEK_ON = re.compile(r"1wO?[WRB]")  # "a week on Monday" is a day
_PUTTING_RIGHT = frozenset("typo salah ralat koreksi correction tapi but :".split())
_IDLE = frozenset("sudah lagi baru saya aku kan i i'm am will be gue already tetap".split())
_AT_WORK = frozenset("masuk ngantor back present hadir attending".split())
# Weekdays that the figures after them name again: "Mon to Wed, the 7th to the 9th", "kamis jumat, 10-11 december".
_TWICE = re.compile(
    r"d?W(?:(?:[TAc]|d)*W)+(?=c?[OFifg]*t?(?:[no](?:f?k?M)?|X|m)(?:[Tc]A?|A)+g?t?(?:[no](?!b?[dwkj%])|X|m))"
)
_HALVES = frozenset("first second paruh 1st 2nd".split())  # of the day: "second half"
_FREE = frozenset("sabtu saturday sunday ahad".split())  # "tgl 11 saja, tgl 12 nya kan sabtu"
_STAY = (["still", "on"], ["still", "stand"], ["still", "stands"], ["tetap", "cuti"], ["di", "rumah"])
_LAST_NIGHT = frozenset("semalam smlm tadi malam last".split())
_BACK = frozenset("back return kembali balik resume masuk".split())
_MIDDAY = 12  # the hours of a clock end here
_COUNTS = 6  # "2 3 hari" is two or three days
_LONG_MONTHS = frozenset({"may", "march", "mar", "mart", "sep", "dec", "des", "jan"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence about time: days, a length, a half day, or something that must be asked about."""

    kind: str  # days | range | until | length | offset | half | part | beside | unsure
    start: int
    end: int
    points: tuple[Point | tuple[Point, Point], ...] = ()
    amount: int = 0
    unit: str = ""
    open: bool = False  # "the next three days": how many, but not from when
    part: Literal["am", "pm"] | None = None
    month: bool = False  # what must be asked about is a stretch without a day, such as a month

    @property
    def each(self) -> list[Point]:
        """Every day that it names, the ends of ranges among them."""
        return [each for point in self.points for each in (point if isinstance(point, tuple) else (point,))]

    @property
    def dated(self) -> bool:
        """Whether every day that it names has its number."""
        return bool(self.points) and all(point.day is not None for point in self.each)

    @property
    def weekdays(self) -> list[int]:
        """The weekdays that it names, where it says nothing else of them."""
        if self.kind != "days" or not all(point == Point(weekday=point.weekday) for point in self.each):
            return []
        return [point.weekday for point in self.each if point.weekday is not None]

    def with_each(self, change: Callable[[Point], Point]) -> Self:
        """The same with every day of it changed, those at the ends of ranges too."""
        return replace(
            self, points=tuple((change(p[0]), change(p[1])) if isinstance(p, tuple) else change(p) for p in self.points)
        )


def denied(line: str, at: int) -> bool:
    """Whether what begins here is denied: "bukan", "not on", "no leave on"."""
    return _DENIES.search(line, 0, at) is not None


def _dropped(atoms: list[Atom], at: int) -> bool:
    return at > 0 and atoms[at - 1].text in ("scratch", "scrap", "forget")


def letters(atoms: list[Atom]) -> str:
    """The kinds of the atoms as one string, with "minggu" told apart and clocks taken out."""
    line = "".join(atom.letter for atom in atoms)
    line = _SUNDAY_DATED.sub("W", line)
    if "H" in line:
        line = _HOURS.sub(lambda hours: "J" * len(hours.group()), line)
    line = _CLOCKS.sub(lambda clock: "J" * len(clock.group()), line)
    line = _WEEKS.sub("w", _SUNDAY.sub("W", line))
    return _TWICE.sub(lambda weekdays: "u" * len(weekdays.group()), line)


def pieces(atoms: list[Atom], line: str) -> list[Piece]:
    """The stretches about time, in the order they were said."""
    found: list[Piece] = []
    at = 0
    while at < len(line):
        piece = None if line[at] in _NO_PIECE else _piece(atoms, line, at)
        if piece is None:
            at += 1
        else:
            found.append(piece)
            at = max(piece.end, at + 1)
    return found


def _piece(atoms: list[Atom], line: str, at: int) -> Piece | None:
    if line[at] == "Z":
        return Piece("beside", at, at + 1, amount=atoms[at].value)
    if unsure := _UNSURE.match(line, at):
        # Explicit days beside "every Monday" or "the last week of December" say which ones.
        open_ended = unsure.group()[0] == "r" or unsure.group()[-1] in "MkNIL"
        return Piece("unsure", at, unsure.end(), month=open_ended) if unsure.group() != "V" else None
    return (
        _length(atoms, line, at)
        or _days(atoms, line, at)
        or _half(atoms, line, at)
        or _part(atoms, line, at)
        or _vague(atoms, line, at)
    )


def _length(atoms: list[Atom], line: str, at: int) -> Piece | None:
    said = _LENGTH.match(line, at) or _IN.match(line, at) or _NEXT_DAYS.match(line, at)
    if said is None or _WEEK_ON.match(line, at):
        return None
    amount, unit = _amount(atoms, said)
    when = said.groupdict().get("when")
    followed = atoms[said.end()].text if said.end() < len(atoms) else ""
    if unit == "w" and followed in _RELATIVE and line[said.end()] == "u":
        return Piece("unsure", at, said.end())  # "seminggu sebelum puasa"
    if unit == "y" or (unit == "k" and when in ("N", "TN")):
        return None  # years are service, not leave; "5 bulan depan" is the fifth
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
        return {1: (1, "d"), 2: (2, "d"), 5: (1, "w"), 14: (2, "w"), 30: (1, "k")}[value]
    return atoms[said.start("n")].value, said["u"]


def _days(atoms: list[Atom], line: str, at: int) -> Piece | None:
    if line[at] == "T":
        point = named(atoms, line, _opened(line, at + 1)) if atoms[at].value else None
        if point and point[0].span and atoms[at].text in ("through", "throughout"):
            return Piece("days", at, point[1], (point[0],))  # "worked through last weekend"
        return Piece("until", at, point[1], (point[0],)) if point else None
    start = _opened(line, at)
    first = named(atoms, line, start) or bare(atoms, line, start)
    if first is None:
        return None
    items, end, sure = _series(atoms, line, *first, start=start, denied=denied(line, at) or _dropped(atoms, at))
    if not sure:
        return Piece("unsure", at, end, tuple(items) if line[start:end].count("V") and len(items) > 1 else ())
    if len(items) == 1 and isinstance(items[0], Point) and items[0].bare and line[start:end] in ("n", "tn"):
        return _alone(atoms, line, at, start, end, items[0])
    if len(items) == 2 and items[1] == Point(offset=0) and line[at] == "F" and isinstance(items[0], Point):
        items = _ongoing(atoms, at, items[0])  # "sejak selasa dan hari ini"
    elif len(items) == 1 and isinstance(items[0], Point) and "F" in line[at:start]:
        items = _ongoing(atoms, at, items[0])
    return Piece("days", at, end, tuple(items))


def _ongoing(atoms: list[Atom], at: int, point: Point) -> list[Point | tuple[Point, Point]]:
    """What began in the past goes on today: "sejak senin", "dari kemarin"."""
    if atoms[at].value < 0 and point.weekday is not None and point.shift is None:
        return [(replace(point, shift=-1), Point(offset=0))]
    if point.offset == -1 and atoms[at + 1].text in _LAST_NIGHT:
        return [Point(offset=0)]  # "demam dari semalam": the night took no day of work
    if atoms[at].value < 0 and point.bare:
        return [(replace(point, shift=GONE), Point(offset=0))]
    return [(point, Point(offset=0))] if point.offset is not None and point.offset < 0 else [point]


def _opened(line: str, at: int) -> int:
    opening = _FROM.match(line, at)
    return opening.end() if opening else at


def _alone(atoms: list[Atom], line: str, at: int, start: int, end: int, point: Point) -> Piece | None:
    """A number by itself is a day only when nothing else was said, or between "from" or "leave" and a pause."""
    # "16 aja 1 hari": a number that is no count, and how long it lasts.
    lasting = _LASTING.match(line, end) if point.day is not None and point.day > _COUNTS else None
    after = "" if lasting else line[end : end + 1]
    said = at > 0 and atoms[at - 1].text in SAYING
    back = {atom.text for atom in atoms[max(0, at - 3) : at]} & _BACK and (point.day or 0) > _MIDDAY
    said = said or (bool(back) and after in ("", "c"))  # "mulai 13, kembali kerja 16"
    which = at > 0 and atoms[at - 1].text == "yang" and (point.day or 0) > _COUNTS
    said = said or (which and (at + 1 == len(atoms) or after == "c" or not atoms[at + 1].text.isalnum()))
    opened = said or "F" in line[at:start] or (line[max(0, at - 1) : at] == "U" and after in ("", "c"))
    if opened or _put_right(atoms, line) or re.fullmatch(r"x?c?n", line[: end if lasting else None]):
        return Piece("days", at, end, (replace(point, doubtful=True),))
    return None


def _put_right(atoms: list[Atom], line: str) -> bool:
    """ "Typo: 16 bukan 15", "bukan 20 tapi 22": two numbers too large for counts, one of them denied."""
    if not re.fullmatch(r"u{0,2}(?:nc?xn|xn(?:c|c?u)n)[u!]{0,3}", line):
        return False
    numbers = all(_COUNTS < atom.value <= 31 for atom in atoms if atom.letter == "n")
    return numbers and all(atom.text in _PUTTING_RIGHT or atom.text in ".!" for atom in atoms if atom.letter in "u!")


def _series(
    atoms: list[Atom], line: str, point: Point, end: int, *, start: int, denied: bool
) -> tuple[list[Point | tuple[Point, Point]], int, bool]:
    """Days joined by "and", commas or "to"; not sure when they were alternatives."""
    items: list[Point | tuple[Point, Point]] = [point]
    sure = True
    while True:
        if isinstance(items[-1], Point) and items[-1].day is not None and _ITS_NAME.match(line, end):
            items[-1] = replace(items[-1], weekday=atoms[end].value) if items[-1].swap else items[-1]
            end += 1
        if isinstance(items[-1], Point) and (joint := _TO.match(line, end)):
            other = named(atoms, line, joint.end()) or bare(atoms, line, joint.end())
            if other:
                items[-1] = (items[-1], other[0])
                end = other[1]
                continue
            if vague := _VAGUE.match(line, joint.end()):
                return items, vague.end(), False
        joint = _AND.match(line, end)
        after = joint.end() if joint else end
        # "Tgl 13 15", "13 15 17 juli": numbers in a run need nothing between them.
        run = _RUN.match(line, after) or _MONTH_FIRST.search(line, start, end)  # "17 18 juli", "dec 8 9 10"
        listed = joint or line[start] == "g" or run
        if joint and line[after : after + 1] == "F" and (ranged := named(atoms, line, after + 1)):
            after += bool(_TO.match(line, ranged[1]))  # "from the 7th to the 9th and from the 14th to the 16th"
        other = named(atoms, line, after) or (bare(atoms, line, after) if listed else None)
        last = items[-1] if isinstance(items[-1], Point) else items[-1][1]
        said = joint.group().strip("UO") if joint else ""
        # "Bukan senin, selasa": the comma parts what was denied from what is meant.
        apart = said == "c" and other is not None and (_says_more(line, other, last) or _works_then(atoms, other[1]))
        # "Off Tuesday Wednesday, Thursday I drive the boss": a list without commas ends at one.
        whole = line[start - 1 : start] == "F" or len(items) > 1 or isinstance(items[-1], tuple)
        ends = (
            whole
            and other is not None
            and "c" not in line[start:end].strip("c")
            and line[other[1] : other[1] + 1] == "u"
        )
        apart = apart or (said == "c" and ends and other is not None and other[0].day is None)
        if other is None or apart or not _joins(said, last, other[0]) or (denied and said not in ("A", "V")):
            return items, end, sure
        sure = sure and (said != "V" or denied)  # "not Monday or Tuesday": neither of them
        items.append(other[0])
        end = other[1]


def _works_then(atoms: list[Atom], end: int) -> bool:
    """ "Cuti senin, selasa sudah masuk", "21 saja, 22 23 masuk", "24 kan cuti bersama": worked or free already."""
    while end < len(atoms) and atoms[end].letter in "nA":
        end += 1
    if end < len(atoms) and atoms[end].letter == "c" and end + 2 < len(atoms) and atoms[end + 2].letter in "WnoBRK":
        return False  # "Monday, Tuesday, Wednesday, back Thursday"
    end += end < len(atoms) and atoms[end].letter == "c"
    after = [atom.text for atom in atoms[end : end + 5] if atom.text not in _IDLE]
    return after[:1] != [] and (
        after[0] in _AT_WORK
        or after[0] in _FREE
        or after[:2] in _STAY
        or after[:2] in (["cuti", "bersama"], ["tanggal", "merah"])
    )


def _says_more(line: str, other: tuple[Point, int], last: Point) -> bool:
    """ "4th and 6th august, 5th i will be there": after a whole date a bare number with a sentence tells of itself."""
    return other[0].bare and not last.bare and line[other[1] : other[1] + 1] == "u"


def _joins(joint: str, one: Point, other: Point) -> bool:
    if joint in ("A", "cA", "V"):
        return True
    if joint in ("c", "") and one.day is not None and other.bare and other.weekday is None:
        return True  # "Wednesdays the 2nd, 9th and 16th"
    alike = (one.weekday is None) == (other.weekday is None) and (one.day is None) == (other.day is None)
    plain = one.offset is None and other.offset is None and one.span is None and other.span is None
    # "Today, tomorrow and Friday".
    if joint == "c" and one.offset is not None and other.offset is not None:
        return 0 <= one.offset < other.offset
    return alike and plain and (joint == "c" or one.day is None or one.bare)


def _half(atoms: list[Atom], line: str, at: int) -> Piece | None:
    said = _HALF.match(line, at)
    if said is None:
        return None
    part = next((said.start(name) for name in ("before", "after", "before2", "after2") if said[name]), None)
    return Piece("half", at, said.end(), part=which(atoms[part]) if part is not None else None)


def _part(atoms: list[Atom], line: str, at: int) -> Piece | None:
    """Half of the day, unless a clock follows: "besok pagi jam 8" is when somebody comes."""
    if line[at] != "p" or line[at + 1 : at + 2] == "J":
        return None
    if atoms[at].text in _HALVES:
        return None if line[at + 1 : at + 2] in ("f", "M", "k") else Piece("half", at, at + 1, part=which(atoms[at]))
    return Piece("part", at, at + 1, part=which(atoms[at]))


def _vague(atoms: list[Atom], line: str, at: int) -> Piece | None:
    said = _VAGUE.match(line, at)
    if said is None or (said["M"] and atoms[said.start("M")].text in _LONG_MONTHS):
        return None
    named = said["M"] or said["n"]
    month = atoms[said.start("M" if said["M"] else "n")].value if named else None
    points = (Point(month=month, span="month"),) if named and line[at] not in "tv" else ()
    return Piece("unsure", at, said.end(), points, month=True)
