"""The heat-map of who is away: counted by department and day, for those who may see them."""

from datetime import date, timedelta

import pytest

from core import database
from core.leave import calendar
from core.leave.calendar import Looked
from core.leave.policy import Period
from core.leave.tables import LeaveDay
from core.people import directory, imports
from core.people.tables import Employment
from tests.core.cast import HR, Cast, lay
from tests.core.conftest import MONDAY

TODAY = MONDAY.date()
JULY = date(2026, 7, 1)
TUESDAY = date(2026, 7, 7)


@pytest.fixture
async def maju(open_database: str) -> Cast:
    """PT Maju Bersama, where four people have days to take."""
    return await lay("PT Maju Bersama", granted=("budi", "tono", "dewi", "ratna"))


async def seen(cast: Cast, **more: int) -> calendar.Month:
    async with database.reading(cast.company):
        return await calendar.month(Looked(JULY, **more), TODAY)


def by_name(month: calendar.Month) -> dict[str | None, calendar.Row]:
    return {row.name: row for row in month.rows}


async def test_those_away_are_counted_where_they_work(maju: Cast) -> None:
    await maju.asks(maju.budi, Period(TUESDAY, TUESDAY + timedelta(days=2)))
    await maju.asks(maju.tono, Period(TUESDAY, TUESDAY, "am"))
    await maju.asks(maju.dewi, Period(TUESDAY, TUESDAY))
    month = await seen(maju)
    rows = by_name(month)
    assert rows["Gudang"].away == {TUESDAY: 2, TUESDAY + timedelta(days=1): 1, TUESDAY + timedelta(days=2): 1}
    assert (rows["Gudang"].people, rows["Toko"].away[TUESDAY], rows["HR"].away) == (3, 1, {})
    assert month.people == len(maju.people)
    async with database.reading(maju.company):
        days = await LeaveDay.select(LeaveDay.date).where(LeaveDay.request.is_not_null() & LeaveDay.ended_at.is_null())
    assert sum(month.away.values()) == len(days) == 5


async def test_what_was_taken_back_is_not_away(maju: Cast) -> None:
    asked = await maju.asks(maju.budi, Period(TUESDAY, TUESDAY))
    await maju.decides(maju.sari, asked, "reject", "stok opname")
    assert by_name(await seen(maju))["Gudang"].away == {}


async def test_a_cell_is_thin_when_fewer_than_the_minimum_are_left(maju: Cast) -> None:
    department = maju.budi.department
    assert department is not None
    async with database.transaction(maju.company):
        await directory.minimum_of(department, 2)
    await maju.asks(maju.budi, Period(TUESDAY, TUESDAY))
    assert not by_name(await seen(maju))["Gudang"].thin(TUESDAY)
    async with database.transaction(maju.company):
        await directory.minimum_of(department, 3)
    assert by_name(await seen(maju))["Gudang"].thin(TUESDAY)
    assert not by_name(await seen(maju))["Gudang"].thin(TUESDAY + timedelta(days=1))


async def test_who_joins_or_leaves_counts_on_the_days_they_are_there(maju: Cast) -> None:
    department, last = maju.tono.department, date(2026, 7, 17)
    assert department is not None
    await maju.asks(maju.tono, Period(TUESDAY, TUESDAY))
    new = "employee_number,name,department,join_date\n0904,Aji Pratama,Gudang,2026-07-27\n"
    assert (await imports.take(maju.company, new.encode(), actor=HR)).bad == []
    async with database.transaction(maju.company):
        await directory.minimum_of(department, 2)
        await Employment.update({Employment.leaves: last}).where(Employment.id == maju.tono.id)
    for today, people in ((TODAY, 3), (date(2026, 7, 20), 2), (date(2026, 7, 31), 3)):
        async with database.reading(maju.company):
            row = by_name(await calendar.month(Looked(JULY), today))["Gudang"]
        assert (row.people, row.away) == (people, {TUESDAY: 1}), "the leaver was away while they were there"
        assert [row.there[date(2026, 7, day)] for day in (1, 7, 17, 18, 26, 27, 31)] == [3, 3, 3, 2, 2, 3, 3]
        assert [day for day in Looked(JULY).dates if row.thin(day)] == [], "two of three were in"
    await maju.asks(maju.budi, Period(date(2026, 7, 20), date(2026, 7, 20)))
    row = by_name(await seen(maju))["Gudang"]
    assert [day.day for day in Looked(JULY).dates if row.thin(day)] == [20]


