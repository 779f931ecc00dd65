"""Collective leave by the calendar of the place where somebody works: what is free there costs them nothing."""

from datetime import date

import pytest

from core import clock, database, jobs
from core.calendar import days as calendar_days
from core.calendar import versions
from core.calendar.versions import Said
from core.errors import Refused
from core.leave import collective, collective_days, collective_preview, collective_who, lots
from core.leave.policy import DAY
from core.leave.tables import LeaveBatch, LeaveDay
from core.people import imports
from core.people.directory import Employee
from tests.core.cast import HR, Cast
from tests.core.conftest import MONDAY

NYEPI_LEAVE, ASCENSION_LEAVE, CHRISTMAS = date(2026, 3, 18), date(2026, 5, 15), date(2026, 12, 24)
ANNUAL = 8  # collective days of 2026 on a working day, Monday to Friday


async def says(cast: Cast, *some: Said) -> None:
    async with database.transaction(cast.company):
        await versions.say(some, "SK direksi", actor=HR)


def at(where: Employee, day: date, kind: str, name: str = "Galungan") -> Said:
    return Said(day, kind, name, name, location=where.location)


async def undone(cast: Cast) -> None:
    async with database.reading(cast.company):
        row = await collective.batch_of(2026)
    assert row is not None
    async with database.transaction(cast.company):
        await collective.undo(row, actor=HR)
    await jobs.drain()


async def posted(cast: Cast) -> LeaveBatch:
    async with database.transaction(cast.company):
        made = await collective.post(2026, "exempt", actor=HR)
    await jobs.drain()
    return made


async def standing(cast: Cast, who: Employee) -> tuple[int, int, int]:
    async with database.reading(cast.company):
        stored = await lots.stored(who.id) or (0, 0, 0)
        assert stored == await lots.recount(who.id)
    return stored


async def begin(cast: Cast) -> None:
    """Everybody has this year's days, and none is held."""
    await cast.night()
    await undone(cast)


async def test_a_holiday_or_a_worked_day_of_a_place_costs_its_people_nothing(maju: Cast) -> None:
    await begin(maju)
    await says(maju, at(maju.dewi, CHRISTMAS, "company"), at(maju.dewi, NYEPI_LEAVE, "working", "Masuk"))
    async with database.reading(maju.company):
        seen = await collective_preview.preview(2026)
    warehouse, shop = seen.places
    assert (warehouse.names, warehouse.people, len(warehouse.days)) == (("Cakung", "Jakarta"), 6, ANNUAL)
    assert (shop.names, shop.people, len(shop.days)) == (("Denpasar",), 3, ANNUAL - 2)
    assert [(one.date, one.why, one.name) for one in shop.free] == [
        (NYEPI_LEAVE, "worked", None), (CHRISTMAS, "holiday", "Galungan"),
    ]  # fmt: skip
    assert (seen.people, seen.enough, warehouse.short, shop.short) == (9, 8, 0, 1)
    async with database.reading(maju.company):
        short, _ = await collective_who.who(2026, collective_who.SHORT, 0, 50)
    assert [(one.employee.id, one.missing) for one in short] == [(maju.ika.id, (ANNUAL - 2) * DAY)]
    await posted(maju)
    assert await standing(maju, maju.budi) == (4 * DAY, DAY, 7 * DAY)
    assert await standing(maju, maju.dewi) == (6 * DAY, 0, 6 * DAY)
    await undone(maju)
    assert await standing(maju, maju.budi) == await standing(maju, maju.dewi) == (12 * DAY, 0, 0)


async def test_a_day_outside_the_week_of_a_place_costs_its_people_nothing(maju: Cast) -> None:
    await begin(maju)
    no_fridays = dict.fromkeys((0, 1, 2, 3, 5), ((480, 720), (780, 1020)))
    async with database.transaction(maju.company):
        await versions.week(
            no_fridays, date(2026, 1, 1), "Toko tutup Jumat", location=maju.dewi.location, actor=HR
        )  # fmt: skip
        held = (await collective_days.of_year(2026)).free[maju.dewi.location]
    assert {one.why for one in held} == {collective_days.NO_WORKDAY}
    assert ASCENSION_LEAVE in {one.date for one in held}
    await posted(maju)
    assert (await standing(maju, maju.dewi))[0] == (12 - ANNUAL + len(held)) * DAY
    assert (await standing(maju, maju.budi))[0] == 4 * DAY


