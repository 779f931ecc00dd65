"""What the tests of core ask for: a database of either kind with nothing in it but holidays, and a Monday morning."""

import io
import logging
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from zoneinfo import ZoneInfo

import asyncpg
import pytest
import structlog

from core import changes, clock, database, jobs, log, migrate, settings, vault
from core.piccolo_app import TABLES
from tests.core import beside, shelf
from tests.core.cast import Cast, lay

MONDAY = datetime(2026, 7, 6, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
MASTER = "a-key-for-tests-only-0123456789abcdef"
KEYS = f"{mkdtemp(prefix='serambi-keys-')}/keys.db"  # one store for all databases of this process: tests are quicker
KEPT = ("holiday", "company")
_ready: dict[str, Path] = {}


@contextmanager
def using(url: str) -> Iterator[settings.Settings]:
    """Let this process work with that database, the keys of the tests, and a clock that stands still."""
    before = settings._current
    settings.use(
        settings.load(
            {
                "SERAMBI_DATABASE_URL": url,
                "SERAMBI_MASTER_KEY": MASTER,
                "SERAMBI_SECRET_KEY": MASTER,
                "SERAMBI_KEYS": KEYS,
            }
        )
    )
    try:
        with clock.freeze(MONDAY):
            yield settings.current()
    finally:
        settings._current = before


@pytest.fixture
def keys() -> Iterator[None]:
    """The keys of the tests, without a database."""
    with using("sqlite:///unused.db"):
        yield


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a database may be made: SQLite and PostgreSQL in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/serambi.db"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
async def database_url(empty_url: str) -> str:
    """The address of a migrated database without companies."""
    return await prepared(empty_url)


async def prepared(url: str) -> str:
    """Make this a migrated database without companies, whatever it was."""
    if url.startswith("sqlite"):
        shutil.copy(await _sqlite(), url.removeprefix("sqlite:///"))
        return url
    if not await _has_tables(url):
        await _furnish(url)
    await empty(url)
    return url


@pytest.fixture
async def open_database(database_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[str]:
    """The open database; what would leave the house, or be talked about, ends here."""

    async def outside(*_: object) -> None:
        return None

    with using(database_url) as made:
        await database.open_database(made)
        # Companies of other tests had the same numbers.
        for table in ("audit_anchor", "audit_gap", "erased_subject", "restricted_subject"):
            vault.keyring().store.write((f"delete from {table} where company <> ?", [(-1,)]))
        vault.keyring().restricted = frozenset()
        for name in ("answer", "deliver"):
            monkeypatch.setitem(jobs.HANDLERS, name, outside)
        yield database_url
        await database.close_database()


@pytest.fixture
async def maju(open_database: str) -> Cast:
    """PT Maju Bersama, its people and their leave."""
    return await shelf.laid("maju", lambda: lay("PT Maju Bersama"))


@pytest.fixture
async def two(open_database: str) -> tuple[Cast, Cast]:
    """Two companies with the same people, numbers and names."""

    async def both() -> tuple[Cast, Cast]:
        return await lay("PT Maju"), await lay("PT Sinar", at="sinar.example")

    return await shelf.laid("two", both)


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What the log says, from now on."""
    told = io.StringIO()
    with monkeypatch.context() as here:
        here.setattr("sys.stderr", told)
        log.configure(level=logging.DEBUG)
    yield told
    structlog.reset_defaults()


async def _sqlite() -> Path:
    if "sqlite" not in _ready:
        path = Path(mkdtemp(prefix="serambi-core-")) / "template.db"
        await _furnish(f"sqlite:///{path}")
        _ready["sqlite"] = path
    return _ready["sqlite"]


async def _furnish(url: str) -> None:
    with using(url) as made:
        await migrate.migrate()
        await database.open_database(made)
        await migrate.furnish()
        await database.close_database()


async def _has_tables(url: str) -> bool:
    return await beside.ask(url, lambda one: one.fetchval("select to_regclass('audit_entry')")) is not None


async def empty(url: str) -> None:
    """Take everything out that the test before left."""
    names = [f'"{table._meta.tablename}"' for table in TABLES if table._meta.tablename not in KEPT]

    async def taken_out(connection: "asyncpg.Connection[Any]") -> None:
        if await connection.fetchval("select rolsuper from pg_roles where rolname = current_user"):
            # Thirty times quicker than truncating, but only a superuser gets past the triggers this way.
            await connection.execute("set local session_replication_role = replica")
            await connection.execute(";".join(f"delete from {name}" for name in names))
        else:
            for name in changes.append_only():
                await connection.execute(f'alter table "{name}" disable trigger user')
            await connection.execute(f"truncate {', '.join(names)} cascade")
            for name in changes.append_only():
                await connection.execute(f'alter table "{name}" enable trigger user')
        await connection.execute("delete from company where kind <> 'operator'")

    await beside.ask(url, taken_out)
