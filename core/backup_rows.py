"""Rows as a backup holds them: out of either database as they stood at one instant, and into either, empty one.

What a row says is the same on both: instants in UTC and days as ISO 8601 writes them, yes and no as JSON does. The
rules that triggers keep are not asked again of rows that passed them once; ties between rows are, at the end.
"""

import sqlite3
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Protocol

import asyncpg

from core import database
from core.settings import Settings

PART = 2000  # rows that are held at once
MARKS = "migration"  # which migrations ran: a backup names them itself
# What must not come back to life: who was signed in, and links that may have been used since.
SPENT = ("session", "token")
Row = list[Any]


class Broken(Exception):
    """The rows don't fit into the tables, or not to each other."""


class Source(Protocol):
    """A database as it stood at one instant."""

    async def migrations(self) -> list[str]:
        """Which migrations ran."""

    async def tables(self) -> dict[str, list[str]]:
        """Each table's columns."""

    def rows(self, table: str) -> AsyncIterator[list[Row]]:
        """Its rows in the order of their numbers, some at a time."""


class Target(Protocol):
    """An empty database of the right tables."""

    async def take(self, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
        """Put these rows in, on top of those that were put in before."""


def _by(ways: Sequence[Any], row: Iterable[Any]) -> Row:
    """The values of a row, each said in the way of its column."""
    return [way(one) if way and one is not None else one for way, one in zip(ways, row, strict=True)]


def source(made: Settings) -> AbstractAsyncContextManager[Source]:
    """The database that the settings name, as it stands at this instant."""
    if made.on_postgres:
        return server_source(made.migration_url or made.database_url)
    return file_source(database.sqlite_path(made.database_url))


def target(made: Settings) -> AbstractAsyncContextManager[Target]:
    """The empty database that the settings name; what is put in is kept at the end of the block, or nothing is."""
    if made.on_postgres:
        return server_target(made.migration_url or made.database_url)
    return file_target(database.sqlite_path(made.database_url))


# -- SQLite ------------------------------------------------------------------------------------------------------------


class _File:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def kinds(self, table: str) -> dict[str, str]:
        """The type of each column."""
        return {row[1]: str(row[2]).lower() for row in self.connection.execute(f'pragma table_info("{table}")')}

    def names(self) -> list[str]:
        """The tables."""
        found = self.connection.execute(
            "select name from sqlite_master where type = 'table' and name not like 'sqlite!_%' escape '!' order by name"
        )
        return [name for (name,) in found if name != MARKS]


class FileSource(_File):
    """A SQLite file; whoever works with it goes on meanwhile."""

    async def migrations(self) -> list[str]:
        return [name for (name,) in self.connection.execute(f'select name from "{MARKS}" order by name')]

    async def tables(self) -> dict[str, list[str]]:
        return {name: list(self.kinds(name)) for name in self.names()}

    async def rows(self, table: str) -> AsyncIterator[list[Row]]:
        ways = [_told_by_file(kind) for kind in self.kinds(table).values()]
        found = self.connection.execute(f'select * from "{table}" order by id')
        while part := found.fetchmany(PART):
            yield [_by(ways, row) for row in part]


def _told_by_file(kind: str) -> Any:
    if kind.startswith("timestamp"):
        return lambda value: _instant(str(value)).isoformat()
    return bool if kind.startswith("bool") else None


def _instant(value: str) -> datetime:
    read = datetime.fromisoformat(value)
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)


