"""The two database engines, each speaking only inside a transaction of `core.database`.

Piccolo's own SQLite engine opens a connection for every query, and its transactions fail on a lock upgrade. Here one
connection writes at a time and up to three read, all kept open; their threads never hold up the end of the process.
"""

import asyncio
import errno
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextvars import Context, ContextVar
from pathlib import Path
from typing import Any

import asyncpg
from piccolo.engine.postgres import PostgresEngine, PostgresTransaction
from piccolo.engine.sqlite import SQLiteEngine, SQLiteTransaction, dict_factory

from core.key_store import Unreachable
from core.spoken import PARTS, Became, Spoken

LARGEST_LOG = 32 * 1024 * 1024  # of the file's log (-wal); what it grew to beyond is given back to the disk
BUSY_TIMEOUT = "busy_timeout=15000"
PRAGMAS: tuple[str, ...] = (
    "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", BUSY_TIMEOUT,
    # Without it `insert or replace` would walk round the triggers that keep ledgers append-only.
    "recursive_triggers=ON",
    "secure_delete=ON",  # what is gone lies nowhere in the file, either
    "temp_store=MEMORY",
    "cache_size=-16000",
    f"journal_size_limit={LARGEST_LOG}",
)  # fmt: skip
# The pages of a copy need neither a journal on the disk nor to survive anything.
OF_A_COPY = ("journal_mode=MEMORY", "synchronous=OFF", "foreign_keys=ON", "recursive_triggers=ON")
READERS = 3
LOOK = 0.4  # seconds between two looks whether somebody has written into the file
MOST_APART = 2  # pretended transactions at once: each has a copy of the file, or a connection of the pool
APART = ".apart-"  # begins the name of a copy, for as long as it has one
POOL = 10
STATEMENTS = 400  # that a connection keeps prepared: a turn of a talk alone has more than a hundred different ones
LOOKS = 0.02  # seconds between two looks whether somebody waits for what is only pretended
WAITS = "100ms"  # for which what is pretended waits for others, holding what it holds


class OutsideTransaction(RuntimeError):
    """A query was made outside transaction(), reading() or installation(): our fault, never the user's."""

    def __init__(self) -> None:
        super().__init__("queries run inside transaction(company), reading(company) or installation()")


class GaveWay(Exception):
    """What was pretended ended early, because somebody real waited for what it held; it may be tried again."""


AWAY = (
    ConnectionError, asyncpg.PostgresConnectionError, asyncpg.InterfaceError, asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError, asyncpg.CrashShutdownError, asyncpg.TooManyConnectionsError,
)  # fmt: skip
# What the database says of itself, or the disk of whoever writes to it: no fault of the question.
CERTAIN = (
    asyncpg.CannotConnectNowError, asyncpg.AdminShutdownError, asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError, asyncpg.DiskFullError, asyncpg.PostgresConnectionError, Unreachable,
)  # fmt: skip
# Room that is missing where a file would grow is "disk I/O error" to SQLite, too.
BUSY = ("locked", "busy", "disk is full", "disk I/O error", "unable to open")
NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


def is_away(fault: BaseException | None) -> bool:
    """Whether a fault means that the database does not answer now: whoever asked may ask again."""
    return any(isinstance(one, AWAY) or _refuses(one) for one in _chain(fault))


def refuses(fault: BaseException) -> bool:
    """Whether the database, the key store or the disk says itself that it can't now: the same works once it can."""
    return any(_refuses(one) for one in _chain(fault))


def is_full(fault: BaseException) -> bool:
    """Whether there is no room left to write."""
    return any(
        isinstance(one, asyncpg.DiskFullError)
        or (isinstance(one, OSError) and one.errno in NO_ROOM)
        or (isinstance(one, sqlite3.OperationalError | Unreachable) and "disk is full" in str(one))
        for one in _chain(fault)
    )


def _refuses(fault: BaseException) -> bool:
    if isinstance(fault, sqlite3.OperationalError):
        return any(words in str(fault) for words in BUSY)
    return isinstance(fault, CERTAIN) or (isinstance(fault, OSError) and fault.errno in NO_ROOM)


def _chain(fault: BaseException | None) -> Iterator[BaseException]:
    while fault is not None:
        yield fault
        fault = fault.__cause__ or fault.__context__


