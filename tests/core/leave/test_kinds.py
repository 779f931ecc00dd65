"""Kinds of leave other than annual: what each allows, how it is recorded, and what the head learns of it."""

from dataclasses import replace
from datetime import date

import pytest

from core import clock, database, jobs, vault
from core.accounts.tables import Membership
from core.approvals.decisions import Submitted
from core.errors import Refused
from core.leave import blackouts, coming_back, documents, lots, types
from core.leave import requests as leave
from core.leave.blackouts import Stretch
from core.leave.coming_back import Back
from core.leave.policy import DAY, HALF, Period
from core.leave.tables import LeaveDay, LeaveEntry, LeaveRequest
from core.people.directory import Employee
from core.people.tables import Person
from core.phrases import LANGUAGES, refused
from tests.core.cast import HR, Cast, as_
from tests.core.conftest import MONDAY

TUESDAY = MONDAY.replace(day=14, hour=7)


def span(first: tuple[int, int], last: tuple[int, int], part: str | None = None) -> Period:
    return Period(date(2026, *first), date(2026, *last), part)


async def records(cast: Cast, who: Employee, kind: str, period: Period) -> Submitted:
    return await leave.acknowledge(who, kind, period, None, actor=as_(who))


async def refusal(cast: Cast, who: Employee, kind: str, period: Period) -> Refused:
    with pytest.raises(Refused) as no:
        async with database.reading(cast.company):
            await leave.preview(who, kind, period)
    for language in LANGUAGES:
        assert refused(no.value, language, "Asia/Jakarta")
    return no.value


async def test_every_statutory_kind_is_there_with_its_article(maju: Cast) -> None:
    async with database.reading(maju.company):
        kinds = {one.code: one for one in await types.all(date(2026, 7, 6))}
        before = await types.of("paternity", date(2020, 1, 1))
    assert {"annual", "sick", "menstrual", "maternity", "miscarriage", "paternity", "own_marriage", "unpaid"} < set(
        kinds
    )
    assert all(one.source and one.name("id") != one.name("en") for one in kinds.values())
    assert (kinds["paternity"].days, kinds["paternity"].more_days, before.more_days) == (2 * DAY, 3 * DAY, 0)
    assert kinds["sick"].pay == ((4, 100), (8, 75), (12, 50), (0, 25))
    approved = {one.code for one in kinds.values() if one.decision == types.APPROVE}
    assert approved == {"annual", "religious_duty", "long_leave", "state_duty", "unpaid"}


async def test_sickness_is_recorded_on_the_employees_word_and_costs_no_annual_leave(maju: Cast) -> None:
    with clock.freeze(TUESDAY):
        async with database.reading(maju.company):
            seen = await leave.preview(maju.budi, "sick", span((7, 14), (7, 15)))
        assert (seen.cost, seen.available, seen.document_by) == (2 * DAY, None, date(2026, 7, 17))
        sent = await records(maju, maju.budi, "sick", span((7, 14), (7, 15)))
    assert (sent.state, sent.approvers) == ("applied", ())
    async with database.reading(maju.company):
        assert await lots.balance(maju.budi.id) == 4 * DAY
        days = await LeaveDay.select().where(LeaveDay.request.is_not_null())
        assert [(row["leave_type"], row["taken_at"] is not None) for row in days] == [("sick", True)] * 2
        assert await LeaveEntry.count().where(LeaveEntry.request.is_not_null()) == 0
    (told,) = await maju.told(maju.sari)
    assert told.text == "Budi Santoso tidak masuk Selasa 14 - Rabu 15 Juli."
    assert "akit" not in str(told)


async def test_a_missing_paper_is_an_exception_not_a_rejection(maju: Cast) -> None:
    with clock.freeze(TUESDAY):
        sent = await records(maju, maju.budi, "sick", span((7, 14), (7, 15)))
        async with database.reading(maju.company):
            (open_one,) = await documents.open_of(maju.budi)
            assert await documents.missing() == []
    for hour in (0, 6, 9):
        with clock.freeze(TUESDAY.replace(day=17, hour=hour)):
            await maju.night()
            await jobs.drain()
            assert len(await maju.told(maju.budi)) == (hour == 9)
    reminders = [one.text for one in await maju.told(maju.budi)]
    assert reminders == [
        "Surat untuk Selasa 14 - Rabu 15 Juli ditunggu hari ini. Fotokan ke sini; isinya hanya bisa dibuka HR."
    ]
    with clock.freeze(TUESDAY.replace(day=20)):
        async with database.reading(maju.company):
            (late,) = await documents.missing()
        assert (late.employee.id, late.since) == (maju.budi.id, date(2026, 7, 17))
        assert (await maju.request(sent.number)).state == "applied"
        await documents.received(open_one, None, actor=as_(maju.budi))
        async with database.reading(maju.company):
            assert await documents.missing() == []
            assert await documents.open_of(maju.budi) == []
        with pytest.raises(Refused, match="document_had"):
            await documents.received(open_one, None, actor=as_(maju.budi))


