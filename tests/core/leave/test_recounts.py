"""Leave after the calendar changed: what is counted otherwise is listed, counted anew as a batch, and put back."""

import asyncio
from contextvars import Context
from datetime import date
from typing import Any

import pytest

from core import database, jobs
from core.calendar import versions
from core.calendar.versions import Said
from core.errors import Refused
from core.leave import lots, recalculation, recounts
from core.leave import requests as leave
from core.leave.policy import DAY, Period
from core.leave.recalculation import Touched
from core.leave.tables import LeaveBatch, LeaveDay
from tests.core.cast import HR, Cast
from tests.core.conftest import MONDAY

TODAY = MONDAY.date()
AUGUST = Period(date(2026, 8, 12), date(2026, 8, 14))  # Wednesday through Friday
THIRTEENTH = date(2026, 8, 13)


async def says(cast: Cast, kind: str, day: date, location: int | None = None) -> None:
    async with database.transaction(cast.company):
        await versions.say([Said(day, kind, "Ulang tahun kota", "City day", location=location)], "tests", actor=HR)


async def listed(cast: Cast) -> list[Touched]:
    async with database.reading(cast.company):
        return list(await recalculation.touched(TODAY))


async def counts(cast: Cast, *only: str) -> LeaveBatch:
    """HR has leave counted anew, and the worker does it."""
    async with database.transaction(cast.company):
        batch = await recounts.begin(only, actor=HR)
    await jobs.drain()
    return batch


async def puts_back(cast: Cast, batch: LeaveBatch) -> None:
    async with database.transaction(cast.company):
        await recounts.undo(batch, actor=HR)
    await jobs.drain()


async def state_of(cast: Cast) -> tuple[int, tuple[int, int, int] | None]:
    """What is free, and the whole standing; the projection and the entries must agree about it."""
    async with database.reading(cast.company):
        stored = await lots.stored(cast.budi.id)
        assert stored == await lots.recount(cast.budi.id)
        return await lots.balance(cast.budi.id), stored


async def away(cast: Cast) -> dict[int, bool]:
    async with database.reading(cast.company):
        rows = await LeaveDay.select().where(
            (LeaveDay.employment == cast.budi.id) & LeaveDay.request.is_not_null() & LeaveDay.ended_at.is_null()
        )
    return {row["date"].day: bool(row["counted"]) for row in rows}


async def approved(cast: Cast, period: Period = AUGUST) -> str:
    request = await cast.asks(cast.budi, period)
    await cast.decides(cast.sari, request, "approve")
    return request.number


async def test_a_day_that_became_free_comes_back_and_can_be_put_back(maju: Cast) -> None:
    number = await approved(maju)
    before = await state_of(maju)
    assert before[0] == DAY
    await says(maju, "company", THIRTEENTH)
    (one,) = await listed(maju)
    assert (one.request, one.name, one.free, one.worked, one.more) == (number, "Budi Santoso", (THIRTEENTH,), (), -DAY)
    batch = await counts(maju)
    assert await away(maju) == {12: True, 13: False, 14: True}
    free, held, taken = before[1] or (0, 0, 0)
    assert await state_of(maju) == (2 * DAY, (free + DAY, held, taken - DAY))
    assert await listed(maju) == []
    told = (await maju.told(maju.budi))[-1]
    assert told.key == "leave.recounted"
    assert "sekarang 2 hari" in told.text and "1 hari kembali" in told.text and "Sisanya 2 hari" in told.text
    await puts_back(maju, batch)
    assert await away(maju) == {12: True, 13: True, 14: True}
    assert await state_of(maju) == before
    assert len(await listed(maju)) == 1, "the calendar still says otherwise"


async def test_counted_to_and_fro_a_called_off_leave_gives_back_each_day_once(maju: Cast) -> None:
    number = await approved(maju)
    full = (await state_of(maju))[0] + 3 * DAY
    await says(maju, "company", THIRTEENTH)
    await puts_back(maju, await counts(maju))
    await puts_back(maju, await counts(maju))
    request = await maju.request(number)
    await leave.ask_cancel(maju.budi, request, actor=HR)
    await maju.decides(maju.sari, await maju.request(number), "approve")
    assert (await state_of(maju))[0] == full


