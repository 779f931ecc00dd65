"""A seat at a step answers once, whoever speaks from it; and a step whose seats go never waits for nobody."""

from datetime import date, timedelta

from core import database
from core.approvals import delegations, routing, rules, waiting
from core.approvals.kinds import APPLIED, IN_REVIEW
from core.approvals.rules import Level
from core.leave.policy import Period
from core.people.directory import Employee
from core.people.tables import Assignment
from tests.core.approvals.acts import ABOVE, HEAD, at, keys, leaves, publish, refused, state
from tests.core.cast import Cast, as_
from tests.core.conftest import MONDAY

AUGUST = Period(date(2026, 8, 12), date(2026, 8, 14))


async def takes_the_place(cast: Cast, taker: Employee, giver: Employee) -> None:
    offered = await delegations.offer(
        giver, taker.person, starts=MONDAY, ends=MONDAY + timedelta(days=30), actor=as_(giver)
    )
    await delegations.accept(offered, by=taker, actor=as_(taker))


async def waits_for(cast: Cast, who: Employee) -> list[str]:
    async with database.reading(cast.company):
        return [one.number for one in await waiting.waiting_for(who.person)]


async def test_a_seat_that_a_stand_in_answered_is_not_answered_again_by_its_owner(maju: Cast) -> None:
    await publish(maju, Level((HEAD, ABOVE), mode=rules.ALL))
    await takes_the_place(maju, maju.wayan, maju.sari)
    request = await maju.asks(maju.budi, AUGUST)
    await maju.decides(maju.wayan, request, "approve")
    assert (await waits_for(maju, maju.sari), await waits_for(maju, maju.rina)) == ([], ["C-1"])
    assert await refused(maju.decides(maju.sari, request, "reject", "tidak")) == "approvals.decided_already"
    await maju.decides(maju.rina, request, "approve")
    assert await state(maju) == APPLIED


async def test_who_stands_in_for_two_speaks_from_the_seat_that_has_not_answered(maju: Cast) -> None:
    await publish(maju, Level((HEAD, ABOVE), mode=rules.ALL))
    for giver in (maju.sari, maju.rina):
        await takes_the_place(maju, maju.wayan, giver)
    request = await maju.asks(maju.budi, AUGUST)
    await maju.decides(maju.rina, request, "approve")
    given = await maju.decides(maju.wayan, request, "approve")
    assert (given.named("id"), await state(maju)) == ("Wayan a.n. Sari", APPLIED)


async def test_the_head_who_was_added_keeps_the_right_when_the_silent_one_leaves(maju: Cast) -> None:
    request = await maju.asks(maju.budi, AUGUST)
    await at(7, 8, 9)
    assert await waits_for(maju, maju.rina) == ["C-1"]
    async with database.transaction(maju.company):
        await Assignment.update({Assignment.manager: maju.rina.id}).where(Assignment.employment == maju.budi.id)
    await leaves(maju, maju.sari)
    await routing.follow(maju.company)
    assert await waits_for(maju, maju.rina) == ["C-1"]
    await maju.decides(maju.rina, request, "approve")
    assert await state(maju) == APPLIED


async def test_a_step_goes_on_when_the_only_one_it_waits_for_leaves_and_the_heir_has_agreed(maju: Cast) -> None:
    await publish(maju, Level((HEAD, ABOVE), mode=rules.ALL))
    request = await maju.asks(maju.budi, AUGUST)
    await maju.decides(maju.rina, request, "approve")
    assert await state(maju) == IN_REVIEW
    async with database.transaction(maju.company):
        await Assignment.update({Assignment.manager: maju.rina.id}).where(Assignment.employment == maju.budi.id)
        await Assignment.update({Assignment.manager: None}).where(Assignment.employment == maju.rina.id)
    await leaves(maju, maju.sari)
    await routing.follow(maju.company)
    assert await state(maju) == APPLIED
    assert await keys(maju, maju.budi) == ["leave.approved"]


async def test_a_seat_is_not_handed_to_one_who_has_answered_in_anothers_place(maju: Cast) -> None:
    await publish(maju, Level((HEAD, ABOVE), mode=rules.ALL))
    await takes_the_place(maju, maju.wayan, maju.sari)
    request = await maju.asks(maju.budi, AUGUST)
    await maju.decides(maju.wayan, request, "approve")
    for seat, why in ((maju.rina, "approvals.reassign_sits"), (maju.sari, "approvals.reassign_from")):
        assert await refused(
            routing.reassign(
                request, from_=seat.person, to=maju.wayan.person, reason="sakit", by=maju.ratna.person, channel="web"
            )
        ) == why  # fmt: skip
