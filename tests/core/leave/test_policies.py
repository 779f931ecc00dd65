"""A company's own policies: drafts, examples that are run before anybody goes by them, dated versions."""

from dataclasses import replace
from datetime import date

import pytest

from core import clock, database
from core.errors import Refused
from core.leave import examples, policies, types
from core.leave.policy import DAY
from core.leave.tables import AccrualLine
from core.phrases import LANGUAGES, refused
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
    for language in LANGUAGES:
        assert "14" in refused(no.value, language, "Asia/Jakarta")
    async with database.reading(maju.company):
        assert (await types.of("annual", date(2027, 6, 1))).days == 12 * DAY
        assert len(await policies.drafts()) == 1


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
        baptism = await types.of("child_baptism")
        stopped = replace(baptism, active=False, from_=date(2026, 7, 6))
        await policies.publish(await policies.draft(stopped, [], actor=HR), actor=HR)
        codes = [one.code for one in await types.all()]
    assert "birthday" in codes
    assert "child_baptism" not in codes


def test_an_example_that_cannot_be_run_does_not_hold() -> None:
    (kind,) = (one for one in types.shipped() if one.code == "annual")
    for broken in ({"rule": "nonsense"}, {"rule": "granted", "joins": "besok", "year": 2026, "days": "12"}):
        (result,) = examples.run(kind, [broken])
        assert not result.holds