async def test_who_changes_department_counts_in_each_on_its_days(maju: Cast) -> None:
    moves = "employee_number,name,department\n0413,Tono Prasetyo,Toko\n"
    taken = await imports.take(maju.company, moves.encode(), actor=HR, begins=date(2026, 7, 14))
    assert taken.bad == []
    rows = by_name(await seen(maju))
    for name, before, after in (("Gudang", 3, 2), ("Toko", 3, 4)):
        assert [rows[name].there[date(2026, 7, day)] for day in (1, 13, 14, 31)] == [before, before, after, after]


async def test_a_department_is_not_thin_because_only_some_of_it_are_looked_at(maju: Cast) -> None:
    """A head sees those below, a place those who work there; the minimum is of everybody in the department."""
    department = maju.budi.department
    assert department is not None
    async with database.transaction(maju.company):
        await directory.minimum_of(department, 2)
    await maju.asks(maju.budi, Period(TUESDAY, TUESDAY))
    for narrowed in ({"head": maju.sari.id}, {"location": maju.budi.location or 0}):
        row = by_name(await seen(maju, **narrowed))["Gudang"]
        assert row.away == {TUESDAY: 1}
        assert not row.thin(TUESDAY), narrowed
    async with database.transaction(maju.company):
        await directory.minimum_of(department, 3)
    assert by_name(await seen(maju, head=maju.sari.id))["Gudang"].thin(TUESDAY)


async def test_weekends_and_days_off_are_free(maju: Cast) -> None:
    async with database.reading(maju.company):
        august = await calendar.month(Looked(date(2026, 8, 1)), TODAY)
    named = {day.day: off and off.name("en") for day, off in august.free.items()}
    assert named[17] == "Independence Day"
    assert named[1] is None
    assert 18 not in named


async def test_a_head_sees_those_under_him_at_every_level(maju: Cast) -> None:
    for who in (maju.budi, maju.dewi, maju.ratna):
        await maju.asks(who, Period(TUESDAY, TUESDAY))
    assert {row.name: row.away.get(TUESDAY) for row in (await seen(maju, head=maju.sari.id)).rows} == {"Gudang": 1}
    rina = await seen(maju, head=maju.rina.id)
    assert {row.name: row.away.get(TUESDAY) for row in rina.rows} == {"Gudang": 1, "Toko": 1}
    assert (rina.people, rina.away[TUESDAY]) == (6, 2)
    assert (await seen(maju, head=maju.budi.id)).rows == []


async def test_the_names_of_a_cell_say_nothing_of_the_reason(maju: Cast) -> None:
    department = maju.budi.department
    assert department is not None
    asked = await maju.asks(maju.budi, Period(TUESDAY, TUESDAY), "ke dokter")
    await maju.asks(maju.tono, Period(TUESDAY, TUESDAY, "pm"))
    await maju.decides(maju.sari, asked, "approve")
    async with database.reading(maju.company):
        found = await calendar.names(Looked(JULY), department, TUESDAY, 50)
        nobody = await calendar.names(Looked(JULY, head=maju.wayan.id), department, TUESDAY, 50)
    assert [(one.name, one.part, one.pending) for one in found] == [
        ("Budi Santoso", None, False),
        ("Tono Prasetyo", "pm", True),
    ]
    assert nobody == []


async def test_a_place_can_be_looked_at_alone(maju: Cast) -> None:
    await maju.asks(maju.budi, Period(TUESDAY, TUESDAY))
    await maju.asks(maju.dewi, Period(TUESDAY, TUESDAY))
    bali = await seen(maju, location=maju.dewi.location)
    assert {row.name: row.away for row in bali.rows} == {"Toko": {TUESDAY: 1}}


async def test_another_company_is_not_counted(two: tuple[Cast, Cast]) -> None:
    one, other = two
    await one.asks(one.budi, Period(TUESDAY, TUESDAY))
    assert sum((await seen(other)).away.values()) == 0
    assert (await seen(other)).people == len(other.people)


@pytest.mark.parametrize(
    "sql",
    [
        "select count(*) as n from leave_day",
        "select count(*) as n from leave_day d join person p on true where d.company = :company",
        "select count(*) as n from account where company = :company",
    ],
)
async def test_a_tally_over_every_company_is_refused(maju: Cast, sql: str) -> None:
    async with database.reading(maju.company):
        with pytest.raises(PermissionError):
            await database.tally(LeaveDay, sql)