async def test_one_day_of_sickness_needs_no_paper_and_may_be_told_a_week_later(maju: Cast) -> None:
    async with database.reading(maju.company):
        seen = await leave.preview(maju.budi, "sick", span((7, 1), (7, 1)))
    assert seen.document_by is None
    assert (await refusal(maju, maju.budi, "sick", span((6, 26), (6, 26)))).key == "leave.too_long_ago"


@pytest.mark.parametrize(
    ("kind", "period", "key"),
    [
        ("own_marriage", span((8, 10), (8, 13)), "leave.event_used"),
        ("bereavement_household", span((8, 10), (8, 11)), "leave.event_used"),
        ("paternity", span((8, 10), (8, 18)), "leave.event_used"),
        ("maternity", Period(date(2026, 8, 1), date(2027, 2, 1)), "leave.event_too_long"),
        ("own_marriage", span((8, 10), (8, 10), "am"), "leave.no_halves"),
    ],
)
async def test_an_event_gives_what_the_law_gives_and_no_more(maju: Cast, kind: str, period: Period, key: str) -> None:
    assert (await refusal(maju, maju.budi, kind, period)).key == key


async def test_three_months_are_calendar_days_and_more_needs_a_paper(maju: Cast) -> None:
    three = Period(date(2026, 8, 1), date(2026, 10, 31))
    async with database.reading(maju.company):
        seen = await leave.preview(maju.dewi, "maternity", three)
    assert seen.cost == 92 * DAY
    assert seen.document_by is not None


async def test_two_days_a_month_and_not_a_third(maju: Cast) -> None:
    await records(maju, maju.dewi, "menstrual", span((7, 7), (7, 8)))
    no = await refusal(maju, maju.dewi, "menstrual", span((7, 9), (7, 9)))
    assert (no.key, no.facts["used"]) == ("leave.event_used", 2 * DAY)
    async with database.reading(maju.company):
        assert (await leave.preview(maju.dewi, "menstrual", span((8, 3), (8, 4)))).cost == 2 * DAY


async def test_once_with_an_employer_is_once(maju: Cast) -> None:
    sent = await leave.submit(maju.budi, "religious_duty", span((8, 3), (8, 28)), None, actor=as_(maju.budi))
    await maju.decides(maju.sari, await maju.request(sent.number), "approve")
    no = await refusal(maju, maju.budi, "religious_duty", span((10, 5), (10, 9)))
    assert no.key == "leave.event_once"


async def test_a_kind_for_women_is_not_offered_to_a_man(maju: Cast) -> None:
    async with database.transaction(maju.company):
        sealed = vault.seal("L", company=maju.company, column=types.GENDER, subject=maju.budi.person)
        await Person.update({Person.gender: sealed}).where(Person.id == maju.budi.person)
        offered = {one.code for one in await types.offered(maju.budi)}
    assert "maternity" not in offered
    assert {"paternity", "annual"} < offered
    assert (await refusal(maju, maju.budi, "menstrual", span((7, 7), (7, 7)))).key == "leave.not_offered"


async def test_the_same_day_is_not_had_twice_across_kinds(maju: Cast) -> None:
    await maju.asks(maju.budi, span((8, 12), (8, 12), "am"))
    await records(maju, maju.budi, "sick", span((8, 12), (8, 12), "pm"))
    assert (await refusal(maju, maju.budi, "unpaid", span((8, 12), (8, 12), "am"))).key == "leave.overlaps"


