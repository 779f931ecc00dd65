"""What is written down is done: once if all goes well, again if not, and never silently dropped."""

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import pytest

from core import clock, doorbell, jobs, moments
from core.database import installation, transaction
from core.engines import OutsideTransaction
from core.jobs import CronRun, Job, Later
from core.key_store import Unreachable
from tests.core.conftest import MONDAY

NOW = MONDAY.astimezone(UTC)


class Work:
    """A piece of work of the tests: it counts how often it was done and does what it is told."""

    def __init__(self) -> None:
        self.done: list[tuple[Any, ...]] = []
        self.fault: Callable[[], Exception] | None = None

    async def __call__(self, *given: Any) -> None:
        self.done.append(given)
        if self.fault is not None:
            raise self.fault()


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch, open_database: str) -> Work:
    made = Work()
    monkeypatch.setitem(jobs.HANDLERS, "work", made)
    return made


async def write(*given: Any, **more: Any) -> None:
    async with installation():
        await jobs.enqueue("work", *given, **more)


async def rows(state: str | None = None) -> list[dict[str, Any]]:
    async with installation(writes=False):
        found = await Job.select().where(Job.name == "work").order_by(Job.id)
    return [row for row in found if state in (None, row["state"])]


async def the_row() -> dict[str, Any]:
    (row,) = await rows()
    return row


async def test_work_is_given_its_company_and_arguments_after_the_commit(work: Work) -> None:
    async with transaction(7):
        await jobs.enqueue("work", 3, "kata")
        assert work.done == []
    await jobs.drain()
    assert work.done == [(7, 3, "kata")]
    assert (await the_row())["state"] == "done"


async def test_work_of_a_transaction_that_failed_is_not_done(work: Work) -> None:
    async def fails() -> None:
        async with transaction(7):
            await jobs.enqueue("work")
            raise ConnectionError

    with pytest.raises(ConnectionError):
        await fails()
    assert await jobs.drain() == 0
    assert work.done == []


async def test_the_same_work_is_written_once(work: Work) -> None:
    for _ in range(3):
        await write(dedupe="only")
    await write(dedupe="other")
    await write()
    assert await jobs.drain() == 3


async def test_work_for_later_waits_for_its_instant(work: Work) -> None:
    await write(run_at=NOW + timedelta(hours=1))
    assert await jobs.drain() == 0
    with clock.freeze(NOW + timedelta(minutes=59)):
        assert await jobs.drain() == 0
    with clock.freeze(NOW + timedelta(hours=1)):
        assert await jobs.drain() == 1


async def test_a_failure_is_tried_again_ever_later_and_parked_after_five(work: Work) -> None:
    work.fault = lambda: ConnectionError("gaji Budi 5920000")
    await write()
    at, waits = NOW, []
    for _ in range(5):
        with clock.freeze(at):
            assert await jobs.drain() == 1
            row = await the_row()
        waits.append((row["run_at"] - at).total_seconds())
        at = row["run_at"]
    assert waits == [2, 4, 8, 16, 32]
    assert (row["state"], row["attempts"], row["error"]) == ("parked", 5, "ConnectionError")
    with clock.freeze(at + timedelta(days=365)):
        assert await jobs.drain() == 0
        assert await jobs.sweep() == set()
    assert len(work.done) == 5


async def test_a_success_after_failures_is_done(work: Work) -> None:
    work.fault = ConnectionError
    await write()
    await jobs.drain()
    work.fault = None
    with clock.freeze(NOW + timedelta(seconds=2)):
        await jobs.drain()
    assert ((await the_row())["state"], len(work.done)) == ("done", 2)


async def test_later_is_not_a_failure(work: Work) -> None:
    at = NOW
    await write()
    work.fault = lambda: Later(clock.now() + timedelta(minutes=5))
    for _ in range(20):
        with clock.freeze(at):
            assert await jobs.drain() == 1
            assert await jobs.drain() == 0
        at += timedelta(minutes=5)
    row = await the_row()
    assert (row["state"], row["attempts"], row["run_at"]) == ("queued", 0, at)


