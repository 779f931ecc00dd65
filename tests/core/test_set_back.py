"""A clock that is set back: nobody waits for its old hour to come again, and what was planned for an hour keeps it."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core import clock, database, jobs, lookout, set_back
from core.accounts import tries
from core.accounts.tables import Guess
from core.database import installation
from core.jobs import Job
from core.messaging import circuits, outbox, pacing
from core.messaging.messages import Message
from core.messaging.outbox import Address
from core.messaging.tables import Circuit, Outbound
from core.set_back import ClockSeen, Watch
from tests.core.cast import Cast
from tests.core.conftest import MONDAY

NOW = MONDAY.astimezone(UTC)
HOUR = timedelta(hours=1)
STEPS = (timedelta(seconds=40), HOUR, 26 * HOUR)
BOT = "123456"


async def write(at: datetime, *, name: str = "work", state: str = "queued", lease: datetime | None = None) -> None:
    async with installation():
        await Job.insert(Job(name=name, args="[]", run_at=at, state=state, lease_until=lease))


async def dues() -> list[float]:
    """How many seconds from now each job is due."""
    async with installation(writes=False):
        rows = await Job.select(Job.run_at).order_by(Job.id)
    return [(row["run_at"] - clock.now()).total_seconds() for row in rows]


async def stepped(back: timedelta) -> int:
    """Look, set the clock back, look in another process; by how many seconds that one finds it set back."""
    await Watch().look()
    clock.move(clock.now() - back)
    return await Watch().look()


@pytest.mark.parametrize("back", STEPS)
async def test_what_was_put_off_comes_after_as_long_as_it_would_have(open_database: str, back: timedelta) -> None:
    for seconds in (0, 3, 300, 1800):
        await write(NOW + timedelta(seconds=seconds))
    assert await stepped(back) == back.total_seconds()
    assert await dues() == [0, 3, 300, 1800]


async def test_what_was_planned_for_an_hour_keeps_it(open_database: str) -> None:
    tomorrow = NOW + timedelta(days=1)
    await write(tomorrow)
    await stepped(2 * HOUR)
    assert await dues() == [26 * 3600]


async def test_what_asks_itself_whether_its_time_has_come_is_moved_however_far_it_is(
    open_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "ASK", {"asks"})
    await write(NOW + 5 * HOUR, name="asks")
    await stepped(HOUR)
    assert await dues() == [5 * 3600]


async def test_only_the_first_process_moves_anything_and_only_once(
    open_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.set_back.monotonic", lambda: 100.0)
    await write(NOW + timedelta(seconds=300))
    one, other = Watch(), Watch()
    for watch in (one, other):
        await watch.look()
    clock.move(NOW - HOUR)
    assert [await watch.look() for watch in (one, other, one, other, Watch())] == [3600, 0, 0, 0, 0]
    assert await dues() == [300]


async def test_who_was_running_knows_how_late_it_would_be(open_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter([100.0, 108.0])
    monkeypatch.setattr("core.set_back.monotonic", lambda: next(ticks))
    watch = Watch()
    await watch.look()
    await write(NOW + timedelta(seconds=20))
    clock.move(NOW - HOUR + timedelta(seconds=8))
    assert await watch.look() == 3600
    assert await dues() == [12]


async def test_a_clock_that_is_right_or_runs_ahead_moves_nothing(open_database: str) -> None:
    await write(NOW + timedelta(seconds=300))
    watch = Watch()
    for seconds in (0, 1, 0.5, 60, 26 * 3600):
        clock.move(NOW + timedelta(seconds=seconds))
        assert await watch.look() == 0
    assert await dues() == [300 - 26 * 3600]


async def test_another_machine_that_is_late_moves_nothing(open_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    await write(NOW + timedelta(seconds=300))
    await Watch().look()
    monkeypatch.setattr(set_back, "machine", lambda: "the other one")
    clock.move(NOW - HOUR)
    assert await Watch().look() == 0
    assert await dues() == [300 + 3600]


async def test_what_a_dead_worker_did_is_free_within_a_lease(open_database: str) -> None:
    await write(NOW, state="running", lease=NOW + jobs.LEASE)
    await stepped(HOUR)
    clock.move(clock.now() + jobs.LEASE + timedelta(seconds=1))
    await jobs.sweep()
    async with installation(writes=False):
        assert [row["state"] for row in await Job.select(Job.state)] == ["queued"]


async def test_a_lease_that_another_machine_may_hold_is_left_to_it(
    open_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await write(NOW, state="running", lease=NOW + jobs.LEASE)
    await Watch().look()
    monkeypatch.setattr(set_back, "machine", lambda: "the other one")
    await stepped(HOUR)
    async with installation(writes=False):
        (row,) = await Job.select(Job.lease_until)
    assert row["lease_until"] == NOW + jobs.LEASE


async def said(cast: Cast, chat: str) -> Outbound:
    async with database.transaction(cast.company):
        there = Address("telegram", BOT, chat, cast.budi.person)
        count = await Outbound.count()
        number = await outbox.post(there, Message("leave.said", "Kabar"), dedupe=f"said:{count}", caused_by=1)
        row = await Outbound.objects().where(Outbound.id == number).first()
    assert row is not None
    return row


async def waits(row: Outbound) -> float:
    async with database.transaction(row.company):
        fresh = await Outbound.objects().where(Outbound.id == row.id).first()
        assert fresh is not None
        until = await pacing.waits(fresh)
    return 0.0 if until is None else (until - clock.now()).total_seconds()


@pytest.mark.parametrize("back", STEPS)
async def test_the_places_of_a_row_are_as_far_as_they_were(maju: Cast, back: timedelta) -> None:
    rows = [await said(maju, "777") for _ in range(20)]
    assert [await waits(row) for row in rows] == [0, 0, *range(18)]
    await stepped(back)
    assert await waits(rows[19]) == 17, "its own place, no other"
    assert await waits(await said(maju, "777")) == 18, "and who comes now stands behind it"
    clock.move(clock.now() + timedelta(seconds=12))
    assert await waits(rows[14]) == 0
    assert await waits(rows[19]) == 5
    await stepped(back)
    assert await waits(rows[19]) == 5, "a second time, too"


async def test_a_chat_that_was_refused_rests_as_long_as_its_platform_said(maju: Cast) -> None:
    refused = await said(maju, "777")
    async with database.transaction(maju.company):
        await pacing.slow_down(refused, 30, everybody=False)
    await stepped(HOUR)
    assert await waits(refused) == 30
    async with database.transaction(maju.company):
        await pacing.slow_down(refused, 45, everybody=True)
    assert await waits(await said(maju, "888")) == 45


async def test_a_service_that_is_left_alone_is_asked_after_as_long(maju: Cast) -> None:
    row = await said(maju, "777")
    async with database.transaction(maju.company):
        await circuits.failed(row, "ill", seconds=120)
    await stepped(HOUR)
    async with installation(writes=False):
        (shut,) = await Circuit.select(Circuit.shut_until)
    assert shut["shut_until"] - clock.now() == timedelta(seconds=120)


async def test_who_guessed_wrong_waits_no_longer(open_database: str) -> None:
    for _ in range(tries.FREE_TRIES):
        await tries.note(None, "somewhere")
    await stepped(HOUR)
    clock.move(clock.now() + tries.FIRST_WAIT)
    async with installation(writes=False):
        wrong = await Guess.objects().where(Guess.mark == "somewhere").first()
    assert wrong is not None
    assert not tries.rests(wrong, tries.FREE_TRIES)


async def test_the_watch_of_a_process_looks(open_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    stop = asyncio.Event()

    async def sweep() -> set[str]:
        stop.set()
        return set()

    monkeypatch.setattr(jobs, "sweep", sweep)
    await lookout.watch(stop, sweeps=True, schedules=False)
    async with installation(writes=False):
        rows: list[dict[str, Any]] = await ClockSeen.select(ClockSeen.seen_at)
    assert [row["seen_at"] for row in rows] == [NOW]


async def test_the_clock_is_looked_at_before_work_begins(open_database: str) -> None:
    await write(NOW + timedelta(seconds=3))
    await Watch().look()
    clock.move(clock.now() - HOUR)
    await lookout.before_work()
    assert await dues() == [3]


async def test_what_was_done_while_the_step_was_noticed_asks_again(
    open_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It read its place before that was moved, and is put off by the hour that comes twice."""
    stop, looks = asyncio.Event(), 0

    async def sweep() -> set[str]:
        nonlocal looks
        looks += 1
        if looks == 1:
            await write(clock.now() + HOUR, name="deliver")
            await write(clock.now() + HOUR, name="work")
        elif looks == 2:
            stop.set()
        return set()

    await Watch().look()
    clock.move(clock.now() - HOUR)
    monkeypatch.setattr(jobs, "sweep", sweep)
    monkeypatch.setattr(jobs, "SWEEP", 0.001)
    monkeypatch.setattr(lookout, "ASKED_AGAIN", (0.0,))
    monkeypatch.setattr(jobs, "ASK", {"deliver"})
    await lookout.watch(stop, sweeps=True, schedules=False)
    assert await dues() == [0, 3600]
