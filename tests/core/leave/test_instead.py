"""Sickness on days of one's own approved leave: the days come back, the sickness stands, the head learns the dates."""

from collections.abc import Collection
from datetime import date, datetime

import pytest

from core import clock, database
from core.approvals.decisions import Submitted
from core.approvals.tables import Request
from core.calendar import versions
from core.calendar.versions import Said
from core.errors import Refused
from core.leave import lots, on_behalf
from core.leave import requests as leave
from core.leave.policy import DAY, Period
from core.leave.tables import LeaveDay, LeaveEntry
from core.people.tables import Department
from tests.core.cast import HR, Cast, as_
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


async def taken_back(maju: Cast, number: str, on: datetime = WEDNESDAY) -> None:
    with clock.freeze(on):
        await on_behalf.take_out(await maju.request(number), "salah orang", person=maju.ratna.person, actor=HR)


async def is_recorded(maju: Cast, period: Period, instead_of: Collection[str], at: datetime = WEDNESDAY) -> str:
    """HR records that Budi is ill."""
    with clock.freeze(at):
        given = on_behalf.Told(on_behalf.ASK, WEDNESDAY.date(), "telepon 06.00")
        made = await on_behalf.record(
            maju.budi, "sick", period, None, given, person=maju.ratna.person, instead_of=instead_of, actor=HR
        )
    return made.number


async def paid_by(maju: Cast) -> dict[date, list[int]]:
    """The lots that pay for each of Budi's days off, as the entries stand."""
    async with database.reading(maju.company):
        assert await lots.stored(maju.budi.id) == await lots.recount(maju.budi.id)
        rows = await LeaveEntry.select(LeaveEntry.id, LeaveEntry.effective_on, LeaveEntry.lot).where(
            (LeaveEntry.kind == "consume") & LeaveEntry.request.is_not_null()
        )
        undone = {row["reversal_of"] for row in await LeaveEntry.select(LeaveEntry.reversal_of)}
    found: dict[date, list[int]] = {}
    for row in rows:
        if row["id"] not in undone:
            found.setdefault(row["effective_on"], []).append(row["lot"])
    return found


@pytest.mark.parametrize("days", [span(12, 13), span(12, 14)], ids=["some", "all"])
async def test_it_holds_again_when_the_record_is_taken_back(maju: Cast, days: Period) -> None:
    request = await approved(maju, span(12, 14))
    before = await paid_by(maju)
    sick = await is_recorded(maju, days, [request.number])
    assert await paid_by(maju) != before
    await taken_back(maju, sick)
    assert await away(maju) == {12: "annual", 13: "annual", 14: "annual"}
    assert await paid_by(maju) == before, "from the same lots"
    assert (await maju.request(request.number)).state == "applied"
    told = (await maju.told(maju.budi))[-1].text
    assert f"Cuti tahunan {request.number} Rabu 12 - " in told
    assert "berlaku lagi" in told
    heard = [one.text for one in await maju.told(maju.sari)]
    assert "berlaku lagi: Rabu 12 - " in heard[-1]
    assert any("Berlaku lagi sejak" in one for one in heard), "the card that said it was called off"


async def test_it_gives_way_and_holds_again_as_often_as_it_must(maju: Cast) -> None:
    request = await approved(maju, span(12, 14))
    before = await paid_by(maju)
    for hour in (7, 8):
        sick = await is_recorded(maju, span(12, 14), [request.number], WEDNESDAY.replace(hour=hour))
        await taken_back(maju, sick, WEDNESDAY.replace(hour=hour, minute=30))
        assert await paid_by(maju) == before


async def test_a_sickness_called_off_by_oneself_leaves_one_on_the_leave_that_was_approved(maju: Cast) -> None:
    request = await approved(maju, span(12, 14))
    sick = await falls_ill(maju, span(12, 14), [request.number])
    with clock.freeze(WEDNESDAY):
        days = {date(2026, 8, 13), date(2026, 8, 14)}
        await leave.ask_cancel(maju.budi, await maju.request(sick.number), dates=days, actor=as_(maju.budi))
    assert await away(maju) == {12: "sick", 13: "annual", 14: "annual"}
    told = (await maju.told(maju.budi))[-1].text
    assert f"{request.number} Kamis 13 - Jumat 14 Agustus berlaku lagi, 2 hari." in told
    assert "Rabu 12" not in told


async def test_a_day_that_cannot_hold_again_is_named_with_what_stands_in_the_way(maju: Cast) -> None:
    request = await approved(maju, span(12, 14))
    sick = await is_recorded(maju, span(12, 14), [request.number])
    async with database.transaction(maju.company):
        await versions.say([Said(date(2026, 8, 13), "company", "Ulang tahun", "Birthday")], "SK", actor=HR)
        await lots.adjust(maju.budi.id, -3 * DAY, year=2026, today=WEDNESDAY.date())
    await taken_back(maju, sick)
    told = (await maju.told(maju.budi))[-1].text
    assert f"Kamis 13 Agustus dari {request.number} tidak berlaku lagi: bukan hari kerja lagi" in told
    assert f"Rabu 12 Agustus dari {request.number} berlaku lagi" not in told
    assert await away(maju) == {12: "annual"}, "one day was left, and it pays for the first"
    assert f"Jumat 14 Agustus dari {request.number} tidak berlaku lagi: tidak ada jatah tersisa" in told


async def test_what_was_called_off_for_its_own_sake_since_stays_off(maju: Cast) -> None:
    request = await approved(maju, span(12, 14))
    sick = await is_recorded(maju, span(12, 13), [request.number])
    with clock.freeze(WEDNESDAY):
        await leave.ask_cancel(maju.budi, await maju.request(request.number), actor=as_(maju.budi))
        await maju.decides(maju.sari, await maju.request(request.number), "approve")
    await taken_back(maju, sick)
    assert await away(maju) == {}
    assert "cuti itu sudah dibatalkan sendiri" in (await maju.told(maju.budi))[-1].text


async def test_it_stays_off_where_the_team_would_be_too_few(maju: Cast) -> None:
    request = await approved(maju, span(12, 14))
    sick = await is_recorded(maju, span(12, 13), [request.number])
    async with database.transaction(maju.company):
        await Department.update({Department.minimum: 3}).where(Department.id == maju.budi.department)
    await taken_back(maju, sick)
    assert await away(maju) == {14: "annual"}
    assert "yang masuk di timnya akan kurang dari batas" in (await maju.told(maju.budi))[-1].text
