"""A night that comes late leaves the same ledger as nights that came on time."""

import random
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from core import clock, database
from core.leave import lots, nights, policies, types
from core.leave.policy import DAY, Period
from core.leave.tables import LeaveBalance, LeaveDay, LeaveEntry, Lot
from core.people.tables import Employment
from tests.core.cast import HR, Cast, lay
from tests.core.people.test_batches import applied

JAKARTA = ZoneInfo("Asia/Jakarta")
FIRST, LAST = date(2026, 12, 18), date(2027, 2, 3)
RARE = "extra_rest"
MORE = """\
employee_number,name,join_date
0950,Aji Pratama,2026-12-22
0951,Ayu Lestari,2027-01-04
0952,Eka Putra,2025-01-20
"""
Ledger = dict[str, Any]


async def publish(cast: Cast, code: str, since: date, **terms: Any) -> None:
    async with database.transaction(cast.company):
        there = next((one for one in await types.every(since) if one.code == code), None)
        blank = there or types.Kind(code, since, "Istirahat Tambahan", "Extra rest", "")
        kind = replace(blank, from_=since, examples=(), **terms)
        await policies.publish(await policies.draft(kind, [], actor=HR), actor=HR)


async def begins(cast: Cast) -> None:
    """What stands before the winter: days are carried, a kind comes month by month, another with the anniversary."""
    since = clock.today("Asia/Jakarta")
    await publish(cast, "annual", since, carry_days=3 * DAY, carry_months=1, negative=2 * DAY)
    await publish(cast, RARE, since, days=6 * DAY, schedule="monthly", due="first", basis="anniversary", carry_days=DAY)
    await publish(cast, "monthly_rest", since, days=12 * DAY, schedule="monthly", due="last", carry_days=DAY)
    await applied(cast, MORE)


async def leaves(cast: Cast) -> None:
    """Tono's last day is the year's."""
    async with database.transaction(cast.company):
        await Employment.update({Employment.leaves: date(2026, 12, 31)}).where(Employment.id == cast.tono.id)


async def rules_of_the_year(cast: Cast) -> None:
    """Published in December, for the year to come."""
    await publish(cast, "annual", date(2027, 1, 1), days=14 * DAY, carry_days=5 * DAY)


async def rules_of_today(cast: Cast) -> None:
    """Published in the middle of a day, for this very day: the night before did not know it."""
    await publish(cast, "monthly_rest", clock.today("Asia/Jakarta"), days=24 * DAY, carry_days=2 * DAY)


async def rules_of_the_next_day(cast: Cast) -> None:
    """Published once the year has turned: whoever carried and was given by then did so by the rule before."""
    await publish(cast, "annual", clock.today("Asia/Jakarta"), days=15 * DAY, carry_days=1 * DAY, carry_months=2)


ACTS: dict[date, Callable[[Cast], Awaitable[None]]] = {
    FIRST: begins, date(2026, 12, 21): rules_of_the_year, date(2026, 12, 23): leaves, date(2027, 1, 1): rules_of_today,
    date(2027, 1, 2): rules_of_the_next_day,
}  # fmt: skip


async def winter(cast: Cast, nights: set[date]) -> None:
    """Every day from December to February, with the night's work on these days alone."""
    for day in (FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)):
        if day in nights:
            with clock.freeze(datetime(day.year, day.month, day.day, 0, 10, tzinfo=JAKARTA)):
                await cast.night()
        if day in ACTS:
            with clock.freeze(datetime(day.year, day.month, day.day, 10, 0, tzinfo=JAKARTA)):
                await ACTS[day](cast)


