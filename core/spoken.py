"""A connection to SQLite on which whatever has no answer goes along with the next statement that has one.

A statement is handed to the connection's own thread, which takes several times as long as SQLite does to answer most
of them. Beginning, and a part that is begun or kept, are told together with what is asked next; what was begun, and in
which nothing was asked, is never told at all.
"""

import asyncio
import sqlite3
import time
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Literal

import aiosqlite

Became = Literal["begun", "kept", "undone"]
PARTS: dict[Became, tuple[str, ...]] = {
    "begun": ("SAVEPOINT",), "kept": ("RELEASE SAVEPOINT",), "undone": ("ROLLBACK TO SAVEPOINT", "RELEASE SAVEPOINT"),
}  # fmt: skip


class Spoken(aiosqlite.Connection):
    """A connection in whose thread `ahead` is said before what is asked next."""

    def __init__(self, path: str, **more: Any) -> None:
        super().__init__(partial(sqlite3.connect, path, **more), iter_chunk_size=64)
        # A thread that is not a daemon would keep the process alive after SIGTERM.
        self._thread.daemon = True
        self.ahead: list[str] = []
        self.begun = False  # whether something was said since `begins`, which must be ended
        self.waited = 0.0  # seconds for which the last beginning waited for another process

    async def set_to(self, pragmas: Iterable[str]) -> None:
        """Have it work like this."""
        await self.executescript(";".join(f"PRAGMA {one}" for one in pragmas))

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
        self._tx.put_nowait((answer, asked))
        return await answer

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
        if self.begun and self._connection:
            self._tx.put_nowait((None, self._conn.rollback))
