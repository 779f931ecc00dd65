"""After somebody's data went, no byte of theirs lies anywhere: not in files, free pages, logs, keys or an older backup."""

import io
import re
import sqlite3
from collections.abc import Collection
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import asyncpg
import pytest

from core import backups, clock, database, file_log, jobs, settings, vault
from core.job_rows import Job
from core.keyring import Destroyed
from core.people.tables import Person
from core.privacy import copies, erasure
from core.privacy.holding_tables import Erasure
from core.settings import Settings
from tests.core import beside
from tests.core.cast import Cast
from tests.core.conftest import MONDAY, logged  # noqa: F401  pytest finds fixtures by name
from tests.core.privacy.planted import Planted, everything
from tests.core.privacy.test_erasure import erased

WORD = re.compile(rb"kn[0-9a-f]+zqx")
IN_HEX = re.compile(b"kn".hex().encode() + rb"(?:3[0-9]|6[1-6])+" + b"zqx".hex().encode())
ENVELOPE = re.compile(rb"s1\.([0-9A-Za-z_-]+)\.[0-9A-Za-z_=-]{40,}")


async def _raw(url: str, folder: Path) -> bytes:
    """Every byte that lies there: the files of this folder, and where the database is a server, its files and a dump."""
    found = _files(folder)
    if not url.startswith("sqlite"):
        found += await beside.ask(url, _of_server)
    return b"\n".join(found)


def _files(folder: Path) -> list[bytes]:
    return [one.read_bytes() for one in sorted(folder.rglob("*")) if one.is_file() and one.suffix != ".backup"]


async def _of_server(held: "asyncpg.Connection[asyncpg.Record]") -> list[bytes]:
    found = []
    await held.execute("checkpoint")
    rows = await held.fetch(
        "select relname, relkind, pg_relation_filepath(oid) as path from pg_class "
        "where relfilenode <> 0 and relkind in ('r', 'i', 't', 'm') and oid >= 16384"
    )
    for row in rows:
        found.append(bytes(await held.fetchval("select pg_read_binary_file($1)", row["path"])))
        if row["relkind"] == "r":
            out = io.BytesIO()
            await held.copy_from_query(f'select * from "{row["relname"]}"', output=out)
            found.append(out.getvalue())
    return found


def _there(raw: bytes, words: Collection[str]) -> set[str]:
    """Which of these lie there: as they are written, with two bytes for a letter, or as hexadecimal figures."""
    told = {one.decode() for one in WORD.findall(raw)} | {one.decode() for one in WORD.findall(raw.replace(b"\0", b""))}
    told |= {bytes.fromhex(one.decode()).decode() for one in IN_HEX.findall(raw)}
    return {word for word in words if word in told or (not WORD.fullmatch(word.encode()) and word.encode() in raw)}


async def test_no_byte_of_somebody_is_left(
    house: Cast,
    planted: Planted,
    open_database: str,
    tmp_path: Path,
    logged: io.StringIO,  # noqa: F811
) -> None:
    open_before = await everything(house.company)
    raw_before = await _raw(open_database, tmp_path)
    words = {*planted.words.values()}
    assert len({word for word in words if word in open_before}) >= 50
    assert len(_there(raw_before, words)) >= 20, "those that are not sealed lie open until then"
    kids = {kid for (kid,) in _keys("select kid from subject_key where subject = ?", planted.person)}
    wrapped = {told for (told,) in _keys("select wrapped from subject_key where subject = ?", planted.person)}
    sealed = {one.group(0) for one in ENVELOPE.finditer(raw_before) if one.group(1).decode() in kids}
    assert len(sealed) >= 20
    old = tmp_path / "old.backup"
    (tmp_path / "backup").mkdir()
    await backups._write(old)

    row = await erased(house.company, planted.person)
    assert row.state == erasure.DONE
    await _overwritten()
    after = await _raw(open_database, tmp_path)
    assert len(after) > 500_000, "all of it was read"
    gone = {*words, planted.name, *(told for told in wrapped if told)}
    assert _there(after, gone) == set()
    assert _there(logged.getvalue().encode(), gone) == set()
    # What is sealed in rows that are never changed stays as bytes that nothing opens any more, here or in a backup.
    for one in sealed:
        with pytest.raises((Destroyed, *vault.SHUT)):
            vault.unseal(one.decode(), company=house.company, column="person.nik", subject=planted.person)
    assert _keys("select wrapped from subject_key where subject = ?", planted.person) == [(None,)] * len(kids)
    await _put_back(old, house, planted, gone)


