"""The words of a text as the search knows them: shortened ones spelled out, both languages brought to one word where
they mean the same, endings cut, and what says nothing of what is asked about left out, all by `words.toml`.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

MOST_WORDS = 40
_RUN = 4
_DIGITS = 3  # "12" says nothing of what is asked about, "1721" does
_DAYS = re.compile(
    r"\b(\d+|brp|berapa|per|tiap|satu|dua|tiga|empat|lima) ?hr\b"
)  # days; elsewhere "hr" is the department
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")  # "gajiii"
_ENDINGS = ("nya", "kan", "lah", "kah", "in", "an", "ku", "mu", "i")
_BEGINNINGS = (
    "memper",
    "meng",
    "meny",
    "mem",
    "men",
    "peng",
    "pem",
    "pen",
    "ber",
    "ter",
    "per",
    "di",
    "ke",
    "se",
    "me",
)
_ROOT = 4
_ENGLISH = ("ing", "ies", "ed", "es", "s")


@lru_cache(maxsize=1)
def _dictionary() -> tuple[Mapping[str, str], Mapping[str, str], Mapping[str, str], frozenset[str]]:
    read = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
    same = {other: word for word, others in read["same"].items() for other in others.split()}
    return read["short"], read["phrases"], same, frozenset(read["left_out"]["words"].split())


@lru_cache(maxsize=1)
def topics() -> frozenset[str]:
    """The words that say by themselves what is asked about."""
    read = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
    return frozenset(read["topics"]["words"].split())


@lru_cache(maxsize=1)
def elsewhere() -> frozenset[str]:
    """The words, as the index would have them, that say that nothing of an article is asked about."""
    read = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
    return frozenset(_root(word) for word in read["elsewhere"]["words"].split())


@lru_cache(maxsize=1)
def _phrases() -> re.Pattern[str]:
    several = sorted(_dictionary()[1], key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, several))})\b")


@lru_cache(maxsize=8192)
def _root(word: str) -> str:
    """The word without the endings and beginnings that change nothing of what it is about."""
    short, _, same, _ = _dictionary()
    word = short.get(word, word)
    if word in same:
        return same[word]
    if word in _roots() or len(word) <= _ROOT:
        return word
    for cut in _cut(word):
        if cut in same:
            return same[cut]
        if cut in _roots():
            return cut
    return next(_cut(word), word) if len(word) > _ROOT + 2 else word


@lru_cache(maxsize=1)
def _roots() -> frozenset[str]:
    short, phrases, same, _ = _dictionary()
    return (
        frozenset(same.values())
        | frozenset(short.values())
        | {one for many in phrases.values() for one in many.split()}
    )


def _cut(word: str) -> Iterator[str]:
    ends = [word, *(word[: -len(end)] for end in (*_ENDINGS, *_ENGLISH) if word.endswith(end))]
    for one in ends[1:] + ends[:1]:
        if one != word and len(one) >= _ROOT:
            yield one
        for begins in _BEGINNINGS:
            if one.startswith(begins) and len(one) - len(begins) >= _ROOT:
                yield one[len(begins) :]


def words(text: str) -> list[str]:
    """What a text is about, in the words of the index."""
    short, phrases, _, left_out = _dictionary()
    plain_text = unicodedata.normalize("NFKD", text.casefold()).replace("’", "'")
    plain_text = _DAYS.sub(r"\1 hari", _STRETCHED.sub(r"\1", plain_text))
    said = [short.get(one, one) for one in _WORD.findall(plain_text)[: MOST_WORDS * 4]]
    joined = _phrases().sub(lambda found: phrases[found[0]], " ".join(said))
    found: list[str] = []
    for one in joined.split():
        word = one.removesuffix("'s")
        if word in left_out or len(word) < (_DIGITS if word.isdigit() else 2):
            continue
        found.append(_root(word))
    return [one for one in found if one not in left_out][:MOST_WORDS]


def letters(text: str) -> set[str]:
    """The runs of four letters of its words as they are written, with where a word begins and ends."""
    found: set[str] = set()
    for word in _WORD.findall(text.casefold()):
        edged = f"^{word}$"
        found.update(edged[at : at + _RUN] for at in range(max(1, len(edged) - _RUN + 1)))
    return found


@lru_cache(maxsize=1)
def asked_elsewhere() -> tuple[tuple[str, ...], ...]:
    """What people ask a desk about that is nothing of ours, in their words, a matter each."""
    read = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
    lines = read["elsewhere"]["asked"].splitlines()
    return tuple(tuple(one.strip() for one in line.split("|")) for line in lines if line.strip())
