"""SIGKILL at any commit of an import: nobody ever sees a part of it, and it comes to its end with everybody once."""

import asyncio
import os
import signal
import sys
from datetime import timedelta

import pytest

from core import clock, database
from core.people import applying, batches
from core.people.batches import Sent
from core.people.tables import Assignment, Employment, ImportBatch, ImportRow, Person
from tests.core import conftest
from tests.core.cast import HR, Cast
from tests.core.conftest import MASTER, MONDAY

PEOPLE = 90
FILE = "employee_number,name,position\n0412,Budi Santoso,Kasir\n" + "".join(
    f"8{one:03},Orang {one},Staf\n" for one in range(PEOPLE)
)


async def worker(url: str, hours: int, crash_at: str = "") -> int:
    """Let a process of its own do what is due; how it ended."""
    began = (MONDAY + timedelta(hours=hours)).isoformat()
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.core.people.killed", url, str(conftest.KEYS), MASTER, began,
        env={**os.environ, "CRASH_AT": crash_at},
    )  # fmt: skip
    return await child.wait()


async def state(cast: Cast, public: str) -> tuple[str, int, str | None]:
    """How far the batch is, how many of its people are there, and what Budi is."""
    async with database.reading(cast.company):
        batch = await ImportBatch.objects().get(ImportBatch.public == public)
        new = await Employment.count().where(Employment.number.like("8%"))
        assert await Person.count().where(Person.search.like("orang%")) == new
        assert await Assignment.count().where(Assignment.position == "Staf") == new
        budi = (
            await Assignment.select(Assignment.position)
            .where((Assignment.employment == cast.budi.id) & Assignment.until.is_null())
            .first()
        )
    assert batch is not None
    assert budi is not None
    return batch.state, new, budi["position"]


@pytest.mark.parametrize("point", ["database.before_commit", "database.after_commit"])
async def test_a_killed_import_takes_nothing_or_everything(maju: Cast, open_database: str, point: str) -> None:
    deaths, hours = 0, 0
    for nth in (3,):
        public = await batches.receive(
            maju.company, FILE.encode(), Sent("file", "orang.csv", "", "", MONDAY.date(), HR)
        )
        deaths += await worker(open_database, hours + 1, f"{point}#{nth}") == -signal.SIGKILL
        told = await state(maju, public)
        assert told[1:] == (0, None)
        hours += 10
        assert await worker(open_database, hours) == 0
        assert (await state(maju, public))[0] == "checked"
        async with database.reading(maju.company):
            batch = await ImportBatch.objects().get(ImportBatch.public == public)
            assert batch is not None
            lines = [
                row["row"]
                for row in await ImportRow.select(ImportRow.row)
                .where(ImportRow.batch == batch.id)
                .order_by(ImportRow.row)
            ]
        assert lines == list(range(2, PEOPLE + 3)), "each line once, however often it was interrupted"
        await batches.drop(maju.company, public, by=HR)
        hours += 10
    assert deaths == 1

    public = await batches.receive(maju.company, FILE.encode(), Sent("file", "orang.csv", "", "", MONDAY.date(), HR))
    assert await worker(open_database, hours + 1) == 0
    hours += 10
    with clock.freeze(MONDAY + timedelta(hours=hours)):
        await applying.apply(maju.company, public, by=HR)
    # The first commit takes the job, the second keeps numbers for who is new, the third makes all of it true.
    assert await worker(open_database, hours + 1, f"{point}#2") == -signal.SIGKILL
    assert await state(maju, public) == ("applying", 0, None)
    hours += 10
    assert await worker(open_database, hours + 1, f"{point}#3") == -signal.SIGKILL
    before = point == "database.before_commit"
    assert await state(maju, public) == (("applying", 0, None) if before else ("applied", PEOPLE, "Kasir"))
    hours += 10
    assert await worker(open_database, hours + 1) == 0
    assert await state(maju, public) == ("applied", PEOPLE, "Kasir")
