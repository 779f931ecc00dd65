"""Who has agreed at one step is not asked again at a later one, and everybody can see that it was counted there."""

from datetime import date

from core import database
from core.approvals import kinds, publishing, rules, story
from core.approvals.kinds import APPLIED, IN_REVIEW, REJECTED
from core.approvals.rules import Level
from core.approvals.tables import Decision
from core.audit import AuditEntry
from core.leave import requests as leave
from core.leave.policy import Period
from core.leave.requests import KIND
from tests.core.approvals.acts import ABOVE, HEAD, HR, keys, leaves, named, publish, refused, state
from tests.core.cast import Cast, as_
from tests.core.conftest import MONDAY

AUGUST = Period(date(2026, 8, 12), date(2026, 8, 14))


async def told(cast: Cast) -> list[tuple[str, str, int | None]]:
    request = await cast.request("C-1")
    async with database.reading(cast.company):
        return [(one.what, one.who.split()[0] if one.who else "", one.level) for one in await story.lines(request, ())]


async def test_who_agreed_at_the_first_step_is_not_asked_at_the_last(maju: Cast) -> None:
    await publish(maju, Level((HEAD,)), Level((HR,)), Level((named(maju.sari),)))
    request = await maju.asks(maju.budi, AUGUST)
    await maju.decides(maju.sari, request, "approve")
    assert await state(maju) == IN_REVIEW
    await maju.decides(maju.ratna, request, "approve")
    assert await state(maju) == APPLIED
    assert (await keys(maju, maju.sari)).count("approvals.card") == 1
    assert await keys(maju, maju.budi) == ["leave.approved"]
    assert [line for line in await told(maju) if line[0] in ("approve", kinds.EARLIER)] == [
        ("approve", "Sari", 1), ("approve", "Ratna", 2), (kinds.EARLIER, "Sari", 3),
    ]  # fmt: skip
    async with database.reading(maju.company):
        given = await kinds.verdict_of(await maju.request("C-1"))
        audited = await AuditEntry.select(AuditEntry.action).where(AuditEntry.action == "request.agreed_earlier")
    assert given is not None
    assert given.who == "Ratna"  # who decided last, not whose answer was counted
    assert len(audited) == 1


async def test_where_all_must_agree_only_the_others_are_asked(maju: Cast) -> None:
    await publish(maju, Level((HEAD,)), Level((HEAD, HR), mode=rules.ALL))
    request = await maju.asks(maju.budi, AUGUST)
    await maju.decides(maju.sari, request, "approve")
    assert await state(maju) == IN_REVIEW
    assert "Ratna" in (await maju.told(maju.sari))[-1].text
    assert (await keys(maju, maju.sari)).count("approvals.card") == 1
    assert await refused(maju.decides(maju.sari, request, "approve")) == "approvals.decided_by_you"
    async with database.reading(maju.company):
        _, second = await story.stages(await maju.request("C-1"))
    assert [(one.who.split()[0], one.verdict, one.earlier) for one in second.places] == [
        ("Sari", "approve", True), ("Ratna", None, False),
    ]  # fmt: skip
    assert [name.split()[0] for name in second.awaited] == ["Ratna"]
    await maju.decides(maju.ratna, request, "reject", "stok opname")
    assert await state(maju) == REJECTED


async def test_a_yes_counts_for_the_version_it_was_given_to_alone(maju: Cast) -> None:
    await publish(maju, Level((HEAD,)), Level((HR,)), Level((named(maju.sari),)))
    request = await maju.asks(maju.budi, AUGUST)
    await maju.decides(maju.sari, request, "approve")
    await maju.decides(maju.ratna, request, "change", "mundur seminggu")
    later = Period(date(2026, 8, 19), date(2026, 8, 20))
    await leave.change(maju.budi, await maju.request("C-1"), later, None, actor=as_(maju.budi))
    fresh = await maju.request("C-1")
    await maju.decides(maju.sari, fresh, "approve")
    await maju.decides(maju.ratna, fresh, "approve")
    assert await state(maju) == APPLIED
    async with database.reading(maju.company):
        rows = await Decision.select(Decision.version).where(Decision.channel == kinds.EARLIER)
    assert [row["version"] for row in rows] == [2]


async def test_who_is_asked_for_want_of_a_head_is_asked_once(maju: Cast) -> None:
    await publish(maju, Level((HR,)), Level((HEAD,)))
    await _nobody_above(maju)
    request = await maju.asks(maju.budi, AUGUST)
    await maju.decides(maju.ratna, request, "approve")
    assert await state(maju) == APPLIED
    assert (await keys(maju, maju.ratna)).count("approvals.card") == 1
    assert [line for line in await told(maju) if line[0] in ("approve", kinds.EARLIER)] == [
        ("approve", "Ratna", 1), (kinds.EARLIER, "Ratna", 2),
    ]  # fmt: skip


async def test_two_vacancies_in_a_row_are_two_steps_and_one_question(maju: Cast) -> None:
    """The step stays, so that everybody can see whose yes stands there; the same administrator is not asked again."""
    await publish(maju, Level((HEAD,)), Level((ABOVE,)))
    await _nobody_above(maju)
    request = await maju.asks(maju.budi, AUGUST)
    await maju.decides(maju.ratna, request, "approve")
    assert await state(maju) == APPLIED
    async with database.reading(maju.company):
        first, second = await story.stages(await maju.request("C-1"))
        ahead = await publishing.foresee(KIND, maju.budi, {"days": 3_000}, on=MONDAY.date())
    assert [(one.who.split()[0], one.verdict, one.earlier) for one in second.places if one.verdict] == [
        ("Ratna", "approve", True)
    ]
    assert not first.places[0].earlier
    assert [[one.earlier for one in step.people if one.who.first_name == "Ratna"] for step in ahead] == [[None], [1]]


async def test_where_all_administrators_must_agree_for_want_of_a_head_the_others_are_still_asked(maju: Cast) -> None:
    await publish(maju, Level((HEAD,)), Level((ABOVE,), mode=rules.ALL))
    await _nobody_above(maju)
    request = await maju.asks(maju.budi, AUGUST)
    await maju.decides(maju.ratna, request, "approve")
    assert await state(maju) == IN_REVIEW
    assert await refused(maju.decides(maju.ratna, request, "approve")) == "approvals.decided_by_you"


async def _nobody_above(cast: Cast) -> None:
    for who in (cast.sari, cast.rina, cast.hendra):
        await leaves(cast, who)


async def test_it_is_foreseen(maju: Cast) -> None:
    await publish(maju, Level((HEAD,)), Level((HEAD,)), Level((HR, HEAD), mode=rules.ALL), Level((ABOVE,)))
    async with database.reading(maju.company):
        ahead = await publishing.foresee(KIND, maju.budi, {"days": 3_000}, on=MONDAY.date())
    assert [step.again for step in ahead] == [False, True, False, False]
    assert [[(one.who.first_name, one.earlier) for one in step.people] for step in ahead] == [
        [("Sari", None)], [("Sari", 1)], [("Ratna", None), ("Sari", 1)], [("Rina", None)],
    ]  # fmt: skip
