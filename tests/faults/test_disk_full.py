"""No room is left: who writes is told to come again, nothing is half done, and all goes on once there is room."""

import asyncio
import errno
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import asyncpg
import pytest

from tests.faults import books, checker, story
from tests.faults.books import until
from tests.faults.conftest import Founded, Shape, Tried
from tests.faults.installation import Installation
from tests.faults.story import BUDI, PAPER, Told
from tests.faults.table import scaled
from tests.faults.test_databases_away import Server, founded_there, server
from tests.outside.serving import Hook

SIZE = "24m"
MOST_POSTS = 400  # after so many of them some had to grow a file
TABLESPACE = f"serambi_small_disk_{os.getpid()}"  # it is the server's, whoever else is on it


class Disk:
    """A small disk of our own, in memory."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._filler = folder / "filler"

    def fill(self) -> None:
        """Leave no byte."""
        with self._filler.open("ab", buffering=0) as filler:
            for size in (1024 * 1024, 4096, 1):
                with suppress(OSError):
                    while True:
                        filler.write(b"x" * size)

    def room(self) -> None:
        """Make room again."""
        self._filler.unlink()


@contextmanager
def small_disk() -> Iterator[Disk]:
    folder = Path(tempfile.mkdtemp(prefix="serambi-disk-"))
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "none", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        folder.rmdir()
        pytest.skip("needs leave to mount a small disk: run it as root")
    try:
        yield Disk(folder)
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)
        folder.rmdir()


@pytest.fixture
def disk() -> Iterator[Disk]:
    with small_disk() as made:
        yield made


async def _linked(installation: Installation, founded: Founded) -> None:
    told = Told(founded.code)
    await installation.start()
    for act in (story.types_code, story.agrees):
        await installation.hand_over(await act(installation, told))
        await installation.settle()


def _answers(installation: Installation) -> int:
    return sum("hari cuti tahunan" in words for words in installation.telegram.words(str(BUDI)))


async def _refused(installation: Installation, wrong: list[str]) -> list[Hook]:
    """Bring questions until the disk refuses some of them; those that came and those that did not, in that order."""
    taken: list[Hook] = []
    refused: list[Hook] = []
    while len(refused) < 3 and len(taken) < MOST_POSTS:
        hook = installation.telegram.update("sisa cuti", BUDI)
        answer = await installation.post(hook)
        if answer.status_code == 200:
            taken.append(hook)
            continue
        if (answer.status_code, answer.headers.get("retry-after")) != (503, "5"):
            wrong.append(f"a hook was answered {answer.status_code}")
        refused.append(hook)
    assert refused, "the disk was not full"
    return [*taken, *refused]


async def _full(shape: Shape, disk: Disk, tried: Tried, times: int) -> None:
    async with shape.opened() as installation:
        await _linked(installation, shape.founded)
        asked, wrong = 0, list[str]()
        for _ in range(times):
            disk.fill()
            hooks = await _refused(installation, wrong)
            page = await installation.client.get("/sign-in", headers={"accept": "text/html"})
            if page.status_code not in (200, 503):
                wrong.append(f"a page was answered {page.status_code}")
            disk.room()
            for hook in hooks:
                await installation.hand_over(hook)  # what was taken comes again, too, and changes nothing
            await installation.settle()
            asked += len(hooks)
        wrong += await checker.complaints(installation.books, by=installation.now())
        n = (await installation.books.one("select count(*) as n from inbound where channel = 'telegram'"))["n"]
        tried("no room where the data lies, then room", shape.name, times, lost=wrong or n != asked + 2)
        assert not wrong, (wrong, installation.complaints())
        assert n == asked + 2
        # Questions that waited together are answered together; that each is, the checker has seen.
        assert 0 < _answers(installation) <= asked
        assert installation.deaths == 0
        assert all(not process.died for process in installation.processes.values())


async def test_a_full_disk_loses_nothing(founded_file: Founded, disk: Disk, tried: Tried) -> None:
    await _full(Shape(founded_file, disk.folder), disk, tried, 1)


@pytest.mark.whole
@pytest.mark.timeout(900)
async def test_a_disk_that_is_full_again_and_again_loses_nothing(
    founded_file: Founded, disk: Disk, tried: Tried
) -> None:
    await _full(Shape(founded_file, disk.folder), disk, tried, scaled(20))


@pytest.mark.whole
@pytest.mark.timeout(900)
async def test_a_full_disk_of_the_server_loses_nothing(
    founded_postgres: Founded, disk: Disk, tmp_path: Path, tried: Tried, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = disk.folder / "tables"
    tables.mkdir()
    disk.folder.chmod(0o755)
    try:
        shutil.chown(tables, "postgres", "postgres")
    except LookupError:
        pytest.skip("needs a server that runs as postgres on this machine")
    connection = await asyncpg.connect(books._main(founded_postgres.url))
    try:
        await connection.execute(f'drop tablespace if exists "{TABLESPACE}"')
        await connection.execute(f"create tablespace \"{TABLESPACE}\" location '{tables}'")
        made = books._made

        async def there(server: str, name: str, how: str) -> str:
            return await made(server, name, f'{how} tablespace "{TABLESPACE}"')

        monkeypatch.setattr(books, "_made", there)
        await _full(Shape(founded_postgres, tmp_path), disk, tried, scaled(10))
    finally:
        await connection.execute(f'drop tablespace if exists "{TABLESPACE}"')
        await connection.close()


async def _there_again(ours: Server) -> None:
    """A server that finds no room for its log gives up; whoever made room starts it again, as its supervisor would."""
    for _ in range(100):
        if ours.ended:
            await asyncio.to_thread(ours.start)
        if await ours.answers():
            return
        await asyncio.sleep(0.1)
    raise AssertionError("the server does not come back")


# A log that only grows until somebody has it taken up: otherwise its pieces are written over and no more room is needed.
# The pieces of it that lie ready are used up, and the one that is written to is nearly full.
NEARLY_FULL = (
    "select pg_logical_emit_message(false, 'pieces', repeat('x', 10000000))", "checkpoint", "select pg_switch_wal()",
    "select pg_logical_emit_message(false, 'the last', repeat('x', 900000))",
)  # fmt: skip
GROWS = ("max_wal_size = '1GB'", "checkpoint_timeout = '1h'")


async def _as_owner(url: str, *statements: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        for one in statements:
            await connection.execute(one)
    finally:
        await connection.close()


@pytest.mark.whole
@pytest.mark.timeout(900)
async def test_a_full_disk_of_the_servers_own_log_loses_nothing(disk: Disk, tmp_path: Path, tried: Tried) -> None:
    disk.folder.chmod(0o755)
    log = disk.folder / "wal"
    log.mkdir()
    async with server(log) as ours:
        url = await books.emptied(ours.url, "serambi")
        async with founded_there(url, tmp_path) as (founded, installation):
            await _linked(installation, founded)
            asked, ends, wrong, times = 0, 0, list[str](), scaled(5)
            await _as_owner(url, *(f"alter system set {one}" for one in GROWS), "select pg_reload_conf()")
            for _ in range(times):
                await _as_owner(url, *NEARLY_FULL)
                disk.fill()
                hooks = await _refused(installation, wrong)
                page = await installation.client.get("/sign-in", headers={"accept": "text/html"})
                if page.status_code not in (200, 503):
                    wrong.append(f"a page was answered {page.status_code}")
                disk.room()
                ends += ours.panicked
                await _there_again(ours)
                installation.books = books.Books(url)
                for hook in hooks:
                    await installation.hand_over(hook)
                await until(lambda: _settled(installation), "everything due is done", 240)
                asked += len(hooks)
            wrong += await checker.complaints(installation.books, by=installation.now(), deaths=True)
            n = (await installation.books.one("select count(*) as n from inbound where channel = 'telegram'"))["n"]
            lost = wrong or n != asked + 2
            tried("no room for the server's own log, then room", "PostgreSQL, one process", times, lost=lost)
            assert not wrong, (wrong, installation.complaints())
            assert n == asked + 2
            assert ends, "the server never ran out of room for its log"
            assert installation.deaths == 0
            assert all(not process.died for process in installation.processes.values())


async def _settled(installation: Installation) -> bool:
    return not await installation.unfinished()


async def test_a_file_for_which_there_is_no_room_is_asked_for_again(
    founded_file: Founded, disk: Disk, tmp_path: Path, tried: Tried, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = Installation.environment

    def elsewhere(self: Installation, part: str, **more: str) -> dict[str, str]:
        return {**environment(self, part, **more), "SERAMBI_FILES": str(disk.folder / "files")}

    monkeypatch.setattr(Installation, "environment", elsewhere)
    shape = Shape(founded_file, tmp_path)
    async with shape.opened() as installation:
        await _linked(installation, founded_file)
        disk.fill()
        await installation.hand_over(installation.telegram.upload(PAPER.getvalue(), BUDI))
        await installation.settle()
        refused = installation.telegram.words(str(BUDI))[-1]
        lying = [path for path in disk.folder.rglob("*") if path.is_file() and path.name != "filler"]
        disk.room()
        await installation.hand_over(installation.telegram.upload(PAPER.getvalue(), BUDI))
        await installation.settle()
        kept = await installation.books.rows("select path from attachment where removed_at is null")
        wrong = await checker.complaints(installation.books, by=installation.now())
        tried("no room where the files lie, then room", shape.name, lost=wrong or len(kept) != 1, doubled=lying)
        assert "tempat berkas sedang penuh" in refused
        assert not lying, "half a file stayed"
        assert len(kept) == 1
        assert not wrong, installation.complaints()


async def test_a_backup_for_which_there_is_no_room_leaves_nothing_and_the_next_one_is_made(
    founded_file: Founded, disk: Disk, tmp_path: Path, tried: Tried
) -> None:
    shape = Shape(founded_file, tmp_path)
    async with shape.opened() as installation:
        path = disk.folder / "serambi.backup"
        disk.fill()
        ended, _, complaint = await installation.try_command("backup", str(path))
        left = [one.name for one in disk.folder.iterdir() if one.name != "filler"]
        disk.room()
        again, _, _ = await installation.try_command("backup", str(path))
        tried("no room for a backup, then room", shape.name, lost=again, doubled=left)
        assert ended != 0 and not left
        assert "Traceback" not in complaint and "No space left" in complaint, complaint
        assert again == 0 and path.stat().st_size > 0


def test_a_disk_that_is_filled_has_no_byte_left(disk: Disk) -> None:
    disk.fill()
    with pytest.raises(OSError, match="space") as full:
        (disk.folder / "more").write_bytes(b"x" * 8192)
    assert full.value.errno == errno.ENOSPC
