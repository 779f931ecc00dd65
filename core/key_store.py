"""Where the wrapped keys lie: a small database apart from the data, so that a copy of either alone opens nothing.

A SQLite file for one computer, a PostgreSQL database by URL for several. Every call is one short transaction, and what
it wrote is on disk when it returns: sealing cannot wait for the loop, so these calls are plain ones.
"""

import asyncio
import sqlite3
import threading
from collections.abc import Coroutine, Sequence
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote

import asyncpg

PATIENCE = 10  # seconds; a store that does not answer must not hold a process for ever
TABLES = (
    # purpose: `data` seals what describes nobody in particular and wraps the keys of persons; `root` makes the indexes.
    "create table if not exists company_key (kid varchar(16) primary key, company bigint not null, "
    "purpose varchar(8) not null, wrapped text not null, wrapped_by varchar(16) not null, "
    "made_at varchar(32) not null, retired_at varchar(32))",
    "create unique index if not exists company_key_current on company_key (company, purpose) where retired_at is null",
    "create table if not exists subject_key (kid varchar(16) primary key, company bigint not null, "
    "subject bigint not null, wrapped varchar(120), wrapped_by varchar(16) not null, "
    "made_at varchar(32) not null, retired_at varchar(32), destroyed_at varchar(32))",
    "create unique index if not exists subject_key_current on subject_key (company, subject) where retired_at is null",
    "create index if not exists subject_key_wrap on subject_key (wrapped_by, kid)",
    # Counts what other processes must notice: keys that were destroyed, retired or wrapped anew.
    "create table if not exists revision (one integer primary key, number bigint not null)",
    "insert into revision (one, number) values (1, 0) on conflict do nothing",
    "insert into revision (one, number) values (2, 0) on conflict do nothing",  # of those, what may not be read now
    "create table if not exists audit_anchor (company bigint not null, day varchar(10) not null, seq bigint not null, "
    "hash varchar(64) not null, at varchar(32) not null, signature varchar(64) not null, primary key (company, day))",
    # A gap in an audit that somebody answers for: from which entry, and the newest entry that was there then.
    "create table if not exists audit_gap (company bigint not null, number bigint not null, seq bigint not null, "
    "hash varchar(64) not null, at varchar(32) not null, who varchar(64) not null, reason varchar(500) not null, "
    "signature varchar(64) not null, primary key (company, at))",
    # Whose data went: by number and a keyed mark of the row, so that an older database put back loses them again.
    "create table if not exists erased_subject (company bigint not null, subject bigint not null, "
    "mark varchar(64) not null, scope varchar(8) not null, number bigint not null, at varchar(32) not null, "
    "signature varchar(64) not null, primary key (company, subject, scope))",
    # Whose data may only be kept for now, read by nobody but themselves.
    "create table if not exists restricted_subject (company bigint not null, subject bigint not null, "
    "since varchar(32) not null, primary key (company, subject))",
)
GONE = (OSError, asyncpg.PostgresConnectionError, asyncpg.InterfaceError)
Step = tuple[str, Sequence[tuple[Any, ...]]]


class Unreachable(RuntimeError):
    """The key store does not answer: nothing can be sealed or opened until it does."""


