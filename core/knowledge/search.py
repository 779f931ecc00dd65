"""Finds the article that somebody asks for in their own words: pure, from articles to an index, from words to hits.

Each title, each other way to ask and each paragraph is an entry of words: shortened ones spelled out, both languages
brought to one word where they mean the same, endings cut, a word that stands in no article repaired by the letters it
shares with one. An entry counts by how much of what was asked it says and by how much of it was asked, rare words for
more than common ones. What came near is answered, put as choices, or said to be nothing: never guessed at.
"""

import math
import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rapidfuzz.distance import DamerauLevenshtein

from core.knowledge.articles import Article, plain

ANSWER, CHOICES, NOTHING = "answer", "choices", "nothing"
# Of a score of 1, chosen on the halves for tuning (tests/benchmarks/knowledge.py). LOW: a word of a topic was heard.
SURE, NEAR, LOW, MARGIN = 0.66, 0.52, 0.28, 0.08
MOST = 3
MOST_WORDS = 40
_ASKED, _SAID = 0.75, 0.25  # how much what was asked and what the entry says weigh
_ALIAS, _LEAD, _TEXT, _BESIDE = 1.0, 0.45, 0.4, 0.18
_DESPITE = 0.72  # what an article must score for being offered beside a word of something else
_SEVERAL = 0.8  # so much of the rarest word, in two words or more of one article, is heard among many others
_BAG = 0.7  # what is said in any of the ways to ask for an article together
_TOPIC = 1.7  # how much more a word of a topic weighs
# A word that stands in no article, against the rarest that does: without and beside a word of a topic.
_STRANGE, _STRANGE_BESIDE = 1.1, 0.8
_MANY = 400  # a word with more entries than this is only looked up in those that a rarer word has found
_HINT = 0.3
_FAINT = 0.15  # an entry that says less than this of what was asked is not weighed
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


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that came near, by its id; 1 is all that was asked and nothing else."""

    id: str
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """What a question found: an answer, two or three choices, or nothing; `heard` are the words as they were taken."""

    outcome: str
    hits: tuple[Hit, ...]
    heard: tuple[str, ...]


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
def _elsewhere() -> frozenset[str]:
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


class Index:
    """The words of these articles and where they stand; built once, asked often."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self._ids: list[str] = []
        self._numbers: dict[str, int] = {}
        self._of: list[int] = []  # entry -> article
        self._bags: list[set[str]] = []  # article -> every word of the ways to ask for it
        self._weight: list[float] = []
        self._length: list[float] = []
        entries: list[frozenset[str]] = []
        self._intents: dict[str, set[int]] = defaultdict(set)
        appears: dict[str, set[int]] = defaultdict(set)
        for one in articles:
            number = self._numbers.setdefault(one.id, len(self._ids))
            if number == len(self._ids):
                self._ids.append(one.id)
                self._bags.append(set())
            for intent in one.intents:
                self._intents[intent].add(number)
            found = [(weight, frozenset(words(text))) for weight, text in _entries(one)]
            asked = frozenset(word for weight, said in found if weight == _ALIAS for word in said)
            self._bags[number] |= asked
            for weight, said in (*found, (_BAG, asked)):
                if said:
                    entries.append(said)
                    self._of.append(number)
                    self._weight.append(weight)
                    for word in said:
                        appears[word].add(number)
        many = max(1, len(self._ids))
        self._rare = {
            word: math.log(1 + many / len(where)) * (_TOPIC if word in topics() else 1.0)
            for word, where in appears.items()
        }
        self._strange = math.log(1 + many)
        places: dict[str, list[int]] = defaultdict(list)
        for at, said in enumerate(entries):
            self._length.append(sum(self._rare[word] for word in said))
            for word in said:
                places[word].append(at)
        self._places = {word: tuple(where) for word, where in places.items()}
        self._where = {word: frozenset(where) for word, where in places.items() if len(where) > _MANY}
        self._grams: dict[str, list[str]] = defaultdict(list)
        for word in self._places:
            for gram in _grams(word):
                self._grams[gram].append(word)

    def __len__(self) -> int:
        return len(self._ids)

    def find(
        self, text: str, *, readable: Callable[[str], bool] | None = None, intent: str | None = None, most: int = MOST
    ) -> Found:
        """What these words ask for, among the articles that the asker may read; an intent that was heard counts too."""
        said = words(text)
        heard = list(dict.fromkeys(self._repaired(said)))
        if not heard:
            return Found(NOTHING, (), ())
        scores = self._scores(heard)
        for number in self._intents.get(intent or "", ()):
            scores[number] = scores.get(number, 0.0) + _HINT
        ranked = sorted(scores.items(), key=lambda one: (-one[1], one[0]))
        hits: list[Hit] = []
        for number, score in ranked:
            if readable is None or readable(self._ids[number]):
                hits.append(Hit(self._ids[number], score))
                if len(hits) == most:
                    break
        bag = self._bags[self._numbers[hits[0].id]] if hits else set()
        told = not topics().isdisjoint(heard) or self._speaks(bag, heard)
        outcome = _outcome(hits, topical=told)
        if any(word not in bag for word in _elsewhere().intersection(said)):
            outcome = CHOICES if hits and hits[0].score >= _DESPITE else NOTHING
        return Found(outcome, tuple(hits), tuple(heard))

    def _speaks(self, bag: Collection[str], heard: Sequence[str]) -> bool:
        """Whether several words that are rare together say that this article is meant, whatever else was told."""
        common = [self._rare[word] for word in heard if word in bag]
        return len(common) > 1 and sum(common) >= _SEVERAL * self._strange

    def _scores(self, heard: Sequence[str]) -> dict[int, float]:
        known = sorted((one for one in heard if one in self._places), key=lambda one: -self._rare[one])
        strange = self._strange * (_STRANGE if topics().isdisjoint(known) else _STRANGE_BESIDE)
        asked = sum(self._rare.get(one, strange) for one in heard)
        got: dict[int, float] = {}
        for word in known:
            worth, everywhere = self._rare[word], self._where.get(word)
            if everywhere is not None and got:
                for at in got:
                    if at in everywhere:
                        got[at] += worth
            else:
                for at in self._places[word]:
                    got[at] = got.get(at, 0.0) + worth
        asks: dict[int, float] = {}
        tells: dict[int, float] = {}
        of, weights, lengths = self._of, self._weight, self._length
        least = _FAINT * asked
        for at, matched in got.items():
            if matched < least:
                continue
            weight, number = weights[at], of[at]
            if weight >= _ALIAS:
                score = matched / (_ASKED * asked + _SAID * lengths[at])
                if score > asks.get(number, 0.0):
                    asks[number] = score
            else:
                score = weight * matched / asked
                if score > tells.get(number, 0.0):
                    tells[number] = score
        for number, score in tells.items():
            best = asks.get(number, 0.0)
            asks[number] = max(best, score) + _BESIDE * min(best, score)
        return asks

    def _repaired(self, said: Sequence[str]) -> Iterator[str]:
        for word in said:
            yield word if word in self._places or word in _elsewhere() else self._nearest(word) or word

    def _nearest(self, word: str) -> str | None:
        """The word of an article that this one is a slip of, if one is near enough for its length."""
        allowed = 0 if len(word) < 5 else 1 if len(word) < 9 else 2
        if not allowed or word.isdigit():
            return None
        shared: dict[str, int] = {}
        for gram in _grams(word):
            for other in self._grams.get(gram, ()):
                shared[other] = shared.get(other, 0) + 1
        near = [
            other
            for other, count in shared.items()
            if count > 1 and other[0] in word[:2] and abs(len(other) - len(word)) <= allowed
        ]
        best, least = None, allowed + 1
        for other in sorted(near, key=lambda one: (-shared[one], one))[:24]:
            away = DamerauLevenshtein.distance(word, other, score_cutoff=allowed)
            if away < least:
                best, least = other, away
        return best


