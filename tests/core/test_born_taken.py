"""A job that a free hand only waits for begins with the commit that writes it, and may end with what it wrote."""

# ruff: noqa: F811  the fixtures are those of test_jobs and test_pump

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest

from core import clock, database, jobs, pump
from core.database import installation, transaction
from core.jobs import Job
from tests.core.test_jobs import NOW, Work, rows, the_row, work, write  # noqa: F401
from tests.core.test_pump import Hands, hands, of_company, until, working  # noqa: F401


@asynccontextmanager
async def ready() -> AsyncIterator[None]:
    """A worker that has looked for what was left, and found nothing more."""
    async with working():
        await until(lambda: not any(one._more or one._kept or one._awake.is_set() for one in pump._pumps.values()))
        yield


class Commits:
    """How many transactions were kept that write."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.kept, kind = 0, type(database.engine())
        finish = kind.finish

        async def finished(engine: Any, held: Any, *, writes: bool, keep: bool) -> None:
            self.kept += writes and keep
            await finish(engine, held, writes=writes, keep=keep)

        monkeypatch.setattr(kind, "finish", finished)


async def test_it_begins_without_being_looked_for(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    async with ready():
        commits = Commits(monkeypatch)
        await write("now")
        row = await the_row()
        assert (row["state"], row["attempts"], row["lease_until"]) == ("running", 1, NOW + jobs.LEASE)
        await hands.until(1)
        assert commits.kept == 1
        hands.go_on.set()
    assert (await the_row())["state"] == "done"


async def test_what_was_not_kept_is_not_begun_and_its_hand_is_free_again(hands: Hands) -> None:
    async with ready():
        for _ in range(2 * jobs.HANDS):
            with pytest.raises(ZeroDivisionError):
                async with installation():
                    await jobs.enqueue("work", "never")
                    raise ZeroDivisionError
            async with transaction(1):
                with pytest.raises(ZeroDivisionError):
                    async with transaction(1):
                        await jobs.enqueue("work", "never")
                        raise ZeroDivisionError
        await of_company(1, "work", *range(jobs.HANDS))
        await hands.until(jobs.HANDS)
        assert sorted(hands.begun) == list(range(jobs.HANDS))
        hands.go_on.set()


async def test_who_pretends_keeps_no_hand(hands: Hands) -> None:
    async with ready():
        for number in range(2):
            async with database.pretending(1):
                for _ in range(jobs.HANDS):
                    await jobs.enqueue("work", number)
        assert pump._pumps[jobs.PROMPT].free == jobs.HANDS
        assert hands.begun == []


async def test_one_transaction_leaves_hands_to_others(hands: Hands) -> None:
    async with ready():
        async with transaction(1):
            for number in range(jobs.HANDS):
                await jobs.enqueue("work", number)
            assert pump._pumps[jobs.PROMPT].free == jobs.HANDS - jobs.MOST_KEPT
        await hands.until(jobs.HANDS)
        hands.go_on.set()
    assert [row["state"] for row in await rows()] == ["done"] * jobs.HANDS


async def test_what_nobody_waits_for_waits_its_turn(hands: Hands) -> None:
    async with ready():
        async with installation():
            await jobs.enqueue("chore", "bulk")
            assert await Job.exists().where((Job.name == "chore") & (Job.state == "queued"))
        hands.go_on.set()
        await hands.until(1)


async def test_many_that_come_together_stand_in_their_turns(hands: Hands) -> None:
    """As many as there are hands begin; of the others each company's stand one behind the other."""
    async with ready():
        async with installation():
            await jobs.enqueue_each("work", [(number, 1 if number % 3 else None) for number in range(20)])
        found = await rows("queued")
        assert len(found) == 20 - jobs.HANDS
        for company in (1, None):
            turns = [row["turn"] for row in found if row["company"] == company]
            assert turns == list(range(turns[0], turns[0] + len(turns)))
        hands.go_on.set()
        await hands.until(20)
    assert sorted(hands.begun) == list(range(20))
    assert {row["state"] for row in await rows()} == {"done"}


async def test_a_death_before_it_begins_repeats_it_when_its_lease_ends(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with ready():
        with monkeypatch.context() as dies:
            dies.setattr(pump.Pump, "begin", lambda self, one: self.release())
            await write("kept")
        assert (await the_row())["state"] == "running"
        with clock.freeze(NOW + jobs.LEASE + timedelta(seconds=1)):
            await jobs.sweep()
            await until(lambda: bool(work.done))
    assert [given[1] for given in work.done] == ["kept"]
    assert (await the_row())["state"] == "done"


async def test_the_same_work_is_written_once_and_keeps_no_hand(hands: Hands) -> None:
    async with ready():
        await write("once", dedupe="x")
        for _ in range(jobs.HANDS):
            await write("again", dedupe="x")
        await hands.until(1)
        assert pump._pumps[jobs.PROMPT].free == jobs.HANDS - 1
        hands.go_on.set()
    assert hands.begun == ["once"]


async def test_a_job_may_end_with_what_it_writes(open_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[int] = []

    async def writes(_: int | None, number: int) -> None:
        async with installation():
            await jobs.end_here()
        assert (await the_row())["state"] == "done"
        done.append(number)

    monkeypatch.setitem(jobs.HANDLERS, "work", writes)
    async with ready():
        commits = Commits(monkeypatch)
        await write(3)
        await until(lambda: done == [3])
    assert commits.kept == 2  # it was written, and its end with it


async def test_what_it_wrote_in_vain_ends_nothing(open_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[int] = []

    async def fails(_: int | None) -> None:
        tried.append(1)
        async with installation():
            await jobs.end_here()
            if len(tried) == 1:
                raise ConnectionResetError

    monkeypatch.setitem(jobs.HANDLERS, "work", fails)
    await write()
    await jobs.drain()
    row = await the_row()
    assert (row["state"], row["attempts"]) == ("queued", 1)
    with clock.freeze(NOW + timedelta(minutes=1)):
        await jobs.drain()
    assert (await the_row())["state"] == "done"
    assert len(tried) == 2
