"""Who stands in for whom, what follows the posts, and what happens when nobody answers."""

import asyncio
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from core import choices, clock, database, jobs
from core.approvals import decisions, delegations, history, kinds, nudges, routing, rules
from core.approvals.kinds import (
    APPLIED,
    EXPIRED,
    IN_REVIEW,
)
from core.approvals.rules import Level
from core.approvals.tables import Delegation
from core.errors import Refused
from core.leave.policy import Period
from core.people.directory import Employee
from core.people.tables import Assignment
from core.phrases import LANGUAGES, phrase
from tests.core.approvals.acts import ABOVE, HEAD, at, grant, happened, keys, leaves, named, publish, refused, state
from tests.core.cast import Cast, as_
from tests.core.conftest import MONDAY

AUGUST = Period(date(2026, 8, 12), date(2026, 8, 14))


# -- somebody stands in ------------------------------------------------------------------------------------------------


async def stands_in(cast: Cast, giver: Employee, taker: Employee, **more: Any) -> Any:
    offered = await delegations.offer(
        giver, taker.person, starts=more.pop("starts", MONDAY - timedelta(hours=1)),
        ends=more.pop("ends", MONDAY + timedelta(days=3)), actor=as_(giver), **more,
    )  # fmt: skip
    await delegations.accept(offered, by=taker, actor=as_(taker))
    return offered


async def test_a_stand_in_decides_in_the_place_of_another(maju: Cast) -> None:
    await stands_in(maju, maju.sari, maju.wayan)
    request = await maju.asks(maju.budi, AUGUST)
    offer, card = await maju.told(maju.wayan)
    assert [one.title for one in offer.choices] == ["Terima", "Tolak"]
    assert "Sari" in card.text
    given = await maju.decides(maju.wayan, request, "approve")
    assert given.named("id") == "Wayan a.n. Sari"
    (told,) = await maju.told(maju.budi)
    assert told.text.startswith("Disetujui Wayan a.n. Sari")
    assert await refused(maju.decides(maju.sari, request, "approve")) == "approvals.decided_already"
    await decisions.ask_cancel(request, by=maju.budi, actor=as_(maju.budi))
    await maju.decides(maju.wayan, request, "reject", "sudah ada pengganti")
    late = await refused(maju.decides(maju.sari, request, "approve"))
    assert late == "approvals.undo_decided_already", "what she is late for is the cancellation"


async def test_offers_made_at_once_are_no_circle_and_no_second_pair_of_hands(maju: Cast) -> None:
    ways = [(maju.sari, maju.wayan), (maju.wayan, maju.sari), (maju.sari, maju.rina), (maju.sari, maju.tono)]
    given = await asyncio.gather(*(stands_in(maju, *way) for way in ways), return_exceptions=True)
    assert [one for one in given if isinstance(one, Exception) and not isinstance(one, Refused)] == []
    async with database.reading(maju.company):
        kept = await Delegation.select(Delegation.giver, Delegation.taker)
    pairs = [(row["giver"], row["taker"]) for row in kept]
    assert len({giver for giver, _ in pairs}) == len(pairs), "one place is taken by one at a time"
    assert not [one for one in pairs if one[::-1] in pairs]


async def test_what_was_only_offered_or_is_over_gives_no_right(maju: Cast) -> None:
    offered = await delegations.offer(
        maju.sari, maju.wayan.person, starts=MONDAY - timedelta(hours=1), ends=MONDAY + timedelta(days=3),
        actor=as_(maju.sari),
    )  # fmt: skip
    request = await maju.asks(maju.budi, AUGUST)
    assert await refused(maju.decides(maju.wayan, request, "approve")) == "approvals.not_yours"
    await delegations.accept(offered, by=maju.wayan, actor=as_(maju.wayan))
    with clock.freeze(MONDAY + timedelta(days=3)):
        assert await refused(maju.decides(maju.wayan, request, "approve")) == "approvals.not_yours"
    await delegations.end(offered, actor=as_(maju.sari))
    assert await refused(maju.decides(maju.wayan, request, "approve")) == "approvals.not_yours"
    assert (
        await refused(delegations.accept(offered, by=maju.wayan, actor=as_(maju.wayan))) == "approvals.delegate_ended"
    )


