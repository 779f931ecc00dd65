"""What is promised and aimed at, as the company reads it: four readings, priorities, and no promise made shorter."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import clock, database
from core.calendar import promises, versions
from core.calendar.days import Calendar, DayOff, Own, Week
from core.calendar.versions import Said
from core.errors import Refused
from core.helpdesk import clocks, sorting, terms, tickets, timelines
from core.helpdesk.service_level import PROMISE, TARGET
from core.helpdesk.tables import DeskTerms, TicketCategory
from core.helpdesk.terms import PRIORITIES, USUAL, Terms
from tests.core.cast import HR, Cast, as_
from tests.core.conftest import MONDAY
from tests.core.helpdesk.test_tickets import again, asks

JAKARTA = ZoneInfo("Asia/Jakarta")
HOUR = timedelta(hours=1)
OFFICE = ((480, 1020),)


def plain(national: dict[date, DayOff] | None = None, week: dict[int, object] | None = None) -> Calendar:
    hours = week or dict.fromkeys(range(5), OFFICE)
    return Calendar(1, "tests.1", "Asia/Jakarta", True, national or {}, {}, [Week(None, date.min, None, hours)], ())  # type: ignore[arg-type]


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 7, day, hour, minute, tzinfo=JAKARTA)


def same(much: int) -> dict[str, int]:
    return dict.fromkeys(PRIORITIES, much)


@pytest.mark.parametrize(
    ("reading", "much", "dues"),
    [
        ("A", 48, (at(7, 17), at(8, 0), at(8, 6))),
        ("B", 48, (at(10, 15), at(10, 16), at(10, 16))),
        ("C", 2, (at(7, 17), at(7, 18), at(7, 18))),
        ("D", 2, (at(7, 18), at(8, 18), at(8, 18))),
    ],
)
def test_the_four_readings_of_two_times_twenty_four_hours(reading: str, much: int, dues: tuple[datetime, ...]) -> None:
    """Friday 17:00, Saturday 09:30, Monday 06:00: the table of the anchors."""
    found = promises.of_calendar(plain())
    measure = Terms(1, reading, same(much), same(20)).promise("normal", found)
    assert tuple(measure.due(one) for one in (at(3, 17), at(4, 9, 30), at(6, 6))) == dues


def test_a_pause_moves_close_of_business_as_far_as_it_took_from_the_desk() -> None:
    measure = Terms(1, "D", same(2), same(20)).promise("normal", promises.of_calendar(plain()))
    assert measure.due(at(6, 10)) == at(8, 18)
    assert measure.due(at(6, 10), [(at(7, 8), at(7, 13))]) == at(9, 13)
    assert measure.due(at(6, 10), [(at(7, 20), at(8, 7))]) == at(8, 18), "a night takes nothing"
    assert measure.due(at(6, 10), [(at(7, 8), None)]) is None


DAYS = st.sets(st.integers(0, 6), min_size=1)
FREE = st.sets(st.integers(0, 200).map(lambda number: date(2026, 7, 1) + timedelta(days=number)), max_size=12)


@settings(max_examples=25, deadline=None)
@given(
    DAYS, FREE, st.integers(0, 200 * 24), st.sampled_from([("A", 48, 20), ("B", 20, 20), ("C", 3, 30), ("D", 2, 20)])
)
def test_no_calendar_lets_a_target_fall_after_a_promise_that_was_accepted(
    week: set[int], free: set[date], hour: int, some: tuple[str, int, int]
) -> None:
    """Desks are open the same hours each day that is worked, so which days those are moves both alike."""
    reading, much, aimed = some
    off = {day: DayOff(day, "national", "Libur", "Holiday") for day in free}
    found = promises.of_calendar(plain(off, dict.fromkeys(week, OFFICE)))
    asked = at(1, 0) + hour * HOUR
    told = Terms(1, reading, same(much), same(aimed))
    assert terms.crossing(told, promises.of_calendar(plain()), at(1, 0)) is None
    promise, target = told.promise("normal", found).due(asked), told.target("normal", found).due(asked)
    assert promise is not None
    assert target is not None
    assert target <= promise


def test_a_target_that_could_fall_after_its_promise_is_found_with_an_example() -> None:
    found = promises.of_calendar(plain())
    wrong = terms.crossing(Terms(1, "A", same(48), {**same(20), "top": 21}), found, at(1, 0))
    assert wrong is not None
    priority, asked, promise, target = wrong
    assert priority == "top"
    assert promise < target
    assert Terms(1, "A", same(48), same(21)).target("top", found).due(asked) == target
    assert terms.crossing(USUAL, found, at(1, 0)) is None


async def chooses(maju: Cast, reading: str, much: int, aimed: int = 20, *, seen: int = 0, why: str = "uji") -> Terms:
    async with database.transaction(maju.company):
        return await terms.choose(reading, same(much), same(aimed), why=why, seen=seen, by=HR)


async def test_terms_hold_for_what_is_asked_after_them_alone(maju: Cast) -> None:
    before = await asks(maju)
    assert before.answer_promise == MONDAY + 48 * HOUR
    await chooses(maju, "B", 48)
    with clock.freeze(MONDAY + HOUR):
        after = await asks(maju, who="tono")
        async with database.transaction(maju.company):
            await tickets.note(before, "lihat", by=as_(maju.ratna))
    assert (await again(maju, before)).answer_promise == before.answer_promise
    assert after.answer_promise == datetime(2026, 7, 10, 18, tzinfo=JAKARTA)
    await chooses(maju, "A", 24, 8, seen=1)
    with clock.freeze(MONDAY + 2 * HOUR):
        async with database.transaction(maju.company):
            await tickets.note(after, "lihat", by=as_(maju.ratna))
        assert (await again(maju, after)).answer_promise == after.answer_promise
        third = await asks(maju, who="dewi")
    assert third.answer_promise == MONDAY + 26 * HOUR


@pytest.mark.parametrize(
    ("reading", "much", "aimed", "seen", "why", "key"),
    [
        ("E", 48, 20, 0, "x", "promise.reading_unknown"), ("A", 0, 20, 0, "x", "promise.out_of_bounds"),
        ("A", 48, 241, 0, "x", "promise.out_of_bounds"), ("A", 48, 20, 0, " ", "promise.why_missing"),
        ("A", 40, 16, 3, "x", "promise.saved_since"), ("A", 24, 20, 0, "x", "promise.target_after"),
    ],
)  # fmt: skip
async def test_terms_that_can_not_hold_are_refused(
    maju: Cast, reading: str, much: int, aimed: int, seen: int, why: str, key: str
) -> None:
    with pytest.raises(Refused) as no:
        await chooses(maju, reading, much, aimed, seen=seen, why=why)
    assert no.value.key == key
    async with database.reading(maju.company):
        assert not await DeskTerms.exists()


async def test_a_priority_moves_the_target_and_no_promise_that_was_given(maju: Cast) -> None:
    row = await asks(maju)
    async with database.transaction(maju.company):
        await terms.choose("A", {**same(48), "top": 24}, {"normal": 20, "high": 8, "top": 4}, why="uji", seen=0, by=HR)
        await sorting.rank(row, "top", by=as_(maju.ratna))
    row = await again(maju, row)
    assert row.answer_target == MONDAY + 4 * HOUR
    assert row.answer_promise == MONDAY + 48 * HOUR
    async with database.transaction(maju.company):
        await tickets.answer(row, "Sudah?", by=as_(maju.ratna), read=row.last)
    with clock.freeze(MONDAY + HOUR):
        async with database.transaction(maju.company):
            await tickets.write(row, "belum", by=as_(maju.budi))
    row = await again(maju, row)
    assert row.answer_promise == MONDAY + 25 * HOUR, "what is asked now is promised by the priority of now"
    with pytest.raises(Refused):
        async with database.transaction(maju.company):
            await sorting.rank(row, "urgent", by=as_(maju.ratna))


async def test_a_closure_moves_the_promise_and_the_target_never_falls_after_it(maju: Cast) -> None:
    row = await asks(maju)
    async with database.transaction(maju.company):
        number = await versions.ask_closure(at(6, 9), at(6, 14), "banjir", person=maju.ratna.person, actor=HR)
        await versions.approve_closure(number, person=maju.hendra.person, actor=HR)
    async with database.reading(maju.company):
        both = await clocks.of(row, await timelines.of(row))
    assert both.due(PROMISE, "answer") == MONDAY + 53 * HOUR
    assert both.due(TARGET, "answer") == at(8, 14)


async def test_a_closure_of_a_place_stops_the_clock_of_those_who_work_there(maju: Cast) -> None:
    here, there = await asks(maju), await asks(maju, who="dewi")
    async with database.transaction(maju.company):
        number = await versions.ask_closure(
            at(6, 9), at(6, 14), "banjir", location=maju.dewi.location, person=maju.ratna.person, actor=HR
        )  # fmt: skip
        await versions.approve_closure(number, person=maju.hendra.person, actor=HR)
    dues = []
    async with database.reading(maju.company):
        for row in (here, there):
            both = await clocks.of(row, await timelines.of(row))
            dues.append(both.due(PROMISE, "answer"))
    assert dues == [MONDAY + 48 * HOUR, MONDAY + 53 * HOUR]


async def test_a_day_that_is_taken_back_makes_no_promise_shorter_nor_its_solution(maju: Cast) -> None:
    async with database.transaction(maju.company):
        await versions.say([Said(date(2026, 7, 7), "company", "Ulang tahun", "Jubilee")], "tests", actor=HR)
    row = await asks(maju)
    assert row.answer_promise == row.solve_promise == MONDAY + 72 * HOUR
    async with database.transaction(maju.company):
        await versions.say([Said(date(2026, 7, 7), "working", "Masuk", "Worked")], "tests", actor=HR)
        await tickets.note(row, "lihat", by=as_(maju.ratna))
    row = await again(maju, row)
    assert row.answer_promise == row.solve_promise == MONDAY + 72 * HOUR
    assert row.answer_target == at(8, 9), "what only the desk aims at follows"


async def test_categories_are_offered_sorted_by_and_end(maju: Cast) -> None:
    row = await asks(maju)
    async with database.transaction(maju.company):
        await sorting.fill(by=HR)
        await sorting.fill(by=HR)
        own = await sorting.add("  Seragam ", "", by=HR)
        await sorting.sort(row, own.id, by=as_(maju.ratna))
    async with database.reading(maju.company):
        assert len(await sorting.categories()) == len(sorting.SHIPPED) + 1
    with pytest.raises(Refused) as no:
        async with database.transaction(maju.company):
            await sorting.add("seragam", "", by=HR)
    assert no.value.key == "promise.category_there"
    async with database.transaction(maju.company):
        await sorting.end(own.id, by=HR)
    assert (await again(maju, row)).category == own.id
    with pytest.raises(Refused):
        async with database.transaction(maju.company):
            await sorting.sort(await again(maju, await asks(maju, who="tono")), own.id, by=as_(maju.ratna))


async def test_another_companys_category_and_terms_are_none_here(two: tuple[Cast, Cast]) -> None:
    maju, sinar = two
    await chooses(maju, "D", 2)
    async with database.transaction(maju.company):
        await sorting.fill(by=HR)
        row = await TicketCategory.objects().first()
    assert row is not None
    async with database.reading(sinar.company):
        assert (await terms.now()).number == 0
    with pytest.raises(Refused):
        async with database.transaction(sinar.company):
            await sorting.sort(await asks(sinar), row.id, by=HR)


def test_an_extra_open_day_counts_and_a_week_of_later_too() -> None:
    held = replace(plain(), own={date(2026, 7, 4): [Own(None, None)]})
    found = promises.of_calendar(held)
    assert USUAL.promise("normal", found).due(at(3, 17)) == at(6, 17), "Saturday is worked"
