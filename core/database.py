"""Rows that belong to one company, and the only doors to them.

`transaction(company)` and `reading(company)` scope every query of a CompanyTable to that company; outside them such a
table raises. `installation()` is the scope of what stands outside companies (OUTSIDE), and the way to find work.
"""

import asyncio
import contextlib
import re
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable, Sequence
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any, Self, TypeVar, cast

from piccolo.columns import BigInt, Column
from piccolo.query import Count, Delete, Exists, Insert, Objects, Select, Update
from piccolo.table import Table

from core import joins, metrics, spelling
from core.crash import crashpoint
from core.engines import GaveWay, OutsideTransaction, PooledPostgres, PooledSQLite
from core.scope import Scope
from core.settings import Settings

APP_ROLE = "serambi_app"
# The tables that stand outside companies; tests/architecture compares this with the schema.
OUTSIDE = (
    "company", "account", "session", "token", "recovery_code", "passkey", "guess", "inbound", "polled", "job",
    "cron_run",
    "holiday", "pace", "circuit", "message_template", "clock_seen",
)  # fmt: skip
# Company tables whose rows installation() may look up, to find out whose company a caller belongs to.
LOOKED_UP = (
    "channel_identity", "invitation", "membership", "slack_app", "slack_workspace", "membership_offer", "bot_account",
    "chat_frame", "mailbox", "report_access", "operator_grant", "data_request",
    "access_pack", "proof_link", "api_token", "misuse_report",
)  # fmt: skip

Engine = PooledSQLite | PooledPostgres
T = TypeVar("T")


_scope: ContextVar[Scope | None] = ContextVar("scope", default=None)
_engine: Engine | None = None


def engine() -> Engine:
    """The open engine of this process."""
    if _engine is None:
        raise RuntimeError("the database is not open: call core.database.open_database() first")
    return _engine


async def open_database(made: Settings) -> None:
    """Connect this process to the database and bind every table to it."""
    global _engine
    from core.piccolo_app import TABLES

    joins.quicken()
    spelling.quicken()
    _engine = make_engine(made)
    for table in TABLES:
        table._meta.db = _engine
    await _engine.start()


async def close_database() -> None:
    """Let go of the database; open transactions are rolled back by it."""
    global _engine
    if _engine is not None:
        await _engine.stop()
        _engine = None


def make_engine(made: Settings) -> Engine:
    """The engine that DATABASE_URL names, not yet started."""
    if not made.on_postgres:
        return PooledSQLite(str(sqlite_path(made.database_url)))
    # With one URL its login owns the tables, and each connection steps down to the restricted role.
    role = None if made.migration_url and made.migration_url != made.database_url else APP_ROLE
    return PooledPostgres(made.database_url, role=role)


def sqlite_path(url: str) -> Path:
    """The file of `sqlite:///relative` or `sqlite:////absolute`, its folder made."""
    path = Path(url.removeprefix("sqlite:///"))
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def in_transaction() -> bool:
    """Whether a transaction is open here: no network call may be made then."""
    return _scope.get() is not None


def scope() -> Scope:
    """The open transaction, or OutsideTransaction."""
    opened = _scope.get()
    if opened is None:
        raise OutsideTransaction
    return opened


def company() -> int:
    """The company whose rows may be touched now, or OutsideTransaction."""
    opened = scope()
    if opened.company is None:
        raise OutsideTransaction
    return opened.company


@contextlib.asynccontextmanager
async def transaction(of: int) -> AsyncIterator[Scope]:
    """Read and write the rows of one company; all of it is kept, or none.

    Inside itself it joins: a part that fails is undone alone, so what catches its Refused may go on.
    """
    async with _open(of, writes=True) as opened:
        yield opened


@contextlib.asynccontextmanager
async def reading(of: int) -> AsyncIterator[Scope]:
    """See the rows of one company as they stand together at this moment."""
    async with _open(of, writes=False) as opened:
        yield opened


@contextlib.asynccontextmanager
async def installation(*, writes: bool = True) -> AsyncIterator[Scope]:
    """Read and write what stands outside companies, and look up whose company a caller belongs to."""
    async with _open(None, writes=writes) as opened:
        yield opened


