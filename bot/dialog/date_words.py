"""What single words and set phrases say about days; how they combine stands in date_grammar.py."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.dialog.normal import COMMON, ORDINARY, Word, words

TABLE = tomllib.loads((Path(__file__).parent / "calendar.toml").read_text(encoding="utf-8"))
_COUNTED = frozenset(TABLE["counted"].split())
_COUNTING = frozenset(TABLE["counting"].split())
_FILLERS = frozenset(TABLE["fillers"].split())
OTHER = frozenset(TABLE["other"].split()) | ORDINARY
CORRECTING = frozenset(TABLE["correcting"].split())
DENYING = frozenset(TABLE["denying"].split())
BECOMING = frozenset(TABLE["becoming"].split())
HESITATING = frozenset(TABLE["hesitating"].split())
ASKING = frozenset(TABLE["asking"].split())
ABOUT = frozenset(TABLE["about"].split())
SAYING = frozenset(TABLE["saying"].split())
_ENDINGS = ("nya", "pi", "mi", "ji")  # "jumatnya", in Makassar "seninpi"
_POSSESSIVE = ("'s", "s'")
# Behind one of these a word is another: "I sat" is no Saturday, "I am" no morning, "eh lain Senin" another "bukan".
_IN_ITS_PLACE = {
    "saturday": (frozenset("i we he she they have had".split()), "sit"),
    "am": (frozenset({"i"}), "be"),
    "lain": (frozenset({"eh"}), "bukan"),
    "tom": (frozenset("come in off leave absent work until till".split()), "tomorrow"),
}
_DAYS = frozenset("WRBSnogXmM")
_KINDS = {
    "iso": "X", "dmy": "X", "pair": "m", "half": "H", "decimal": "D", "ordinal": "o", "clock": "C",
    "money": "J", "phone": "J", "code": "J", "link": "J",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Atom:
    """A word seen as a calendar would: the letter is its kind, the place is that of the original."""

    letter: str
    value: int
    text: str
    start: int
    end: int


def atoms(sentence: str) -> list[Atom]:
    """The sentence as atoms, fillers left out."""
    return list(_atoms(sentence))


@lru_cache(maxsize=256)
def _atoms(sentence: str) -> Sequence[Atom]:
    """Kept for a while: one sentence is read by many in the same turn."""
    pieces = [word for word in _undoubted(words(sentence)) if word.text not in _FILLERS]
    found: list[Atom] = []
    at = 0
    while at < len(pieces):
        if pieces[at].text == "no" and at + 1 < len(pieces) and pieces[at + 1].text.isdigit():
            found.append(Atom("#", 0, "no", pieces[at].start, pieces[at].end))
            at += 1
            continue
        longest = min(_LONGEST, len(pieces) - at) if at or pieces[0].text != "eh" else 1  # "eh bukan Senin, Rabu"
        size = next((n for n in range(longest, 1, -1) if _phrase(pieces, at, n) in _PHRASES), 1)
        if size > 1 and pieces[at].text in _OPENING and _until(pieces, at + size):
            size = 1  # "from today till Friday" begins today
        letter, value = _PHRASES[_phrase(pieces, at, size)] if size > 1 else _meaning(pieces[at])
        found.append(Atom(letter, value, pieces[at].text, pieces[at].start, pieces[at + size - 1].end))
        at += size
    return _months_numbered(
        _dashed(_digits_said(_alternatives(_dotted(_numbered_in_words(_weekend_named(_sides(found)))))))
    )


def _sides(atoms: list[Atom]) -> list[Atom]:
    """ "Sehari sebelum dan sesudah" are two days; "seminggu depan" is the week that comes."""
    found = list(atoms)
    for at in range(1, len(found)):
        one, other = found[at - 1], found[at]
        if one.letter == "A" and at > 1 and found[at - 2].letter == "Z" and other.text in _OTHER_SIDE:
            found[at] = replace(other, letter="Z", value=-found[at - 2].value)
        if (one.letter, one.value, other.text) == ("E", 5, "depan"):
            found[at - 1] = replace(one, letter="w", value=0)
    return found


def _weekend_named(atoms: list[Atom]) -> list[Atom]:
    """ "Sabtu minggu ini", "sabtu minggu kemarin": both days of that weekend, where "lalu" and "depan" tell a week."""
    return [
        replace(atom, letter="W", value=_SUNDAY)
        if atom.letter == "S"
        and 0 < at < len(atoms) - 1
        and (atoms[at - 1].letter, atoms[at - 1].value) == ("W", _SUNDAY - 1)
        and atoms[at + 1].letter in "IK"
        and atoms[at + 1].text not in ("lalu", "last")
        else atom
        for at, atom in enumerate(atoms)
    ]


def _numbered_in_words(atoms: list[Atom]) -> list[Atom]:
    """ "Minggu ke-3" is the third."""
    found: list[Atom] = []
    for atom in atoms:
        tight = len(found) > 1 and found[-2].text == "ke" and found[-1].text == "-" and found[-1].end == atom.start
        if tight and atom.letter == "n" and 1 <= atom.value <= 5:
            found[-2:] = [Atom("z", atom.value, atom.text, found[-2].start, atom.end)]
        else:
            found.append(atom)
    return found


def _undoubted(said: list[Word]) -> list[Word]:
    """Without the "eh deng" by which somebody takes back what was just said; elsewhere "deng" joins two days."""
    return [
        replace(word, text=_IN_ITS_PLACE[word.text][1])
        if at and word.text in _IN_ITS_PLACE and said[at - 1].text in _IN_ITS_PLACE[word.text][0]
        else word
        for at, word in enumerate(said)
        if not (at and word.text == "dengan" and said[at - 1].text == "eh") and not _dots_a_day(said, at)
    ]


def _dots_a_day(said: list[Word], at: int) -> bool:
    """ "From 14. December", as Germans write it: the dot behind the number of a day."""
    if said[at].text != "." or not 0 < at < len(said) - 1 or not said[at - 1].text.isdigit():
        return False
    return said[at - 1].end == said[at].start and _WORDS.get(said[at + 1].text, ("u", 0))[0] == "M"


def _dotted(atoms: list[Atom]) -> list[Atom]:
    """ "From the 21.12. until the 08.01.2027", "pas 11.11": day and month with a dot, where an hour can't be meant."""
    dated = any(atom.letter == "X" or (atom.letter == "m" and "." in atom.text) for atom in atoms)

    def day(at: int) -> bool:
        atom = atoms[at]
        numbers = re.fullmatch(r"(\d{1,2})\.(\d{2})", atom.text)
        if atom.letter != "C" or numbers is None or (at and atoms[at - 1].letter == "j"):
            return False
        one, other = int(numbers[1]), int(numbers[2])
        return (
            1 <= one <= 31
            and 1 <= other <= 12
            and (dated or one > _MIDNIGHT or one == other or (at > 0 and atoms[at - 1].letter == "g"))
        )

    return [replace(atom, letter="m") if day(at) else atom for at, atom in enumerate(atoms)]