async def ledger_of(cast: Cast) -> Ledger:
    """Every lot with its movements, every day away and every balance, by the numbers people have."""
    found: Ledger = {}
    async with database.reading(cast.company):
        number = {row["id"]: row["number"] for row in await Employment.select(Employment.id, Employment.number)}
        entries: dict[int, list[Any]] = {}
        for row in await LeaveEntry.select().order_by(LeaveEntry.id):
            what = re.sub(r"-\d+$", "", row["batch"])
            entries.setdefault(row["lot"], []).append((row["effective_on"], row["kind"], row["quantity"], what))
        for row in await Lot.select():
            lot = (number[row["employment"]], row["leave_type"], row["year"], row["origin"], row["valid_from"])
            assert str(lot) not in found
            found[str(lot)] = (
                row["valid_to"],
                row["overdraft"],
                row["encashable"],
                sorted(entries.get(row["id"], [])),
            )
        for row in await LeaveDay.select():
            day = (number[row["employment"]], row["date"], row["leave_type"])
            found[str(day)] = (row["counted"], row["taken_at"] is None, row["ended_at"] is None)
        for row in await LeaveBalance.select():
            found[str((number[row["employment"]], row["leave_type"]))] = (row["available"], row["held"], row["taken"])
    return found


def every_night() -> set[date]:
    return {FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)}


@pytest.mark.parametrize("seed", range(5))
async def test_whatever_nights_are_missed_the_ledger_is_the_same_once_they_are_made_up_for(
    maju: Cast, seed: int
) -> None:
    """Carried days go by the rule of the year's end, grants by that of their day, days are paid by what there was."""
    chance = random.Random(seed)
    kept = 0 if seed == 0 else chance.choice([2, 5, 15])
    other = await lay("PT Malam Terlewat", at="malam.example")
    await winter(maju, every_night())
    await winter(other, set(chance.sample(sorted(every_night()), kept)) | {LAST})
    on_time, late = await ledger_of(maju), await ledger_of(other)
    assert {one: late.get(one) for one in on_time} == on_time
    assert late.keys() == on_time.keys()
    assert any("carry" in one for one in on_time)


async def test_what_was_lent_is_taken_back_however_long_no_lot_follows(maju: Cast) -> None:
    """A company that stops giving days of a kind gets back what it lent of them with the first it gives again."""
    await publish(maju, RARE, date(2026, 7, 6), days=3 * DAY, schedule="yearly", negative=2 * DAY)
    await maju.night()
    request = await maju.asks(maju.budi, Period(date(2026, 8, 3), date(2026, 8, 7)), leave_type=RARE)
    await maju.decides(maju.sari, request, "approve")
    async with database.reading(maju.company):
        assert await lots.balance(maju.budi.id, RARE) == -2 * DAY
    await publish(maju, RARE, date(2027, 1, 1), schedule="none")
    await publish(maju, RARE, date(2029, 1, 1), days=3 * DAY, schedule="yearly")
    for year, left in ((2027, -2 * DAY), (2028, -2 * DAY), (2029, DAY)):
        with clock.freeze(datetime(year, 2, 5, 0, 10, tzinfo=JAKARTA)):
            await maju.night()
            async with database.reading(maju.company):
                assert await lots.balance(maju.budi.id, RARE) == left
                assert await lots.stored(maju.budi.id, RARE) == await lots.recount(maju.budi.id, RARE)
                free = [one.left for one in await lots.left(maju.budi.id, RARE)]
    assert free == [DAY], "the lot of 2029 holds what is left of it"


async def test_an_anniversary_is_a_night_of_its_own_only_where_a_kind_goes_by_it(
    maju: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring, gone_through = nights._bring, list[date]()

    async def noted(spells: Any, day: date, rules: Any) -> None:
        gone_through.append(day)
        await bring(spells, day, rules)

    async def night(day: date) -> None:
        with clock.freeze(datetime(day.year, day.month, day.day, 0, 10, tzinfo=JAKARTA)):
            await maju.night()

    await applied(maju, "employee_number,name,join_date\n0950,Aji Pratama,2023-08-05\n")
    await night(date(2026, 8, 3))
    monkeypatch.setattr(nights, "_bring", noted)
    await night(date(2026, 8, 7))
    assert set(gone_through) == {date(2026, 8, 7)}, "among hundreds every night would be somebody's anniversary"
    with clock.freeze(datetime(2026, 8, 7, 10, 0, tzinfo=JAKARTA)):
        await publish(maju, RARE, date(2026, 8, 7), days=6 * DAY, schedule="yearly", basis="anniversary")
        await applied(maju, "employee_number,name,join_date\n0951,Ayu Lestari,2023-08-09\n")
    gone_through.clear()
    await night(date(2026, 8, 11))
    assert date(2026, 8, 9) in gone_through
