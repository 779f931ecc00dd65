"""What many tests begin with is made once for each kind of database, kept, and put back for the next one.

Making a company takes half a second of importing, sealing and granting; putting its rows back takes some milliseconds.
"""

import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, NamedTuple, TypeVar

import asyncpg

from core import database, settings, vault
from core.piccolo_app import TABLES
from tests.core import beside

T = TypeVar("T")
NUMBERED = {table._meta.tablename for table in TABLES if any(one._meta.name == "id" for one in table._meta.columns)}
# The counters of these tables, and how far they have come.
REACHED = """select counter, coalesce(pg_sequence_last_value(counter::regclass), 1) as reached
  from unnest($1::text[]) as of, lateral pg_get_serial_sequence(format('public.%I', of), 'id') as counter
  where counter is not null"""
COUNT_ON = """select setval(counter::regclass, reached) from (values {}) as kept(counter, reached)
  where coalesce(pg_sequence_last_value(counter::regclass), 0) < reached"""


class _Kept(NamedTuple):
    made: Any
    keys: list[Any]  # the current keys it was sealed with
    rows: str  # a file, or the statements that put them back


_shelf: dict[tuple[bool, str], _Kept] = {}


async def laid(name: str, make: Callable[[], Awaitable[T]]) -> T:
    """What `make` makes in the open, empty database; from the second time on its rows are put back instead.

    What it returns is shared by all tests, which must not change it.
    """
    on_sqlite = not settings.current().on_postgres
    kept = _shelf.get((on_sqlite, name))
    if kept is not None and set(kept.keys) <= set(_keys()):
        await (_from_file(kept.rows) if on_sqlite else _run(kept.rows))
        found: T = kept.made
        return found
    made = await make()
    rows = await (_to_file(name) if on_sqlite else _to_schema(name))
    if rows is not None:
        _shelf[on_sqlite, name] = _Kept(made, _keys(), rows)
    return made


def _keys() -> list[Any]:
    """Which keys seal now; a test may have destroyed or turned some of those that what is kept was sealed with."""
    of_persons = "select kid, wrapped from subject_key where retired_at is null and wrapped is not null"
    store = vault.keyring().store
    return [*store.rows(of_persons), *store.rows("select kid, wrapped from company_key where retired_at is null")]


async def _to_file(name: str) -> str:
    path = Path(mkdtemp(prefix=f"serambi-{name}-")) / "laid.db"
    await database.close_database()  # what its journal held is in the file then
    shutil.copy(database.sqlite_path(settings.current().database_url), path)
    await database.open_database(settings.current())
    return str(path)


async def _from_file(kept: str) -> None:
    path = database.sqlite_path(settings.current().database_url)
    await database.close_database()
    shutil.copy(kept, path)
    await database.open_database(settings.current())


async def _to_schema(name: str) -> str | None:
    schema = f"shelf_{name}"
    tables = [str(table._meta.tablename) for table in TABLES if table._meta.tablename != "holiday"]
    connection = await asyncpg.connect(settings.current().database_url)
    try:
        if not await connection.fetchval("select rolsuper from pg_roles where rolname = current_user"):
            return None  # only a superuser gets rows past the triggers
        filled = [table for table in tables if await connection.fetchval(f'select exists (table public."{table}")')]
        copies = [f'create table {schema}."{table}" as table public."{table}"' for table in filled]
        await connection.execute(
            "; ".join([f"drop schema if exists {schema} cascade; create schema {schema}", *copies])
        )
        reached = await connection.fetch(REACHED, [table for table in filled if table in NUMBERED])
    finally:
        await connection.close()
    back = [f'insert into public."{table}" table {schema}."{table}"' for table in filled]
    # A test may have put a database back whose numbers had not come so far: no row may get one that stands here.
    counted = ", ".join(f"('{row['counter']}', {row['reached']})" for row in reached)
    ahead = [COUNT_ON.format(counted)] if counted else []
    return "; ".join(["set local session_replication_role = replica; delete from public.company", *back, *ahead])


async def _run(statements: str) -> None:
    await beside.ask(settings.current().database_url, lambda one: one.execute(statements))