@contextlib.asynccontextmanager
async def pretending(of: int) -> AsyncIterator[Scope]:
    """Write the rows of one company as if, with nobody waiting for it; nothing is kept, and no bell is rung.

    GaveWay where it ended early, because somebody real came to want what it held.
    """
    if _scope.get() is not None:
        raise RuntimeError("a transaction is open already")
    opened, held = Scope(of, True), engine()
    begun: Any = await held.begin_apart()
    current: ContextVar[Any] = held.current_transaction
    mark, inner_mark = _scope.set(opened), current.set(begun)
    try:
        await _name_company(held, begun, of)
        yield opened
    except Exception as fault:
        if held.gave_way(begun, fault):
            raise GaveWay from fault
        raise
    finally:
        _scope.reset(mark)
        current.reset(inner_mark)
        opened.over()
        await asyncio.shield(held.finish_apart(begun))


@contextlib.asynccontextmanager
async def _open(of: int | None, *, writes: bool) -> AsyncIterator[Scope]:
    outer = _scope.get()
    if outer is not None:
        async with _join(outer, of, writes=writes):
            yield outer
        return
    opened = Scope(of, writes)
    try:
        async with _begun(opened):
            yield opened
        if writes:
            crashpoint("database.after_commit")
        for ring in opened.after_commit:
            ring()
    finally:
        opened.over()


@contextlib.asynccontextmanager
async def _begun(opened: Scope) -> AsyncIterator[None]:
    held, asked = engine(), time.perf_counter()
    begun: Any = await held.begin(writes=opened.writes)
    asked = time.perf_counter() - asked
    current: ContextVar[Any] = held.current_transaction
    mark, inner_mark = _scope.set(opened), current.set(begun)
    keep = False
    try:
        await _name_company(held, begun, opened.company)
        yield
        for prepare in opened.before_commit:
            await prepare()
        keep = True
        if opened.writes:
            crashpoint("database.before_commit")
    finally:
        _scope.reset(mark)
        current.reset(inner_mark)
        metrics.DATABASE_WAIT.labels("yes" if opened.writes else "no").observe(asked + held.waited(begun))
        # A cancelled request must still give its connection back, rolled back or committed, never half.
        await asyncio.shield(held.finish(begun, writes=opened.writes, keep=keep))


async def _name_company(held: Engine, begun: Any, of: int | None) -> None:
    if isinstance(held, PooledPostgres):
        await begun.connection.execute("select set_config('app.company', $1, true)", str(of or 0))


@contextlib.asynccontextmanager
async def _join(outer: Scope, of: int | None, *, writes: bool) -> AsyncIterator[None]:
    if outer.company != of:
        raise RuntimeError(
            f"a transaction of company {outer.company} is open; company {of} cannot be touched inside it"
        )
    if writes and not outer.writes:
        raise RuntimeError("a write was tried inside reading()")
    if not writes:
        yield
        return
    held: Any = engine()
    now = held.current_transaction.get()
    assert now is not None
    outer.depth += 1
    name, marks = f"part_{outer.depth}", (len(outer.before_commit), len(outer.after_commit))
    try:
        await held.part(now, name, "begun")
        try:
            yield
        except BaseException:
            await held.part(now, name, "undone")
            del outer.before_commit[marks[0] :], outer.after_commit[marks[1] :]
            _forget(outer)
            raise
        await held.part(now, name, "kept")
    finally:
        outer.depth -= 1


async def once(name: Hashable, of: "Sequence[type[Table]]", ask: Callable[[], Awaitable[T]]) -> T:
    """What was asked under this name before in this transaction, or is asked now.

    It is asked again once one of these tables was written to, part of the transaction was undone, or something was
    waited for, since others may have written meanwhile.
    """
    opened = scope()
    if name not in opened.seen:
        opened.seen[name] = await ask()
        for table in of:
            opened.seen_in.setdefault(table._meta.tablename, set()).add(name)
    return cast(T, opened.seen[name])


def written(table: "type[Table]") -> None:
    """What was read from this table in the open transaction is read again."""
    opened = scope()
    for name in opened.seen_in.pop(table._meta.tablename, ()):
        opened.seen.pop(name, None)


def _forget(opened: Scope) -> None:
    opened.seen.clear()
    opened.seen_in.clear()


async def lock(row: "type[Table]", key: int) -> bool:
    """Hold this row until the end of the transaction; whether it had to be asked for, so that what was read before may
    be old. On SQLite the writer holds everything anyway.
    """
    if not isinstance(engine(), PooledPostgres):
        return False
    await _execute(f'select 1 from "{row._meta.tablename}" where id = $1 for update', key)
    _forget(scope())
    return True


