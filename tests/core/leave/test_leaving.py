"""Leave and a last day: none is asked for after it, and what lies there comes back to be paid out."""

from datetime import date

import pytest

from core import clock, database
from core.errors import Refused
from core.leave import lots, payout, types
from core.leave import requests as leave
from core.leave.policy import DAY, Period
from core.people import directory
from core.people.tables import Employment
from tests.core.cast import Cast
from tests.core.conftest import MONDAY

CHRISTMAS_EVE = 24  # of December 2026, a collective day
AUGUST = MONDAY.replace(month=8, day=14)


async def leaves(cast: Cast, last: date | None) -> None:
    async with database.transaction(cast.company):
        await Employment.update({Employment.leaves: last}).where(Employment.id == cast.budi.id)


async def standing(cast: Cast) -> tuple[int, int, int] | None:
    async with database.reading(cast.company):
        stored = await lots.stored(cast.budi.id)
        assert stored == await lots.recount(cast.budi.id)
        return stored


async def payable(cast: Cast) -> int:
    async with database.reading(cast.company):
        return sum(one.most for one in await payout.payable(cast.budi.id, await types.of("annual")))


async def test_leave_is_asked_for_until_the_last_day_and_not_after_it(maju: Cast) -> None:
    await leaves(maju, date(2026, 8, 12))
    async with database.reading(maju.company):
        budi = await directory.employee(maju.budi.id)
        assert (await leave.preview(budi, "annual", Period(date(2026, 8, 12), date(2026, 8, 12)))).cost == DAY
        for kind in ("annual", "sick", "unpaid"):
            with pytest.raises(Refused, match="after_last_day") as no:
                await leave.preview(budi, kind, Period(date(2026, 8, 12), date(2026, 8, 13)))
            assert no.value.facts == {"last": date(2026, 8, 12)}


async def test_a_collective_day_after_the_last_day_is_nobody_s_and_is_held_again_when_it_is_taken_back(
    maju: Cast,
) -> None:
    assert await standing(maju) == (4 * DAY, DAY, 7 * DAY)
    await leaves(maju, date(2026, 8, 31))
    await maju.night()
    assert await standing(maju) == (5 * DAY, 0, 7 * DAY)
    assert await payable(maju) == 5 * DAY
    await maju.night()
    await leaves(maju, None)
    await maju.night()
    assert await standing(maju) == (4 * DAY, DAY, 7 * DAY)
    await leaves(maju, date(2026, 12, CHRISTMAS_EVE))
    await maju.night()
    assert await standing(maju) == (4 * DAY, DAY, 7 * DAY), "the last day itself is one of work"


async def test_approved_days_after_the_last_day_come_back_once_it_is_over(maju: Cast) -> None:
    request = await maju.asks(maju.budi, Period(date(2026, 8, 12), date(2026, 8, 14)))
    await maju.decides(maju.sari, request, "approve")
    await leaves(maju, date(2026, 8, 12))
    await maju.night()
    assert await standing(maju) == (2 * DAY, 0, 10 * DAY), "it may still be taken back, but for the collective day"
    for _ in range(2):
        with clock.freeze(AUGUST):
            await maju.night()
            assert await standing(maju) == (4 * DAY, 0, 8 * DAY)
            assert await payable(maju) == 4 * DAY


async def test_what_still_waits_gives_each_day_back_once(maju: Cast) -> None:
    request = await maju.asks(maju.budi, Period(date(2026, 8, 11), date(2026, 8, 14)))
    await leaves(maju, date(2026, 8, 12))
    with clock.freeze(AUGUST):
        await maju.night()
        assert await standing(maju) == (3 * DAY, 2 * DAY, 7 * DAY)
        await maju.decides(maju.sari, request, "reject", "stok opname")
        assert await standing(maju) == (5 * DAY, 0, 7 * DAY)
