"""By whose time a promise runs: the company's, or that of the place where whoever asks works (rule 12)."""

from datetime import datetime
from zoneinfo import ZoneInfo

from core import choices, clock, database
from core.helpdesk import clocks, recounting, timelines, wording
from core.helpdesk.service_level import PROMISE
from tests.core.cast import HR, Cast
from tests.core.helpdesk.test_tickets import again, asks

DENPASAR, JAKARTA = ZoneInfo("Asia/Makassar"), ZoneInfo("Asia/Jakarta")
# A Monday at half past midnight in Denpasar, which is Sunday evening in Jakarta.
MONDAY_THERE = datetime(2026, 7, 6, 0, 30, tzinfo=DENPASAR)


async def by_place(maju: Cast, *, on: bool) -> None:
    async with database.transaction(maju.company):
        await choices.choose("desk_place_time", int(on), by=HR)


async def test_a_question_runs_by_the_companys_time_unless_it_wants_otherwise(maju: Cast) -> None:
    with clock.freeze(MONDAY_THERE):
        by_company = await asks(maju, who="dewi")
        assert by_company.answer_promise == datetime(2026, 7, 8, 0, 0, tzinfo=JAKARTA), "from Monday 00.00 WIB"
        await by_place(maju, on=True)
        own = await asks(maju, who="dewi")
        assert own.answer_promise == datetime(2026, 7, 8, 0, 30, tzinfo=DENPASAR)
        assert own.answer_target == datetime(2026, 7, 7, 18, 0, tzinfo=DENPASAR), "its desk opens at eight there"
        async with database.reading(maju.company):
            both = await clocks.of(own, await timelines.of(own))
        lines = wording.receipt_of(both.promise[0], both.times, "id")
        assert lines[0] == "Senin 6 Juli 00.30-24.00: 23 jam 30 menit"
        near = await asks(maju, who="budi")
        assert near.answer_promise == datetime(2026, 7, 8, 0, 0, tzinfo=JAKARTA), "Jakarta stays as it is"


async def test_switching_makes_no_promise_sooner_and_is_seen_before_it_is_counted(maju: Cast) -> None:
    with clock.freeze(MONDAY_THERE):
        row = await asks(maju, who="dewi")
        given = row.answer_promise
        await by_place(maju, on=True)
        async with database.reading(maju.company):
            (effect,) = await recounting.effects()
            both = await clocks.of(row, await timelines.of(row))
        assert effect.promise is None, "only what the desk aims at moves"
        assert both.due(PROMISE, "answer") == given
    assert (await again(maju, row)).answer_promise == given
