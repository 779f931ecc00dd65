"""Many people's leave at once: collective days as a batch, a day worked, opening balances, and the figures of all."""

import argparse
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from core import clock, commands, database, jobs, settings
from core.approvals import decisions
from core.calendar.tables import Holiday
from core.errors import Refused
from core.leave import (
    collective,
    collective_days,
    collective_preview,
    collective_who,
    lots,
    opening,
    reports,
    worked_day,
)
from core.leave.policy import DAY, HALF, Period
from core.leave.tables import LeaveBalance, LeaveBatch, LeaveDay
from core.people import imports
from core.people.directory import Employee
from core.phrases import LANGUAGES, phrase
from tests.core.cast import HR, PEOPLE, Cast, as_, lay
from tests.core.conftest import MONDAY

CHRISTMAS = date(2026, 12, 24)


async def standing(cast: Cast, who: Employee) -> tuple[int, int, int] | None:
    async with database.reading(cast.company):
        stored = await lots.stored(who.id)
        assert (stored or (0, 0, 0)) == await lots.recount(who.id)
        return stored


async def batch(cast: Cast) -> LeaveBatch:
    async with database.reading(cast.company):
        found = await collective.batch_of(2026)
    assert found is not None
    return found


async def test_a_year_of_collective_days_is_undone_and_posted_as_one(maju: Cast) -> None:
    await maju.night()
    await collective_undone(maju)
    assert await standing(maju, maju.budi) == (12 * DAY, 0, 0)
    await maju.night()
    assert await standing(maju, maju.budi) == (12 * DAY, 0, 0), "what was undone stays undone"
    async with database.reading(maju.company):
        seen = await collective_preview.preview(2026)
        short, _ = await collective_who.who(2026, collective_who.SHORT, 0, 50)
    assert (len(seen.days), seen.people, seen.enough) == (8, 9, 8)
    assert [(one.employee.id, one.missing) for one in short] == [(maju.ika.id, 8 * DAY)]
    async with database.transaction(maju.company):
        posted = await collective.post(2026, "unpaid", actor=HR)
    await jobs.drain()
    assert (await batch(maju)).people == 9, "how far it is, for whoever watches"
    assert await standing(maju, maju.budi) == (4 * DAY, DAY, 7 * DAY)
    async with database.reading(maju.company):
        unpaid = await LeaveDay.count().where(
            (LeaveDay.batch == posted.id) & (LeaveDay.leave_type == "unpaid") & (LeaveDay.employment == maju.ika.id)
        )
    assert unpaid == 7, "of eight days seven have come, and Ika had none to pay with"
    with pytest.raises(Refused, match="collective_posted"):
        async with database.transaction(maju.company):
            await collective.post(2026, "exempt", actor=HR)


async def collective_undone(cast: Cast) -> None:
    row = await batch(cast)
    async with database.transaction(cast.company):
        await collective.undo(row, actor=HR)
    await jobs.drain()
    with pytest.raises(Refused, match="batch_undone"):
        async with database.transaction(cast.company):
            await collective.undo(row, actor=HR)


async def test_days_may_be_lent_for_collective_leave(maju: Cast) -> None:
    await maju.night()
    await collective_undone(maju)
    async with database.transaction(maju.company):
        await lots.adjust(maju.budi.id, -6 * DAY, year=2026, today=MONDAY.date())
        await collective.post(2026, "advance", actor=HR)
    await jobs.drain()
    assert await standing(maju, maju.budi) == (-2 * DAY, DAY, 7 * DAY)
    with clock.freeze(MONDAY.replace(year=2027, month=1, day=4)):
        await maju.night()
        async with database.reading(maju.company):
            left = [lot.left for lot in await lots.left(maju.budi.id)]
            days = len(await collective_days.days_of(2027))
        assert left == [(10 - days) * DAY], "what was lent is taken off the next year"
        await standing(maju, maju.budi)


async def test_a_collective_day_that_is_worked_comes_back_with_the_heads_yes(maju: Cast) -> None:
    sent = await worked_day.work_on(maju.budi, CHRISTMAS, actor=as_(maju.budi))
    assert sent.approvers == ("Sari",)
    with pytest.raises(Refused, match="collective_asked"):
        await worked_day.work_on(maju.budi, CHRISTMAS, actor=as_(maju.budi))
    assert await standing(maju, maju.budi) == (4 * DAY, DAY, 7 * DAY)
    await maju.decides(maju.sari, await maju.request(sent.number), "approve")
    assert await standing(maju, maju.budi) == (5 * DAY, 0, 7 * DAY)
    with clock.freeze(MONDAY.replace(month=12, day=28)):
        await maju.night()
        assert await standing(maju, maju.budi) == (5 * DAY, 0, 7 * DAY), "a day that was worked is not taken again"
    assert (await maju.told(maju.budi))[-1].text.endswith("1 hari kembali; sisa cuti tahunanmu 5 hari.")