def _alternatives(atoms: list[Atom]) -> list[Atom]:
    """ "Senin apa Selasa": "apa" between two days is "or"; "Thursday though Friday" lacks a letter."""

    def between(at: int) -> bool:
        return 0 < at < len(atoms) - 1 and {atoms[at - 1].letter, atoms[at + 1].letter} <= _DAYS

    joints = {"apa": ("V", 0), "though": ("T", 1), "/": ("A", 0)}
    found: list[Atom] = []
    for at, atom in enumerate(atoms):
        told_gone = atom.text == "gone" or (atom.letter == "a" and atom.text == "yang")  # "Jumat yang lalu"
        if told_gone and at and atoms[at - 1].letter == "W":
            found.append(replace(atom, letter="L", value=-1))  # "Tuesday just gone"
            continue
        letter, value = joints.get(atom.text, (atom.letter, atom.value))
        found.append(replace(atom, letter=letter, value=value) if atom.text in joints and between(at) else atom)
    return found


def _digits_said(atoms: list[Atom]) -> list[Atom]:
    """ "Tanggal dua sembilan sampai tiga satu": after "tanggal" two figures said in words are one number."""
    found: list[Atom] = []
    dated = False
    for atom in atoms:
        before = found[-1] if found else None
        dated = atom.letter == "g" or (dated and atom.letter in "nTAcFg")
        tens = before is not None and before.letter == "n" and before.text in _TENS and atom.letter == "n"
        plain = not atom.text.isdigit() and not atom.text.endswith("nya")  # "tanggal 24 sama 31, dua duanya"
        if dated and tens and before is not None and 1 <= atom.value <= 9 and plain:
            found[-1] = Atom("n", before.value * 10 + atom.value, before.text + atom.text, before.start, atom.end)
        else:
            found.append(atom)
    return found


