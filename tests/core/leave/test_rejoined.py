"""A first day that is put right: the balance is what it would have been, and nothing that was used is taken."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from core import clock, database
from core.audit import AuditEntry
from core.leave import lots, policies, types
from core.leave.policy import DAY, Period
from core.people import directory
from tests.core.cast import HR, Cast
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


RARE = "extra_rest"
NIGHTS = (date(2026, 7, 20), date(2026, 9, 7), date(2027, 1, 18), date(2027, 2, 22), date(2027, 9, 6))


async def yearly_from_the_first_day(cast: Cast, schedule: str) -> None:
    """A kind of the company's own whose year begins on the anniversary."""
    since = clock.today("Asia/Jakarta")
    kind = types.Kind(RARE, since, "Istirahat Tambahan", "Extra rest", "", days=12 * DAY, schedule=schedule)
    async with database.transaction(cast.company):
        draft = await policies.draft(replace(kind, basis="anniversary", due="first"), [], actor=HR)
        await policies.publish(draft, actor=HR)


@pytest.mark.parametrize(
    ("joined", "schedule"),
    [("2024-01-10", "monthly"), ("2024-02-15", "yearly"), ("2024-09-02", "yearly"), ("2023-06-20", "monthly"),
     ("2024-12-31", "monthly")],
)  # fmt: skip
async def test_a_year_that_begins_on_the_first_day_moves_with_it(maju: Cast, joined: str, schedule: str) -> None:
    """Who was written down with a wrong first day has, from then on, what a colleague of the same day always had."""
    await yearly_from_the_first_day(maju, schedule)
    await applied(maju, f"{HEAD}\n0951,Aji Pratama,2024-02-01\n0952,Ayu Lestari,{joined}\n")
    async with database.reading(maju.company):
        aji, ayu = await directory.by_number("0951"), await directory.by_number("0952")
        assert aji is not None and ayu is not None
    for who in (aji, ayu):
        await maju.asks(who, Period(date(2026, 7, 9), date(2026, 7, 9)), leave_type=RARE)
    await applied(maju, f"{HEAD}\n0951,Aji Pratama,{joined}\n")
    await both_have_the_same(maju, aji.id, ayu.id)
    for night in NIGHTS:
        with clock.freeze(datetime(night.year, night.month, night.day, 0, 10, tzinfo=ZoneInfo("Asia/Jakarta"))):
            await maju.night()
            await both_have_the_same(maju, aji.id, ayu.id)


async def both_have_the_same(cast: Cast, one: int, other: int) -> None:
    async with database.reading(cast.company):
        assert await lots.stored(one, RARE) == await lots.recount(one, RARE)
        assert await lots.stored(one, RARE) == await lots.stored(other, RARE), clock.today("Asia/Jakarta")
        mine, theirs = await lots.left(one, RARE), await lots.left(other, RARE)
        assert sorted((lot.valid_to, lot.left) for lot in mine) == sorted((lot.valid_to, lot.left) for lot in theirs)


async def test_a_year_that_moved_moves_back_when_the_file_is_undone(maju: Cast) -> None:
    await yearly_from_the_first_day(maju, "yearly")
    await maju.night()

    async def standing() -> list[tuple[date, int]]:
        async with database.reading(maju.company):
            return [(lot.valid_to, lot.left) for lot in await lots.left(maju.budi.id, RARE)]

    before = await standing()
    assert before == [(date(2027, 1, 31), 12 * DAY)]
    public = await applied(maju, f"{HEAD}\n0412,Budi Santoso,2024-09-02\n")
    assert await standing() == [(date(2026, 9, 1), 12 * DAY)]
    await undone(maju, public)
    assert await standing() == before
