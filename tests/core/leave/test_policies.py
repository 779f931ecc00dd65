"""A company's own policies: drafts, examples that are run before anybody goes by them, dated versions."""

from dataclasses import replace
from datetime import date

import pytest

from core import clock, database
from core.audit import AuditEntry
from core.errors import Refused
from core.leave import examples, forecast, policies, requests, types
from core.leave.dates import add_months
from core.leave.policy import DAY, Period
from core.leave.tables import AccrualLine
from core.phrases import refused
from tests.core.cast import HR, Cast
from tests.core.conftest import MONDAY


async def annual(cast: Cast) -> types.Kind:
    async with database.reading(cast.company):
        return await types.of("annual")


@pytest.mark.parametrize("kind", types.shipped(), ids=lambda kind: f"{kind.code}-{kind.from_}")
def test_shipped_examples_hold(kind: types.Kind) -> None:
    policies.check(kind)
    assert [one for one in examples.run(kind, kind.examples) if not one.holds] == []


async def test_a_failing_example_keeps_a_policy_a_draft_and_is_named(maju: Cast) -> None:
    wanted = replace(await annual(maju), days=14 * DAY, from_=date(2027, 1, 1))
    wrong = [{"rule": "granted", "joins": "2019-02-04", "year": 2027, "days": "12"}]
    async with database.transaction(maju.company):
        row = await policies.draft(wanted, wrong, actor=HR)
        (tried,) = await policies.tried(row)
    assert (tried.expected, tried.got, tried.holds) == ("12", "14", False)
    with pytest.raises(Refused, match="example_fails") as no:
        async with database.transaction(maju.company):
            await policies.publish(row, actor=HR)
    assert "1 contoh memberi hasil lain" in refused(no.value, "id", "Asia/Jakarta")
    async with database.reading(maju.company):
        assert (await types.of("annual", date(2027, 6, 1))).days == 12 * DAY
        assert len(await policies.drafts()) == 1


async def test_what_builds_on_a_rule_is_withdrawn_first_and_a_draft_goes_on_saying_the_same(maju: Cast) -> None:
    kind = await annual(maju)
    first = replace(kind, days=14 * DAY, from_=date(2027, 1, 1))
    second = replace(first, carry_days=3 * DAY, from_=date(2028, 1, 1))
    drawn = replace(first, negative=2 * DAY, from_=date(2029, 1, 1))
    async with database.transaction(maju.company):
        below = await policies.draft(first, [], actor=HR)
        await policies.publish(below, actor=HR)
        above = await policies.draft(second, [], actor=HR)
        await policies.publish(above, actor=HR)
        later = await policies.draft(drawn, [], actor=HR)
    with pytest.raises(Refused, match="policy_later"):
        async with database.transaction(maju.company):
            await policies.withdraw(below, actor=HR)
    async with database.transaction(maju.company):
        await policies.withdraw(above, actor=HR)
        await policies.withdraw(below, actor=HR)
        assert (await types.of("annual", date(2028, 6, 1))).days == kind.days
        assert list(await policies.ahead("annual")) == []
        for row, meant in ((below, first), (above, second), (later, drawn)):
            fresh = await policies.of_public(row.public)
            assert fresh is not None
            assert replace(await policies.kind_of(fresh), examples=()) == replace(meant, examples=())


async def test_a_forecast_goes_by_the_rule_that_is_published_for_its_day(maju: Cast) -> None:
    async with database.reading(maju.company):
        before = await forecast.at(maju.budi, "annual", date(2027, 1, 2))
    assert [quantity for _, quantity in before.granted] == [12 * DAY]
    assert before.carried == ()
    wanted = replace(await annual(maju), days=14 * DAY, carry_days=3 * DAY, from_=date(2027, 1, 1))
    async with database.transaction(maju.company):
        await policies.publish(await policies.draft(wanted, [], actor=HR), actor=HR)
        this_year = await forecast.at(maju.budi, "annual", date(2026, 12, 31))
        seen = await forecast.at(maju.budi, "annual", date(2027, 1, 2))
    assert this_year.granted == ()
    assert seen.granted == ((date(2027, 1, 1), 14 * DAY),)
    assert seen.carried == ((3 * DAY, date(2027, 3, 31)),)
    assert seen.left == before.left + 2 * DAY + 3 * DAY
    assert this_year.left == 3 * DAY + sum(quantity for quantity, _ in seen.lapses)


