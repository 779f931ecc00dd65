"""When what a file or a form of people left behind ends: the file itself after thirty days, and with it what was never
applied; its rows, by which it is shown and taken back, a year after it was applied and its changes began.

What the audit says of it stays, and so does what it made of people.
"""

from datetime import datetime, timedelta
from typing import Any

from core import clock, database, jobs
from core.people.batches import APPLIED, CHECKED, DROPPED, READING, REJECTED, UNDONE
from core.people.tables import ImportBatch, ImportRow
from core.retention import KEPT

KEEP_FILE = timedelta(days=30)


def over(before: datetime) -> Any:
    """The batches that nobody needs any more, when those that were applied are kept since `before`."""
    applied = ImportBatch.state.is_in([APPLIED, UNDONE]) & (ImportBatch.begins < before.date())
    dropped = (ImportBatch.state == DROPPED) & (ImportBatch.made_at < before + KEPT["import_batch"] - KEEP_FILE)
    return (applied & (ImportBatch.applied_at < before)) | dropped


def rows_over(before: datetime) -> Any:
    """The lines of those batches."""
    return ImportRow.batch.is_in(ImportBatch.select(ImportBatch.id).where(over(before)))


@jobs.cron("50 1 * *", "people.forget_files")
async def forget() -> None:
    """Files go after thirty days, and with them what was never applied, however far it had come."""
    from core.accounts.tables import Company

    async with database.installation(writes=False):
        companies = await Company.select(Company.id).where(Company.kind == "company")
    old = clock.now() - KEEP_FILE
    for company in companies:
        async with database.transaction(company["id"]):
            stale = (ImportBatch.made_at < old) & ImportBatch.file.is_not_null()
            unused = await ImportBatch.select(ImportBatch.id).where(
                stale & ImportBatch.state.is_in([CHECKED, REJECTED, READING])
            )  # fmt: skip
            numbers = [row["id"] for row in unused]
            if numbers:
                await ImportRow.delete().where(ImportRow.batch.is_in(numbers))
                await ImportBatch.update({ImportBatch.state: DROPPED}).where(ImportBatch.id.is_in(numbers))
            await ImportBatch.update({ImportBatch.file: None}).where(stale)
