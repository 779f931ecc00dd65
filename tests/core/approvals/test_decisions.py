"""A request is decided once, by somebody who may, who saw what it says now; and somebody always may."""

import asyncio
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from core import audit, clock, database, jobs
from core.accounts.tables import Membership
from core.approvals import chains, decisions, nudges, signers
from core.approvals.kinds import APPLIED, REJECTED, WITHDRAWN
from core.approvals.tables import Decision, Request, Step, StepApprover
from core.errors import Refused
from core.leave import lots
from core.leave import requests as leave
from core.leave.policy import Period
from core.messaging.tables import Button
from core.people.directory import Employee
from core.people.tables import Employment, Person
from tests.core.approvals.acts import grant
from tests.core.cast import Cast, as_
from tests.core.conftest import MONDAY

AUGUST = Period(date(2026, 8, 12), date(2026, 8, 14))


async def refused(act: Any) -> Refused:
    with pytest.raises(Refused) as no:
        await act
    return no.value


@pytest.fixture
async def asked(maju: Cast) -> Request:
    """Budi has asked Sari for three days in August."""
    return await maju.asks(maju.budi, AUGUST, "antar anak sekolah")


async def balance(cast: Cast, who: Employee) -> int:
    async with database.reading(cast.company):
        return await lots.balance(who.id)


async def test_the_head_is_asked_with_everything_needed_to_decide(maju: Cast, asked: Request) -> None:
    (card,) = await maju.told(maju.sari)
    assert (card.key, asked.number, asked.state) == ("approvals.card", "C-1", "in_review")
    for said in (
        "C-1",
        "Rabu 12 - Jumat 14 Agustus",
        "3 hari kerja",
        "antar anak sekolah",
        "Rina",
        "Rabu 8 Juli 09.00 WIB",
    ):
        assert said in card.text
    assert [choice.title for choice in card.choices] == ["Setujui", "Tolak", "Minta diubah"]
    assert await maju.told(maju.rina) == []


async def test_an_approval_takes_the_days_and_is_told(maju: Cast, asked: Request) -> None:
    assert await balance(maju, maju.budi) == 1000
    given = await maju.decides(maju.sari, asked, "approve")
    assert given.who == "Sari"
    assert (await maju.request("C-1")).state == APPLIED
    assert await balance(maju, maju.budi) == 1000
    (told,) = await maju.told(maju.budi)
    assert told.key == "leave.approved"
    assert "Sari" in told.text
    assert "Rabu 12 - Jumat 14 Agustus" in told.text


async def test_a_rejection_gives_the_days_back_with_its_reason_and_another_week(maju: Cast, asked: Request) -> None:
    await maju.decides(maju.sari, asked, "reject", "  stok opname  ")
    assert (await maju.request("C-1")).state == REJECTED
    assert await balance(maju, maju.budi) == 4000
    (told,) = await maju.told(maju.budi)
    assert '"stok opname"' in told.text
    # 17 August is a holiday, so three days from Tuesday 18 on.
    assert "Selasa 18 - Kamis 20 Agustus" in told.text
    async with database.reading(maju.company):
        (row,) = await Decision.select()
    assert "stok opname" not in str(row)


async def test_a_rejection_that_comes_late_names_no_week_that_is_over(maju: Cast, asked: Request) -> None:
    with clock.freeze(MONDAY.replace(month=9, day=2)):
        await maju.decides(maju.sari, asked, "reject", "stok opname")
    told = (await maju.told(maju.budi))[-1]
    assert "Senin 7 - Rabu 9 September" in told.text
    assert "Agustus" not in told.choices[0].title


async def test_it_is_decided_once(maju: Cast, asked: Request) -> None:
    await maju.decides(maju.sari, asked, "approve")
    again = await refused(maju.decides(maju.sari, asked, "reject", "lupa"))
    assert (again.key, again.facts["verdict"]) == ("approvals.decided_by_you", "approve")
    async with database.reading(maju.company):
        assert await Decision.count() == 1
    assert len(await maju.told(maju.budi)) == 1


