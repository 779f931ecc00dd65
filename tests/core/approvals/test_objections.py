"""Who was asked too and comes too late may wish that it be called off; nobody else, once, and only before it begins."""

from datetime import timedelta

from bot.flows import leave_later
from core import clock, database
from core.approvals import objections
from core.approvals.rules import Level
from core.approvals.tables import Request
from core.leave.policy import Period
from core.people.directory import Employee
from tests.core.approvals.acts import ABOVE, HEAD, happened, keys, publish, refused, state
from tests.core.cast import Cast
from tests.core.conftest import MONDAY

CALLS_OFF = leave_later  # registers how leave is called off in the talk, by being imported
DAY = MONDAY.date() + timedelta(days=14)


async def approved(cast: Cast) -> Request:
    """Budi's leave, of which Sari and Rina were asked and Rina approved."""
    await publish(cast, Level((HEAD, ABOVE)))
    asked = await cast.asks(cast.budi, Period(DAY, DAY))
    await cast.decides(cast.rina, asked, "approve")
    return await cast.request(asked.number)


async def wish(request: Request, who: Employee, reason: str = "stok opname") -> None:
    await objections.wish(request, person=who.person, reason=reason, channel="web")


async def test_the_asker_is_asked_and_the_decider_told_and_nothing_is_undone(maju: Cast) -> None:
    request = await approved(maju)
    await wish(request, maju.sari)
    assert (await keys(maju, maju.budi))[-1] == "approvals.objected_asker"
    last = (await maju.told(maju.budi))[-1]
    assert "stok opname" in last.text and len(last.choices) == 1
    assert "approvals.objected_decider" in await keys(maju, maju.rina)
    assert await state(maju) == "applied"


async def test_strangers_and_the_asker_have_no_say(maju: Cast) -> None:
    request = await approved(maju)
    for who in (maju.wayan, maju.ratna, maju.budi):
        assert await refused(wish(request, who)) == "approvals.not_yours"
    assert "objected" not in await happened(maju)


async def test_a_second_wish_of_the_same_person_is_refused(maju: Cast) -> None:
    request = await approved(maju)
    await wish(request, maju.sari)
    assert await refused(wish(request, maju.sari)) == "approvals.over_already"
    assert (await happened(maju)).count("objected") == 1
    assert (await keys(maju, maju.budi)).count("approvals.objected_asker") == 1


async def test_what_has_begun_or_is_not_in_effect_is_left_alone(maju: Cast) -> None:
    request = await approved(maju)
    with clock.freeze(MONDAY + timedelta(days=14, hours=3)):
        assert await refused(wish(request, maju.sari)) == "approvals.over_already"
    async with database.transaction(maju.company):
        await Request.update({Request.state: "cancelled"}).where(Request.id == request.id)
    assert await refused(wish(request, maju.sari)) == "approvals.over_already"


async def test_a_reason_is_needed_and_not_too_long(maju: Cast) -> None:
    request = await approved(maju)
    assert await refused(wish(request, maju.sari, "  ")) == "approvals.reason_needed"
    assert await refused(wish(request, maju.sari, "a" * 501)) == "approvals.reason_too_long"
    assert "objected" not in await happened(maju)