@asynccontextmanager
async def file_source(path: Path) -> AsyncIterator[FileSource]:
    """A SQLite file as it stands at this instant."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30, isolation_level=None)
    try:
        connection.execute("begin")
        connection.execute("select 1 from sqlite_master").fetchone()  # from here on it stands still for us
        yield FileSource(connection)
    finally:
        connection.close()


class FileTarget(_File):
    """A SQLite file whose triggers rest."""

    async def take(self, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
        kinds = self.kinds(table)
        ways = [_kept_by_file(kinds[name]) for name in columns]
        named = ", ".join(f'"{name}"' for name in columns)
        made = (_by(ways, row) for row in rows)
        self.connection.executemany(f'insert into "{table}" ({named}) values ({", ".join("?" * len(columns))})', made)


def _kept_by_file(kind: str) -> Any:
    if kind.startswith("timestamp"):
        return lambda value: str(datetime.fromisoformat(value))
    return int if kind.startswith("bool") else None


@asynccontextmanager
async def file_target(path: Path) -> AsyncIterator[FileTarget]:
    """An empty SQLite file of the right tables; what is put in is kept at the end of the block, or nothing is."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("pragma foreign_keys = off")
        connection.execute("pragma synchronous = full")
        connection.execute("begin immediate")
        target = FileTarget(connection)
        triggers = connection.execute("select name, sql from sqlite_master where type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f'drop trigger "{name}"')
        for name in target.names():
            connection.execute(f'delete from "{name}"')
        yield target
        if wrong := connection.execute("pragma foreign_key_check").fetchall():
            raise Broken(f"{len(wrong)} rows point to nothing, first in {wrong[0][0]}")
        for _, sql in triggers:
            connection.execute(sql)
        connection.execute("commit")
    except sqlite3.Error as fault:
        raise Broken(str(fault)) from fault
    finally:
        connection.close()


# -- PostgreSQL --------------------------------------------------------------------------------------------------------

KINDS = (
    "select column_name as name, data_type as kind from information_schema.columns "
    "where table_schema = 'public' and table_name = $1 order by ordinal_position"
)
NAMES = (
    "select table_name as name from information_schema.tables "
    "where table_schema = 'public' and table_type = 'BASE TABLE' order by 1"
)


class _Server:
    def __init__(self, connection: "asyncpg.Connection[Any]") -> None:
        self.connection = connection

    async def kinds(self, table: str) -> dict[str, str]:
        """The type of each column."""
        return {row["name"]: row["kind"] for row in await self.connection.fetch(KINDS, table)}

    async def names(self) -> list[str]:
        """The tables."""
        return [row["name"] for row in await self.connection.fetch(NAMES) if row["name"] != MARKS]


class ServerSource(_Server):
    """A PostgreSQL database, read under any role that may read: company by company, as row-level security demands."""

    async def migrations(self) -> list[str]:
        return [row["name"] for row in await self.connection.fetch(f'select name from "{MARKS}" order by name')]

    async def tables(self) -> dict[str, list[str]]:
        return {name: list(await self.kinds(name)) for name in await self.names()}

    async def rows(self, table: str) -> AsyncIterator[list[Row]]:
        kinds = await self.kinds(table)
        named = ", ".join(f'"{name}"' for name in kinds)
        whose: list[int | None] = [None]
        if "company" in kinds and table not in await self._open_tables():
            # 0 is the installation itself.
            whose = [0, *(row["id"] for row in await self.connection.fetch("select id from company order by id"))]
        for company in whose:
            only = "" if company is None else f"where company = {company}"
            await self.connection.execute("select set_config('app.company', $1, false)", str(company or 0))
            found = self.connection.cursor(f'select {named} from "{table}" {only} order by id', prefetch=PART)
            part: list[Row] = []
            async for row in found:
                part.append([_told_by_server(value) for value in row])
                if len(part) == PART:
                    yield part
                    part = []
            if part:
                yield part

    async def _open_tables(self) -> set[str]:
        """Those without row-level security: their `company` may be empty."""
        rows = await self.connection.fetch("select relname from pg_class where relkind = 'r' and not relrowsecurity")
        return {row["relname"] for row in rows}


def _told_by_server(value: Any) -> Any:
    if isinstance(value, datetime):
        return (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)).isoformat()
    return value.isoformat() if isinstance(value, date) else value


@asynccontextmanager
async def server_source(url: str) -> AsyncIterator[ServerSource]:
    """A PostgreSQL database as it stands at this instant."""
    connection = await asyncpg.connect(url)
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            yield ServerSource(connection)
    finally:
        await connection.close()


class ServerTarget(_Server):
    """A PostgreSQL database under the owner of its tables, whose guards rest."""

    async def take(self, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
        kinds = await self.kinds(table)
        ways = [_kept_by_server(kinds[name]) for name in columns]
        made = [_by(ways, row) for row in rows]
        await self.connection.copy_records_to_table(table, records=made, columns=list(columns))


def _kept_by_server(kind: str) -> Any:
    if kind == "timestamp without time zone":
        return lambda value: datetime.fromisoformat(value).replace(tzinfo=None)
    if kind.startswith("timestamp"):
        return datetime.fromisoformat
    return date.fromisoformat if kind == "date" else None


@asynccontextmanager
async def server_target(url: str) -> AsyncIterator[ServerTarget]:
    """An empty PostgreSQL database of the right tables; at the end of the block all is kept, or nothing is."""
    connection = await asyncpg.connect(url)
    try:
        async with connection.transaction():
            target = ServerTarget(connection)
            names = await target.names()
            forced = await connection.fetch("select relname from pg_class where relkind = 'r' and relforcerowsecurity")
            ties = await connection.fetch(
                "select conrelid::regclass::text as of, conname, pg_get_constraintdef(oid) as told from pg_constraint "
                "where contype = 'f'"
            )
            for row in forced:
                await connection.execute(f'alter table "{row["relname"]}" no force row level security')
            # Ties are cut and made again, which proves them anew: only a superuser could let them rest.
            for row in ties:
                await connection.execute(f'alter table {row["of"]} drop constraint "{row["conname"]}"')
            for name in names:
                await connection.execute(f'alter table "{name}" disable trigger user')
                await connection.execute(f'delete from "{name}"')
            yield target
            for name in names:
                await connection.execute(f'alter table "{name}" enable trigger user')
                await _count_on(connection, name)
            for row in ties:
                await connection.execute(f'alter table {row["of"]} add constraint "{row["conname"]}" {row["told"]}')
            for row in forced:
                await connection.execute(f'alter table "{row["relname"]}" force row level security')
    except asyncpg.PostgresError as fault:
        raise Broken(str(fault)) from fault
    finally:
        await connection.close()


async def _count_on(connection: "asyncpg.Connection[Any]", table: str) -> None:
    """Have the next row get the number after the last."""
    sequence = await connection.fetchval("select pg_get_serial_sequence($1, 'id')", f'public."{table}"')
    if sequence is not None:
        last = await connection.fetchval(f'select max(id) from "{table}"')
        if last is not None:
            await connection.execute("select setval($1::regclass, $2)", sequence, last)
