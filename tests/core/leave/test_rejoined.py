"""A first day that is put right: the balance is what it would have been, and nothing that was used is taken."""

from core import database
from core.audit import AuditEntry
from core.leave import lots
from core.leave.policy import DAY
from core.people import directory
from tests.core.cast import Cast
from tests.core.people.test_batches import applied, undone

HEAD = "employee_number,name,join_date"


async def left(cast: Cast, number: str) -> int:
    async with database.reading(cast.company):
        who = await directory.by_number(number)
        assert who is not None
        return await lots.balance(who.id)


async def test_who_came_earlier_than_the_file_said_has_what_others_of_that_day_have(maju: Cast) -> None:
    await applied(maju, f"{HEAD}\n0951,Aji Pratama,2025-11-26\n0952,Ayu Lestari,2024-01-01\n")
    assert (await left(maju, "0951"), await left(maju, "0952")) == (0, 4 * DAY)
    await applied(maju, f"{HEAD}\n0951,Aji Pratama,2024-01-01\n")
    assert await left(maju, "0951") == 4 * DAY


async def test_who_came_later_loses_what_is_left_and_gets_it_back_when_the_file_is_undone(maju: Cast) -> None:
    assert await left(maju, "0412") == 4 * DAY
    public = await applied(maju, f"{HEAD}\n0412,Budi Santoso,2025-10-01\n")
    assert await left(maju, "0412") == 0
    async with database.reading(maju.company):
        (entry,) = await AuditEntry.objects().where(AuditEntry.action == "leave.rejoined")
    assert "8000" in entry.meta
    await undone(maju, public)
    assert await left(maju, "0412") == 4 * DAY


async def test_a_first_day_that_changes_nothing_moves_nothing(maju: Cast) -> None:
    await applied(maju, f"{HEAD}\n0412,Budi Santoso,2024-03-01\n")
    assert await left(maju, "0412") == 4 * DAY
    async with database.reading(maju.company):
        assert not await AuditEntry.exists().where(AuditEntry.action == "leave.rejoined")
