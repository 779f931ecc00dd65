"""Twenty thousand people: importing them, changing them, finding one, opening the pages. Prints seconds and milliseconds.

python -m tests.benchmarks.people [--people 20000] [--database postgresql://...]
"""

import argparse
import asyncio
import csv
import io
import random
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from core import database, migrate, settings, sheets
from core.accounts import joining
from core.audit import Actor
from core.people import imports, present, search

BY = Actor("benchmark", "command")
KEY = "a-key-for-benchmarks-only-0123456789"
FIRST = (
    "Budi Sari Agus Dewi Wayan Ketut Tono Rina Ratna Joko Asep Lilis Yosef Maya Nina Darto Ayu Rudi Sinta Bayu".split()
)
LAST = (
    "Santoso Wulandari Prasetyo Lestari Hidayat Nurhayati Suprapto Susilo Permata Sudarma Wenda Hartono Salim".split()
)
HEAD = (
    "employee_number", "name", "email", "phone", "manager", "department", "position", "grade", "location", "timezone",
    "employment_type", "join_date", "nik", "npwp", "kk", "birth_date", "gender", "religion", "marital_status",
    "dependants", "ptkp", "bank", "bank_account", "bank_holder", "basic_salary",
)  # fmt: skip
ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")


def roster(count: int, *, grade: str = "3") -> list[list[str]]:
    """A company with every cell filled in; everybody's head is somebody above."""
    made, chance = [], random.Random(7)
    for number in range(1, count + 1):
        name = f"{chance.choice(FIRST)} {chance.choice(LAST)} {chance.choice(LAST)}"
        made.append(
            [
                f"{number:05}", name, f"o{number}@besar.example", f"+62812{number:08}",
                f"{number // 10:05}" if number >= 10 else "", f"Bagian {number % 40}", "Staf", grade,
                f"Kantor {number % 3}", ZONES[number % 3], "pkwtt", f"20{10 + number % 15}-0{1 + number % 9}-04",
                str(3175010101900000 + number), str(1234567890120000 + number), str(3175010101910000 + number),
                "1990-01-01", "m", "islam", "kawin", "2", "K/2", "BCA", str(7000000000 + number), name,
                str(5_000_000 + number),
            ]
        )  # fmt: skip
    return made


def as_csv(rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([HEAD, *rows])
    return out.getvalue().encode()


async def timed(name: str, work: Awaitable[Any], count: int) -> Any:
    begun, worked = time.perf_counter(), time.process_time()
    done = await work
    spent, worked = time.perf_counter() - begun, time.process_time() - worked
    print(f"{name:44} {spent:8.2f} s  (own work {worked:6.2f} s)  {count / spent:8,.0f} people/s", flush=True)
    return done


async def asked(name: str, ask: Callable[[int], Awaitable[Any]], times: int = 60) -> None:
    took = []
    for number in range(times):
        begun = time.perf_counter()
        await ask(number)
        took.append((time.perf_counter() - begun) * 1000)
    p95 = quantiles(took, n=20)[-1]
    print(f"{name:44} p50 {median(took):7.1f} ms   p95 {p95:7.1f} ms", flush=True)


async def measure(count: int) -> int:
    company, _ = await joining.add_company("PT Besar", "owner@besar.example")
    rows = roster(count)
    raw = as_csv(rows)
    print(f"{count:,} people, {len(raw) / 1e6:.1f} MB of CSV")
    book = sheets.xlsx_of(HEAD, rows)
    await timed("XLSX read", asyncio.to_thread(imports.read, book), count)
    await timed("CSV dry run", imports.check(company.id, raw), count)
    taken = await timed("CSV import, from bytes to committed", imports.take(company.id, raw, actor=BY), count)
    assert not taken.bad, taken.bad[:3]
    await timed("XLSX dry run, nobody changes", imports.check(company.id, book), count)
    again = as_csv(roster(count, grade="4"))
    taken = await timed("CSV import, everybody changes", imports.take(company.id, again, actor=BY), count)
    assert taken.changed == count
    await look(company.id)
    return int(company.id)


async def look(company: int) -> None:
    """Finding people, each in a transaction of its own as a page does."""

    async def page(wanted: search.Wanted) -> int:
        async with database.reading(company):
            return len(await search.page(wanted, None, 50))

    asked_for = {
        "directory: first page": search.Wanted(),
        "directory: part of a name": search.Wanted("wulan"),
        "directory: two words": search.Wanted("budi sant"),
        "directory: a number": search.Wanted("01234"),
        "directory: a department by name": search.Wanted("bagian"),
        "directory: department 7": search.Wanted(department="Bagian 7"),
        "directory: location": search.Wanted(location="Kantor 1"),
        "directory: without a chat": search.Wanted(lacks="chat"),
        "directory: without a manager": search.Wanted(lacks="manager"),
        "directory: who left": search.Wanted(status="left"),
        "directory: nobody": search.Wanted("zzzzzz"),
    }
    for name, wanted in asked_for.items():
        await asked(name, lambda _, wanted=wanted: page(wanted))  # type: ignore[misc]

    async def typo(_: int) -> int:
        async with database.reading(company):
            return len(await search.near(search.Wanted("wulnadari budi")))

    async def head(number: int) -> None:
        cells = {"employee_number": f"{15_000 + number:05}", "name": "Orang", "manager": f"{number + 10:05}"}
        async with database.reading(company):
            await present.known([cells], begins=date(2026, 7, 6))

    await asked("directory: with a typo", typo)
    await asked("reporting line walked for one change", head)


async def main(count: int, url: str | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings.use(
            settings.load(
                {
                    "SERAMBI_DATABASE_URL": url or f"sqlite:///{Path(folder) / 'bench.db'}",
                    "SERAMBI_MASTER_KEY": KEY, "SERAMBI_SECRET_KEY": KEY,
                    "SERAMBI_KEYS": f"{folder}/keys.db",
                }
            )
        )  # fmt: skip
        await migrate.migrate()
        await database.open_database(settings.current())
        await migrate.furnish()
        try:
            await measure(count)
        finally:
            await database.close_database()


if __name__ == "__main__":
    told = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    told.add_argument("--people", type=int, default=20_000)
    told.add_argument("--database")
    given = told.parse_args()
    sys.exit(asyncio.run(main(given.people, given.database)))