class PooledSQLite(SQLiteEngine):
    """One SQLite file: a writer under a lock, a few readers, durable to the disk at each commit."""

    __slots__ = ("_all", "_apart", "_readers", "_writer", "_writing")

    def __init__(self, path: str) -> None:
        super().__init__(path=path)
        self._all: list[Spoken] = []
        self._readers: asyncio.LifoQueue[Spoken | None] = asyncio.LifoQueue()  # None = not opened yet
        self._writer: Spoken | None = None
        self._writing = asyncio.Lock()
        self._apart = asyncio.Semaphore(MOST_APART)

    async def start(self) -> None:
        """Open the connection of this process that writes; those that read are opened when so many read at once."""
        await asyncio.to_thread(_forget, self.path, left=True)
        self._writer = await self._open()
        for _ in range(READERS):
            self._readers.put_nowait(None)

    async def stop(self) -> None:
        """Close them, so that the file is whole without its -wal."""
        for connection in self._all:
            await connection.close()
        self._all.clear()

    def connections(self) -> dict[str, int]:
        """How many of this process are in use, and how many are free."""
        busy = READERS - self._readers.qsize() + self._writing.locked()
        return {"busy": busy, "free": READERS + 1 - busy}

    async def fold(self, patience: int) -> bool:
        """Have the file take up its log, which begins anew; False where somebody read from it for so many milliseconds.

        Whoever wants to write waits meanwhile.
        """
        async with self._writing:
            assert self._writer is not None
            await self._writer.execute(f"PRAGMA busy_timeout={patience}")
            try:
                (told,) = await self._writer.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                await self._writer.execute(f"PRAGMA {BUSY_TIMEOUT}")
        return not told["busy"]

    def _connection(self, path: str | None = None, **more: Any) -> Spoken:
        told = {**self.connection_kwargs, **more}
        known: str = told.pop("database")
        return Spoken(path or known, **told)

    async def _open(self) -> Spoken:
        connection: Spoken = await self._connection(cached_statements=STATEMENTS)  # type: ignore[assignment]
        connection.row_factory = dict_factory  # type: ignore[assignment]
        await connection.set_to(PRAGMAS)
        self._all.append(connection)
        return connection

    async def _reader(self) -> Spoken:
        """The connection that read last: it knows most of the file and has most prepared."""
        known = await self._readers.get()
        try:
            return known or await self._open()
        except BaseException:
            self._readers.put_nowait(None)
            raise

    async def begin(self, *, writes: bool) -> SQLiteTransaction:
        """Take a connection and open a transaction on it; `finish` gives it back."""
        if writes:
            await self._writing.acquire()
            assert self._writer is not None
            connection = self._writer
        else:
            connection = await self._reader()
        connection.begins("BEGIN IMMEDIATE" if writes else "BEGIN")
        held = SQLiteTransaction(self)
        held.connection = connection
        return held

    async def begin_apart(self) -> SQLiteTransaction:
        """A transaction on a copy of the file as it is now, which `finish_apart` throws away: it holds up nobody.

        The copy is a file without a name from its first moment on, so that nothing of it is left whatever happens.
        """
        await self._apart.acquire()
        try:
            return await self._copied()
        except BaseException:
            self._apart.release()
            raise

    async def _copied(self) -> SQLiteTransaction:
        handle, path = tempfile.mkstemp(prefix=APART, dir=Path(self.path).parent)
        os.close(handle)
        copy = self._connection(path)
        reader: Spoken | None = None
        try:
            reader = await self._reader()
            await copy
            copy.row_factory = dict_factory  # type: ignore[assignment]
            await reader.backup(copy)
            await copy.set_to(OF_A_COPY)
            await copy.execute("BEGIN IMMEDIATE")
        except BaseException:
            await copy.close()
            raise
        finally:
            await asyncio.to_thread(_forget, path)
            if reader is not None:
                self._readers.put_nowait(reader)
        held = SQLiteTransaction(self)
        held.connection = copy
        return held

    def gave_way(self, held: SQLiteTransaction, fault: Exception) -> bool:
        """Whether this fault means that it ended for somebody else: never, where it has a copy of its own."""
        return False

    async def finish_apart(self, held: SQLiteTransaction) -> None:
        """Throw the copy away."""
        try:
            await held.connection.close()
        finally:
            self._apart.release()

    async def finish(self, held: SQLiteTransaction, *, writes: bool, keep: bool) -> None:
        """End the transaction, keeping or dropping what was written."""
        connection: Spoken = held.connection
        try:
            if writes or not keep:
                await connection.ended(keep=keep)
            else:
                connection.read()
        finally:
            if writes:
                self._writing.release()
            else:
                self._readers.put_nowait(connection)

    def waited(self, held: SQLiteTransaction) -> float:
        """For how many seconds the beginning waited for another process."""
        connection: Spoken = held.connection
        return connection.waited

    async def part(self, held: SQLiteTransaction, name: str, became: Became) -> None:
        """A part of it begins that is kept or undone by itself, or was."""
        await held.connection.part(name, became)

    async def listen(self, name: str, told: Callable[[str | None], None]) -> None:
        """Say whenever any process has written, until cancelled: the file counts its changes itself."""
        connection = self._connection()
        before: object = None
        try:
            await connection
            while True:
                now = tuple(await connection.execute_fetchall("PRAGMA data_version"))
                if now != before:
                    told(None)
                before = now
                await asyncio.sleep(LOOK)
        finally:
            await connection.close()

    async def _run_in_existing_connection(
        self, connection: Any, query: str, args: Any = None, query_type: str = "generic", table: Any = None
    ) -> Any:
        return await connection.fetch(query, args or [])

    async def _run_in_new_connection(self, *_: Any, **__: Any) -> Any:
        raise OutsideTransaction


