"""The bell between processes: heard by whoever listens, and passed on by whoever has no hand free."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest

from core import doorbell, jobs, pump
from core.database import transaction


@pytest.fixture(params=["redis", "amqp"])
async def bell(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    """A bell by a real broker; its queues are this test's own."""
    address = request.getfixturevalue(f"{request.param}_url")
    monkeypatch.setattr(doorbell, "QUEUE", f"serambi.{request.node.name[:40]}.")
    doorbell.connect(address)
    yield
    await asyncio.to_thread(doorbell.deafen, 5.0)
    doorbell.disconnect()


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not true():  # noqa: ASYNC110  it is another thread that hears
            await asyncio.sleep(0.01)


async def test_each_lane_hears_its_own_bell(bell: None) -> None:
    heard: list[str] = []

    def hears(lane: str) -> Callable[[], bool]:
        def heard_it() -> bool:
            heard.append(lane)
            return True

        return heard_it

    doorbell.listen(asyncio.get_running_loop(), {lane: hears(lane) for lane in doorbell.LANES})
    doorbell.ring_others(doorbell.BULK)
    await until(lambda: heard == ["bulk"])
    doorbell.ring_others(doorbell.PROMPT)
    await until(lambda: heard == ["bulk", "prompt"])


async def test_a_bell_heard_with_full_hands_is_passed_on(
    open_database: str, bell: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, begun = asyncio.Event(), [0]
    passed: list[str] = []

    async def slow(_: int) -> None:
        begun[0] += 1
        await go_on.wait()

    monkeypatch.setitem(jobs.HANDLERS, "work", slow)
    monkeypatch.setattr(doorbell, "ring_others", passed.append)
    pump.start()
    async with transaction(1):
        for _ in range(jobs.HANDS):
            await jobs.enqueue("work")
    await until(lambda: begun[0] == jobs.HANDS)
    passed.clear()
    async with transaction(1):
        await jobs.enqueue("work")
    await until(lambda: passed == ["prompt"] * 2)  # at once by whoever wrote it, and by whoever heard it in vain
    go_on.set()
    await pump.stop()
    assert begun[0] == jobs.HANDS


async def test_bells_that_wait_to_be_sent_are_one(bell: None, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[object] = []
    broker = doorbell._broker
    assert broker is not None and doorbell._ringer is not None
    monkeypatch.setattr(broker, "enqueue", sent.append)
    held = asyncio.get_running_loop().create_future()
    started = asyncio.Event()
    loop = asyncio.get_running_loop()

    def busy() -> None:
        loop.call_soon_threadsafe(started.set)
        asyncio.run_coroutine_threadsafe(_wait(held), loop).result()

    doorbell._ringer.submit(busy)
    await started.wait()
    for _ in range(50):
        doorbell.ring(doorbell.PROMPT)
    held.set_result(None)
    await until(lambda: bool(sent))
    assert len(sent) == 1
    doorbell.ring(doorbell.PROMPT)
    await until(lambda: len(sent) == 2)


async def _wait(held: "asyncio.Future[None]") -> None:
    await held
