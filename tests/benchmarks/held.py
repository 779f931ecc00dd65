"""How long nothing else is written on SQLite while a file of people is applied, changed and taken back. Prints seconds.

python -m tests.benchmarks.held [--people 20000]
"""

import argparse
import asyncio
import json
import logging
import sys
import tempfile
import threading
import time
from collections.abc import Awaitable
from datetime import date
from pathlib import Path
from typing import Any

from core import database, jobs, log, migrate, settings
from core.accounts import joining
from core.approvals import standing
from core.people import applying, batches, imports
from core.people.batches import Sent
from core.people.tables import ImportBatch
from tests.benchmarks.people import BY, HEAD, KEY, as_csv, roster

REGISTERED = (
    standing.requests,
    applying.switch_over,
)  # what stands on a spell, and the jobs of a file: by being imported
# Somebody else who writes: a process of its own, that asks for the file fifty times a second and notes how long it took.
WRITER = """
import json, sqlite3, sys, threading, time
file, over, waits = sqlite3.connect(sys.argv[1], timeout=120, isolation_level=None), threading.Event(), []
threading.Thread(target=lambda: (sys.stdin.read(), over.set()), daemon=True).start()
print("ready", flush=True)
while not over.is_set():
    begun = time.perf_counter()
    file.execute("begin immediate")
    waits.append((time.perf_counter() - begun, begun))
    file.execute("rollback")
    time.sleep(0.02)
print(json.dumps(max(waits)))
"""


async def beside(name: str, file: Path, work: Awaitable[Any]) -> Any:
    """Do it while somebody else writes; prints how long it took and the longest that they waited."""
    other = await asyncio.create_subprocess_exec(
        sys.executable, "-c", WRITER, str(file), stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    assert other.stdin is not None and other.stdout is not None
    await other.stdout.readline()
    clocks, over = [(time.perf_counter(), time.process_time())], threading.Event()
    watch = threading.Thread(target=_look_at_the_clocks, args=(clocks, over))
    watch.start()
    begun, worked = time.perf_counter(), time.process_time()
    done = await work
    spent, worked = time.perf_counter() - begun, time.process_time() - worked
    other.stdin.close()
    waited, since = json.loads(await other.stdout.readline())
    await other.wait()
    over.set()
    watch.join()
    held = [own for at, own in clocks if since <= at <= since + waited] or [0.0]
    print(
        f"{name:40} {spent:8.2f} s (own work {worked:6.2f} s)   others waited {waited:6.2f} s"
        f" (own work {max(held) - min(held):6.2f} s)",
        flush=True,
    )
    return done


def _look_at_the_clocks(clocks: list[tuple[float, float]], over: threading.Event) -> None:
    """Note both clocks fifty times a second: by them is told how much of a wait was work and not a busy machine."""
    while not over.wait(0.02):
        clocks.append((time.perf_counter(), time.process_time()))


async def measure(file: Path, count: int) -> None:
    company = (await joining.add_company("PT Besar", "owner@besar.example"))[0].id
    begins = date(2026, 7, 6)

    async def by_page(raw: bytes) -> str:
        public = await batches.receive(company, raw, Sent("file", "orang.csv", "", "", begins, BY))
        await jobs.drain()
        return public

    async def stands(public: str) -> str:
        async with database.reading(company):
            row = await ImportBatch.select(ImportBatch.state).where(ImportBatch.public == public).first()
        assert row is not None
        return str(row["state"])

    async def switched(verb: Any, public: str) -> None:
        await verb(company, public, by=BY)
        await jobs.drain()

    for name, rows in (("new people", roster(count)), ("everybody changes grade", roster(count, grade="4"))):
        public = await beside(f"{name}: checked", file, by_page(as_csv(rows)))
        assert await stands(public) == batches.CHECKED, f"{name} is {await stands(public)}"
        await beside(f"{name}: applied", file, switched(applying.apply, public))
        assert await stands(public) == batches.APPLIED, name
        await beside(f"{name}: taken back", file, switched(applying.undo, public))
        assert await stands(public) == batches.UNDONE, name
        if name == "new people":
            await beside("serambi people import", file, imports.take(company, as_csv(rows), actor=BY))


async def main(count: int) -> None:
    log.configure(level=logging.CRITICAL)  # what follows a file (leave, news) has other jobs, which nobody does here
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bench.db"
        settings.use(
            settings.load(
                {
                    "SERAMBI_DATABASE_URL": f"sqlite:///{file}", "SERAMBI_MASTER_KEY": KEY, "SERAMBI_SECRET_KEY": KEY,
                    "SERAMBI_KEYS": f"{folder}/keys.db", "SERAMBI_FILES": f"{folder}/files",
                }
            )
        )  # fmt: skip
        await migrate.migrate()
        await database.open_database(settings.current())
        await migrate.furnish()
        print(f"{count:,} people, {len(HEAD)} columns")
        try:
            await measure(file, count)
        finally:
            await database.close_database()


if __name__ == "__main__":
    told = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    told.add_argument("--people", type=int, default=20_000)
    sys.exit(asyncio.run(main(told.parse_args().people)))
