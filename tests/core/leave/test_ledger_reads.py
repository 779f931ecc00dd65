"""One person's page reads one person's entries, however long the ledger of the company is."""

import pytest

from core import database
from core.engines import PooledPostgres
from core.leave import ledger
from tests.core.cast import Cast


@pytest.mark.parametrize("kind", ["payout", "adjust"])
async def test_what_batches_wrote_of_somebody_is_found_by_their_lots(maju: Cast, kind: str) -> None:
    async with database.reading(maju.company):
        asked = ledger.of_batches(maju.budi.id, kind)
        assert await asked == [], "nothing was paid out or put right yet"
        if isinstance(database.engine(), PooledPostgres):  # of a table this small it reads all, whatever is asked
            return
        running = database.engine().current_transaction.get()
        assert running is not None
        cursor = await running.connection.execute(f"explain query plan {asked}")
        plan = str([dict(row) for row in await cursor.fetchall()])
    assert "SEARCH leave_entry" in plan
    assert "SCAN leave_entry" not in plan
    assert "lot=?" in plan
