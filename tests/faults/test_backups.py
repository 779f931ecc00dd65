"""A backup that is made while people talk goes back into an empty place, and the talk goes on there; a damaged one never."""

import asyncio
import random
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from os import getpid
from pathlib import Path
from typing import Any

import msgspec
import pytest

from core import backup_file
from core.backup_file import Damaged
from tests.faults import books, checker, nursery, story
from tests.faults.books import until
from tests.faults.conftest import Founded, Shape, Tried
from tests.faults.installation import LEASE, Installation
from tests.faults.story import BUDI, Told
from tests.faults.table import scaled

NOT_BACK = ("session", "token")  # nobody stays signed in, no link stays good


@pytest.fixture(params=["on_file", "on_postgres"])
def shape(request: pytest.FixtureRequest) -> Shape:
    found: Shape = request.getfixturevalue(request.param)
    return found


@asynccontextmanager
async def empty(folder: Path, beside: Installation, server: str | None) -> AsyncIterator[Installation]:
    """An installation with the keys and the platforms of another, and nothing else yet."""
    name = f"serambi_restored_{getpid()}"
    await asyncio.to_thread(folder.mkdir)
    url = await books.emptied(server, name) if server else f"sqlite:///{folder}/serambi.db"
    shutil.copy(beside.folder / "keys.db", folder / "keys.db")
    made = Installation(folder, url)
    for platform in (made.telegram, made.slack):
        platform.__exit__()
    made.telegram, made.slack = beside.telegram, beside.slack
    made.ahead = {"run": LEASE, "command": LEASE}
    try:
        yield made
    finally:
        for process in made.processes.values():
            process.kill()
        await made.client.aclose()
        await made.books.close()
        if server:
            await books.dropped(server, name)


async def _talk(installation: Installation) -> None:
    """Ask and ask, each time the answer is there, so that rows are written all the while and none has to be waited for."""
    while True:
        heard = len(installation.telegram.words(str(BUDI)))
        await installation.hand_over(installation.telegram.update("sisa cuti", BUDI))
        await until(lambda: len(installation.telegram.words(str(BUDI))) > heard, "it is answered")  # noqa: B023


async def _told(installation: Installation, founded: Founded) -> Told:
    told = Told(founded.code)
    await installation.start()
    await story.tell(installation, told)
    return told


async def _backed_up(installation: Installation, path: Path, times: int) -> list[dict[str, Any]]:
    """Make so many backups while somebody talks; the last one is left there."""
    talking = asyncio.create_task(_talk(installation))
    made = []
    try:
        for nth in range(times):
            if nth:
                await asyncio.to_thread(path.unlink)
            made.append(await installation.command("backup", str(path)))
    finally:
        talking.cancel()
        await asyncio.gather(talking, return_exceptions=True)
    await installation.settle()
    return made


@pytest.mark.whole
async def test_a_backup_of_sqlite_made_under_load_goes_into_postgres(
    on_file: Shape, postgres_url: str, tmp_path: Path, tried: Tried
) -> None:
    await _goes_back(on_file, "postgres", postgres_url, tmp_path, tried)


async def test_a_backup_of_postgres_made_under_load_goes_into_sqlite(
    on_postgres: Shape, postgres_url: str, tmp_path: Path, tried: Tried
) -> None:
    await _goes_back(on_postgres, "sqlite", postgres_url, tmp_path, tried)


@pytest.mark.whole
async def test_a_backup_of_sqlite_goes_into_sqlite(
    on_file: Shape, postgres_url: str, tmp_path: Path, tried: Tried
) -> None:
    await _goes_back(on_file, "sqlite", postgres_url, tmp_path, tried)


@pytest.mark.whole
async def test_a_backup_of_postgres_goes_into_postgres(
    on_postgres: Shape, postgres_url: str, tmp_path: Path, tried: Tried
) -> None:
    await _goes_back(on_postgres, "postgres", postgres_url, tmp_path, tried)


async def _goes_back(shape: Shape, into: str, postgres_url: str, tmp_path: Path, tried: Tried) -> None:
    async with shape.opened() as installation:
        await _told(installation, shape.founded)
        path = tmp_path / "whole.backup"
        (told,) = await _backed_up(installation, path, 1)
        await installation.stop()
        server = postgres_url if into == "postgres" else None
        async with empty(tmp_path / "back", installation, server) as back:
            restored = await back.command("restore", str(path))
            counts = await back.books.counts()
            wrong = [
                f"{table} has {counts[table]} rows, the backup {rows}"
                for table, rows in told["rows"].items()
                if counts[table] != (0 if table in NOT_BACK else rows)
            ]
            tried("a backup made under load is put back", f"{shape.name}, into {into}", lost=wrong)
            assert not wrong
            assert restored["rows"] == told["rows"]
            assert restored["files"] == told["files"] == 1
            assert told["absent"] == told["wrong"] == []
            assert restored["keys"] is None
            await back.start()
            await back.settle()
            assert not await checker.complaints(back.books, by=back.now(), deaths=True)
            heard = len(back.telegram.words(str(BUDI)))
            await back.hand_over(back.telegram.update("sisa cuti", BUDI))
            await back.settle()
            assert "hari cuti tahunan" in back.telegram.words(str(BUDI))[-1]
            assert len(back.telegram.words(str(BUDI))) > heard
            await back.stop()