def _forget(path: str, *, left: bool = False) -> None:
    """Take the name of a copy away, or of those `left` beside this database by a process that was killed over it."""
    for one in Path(path).parent.glob(f"{APART}*") if left else [Path(path)]:
        one.unlink(missing_ok=True)


class PooledPostgres(PostgresEngine):
    """A PostgreSQL database by a pool, under the restricted role."""

    def __init__(self, dsn: str, *, role: str | None) -> None:
        more: dict[str, Any] = {"server_settings": {"role": role}} if role else {}
        super().__init__(config={"dsn": dsn, **more})
        self.current_transaction = ContextVar("postgres_transaction", default=None)
        self._apart = asyncio.Semaphore(MOST_APART)
        self._watches: dict[PostgresTransaction, asyncio.Task[None]] = {}

    async def get_version(self) -> float:
        return 15.0

    def get_version_sync(self) -> float:
        return 15.0

    async def start(self) -> None:
        """Open the pool of this process."""
        self.pool = await asyncpg.create_pool(**self.config, min_size=1, max_size=POOL, statement_cache_size=STATEMENTS)

    async def stop(self) -> None:
        """Close the pool."""
        if self.pool:
            await self.pool.close()
            self.pool = None

    def connections(self) -> dict[str, int]:
        """How many of this process are in use, and how many more it may use."""
        busy = self.pool.get_size() - self.pool.get_idle_size() if self.pool else 0
        return {"busy": busy, "free": POOL - busy}

    async def begin(self, *, writes: bool) -> PostgresTransaction:
        """Take a connection and open a transaction on it; `finish` gives it back."""
        assert self.pool is not None
        connection = await self.pool.acquire()
        held = self.transaction()
        held.connection = connection
        held.transaction = connection.transaction(readonly=not writes)
        try:
            await held.transaction.start()
        except BaseException:
            await self.pool.release(connection)
            raise
        return held

    async def begin_apart(self) -> PostgresTransaction:
        """A transaction that `finish_apart` rolls back; it ends by itself once anybody waits for what it holds."""
        await self._apart.acquire()
        try:
            held = await self.begin(writes=True)
        except BaseException:
            self._apart.release()
            raise
        # Nobody's transaction: it looks by a connection of its own.
        self._watches[held] = asyncio.create_task(self._give_way(held), context=Context())
        await held.connection.execute(f"set local lock_timeout = '{WAITS}'")
        return held

    async def _give_way(self, held: PostgresTransaction) -> None:
        assert self.pool is not None
        number = held.connection.get_server_pid()
        async with self.pool.acquire() as looking:
            waits = await looking.prepare(
                "select exists(select from pg_locks where not granted and $1 = any(pg_blocking_pids(pid)))"
            )
            while not await waits.fetchval(number):  # noqa: ASYNC110  nobody tells of a lock
                await asyncio.sleep(LOOKS)
        held.connection.terminate()

    def gave_way(self, held: PostgresTransaction, fault: Exception) -> bool:
        """Whether this fault means that it ended for somebody else, or would have made them wait."""
        return self._watches[held].done() or isinstance(fault, asyncpg.LockNotAvailableError)

    async def finish_apart(self, held: PostgresTransaction) -> None:
        """Roll it back."""
        watch = self._watches.pop(held)
        watch.cancel()
        await asyncio.wait([watch])
        try:
            await self.finish(held, writes=True, keep=False)
        except (asyncpg.InterfaceError, asyncpg.PostgresConnectionError):
            pass  # it had given way
        finally:
            self._apart.release()

    async def finish(self, held: PostgresTransaction, *, writes: bool, keep: bool) -> None:
        """End the transaction, keeping or dropping what was written."""
        assert self.pool is not None
        try:
            await (held.transaction.commit() if keep else held.transaction.rollback())
        finally:
            await self.pool.release(held.connection)

    def waited(self, held: PostgresTransaction) -> float:
        """For how many seconds the beginning waited for another process: here none does."""
        return 0.0

    async def part(self, held: PostgresTransaction, name: str, became: Became) -> None:
        """A part of it begins that is kept or undone by itself, or was."""
        for words in PARTS[became]:
            await held.connection.execute(f"{words} {name}")

    async def listen(self, name: str, told: Callable[[str | None], None]) -> None:
        """Hand on what `database.tell` says under this name, until cancelled or the connection is gone."""
        connection = await asyncpg.connect(**self.config)
        gone = asyncio.Event()
        try:
            connection.add_termination_listener(lambda _: gone.set())
            await connection.add_listener(name, lambda *said: told(str(said[3])))
            told(None)  # what was said before nobody heard
            await gone.wait()
        finally:
            await connection.close(timeout=2)

    async def _run_in_pool(self, query: str, args: Sequence[Any] | None = None) -> Any:
        raise OutsideTransaction

    async def _run_in_new_connection(self, query: str, args: Sequence[Any] | None = None) -> Any:
        raise OutsideTransaction
