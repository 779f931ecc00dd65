"""Who is told of a clock, when, and that it is once; and what another calendar does to tickets that are there."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core import clock, database, jobs, work
from core.accounts.tables import Membership
from core.calendar import promises, versions
from core.calendar.versions import Said
from core.errors import Refused
from core.helpdesk import alarming, clocks, recounting, sorting, terms, tickets, timelines
from core.helpdesk.service_level import FIRST, PROMISE, RECOUNTED
from core.helpdesk.tables import Ticket, TicketAlarm
from core.work import Work
from tests.core.cast import HR, Cast, as_
from tests.core.conftest import MONDAY
from tests.core.helpdesk.test_tickets import again, asks, texts

JAKARTA = ZoneInfo("Asia/Jakarta")
HOUR = timedelta(hours=1)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 7, day, hour, minute, tzinfo=JAKARTA)


async def told_of(maju: Cast, who: str, number: str) -> list[str]:
    return [
        text for text in await texts(maju, maju.people[who]) if (number in text and "target" in text) or "Janji" in text
    ]


async def test_the_agent_is_warned_before_the_target_and_nobody_else(maju: Cast) -> None:
    row = await asks(maju)
    async with database.transaction(maju.company):
        await tickets.take(row, by=as_(maju.sari))
    with clock.freeze(at(7, 13, 59)):
        await jobs.drain()
    assert await told_of(maju, "sari", "T-1") == []
    with clock.freeze(at(7, 14)):
        await jobs.drain()
        (warned,) = await told_of(maju, "sari", "T-1")
        assert "T-1 (seragam baru kapan dibagi) mendekati targetnya: dijawab paling lambat Rabu 8 Juli 09.00" in warned
        assert await told_of(maju, "ratna", "T-1") == []
        for _ in range(2):  # a job that runs again, as after a death, tells nothing again
            await alarming.tell(maju.company, row.id)
        assert len(await told_of(maju, "sari", "T-1")) == 1


async def test_a_missed_target_and_a_broken_promise_reach_the_agent_and_hr_once_each(maju: Cast) -> None:
    row = await asks(maju)
    async with database.transaction(maju.company):
        await tickets.take(row, by=as_(maju.sari))
        await terms.choose("A", dict.fromkeys(terms.PRIORITIES, 48), {"normal": 18, "high": 8, "top": 4}, why="uji",
                           seen=0, by=HR)  # fmt: skip
    with clock.freeze(at(8, 12)):
        await jobs.drain()
        await jobs.drain()
        for who in ("sari", "ratna", "hendra"):
            told = await told_of(maju, who, "T-1")
            assert [("lewat targetnya" in one, "Janji ke pemohon" in one) for one in told] == [
                (True, False),
                (False, True),
            ]
        assert await told_of(maju, "budi", "T-1") == [], "who asked is told nothing of the desk's targets"
    async with database.reading(maju.company):
        kinds = sorted(row["kind"] for row in await TicketAlarm.select(TicketAlarm.kind))
    assert kinds == ["broken", "late"]


async def test_a_death_in_between_loses_nothing_and_tells_nothing_twice(
    maju: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The crash point `tickets.alarm_told`: what was put on its way goes with what was written, or neither."""
    row = await asks(maju)

    def dies(place: str) -> None:
        raise KeyboardInterrupt(place)

    with clock.freeze(at(7, 14)):
        monkeypatch.setattr(alarming, "crashpoint", dies)
        with pytest.raises(KeyboardInterrupt):
            await alarming.tell(maju.company, row.id)
        assert await told_of(maju, "ratna", "T-1") == []
        monkeypatch.undo()
        await jobs.drain()
        await jobs.drain()
        assert len(await told_of(maju, "ratna", "T-1")) == 1
        assert (await again(maju, row)).alarm_at == at(8, 9) + timedelta(seconds=1)


async def test_what_was_answered_in_time_rings_nowhere(maju: Cast) -> None:
    row = await asks(maju)
    async with database.transaction(maju.company):
        await tickets.answer(row, "Senin.", by=as_(maju.sari), read=row.last, then=tickets.RESOLVED)
    with clock.freeze(at(9, 12)):
        await jobs.drain()
    assert await told_of(maju, "sari", "T-1") == []
    async with database.reading(maju.company):
        assert not await TicketAlarm.exists()


async def test_a_priority_that_makes_it_late_rings_at_once(maju: Cast) -> None:
    row = await asks(maju)
    with clock.freeze(at(6, 15)):
        async with database.transaction(maju.company):
            await tickets.take(row, by=as_(maju.sari))
            await sorting.rank(row, "top", by=as_(maju.sari))
        await jobs.drain()
        assert any("lewat targetnya" in one for one in await told_of(maju, "sari", "T-1"))


async def test_without_an_agent_whoever_administers_is_warned(maju: Cast) -> None:
    await asks(maju)
    with clock.freeze(at(7, 14)):
        await jobs.drain()
        assert len(await told_of(maju, "ratna", "T-1")) == 1
    async with database.reading(maju.company):
        assert await Membership.exists()