def _until(pieces: list[Word], at: int) -> bool:
    return at < len(pieces) and _WORDS.get(pieces[at].text, ("u", 0))[0] == "T"


def _phrase(pieces: list[Word], at: int, size: int) -> tuple[str, ...]:
    return tuple(word.text for word in pieces[at : at + size])


def _meaning(word: Word) -> tuple[str, int]:
    text = word.text
    if word.kind in _KINDS:
        return _KINDS[word.kind], int(text[:-2]) if word.kind == "ordinal" else 0
    if text.isascii() and text.isdigit():
        return _number(text)
    if text.endswith("an") and text[:-2].isdigit() and text != "17an":
        return "Q", 0  # "tanggal 20an"
    if text in _COUNTED:
        return "#", 0
    if text in _COUNTING:
        return "%", 0
    if text.endswith(_POSSESSIVE) and _WORDS.get(text[:-2], ("u", 0))[0] in "WRBK":
        text = text[:-2]  # "Sunday's overtime"
    return _WORDS.get(text) or _WORDS.get(_close(text) or "") or ("u", 0)


def _number(text: str) -> tuple[str, int]:
    value = int(text)
    if len(text) <= 3:
        return "n", value
    return ("Y", value) if len(text) == 4 and 1990 <= value <= 2099 else ("J", 0)


def _dashed(atoms: list[Atom]) -> list[Atom]:
    """Dates in figures with dashes or spaces: "24-7", "20-7 s/d 22-7", "24 07 2026"; "9-11" stays a range of days."""
    found: list[Atom] = []
    at = 0
    while at < len(atoms):
        three = atoms[at : at + 3]
        if (month := _month_between(atoms, at)) is not None:
            found += month
            at += 5 if month[0].letter == "X" else 3
        elif "".join(atom.letter for atom in three) == "nnY" and _day_month(three[0], three[1]):
            text = f"{three[0].value}-{three[1].value}-{three[2].value or three[2].text}"
            found.append(Atom("X", 0, text, three[0].start, three[2].end))
            at += 3
        elif atoms[at].letter == "m" and len(atoms) > at + 1 and atoms[at + 1].letter == "M":
            # "Tgl 20/21 juli": two days, the month is said by name.
            first, second = (int(number) for number in re.findall(r"\d+", atoms[at].text))
            here = (atoms[at].text, atoms[at].start, atoms[at].end)
            found += [Atom("n", first, *here), Atom("A", 0, *here), Atom("n", second, *here)]
            at += 1
        elif _glued_pair(atoms, at) and (
            three[0].value > three[2].value
            or three[0].text.startswith("0")
            or _glued_pair(atoms, at + 4)
            or (at > 3 and found[-2:-1] and found[-2].letter == "m")
        ):
            found.append(Atom("m", 0, f"{three[0].value}-{three[2].value}", three[0].start, three[2].end))
            at += 3
        else:
            found.append(atoms[at])
            at += 1
    return found


def _month_between(atoms: list[Atom], at: int) -> list[Atom] | None:
    """ "28-Dec-2026", "28-Dec": a month's name between dashes without a space."""
    day, month, year = atoms[at], atoms[at + 2] if at + 2 < len(atoms) else None, atoms[at + 4 : at + 5]
    if month is None or day.letter != "n" or month.letter != "M" or atoms[at + 1].text not in ("-", "–"):
        return None
    if day.end != atoms[at + 1].start or atoms[at + 1].end != month.start:
        return None
    if year and year[0].letter == "Y" and atoms[at + 3].text in ("-", "–") and atoms[at + 3].end == year[0].start:
        return [Atom("X", 0, f"{day.value}-{month.value}-{year[0].text}", day.start, year[0].end)]
    return [day, month]


def _day_month(day: Atom, month: Atom) -> bool:
    return 1 <= day.value <= 31 and 1 <= month.value <= 12


def _glued_pair(atoms: list[Atom], at: int) -> bool:
    """Whether a day and a month stand here with a dash and no space between, and no month's name behind."""
    pair = atoms[at : at + 3]
    if len(pair) < 3 or pair[0].letter + pair[2].letter != "nn" or pair[1].text not in "-–":
        return False
    if at and atoms[at - 1].letter == "j":
        return False  # "jam 8-3"
    tight = pair[0].end == pair[1].start and pair[1].end == pair[2].start
    return tight and _day_month(pair[0], pair[2]) and (len(atoms) <= at + 3 or atoms[at + 3].letter not in "MkYdwy")


