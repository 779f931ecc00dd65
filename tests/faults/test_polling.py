"""Two processes that may ask Telegram: one does, and when it is killed the other goes on, with nothing lost or doubled."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.faults import nursery
from tests.faults.books import until
from tests.faults.conftest import Shape, Tried
from tests.faults.installation import Installation, Process
from tests.services import free_port

STRANGER = 9_500_001
ROUNDS = 3
POLLING = {"SERAMBI_TELEGRAM_MODE": "polling"}


@pytest.fixture(params=["on_file", pytest.param("on_postgres", marks=pytest.mark.whole)])
def shape(request: pytest.FixtureRequest) -> Shape:
    found: Shape = request.getfixturevalue(request.param)
    return found


def begun(installation: Installation, name: str) -> Process:
    """One more process of the installation, with a port of its own."""
    log = installation.folder / f"{name}.log"
    environ = installation.environment("run", SERAMBI_PORT=str(free_port()), **POLLING)
    installation.processes[name] = Process("run", nursery.fork(["run"], environ, log), log)
    return installation.processes[name]


@asynccontextmanager
async def two(installation: Installation) -> AsyncIterator[list[Process]]:
    processes = [begun(installation, "first"), begun(installation, "second")]
    await until(lambda: len(asking(processes)) == 1, "one of them asks", 90)
    yield processes


def asking(processes: list[Process]) -> list[Process]:
    """Those that said in their log that they ask."""
    return [one for one in processes if not one.died and "polling" in one.log.read_text()]


async def stored(installation: Installation) -> Counter[str]:
    """How often something was heard of each who wrote."""
    rows = await installation.books.rows("select sender from inbound where channel = 'telegram'")
    return Counter(row["sender"] for row in rows)


def write(installation: Installation, first: int) -> list[str]:
    """Five people write."""
    people = [STRANGER + person for person in range(first, first + 5)]
    installation.telegram.queue(*(installation.telegram.update("halo", one) for one in people))
    return [str(one) for one in people]


async def test_the_question_passes_on_when_its_process_is_killed(shape: Shape, tried: Tried) -> None:
    async with shape.opened() as installation, two(installation) as processes:
        people: list[str] = []
        for turn in range(ROUNDS):
            (leader,) = asking(processes)
            before = sum((await stored(installation)).values())
            people += write(installation, turn * 10)

            async def begins(before: int = before) -> bool:
                return sum((await stored(installation)).values()) > before

            await until(begins, "something is stored", 30)
            leader.kill()
            people += write(installation, turn * 10 + 5)
            survivor = next(one for one in processes if not one.died)
            await until(lambda: asking([survivor]), "the other asks", 30)  # noqa: B023  it is awaited here
            processes = [survivor, begun(installation, f"next{turn}")]
        await until(lambda: not installation.telegram.pending, "everything is confirmed", 60)
        found = await stored(installation)
        lost = [one for one in people if found[one] != 1]
        tried("the process that asks Telegram is killed", shape.name, ROUNDS, lost=lost)
        assert not lost, found
        assert installation.telegram.overlaps == 0
