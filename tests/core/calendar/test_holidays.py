"""The days off of the decrees, as everything else counts by them."""

from datetime import date

from core import database
from core.calendar import holidays
from core.calendar.tables import Holiday


async def test_the_collective_days_of_2026_that_cost_leave_are_those_of_the_decree(open_database: str) -> None:
    async with database.installation(writes=False):
        days = [row.date for row in await holidays.collective(2026)]
    assert sorted(days) == [
        date(2026, 2, 16), date(2026, 3, 18), date(2026, 3, 20), date(2026, 3, 23), date(2026, 3, 24),
        date(2026, 5, 15), date(2026, 5, 28), date(2026, 12, 24),
    ]  # fmt: skip


async def test_both_ends_of_a_span_count(open_database: str) -> None:
    async with database.installation(writes=False):
        assert set(await holidays.within(date(2026, 8, 17), date(2026, 8, 25))) == {
            date(2026, 8, 17),
            date(2026, 8, 25),
        }
        assert await holidays.within(date(2026, 8, 18), date(2026, 8, 24)) == {}


async def test_a_day_that_is_both_is_called_by_its_national_name(open_database: str) -> None:
    both = date(2031, 1, 1)
    async with database.installation():
        for kind, name in (("national", "Resmi"), ("collective", "Cuti Bersama")):
            await Holiday.insert(Holiday(date=both, kind=kind, name=name, status="decreed", decree=None))
        assert (await holidays.within(both, both))[both].name == "Resmi"
        assert await holidays.collective(2031) == []
        await holidays.load()
        assert await holidays.within(both, both) == {}


async def test_every_day_of_the_list_is_known_with_how_sure_it_is(open_database: str) -> None:
    async with database.installation(writes=False):
        days = await holidays.within(date(2024, 1, 1), date(2040, 1, 1))
    assert {row.kind for row in days.values()} == {"national", "collective"}
    assert {row.status for row in days.values()} <= {"decreed", "published", "estimated"}
    assert all(row.decree for day, row in days.items() if day.year == 2026)