async def test_of_many_presses_at_once_one_counts(maju: Cast, asked: Request) -> None:
    verdicts = [("approve", None), ("reject", "tidak")] * 10
    seen = [await maju.request("C-1") for _ in verdicts]
    presses = [maju.decides(maju.sari, card, *given) for card, given in zip(seen, verdicts, strict=True)]
    tried = await asyncio.gather(*presses, return_exceptions=True)
    refusals = [one for one in tried if isinstance(one, Refused)]
    assert len(refusals) == len(tried) - 1
    assert {one.key for one in refusals} == {"approvals.decided_by_you"}
    async with database.reading(maju.company):
        assert await Decision.count() == 1
        assert await Step.count().where(Step.state == "open") == 0
    assert len(await maju.told(maju.budi)) == 1


async def test_it_is_decided_by_those_who_were_asked_and_nobody_else(maju: Cast, asked: Request) -> None:
    for somebody in (maju.tono, maju.rina, maju.hendra, maju.ratna, maju.budi):
        assert (await refused(maju.decides(somebody, asked, "approve"))).key == "approvals.not_yours"
    assert (await maju.request("C-1")).state == "in_review"


async def test_nobody_decides_what_they_asked_for_themselves(maju: Cast, asked: Request) -> None:
    async with database.transaction(maju.company):
        step = await Step.select(Step.id).first()
        assert step is not None
        await StepApprover.insert(StepApprover(step=step["id"], person=maju.budi.person, added_by="manager"))
    assert (await refused(maju.decides(maju.budi, asked, "approve"))).key == "approvals.own_request"


async def test_a_card_of_what_has_changed_since_does_not_decide(maju: Cast, asked: Request) -> None:
    stale = await refused(maju.decides(maju.sari, asked, "approve", version=0))
    assert (stale.key, stale.facts["number"]) == ("approvals.stale", "C-1")
    assert (await maju.request("C-1")).state == "in_review"


@pytest.mark.parametrize("reason", [None, "", "   \n"])
async def test_a_rejection_needs_a_reason(maju: Cast, asked: Request, reason: str | None) -> None:
    assert (await refused(maju.decides(maju.sari, asked, "reject", reason))).key == "approvals.reason_needed"
    assert (await maju.request("C-1")).state == "in_review"


async def test_a_reason_fits_on_a_card(maju: Cast, asked: Request) -> None:
    too_long = await refused(maju.decides(maju.sari, asked, "reject", "x" * 501))
    assert (too_long.key, too_long.facts) == ("approvals.reason_too_long", {"most": 500})
    await maju.decides(maju.sari, asked, "reject", "x" * 500)


async def test_what_was_taken_back_is_no_longer_decided(maju: Cast, asked: Request) -> None:
    assert await leave.withdraw(maju.budi, asked, actor=as_(maju.budi)) == 3000
    assert await balance(maju, maju.budi) == 4000
    assert (await maju.request("C-1")).state == WITHDRAWN
    assert (await refused(maju.decides(maju.sari, asked, "approve"))).key == "approvals.withdrawn_already"
    assert (await maju.told(maju.sari))[-1].choices == ()


async def test_what_was_decided_is_no_longer_taken_back(maju: Cast, asked: Request) -> None:
    await maju.decides(maju.sari, asked, "approve")
    no = await refused(leave.withdraw(maju.budi, asked, actor=as_(maju.budi)))
    assert (no.key, no.facts["who"]) == ("approvals.decided_already", "Sari")
    assert await balance(maju, maju.budi) == 1000


async def test_nobody_takes_back_what_another_asked_for(maju: Cast, asked: Request) -> None:
    assert (await refused(leave.withdraw(maju.tono, asked, actor=as_(maju.tono)))).key == "approvals.not_yours"


