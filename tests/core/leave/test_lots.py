"""The ledger of days: granted by the calendar, held, given back, taken, expired; and never out of step with itself."""

import asyncio
from datetime import date
from typing import Any

import pytest

from core import clock, database
from core.approvals.tables import Request
from core.errors import Refused
from core.leave import ledger, lots, nights
from core.leave.ledger import Move
from core.leave.plans import Spell
from core.leave.policy import DAY, HALF, Period
from core.leave.tables import AccrualLine, LeaveDay, LeaveEntry
from tests.core.cast import Cast
from tests.core.conftest import MONDAY


async def standing(cast: Cast, who: str) -> tuple[int, int, int] | None:
    """Available, held and taken of somebody, after the nightly comparison found nothing to say."""
    async with database.reading(cast.company):
        stored = await lots.stored(cast.people[who].id)
        if stored is not None:
            assert stored == await lots.recount(cast.people[who].id)
        return stored


async def test_a_year_is_granted_once_with_its_collective_days_held_or_taken(maju: Cast) -> None:
    for _ in range(3):
        await maju.night()
    # Of eight collective days of 2026 seven have passed on 6 July; 24 December is still ahead.
    assert await standing(maju, "budi") == (4 * DAY, 1 * DAY, 7 * DAY)
    assert await standing(maju, "ika") is None


async def test_what_somebody_is_given_does_not_depend_on_who_stands_before_them(maju: Cast) -> None:
    """Once a joiner in mid-year changed the period of everybody after them in the same loop."""
    joiner = maju.ika  # since 1 October 2025: three twelfths, from October on
    for order in ([joiner, maju.tono, maju.wayan], [maju.tono, joiner, maju.rina], [maju.hendra]):
        async with database.transaction(maju.company):
            await nights.bring([Spell(one.id, one.joins) for one in order], date(2026, 10, 1))
    async with database.reading(maju.company):
        rows = await AccrualLine.select().where(AccrualLine.year == 2026)
    given = {row["employment"]: (row["due"], row["quantity"]) for row in rows}
    whole = [maju.tono, maju.wayan, maju.rina, maju.hendra]
    assert {given[one.id] for one in whole} == {(date(2026, 1, 1), 12 * DAY)}
    assert given[joiner.id] == (date(2026, 10, 1), 3 * DAY)