async def test_nobody_comes_by_a_stand_in_to_decide_their_own_request(maju: Cast) -> None:
    await stands_in(maju, maju.sari, maju.budi)
    request = await maju.asks(maju.budi, AUGUST)
    assert await refused(maju.decides(maju.budi, request, "approve")) == "approvals.own_request"
    async with database.reading(maju.company):
        assert await decisions.waiting_for(maju.budi.person) == []


async def test_one_person_fills_one_seat_where_all_must_agree(maju: Cast) -> None:
    """Rina stands in for Sari, and both must agree: Rina's one answer is her own, Sari's is still missing."""
    await publish(maju, Level((HEAD, ABOVE), mode=rules.ALL))
    await stands_in(maju, maju.sari, maju.rina)
    request = await maju.asks(maju.budi, AUGUST)
    await maju.decides(maju.rina, request, "approve")
    assert await state(maju) == IN_REVIEW
    assert await refused(maju.decides(maju.rina, request, "approve")) == "approvals.decided_by_you"
    await maju.decides(maju.sari, request, "approve")
    assert await state(maju) == APPLIED


async def test_a_place_goes_through_two_hands_at_most_and_never_back(maju: Cast) -> None:
    await stands_in(maju, maju.sari, maju.wayan)
    await stands_in(maju, maju.wayan, maju.rina)
    request = await maju.asks(maju.budi, AUGUST)
    with pytest.raises(Refused, match=r"approvals\.delegate_deep"):
        await stands_in(maju, maju.rina, maju.hendra)
    with pytest.raises(Refused, match=r"approvals\.delegate_circle"):
        await stands_in(maju, maju.rina, maju.sari)
    await maju.decides(maju.rina, request, "approve")
    assert await state(maju) == APPLIED


async def test_who_stands_in_for_a_stand_in_is_shown_what_waits(maju: Cast) -> None:
    await maju.asks(maju.budi, AUGUST)
    await stands_in(maju, maju.sari, maju.wayan)
    await stands_in(maju, maju.wayan, maju.tono)
    await jobs.drain()
    (card,) = [one for one in await maju.told(maju.tono) if one.key == "approvals.card"]
    assert "Sari" in card.text and card.choices


async def test_a_stand_in_is_asked_in_a_seat_of_their_own_when_the_head_is_silent(maju: Cast) -> None:
    await stands_in(maju, maju.sari, maju.rina)
    request = await maju.asks(maju.budi, AUGUST)
    await at(7, 8, 9, 1)
    async with database.reading(maju.company):
        assert await decisions.approvers_of(request) == ["Sari", "Rina"]
    assert (await keys(maju, maju.rina)).count("approvals.card") == 2


async def test_who_loses_a_seat_keeps_the_card_of_the_place_they_stand_in(maju: Cast) -> None:
    await publish(maju, Level((HEAD, named(maju.wayan))))
    await stands_in(maju, maju.sari, maju.wayan)
    request = await maju.asks(maju.budi, AUGUST)
    await routing.reassign(
        request, from_=maju.wayan.person, to=maju.tono.person, reason="Cuti", by=maju.ratna.person, channel="web"
    )  # fmt: skip
    last = (await maju.told(maju.wayan))[-1]
    assert last.choices and "Sari" in last.text
    await maju.decides(maju.wayan, request, "approve")
    assert await state(maju) == APPLIED


async def test_a_delegation_reaches_only_the_length_it_names(maju: Cast) -> None:
    await stands_in(maju, maju.sari, maju.wayan, most=1_000)
    request = await maju.asks(maju.budi, AUGUST)
    assert await refused(maju.decides(maju.wayan, request, "approve")) == "approvals.not_yours"


# -- posts change hands ------------------------------------------------------------------------------------------------


async def head_becomes(cast: Cast, who: Employee, head: Employee) -> None:
    async with database.transaction(cast.company):
        await Assignment.update({Assignment.manager: head.id}).where(Assignment.employment == who.id)


