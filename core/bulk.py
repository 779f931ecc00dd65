"""Many rows of one table in one statement: what a file of twenty thousand people needs, and nothing else does.

A row is its columns by name; the company is the one in scope, as everywhere. An object of the table for each row would
cost more than the database does.
"""

import asyncio
import json
from collections.abc import Callable, Collection, Coroutine, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Any

from piccolo.columns import Column
from piccolo.columns.combination import WhereRaw
from piccolo.table import Table

from core import database
from core.database import CompanyTable
from core.engines import PooledPostgres

AT_A_TIME = 1000
# How PostgreSQL is told what an array holds.
ARRAYS = {
    "INTEGER": "int", "SERIAL": "int", "BIGINT": "bigint", "DATE": "date", "TIMESTAMPTZ": "timestamptz",
    "BOOLEAN": "boolean", "SMALLINT": "int",
}  # fmt: skip
Row = Mapping[str, Any]


async def insert(table: type[CompanyTable], rows: Iterable[Row], *, passing_over: bool = False) -> None:
    """Write these new rows, a thousand to a statement; rows that know their number already take it along.

    `passing_over` leaves out rows that are there already, instead of refusing them all. Rows that are made as they are
    asked for are made while the database writes the thousand before them.
    """
    writing: asyncio.Task[None] | None = None
    try:
        for statement in _inserts(table, rows, passing_over):
            if writing is not None:
                await writing
            writing = asyncio.create_task(statement())
            await asyncio.sleep(0)  # it has begun before the next rows are made
    finally:
        if writing is not None:
            await writing


def _inserts(
    table: type[CompanyTable], rows: Iterable[Row], passing_over: bool
) -> Iterator[Callable[[], Coroutine[Any, Any, None]]]:  # fmt: skip
    unless = " on conflict do nothing" if passing_over else ""
    for part in _parts(rows):
        database.written(table)
        columns = [one for one in table._meta.columns if one._meta.name != "id" or "id" in part[0]]
        names = ", ".join(f'"{one._meta.db_column_name}"' for one in columns)
        into = f'insert into "{table._meta.tablename}" ({names})'
        told = {one._meta.name: one.get_default_value() for one in columns} | {"company": database.company()}
        full = [{**told, **row, "company": told["company"]} for row in part]
        if isinstance(database.engine(), PooledPostgres):
            yield partial(_send, f"{into} select * from {_unnest(columns)}{unless}", _arrays(columns, full))
        else:
            yield partial(_send_each, f"{into} values {_marks(columns)}{unless}", _tuples(columns, full))


async def insert_new(table: type[Table], rows: Iterable[Row], *told: Column) -> list[dict[str, Any]]:
    """Write rows of a table outside companies; what these columns hold in those that were not there before."""
    columns = [one for one in table._meta.columns if one._meta.name != "id"]
    usual = {one._meta.name: one.get_default_value() for one in columns}
    names = ", ".join(f'"{one._meta.db_column_name}"' for one in columns)
    into = f'insert into "{table._meta.tablename}" ({names})'
    back = f" on conflict do nothing returning {', '.join(one._meta.db_column_name for one in told)}"
    new: list[dict[str, Any]] = []
    for part in _parts(rows):
        full = [{**usual, **row} for row in part]
        if isinstance(database.engine(), PooledPostgres):
            sql = f"{into} select * from {_unnest(columns)}{back}"
            found = await _connection().fetch(sql, *_arrays(columns, full))
        else:
            sql = f"{into} values {', '.join([_marks(columns)] * len(full))}{back}"
            values = [value for row in _tuples(columns, full) for value in row]
            found = await _connection().execute_fetchall(sql, values)
        new += map(dict, found)
    return new


def _marks(columns: Sequence[Column]) -> str:
    return f"({', '.join('?' for _ in columns)})"