async def test_a_published_policy_holds_from_its_day_and_grants_by_it(maju: Cast) -> None:
    wanted = replace(await annual(maju), days=14 * DAY, carry_days=3 * DAY, from_=date(2027, 1, 1))
    right: list[dict[str, object]] = [
        {"rule": "granted", "joins": "2019-02-04", "year": 2027, "days": "14"},
        {"rule": "carried", "left": "4", "days": "3"},
        {"rule": "cost", "starts": "2027-03-01", "ends": "2027-03-01", "part": "am", "days": "0.5"},
    ]
    async with database.transaction(maju.company):
        await policies.publish(await policies.draft(wanted, right, actor=HR), actor=HR)
        assert (await types.of("annual", date(2026, 12, 31))).days == 12 * DAY
        assert (await types.of("annual", date(2027, 1, 1))).days == 14 * DAY
        with pytest.raises(Refused, match="policy_same_day"):
            await policies.publish(await policies.draft(wanted, right, actor=HR), actor=HR)
    with clock.freeze(MONDAY.replace(year=2027, month=1, day=4)):
        await maju.night()
    async with database.reading(maju.company):
        lines = await AccrualLine.select().where(AccrualLine.employment == maju.budi.id).order_by(AccrualLine.due)
    assert [(row["quantity"], row["state"]) for row in lines] == [(12 * DAY, "posted"), (14 * DAY, "posted")]


async def test_what_is_past_is_not_changed(maju: Cast) -> None:
    wanted = replace(await annual(maju), days=14 * DAY, from_=date(2026, 1, 1))
    with pytest.raises(Refused, match="policy_past"):
        async with database.transaction(maju.company):
            await policies.publish(await policies.draft(wanted, [], actor=HR), actor=HR)


@pytest.mark.parametrize(
    "wrong", [{"schedule": "weekly"}, {"days": -1}, {"name_id": " "}, {"decision": "acknowledge"}, {"negative": 10**6}]
)
async def test_what_no_kind_can_be_is_refused(maju: Cast, wrong: dict[str, object]) -> None:
    kind = replace(await annual(maju), **wrong)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="policy_wrong"):
        policies.check(kind)


async def test_a_company_may_have_a_kind_of_its_own_and_stop_using_one(maju: Cast) -> None:
    own = types.Kind(
        "birthday", date(2026, 7, 6), "Cuti ulang tahun", "Birthday", "Peraturan perusahaan", entitlement="event",
        days=DAY, per="year",
    )  # fmt: skip
    async with database.transaction(maju.company):
        await policies.publish(await policies.draft(own, [], actor=HR), actor=HR)
        unpaid = await types.of("unpaid")
        stopped = replace(unpaid, active=False, from_=date(2026, 7, 6))
        await policies.publish(await policies.draft(stopped, [], actor=HR), actor=HR)
        codes = [one.code for one in await types.all()]
    assert "birthday" in codes
    assert "unpaid" not in codes


@pytest.mark.parametrize("code", sorted({one.code for one in types.shipped()} - {"long_leave", "unpaid"}))
async def test_what_the_law_gives_everybody_stays_on_the_list(maju: Cast, code: str) -> None:
    async with database.transaction(maju.company):
        kind = await types.of(code)
    with pytest.raises(Refused, match="law_active"):
        policies.check(replace(kind, active=False))


