"""New keys for everybody, and the data sealed anew with them, while people go on working.

A part of a table is one transaction with its mark of how far it is: killed anywhere, it goes on where it was. What is
never changed (append-only) keeps its envelopes; the keys from before stay in the key store for it.
"""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from cryptography.exceptions import InvalidTag
from piccolo.query.mixins import OnConflictAction
from piccolo.table import Table

from core import audit, changes, clock, database, jobs, log, vault
from core.accounts.tables import Company, KeyRenewal
from core.crash import crashpoint
from core.database import CompanyTable
from core.engines import PooledPostgres
from core.keyring import INSTALLATION, Destroyed
from core.messaging.tables import Inbound
from core.piccolo_app import TABLES
from core.vault import Sealed

RENEW = "keys.renew"
KEYS, END = "keys", "end"  # the stages before and after the tables
AT_A_TIME = 500
A_WHILE = 20.0  # seconds of work before others get their turn
NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # keys made before this are renewed: none


async def begin(*, before: datetime) -> int:
    """Have everything that was sealed with keys from before this instant sealed anew; returns for how many companies.

    One that is under way goes on; what was lost of it is taken up again.
    """
    async with database.installation(writes=False):
        companies = [row["id"] for row in await Company.select(Company.id).order_by(Company.id)]
    for company in (INSTALLATION, *companies):
        async with database.transaction(company):
            fresh = KeyRenewal(begun_at=before, stage=KEYS, ended_at=None)
            await KeyRenewal.insert(fresh).on_conflict(action=OnConflictAction.do_nothing)
            row = await KeyRenewal.objects().where(KeyRenewal.ended_at.is_null()).first()
            assert row is not None
            await jobs.enqueue(RENEW, row.id)
    return len(companies)


async def standing() -> list[dict[str, Any]]:
    """The renewals under way: whose, at what, how many fields so far."""
    async with database.installation(writes=False):
        names = {row["id"]: row["slug"] for row in await Company.select(Company.id, Company.slug)}
    found = []
    for company, name in ((INSTALLATION, "installation"), *names.items()):
        async with database.reading(company):
            row = await KeyRenewal.objects().where(KeyRenewal.ended_at.is_null()).first()
        if row is not None:
            found.append({"company": name, "stage": row.stage, "sealed": row.sealed})
    return found


@jobs.cron("10 3 * *", "keys.nightly")
async def nightly() -> None:
    """Bring what was sealed before persons had keys of their own under those, once for each company."""
    async with database.installation(writes=False):
        companies = [row["id"] for row in await Company.select(Company.id)]
    for company in (INSTALLATION, *companies):
        async with database.transaction(company):
            if not await KeyRenewal.exists():
                row = KeyRenewal(begun_at=NEVER, stage=KEYS, ended_at=None)
                await KeyRenewal.insert(row)
                await jobs.enqueue(RENEW, row.id)


@jobs.job(RENEW, lane=jobs.BULK)
async def renew(company: int, number: int) -> None:
    """Seal part after part anew, for a while; then let others work and go on."""
    stop = time.monotonic() + A_WHILE
    while time.monotonic() < stop:
        async with database.transaction(company):
            await database.lock(KeyRenewal, number)
            row = await KeyRenewal.objects().where(KeyRenewal.id == number).first()
            if row is None or row.ended_at is not None:
                return
            await (_keys if row.stage == KEYS else _part)(row)
    raise jobs.Later(clock.now())


async def _keys(row: KeyRenewal) -> None:
    """New keys for the company, then for its persons; the old ones still open."""
    ring, before = vault.keyring(), row.begun_at.astimezone(UTC).isoformat(timespec="microseconds")
    if row.after == 0:
        ring.renew(row.company, before)
    last = ring.renew_subjects(row.company, before, row.after, AT_A_TIME)
    crashpoint("keys.renewed")  # the key store has them already, and nothing says so yet
    if last is None:
        await _mark(row, stage=_after(row.company, KEYS), after=0)
    else:
        await _mark(row, after=last)


async def _part(row: KeyRenewal) -> None:
    table = next(one for one in _tables(row.company) if one._meta.tablename == row.stage)
    read, changed, last = await _seal_anew(table, row.company, row.after)
    crashpoint("keys.sealed")
    if read == AT_A_TIME:
        await _mark(row, after=last, sealed=row.sealed + changed)
        return
    following = _after(row.company, row.stage)
    await _mark(row, stage=following, after=0, sealed=row.sealed + changed)
    if following == END:
        await _mark(row, ended_at=clock.now())
        if row.company != INSTALLATION:
            audit.record("keys.renewed", f"company:{row.company}", count=row.sealed + changed)


async def _mark(row: KeyRenewal, **values: Any) -> None:
    await KeyRenewal.update(values).where(KeyRenewal.id == row.id)


def _tables(company: int) -> list[type[Table]]:
    """The tables with sealed columns that may be changed: a company's, or what stands outside companies."""
    fixed = changes.append_only()
    return [
        table
        for table in TABLES
        if issubclass(table, CompanyTable) == (company != INSTALLATION)
        and table._meta.tablename not in fixed
        and _columns(table)
    ]


