"""A request takes the steps its chain names, in order; comes back, changes, is undone, and always ends up somewhere."""

from datetime import date, timedelta
from typing import Any

import pytest

from core import clock, database, jobs
from core.approvals import chains, decisions, delegations, publishing, rules
from core.approvals.kinds import (
    APPLIED,
    APPROVED,
    CANCEL_REQUESTED,
    CANCELLED,
    IN_REVIEW,
    REJECTED,
    RETURNED,
    SETTLES,
    WITHDRAWN,
)
from core.approvals.rules import Condition, Level, Who
from core.approvals.tables import Decision, Request, Step
from core.errors import Refused
from core.leave.policy import Period
from core.leave.requests import KIND
from core.people import directory
from core.people.tables import Assignment
from tests.core.approvals.acts import ABOVE, HEAD, HR, at, keys, leaves, publish, refused, state
from tests.core.cast import Cast, as_
from tests.core.conftest import MONDAY

AUGUST = Period(date(2026, 8, 12), date(2026, 8, 14))


async def test_a_second_step_is_asked_only_when_the_first_has_agreed(maju: Cast) -> None:
    await publish(maju, Level((HEAD,)), Level((HR,)))
    request = await maju.asks(maju.budi, AUGUST)
    assert await keys(maju, maju.ratna) == []
    assert await refused(maju.decides(maju.ratna, request, "approve")) == "approvals.not_yet"
    await maju.decides(maju.sari, request, "approve")
    assert await state(maju) == IN_REVIEW
    assert await keys(maju, maju.budi) == []
    assert await keys(maju, maju.sari) == ["approvals.card", "approvals.passed"]
    assert "Ratna" in (await maju.told(maju.sari))[-1].text
    (card,) = await maju.told(maju.ratna)
    assert "Langkah 2 dari 2" in card.text
    assert await refused(maju.decides(maju.sari, request, "approve")) == "approvals.decided_by_you"
    await maju.decides(maju.ratna, request, "approve")
    assert await state(maju) == APPLIED
    assert await keys(maju, maju.budi) == ["leave.approved"]


async def test_a_rejection_at_any_step_ends_it(maju: Cast) -> None:
    await publish(maju, Level((HEAD,)), Level((HR,)))
    request = await maju.asks(maju.budi, AUGUST)
    await maju.decides(maju.sari, request, "approve")
    await maju.decides(maju.ratna, request, "reject", "stok opname")
    assert await state(maju) == REJECTED
    assert await keys(maju, maju.budi) == ["leave.rejected"]


async def test_all_must_agree_and_one_no_is_enough(maju: Cast) -> None:
    await publish(maju, Level((HEAD, ABOVE), mode=rules.ALL))
    first = await maju.asks(maju.budi, AUGUST)
    await maju.decides(maju.rina, first, "approve")
    assert await state(maju) == IN_REVIEW
    assert (await maju.told(maju.rina))[-1].key == "approvals.counted"
    assert (await maju.told(maju.sari))[-1].choices != ()
    assert await refused(maju.decides(maju.rina, first, "approve")) == "approvals.decided_by_you"
    await maju.decides(maju.sari, first, "reject", "tidak")
    assert await state(maju) == REJECTED


async def test_a_quorum_is_reached_by_as_many_as_it_needs(maju: Cast) -> None:
    await publish(maju, Level((HEAD, ABOVE, HR), mode=rules.QUORUM, quorum=2))
    request = await maju.asks(maju.budi, AUGUST)
    await maju.decides(maju.ratna, request, "reject", "tidak")
    assert await state(maju) == IN_REVIEW  # two of three can still agree
    await maju.decides(maju.sari, request, "approve")
    await maju.decides(maju.rina, request, "approve")
    assert await state(maju) == APPLIED


async def test_a_step_with_a_condition_is_asked_only_where_it_holds(maju: Cast) -> None:
    await publish(maju, Level((HEAD,)), Level((HR,), when=(Condition("days", rules.OVER, 2_000),)))
    short = await maju.asks(maju.budi, Period(date(2026, 8, 12), date(2026, 8, 12)))
    await maju.decides(maju.sari, short, "approve")
    assert (await maju.request("C-1")).state == APPLIED
    long = await maju.asks(maju.budi, Period(date(2026, 9, 1), date(2026, 9, 3)))
    await maju.decides(maju.sari, long, "approve")
    assert (await maju.request("C-2")).state == IN_REVIEW