async def test_two_workers_do_not_do_the_same_work(work: Work) -> None:
    await write()
    number = (await the_row())["id"]
    inside: list[str] = []

    async def slow(*_: Any) -> None:
        await jobs.run(number)  # the other worker, in the middle of it
        inside.append("done")

    jobs.HANDLERS["work"] = slow
    await jobs.run(number)
    await jobs.run(number)
    assert inside == ["done"]


async def taken_and_left(attempts: int = 1) -> int:
    """A worker took the job a moment ago and was killed in it."""
    await write()
    number = int((await the_row())["id"])
    async with installation():
        await Job.update(
            {Job.state: "running", Job.attempts: attempts, Job.lease_until: clock.now() + jobs.LEASE}
        ).where(Job.id == number)
    return number


async def test_work_of_a_worker_that_died_is_taken_back_when_its_lease_ends(work: Work) -> None:
    number = await taken_and_left()
    with clock.freeze(NOW + jobs.LEASE - timedelta(seconds=1)):
        assert await jobs.due_jobs() == []
        await jobs.run(number)
        assert work.done == []
    with clock.freeze(NOW + jobs.LEASE + timedelta(seconds=1)):
        assert await jobs.due_jobs() == [number]
        await jobs.run(number)
    assert len(work.done) == 1
    assert (await the_row())["state"] == "done"


async def test_work_that_kills_its_worker_is_parked_too(work: Work) -> None:
    number = await taken_and_left(attempts=5)
    with clock.freeze(NOW + jobs.LEASE + timedelta(seconds=1)):
        await jobs.run(number)
    row = await the_row()
    assert (row["state"], row["error"], work.done) == ("parked", "the worker died in it", [])


async def test_whoever_waits_for_work_that_is_given_up_is_told(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Any] = []

    async def tell(company: int | None, *args: Any) -> None:
        told.append((company, *args))

    monkeypatch.setitem(jobs.PARKED, "work", tell)
    number = await taken_and_left(attempts=5)
    with clock.freeze(NOW + jobs.LEASE + timedelta(seconds=1)):
        await jobs.run(number)
        await jobs.run(number)
    assert len(told) == 1
    assert work.done == []