async def holiday(maju: Cast, day: date = date(2026, 7, 7)) -> None:
    async with database.transaction(maju.company):
        await versions.say([Said(day, "national", "Libur mendadak", "Late holiday")], "SKB baru", actor=HR)


async def test_a_late_holiday_is_seen_first_then_counted_told_and_written_down(maju: Cast) -> None:
    row, solved = await asks(maju), await asks(maju, who="tono")
    async with database.transaction(maju.company):
        await tickets.answer(solved, "Sudah.", by=as_(maju.ratna), read=solved.last, then=tickets.RESOLVED)
        with pytest.raises(Refused) as no:
            await recounting.begin(by=HR)
    assert no.value.key == "promise.recount_nothing"
    await holiday(maju)
    async with database.reading(maju.company):
        (effect,) = await recounting.effects()
    assert effect.ticket.number == "T-1"
    assert effect.promise is not None
    assert (await again(maju, row)).answer_promise == MONDAY + 48 * HOUR, "looking changes nothing"
    async with database.transaction(maju.company):
        begun = await recounting.begin(by=as_(maju.ratna))
    await jobs.drain()
    row = await again(maju, row)
    assert row.answer_promise == row.solve_promise == MONDAY + 72 * HOUR
    assert row.answer_target == at(9, 9)
    moved = [text for text in await texts(maju, maju.budi) if "Batas waktu T-1 berubah karena SKB baru" in text]
    assert len(moved) == 1
    assert "Kamis 9 Juli 09.00 WIB" in moved[0]
    async with database.reading(maju.company):
        held = await Work.objects().where(Work.id == begun.id).first()
        assert held is not None
        assert (held.state, held.done) == (work.DONE, 1)
        events = [one for one in await tickets.events_of(row) if one.kind == RECOUNTED]
        assert len(events) == 1
        assert await recounting.effects() == []
    async with database.transaction(maju.company):
        with pytest.raises(Refused):
            await recounting.begin(by=HR)
        await versions.say([Said(date(2026, 7, 7), "working", "Masuk", "Worked")], "batal", actor=HR)
        await tickets.note(row, "lihat", by=as_(maju.ratna))
    assert (await again(maju, row)).answer_promise == MONDAY + 72 * HOUR, "what the recount told is kept"


async def test_a_miss_that_a_late_holiday_cures_is_excused_and_stays_in_the_record(maju: Cast) -> None:
    row = await asks(maju)
    with clock.freeze(at(8, 15)):
        async with database.transaction(maju.company):
            await tickets.answer(row, "Maaf lama.", by=as_(maju.ratna), read=row.last, then=tickets.RESOLVED)
        await jobs.drain()
        await holiday(maju)
        async with database.reading(maju.company):
            (effect,) = await recounting.effects()
        assert effect.excused
        async with database.transaction(maju.company):
            await recounting.begin(by=HR)
        await jobs.drain()
        row = await again(maju, row)
        assert row.excused == "SKB baru"
        async with database.reading(maju.company):
            both = await clocks.of(row, await timelines.of(row))
        (first,) = [one for one in both.of(PROMISE) if one.metric == FIRST]
        assert (first.excused, first.late(clock.now())) == (True, False)


async def test_a_closure_without_an_end_is_told_and_its_end_too(maju: Cast) -> None:
    row = await asks(maju)
    async with database.transaction(maju.company):
        number = await versions.ask_closure(at(6, 9), None, "banjir", person=maju.ratna.person, actor=HR, desk=True)
        await versions.approve_closure(number, person=maju.hendra.person, actor=HR)
        await recounting.begin(by=HR)
    await jobs.drain()
    assert (await again(maju, row)).answer_promise is None
    assert any("belum bisa dijanjikan, karena banjir" in text for text in await texts(maju, maju.budi))
    async with database.transaction(maju.company):
        await versions.end_closure(number, at(7, 9), actor=HR)
        await recounting.begin(by=HR)
    await jobs.drain()
    assert (await again(maju, row)).answer_promise == MONDAY + 72 * HOUR
    assert any("Sekarang paling lambat Kamis 9 Juli 09.00" in text for text in await texts(maju, maju.budi))


async def test_a_closure_of_the_desk_makes_no_day_free(maju: Cast) -> None:
    async with database.transaction(maju.company):
        number = await versions.ask_closure(
            at(7, 0), at(8, 0), "pindah kantor", person=maju.ratna.person, actor=HR, desk=True
        )
        await versions.approve_closure(number, person=maju.hendra.person, actor=HR)
    async with database.reading(maju.company):
        held = (await promises.times()).held
        assert held.works(date(2026, 7, 7), None)
    assert (await asks(maju)).answer_promise == MONDAY + 72 * HOUR


async def test_nothing_of_it_reaches_another_company(two: tuple[Cast, Cast]) -> None:
    maju, sinar = two
    row = await asks(maju)
    await holiday(maju)
    async with database.reading(sinar.company):
        assert await recounting.effects() == []
    with clock.freeze(at(9, 12)):
        await alarming.tell(sinar.company, row.id)
    async with database.reading(maju.company):
        assert not await TicketAlarm.exists()
        assert await Ticket.count() == 1
