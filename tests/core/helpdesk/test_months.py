"""The month of the help desk in figures: what was kept, missed, excused, by whom; each from the events of its tickets."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from core import clock, database, jobs
from core.calendar import versions
from core.calendar.versions import Said
from core.helpdesk import months, recounting, tickets
from core.helpdesk.months import Outcome
from tests.core.cast import HR, Cast, as_
from tests.core.conftest import MONDAY
from tests.core.helpdesk.test_tickets import asks

JAKARTA = ZoneInfo("Asia/Jakarta")
JULY = date(2026, 7, 1), date(2026, 7, 31)


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 7, day, hour, tzinfo=JAKARTA)


async def july(maju: Cast) -> list[Outcome]:
    async with database.reading(maju.company):
        return await months.of_days(*JULY, "Asia/Jakarta")


async def test_each_ticket_is_kept_missed_excused_or_runs(maju: Cast) -> None:
    kept, late, runs = await asks(maju), await asks(maju, who="tono"), await asks(maju, who="dewi")
    async with database.transaction(maju.company):
        await tickets.answer(kept, "Ya.", by=as_(maju.ratna), read=kept.last, then=tickets.RESOLVED)
    assert [one.first for one in await july(maju)] == ["in_time", "runs", "runs"]
    with clock.freeze(at(8, 15)):
        async with database.transaction(maju.company):
            await tickets.answer(late, "Maaf.", by=as_(maju.sari), read=late.last, then=tickets.RESOLVED)
        found = await july(maju)
        assert [one.first for one in found] == ["in_time", "late", "late"], "it is late while nobody answers, too"
        whole = months.summed(found)
        assert (whole.opened, whole.first_in_time, whole.first_late, whole.kept) == (3, 1, 2, 33)
        assert whole.first_median == timedelta(hours=27)
        async with database.transaction(maju.company):
            await versions.say([Said(date(2026, 7, 7), "national", "Libur", "Holiday")], "SKB baru", actor=HR)
            await recounting.begin(by=HR)
        await jobs.drain()
        found = await july(maju)
        assert [one.first for one in found] == ["in_time", "excused", "excused"], "what is excused stands apart"
        assert months.summed(found).kept == 100
        assert months.burn_up(found, date(2026, 7, 6), 3, "Asia/Jakarta")[-1] == (3, 1, 0, 1)
    assert runs.opened_at == MONDAY


async def test_another_month_and_another_company_have_none_of_it(two: tuple[Cast, Cast]) -> None:
    maju, sinar = two
    await asks(maju)
    async with database.reading(maju.company):
        assert await months.of_days(date(2026, 6, 1), date(2026, 6, 30), "Asia/Jakarta") == []
    async with database.reading(sinar.company):
        assert await months.of_days(*JULY, "Asia/Jakarta") == []
    assert months.summed([]).kept is None
