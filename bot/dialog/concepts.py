"""Which concepts of the lexicon are heard in a sentence, however its words are inflected or misspelt."""

import re
import tomllib
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.dialog import date_words
from bot.dialog.normal import ADDRESS, PARTICLES, SPELLING, Word, spell, words
from bot.dialog.stems import stems

LEXICON = tomllib.loads((Path(__file__).parent / "lexicon.toml").read_text(encoding="utf-8"))
_LINKS = frozenset("saya aku kami my the a an yang itu ini".split())


def heard(pieces: list[Word]) -> dict[str, float]:
    """The concepts in these words, each with how clearly it was heard; a phrase takes its words from shorter ones."""
    found: dict[str, float] = {}
    told = [read(word.text) for word in pieces]
    said, clear = [word for word, _ in told], [clarity for _, clarity in told]
    taken = [False] * len(said)
    every = list(range(len(said)))
    # "Absen saya ga kerekam": a pronoun does not break a set phrase.
    for places in (every, [at for at in every if said[at] not in _LINKS]):
        for size in range(min(_LONGEST, len(places)), 1, -1):
            for first in range(len(places) - size + 1):
                here = places[first : first + size]
                concepts = _PHRASES.get(tuple(said[at] for at in here))
                if concepts and not any(taken[at] for at in here):
                    _hear(found, concepts, min(clear[at] for at in here))
                    for at in here:
                        taken[at] = True
    for at in every:
        if not taken[at]:
            _hear(found, _SINGLES.get(said[at], ()), clear[at])
    return found


def _hear(found: dict[str, float], concepts: tuple[str, ...], clarity: float) -> None:
    for concept in concepts:
        found[concept] = max(clarity, found.get(concept, 0.0))


def knows(word: str) -> bool:
    """Whether the lexicon has this word, alone or in a phrase."""
    return word in _SINGLES or word in _IN_PHRASES


@lru_cache(maxsize=20_000)
def read(word: str) -> tuple[str, float]:
    """The word of ours this one is, and how surely: itself, a form of it, or a misspelling."""
    if word in _SINGLES:
        return word, 1.0
    if word in _KNOWN or len(word) < 4 or len(word) > 18 or not word.replace("'", "").isalpha():
        return word, 1.0
    whole = [word, re.sub(r"(.)\1", r"\1", word)]
    for form in (form for each in whole for form in (each, *stems(each))):
        if form in _SINGLES:
            return form, 0.98
        if (spelt := spell(form)) in _SINGLES:
            return spelt, 0.98
    for form in (word, *(word.removesuffix(ending) for ending in ("nya", "ku", "mu") if word.endswith(ending))):
        if meant := _misspelt(form):
            return meant
    return word, 1.0


def _misspelt(word: str) -> tuple[str, float] | None:
    """The nearest word of ours; a short word may lack one letter or have two exchanged, a long one have two slips."""
    if word in _OTHER or len(word) < 4:
        return None
    cutoff = 1 if len(word) <= 6 else 2
    near = process.extract(word, _SPELLINGS, scorer=OSA.distance, score_cutoff=cutoff, limit=6)
    fitting = [
        (distance, spelling)
        for spelling, distance, _ in near
        if (spelling[0] == word[0] or spelling[:2] == word[1::-1])
        and (len(word) > 4 or len(spelling) == 5)
        and (distance == 1 or len(spelling) >= 7)
    ]
    if not fitting:
        return None
    distance, spelling = min(fitting)
    return _VOCABULARY[spelling], 0.98 - 0.02 * distance


def _wordings() -> tuple[dict[tuple[str, ...], tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Every wording of every concept, in the spelling that words() gives; in order: every process hears alike."""
    phrases: dict[tuple[str, ...], set[str]] = defaultdict(set)
    singles: dict[str, set[str]] = defaultdict(set)
    for concept, wordings in LEXICON["concepts"].items():
        for wording in wordings.split(","):
            said = tuple(word.text for word in words(wording) if word.kind != "mark")
            if len(said) == 1:
                singles[said[0]].add(concept)
            else:
                phrases[said].add(concept)
    return (
        {said: tuple(sorted(found)) for said, found in phrases.items()},
        {said: tuple(sorted(found)) for said, found in singles.items()},
    )


_PHRASES, _SINGLES = _wordings()
_LONGEST = max(map(len, _PHRASES))
_IN_PHRASES = {word for phrase in _PHRASES for word in phrase}
_OTHER = frozenset(LEXICON["other"]["words"].split()) | date_words.OTHER
_KNOWN = frozenset(
    _IN_PHRASES | set(SPELLING) | set(SPELLING.values()) | PARTICLES | ADDRESS | date_words.WORDS | _OTHER
)
# What a misspelt word may have been meant to be, with the spelling we use for it.
_VOCABULARY = {word: word for word in (*_SINGLES, *sorted(_IN_PHRASES | date_words.WORDS))} | {
    variant: word for variant, word in SPELLING.items() if " " not in word
}
_VOCABULARY = {spelling: word for spelling, word in _VOCABULARY.items() if len(spelling) >= 5 and spelling.isalpha()}
_SPELLINGS = list(_VOCABULARY)
