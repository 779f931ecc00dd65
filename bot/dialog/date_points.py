"""One named day: the wordings of a day of the calendar, in the letters of date_grammar.py."""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, Self

from bot.dialog.date_words import Atom

_WD = r"(?:(?:[BRK]c?)?(?:d?(?P<wd>[WS])q?c?)?)"
_UNIT = r"(?!b?[dwkSyl%]|b?j(?!q))"  # "Dec 14 at night" is no hour
_YEAR = r"(?:c?(?P<Y>Y)|y(?P<yshift>[NIL]))?"
_MONTH = rf"(?:[fiO]t?)?(?:k?(?P<M>M){_YEAR}|k(?P<mshift>[NILK])|t?(?P<mshift2>[NIL])k)"
_POINTS = [
    re.compile(pattern)
    for pattern in (
        rf"t?(?P<nth>[ozL])d?(?P<wd>W){_MONTH}",
        rf"d?(?P<wd>W)(?P<nth>z){_MONTH}",
        rf"{_WD}g?t?(?P<X>X)",
        rf"{_WD}g?t?(?P<m>m){_YEAR}",
        rf"{_WD}g?t?(?P<n>[no])f?k?(?P<M>M){_YEAR}(?P<gone>K)?",
        rf"{_WD}k?(?P<M>M)g?t?(?P<n>[no]){_UNIT}{_YEAR}",
        r"y(?P<yshift>[NIL])c?k?(?P<M>M)g?t?(?P<n>[no])",
        rf"{_WD}g?t?(?P<n>[no])(?:ft?)?(?:k(?P<mshift>[NILK])|(?P<mshift2>[NIL])k)",
        r"(?:k(?P<mshift>[NILK])|(?P<mshift2>[NIL])k)c?O?[gt]{1,2}(?P<n>[no])",
        rf"{_WD}g(?P<n>[no]){_UNIT}(?P<near>h?[BIK])?",
        rf"d?(?P<wd>W)(?P<gone>K)c?g(?P<n>[no]){_UNIT}",
        rf"(?<!W)d?(?P<wd>W)[NI]c?g(?P<n>[no]){_UNIT}",
        rf"{_WD}t(?P<n>o)(?!u)",
        rf"d?(?P<wd>W)(?P<n>[no]){_UNIT}",
        r"d?(?P<wd>W)U?c?[Of]?t?(?:[Sw](?P<shift>[NILK])|(?P<shift2>[NIL])w|(?P<far>G))",
        r"(?:[Sw](?P<shift>[NILK])|(?P<shift2>[NIL])w|(?P<far>G))c?[OF]?d?(?P<wd>W)",
        r"(?P<far>G)",
        r"t?(?P<wd>W)(?P<later>3)",
        r"t?(?P<shift>[NIL])(?P<wd>W)",
        r"Bd?(?P<wd>W)",
        r"(?P<shift2>K)d?(?P<wd>W)",
        r"d?(?P<wd>W)(?:q?(?P<shift>[NILKB])(?![wekSy]))?",
        r"t?(?P<twice>N)N(?P<wd>W)",
        r"(?:(?P<wd>W)|(?P<r>[RB]))(?P<later>w)(?![NILK])",
        r"1(?P<later>w)O?(?:(?P<wd>W)|(?P<r>[RB]))",
        rf"t?(?P<week>w)[fF]{_WD}g?t?(?:(?P<n>[no])(?:f?k?(?P<M>M))?|X){_YEAR}",
        rf"t?(?P<week>w)f{_WD}k?(?P<M>M)g?t?(?P<n>[no]){_UNIT}{_YEAR}",
        r"(?P<week>[Sw])(?P<shift>[NILK])|(?P<shift2>[NIL])(?P<week2>w)",
        r"(?P<end>e)(?P<shift>[NILK])?|(?P<shift2>[NIL])(?P<end2>e)",
        r"(?P<wd>S)",
        r"d?(?P<r>[RBK])(?:h?)",
        r"h(?P<p>[pq])|(?P<p2>[pq])I|I(?P<p3>[pq])",
    )
]
_FIRST = frozenset("tozLdWSBRKgXmnkMyNIGw1ehpq")  # the letters that one of these patterns can begin with
_NUMBER = re.compile(rf"t?(?P<n>[no]){_UNIT}")
_FOLLOWS = 2  # the value of "following", beside that of "next"
SHIFTS = {"N": 1, "I": 0, "L": -1, "K": -1, "B": 0}  # what each letter moves a week, month or year by
GONE = -9  # the shift of a day that is over, however far it may be: "tanggal 17 kemarin"


