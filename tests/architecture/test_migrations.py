"""The migrations make exactly the tables that are declared, on both databases."""

import re
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

import asyncpg
import pytest
from piccolo.columns import BigInt, Column, ForeignKey, Integer, Serial

from core import settings
from core.migrate import migrate, pending
from core.piccolo_app import TABLES

NOT_OURS = {"migration", "sqlite_sequence"}


class Shape(NamedTuple):
    """What a column is in the database, as far as both databases say it alike."""

    null: bool
    kind: str


Schema = dict[str, dict[str, Shape]]
# What the databases call the types that we declare.
KINDS = {
    "int": "integer", "bigint": "bigint", "varchar": "text", "character varying": "text",
    "timestamptz": "instant", "timestamp with time zone": "instant", "bool": "boolean",
}  # fmt: skip


def kind(name: str) -> str:
    bare = re.sub(r"\(.*\)", "", name).strip().lower()
    return KINDS.get(bare, bare)


@contextmanager
def installed_at(url: str) -> Iterator[None]:
    """Let this process work on that database for a while."""
    before = settings._current
    settings.use(settings.load({"SERAMBI_DATABASE_URL": url}))
    try:
        yield
    finally:
        settings._current = before


def declared(*, bigger: str) -> Schema:
    """The tables as their classes say; SQLite has one kind of whole number, so `bigger` is what a BigInt is there."""
    return {
        table._meta.tablename: {
            column._meta.name: Shape(column._meta.params["null"], _kind_of(column, bigger))
            for column in table._meta.columns
        }
        for table in TABLES
    }


def _kind_of(column: Column, bigger: str) -> str:
    if isinstance(column, BigInt):
        return bigger
    return "integer" if isinstance(column, Serial | Integer | ForeignKey) else kind(column.column_type)


async def in_sqlite(url: str) -> Schema:
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as database:
        names = [name for (name,) in database.execute("select name from sqlite_master where type = 'table'")]
        found: Schema = {}
        for name in set(names) - NOT_OURS:
            columns = database.execute(f'pragma table_info("{name}")')
            found[name] = {
                column: Shape(not (required or key), kind(type_)) for _, column, type_, required, _, key in columns
            }
        return found


async def in_postgres(url: str) -> Schema:
    connection = await asyncpg.connect(url)
    try:
        rows = await connection.fetch(
            "select table_name, column_name, data_type, is_nullable = 'YES' as nullable "
            "from information_schema.columns where table_schema = 'public'"
        )
    finally:
        await connection.close()
    found: Schema = {}
    for row in rows:
        if row["table_name"] not in NOT_OURS:
            shape = Shape(row["nullable"], kind(row["data_type"]))
            found.setdefault(row["table_name"], {})[row["column_name"]] = shape
    return found


async def compare(url: str, read: Callable[[str], Awaitable[Schema]], *, bigger: str) -> None:
    with installed_at(url):
        assert await migrate(), "nothing was migrated"
        assert await pending() == []
        assert await migrate() == [], "a second run found something to do"
    found, wanted = await read(url), declared(bigger=bigger)
    assert set(found) == set(wanted)
    different = {
        f"{table}.{column}": (columns.get(column), found[table].get(column))
        for table, columns in wanted.items()
        for column in {*columns, *found[table]}
        if columns.get(column) != found[table].get(column)
    }
    assert different == {}, "column: (declared, in the database)"


async def test_sqlite_is_in_step_with_the_tables(tmp_path: Path) -> None:
    await compare(f"sqlite:///{tmp_path}/serambi.db", in_sqlite, bigger="integer")


async def test_postgres_is_in_step_with_the_tables(fresh_postgres_url: str) -> None:
    await compare(fresh_postgres_url, in_postgres, bigger="bigint")


@pytest.mark.parametrize("name", sorted(table._meta.tablename for table in TABLES))
def test_names_of_tables_are_singular_words(name: str) -> None:
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", name)