def _months_numbered(atoms: list[Atom]) -> list[Atom]:
    """ "Tanggal 20 bulan 7": a month may be said by its number."""
    found: list[Atom] = []
    at = 0
    while at < len(atoms):
        month, number = atoms[at], atoms[at + 1] if at + 1 < len(atoms) else None
        after = atoms[at + 2].letter if at + 2 < len(atoms) else ""
        if (
            month.letter == "k"
            and number is not None
            and number.letter == "n"
            and 1 <= number.value <= 12
            and after not in {*"dwkySTA"}
        ):
            found.append(Atom("M", number.value, number.text, month.start, number.end))
            at += 2
        else:
            found.append(month)
            at += 1
    return found


@lru_cache(maxsize=20_000)
def _close(text: str) -> str | None:
    """The date word this one is a misspelling of, if it can be no other word."""
    if not 4 <= len(text) <= 14 or text in OTHER or not text.isalpha():
        return None
    if len(text) == _SHORT:
        swapped = (text[:at] + text[at + 1] + text[at] + text[at + 2 :] for at in range(1, _SHORT - 1))
        if exact := next((word for word in swapped if word in _SHORT_WORDS), None):
            return exact
    for ending in _ENDINGS:
        if text.endswith(ending) and text[: -len(ending)] in _WORDS:
            return text[: -len(ending)]
    allowed = 1 if len(text) < _TWICE else 2
    near = process.extract(text, _SPELLINGS, scorer=OSA.distance, score_cutoff=allowed, limit=4)
    # People seldom miss the first letter of a word, and most other words that near begin differently. A word of four
    # letters may only lack one: short words are near too many others.
    same = [
        (distance, word)
        for word, distance, _ in near
        if (word[0] == text[0] or word[:2] == text[1::-1])
        and (distance == 1 or len(word) >= _TWICE)
        and (len(text) > 4 or len(word) == 5)
    ]
    return _LONG[min(same)[1]] if same else None


def _numbered(letter: str, lines: list[str], first: int) -> dict[str, tuple[str, int]]:
    return {name: (letter, number) for number, names in enumerate(lines, start=first) for name in names.split()}


def _atom(key: str) -> tuple[str, int]:
    return key[0], int(key[1:])


_WORDS: dict[str, tuple[str, int]] = {
    **_numbered("M", TABLE["months"], 1),
    **_numbered("W", TABLE["weekdays"], 0),
    **_numbered("n", TABLE["numbers"], 1),
    **_numbered("o", TABLE["ordinals"], 1),
    **{word: _atom(key) for key, listed in TABLE["words"].items() for word in listed.split()},
    ",": ("c", 0),
}
WORDS = frozenset(word for word in _WORDS if word.isalpha())
DAYS_AND_MONTHS = frozenset(word for word, (letter, _) in _WORDS.items() if letter in "MW")
_PHRASES: dict[tuple[str, ...], tuple[str, int]] = {
    tuple(re.split(r"\s+", phrase.strip())): _atom(key)
    for key, listed in TABLE["phrases"].items()
    for phrase in listed.split(",")
}
_LONGEST = max(map(len, _PHRASES))
_OPENING = frozenset(("from", "dari"))
_MIDNIGHT = 24
_OTHER_SIDE = frozenset("sesudah sesudahnya setelah setelahnya after sebelum sebelumnya before".split())
_SUNDAY = 6
_TENS = frozenset("satu dua tiga one two three".split())
_TWICE = 8  # letters a word must have for two of them to be wrong: "sebutkan" is no "sebulan"
# Every longer Indonesian or English spelling of the words that name or join days, with the word it stands for; what
# dialects call them is too near to ordinary words.
_LONG = {
    spelling: word
    for spelling, word in ({word: word for word in _WORDS} | COMMON).items()
    if len(spelling) >= 5 and spelling.isalpha() and _WORDS.get(word, "u")[0] in "MWRBKSNTFvpeEHgkw"
}
_SPELLINGS = list(_LONG)
_SHORT = 4  # letters: of such a word two may have changed places, and no more
_SHORT_WORDS = frozenset("juli juni july june rabu lusa pagi sore".split())
