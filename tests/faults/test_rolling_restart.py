"""Processes are replaced one after the other while many talk and look: nobody sees an error, nothing is lost."""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from itertools import count
from os import getpid
from pathlib import Path

import httpx
import pytest

from tests.faults import books, checker, nursery, releases, story
from tests.faults.books import until
from tests.faults.conftest import Shape, Tried
from tests.faults.installation import Installation
from tests.faults.story import HEADLESS, telegram_of
from tests.outside.serving import Hook
from tests.services import free_port

PARTS = ("web", "web2", "worker", "worker2", "scheduler")
PATIENCE = 10.0  # seconds within which a process that is asked to end has ended
PAGES = ("/sign-in", "/healthz", "/")


class Proxy:
    """What stands in front of two web processes, as far as Caddy goes: who can't be reached is left out for the other,
    and what was asked and not answered is asked again where asking changes nothing."""

    def __init__(self, installation: Installation) -> None:
        self._bases = [f"http://127.0.0.1:{installation.port_of(part)}" for part in ("web", "web2")]
        self._turn = count()
        self.outcomes: Counter[str] = Counter()

    async def ask(self, method: str, path: str, **more: object) -> int | None:
        """The status of the answer; None where there was none, and a platform would come again."""
        first = next(self._turn)
        for nth in range(40):
            base = self._bases[(first + nth) % 2]
            try:
                async with httpx.AsyncClient(base_url=base, timeout=30) as client:
                    answer = await client.request(method, path, **more)  # type: ignore[arg-type]
            except httpx.ConnectError:
                await asyncio.sleep(0.05 if nth % 2 else 0)
                continue
            except httpx.TransportError:
                if method == "GET":
                    continue
                self.outcomes["not answered"] += 1
                return None
            self.outcomes[f"{method} {answer.status_code}"] += 1
            return answer.status_code
        self.outcomes["nobody there"] += 1
        return None

    @property
    def errors(self) -> list[str]:
        """What somebody saw who should not have."""
        return [what for what in self.outcomes if what == "nobody there" or what.partition(" ")[2].startswith("5")]


async def _talks(installation: Installation, proxy: Proxy, number: str, stop: asyncio.Event) -> int:
    """One person asks again and again; a request that got no answer is brought again. How often it was taken."""
    asked = 0
    while not stop.is_set():
        hook: Hook = installation.telegram.update("sisa cuti", telegram_of(number))

        async def taken(hook: Hook = hook) -> bool:
            return await proxy.ask("POST", hook.path, headers=hook.headers, content=hook.body) == 200

        await until(taken, "the question is taken")
        asked += 1
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), 0.4)
    return asked


async def _looks(proxy: Proxy, path: str, stop: asyncio.Event) -> None:
    while not stop.is_set():
        await proxy.ask("GET", path, headers={"accept": "text/html"})
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), 0.1)


async def _replaced(installation: Installation, part: str) -> float:
    """Ask a part to end, start it anew, wait until it works; how long its end took."""
    process = installation.processes[part].popen
    since = time.monotonic()
    process.terminate()
    ended = await asyncio.to_thread(process.wait, 30)
    took = time.monotonic() - since
    assert ended == 0, (part, ended, installation.complaints())
    log = installation.processes[part].log
    before = log.read_text().count('"event": "started"')
    await installation.start(part)
    await until(lambda: log.read_text().count('"event": "started"') > before, f"{part} runs", 60)
    if part.startswith("web"):
        await until(lambda: installation.listens(part), f"{part} listens", 60)
    return took


Turn = Callable[[], Awaitable[None]]  # what is done before every process is replaced once more


async def _nothing() -> None:
    """The same release takes its own place."""


async def _rolled(shape: Shape, tried: Tried, rounds: int) -> None:
    shape.parts = PARTS
    async with shape.opened() as installation:
        await _under_load(installation, [_nothing] * rounds, tried, shape.name)


