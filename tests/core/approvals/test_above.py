"""Who is asked when others stay silent or posts change hands: somebody new, and never again who has agreed already."""

from datetime import date

import pytest

from core import clock, database
from core.accounts.tables import Membership
from core.approvals import above, decisions, kinds, publishing, routing, rules, story
from core.approvals.cards import SeatSaid, seats_in_words
from core.approvals.kinds import APPLIED, IN_REVIEW
from core.approvals.rules import Level
from core.leave.policy import Period
from core.leave.requests import KIND
from tests.core.approvals.acts import ABOVE, HEAD, HR, at, keys, named, publish, refused, state
from tests.core.approvals.test_places import head_becomes, stands_in
from tests.core.approvals.test_steps import moved
from tests.core.cast import Cast
from tests.core.conftest import MONDAY

AUGUST = Period(date(2026, 8, 12), date(2026, 8, 14))


async def test_who_sits_or_has_agreed_is_passed_over_as_long_as_there_is_anybody_else(maju: Cast) -> None:
    sari, rina, ratna, hendra = maju.sari, maju.rina, maju.ratna, maju.hendra
    beyond = [hendra, ratna]
    assert above.choose([[rina], beyond], there={sari.person}, agreed=()) == [rina]
    assert above.choose([[rina], beyond], there={rina.person, ratna.person}, agreed=()) == [hendra]
    assert above.choose([[rina], beyond], there=(), agreed={rina.person}) == [hendra, ratna]
    assert above.choose([[rina], beyond], there={hendra.person}, agreed={rina.person, ratna.person}) == [rina]
    assert above.choose([[rina], [rina]], there={rina.person}, agreed=()) == []


async def test_a_silent_ones_head_who_has_agreed_is_not_asked_again(maju: Cast) -> None:
    await publish(maju, Level((ABOVE,)), Level((named(maju.wayan),)))
    request = await maju.asks(maju.budi, AUGUST)
    await maju.decides(maju.rina, request, "approve")
    (card,) = await maju.told(maju.wayan)
    assert "naik ke administrator" in card.text and "Rina" not in card.text
    await at(7, 8, 10)
    assert (await keys(maju, maju.rina)).count("approvals.card") == 1
    for who in (maju.hendra, maju.ratna):
        assert await keys(maju, who) == ["approvals.card"], who.first_name
    assert await refused(maju.decides(maju.rina, request, "approve")) == "approvals.decided_by_you"
    assert await state(maju) == IN_REVIEW, "silence is no yes"
    await maju.decides(maju.hendra, request, "approve")
    assert await state(maju) == APPLIED


async def test_where_nobody_else_is_left_who_agreed_is_asked_for_the_silent_ones_place(maju: Cast) -> None:
    await publish(
        maju, Level((ABOVE, named(maju.hendra), named(maju.ratna)), mode=rules.ALL), Level((named(maju.wayan),))
    )
    async with database.transaction(maju.company):
        await Membership.delete().where(Membership.person.is_null())  # whoever administers works here
    request = await maju.asks(maju.budi, AUGUST)
    for who in (maju.rina, maju.hendra, maju.ratna):
        await maju.decides(who, request, "approve")
    await at(7, 8, 10)
    assert (await keys(maju, maju.rina)).count("approvals.card") == 2
    assert (await keys(maju, maju.hendra)).count("approvals.card") == 1
    await maju.decides(maju.rina, request, "approve")
    assert await state(maju) == APPLIED


@pytest.mark.parametrize("policy", rules.REROUTING)
async def test_a_yes_counts_for_the_post_that_one_has_come_to(maju: Cast, policy: str) -> None:
    await publish(maju, Level((named(maju.wayan),)), Level((HEAD,)), rerouting=policy)
    request = await maju.asks(maju.budi, AUGUST)
    await maju.decides(maju.wayan, request, "approve")
    await head_becomes(maju, maju.budi, maju.wayan)
    await routing.follow(maju.company)
    assert await keys(maju, maju.wayan) == ["approvals.card", "approvals.passed"] + ["approvals.decided"] * (
        policy != rules.KEPT
    )
    if policy == rules.KEPT:
        assert await state(maju) == IN_REVIEW
        return
    assert await state(maju) == APPLIED
    assert (await maju.told(maju.budi))[-1].text.startswith("Disetujui Wayan")
    assert not (await maju.told(maju.sari))[-1].choices
    async with database.reading(maju.company):
        told = await story.lines(await maju.request("C-1"), ())
    assert [(one.who, one.level) for one in told if one.what == kinds.EARLIER] == [("Wayan Sudarma", 2)]


async def test_where_others_must_agree_too_the_step_waits_for_them_alone(maju: Cast) -> None:
    await publish(maju, Level((named(maju.wayan),)), Level((HEAD, HR), mode=rules.ALL))
    request = await maju.asks(maju.budi, AUGUST)
    await maju.decides(maju.wayan, request, "approve")
    await head_becomes(maju, maju.budi, maju.wayan)
    await routing.follow(maju.company)
    await routing.follow(maju.company)
    async with database.reading(maju.company):
        assert await decisions.approvers_of(request) == ["Ratna"]
    await maju.decides(maju.ratna, request, "approve")
    assert await state(maju) == APPLIED


