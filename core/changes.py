"""What a migration adds to the database, written once for SQLite and PostgreSQL, with the guards that belong to it.

In a statement `{id}` is the column of the row's own number (`"id" {id}`), `{big}` a whole number of 64 bits, and
`{to:person}` the tie to a row of that table.
"""

import importlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import Engine, engine_finder

MIGRATIONS = Path(__file__).parent / "migrations"
TYPES = {
    "sqlite": {"{id}": "INTEGER PRIMARY KEY NOT NULL", "{big}": "INTEGER"},
    "postgres": {"{id}": "SERIAL PRIMARY KEY NOT NULL", "{big}": "BIGINT"},
}
MINE = "company = nullif(current_setting('app.company', true), '')::bigint"


@dataclass(frozen=True)
class Change:
    """One migration: its statements, then the guards of what they made. It runs in one transaction with its mark."""

    id: str
    told: str
    statements: Sequence[str] = ()
    # What only one of the databases needs, by "sqlite" or "postgres"; runs after the statements.
    only_on: Mapping[str, Sequence[str]] = field(default_factory=dict)
    # name, table, columns, rule: None, "unique" or "unique where ...". `company` stands first: without statistics
    # SQLite takes an index of the company alone for as good as any other.
    indexes: Sequence[tuple[str, str, str, str | None]] = ()
    # table, what must hold of a row ({} stands before each column), what to say otherwise; replaces an earlier rule.
    checks: Sequence[tuple[str, str, str]] = ()
    append_only: Sequence[str] = ()
    # table, column: takes nothing but envelopes, whoever writes.
    sealed: Sequence[tuple[str, str]] = ()
    # New tables of companies, and those of them that installation() may search for whose company a caller is of.
    company_tables: Sequence[str] = ()
    looked_up: Sequence[str] = ()
    # table, column, table it points to: both rows must be of one company.
    pointers: Sequence[tuple[str, str, str]] = ()

    def manager(self) -> MigrationManager:
        """What Piccolo runs."""
        manager = MigrationManager(migration_id=self.id, app_name="core", description=self.told)
        manager.add_raw(self._run)
        return manager

    async def _run(self) -> None:
        engine = engine_finder()
        assert engine is not None
        dialect = engine.engine_type
        for statement in (*self.statements, *self.only_on.get(dialect, ())):
            await engine.run_ddl(_spelled(statement, dialect))
        for name, table, columns, rule in self.indexes:
            kind, _, where = (rule or "").partition(" ")
            await engine.run_ddl(f'create {kind} index {name} on "{table}" ({columns}) {where}')
        await (self._guard_sqlite if dialect == "sqlite" else self._guard_postgres)(engine)

    async def _guard_sqlite(self, engine: Engine) -> None:  # type: ignore[type-arg]
        for table, rule, what in self.checks:
            told = rule.replace("{}", "new.")
            for act in ("insert", "update"):
                await engine.run_ddl(f"drop trigger if exists {table}_{act}_rule")
                await engine.run_ddl(
                    f'create trigger {table}_{act}_rule before {act} on "{table}" when not ({told}) '
                    f"begin select raise(abort, '{what}'); end"
                )
        for table in self.append_only:
            for act in ("update", "delete"):
                await engine.run_ddl(
                    f'create trigger {table}_no_{act} before {act} on "{table}" '
                    f"begin select raise(abort, '{table} is append-only'); end"
                )
        for table, column in self.sealed:
            for act in ("insert", f'update of "{column}"'):
                await engine.run_ddl(
                    f'create trigger {table}_{column}_{act[:6]}_sealed before {act} on "{table}" '
                    f"when substr(new.\"{column}\", 1, 3) <> 's1.' "
                    f"begin select raise(abort, '{table}.{column} takes only what was sealed'); end"
                )
        for table, column, target in self.pointers:
            for act in ("insert", "update"):
                await engine.run_ddl(
                    f'create trigger {table}_{column}_{act}_company before {act} on "{table}" '
                    f'when new."{column}" is not null '
                    f'and (select company from "{target}" where id = new."{column}") is not new.company '
                    f"begin select raise(abort, '{table}.{column} points into another company'); end"
                )

    async def _guard_postgres(self, engine: Engine) -> None:  # type: ignore[type-arg]
        for table, rule, _ in self.checks:
            bare = rule.replace("{}", "")
            await engine.run_ddl(f'alter table "{table}" drop constraint if exists {table}_rule')
            await engine.run_ddl(f'alter table "{table}" add constraint {table}_rule check ({bare})')
        for table, column in self.sealed:
            await engine.run_ddl(
                f'alter table "{table}" add constraint {table}_{column}_sealed '
                f"check (substr(\"{column}\", 1, 3) = 's1.')"
            )
        for table in self.append_only:
            await engine.run_ddl(
                f'create trigger {table}_fixed before update or delete on "{table}" '
                "for each row execute function append_only()"
            )
            await engine.run_ddl(
                f'create trigger {table}_whole before truncate on "{table}" '
                "for each statement execute function append_only()"
            )
        for table, column, target in self.pointers:
            await engine.run_ddl(
                f"create function {table}_{column}_company() returns trigger language plpgsql as $$ begin "
                f'if new."{column}" is not null and (select company from "{target}" where id = new."{column}") '
                f"is distinct from new.company then raise exception '{table}.{column} points into another company' "
                f"using errcode = '23503'; end if; return new; end $$"
            )
            await engine.run_ddl(
                f'create trigger {table}_{column}_company before insert or update on "{table}" '
                f"for each row execute function {table}_{column}_company()"
            )
        for table in self.company_tables:
            await engine.run_ddl(f'alter table "{table}" enable row level security')
            await engine.run_ddl(f'alter table "{table}" force row level security')
            await engine.run_ddl(f'create policy one_company on "{table}" using ({MINE}) with check ({MINE})')
        for table in self.looked_up:
            # installation() sets company 0: it may find whose company a caller belongs to, and change nothing.
            await engine.run_ddl(
                f"create policy look_up on \"{table}\" for select using (current_setting('app.company', true) = '0')"
            )


def _spelled(statement: str, dialect: str) -> str:
    for mark, spelled in TYPES[dialect].items():
        statement = statement.replace(mark, spelled)
    return re.sub(r"\{to:(\w+)\}", r'INTEGER REFERENCES "\1" ("id") ON DELETE RESTRICT ON UPDATE CASCADE', statement)


@cache
def modules() -> tuple[Any, ...]:
    """The migrations of this release as Piccolo knows them, the first first."""
    names = sorted(path.stem for path in MIGRATIONS.glob("m[0-9]*.py"))
    return tuple(importlib.import_module(f"core.migrations.{name}") for name in names)


def every() -> tuple[Change, ...]:
    """The changes of this release, the first first."""
    return tuple(module.CHANGE for module in modules())


def sealed() -> frozenset[tuple[str, str]]:
    """The columns that take only envelopes, as (table, column)."""
    return frozenset(column for one in every() for column in one.sealed)


def append_only() -> tuple[str, ...]:
    """The tables whose rows are never changed and never deleted."""
    return tuple(table for one in every() for table in one.append_only)
