"""Guesses what a sentence asks for from the concepts heard in it; when two are close it says so instead."""

import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.dialog import date_words, interrupts
from bot.dialog.normal import ADDRESS, PARTICLES, Word, words

_LEXICON = tomllib.loads((Path(__file__).parent / "lexicon.toml").read_text(encoding="utf-8"))
_ENOUGH = 5.0  # below: nothing we do was heard
_MARGIN = 0.45  # closer than this: ask which was meant
_SURE = 10.0
_MAX = 600
_SHORT = 5
_LINKS = frozenset("saya aku kami my the a an yang itu ini".split())
_DATES = re.compile(r"[RBWXmge]|K|n[TA]n|n[fk]?M|M[n]|S|[wkS][NIL]|[NIL][wk]|E|nb?d|HT?1?d")
_ASKS = frozenset(_LEXICON["asking"]["words"].split())


@dataclass(frozen=True, slots=True)
class Guess:
    """The likeliest intent, or None with those that came close; the score runs from 0 to 1."""

    intent: str | None
    score: float
    runners_up: tuple[str, ...]


def guess(sentence: str) -> Guess:
    """What this sentence asks for; "out_of_scope" when it says something, but nothing we do."""
    pieces = [word for word in words(sentence[:_MAX]) if word.kind != "mark" or word.text == "?"]
    heard = _heard(sentence[:_MAX], pieces)
    ranked = sorted(_scores(heard).items(), key=lambda scored: -scored[1])
    if not ranked or ranked[0][1] < _ENOUGH:
        return _nothing(pieces, heard, ranked)
    best, score = ranked[0]
    close = tuple(intent for intent, other in ranked[1:4] if score - other < 3 and other >= _ENOUGH)
    certain = min(1.0, score / _SURE)
    if close and score - ranked[1][1] < _MARGIN:
        return Guess(None, certain, (best, *close)[:3])
    return Guess(best, certain, close)


def is_question(sentence: str) -> bool:
    """Whether the sentence asks rather than tells."""
    pieces = words(sentence[-_MAX:])
    if not pieces:
        return False
    said = [word.text for word in pieces if word.kind != "mark" and word.text not in PARTICLES | ADDRESS]
    last = said[-1] if said else ""
    closing = last in ("tidak", "belum") and len(said) > 1
    return (
        pieces[-1].text == "?" or closing or any(word in _ASKS or word.endswith("kah") for word in said[:2] + said[-1:])
    )


def _nothing(pieces: list[Word], heard: dict[str, float], ranked: list[tuple[str, float]]) -> Guess:
    said = [word for word in pieces if word.kind == "word" and len(word.text) > 1 and not word.text.isdigit()]
    near = tuple(intent for intent, _ in ranked[:2])
    only_dates = "date" in heard and len(said) <= 4
    return Guess(None if only_dates or not said else "out_of_scope", 0.0, near)


def _scores(heard: dict[str, float]) -> dict[str, float]:
    scores: dict[str, float] = {}
    for intent, rules in _RULES.items():
        for weight, needs, bars in rules:
            if all(need in heard for need in needs) and not any(bar in heard for bar in bars):
                score = weight * min((heard[need] for need in needs), default=1.0)
                scores[intent] = max(score, scores.get(intent, 0.0))
    return scores


def _heard(sentence: str, pieces: list[Word]) -> dict[str, float]:
    """The concepts in the sentence, each with how clearly it was heard."""
    heard: dict[str, float] = {}
    said = [word.text for word in pieces]
    taken = [False] * len(said)
    every = list(range(len(said)))
    # "Absen saya ga kerekam": a pronoun does not break a set phrase.
    for places in (every, [at for at in every if said[at] not in _LINKS]):
        for size in range(min(_LONGEST, len(places)), 1, -1):
            for first in range(len(places) - size + 1):
                here = places[first : first + size]
                phrase = tuple(said[at] for at in here)
                if phrase in _PHRASES and not any(taken[at] for at in here):
                    heard |= dict.fromkeys(_PHRASES[phrase], 1.0)
                    for at in here:
                        taken[at] = True
    for word, gone in zip(pieces, taken, strict=True):
        if not gone:
            for concept, clarity in _meant(word.text).items():
                heard[concept] = max(clarity, heard.get(concept, 0.0))
    return heard | _signs(sentence, pieces)


