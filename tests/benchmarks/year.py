"""A year of leave in a big company: `python -m tests.benchmarks.year [--people 20000] [--requests 400]`.

`--first-night` ends with the night in which the year begins; `--database postgresql://...` measures an empty database of
PostgreSQL instead of a file of SQLite, with the statistics that its autovacuum would keep.

HR imports people of three time zones, publishes a rule for what is carried and a chain of two steps; the collective days
of the year are held, people ask and heads decide month by month, the calendar is followed at night, and the year turns: carried days, expiries and new grants. Prints what each took, then asks why of many balances and recounts every one;
ends with 1 when a sum is not what the balance says.
"""

import argparse
import asyncio
import logging
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import asyncpg

import serambi  # noqa: F401  every job is known
from bot import delivery
from core import clock, database, jobs, settings
from core.accounts.tables import Company
from core.approvals import publishing, rules
from core.approvals.decisions import decide
from core.approvals.rules import Condition, Level, Rules, Who
from core.approvals.tables import Request, StepApprover
from core.approvals.waiting import waiting_for
from core.audit import Actor
from core.errors import Refused
from core.leave import explain, ledger, lots, policies, requests, types
from core.leave import jobs as leave_jobs
from core.leave.policy import Period
from core.people import directory
from core.people.tables import Employment
from tests.benchmarks.big_company import made

BY = Actor("benchmark", "command")
ZONE = ZoneInfo("Asia/Jakarta")
YEAR = clock.today("Asia/Jakarta").year + 1  # the people are imported today
WHY = 300  # balances that are asked about
LONG = (Condition("days", rules.OVER, 2_000),)
CHAIN = Rules((Level((Who(rules.MANAGER),)), Level((Who(rules.MANAGERS_MANAGER),), when=LONG)))


async def timed(what: str, act: Awaitable[Any]) -> Any:
    begun, busy = time.perf_counter(), time.process_time()
    made_of_it = await act
    print(f"{what:56} {time.perf_counter() - begun:8.1f} s  (own work {time.process_time() - busy:7.1f} s)", flush=True)
    return made_of_it


async def night() -> None:
    await leave_jobs.nightly()
    await jobs.drain()


async def asked(company: int, who: int, chance: random.Random) -> Request | None:
    """Somebody asks for one to four days within the next month; None where a rule says no."""
    async with database.reading(company):
        me = await directory.at_work(who)
    if me is None:
        return None
    starts = clock.today(me.zone) + timedelta(days=chance.randint(7, 30))
    period = Period(starts, starts + timedelta(days=chance.randint(0, 4)))
    try:
        sent = await requests.submit(me, "annual", period, "keluarga", actor=Actor(f"person:{me.person}", "telegram"))
    except Refused:
        return None
    async with database.reading(company):
        return await Request.objects().where(Request.id == sent.request).first()


async def decided(company: int, request: Request) -> int:
    """Each step's head agrees; returns how many there were."""
    for steps in range(1, 5):
        async with database.reading(company):
            fresh = await Request.objects().where(Request.id == request.id).first()
            assert fresh is not None
            seats = await StepApprover.select(StepApprover.person).where(StepApprover.step.request == request.id)
            heads = [one["person"] for one in seats]
            asked_now = [one for one in heads if request.id in {waits.id for waits in await waiting_for(one)}]
            who = asked_now[-1] if asked_now else None
        if who is None:
            return steps - 1
        await decide(fresh, "approve", reason=None, person=who, version=fresh.version, channel="web")
    return 4