async def test_a_balance_is_read_from_one_row_however_long_its_history(
    maju: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(6):
        request = await maju.asks(maju.budi, Period(date(2026, 7, 7 + number % 3), date(2026, 7, 7 + number % 3)))
        await maju.decides(maju.sari, request, "reject", "stok opname")
    made, said = type(database.engine()), list[str]()
    plain = made.run_querystring

    async def heard(self: Any, querystring: Any, *args: Any, **kwargs: Any) -> Any:
        said.append(str(querystring))
        return await plain(self, querystring, *args, **kwargs)

    async with database.reading(maju.company):
        with monkeypatch.context() as patch:
            patch.setattr(made, "run_querystring", heard)
            assert await lots.balance(maju.budi.id) == 4 * DAY
            assert (await lots.balances([maju.budi.id, maju.dewi.id]))[maju.budi.id] == 4 * DAY
    assert len(said) == 2
    assert all("leave_balance" in one and "leave_entry" not in one for one in said)


async def test_a_movement_with_a_misspelt_name_is_none(maju: Cast) -> None:
    async with database.reading(maju.company):
        (lot, *_) = await lots.left(maju.budi.id)
    with pytest.raises(ValueError, match="no movement of days"):
        async with database.transaction(maju.company):
            await ledger.write([Move(maju.budi.id, "annual", lot.id, "leave encash", -DAY, MONDAY.date(), "x")])
    assert await standing(maju, "budi") == (4 * DAY, 1 * DAY, 7 * DAY)


async def test_the_first_grant_comes_on_the_day_service_is_a_year_old(maju: Cast) -> None:
    with clock.freeze(MONDAY.replace(month=9, day=30)):
        await maju.night()
        assert await standing(maju, "ika") is None
    with clock.freeze(MONDAY.replace(month=10, day=1)):
        await maju.night()
        assert await standing(maju, "ika") == (2 * DAY, 1 * DAY, 0)


async def test_a_collective_day_is_taken_on_its_day_not_before(maju: Cast) -> None:
    for day, left in ((23, (4 * DAY, 1 * DAY, 7 * DAY)), (24, (4 * DAY, 0, 8 * DAY))):
        with clock.freeze(MONDAY.replace(month=12, day=day)):
            await maju.night()
            assert await standing(maju, "budi") == left


async def test_what_is_left_expires_with_the_year_and_the_next_is_granted(maju: Cast) -> None:
    with clock.freeze(MONDAY.replace(year=2027, month=1, day=1)):
        await maju.night()
        async with database.reading(maju.company):
            available = await lots.balance(maju.budi.id)
            until = await lots.valid_to(maju.budi.id)
            gone = (
                await LeaveEntry.select(LeaveEntry.quantity).where(LeaveEntry.kind == "expire").order_by(LeaveEntry.id)
            )
    # An estimate of the next year's collective days may be in the list; what is free is what is not set aside.
    assert until == date(2027, 12, 31)
    assert 0 < available <= 12 * DAY
    assert {"quantity": -4 * DAY} in gone
    assert await standing(maju, "budi") is not None


async def test_days_can_be_taken_until_the_last_of_december(maju: Cast) -> None:
    with clock.freeze(MONDAY.replace(month=12, day=31, hour=8)):
        await maju.night()
        await maju.asks(maju.budi, Period(date(2026, 12, 31), date(2026, 12, 31)))
        assert await standing(maju, "budi") == (3 * DAY, 1 * DAY, 8 * DAY)


async def test_days_held_over_the_end_of_the_year_come_back_only_to_expire(maju: Cast) -> None:
    request = await maju.asks(maju.budi, Period(date(2026, 12, 28), date(2026, 12, 29)))
    with clock.freeze(MONDAY.replace(year=2027, month=1, day=4)):
        await maju.night()
        before = await standing(maju, "budi")
        await maju.decides(maju.sari, request, "reject", "sudah lewat")
        await maju.night()
        after = await standing(maju, "budi")
    assert before is not None
    assert after is not None
    assert (after[0], before[1] - after[1]) == (before[0], 2 * DAY)


async def test_the_explanation_adds_up_to_the_balance(maju: Cast) -> None:
    await maju.asks(maju.budi, Period(date(2026, 8, 12), date(2026, 8, 12), "am"))
    async with database.reading(maju.company):
        lines = await lots.lines(maju.budi.id)
        assert sum(line.quantity for line in lines) == await lots.balance(maju.budi.id) == 3 * DAY + HALF
    assert lines[0].kind == "grant"
    assert [line.on for line in lines] == sorted(line.on for line in lines)


async def test_a_correction_by_hand_is_an_entry_like_any_other(maju: Cast) -> None:
    async with database.transaction(maju.company):
        await lots.adjust(maju.budi.id, 2 * DAY, year=2026, today=date(2026, 7, 6))
        await lots.adjust(maju.ika.id, DAY, year=2026, today=date(2026, 7, 6))
    assert await standing(maju, "budi") == (6 * DAY, 1 * DAY, 7 * DAY)
    assert await standing(maju, "ika") == (DAY, 0, 0)
    with pytest.raises(Refused, match="not_enough_days"):
        async with database.transaction(maju.company):
            await lots.adjust(maju.budi.id, -6 * DAY - HALF, year=2026, today=date(2026, 7, 6))
    assert await standing(maju, "budi") == (6 * DAY, 1 * DAY, 7 * DAY)


async def test_a_correction_takes_from_the_lots_of_its_year_and_only_what_they_hold(maju: Cast) -> None:
    with clock.freeze(MONDAY.replace(month=10, day=1)):
        async with database.transaction(maju.company):
            await lots.adjust(maju.ika.id, DAY, year=2026, today=date(2026, 10, 1))
        await maju.night()
        async with database.transaction(maju.company):
            await lots.adjust(maju.ika.id, -2 * DAY - HALF, year=2026, today=date(2026, 10, 1))
            assert sorted(lot.left for lot in await lots.left(maju.ika.id)) == [0, HALF]


async def test_days_of_the_old_year_cannot_be_corrected_away_in_the_new_one(maju: Cast) -> None:
    async def takes_a_day() -> None:
        async with database.transaction(maju.company):
            await lots.adjust(maju.budi.id, -DAY, year=2027, today=date(2027, 1, 1))

    # The night that lets the old year go has not come yet.
    with clock.freeze(MONDAY.replace(year=2027, month=1, day=1, hour=0)), pytest.raises(Refused, match="not_enough"):
        await takes_a_day()


async def test_two_requests_at_once_cannot_spend_the_same_days(maju: Cast) -> None:
    periods = [Period(date(2026, 8, 3 + 7 * week), date(2026, 8, 5 + 7 * week)) for week in range(2)]
    tried = await asyncio.gather(*(maju.asks(maju.budi, period) for period in periods), return_exceptions=True)
    assert sorted(type(one).__name__ for one in tried) == ["Refused", "Request"]
    assert await standing(maju, "budi") == (DAY, 4 * DAY, 7 * DAY)


async def test_the_same_day_asked_for_at_once_is_had_once(maju: Cast) -> None:
    periods = [Period(date(2026, 8, 12), date(2026, 8, 12), part) for part in (None, "am", "pm", "am", None)]
    tried = await asyncio.gather(*(maju.asks(maju.budi, period) for period in periods), return_exceptions=True)
    async with database.reading(maju.company):
        days = await LeaveDay.select(LeaveDay.fraction).where(
            (LeaveDay.date == date(2026, 8, 12)) & LeaveDay.ended_at.is_null()
        )
    assert 0 < sum(day["fraction"] for day in days) <= DAY
    assert {one.key for one in tried if isinstance(one, Refused)} == {"leave.overlaps"}
    assert all(isinstance(one, Refused | Request) for one in tried)