def _grams(word: str) -> set[str]:
    edged = f"^{word}$"
    return {edged[at : at + 3] for at in range(len(edged) - 2)}


def _entries(one: Article) -> Iterator[tuple[float, str]]:
    """What an article can be found by, each with its weight."""
    yield _ALIAS, one.title
    if one.short:
        yield _ALIAS, one.short
    for alias in one.aliases:
        yield _ALIAS, alias
    for asked in one.asked:
        yield _ALIAS, asked
    for at, text in enumerate(one.paragraphs):
        yield (_LEAD if at == 0 else _TEXT), plain(text)


def _outcome(hits: Sequence[Hit], *, topical: bool) -> str:
    if not hits or hits[0].score < (LOW if topical else NEAR):
        return NOTHING
    if hits[0].score < SURE:
        return CHOICES
    close = len(hits) > 1 and hits[0].score - hits[1].score < MARGIN
    return CHOICES if close else ANSWER


def line(index: Index, one: Article, text: str, but: Collection[str] = ()) -> str | None:
    """The line of an article that says all that these words, which go on from it, ask about; None where none does."""
    asked = set(index._repaired(words(text)))  # the same slips as everywhere
    rated = []
    for at, told in enumerate(one.paragraphs):
        said = set(words(plain(told)))
        if at and told not in but and (common := asked & said):
            rated.append((len(common) / max(1, len(asked)), -at, told))
    best = max(rated, default=None)
    return plain(best[2]) if best is not None and best[0] == 1 else None
