"""What a company of 200, of 2,000 and of 20,000 costs: `python -m tests.benchmarks.growth [--only turn] [--sizes 200 2000]`.

`--database postgresql://...` measures on that server, in databases made for it and dropped again; what the server itself
works is not counted there. Each row is measured in a process of its own: its own processor time, the statements it asked the database, and
how far its memory rose at most. A row passes when from one size to the next its time grows no more than its size does
(and a tenth for what is measured beside it), and when its memory stays flat: what is done in parts must not grow with them.
"""

import argparse
import asyncio
import contextlib
import json
import logging
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import Any

import asyncpg

import serambi  # noqa: F401  every job is known
from bot import conversation, delivery
from core import clock, database, jobs, migrate, settings
from core.accounts import joining
from core.accounts.tables import Company
from core.leave import jobs as leave_jobs
from core.messaging import inbox
from core.messaging.messages import Incoming
from core.people import imports, search
from tests.benchmarks import open_requests, pages, people, turn, year
from tests.benchmarks.big_company import Made, made
from tests.benchmarks.quiet_telegram import FIRST
from tests.faults import books

SIZES = (200, 2_000, 20_000)
TIMES = 30  # of what is measured by the single piece
LOOSE = 1.5  # what is measured on a machine with other work differs by as much from itself
FLAT = 32.0  # megabytes by which the peak may differ between the smallest and the largest
LAY = "lay"
PAGES = ("approvals", "leave", "calendar")
PARTS = 64  # jobs that are taken together


@dataclass(frozen=True)
class Cost:
    """Seconds of own processor time, statements, and megabytes above what the process had before."""

    seconds: float
    statements: int
    memory: float


class Counted:
    """How many statements the open database was asked, and what they cost, from when it began."""

    def __init__(self) -> None:
        self.statements = 0
        kind: Any = type(database.engine())
        plain = kind.run_querystring

        async def run(*args: Any, **kwargs: Any) -> Any:
            self.statements += 1
            return await plain(*args, **kwargs)

        kind.run_querystring = run
        self._before, self._begun = _memory(), time.process_time()

    def cost(self) -> Cost:
        """What it cost until now."""
        return Cost(time.process_time() - self._begun, self.statements, _memory() - self._before)


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


async def _open(company: Made) -> int:
    settings.use(settings.load({n: v for n, v in company.environment.items() if n.startswith("SERAMBI_")}))
    await database.open_database(settings.current())
    async with database.installation():
        row = await Company.objects().get(Company.slug == company.slug)
    assert row is not None
    return int(row.id)


# -- the rows; each is given the company of its size, and says what it cost --------------------------------------------


async def taken_in(company: Made, size: int) -> Cost:
    """A file of so many people, into an empty company."""
    folder, name = Path(tempfile.mkdtemp()), f"serambi_growthnew_{os.getpid()}"
    on_postgres = company.url.startswith("postgres")
    url = await books.emptied(company.url, name) if on_postgres else f"sqlite:///{folder}/new.db"
    fresh = {"SERAMBI_DATABASE_URL": url, "SERAMBI_KEYS": f"{folder}/keys.db"}
    given = {name: value for name, value in company.environment.items() if name.startswith("SERAMBI_")} | fresh
    settings.use(settings.load(given))
    await migrate.migrate()
    await database.open_database(settings.current())
    await migrate.furnish()
    made_of, _ = await joining.add_company("PT Besar", "owner@besar.example")
    raw, counted = people.as_csv(people.roster(size)), Counted()
    found = await imports.take(made_of.id, raw, actor=people.BY)
    assert not found.bad
    cost = counted.cost()
    shutil.rmtree(folder)
    if on_postgres:
        await database.close_database()
        await books.dropped(url, name)
    return cost