async def test_they_are_told_though_the_worker_dies_in_giving_up(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Any] = []

    async def tell(company: int | None, *args: Any) -> None:
        told.append((company, *args))

    async def dies(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setitem(jobs.PARKED, "work", tell)
    number = await taken_and_left(attempts=5)
    with clock.freeze(NOW + jobs.LEASE + timedelta(seconds=1)):
        with monkeypatch.context() as dying, pytest.raises(KeyboardInterrupt):
            dying.setattr(jobs, "close", dies)
            await jobs.run(number)
        assert len(told) == 1
    with clock.freeze(NOW + 3 * jobs.LEASE):
        await jobs.run(number)
    assert ((await the_row())["state"], len(told), work.done) == ("parked", 1, [])


async def test_a_bell_that_fails_costs_nothing(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    rung: list[str] = []
    monkeypatch.setattr(doorbell, "ring", lambda lane: None)
    await write()
    monkeypatch.setattr(doorbell, "ring", rung.append)
    assert await jobs.sweep() == {"prompt"}
    assert rung == ["prompt"]
    await jobs.drain()
    assert await jobs.sweep() == set()
    assert rung == ["prompt"]


# -- the schedule ------------------------------------------------------------------------------------------------------


def jakarta(*given: int) -> datetime:
    return datetime(*given, tzinfo=MONDAY.tzinfo)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("expression", "now", "due"),
    [
        ("10 0 * *", jakarta(2026, 7, 6, 0, 10), jakarta(2026, 7, 6, 0, 10)),
        ("10 0 * *", jakarta(2026, 7, 6, 0, 9, 59), jakarta(2026, 7, 5, 0, 10)),
        ("10 0 * *", jakarta(2026, 3, 1, 0, 5), jakarta(2026, 2, 28, 0, 10)),
        ("0 6 20 * *", jakarta(2026, 7, 19, 23, 59), jakarta(2026, 6, 20, 6, 0)),
        ("0 6 20 * *", jakarta(2026, 7, 20, 6, 0), jakarta(2026, 7, 20, 6, 0)),
        ("0 6 1 * *", jakarta(2026, 3, 31, 12, 0), jakarta(2026, 3, 1, 6, 0)),
        ("0 6 1 * *", jakarta(2026, 1, 1, 5, 59), jakarta(2025, 12, 1, 6, 0)),
        ("0 6 31 * *", jakarta(2026, 3, 1, 12, 0), jakarta(2026, 1, 31, 6, 0)),
        ("0 6 31 * *", jakarta(2026, 7, 1, 0, 0), jakarta(2026, 5, 31, 6, 0)),
        ("0 6 29 * *", jakarta(2028, 3, 1, 0, 0), jakarta(2028, 2, 29, 6, 0)),
        ("30 * * *", jakarta(2026, 7, 6, 9, 29, 59), jakarta(2026, 7, 6, 8, 30)),
        ("30 * * *", jakarta(2026, 1, 1, 0, 10), jakarta(2025, 12, 31, 23, 30)),
        ("* * * *", jakarta(2026, 7, 6, 9, 0, 59), jakarta(2026, 7, 6, 9, 0)),
        ("*/5 * * *", jakarta(2026, 7, 6, 9, 4, 59), jakarta(2026, 7, 6, 9, 0)),
        ("*/5 * * *", jakarta(2026, 7, 6, 9, 55), jakarta(2026, 7, 6, 9, 55)),
    ],
)
def test_the_latest_moment_that_has_come(expression: str, now: datetime, due: datetime) -> None:
    assert moments.last_due(expression, now.astimezone(UTC)) == due


def test_the_schedule_is_kept_by_the_clock_of_jakarta() -> None:
    assert moments.last_due("10 0 * *", datetime(2026, 7, 5, 17, 10, tzinfo=UTC)) == datetime(
        2026, 7, 5, 17, 10, tzinfo=UTC
    )
    assert moments.last_due("10 0 * *", datetime(2026, 7, 5, 17, 9, tzinfo=UTC)) == datetime(
        2026, 7, 4, 17, 10, tzinfo=UTC
    )


async def test_every_schedule_there_is_can_be_read(open_database: str) -> None:
    assert jobs.CRONS
    for expression, _ in jobs.CRONS.values():
        assert moments.last_due(expression, NOW) <= NOW


async def test_a_moment_is_seen_once_and_what_was_missed_is_caught_up_once(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "CRONS", {"work": ("10 0 * *", work)})
    for _ in range(3):
        await jobs.tick()
    assert len(await rows()) == 1
    with clock.freeze(NOW + timedelta(days=9)):
        await jobs.tick()
        await jobs.tick()
    assert len(await rows()) == 2
    async with installation(writes=False):
        seen = [row["due"] for row in await CronRun.select().order_by(CronRun.due)]
    assert seen == [jakarta(2026, 7, 6, 0, 10), jakarta(2026, 7, 15, 0, 10)]


async def test_draining_goes_on_with_what_the_work_itself_wrote(
    open_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = [3]

    async def again(company: int) -> None:
        left[0] -= 1
        if left[0]:
            async with transaction(company):
                await jobs.enqueue("work")

    monkeypatch.setitem(jobs.HANDLERS, "work", again)
    async with transaction(1):
        await jobs.enqueue("work")
    assert await jobs.drain() == 3
    assert left == [0]


async def test_work_may_not_be_written_outside_a_transaction(open_database: str) -> None:
    with pytest.raises(OutsideTransaction):
        await jobs.enqueue("work")


@pytest.mark.parametrize(
    "fault",
    [
        sqlite3.OperationalError("database or disk is full"),
        asyncpg.TooManyConnectionsError("sorry"),
        Unreachable("gone"),
    ],
    ids=lambda fault: type(fault).__name__,
)
async def test_work_that_the_database_refuses_waits_until_it_takes_it_however_long(
    work: Work, fault: Exception
) -> None:
    await write()
    work.fault = lambda: fault
    for _ in range(3 * jobs.MOST_ATTEMPTS):
        await jobs.drain()
        clock.move(clock.now() + timedelta(seconds=jobs.AWAY))
    assert (await the_row())["attempts"] == 0
    work.fault = None
    await jobs.drain()
    assert (await the_row())["state"] == "done"


async def test_work_that_finds_nobody_at_the_other_end_has_failed(work: Work) -> None:
    await write()
    work.fault = ConnectionRefusedError
    await jobs.drain()
    assert ((await the_row())["state"], (await the_row())["attempts"]) == ("queued", 1)
