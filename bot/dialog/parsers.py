"""Reads answers to open questions: yes or no, one of several choices, a code, a part of the day, a reason."""

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from bot.dialog import date_words
from bot.dialog.normal import ADDRESS, PARTICLES, Word, words
from bot.dialog.reasons import reason

__all__ = ["choose", "code", "part_of_day", "reason", "yes_no"]

_ANSWERS = tomllib.loads((Path(__file__).parent / "answers.toml").read_text(encoding="utf-8"))
_YES = frozenset(_ANSWERS["yes"]["words"].split())
_NO = frozenset(_ANSWERS["no"]["words"].split())
_YES_PHRASES = tuple(phrase.strip() for phrase in _ANSWERS["yes"]["phrases"].split(","))
_NO_PHRASES = tuple(phrase.strip() for phrase in _ANSWERS["no"]["phrases"].split(","))
_BESIDE_YES = frozenset(_ANSWERS["yes"]["beside"].split())
_PLAIN_YES = frozenset("ya iya yes yep yup yeah y".split())
_DENIAL = frozenset("tidak jangan bukan no not don't".split())
_UNCERTAIN = frozenset("tapi but kalau if atau or kenapa why berapa kapan bagaimana how when what apa".split())
_NUMBERS = {name: number for number, names in enumerate(_ANSWERS["numbers"], start=1) for name in names.split()}
_ORDINALS = {name: number for number, names in enumerate(_ANSWERS["ordinals"], start=1) for name in names.split()}
_LAST = frozenset("terakhir last akhir bontot".split())
_AROUND_A_NUMBER = frozenset(
    "yang nomor no opsi pilihan option number choice choose pilih the one saja aja just itu ini ambil mau saya i take "
    "want ke that pick please only deh dong ok oke ya paling".split()
)
_IN_A_ROW = re.compile(
    r"\W*(?:(?:i'll |i |let's )?(?:take|pick|choose|want|like) )?(?:the )?"
    r"(?:first|second|third|fourth|last) (?:one|option|choice)\b", re.IGNORECASE
)  # fmt: skip
_MAX = 400
_POLITE = 14
_ALPHABET = "A-HJ-NP-Za-hj-np-z2-9"
_CODE = re.compile(rf"\s*([{_ALPHABET}]{{4}})([-–\s]?)([{_ALPHABET}]{{4}})\s*")


def yes_no(sentence: str) -> bool | None:
    """Yes, no, or None when it is a question, a correction or something else altogether."""
    pieces = words(sentence[:_MAX])
    # "Terima" accepts, "terima kasih" thanks.
    said = " ".join(word.text for word in pieces if word.kind != "mark").replace("terima kasih", "terima-kasih").split()
    if mark := _thumb(sentence):
        return mark == "up" if said in ([], ["1"]) else None
    if "?" not in sentence and _politely(said):
        return True
    line = " ".join(said)
    if not said or len(said) > 8 or "?" in sentence or _names_days(sentence) or _UNCERTAIN & set(said):
        return None
    if any(_opens(line, phrase) for phrase in _YES_PHRASES):
        return True
    if any(_opens(line, phrase) for phrase in _NO_PHRASES):
        return False
    return _weighed(said, pieces)


def only_yes(sentence: str) -> bool:
    """Whether nothing is said but yes, in however many words: "yes okay go ahead"."""
    line = " ".join(word.text for word in words(sentence[:_MAX]) if word.kind != "mark")
    for phrase in sorted((*_YES_PHRASES, "go ahead"), key=len, reverse=True):
        line = line.replace(phrase, " ")
    return set(line.split()) <= _YES | _BESIDE_YES | PARTICLES | ADDRESS


def _politely(said: list[str]) -> bool:
    """ "Baik, mohon diajukan. Terima kasih.": nothing but a yes and courtesies around it."""
    agrees = set(said) & (_YES - _BESIDE_YES)
    return bool(agrees) and len(said) <= _POLITE and set(said) <= _YES | _BESIDE_YES | PARTICLES | ADDRESS