async def test_the_head_of_the_department_is_asked_and_where_there_is_none_the_line(maju: Cast) -> None:
    await publish(maju, Level((Who(rules.DEPARTMENT_HEAD),)))
    await maju.asks(maju.budi, Period(date(2026, 8, 12), date(2026, 8, 12)))
    assert await keys(maju, maju.sari) == ["approvals.card"]
    async with database.transaction(maju.company):
        await directory.head_of(maju.budi.department or 0, maju.rina.id)
    await maju.asks(maju.budi, Period(date(2026, 8, 13), date(2026, 8, 13)))
    assert await keys(maju, maju.rina) == ["approvals.card"]


async def test_with_a_chain_a_vacant_post_passes_up_the_line(maju: Cast) -> None:
    await publish(maju, Level((HEAD,)), Level((HR,)))
    await leaves(maju, maju.sari)
    await maju.asks(maju.budi, AUGUST)
    assert await keys(maju, maju.rina) == ["approvals.card"]
    async with database.reading(maju.company):
        assert await Step.count() == 2  # the vacancy shortens nothing


async def test_what_was_submitted_before_a_new_chain_keeps_its_own(maju: Cast) -> None:
    request = await maju.asks(maju.budi, AUGUST)
    await publish(maju, Level((HEAD,)), Level((HR,)))
    await maju.decides(maju.sari, request, "approve")
    assert await state(maju) == APPLIED


# -- publishing --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("levels", "why"),
    [
        ((), "approvals.chain_levels"),
        ((Level(()),), "approvals.chain_nobody"),
        ((Level((HEAD, HEAD)),), "approvals.chain_twice"),
        ((Level((HEAD,), when=(Condition("days", rules.OVER, 1),)),), "approvals.chain_always"),
        ((Level((HEAD,)), Level((HEAD,), when=(Condition("height", rules.OVER, 1),))), "approvals.chain_condition"),
        ((Level((HEAD,)), Level((HEAD,), when=(Condition("leave_type", rules.IS, "?"),))), "approvals.chain_condition"),
        ((Level((HEAD,), mode="most"),), "approvals.chain_mode"),
        ((Level((HEAD, HR), mode=rules.QUORUM, quorum=0),), "approvals.chain_quorum"),
        ((Level((HEAD, ABOVE), mode=rules.QUORUM, quorum=3),), "approvals.chain_quorum"),
        ((Level((Who("cousin"),)),), "approvals.chain_unknown"),
        ((Level((Who(rules.ROLE, role="employee"),)),), "approvals.chain_unknown"),
        ((Level((Who(rules.ROLE, role="agent"),)),), "approvals.chain_no_holder"),
        ((Level((Who(rules.PERSON, person=99_999),)),), "approvals.chain_vacant"),
    ],
)
async def test_a_chain_that_leads_nowhere_is_not_published(maju: Cast, levels: tuple[Level, ...], why: str) -> None:
    assert await refused(publish(maju, *levels)) == why
    async with database.reading(maju.company):
        assert await chains.in_force(KIND) is None


async def test_a_line_of_heads_that_runs_in_a_circle_is_named(maju: Cast) -> None:
    async with database.transaction(maju.company):
        await Assignment.update({Assignment.manager: maju.budi.id}).where(Assignment.employment == maju.rina.id)
    with pytest.raises(Refused) as no:
        await publish(maju, Level((HEAD,)))
    assert no.value.key == "approvals.chain_circle"
    told = str(no.value.facts["path"])
    assert {"Budi", "Sari", "Rina"} <= set(told.replace("→", " ").split())


