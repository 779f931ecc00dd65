"""A sentence written without its spaces, taken apart again where every part of it is a word we know."""

import re
from functools import lru_cache
from pathlib import Path

from bot.dialog import interrupts, normal, parsers

_HERE = Path(__file__).parent
_RUNS = re.compile(r"[^\W\d_]+|\d+|[^\w\s]+|\s+|_")
SHORTEST, LONGEST, MOST = 7, 60, 3  # letters of a word that may be several, and at most; words of such a sentence
_CERTAIN = 3  # parts: of two alone, as in "Kalimantan", either may be chance
# Of two letters there are too many that stand for something; these are words.
_SHORT = frozenset("ya di ke eh sy mo gw bs si is it to do my no of on in me be or we if at am ok yg".split())
_LISTED = re.compile(r"[^\W\d_]+")


def apart(sentence: str) -> str:
    """The sentence with its spaces, or as it was written: it has spaces, or is not made of words we know."""
    said = sentence.split()
    if not 0 < len(said) <= MOST or not any(_may_be_several(one) for one in said):
        return sentence
    parted = [_parted(one) for one in said]
    whole = " ".join(parted)
    if any(len(made.split()) >= _CERTAIN for made in parted):
        return whole
    answers = parsers.yes_no(whole) is not None or interrupts.command(whole) is not None
    return whole if len(said) == 1 and answers else sentence


def _may_be_several(word: str) -> bool:
    return any(
        SHORTEST <= len(run) <= LONGEST and run not in _known() for run in _LISTED.findall(normal.fold(word)[:200])
    )


def _parted(word: str) -> str:
    runs = []
    for run in _RUNS.findall(word[:200]):
        plain = normal.fold(run)
        found = None
        if len(plain) == len(run) and SHORTEST <= len(run) <= LONGEST and run.isalpha() and plain not in _known():
            found = _words_in(plain)
        runs.append(" ".join(found) if found else run)
    return " ".join(runs) if len(runs) > 1 and any(" " in one for one in runs) else "".join(runs)


def _words_in(run: str) -> list[str] | None:
    """The fewest and longest words that make up these letters; None where they are none."""
    best: list[tuple[float, int] | None] = [(0.0, 0), *[None] * len(run)]
    for end in range(1, len(run) + 1):
        for start in range(max(0, end - 16), end - 1):
            before, word = best[start], run[start:end]
            if before is None or word not in _known() or (len(word) == 2 and word not in _SHORT):
                continue
            cost = before[0] + {2: 2.0, 3: 1.5}.get(len(word), 1.0)
            there = best[end]
            if there is None or cost < there[0]:
                best[end] = cost, start
    if best[-1] is None:
        return None
    made, end = list[str](), len(run)
    while end:
        step = best[end]
        assert step is not None
        made.append(run[step[1] : end])
        end = step[1]
    return made[::-1]


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    """Every word of our tables, in each of its spellings."""
    found = set(normal.SPELLING) | normal.PARTICLES | normal.ADDRESS | normal.ORDINARY
    for name in ("lexicon", "answers", "calendar", "kinds", "spelling"):
        found |= set(_LISTED.findall((_HERE / f"{name}.toml").read_text(encoding="utf-8").lower()))
    return frozenset(word for word in found if len(word) > 1 and word.isalpha())
