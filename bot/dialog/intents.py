"""Guesses what a sentence asks for from the concepts heard in it; when two are close it says so instead."""

import re
from dataclasses import dataclass

from bot.dialog import concepts, date_words, interrupts
from bot.dialog.concepts import LEXICON
from bot.dialog.normal import ADDRESS, PARTICLES, Word, words

_ENOUGH = 5.0  # below: nothing we do was heard
_MARGIN = 0.45  # closer than this: ask which was meant
_SURE = 10.0
_MAX = 600
_SHORT = 5
# Heard in sentences about anything: they point nowhere by themselves.
_SIGNS = frozenset(
    "date question number short me may wish check howmany when why already notyet times day change wrong newone log "
    "book rekap arrive give family".split()
)
_DATES = re.compile(r"[RBWXmge]|K|n[TA]n|n[fk]?M|M[n]|S|[wkS][NIL]|[NIL][wk]|E|nb?d|HT?1?d")
_ASKS = frozenset(LEXICON["asking"]["words"].split())


@dataclass(frozen=True, slots=True)
class Guess:
    """The likeliest intent, or None with those that came close; the score runs from 0 to 1."""

    intent: str | None
    score: float
    runners_up: tuple[str, ...]


def guess(sentence: str) -> Guess:
    """What this sentence asks for; "out_of_scope" when it says something, but nothing we do."""
    pieces = [word for word in words(sentence[:_MAX]) if word.kind != "mark" or word.text == "?"]
    heard = concepts.heard(pieces) | _signs(sentence[:_MAX], pieces)
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
    only_dates = "date" in heard and len(said) <= 4
    near = dict.fromkeys([intent for intent, _ in ranked] + _nearest(heard))
    return Guess(None if only_dates or not said else "out_of_scope", 0.0, tuple(near)[:2])


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
    scores: dict[str, float] = {}
    for intent, rules in _RULES.items():
        for weight, needs, bars in rules:
            if all(need in heard for need in needs) and not any(bar in heard for bar in bars):
                score = weight * min((heard[need] for need in needs), default=1.0)
                scores[intent] = max(score, scores.get(intent, 0.0))
    return scores


def _signs(sentence: str, pieces: list[Word]) -> dict[str, float]:
    """What is heard between the words: dates, codes, numbers, questions, brevity."""
    line = "".join(atom.letter for atom in date_words.atoms(sentence))
    signs = {
        "date": _DATES.search(line) is not None,
        "halfday": re.search(r"HT?1?d|pH|Hp", line) is not None,
        "question": is_question(sentence),
        "number": any(word.text.isdigit() for word in pieces),
        "leavecode": any(word.kind == "code" and word.text.startswith("c-") for word in pieces),
        "ticketcode": any(word.kind == "code" and word.text.startswith("t-") for word in pieces),
        "greeting": interrupts.greeting(sentence) is not None or interrupts.thanks(sentence),
        "short": len(pieces) <= _SHORT,
    }
    return {sign: 1.0 for sign, so in signs.items() if so}


def _rule(line: str) -> tuple[float, frozenset[str], frozenset[str]]:
    weight, *names = line.split()
    bars = frozenset(name[1:] for name in names if name.startswith("!"))
    return float(weight), frozenset(name for name in names if not name.startswith("!")), bars


_RULES = {intent: [_rule(line) for line in lines] for intent, lines in LEXICON["rules"].items()}
