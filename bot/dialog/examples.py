"""What sentences like this one were asked for: a guess from word and letter groups, learned from examples.toml.

It backs up the rules of lexicon.toml where people use words those do not know. A company's own examples count on top,
for that company only. The weights in learned.txt are made by learn.py.
"""

import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bot.dialog import concepts, date_words
from bot.dialog.normal import ADDRESS, PARTICLES, SPELLING, Word, spell, words
from bot.dialog.stems import stems

LEARNED = Path(__file__).parent / "learned.txt"
_IDLE = PARTICLES | ADDRESS
_SCALE = 100  # learned.txt holds hundredths
_GROUP = 4
_SHARPNESS = 9.0
_ALIKE = 0.55  # how much of its word and letter groups a sentence shares with a taught one before that counts
_STRANGE = 0.5  # weight of how many words are strange, in number and as a share
_MAX = 600
Features = dict[str, float]


@dataclass(frozen=True, slots=True, eq=False)  # what was taught is the same only where it is one thing
class Taught:
    """The sentences a company labelled, ready to be compared with; never shared between companies."""

    whole: Mapping[tuple[str, ...], str]
    groups: tuple[tuple[str, Features], ...]
    places: Mapping[str, tuple[int, ...]]

    def likeness(self, said: list[str], features: Features) -> dict[str, float]:
        """How much this sentence is like one taught for each intent: 1 is the same, below about a half is left out."""
        if exact := self.whole.get(tuple(said)):
            return {exact: 1.0}
        shared: dict[int, float] = {}
        for feature, value in features.items():
            for at in self.places.get(feature, ()):
                shared[at] = shared.get(at, 0.0) + value * self.groups[at][1][feature]
        alike: dict[str, float] = {}
        for at, share in shared.items():
            intent = self.groups[at][0]
            if share >= _ALIKE:
                alike[intent] = max(share, alike.get(intent, 0.0))
        return alike


def teach(pairs: Iterable[tuple[str, str]]) -> Taught:
    """Learn from (sentence, intent) pairs; where one sentence was labelled twice the later label counts."""
    latest = {tuple(spoken(words(sentence[:_MAX]))): (sentence, intent) for sentence, intent in pairs}
    latest.pop((), None)
    groups = tuple((intent, features(words(sentence[:_MAX]))) for sentence, intent in latest.values())
    places: dict[str, list[int]] = {}
    for at, (_, found) in enumerate(groups):
        for feature in found:
            places.setdefault(feature, []).append(at)
    return Taught(
        {said: intent for said, (_, intent) in latest.items()},
        groups,
        {feature: tuple(listed) for feature, listed in places.items()},
    )


def spoken(pieces: list[Word]) -> list[str]:
    """The words that say something, as the forms we know them by; one number is as good as another, one day too."""
    return [
        re.sub(r"\d+", "#", piece.text) if piece.kind == "code" else known(piece.text)
        for piece in pieces
        if piece.kind in ("word", "glued", "code") and piece.text not in _IDLE
    ]


def features(pieces: list[Word], heard: Iterable[str] = (), often: Collection[str] | None = None) -> Features:
    """The words, neighbours, letter groups and concepts of a sentence, and how many words are strange; of length one.

    Strange is what was not in at least two examples; `often` are those words while they are being learned.
    """
    said = spoken(pieces)
    often = _learned()[2] if often is None else often
    found: Features = dict.fromkeys(("c" + concept for concept in heard), 1.0)
    for before, after in zip(["^", *said], [*said, "$"], strict=True):
        found[f"b{before} {after}"] = 0.7
    for word in said:
        found["w" + word] = 1.0
        if len(word) > _GROUP:
            framed = f"<{word}>"
            for at in range(len(framed) - _GROUP + 1):
                found["g" + framed[at : at + _GROUP]] = 0.35
    found[f"n{min(4, len(said) // 2)}"] = 0.5
    if said:
        strange = sum(word not in often for word in said)
        found[f"u{min(3, strange)}"] = found[f"v{round(3 * strange / len(said))}"] = _STRANGE
    length = math.sqrt(sum(value * value for value in found.values()))
    return {feature: value / length for feature, value in found.items()}


def likely(found: Features) -> dict[str, float]:
    """How likely each intent is by what was learned; all together are one."""
    names, weights, _ = _learned()
    scores = dict.fromkeys(names, 0.0)
    for feature, value in found.items():
        for name, weight in weights.get(feature, ()):
            scores[name] += weight * value
    best = max(scores.values())
    odds = {name: math.exp(_SHARPNESS * (score - best)) for name, score in scores.items()}
    whole = sum(odds.values())
    return {name: each / whole for name, each in odds.items()}


@lru_cache(maxsize=20_000)
def known(word: str) -> str:
    """The form of this word we know, or the word as it is; "#" for numbers and "@" for days and months."""
    if word[0].isdigit():
        return "#"
    if word in date_words.DAYS_AND_MONTHS:
        return "@"
    meant, weights = concepts.read(word)[0], _learned()[1]
    if meant != word or word in SPELLING or "w" + word in weights or concepts.knows(word) or len(word) < 5:
        return meant
    for stem in map(spell, stems(word)):
        if "w" + stem in weights or concepts.knows(stem):
            return stem
    return word


_changes = 0  # how often what is known was taken away or given back


def known_now() -> int:
    """A number that is another one once the examples are known no more, or again."""
    return _changes


@contextmanager
def unlearned() -> Iterator[None]:
    """As long as it lasts no example is known, so that learning anew does not lean on what was learned before."""
    global _changes
    weights = _learned()[1]
    kept = dict(weights)
    weights.clear()
    known.cache_clear()
    _changes += 1
    try:
        yield
    finally:
        weights.update(kept)
        known.cache_clear()
        _changes += 1


@lru_cache
def _learned() -> tuple[tuple[str, ...], dict[str, tuple[tuple[str, float], ...]], frozenset[str]]:
    """The intents, each feature with those it speaks for or against, and the words heard more than once.

    Read with the first sentence, not before.
    """
    lines = LEARNED.read_text(encoding="utf-8").splitlines() if LEARNED.exists() else ["", "", ""]
    names = tuple(lines[1].split())
    weights = {}
    for line in lines[3:]:
        feature, *told = line.split("\t")
        pairs = (each.split("=") for each in told)
        weights[feature] = tuple((names[int(at)], int(weight) / _SCALE) for at, weight in pairs)
    return names, weights, frozenset(lines[2].split())
