"""The log of the SQLite file (-wal), kept from growing while people read.

What is committed is written to the log first. The file takes it up by itself every thousand pages, but the log begins
anew only at a moment at which nobody reads from it; readers who overlap leave no such moment, and one who reads for
minutes keeps all that is written meanwhile. So a log that has grown is asked for, now and then, with a little patience.
"""

from pathlib import Path
from time import monotonic

from core import database, log
from core.engines import LARGEST_LOG, PooledSQLite

OFTEN = 10.0  # seconds between two tries of one process
PATIENCE = 250  # milliseconds for which writers are kept waiting for readers
TELLING = 8 * LARGEST_LOG  # from here on somebody should know that it can't be begun anew
_tried = -OFTEN


def size() -> int:
    """How large the log is; nothing where the rows lie on a server."""
    held = database.engine()
    there = Path(f"{held.path}-wal") if isinstance(held, PooledSQLite) else None
    return there.stat().st_size if there is not None and there.exists() else 0


async def look() -> None:
    """Have the log begin anew where it is too large and nobody reads for long."""
    global _tried
    large = size()
    if large <= LARGEST_LOG or monotonic() < _tried + OFTEN:
        return
    _tried, held = monotonic(), database.engine()
    assert isinstance(held, PooledSQLite)
    if not await held.fold(PATIENCE) and large > TELLING:
        log.warning("file_log_grows", bytes=large, advice="something reads from the database for very long")