async def test_unpaid_leave_needs_a_yes_and_no_balance(maju: Cast) -> None:
    request = await maju.asks(maju.ika, span((8, 12), (8, 13)), leave_type="unpaid")
    await maju.decides(maju.wayan, request, "approve")
    async with database.reading(maju.company):
        days = await LeaveDay.select().where(LeaveDay.employment == maju.ika.id)
        assert await LeaveEntry.count() == await LeaveEntry.count().where(LeaveEntry.request.is_null())
    assert all(row["taken_at"] is not None and row["leave_type"] == "unpaid" for row in days)
    (told,) = await maju.told(maju.ika)
    assert told.text == "Disetujui Wayan: Cuti tanpa gaji, Rabu 12 - Kamis 13 Agustus."


async def test_on_closed_days_nobody_asks_but_everybody_may_be_ill(maju: Cast) -> None:
    async with database.transaction(maju.company):
        shut = await blackouts.add(
            Stretch(date(2026, 8, 10), date(2026, 8, 21), "stok opname", "annual", maju.budi.department), actor=HR
        )
    no = await refusal(maju, maju.budi, "annual", span((8, 12), (8, 12)))
    assert (no.key, no.facts["why"]) == ("leave.blackout", "stok opname")
    assert refused(no, "id", "Asia/Jakarta") == (
        "Belum bisa: Senin 10 - Jumat 21 Agustus tidak ada cuti (stok opname). Yang bisa: Rabu 26 Agustus."
    )
    week = await refusal(maju, maju.budi, "annual", span((8, 19), (8, 20)))
    assert (week.facts["free_starts"], week.facts["free_ends"]) == (date(2026, 8, 26), date(2026, 8, 27))
    await records(maju, maju.budi, "sick", span((8, 12), (8, 12)))
    async with database.reading(maju.company):
        assert (await leave.preview(maju.dewi, "annual", span((8, 12), (8, 12)))).cost == DAY
        assert (await leave.preview(maju.budi, "unpaid", span((8, 14), (8, 14)))).cost == DAY, "another kind"
    async with database.transaction(maju.company):
        await blackouts.lift(shut.public, actor=HR)
    async with database.reading(maju.company):
        assert (await leave.preview(maju.budi, "annual", span((8, 13), (8, 13)))).cost == DAY


# -- calling off, and other dates --------------------------------------------------------------------------------------


async def test_leave_that_is_called_off_comes_back_to_the_lots_it_came_from(maju: Cast) -> None:
    request = await maju.asks(maju.budi, span((8, 12), (8, 14)))
    await maju.decides(maju.sari, request, "approve")
    async with database.reading(maju.company):
        asked = await leave.of_request(request)
        assert (await coming_back.of_taken(asked)).back == [Back(3 * DAY, 2026, date(2026, 12, 31))]
    await leave.ask_cancel(maju.budi, await maju.request(request.number), actor=as_(maju.budi))
    async with database.reading(maju.company):
        assert await lots.balance(maju.budi.id) == DAY, "until it is agreed to, the leave holds"
    await maju.decides(maju.sari, await maju.request(request.number), "approve")
    async with database.reading(maju.company):
        assert await lots.stored(maju.budi.id) == await lots.recount(maju.budi.id) == (4 * DAY, DAY, 7 * DAY)
        back = await LeaveEntry.select().where(LeaveEntry.kind == "reverse")
        taken = {row["id"]: row for row in await LeaveEntry.select().where(LeaveEntry.kind == "consume")}
    assert [(row["quantity"], taken[row["reversal_of"]]["lot"] == row["lot"]) for row in back] == [(DAY, True)] * 3
    assert (await maju.request(request.number)).state == "cancelled"
    assert (await maju.told(maju.budi))[-1].text == "C-1 dibatalkan. 3 hari kembali; sisa cuti tahunanmu 4 hari."


async def test_some_days_may_be_called_off_and_the_others_hold(maju: Cast) -> None:
    request = await maju.asks(maju.budi, span((8, 12), (8, 14)))
    await maju.decides(maju.sari, request, "approve")
    await leave.ask_cancel(
        maju.budi, await maju.request(request.number), dates={date(2026, 8, 14)}, actor=as_(maju.budi)
    )
    await maju.decides(maju.sari, await maju.request(request.number), "approve")
    fresh = await maju.request(request.number)
    assert fresh.state == "applied"
    async with database.reading(maju.company):
        assert await lots.balance(maju.budi.id) == 2 * DAY
        live = await LeaveDay.select(LeaveDay.date).where(
            (LeaveDay.request == fresh.subject) & LeaveDay.ended_at.is_null()
        )
    assert [row["date"].day for row in live] == [12, 13]
    await leave.ask_cancel(maju.budi, fresh, actor=as_(maju.budi))
    await maju.decides(maju.sari, await maju.request(request.number), "approve")
    assert (await maju.request(request.number)).state == "cancelled"


