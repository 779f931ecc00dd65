"""A worker of its own process, to be killed: does the jobs that are due at an instant, until CRASH_AT ends it."""

import asyncio
import sys
from datetime import datetime, timedelta

from core import bulk, clock, database, jobs, settings
from core.people import applying, present  # noqa: F401  applying registers its jobs

HOUR = timedelta(hours=1)


async def outside(*_: object) -> None:
    """What would leave the house ends here."""


async def work(url: str, keys: str, master: str, at: str) -> None:
    """Do what is due, a job after the other, as often as something is."""
    settings.use(
        settings.load(
            {
                "SERAMBI_DATABASE_URL": url, "SERAMBI_MASTER_KEY": master, "SERAMBI_SECRET_KEY": master,
                "SERAMBI_KEYS": keys,
            }
        )
    )  # fmt: skip
    for name in ("answer", "deliver", "leave.bring_up_to_date"):
        jobs.HANDLERS[name] = outside
    for module in (bulk, present):
        vars(module)["AT_A_TIME"] = 20
    clock.move(datetime.fromisoformat(at))
    await database.open_database(settings.current())
    for _ in range(5):
        for number in await jobs.due_jobs():
            await jobs.run(number)
        clock.move(clock.now() + HOUR)
    await database.close_database()


if __name__ == "__main__":
    asyncio.run(work(*sys.argv[1:]))
