"""Whose turn it is: somebody who waits never stands behind thousands, and a death repeats what was not written down."""

# ruff: noqa: F811  the fixture is that of test_jobs

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest

from core import clock, database, jobs, pump
from core.database import installation, transaction
from core.jobs import Job, Later
from tests.core.test_jobs import NOW, Work, rows, taken_and_left, the_row, work, write  # noqa: F401


@asynccontextmanager
async def working() -> AsyncIterator[None]:
    """A worker in this process, which is asked to end afterwards."""
    pump.start()
    try:
        yield
    finally:
        await pump.stop()


class Hands:
    """Work that goes on until it is let go, and who was at it."""

    def __init__(self) -> None:
        self.begun: list[Any] = []
        self.go_on = asyncio.Event()
        self._waits: list[tuple[int, asyncio.Event]] = []

    async def __call__(self, company: int | None, what: Any = None) -> None:
        self.begun.append(what if what is not None else company)
        for number, reached in self._waits:
            if len(self.begun) >= number:
                reached.set()
        if not self.go_on.is_set():
            await self.go_on.wait()

    async def until(self, number: int) -> None:
        """So many were begun."""
        reached = asyncio.Event()
        self._waits.append((number, reached))
        if len(self.begun) < number:
            await asyncio.wait_for(reached.wait(), 30)


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch, open_database: str) -> Hands:
    made = Hands()
    monkeypatch.setitem(jobs.HANDLERS, "work", made)
    monkeypatch.setitem(jobs.HANDLERS, "chore", made)
    monkeypatch.setattr(jobs, "FIXED", {"chore": jobs.BULK})
    return made


async def of_company(company: int, name: str, *told: Any) -> None:
    async with transaction(company):
        for one in told:
            await jobs.enqueue(name, one)


async def test_who_waits_for_an_answer_does_not_wait_for_bulk_nor_bulk_for_answers(hands: Hands) -> None:
    await of_company(1, "chore", *range(100))
    async with working():
        await hands.until(jobs.HANDS)
        assert hands.begun == list(range(jobs.HANDS))
        await of_company(1, "work", "an answer")
        await hands.until(jobs.HANDS + 1)
        assert hands.begun[-1] == "an answer"
        hands.go_on.set()
        await hands.until(101)
    hands.begun.clear()
    hands.go_on.clear()
    await of_company(1, "work", *range(50))
    async with working():
        await hands.until(jobs.HANDS)
        await of_company(1, "chore", "a letter")
        await hands.until(jobs.HANDS + 1)
        assert hands.begun[-1] == "a letter"
        hands.go_on.set()


@pytest.mark.parametrize("name", ["chore", "work"])
async def test_a_company_with_very_much_to_do_delays_no_other(hands: Hands, name: str) -> None:
    hands.go_on.set()
    await of_company(1, name, *[1] * 60)
    for company in (2, 3):
        await of_company(company, name, *[company] * 3)
    async with working():
        await hands.until(66)
    # One of each company in turn, as far as they have any.
    assert Counter(hands.begun[: 3 * 3 + 1]) == {1: 4, 2: 3, 3: 3}
    assert hands.begun.count(1) == 60


async def test_who_comes_later_does_not_stand_behind_what_another_company_has_left(hands: Hands) -> None:
    await of_company(1, "work", *[1] * 60)
    async with working():
        await hands.until(jobs.HANDS)
        await of_company(2, "work", 2, 2)
        hands.go_on.set()
        await hands.until(62)
    assert max(number for number, whose in enumerate(hands.begun) if whose == 2) < 2 * jobs.HANDS


