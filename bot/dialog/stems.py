"""Takes the Indonesian, regional and English endings and prefixes off a word; light, so what is left is what was said.

"dibatalkan", "mbatalin", "pembatalannya" and "dibatalke" all lead to "batal". Whoever asks knows which words there are:
the likeliest stem of those that exist is the first.
"""

import re
from functools import lru_cache

_ENDINGS = (
    *(
        "nya",
        "kannya",
        "annya",
        "annye",
        "kanlah",
        "kan",
        "lah",
        "kah",
        "pun",
        "in",
        "an",
        "ku",
        "mu",
        "i",
        "nye",
        "ny",
    ),
    *("keun", "ake", "aken", "ke", "no", "ne", "e", "ana", "na", "eun"),
    *("'s", "s", "es", "ed", "ing", "ly"),
)
# A prefix that swallowed the first letter of the stem, with the letters it may have swallowed: "memakai" is "pakai".
_PREFIXES = (
    ("menge", ""), ("penge", ""), ("meng", "k"), ("peng", "k"), ("meny", "s"), ("peny", "s"), ("mem", "p"),
    ("pem", "p"), ("men", "t"), ("pen", "t"), ("nge", ""), ("ng", "k"), ("ny", "s"), ("me", ""), ("pe", ""),
    ("ber", ""), ("be", ""), ("per", ""), ("ter", ""), ("ke", ""), ("di", ""), ("se", ""), ("ku", ""),
    ("kau", ""), ("ka", ""), ("ti", ""), ("m", "p"), ("n", "t"),
)  # fmt: skip
_SHORTEST = 3


@lru_cache(maxsize=20_000)
def stems(word: str) -> tuple[str, ...]:
    """What the word may be a form of, likelier first and without the word itself."""
    found: dict[str, None] = {}
    for whole in (word, *_halved(word)):
        bare = [whole]
        for ending in _ENDINGS:
            if whole.endswith(ending) and len(whole) - len(ending) >= _SHORTEST:
                bare.append(whole.removesuffix(ending))
        found |= dict.fromkeys(bare)
        for stem in bare:
            found |= dict.fromkeys(_unprefixed(stem))
    found.pop(word, None)
    return tuple(found)


def _halved(word: str) -> list[str]:
    """ "Teman-teman" and "temanteman" are "teman"; "orang2nya" is "orangnya"."""
    halves = []
    if match := re.fullmatch(r"([a-z]{3,})-?\1([a-z]{0,4})", word):
        halves += [match[1] + match[2], match[1]]
    if match := re.fullmatch(r"([a-z]{3,})2([a-z]{0,4})", word):
        halves.append(match[1] + match[2])
    return halves


def _unprefixed(stem: str) -> list[str]:
    bare = []
    for prefix, swallowed in _PREFIXES:
        left = stem.removeprefix(prefix)
        if left == stem or len(left) < _SHORTEST:
            continue
        bare.append(left)
        bare += [letter + left for letter in swallowed if left[0] in "aeiou"]
        # "Memperbaiki", "diperbarui", "keterlambatan": a prefix behind the prefix.
        bare += [left.removeprefix(inner) for inner in ("per", "ber", "ter", "pe") if left.startswith(inner)]
    return [each for each in bare if len(each) >= _SHORTEST]
