"""Everything held about somebody after five years, as a pack; how many of them are made in an hour; how large one is.
And a breach that concerns everybody: how soon all are listed, and how soon all letters are on their way.

python -m tests.benchmarks.privacy [--packs 5] [--people 20000] [--database postgresql://...]. What sealing costs, and new keys for a
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
from core import clock, database, jobs, migrate, settings, sheets
from core.audit import Actor
from core.people import imports
from core.privacy import breaches, packs
from core.privacy.breach_rules import Facts
from tests.benchmarks import big_company
from tests.core.cast import lay
from tests.core.conftest import MONDAY
from tests.core.privacy.planted import Planted
from tests.core.privacy.unlocked import unlocked

KEY = "a-key-for-benchmarks-only-0123456789"
SLOWEST, AN_HOUR, LARGEST = 60.0, 200, 5 * 1024 * 1024  # seconds, packs on two cores, bytes for five years
LISTED, POSTED = 600.0, 900.0  # seconds to the list and drafts; to the last letter in the outbox
OFFICER = Actor("account:9001", "web")
# Rows of one person in five years, who writes ten times a week and asks HR something every other week.
FIVE_YEARS: Mapping[str, int] = {
    "inbound": 2_600, "outbound": 3_900, "leave_request": 60, "request": 60, "request_event": 300,
    "leave_entry": 400, "leave_day": 120, "ticket": 130, "ticket_event": 900, "search_log": 500, "reveal_record": 200,
    "session": 30, "audit_entry": 3_000,
}  # fmt: skip


async def opened(url: str, folder: str) -> None:
    """An installation in this folder, or in the database of `url`."""
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


async def letters(people: int, url: str, folder: str) -> bool:
    """Declare a breach of everybody's data and have all letters written; whether each goal is met."""
    await opened(url, folder)
    company = (await lay("PT Seribu Surat")).company
    rows = [
        (f"R{number}", name, email, f"R{head}" if head else "", *more, "")
        for number, name, email, head, *more, _ in big_company.rows(people)
    ]
    raw = sheets.csv_of(big_company.HEAD, rows)
    taken = await imports.take(company, raw, actor=OFFICER, begins=MONDAY.date())
    assert not taken.bad, taken.bad[:3]
    await jobs.drain()
    facts = Facts("Laptop HR hilang.", "Akunnya diblokir.", "Waspadai telepon yang meminta kode.")
    began = time.perf_counter()
    async with database.transaction(company):
        row = await breaches.declare(
            whose="everybody", of=None, numbers="", kinds=["identity", "contact"], facts=facts, authority="Komdigi",
            found_at=clock.now(), by=OFFICER,
        )  # fmt: skip
    await jobs.drain()
    listed, began = time.perf_counter() - began, time.perf_counter()
    async with database.transaction(company):
        await breaches.send(row, by=OFFICER)
    while await _unsent(company, row.public):
        await jobs.drain()
    posted = time.perf_counter() - began
    async with database.reading(company):
        told = await breaches.of_public(row.public)
    await database.close_database()
    assert told is not None and told.people > people and told.state == "told", told
    print(
        f"{'PostgreSQL' if url else 'SQLite'}: {told.people:,} people listed with their letters in {listed:.1f} s (goal "
        f"{LISTED:.0f}), {told.sent:,} letters on their way {posted:.1f} s after the press (goal {POSTED:.0f})"
    )
    return listed <= LISTED and posted <= POSTED


async def _unsent(company: int, public: str) -> bool:
    async with database.reading(company):
        row = await breaches.of_public(public)
    return row is not None and row.state == "sending"


async def measure(count: int, url: str, folder: str) -> bool:
    """Make packs one after the other; whether each goal is met."""
    await opened(url, folder)
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
    given.add_argument("--people", type=int, default=20_000)
    given.add_argument("--database", default="")
    told, good = given.parse_args(), True
    for part, number in ((measure, told.packs), (letters, told.people)):
        with tempfile.TemporaryDirectory() as folder, clock.freeze(MONDAY):
            good = (not number or asyncio.run(part(number, told.database, folder))) and good
    sys.exit(not good)


if __name__ == "__main__":
    main()