async def test_a_seat_is_not_handed_to_who_has_agreed(maju: Cast) -> None:
    await publish(maju, Level((HEAD,)), Level((HR,)))
    request = await maju.asks(maju.budi, AUGUST)
    await maju.decides(maju.sari, request, "approve")
    given = routing.reassign(
        request, from_=maju.ratna.person, to=maju.sari.person, reason="Cuti", by=maju.hendra.person, channel="web"
    )
    assert await refused(given) == "approvals.reassign_agreed"


async def test_an_old_card_of_who_is_not_asked_now_promises_no_new_one(maju: Cast) -> None:
    await publish(maju, Level((HEAD,)), Level((HR,)))
    request = await maju.asks(maju.budi, AUGUST)
    await maju.decides(maju.sari, request, "approve")
    await moved(maju, request)
    assert await refused(maju.decides(maju.ratna, request, "approve", version=1)) == "approvals.stale_elsewhere"
    assert await refused(maju.decides(maju.sari, request, "approve", version=1)) == "approvals.stale"


async def test_a_yes_to_what_was_changed_since_counts_at_no_step(maju: Cast) -> None:
    await publish(maju, Level((HEAD,)), Level((HR,)))
    request = await maju.asks(maju.budi, AUGUST)
    await maju.decides(maju.sari, request, "approve")
    await publish(maju, Level((named(maju.wayan),)), Level((HEAD,)))
    await moved(maju, request)
    await maju.decides(maju.wayan, request, "approve")
    assert await state(maju) == IN_REVIEW
    assert (await maju.told(maju.sari))[-1].choices


async def test_nobody_is_reminded_of_what_was_changed_since(maju: Cast) -> None:
    request = await maju.asks(maju.budi, AUGUST)
    await moved(maju, request)
    await at(7, 7, 10)
    assert (await keys(maju, maju.sari)).count("approvals.reminder") == 1


async def test_who_is_added_answers_in_the_place_of_who_is_silent(maju: Cast) -> None:
    await publish(maju, Level((HEAD, named(maju.wayan)), mode=rules.ALL))
    request = await maju.asks(maju.budi, AUGUST)
    await maju.decides(maju.wayan, request, "approve")
    await at(7, 8, 10)
    await maju.decides(maju.rina, request, "approve")
    assert await state(maju) == APPLIED, "nobody waits for Sari any more"


async def test_what_was_changed_outlives_the_cut_off_of_what_it_was(maju: Cast) -> None:
    await publish(maju, Level((HEAD,)), expire_after=3)
    request = await maju.asks(maju.budi, Period(date(2026, 7, 8), date(2026, 7, 8)))
    await at(7, 8, 8)
    with clock.freeze(MONDAY.replace(day=9)):
        await moved(maju, request)
    await at(7, 11, 9)
    assert await state(maju) == IN_REVIEW


async def test_nobody_is_named_as_next_who_is_asked_already(maju: Cast) -> None:
    await publish(maju, Level((HEAD, ABOVE), mode=rules.ALL))
    await maju.asks(maju.budi, AUGUST)
    (sari,), (rina,) = [await maju.told(who) for who in (maju.sari, maju.rina)]
    assert "naik ke administrator" in sari.text
    assert "naik ke Hendra" in rina.text
    async with database.reading(maju.company):
        (step,) = await publishing.foresee(KIND, maju.budi, {"days": 3_000}, on=MONDAY.date())
    assert [one.above for one in step.people] == [("Hendra Wijaya", "Ratna Dewanti", "Owner"), ("Hendra Wijaya",)]


def test_a_card_says_who_must_agree_and_who_has_answered() -> None:
    seats = [SeatSaid("Sari Wulandari", "approve"), SeatSaid("Rina Kusuma", "reject"), SeatSaid("Wayan Sudarma", None)]
    assert (
        seats_in_words(rules.QUORUM, 2, seats, "id")
        == "Perlu 2 dari: Sari, Rina, Wayan. Sudah setuju: Sari. Menolak: Rina."
    )
    assert seats_in_words(rules.ALL, 1, seats[:1], "id") == "", "one alone is no 'all of'"


async def test_who_has_answered_in_anothers_place_is_not_asked_for_a_third(maju: Cast) -> None:
    await publish(maju, Level((named(maju.wayan), HEAD), mode=rules.ALL))
    await stands_in(maju, maju.wayan, maju.rina)
    request = await maju.asks(maju.budi, AUGUST)
    await maju.decides(maju.rina, request, "approve")
    await at(7, 8, 10)  # Sari is silent, and her head is Rina
    assert (await keys(maju, maju.rina)).count("approvals.card") == 1
    assert "approvals.card" in await keys(maju, maju.hendra)