async def test_a_new_head_is_asked_and_the_old_one_loses_the_right(maju: Cast) -> None:
    request = await maju.asks(maju.budi, AUGUST)
    await head_becomes(maju, maju.budi, maju.wayan)
    await routing.follow(maju.company)
    await routing.follow(maju.company)  # twice does no more
    assert await keys(maju, maju.wayan) == ["approvals.card"]
    assert await keys(maju, maju.sari) == ["approvals.card", "approvals.moved"]
    assert await refused(maju.decides(maju.sari, request, "approve")) == "approvals.moved"
    await maju.decides(maju.wayan, request, "approve")
    assert await state(maju) == APPLIED
    assert history.MOVED in await happened(maju)


@pytest.mark.parametrize(("policy", "old_may"), [(rules.BESIDE, True), (rules.KEPT, True), (rules.INSTEAD, False)])
async def test_the_chain_says_who_decides_after_a_change(maju: Cast, policy: str, old_may: bool) -> None:
    await publish(maju, Level((HEAD,)), rerouting=policy)
    request = await maju.asks(maju.budi, AUGUST)
    await head_becomes(maju, maju.budi, maju.wayan)
    await routing.follow(maju.company)
    assert bool(await keys(maju, maju.wayan)) == (policy != rules.KEPT)
    if old_may:
        await maju.decides(maju.sari, request, "approve")
    else:
        assert await refused(maju.decides(maju.sari, request, "approve")) == "approvals.moved"


async def test_whoever_leaves_hands_on_what_they_had_not_answered(maju: Cast) -> None:
    await publish(maju, Level((HEAD,)), rerouting=rules.KEPT)
    request = await maju.asks(maju.budi, AUGUST)
    await leaves(maju, maju.sari)
    await routing.follow(maju.company)
    assert await refused(maju.decides(maju.sari, request, "approve")) == "approvals.not_yours"
    await maju.decides(maju.rina, request, "approve")
    assert await state(maju) == APPLIED


async def test_who_was_given_a_seat_by_hand_and_leaves_hands_it_on_too(maju: Cast) -> None:
    request = await maju.asks(maju.budi, AUGUST)
    await routing.reassign(
        request, from_=maju.sari.person, to=maju.wayan.person, reason="Cuti", by=maju.ratna.person, channel="web"
    )  # fmt: skip
    await leaves(maju, maju.wayan)
    await routing.follow(maju.company)
    async with database.reading(maju.company):
        assert await decisions.approvers_of(request) == ["Sari"]
    await maju.decides(maju.sari, request, "approve")


async def test_an_administrator_hands_a_step_to_another_with_a_reason(maju: Cast) -> None:
    request = await maju.asks(maju.budi, AUGUST)

    async def give(to: Employee, reason: str) -> None:
        await routing.reassign(
            request, from_=maju.sari.person, to=to.person, reason=reason, by=maju.ratna.person, channel="web"
        )

    assert await refused(give(maju.wayan, " ")) == "approvals.reassign_reason"
    assert await refused(give(maju.budi, "x")) == "approvals.own_request"
    await give(maju.wayan, "Sari di lapangan")
    assert "Sari di lapangan" in (await maju.told(maju.wayan))[-1].text
    assert await refused(give(maju.rina, "lagi")) == "approvals.reassign_from"
    assert await refused(maju.decides(maju.sari, request, "approve")) == "approvals.moved"
    await routing.follow(maju.company)  # what was given by hand stays
    await maju.decides(maju.wayan, request, "approve")
    assert await state(maju) == APPLIED


# -- nobody answers ----------------------------------------------------------------------------------------------------


async def test_each_approver_is_reminded_by_their_own_clock_until_they_answer(maju: Cast) -> None:
    await publish(maju, Level((HEAD, named(maju.wayan)), mode=rules.ALL))
    request = await maju.asks(maju.budi, AUGUST)
    await maju.decides(maju.wayan, request, "approve")
    await at(7, 7, 9)
    assert "approvals.reminder" in await keys(maju, maju.sari)
    assert "approvals.reminder" not in await keys(maju, maju.wayan)


