"""Finding tickets by what was written in them, though their words rest sealed: by an index in memory, never on a disk.

The index of a company is made when somebody first searches, of words unsealed for it, and brought up to date at each
search. It is forgotten within the hour, and at once when a key is destroyed or data may only be kept. Who may see a
ticket is not decided here: what is found narrows a list that holds to the rights (decision 0067).
"""

import re
import time
import unicodedata
from array import array
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from typing import Any

from rapidfuzz import fuzz, process

from core import database, vault
from core.helpdesk import tickets
from core.helpdesk.tables import TicketEvent
from core.people.tables import Person

PART = 2_000  # events read at a time
AGAIN = 100  # events read once more: of two at once the later number may be kept first
MOST_KEPT, FRESH = 8, 3600.0  # companies, seconds
MOST_NAMED = 2_000  # people of one name
MOST_WORDS, SHORTEST, LONGEST_WORD, NEAR_FROM, NEAR_ENOUGH = 6, 2, 32, 5, 82
NUMBER = re.compile(r"[a-z]{1,3}-?\d{1,12}")
WORD = re.compile(r"[a-z0-9]+")


class Index:
    """Which tickets a word stands in, and whose they are; for one company."""

    def __init__(self, unread: int = 0) -> None:
        self.made = time.monotonic()
        self.unread = unread  # what could be read then, and what could not
        self.last = 0
        self._of: dict[str, array[int]] = {}
        self._whose: dict[int, set[int]] = {}
        self._read: set[int] = set()  # the newest events, which are asked for again
        self._sorted: list[str] | None = None

    async def bring(self) -> None:
        """Read what was written since; in the open transaction."""
        after = max(0, self.last - AGAIN)
        while True:
            rows = (
                await TicketEvent.select(
                    TicketEvent.id, TicketEvent.company, TicketEvent.ticket, TicketEvent.person, TicketEvent.words
                ).where(TicketEvent.id > after).order_by(TicketEvent.id).limit(PART)
            )  # fmt: skip
            for row in rows:
                if row["id"] not in self._read:
                    self._read.add(row["id"])
                    self._whose.setdefault(row["person"], set()).add(row["ticket"])
                    self._add(row["ticket"], _unsealed(row))
            if rows:
                after = self.last = max(self.last, rows[-1]["id"])
            if len(rows) < PART:
                break
        self._read = {number for number in self._read if number > self.last - AGAIN}

    def _add(self, ticket: int, words: str) -> None:
        for word in set(tokens(words)):
            known = self._of.get(word)
            if known is None:
                known = self._of[word] = array("q")
                self._sorted = None
            known.append(ticket)

    def of_word(self, word: str) -> set[int]:
        """The tickets in which this word stands, or one that begins with it; where none does, the nearest."""
        if self._sorted is None:
            self._sorted = sorted(self._of)
        found: set[int] = set()
        at = bisect_left(self._sorted, word)
        while at < len(self._sorted) and self._sorted[at].startswith(word):
            found.update(self._of[self._sorted[at]])
            at += 1
        if not found and len(word) >= NEAR_FROM and not any(one.isdigit() for one in word):
            near = process.extractOne(word, self._sorted, scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH)
            if near is not None:
                found.update(self._of[near[0]])
        return found

    def of_people(self, people: Iterable[int]) -> set[int]:
        """The tickets of these people."""
        found: set[int] = set()
        for person in people:
            found |= self._whose.get(person, set())
        return found


_kept: OrderedDict[tuple[int, int], Index] = OrderedDict()


async def find(typed: str) -> frozenset[int]:
    """The tickets of the open company that are meant: by number, else those in which each word stands, or is a part of
    the name of whoever asked."""
    number = "".join(typed.casefold().split())
    if NUMBER.fullmatch(number):
        row = await tickets.of_number(typed)
        if row is not None:
            return frozenset({int(row.id)})
    words = tokens(typed)[:MOST_WORDS]
    if not words:
        return frozenset()
    index = await _index()
    found: set[int] | None = None
    for word in words:
        some = index.of_word(word) | index.of_people(await _named(word))
        found = some if found is None else found & some
    return frozenset(found or ())


def tokens(words: str) -> list[str]:
    """The words as they are looked for: small, without accents, no single letters."""
    return [one[:LONGEST_WORD] for one in WORD.findall(_folded(words)) if len(one) >= SHORTEST]


def _folded(words: str) -> str:
    if words.isascii():
        return words.lower()
    return "".join(one for one in unicodedata.normalize("NFKD", words.casefold()) if not unicodedata.combining(one))


async def _named(word: str) -> list[int]:
    rows = await Person.select(Person.id).where(Person.search.like(f"%{word}%")).limit(MOST_NAMED)
    return [row["id"] for row in rows]


def forget() -> None:
    """Let every index go; the next search makes its own anew."""
    _kept.clear()


async def _index() -> Index:
    key = (id(database.engine()), database.company())
    kept = _kept.get(key)
    unread = vault.keyring().unread()
    if kept is None or time.monotonic() - kept.made > FRESH or kept.unread != unread:
        kept = _kept[key] = Index(unread)
    _kept.move_to_end(key)
    while len(_kept) > MOST_KEPT:
        _kept.popitem(last=False)
    await kept.bring()
    return kept


def _unsealed(row: Mapping[str, Any]) -> str:
    """What was written in an event; nothing where its key is gone."""
    if row["words"] is None:
        return ""
    try:
        return vault.unseal(row["words"], company=row["company"], column=tickets.WORDS, subject=row["person"])
    except vault.SHUT:
        return ""