async def test_what_was_waiting_to_leave_is_not_said_twice_unmarked(on_file: Shape, tmp_path: Path) -> None:
    async with on_file.opened() as installation:
        await _told(installation, on_file.founded)
        await installation.stop()
        # As if the backup had been made between the commit and the send.
        await installation.books.write("update outbound set state = 'queued' where key = 'leave.approved'")
        await installation.books.write(
            "update job set state = 'queued' where name = 'deliver' and args ="
            " (select '[' || id || ']' from outbound where key = 'leave.approved')"
        )
        path = tmp_path / "early.backup"
        await installation.command("backup", str(path))
        async with empty(tmp_path / "back", installation, None) as back:
            await back.command("restore", str(path))
            await back.start()
            await back.settle()
            said = [words for words in back.telegram.words(str(BUDI)) if "Disetujui Sari" in words]
            assert [checker.RESENT in words for words in said] == [False, True]
            await back.stop()


async def _refused(installation: Installation, *words: str) -> str:
    ended, _, complaint = await installation.try_command(*words)
    assert ended == 1, complaint
    return complaint


async def test_what_cannot_be_backed_up_or_put_back_is_said(on_file: Shape, tmp_path: Path) -> None:
    async with on_file.opened() as installation:
        path = tmp_path / "one.backup"
        await installation.command("backup", str(path))
        assert "there already" in await _refused(installation, "backup", str(path))
        assert "is no folder" in await _refused(installation, "backup", str(tmp_path / "nowhere" / "one.backup"))
        before = await installation.books.counts()
        assert "there is a database already" in await _refused(installation, "restore", str(path))
        assert await installation.books.counts() == before
        newer = tmp_path / "newer.backup"
        with backup_file.reading(path) as (manifest, _), backup_file.writing(newer) as tar:
            manifest.migrations.append("9999-of-a-later-release")
            manifest.release = "9.9"
            backup_file.add(tar, backup_file.MANIFEST, msgspec.json.encode(manifest))
        async with empty(tmp_path / "back", installation, None) as back:
            assert "newer than this one" in await _refused(back, "restore", str(newer))
            assert "No such file" in await _refused(back, "restore", str(tmp_path / "none.backup"))
            assert "another file" in await _refused(back, "restore", str(installation.folder / "keys.db"))
            kept = back.folder / "files" / "1"
            kept.mkdir(parents=True)
            assert "there are files" in await _refused(back, "restore", str(path))
            kept.rmdir()
            assert (await back.command("restore", str(path), "--check"))["whole"]
            assert not (back.folder / "serambi.db").exists()
            assert (await back.command("restore", str(path)))["whole"]


async def _damaged(shape: Shape, folder: Path, bits: int, tried: Tried) -> None:
    async with shape.opened() as installation:
        path = folder / "one.backup"
        await installation.command("backup", str(path))
    whole, chance = path.read_bytes(), random.Random(bits)
    unseen = []
    broken = folder / "broken.backup"
    for _ in range(bits):
        place, bit = chance.randrange(len(whole)), chance.randrange(8)
        changed = bytearray(whole)
        changed[place] ^= 1 << bit
        broken.write_bytes(changed)
        if not _is_refused(broken):
            unseen.append((place, bit))
    for length in (0, 1, 20, len(whole) // 2, len(whole) - 1):
        broken.write_bytes(whole[:length])
        if not _is_refused(broken):
            unseen.append((length, 0))
    tried("a changed bit of a backup", shape.name, bits + 5, lost=unseen)
    assert not unseen


def _is_refused(path: Path) -> bool:
    try:
        with backup_file.reading(path):
            return False
    except Damaged:
        return True


async def test_every_changed_bit_is_found(on_file: Shape, tmp_path: Path, tried: Tried) -> None:
    await _damaged(on_file, tmp_path, 200, tried)


@pytest.mark.whole
async def test_each_of_many_changed_bits_is_found(on_file: Shape, tmp_path: Path, tried: Tried) -> None:
    await _damaged(on_file, tmp_path, scaled(2000), tried)


async def _killed(shape: Shape, folder: Path, times: int, tried: Tried) -> None:
    """Kill the command at any moment: either there is no backup, or there is a whole one."""
    chance = random.Random(times)
    wrong = []
    async with shape.opened() as installation:
        for nth in range(times):
            path = folder / f"{nth}.backup"
            environ = installation.environment("command")
            child = nursery.fork(["backup", str(path), "--json"], environ, folder / "said")
            await asyncio.sleep(chance.uniform(0, 2.5))
            child.kill()
            await until(lambda: child.poll() is not None, "it is gone")  # noqa: B023  it is awaited here
            if path.exists() and _is_refused(path):
                wrong.append(f"{path.name} is there and is not whole")
        tried("killed while a backup is made", shape.name, times, lost=wrong)
        assert not wrong
        assert (await installation.command("backup", str(folder / "last.backup")))["whole"]


@pytest.mark.whole
async def test_backups_killed_often_leave_none(shape: Shape, tmp_path: Path, tried: Tried) -> None:
    await _killed(shape, tmp_path, scaled(20), tried)


@pytest.mark.whole
@pytest.mark.timeout(1800)
async def test_each_of_many_backups_under_load_is_whole(shape: Shape, tmp_path: Path, tried: Tried) -> None:
    async with shape.opened() as installation:
        await _told(installation, shape.founded)
        made = await _backed_up(installation, tmp_path / "one.backup", scaled(20))
        tried("backups under load, each put back", shape.name, len(made))
        assert all(one["whole"] and not one["wrong"] for one in made)
        assert not await checker.complaints(installation.books, by=installation.now())
