"""What becomes of days whose time is over: carried into the next year, restored for a while, or lost.

Carrying is a loss in the old lot and a grant in a new one, in one batch. It is worked out from the lots themselves, so
it does not matter which nightly job ran first, or how many nights were missed.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from piccolo.query.functions import Sum

from core import bulk, clock
from core.leave import accrual, ledger, types
from core.leave.ledger import Move, NewLot
from core.leave.tables import LeaveBalance, LeaveEntry, Lot
from core.leave.types import Kind
from core.people.directory import DEFAULT_ZONE

LOOK_BACK = timedelta(days=400)  # within which everything that is over is looked at again each night
NIGHT = time(0, 10)
CARRY, RESTORED = "carry", "restored"
NOT_AGAIN = (CARRY, RESTORED)  # what came from an earlier year goes no further


def at_night(day: date) -> datetime:
    """The moment at which the night of a day begins its work."""
    return datetime.combine(day, NIGHT, ZoneInfo(DEFAULT_ZONE))


@dataclass(frozen=True)
class Fate:
    """What becomes of days that come back into one lot: until when they may be used, and how many are lost at once."""

    lot: int
    year: int
    until: date
    kept: int
    lost: int


@dataclass(frozen=True)
class _Goes:
    """What leaves an ended lot, and the lot that takes some of it up."""

    lot: Mapping[str, Any]
    rest: int
    kept: int
    into: NewLot | None


async def lapse(employments: Collection[int], today: date, rules: Sequence[Kind] | None = None) -> int:
    """Let go what is left in lots whose time is over, carrying what may be carried; returns how much went.

    `rules` are the kinds of leave as they hold today, where they are known already.
    """
    lots = (
        await Lot.select()
        .where(
            bulk.among(Lot.employment, employments) & (Lot.valid_to < today)
            & (Lot.valid_to >= today - LOOK_BACK)
        )
        .order_by(Lot.valid_to, Lot.id)
    )  # fmt: skip
    lots += await _that_lent(employments, today - LOOK_BACK)
    rests = await ledger.rests([lot["id"] for lot in lots])
    over = [(lot, rests[lot["id"]]) for lot in lots if rests[lot["id"]] != 0]
    if not over:
        return 0
    await _let_go([(lot, rest) for lot, rest in over if rest > 0], today, rules=rules)
    await _lent([(lot, -rest) for lot, rest in over if rest < 0], today)
    # What was carried may be over by now itself.
    again = await lapse(employments, today, rules) if any(rest > 0 for _, rest in over) else 0
    return sum(rest for _, rest in over if rest > 0) + again


async def _that_lent(employments: Collection[int], before: date) -> list[dict[str, Any]]:
    """The lots that ended long ago and may owe something still: a debt waits for a lot that takes it, however long."""
    owing = await LeaveBalance.select(LeaveBalance.employment).where(
        bulk.among(LeaveBalance.employment, employments) & (LeaveBalance.floor < 0)
    )
    if not owing:
        return []
    return await Lot.select().where(
        bulk.among(Lot.employment, {row["employment"] for row in owing}) & (Lot.overdraft > 0)
        & (Lot.valid_to < before)
    ).order_by(Lot.valid_to, Lot.id)  # fmt: skip


async def returned(moves: Sequence[Move], *, batch: str = "", today: date | None = None) -> None:
    """Deal at once with days that came back into lots that are over, so that nobody counts on them in vain.

    What moves on belongs to `batch`, where that can be taken back as one; otherwise each lot's end is one of its own.
    `today` is the day on which they came back, where that is made up for later.
    """
    today = today or clock.today(DEFAULT_ZONE)
    came: dict[int, int] = {}
    for move in moves:
        came[move.lot] = came.get(move.lot, 0) + move.quantity
    lots = await Lot.select().where(bulk.among(Lot.id, came) & (Lot.valid_to < today))
    rests = await ledger.rests([lot["id"] for lot in lots])
    over = [(lot, min(came[lot["id"]], rests[lot["id"]])) for lot in lots]
    await _let_go([(lot, back) for lot, back in over if back > 0], today, restores=True, batch=batch)


async def _let_go(
    over: Sequence[tuple[Mapping[str, Any], int]], today: date, *, restores: bool = False, batch: str = "",
    rules: Sequence[Kind] | None = None,
) -> None:  # fmt: skip
    goes = await _plan(over, today, restores=restores, rules=rules)
    made = await _lots_for([one.into for one in goes if one.into is not None])
    moves: list[Move] = []
    for one in goes:
        moves += _moves(one, made, batch)
    await ledger.write(moves)


async def fates(came: Mapping[int, int], today: date) -> Sequence[Fate]:
    """What would become of days that came back into these lots today; writes nothing."""
    lots = {row["id"]: row for row in await Lot.select().where(bulk.among(Lot.id, came))}
    ended = [lot for lot in lots.values() if lot["valid_to"] < today]
    rests = await ledger.rests([lot["id"] for lot in ended])
    over = [(lot, max(0, min(came[lot["id"]], rests[lot["id"]] + came[lot["id"]]))) for lot in ended]
    goes = {one.lot["id"]: one for one in await _plan(over, today, restores=True)}
    found = []
    for number, quantity in came.items():
        lot, gone = lots[number], goes.get(number)
        if gone is None:
            found.append(Fate(number, lot["year"], lot["valid_to"], quantity, 0))
        else:
            year, until = (gone.into.year, gone.into.valid_to) if gone.into else (lot["year"], lot["valid_to"])
            found.append(Fate(number, year, until, gone.kept, gone.rest - gone.kept))
    return sorted(found, key=lambda one: (one.until, one.lot))


async def _plan(
    over: Sequence[tuple[Mapping[str, Any], int]], today: date, *, restores: bool, rules: Sequence[Kind] | None = None
) -> list[_Goes]:  # fmt: skip
    if not over:
        return []
    now = {one.code: one for one in (await types.every(today) if rules is None else rules)}
    ends = {lot["valid_to"] + timedelta(days=1) for lot, _ in over}
    # What is carried goes by the rule of the night after the last day, whenever it is dealt with.
    then = {first: now if first >= today else await _rules_of(first) for first in ends}
    used = await _carried_already([lot for lot, _ in over])
    goes = []
    for lot, rest in over:
        first = lot["valid_to"] + timedelta(days=1)
        kind = then[first].get(lot["leave_type"], now[lot["leave_type"]])
        until = accrual.carry_until(kind, lot["valid_to"])
        key = (lot["employment"], lot["leave_type"], first)
        kept, origin, last = 0, CARRY, until
        if lot["origin"] not in NOT_AGAIN and not (restores and until < today):
            kept = accrual.carried(kind, rest, used.get(key, 0))
            used[key] = used.get(key, 0) + kept
        grace = now[lot["leave_type"]].restore_days if restores and kept == 0 else 0
        if grace:
            kept, origin, first, last = rest, RESTORED, today, today + timedelta(days=grace)
        goes.append(_Goes(lot, rest, kept, _new_lot(lot, kind, origin, first, last) if kept else None))
    return goes


async def _rules_of(day: date) -> dict[str, Kind]:
    return {one.code: one for one in await types.every(day, known=at_night(day))}


def _new_lot(lot: Mapping[str, Any], kind: Kind, origin: str, first: date, last: date) -> NewLot:
    return NewLot(
        employment=lot["employment"], leave_type=lot["leave_type"], origin=origin, year=first.year, valid_from=first,
        valid_to=last, encashable=kind.encashable,
    )  # fmt: skip


async def _lots_for(wanted: Sequence[NewLot]) -> dict[Any, int]:
    """One lot for each person and day, those that there are already included."""
    whose = {(one.employment, one.leave_type, one.year, one.origin, one.valid_from): one for one in wanted}
    if not whose:
        return {}
    there = await Lot.select().where(
        bulk.among(Lot.employment, [one.employment for one in whose.values()])
        & Lot.valid_from.is_in(sorted({one.valid_from for one in whose.values()})) & Lot.origin.is_in(list(NOT_AGAIN))
    )  # fmt: skip
    found = {
        (row["employment"], row["leave_type"], row["year"], row["origin"], row["valid_from"]): row["id"]
        for row in there
    }
    return found | await ledger.make_lots([one for key, one in whose.items() if key not in found])


def _moves(one: _Goes, made: Mapping[Any, int], named: str) -> list[Move]:
    lot, whose, kind = one.lot, one.lot["employment"], one.lot["leave_type"]
    batch, on = named or f"over-{lot['id']}", lot["valid_to"] + timedelta(days=1)
    moves = [Move(whose, kind, lot["id"], ledger.EXPIRE, -one.rest, on, batch)]
    if one.into is not None:
        key = (whose, kind, one.into.year, one.into.origin, one.into.valid_from)
        moves.append(Move(whose, kind, made[key], ledger.GRANT, one.kept, one.into.valid_from, batch))
    return moves


async def _carried_already(lots: Sequence[Mapping[str, Any]]) -> dict[tuple[int, str, date], int]:
    """What each of these people has carried over the end of these lots before."""
    there = await Lot.select(Lot.id, Lot.employment, Lot.leave_type, Lot.valid_from).where(
        bulk.among(Lot.employment, [lot["employment"] for lot in lots]) & (Lot.origin == CARRY)
        & Lot.valid_from.is_in(sorted({lot["valid_to"] + timedelta(days=1) for lot in lots}))
    )  # fmt: skip
    whose = {row["id"]: (row["employment"], row["leave_type"], row["valid_from"]) for row in there}
    sums: dict[tuple[int, str, date], int] = {}
    for some in ledger.in_parts(list(whose)):
        for row in (
            await LeaveEntry.select(LeaveEntry.lot, Sum(LeaveEntry.quantity).as_alias("total"))
            .where(bulk.among(LeaveEntry.lot, some) & (LeaveEntry.kind == ledger.GRANT))
            .group_by(LeaveEntry.lot)
        ):
            sums[whose[row["lot"]]] = sums.get(whose[row["lot"]], 0) + int(row["total"])
    return sums


async def _lent(debts: Sequence[tuple[Mapping[str, Any], int]], today: date) -> None:
    """Take what was lent in a year that is over off the lot of the present one; without one it waits for it."""
    if not debts:
        return
    lots = await Lot.select().where(
        bulk.among(Lot.employment, [lot["employment"] for lot, _ in debts]) & (Lot.valid_to >= today)
        & (Lot.valid_from <= today) & Lot.origin.not_in(list(NOT_AGAIN))
    )  # fmt: skip
    now = {(row["employment"], row["leave_type"]): row for row in sorted(lots, key=lambda row: row["valid_to"])}
    moves: list[Move] = []
    lent: dict[int, int] = {}
    for lot, owed in debts:
        into = now.get((lot["employment"], lot["leave_type"]))
        if into is None:
            continue
        batch = f"lent-{lot['id']}"
        lent[into["id"]] = lent.get(into["id"], 0) + owed
        for where, quantity in ((lot["id"], owed), (into["id"], -owed)):
            moves.append(Move(lot["employment"], lot["leave_type"], where, ledger.ADJUST, quantity, today, batch))
    # Each lot may fall as far as its own debt takes it, and nobody's as far as the greatest debtor's.
    for owed in sorted(set(lent.values())):
        mine = [lot for lot, debt in lent.items() if debt == owed]
        for part in ledger.in_parts(mine):
            await Lot.update({Lot.overdraft: owed}).where(bulk.among(Lot.id, part) & (Lot.overdraft < owed))
    await ledger.write(moves)
