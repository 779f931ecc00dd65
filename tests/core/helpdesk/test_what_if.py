"""A quarter replayed: by other hours, days, promises and staff, counted by hand; and nothing changes by it."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core import clock, database, jobs, work
from core.errors import Refused
from core.helpdesk import replays, tickets, what_if
from core.helpdesk.replays import Result
from core.helpdesk.tables import Ticket, TicketAlarm, TicketEvent
from core.helpdesk.what_if import FIRSTS, IN_TIME, LATE, TARGETS, Wish
from core.messaging.tables import Outbound
from core.work import Work
from tests.core.cast import Cast, as_
from tests.core.helpdesk.test_tickets import asks

JAKARTA = ZoneInfo("Asia/Jakarta")
JULY = date(2026, 7, 1)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """An instant of July 2026; the 6th is a Monday."""
    return datetime(2026, 7, day, hour, minute, tzinfo=JAKARTA)


async def told(maju: Cast, who: str, asked: datetime, answered: datetime | None) -> Ticket:
    """A question at an instant, and its answer at another."""
    with clock.freeze(asked):
        row = await asks(maju, who=who)
    if answered is not None:
        with clock.freeze(answered):
            async with database.transaction(maju.company):
                await tickets.answer(row, "Jumat.", by=as_(maju.ratna), read=row.last, then=tickets.RESOLVED)
    return row


async def replayed(maju: Cast, wish: Wish) -> Result:
    async with database.transaction(maju.company):
        row = await replays.begin(JULY, wish, by=as_(maju.ratna))
    await jobs.drain()
    async with database.reading(maju.company):
        found = await replays.by_public(row.public)
    assert found is not None
    assert found.done
    return found


async def test_another_holiday_moves_the_due_and_not_the_answer(maju: Cast) -> None:
    late = await told(maju, "budi", at(6, 9), at(8, 15))  # promised until Wednesday at nine
    await told(maju, "tono", at(6, 9), at(7, 15))
    with clock.freeze(at(20, 9)):
        found = (await replayed(maju, Wish(free=(date(2026, 7, 7),)))).found
        assert (found.before.kept(), found.after.kept()) == (50, 100)
        assert found.changed == [[late.public, "T-1", LATE, IN_TIME]]
        assert (found.better, found.worse) == (1, 0)
        assert found.before.median() == timedelta(hours=42), "30 and 54 hours on the clock of working days"
        assert found.after.median() == timedelta(hours=22, minutes=30), "Tuesday no longer counts"
        found = (await replayed(maju, Wish(reading="A", promised=24))).found
        assert (found.before.kept(), found.after.kept(), found.worse) == (50, 0, 1)


async def test_other_hours_of_the_desk_move_what_it_aims_at(maju: Cast) -> None:
    await told(maju, "budi", at(6, 9), at(8, 8, 30))  # twenty office hours end on Wednesday at nine
    with clock.freeze(at(20, 9)):
        found = (await replayed(maju, Wish(opens=7 * 60, closes=19 * 60))).found
        assert found.before.sums(TARGETS)[IN_TIME] == 1
        assert found.after.sums(TARGETS)[LATE] == 1, "of twelve hours a day they end on Tuesday at 17.00"
        assert found.after.sums(FIRSTS)[IN_TIME] == 1, "the promise runs day and night"


async def test_open_saturdays_count(maju: Cast) -> None:
    await told(maju, "budi", at(3, 15), at(6, 16))  # a Friday; promised until Tuesday at three
    with clock.freeze(at(20, 9)):
        found = (await replayed(maju, Wish(saturdays=True))).found
        assert (found.before.kept(), found.after.kept()) == (100, 0), "48 hours end on Monday at three"


async def test_more_staff_answer_sooner_by_the_same_reckoning(maju: Cast) -> None:
    for who in ("budi", "tono", "dewi"):
        await told(maju, who, at(6, 9), at(7, 9))
    with clock.freeze(at(20, 9)):
        one = await replayed(maju, Wish(minutes=240))
        assert (one.staff, one.minutes) == ((1, 1), (what_if.HANDLING, 240))
        assert sorted(one.found.after.minutes) == [240, 480, 26 * 60], "the third is answered on Tuesday at eleven"
        assert sorted(one.found.before.minutes) == [30, 60, 90]
        two = await replayed(maju, Wish(staff=2, minutes=240))
        assert sorted(two.found.after.minutes) == [240, 240, 480]
        assert two.found.record.sums(FIRSTS)[IN_TIME] == 3, "beside it stands what was"


def test_how_long_an_answer_takes_is_read_where_the_next_question_waited() -> None:
    from core.calendar import promises
    from tests.core.helpdesk.test_owing import BEFORE

    assert isinstance(BEFORE, promises.Times)
    answers = [
        ("person:1", at(6, 8), at(6, 9)), ("person:1", at(6, 8, 30), at(6, 9, 40)),
        ("person:2", at(6, 8), at(6, 10)), ("person:1", at(6, 12), at(6, 15)),  # nobody waited between
    ]  # fmt: skip
    assert what_if.handling(answers, BEFORE) == (2, 40)
    assert what_if.handling([], BEFORE) == (1, what_if.HANDLING)


async def test_nothing_changes_and_nobody_is_told(maju: Cast) -> None:
    await told(maju, "budi", at(6, 9), at(8, 15))
    await told(maju, "tono", at(17, 9), None)
    with clock.freeze(at(20, 9)):
        await jobs.drain()

        async def everything() -> list[object]:
            async with database.reading(maju.company):
                return [await one.select().order_by(one.id) for one in (Ticket, TicketEvent, TicketAlarm, Outbound)]

        before = await everything()
        await replayed(maju, Wish(free=(date(2026, 7, 7),), saturdays=True, staff=3, minutes=15))
        assert await everything() == before


async def test_a_long_one_goes_in_parts_is_counted_once_and_can_be_stopped(
    maju: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replays, "PART", 2)
    for who in ("budi", "tono", "dewi", "budi", "tono"):
        await told(maju, who, at(6, 9), at(7, 9))
    with clock.freeze(at(20, 9)):
        async with database.transaction(maju.company):
            row = await replays.begin(JULY, Wish(saturdays=True), by=as_(maju.ratna))
        for _ in range(2):  # the same part again, as after a death
            await replays.go_on(maju.company, row.id, 0)
        async with database.reading(maju.company):
            (begun,) = await Work.objects().where(Work.kind == replays.KIND)
        assert (begun.done, begun.total, begun.state) == (2, 5, work.RUNNING)
        await jobs.drain()
        async with database.reading(maju.company):
            found = await replays.by_public(row.public)
        assert found is not None
        assert found.done
        assert sum(found.found.before.sums(FIRSTS).values()) == 5
        async with database.transaction(maju.company):
            row = await replays.begin(JULY, Wish(saturdays=True), by=as_(maju.ratna))
        async with database.transaction(maju.company):
            await work.stop(row.work, by=as_(maju.ratna))
        await jobs.drain()
        async with database.reading(maju.company):
            found = await replays.by_public(row.public)
        assert found is not None
        assert found.work is not None
        assert found.work.state == work.STOPPED


async def test_what_makes_no_sense_is_refused(maju: Cast) -> None:
    await told(maju, "budi", at(6, 9), at(8, 15))
    day = date(2026, 7, 7)
    for wish, key in (
        (Wish(), "whatif.nothing_else"), (Wish(reading="A", promised=48), "whatif.nothing_else"),
        (Wish(opens=1080, closes=480), "whatif.hours_unclear"), (Wish(free=(day,), worked=(day,)), "whatif.both_ways"),
        (Wish(reading="A", promised=0), "promise.out_of_bounds"), (Wish(staff=500), "whatif.staff_bounds"),
        (Wish(minutes=9999), "whatif.minutes_bounds"),
    ):  # fmt: skip
        async with database.transaction(maju.company):
            with pytest.raises(Refused) as no:
                await replays.begin(JULY, wish, by=as_(maju.ratna))
        assert no.value.key == key
    async with database.transaction(maju.company):
        with pytest.raises(Refused) as no:
            await replays.begin(date(2026, 1, 1), Wish(saturdays=True), by=as_(maju.ratna))
    assert no.value.key == "whatif.no_tickets"