async def test_what_bulk_causes_is_bulk_and_what_is_put_off_too(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    async def causes(company: int) -> None:
        await of_company(company, "work", "caused by bulk")

    monkeypatch.setitem(jobs.HANDLERS, "cause", causes)
    jobs.FIXED["cause"] = jobs.BULK
    async with transaction(1):
        await jobs.enqueue("cause")
        await jobs.enqueue("work", "at once")
        await jobs.enqueue("work", "tomorrow", run_at=NOW + timedelta(days=1))
    hands.go_on.set()
    async with working():
        await hands.until(2)
    async with installation(writes=False):
        found = {row["args"]: row["lane"] for row in await Job.select().where(Job.name == "work")}
    assert found == {'["at once"]': "prompt", '["caused by bulk"]': "bulk", '["tomorrow"]': "bulk"}


async def test_of_very_much_that_is_written_at_once_the_most_is_bulk(hands: Hands) -> None:
    await of_company(1, "work", *range(jobs.MANY + 36))
    async with installation(writes=False):
        assert await Job.count().where(Job.lane == "bulk") == 36


async def test_what_has_ended_shares_a_commit(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    hands.go_on.set()
    await of_company(1, "work", *range(60))
    commits, finish = [0], database.engine().finish

    async def counted(held: Any, *, writes: bool, keep: bool) -> None:
        commits[0] += writes
        await finish(held, writes=writes, keep=keep)

    monkeypatch.setattr(type(database.engine()), "finish", lambda _, held, **how: counted(held, **how))
    async with working():
        await hands.until(60)
    assert [row["state"] for row in await rows()] == ["done"] * 60
    assert commits[0] <= 60 / jobs.HANDS + 6  # one for as many as there are hands; few for what was empty


async def test_an_end_that_was_not_written_down_is_repeated_and_nothing_else(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if the process had died between the end of the work and the commit in which it is noted."""
    await write(1)
    await write(2)

    async def dies(ended: Any) -> None:
        if ended:
            raise ConnectionError

    with monkeypatch.context() as patched:
        patched.setattr(jobs, "close", dies)
        pump.start()
        await until(lambda: len(work.done) == 2)
        await pump.stop(0.1)
    assert [row["state"] for row in await rows()] == ["running", "running"]
    await write(3)
    with clock.freeze(NOW + jobs.LEASE + timedelta(seconds=1)):
        async with working():
            await jobs.sweep()
            await until(lambda: len(work.done) == 5)
    assert sorted(given[1] for given in work.done) == [1, 1, 2, 2, 3]
    assert [row["state"] for row in await rows()] == ["done"] * 3


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not true():  # noqa: ASYNC110  it is the loop that goes on
            await asyncio.sleep(0)


async def test_what_is_put_off_for_a_moment_comes_without_a_sweep(work: Work) -> None:
    async def soon(*given: Any) -> None:
        work.done.append(given)
        if len(work.done) == 1:
            raise Later(clock.now())

    jobs.HANDLERS["work"] = soon
    await write()
    async with working():
        await until(lambda: len(work.done) == 2)
    assert (await the_row())["state"] == "done"


async def test_who_ends_lets_what_runs_come_to_its_end_and_takes_nothing_more(hands: Hands) -> None:
    await of_company(1, "work", *range(jobs.HANDS + 5))
    pump.start()
    await hands.until(jobs.HANDS)
    ending = asyncio.create_task(pump.stop())
    await asyncio.sleep(0)
    hands.go_on.set()
    await ending
    assert Counter(row["state"] for row in await rows()) == {"done": jobs.HANDS, "queued": 5}


async def test_what_died_twice_is_done_alone_so_that_it_is_not_blamed_for_others(work: Work) -> None:
    await taken_and_left(attempts=2)
    async with installation():
        await jobs.enqueue("work", "the other")
    order: list[str] = []

    async def slow(_: int | None, *args: Any) -> None:
        order.append("begun")
        await asyncio.sleep(0)
        order.append("ended")
        if len(order) == 4:
            both.set()

    both, jobs.HANDLERS["work"] = asyncio.Event(), slow
    with clock.freeze(NOW + jobs.LEASE + timedelta(seconds=1)):
        async with working():
            await jobs.sweep()
            await asyncio.wait_for(both.wait(), 30)
    assert order == ["begun", "ended"] * 2
    assert [row["state"] for row in await rows()] == ["done", "done"]
