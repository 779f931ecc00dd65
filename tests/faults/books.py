"""The database as somebody else reads it: plain SQL on a connection of our own, nothing of the product."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import asyncpg

from tests.conftest import MARK

Row = dict[str, Any]


class Books:
    """The rows of one installation."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._connection: asyncpg.Connection[Any] | None = None

    @property
    def on_postgres(self) -> bool:
        """Whether a server keeps these rows."""
        return self.url.startswith("postgres")

    async def rows(self, query: str) -> list[Row]:
        """What this query finds, from committed rows only."""
        if not self.on_postgres:
            return read_file(Path(self.url.removeprefix("sqlite:///")), query)
        if self._connection is None or self._connection.is_closed():
            self._connection = await asyncpg.connect(self.url)
        return [dict(row) for row in await self._connection.fetch(query)]

    async def one(self, query: str) -> Row:
        """The only row that this query finds."""
        found = await self.rows(query)
        assert len(found) == 1, f"{query}: {found}"
        return found[0]

    async def write(self, statement: str) -> None:
        """Change rows behind the product's back; for setting a scene only."""
        if self.on_postgres:
            await self.rows(statement)
            return
        with sqlite3.connect(self.url.removeprefix("sqlite:///"), timeout=20) as connection:
            connection.execute(statement)
        connection.close()

    async def counts(self) -> dict[str, int]:
        """How many rows each table has."""
        listing = (
            "select table_name as name from information_schema.tables where table_schema = 'public'"
            if self.on_postgres
            else "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"
        )
        names = sorted(row["name"] for row in await self.rows(listing))
        return {name: (await self.one(f'select count(*) as n from "{name}"'))["n"] for name in names}

    async def close(self) -> None:
        """Let go of the connection."""
        if self._connection is not None:
            await self._connection.close()
            self._connection = None


def read_file(path: Path, query: str) -> list[Row]:
    """Read a SQLite file that others write."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=20)
    try:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(query)]
    finally:
        connection.close()


def instant(value: Any) -> datetime:
    """A stored instant, whichever way the database returns it."""
    read = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return read if read.tzinfo is not None else read.replace(tzinfo=UTC)


def day(value: Any) -> date:
    """A stored day."""
    return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])


async def copied(source: str, name: str) -> str:
    """A PostgreSQL database with the rows of another, in which nobody is connected; of that name."""
    return await _made(source, name, f'template "{urlsplit(source).path[1:]}"')


async def emptied(server: str, name: str) -> str:
    """An empty PostgreSQL database of that name."""
    return await _made(server, name, "template template0 encoding 'UTF8' locale 'C.UTF-8'")


async def _made(server: str, name: str, how: str) -> str:
    await dropped(server, name)
    connection = await asyncpg.connect(_main(server))
    try:
        await connection.execute(f'create database "{name}" {how}')
        # Should this run be killed, the next one finds it and drops it.
        await connection.execute(f"""comment on database "{name}" is '{MARK}'""")
    finally:
        await connection.close()
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))


async def dropped(server: str, name: str) -> None:
    """No such database any more."""
    connection = await asyncpg.connect(_main(server))
    try:
        await connection.execute(f'drop database if exists "{name}" with (force)')
    finally:
        await connection.close()


def _main(url: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path="/postgres"))


async def ended(task: "asyncio.Task[None]") -> None:
    """End what goes on beside a test; what went wrong with it before is raised."""
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def until(true: Callable[[], Any], what: str, seconds: float = 60.0) -> None:
    """Ask again and again, until it is so or the time is over."""
    loop = asyncio.get_running_loop()
    give_up = loop.time() + seconds
    while not (await found if asyncio.iscoroutine(found := true()) else found):
        if loop.time() > give_up:
            raise AssertionError(f"waited {seconds:.0f} s in vain until {what}")
        await asyncio.sleep(0.02)