async def test_a_pending_request_is_counted_too_and_what_it_holds_follows(maju: Cast) -> None:
    start = await state_of(maju)
    request = await maju.asks(maju.budi, AUGUST)
    await says(maju, "company", THIRTEENTH)
    await counts(maju)
    assert (await state_of(maju))[0] == 2 * DAY
    async with database.reading(maju.company):
        assert await leave.cost_of(await leave.of_request(request)) == 2 * DAY
    await maju.decides(maju.sari, await maju.request(request.number), "approve")
    free, held, taken = start[1] or (0, 0, 0)
    assert await state_of(maju) == (2 * DAY, (free - 2 * DAY, held, taken + 2 * DAY))


async def test_a_pending_request_counted_anew_and_refused_gives_everything_back(maju: Cast) -> None:
    start = await state_of(maju)
    request = await maju.asks(maju.budi, AUGUST)
    await says(maju, "company", THIRTEENTH)
    await counts(maju)
    await maju.decides(maju.sari, await maju.request(request.number), "reject", "Sedang tutup buku")
    assert await state_of(maju) == start


async def test_a_day_that_became_worked_is_taken_where_days_are_left(maju: Cast) -> None:
    """Saturday the 15th becomes a working day in place of another; the leave spans it."""
    number = await approved(maju, Period(date(2026, 8, 14), date(2026, 8, 18)))
    saturday = date(2026, 8, 15)
    free = (await state_of(maju))[0]
    await says(maju, "working", saturday)
    (one,) = await listed(maju)
    assert (one.worked, one.more) == ((saturday,), DAY)
    batch = await counts(maju, number)
    assert (await away(maju))[15] is True
    assert (await state_of(maju))[0] == free - DAY
    assert "1 hari lagi diambil" in (await maju.told(maju.budi))[-1].text
    await puts_back(maju, batch)
    assert ((await away(maju))[15], (await state_of(maju))[0]) == (False, free)


async def test_where_no_days_are_left_the_leave_stays_and_is_still_listed(maju: Cast) -> None:
    await approved(maju, Period(date(2026, 8, 11), date(2026, 8, 16)))
    assert (await state_of(maju))[0] == 0
    await says(maju, "working", date(2026, 8, 15))
    told = len(await maju.told(maju.budi))
    batch = await counts(maju)
    assert (await away(maju))[15] is False
    assert len(await listed(maju)) == 1
    assert len(await maju.told(maju.budi)) == told
    async with database.reading(maju.company):
        assert await recounts.done([batch.id]) == {}


async def test_only_what_was_ticked_is_counted(maju: Cast) -> None:
    await approved(maju)
    dewi = await maju.asks(maju.dewi, AUGUST)
    await says(maju, "company", THIRTEENTH)
    assert len(await listed(maju)) == 2
    await counts(maju, dewi.number)
    assert [one.name for one in await listed(maju)] == ["Budi Santoso"]


async def test_a_place_s_own_day_touches_only_its_people(maju: Cast) -> None:
    await approved(maju)
    await maju.asks(maju.dewi, AUGUST)
    await says(maju, "company", THIRTEENTH, maju.dewi.location)
    assert [one.name for one in await listed(maju)] == ["Dewi Ayuningsih"]


async def test_a_changed_working_week_is_seen(maju: Cast) -> None:
    """From August on the place works Monday through Thursday: the Friday of a leave is free now."""
    await approved(maju)
    hours = dict.fromkeys(range(4), ((480, 720), (780, 1080)))
    async with database.transaction(maju.company):
        await versions.week(hours, date(2026, 8, 1), "tests", actor=HR)
    (one,) = await listed(maju)
    assert one.free == (date(2026, 8, 14),)


async def test_calendar_days_are_not_counted_by_holidays(maju: Cast) -> None:
    await leave.acknowledge(maju.dewi, "maternity", Period(date(2026, 8, 3), date(2026, 10, 30)), None, actor=HR)
    await says(maju, "company", THIRTEENTH)
    assert await listed(maju) == []


async def test_days_that_are_past_stay_as_they_were(maju: Cast) -> None:
    await approved(maju)
    await says(maju, "company", THIRTEENTH)
    async with database.reading(maju.company):
        assert await recalculation.touched(date(2026, 8, 14)) == []