async def _overwritten(begin: int = 20) -> None:
    """Ten minutes later it is done; a minute after that again, where a look at the database was older than the rows."""
    for minute in range(begin, begin + 100):
        with clock.freeze(MONDAY + timedelta(minutes=minute)):
            await jobs.drain()
        async with database.installation(writes=False):
            if not await Job.exists().where((Job.name == copies.OVERWRITE) & (Job.state == "queued")):
                return
    raise AssertionError("it is put off for ever")


async def _put_back(old: Path, house: Cast, planted: Planted, gone: Collection[str]) -> None:
    """The backup of before goes into an empty place: the ledger beside the keys has them go there again."""
    before = settings.current()
    place = old.parent / "again"
    await database.close_database()
    made: Settings = replace(
        before, database_url=f"sqlite:///{place}/serambi.db", migration_url="", files=f"{place}/files"
    )
    settings.use(made)
    try:
        await backups.restore(old)
        with closing(sqlite3.connect(place / "serambi.db")) as held:
            held.execute("pragma wal_checkpoint(truncate)")
        assert _there(await _raw(made.database_url, place), gone), "the backup of before still said it"
        await database.open_database(made)
        async with database.reading(house.company):
            number = await Person.select(Person.nik).where(Person.id == planted.person).first()
        assert number is not None
        with pytest.raises(Destroyed):
            vault.unseal(number["nik"], company=house.company, column="person.nik", subject=planted.person)
        with clock.freeze(MONDAY + timedelta(hours=1)):
            assert await erasure.replay() == 1
        await _overwritten(120)
        async with database.reading(house.company):
            assert await Erasure.exists().where((Erasure.person == planted.person) & (Erasure.state == erasure.DONE))
        said = await everything(house.company)
        assert [word for word in gone if word in said] == []
        assert _there(await _raw(made.database_url, place), gone) == set()
    finally:
        await database.close_database()
        settings.use(before)
        await database.open_database(before)


async def test_what_somebody_reads_just_now_is_overwritten_later(
    house: Cast, open_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither the log of a file nor a table is written anew while somebody reads from it: it is tried again."""
    monkeypatch.setattr(copies, "PATIENCE", 10)
    if open_database.startswith("sqlite"):
        with closing(sqlite3.connect(database.sqlite_path(open_database))) as reader:
            reader.execute("begin")
            reader.execute("select count(*) from person").fetchone()
            with pytest.raises(jobs.Later):
                await copies.overwrite(house.company)
        await copies.overwrite(house.company)
        assert file_log.size() == 0
        return

    reading = await asyncpg.connect(open_database)
    async with reading.transaction():
        await reading.execute("lock table draft in access share mode")
        await copies.overwrite(house.company, ["draft", "ticket", "job; drop table person"])
    async with reading.transaction(isolation="repeatable_read"):
        await reading.fetch("select 1 from ticket")
        async with database.transaction(house.company):
            await Person.update({Person.language: "en"}).where(Person.id == house.budi.person)
        await copies.overwrite(house.company, ["person"])
    await reading.close()
    async with database.installation(writes=False):
        rows = (
            await Job.select(Job.args).where((Job.name == copies.OVERWRITE) & (Job.state == "queued")).order_by(Job.id)
        )
    assert [row["args"] for row in rows] == ['[["draft"]]', '[["person"]]']


def _keys(statement: str, *values: object) -> list[tuple[str | None, ...]]:
    return vault.keyring().store.rows(statement, *values)
