"""What there is to read for whom, and finding it: the articles of this release and of the company in scope."""

from collections import OrderedDict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from core import database
from core.knowledge import articles, editing, search
from core.knowledge.articles import Article
from core.knowledge.search import Found, Index
from core.phrases import LANGUAGES

Key = tuple[str, str]
MOST_COMPANIES = 16


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
    """The articles of the company in scope: its own stand in the place of those of the release under the same id.

    What it wrote last is looked up each time, the index made anew only when that has changed.
    """
    company, mark = database.company(), await editing.mark()
    if not mark:
        return shipped()
    kept = _kept.get(company)
    if kept is None or kept[0] != mark:
        own = {(one.id, one.language): one for row in await editing.held() for one in editing.as_articles(row)}
        every = {**articles.shipped(), **own}
        kept = (mark, Shelf(every, search.Index(every.values())))
        _kept[company] = kept
    _kept.move_to_end(company)
    while len(_kept) > MOST_COMPANIES:
        _kept.popitem(last=False)
    return kept[1]


# By company, with what its articles were then; never looked up but by the company in scope.
_kept: "OrderedDict[int, tuple[str, Shelf]]" = OrderedDict()


@lru_cache(maxsize=1)
def shipped() -> Shelf:
    """The articles of this release alone."""
    found = articles.shipped()
    return Shelf(found, search.Index(found.values()))
