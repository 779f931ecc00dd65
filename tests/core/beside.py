"""A connection to PostgreSQL beside those of the product, kept from test to test: each new one would have to read again
what two hundred tables look like, which takes longer than what is asked of it.
"""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from functools import cache
from typing import Any, TypeVar

import asyncpg

T = TypeVar("T")
Work = Callable[["asyncpg.Connection[Any]"], Awaitable[T]]
GONE = (asyncpg.PostgresConnectionError, asyncpg.InterfaceError, asyncpg.AdminShutdownError, ConnectionError)
_known: dict[str, "asyncpg.Connection[Any]"] = {}


async def ask(url: str, work: Work[T]) -> T:
    """What `work` returns, done on the kept connection as one transaction."""
    return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(_done(url, work), _loop()))


async def _done(url: str, work: Work[T]) -> T:
    kept = _known.pop(url, None)
    if kept is not None and not kept.is_closed():
        try:
            return await _once(url, kept, work)
        except GONE:  # its database was made anew
            kept.terminate()
    return await _once(url, await asyncpg.connect(url), work)


async def _once(url: str, connection: "asyncpg.Connection[Any]", work: Work[T]) -> T:
    async with connection.transaction():
        found = await work(connection)
    _known[url] = connection
    return found


@cache
def _loop() -> asyncio.AbstractEventLoop:
    """Each test has a loop of its own, which ends with it; the connection has one that does not."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True).start()
    return loop
