"""Sealing and opening one field, and giving a company with a million sealed fields new keys. Prints microseconds, seconds.

python -m tests.benchmarks.sealing [--people 66667] [--database postgresql://...]
"""

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

from core import bulk, clock, database, jobs, key_renewal, migrate, settings, vault
from core.accounts import joining
from core.people.columns import SEALED
from core.people.tables import Person

SEAL, ROTATE = 5.0, 120.0  # microseconds for a field, seconds for a million of them
KEY = "a-key-for-benchmarks-only-0123456789"
NIK = "3175010101900001"
ROUNDS, TIMES = 20_000, 5


def one_field() -> tuple[float, float]:
    """What one field costs, with a key that is open already."""
    vault.seal(NIK, company=1, column="person.nik", subject=1)
    best = [1.0, 1.0]
    for _ in range(TIMES):
        began = time.process_time()  # of our own work, whatever else this machine does meanwhile
        sealed = [vault.seal(NIK, company=1, column="person.nik", subject=1) for _ in range(ROUNDS)]
        middle = time.process_time()
        for one in sealed:
            vault.unseal(one, company=1, column="person.nik", subject=1)
        took = middle - began, time.process_time() - middle
        best = [min(both) for both in zip(best, took, strict=True)]
    seal, unseal = (one / ROUNDS * 1e6 for one in best)
    print(f"seal {seal:.1f} us, unseal {unseal:.1f} us (goal {SEAL:.0f})")
    return seal, unseal


async def fill(company: int, people: int) -> int:
    """Write people with every sealed column filled in; returns how many fields that is."""
    async with database.transaction(company):
        ids = await bulk.reserve(Person, people)
        vault.prepare(company, ids)
        for start in range(0, people, 5000):
            await bulk.insert(
                Person,
                [
                    {"id": one, "public": database.new_public(), "name": "Budi Santoso", "language": "id"}
                    | {name: vault.seal(NIK, company=company, column=f"person.{name}", subject=one) for name in SEALED}
                    for one in ids[start : start + 5000]
                ],
            )
    return people * len(SEALED)


async def rotate(people: int, url: str, folder: str) -> bool:
    """New keys for everybody; every hundredth person is read before, on the way and after. Whether it was quick enough."""
    settings.use(
        settings.load(
            {
                "SERAMBI_DATABASE_URL": url or f"sqlite:///{Path(folder) / 'bench.db'}",
                "SERAMBI_MASTER_KEY": KEY, "SERAMBI_SECRET_KEY": KEY, "SERAMBI_KEYS": f"{folder}/keys.db",
            }
        )
    )  # fmt: skip
    await migrate.migrate()
    await database.open_database(settings.current())
    await migrate.furnish()
    company, _ = await joining.add_company("PT Besar", "hr@besar.example")
    fields = await fill(company.id, people)
    one = one_field()
    began = time.perf_counter()
    await key_renewal.begin(before=clock.now())
    reading = asyncio.create_task(read(company.id, people))
    while await key_renewal.standing():
        await jobs.drain()
    failed = reading.done()
    reading.cancel()
    took = time.perf_counter() - began
    where = "PostgreSQL" if url else "SQLite"
    print(
        f"{where}: {fields:,} fields under new keys in {took:.1f} s (goal {ROTATE:.0f} s for 1,000,000), "
        f"{'a read failed' if failed else 'no read failed'}"
    )
    await database.close_database()
    return not failed and max(one) <= SEAL and took <= ROTATE * max(1.0, fields / 1_000_000)


async def read(company: int, people: int) -> None:
    """Read on, as people do; a fault here ends the benchmark."""
    while True:
        for after in range(0, people, max(1, people // 100)):
            async with database.reading(company):
                row = await Person.objects().where(Person.id > after).order_by(Person.id).first()
            assert row is not None
            assert vault.unseal(row.nik, company=company, column="person.nik", subject=row.id) == NIK
            await asyncio.sleep(0.05)


def main() -> None:
    """As the head of this file says."""
    given = argparse.ArgumentParser()
    given.add_argument("--people", type=int, default=71_500)
    given.add_argument("--database", default="")
    told = given.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sys.exit(not asyncio.run(rotate(told.people, told.database, folder)))


if __name__ == "__main__":
    main()