async def test_it_is_told_when_there_is_nothing_and_when_it_was_undone(maju: Cast) -> None:
    async with database.transaction(maju.company):
        with pytest.raises(Refused) as no:
            await recounts.begin([], actor=HR)
        assert no.value.key == "leave.nothing_to_recount"
    await approved(maju)
    await says(maju, "company", THIRTEENTH)
    batch = await counts(maju)
    await puts_back(maju, batch)
    with pytest.raises(Refused) as again:
        await puts_back(maju, batch)
    assert again.value.key == "leave.recount_undone"


async def test_many_are_counted_in_parts(maju: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recounts, "PART", 1)
    await approved(maju)
    await maju.asks(maju.dewi, AUGUST)
    await says(maju, "company", THIRTEENTH)
    batch = await counts(maju)
    async with database.reading(maju.company):
        assert await recounts.done([batch.id]) == {batch.id: 2}
    await puts_back(maju, batch)
    assert len(await listed(maju)) == 2


async def test_a_second_count_waits_for_the_first(maju: Cast) -> None:
    await approved(maju)
    await says(maju, "company", THIRTEENTH)
    async with database.transaction(maju.company):
        await recounts.begin([], actor=HR)
    with pytest.raises(Refused) as no:
        async with database.transaction(maju.company):
            await recounts.begin([], actor=HR)
    assert no.value.key == "leave.recount_running"
    await jobs.drain()
    assert (await state_of(maju))[0] == 2 * DAY


async def test_what_is_put_back_while_it_is_being_counted_is_put_back_whole(
    maju: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    await approved(maju)
    await says(maju, "company", THIRTEENTH)
    async with database.transaction(maju.company):
        batch = await recounts.begin([], actor=HR)
    count, undoing = recounts._count, []

    async def undone_meanwhile(*args: Any, **more: Any) -> None:
        undoing.append(asyncio.create_task(puts_back(maju, batch), context=Context()))
        await asyncio.wait(undoing, timeout=0.3)  # it cannot end before this part has: it has to wait for it
        await count(*args, **more)

    monkeypatch.setattr(recounts, "_count", undone_meanwhile)
    await recounts.go_on(maju.company, batch.id, 0, [])
    monkeypatch.setattr(recounts, "_count", count)
    await asyncio.gather(*undoing)
    await jobs.drain()
    assert (await away(maju), (await state_of(maju))[0]) == ({12: True, 13: True, 14: True}, DAY)


async def test_a_job_that_is_run_again_counts_nothing_twice(maju: Cast) -> None:
    await approved(maju)
    await says(maju, "company", THIRTEENTH)
    batch = await counts(maju)
    told = len(await maju.told(maju.budi))
    await recounts.go_on(maju.company, batch.id, 0, [])
    # Two workers that saw the same list: the second finds it done.
    async with database.transaction(maju.company):
        row = await LeaveDay.select(LeaveDay.request).where(LeaveDay.request.is_not_null()).first()
        assert row is not None
        await recounts._count(row["request"], {THIRTEENTH: False}, batch.id)
    assert (await away(maju), (await state_of(maju))[0]) == ({12: True, 13: False, 14: True}, 2 * DAY)
    assert len(await maju.told(maju.budi)) == told
    await puts_back(maju, batch)
    await recounts.go_back(maju.company, batch.id, 0)
    assert (await away(maju), (await state_of(maju))[0]) == ({12: True, 13: True, 14: True}, DAY)


async def test_more_days_than_are_read_at_once_are_counted_whole(maju: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """A leave of which only the first days were read waits for the next turn."""
    number = await approved(maju, Period(date(2026, 8, 11), date(2026, 8, 13)))
    await maju.asks(maju.dewi, Period(date(2026, 8, 12), date(2026, 8, 13)))
    await says(maju, "company", date(2026, 8, 12))
    await says(maju, "company", THIRTEENTH)
    monkeypatch.setattr(recalculation, "AT_ONCE", 3)
    (one,) = await listed(maju)
    assert (one.request, len(one.free)) == (number, 2)
    await counts(maju)
    monkeypatch.setattr(recalculation, "AT_ONCE", 5000)
    assert await listed(maju) == []


async def test_what_was_spent_meanwhile_is_not_put_back(maju: Cast) -> None:
    await approved(maju)
    await says(maju, "company", THIRTEENTH)
    batch = await counts(maju)
    await maju.asks(maju.budi, Period(date(2026, 9, 7), date(2026, 9, 8)))
    await puts_back(maju, batch)
    assert (await away(maju))[13] is False
    async with database.reading(maju.company):
        assert await recounts.done([batch.id]) == {batch.id: 1}