@pytest.mark.parametrize(
    ("schedule", "carried", "needed"), [("yearly", 11, 12), ("quarterly", 2, 3), ("monthly", 0, 1)]
)
async def test_days_that_would_come_and_go_in_one_night_are_refused(
    maju: Cast, schedule: str, carried: int, needed: int
) -> None:
    late = replace(await annual(maju), schedule=schedule, due="last", carry_days=carried * DAY)
    with pytest.raises(Refused, match="policy_last_lost") as no:
        policies.check(late)
    assert no.value.facts == {"needed": needed * DAY}
    assert f"{needed} hari" in refused(no.value, "id", "Asia/Jakarta")
    policies.check(replace(late, carry_days=needed * DAY))


@pytest.mark.parametrize("decision", ["approve", "acknowledge"])
async def test_a_kind_without_a_balance_waits_for_its_months_of_service_too(maju: Cast, decision: str) -> None:
    own = types.Kind(
        "study", date(2026, 7, 6), "Cuti ujian", "Exam leave", "Peraturan perusahaan", entitlement="event",
        decision=decision, days=DAY, per="year", after_months=120,
    )  # fmt: skip
    async with database.transaction(maju.company):
        await policies.publish(await policies.draft(own, [], actor=HR), actor=HR)
        first = add_months(maju.budi.joins, 120)
        day = date(2026, 7, 14)
        assert day < first
        with pytest.raises(Refused, match="not_yet") as no:
            await requests.preview(maju.budi, "study", Period(day, day))
    assert (no.value.facts["first"], no.value.facts["months"]) == (first, 120)


async def test_what_an_example_gives_is_accepted_only_as_it_was_seen(maju: Cast) -> None:
    wanted = replace(await annual(maju), days=14 * DAY, from_=date(2027, 1, 1))
    told: list[dict[str, object]] = [
        {"rule": "granted", "joins": "2019-02-04", "year": 2027, "days": "12"}, {"rule": "nonsense"},
        {"rule": "cost", "starts": "2027-03-01", "ends": "2027-03-02", "days": "2"},
    ]  # fmt: skip
    async with database.transaction(maju.company):
        row = await policies.draft(wanted, told, actor=HR)
    for stale in ({0: "13"}, {1: "12"}):
        with pytest.raises(Refused, match="example_changed"):
            async with database.transaction(maju.company):
                await policies.accept(row, stale, actor=HR)
    async with database.transaction(maju.company):
        assert await policies.accept(row, {0: "14", 2: "2", 9: "x"}, actor=HR) == 1, "what fits is left as it is"
    async with database.reading(maju.company):
        fresh = await policies.of_public(row.public)
        assert fresh is not None
        assert [one.expected for one in await policies.tried(fresh)] == ["14", "", "2"]
        assert await AuditEntry.count().where(AuditEntry.action == "leave.example_accepted") == 1


def test_what_leave_costs_is_tried_as_asked_for_in_time() -> None:
    (kind,) = (one for one in types.shipped() if one.code == "annual")
    kind = replace(kind, notice_days=7)
    example = {"rule": "cost", "starts": "2027-03-01", "ends": "2027-03-02", "days": "2"}
    (fits,) = examples.run(kind, [example])
    assert fits.holds
    (late,) = examples.run(kind, [{**example, "asked": "2027-02-26"}])
    assert (late.got, late.refused is not None) == ("leave.too_soon", True)


def test_an_example_that_cannot_be_run_does_not_hold() -> None:
    (kind,) = (one for one in types.shipped() if one.code == "annual")
    for broken in (
        {"rule": "nonsense"}, {"rule": "granted", "joins": "besok", "year": 2026, "days": "12"},
        {"rule": "carried", "left": "banyak", "days": "3"}, {"rule": "carried", "left": "1e999999", "days": "3"},
    ):  # fmt: skip
        (result,) = examples.run(kind, [broken])
        assert not result.holds
