"""A process that does nothing but deliver: `python -m tests.bot.sender`.

It says `ready`, begins when it is told to with every other job (`0` or `1`), then takes what comes, ends when nothing is queued any more, and prints how many it sent.
"""

import asyncio
import os
import sys

from bot import delivery
from core import database, jobs, lookout, pump, settings
from core.jobs import Job
from core.messaging.tables import Outbound


async def main() -> None:
    """Deliver until nothing is left."""
    settings.use(settings.load(os.environ))
    await database.open_database(settings.current())
    sent = 0
    mark = delivery._mark

    async def counted(company: int, row: Outbound, **values: object) -> None:
        nonlocal sent
        sent += 1
        await mark(company, row, **values)

    delivery._mark = counted
    print("ready", flush=True)
    mine = int(await asyncio.to_thread(sys.stdin.readline))
    for number in [number for number in await jobs.due_jobs() if number % 2 == mine]:
        await jobs.run(number)
    stop = asyncio.Event()
    pump.start()
    watching = asyncio.create_task(lookout.watch(stop, sweeps=True, schedules=False))
    while await _left():  # noqa: ASYNC110  it is another process that may end it
        await asyncio.sleep(0.1)
    stop.set()
    await watching
    await pump.stop()
    await delivery.close()
    await database.close_database()
    print(sent, flush=True)


async def _left() -> bool:
    async with database.installation(writes=False):
        return bool(await Job.exists().where((Job.name == "deliver") & Job.state.is_in(["queued", "running"])))


if __name__ == "__main__":
    asyncio.run(main())
