"""Learns learned.txt from examples.toml: `python -m bot.dialog.learn`, run again whenever the examples change.

Averaged perceptrons with a margin, in several orders: the same examples always give the same weights.
"""

import hashlib
import random
import tomllib
from collections import Counter
from collections.abc import Collection
from pathlib import Path

from bot.dialog import concepts, examples
from bot.dialog.normal import words

EXAMPLES = Path(__file__).parent / "examples.toml"
_ORDERS = 5  # one order of the examples alone would decide what hangs in the balance
_ROUNDS = 10
_MARGIN = 0.5
_FAINT = 6  # hundredths; weaker weights only cost time
Weights = dict[str, dict[str, float]]


def read() -> list[tuple[str, str]]:
    """Every example with its intent."""
    told = tomllib.loads(EXAMPLES.read_text(encoding="utf-8"))
    return [(line, intent) for intent, lines in told.items() for line in lines.strip().splitlines()]


def stamp() -> str:
    """Tells whether the weights were learned from the examples as they are."""
    return hashlib.sha256(EXAMPLES.read_bytes()).hexdigest()[:16]


def often(pairs: list[tuple[str, str]]) -> frozenset[str]:
    """The words of at least two examples; every other word is as strange as one that was never heard."""
    with examples.unlearned():
        counted = Counter(word for sentence, _ in pairs for word in set(examples.spoken(words(sentence))))
    return frozenset(word for word, times in counted.items() if times > 1)


def learn(pairs: list[tuple[str, str]]) -> Weights:
    """Weights by feature and intent that put each example's own intent first, where they can."""
    heard = often(pairs)
    with examples.unlearned():
        known = [(_features(sentence, heard), intent) for sentence, intent in pairs]
    whole: Weights = {}
    for order in range(_ORDERS):
        for feature, told in _learned_once(known, random.Random(order)).items():  # noqa: S311 - an order, no secret
            for name, weight in told.items():
                _add(whole, feature, name, weight / _ORDERS)
    return whole


def _learned_once(known: list[tuple[examples.Features, str]], dice: random.Random) -> Weights:
    """The weights of one order of the examples, averaged over all its steps."""
    names = sorted({intent for _, intent in known})
    weights: Weights = {}
    summed: Weights = {}
    step, known = 0, list(known)
    for _ in range(_ROUNDS):
        dice.shuffle(known)
        for found, intent in known:
            step += 1
            rival = _rival(weights, found, intent, names)
            for feature, value in found.items() if rival else ():
                for name, change in ((intent, value), (rival, -value)):
                    _add(weights, feature, name, change)
                    _add(summed, feature, name, change * step)
    return {
        feature: {name: weight - summed[feature][name] / step for name, weight in told.items()}
        for feature, told in weights.items()
    }


def _rival(weights: Weights, found: examples.Features, intent: str, names: list[str]) -> str:
    """The intent that comes too near to the right one, or none."""
    scores = dict.fromkeys(names, 0.0)
    for feature, value in found.items():
        for name, weight in weights.get(feature, {}).items():
            scores[name] += weight * value
    rival = max((name for name in names if name != intent), key=lambda name: (scores[name], name))
    return rival if scores[intent] - scores[rival] < _MARGIN else ""


def write(weights: Weights, heard: Collection[str]) -> None:
    """Put the weights, and the words that are not strange, where examples.py reads them."""
    names = sorted({name for told in weights.values() for name in told})
    lines = [f"# {stamp()}: learned from examples.toml by learn.py, not by hand; hundredths by place in this list"]
    lines += [" ".join(names), " ".join(sorted(heard))]
    for feature in sorted(weights):
        told = {at: round(weights[feature].get(name, 0.0) * 100) for at, name in enumerate(names)}
        kept = [f"{at}={weight}" for at, weight in told.items() if abs(weight) >= _FAINT]
        if kept:
            lines.append("\t".join([feature, *kept]))
    examples.LEARNED.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _features(sentence: str, heard: Collection[str]) -> examples.Features:
    pieces = words(sentence)
    return examples.features(pieces, concepts.heard(pieces), heard)


def _add(table: Weights, feature: str, name: str, change: float) -> None:
    told = table.setdefault(feature, {})
    told[name] = told.get(name, 0.0) + change


if __name__ == "__main__":
    write(learn(read()), often(read()))