async def the_year(company: int, wanted: int) -> int:
    chance = random.Random(3)
    async with database.reading(company):
        people = [row["id"] for row in await Employment.select(Employment.id)]
    took: dict[str, list[float]] = {"asked": [], "decided": []}
    steps = 0
    for month in range(1, 13):
        clock.move(datetime(YEAR, month, 4, 0, 20, tzinfo=ZONE))
        await timed(f"night of 4 {month:02}", night())
        clock.move(datetime(YEAR, month, 4, 9, 0, tzinfo=ZONE))
        for who in chance.sample(people, wanted // 12):
            begun = time.perf_counter()
            request = await asked(company, who, chance)
            took["asked"].append((time.perf_counter() - begun) * 1000)
            if request is not None:
                begun = time.perf_counter()
                steps += await decided(company, request)
                took["decided"].append((time.perf_counter() - begun) * 1000)
        await jobs.drain()
    for name, all_of in took.items():
        late = sorted(all_of)[int(len(all_of) * 0.95)]
        print(f"{name:12} {len(all_of):6}  p50 {statistics.median(all_of):7.1f} ms  p95 {late:7.1f} ms")
    print(f"decisions {steps}")
    return steps


async def whys(company: int) -> int:
    """Ask why of many balances, and recount all; returns how many are wrong."""
    wrong = 0
    async with database.reading(company):
        people = [row["id"] for row in await Employment.select(Employment.id)]
        begun = time.perf_counter()
        for who in random.Random(5).sample(people, min(WHY, len(people))):
            lines = await explain.lines(who)
            wrong += sum(one.quantity for one in lines) != await lots.balance(who)
        print(f"why, {WHY} people: {(time.perf_counter() - begun) * 1000 / WHY:.1f} ms each, {wrong} wrong")
        for first in range(0, len(people), 500):
            some = people[first : first + 500]
            counted, stored = await ledger.recounted(some), await ledger.projected(some)
            wrong += sum(counted.get(one, (0, 0, 0)) != stored.get(one, (0, 0, 0)) for one in {*counted, *stored})
    return wrong


async def analysed(url: str) -> None:
    """Have PostgreSQL look at what it holds, as it does by itself where it is left to it."""
    if url:
        connection = await asyncpg.connect(url)
        await connection.execute("analyze")
        await connection.close()


async def run(people: int, wanted: int, folder: Path, url: str = "", *, first_night: bool = False) -> int:
    company = made(folder, people, url)
    print(f"import of {people:,} people with the leave they are due: {company.took:.1f} s")
    settings.use(settings.load({n: v for n, v in company.environment.items() if n.startswith("SERAMBI_")}))
    await database.open_database(settings.current())
    try:
        async with database.installation():
            row = await Company.objects().get(Company.slug == company.slug)
        assert row is not None
        clock.move(datetime(YEAR - 1, 12, 31, 0, 20, tzinfo=ZONE))
        await analysed(url)
        await timed("the nights from today to the end of the year", night())
        clock.move(datetime(YEAR, 1, 1, 0, 20, tzinfo=ZONE))
        await analysed(url)
        await timed("the first night: grants, collective days", night())
        if first_night:
            return 0
        clock.move(datetime(YEAR, 1, 2, 8, 0, tzinfo=ZONE))
        async with database.reading(row.id):
            kind = await types.of("annual")
        carried = replace(kind, from_=date(YEAR, 2, 1), carry_days=3_000, carry_months=3)
        async with database.transaction(row.id):
            draft = await policies.draft(carried, [], actor=BY)
        async with database.transaction(row.id):
            await policies.publish(draft, actor=BY)
        await publishing.publish(requests.KIND, CHAIN, from_=date(YEAR, 1, 2), company=row.id, actor=BY)
        await the_year(row.id, wanted)
        clock.move(datetime(YEAR + 1, 1, 1, 0, 20, tzinfo=ZONE))
        await timed("the year turns: carried, granted, let go", night())
        clock.move(datetime(YEAR + 1, 4, 1, 0, 20, tzinfo=ZONE))
        await timed("what was carried expires", night())
        wrong = await whys(row.id)
        print(f"balances that are not what their lines add up to: {wrong}")
        return int(bool(wrong))
    finally:
        clock.move(None)
        await delivery.close()
        await database.close_database()


if __name__ == "__main__":
    logging.getLogger("piccolo").setLevel(logging.WARNING)
    told = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    told.add_argument("--people", type=int, default=20_000)
    told.add_argument("--requests", type=int, default=400)
    told.add_argument("--database", default="")
    told.add_argument("--first-night", action="store_true")
    given = told.parse_args()
    with tempfile.TemporaryDirectory() as made_in:
        sys.exit(
            asyncio.run(run(given.people, given.requests, Path(made_in), given.database, first_night=given.first_night))
        )
