"""A process of its own, to be killed: erases whoever is to be erased, in any order, until CRASH_AT ends it."""

import asyncio
import random
import sys

from core import clock, database, settings
from core.accounts.tables import Company
from core.privacy import erasure
from core.privacy.holding_tables import Erasure
from tests.core.conftest import MONDAY


async def work(url: str, keys: str, files: str, master: str, seed: str) -> None:
    """Do what is still to be done, then stop."""
    settings.use(
        settings.load(
            {
                "SERAMBI_DATABASE_URL": url, "SERAMBI_MASTER_KEY": master, "SERAMBI_SECRET_KEY": master,
                "SERAMBI_KEYS": keys, "SERAMBI_FILES": files,
            }
        )
    )  # fmt: skip
    await database.open_database(settings.current())
    with clock.freeze(MONDAY):
        async with database.installation(writes=False):
            companies = [row["id"] for row in await Company.select(Company.id).where(Company.kind == "company")]
        for company in companies:
            async with database.reading(company):
                rows = await Erasure.select(Erasure.id).where(Erasure.state == erasure.RUNNING).order_by(Erasure.id)
            numbers = [row["id"] for row in rows]
            random.Random(seed).shuffle(numbers)
            for number in numbers:
                await erasure.apply_erasure(company, number)
    await database.close_database()


if __name__ == "__main__":
    asyncio.run(work(*sys.argv[1:]))
