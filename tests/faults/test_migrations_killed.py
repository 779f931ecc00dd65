"""A migration that is killed goes on at the next run, and ends where it would have ended."""

import random
import re
import signal
import subprocess
import sys
from os import getpid
from pathlib import Path

import pytest

from tests.faults import books
from tests.faults.books import Books, until
from tests.faults.conftest import Tried
from tests.faults.installation import Installation
from tests.faults.nursery import ROOT
from tests.faults.table import scaled, sparser

STEP = 10  # every statement would take hours; ten runs come to each


async def _schema(reader: Books) -> list[str]:
    """Everything that the database says about its own shape."""
    if not reader.on_postgres:
        rows = await reader.rows("select type, name, tbl_name, sql from sqlite_master order by 1, 2, 3")
        return [str(row) for row in rows]
    queries = (
        "select table_name, column_name, data_type, is_nullable, character_maximum_length"
        " from information_schema.columns where table_schema = 'public' order by 1, 2",
        "select tablename, indexname, indexdef from pg_indexes where schemaname = 'public' order by 1, 2",
        "select event_object_table, trigger_name, event_manipulation from information_schema.triggers order by 1, 2, 3",
        "select tablename, policyname, cmd, qual, with_check from pg_policies order by 1, 2",
        "select grantee, table_name, privilege_type from information_schema.role_table_grants"
        " where table_schema = 'public' and grantee <> grantor order by 1, 2, 3",
    )
    return [str(row) for query in queries for row in await reader.rows(query)]


class Empty:
    """A database without a table, made anew for each death."""

    def __init__(self, folder: Path, server: str | None) -> None:
        self.folder, self.server, self._made = folder, server, 0

    @property
    def where(self) -> str:
        return "PostgreSQL" if self.server else "SQLite"

    async def installation(self) -> Installation:
        """An installation on a fresh one."""
        self._made += 1
        folder = self.folder / str(self._made)
        if self.server is None:
            return Installation(folder, f"sqlite:///{folder}/serambi.db")
        return Installation(folder, await books.emptied(self.server, f"serambi_migrated_{getpid()}"))

    async def drop(self) -> None:
        if self.server is not None:
            await books.dropped(self.server, f"serambi_migrated_{getpid()}")


async def _whole(empty: Empty) -> tuple[list[str], dict[str, int]]:
    """How a database looks whose migration nobody disturbed."""
    installation = await empty.installation()
    try:
        assert (await installation.command("migrate"))["done"]
        assert (await installation.command("migrate"))["done"] == [], "what is done is not done again"
        return await _schema(installation.books), await installation.books.counts()
    finally:
        await installation.close()
        await empty.drop()


async def _goes_on(empty: Empty, whole: tuple[list[str], dict[str, int]], **die: str) -> bool:
    """Migrate, dying as told, then again; whether it died. Complains when the end is another one."""
    installation = await empty.installation()
    try:
        ended, _, complaint = await installation.try_command("migrate", **die)
        assert ended in (0, -signal.SIGKILL), complaint
        await installation.command("migrate")
        assert (await _schema(installation.books), await installation.books.counts()) == whole
        return ended != 0
    finally:
        await installation.close()
        await empty.drop()


async def _at_statements(empty: Empty, tried: Tried, step: int, first: int = 1) -> None:
    """Die before every so-manieth statement."""
    whole, statement, deaths = await _whole(empty), first, 0
    while await _goes_on(empty, whole, DIE_BEFORE_STATEMENT=str(statement)):
        deaths += 1
        statement += step
    tried("a migration killed between two statements", empty.where, deaths)
    assert deaths > 1


async def _at_random(empty: Empty, tried: Tried, times: int) -> None:
    """Kill the command at any moment from its first mark in the database on."""
    whole = await _whole(empty)
    seed = random.randrange(1_000_000)
    chance = random.Random(seed)
    for _ in range(times):
        installation = await empty.installation()
        try:
            command = [sys.executable, "-m", "tests.faults.another_time", "migrate"]
            with subprocess.Popen(  # noqa: ASYNC220  it starts at once
                command, cwd=ROOT, env=installation.environment("command"), stdout=subprocess.DEVNULL
            ) as process:
                await until(
                    lambda: process.poll() is not None or _begun(installation),  # noqa: B023  asked in this turn
                    f"the migration begins (seed {seed})",
                )
                try:
                    process.wait(chance.uniform(0, 0.4))
                except subprocess.TimeoutExpired:
                    process.kill()
            await installation.command("migrate")
            assert (await _schema(installation.books), await installation.books.counts()) == whole, f"seed {seed}"
        finally:
            await installation.close()
            await empty.drop()
    tried("a migration killed at a random moment", empty.where, times)


def _begun(installation: Installation) -> bool:
    if installation.books.on_postgres:
        return True
    return Path(re.sub("^sqlite:///", "", installation.database_url)).exists()


async def test_killed_between_statements_on_sqlite(tmp_path: Path, tried: Tried) -> None:
    await _at_statements(Empty(tmp_path, None), tried, 450)


async def test_killed_between_statements_on_postgres(postgres_url: str, tmp_path: Path, tried: Tried) -> None:
    await _at_statements(Empty(tmp_path, postgres_url), tried, 600)


@pytest.mark.whole
@pytest.mark.timeout(3600)
async def test_killed_between_any_statements_on_sqlite(tmp_path: Path, tried: Tried) -> None:
    await _at_statements(Empty(tmp_path, None), tried, sparser(STEP), random.randint(1, STEP))


@pytest.mark.whole
@pytest.mark.timeout(3600)
async def test_killed_between_any_statements_on_postgres(postgres_url: str, tmp_path: Path, tried: Tried) -> None:
    await _at_statements(Empty(tmp_path, postgres_url), tried, sparser(STEP), random.randint(1, STEP))


@pytest.mark.whole
@pytest.mark.timeout(3600)
async def test_killed_at_random_20_times_on_sqlite(tmp_path: Path, tried: Tried) -> None:
    await _at_random(Empty(tmp_path, None), tried, scaled(20))
