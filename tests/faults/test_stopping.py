"""Processes that are asked to end, doorbells that break, work that kills whoever does it."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import pytest

from tests import services
from tests.conftest import need
from tests.faults import checker, story
from tests.faults.books import until
from tests.faults.conftest import Founded, Shape, Tried
from tests.faults.installation import Installation
from tests.faults.nursery import ROOT
from tests.faults.story import BUDI, Told
from tests.faults.table import scaled
from tests.outside.serving import Hook
from tests.services import free_port

PATIENCE = 10.0  # seconds within which a process that is asked to end has ended


async def _linked(installation: Installation, code: str) -> None:
    """Start, and let Budi link his chat."""
    await installation.start()
    told = Told(code)
    for act in (story.types_code, story.agrees):
        await installation.hand_over(await act(installation, told))
        await installation.settle()


# -- asked to end ------------------------------------------------------------------------------------------------------


async def _one_after_the_other(
    installation: Installation, outcomes: Counter[str], accepted: list[Hook], unheard: list[Hook]
) -> None:
    """Bring one question after the other, each on a connection of its own, until nobody listens any more."""
    while True:
        hook = installation.telegram.update("sisa cuti", BUDI)
        try:
            async with httpx.AsyncClient(base_url=installation.client.base_url, timeout=20) as client:
                answer = await client.post(hook.path, headers=hook.headers, content=hook.body)
        except httpx.ConnectError:
            outcomes["not listening"] += 1
            return
        except (httpx.ReadError, httpx.RemoteProtocolError):
            # The kernel had taken the connection when the listener closed: without an answer the platform repeats it.
            outcomes["not answered"] += 1
            unheard.append(hook)
            return
        except httpx.TransportError as lost:
            outcomes[f"failed: {type(lost).__name__}"] += 1
        else:
            outcomes[str(answer.status_code)] += 1
            if answer.status_code == 200:
                accepted.append(hook)


async def test_what_runs_ends_when_the_process_is_asked_to(on_file: Shape, tried: Tried) -> None:
    async with on_file.opened() as installation:
        await _linked(installation, on_file.founded.code)
        before = await installation.books.one("select count(*) as n from inbound")
        outcomes: Counter[str] = Counter()
        accepted: list[Hook] = []
        unheard: list[Hook] = []
        # What is being said while the process is asked to end is said to its end.
        installation.telegram.delay(1.0, 3)
        asking = [
            asyncio.create_task(_one_after_the_other(installation, outcomes, accepted, unheard)) for _ in range(6)
        ]
        await until(lambda: len(accepted) >= 40, "forty questions were taken")
        process = installation.processes["run"].popen
        process.send_signal(signal.SIGTERM)
        asked_at = time.monotonic()
        ended = await asyncio.to_thread(process.wait, 30)
        took = time.monotonic() - asked_at
        await asyncio.wait_for(asyncio.gather(*asking), 30)
        after = await installation.books.one("select count(*) as n from inbound")
        cut = await installation.books.rows("select id, state from outbound where state = 'sending'")
        running = await installation.books.rows("select id, name from job where state = 'running'")
        failed = [what for what in outcomes if what.startswith("failed") or what.startswith("5")]
        lost = max(0, len(accepted) - (after["n"] - before["n"]))
        tried("requests while a process is asked to end", on_file.name, outcomes.total(), lost=failed or lost or cut)
        assert ended == 0, installation.complaints()
        assert took <= PATIENCE
        assert not failed, outcomes
        assert not cut, cut
        assert not running, running
        assert not lost
        assert len(unheard) <= len(asking), outcomes
        await installation.start()
        for hook in unheard:
            await installation.hand_over(hook)
        await installation.settle()
        in_the_end = await installation.books.one("select count(*) as n from inbound")
        assert in_the_end["n"] - before["n"] == len(accepted) + len(unheard)
        assert not await checker.complaints(installation.books, by=installation.now())


async def test_every_part_ends_when_asked(with_redis: Shape) -> None:
    async with with_redis.opened() as installation:
        await installation.start()
        await installation.settle()
        # Only the web part is waited for; the others hear a signal once they run.
        logs = [process.log for process in installation.processes.values()]
        await until(lambda: all('"event": "started"' in log.read_text() for log in logs), "every part runs")
        asked_at = time.monotonic()
        assert await installation.stop() == {"web": 0, "worker": 0, "scheduler": 0}
        assert time.monotonic() - asked_at <= PATIENCE


async def test_the_command_itself_ends_when_asked(on_file: Shape) -> None:
    """The program that is installed, not the one with a clock of the test's."""
    async with on_file.opened() as installation:
        program = Path(sys.executable).with_name("serambi")
        environment = installation.environment("run")
        del environment["CLOCK_AHEAD"]
        with subprocess.Popen(  # noqa: ASYNC220  it starts at once; its end is waited for in a thread
            [program, "run"], cwd=ROOT, env=environment, stderr=subprocess.DEVNULL
        ) as process:

            async def listens() -> bool:
                with suppress(httpx.TransportError):
                    return (await installation.client.get("/healthz")).status_code == 200
                return False

            await until(listens, "the command listens", 60)
            process.send_signal(signal.SIGTERM)
            assert await asyncio.to_thread(process.wait, PATIENCE) == 0


# -- a doorbell that breaks --------------------------------------------------------------------------------------------


class Doorbell:
    """A Redis of our own, to be killed."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._process: subprocess.Popen[bytes] | None = None

    def spawned(self) -> subprocess.Popen[bytes]:
        """Its process, which remembers nothing."""
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        return subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip

    def answers(self) -> bool:
        """Whether it can be rung."""
        return services.redis_answers(self.url)

    async def start(self) -> None:
        """Listen."""
        self._process = self.spawned()
        await until(self.answers, "the doorbell answers", 90)

    def kill(self) -> None:
        """End it and its children as a power cut would."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None