async def looked_up(company: Made, size: int) -> Cost:
    """One look into the directory: the first page, a part of a name, a department by name."""
    number, took = await _open(company), []
    asked = (search.Wanted(), search.Wanted("wulan"), search.Wanted("bagian"))
    counted = Counted()
    for nth in range(TIMES):
        begun = time.process_time()
        async with database.reading(number):
            await search.page(asked[nth % len(asked)], None, 50)
        took.append(time.process_time() - begun)
    return Cost(median(took), counted.statements // TIMES, counted.cost().memory)


async def stored(company: Made, size: int) -> Cost:
    """As many messages as there are people, kept, fifty at once."""
    await _open(company)
    counted = Counted()
    for first in range(0, size, 50):
        posts = ([_message(number, number, "sisa cuti")] for number in range(first, min(first + 50, size)))
        await asyncio.gather(*(inbox.receive(post) for post in posts))
    return counted.cost()


async def answered(company: Made, size: int) -> Cost:
    """One turn: somebody asks for a day and is asked back, says yes, and it stands with its approver told."""
    await turn.link(company.url, TIMES)
    await _open(company)
    took, statements = [], 0
    counted = Counted()
    for person in range(TIMES):
        for nth, words in enumerate(turn.TURNS):
            (number,) = await inbox.receive([_message(nth * TIMES + person, person, words)])
            begun, before = time.process_time(), counted.statements
            try:
                await conversation.answer(None, number)
            except jobs.Later as later:
                clock.move(later.at)
                await conversation.answer(None, number)
                clock.move(None)
            took.append(time.process_time() - begun)
            statements += counted.statements - before
    return Cost(median(took), statements // len(took), counted.cost().memory)


def _message(number: int, person: int, words: str) -> Incoming:
    sender = str(FIRST + person)
    return Incoming("telegram", "1", sender, f"tg:{number}", words=words, place=sender, at=clock.now())


async def worked_off(company: Made, size: int) -> Cost:
    """Five jobs that do nothing for each of the people, written and done."""
    number = await _open(company)

    async def nothing(*_: object) -> None:
        return None

    jobs.HANDLERS["nothing"] = nothing
    counted = Counted()
    for first in range(0, size * 5, 500):
        async with database.installation():
            await jobs.enqueue_each("nothing", [(one, number) for one in range(first, first + 500)])
    while True:
        async with database.installation():
            some = await jobs.claim(jobs.PROMPT, PARTS)
        if not some:
            return counted.cost()
        ended = [await jobs.perform(one) for one in some]
        async with database.installation():
            await jobs.close([one for one in ended if one is not None])


def page(path: str) -> "Measure":
    """One opening of a page, while a quarter of the people have asked for leave."""

    async def opened(company: Made, size: int) -> Cost:
        before = _memory()
        (one,) = await pages.measure(company, waiting=size // 4, exactly=path)
        assert one.status == 200
        return Cost(one.worked / 1000, 0, _memory() - before)

    return opened


async def first_night(company: Made, size: int) -> Cost:
    """The night in which a year begins: everybody is granted, and the collective days are held."""
    await _open(company)
    zone = year.ZONE
    clock.move(datetime(year.YEAR - 1, 12, 31, 0, 20, tzinfo=zone))
    await leave_jobs.nightly()
    await jobs.drain()
    clock.move(datetime(year.YEAR, 1, 1, 0, 20, tzinfo=zone))
    counted = Counted()
    await leave_jobs.nightly()
    await jobs.drain()
    return counted.cost()


async def laid(company: Made, size: int) -> Cost:
    """No row: a quarter of the people ask, for the pages that show it."""
    number = await _open(company)
    await pages.accepted(number)
    await open_requests.lay(number, size // 4)
    return Cost(0, 0, 0)


Measure = Callable[[Made, int], Awaitable[Cost]]
ROWS: dict[str, tuple[str, Measure]] = {
    "import": ("a file of everybody taken in", taken_in),
    "directory": ("one look into the directory", looked_up),
    "intake": ("a message of everybody kept", stored),
    "turn": ("one answer of the bot", answered),
    "jobs": ("five jobs for everybody", worked_off),
    "night": ("the first night of a year", first_night),
    "approvals": ("the page of what waits, a quarter of them asking", page("approvals")),
    "leave": ("the page of leave", page("leave")),
    "calendar": ("the page of the calendar", page("calendar")),
}


# -- the verdict -------------------------------------------------------------------------------------------------------


def verdict(sizes: Sequence[int], costs: Sequence[Cost]) -> list[str]:
    """What grows faster than the company, or does not stay flat; nothing where all is well."""
    wrong = []
    for (small, before), (large, after) in zip(
        list(zip(sizes, costs, strict=True)), list(zip(sizes, costs, strict=True))[1:], strict=False
    ):
        grown, allowed = after.seconds / max(before.seconds, 0.001), large / small * LOOSE
        if grown > allowed:
            wrong.append(f"time grows {grown:.1f} times from {small:,} to {large:,}")
    if (risen := costs[-1].memory - costs[0].memory) > FLAT:
        wrong.append(f"memory rises by {risen:.0f} MB")
    return wrong


async def _one(name: str, size: int, folder: Path, url: str) -> Cost:
    company = made(folder, size, url)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    try:
        return await (laid if name == LAY else ROWS[name][1])(company, size)
    finally:
        clock.move(None)
        await delivery.close()
        await database.close_database()


def _measured(name: str, size: int, kept: Path, url: str) -> Cost:
    """In a process of its own, on a copy of the company of this size."""
    copy = f"serambi_growthcopy_{os.getpid()}"
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(kept, folder, dirs_exist_ok=True)
        try:
            return _there(name, size, Path(folder), asyncio.run(books.copied(url, copy)) if url else "")
        finally:
            if url:
                asyncio.run(books.dropped(url, copy))


def _there(name: str, size: int, folder: Path, url: str) -> Cost:
    """In a process of its own, on this company itself."""
    command = [sys.executable, "-m", "tests.benchmarks.growth", "--one", name, str(size), str(folder), url]
    told = subprocess.run(command, check=True, capture_output=True, text=True)
    return Cost(**json.loads(told.stdout.splitlines()[-1]))


def _kept_in(server: str, nth: int, stack: contextlib.ExitStack) -> str:
    """An empty database there for the company of the so-manieth size, until everything is measured."""
    name = f"serambi_growth{'abcdefgh'[nth]}_{os.getpid()}"
    stack.callback(lambda: asyncio.run(books.dropped(server, name)))
    return asyncio.run(books.emptied(server, name))


async def _counted_rows(url: str) -> None:
    """Have PostgreSQL look at what it holds, as it does by itself where it is left to it."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute("analyze")
    finally:
        await connection.close()


def compare(names: Sequence[str], sizes: Sequence[int], folder: str, server: str) -> int:
    """Measure every row at every size, and print what each says; 1 when one grows too fast."""
    bad, asking = 0, list[Cost]()
    with contextlib.ExitStack() as stack:
        if server or not folder:
            # What is kept in a database that is dropped again is not found again by its folder either.
            folder = stack.enter_context(tempfile.TemporaryDirectory(dir=folder or None))
        urls = {size: _kept_in(server, nth, stack) if server else "" for nth, size in enumerate(sizes)}
        for size in sizes:
            made(Path(folder) / str(size), size, urls[size])
            if server:
                asyncio.run(_counted_rows(urls[size]))
        print(f"on {'PostgreSQL' if server else 'SQLite'}")
        print(f"{'':50}" + "".join(f"{size:>28,}" for size in sizes))
        for name in sorted(names, key=list(ROWS).index):
            if name in PAGES and not asking:
                asking = [_there(LAY, size, Path(folder) / str(size), urls[size]) for size in sizes]
            costs = [_measured(name, size, Path(folder) / str(size), urls[size]) for size in sizes]
            wrong = verdict(sizes, costs)
            bad += bool(wrong)
            figures = "".join(f"{c.seconds * 1000:11,.1f} ms {c.statements:6,} {c.memory:4.0f} MB" for c in costs)
            said = "; ".join(wrong) or "at most linear, memory flat"
            print(f"{ROWS[name][0]:50}{figures}   {said}", flush=True)
    return int(bool(bad))


def main() -> int:
    told = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    told.add_argument("--only", nargs="+", choices=tuple(ROWS), default=list(ROWS))
    told.add_argument("--sizes", nargs="+", type=int, default=list(SIZES))
    told.add_argument("--folder", default="", help="where the companies are made, and found again the next time")
    told.add_argument("--database", default="", help="a PostgreSQL server, by the URL of a login that makes databases")
    told.add_argument("--one", nargs=4, metavar=("ROW", "SIZE", "FOLDER", "URL"), help=argparse.SUPPRESS)
    given = told.parse_args()
    if given.one:
        name, size, folder, url = given.one
        print(json.dumps(asyncio.run(_one(name, int(size), Path(folder), url)).__dict__))
        return 0
    return compare(given.only, given.sizes, given.folder, given.database)


if __name__ == "__main__":
    sys.exit(main())
