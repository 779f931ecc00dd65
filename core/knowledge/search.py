"""Finds the article that somebody asks for in their own words: pure, from articles to an index, from words to hits.

Each title and each other way to ask is an entry of words (`wording.py`); a word that stands in no article is repaired
by the letters it shares with one. First every article counts by which of the words people use who mean it, and how
often, rare words for more than common ones; then those that came near are read again, by the one way to ask that is
nearest and by runs of letters. What is asked elsewhere stands among the articles, a matter each: where it is nearest,
nothing is offered. What came near is answered, put as choices, or said to be nothing: never guessed at.
"""

import math
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nlargest

from rapidfuzz.distance import DamerauLevenshtein

from core.knowledge.articles import Article, plain
from core.knowledge.wording import asked_elsewhere, elsewhere, letters, topics, words

ANSWER, CHOICES, NOTHING = "answer", "choices", "nothing"
# Of a score of 1, chosen on the halves for tuning (tests/benchmarks/knowledge.py). LOW: a word of a topic was heard.
SURE, NEAR, LOW, MARGIN, ALONE = 0.64, 0.34, 0.27, 0.14, 0.02
MOST = 3
_DESPITE = 0.72  # what an article must score for being offered beside a word of something else
_ASKED, _SAID = 0.75, 0.25  # how much what was asked and what the entry says weigh
_TOPIC = 1.7  # how much more a word of a topic weighs
# A word that stands in no article, against the rarest that does: without and beside a word of a topic.
_STRANGE, _STRANGE_BESIDE = 1.1, 0.8
# How much counts: the nearest way to ask, the words of all ways, those of the text, their likelihood, runs of letters.
_BEST, _WAYS, _BODY, _LIKELY, _RUNS = 1.0, 1.0, 0.4, 0.1, 0.04
_OFTEN = 3  # so many ways with a word are half of as many as one could wish
_EVERYWHERE = 0.2  # how much of a word's likelihood in an article is that of the word anywhere
_AGAIN, _OTHERS = 10, 3  # so many that came near are read again, and of what is asked elsewhere
_MANY = 400  # a word in more articles than this is only looked up in those that a rarer word has found
_HINT = 0.3
_ELSEWHERE = 1.3  # how near what is nothing of ours counts
_WORDED, _JUST = 0.99, 0.2  # asked for in just these words: what counts as that, and how much more it counts
_SCALE = 0.75  # so that what says all that was asked is about 1
_KEPT = 256  # articles whose runs of letters are kept


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


@dataclass(slots=True)
class _Ways:
    """The ways to ask for one article, in both languages, and the words of its text."""

    texts: list[str]
    entries: list[frozenset[str]]
    body: set[str]
    counts: Counter[str]
    lengths: list[float]
    places: dict[str, list[int]]  # word -> entries

    def likely(self, word: str) -> float:
        """How likely a way to ask for this has the word; its text counts for half a way."""
        return (self.counts[word] + (0.5 if word in self.body else 0.0)) / (len(self.entries) + 1)

    def best(self, heard: Sequence[str], rare: dict[str, float], asked: float) -> float:
        """The nearest entry."""
        got: dict[int, float] = {}
        for word in heard:
            for at in self.places.get(word, ()):
                got[at] = got.get(at, 0.0) + rare[word]
        lengths = self.lengths
        return max((matched / (_ASKED * asked + _SAID * lengths[at]) for at, matched in got.items()), default=0.0)