async def test_a_collective_day_of_one_place_is_held_there_alone(maju: Cast) -> None:
    await begin(maju)
    kuningan = date(2026, 11, 26)
    await says(maju, at(maju.dewi, kuningan, "collective", "Cuti bersama Kuningan"))
    await posted(maju)
    assert await standing(maju, maju.dewi) == (3 * DAY, 2 * DAY, 7 * DAY)
    assert await standing(maju, maju.budi) == (4 * DAY, DAY, 7 * DAY)


async def test_who_changes_place_has_each_day_of_the_place_they_are_at_then(maju: Cast) -> None:
    await begin(maju)
    await says(maju, at(maju.dewi, CHRISTMAS, "company"), at(maju.dewi, ASCENSION_LEAVE, "company", "Libur toko"))
    await moves(maju, maju.budi, "Denpasar", date(2026, 12, 1))
    async with database.reading(maju.company):
        seen = await collective_preview.preview(2026)
        days = (await collective_days.of_year(2026)).days
    assert [one.names for one in seen.places] == [("Cakung", "Jakarta"), ("Denpasar",)]
    assert len(days) == ANNUAL
    await posted(maju)
    assert await standing(maju, maju.budi) == (5 * DAY, 0, 7 * DAY), "at Christmas he is where it is a holiday"
    assert await standing(maju, maju.dewi) == (6 * DAY, 0, 6 * DAY)
    await moves(maju, maju.budi, "Cakung", date(2026, 12, 15))
    await maju.night()
    assert await standing(maju, maju.budi) == (4 * DAY, DAY, 7 * DAY), "held again, now that it costs a day again"


async def moves(cast: Cast, who: Employee, place: str, on: date) -> None:
    raw = f"employee_number,name,location\n{who.number},{who.name},{place}\n".encode()
    assert (await imports.take(cast.company, raw, actor=HR, begins=on)).bad == []
    await jobs.drain()


async def test_what_a_place_is_given_free_later_comes_back_the_next_night_and_only_what_lies_ahead(maju: Cast) -> None:
    await maju.night()
    assert await standing(maju, maju.dewi) == (4 * DAY, DAY, 7 * DAY)
    await says(maju, at(maju.dewi, CHRISTMAS, "company"), at(maju.dewi, NYEPI_LEAVE, "company", "Libur toko"))
    await maju.night()
    assert await standing(maju, maju.dewi) == (5 * DAY, 0, 7 * DAY)
    assert await standing(maju, maju.budi) == (4 * DAY, DAY, 7 * DAY)
    await maju.night()
    async with database.transaction(maju.company):
        own = (await calendar_days.calendar()).own[CHRISTMAS][0]
        await versions.take_back(own.id, "Dicabut", actor=HR)
    await maju.night()
    assert await standing(maju, maju.dewi) == (4 * DAY, DAY, 7 * DAY)
    with clock.freeze(MONDAY.replace(month=12, day=28)):
        await maju.night()
        assert await standing(maju, maju.dewi) == (4 * DAY, 0, 8 * DAY)


async def test_a_year_is_not_posted_again_while_its_days_are_being_given_back(
    maju: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    await maju.night()
    monkeypatch.setattr(collective, "PART", 2)
    async with database.transaction(maju.company):
        row = await collective.batch_of(2026)
        assert row is not None
        await collective.undo(row, actor=HR)
    async with database.reading(maju.company):
        row = await collective.batch_of(2026)
        assert row is not None
        total = await LeaveDay.count().where(LeaveDay.batch == row.id)
        assert await collective.progress(row) == collective.Progress(0, total, stopped=False)
    with pytest.raises(Refused, match="collective_undoing"):
        async with database.transaction(maju.company):
            await collective.post(2026, "exempt", actor=HR)
    await jobs.drain()
    async with database.reading(maju.company):
        assert await collective.progress(row) is None
    again = await posted(maju)
    async with database.reading(maju.company):
        held = await LeaveBatch.objects().get(LeaveBatch.id == again.id)
    assert held is not None
    assert held.people == len(maju.people)
