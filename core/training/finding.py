"""Finding a film in one's own words: by what it is called, what else it is called, and what is said in it."""

from collections.abc import Collection
from datetime import date
from functools import lru_cache

from core.knowledge import search
from core.knowledge.articles import Article
from core.phrases import LANGUAGES
from core.training import catalogue
from core.training.catalogue import Film

_ALWAYS = date(2000, 1, 1)


def find(words: str, roles: Collection[str], *, most: int = 3) -> list[Film]:
    """The films that these words are near to, the nearest first; none where none is."""
    films = catalogue.films()
    found = _index().find(words, readable=lambda name: films[name].may_see(roles), most=most)
    return [films[hit.id] for hit in found.hits if hit.score >= search.NEAR]


def sure(words: str, roles: Collection[str]) -> Film | None:
    """The one film that is surely meant."""
    films = catalogue.films()
    found = _index().find(words, readable=lambda name: films[name].may_see(roles))
    return films[found.hits[0].id] if found.outcome == search.ANSWER else None


@lru_cache(maxsize=1)
def _index() -> search.Index:
    return search.Index([_as_article(film, language) for film in catalogue.films().values() for language in LANGUAGES])


def _as_article(film: Film, language: str) -> Article:
    """The film as the search reads articles."""
    script = film.script
    said = "\n\n".join(cue.says for cue in film.cues[language][1:])
    return Article(
        id=film.id, language=language, title=script.title.to(language),
        aliases=(script.short.to(language), *(one.strip() for one in script.asked.to(language).split(","))),
        audience="employees", roles=frozenset(film.course.roles), valid_from=_ALWAYS, review_by=date.max,
        source="", body=f"{script.about.to(language)}\n\n{said}",
    )  # fmt: skip
