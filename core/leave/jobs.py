"""What happens to leave by the calendar: each night grants, expiries, collective days that came, and the comparison."""

from core import clock, database, jobs, log
from core.accounts.tables import Company
from core.leave import lots
from core.people import directory

ZONE = "Asia/Jakarta"
PART = 200


@jobs.cron("10 0 * *", "leave.nightly")
async def nightly() -> None:
    """Have every company's leave brought up to today."""
    async with database.installation(writes=False):
        companies = await Company.select(Company.id).where(Company.kind == "company")
    for row in companies:
        async with database.transaction(row["id"]):
            await jobs.enqueue("leave.bring_up_to_date", dedupe=f"leave:{row['id']}:{clock.today(ZONE)}")


@jobs.job("leave.bring_up_to_date")
async def bring_up_to_date(company: int, after: int = 0) -> None:
    """Grant what is due, let go what is over, take collective days that have come, and compare the balances.

    Goes through a company in parts: each part is a job of its own, which writes the next.
    """
    async with database.reading(company):
        people, last = await directory.batch(after, PART)
    for one in people:
        async with database.transaction(company):
            today = clock.today(one.zone)
            await lots.grant(one.id, one.joins, today.year, today)
            await lots.take_collective(one.id, today)
            await lots.expire(one.id, today)
            available, held, taken = await lots.recount(one.id)
            stored = await lots.stored(one.id)
            if stored is not None and stored != (available, held, taken):
                log.error("leave_balance_differs", company=company, number=one.id)
    if last is not None:
        async with database.transaction(company):
            await jobs.enqueue("leave.bring_up_to_date", last)
