"""What the articles know of a sentence: found, kept, and made into what the flow of questions begins with."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bot.dialog.intents import Guess
from bot.turn import Turn
from core import clock
from core.knowledge import articles, asked, library, reader, search
from core.knowledge.articles import Article
from core.knowledge.library import Shelf
from core.knowledge.search import Found

FLOW = "question"
# Whose days are asked about is no question about the rule.
_OWN = re.compile(r"\b(?:sisa\w*|saldo\w*|tinggal|left|balance|remaining|riwayat|histor\w+)\b", re.IGNORECASE)
_FEW, _NEARLY_ALL = 2, 0.95
MOST_LOOKED = 12
MOST = 3
SHORT = 8  # words that may go on from what was just answered


@dataclass(frozen=True)
class Sought:
    """What was found, and the articles it names, the nearest first."""

    shelf: Shelf
    found: Found
    named: list[Article]
    every: list[Article]  # that this person may read

    @property
    def sure(self) -> Article | None:
        """The one that is surely meant."""
        return self.named[0] if self.found.outcome == search.ANSWER and self.named else None

    @property
    def vague(self) -> bool:
        """Whether it is one word that was found by, or not nearly all that was said."""
        return len(self.found.heard) < _FEW or self.found.hits[0].score < _NEARLY_ALL

    def of_intent(self, intent: str) -> Article | None:
        """The nearest article that answers what is asked for by this intent."""
        return next((one for one in (*self.named, *self.every) if intent in one.intents), None)

    @property
    def near(self) -> list[Article]:
        """Those that may be meant, two or three."""
        if self.found.outcome == search.NOTHING:
            return []
        least = self.found.hits[0].score / 2
        return [one for one, hit in zip(self.named, self.found.hits, strict=True) if hit.score >= least][:MOST]


async def seek(turn: Turn, words: str, guess: Guess) -> Sought:
    """Look for what these words ask, among what this person may read."""
    shelf = await library.shelf()
    roles, today = await reader.roles(turn.employee), clock.today(turn.employee.zone)
    found, named = shelf.find(words, turn.language, roles, today, intent=guess.intent, most=MOST_LOOKED)
    return Sought(shelf, found, named, shelf.readable(turn.language, roles, today))


async def kept(turn: Turn, words: str, sought: Sought, article: str | None) -> str:
    """Keep the question with what it found; returns its address."""
    return await asked.keep(
        words, person=turn.employee.person, language=turn.language, place=asked.CHAT, outcome=sought.found.outcome,
        article=article,
    )  # fmt: skip


async def answered(turn: Turn, words: str, guess: Guess) -> dict[str, Any] | None:
    """What the flow of questions begins with, where an article surely answers; None where none does."""
    sought = await seek(turn, words, guess)
    one = sought.sure
    return None if one is None else await begun(turn, words, sought, one)


async def begun(turn: Turn, words: str, sought: Sought, one: Article) -> dict[str, Any]:
    """The same of an article that is known to be meant."""
    return {"article": one.id, "words": words, "log": await kept(turn, words, sought, one.id)}


def may_come_before(guess: Guess, words: str) -> bool:
    """Whether an article may answer this in the place of the flow that it asks for."""
    return guess.intent in _before() and not _OWN.search(words)


@lru_cache(maxsize=1)
def _before() -> frozenset[str]:
    return frozenset(intent for one in articles.shipped().values() for intent in one.before)


async def goes_on(turn: Turn, words: str) -> dict[str, Any] | None:
    """What the flow of questions begins with, where these words go on from the article spoken of last."""
    spoken = (turn.state.topic or {}).get("article")
    if spoken is None or len(words.split()) > SHORT:
        return None
    shelf = await library.shelf()
    one = shelf.one(spoken, turn.language, await reader.roles(turn.employee), clock.today(turn.employee.zone))
    told = search.line(shelf.index, one, words) if one is not None else None
    if one is None or told is None:
        return None
    log = await asked.keep(
        words, person=turn.employee.person, language=turn.language, place=asked.CHAT, outcome=search.ANSWER,
        article=one.id,
    )  # fmt: skip
    return {"article": one.id, "words": words, "log": log, "line": told}
