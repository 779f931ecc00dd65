"""Reads every chain of the installation through once a night, so that a broken one is known before somebody asks."""

from core import audit, database, jobs, log, metrics
from core.accounts.tables import Company


@jobs.cron("40 1 * *", "audit.nightly")
async def nightly() -> None:
    """Have each company's chain read through."""
    async with database.installation(writes=False):
        companies = await Company.select(Company.id)
    for row in companies:
        async with database.transaction(row["id"]):
            await jobs.enqueue("audit.verify")


@jobs.cron("*/5 * * * *", "audit.anchors")
async def keep() -> None:
    """Keep each company's newest entry with the keys, and be loud where what was added is not whole.

    Whoever cuts off the end of a chain has five minutes for it.
    """
    async with database.installation(writes=False):
        companies = await Company.select(Company.id)
    for row in companies:
        async with database.reading(row["id"]):
            whole = await audit.anchor()
        if not whole:
            metrics.AUDIT_BROKEN.inc()
            log.error("audit_chain_broken", company=row["id"], number=None)


@jobs.job("audit.verify", lane=jobs.BULK)
async def verify(company: int) -> None:
    """Read one chain through, and be loud when it is broken."""
    async with database.reading(company):
        broken = await audit.first_broken()
    if broken is not None:
        metrics.AUDIT_BROKEN.inc()
        log.error("audit_chain_broken", company=company, number=broken)
