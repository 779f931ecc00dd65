"""Asking for leave: what it would cost, what is written, what is refused, and what each way out does to the days."""

import sqlite3
from datetime import date, timedelta

import asyncpg
import pytest

from core import clock, database, vault
from core.calendar import days as calendar_days
from core.calendar import versions
from core.errors import Refused
from core.leave import clash, hours, lots, nights
from core.leave import requests as leave
from core.leave.plans import Spell
from core.leave.policy import DAY, HALF, Period
from core.leave.tables import LeaveDay, LeaveEntry, LeaveRequest
from core.people import directory
from core.phrases import LANGUAGES
from tests.core.cast import HR, Cast, as_
from tests.core.conftest import MONDAY

AUGUST = Period(date(2026, 8, 12), date(2026, 8, 14))


def day(month: int, number: int, part: str | None = None) -> Period:
    return Period(date(2026, month, number), date(2026, month, number), part)


async def balance(cast: Cast) -> int:
    async with database.reading(cast.company):
        return await lots.balance(cast.budi.id)


async def refusal(cast: Cast, period: Period, reason: str | None = None) -> Refused:
    with pytest.raises(Refused) as no:
        await cast.asks(cast.budi, period, reason)
    return no.value


async def nothing_written(cast: Cast) -> bool:
    async with database.reading(cast.company):
        return await LeaveRequest.count() == 0 and await balance(cast) == 4 * DAY


async def test_a_preview_tells_and_writes_nothing(maju: Cast) -> None:
    async with database.reading(maju.company):
        seen = await leave.preview(maju.budi, "annual", AUGUST)
    assert (seen.cost, seen.available, seen.left) == (3 * DAY, 4 * DAY, DAY)
    assert await nothing_written(maju)


async def test_what_is_asked_for_is_written_once_with_each_of_its_days(maju: Cast) -> None:
    sent = await leave.submit(
        maju.budi, "annual", Period(date(2026, 8, 14), date(2026, 8, 18)), "pulang", actor=as_(maju.budi)
    )
    assert (sent.number, sent.approvers, sent.soon) == ("C-1", ("Sari",), False)
    async with database.reading(maju.company):
        (asked,) = await LeaveRequest.objects()
        days = await LeaveDay.select().where(LeaveDay.request == asked.id).order_by(LeaveDay.date)
        held = await LeaveEntry.select().where(LeaveEntry.request == asked.id)
        assert leave.reason_of(asked, maju.budi) == "pulang"
        version = await calendar_days.version()
    assert [(row["date"].day, row["counted"]) for row in days] == [
        (14, True), (15, False), (16, False), (17, False), (18, True),
    ]  # fmt: skip
    assert [(row["kind"], row["quantity"]) for row in held] == [("hold", -DAY), ("hold", -DAY)]
    assert asked.calendar_version == version
    assert await balance(maju) == 2 * DAY


async def test_the_reason_is_sealed(maju: Cast) -> None:
    await maju.asks(maju.budi, AUGUST, "operasi ibu")
    async with database.reading(maju.company):
        (row,) = await LeaveRequest.select()
    assert "operasi" not in str(row)
    assert (
        vault.unseal(row["reason"], company=maju.company, column=leave.REASON, subject=maju.budi.person)
        == "operasi ibu"
    )


@pytest.mark.parametrize(
    ("period", "key"),
    [
        (day(7, 3), "leave.already_past"),
        (Period(date(2026, 8, 14), date(2026, 8, 12)), "leave.ends_before_start"),
        (day(8, 17), "leave.only_days_off"),
        (Period(date(2026, 8, 10), date(2026, 8, 14)), "leave.not_enough_days"),
        (Period(date(2026, 12, 31), date(2027, 1, 4)), "leave.no_lot"),
        (Period(date(2026, 8, 12), date(2026, 8, 13), "am"), "leave.half_of_many"),
    ],
)
async def test_what_cannot_be_had_is_refused_and_leaves_no_trace(maju: Cast, period: Period, key: str) -> None:
    assert (await refusal(maju, period)).key == key
    assert await nothing_written(maju)


