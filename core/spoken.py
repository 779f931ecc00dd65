"""A connection to SQLite on which whatever has no answer goes along with the next statement that has one.

A statement that is handed to the connection's own thread takes several times as long as SQLite does to answer most of
them. So beginning, and a part that is begun or kept, are told together with what is asked next; what was begun, and in
which nothing was asked, is never told at all. And what is quick is asked here, in the event loop: a question for as
long as a millisecond or so, after which it is given up and asked again in the thread; of what writes, rows that are
spelled out or found by their number. Whatever may wait for others or for the disk goes to the thread: beginning to
write, and the end of it.
"""

import asyncio
import re
import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from typing import Any, Literal

import aiosqlite

Became = Literal["begun", "kept", "undone"]
PARTS: dict[Became, tuple[str, ...]] = {
    "begun": ("SAVEPOINT",), "kept": ("RELEASE SAVEPOINT",), "undone": ("ROLLBACK TO SAVEPOINT", "RELEASE SAVEPOINT"),
}  # fmt: skip
STEPS = 20_000  # of SQLite's machine, about a millisecond
IN_A_ROW = 8  # statements asked here, after which others in the loop are let in
MOST_VALUES = 500  # of rows that are spelled out
_BY_NUMBER = re.compile(r'where .*"id" = \?', re.IGNORECASE)


@lru_cache(maxsize=5000)
def way(sql: str) -> str:
    """How this is asked in the loop: as a question that may be given up, to its end, or not at all."""
    words = sql.lstrip()[:6].upper()
    if words == "SELECT":
        return "asked"
    plain = sql.upper().count("SELECT") == 0
    if words == "INSERT" and plain and sql.count("?") <= MOST_VALUES:
        return "told"
    if words == "UPDATE" and plain and _BY_NUMBER.search(sql) and " OR " not in sql.upper():
        return "told"
    return ""


class Spoken(aiosqlite.Connection):
    """A connection in whose thread `ahead` is said before what is asked next."""

    def __init__(self, path: str, **more: Any) -> None:
        super().__init__(partial(sqlite3.connect, path, check_same_thread=False, **more), iter_chunk_size=64)
        # A thread that is not a daemon would keep the process alive after SIGTERM.
        self._thread.daemon = True
        self.ahead: list[str] = []
        self.begun = False  # whether something was said since `begins`, which must be ended
        self.waited = 0.0  # seconds for which the last beginning waited for another process
        # Handed to the thread, counted here, and answered, counted there: one that was cancelled is still being said.
        self._handed = self._answered = 0
        self._impatient = False
        self._in_a_row = 0

    async def set_to(self, pragmas: Iterable[str]) -> None:
        """Have it work like this."""
        await self.executescript(";".join(f"PRAGMA {one}" for one in pragmas))
        await self.set_progress_handler(lambda: self._impatient, STEPS)

    def begins(self, how: str) -> None:
        """The next statement is the first of a transaction."""
        self.ahead, self.begun, self.waited = [how], False, 0.0

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if not self._running or not self._connection:
            raise ValueError("Connection closed")
        asked = partial(fn, *args, **kwargs)
        if self.ahead:
            asked, self.ahead, self.begun = partial(self._after, self.ahead, asked), [], True
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._hand(answer, asked)
        return await answer

    def _hand(self, answer: "asyncio.Future[Any] | None", asked: Callable[[], Any]) -> None:
        self._handed += 1
        self._tx.put_nowait((answer, partial(self._answers, asked)))

    def _answers(self, asked: Callable[[], Any]) -> Any:
        """In the thread: ask this."""
        try:
            return asked()
        finally:
            self._answered += 1

    async def fetch(self, sql: str, values: Sequence[Any]) -> Any:
        """The rows of a statement, asked here where it is quick."""
        how = way(sql)
        begins = self.ahead[:1] == ["BEGIN IMMEDIATE"]
        if not how or begins or self._is_asked() or not self._running or not self._connection:
            return await self.execute_fetchall(sql, values)
        for words in self.ahead:
            self._conn.execute(words)
            self.begun = True
        self.ahead = []
        self._impatient = how == "asked"
        try:
            rows = _fetched(self._conn, sql, values)
        except sqlite3.OperationalError as fault:
            if str(fault) != "interrupted":
                raise
            self._impatient = False
            return await self.execute_fetchall(sql, values)
        finally:
            self._impatient = False
        self._in_a_row += 1
        if self._in_a_row >= IN_A_ROW:
            self._in_a_row = 0
            await asyncio.sleep(0)
        return rows

    def _after(self, ahead: list[str], asked: Callable[[], Any]) -> Any:
        """In the thread: say this, and then ask that."""
        begun = time.perf_counter()
        for words in ahead:
            self._conn.execute(words)
            if words.startswith("BEGIN"):
                self.waited = time.perf_counter() - begun
        return asked()

    async def part(self, name: str, became: Became) -> None:
        """A part of it begins that is kept or undone by itself, or was."""
        *before, words = (f"{words} {name}" for words in PARTS[became])
        begins = f"{PARTS['begun'][0]} {name}"
        if became == "begun":
            self.ahead.append(words)
        elif became == "undone" and begins not in self.ahead:
            self.ahead = before
            await self.execute(words)
        elif became == "undone" or self.ahead[-1:] == [begins]:
            del self.ahead[self.ahead.index(begins) :]
        else:
            self.ahead.append(words)

    async def ended(self, *, keep: bool) -> None:
        """End what was begun, kept or not; waits until it is done."""
        self.ahead = []
        if not self.begun:
            return
        try:
            if keep:
                await self.commit()
        finally:
            if not keep or self.in_transaction:
                await self.rollback()

    def read(self) -> None:
        """End what was only read; whoever speaks next is heard after that."""
        self.ahead = []
        if not self.begun or not self._connection:
            return
        if self._is_asked():
            self._hand(None, self._conn.rollback)
        else:
            self._conn.rollback()

    def _is_asked(self) -> bool:
        return self._handed != self._answered


def _fetched(connection: sqlite3.Connection, sql: str, values: Sequence[Any]) -> list[dict[str, Any]]:
    cursor = connection.cursor()
    cursor.row_factory = None
    rows = cursor.execute(sql, values).fetchall()
    if not rows:
        return rows
    names = [one[0] for one in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in rows]
