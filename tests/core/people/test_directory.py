"""Who somebody is depends on the day it is asked: spells begin and end, facts change."""

from datetime import date, timedelta

import pytest

from core import clock, database
from core.people import directory
from core.people.tables import Assignment, Department, Employment, Location
from tests.core.cast import Cast, lay
from tests.core.conftest import MONDAY

FIRST_OF_AUGUST = date(2026, 8, 1)


async def moves(cast: Cast, on: date) -> None:
    """Budi becomes Wayan's from a day on."""
    async with database.transaction(cast.company):
        shop = await Department.objects().get(Department.name == "Toko")
        denpasar = await Location.objects().get(Location.name == "Denpasar")
        assert shop is not None
        assert denpasar is not None
        await Assignment.insert(
            Assignment(
                employment=cast.budi.id, from_=on, department=shop.id, location=denpasar.id, manager=cast.wayan.id
            )
        )


async def test_what_begins_later_is_not_true_yet(maju: Cast) -> None:
    await moves(maju, FIRST_OF_AUGUST)
    for days, head, zone in ((0, maju.sari.id, "Asia/Jakarta"), (26, maju.wayan.id, "Asia/Makassar")):
        with clock.freeze(MONDAY + timedelta(days=days)):
            async with database.reading(maju.company):
                budi = await directory.employee(maju.budi.id)
                warehouse = await directory.of_department(maju.sari.department or 0)
        assert (budi.manager, budi.zone) == (head, zone)
        assert ("Budi" in {one.first_name for one in warehouse}) is (days == 0)


async def test_everybody_is_there_once_however_often_their_facts_changed(maju: Cast) -> None:
    await moves(maju, MONDAY.date())
    async with database.reading(maju.company):
        everybody = [one.id for one in await directory.everyone()]
        one, after = await directory.batch(0, 100)
    assert len(everybody) == len(set(everybody)) == 9
    assert (len(one), after) == (9, None)


async def test_who_has_not_begun_or_has_left_does_not_work_here(maju: Cast) -> None:
    async with database.transaction(maju.company):
        await Employment.update({Employment.leaves: date(2026, 7, 5)}).where(Employment.id == maju.budi.id)
        await Assignment.update({Assignment.from_: FIRST_OF_AUGUST}).where(Assignment.employment == maju.tono.id)
    async with database.reading(maju.company):
        for gone in (maju.budi, maju.tono):
            assert await directory.of_person(gone.person) is None
            assert await directory.by_number(gone.number) is None
            assert await directory.at_work(gone.id) is None
        assert (await directory.employee(maju.budi.id)).name == "Budi Santoso"
        with pytest.raises(LookupError, match="begun"):
            await directory.employee(maju.tono.id)


async def test_a_company_is_gone_through_in_parts_without_losing_anybody(maju: Cast) -> None:
    async with database.transaction(maju.company):
        await Employment.update({Employment.leaves: date(2026, 7, 5)}).where(Employment.id == maju.sari.id)
    seen: list[int] = []
    after: int | None = 0
    async with database.reading(maju.company):
        for _ in range(10):
            assert after is not None
            part, after = await directory.batch(after, 2)
            assert len(part) <= 2
            seen += [one.id for one in part]
            if after is None:
                break
    assert sorted(seen) == sorted(one.id for one in maju.people.values() if one.id != maju.sari.id)


async def test_people_are_named_as_far_as_the_place_allows(maju: Cast) -> None:
    assert (maju.budi.first_name, maju.budi.short_name) == ("Budi", "Budi S.")
    cast = await lay("PT Satu", at="satu.example", people="employee_number,name\n1,Suharto\n2,Ni Putu Ayu Lestari\n")
    assert {one.short_name for one in cast.people.values()} == {"Suharto", "Ni L."}


async def test_a_department_may_say_how_many_must_be_in(maju: Cast) -> None:
    async with database.transaction(maju.company):
        await directory.minimum_of(maju.budi.department or 0, 4)
        assert (await directory.employee(maju.budi.id)).minimum == 4
        assert (await directory.employee(maju.dewi.id)).minimum is None
