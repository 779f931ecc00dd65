"""What happens to leave by the calendar: each night grants, expiries, collective days that came, and the comparison."""

from collections.abc import Sequence

from core import clock, database, jobs, log
from core.accounts.tables import Company
from core.leave import (
    documents,
    ledger,
    nights,
    opening_files,
    rejoined,
    requests,
    told,
    worked_day,
    worked_past,
)

ZONE = "Asia/Jakarta"
PART = 500
SETTLES = (requests.settle, worked_day.settle)  # registered by being imported
FILES = opening_files.check  # the same
REJOINED = rejoined.follow  # the same
WORKED = worked_past.give  # the same


@jobs.cron("10 0 * *", "leave.nightly")
async def nightly() -> None:
    """Have every company's leave brought up to today."""
    async with database.installation(writes=False):
        companies = await Company.select(Company.id).where(Company.kind == "company")
    for row in companies:
        async with database.transaction(row["id"]):
            await jobs.enqueue("leave.bring_up_to_date", dedupe=f"leave:{row['id']}:{clock.today(ZONE)}")


@jobs.job("leave.bring_up_to_date", lane=jobs.BULK)
async def bring_up_to_date(company: int, after: int = 0) -> None:
    """Do the night's work for each day since the last night, and compare the balances.

    Goes through a company in parts: each part is a job of its own, which writes the next. What a part costs does not
    grow with its people: everything is read and written for all of them at once.
    """
    async with database.transaction(company):
        await database.lock_name(f"leave:{company}")
        by_day, last = await nights.stretch(after, PART)
        for today, spells in sorted(by_day.items()):
            await nights.catch_up(spells, today)
        await _compare(company, [one.id for spells in by_day.values() for one in spells])
        if last is not None:
            await jobs.enqueue("leave.bring_up_to_date", last)


@jobs.job("leave.remind_paper")
async def remind_paper(company: int, leave: int) -> None:
    """Remind an employee of a paper that is expected today, unless it has come."""
    async with database.transaction(company):
        waiting = await documents.waiting(leave)
        if waiting is not None:
            await told.document_due(waiting)


async def _compare(company: int, employments: Sequence[int]) -> None:
    """Say whose balance is not what their entries add up to; five figures of it are enough to look at."""
    counted, stored = await ledger.recounted(employments), await ledger.projected(employments)
    for whose in sorted(set(counted) | set(stored)):
        if counted.get(whose, (0, 0, 0)) != stored.get(whose, (0, 0, 0)):
            log.error("leave_balance_differs", company=company, number=whose[0], kind=whose[1])