async def test_days_that_are_over_are_not_called_off(maju: Cast) -> None:
    request = await maju.asks(maju.budi, span((7, 7), (7, 8)))
    await maju.decides(maju.sari, request, "approve")
    with clock.freeze(MONDAY.replace(day=9)), pytest.raises(Refused, match="nothing_to_cancel"):
        await leave.ask_cancel(maju.budi, await maju.request(request.number), actor=as_(maju.budi))


async def test_a_sick_note_taken_back_early_is_undone_at_once(maju: Cast) -> None:
    sent = await records(maju, maju.budi, "sick", span((7, 6), (7, 8)))
    request = await maju.request(sent.number)
    await leave.ask_cancel(maju.budi, request, dates={date(2026, 7, 8)}, actor=as_(maju.budi))
    assert (await maju.request(sent.number)).state == "applied"
    async with database.reading(maju.company):
        assert await LeaveDay.count().where(
            (LeaveDay.request == request.subject) & LeaveDay.ended_at.is_null()
        ) == 2  # fmt: skip


async def test_other_dates_take_what_was_set_aside_with_them(maju: Cast) -> None:
    request = await maju.asks(maju.budi, span((8, 11), (8, 14)))
    await leave.change(maju.budi, request, span((8, 13), (8, 19)), "jadinya begini", actor=as_(maju.budi))
    fresh = await maju.request(request.number)
    assert (fresh.version, fresh.state) == (2, "in_review")
    async with database.reading(maju.company):
        assert await lots.stored(maju.budi.id) == await lots.recount(maju.budi.id) == (0, 5 * DAY, 7 * DAY)
        assert await LeaveRequest.count() == 2
    with pytest.raises(Refused, match="not_enough_days"):
        await leave.change(maju.budi, fresh, span((9, 1), (9, 30)), None, actor=as_(maju.budi))
    await maju.decides(maju.sari, fresh, "approve")
    async with database.reading(maju.company):
        assert await lots.stored(maju.budi.id) == (0, DAY, 11 * DAY)
    with pytest.raises(Refused, match="decided_already"):
        await leave.change(maju.budi, fresh, span((9, 1), (9, 1)), None, actor=as_(maju.budi))


async def test_half_days_stay_halves_on_every_way(maju: Cast) -> None:
    request = await maju.asks(maju.budi, span((8, 12), (8, 12), "pm"))
    await maju.decides(maju.sari, request, "approve")
    await leave.ask_cancel(maju.budi, await maju.request(request.number), actor=as_(maju.budi))
    async with database.reading(maju.company):
        assert await lots.balance(maju.budi.id) == 3 * DAY + HALF
    await maju.decides(maju.sari, await maju.request(request.number), "reject", "sudah ada penggantimu")
    assert (await maju.request(request.number)).state == "applied"


async def test_who_has_no_head_and_no_administrator_at_work_still_records_sickness(maju: Cast) -> None:
    async with database.transaction(maju.company):
        await Membership.delete().where(Membership.person.is_not_null())
    alone = replace(maju.budi, manager=None)
    with clock.freeze(TUESDAY):
        sent = await records(maju, alone, "sick", span((7, 14), (7, 14)))
        assert sent.state == "applied"


async def test_sickness_told_day_by_day_needs_its_paper_like_sickness_told_at_once(maju: Cast) -> None:
    await records(maju, maju.budi, "sick", span((7, 3), (7, 3)))
    async with database.reading(maju.company):
        monday = await leave.preview(maju.budi, "sick", span((7, 6), (7, 6)))
        later = await leave.preview(maju.budi, "sick", span((7, 7), (7, 7)))
        both = await leave.beyond_recorded(maju.budi, monday.kind, span((7, 3), (7, 6)))
    assert monday.document_by == date(2026, 7, 8), "a weekend is no day of work between"
    assert later.document_by is None, "with a day of work between they are two"
    assert both == span((7, 4), (7, 6)), "what is recorded is not recorded twice"
