"""HR records what was told by telephone or on paper: the rules of the talk, told to whom it concerns, and taken back."""

from datetime import date, timedelta

import pytest

from core import clock, database, jobs
from core.approvals import story
from core.approvals.kinds import PAPER, verdict_of
from core.approvals.tables import Request
from core.audit import Actor, AuditEntry
from core.errors import Refused
from core.leave import lots, on_behalf, requests
from core.leave.on_behalf import ASK, Told
from core.leave.policy import DAY, Period
from core.people.directory import Employee
from tests.core.cast import Cast, as_
from tests.core.conftest import MONDAY

TODAY = MONDAY.date()
PHONE = "telepon 07.10"


async def record(
    cast: Cast, who: Employee, kind: str, period: Period, way: str = ASK, *, on: date = TODAY,
    by: Employee | None = None, words: str = PHONE, instead_of: tuple[str, ...] = (),
) -> Request:  # fmt: skip
    clerk = by or cast.ratna
    made = await on_behalf.record(
        who, kind, period, None, Told(way, on, words), person=clerk.person, actor=as_(clerk), instead_of=instead_of
    )
    return await cast.request(made.number)


async def take_out(cast: Cast, request: Request, why: str = "salah orang") -> str:
    return await on_behalf.take_out(request, why, person=cast.ratna.person, actor=as_(cast.ratna))


async def standing(cast: Cast, who: Employee) -> tuple[int, int, int]:
    async with database.reading(cast.company):
        stored = await lots.stored(who.id) or (0, 0, 0)
        assert stored == await lots.recount(who.id)
    return stored


async def test_sickness_told_by_telephone_is_recorded_at_once_and_both_are_told(maju: Cast) -> None:
    before = await standing(maju, maju.budi)
    made = await record(maju, maju.budi, "sick", Period(TODAY, TODAY))
    assert made.state == "applied"
    assert await standing(maju, maju.budi) == before, "sickness takes no annual leave"
    said = (await maju.told(maju.budi))[-1].text
    assert said.startswith(f"HR mencatat untukmu ({PHONE}): Sakit Senin 6 Juli, 1 hari. Nomornya {made.number}.")
    head = (await maju.told(maju.sari))[-1].text
    assert "Budi" in head
    assert "akit" not in head, "a head learns the dates, not the reason"
    async with database.reading(maju.company):
        entry = await AuditEntry.select().where(AuditEntry.action == "leave.entered").first()
        lines = await story.lines(made, [])
    assert entry is not None
    assert entry["actor"] == f"person:{maju.ratna.person}"
    assert ("entered", "Ratna Dewanti", PHONE) in [(one.what, one.who, one.words) for one in lines]


async def test_what_needs_a_yes_goes_the_way_of_its_chain(maju: Cast) -> None:
    before = await standing(maju, maju.budi)
    made = await record(maju, maju.budi, "annual", Period(date(2026, 7, 20), date(2026, 7, 21)))
    assert made.state == "in_review"
    assert await standing(maju, maju.budi) == (before[0] - 2 * DAY, before[1] + 2 * DAY, before[2])
    said = (await maju.told(maju.budi))[-1].text
    assert f"Nomornya {made.number}, menunggu Sari." in said
    await maju.decides(maju.sari, made, "approve")
    assert (await maju.request(made.number)).state == "applied"
    assert await take_out(maju, await maju.request(made.number)) == "cancel_requested"
    asked = await maju.request(made.number)
    assert asked.state == "cancel_requested", "what a chain decided is put before it again"
    await maju.decides(maju.sari, asked, "approve")
    assert await standing(maju, maju.budi) == before


async def test_a_yes_on_paper_holds_at_once_and_is_taken_back_into_the_same_lots(maju: Cast) -> None:
    before = await standing(maju, maju.budi)
    week = Period(date(2026, 7, 6), date(2026, 7, 7))
    made = await record(maju, maju.budi, "annual", week, PAPER, on=date(2026, 6, 29), words="formulir 29 Juni")
    assert made.state == "applied"
    assert await standing(maju, maju.budi) == (before[0] - 2 * DAY, before[1], before[2] + 2 * DAY)
    async with database.reading(maju.company):
        given = await verdict_of(made)
    assert given is not None
    assert (given.named("id"), given.reason) == ("Ratna, dari kertas", "formulir 29 Juni")
    told = await maju.told(maju.budi)
    assert [one.text for one in told if made.number in one.text] == [told[-1].text], "it is told once"
    assert "Sisanya" in told[-1].text
    assert await take_out(maju, made) == "cancelled"
    assert await standing(maju, maju.budi) == before
    assert "(salah orang). 2 hari kembali." in (await maju.told(maju.budi))[-1].text
    heard = [one.text for one in await maju.told(maju.sari)]
    assert heard[-2:] == [
        "Budi Santoso tidak masuk Senin 6 - Selasa 7 Juli.",
        "Catatan bahwa Budi Santoso tidak masuk Senin 6 - Selasa 7 Juli ditarik HR.",
    ]
    with pytest.raises(Refused):
        await take_out(maju, await maju.request(made.number))


