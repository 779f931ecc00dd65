"""The database goes away in the middle of everything: who asks is told to come again, and work goes on when it is back."""

import asyncio
import os
import signal
import sqlite3
import tempfile
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from tests import services
from tests.faults import books, checker, story
from tests.faults.books import until
from tests.faults.conftest import Founded, Shape, Tried
from tests.faults.installation import Installation
from tests.faults.story import BUDI, Told
from tests.faults.table import scaled

KEEPS = ("synchronous_commit=on",)  # what is acknowledged, as on any server that people rely on
# Of a log that lies on a small disk, where no file of it is kept for later: it has room only where the disk has.
SMALL = ("min_wal_size=2MB", "max_wal_size=8MB", "wal_recycle=off")
BACK_WITHIN = 5.0  # seconds after the server is there again


async def _linked(installation: Installation, founded: Founded) -> None:
    told = Told(founded.code)
    await installation.start()
    for act in (story.types_code, story.agrees):
        await installation.hand_over(await act(installation, told))
        await installation.settle()


async def _ask(installation: Installation) -> httpx.Response:
    return await installation.post(installation.telegram.update("sisa cuti", BUDI))


def _wrong(answer: httpx.Response) -> str | None:
    """What is wrong with an answer while the database is away."""
    if answer.status_code == 200:
        return None  # it came back in between
    told = answer.headers.get("retry-after")
    return None if (answer.status_code, told) == (503, "5") else f"{answer.status_code}, retry after {told}"


async def _locked(shape: Shape, seconds: float, tried: Tried) -> None:
    """Somebody else holds the file: nobody is answered 500, and nothing that was refused is lost to who comes again."""
    async with shape.opened() as installation:
        await _linked(installation, shape.founded)
        hook = installation.telegram.update("sisa cuti", BUDI)
        with closing(
            sqlite3.connect(installation.database_url.removeprefix("sqlite:///"), isolation_level=None)
        ) as held:
            held.execute("begin exclusive")
            asking = asyncio.create_task(installation.post(hook))
            await asyncio.sleep(seconds)
            held.execute("rollback")
        wrong = [one for one in [_wrong(await asyncio.wait_for(asking, 30))] if one]
        await installation.hand_over(hook)
        await installation.settle()
        wrong += await checker.complaints(installation.books, by=installation.now())
        row = await installation.books.one("select count(*) as n from inbound where channel = 'telegram'")
        tried(f"the file held for {seconds:.0f} s", shape.name, lost=wrong or row["n"] != 3)
        assert not wrong, installation.complaints()
        assert row["n"] == 3
        assert "Traceback" not in installation.complaints()


async def test_a_file_that_is_held_for_a_moment_is_waited_for(on_file: Shape, tried: Tried) -> None:
    await _locked(on_file, 2, tried)


@pytest.mark.whole
async def test_a_file_that_is_held_for_30_seconds_is_no_fault_of_ours(on_file: Shape, tried: Tried) -> None:
    await _locked(on_file, 30, tried)


class Server:
    """A PostgreSQL of our own, to be stopped as a crash would."""

    def __init__(self, folder: Path, log: Path | None = None) -> None:
        self.folder, self.log = folder, log
        self._more = KEEPS if log is None else (*KEEPS, *SMALL)
        self.started = services.start_postgres(folder, more=self._more, log=log)
        assert self.started is not None
        self.port = urlsplit(self.started.address).port or 0

    @property
    def url(self) -> str:
        assert self.started is not None
        return self.started.address

    async def answers(self) -> bool:
        """Whether it takes queries: for a moment after a crash it only takes connections."""
        return await asyncio.to_thread(services.postgres_answers, self.url)

    def stop_immediately(self) -> None:
        """`pg_ctl stop -m immediate`."""
        assert self.started is not None and self.started.process is not None
        os.kill(self.started.process.pid, signal.SIGQUIT)
        self.started.process.wait(30)

    def start(self) -> None:
        self.started = services.start_postgres(self.folder, self.port, more=self._more, log=self.log)

    @property
    def panicked(self) -> bool:
        """Whether it gave up what it was doing since it was started; it may have picked itself up again."""
        return "PANIC" in (self.folder / "log").read_text(errors="replace")

    @property
    def ended(self) -> bool:
        """Whether it has ended, of itself too."""
        assert self.started is not None and self.started.process is not None
        return self.started.process.poll() is not None


@asynccontextmanager
async def server(log: Path | None = None) -> AsyncIterator[Server]:
    with tempfile.TemporaryDirectory(prefix="serambi-server-", ignore_cleanup_errors=True) as folder:
        await asyncio.to_thread(Path(folder).chmod, 0o711)
        place = Path(folder) / "postgres"
        await asyncio.to_thread(place.mkdir)
        made = await asyncio.to_thread(Server, place, log)
        try:
            await until(made.answers, "the server answers", 60)
            yield made
        finally:
            if not made.ended:
                await asyncio.to_thread(made.stop_immediately)


async def _stopped(folder: Path, times: int, tried: Tried) -> None:
    async with server() as ours:
        url = await books.emptied(ours.url, "serambi")
        async with founded_there(url, folder) as (shape, installation):
            await _linked(installation, shape)
            taken, wrong, slowest = 2, [], 0.0
            loop = asyncio.get_running_loop()
            outcomes: Counter[str] = Counter()
            for _ in range(times):
                await asyncio.to_thread(ours.stop_immediately)
                hook = installation.telegram.update("sisa cuti", BUDI)
                answer = await installation.post(hook)
                outcomes[str(answer.status_code)] += 1
                wrong += [one for one in [_wrong(answer)] if one]
                await asyncio.to_thread(ours.start)
                await until(ours.answers, "the server answers", 60)
                since = loop.time()
                await installation.hand_over(hook)
                slowest = max(slowest, loop.time() - since)
                taken += 1
                installation.books = books.Books(url)
                await installation.settle()
            wrong += await checker.complaints(installation.books, by=installation.now(), deaths=True)
            row = await installation.books.one("select count(*) as n from inbound where channel = 'telegram'")
            tried("the server stopped at once, started again", "PostgreSQL, one process", times, lost=wrong)
            assert not wrong, (outcomes, installation.complaints())
            assert row["n"] == taken
            assert slowest <= BACK_WITHIN
            assert installation.deaths == 0


@asynccontextmanager
async def founded_there(url: str, folder: Path) -> AsyncIterator[tuple[Founded, Installation]]:
    """An installation that is founded on this database itself, and stands still."""
    installation = Installation(folder / "there", url)
    try:
        yield Founded(url, folder / "there" / "keys.db", await story.found(installation)), installation
    finally:
        await installation.close()


@pytest.mark.whole
@pytest.mark.timeout(1800)
async def test_a_server_that_stops_20_times_is_waited_for(tmp_path: Path, tried: Tried) -> None:
    await _stopped(tmp_path, scaled(20), tried)
