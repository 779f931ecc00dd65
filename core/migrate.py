"""Brings the database to the newest tables, under their owner, and prepares the restricted role on PostgreSQL.

Each migration and its mark are one transaction: killed anywhere, the next run goes on where the last one stood.
"""

import os
from collections.abc import Collection
from functools import cache
from typing import Any
from urllib.parse import unquote, urlsplit

from piccolo.apps.migrations.tables import Migration
from piccolo.engine.postgres import PostgresEngine

from core import changes, clock, settings
from core.accounts import keys
from core.accounts.tables import Company
from core.calendar import holidays
from core.database import APP_ROLE, installation
from core.piccolo_app import owner_engine

os.environ.setdefault("PICCOLO_CONF", "core.piccolo_app")

OPERATOR = "operator"


@cache
def known() -> dict[str, Any]:
    """Every migration of this release by its id."""
    return {module.ID: module for module in changes.modules()}


async def pending() -> list[str]:
    """The migrations that this database still lacks."""
    engine = owner_engine()
    Migration._meta._db = engine
    if not await Migration.table_exists():
        return sorted(known())
    return sorted(set(known()) - set(await Migration.get_migrations_which_ran(app_name="core")))


async def migrate(only: Collection[str] | None = None) -> list[str]:
    """Run what is missing, or only what of it is named, and return the ids of what was run."""
    engine = owner_engine()
    Migration._meta._db = engine
    done: list[str] = []
    while True:
        async with engine.transaction() as held:
            if isinstance(engine, PostgresEngine):
                await held.connection.execute("select pg_advisory_xact_lock(7342001)")
            await Migration.create_table(if_not_exists=True)
            waiting = [one for one in await pending() if only is None or one in only]
            if not waiting:
                if isinstance(engine, PostgresEngine):
                    await _restrict(held.connection)
                return done
            module = known()[waiting[0]]
            manager = await module.forwards()
            for raw in manager.raw:
                await raw()
            await Migration.insert(Migration(name=waiting[0], app_name="core"))
        done.append(waiting[0])


async def _restrict(connection: object) -> None:
    """Give the application's role what it needs and no more; it owns nothing, so the policies bind it."""
    made = settings.current()
    execute = connection.execute  # type: ignore[attr-defined]
    own = made.migration_url and made.migration_url != made.database_url
    role = unquote(urlsplit(made.database_url).username or APP_ROLE) if own else APP_ROLE
    if not own:
        # Roles are the server's, not the database's: two databases migrated at once may both make it.
        await execute(
            f"do $$ begin create role {APP_ROLE} nologin; "
            "exception when duplicate_object or unique_violation then null; end $$"
        )
        await execute(f"grant {APP_ROLE} to current_user")
    await execute(f'grant usage on schema public to "{role}"')
    await execute(f'grant select, insert, update, delete on all tables in schema public to "{role}"')
    await execute(f'grant usage, select on all sequences in schema public to "{role}"')
    for table in changes.append_only():
        await execute(f'revoke update, delete, truncate on "{table}" from "{role}"')


async def furnish() -> None:
    """Put in what every installation has: its own company, and the holidays. Needs the open database."""
    async with installation():
        await keys.found()
        if not await Company.exists().where(Company.kind == OPERATOR):
            await Company.insert(
                Company(
                    slug=OPERATOR, name="Serambi", kind=OPERATOR, language="id", zone="Asia/Jakarta",
                    key_check=keys.check(), created_at=clock.now(),
                )
            )  # fmt: skip
        await holidays.load()
