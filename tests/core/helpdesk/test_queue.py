"""How many tickets of which sort there are, and that no ticket is read to know it."""

from datetime import timedelta

from core import clock, database
from core.engines import PooledPostgres
from core.helpdesk import queue, snoozing, tickets
from tests.core.cast import Cast, as_
from tests.core.conftest import MONDAY
from tests.core.helpdesk.test_tickets import asks


async def test_the_counts_are_those_of_the_lists_they_stand_over(maju: Cast) -> None:
    mine, _untaken, aside, done, waits = [await asks(maju, f"pertanyaan {nth}") for nth in range(5)]
    async with database.transaction(maju.company):
        await tickets.take(mine, by=as_(maju.ratna))
        await tickets.take(waits, by=as_(maju.sari))
        await tickets.answer(waits, "Ukuran apa?", by=as_(maju.sari), read=waits.last, then=tickets.WAITING)
        await snoozing.snooze(aside, MONDAY + timedelta(days=3), by=as_(maju.ratna))
        await tickets.solve(done, by=as_(maju.ratna), read=done.last)
    async with database.reading(maju.company):
        counts = await queue.counts(as_(maju.ratna).name)
        assert await queue.next_due() is not None
    assert (counts.open, counts.mine, counts.untaken, counts.late) == (3, 1, 1, 0)
    with clock.freeze(MONDAY + timedelta(days=20)):
        async with database.reading(maju.company):
            assert (await queue.counts(as_(maju.ratna).name)).late == 2


async def test_counting_reads_the_index_and_no_ticket(maju: Cast) -> None:
    if isinstance(database.engine(), PooledPostgres):  # of a table this small it reads all, whatever is asked
        return
    asked = queue.COUNTS.replace(":company", "1").format("'person:1'", "'2026-07-06'")
    async with database.reading(maju.company):
        running = database.engine().current_transaction.get()
        assert running is not None
        cursor = await running.connection.execute(f"explain query plan {asked}")
        plan = [str(dict(row)) for row in await cursor.fetchall()]
    assert sum("COVERING INDEX ticket_open" in step for step in plan) == 2
    assert sum("INDEX ticket_agent" in step for step in plan) == 1
    assert not any("SCAN ticket" in step for step in plan)
