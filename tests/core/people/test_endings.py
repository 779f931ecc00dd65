"""What files and forms of people left behind goes at its end, and nothing that is still needed goes with it."""

from datetime import date, timedelta

import pytest

from core import audit, clock, database, purges
from core.audit import AuditEntry
from core.errors import Refused
from core.people import applying, careers, coming, directory, endings, imports
from core.people.tables import ImportBatch, ImportRow
from tests.core.cast import HR, Cast
from tests.core.conftest import MONDAY
from tests.core.people.test_batches import GOOD, MIXED, applied, batch, sent

YEAR, DAY = timedelta(days=365), timedelta(days=1)


async def night(cast: Cast, after: timedelta) -> None:
    with clock.freeze(MONDAY + after):
        await endings.forget()
        await purges.sweep(cast.company)


async def kept(cast: Cast) -> tuple[set[str], int]:
    """The addresses of the batches that are there, and how many lines they have."""
    async with database.reading(cast.company):
        rows = await ImportBatch.select(ImportBatch.public)
        return {row["public"] for row in rows}, await ImportRow.count()


async def test_a_file_goes_a_year_after_it_was_applied_and_what_it_did_stays(maju: Cast) -> None:
    public = await applied(maju, GOOD)
    number = (await batch(maju, public)).id
    await night(maju, YEAR - DAY)
    assert public in (await kept(maju))[0]
    await night(maju, YEAR + DAY)
    assert await kept(maju) == (set(), 0), "those by which the company began are as old"
    async with database.reading(maju.company):
        aji, budi = await directory.by_number("0904"), await directory.by_number("0412")
        told = await AuditEntry.select(AuditEntry.action).where(AuditEntry.object == f"import:{number}")
        assert await audit.first_broken() is None
        assert await careers.changes(maju.budi.id) == []
    assert aji is not None and budi is not None
    assert (aji.name, budi.department_name) == ("Aji Pratama", "Toko")
    assert {row["action"] for row in told} == {"people.received", "people.imported"}


async def test_after_a_year_it_is_not_undone_and_says_so(maju: Cast) -> None:
    public = await applied(maju, GOOD)
    with clock.freeze(MONDAY + YEAR + timedelta(minutes=1)), pytest.raises(Refused, match="undo_past"):
        await applying.undo(maju.company, public, by=HR)
    assert (await batch(maju, public)).state == "applied"
    with clock.freeze(MONDAY + YEAR - timedelta(minutes=1)):
        await applying.undo(maju.company, public, by=HR)
    await night(maju, YEAR + DAY)
    assert public in (await kept(maju))[0], "what is being taken back is not swept away under it"


async def test_what_was_never_applied_goes_after_thirty_days(maju: Cast) -> None:
    first, lines = await kept(maju)
    for text in (MIXED, GOOD):
        await sent(maju, text)
    await night(maju, timedelta(days=29))
    assert len((await kept(maju))[0]) == len(first) + 2
    await night(maju, timedelta(days=31))
    assert await kept(maju) == (first, lines)


async def test_a_file_whose_reading_never_ended_goes_too(maju: Cast) -> None:
    first, _ = await kept(maju)
    public = await sent(maju, MIXED)
    async with database.transaction(maju.company):
        await ImportBatch.update({ImportBatch.state: "reading"}).where(ImportBatch.public == public)
    await night(maju, timedelta(days=31))
    assert (await kept(maju))[0] == first


async def test_what_is_planned_for_later_is_kept_until_a_year_after_it_began(maju: Cast) -> None:
    begins = date(2027, 12, 1)
    cells = {"employee_number": "0412", "name": "Budi Santoso", "department": "Toko"}
    assert await imports.change(maju.company, cells, actor=HR, begins=begins) == []
    at = MONDAY + YEAR + 30 * DAY
    await night(maju, at - MONDAY)
    ((public,), lines) = await kept(maju)
    assert lines == 1
    with clock.freeze(at):
        async with database.reading(maju.company):
            assert list(await coming.planned(maju.budi.id)) == [begins]
        await coming.take_back(maju.company, public, by=HR)
    assert (await batch(maju, public)).state == "undoing", "it can be taken back until it begins"