class Index:
    """The words of these articles and where they stand; built once, asked often."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self._ids: list[str] = []
        self._numbers: dict[str, int] = {}
        self._ways: list[_Ways] = []
        self._intents: dict[str, set[int]] = defaultdict(set)
        for one in articles:
            number = self._take(one.id, _asked(one), one.paragraphs)
            for intent in one.intents:
                self._intents[intent].add(number)
        self._ours = len(self._ids)  # from here on what is nothing of ours
        for at, asked in enumerate(asked_elsewhere()):
            self._take(f" {at}", asked, ())
        many = len(self._ids)
        likely: dict[str, dict[int, float]] = defaultdict(dict)
        for number, ways in enumerate(self._ways):
            for word in ways.counts.keys() | ways.body:
                likely[word][number] = ways.likely(word)
        self._rare = {
            word: math.log(1 + many / len(where)) * (_TOPIC if word in topics() else 1.0)
            for word, where in likely.items()
        }
        self._strange = math.log(1 + many)
        # What a word is worth to an article: how often it is asked so, and how much likelier there than anywhere.
        self._worth: dict[str, dict[int, tuple[float, float]]] = {}
        self._most: dict[str, float] = {}  # of a word, the likelihood's part
        for word, where in likely.items():
            anywhere, rare = sum(where.values()) / many, self._rare[word]
            self._worth[word] = {at: self._of(word, at, there, anywhere, rare) for at, there in where.items()}
            self._most[word] = max(worth[1] for worth in self._worth[word].values())
        self._unheard = _LIKELY * math.log(1 + (1 - _EVERYWHERE) / _EVERYWHERE * many * 0.5)
        for ways in self._ways:
            ways.lengths = [sum(self._rare[word] for word in said) for said in ways.entries]
            for at, said in enumerate(ways.entries):
                for word in said:
                    ways.places.setdefault(word, []).append(at)
        self._grams: dict[str, list[str]] = defaultdict(list)
        for word in self._worth:
            for gram in _grams(word):
                self._grams[gram].append(word)
        self._runs: OrderedDict[int, Counter[str]] = OrderedDict()

    def __len__(self) -> int:
        return self._ours

    def _take(self, name: str, asked: Iterable[str], text: Iterable[str]) -> int:
        number = self._numbers.setdefault(name, len(self._ids))
        if number == len(self._ids):
            self._ids.append(name)
            self._ways.append(_Ways([], [], set(), Counter(), [], {}))
        ways = self._ways[number]
        for way in asked:
            if said := frozenset(_words(way)):
                ways.texts.append(way)
                ways.entries.append(said)
                ways.counts.update(said)
        for line in text:
            ways.body.update(_words(plain(line)))
        return number

    def _of(self, word: str, at: int, there: float, anywhere: float, rare: float) -> tuple[float, float]:
        ways = self._ways[at]
        often = ways.counts[word]
        said = rare * (_WAYS * often / (often + _OFTEN) + (_BODY if word in ways.body else 0.0))
        return said, _LIKELY * math.log(1 + (1 - _EVERYWHERE) * there / (_EVERYWHERE * anywhere))

    def find(
        self, text: str, *, readable: Callable[[str], bool] | None = None, intent: str | None = None, most: int = MOST
    ) -> Found:
        """What these words ask for, among the articles that the asker may read; an intent that was heard counts too."""
        said = words(text)
        heard = list(dict.fromkeys(self._repaired(said)))
        if not heard:
            return Found(NOTHING, (), ())
        scores, worded = self._again(self._near(heard, readable), heard, text)
        for number in self._intents.get(intent or "", ()):
            if number in scores or readable is None or readable(self._ids[number]):
                scores[number] = scores.get(number, 0.0) + _HINT
        other = max((score for number, score in scores.items() if number >= self._ours), default=0.0)
        ours = ((number, score) for number, score in scores.items() if number < self._ours)
        ranked = sorted(ours, key=lambda one: (-one[1], one[0]))[:most]
        hits = [Hit(self._ids[number], min(1.0, score)) for number, score in ranked]
        if not hits:
            return Found(NOTHING, (), tuple(heard))
        alone = [number in worded for number, _ in ranked[:2]] == [True, False]
        outcome = _outcome([score for _, score in ranked], topical=not topics().isdisjoint(heard), alone=alone)
        counts = self._ways[self._numbers[hits[0].id]].counts
        if any(word not in counts for word in elsewhere().intersection(said)):
            outcome = CHOICES if hits[0].score >= _DESPITE else NOTHING
        if _ELSEWHERE * other >= hits[0].score:
            outcome = NOTHING
        return Found(outcome, tuple(hits), tuple(heard))

    def _near(self, heard: Sequence[str], readable: Callable[[str], bool] | None) -> dict[int, float]:
        """How near articles are by their words: what is asked elsewhere, and the first of those one may read."""
        known = sorted((one for one in heard if one in self._worth), key=lambda one: len(self._worth[one]))
        asked = self._asked(heard)
        got: dict[int, float] = {}
        for word in known:
            worth = self._worth[word]
            if len(worth) > _MANY and got:
                for at in got:
                    if (both := worth.get(at)) is not None:
                        got[at] += both[0] / asked + both[1]
            else:
                for at, (ways, likely) in worth.items():
                    got[at] = got.get(at, 0.0) + ways / asked + likely
        others = ((other, got.pop(other)) for other in range(self._ours, len(self._ids)) if other in got)
        found = dict(nlargest(_OTHERS, others, key=lambda one: one[1]))
        wanted = _AGAIN * 2
        while True:
            ranked = nlargest(wanted, got.items(), key=lambda one: one[1])
            may = [one for one in ranked if readable is None or readable(self._ids[one[0]])][:_AGAIN]
            if len(may) == _AGAIN or wanted >= len(got):
                return found | dict(may)
            wanted *= 8

    def _asked(self, heard: Sequence[str]) -> float:
        strange = self._strange * (_STRANGE if topics().isdisjoint(heard) else _STRANGE_BESIDE)
        return sum(self._rare.get(one, strange) for one in heard)

    def _again(self, near: dict[int, float], heard: Sequence[str], text: str) -> tuple[dict[int, float], set[int]]:
        """Those near by all that counts, about 1 for all of it; and which are asked for in just these words."""
        asked = self._asked(heard)
        runs = letters(text)
        counts = {at: (self._runs_of(at), len(self._ways[at].entries) + 1) for at in near}
        among = [
            (run, sum(held[run] / of for held, of in counts.values() if run in held) / max(1, len(counts)))
            for run in runs
        ]
        least = 1 / (60 * max(1, len(counts)))
        most = (
            _BEST + 0.5 * _WAYS + _RUNS * 1.5 * len(runs) + sum(self._most.get(word, self._unheard) for word in heard)
        )
        scores: dict[int, float] = {}
        worded: set[int] = set()
        for at, score in near.items():
            held, of = counts[at]
            best = self._ways[at].best(heard, self._rare, asked)
            if best > _WORDED:
                worded.add(at)
                score += _JUST
            score += _BEST * best
            score += _RUNS * sum(
                math.log(1 + (1 - _EVERYWHERE) * (held[run] / of) / (_EVERYWHERE * (share + least)))
                for run, share in among
                if run in held
            )
            scores[at] = _SCALE * score / most
        return scores, worded

    def _runs_of(self, at: int) -> Counter[str]:
        kept = self._runs.get(at)
        if kept is None:
            kept = Counter(run for way in self._ways[at].texts for run in letters(way))
            self._runs[at] = kept
            if len(self._runs) > _KEPT:
                self._runs.popitem(last=False)
        return kept

    def _repaired(self, said: Sequence[str]) -> Iterator[str]:
        for word in said:
            yield word if word in self._worth or word in elsewhere() else self._nearest(word) or word

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


@lru_cache(maxsize=32_768)
def _words(text: str) -> tuple[str, ...]:
    """Read once: a company's index is made anew with each article it saves, from the same articles of the release."""
    return tuple(words(text))


def _asked(one: Article) -> Iterator[str]:
    """The ways to ask for an article."""
    yield one.title
    if one.short:
        yield one.short
    yield from one.aliases
    yield from one.asked


def _outcome(scores: Sequence[float], *, topical: bool, alone: bool) -> str:
    """`alone`: the first is asked for in these very words, and the next is not."""
    if scores[0] < (LOW if topical else NEAR):
        return NOTHING
    if scores[0] < SURE:
        return CHOICES
    close = len(scores) > 1 and scores[0] - scores[1] < (ALONE if alone else MARGIN)
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