def _after(company: int, stage: str) -> str:
    stages = [KEYS, *(table._meta.tablename for table in _tables(company)), END]
    return stages[stages.index(stage) + 1]


def _columns(table: type[Table]) -> list[Sealed]:
    return [column for column in table._meta.columns if isinstance(column, Sealed)]


async def _seal_anew(table: type[Table], company: int, after: int) -> tuple[int, int, int]:
    """The next rows after this one: how many there were, how many fields changed, and the last row's number."""
    columns = _columns(table)
    rows = await _rows(table, columns, company, after)
    told = await _subjects(table, columns, rows)
    _ready({told(row, column) for row in rows for column in columns})
    changed, writing = 0, []
    for row in rows:
        fresh = dict(row)
        for column in columns:
            name = column._meta.name
            envelope = _renewed(row[name], f"{table._meta.tablename}.{name}", *told(row, column))
            if envelope is not None:
                fresh[name], changed = envelope, changed + 1
        if fresh != row:
            writing.append(fresh)
    await _write(table, columns, writing)
    return len(rows), changed, rows[-1]["id"] if rows else after


def _ready(whose: set[tuple[int, int | None]]) -> None:
    """The keys of all these, with a few reads instead of one each."""
    for company in {company for company, _ in whose}:
        vault.prepare(company, [subject for one, subject in whose if one == company and subject is not None])


def _renewed(envelope: str | None, column: str, company: int, subject: int | None) -> str | None:
    """The envelope under the key of now, or None where it is that already or can't be opened."""
    if envelope is None or envelope.split(".")[1] == _current(company, subject):
        return None
    try:
        with vault.lawfully():  # what may only be kept is kept under the key of now
            words = vault.unseal(envelope, company=company, column=column, subject=subject)
        return vault.seal(words, company=company, column=column, subject=subject)
    except Destroyed:
        return None
    except (InvalidTag, ValueError) as fault:
        log.error("envelope_unreadable", key=column, company=company, fault=fault)
        return None


def _current(company: int, subject: int | None) -> str | None:
    try:
        return vault.keyring().of(company, subject).kid
    except Destroyed:
        return None


async def _rows(table: type[Table], columns: list[Sealed], company: int, after: int) -> list[dict[str, Any]]:
    """The next rows as they lie there, held until the end of the transaction."""
    names = ", ".join(f'"{one._meta.db_column_name}" as "{one._meta.name}"' for one in columns)
    where = f"id > {after:d}" + (f" and company = {company:d}" if issubclass(table, CompanyTable) else "")
    query = f'select id, {names} from "{table._meta.tablename}" where {where} order by id limit {AT_A_TIME}'
    held = database.engine().current_transaction.get()
    assert held is not None
    if isinstance(database.engine(), PooledPostgres):
        return [dict(row) for row in await held.connection.fetch(f"{query} for update")]
    return [dict(row) for row in await held.connection.execute_fetchall(query)]


async def _subjects(
    table: Any, columns: list[Sealed], rows: list[dict[str, Any]]
) -> Callable[[Mapping[str, Any], Sealed], tuple[int, int | None]]:
    """For each row and column: the company and the person whose key seals it."""
    ids = [row["id"] for row in rows] or [0]
    if table is Inbound:
        found = await Inbound.select(Inbound.id, Inbound.company, Inbound.person).where(Inbound.id.is_in(ids))
        whose = {
            row["id"]: (row["company"], row["person"]) if row["person"] is not None else (INSTALLATION, None)
            for row in found
        }
        return lambda row, _: whose[row["id"]]
    if not issubclass(table, CompanyTable):
        return lambda *_: (INSTALLATION, None)
    company, ways = database.company(), {one.of for one in columns if one.of is not None}
    told: dict[tuple[int, str], int | None] = {}
    for way in ways:
        at: Any = table
        for step in way.split("."):
            at = getattr(at, step)
        for row in await table.select(table.id, at.as_alias("whose")).where(table.id.is_in(ids)):
            told[row["id"], way] = row["whose"]
    return lambda row, column: (company, told[row["id"], column.of] if column.of is not None else None)


async def _write(table: type[Table], columns: list[Sealed], rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    held = database.engine().current_transaction.get()
    assert held is not None
    names = [one._meta.name for one in columns]
    if isinstance(database.engine(), PooledPostgres):
        arrays = ", ".join(f"${number}::text[]" for number in range(2, len(names) + 2))
        listed = ", ".join(f'"{name}"' for name in names)
        told = ", ".join(f'"{name}" = v."{name}"' for name in names)
        await held.connection.execute(
            f'update "{table._meta.tablename}" t set {told} from unnest($1::int[], {arrays}) as v("id", {listed}) '
            "where t.id = v.id",
            [row["id"] for row in rows],
            *([row[name] for row in rows] for name in names),
        )
    else:
        told = ", ".join(f'"{name}" = ?' for name in names)
        await held.connection.executemany(
            f'update "{table._meta.tablename}" set {told} where id = ?',
            [(*(row[name] for name in names), row["id"]) for row in rows],
        )
