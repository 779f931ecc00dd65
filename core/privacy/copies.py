"""What a database keeps of a row that is gone, beside its rows: its log, and the pages and entries that became free.

SQLite overwrites what is deleted as it deletes; its log is folded into the file and cut to nothing. PostgreSQL leaves
the words where they stood in a page until something else is written there, after a plain vacuum too: so each table is
written anew. Its log is overwritten by what is written next. The same goes for the keys that were destroyed.
"""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import asyncpg

from core import clock, database, jobs, log, settings, vault
from core.engines import PooledSQLite
from core.key_store import Unreachable
from core.privacy import holdings

OVERWRITE = "privacy.overwrite"
PATIENCE = 2000  # milliseconds for which who reads or writes is waited for
AGAIN = timedelta(minutes=1)
TOGETHER = timedelta(minutes=10)  # erasures that end within it are followed by one rewriting
SMALL = 64 * 1024 * 1024  # bytes that are written anew in less than a second; larger ones wait for the night
NIGHT, FIRST, LAST = ZoneInfo("Asia/Jakarta"), 0, 5  # hours between which nearly nobody waits for a large table
STAY = re.compile(r"\b[1-9]\d* dead row versions cannot be removed yet")
MOST = 45  # seconds for one of them


async def soon() -> None:
    """Have it done within minutes, in the open transaction; once for all erasures that end until then."""
    now = clock.now()
    at = now + TOGETHER - timedelta(seconds=now.timestamp() % TOGETHER.total_seconds())
    await jobs.enqueue(OVERWRITE, run_at=at, dedupe=f"{OVERWRITE}:{at.timestamp():.0f}")


@jobs.job(OVERWRITE, lane=jobs.BULK)
async def overwrite(company: int, tables: Sequence[str] = ()) -> None:
    """Have the database and the key store let go of what they kept of what is gone, as soon as nobody is in the way."""
    held = database.engine()
    if isinstance(held, PooledSQLite):
        if not await held.fold(PATIENCE):
            raise jobs.Later(clock.now() + AGAIN)
    else:
        known = {one.name for one in holdings.every().values() if not one.nobody} | {"person", "employment"}
        left, large = await _rewritten(sorted(known & set(tables) if tables else known))
        async with database.transaction(company):
            for names, at in ((left, clock.now() + AGAIN), (large, _night())):
                if names:
                    await jobs.enqueue(
                        OVERWRITE, names, run_at=at, dedupe=f"{OVERWRITE}:{at.timestamp():.0f}:{names[0]}"
                    )
    try:
        vault.keyring().store.overwrite()
    except Unreachable:
        raise jobs.Later(clock.now() + AGAIN) from None


async def _rewritten(tables: Sequence[str]) -> tuple[list[str], list[str]]:
    """Write these anew; those that could not be, since somebody was in the way, and those that are too large by day."""
    made, left, large = settings.current(), list[str](), list[str]()
    owner = await asyncpg.connect(made.migration_url or made.database_url, timeout=10, command_timeout=MOST)
    seen: list[bool] = []
    owner.add_log_listener(lambda _, said: seen.append(bool(STAY.search(said.detail or ""))))
    try:
        await owner.execute(f"set lock_timeout = {PATIENCE}")
        for table in tables:
            if not _is_night() and await owner.fetchval("select pg_total_relation_size($1::regclass)", table) > SMALL:
                large.append(table)
                continue
            seen.clear()
            try:
                await owner.execute(f'vacuum (full, verbose) "{table}"')
            except (asyncpg.PostgresError, TimeoutError) as fault:
                log.warning("dead_rows_stay", reason=type(fault).__name__)
                left.append(table)
            else:
                # Somebody's look at the database began before they went, so they had to be taken along.
                left += [table] if any(seen) else []
    finally:
        await owner.close()
    return left, large


def _is_night() -> bool:
    return FIRST <= clock.now().astimezone(NIGHT).hour < LAST


def _night() -> datetime:
    """The next hour at which a large table may be written anew."""
    here = clock.now().astimezone(NIGHT)
    return (here + timedelta(days=1)).replace(hour=FIRST, minute=5, second=0, microsecond=0)