async def _under_load(installation: Installation, turns: Sequence[Turn], tried: Tried, where: str) -> None:
    people = HEADLESS[:6]
    if "web2" not in installation.ports:
        installation.ports["web2"] = free_port()
    await installation.start()
    await until(lambda: installation.listens("web2"), "the second web part listens", 60)
    await story.link(installation, people)
    proxy, stop = Proxy(installation), asyncio.Event()
    talking = [asyncio.create_task(_talks(installation, proxy, number, stop)) for number in people]
    looking = [asyncio.create_task(_looks(proxy, path, stop)) for path in PAGES]
    slowest = 0.0
    for turn in turns:
        await turn()
        for part in PARTS:
            slowest = max(slowest, await _replaced(installation, part))
    stop.set()
    asked = await asyncio.gather(*talking)
    await asyncio.gather(*looking)
    await installation.settle()
    wrong = await checker.complaints(installation.books, by=installation.now())
    # Two questions that wait together are answered together, so what is counted is what was stored.
    rows = await installation.books.rows(
        "select sender, count(*) as n from inbound where channel = 'telegram' group by sender"
    )
    stored = {row["sender"]: row["n"] - 2 for row in rows}  # but for the two by which the chat was linked
    heard = {who: stored[str(telegram_of(who))] for who in people}
    lost = [who for who, times in zip(people, asked, strict=True) if heard[who] < times]
    doubled = [who for who, times in zip(people, asked, strict=True) if heard[who] > times]
    answers = [sum("hari" in words for words in installation.telegram.words(str(telegram_of(who)))) for who in people]
    tried(
        "requests while every process is replaced", where, proxy.outcomes.total(),
        lost=wrong or proxy.errors or lost, doubled=doubled,
    )  # fmt: skip
    assert not proxy.errors, proxy.outcomes
    assert not wrong, "\n".join([*wrong, installation.complaints()])
    assert not lost and not doubled, (heard, asked)
    assert all(0 < said <= times for said, times in zip(answers, asked, strict=True)), (answers, asked)
    assert proxy.outcomes["not answered"] <= len(people) * len(turns) * 2, proxy.outcomes
    assert slowest <= PATIENCE
    assert installation.deaths == 0


@pytest.mark.whole
@pytest.mark.timeout(900)
async def test_a_rolling_restart_is_seen_by_nobody(with_redis: Shape, tried: Tried) -> None:
    await _rolled(with_redis, tried, 3)


@pytest.mark.whole
@pytest.mark.timeout(900)
async def test_a_rolling_restart_with_rabbitmq_is_seen_by_nobody(with_rabbit: Shape, tried: Tried) -> None:
    await _rolled(with_rabbit, tried, 2)


@pytest.mark.whole
@pytest.mark.timeout(900)
async def test_a_rolling_restart_into_another_release_and_back_is_seen_by_nobody(
    postgres_url: str, amqp_url: str, tmp_path: Path, tried: Tried
) -> None:
    """Two real releases with a migration between them: upgraded as the guide says, gone back from, upgraded again."""
    before = await asyncio.to_thread(releases.laid, releases.before_the_newest_migration(), tmp_path / "before")
    assert releases.migrations(nursery.ROOT) > releases.migrations(before)
    name = f"serambi_released_{getpid()}"
    url = await books.emptied(postgres_url, name)
    installation = Installation(tmp_path / "there", url, amqp_url, ("web", "worker", "scheduler"), root=before)

    brought: list[str] = []

    async def upgrade() -> None:
        installation.root = nursery.ROOT
        brought.extend((await installation.command("migrate"))["done"])

    async def go_back() -> None:
        installation.root = before

    try:
        await story.found(installation)
        installation.parts = PARTS
        await _under_load(installation, [upgrade, go_back, upgrade], tried, "PostgreSQL, amqp, two releases")
        assert brought, "there was no migration between them"
    finally:
        await installation.close()
        await books.dropped(url, name)
        await asyncio.to_thread(nursery.close, before)