async def test_deciding_and_taking_back_at_once_ends_in_one_of_them(maju: Cast, asked: Request) -> None:
    card, own = await maju.request("C-1"), await maju.request("C-1")
    acts: list[Any] = [
        maju.decides(maju.sari, card, "approve"),
        leave.withdraw(maju.budi, own, actor=as_(maju.budi)),
    ]
    decided, withdrawn = await asyncio.gather(*acts, return_exceptions=True)
    assert isinstance(decided, Refused) != isinstance(withdrawn, Refused)
    state = (await maju.request("C-1")).state
    assert state == (WITHDRAWN if isinstance(decided, Refused) else APPLIED)
    assert await balance(maju, maju.budi) == (4000 if state == WITHDRAWN else 1000)


# -- nobody answers ----------------------------------------------------------------------------------------------------


async def wait_until(month: int, day: int, hour: int, minute: int = 0) -> None:
    with clock.freeze(MONDAY.replace(month=month, day=day, hour=hour, minute=minute)):
        await jobs.drain()


async def test_the_approver_is_reminded_once(maju: Cast, asked: Request) -> None:
    await wait_until(7, 7, 8, 59)
    assert [card.key for card in await maju.told(maju.sari)] == ["approvals.card"]
    for _ in range(3):
        await wait_until(7, 7, 9)
    told = await maju.told(maju.sari)
    assert [card.key for card in told] == ["approvals.card", "approvals.reminder"]
    assert len(told[1].choices) == 3


async def test_the_head_is_asked_too_and_the_first_answer_counts(maju: Cast, asked: Request) -> None:
    await wait_until(7, 8, 8, 59)
    assert await maju.told(maju.rina) == []
    for _ in range(3):
        await wait_until(7, 8, 9)
    (card,) = await maju.told(maju.rina)
    assert "C-1" in card.text
    await maju.decides(maju.rina, asked, "approve")
    late = await refused(maju.decides(maju.sari, asked, "approve"))
    assert (late.key, late.facts["who"]) == ("approvals.decided_already", "Rina")


async def test_work_that_is_done_twice_reminds_and_escalates_once(maju: Cast, asked: Request) -> None:
    """A worker that dies after its commit is followed by another that does the same."""
    async with database.reading(maju.company):
        step = await Step.select(Step.id).first()
    assert step is not None
    for act, day in ((nudges.remind, 7), (nudges.escalate, 8)) * 3:
        with clock.freeze(MONDAY.replace(day=day)):
            await act(maju.company, step["id"])
    expected = ["approvals.card", "approvals.reminder", "approvals.went_up"]
    assert [card.key for card in await maju.told(maju.sari)] == expected
    assert len(await maju.told(maju.rina)) == 1


async def test_every_copy_of_the_card_is_turned(maju: Cast, asked: Request) -> None:
    await wait_until(7, 8, 9)
    await maju.decides(maju.rina, asked, "reject", "stok opname")
    for who, copies in ((maju.sari, 2), (maju.rina, 1)):
        turned = [message for message in await maju.told(who) if message.key == "approvals.decided"]
        assert len(turned) == copies
        assert all(message.choices == () and "Rina" in message.text for message in turned)


async def test_the_card_names_the_door_of_a_decision_that_came_by_another(maju: Cast, asked: Request) -> None:
    await decisions.decide(
        asked, "approve", reason=None, person=maju.sari.person, version=asked.version, channel="console"
    )  # fmt: skip
    assert "Disetujui Sari lewat terminal" in (await maju.told(maju.sari))[-1].text


async def test_who_has_answered_is_left_in_peace(maju: Cast, asked: Request) -> None:
    await maju.decides(maju.sari, asked, "approve")
    await wait_until(7, 9, 9)
    assert "approvals.reminder" not in {card.key for card in await maju.told(maju.sari)}
    assert await maju.told(maju.rina) == []


