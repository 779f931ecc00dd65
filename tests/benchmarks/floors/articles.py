"""The floors of finding an article: SQLite's full-text search with porter's stems, rapidfuzz over titles and other ways to ask, and
BM25 over letters by threes. None knows a dictionary."""

import math
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

from rapidfuzz import fuzz, process

from core.knowledge.articles import Article, plain

Find = Callable[[str], list[str]]


def _text(one: Article) -> str:
    return " ".join((one.title, *one.aliases, plain(one.body)))


def full_text(articles: Iterable[Article]) -> Find:
    """FTS5 with porter, words or-ed, its own BM25."""
    base = sqlite3.connect(":memory:")
    base.execute("create virtual table a using fts5(id unindexed, t, tokenize='porter')")
    base.executemany("insert into a values (?, ?)", [(one.id, _text(one)) for one in articles])

    def find(words: str) -> list[str]:
        asked = " or ".join(f'"{word}"' for word in re.findall(r"\w+", words.lower()))
        sql = "select id from a where a match ? order by rank limit 12"
        rows = base.execute(sql, [asked.replace(" or ", " OR ")]).fetchall() if asked else []
        return list(dict.fromkeys(row[0] for row in rows))

    return find


def likeness(articles: Iterable[Article]) -> Find:
    """rapidfuzz's token_set_ratio over titles and other ways to ask."""
    ways = [(one.id, way.lower()) for one in articles for way in (one.title, *one.aliases)]
    texts = [way for _, way in ways]

    def find(words: str) -> list[str]:
        near = process.extract(words.lower(), texts, scorer=fuzz.token_set_ratio, limit=12)
        return list(dict.fromkeys(ways[at][0] for _, _, at in near))

    return find


def by_threes(articles: Iterable[Article]) -> Find:
    """BM25 over letters by threes."""
    ids, counts = [], []
    for one in articles:
        ids.append(one.id)
        counts.append(Counter(_threes(_text(one))))
    mean = sum(sum(one.values()) for one in counts) / len(counts)
    places: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for at, count in enumerate(counts):
        long = 0.25 + 0.75 * sum(count.values()) / mean
        for gram, often in count.items():
            places[gram].append((at, often * 2.2 / (often + 1.2 * long)))

    def find(words: str) -> list[str]:
        scores: dict[int, float] = defaultdict(float)
        for gram in set(_threes(words)):
            rows = places.get(gram, [])
            rare = math.log(1 + (len(ids) - len(rows) + 0.5) / (len(rows) + 0.5))
            for at, weight in rows:
                scores[at] += rare * weight
        return list(dict.fromkeys(ids[at] for at in sorted(scores, key=lambda one: -scores[one])[:12]))

    return find


def _threes(text: str) -> list[str]:
    said = " ".join(re.findall(r"\w+", text.lower()))
    return [said[at : at + 3] for at in range(len(said) - 2)]