@pytest.mark.parametrize("ends", ["a no", "taken back"])
async def test_the_wish_to_work_may_be_sent_again_once_it_came_to_nothing(maju: Cast, ends: str) -> None:
    first = await worked_day.work_on(maju.budi, CHRISTMAS, actor=as_(maju.budi))
    if ends == "a no":
        await maju.decides(maju.sari, await maju.request(first.number), "reject", "gudang tutup")
    else:
        await decisions.withdraw(await maju.request(first.number), by=maju.budi, actor=as_(maju.budi))
    assert await standing(maju, maju.budi) == (4 * DAY, DAY, 7 * DAY)
    again = await worked_day.work_on(maju.budi, CHRISTMAS, actor=as_(maju.budi))
    assert again.number != first.number
    with pytest.raises(Refused, match="collective_asked"):
        await worked_day.work_on(maju.budi, CHRISTMAS, actor=as_(maju.budi))
    await maju.decides(maju.sari, await maju.request(again.number), "approve")
    assert await standing(maju, maju.budi) == (5 * DAY, 0, 7 * DAY)


async def test_only_a_collective_day_ahead_can_be_worked(maju: Cast) -> None:
    for day, key in ((date(2026, 8, 12), "no_collective_day"), (date(2026, 5, 28), "collective_over")):
        with pytest.raises(Refused, match=key):
            await worked_day.work_on(maju.budi, day, actor=as_(maju.budi))


async def test_a_collective_day_decreed_late_is_held_the_next_night(maju: Cast) -> None:
    async with database.installation():
        await Holiday.insert(
            Holiday(date=date(2026, 12, 23), name="Cuti Bersama Tambahan", kind="collective", status="decreed")
        )
    try:
        async with database.reading(maju.company):
            known = [day for day, _ in await collective_days.days_of(2026)]
        if date(2026, 12, 23) in known:
            await maju.night()
            assert await standing(maju, maju.budi) == (3 * DAY, 2 * DAY, 7 * DAY)
    finally:
        async with database.installation():
            await Holiday.delete().where(Holiday.name == "Cuti Bersama Tambahan")


# -- opening balances --------------------------------------------------------------------------------------------------

FILE = b"employee_number;days\n0412;2,5\n0302;6\n0303;1\n"


async def test_opening_balances_are_shown_first_then_taken_then_undone(maju: Cast) -> None:
    async with database.reading(maju.company):
        checked = await opening.check(FILE)
    assert [(one.number, one.now, one.change) for one in checked.rows] == [
        ("0412", 4 * DAY, -DAY - HALF), ("0302", 4 * DAY, 2 * DAY), ("0303", 0, DAY),
    ]  # fmt: skip
    async with database.transaction(maju.company):
        _, taken = await opening.take(FILE, actor=HR)
    assert taken is not None
    await maju.night()
    found = [(await standing(maju, who) or (0,))[0] for who in (maju.budi, maju.dewi, maju.ika)]
    assert found == [2 * DAY + HALF, 6 * DAY, 0], "24 December is held from what Ika brought"
    with pytest.raises(Refused, match="opening_taken"):
        async with database.transaction(maju.company):
            await opening.take(FILE, actor=HR)
    with pytest.raises(Refused, match="opening_used"):
        async with database.transaction(maju.company):
            await opening.undo(taken, actor=HR)
    await collective_undone(maju)
    async with database.transaction(maju.company):
        await opening.undo(taken, actor=HR)
    assert [(await standing(maju, who) or (0,))[0] for who in (maju.budi, maju.dewi, maju.ika)] == [
        12 * DAY, 12 * DAY, 0,
    ]  # fmt: skip


async def test_a_bad_cell_keeps_everybody_as_they_are(maju: Cast) -> None:
    raw = (
        b"employee_number,leave_type,days,valid_to\n9999,,3,\n0412,sick,3,\n0302,,tiga,\n0303,,1,2020-01-01\n0303,,1,\n"
        b"0101,,1e999999,\n"
    )
    async with database.transaction(maju.company):
        checked, taken = await opening.take(raw, actor=HR)
    assert taken is None
    assert [(one.line, one.column, one.key) for one in checked.bad] == [
        (2, "employee_number", "leave.opening_unknown"), (3, "leave_type", "leave.opening_kind"),
        (4, "days", "leave.opening_days"), (5, "valid_to", "leave.opening_date"),
        (6, "employee_number", "leave.opening_twice"), (7, "days", "leave.opening_days"),
    ]  # fmt: skip
    assert all(phrase(one.key, language) for one in checked.bad for language in LANGUAGES)
    assert await standing(maju, maju.budi) == (4 * DAY, DAY, 7 * DAY)