def _signs(sentence: str, pieces: list[Word]) -> dict[str, float]:
    """What is heard between the words: dates, codes, numbers, questions, brevity."""
    signs = {
        "date": _DATES.search("".join(atom.letter for atom in date_words.atoms(sentence))) is not None,
        "halfday": re.search(r"HT?1?d|pH|Hp", "".join(atom.letter for atom in date_words.atoms(sentence))) is not None,
        "question": is_question(sentence),
        "number": any(word.text.isdigit() for word in pieces),
        "leavecode": any(word.kind == "code" and word.text.startswith("c-") for word in pieces),
        "ticketcode": any(word.kind == "code" and word.text.startswith("t-") for word in pieces),
        "greeting": interrupts.greeting(sentence) is not None or interrupts.thanks(sentence),
        "short": len(pieces) <= _SHORT,
    }
    return {sign: 1.0 for sign, so in signs.items() if so}


@lru_cache(maxsize=20_000)
def _meant(word: str) -> dict[str, float]:
    """The concepts of one word, also when inflected or misspelt."""
    if word in _WORDS:
        return dict.fromkeys(_WORDS[word], 1.0)
    for form in _forms(word):
        if form in _WORDS:
            return dict.fromkeys(_WORDS[form], 0.98)
    if not 5 <= len(word) <= 16 or not word.isalpha() or word in _OTHER:
        return {}
    cutoff = 1 if len(word) <= 6 else 2
    near = process.extract(word, _LONG_WORDS, scorer=OSA.distance, score_cutoff=cutoff, limit=3)
    near = [found for found in near if found[0][0] == word[0] or found[0][:2] == word[1::-1]]
    return dict.fromkeys(_WORDS[near[0][0]], 0.95 - 0.05 * near[0][1]) if near else {}


def _forms(word: str) -> list[str]:
    """The word without Indonesian or English endings and prefixes, likelier stems first."""
    bare = [word]
    for ending in ("nya", "kan", "lah", "kah", "in", "an", "ku", "mu", "i", "'s", "s", "es", "ed", "ing"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            bare.append(word.removesuffix(ending))
    stems = bare[1:]
    for stem in bare:
        for prefix in ("meng", "peng", "mem", "men", "pem", "pen", "ber", "ter", "nge", "di", "me", "pe", "ke", "ng"):
            if stem.startswith(prefix) and len(stem) - len(prefix) >= 3:
                stems.append(stem.removeprefix(prefix))
    return stems


def _phrase_tables() -> tuple[dict[tuple[str, ...], set[str]], dict[str, set[str]]]:
    """Every wording of every concept, in the spelling that words() gives."""
    phrases: dict[tuple[str, ...], set[str]] = defaultdict(set)
    singles: dict[str, set[str]] = defaultdict(set)
    for concept, wordings in _LEXICON["concepts"].items():
        for wording in wordings.split(","):
            said = tuple(word.text for word in words(wording) if word.kind != "mark")
            if len(said) == 1:
                singles[said[0]].add(concept)
            else:
                phrases[said].add(concept)
    return dict(phrases), dict(singles)


def _rule(line: str) -> tuple[float, frozenset[str], frozenset[str]]:
    weight, *concepts = line.split()
    bars = frozenset(name[1:] for name in concepts if name.startswith("!"))
    return float(weight), frozenset(name for name in concepts if not name.startswith("!")), bars


_PHRASES, _WORDS = _phrase_tables()
_LONGEST = max(map(len, _PHRASES))
_LONG_WORDS = [word for word in _WORDS if len(word) >= 5 and word.isalpha()]
_RULES = {intent: [_rule(line) for line in lines] for intent, lines in _LEXICON["rules"].items()}
_OTHER = frozenset(word for phrase in _PHRASES for word in phrase) | frozenset(_LEXICON["other"]["words"].split())
