"""What there is to read for whom, and finding it: the articles of this release and of the company in scope."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from core.knowledge import articles, search
from core.knowledge.articles import Article
from core.knowledge.search import Found, Index
from core.phrases import LANGUAGES

Key = tuple[str, str]


@dataclass(frozen=True)
class Shelf:
    """Articles by id and language, and their index."""

    articles: Mapping[Key, Article]
    index: Index

    def one(self, name: str, language: str, roles: Collection[str], on: date) -> Article | None:
        """The article of this id that somebody with these roles may read on that day, in this language or else in the
        other; None where there is none."""
        others = [language, *(one for one in LANGUAGES if one != language)]
        found = next((self.articles[name, one] for one in others if (name, one) in self.articles), None)
        return found if found is not None and found.may_read(roles) and found.valid_from <= on else None

    def find(
        self, words: str, language: str, roles: Collection[str], on: date, *, intent: str | None = None, most: int = 3
    ) -> tuple[Found, list[Article]]:
        """What these words find, and the articles it names, the nearest first."""

        def readable(name: str) -> bool:
            return self.one(name, language, roles, on) is not None

        found = self.index.find(words, readable=readable, intent=intent, most=most)
        named = (self.one(hit.id, language, roles, on) for hit in found.hits)
        return found, [one for one in named if one is not None]

    def readable(self, language: str, roles: Collection[str], on: date) -> list[Article]:
        """Everything that somebody with these roles may read, by audience and title."""
        names = sorted({name for name, _ in self.articles})
        found = [one for name in names if (one := self.one(name, language, roles, on)) is not None]
        return sorted(found, key=lambda one: (articles.AUDIENCES.index(one.audience), one.title.casefold()))


async def shelf() -> Shelf:
    """The articles of the company in scope."""
    return shipped()


@lru_cache(maxsize=1)
def shipped() -> Shelf:
    """The articles of this release alone."""
    found = articles.shipped()
    return Shelf(found, search.Index(found.values()))
