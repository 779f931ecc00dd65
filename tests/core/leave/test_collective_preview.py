"""What is told before a year of collective leave is posted is what posting it does, whoever began when."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from core import clock, database, jobs
from core.calendar import versions
from core.calendar.versions import Said
from core.leave import collective, collective_days, collective_preview, collective_who, lots, policies, requests, types
from core.leave.collective_who import Told
from core.leave.policy import DAY, HALF, Period
from core.leave.tables import LeaveDay, LeaveEntry
from core.people import directory, imports
from core.people.directory import Employee
from tests.core.cast import HR, Cast, as_, lay

HEADER = "employee_number,name,email,manager,department,location,timezone,join_date,role\n"
HEAD = "0001,Ratna Dewanti,ratna@{at},,HR,Jakarta,Asia/Jakarta,2018-07-02,super_administrator\n"
ADVENT = datetime(2025, 12, 20, 9, tzinfo=ZoneInfo("Asia/Jakarta"))
OWN_DAY = date(2026, 11, 26)  # of one place alone
RULES: tuple[dict[str, Any], ...] = (
    {},
    {"after_months": 0, "schedule": "monthly", "due": "last", "carry_days": 6 * DAY},
    {"after_months": 3, "schedule": "quarterly", "carry_days": 3 * DAY, "carry_months": 9},
)


@pytest.mark.parametrize("short", types.SHORT)
@pytest.mark.parametrize("rule", range(len(RULES)))
async def test_posting_does_what_was_told_before(open_database: str, rule: int, short: str) -> None:
    chance = Random(f"{rule}{short}")
    today = ADVENT.replace(year=2026, month=chance.choice((3, 7, 11)))
    with clock.freeze(ADVENT):
        cast = await begun(chance, RULES[rule])
    with clock.freeze(today):
        await hired(cast, chance, range(20, 32), date(2026, 1, 2), today.date())
        await cast.night()
        await some_have_more_or_less(cast, chance)
        await undone(cast)
        async with database.reading(cast.company):
            everybody = {one.id: one for one in await directory.everyone()}
            told = await collective_preview.preview(2026)
            listed, _ = await collective_who.who(2026, collective_who.SHORT, 0, 100)
            before = await lots.balances(list(everybody))
            paid: list[Told] = []
            after: int | None = 0
            while after is not None:
                some, after = await collective_who.who(2026, collective_who.ENOUGH, after, 3)
                paid += some
        assert (told.people, told.short) == (len(everybody), len(listed))
        assert [one.employee.id for one in paid] == sorted({*everybody} - {one.employee.id for one in listed})
        assert all(one.available == before.get(one.employee.id, 0) for one in paid)
        assert sum(place.short for place in told.places) == told.short
        async with database.transaction(cast.company):
            await collective.post(2026, short, actor=HR)
        await jobs.drain()
        await agrees(cast, everybody.values(), {one.employee.id: one for one in listed}, before, short)


async def agrees(cast: Cast, people: Iterable[Employee], listed: dict[int, Told], before: Any, short: str) -> None:
    """Compare what was told of each with their days and balance now, and with what the calendar asks of them."""
    async with database.reading(cast.company):
        batch = await collective.batch_of(2026)
        assert batch is not None
        for one in people:
            told, spent = listed.get(one.id), before.get(one.id, 0) - await lots.balance(one.id)
            assert await lots.stored(one.id) in (await lots.recount(one.id), None)
            days = await LeaveDay.select().where(
                (LeaveDay.employment == one.id) & (LeaveDay.batch == batch.id) & LeaveDay.ended_at.is_null()
            )
            held = await LeaveEntry.select(LeaveEntry.leave_day).where(
                LeaveEntry.leave_day.is_in([row["id"] for row in days] or [0])
            )
            entries = {row["leave_day"] for row in held}
            settled = [row for row in days if row["id"] not in entries]
            assert {row["leave_type"] for row in settled} <= {"unpaid" if short == "unpaid" else "annual"}
            if told is None:
                assert settled == []
            elif short == "advance":
                assert before.get(one.id, 0) - spent == told.lent_to
                assert len(settled) * DAY <= told.beyond <= told.missing
            else:
                assert len(settled) * DAY <= told.missing
                assert told.available == before.get(one.id, 0)
            unpaid = 0 if told is None else told.beyond if short == "advance" else told.missing
            assert spent + unpaid == DAY * await asked_of(one), one
            come = [row for row in settled if row["date"] > clock.today(one.zone)]
            assert come == [], "a day ahead that no lot pays for waits"


async def asked_of(one: Employee) -> int:
    """How many collective days cost somebody a day who is neither away nor gone on it."""
    costs = (await collective_days.of_year(2026)).costs[one.location]
    away = await LeaveDay.select(LeaveDay.date).where(
        (LeaveDay.employment == one.id) & LeaveDay.batch.is_null() & LeaveDay.ended_at.is_null()
        & (LeaveDay.counted == True)  # noqa: E712
    )  # fmt: skip
    return len({day for day in costs if day >= one.joins} - {row["date"] for row in away})


async def begun(chance: Random, rule: dict[str, Any]) -> Cast:
    """A company with a rule of its own, and whoever was there at the end of 2025."""
    cast = await lay("PT Acak", at="acak.example", people=HEADER + HEAD, granted=())
    async with database.transaction(cast.company):
        kind = replace(await types.of("annual"), from_=ADVENT.date(), examples=(), **rule)
        await policies.publish(await policies.draft(kind, [], actor=HR), actor=HR)
    await hired(cast, chance, range(2, 20), date(2024, 10, 1), ADVENT.date())
    await cast.night()
    return cast


async def hired(cast: Cast, chance: Random, numbers: range, first: date, last: date) -> None:
    """Take up people who began on any of these days."""
    rows = [HEADER]
    for number in numbers:
        place, joins = chance.choice(("Cakung", "Denpasar")), first + timedelta(chance.randint(0, (last - first).days))
        rows.append(f"{number:04},Orang {number},o{number}@acak.example,0001,Toko,{place},Asia/Jakarta,{joins},\n")
    assert (await imports.take(cast.company, "".join(rows).encode(), actor=HR)).bad == []


async def some_have_more_or_less(cast: Cast, chance: Random) -> None:
    """Take days from some and give others some, halves too; let others be away on what becomes a collective day of one place."""
    async with database.reading(cast.company):
        everybody = await directory.everyone()
        have = await lots.balances([one.id for one in everybody])
    for one in everybody:
        what, left = chance.choice(("less", "more", "away", "nothing")), max(0, have.get(one.id, 0))
        today = clock.today(one.zone)
        if what == "less" and left:
            quantity = -HALF * chance.randint(1, left // HALF)
        elif what == "more":
            quantity = HALF * chance.randint(1, 9)
        else:
            if what == "away" and today < OWN_DAY:
                await requests.submit(one, "unpaid", Period(OWN_DAY, OWN_DAY), "x", actor=as_(one))
            continue
        async with database.transaction(cast.company):
            await lots.adjust(one.id, quantity, year=2026, today=today)
    async with database.transaction(cast.company):
        somebody = next(one for one in await directory.everyone() if one.location != cast.ratna.location)
        name = "Cuti bersama toko"
        await versions.say([Said(OWN_DAY, "collective", name, name, location=somebody.location)], "SK", actor=HR)


async def undone(cast: Cast) -> None:
    async with database.transaction(cast.company):
        row = await collective.batch_of(2026)
        assert row is not None
        await collective.undo(row, actor=HR)
    await jobs.drain()
