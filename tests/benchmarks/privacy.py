"""Everything held about somebody after five years, as a pack; how many of them are made in an hour; how large one is.

python -m tests.benchmarks.privacy [--packs 5] [--database postgresql://...]. What sealing costs, and new keys for a
million fields, is in `tests.benchmarks.sealing`.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

import serambi  # noqa: F401  every job is known
from core import clock, database, jobs, migrate, settings
from core.audit import Actor
from core.privacy import packs
from tests.core.cast import lay
from tests.core.conftest import MONDAY
from tests.core.privacy.planted import Planted
from tests.core.privacy.unlocked import unlocked

KEY = "a-key-for-benchmarks-only-0123456789"
SLOWEST, AN_HOUR, LARGEST = 60.0, 200, 5 * 1024 * 1024  # seconds, packs on two cores, bytes for five years
OFFICER = Actor("account:9001", "web")
# Rows of one person in five years, who writes ten times a week and asks HR something every other week.
FIVE_YEARS: Mapping[str, int] = {
    "inbound": 2_600, "outbound": 3_900, "leave_request": 60, "request": 60, "request_event": 300,
    "leave_entry": 400, "leave_day": 120, "ticket": 130, "ticket_event": 900, "search_log": 500, "reveal_record": 200,
    "session": 30, "audit_entry": 3_000,
}  # fmt: skip


async def measure(count: int, url: str, folder: str) -> bool:
    """Make packs one after the other; whether each goal is met."""
    settings.use(
        settings.load(
            {
                "SERAMBI_DATABASE_URL": url or f"sqlite:///{Path(folder) / 'bench.db'}", "SERAMBI_FILES": f"{folder}/files",
                "SERAMBI_MASTER_KEY": KEY, "SERAMBI_SECRET_KEY": KEY, "SERAMBI_KEYS": f"{folder}/keys.db",
            }
        )
    )  # fmt: skip
    await migrate.migrate()
    await database.open_database(settings.current())
    await migrate.furnish()
    company = (await lay("PT Lima Tahun")).company
    took: list[float] = []
    sizes: list[int] = []
    rows = 0
    for number in range(count):
        async with database.transaction(company):
            person = await Planted(company, 100 + number).plant()
            rows = sum([await person.more(name, times) for name, times in FIVE_YEARS.items()])
        began = time.perf_counter()
        async with database.transaction(company):
            row = await packs.make_pack(person.person, by=OFFICER)
        await jobs.drain()
        took.append(time.perf_counter() - began)
        async with database.transaction(company):
            secret = await packs.password(row.public, by=OFFICER)
            raw = (await packs.fetch(row.public, by=OFFICER)).raw
        sizes.append(len(raw))
        assert all(word in unlocked(raw, secret)["data.json"].decode() for word in [person.words["person.email"]])
    await database.close_database()
    hourly = 3600 * count / sum(took)
    print(
        f"{'PostgreSQL' if url else 'SQLite'}: a pack of {rows:,} rows and more in {max(took):.2f} s at most (goal "
        f"{SLOWEST:.0f}), {hourly:,.0f} in an hour by one process (goal {AN_HOUR}), {max(sizes) / 1e6:.2f} MB (goal 5)"
    )
    return max(took) <= SLOWEST and hourly >= AN_HOUR and max(sizes) <= LARGEST


def main() -> None:
    """As the head of this file says."""
    given = argparse.ArgumentParser()
    given.add_argument("--packs", type=int, default=5)
    given.add_argument("--database", default="")
    told = given.parse_args()
    with tempfile.TemporaryDirectory() as folder, clock.freeze(MONDAY):
        sys.exit(not asyncio.run(measure(told.packs, told.database, folder)))


if __name__ == "__main__":
    main()
