"""What a database keeps of a row that is gone, beside its rows: its log, and the pages that became free."""

from collections.abc import Collection

import asyncpg

from core import database, log, settings
from core.engines import PooledPostgres, PooledSQLite

PATIENCE = 2000  # milliseconds
MINUTE = 60


async def overwrite(tables: Collection[str]) -> bool:
    """Have the database let go of what it kept of rows that are gone; False where somebody reads them just now.

    SQLite overwrites what is deleted as it deletes; its log is folded into the file and cut to nothing. PostgreSQL
    gives the room of dead rows back; its log is overwritten by what is written next.
    """
    held = database.engine()
    if isinstance(held, PooledSQLite):
        return await held.fold(PATIENCE)
    assert isinstance(held, PooledPostgres)
    made = settings.current()
    try:
        owner = await asyncpg.connect(made.migration_url or made.database_url, timeout=10, command_timeout=MINUTE)
    except (OSError, asyncpg.PostgresError) as fault:
        log.error("dead_rows_stay", reason=type(fault).__name__)
        return False
    try:
        for table in sorted(tables):
            await owner.execute(f'vacuum "{table}"')
    except asyncpg.PostgresError as fault:
        log.error("dead_rows_stay", reason=type(fault).__name__)
        return False
    finally:
        await owner.close()
    return True
