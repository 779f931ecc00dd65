"""What only one of several processes may do: whoever holds its name does it, and dying lets go of it.

No clock decides. On PostgreSQL the name is held by a connection, on SQLite, where all processes share a machine, by an
open file: the system itself frees both the moment their process is gone.
"""

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import asyncpg

from core import database, metrics, settings

PATIENCE = 5.0  # seconds for the database to say that the name is still ours


class Lead:
    """The name is ours for as long as `lost` is not set."""

    def __init__(self, connection: "asyncpg.Connection[Any] | None" = None) -> None:
        self.lost = asyncio.Event()
        self._connection = connection
        self._asking = asyncio.Lock()  # a connection answers one question at a time
        if connection is not None:
            connection.add_termination_listener(lambda _: self.lost.set())

    async def holds(self) -> bool:
        """Whether the name is still ours, as its keeper says itself."""
        async with self._asking:
            if self._connection is not None and not self.lost.is_set():
                try:
                    await self._connection.execute("select 1", timeout=PATIENCE)
                except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
                    self.lost.set()
        return not self.lost.is_set()


@asynccontextmanager
async def leading(name: str) -> AsyncIterator[Lead | None]:
    """Hold this name for the block; None where another process holds it."""
    made = settings.current()
    async with _on_postgres(made.database_url, name) if made.on_postgres else _on_file(name) as lead:
        metrics.LEADS.labels(name).set(lead is not None)
        try:
            yield lead
        finally:
            metrics.LEADS.labels(name).set(0)


@asynccontextmanager
async def _on_postgres(url: str, name: str) -> AsyncIterator[Lead | None]:
    connection = await asyncpg.connect(url, timeout=PATIENCE)
    try:
        ours = await connection.fetchval("select pg_try_advisory_lock(hashtextextended($1, 0))", f"leader:{name}")
        yield Lead(connection) if ours else None
    finally:
        with suppress(OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
            await connection.close(timeout=PATIENCE)


@asynccontextmanager
async def _on_file(name: str) -> AsyncIterator[Lead | None]:
    path = database.sqlite_path(settings.current().database_url)
    held = os.open(path.with_name(f"{path.name}-{name}.lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
            return
        yield Lead()
    finally:
        os.close(held)