# -- figures -----------------------------------------------------------------------------------------------------------


async def counted(monkeypatch: pytest.MonkeyPatch, act: Callable[[], Awaitable[None]]) -> int:
    """How many statements an act takes."""
    made, seen = type(database.engine()), [0]
    plain = made.run_querystring

    async def run(*args: Any, **kwargs: Any) -> Any:
        seen[0] += 1
        return await plain(*args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(made, "run_querystring", run)
        await act()
    return seen[0]


async def test_reports_say_what_is_there(maju: Cast) -> None:
    await maju.night()
    request = await maju.asks(maju.budi, Period(date(2026, 7, 8), date(2026, 7, 9)))
    await maju.decides(maju.sari, request, "approve")
    async with database.reading(maju.company):
        rows, after = await reports.balances(most=5)
        rest, end = await reports.balances(after=after or 0, most=5)
        only, _ = await reports.balances(department=maju.budi.department)
        owed = {one.department: (one.people, one.available) for one in await reports.liability()}
        taken = await reports.taken(date(2026, 7, 1), date(2026, 7, 31))
    assert (len(rows), len(rest), end) == (5, 3, None)
    assert {one.employee.name for one in only} == {"Sari Wulandari", "Budi Santoso", "Tono Prasetyo"}
    assert owed["Gudang"] == (3, 10 * DAY)
    assert taken == {("annual", "2026-07"): 2 * DAY}


async def test_a_department_is_listed_to_its_end_however_many_have_no_balance_in_between(maju: Cast) -> None:
    rows = [f"70{number:02},Baru {number},,Gudang,Cakung,Asia/Jakarta,2026-06-01" for number in range(6)]
    rows.append("7099,Lama Sekali,,Gudang,Cakung,Asia/Jakarta,2019-06-03")
    head = "employee_number,name,manager,department,location,timezone,join_date"
    taken = await imports.take(maju.company, "\n".join([head, *rows, ""]).encode(), actor=HR)
    assert taken.bad == []
    await maju.night()
    names, after = [], 0
    async with database.reading(maju.company):
        while True:
            found, last = await reports.balances(department=maju.budi.department, after=after, most=1)
            names += [one.employee.name for one in found]
            if last is None:
                break
            after = last
    assert names == ["Sari Wulandari", "Budi Santoso", "Tono Prasetyo", "Lama Sekali"]


async def test_a_night_takes_no_more_statements_for_forty_than_for_nine(
    monkeypatch: pytest.MonkeyPatch, open_database: str
) -> None:
    new_year, nights = MONDAY.replace(year=2027, month=1, day=4), []
    for number, many in enumerate((0, 40)):
        more = "".join(f"9{one:03},Orang {one},,0101,Gudang,Cakung,Asia/Jakarta,2021-01-04,\n" for one in range(many))
        cast = await lay(f"PT Malam {number}", at=f"malam{number}.example", people=PEOPLE + more, granted=())
        await cast.night()
        with clock.freeze(new_year):
            first = await counted(monkeypatch, cast.night)
            again = await counted(monkeypatch, cast.night)
        nights.append((first, again))
        async with database.reading(cast.company):
            assert await LeaveBalance.count() == 9 + many
    assert open_database
    assert nights[0] == nights[1]
    assert nights[0][1] < 40


async def test_the_command_shows_first_and_takes_then(maju: Cast, tmp_path: Path) -> None:
    file = tmp_path / "saldo.csv"
    file.write_bytes(FILE)
    await database.close_database()
    told = []
    for dry in (True, False):
        given = argparse.Namespace(file=str(file), company="PT Maju Bersama", dry_run=dry, json=False)
        told.append((await commands.leave_opening(settings.current(), given))["text"].splitlines())
    await database.open_database(settings.current())
    assert told[0][0] == "0412\tannual\t4 -> 2.5"
    assert [lines[-1] for lines in told] == [
        "3 balances would be changed, 0 as they were.", "3 balances changed, 0 as they were.",
    ]  # fmt: skip
    assert (await standing(maju, maju.budi) or (0,))[0] == 2 * DAY + HALF
