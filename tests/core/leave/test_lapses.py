"""Days whose time is over, days that are lent, encashed or come back late; and what was, is and will be left."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from core import clock, database
from core.errors import Refused
from core.leave import clash, explain, forecast, lapses, ledger, lots, nights, payout, plans, policies, types
from core.leave import requests as leave
from core.leave.ledger import Move
from core.leave.plans import Spell
from core.leave.policy import DAY, HALF, Period
from core.leave.tables import AccrualLine, LeaveBatch, LeaveEntry, Lot
from core.people import directory
from core.people.tables import Employment
from tests.core.cast import HR, Cast, as_
from tests.core.conftest import MONDAY

JANUARY = MONDAY.replace(year=2027, month=1, day=4)
APRIL = MONDAY.replace(year=2027, month=4, day=1)
DECEMBER = Period(date(2026, 12, 28), date(2026, 12, 31))


async def policy(cast: Cast, **terms: Any) -> None:
    async with database.transaction(cast.company):
        kind = replace(await types.of("annual"), from_=clock.today("Asia/Jakarta"), examples=(), **terms)
        await policies.publish(await policies.draft(kind, [], actor=HR), actor=HR)


async def standing(cast: Cast) -> tuple[int, int, int] | None:
    async with database.reading(cast.company):
        stored = await lots.stored(cast.budi.id)
        assert stored == await lots.recount(cast.budi.id)
        assert sum(line.quantity for line in await explain.lines(cast.budi.id)) == (stored or (0,))[0]
        return stored


async def kinds_of(cast: Cast, batch: str) -> list[tuple[str, int]]:
    async with database.reading(cast.company):
        mine = [row["id"] for row in await Lot.select(Lot.id).where(Lot.employment == cast.budi.id)]
        rows = (
            await LeaveEntry.select()
            .where(LeaveEntry.lot.is_in(mine) & LeaveEntry.batch.like(f"{batch}%"))
            .order_by(LeaveEntry.id)
        )
    return [(row["kind"], row["quantity"]) for row in rows]


async def carried_lot(cast: Cast) -> list[tuple[date, date, int]]:
    async with database.reading(cast.company):
        rows = await Lot.select().where((Lot.origin == "carry") & (Lot.employment == cast.budi.id))
        rests = await ledger.rests([row["id"] for row in rows])
    return [(row["valid_from"], row["valid_to"], rests[row["id"]]) for row in rows]


async def test_three_days_are_carried_until_march_and_the_rest_is_lost(maju: Cast) -> None:
    await policy(maju, carry_days=3 * DAY, carry_months=3)
    with clock.freeze(JANUARY):
        await maju.night()
        assert await kinds_of(maju, "over-") == [("expire", -4 * DAY), ("grant", 3 * DAY)]
        ((first, last, _),) = await carried_lot(maju)
        assert (first, last) == (date(2027, 1, 1), date(2027, 3, 31))
        await maju.night()
        assert len(await kinds_of(maju, "over-")) == 2, "a second night finds nothing to carry"
        await standing(maju)
    with clock.freeze(APRIL):
        await maju.night()
        assert (await carried_lot(maju))[0][2] == 0
        await standing(maju)


async def test_nights_that_were_missed_lose_nobody_any_day(maju: Cast) -> None:
    await policy(maju, carry_days=3 * DAY, carry_months=6)
    with clock.freeze(MONDAY.replace(year=2027, month=3, day=8)):
        await maju.night()
        assert await kinds_of(maju, "over-") == [("expire", -4 * DAY), ("grant", 3 * DAY)]
        async with database.reading(maju.company):
            lines = await AccrualLine.select().where(AccrualLine.employment == maju.budi.id)
        assert sorted((row["year"], row["state"]) for row in lines) == [(2026, "posted"), (2027, "posted")]


@pytest.mark.parametrize("first", ["grants", "lapses"])
async def test_it_does_not_matter_whether_days_are_granted_or_let_go_first(maju: Cast, first: str) -> None:
    """Elsewhere days were carried only if the job that lets them go had run before the one that grants."""
    await policy(maju, carry_days=3 * DAY)
    await maju.night()
    before = (await standing(maju) or (0,))[0]
    assert before > 3 * DAY
    whose = [Spell(maju.budi.id, maju.budi.joins)]
    with clock.freeze(JANUARY):
        async with database.transaction(maju.company):
            acts = [plans.grant(whose, JANUARY.date()), lapses.lapse([maju.budi.id], JANUARY.date())]
            for act in acts if first == "grants" else reversed(acts):
                await act
        assert await standing(maju) == (12 * DAY + 3 * DAY, DAY, 7 * DAY)
        assert await kinds_of(maju, "over-") == [("expire", -before), ("grant", 3 * DAY)]


async def test_a_monthly_plan_catches_up_month_by_month(maju: Cast) -> None:
    await policy(maju, schedule="monthly", due="last", carry_days=DAY)
    async with database.transaction(maju.company):
        await nights.bring([Spell(maju.tono.id, maju.tono.joins)], date(2026, 7, 6))
        rows = await AccrualLine.select().where(AccrualLine.employment == maju.tono.id).order_by(AccrualLine.due)
    assert [row["state"] for row in rows] == ["posted"] * 6 + ["planned"] * 6
    with clock.freeze(MONDAY.replace(month=10, day=5)):
        await maju.night()
        async with database.reading(maju.company):
            rows = await AccrualLine.select().where(AccrualLine.employment == maju.tono.id).order_by(AccrualLine.due)
            assert [row["state"] for row in rows] == ["posted"] * 9 + ["planned"] * 3
            assert (await lots.stored(maju.tono.id)) == (await lots.recount(maju.tono.id))


async def test_one_persons_fault_keeps_nobody_else_from_their_days(maju: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    real = ledger.write

    async def breaks(moves: Any, **more: Any) -> None:
        if any(move.employment == maju.tono.id for move in moves):
            raise OSError("a page of the disk is gone")
        await real(moves, **more)

    with monkeypatch.context() as patch:
        patch.setattr(ledger, "write", breaks)
        async with database.transaction(maju.company):
            await plans.grant([Spell(one.id, one.joins) for one in (maju.tono, maju.sari)], date(2026, 7, 6))
    async with database.reading(maju.company):
        rows = {row["employment"]: row for row in await AccrualLine.select()}
        assert (rows[maju.tono.id]["state"], rows[maju.sari.id]["state"]) == ("failed", "posted")
        assert "disk" in rows[maju.tono.id]["why"]
        assert (await lots.balance(maju.tono.id), await lots.balance(maju.sari.id)) == (0, 12 * DAY)
    await maju.night()
    async with database.reading(maju.company):
        assert await lots.balance(maju.tono.id) == 4 * DAY, "what failed is tried again the next night"


@pytest.mark.parametrize(("days", "left"), [(0, 0), (14, 4 * DAY)], ids=["forfeit", "grace"])
async def test_days_called_off_after_their_year_follow_the_rule(maju: Cast, days: int, left: int) -> None:
    await policy(maju, restore_days=days)
    request = await maju.asks(maju.budi, DECEMBER)
    with clock.freeze(JANUARY):
        await maju.night()
        before = (await standing(maju) or (0,))[0]
        await maju.decides(maju.sari, request, "reject", "sudah lewat")
        after = (await standing(maju) or (0,))[0]
        assert after - before == left
        assert ("4 hari hangus" in (await maju.told(maju.budi))[-1].text) == (not left)
        async with database.reading(maju.company):
            restored = await Lot.select().where(Lot.origin == "restored")
        assert [row["valid_to"] for row in restored] == ([date(2027, 1, 18)] if days else [])
    with clock.freeze(JANUARY.replace(day=20)):
        await maju.night()
        assert (await standing(maju) or (0,))[0] == before


async def test_what_is_held_over_the_year_is_carried_when_it_comes_back(maju: Cast) -> None:
    await policy(maju, carry_days=3 * DAY)
    request = await maju.asks(maju.budi, Period(date(2026, 12, 30), date(2026, 12, 31)))
    with clock.freeze(JANUARY):
        await maju.night()
        assert [quantity for kind, quantity in await kinds_of(maju, "over-") if kind == "grant"] == [2 * DAY]
        await maju.decides(maju.sari, request, "reject", "sudah lewat")
        carried = [quantity for kind, quantity in await kinds_of(maju, "over-") if kind == "grant"]
        assert carried == [2 * DAY, DAY], "three days a year are carried, not three each time"
        await standing(maju)


async def test_days_may_be_lent_as_far_as_the_policy_says_and_no_further(maju: Cast) -> None:
    await policy(maju, negative=2 * DAY)  # from today on, and of what was given before it too
    request = await maju.asks(maju.budi, Period(date(2026, 8, 3), date(2026, 8, 10)))
    assert await standing(maju) == (-2 * DAY, 7 * DAY, 7 * DAY)
    with pytest.raises(Refused, match="not_enough_days"):
        await maju.asks(maju.budi, Period(date(2026, 8, 12), date(2026, 8, 12), "am"))
    await maju.decides(maju.sari, request, "approve")
    with clock.freeze(JANUARY):
        await maju.night()
        assert await kinds_of(maju, "lent-") == [("adjust", 2 * DAY), ("adjust", -2 * DAY)]
        await standing(maju)
        async with database.reading(maju.company):
            told = [line.kind for line in await explain.lines(maju.budi.id) if line.quantity == -2 * DAY]
        assert told == ["lent"], "no correction by HR"


async def test_only_days_that_may_be_paid_out_are_paid_out(maju: Cast) -> None:
    async with database.transaction(maju.company):
        with pytest.raises(Refused, match="not_encashable"):
            await pays(maju, DAY)
    await policy(maju, encashable=True)  # from today on, and of what was given before it too
    async with database.transaction(maju.company):
        with pytest.raises(Refused, match="not_encashable"):
            await pays(maju, HALF)  # what the law gives is there to rest
        await lots.adjust(maju.budi.id, 2 * DAY, year=2026, today=MONDAY.date())
        await pays(maju, DAY + HALF)
        with pytest.raises(Refused, match="not_encashable"):
            await pays(maju, DAY)
    assert await standing(maju) == (4 * DAY + HALF, DAY, 7 * DAY)


async def test_who_leaves_is_paid_all_that_has_not_lapsed_and_an_undoing_puts_it_back(maju: Cast) -> None:
    async with database.transaction(maju.company):
        await Employment.update({Employment.leaves: date(2026, 7, 31)}).where(Employment.id == maju.budi.id)
        batch = await pays(maju, 4 * DAY)
    assert await standing(maju) == (0, DAY, 7 * DAY)
    async with database.transaction(maju.company):
        await payout.undo(batch, actor=HR)
    assert await standing(maju) == (4 * DAY, DAY, 7 * DAY)
    assert [one.text for one in await maju.told(maju.budi)][-2:] == [
        "4 hari cuti tahunan diuangkan, tidak bisa dipakai lagi sebagai cuti. Sisamu sekarang 0 hari. "
        "HR yang mencatatnya; kalau keliru, balas ke HR.",
        "Penguangan 4 hari cuti tahunan dibatalkan. Sisamu sekarang 4 hari.",
    ]  # fmt: skip
    with pytest.raises(Refused, match="batch_undone"):
        async with database.transaction(maju.company):
            await payout.undo(batch, actor=HR)
    with pytest.raises(Refused, match="payout_changed"):
        async with database.transaction(maju.company):
            await payout.pay(maju.budi.id, await types.of("annual"), DAY, "lagi", seen=0, actor=HR)


async def pays(maju: Cast, quantity: int) -> LeaveBatch:
    kind = await types.of("annual")
    seen = await payout.look(maju.budi.id, kind, quantity)
    return await payout.pay(maju.budi.id, kind, quantity, "hari terakhir", seen=seen.version, actor=HR)


async def test_a_balance_below_what_is_allowed_cannot_be_written_at_all(maju: Cast) -> None:
    async with database.reading(maju.company):
        (lot,) = await lots.left(maju.budi.id)
    with pytest.raises(Exception, match=r"below what is allowed|leave_balance_rule"):
        async with database.transaction(maju.company):
            await ledger.write([Move(maju.budi.id, "annual", lot.id, "hold", -5 * DAY, date(2026, 8, 3), "forged")])


# -- what was, is and will be left -------------------------------------------------------------------------------------


async def test_the_balance_of_any_day_is_what_its_lines_add_up_to(maju: Cast) -> None:
    request = await maju.asks(maju.budi, Period(date(2026, 8, 12), date(2026, 8, 14)))
    with clock.freeze(MONDAY.replace(day=8)):
        await maju.decides(maju.sari, request, "approve")
    with clock.freeze(MONDAY.replace(day=20)):
        await leave.ask_cancel(maju.budi, await maju.request(request.number), actor=as_(maju.budi))
        await maju.decides(maju.sari, await maju.request(request.number), "approve")
    with clock.freeze(MONDAY.replace(day=25)):
        async with database.reading(maju.company):
            found = {
                day: await explain.balance_at(maju.budi.id, "annual", date(2026, *day))
                for day in ((1, 2), (3, 25), (7, 5), (7, 6), (7, 10), (7, 20), (7, 25))
            }
    assert found == {
        (1, 2): 12 * DAY, (3, 25): 7 * DAY, (7, 5): 5 * DAY, (7, 6): DAY, (7, 10): DAY, (7, 20): 4 * DAY,
        (7, 25): 4 * DAY,
    }  # fmt: skip


async def test_what_if_tells_what_is_left_what_is_lost_and_what_goes_on(maju: Cast) -> None:
    await policy(maju, carry_days=3 * DAY, carry_months=3)
    async with database.reading(maju.company):
        taken = await forecast.after(maju.budi, "annual", DECEMBER)
        kept = await forecast.after(maju.budi, "annual", None)
        spring = await forecast.at(maju.budi, "annual", date(2027, 2, 1))
        with pytest.raises(Refused, match="no_lot"):
            await forecast.after(maju.budi, "annual", Period(date(2026, 12, 21), date(2026, 12, 31)))
    assert (taken.left, taken.lapses, taken.carried) == (0, (), ())
    assert (kept.lapses, kept.carried) == (((DAY, date(2026, 12, 31)),), ((3 * DAY, date(2027, 3, 31)),))
    assert spring.granted == ((date(2027, 1, 1), 12 * DAY),)
    with clock.freeze(MONDAY.replace(year=2027, month=2, day=1)):
        await maju.night()
        assert (await standing(maju) or (0,))[0] == spring.left, "what was foretold came true"


async def test_a_clash_names_the_day_and_the_nearest_dates_on_which_enough_are_in(maju: Cast) -> None:
    await maju.night()
    for who in (maju.tono, maju.sari):
        await maju.asks(who, Period(date(2026, 8, 27), date(2026, 8, 27)))
    async with database.transaction(maju.company):
        await directory.minimum_of(maju.budi.department or 0, 1)
        budi = await directory.employee(maju.budi.id)
        wanted = Period(date(2026, 8, 26), date(2026, 8, 28))
        found = await clash.look(budi, wanted)
        seen = await leave.preview(budi, "annual", wanted)
        assert await clash.look(budi, Period(date(2026, 8, 26), date(2026, 8, 26))) is None
    assert found is not None
    assert (found.on, found.present, found.minimum, found.away) == (date(2026, 8, 27), 0, 1, ("Sari", "Tono"))
    assert found.instead == Period(date(2026, 9, 2), date(2026, 9, 4))
    assert seen.clash == found