def _weighed(said: list[str], pieces: list[Word]) -> bool | None:
    kernel = [word for word in said if word not in ADDRESS and (word not in PARTICLES or word in _YES)] or said
    agrees = [word for word in kernel if word in _YES]
    denies = [word for word in kernel if word in _NO]
    if denies:
        # "Boleh ga" and "ya ga" ask; "jangan ya" and "ya jangan" don't.
        asks = agrees and kernel[-1] == "tidak" and len(kernel) > 1
        return None if asks or (kernel[0] not in _NO and kernel[0] not in _PLAIN_YES) or len(kernel) > 5 else False
    if kernel[0] not in _YES:
        return None
    paused = len(pieces) > 1 and pieces[1].text in {",", ".", "!"}
    return True if paused or len(kernel) <= 4 else None


def _opens(line: str, phrase: str) -> bool:
    return line == phrase or (line.startswith(phrase + " ") and len(line) <= len(phrase) + 24)


def _thumb(sentence: str) -> str | None:
    if any(sign in sentence for sign in "👍👌✅🆗✔💯") or re.fullmatch(r"\s*\+1\s*", sentence):
        return "up"
    return "down" if any(sign in sentence for sign in "👎❌🙅✖") else None


def _names_days(sentence: str) -> bool:
    return any(atom.letter in "RBKWXmgMSeEDo" for atom in date_words.atoms(sentence))


def digit(sentence: str) -> str | None:
    """The one digit that is all that was said, in figures or as a word: "2", "2.", "dua", "nol"."""
    said = [word.text for word in words(sentence[:_MAX]) if word.kind != "mark"]
    if len(said) != 1:
        return None
    if said[0] in ("nol", "zero", "0"):
        return "0"
    number = _number(said[0])
    return str(number) if number is not None and 1 <= number <= 9 else None


def choose(sentence: str, titles: Sequence[str]) -> int | None:
    """Which of these titles is meant: by its words, also misspelt or shortened, its number or its place."""
    sentence = sentence[:_MAX]
    said = _kernel(sentence)
    plain = [_kernel(title) for title in titles]
    if not said or not titles:
        return None
    if said in plain:
        return plain.index(said)
    place = _place(sentence, len(titles))
    if place is None and not re.search(r"\d", sentence):  # "yang pertama, ada nikahan": the rest is said beside it
        place = _place(re.split(r"[,;\n]", sentence, maxsplit=1)[0], len(titles))
    if place is not None:
        return place
    clause = _kernel(re.split(r"[,.;!\n]", sentence, maxsplit=1)[0]) or said
    for wanted in (said, clause):
        found = _likeliest(wanted, plain)
        if found is not None:
            return found
    return None


def _kernel(text: str) -> list[str]:
    """The words of an answer or a title that tell it from another."""
    said = [word.text for word in words(text) if word.kind != "mark"]
    dropped = {"saja", "sampai", "to", "yang", "itu", "the", "dulu"} | PARTICLES
    kept = [
        word
        for at, word in enumerate(said)
        if (word not in dropped and word not in ADDRESS) or (at == 0 and word in _PLAIN_YES)
    ]
    return kept or said


def _place(sentence: str, count: int) -> int | None:
    said = [word.text for word in words(sentence) if word.kind != "mark"]
    said = ["ke" + b if a == "ke" and b.isdigit() else b for a, b in zip(["", *said], said, strict=False) if b != "ke"]
    numbers = [n for word in said if (n := _number(word)) is not None]
    if said[-1:] == ["one"] and (len(numbers) == 2 or _LAST & set(said)):  # "the second one", "the last one"
        numbers.pop()
    others = [word for word in said if _number(word) is None and word not in _AROUND_A_NUMBER and word not in PARTICLES]
    if any(word in _LAST for word in said) and not numbers and not [word for word in others if word not in _LAST]:
        return count - 1
    if len(numbers) != 1 or [word for word in others if word not in ADDRESS] or len(said) > 7:
        return None
    return numbers[0] - 1 if 1 <= numbers[0] <= count else None