async def test_it_is_foreseen_who_would_be_asked_and_who_if_they_are_away(maju: Cast) -> None:
    await publish(maju, Level((HEAD,)), Level((HR,), when=(Condition("days", rules.OVER, 5_000),)))
    offered = await delegations.offer(
        maju.sari, maju.wayan.person, starts=MONDAY, ends=MONDAY + timedelta(days=3), actor=as_(maju.sari)
    )
    await delegations.accept(offered, by=maju.wayan, actor=as_(maju.wayan))
    async with database.reading(maju.company):
        first, second = await publishing.foresee(
            KIND, maju.budi, {"days": 3_000}, on=MONDAY.date(), away={maju.sari.person}
        )
        later, _ = await publishing.foresee(KIND, maju.budi, {"days": 3_000}, on=date(2026, 8, 3))
    (sari,) = first.people
    assert (sari.who.first_name, sari.away, sari.stand_ins) == ("Sari", True, ("Wayan Sudarma",))
    assert sari.above == ("Rina Kusuma",)
    assert (second.applies, later.people[0].stand_ins) == (False, ())


# -- changed, sent back, undone ----------------------------------------------------------------------------------------


async def moved(cast: Cast, request: Request) -> Any:
    """Budi asks for something else under the same number."""
    return await decisions.change(
        request, subject=request.subject, begins=None, by=cast.budi, actor=as_(cast.budi), facts={"days": 3_000}
    )


async def test_a_changed_request_is_decided_on_its_new_version_alone(maju: Cast) -> None:
    request = await maju.asks(maju.budi, AUGUST)
    again = await moved(maju, request)
    assert (again.number, request.version) == ("C-1", 2)
    assert await keys(maju, maju.sari) == ["approvals.card", "approvals.superseded", "approvals.card"]
    assert await refused(maju.decides(maju.sari, request, "approve", version=1)) == "approvals.stale"
    await maju.decides(maju.sari, request, "approve")
    async with database.reading(maju.company):
        (row,) = await Decision.select()
    assert (row["version"], await state(maju)) == (2, APPLIED)


async def test_what_is_sent_back_waits_for_its_asker(maju: Cast) -> None:
    request = await maju.asks(maju.budi, AUGUST)
    assert await refused(maju.decides(maju.sari, request, "change")) == "approvals.reason_needed"
    await maju.decides(maju.sari, request, "change", "geser seminggu")
    assert await state(maju) == RETURNED
    (told,) = await maju.told(maju.budi)
    assert told.key == "approvals.returned"
    assert "geser seminggu" in told.text
    await at(7, 20, 9)
    assert "approvals.reminder" not in await keys(maju, maju.sari)
    await decisions.change(request, subject=request.subject, begins=None, by=maju.budi, actor=as_(maju.budi))
    await maju.decides(maju.sari, request, "approve")
    assert await state(maju) == APPLIED


async def test_what_was_sent_back_can_be_taken_back(maju: Cast) -> None:
    request = await maju.asks(maju.budi, AUGUST)
    await maju.decides(maju.sari, request, "change", "geser seminggu")
    await decisions.withdraw(request, by=maju.budi, actor=as_(maju.budi))
    assert await state(maju) == WITHDRAWN


async def test_a_chain_may_spare_the_steps_that_had_agreed(maju: Cast) -> None:
    await publish(maju, Level((HEAD,)), Level((HR,)), restart=rules.RESTART_OPEN)
    request = await maju.asks(maju.budi, AUGUST)
    await maju.decides(maju.sari, request, "approve")
    await moved(maju, request)
    assert await refused(maju.decides(maju.sari, request, "approve")) in ("approvals.moved", "approvals.decided_by_you")
    await maju.decides(maju.ratna, request, "approve")
    assert await state(maju) == APPLIED


async def test_a_step_that_a_change_adds_is_never_spared(maju: Cast) -> None:
    """A longer leave than was agreed to must not slip past who is asked about long ones first."""
    long = Level((HR,), when=(Condition("days", rules.OVER, 2_000),))
    await publish(maju, long, Level((HEAD,)), Level((ABOVE,)), restart=rules.RESTART_OPEN)
    request = await maju.asks(maju.budi, Period(date(2026, 8, 12), date(2026, 8, 12)))
    await maju.decides(maju.sari, request, "approve")
    await moved(maju, request)  # three days instead of one
    assert await refused(maju.decides(maju.rina, request, "approve")) == "approvals.not_yet"
    await maju.decides(maju.ratna, request, "approve")
    await maju.decides(maju.rina, request, "approve")
    assert await state(maju) == APPLIED