class Rabbit(Doorbell):
    """A RabbitMQ of our own, which keeps its queues in its folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.url = f"amqp://guest:guest@127.0.0.1:{self.port}/%2F"

    def spawned(self) -> subprocess.Popen[bytes]:
        started = services.start_amqp(self.folder, self.port)
        assert started is not None and started.process is not None
        return started.process

    def answers(self) -> bool:
        return services.amqp_answers(self.url)


@contextmanager
def _doorbell(kind: type[Doorbell], program: str, service: services.Service) -> Iterator[Doorbell]:
    if shutil.which(program) is None:
        need(service)
        pytest.skip(f"needs the program {program}, to be killed: apt-get install {program}")
    with tempfile.TemporaryDirectory(prefix="serambi-bell-", ignore_cleanup_errors=True) as folder:
        bell = kind(Path(folder))
        try:
            yield bell
        finally:
            bell.kill()


REDIS = (Doorbell, "redis-server", services.REDIS)
RABBITMQ = (Rabbit, "rabbitmq-server", services.AMQP)


async def _broken_bell(
    founded: Founded, folder: Path, tried: Tried, times: int, which: tuple[type[Doorbell], str, services.Service]
) -> None:
    with _doorbell(*which) as bell:
        await bell.start()
        shape = Shape(founded, folder, bell.url)
        async with shape.opened() as installation:
            await _linked(installation, founded.code)
            taken = 2
            for _ in range(times):
                bell.kill()
                # The platforms are answered although nobody can be rung for.
                for _ in range(5):
                    await installation.hand_over(installation.telegram.update("sisa cuti", BUDI))
                    taken += 1
                await bell.start()
                await installation.settle()
            wrong = await checker.complaints(installation.books, by=installation.now())
            row = await installation.books.one("select count(*) as n from inbound where channel = 'telegram'")
            answers = [words for words in installation.telegram.words(str(BUDI)) if "hari cuti tahunan" in words]
            tried("the doorbell killed while work comes in", shape.name, times, lost=wrong or row["n"] != taken)
            assert not wrong, installation.complaints()
            assert row["n"] == taken
            assert len(answers) == 5 * times
            assert installation.deaths == 0
            assert all(not process.died for process in installation.processes.values())


async def test_a_broken_doorbell_loses_nothing(founded_postgres: Founded, tmp_path: Path, tried: Tried) -> None:
    await _broken_bell(founded_postgres, tmp_path, tried, 1, REDIS)


@pytest.mark.whole
@pytest.mark.timeout(1800)
async def test_a_doorbell_broken_20_times_loses_nothing(
    founded_postgres: Founded, tmp_path: Path, tried: Tried
) -> None:
    await _broken_bell(founded_postgres, tmp_path, tried, scaled(20), REDIS)


async def test_a_broken_rabbitmq_loses_nothing(founded_postgres: Founded, tmp_path: Path, tried: Tried) -> None:
    await _broken_bell(founded_postgres, tmp_path, tried, 1, RABBITMQ)


@pytest.mark.whole
@pytest.mark.timeout(1800)
async def test_a_rabbitmq_broken_10_times_loses_nothing(
    founded_postgres: Founded, tmp_path: Path, tried: Tried
) -> None:
    await _broken_bell(founded_postgres, tmp_path, tried, scaled(10), RABBITMQ)


# -- work that kills ---------------------------------------------------------------------------------------------------


async def test_work_that_kills_is_parked_and_the_rest_goes_on(on_file: Shape, tried: Tried) -> None:
    async with on_file.opened() as installation:
        await _linked(installation, on_file.founded.code)
        await installation.stop()
        await installation.start(crash={"run": "conversation.taken"})
        await installation.hand_over(installation.telegram.update("sisa cuti", BUDI))
        poisoned = await installation.books.one(
            "select id from job where state in ('queued', 'running') and name = 'answer'"
        )
        query = f"select state, attempts, error from job where id = {poisoned['id']}"
        heard = len(installation.telegram.words(str(BUDI)))
        deaths = 0
        while deaths < 5:
            process = installation.processes["run"]
            await until(lambda: process.died, f"death {deaths + 1}")  # noqa: B023  asked before the next turn
            assert process.popen.returncode == -signal.SIGKILL, installation.complaints()
            deaths += 1
            assert (await installation.books.one(query))["attempts"] == deaths
            installation.ahead["run"] = 70.0 * deaths
            await installation.start(crash={"run": "conversation.taken"})

        async def parked() -> bool:
            return bool((await installation.books.one(query))["state"] == "parked")

        await until(parked, "the work that kills is parked")
        tried("work that killed its process five times", on_file.name)
        assert await installation.books.one(query) == {
            "state": "parked",
            "attempts": 6,
            "error": "the worker died in it",
        }
        assert not installation.processes["run"].died
        # Its sender hears at once that we failed, and the next message does not die of the one before.
        await until(lambda: len(installation.telegram.words(str(BUDI))) > heard, "the sender is told")
        assert "Coba tulis sekali lagi" in installation.telegram.words(str(BUDI))[-1]
        await installation.stop()
        await installation.start()
        await installation.hand_over(installation.telegram.update("sisa cuti", BUDI))
        await installation.settle()
        assert "hari cuti tahunan" in installation.telegram.words(str(BUDI))[-1]
        states = [row["state"] for row in await installation.books.rows("select state from inbound order by id")]
        assert states[-2:] == ["failed", "done"]