async def test_the_hours_of_a_chain_are_its_own(maju: Cast) -> None:
    await publish(maju, Level((HEAD,)), remind_after=2, escalate_after=4)
    await maju.asks(maju.budi, AUGUST)
    await at(7, 6, 11)
    assert "approvals.reminder" in await keys(maju, maju.sari)
    await at(7, 6, 13)
    assert await keys(maju, maju.rina) == ["approvals.card"]


async def test_a_chain_without_hours_goes_by_the_companys_and_who_was_asked_before_keeps_theirs(maju: Cast) -> None:
    await publish(maju, Level((HEAD,)))
    await maju.asks(maju.budi, Period(date(2026, 8, 12), date(2026, 8, 12)))
    async with database.transaction(maju.company):
        await choices.choose("approval_reminder", 3, by=as_(maju.ratna))
        await choices.choose("approval_escalation", 5, by=as_(maju.ratna))
    await grant(maju, maju.tono)
    await maju.asks(maju.tono, Period(date(2026, 8, 13), date(2026, 8, 13)))
    await at(7, 6, 12)
    assert (await keys(maju, maju.sari)).count("approvals.reminder") == 1
    assert "C-2" in (await maju.told(maju.sari))[-1].text
    await at(7, 6, 14)
    assert await keys(maju, maju.rina) == ["approvals.card"]
    await at(7, 7, 9)
    assert (await keys(maju, maju.sari)).count("approvals.reminder") == 2


async def test_at_the_top_it_is_told_again_after_the_hours_that_hold(maju: Cast) -> None:
    async with database.transaction(maju.company):
        await choices.choose("approval_reminder", 2, by=as_(maju.ratna))
        await choices.choose("approval_escalation", 3, by=as_(maju.ratna))
    await grant(maju, maju.rina)
    await maju.asks(maju.rina, AUGUST)
    for hour, told in ((11, 1), (12, 1), (14, 2), (16, 3)):
        await at(7, 6, hour)
        assert (await keys(maju, maju.hendra)).count("approvals.reminder") == told, hour


async def test_it_goes_up_to_the_top_and_there_it_is_told_again(maju: Cast) -> None:
    await maju.asks(maju.budi, AUGUST)
    for day in range(7, 31):
        await at(7, day, 9)
    for who in (maju.rina, maju.hendra):
        assert "approvals.card" in await keys(maju, who), who.first_name
    top = (await keys(maju, maju.hendra)).count("approvals.reminder")
    assert 2 <= top <= nudges.MOST_REMINDERS + 1


async def test_a_beginning_that_passes_undecided_is_told_and_decides_nothing(maju: Cast) -> None:
    request = await maju.asks(maju.budi, Period(date(2026, 7, 8), date(2026, 7, 8)))
    await at(7, 8, 7, 59)
    assert "approvals.begun_asker" not in await keys(maju, maju.budi)
    await at(7, 8, 8)
    await at(7, 8, 8, 1)
    for who, key in (
        (maju.budi, "approvals.begun_asker"), (maju.sari, "approvals.begun_approver"), (maju.ratna, "approvals.begun_hr"),
    ):  # fmt: skip
        assert (await keys(maju, who)).count(key) == 1, who.first_name
    assert await state(maju) == IN_REVIEW
    with clock.freeze(datetime(2026, 7, 9, 9, 0, tzinfo=MONDAY.tzinfo)):
        await maju.decides(maju.sari, request, "approve")


async def test_only_a_cut_off_closes_what_nobody_decided(maju: Cast) -> None:
    await publish(maju, Level((HEAD,)), expire_after=3)
    await maju.asks(maju.budi, Period(date(2026, 7, 8), date(2026, 7, 8)))
    await at(7, 8, 8)
    await at(7, 11, 7)
    assert await state(maju) == IN_REVIEW
    await at(7, 11, 8)
    assert await state(maju) == EXPIRED
    assert (await keys(maju, maju.budi))[-1] == "approvals.expired_told"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("file", ["approvals", "approvalpages"])
def test_every_kind_of_request_has_its_name(language: str, file: str) -> None:
    for kind in kinds.DESCRIBES:
        assert phrase(f"{file}.kind_{kind}", language)
