"""Whatever is changed, cut out, put in, exchanged or cut off in the record is found, however well it is covered up.

AUDIT_TAMPERINGS=10000 tries so many on each database.
"""

import os
import random
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import asyncpg
import pytest

from core import audit, clock, database
from core.audit import START, Actor, AuditEntry
from tests.core.conftest import MONDAY
from tests.core.test_audit import company, past_the_guards  # noqa: F401  pytest finds fixtures by name

MANY = int(os.environ.get("AUDIT_TAMPERINGS", "150"))
COLUMNS = ("seq", "at", "actor", "channel", "action", "object", "meta", "prev", "hash")
TEXTS = ("actor", "channel", "action", "object", "meta", "prev", "hash")
LONG, ANCHORED = 40, (15, 30)  # entries, and those after which the end is kept with the keys
Row = dict[str, Any]


@dataclass
class Tampered:
    """The chain as somebody left it, and the first entry at which a reader may notice."""

    rows: list[Row]
    first: int


def _sealed_anew(rows: list[Row], of: int, begin: int) -> None:
    """Make every hash anew from here on, as who knows how they are made would."""
    for place in range(begin, len(rows)):
        row, prev = rows[place], rows[place - 1]["hash"] if place else START
        row["seq"], row["prev"] = place + 1, prev
        told = (row["actor"], row["channel"], row["action"], row["object"], row["meta"])
        row["hash"] = audit.digest(of, row["seq"], row["at"], *told, prev)


def _changed(rows: list[Row], draw: random.Random) -> int:
    place = draw.randrange(len(rows))
    row, at = rows[place], draw.choice(COLUMNS)
    if at == "seq":
        row["seq"] += 1_000 + draw.randrange(9)
    elif at == "at":
        row["at"] += timedelta(microseconds=draw.choice((-1, 1)) * 10 ** draw.randrange(9))
    else:
        words = row[at] or "x"
        spot = draw.randrange(len(words))
        row[at] = words[:spot] + chr((ord(words[spot]) + draw.randint(1, 20)) % 90 + 33) + words[spot + 1 :]
    return place


def _cut_out(rows: list[Row], draw: random.Random) -> int:
    place = draw.randrange(len(rows) - 1)
    del rows[place : min(place + draw.randint(1, 3), len(rows) - 1)]
    if draw.random() < 0.5:  # and the gap closed
        for number, row in enumerate(rows, 1):
            row["seq"] = number
    return place


def _put_in(rows: list[Row], draw: random.Random) -> int:
    place = draw.randrange(len(rows))
    rows.insert(place, {**draw.choice(rows), "meta": '{"put": "in"}'})
    for number, row in enumerate(rows, 1):
        row["seq"] = number
    return place


def _exchanged(rows: list[Row], draw: random.Random) -> int:
    one, other = sorted(draw.sample(range(len(rows)), 2))
    rows[one], rows[other] = rows[other], rows[one]
    rows[one]["seq"], rows[other]["seq"] = one + 1, other + 1
    return one


def _cut_off(rows: list[Row], draw: random.Random) -> int:
    place = draw.randrange(ANCHORED[-1])  # what is younger than the last anchor, nobody can miss
    del rows[place:]
    return place


def _forged(rows: list[Row], held: Sequence[Row], draw: random.Random) -> int:
    rows[:] = [dict(row) for row in held]
    place = draw.randrange(ANCHORED[-1])
    rows[place]["actor"] = "person:4711"
    return place


HOW = {"changed": _changed, "cut out": _cut_out, "put in": _put_in, "exchanged": _exchanged, "cut off": _cut_off}


def tampered(held: Sequence[Row], of: int, how: str, draw: random.Random, *, covered: bool) -> Tampered:
    """The chain after it was tampered with like this; `covered`, with every hash after it made anew."""
    rows = [dict(row) for row in held]
    place = HOW[how](rows, draw)
    if not covered or how == "cut off":
        return Tampered(rows, place + 1)
    # What is younger than the last anchor could be anything; so it happened before.
    if place >= ANCHORED[-1]:
        place = _forged(rows, held, draw)
    _sealed_anew(rows, of, place)
    if rows == held:  # what was changed is made from the rest
        _sealed_anew(rows, of, place := _forged(rows, held, draw))
    return Tampered(rows, max([0, *(at for at in ANCHORED if at <= place)]) + 1)


class Shelf:
    """The rows of a company's chain, laid anew past every guard, as who has the file or the owner's password can."""

    def __init__(self, url: str, of: int) -> None:
        self.url, self.of = url, of

    async def lay(self, rows: Sequence[Row]) -> None:
        """Have exactly these there."""
        names = ("company", *COLUMNS)
        told = [(self.of, *(row[name] for name in COLUMNS)) for row in rows]
        if self.url.startswith("sqlite"):
            with closing(sqlite3.connect(database.sqlite_path(self.url))) as held:
                held.execute("pragma synchronous=off")
                held.execute("delete from audit_entry where company = ?", [self.of])
                marks = ", ".join("?" * len(names))
                held.executemany(
                    f"insert into audit_entry ({', '.join(names)}) values ({marks})",
                    [(*one[:2], str(one[2]), *one[3:]) for one in told],
                )
                held.commit()
            return
        server: Any = await asyncpg.connect(self.url)
        try:
            async with server.transaction():
                await server.execute("set local session_replication_role = replica")
                await server.execute("delete from audit_entry where company = $1", self.of)
                await server.copy_records_to_table("audit_entry", records=told, columns=names)
        finally:
            await server.close()


@pytest.mark.timeout(3600)
async def test_every_tampering_is_found(company: int, open_database: str) -> None:  # noqa: F811
    for number in range(1, LONG + 1):
        with clock.freeze(MONDAY + timedelta(minutes=number)):
            async with database.transaction(company):
                audit.record("thing.done", f"thing:{number}", by=Actor(f"person:{number % 7}", "web"), number=number)
    async with database.reading(company):
        rows = await AuditEntry.select(*(getattr(AuditEntry, name) for name in COLUMNS)).order_by(AuditEntry.seq)
    shelf = Shelf(open_database, company)
    await past_the_guards(open_database, "delete from audit_entry where 1 = 0")  # the file's triggers go
    for at in (*ANCHORED, len(rows)):
        await shelf.lay(rows[:at])
        async with database.reading(company):
            assert await audit.first_broken() is None
            with clock.freeze(MONDAY + timedelta(days=at)):
                assert at == len(rows) or await audit.anchor()
    draw, missed, late = random.Random(11), [], []
    for turn in range(MANY):
        how, covered = list(HOW)[turn % len(HOW)], turn % 2 == 0
        made = tampered(rows, company, how, draw, covered=covered)
        await shelf.lay(made.rows)
        async with database.reading(company):
            found = await audit.first_broken()
        if found is None:
            missed.append((turn, how, covered, made.first))
        elif found > made.first + 1:
            late.append((turn, how, covered, made.first, found))
    assert missed == []
    assert late == []
    await shelf.lay(rows)
    async with database.reading(company):
        assert await audit.first_broken() is None