def _number(word: str) -> int | None:
    if word.isascii() and word.isdigit() and len(word) <= 3:
        return int(word)
    digits = re.fullmatch(r"(?:ke)?(\d{1,2})(?:st|nd|rd|th)?", word)
    return int(digits[1]) if digits else _ORDINALS.get(word) or _NUMBERS.get(word)


def _likeliest(said: list[str], titles: list[list[str]]) -> int | None:
    if len(said) > 8:
        return None
    scores = [_likeness(said, title) for title in titles]
    best = max(scores)
    return scores.index(best) if best >= 0.6 and scores.count(best) == 1 else None


def _likeness(said: list[str], title: list[str]) -> float:
    """How surely these words mean this title, from 0 to 1."""
    if bool(_DENIAL & set(said)) != bool(_DENIAL & set(title)):
        return 0.0
    whole = fuzz.ratio(" ".join(said), " ".join(title)) / 100
    inside = [word for word in said if any(_same(word, other) for other in title)]
    heard = [other for other in title if any(_same(word, other) for word in said)]
    if not inside:
        return whole if whole >= 0.85 else 0.0
    covered, matched = len(inside) / len(said), len(heard) / len(title)
    if matched == 1.0 and len(said) <= len(title) + 3:
        return 0.8 + 0.2 * covered
    return max(whole if whole >= 0.85 else 0.0, 0.6 + 0.2 * matched if covered == 1.0 else 0.0)


def _same(word: str, other: str) -> bool:
    if word == other:
        return True
    short, long = sorted((word, other), key=len)
    if len(short) < 4 or not (short.isalpha() and long.isalpha()):
        return False
    if len(short) >= 5 and long.startswith(short):
        return True
    stems = [w.removesuffix("kan").removesuffix("in") for w in (word, other)]
    allowed = 1 if len(long) <= 6 else 2
    return stems[0] == stems[1] or (word[0] == other[0] and OSA.distance(word, other) <= allowed)


def in_a_row(sentence: str) -> bool:
    """Whether something is named by its place in a row: "the first one" is a choice, and no first of the month."""
    return _IN_A_ROW.match(sentence) is not None


def code(sentence: str) -> str | None:
    """The invitation code this sentence consists of, in capitals and in one piece."""
    said = _CODE.fullmatch(sentence[:40])
    if said is None or len(sentence) > 40:
        return None
    joined = said[1] + said[3]
    # A code has a figure more often than not; small letters alone must at least be unpronounceable to be one.
    if not re.search(r"\d", joined) and not joined.isupper() and not re.search(r"[^aeuAEU]{4}", joined):
        return None
    return joined.upper()


def part_of_day(sentence: str) -> Literal["am", "pm"] | None:
    """Morning or afternoon, when exactly one of them is said."""
    said = " ".join(word.text for word in words(sentence[:_MAX]) if word.kind != "mark")
    said = re.sub(r"\bi am\b", "", said)
    said = re.sub(r"\b(?:bukan|jangan|not|no) (?:yang )?(?:pagi|siang|sore|morning|afternoon)\b", "", said)
    if re.search(r"\b(?:sebelum|before) (?:makan siang|lunch|noon)\b", said):
        return "am"
    if re.search(r"\b(?:setelah|sesudah|habis|after) (?:makan siang|lunch|noon)\b", said):
        return "pm"
    morning = re.search(r"\b(?:pagi|paginya|morning|mornings|am)\b", said)
    afternoon = re.search(r"\b(?:siang|siangnya|sore|sorenya|afternoon|afternoons|pm)\b", said)
    if bool(morning) == bool(afternoon):
        return None
    return "am" if morning else "pm"