async def test_one_yes_spares_one_step_and_not_its_twin(maju: Cast) -> None:
    """The head agreed once; a chain that since asks the head twice asks the head once more."""
    await publish(maju, Level((HEAD,)), Level((HR,)), restart=rules.RESTART_OPEN)
    request = await maju.asks(maju.budi, AUGUST)
    await maju.decides(maju.sari, request, "approve")
    await publish(maju, Level((HEAD,)), Level((ABOVE,)), Level((HEAD,)), restart=rules.RESTART_OPEN)
    await moved(maju, request)
    await maju.decides(maju.rina, request, "approve")
    assert await state(maju) == IN_REVIEW
    await maju.decides(maju.sari, request, "approve")
    assert await state(maju) == APPLIED


@pytest.fixture
def undone(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the slice hears, instead of what it does."""
    heard: list[Any] = []

    async def settle(_: Request, given: Any) -> None:
        heard.append(given)

    monkeypatch.setitem(SETTLES, KIND, settle)
    return heard


async def test_what_is_in_effect_is_undone_by_the_same_approvers(maju: Cast, undone: list[Any]) -> None:
    request = await maju.asks(maju.budi, AUGUST)
    await maju.decides(maju.sari, request, "approve")
    await decisions.ask_cancel(request, by=maju.budi, actor=as_(maju.budi))
    assert await state(maju) == CANCEL_REQUESTED
    card = (await maju.told(maju.sari))[-1]
    assert len(card.choices) == 2  # to undo is not changed, it is undone or not
    await maju.decides(maju.sari, request, "approve")
    assert await state(maju) == CANCELLED
    assert [one.cancelled for one in undone] == [False, True]
    assert await refused(maju.decides(maju.sari, request, "approve")) == "approvals.decided_by_you"


async def test_what_is_not_to_be_undone_stays_in_effect(maju: Cast, undone: list[Any]) -> None:
    request = await maju.asks(maju.budi, AUGUST)
    await maju.decides(maju.sari, request, "approve")
    await decisions.ask_cancel(request, by=maju.budi, actor=as_(maju.budi))
    await maju.decides(maju.sari, request, "reject", "sudah ada pengganti")
    assert await state(maju) == APPLIED
    assert len(undone) == 1
    assert (await maju.told(maju.budi))[-1].key == "approvals.cancel_refused"
    await decisions.ask_cancel(request, by=maju.budi, actor=as_(maju.budi))
    await decisions.withdraw(request, by=maju.budi, actor=as_(maju.budi))
    assert (await state(maju), len(undone)) == (APPLIED, 1)


async def test_what_nobody_decides_is_in_effect_and_undone_at_once(maju: Cast, undone: list[Any]) -> None:
    async with database.transaction(maju.company):
        made = await decisions.acknowledge(KIND, 7, "C", by=maju.budi, actor=as_(maju.budi))
    assert (made.state, await state(maju)) == (APPLIED, APPLIED)
    request = await maju.request("C-1")
    await decisions.ask_cancel(request, by=maju.budi, actor=as_(maju.budi))
    assert await state(maju) == CANCELLED
    assert [(one.verdict, one.cancelled) for one in undone] == [("acknowledge", False), ("approve", True)]


async def test_an_effect_that_fails_keeps_the_decision_and_is_tried_again(
    maju: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = await maju.asks(maju.budi, AUGUST)
    real, tries = SETTLES[KIND], []

    async def breaks_once(one: Request, given: Any) -> None:
        tries.append(given)
        if len(tries) == 1:
            raise OSError("the disk is full")
        await real(one, given)

    monkeypatch.setitem(SETTLES, KIND, breaks_once)
    await maju.decides(maju.sari, request, "approve")
    assert await state(maju) == APPROVED
    with clock.freeze(clock.now() + timedelta(minutes=1)):
        await jobs.drain()
    assert (await state(maju), len(tries)) == (APPLIED, 2)
    assert await keys(maju, maju.budi) == ["leave.approved"]