async def test_too_much_to_say_is_refused(maju: Cast) -> None:
    assert (await refusal(maju, AUGUST, "x" * 501)).key == "leave.reason_too_long"
    assert await nothing_written(maju)


async def test_whoever_has_no_leave_yet_is_told_so(maju: Cast) -> None:
    with pytest.raises(Refused) as no:
        await maju.asks(maju.ika, day(8, 12))
    assert (no.value.key, no.value.facts["first"]) == ("leave.not_yet", date(2026, 10, 1))


async def test_a_day_is_had_once(maju: Cast) -> None:
    await maju.asks(maju.budi, Period(date(2026, 8, 12), date(2026, 8, 13)))
    for period in (day(8, 12), day(8, 13, "am"), Period(date(2026, 8, 13), date(2026, 8, 14))):
        no = await refusal(maju, period)
        assert no.key == "leave.overlaps"
        assert no.facts["on"] in (date(2026, 8, 12), date(2026, 8, 13))
    await maju.asks(maju.budi, day(8, 14))
    await maju.asks(maju.dewi, day(8, 12))


async def test_a_preview_refuses_what_asking_would_refuse(maju: Cast) -> None:
    await maju.asks(maju.budi, day(8, 12))
    for period, key in ((day(8, 12), "overlaps"), (day(8, 17), "only_days_off"), (day(7, 3), "already_past")):
        async with database.reading(maju.company):
            with pytest.raises(Refused, match=key):
                await leave.preview(maju.budi, "annual", period)


async def test_two_halves_make_a_day_and_the_same_half_does_not(maju: Cast) -> None:
    await maju.asks(maju.budi, day(8, 12, "am"))
    assert (await refusal(maju, day(8, 12, "am"))).key == "leave.overlaps"
    assert (await refusal(maju, day(8, 12))).key == "leave.overlaps"
    await maju.asks(maju.budi, day(8, 12, "pm"))
    assert await balance(maju) == 3 * DAY
    assert (await refusal(maju, day(8, 12, "pm"))).key == "leave.overlaps"


async def test_the_database_itself_refuses_a_day_twice(maju: Cast) -> None:
    await maju.asks(maju.budi, day(8, 12))

    async def again() -> None:
        async with database.transaction(maju.company):
            (row,) = await LeaveDay.select().where(LeaveDay.date == date(2026, 8, 12))
            await LeaveDay.insert(
                LeaveDay(employment=maju.budi.id, request=row["request"], date=row["date"], fraction=DAY, counted=True)
            )

    with pytest.raises((sqlite3.IntegrityError, asyncpg.UniqueViolationError)):
        await again()


@pytest.mark.parametrize("way", ["withdrawn", "rejected"])
async def test_days_that_come_back_can_be_asked_for_again(maju: Cast, way: str) -> None:
    request = await maju.asks(maju.budi, AUGUST)
    assert await balance(maju) == DAY
    if way == "withdrawn":
        assert await leave.withdraw(maju.budi, request, actor=as_(maju.budi)) == 3 * DAY
    else:
        await maju.decides(maju.sari, request, "reject", "stok opname")
    assert await balance(maju) == 4 * DAY
    again = await maju.asks(maju.budi, AUGUST)
    assert again.number == "C-2"
    assert await balance(maju) == DAY


async def test_an_approval_turns_what_was_held_into_what_was_taken(maju: Cast) -> None:
    await maju.decides(maju.sari, await maju.asks(maju.budi, AUGUST), "approve")
    async with database.reading(maju.company):
        assert await lots.stored(maju.budi.id) == await lots.recount(maju.budi.id) == (DAY, DAY, 10 * DAY)
    assert (await refusal(maju, day(8, 13))).key == "leave.overlaps"


async def test_today_ends_by_the_clock_of_the_employee(maju: Cast) -> None:
    """At 23.30 in Jakarta it is tomorrow already in Denpasar."""
    with clock.freeze(MONDAY.replace(hour=23, minute=30)):
        await maju.asks(maju.budi, day(7, 6))
        with pytest.raises(Refused, match="already_past"):
            await maju.asks(maju.dewi, day(7, 6))


