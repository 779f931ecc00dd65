"""Guesses what a sentence asks for from what is heard in it; when two are close it says so instead."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.dialog import concepts, date_words, examples, interrupts
from bot.dialog.concepts import LEXICON
from bot.dialog.examples import Taught
from bot.dialog.normal import ADDRESS, PARTICLES, Word, words

OUT_OF_SCOPE = "out_of_scope"
NAMES = tuple(sorted(LEXICON["rules"]))
# A score is what the rules give (up to 12.6), a little less, and what the examples add.
_RULED = 0.5
_LEARNED = 10.0
_FEW, _MANY = 0.5, 3
# "Soal gaji", "libur gaji kapan": so few words, of which only weak rules fire or two alike, are asked back.
_VAGUE, _WEAK, _SCANT, _ALIKE = 2, 7.0, 3, 0.45
_TAUGHT = 20.0
_ENOUGH = 3.0  # where no rule fires, below: nothing we do was heard
_HINTED = 1.5  # the same where a concept of ours was heard and no word is strange: "status", "laptop"
_MARGIN = 0.4  # closer than this: ask which was meant
_NEAR = 6.0
_FAINT = 1.5
_SURE = 10.0
_MAX = 600
_SHORT = 5
# Heard in sentences about anything: they point nowhere by themselves.
_SIGNS = frozenset(
    "date question number short me may wish check howmany when why already notyet times day change wrong newone log "
    "book rekap arrive give family".split()
)
_of_this_turn: ContextVar[Taught | None] = ContextVar("taught", default=None)
_DATES = re.compile(r"[RBWXmge]|K|n[TA]n|n[fk]?M|M[n]|S|[wkS][NIL]|[NIL][wk]|E|nb?d|HT?1?d")
_ASKS = frozenset(LEXICON["asking"]["words"].split())
_WHO = re.compile(
    r"\b(?:siapa\w*|who(?:'s|s)?|any(?:one|body)|ada (?:yang|orang|teman))(?: \S+){0,4}? "
    r"(?:cuti|libur|off|away|leave|absen|absent|izin|(?:tidak|not) (?:masuk|in)|out|sakit|sick|holiday)\b"
)
_PLEA = re.compile(r"\b(?:off|libur)(?: kerja)? (?:dong|donk|please|pls|plz)\b")  # "12-14 agustus libur dong"
_PLEADED = frozenset({"plea", "date"})
_NOT_PLEADED = frozenset({"question", "change", "cancel", "nevermind", "holiday", "feast", "left", "whoaway"})
_CALLED_OFF = frozenset({"cancel", "libur"})  # "batal libur tgl 12"
_NOT_CALLED_OFF = frozenset({"question", "holiday", "feast", "collectiveday", "whoaway"})
_SAID_ALIKE = ("holiday_calendar", "leave_change")
_NOT_AWAY = re.compile(
    r"\b(?:\w*etuju\w*|approv\w*|acc|\w*putus\w*|decid\w*|\w*tanya\w*|hubungi|ask|contact|atasan|boleh|can i|berhak"
    r"|entitled|\w*urus\w*|handle\w*|pegang|atur|gaji|sisa|jatah|batal\w*|ganti\w*)\b"
)


# "Batalin Kamis dong, acaranya pindah ke 12 Desember".
_NO_OCCASION = re.compile(
    r"\b(?:cancel\w*|batal\w*|dibatal\w*|scrap|drop)\b(?! and ).{1,60}"
    r"\b(?:it|(?:acara|rapat|ujian|nikahan|event|jadwal)(?:nya)?|appointment|meeting|party|wedding|exam|hearing)"
    r"(?: \w+'?s?)? (?:di)?(?:moved|pindah|undur|geser|pushed|postponed)\b"
)


@dataclass(frozen=True, slots=True)
class Guess:
    """The likeliest intent, or None with those that came close; the score runs from 0 to 1.

    `heard` are the concepts of lexicon.toml in the sentence, for whoever wants to know why.
    """

    intent: str | None
    score: float
    runners_up: tuple[str, ...]
    heard: tuple[str, ...] = ()


@contextmanager
def taught_by(company: Taught | None) -> Iterator[None]:
    """As long as it lasts, every guess knows what this company taught, those of readers and kinds of leave too."""
    before = _of_this_turn.set(company)
    try:
        yield
    finally:
        _of_this_turn.reset(before)


def is_taught() -> bool:
    """Whether guesses know what a company taught."""
    return _of_this_turn.get() is not None


def guess(sentence: str, taught: Taught | None = None) -> Guess:
    """What this sentence asks for; "out_of_scope" when it says something, but nothing we do.

    The rules of the lexicon and what was learned from examples speak together; what a company taught outweighs both.
    """
    return _guessed(sentence[:_MAX], taught or _of_this_turn.get(), examples.known_now())


@lru_cache(maxsize=256)
def _guessed(sentence: str, taught: Taught | None, _known: int) -> Guess:
    """Kept for a while: one sentence is guessed at by many in the same turn."""
    pieces = [word for word in words(sentence) if word.kind != "mark" or word.text == "?"]
    heard = concepts.heard(pieces)
    found = examples.features(pieces, heard)
    said = examples.spoken(pieces)
    told = tuple(heard)
    heard |= _signs(sentence, pieces)
    by_rule = _scores(heard)
    pleaded = heard.keys() >= _PLEADED and _NOT_PLEADED.isdisjoint(heard)
    called_off = heard.keys() >= _CALLED_OFF and _NOT_CALLED_OFF.isdisjoint(heard)
    weighed = _weighed(by_rule, found, said, taught, pleaded, called_off)
    if "cancel" in heard and _NO_OCCASION.search(
        " ".join(word.text for word in pieces)
    ):  # what moved is no leave, and the leave is not moved
        weighed["leave_cancel"] = max(weighed.pop("leave_change", 0.0), weighed.get("leave_cancel", 0.0))
    ranked = sorted(weighed.items(), key=lambda scored: -scored[1])
    enough = _HINTED if told and "u0" in found else _ENOUGH
    if not by_rule and (not ranked or ranked[0][1] < enough or ("onlydates" in heard and not taught)):
        return replace(_nothing(pieces, heard, ranked), heard=told)
    best, score = ranked[0]
    close = tuple(intent for intent, other in ranked[1:4] if score - other < _NEAR and other >= _FAINT)
    others = tuple(dict.fromkeys((*close, *(intent for intent, _ in ranked[1:3]))))
    certain = min(1.0, score / _SURE)
    if close and score - ranked[1][1] < _MARGIN:
        return Guess(None, certain, (best, *close)[:3], told)
    return Guess(best, certain, others, told)


def _weighed(
    by_rule: dict[str, float],
    found: examples.Features,
    said: list[str],
    taught: Taught | None,
    pleaded: bool,
    called_off: bool,
) -> dict[str, float]:
    """Rules and examples on one scale, that of the rules: the more was said, the more the examples count."""
    learned = 0.0 if _is_vague(by_rule, said) else _LEARNED * min(1.0, max(0, len(said) - _FEW) / _MANY)
    odds = examples.likely(found)
    scores = {
        name: _RULED * by_rule.get(name, 0.0) + learned * odds.get(name, 0.0)
        for name in sorted(by_rule.keys() | odds.keys())  # of two that are as likely, the same one in every process
    }
    if called_off:  # whoever cancels a day off does not ask which days are free
        scores["leave_cancel"] = max(scores.pop("holiday_calendar", 0.0), scores.get("leave_cancel", 0.0))
    if pleaded:  # whoever pleads for days asks for them, and neither looks them up nor changes any
        scores["leave_request"] = max(scores.pop(one, 0.0) for one in ("leave_request", *_SAID_ALIKE))
    if taught:
        for intent, likeness in taught.likeness(said, found).items():
            scores[intent] = scores.get(intent, 0.0) + _TAUGHT * likeness
    return scores


def _is_vague(by_rule: dict[str, float], said: list[str]) -> bool:
    best = sorted(by_rule.values(), reverse=True)[:2]
    if not best or len(said) > _SCANT:
        return False
    return (len(said) <= _VAGUE and best[0] < _WEAK) or (len(best) > 1 and best[0] - best[1] < _ALIKE)


def is_question(sentence: str) -> bool:
    """Whether the sentence asks rather than tells."""
    pieces = words(sentence[-_MAX:])
    if not pieces:
        return False
    said = [word.text for word in pieces if word.kind != "mark" and word.text not in PARTICLES | ADDRESS]
    last = said[-1] if said else ""
    closing = last in ("tidak", "belum") and len(said) > 1
    return (
        pieces[-1].text == "?"
        or closing
        or any(word in _ASKS or re.search(r"(?<!ni)kah$", word) for word in said[:2] + said[-1:])
    )


def _nothing(pieces: list[Word], heard: dict[str, float], ranked: list[tuple[str, float]]) -> Guess:
    said = [word for word in pieces if word.kind == "word" and len(word.text) > 1 and not word.text.isdigit()]
    only_dates = "date" in heard and len(said) <= 4
    likely = [intent for intent, score in ranked if score > 0 and intent != OUT_OF_SCOPE]
    near = dict.fromkeys(likely + _nearest(heard))
    return Guess(None if only_dates or not said else OUT_OF_SCOPE, 0.0, tuple(near)[:2])


def _nearest(heard: dict[str, float]) -> list[str]:
    """The intents of which at least half was heard, likelier ones first."""
    halves: dict[str, float] = {}
    for intent, rules in _RULES.items():
        for weight, needs, bars in rules:
            share = sum(need in heard for need in needs - _SIGNS) / len(needs)
            if share >= 0.5 and not bars & heard.keys():
                halves[intent] = max(weight * share, halves.get(intent, 0.0))
    return sorted(halves, key=lambda intent: -halves[intent])


def _scores(heard: dict[str, float]) -> dict[str, float]:
    """The heaviest rule of each intent that fires."""
    scores: dict[str, float] = {}
    names = heard.keys()
    for intent, rules in _RULES.items():
        for weight, needs, bars in rules:
            if needs <= names and bars.isdisjoint(names):
                scores[intent] = max(weight * min(heard[need] for need in needs), scores.get(intent, 0.0))
    return scores


def _signs(sentence: str, pieces: list[Word]) -> dict[str, float]:
    """What is heard between the words: dates, codes, numbers, questions, brevity."""
    line = "".join(atom.letter for atom in date_words.atoms(sentence))
    signs = {
        "date": _DATES.search(line) is not None,
        "atday": re.search(r"jt?(?:nf?k?M|o|X|m)", line) is not None,
        "halfday": re.search(r"HT?1?d|pH|Hp", line) is not None,
        "question": is_question(sentence),
        "number": any(word.text.isdigit() for word in pieces),
        "leavecode": any(word.kind == "code" and word.text.startswith("c-") for word in pieces),
        "ticketcode": any(word.kind == "code" and word.text.startswith("t-") for word in pieces),
        "greeting": interrupts.greeting(sentence) is not None or interrupts.thanks(sentence),
        "short": len(pieces) <= _SHORT,
        "onlydates": "u" not in line,
        "whoaway": asks_who(sentence),
        "plea": _PLEA.search(" ".join(word.text for word in pieces)) is not None,
    }
    return {sign: 1.0 for sign, so in signs.items() if so}


def asks_who(sentence: str) -> bool:
    """Whether it names who it looks for among those who are away: "siapa yang cuti besok", "anyone off today"."""
    said = " ".join(word.text for word in words(sentence[:_MAX]) if word.kind != "mark")
    return len(said) < 120 and _WHO.search(said) is not None and _NOT_AWAY.search(said) is None


def _rule(line: str) -> tuple[float, frozenset[str], frozenset[str]]:
    weight, *names = line.split()
    bars = frozenset(name[1:] for name in names if name.startswith("!"))
    return float(weight), frozenset(name for name in names if not name.startswith("!")), bars


_RULES = {intent: [_rule(line) for line in lines] for intent, lines in LEXICON["rules"].items()}