async def test_leave_that_begins_tomorrow_is_asked_about_today(maju: Cast) -> None:
    with clock.freeze(datetime(2026, 7, 8, 10, 0, tzinfo=MONDAY.tzinfo)):
        sent = await leave.submit(
            maju.budi, "annual", Period(date(2026, 7, 9), date(2026, 7, 9)), None, actor=as_(maju.budi)
        )
    assert (sent.soon, sent.approvers) == (True, ("Sari",))
    assert sent.remind_at == datetime(2026, 7, 8, 15, 0, tzinfo=MONDAY.tzinfo)


async def test_the_clock_of_the_approver_counts(maju: Cast) -> None:
    with clock.freeze(datetime(2026, 7, 8, 13, 20, tzinfo=MONDAY.tzinfo)):
        half = Period(date(2026, 7, 9), date(2026, 7, 9), "pm")
        sent = await leave.submit(maju.dewi, "annual", half, None, actor=as_(maju.dewi))
    assert (sent.zone, sent.soon) == ("Asia/Makassar", True)
    assert clock.local(sent.remind_at, sent.zone).strftime("%H.%M") == "15.20"


# -- vacancies ---------------------------------------------------------------------------------------------------------


async def leaves(cast: Cast, who: Employee, last: date) -> None:
    async with database.transaction(cast.company):
        await Employment.update({Employment.leaves: last}).where(Employment.id == who.id)


YESTERDAY = MONDAY.date() - timedelta(days=1)


async def test_whoever_has_no_head_is_decided_on_by_another_administrator(maju: Cast) -> None:
    await grant(maju, maju.hendra)
    await maju.asks(maju.hendra, AUGUST)
    async with database.reading(maju.company):
        asked_one, owner = await StepApprover.select().order_by(StepApprover.id)
        assert await signers.account_of(owner["person"]) is not None
    assert (asked_one["person"], asked_one["added_by"]) == (maju.ratna.person, "administrator")


async def test_the_request_of_somebody_whose_head_has_left_goes_to_the_administrators(maju: Cast) -> None:
    await leaves(maju, maju.sari, YESTERDAY)
    await maju.asks(maju.budi, AUGUST)
    assert await maju.told(maju.sari) == []
    assert [len(await maju.told(who)) for who in (maju.hendra, maju.ratna)] == [1, 1]


async def test_a_head_works_until_the_end_of_the_last_day(maju: Cast) -> None:
    await leaves(maju, maju.sari, MONDAY.date())
    await maju.asks(maju.budi, AUGUST)
    assert len(await maju.told(maju.sari)) == 1


async def test_when_the_heads_head_has_left_the_administrators_are_next(maju: Cast) -> None:
    await leaves(maju, maju.rina, YESTERDAY)
    await maju.asks(maju.budi, AUGUST)
    await wait_until(7, 8, 9)
    assert [len(await maju.told(who)) for who in (maju.rina, maju.hendra, maju.ratna)] == [0, 1, 1]


async def test_the_asker_never_becomes_the_approver_by_way_of_the_line(maju: Cast) -> None:
    """Ratna's head is Hendra; when Hendra does not answer, the administrators are asked, and Ratna is one."""
    await grant(maju, maju.ratna)
    request = await maju.asks(maju.ratna, AUGUST)
    await wait_until(7, 8, 9)
    async with database.reading(maju.company):
        people = {row["person"] for row in await StepApprover.select(StepApprover.person)}
    assert maju.ratna.person not in people
    assert (await refused(maju.decides(maju.ratna, request, "approve"))).key == "approvals.not_yours"


async def test_without_anybody_to_decide_nothing_is_sent(maju: Cast) -> None:
    await grant(maju, maju.hendra)
    await leaves(maju, maju.ratna, YESTERDAY)
    async with database.transaction(maju.company):  # the owner's account is nobody's employee: it could decide
        await Membership.delete().where(Membership.person.is_null())
    assert (await refused(maju.asks(maju.hendra, AUGUST))).key == "approvals.nobody"
    assert await balance(maju, maju.hendra) == 4000
    async with database.reading(maju.company):
        assert await Request.count() == 0


