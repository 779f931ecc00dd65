"""The cards of stand-ins: no buttons are left on them once their press would change nothing, and a press is answered."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from core import clock, database, jobs
from core.approvals import decisions, delegations, routing, rules
from core.approvals.kinds import APPLIED, IN_REVIEW
from core.approvals.rules import Level
from core.approvals.tables import Delegation
from core.errors import Refused
from core.leave.policy import Period
from core.people.directory import Employee
from core.people.tables import Assignment
from core.phrases import refused as in_words
from tests.core.approvals.acts import ABOVE, HEAD, at, grant, keys, leaves, named, publish, refused, state
from tests.core.cast import Cast, as_
from tests.core.conftest import MONDAY

AUGUST = Period(date(2026, 8, 12), date(2026, 8, 14))


async def stands_in(cast: Cast, taker: Employee, giver: Employee, **more: Any) -> Delegation:
    made = await delegations.offer(
        giver, taker.person, starts=MONDAY, ends=MONDAY + timedelta(days=3), actor=as_(giver), **more
    )
    await delegations.accept(made, by=taker, actor=as_(taker))
    return made


async def may_press(cast: Cast, who: Employee) -> bool:
    """Whether the newest of the cards, as it stands in their chat, has buttons."""
    return bool((await cast.told(who))[-1].choices)


async def test_the_card_of_a_stand_in_loses_its_buttons_with_the_seat_it_stood_for(maju: Cast) -> None:
    await stands_in(maju, maju.wayan, maju.sari)
    await stands_in(maju, maju.tono, maju.wayan)
    request = await maju.asks(maju.budi, AUGUST)
    assert await may_press(maju, maju.wayan) and await may_press(maju, maju.tono)
    await routing.reassign(
        request, from_=maju.sari.person, to=maju.rina.person, reason="Cuti", by=maju.ratna.person, channel="web"
    )  # fmt: skip
    for who in (maju.sari, maju.wayan, maju.tono):
        assert (await keys(maju, who))[-1] == "approvals.moved", who.first_name
        assert not await may_press(maju, who)
        assert await refused(maju.decides(who, request, "approve")) == "approvals.moved"
    assert await may_press(maju, maju.rina)
    await maju.decides(maju.rina, request, "approve")
    assert await refused(maju.decides(maju.wayan, request, "approve")) == "approvals.decided_already"


async def test_the_card_of_a_stand_in_follows_the_posts(maju: Cast) -> None:
    await stands_in(maju, maju.wayan, maju.sari)
    request = await maju.asks(maju.budi, AUGUST)
    async with database.transaction(maju.company):
        await Assignment.update({Assignment.manager: maju.hendra.id}).where(Assignment.employment == maju.budi.id)
    await routing.follow(maju.company)
    assert not await may_press(maju, maju.wayan)
    assert "Hendra" in (await maju.told(maju.wayan))[-1].text
    assert await refused(maju.decides(maju.wayan, request, "approve")) == "approvals.moved"


async def test_the_stand_in_of_one_who_left_is_told_who_decides(maju: Cast) -> None:
    await stands_in(maju, maju.wayan, maju.sari)
    request = await maju.asks(maju.budi, AUGUST)
    await leaves(maju, maju.sari)
    await routing.follow(maju.company)
    assert not await may_press(maju, maju.wayan)
    assert await refused(maju.decides(maju.wayan, request, "approve")) == "approvals.moved"


async def test_a_stand_in_who_has_another_right_keeps_the_buttons(maju: Cast) -> None:
    await publish(maju, Level((HEAD, named(maju.rina))))
    await stands_in(maju, maju.wayan, maju.sari)
    await stands_in(maju, maju.wayan, maju.rina)
    request = await maju.asks(maju.budi, AUGUST)
    await routing.reassign(
        request, from_=maju.sari.person, to=maju.hendra.person, reason="Cuti", by=maju.ratna.person, channel="web"
    )  # fmt: skip
    assert await may_press(maju, maju.wayan)
    await maju.decides(maju.wayan, request, "approve")
    assert await state(maju) == APPLIED


async def test_who_stands_in_for_the_head_that_was_added_loses_the_buttons_too(maju: Cast) -> None:
    await stands_in(maju, maju.tono, maju.rina)
    request = await maju.asks(maju.budi, AUGUST)
    await at(7, 8, 9, 1)
    assert await may_press(maju, maju.tono)
    with clock.freeze(MONDAY + timedelta(days=2, hours=1)):
        await routing.reassign(
            request, from_=maju.sari.person, to=maju.wayan.person, reason="Cuti", by=maju.ratna.person, channel="web"
        )  # fmt: skip
        for who in (maju.rina, maju.tono):
            assert not await may_press(maju, who), who.first_name
            assert await refused(maju.decides(who, request, "approve")) == "approvals.moved"


async def test_a_place_that_is_taken_back_takes_the_buttons_with_it(maju: Cast) -> None:
    made = await stands_in(maju, maju.wayan, maju.sari)
    await stands_in(maju, maju.tono, maju.wayan)
    request = await maju.asks(maju.budi, AUGUST)
    await delegations.end(made, actor=as_(maju.sari))
    await jobs.drain()
    for who in (maju.wayan, maju.tono):
        assert (await keys(maju, who))[-1] == "approvals.stood_in", who.first_name
        assert not await may_press(maju, who)
        assert await refused(maju.decides(who, request, "approve")) == "approvals.moved"
    assert await may_press(maju, maju.sari)
    await maju.decides(maju.sari, request, "approve")
    assert await refused(maju.decides(maju.wayan, request, "approve")) == "approvals.decided_already"


async def test_a_place_whose_time_is_over_takes_the_buttons_with_it(maju: Cast) -> None:
    await stands_in(maju, maju.wayan, maju.sari)
    await maju.asks(maju.budi, AUGUST)
    await at(7, 9, 8, 59)
    assert await may_press(maju, maju.wayan)
    await at(7, 9, 9)
    assert not await may_press(maju, maju.wayan)
    assert await may_press(maju, maju.sari)
    told = len(await keys(maju, maju.wayan))
    await at(7, 9, 10)
    assert len(await keys(maju, maju.wayan)) == told


async def test_a_place_lent_for_a_leave_holds_until_its_calling_off_is_agreed_to(maju: Cast) -> None:
    days = Period(date(2026, 7, 6), date(2026, 7, 8))
    await grant(maju, maju.sari)
    own = await maju.asks(maju.sari, days)
    await stands_in(maju, maju.wayan, maju.sari, request=own.id)
    await maju.decides(maju.rina, own, "approve")
    await jobs.drain()
    request = await maju.asks(maju.budi, AUGUST)
    await decisions.ask_cancel(own, by=maju.sari, actor=as_(maju.sari))
    assert await may_press(maju, maju.wayan)
    async with database.reading(maju.company):
        assert [one.number for one in await decisions.waiting_for(maju.wayan.person)] == [request.number]
    own = await maju.request(own.number)
    await maju.decides(maju.rina, own, "approve")
    await jobs.drain()
    assert not await may_press(maju, maju.wayan)
    assert await refused(maju.decides(maju.wayan, request, "approve")) == "approvals.moved"


async def test_whoever_speaks_from_a_seat_that_has_answered_has_no_buttons_left(maju: Cast) -> None:
    await publish(maju, Level((HEAD, ABOVE), mode=rules.ALL))
    await stands_in(maju, maju.wayan, maju.sari)
    request = await maju.asks(maju.budi, AUGUST)
    await maju.decides(maju.wayan, request, "approve")
    assert await state(maju) == IN_REVIEW
    for who in (maju.sari, maju.wayan):
        assert not await may_press(maju, who), who.first_name
        assert "Wayan a.n. Sari" in (await maju.told(who))[-1].text
    assert await may_press(maju, maju.rina)


async def test_a_no_that_leaves_it_open_is_written_as_a_no(maju: Cast) -> None:
    await publish(maju, Level((HEAD, ABOVE, named(maju.wayan)), mode=rules.QUORUM, quorum=2))
    request = await maju.asks(maju.budi, AUGUST)
    await maju.decides(maju.sari, request, "reject", "stok opname")
    last = (await maju.told(maju.sari))[-1]
    assert not last.choices
    assert "Ditolak Sari" in last.text and "stok opname" in last.text and "Rina, Wayan" in last.text


async def test_a_stand_in_is_told_the_same_days_whoever_reads(maju: Cast) -> None:
    jakarta, days = ZoneInfo("Asia/Jakarta"), "Minggu 20 - Minggu 27 Desember"
    made = await delegations.offer(
        maju.sari, maju.wayan.person, starts=datetime(2026, 12, 20, tzinfo=jakarta),
        ends=datetime(2026, 12, 28, tzinfo=jakarta), actor=as_(maju.sari),
    )  # fmt: skip
    assert days in (await maju.told(maju.wayan))[-1].text  # in Denpasar, where the 28th begins an hour later
    await delegations.accept(made, by=maju.wayan, actor=as_(maju.wayan))
    assert days in (await maju.told(maju.sari))[-1].text


@pytest.mark.parametrize(("hour", "told"), [(0, "Minggu 27 Desember."), (12, "Senin 28 Desember 12.00 WIB.")])
async def test_a_second_stand_in_is_told_the_last_day_of_the_first(maju: Cast, hour: int, told: str) -> None:
    jakarta = ZoneInfo("Asia/Jakarta")
    starts, until = datetime(2026, 12, 20, tzinfo=jakarta), datetime(2026, 12, 28, hour, tzinfo=jakarta)
    await delegations.offer(maju.sari, maju.wayan.person, starts=starts, ends=until, actor=as_(maju.sari))
    with pytest.raises(Refused) as no:
        await delegations.offer(maju.sari, maju.rina.person, starts=starts, ends=until, actor=as_(maju.sari))
    assert f"sampai {told}" in in_words(no.value, "id", "Asia/Jakarta")
