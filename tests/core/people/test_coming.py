"""What is planned is told before it happens, with what was before beside it, and can be taken back until then."""

from datetime import date, timedelta

import pytest

from core import clock, database, jobs
from core.audit import Actor
from core.people import applying, coming, headcount, imports
from tests.core.cast import Cast, lay
from tests.core.conftest import MONDAY

HR = Actor("hr", "test")
TODAY = MONDAY.date()
FAR = TODAY + timedelta(days=365)


async def planned(maju: Cast, kind: str = "", until: date = FAR) -> list[tuple[str, str, str, object]]:
    async with database.reading(maju.company):
        found = await coming.changes(TODAY, until, kind)
    return [(one.on.isoformat(), one.kind, one.name, one.what) for one in found]


async def change(maju: Cast, begins: date | None = None, **cells: str) -> None:
    assert await imports.change(maju.company, cells, actor=HR, begins=begins) == []


async def test_all_that_is_to_come_stands_in_the_order_of_its_days(maju: Cast) -> None:
    assert await planned(maju) == []
    # What begins today is not to come.
    await change(maju, TODAY, employee_number="0412", name="Budi Santoso", department="Produksi")
    await change(maju, TODAY + timedelta(days=26), employee_number="0412", name="Budi Santoso", position="Kepala Regu")
    await change(maju, employee_number="0900", name="Nia Baru", join_date="2026-07-20", department="Gudang")
    await change(maju, employee_number="0412", name="Budi Santoso", resign_date="2026-12-31")
    await change(maju, employee_number="0900", name="Nia Baru", employment_type="pkwt", resign_date="2027-01-31")
    told = await planned(maju)
    assert [one[:3] for one in told] == [
        ("2026-07-20", "joins", "Nia Baru"),
        ("2026-08-01", "moves", "Budi Santoso"),
        ("2026-12-31", "ends", "Budi Santoso"),
        ("2027-01-31", "contract_ends", "Nia Baru"),
    ]
    assert [(name, after) for name, _, after in told[1][3]] == [("position", "Kepala Regu")]  # type: ignore[attr-defined]
    assert [one[1] for one in await planned(maju, "ends")] == ["ends"]
    assert [one[1] for one in await planned(maju, until=TODAY + timedelta(days=30))] == ["joins", "moves"]
    with clock.freeze(MONDAY + timedelta(days=40)):
        async with database.reading(maju.company):
            later = await coming.changes(clock.today("Asia/Jakarta"), FAR)
    assert [one.kind for one in later] == ["ends", "contract_ends"], "what has come is not to come"


async def test_a_planned_change_is_corrected_on_its_day_and_taken_back(maju: Cast) -> None:
    on = TODAY + timedelta(days=26)
    await change(maju, on, employee_number="0412", name="Budi Santoso", position="Kepala Regu")
    async with database.reading(maju.company):
        (one,) = await coming.changes(TODAY, FAR)
        spell = maju.budi.id
        assert await coming.planned(spell) == {on: (one.batch, True)}
    assert one.alone
    await applying.undo(maju.company, one.batch, by=HR)
    await jobs.drain()
    assert await planned(maju) == []
    await change(maju, on, employee_number="0412", name="Budi Santoso", position="Kepala Regu")
    await change(maju, on, employee_number="0412", name="Budi Santoso", position="Kepala Gudang")
    ((_, _, _, what),) = await planned(maju)
    assert [after for _, _, after in what] == ["Kepala Gudang"]  # type: ignore[attr-defined]


async def test_taking_a_corrected_plan_back_leaves_no_plan_before_it(maju: Cast) -> None:
    on, later = TODAY + timedelta(days=26), TODAY + timedelta(days=56)
    for day, position in ((later, "Kepala Gudang"), (on, "Kepala Regu"), (on, "Mandor"), (on, "Pengawas")):
        await change(maju, day, employee_number="0412", name="Budi Santoso", position=position)
    async with database.reading(maju.company):
        first, _ = await coming.changes(TODAY, FAR)
    assert first.what[0][2] == "Pengawas"
    await coming.take_back(maju.company, first.batch, by=HR)
    await jobs.drain()
    assert [(one[0], one[3]) for one in await planned(maju)] == [
        (later.isoformat(), (("position", "", "Kepala Gudang"),))
    ], "what is planned for another day stays"


async def test_a_change_of_somebody_who_leaves_before_is_not_to_come(maju: Cast) -> None:
    await change(maju, TODAY + timedelta(days=60), employee_number="0412", name="Budi Santoso", position="Kepala Regu")
    await change(maju, employee_number="0412", name="Budi Santoso", resign_date="2026-07-31")
    assert [one[1] for one in await planned(maju)] == ["ends"]


async def test_the_months_add_up_to_the_people_who_work_here(maju: Cast) -> None:
    async with database.reading(maju.company):
        before = await headcount.months(TODAY)
    assert [one.first for one in before][::11] == [date(2025, 8, 1), date(2026, 7, 1)]
    await change(maju, employee_number="0900", name="Nia Baru", join_date="2026-05-04")
    await change(maju, employee_number="0901", name="Adi Baru", join_date="2026-07-02")
    await change(maju, employee_number="0902", name="Eka Nanti", join_date="2026-07-30")  # planned: not counted yet
    await change(maju, employee_number="0900", name="Nia Baru", resign_date="2026-06-30")
    async with database.reading(maju.company):
        after = await headcount.months(TODAY)
    told = {one.first.month: (one.joined, one.left, one.people) for one in after}
    start = before[-1].people
    base = {one.first.month: one for one in before}
    assert told[5] == (base[5].joined + 1, base[5].left, base[5].people + 1)
    assert told[6] == (base[6].joined, base[6].left + 1, base[6].people)
    assert told[7] == (base[7].joined + 1, base[7].left, start + 1)


@pytest.mark.parametrize("kind", coming.KINDS)
async def test_another_company_hears_nothing_of_it(maju: Cast, kind: str) -> None:
    sinar = await lay("PT Sinar Laut", at="sinar.example")
    await change(maju, TODAY + timedelta(days=26), employee_number="0412", name="Budi Santoso", position="Kepala Regu")
    await change(maju, employee_number="0900", name="Nia Baru", join_date="2026-07-20")
    assert await planned(sinar, kind) == []
