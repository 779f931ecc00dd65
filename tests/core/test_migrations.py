"""The migrated database holds what the tables promise: keys, ties, guards, the holidays; and migrating again is nothing."""

import re
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from piccolo.columns import ForeignKey

from core import changes, database, migrate
from core.accounts.tables import Company
from core.calendar.tables import Holiday
from core.database import CompanyTable, installation
from core.piccolo_app import TABLES
from tests.core.conftest import prepared, using


async def rows(url: str, on_sqlite: str, on_postgres: str) -> set[tuple[Any, ...]]:
    """Ask the database itself, past Piccolo."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
            return set(connection.execute(on_sqlite))
    connected = await asyncpg.connect(url)
    try:
        return {tuple(row) for row in await connected.fetch(on_postgres)}
    finally:
        await connected.close()


async def test_foreign_keys_are_those_declared_and_protect_what_they_point_to(database_url: str) -> None:
    found = await rows(
        database_url,
        """select m.name, f."from", f."table", f.on_delete from sqlite_master m, pragma_foreign_key_list(m.name) f
           where m.type = 'table'""",
        """select c.conrelid::regclass::text, a.attname, c.confrelid::regclass::text,
             case c.confdeltype when 'r' then 'RESTRICT' else c.confdeltype::text end
           from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
           where c.contype = 'f'""",
    )
    declared = {
        (table._meta.tablename, column._meta.name, column._foreign_key_meta.resolved_references._meta.tablename)
        for table in TABLES
        for column in table._meta.columns
        if isinstance(column, ForeignKey)
    }
    assert {row[:3] for row in ((name.strip('"'), own, to.strip('"')) for name, own, to, _ in found)} == declared
    assert {row[3] for row in found} == {"RESTRICT"}


async def test_every_tie_between_companies_rows_has_its_guard(database_url: str) -> None:
    declared = {
        (table._meta.tablename, column._meta.name)
        for table in TABLES
        for column in table._meta.columns
        if isinstance(column, ForeignKey)
        and issubclass(table, CompanyTable)
        and issubclass(column._foreign_key_meta.resolved_references, CompanyTable)
    }
    # A column that was added to a table that is there may be guarded without being a foreign key of its own.
    guarded = {(table, column) for one in changes.every() for table, column, _ in one.pointers}
    assert declared <= guarded
    found = {name for (name,) in await rows(database_url, *TRIGGERS)}
    for table, column in guarded:
        made = {name for name in found if name.startswith(f"{table}_{column}_") and name.endswith("company")}
        assert len(made) == (2 if database_url.startswith("sqlite") else 1), (table, column)


TRIGGERS = (
    "select name from sqlite_master where type = 'trigger'",
    "select tgname from pg_trigger where not tgisinternal",
)
UNIQUES = (
    """select m.tbl_name, group_concat(i.name, ',') from sqlite_master m, pragma_index_list(m.tbl_name) l,
         pragma_index_info(l.name) i
       where m.type = 'table' and l."unique" and not l.partial group by m.tbl_name, l.name""",
    """select i.indrelid::regclass::text, string_agg(a.attname, ',' order by k.ord)
       from pg_index i, unnest(i.indkey) with ordinality k(num, ord), pg_attribute a
       where i.indisunique and not i.indisprimary and i.indpred is null and a.attrelid = i.indrelid
         and a.attnum = k.num and i.indrelid::regclass::text not like 'pg_%' group by i.indexrelid, i.indrelid""",
)


async def test_what_is_unique_is_unique_in_the_database(database_url: str) -> None:
    found = {(table.strip('"'), columns) for table, columns in await rows(database_url, *UNIQUES)}
    single = {
        (table._meta.tablename, column._meta.name)
        for table in TABLES
        for column in table._meta.columns
        if column._meta.unique
    }
    # An index that a later migration took away or made anew is what that one says.
    latest = dict[str, tuple[str, str, str | None]]()
    for one in changes.every():
        for gone in re.findall(r'drop index "(\w+)"', "; ".join(one.statements)):
            latest.pop(gone, None)
        latest |= {name: (table, columns, rule) for name, table, columns, rule in one.indexes}
    several = {(table, columns.replace(" ", "")) for table, columns, rule in latest.values() if rule == "unique"}
    assert single | several <= found
    assert {row for row in found if "," not in row[1]} == single


async def test_every_company_table_is_known_to_the_guards() -> None:
    names = {table._meta.tablename for table in TABLES if issubclass(table, CompanyTable)}
    assert {table for one in changes.every() for table in one.company_tables} == names
    assert tuple(table for one in changes.every() for table in one.looked_up) == database.LOOKED_UP


@pytest.mark.parametrize("empty_url", ["postgres"], indirect=True)
async def test_row_level_security_is_forced_on_every_company_table(database_url: str) -> None:
    found = await rows(
        database_url, "", "select relname from pg_class where relrowsecurity and relforcerowsecurity and relkind = 'r'"
    )
    assert {name for (name,) in found} == {table for one in changes.every() for table in one.company_tables}


async def test_migrating_and_furnishing_again_changes_nothing(open_database: str) -> None:
    async def seen() -> tuple[int, int]:
        async with installation(writes=False):
            return await Company.count(), await Holiday.count()

    before = await seen()
    assert await migrate.pending() == []
    assert await migrate.migrate() == []
    await migrate.furnish()
    assert await seen() == before


async def test_the_holidays_follow_the_file(open_database: str) -> None:
    async with installation():
        nyepi = (Holiday.name == "Hari Suci Nyepi") & (Holiday.kind == "national")
        await Holiday.update({Holiday.status: "estimated"}).where(nyepi)
        await Holiday.delete().where(Holiday.name == "Tahun Baru Imlek")
        mistaken = Holiday(date=date(2026, 7, 7), kind="national", name="Salah", status="decreed", decree=None)
        await Holiday.insert(mistaken)
    await migrate.furnish()
    async with installation(writes=False):
        names = [row["name"] for row in await Holiday.select(Holiday.name)]
        assert "Salah" not in names
        assert "Tahun Baru Imlek" in names
        assert not await Holiday.exists().where(nyepi & (Holiday.status == "estimated"))


async def test_a_migration_that_fails_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch, fresh_url: str) -> None:
    whole = changes.Change._run
    last = changes.every()[-1].id

    async def breaks(change: changes.Change) -> None:
        await whole(change)
        if change.id == last:
            raise ConnectionError("the server went away")

    with using(fresh_url):
        monkeypatch.setattr(changes.Change, "_run", breaks)
        with pytest.raises(ConnectionError):
            await migrate.migrate()
        assert await migrate.pending() == [last]
        monkeypatch.undo()
        assert await migrate.migrate() == [last]


@pytest.fixture(params=["sqlite", "postgres"])
def fresh_url(request: pytest.FixtureRequest, tmp_path: Any) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/fresh.db"
    return str(request.getfixturevalue("fresh_postgres_url"))


@pytest.mark.parametrize(
    ("query", "index"),
    [
        ("select id from employment where company = 2 and person = 3", "employment_person"),
        ("select * from leave_entry where company = 2 and leave_day = 3", "leave_entry_day"),
        ("select * from leave_day where company = 2 and request in (3)", "leave_day_request"),
        (
            "select * from leave_day where company = 2 and employment >= 3 and employment <= 9 "
            "and date <= '2027-01-01' and ended_at is null and taken_at is null",
            "leave_day_of",
        ),
        (
            "select * from leave_day where company = 2 and employment in (select value from json_each('[3, 9]')) "
            "and date >= '2027-01-01' and taken_at is null and ended_at is null",
            "leave_day_of",
        ),
        ("select max(id) from person where company = 2", "person_company"),
        ("select * from assignment where company = 2 and employment = 3", "assignment_once"),
        ("select * from step where company = 2 and request = 3", "step_of"),
        ("select * from decision where company = 2 and step in (3)", "decision_once"),
    ],
)
async def test_what_is_asked_with_every_message_or_every_night_has_its_index(
    tmp_path: Path, query: str, index: str
) -> None:
    url = await prepared(f"sqlite:///{tmp_path}/serambi.db")
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        plan = str(connection.execute(f"explain query plan {query}").fetchall())
    assert index in plan
