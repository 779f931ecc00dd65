"""Whose data went, kept with the keys and apart from the data: what an older database brings back goes again.

An entry is the number of a row, a keyed mark by which that row is known, and how much of it went. It says nothing about
anybody, and whoever has the database alone cannot add or change one.
"""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core import clock, vault


@dataclass(frozen=True)
class Entry:
    """That somebody's data went: the number and the mark of their row, how much, under which number."""

    company: int
    person: int
    mark: str
    scope: str
    number: int
    at: datetime


def mark_of(public: str) -> str:
    """By what a row is known to be the same one, without telling which."""
    return vault.blind_index(public, field="erased")


def note(company: int, person: int, public: str, scope: str, number: int) -> None:
    """Keep that this person's data go; before the first of them does."""
    told = (company, person, mark_of(public), scope, number, clock.now().isoformat())
    vault.keyring().store.write(
        (
            "insert into erased_subject (company, subject, mark, scope, number, at, signature) "
            "values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing",
            [(*told, _signed(*told))],
        )
    )


def entries() -> Sequence[Entry]:
    """All of them that are ours, the oldest first."""
    rows = vault.keyring().store.rows(
        "select company, subject, mark, scope, number, at, signature from erased_subject order by at"
    )
    return [
        Entry(row[0], row[1], row[2], row[3], row[4], datetime.fromisoformat(row[5]))
        for row in rows
        if hmac.compare_digest(_signed(*row[:6]), row[6])
    ]  # fmt: skip


def _signed(*parts: object) -> str:
    told = "|".join(str(one) for one in ("erased", *parts))
    return hmac.new(vault.keyring().signing(), told.encode(), hashlib.sha256).hexdigest()


def signature(told: str) -> str:
    """Shows later that a certificate says what we wrote into it."""
    return hmac.new(vault.keyring().signing(), f"certificate|{told}".encode(), hashlib.sha256).hexdigest()