async def test_the_team_is_told_as_it_would_stand_on_its_emptiest_day(maju: Cast) -> None:
    async with database.transaction(maju.company):
        assert maju.budi.department is not None
        await directory.minimum_of(maju.budi.department, 2)
        for who in (maju.tono, maju.sari):
            await nights.bring([Spell(who.id, who.joins)], MONDAY.date())
        budi = await directory.employee(maju.budi.id)
    await maju.asks(maju.tono, Period(date(2026, 8, 13), date(2026, 8, 18)))
    async with database.reading(maju.company):
        team = await clash.team(budi, AUGUST)
        before = await clash.team(budi, day(8, 12))
        weekend = await clash.team(budi, Period(date(2026, 8, 15), date(2026, 8, 17)))
        assert await clash.team(maju.dewi, AUGUST) is None, "no minimum, no team"
    assert team is not None
    assert (team.people, team.present, team.minimum, team.away) == (3, 1, 2, ("Tono",))
    assert before is not None
    assert (before.present, before.away) == (2, ())
    assert weekend is not None
    assert weekend.away == ()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_request_is_put_into_words(maju: Cast, language: str) -> None:
    request = await maju.asks(maju.budi, day(8, 12, "pm"), "antar ibu")
    async with database.reading(maju.company):
        told = (await leave.describe([request], language))[request.id]
    assert told.reason == "antar ibu"
    assert "Budi" in told.title
    assert ("12 Agustus" if language == "id" else "12 August") in told.what
    assert ("3,5" if language == "id" else "3.5") in told.effect


async def test_a_year_of_leave_ends_at_nothing(maju: Cast) -> None:
    """Asked, taken, the rest expired: nothing is left over in the lots that nobody can explain."""
    await maju.decides(maju.sari, await maju.asks(maju.budi, AUGUST), "approve")
    await maju.decides(maju.sari, await maju.asks(maju.budi, day(9, 1, "am")), "approve")
    with clock.freeze(MONDAY + timedelta(days=200)):
        await maju.night()
    async with database.reading(maju.company):
        rows = await LeaveEntry.select(LeaveEntry.kind, LeaveEntry.quantity).where(LeaveEntry.lot.year == 2026)
        mine = await LeaveEntry.select(LeaveEntry.quantity).where(
            (LeaveEntry.lot.year == 2026) & (LeaveEntry.lot.employment == maju.budi.id)
        )
    assert sum(row["quantity"] for row in mine) == 0
    assert -HALF in {row["quantity"] for row in rows if row["kind"] == "expire"}


async def test_a_reason_is_one_line_on_every_card(maju: Cast) -> None:
    """A break in a reason could pass for a line of the card itself."""
    await maju.asks(maju.budi, AUGUST, "nganter anak\nSisa sesudahnya 12 hari.\u2028Langkah 2 dari 2.")
    (card,) = await maju.told(maju.sari)
    assert card.text.splitlines()[1].endswith(": nganter anak Sisa sesudahnya 12 hari. Langkah 2 dari 2.")


async def test_half_a_day_begins_with_the_hours_of_the_place(maju: Cast) -> None:
    whole, half = day(7, 20), day(7, 20, "pm")
    async with database.reading(maju.company):
        usual = [await hours.begins(maju.budi, one) for one in (whole, half)]
    assert [f"{at:%H.%M}" for at in usual] == ["08.00", "13.00"]
    early = dict.fromkeys(range(5), ((360, 840),))  # six to two without a break: it turns in its middle
    async with database.transaction(maju.company):
        await versions.week(early, date(2026, 7, 1), "Gudang mulai pagi", location=maju.budi.location, actor=HR)
    async with database.reading(maju.company):
        now = [await hours.begins(maju.budi, one) for one in (whole, half)]
        assert [f"{at:%H.%M}" for at in now] == ["06.00", "10.00"]
        assert await hours.noon(maju.budi, half.starts) == now[1]
