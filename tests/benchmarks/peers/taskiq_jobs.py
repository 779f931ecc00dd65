"""taskiq on a list of Redis with its defaults; `taskiq worker taskiq_jobs:broker` works, `write` in another process."""

# mypy: ignore-errors

import asyncio
import os
import sys
from pathlib import Path

from taskiq_redis import ListQueueBroker

sys.path.insert(0, str(Path(__file__).parents[3]))
from tests.benchmarks.slots import Slots

slots = Slots(os.environ["SLOTS"], int(os.environ["COUNT"]))
broker = ListQueueBroker(os.environ["QUEUE"])


@broker.task
async def nothing(number: int) -> None:
    slots.ran(number)


async def _write(first, count, pause):
    await broker.startup()
    for number in range(first, first + count):
        slots.sent(number)
        await nothing.kiq(number)
        if pause:
            await asyncio.sleep(pause)
    await broker.shutdown()


def write(first, count, pause):
    asyncio.run(_write(first, count, pause))
