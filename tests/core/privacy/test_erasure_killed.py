"""Many people with missing and odd data, erased in any order and killed on the way: the end is the same as without."""

import asyncio
import os
import random
import re
import shutil
import signal
import sqlite3
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from piccolo.columns import Timestamptz

from core import audit, clock, database, settings, vault
from core.audit import Actor
from core.database import CompanyTable
from core.privacy import erasure
from core.privacy.holding_tables import Erasure
from tests.core.cast import Cast
from tests.core.conftest import MASTER, MONDAY
from tests.core.privacy.planted import Planted, everything

MANY, KILLS, SURVIVORS = int(os.environ.get("ERASED_PEOPLE", "6")), int(os.environ.get("ERASED_KILLS", "2")), 4
# Where it dies, and how often somebody's erasure passes there.
POINTS = {"erasure.noted": 1, "erasure.step": 6, "erasure.outside": 1, "database.before_commit": 7,
          "database.after_commit": 7}  # fmt: skip
WORDS = re.compile(r"kn[0-9a-f]+zqx")
BY_TURNS = {"audit_entry.id", "retained.id", "erasure.counts"}  # who goes first takes lists that held several along
OF_ALL = ("export_file.", "api_write.")  # whoever goes takes these of everybody along
VOLATILE = {"public", "signature", "value", "prev", "hash", "seq", "email", "email_index", "facts", "why"}


async def eraser(url: str, seed: int, crash_at: str = "") -> int:
    """Let a process of its own erase; how it ended."""
    made = settings.current()
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.core.privacy.eraser", url, made.keys, made.files, MASTER, str(seed),
        env={**os.environ, "CRASH_AT": crash_at},
    )  # fmt: skip
    return await child.wait()


async def planned(house: Cast, seed: int) -> tuple[list[Planted], list[Planted]]:
    """Many who are to be erased, and some who stay."""
    draw = random.Random(seed)
    people: list[Planted] = []
    for number in range(MANY + SURVIVORS):
        async with database.transaction(house.company):
            people.append(await Planted(house.company, seed * 100_000 + number, odd=True).plant(draw.random()))
    gone, stay = people[:MANY], people[MANY:]
    for one in gone:
        async with database.transaction(house.company):
            row = await erasure.propose(one.person, by=Actor("account:9001", "web"))
            await erasure.agree(row.public, by=Actor("account:9002", "web"))
    return gone, stay


async def rows(company: int) -> dict[str, list[str]]:
    """What the database holds, without what differs each time: instants, addresses, envelopes, the order of the audit."""
    found: dict[str, list[str]] = {}
    for table in database.tables():
        name = table._meta.tablename
        if name in ("job", "cron_run"):
            continue
        fixed = [
            one._meta.name for one in table._meta.columns
            if not isinstance(one, Timestamptz | vault.Sealed) and one._meta.name not in VOLATILE
            and f"{name}.{one._meta.name}" not in BY_TURNS
        ]  # fmt: skip
        scope = database.reading(company) if issubclass(table, CompanyTable) else database.installation(writes=False)
        async with scope:
            found[name] = sorted(str([row[one] for one in fixed]) for row in await table.select())
    return found


@pytest.mark.timeout(7200)
async def test_killed_again_and_again_the_end_is_the_same(house: Cast, open_database: str, tmp_path: Path) -> None:
    gone, stay = await planned(house, 1)
    draw, deaths, turns = random.Random(5), 0, 0
    twin = await _twin(open_database, tmp_path)
    while deaths < KILLS:
        turns += 1
        async with database.reading(house.company):
            left = await Erasure.count().where(Erasure.state == erasure.RUNNING)
        point = draw.choice(list(POINTS))
        nth = draw.randint(1, max(1, POINTS[point] * left // (KILLS - deaths + 1)))
        deaths += await eraser(open_database, turns, f"{point}#{nth}") == -signal.SIGKILL
        assert turns < 2 * KILLS, f"it died only {deaths} times"
    assert await eraser(open_database, turns + 1) == 0
    async with database.reading(house.company):
        left = await Erasure.count().where(Erasure.state != erasure.DONE)
        assert left == 0
        assert await audit.first_broken() is None
    vault.close()  # or this process would know for some seconds yet what another one has destroyed
    told = frozenset(WORDS.findall(await everything(house.company)))  # thousands of words in millions: looked up
    left = [f"{one.seed} {key}" for one in gone for key, word in one.words.items() if word in told]
    assert not left, left[:20]
    for one in stay:
        lost = [key for key, word in one.words.items() if word not in told and not key.startswith(OF_ALL)]
        assert lost == [], f"{one.name} was not to be erased"
    if twin is not None:
        killed = await rows(house.company)
        await _orphans(open_database)
        assert await _other(twin, house.company) == killed


async def _twin(url: str, tmp_path: Path) -> str | None:
    """A copy of all of it, to be erased without a death; of a file only."""
    if not url.startswith("sqlite"):
        return None
    made = settings.current()
    await database.close_database()
    await asyncio.to_thread(_copied, tmp_path / "twin", database.sqlite_path(url), made)
    await database.open_database(made)
    return str(tmp_path / "twin")


def _copied(place: Path, held: Path, made: settings.Settings) -> None:
    place.mkdir()
    shutil.copy(held, place / "serambi.db")
    shutil.copy(made.keys, place / "keys.db")
    if Path(made.files).exists():
        shutil.copytree(made.files, place / "files")


async def _orphans(url: str) -> None:
    with closing(sqlite3.connect(database.sqlite_path(url))) as held:
        assert held.execute("pragma foreign_key_check").fetchall() == []


async def _other(place: str, company: int) -> Any:
    before = settings.current()
    await database.close_database()
    url = f"sqlite:///{place}/serambi.db"
    settings.use(replace(before, database_url=url, keys=f"{place}/keys.db", files=f"{place}/files"))
    try:
        assert await eraser(url, 0) == 0
        await database.open_database(settings.current())
        with clock.freeze(MONDAY):
            found = await rows(company)
        await database.close_database()
    finally:
        settings.use(before)
        await database.open_database(before)
    return found