async def update(table: type[CompanyTable], rows: Sequence[Row], *changed: Column) -> None:
    """Write these columns of the rows with these numbers, a thousand to a statement."""
    key = next(one for one in table._meta.columns if one._meta.name == "id")
    names = [f'"{one._meta.db_column_name}"' for one in changed]
    for part in _parts(rows):
        database.written(table)
        if isinstance(database.engine(), PooledPostgres):
            told = ", ".join(f"{name} = v.{name}" for name in names)
            columns = [key, *changed]
            await _send(
                f'update "{table._meta.tablename}" t set {told} from {_unnest(columns)} as v("id", {", ".join(names)}) '
                f"where t.id = v.id and t.company = {database.company()}",
                _arrays(columns, part),
            )
        else:
            told = ", ".join(f"{name} = ?" for name in names)
            await _send_each(
                f'update "{table._meta.tablename}" set {told} where id = ? and company = {database.company()}',
                _tuples([*changed, key], part),
            )


def among(column: Column, numbers: Collection[int]) -> Any:
    """That a column holds one of these numbers, which may be many: told in one value, not in one for each."""
    known = sorted(set(numbers))
    if not known:
        return column == 0
    name = f'"{column._meta.table._meta.tablename}"."{column._meta.db_column_name}"'
    if isinstance(database.engine(), PooledPostgres):
        # Never as a stretch: what lies between two numbers it takes for half the table, and reads all of it.
        return WhereRaw(f"{name} = any({{}}::bigint[])", known)
    if known[-1] - known[0] == len(known) - 1:
        return (column >= known[0]) & (column <= known[-1])
    return WhereRaw(f"{name} in (select value from json_each({{}}))", json.dumps(known))


async def reserve(table: type[CompanyTable], count: int) -> list[int]:
    """The numbers of this many rows that are about to be written, so that others can point to them already."""
    name = table._meta.tablename
    if isinstance(database.engine(), PooledPostgres):
        found = await _connection().fetch(
            "select nextval(pg_get_serial_sequence($1, 'id')) as id from generate_series(1, $2)", name, count
        )
        return [row["id"] for row in found]
    # The writer of SQLite is alone, so the next numbers are free until it is done.
    rows = await _connection().execute_fetchall(f'select coalesce(max(id), 0) as last from "{name}"')
    last = int(rows[0]["last"])
    return list(range(last + 1, last + 1 + count))


async def are_free(table: type[CompanyTable], numbers: Sequence[int]) -> bool:
    """Whether these numbers, which were reserved in another transaction, belong to no row since."""
    if isinstance(database.engine(), PooledPostgres) or not numbers:
        return True  # a sequence gives each number once
    rows = await _connection().execute_fetchall(f'select coalesce(max(id), 0) as last from "{table._meta.tablename}"')
    return int(rows[0]["last"]) < min(numbers)


def _parts(rows: Iterable[Row]) -> Iterator[Sequence[Row]]:
    waiting = iter(rows)
    while part := list(islice(waiting, AT_A_TIME)):
        if not database.scope().writes:
            raise RuntimeError("a write was tried inside reading()")
        yield part


def _tuples(columns: Sequence[Column], rows: Sequence[Row]) -> list[tuple[Any, ...]]:
    names = [one._meta.name for one in columns]
    return [tuple(row[name] for name in names) for row in rows]


def _arrays(columns: Sequence[Column], rows: Sequence[Row]) -> list[list[Any]]:
    return [[row[one._meta.name] for row in rows] for one in columns]


def _unnest(columns: Sequence[Column]) -> str:
    kinds = [ARRAYS.get(one.column_type.upper(), "text") for one in columns]
    return f"unnest({', '.join(f'${number}::{kind}[]' for number, kind in enumerate(kinds, 1))})"


async def _send(sql: str, arrays: list[list[Any]]) -> None:
    await _connection().execute(sql, *arrays)


async def _send_each(sql: str, rows: Sequence[tuple[Any, ...]]) -> None:
    await _connection().executemany(sql, rows)


def _connection() -> Any:
    held = database.engine().current_transaction.get()
    assert held is not None
    return held.connection