async def lock_name(name: str) -> None:
    """Hold a name instead of a row, for what has no row yet."""
    if isinstance(engine(), PooledPostgres):
        await _execute("select pg_advisory_xact_lock(hashtextextended($1, 0))", name)
        _forget(scope())


async def tell(name: str, what: str) -> None:
    """Let every process that listens hear of this once the transaction is kept; SQLite's file tells of itself."""
    if isinstance(engine(), PooledPostgres):
        await _execute("select pg_notify($1, $2)", name, what)


async def tally(of: "type[CompanyTable]", sql: str, *args: Any) -> list[dict[str, Any]]:
    """The rows of a SELECT of ours that sums over several tables; each table it reads is held to `:company`.

    For what no query of a table can say; `{}` stands for a value, as in Piccolo.
    """
    read = re.findall(r"(?:from|join)\s+(\w+)", sql)
    known = _company_names()
    held = len(re.findall(r"company = :company", sql))
    if held < sum(name in known for name in read) or any(name in OUTSIDE for name in read):
        raise PermissionError("a tally must hold each table it reads to :company")
    if isinstance(engine(), PooledPostgres):  # it plans by the number, which makes each company's another statement
        query = super(CompanyTable, of).raw(sql.replace(":company", str(company())), *args)
        query._frozen_querystrings = [query.querystring]
    else:
        values = iter(args)
        told = [company() if mark == ":company" else next(values) for mark in re.findall(r":company|\{\}", sql)]
        query = super(CompanyTable, of).raw(sql.replace(":company", "{}"), *told)
    return cast(list[dict[str, Any]], await query)


def tables() -> "Sequence[type[Table]]":
    """Every table there is, for what looks at all of them and stands below some."""
    from core.piccolo_app import TABLES

    return TABLES


def _company_tables() -> "list[type[Table]]":
    return [table for table in tables() if issubclass(table, CompanyTable)]


@cache
def _company_names() -> frozenset[str]:
    return frozenset(table._meta.tablename for table in _company_tables())


async def _execute(sql: str, *args: Any) -> None:
    transaction_now = engine().current_transaction.get()
    if transaction_now is None:
        raise OutsideTransaction
    await transaction_now.connection.execute(sql, *args)


def new_public() -> str:
    """An address for a row: 22 random characters, 128 bits, the only identifier that leaves the house."""
    return secrets.token_urlsafe(16)


class CompanyTable(Table):
    """A row of one company, seen and written only inside that company's transaction()."""

    company = BigInt(null=False, index=True)

    def __init__(self, _data: Any = None, _ignore_missing: bool = False, _exists_in_db: bool = False, **values: Any):
        if not _exists_in_db:
            given = values.setdefault("company", company())
            if given != company():
                raise PermissionError(f"a row of company {given} cannot be made inside company {company()}")
        super().__init__(_data, _ignore_missing, _exists_in_db, **values)

    @classmethod
    def _seen(cls) -> Any:
        """What may be read now: the company's rows, or any where installation() looks a caller up."""
        opened = scope()
        if opened.company is None and cls._meta.tablename in LOOKED_UP:
            return cls.company > 0
        return cls.company == company()

    @classmethod
    def select(cls, *columns: Any, exclude_secrets: bool = False) -> Select[Any]:
        return super().select(*columns, exclude_secrets=exclude_secrets).where(cls._seen())

    @classmethod
    def objects(cls, *prefetch: Any) -> Objects[Self]:
        return super().objects(*prefetch).where(cls._seen())

    @classmethod
    def count(cls, column: Column | None = None, distinct: Sequence[Column] | None = None) -> Count:
        return super().count(column, distinct).where(cls._seen())

    @classmethod
    def exists(cls) -> Exists[Any]:
        return super().exists().where(cls._seen())

    @classmethod
    def update(
        cls, values: Any = None, force: bool = False, use_auto_update: bool = True, **kwargs: Any
    ) -> Update[Any]:
        written(cls)
        return super().update(values or {}, force, use_auto_update, **kwargs).where(cls.company == company())

    @classmethod
    def delete(cls, force: bool = False) -> Delete:
        written(cls)
        return super().delete(force).where(cls.company == company())

    @classmethod
    def insert(cls, *rows: Self) -> Insert[Self]:
        written(cls)
        for row in rows:
            if row.company != company():
                raise PermissionError(f"a row of company {row.company} cannot be written inside company {company()}")
        return super().insert(*rows)

    @classmethod
    def raw(cls, sql: str, *args: Any) -> Any:
        raise PermissionError(f"{cls.__name__}.raw() would see every company's rows")
