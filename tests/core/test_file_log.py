"""The log of the SQLite file is begun anew once nobody reads for long, and is given back to the disk."""

import asyncio
from pathlib import Path

import pytest

from core import database, engines, file_log, jobs, key_store
from core.engines import READERS, PooledSQLite
from core.jobs import Job
from tests.conftest import LASTING, LASTING_KEYS

SMALL, TRIES = 100_000, 20
MUCH = "x" * 3_000


async def write(times: int) -> None:
    for _ in range(times):
        async with database.installation():
            await jobs.enqueue("work", MUCH)


async def look_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_log, "_tried", -file_log.OFTEN)
    await file_log.look()


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_log, "LARGEST_LOG", SMALL)


def test_a_key_is_on_the_disk_before_anything_is_sealed_by_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_store, "PRAGMAS", LASTING_KEYS)
    held = key_store.FileStore(tmp_path / "keys.db")
    assert held.rows("pragma synchronous") == [(3,)], "extra: the end of the journal, too"
    assert held.rows("pragma secure_delete") == [(1,)]
    held.close()


async def test_what_is_kept_is_on_the_disk_and_whoever_reads_has_a_connection_only_when_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "PRAGMAS", LASTING)
    made = PooledSQLite(str(tmp_path / "serambi.db"))
    await made.start()
    try:
        held = await made.begin(writes=True)
        (told,) = await held.connection.execute_fetchall("pragma synchronous")
        assert told == {"synchronous": 2}, "full: each commit waits for the disk"
        await made.finish(held, writes=True, keep=True)
        assert len(made._all) == 1
        first = await made.begin(writes=False)
        await made.finish(first, writes=False, keep=True)
        together = [await made.begin(writes=False) for _ in range(READERS)]
        assert together[0].connection is first.connection, "the one that read last knows most of the file"
        assert len({id(one.connection) for one in together}) == READERS
        assert made.connections() == {"busy": READERS, "free": 1}
        for one in together:
            await made.finish(one, writes=False, keep=True)
        assert made.connections() == {"busy": 0, "free": READERS + 1}
    finally:
        await made.stop()


async def test_a_log_that_has_grown_is_begun_anew_once_nobody_reads(
    open_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads, done = asyncio.Event(), asyncio.Event()

    async def reader() -> int:
        async with database.installation(writes=False):
            before = int(await Job.count())
            reads.set()
            await done.wait()
            now = int(await Job.count())
            return before if isinstance(database.engine(), PooledSQLite) else now - 60

    reading = asyncio.create_task(reader())
    await reads.wait()
    await write(60)
    await look_again(monkeypatch)
    on_file = isinstance(database.engine(), PooledSQLite)
    assert (file_log.size() > SMALL) is on_file, "who reads is not cut off, nor waited for for long"
    done.set()
    before = await reading
    assert before == 0, "who reads a file sees what was there when it began"
    await look_again(monkeypatch)
    assert file_log.size() == 0
    await write(1)
    async with database.installation(writes=False):
        assert await Job.count() == 61


async def test_readers_who_overlap_do_not_let_it_grow_for_ever(
    open_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop = asyncio.Event()

    async def reads(after: float) -> None:
        await asyncio.sleep(after)
        while not stop.is_set():
            async with database.installation(writes=False):
                await Job.count()
                await asyncio.sleep(0.01)

    reading = [asyncio.create_task(reads(nth * 0.004)) for nth in range(3)]
    largest = 0
    for _ in range(8):
        await write(40)
        for _ in range(TRIES):  # each waits a quarter of a second for a gap, which a busy machine may not give
            await look_again(monkeypatch)
            if file_log.size() <= SMALL:
                break
        largest = max(largest, file_log.size())
    stop.set()
    await asyncio.gather(*reading)
    assert largest <= SMALL, "each time it was asked for, it began anew"


async def test_it_is_not_asked_for_all_the_time(open_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if not isinstance(database.engine(), PooledSQLite):
        return  # a server sees to its own log
    await write(60)
    await look_again(monkeypatch)
    await write(60)
    large = file_log.size()
    await file_log.look()
    assert file_log.size() == large > SMALL
