"""A process of the product that does jobs that do nothing: `python -m tests.benchmarks.job_process SLOTS BACKLOG PACED`.

Its settings are those of the environment. It writes the backlog, one transaction for each, works it off as `serambi run`
works, then is given one job every ten milliseconds. Prints how many bytes of memory it took.
"""

import asyncio
import resource
import sys

import uvloop

from core import database, jobs, log, lookout, pump, settings
from core.commands import opened
from tests.benchmarks.slots import Slots

PAUSE = 0.01


async def main(path: str, backlog: int, paced: int) -> None:
    """Write, work, and wait."""
    log.configure()
    slots = Slots(path, backlog + paced)

    async def nothing(_: int | None, number: int) -> None:
        slots.ran(number)

    async def put(number: int) -> None:
        slots.sent(number)
        async with database.installation():
            await jobs.enqueue("nothing", number)

    jobs.HANDLERS["nothing"] = nothing
    async with opened(settings.current()):
        for number in range(backlog):
            await put(number)
        stop = asyncio.Event()
        pump.start()
        watching = asyncio.create_task(lookout.watch(stop, sweeps=True, schedules=False))
        while not slots.done(0, backlog):  # noqa: ASYNC110  what is measured must not be told of it
            await asyncio.sleep(0.02)
        for number in range(backlog, backlog + paced):
            await put(number)
            await asyncio.sleep(PAUSE)
        while not slots.done(backlog, paced):  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        stop.set()
        await watching
        await pump.stop()
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
