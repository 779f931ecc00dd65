"""HR puts a balance right by hand: in one lot, with a reason that is told and explained, and undone by a counter-entry."""

from datetime import date

import pytest

from core import database
from core.audit import Actor, AuditEntry
from core.errors import Refused
from core.leave import adjusting, explain, lots, types
from core.leave.policy import DAY, HALF, Period
from core.leave.tables import LeaveBatch, Lot
from tests.core.cast import HR, Cast, as_

WHY = "Kurang dihitung waktu pindah"


async def standing(cast: Cast) -> int:
    async with database.reading(cast.company):
        assert await lots.stored(cast.budi.id) == await lots.recount(cast.budi.id)
        return await lots.balance(cast.budi.id)


async def lot_of(cast: Cast) -> int:
    async with database.reading(cast.company):
        return (await lots.left(cast.budi.id))[0].id


async def adjust(
    cast: Cast, quantity: int, *, lot: int | None, valid_to: date | None = None, by: Actor = HR, why: str = WHY
) -> LeaveBatch:  # fmt: skip
    async with database.transaction(cast.company):
        kind = await types.of(types.ANNUAL)
        seen = await adjusting.look(cast.budi.id, kind, quantity, lot=lot, valid_to=valid_to)
        return await adjusting.adjust(
            cast.budi.id, kind, quantity, why, lot=lot, valid_to=valid_to, seen=seen.version, actor=by
        )


async def undo(cast: Cast, batch: LeaveBatch, *, by: Actor = HR) -> None:
    async with database.transaction(cast.company):
        await adjusting.undo(batch, actor=by)


async def test_days_are_added_and_taken_off_a_lot_told_explained_and_undone(maju: Cast) -> None:
    before, lot = await standing(maju), await lot_of(maju)
    more = await adjust(maju, DAY + HALF, lot=lot)
    assert await standing(maju) == before + DAY + HALF
    assert (await maju.told(maju.budi))[-1].text.startswith(f'HR membetulkan cuti tahunanmu: +1,5 hari ("{WHY}").')
    fewer = await adjust(maju, -DAY, lot=lot, why="Dobel")
    assert await standing(maju) == before + HALF
    async with database.reading(maju.company):
        lines = [(one.quantity, one.why) for one in await explain.lines(maju.budi.id) if one.kind == "adjust"]
        done = await adjusting.of(maju.budi.id)
        acts = await AuditEntry.count().where(AuditEntry.action == "leave.adjusted")
    assert lines == [(DAY + HALF, WHY), (-DAY, "Dobel")]
    assert [(one.quantity, one.why) for one in done] == [(-DAY, "Dobel"), (DAY + HALF, WHY)]
    assert acts == 2
    await undo(maju, more)
    await undo(maju, fewer)
    assert await standing(maju) == before
    assert (await maju.told(maju.budi))[-1].text.startswith("HR menarik pembetulan cuti tahunanmu yang −1 hari")
    with pytest.raises(Refused, match="batch_undone"):
        await undo(maju, more)


async def test_new_days_have_a_lot_of_their_own_with_a_last_day(maju: Cast) -> None:
    before = await standing(maju)
    await adjust(maju, 2 * DAY, lot=None, valid_to=date(2026, 9, 30))
    assert await standing(maju) == before + 2 * DAY
    async with database.reading(maju.company):
        made = await Lot.objects().where(Lot.origin == adjusting.ADJUSTMENT).first()
        assert made is not None
        assert made.valid_to == date(2026, 9, 30)
        assert await lots.valid_to(maju.budi.id) == date(2026, 9, 30), "they are spent first"
    for wrong in (date(2026, 7, 5), date(2030, 1, 1)):
        with pytest.raises(Refused, match="adjust_until"):
            await adjust(maju, DAY, lot=None, valid_to=wrong)


async def test_what_cannot_be_put_right_so_is_refused(maju: Cast) -> None:
    before, lot = await standing(maju), await lot_of(maju)
    with pytest.raises(Refused, match="not_enough_days_left"):
        await adjust(maju, -before - HALF, lot=lot)
    with pytest.raises(Refused, match="adjust_from_lot"):
        await adjust(maju, -DAY, lot=None)
    with pytest.raises(Refused, match="adjust_days"):
        await adjust(maju, 0, lot=lot)
    with pytest.raises(Refused, match="adjust_why"):
        await adjust(maju, DAY, lot=lot, why=" ")
    async with database.reading(maju.company):
        theirs = (await lots.left(maju.dewi.id))[0].id
    with pytest.raises(Refused, match="adjust_lot"):
        await adjust(maju, DAY, lot=theirs)
    async with database.transaction(maju.company):
        kind = await types.of(types.ANNUAL)
        with pytest.raises(Refused, match="adjust_changed"):
            await adjusting.adjust(maju.budi.id, kind, DAY, WHY, lot=lot, valid_to=None, seen=0, actor=HR)
    assert await standing(maju) == before


async def test_nobody_puts_their_own_balance_right_nor_back(maju: Cast) -> None:
    lot = await lot_of(maju)
    with pytest.raises(Refused, match="adjust_own"):
        await adjust(maju, DAY, lot=lot, by=as_(maju.budi))
    made = await adjust(maju, DAY, lot=lot)
    with pytest.raises(Refused, match="adjust_own"):
        await undo(maju, made, by=as_(maju.budi))


async def test_days_that_were_spent_since_are_not_taken_back(maju: Cast) -> None:
    before, lot = await standing(maju), await lot_of(maju)
    made = await adjust(maju, DAY, lot=lot)
    days = (before + DAY) // DAY
    await maju.asks(maju.budi, Period(date(2026, 7, 13), date(2026, 7, 13 + days - 1)))
    with pytest.raises(Refused, match="adjust_used"):
        await undo(maju, made)