async def test_what_somebody_asked_for_who_has_left_meanwhile_is_still_decided(maju: Cast, asked: Request) -> None:
    await leaves(maju, maju.budi, date(2026, 7, 6))
    with clock.freeze(MONDAY + timedelta(days=1)):
        await jobs.drain()
        await maju.decides(maju.sari, asked, "reject", "sudah keluar")
    assert (await maju.request("C-1")).state == REJECTED


# -- around it ---------------------------------------------------------------------------------------------------------


async def test_numbers_are_counted_per_company_and_letter_without_gaps(maju: Cast) -> None:
    for day in range(3):
        await maju.asks(maju.budi, Period(date(2026, 8, 12 + day), date(2026, 8, 12 + day)))
    await refused(maju.asks(maju.budi, Period(date(2026, 9, 1), date(2026, 9, 3))))
    await maju.asks(maju.budi, Period(date(2026, 9, 1), date(2026, 9, 1)))
    async with database.reading(maju.company):
        assert [one.number for one in reversed(await decisions.of_employee(maju.budi.id))] == [
            "C-1",
            "C-2",
            "C-3",
            "C-4",
        ]
        assert (await decisions.by_number("c-4")) is not None


async def test_what_waits_is_listed_for_those_who_may_decide_it(maju: Cast, asked: Request) -> None:
    async with database.reading(maju.company):
        assert [one.number for one in await decisions.waiting_for(maju.sari.person)] == ["C-1"]
        assert await decisions.waiting_for(maju.rina.person) == []
        assert await decisions.approvers_of(asked) == ["Sari"]
    await maju.decides(maju.sari, asked, "approve")
    async with database.reading(maju.company):
        assert await decisions.waiting_for(maju.sari.person) == []


async def test_every_act_is_on_record_with_who_did_it(maju: Cast, asked: Request) -> None:
    await maju.decides(maju.sari, asked, "approve")
    async with database.reading(maju.company):
        rows = (
            await audit.AuditEntry.select()
            .where(audit.AuditEntry.action.like("request.%"))
            .order_by(audit.AuditEntry.seq)
        )
        assert await audit.first_broken() is None
    assert [(row["action"], row["actor"]) for row in rows] == [
        ("request.submitted", f"person:{maju.budi.person}"),
        ("request.approve", f"person:{maju.sari.person}"),
    ]
    assert "sekolah" not in str(rows)


async def test_buttons_name_what_they_were_made_for(maju: Cast, asked: Request) -> None:
    async with database.reading(maju.company):
        found = await Button.select().where(Button.subject == asked.id)
    assert {row["person"] for row in found} == {maju.sari.person}
    assert {row["version"] for row in found} == {1}


async def test_administrators_are_those_with_the_role_who_work_here(maju: Cast) -> None:
    async with database.reading(maju.company):
        assert {one.first_name for one in await chains.administrators()} == {"Hendra", "Ratna"}


async def test_who_was_asked_and_has_left_decides_nothing(maju: Cast, asked: Request) -> None:
    await leaves(maju, maju.sari, YESTERDAY)
    assert (await refused(maju.decides(maju.sari, asked, "approve"))).key == "approvals.not_yours"
    assert (await maju.request(asked.number)).state == "in_review"


async def test_two_who_are_asked_and_share_a_first_name_are_told_apart(maju: Cast) -> None:
    await leaves(maju, maju.sari, YESTERDAY)
    async with database.transaction(maju.company):
        await Person.update({Person.name: "Hendra Dewanti"}).where(Person.id == maju.ratna.person)
    sent = await leave.submit(maju.budi, "annual", AUGUST, None, actor=as_(maju.budi))
    assert sorted(sent.approvers) == ["Hendra D.", "Hendra W.", "Owner"]
