"""Reads every chain of the installation through once a night, so that a broken one is known before somebody asks."""

from core import audit, database, jobs, log
from core.accounts.tables import Company


@jobs.cron("40 1 * *", "audit.nightly")
async def nightly() -> None:
    """Have each company's chain read through."""
    async with database.installation(writes=False):
        companies = await Company.select(Company.id)
    for row in companies:
        async with database.transaction(row["id"]):
            await jobs.enqueue("audit.verify")


@jobs.cron("7 * * * *", "audit.hourly")
async def hourly() -> None:
    """Have each company's newest entry kept with the keys."""
    async with database.installation(writes=False):
        companies = await Company.select(Company.id)
    for row in companies:
        async with database.transaction(row["id"]):
            await jobs.enqueue("audit.anchor")


@jobs.job("audit.anchor")
async def keep(company: int) -> None:
    """Keep one company's newest entry, and be loud when its chain is not whole."""
    async with database.reading(company):
        whole = await audit.anchor()
    if not whole:
        log.error("audit_chain_broken", company=company, number=None)


@jobs.job("audit.verify")
async def verify(company: int) -> None:
    """Read one chain through, and be loud when it is broken."""
    async with database.reading(company):
        broken = await audit.first_broken()
    if broken is not None:
        log.error("audit_chain_broken", company=company, number=broken)
