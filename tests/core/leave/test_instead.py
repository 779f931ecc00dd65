"""Sickness on days of one's own approved leave: the days come back, the sickness stands, the head learns the dates."""

from collections.abc import Collection
from datetime import date

import pytest

from core import clock, database
from core.approvals.decisions import Submitted
from core.approvals.tables import Request
from core.errors import Refused
from core.leave import lots
from core.leave import requests as leave
from core.leave.policy import DAY, Period
from core.leave.tables import LeaveDay, LeaveEntry
from tests.core.cast import Cast, as_
from tests.core.conftest import MONDAY

WEDNESDAY = MONDAY.replace(month=8, day=12, hour=6)


def span(first: int, last: int, part: str | None = None) -> Period:
    return Period(date(2026, 8, first), date(2026, 8, last), part)


async def approved(maju: Cast, period: Period) -> Request:
    request = await maju.asks(maju.budi, period)
    await maju.decides(maju.sari, request, "approve")
    return request


async def falls_ill(maju: Cast, period: Period, instead_of: Collection[str] = ()) -> Submitted:
    with clock.freeze(WEDNESDAY):
        return await leave.acknowledge(maju.budi, "sick", period, None, actor=as_(maju.budi), instead_of=instead_of)


async def away(maju: Cast) -> dict[int, str]:
    async with database.reading(maju.company):
        rows = await LeaveDay.select(LeaveDay.date, LeaveDay.leave_type).where(
            (LeaveDay.employment == maju.budi.id) & LeaveDay.ended_at.is_null() & LeaveDay.request.is_not_null()
        )
    return {row["date"].day: row["leave_type"] for row in rows}


async def test_the_days_come_back_into_the_lot_that_paid_and_the_others_hold(maju: Cast) -> None:
    request = await approved(maju, span(12, 14))
    before = len(await maju.told(maju.budi))
    await falls_ill(maju, span(12, 13), [request.number])
    assert await away(maju) == {12: "sick", 13: "sick", 14: "annual"}
    assert (await maju.request(request.number)).state == "applied"
    async with database.reading(maju.company):
        assert await lots.stored(maju.budi.id) == await lots.recount(maju.budi.id)
        assert await lots.balance(maju.budi.id) == 3 * DAY
        paid = {row["id"]: row["lot"] for row in await LeaveEntry.select().where(LeaveEntry.kind == "consume")}
        back = await LeaveEntry.select().where(LeaveEntry.kind == "reverse")
    assert [paid[row["reversal_of"]] == row["lot"] for row in back] == [True, True]
    assert len(await maju.told(maju.budi)) == before, "the talk tells it in the same breath"
    assert "akit" not in str(await maju.told(maju.sari))


async def test_leave_of_which_nothing_stays_is_cancelled(maju: Cast) -> None:
    request = await approved(maju, span(12, 13))
    await falls_ill(maju, span(12, 14), [request.number])
    assert await away(maju) == {12: "sick", 13: "sick", 14: "sick"}
    assert (await maju.request(request.number)).state == "cancelled"


async def test_nothing_is_called_off_that_was_not_agreed_to(maju: Cast) -> None:
    await approved(maju, span(12, 14))
    with pytest.raises(Refused, match="overlaps"):
        await falls_ill(maju, span(12, 13))
    assert set((await away(maju)).values()) == {"annual"}


async def test_half_a_day_of_sickness_does_not_end_a_whole_day_of_leave(maju: Cast) -> None:
    request = await approved(maju, span(12, 14))
    with pytest.raises(Refused, match="overlaps"):
        await falls_ill(maju, span(12, 12, "pm"), [request.number])
    assert set((await away(maju)).values()) == {"annual"}


async def test_leave_that_still_waits_is_not_called_off(maju: Cast) -> None:
    request = await maju.asks(maju.budi, span(12, 14))
    with pytest.raises(Refused, match="overlaps"):
        await falls_ill(maju, span(12, 13), [request.number])
    assert (await maju.request(request.number)).state == "in_review"