@dataclass(frozen=True, slots=True)
class Point:
    """One named day as far as it was named."""

    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    offset: int | None = None
    shift: int | None = None  # week (of a weekday), month (of a day) or year (of a month): last, this, next
    nth: int | None = None  # which of the month's weekdays of this name; -1 is the last
    span: str | None = None  # "week" or "weekend"
    whole: bool = False  # also the days of that week that are over
    follows: bool = False  # "the following Monday": the next one after the days named before it
    later: bool = False  # a week after the day that is named: "Friday week"
    part: Literal["am", "pm"] | None = None
    doubtful: bool = False
    swap: bool = False  # in figures that could also be month and day: "12/7"
    just: bool = False  # "Kamis kemarin": the very last one, which "last Thursday" is not on a Friday
    sure: bool = False  # the week was said by name, so "next" can't mean this one

    @classmethod
    def on(cls, day: date) -> Self:
        """A day of the calendar, named in full."""
        return cls(day.day, day.month, day.year)

    @property
    def bare(self) -> bool:
        """Only a day of the month was said."""
        return self.day is not None and self.month is None and self.shift is None


def bare(atoms: list[Atom], line: str, at: int) -> tuple[Point, int] | None:
    number = _NUMBER.match(line, at)
    if number is None or not 1 <= atoms[number.start("n")].value <= 31:
        return None
    return Point(day=atoms[number.start("n")].value), number.end()


def named(atoms: list[Atom], line: str, at: int) -> tuple[Point, int] | None:
    """The longest day named from here."""
    if line[at : at + 1] not in _FIRST:
        return None
    matches = [match for pattern in _POINTS if (match := pattern.match(line, at))]
    if not matches:
        return None
    best = max(matches, key=lambda match: match.end())
    return _built(atoms, best), best.end()


def _built(atoms: list[Atom], said: re.Match[str]) -> Point:
    has = {name: said.start(name) for name, value in said.groupdict().items() if value is not None}
    letter = next((said[name] for name in ("shift", "shift2", "mshift", "mshift2", "yshift") if name in has), None)
    point = Point(shift=SHIFTS[letter] if letter else None)
    if "wd" in has:
        point = replace(point, weekday=atoms[has["wd"]].value, doubtful=said["wd"] == "S")
    if letter == "K" and "wd" in has:
        point = replace(point, just=True)
    if "wd" in has and set(said.group()) & {"S", "w"} - {said["wd"]}:
        point = replace(point, sure=True)
    if letter == "N" and "wd" in has and not point.sure and atoms[has["shift"]].value == _FOLLOWS:
        point = replace(point, follows=True)
    if "twice" in has:
        return replace(point, shift=2, sure=True)  # "next next Friday"
    if "far" in has:
        week = atoms[has["far"]].value
        alone = None if "wd" in has else "week"
        return replace(point, shift=week, sure=True, span=alone, doubtful=alone is not None)
    if "nth" in has:
        point = replace(point, nth=atoms[has["nth"]].value)
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
        point = replace(point, shift=GONE)
    if "gone" in has:
        point = replace(point, shift=GONE)
    if "later" in has:
        point = replace(point, later=True)
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
        point = replace(point, offset=0, part=which(atom) if away else None)
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
    either = unclear and not swapped and year is None
    return replace(point, day=day, month=month, year=year, swap=either, doubtful=point.doubtful or unclear)


def which(atom: Atom) -> Literal["am", "pm"]:
    return "pm" if atom.value else "am"