async def test_who_asked_to_call_off_what_stood_on_paper_needs_a_yes_again(maju: Cast) -> None:
    made = await record(maju, maju.budi, "annual", Period(date(2026, 7, 20), date(2026, 7, 20)), PAPER)
    await requests.ask_cancel(maju.budi, made, actor=as_(maju.budi))
    assert (await maju.request(made.number)).state == "cancel_requested"


async def test_the_rules_are_judged_by_the_day_on_which_it_was_told(maju: Cast) -> None:
    past = Period(date(2026, 7, 1), date(2026, 7, 2))
    for way in (ASK, PAPER):
        with pytest.raises(Refused, match=r"already_past|entered_past"):
            await record(maju, maju.budi, "annual", past, way)
    with pytest.raises(Refused, match="entered_past"):
        await record(maju, maju.budi, "annual", past, ASK, on=date(2026, 6, 30))
    assert (await record(maju, maju.budi, "annual", past, PAPER, on=date(2026, 6, 30))).state == "applied"
    for wrong in (TODAY + timedelta(days=1), TODAY - on_behalf.OLDEST - timedelta(days=1)):
        with pytest.raises(Refused, match="entered_told_on"):
            await record(maju, maju.budi, "sick", Period(TODAY, TODAY), on=wrong)
    with pytest.raises(Refused, match="overlaps"):
        await record(maju, maju.budi, "annual", past, PAPER, on=date(2026, 6, 30))
    with pytest.raises(Refused, match="not_enough_days"):
        await record(maju, maju.budi, "annual", Period(date(2026, 7, 20), date(2026, 8, 14)), PAPER)
    with pytest.raises(Refused, match="entered_words"):
        await record(maju, maju.budi, "sick", Period(TODAY, TODAY), words=" ")


async def test_nobody_records_for_themselves_nor_takes_it_back(maju: Cast) -> None:
    for way in (ASK, PAPER):
        with pytest.raises(Refused, match="entered_own"):
            await record(maju, maju.ratna, "sick", Period(TODAY, TODAY), way)
    made = await record(maju, maju.ratna, "sick", Period(TODAY, TODAY), by=maju.hendra)
    with pytest.raises(Refused, match="entered_own"):
        await take_out(maju, made)
    own = await requests.acknowledge(maju.budi, "sick", Period(TODAY, TODAY), None, actor=as_(maju.budi))
    with pytest.raises(Refused, match="not_yours"):
        await take_out(maju, await maju.request(own.number))


async def test_sickness_over_approved_leave_gives_those_days_back(maju: Cast) -> None:
    leave = await maju.asks(maju.budi, Period(date(2026, 7, 8), date(2026, 7, 9)))
    await maju.decides(maju.sari, leave, "approve")
    before = await standing(maju, maju.budi)
    sick = Period(date(2026, 7, 8), date(2026, 7, 8))
    with clock.freeze(MONDAY + timedelta(days=2)):
        with pytest.raises(Refused, match="overlaps"):
            await record(maju, maju.budi, "sick", sick, on=date(2026, 7, 8))
        await record(maju, maju.budi, "sick", sick, on=date(2026, 7, 8), instead_of=(leave.number,))
        assert await standing(maju, maju.budi) == (before[0] + DAY, before[1], before[2] - DAY)
        assert f"{leave.number} di hari itu dibatalkan, 1 hari kembali." in (await maju.told(maju.budi))[-1].text


async def test_an_account_that_has_no_name_here_records_what_needs_no_yes_on_paper(maju: Cast) -> None:
    account = Actor("account:1", "web")
    made = await on_behalf.record(
        maju.budi, "sick", Period(TODAY, TODAY), None, Told(ASK, TODAY, PHONE), person=None, actor=account
    )
    async with database.reading(maju.company):
        found = await on_behalf.of([made.request])
    assert (found[made.request].who, found[made.request].words) == ("", PHONE)
    with pytest.raises(Refused, match="entered_nobody"):
        await on_behalf.record(
            maju.budi, "annual", Period(date(2026, 7, 20), date(2026, 7, 20)), None, Told(PAPER, TODAY, PHONE),
            person=None, actor=account,
        )  # fmt: skip
    await jobs.drain()
