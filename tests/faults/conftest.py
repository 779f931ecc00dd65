"""Installations to be broken, and the table of what was tried on them."""

import asyncio
import re
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from os import getpid
from pathlib import Path
from typing import Any

import pytest
import redis

from tests.faults import books, story, table
from tests.faults.installation import SPLIT, WHOLE, Installation, copy_file
from tests.faults.nursery import ROOT
from tests.faults.story import Passage

SLOW = "whole"
LONGEST, AT_LENGTH = 300, 1800  # seconds for one test, on a machine that has much else to do


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", f"{SLOW}: takes minutes; runs only when it is asked for with -m {SLOW}")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents and item.get_closest_marker("timeout") is None:
            item.add_marker(pytest.mark.timeout(AT_LENGTH if item.get_closest_marker(SLOW) else LONGEST))
    if table.ONLY:
        others = [
            one for one in items if here in one.path.parents and table.row_of(one.path.stem, one.name) != table.ONLY
        ]
        config.hook.pytest_deselected(items=others)
        items[:] = [one for one in items if one not in others]
    slow = [] if config.option.markexpr else [item for item in items if item.get_closest_marker(SLOW)]
    if slow:
        config.hook.pytest_deselected(items=slow)
        items[:] = [item for item in items if item not in slow]


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """The table: what was tried, how often, and how often something was lost."""
    reports = [one for outcome in ("passed", "failed") for one in terminalreporter.stats.get(outcome, [])]
    if not (found := table.lines(reports)):
        return
    terminalreporter.section("faults: what was tried, and what was lost")
    for line in (told := table.drawn(found)):
        terminalreporter.write_line(line)
    if terminalreporter.config.option.markexpr == SLOW:
        table.keep(told)
        terminalreporter.write_line(f"written to {table.FILE}")


Tried = Callable[..., None]


@pytest.fixture
def tried(record_property: Callable[[str, object], None], request: pytest.FixtureRequest) -> Tried:
    """Write a line of the table; to be called before the assertion that may fail."""
    row = table.row_of(request.module.__name__, request.node.name)

    def note(what: str, where: str, times: int = 1, *, lost: object = (), doubled: object = ()) -> None:
        told = {"row": row, "what": what, "where": where, "tried": times}
        record_property(table.PROPERTY, told | {"lost": int(bool(lost)), "doubled": int(bool(doubled))})

    return note


# Doors through which the story does not come: asking Telegram (test_polling.py kills there), Slack's connection
# (test_socket_mode.py), new keys (test_keys_killed.py), and
# clocks of tickets (tests/core/helpdesk/test_alarms.py), data that go (tests/core/privacy/test_erasure_killed.py) and
# clocks of requests about them (tests/core/privacy).
OTHER_DOORS = ("polling.", "mail.", "sockets.", "keys.", "tickets.alarm", "erasure.", "privacy.")


def points() -> list[str]:
    """The names of the crash points, read from the source, so that a new one is tried without being told."""
    found: set[str] = set()
    for part in ("core", "bot", "backoffice", "serambi.py"):
        files = [ROOT / part] if part.endswith(".py") else sorted((ROOT / part).rglob("*.py"))
        for file in files:
            found |= set(re.findall(r"""\bcrashpoint\(\s*["']([^"']+)["']""", file.read_text()))
    return sorted(point for point in found if not point.startswith(OTHER_DOORS))


@dataclass(frozen=True)
class Founded:
    """An installation at rest, to be copied: its database, its keys, and the code by which Budi links his chat."""

    url: str
    keys: Path
    code: str


def apart(work: Coroutine[Any, Any, Any]) -> Any:
    """Run apart from the loop of the test that asked."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


async def _found(folder: Path, url: str) -> Founded:
    installation = Installation(folder, url)
    try:
        return Founded(url, folder / "keys.db", await story.found(installation))
    finally:
        await installation.close()


@pytest.fixture(scope="session")
def founded_file(tmp_path_factory: pytest.TempPathFactory) -> Founded:
    """An installation on SQLite, to be copied."""
    folder = tmp_path_factory.mktemp("founded")
    made: Founded = apart(_found(folder, f"sqlite:///{folder}/serambi.db"))
    return made


@pytest.fixture(scope="session")
def founded_postgres(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Founded]:
    """An installation on PostgreSQL, to be copied."""
    url: str = apart(books.emptied(postgres_url, f"serambi_founded_{getpid()}"))
    yield apart(_found(tmp_path_factory.mktemp("founded"), url))
    apart(books.dropped(url, f"serambi_founded_{getpid()}"))


Opened = Callable[..., Any]


class Shape:
    """A way to run the product: on which database, with which doorbell, in how many processes."""

    def __init__(self, founded: Founded, folder: Path, broker_url: str = "") -> None:
        self.founded = founded
        self.folder = folder
        self.broker_url = broker_url
        self.on_postgres = founded.url.startswith("postgres")
        self.parts: tuple[str, ...] = SPLIT if broker_url else WHOLE
        self._made = 0

    @property
    def name(self) -> str:
        """As the table calls it."""
        where = "PostgreSQL" if self.on_postgres else "SQLite"
        return f"{where}, {self.broker_url.partition(':')[0]}, split" if self.broker_url else f"{where}, one process"

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[Installation]:
        """A fresh copy of the installation, not started yet; nothing is left of it afterwards."""
        self._made += 1
        folder = self.folder / str(self._made)
        name = f"serambi_faults_{getpid()}"
        if self.on_postgres:
            url = await books.copied(self.founded.url, name)
        else:
            url = copy_file(self.founded.url, folder)
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(self.founded.keys, folder / "keys.db")
        if self.broker_url.startswith("redis"):
            with redis.Redis.from_url(self.broker_url) as client:
                client.delete(*(client.keys("dramatiq*") or ["dramatiq"]))
        installation = Installation(folder, url, self.broker_url, self.parts)
        try:
            yield installation
        finally:
            await installation.close()
            if self.on_postgres:
                await books.dropped(url, name)

    async def passages(self) -> list[Passage]:
        """Every crash point that the story passes here."""
        async with self.opened() as installation:
            return await story.passages(installation, self.founded.code)


@pytest.fixture
def on_file(founded_file: Founded, tmp_path: Path) -> Shape:
    """One process on SQLite."""
    return Shape(founded_file, tmp_path)


@pytest.fixture
def on_postgres(founded_postgres: Founded, tmp_path: Path) -> Shape:
    """One process on PostgreSQL."""
    return Shape(founded_postgres, tmp_path)


@pytest.fixture
def with_redis(founded_postgres: Founded, redis_url: str, tmp_path: Path) -> Shape:
    """Three processes on PostgreSQL, with Redis between them."""
    return Shape(founded_postgres, tmp_path, redis_url)


@pytest.fixture
def with_rabbit(founded_postgres: Founded, amqp_url: str, tmp_path: Path) -> Shape:
    """Three processes on PostgreSQL, with RabbitMQ between them."""
    return Shape(founded_postgres, tmp_path, amqp_url)


_passages: dict[str, list[Passage]] = {}


async def passed(shape: Shape) -> list[Passage]:
    """Every crash point that the story passes in this shape; told once for all tests of this worker."""
    if shape.name not in _passages:
        _passages[shape.name] = await shape.passages()
    return _passages[shape.name]


Check = Callable[[Installation], Awaitable[None]]