class KeyStore(Protocol):
    """What a store does; statements are written for both databases, with `?` where a value stands."""

    def rows(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """What a query finds."""

    def write(self, *steps: Step) -> None:
        """Do each statement with each of its rows of values: all of it, or nothing."""

    def overwrite(self) -> None:
        """Let nothing be left of keys that were destroyed, where they stood, either."""

    def close(self) -> None:
        """Let go of it."""


def open_store(where: str) -> KeyStore:
    """The store of this address, its tables made if it is new."""
    return PostgresStore(where) if on_postgres(where) else FileStore(Path(unquote(where)))


# A journal beside the file rather than a log: containers that share the folder agree on it too.
PRAGMAS: tuple[str, ...] = ("journal_mode=DELETE", "synchronous=EXTRA", "secure_delete=ON")


def on_postgres(where: str) -> bool:
    """Whether the store is a PostgreSQL database rather than a file."""
    return where.startswith(("postgres://", "postgresql://"))


class FileStore:
    """The store in a SQLite file that only its owner can read."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            self._connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
            for pragma in PRAGMAS:
                self._connection.execute(f"PRAGMA {pragma}")
        except (OSError, sqlite3.Error) as fault:
            raise Unreachable(f"{path}: {fault}") from None
        if not self.rows("select 1 from sqlite_master where name = 'restricted_subject'"):
            self._make()

    def _make(self) -> None:
        with self._lock:
            self._connection.execute("begin immediate")
            for statement in TABLES:
                self._connection.execute(statement)
            self._connection.execute("commit")

    def rows(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        try:
            with self._lock:
                return self._connection.execute(statement, values).fetchall()
        except sqlite3.Error as fault:
            raise Unreachable(str(fault)) from None

    def write(self, *steps: Step) -> None:
        try:
            with self._lock:
                self._connection.execute("begin immediate")
                try:
                    for statement, rows in steps:
                        self._connection.executemany(statement, rows)
                    self._connection.execute("commit")
                except BaseException:
                    self._connection.rollback()
                    raise
        except sqlite3.Error as fault:
            raise Unreachable(str(fault)) from None

    def overwrite(self) -> None:
        pass  # with secure_delete it was overwritten as it was destroyed

    def close(self) -> None:
        self._connection.close()


class PostgresStore:
    """The store in a PostgreSQL database, spoken to from a thread of its own so that callers may be anywhere."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._lock = threading.Lock()
        self._connection: asyncpg.Connection | None = None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="key-store", daemon=True)
        self._thread.start()
        self._wait(self._prepare())

    def rows(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self._wait(self._fetch(_numbered(statement), values))]

    def write(self, *steps: Step) -> None:
        self._wait(self._change([(_numbered(statement), rows) for statement, rows in steps]))

    def overwrite(self) -> None:
        # Until it is written anew, a page keeps what stood in it.
        self._wait(self._rewrite())

    async def _rewrite(self) -> None:
        held = await self._open()
        await held.execute(f"set lock_timeout = {PATIENCE * 500}")
        try:
            await held.execute("vacuum (full) subject_key")
        finally:
            await held.execute("reset lock_timeout")

    def close(self) -> None:
        if self._connection is not None:
            self._connection.terminate()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE)
        self._loop.close()

    def _wait(self, work: Coroutine[Any, Any, Any]) -> Any:
        with self._lock:
            try:
                return asyncio.run_coroutine_threadsafe(work, self._loop).result(2 * PATIENCE)
            except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as fault:
                raise Unreachable(f"{type(fault).__name__}: the key store does not answer") from None

    async def _open(self) -> asyncpg.Connection:
        if self._connection is None or self._connection.is_closed():
            self._connection = await asyncpg.connect(self._url, timeout=PATIENCE, command_timeout=PATIENCE)
        return self._connection

    async def _prepare(self) -> None:
        held = await self._open()
        async with held.transaction():
            # Two processes that start together would both make the tables.
            await held.execute("select pg_advisory_xact_lock(7342002)")
            for statement in TABLES:
                await held.execute(statement)

    async def _fetch(self, statement: str, values: Sequence[Any], *, again: bool = True) -> list[Any]:
        try:
            return list(await (await self._open()).fetch(statement, *values))
        except GONE:
            if not again:
                raise
            return await self._fetch(statement, values, again=False)

    async def _change(self, steps: Sequence[Step], *, again: bool = True) -> None:
        try:
            held = await self._open()
            async with held.transaction():
                for statement, rows in steps:
                    await held.executemany(statement, rows)
        except GONE:
            # The server was restarted meanwhile. What is written here may be written twice without harm.
            if not again:
                raise
            await self._change(steps, again=False)


def _numbered(statement: str) -> str:
    first, *more = statement.split("?")
    return first + "".join(f"${number}{part}" for number, part in enumerate(more, 1))
