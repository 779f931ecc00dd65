"""The days of one employee: what is free, what a request sets aside, takes and gives back, and corrections by hand.

Every verb here that spends first holds the employee's balance row, which keeps everybody else off until the end.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from core import audit, clock, database
from core.audit import NOBODY, Actor
from core.errors import Refused
from core.leave import lapses, ledger
from core.leave.ledger import Move
from core.leave.policy import DayAway, LotLeft, draw
from core.leave.tables import LeaveBalance, LeaveDay, LeaveEntry, LeaveRequest, Lot
from core.leave.types import ANNUAL, Kind
from core.people.directory import DEFAULT_ZONE
from core.stated import stated

OPENING = "opening"  # how opening.py names the batch of a file of balances; "unopen" is the batch of its undoing
UNOPENED = "unopen"
LENT = "lent"  # how lapses names the batch in which a debt is taken off the next grant
LENDING = ("annual", "opening")  # origins of lots that may fall below nothing: what a year gave


@dataclass(frozen=True)
class Line:
    """A movement as it is explained to people."""

    kind: str
    quantity: int
    on: date
    year: int
    name: str | None  # of the collective day it pays for
    request: int | None
    origin: str = "annual"  # of the lot that moved
    why: str | None = None  # of a correction by hand; the file of an opening balance
    at: date | None = None  # of which day an opening balance is


async def balance(employment: int, leave_type: str = ANNUAL) -> int:
    """The thousandths of a day that are free, pending requests and collective days already taken off."""
    row = await _row(employment, leave_type)
    return row.available if row else 0


async def balances(employments: Collection[int], leave_type: str = ANNUAL) -> Mapping[int, int]:
    """The same for several employees, in one query."""
    rows = await LeaveBalance.select(LeaveBalance.employment, LeaveBalance.available).where(
        LeaveBalance.employment.is_in(list(employments) or [0]) & (LeaveBalance.leave_type == leave_type)
    )
    return {row["employment"]: row["available"] for row in rows}


async def valid_to(employment: int, leave_type: str = ANNUAL) -> date | None:
    """Until when the free days that expire first can be used; None without free days."""
    lots = [lot for lot in await left(employment, leave_type) if lot.left > 0]
    return min((lot.valid_to for lot in lots), default=None)


async def ends(employment: int, leave_type: str = ANNUAL) -> Sequence[tuple[date, int]]:
    """How many of the free days can be used until when, the first to end first; none where a lot is below nothing."""
    lots = await left(employment, leave_type)
    if any(lot.left < 0 for lot in lots):
        return []
    sums: dict[date, int] = {}
    for lot in lots:
        if lot.left:
            sums[lot.valid_to] = sums.get(lot.valid_to, 0) + lot.left
    return sorted(sums.items())


async def left(employment: int, leave_type: str = ANNUAL, *, lends: int = 0) -> Sequence[LotLeft]:
    """The lots of an employee that have not expired, with what is left in each.

    `lends` is how far below nothing the rule of today lets those fall that a year gave, whenever they were made.
    """
    today = clock.today(DEFAULT_ZONE)
    found = await database.once(
        ("lots", employment, leave_type, today), [Lot, LeaveEntry], lambda: _lots(employment, leave_type, today)
    )
    return [lot_left(lot, rest, lends) for lot, rest in found]


async def _lots(employment: int, leave_type: str, today: date) -> Sequence[tuple[dict[str, Any], int]]:
    lots: list[dict[str, Any]] = await _valid(employment, leave_type, today)
    rests = await ledger.rests([lot["id"] for lot in lots])
    return [(lot, rests[lot["id"]]) for lot in lots]


@stated
def _valid(employment: int, leave_type: str, today: date) -> Any:
    return Lot.select().where((Lot.employment == employment) & (Lot.leave_type == leave_type) & (Lot.valid_to >= today))


def lot_left(row: dict[str, Any], rest: int, lends: int = 0) -> LotLeft:
    """A lot with what is left in it."""
    depth = max(row["overdraft"], lends) if row["origin"] in LENDING else row["overdraft"]
    return LotLeft(row["id"], row["valid_from"], row["valid_to"], rest, depth, row["origin"] in lapses.NOT_AGAIN)


async def drawn(days: Sequence[DayAway], employment: int, kind: Kind) -> list[tuple[DayAway, int, int]]:
    """Which lot pays how much of each day by the rule of today; the lots are let fall as deep as that needs."""
    here = await left(employment, kind.code, lends=kind.negative)
    found = draw(days, here)
    for lot in here:
        rest = lot.left - sum(quantity for _, one, quantity in found if one == lot.id)
        if rest < 0:
            await Lot.update({Lot.overdraft: -rest}).where((Lot.id == lot.id) & (Lot.overdraft < -rest))
    return found


async def reserve(leave: LeaveRequest, days: Sequence[DayAway], kind: Kind) -> None:
    """Write the days of a request once and set aside what they cost, or refuse when it is no longer there."""
    cost = sum(day.fraction for day in days if day.counted)
    await ledger.hold_row(leave.employment, leave.leave_type)
    await refuse_overlap(leave.employment, days)
    rows = await _write_days(leave, days)
    if not kind.in_lots:
        return
    free = await balance(leave.employment, leave.leave_type)
    if cost > free + kind.negative:
        raise Refused("leave.not_enough_days", needed=cost, left=free, starts=leave.starts, ends=leave.ends)
    moves = [
        Move(leave.employment, leave.leave_type, lot, ledger.HOLD, -quantity, day.date, f"request-{leave.id}", leave.id,
             rows[day.date])
        for day, lot, quantity in await drawn(days, leave.employment, kind)
    ]  # fmt: skip
    await ledger.write(moves, floor=-kind.negative)


async def _write_days(leave: LeaveRequest, days: Sequence[DayAway]) -> dict[date, int]:
    rows = [
        LeaveDay(
            employment=leave.employment, request=leave.id, leave_type=leave.leave_type, date=day.date,
            fraction=day.fraction, part=day.part, counted=day.counted, why=day.why,
        )
        for day in days
    ]  # fmt: skip
    written = await LeaveDay.insert(*rows).returning(LeaveDay.id, LeaveDay.date)
    return {row["date"]: row["id"] for row in written}


async def refuse_overlap(employment: int, days: Sequence[DayAway], *, but: Collection[int] = ()) -> None:
    """Refuse days on which the employee is away already, whole or in the same half; `but` are leaves to replace."""
    counted = {day.date: day for day in days if day.counted}
    taken = await LeaveDay.select(LeaveDay.date, LeaveDay.part, LeaveDay.request).where(
        (LeaveDay.employment == employment) & LeaveDay.date.is_in(list(counted) or [date.min])
        & LeaveDay.ended_at.is_null() & (LeaveDay.counted == True)  # noqa: E712
    )  # fmt: skip
    for row in taken:
        mine = counted[row["date"]]
        if row["request"] not in but and (mine.part is None or row["part"] is None or mine.part == row["part"]):
            raise Refused("leave.overlaps", on=row["date"])


async def release(leave: LeaveRequest) -> int:
    """Give the days of an undecided request back to the lots they came from; returns how much."""
    await ledger.hold_row(leave.employment, leave.leave_type)
    back = [
        Move(leave.employment, leave.leave_type, row["lot"], ledger.RELEASE, -row["quantity"], row["effective_on"],
             f"release-{leave.id}", leave.id, row["leave_day"])
        for row in await set_aside(leave)
    ]  # fmt: skip
    total = await _end(await _open_days(leave))
    await put_back(back)
    return total


async def consume(leave: LeaveRequest) -> None:
    """Turn what an approved request held into days taken; the free balance stays what it was."""
    await ledger.hold_row(leave.employment, leave.leave_type)
    moves = []
    for row in await set_aside(leave):
        for kind, signed in ((ledger.RELEASE, -row["quantity"]), (ledger.CONSUME, row["quantity"])):
            moves.append(
                Move(leave.employment, leave.leave_type, row["lot"], kind, signed, row["effective_on"],
                     f"apply-{leave.id}", leave.id, row["leave_day"])
            )  # fmt: skip
    await ledger.write(moves)
    await LeaveDay.update({LeaveDay.taken_at: clock.now()}).where(
        (LeaveDay.request == leave.id) & LeaveDay.ended_at.is_null()
    )


async def give_back(leave: LeaveRequest, dates: Collection[date] | None = None) -> int:
    """Return taken days, all or those of these dates, to the lots that paid for them; returns how much."""
    await ledger.hold_row(leave.employment, leave.leave_type)
    days = [row for row in await _open_days(leave) if dates is None or row["date"] in dates]
    total = await _end(days)
    await put_back(await reversals([row["id"] for row in days], leave.employment, leave.leave_type, f"back-{leave.id}"))
    return total


async def reversals(days: Collection[int], employment: int, leave_type: str, batch: str) -> list[Move]:
    """What takes back each movement that took these days."""
    rows = await _standing(LeaveEntry.leave_day.is_in(list(days) or [0]), ledger.CONSUME, ledger.REVERSE)
    return [
        Move(employment, leave_type, row["lot"], ledger.REVERSE, -row["quantity"], row["effective_on"], batch,
             row["request"], row["leave_day"], row["id"])
        for row in rows
    ]  # fmt: skip


async def put_back(moves: Sequence[Move]) -> None:
    """Write what comes back; into a lot that is over, by its rule: carried, restored for a while, or lost."""
    await ledger.write(moves)
    await lapses.returned(moves)


async def _end(days: Sequence[dict[str, Any]]) -> int:
    await LeaveDay.update({LeaveDay.ended_at: clock.now(), LeaveDay.cancel_asked_at: None}).where(
        LeaveDay.id.is_in([row["id"] for row in days] or [0])
    )
    return sum(row["fraction"] for row in days if row["counted"])


async def _open_days(leave: LeaveRequest) -> list[dict[str, Any]]:
    return await LeaveDay.select().where((LeaveDay.request == leave.id) & LeaveDay.ended_at.is_null())


async def set_aside(leave: LeaveRequest) -> list[dict[str, Any]]:
    """The entries that set days of a request aside, without those whose days came back one by one."""
    return await _standing(LeaveEntry.request == leave.id, ledger.HOLD, ledger.RELEASE)


async def _standing(which: Any, kind: str, undoes: str) -> list[dict[str, Any]]:
    """Entries of a kind that no other undoes: a day may be counted, not counted, and counted again."""
    rows = await LeaveEntry.select().where(which & LeaveEntry.kind.is_in([kind, undoes])).order_by(LeaveEntry.id)
    undone = {row["reversal_of"] for row in rows if row["kind"] == undoes}
    return [row for row in rows if row["kind"] == kind and row["id"] not in undone]


async def adjust(
    employment: int, quantity: int, *, year: int, today: date, leave_type: str = ANNUAL, by: Actor = NOBODY
) -> None:
    """Add to, or take from, an employee's leave of a year by hand; no lot falls below nothing."""
    await ledger.hold_row(employment, leave_type)
    if quantity < 0:
        moves = await _taken_off(employment, leave_type, -quantity, today, year=year)
        await ledger.write(moves, floor=0)
    else:
        lot = await _lot_of(employment, leave_type, year)
        await ledger.write([Move(employment, leave_type, lot, ledger.ADJUST, quantity, today, "adjustment")])
    audit.record("leave.adjusted", f"employment:{employment}", by=by, kind=leave_type, quantity=quantity)


async def _lot_of(employment: int, leave_type: str, year: int) -> int:
    where = (Lot.employment == employment) & (Lot.leave_type == leave_type) & (Lot.year == year)
    lot = await Lot.objects().where(where & Lot.origin.not_in(list(lapses.NOT_AGAIN))).order_by(Lot.id).first()
    if lot is None:
        lot = Lot(
            employment=employment, leave_type=leave_type, origin="adjustment", year=year,
            valid_from=date(year, 1, 1), valid_to=date(year, 12, 31),
        )  # fmt: skip
        await Lot.insert(lot)
    return int(lot.id)


async def _taken_off(employment: int, leave_type: str, quantity: int, today: date, *, year: int) -> list[Move]:
    """What takes so much out of the lots of a year, the soonest to expire first."""
    moves, owed = [], quantity
    fits = {row["id"] for row in await Lot.select(Lot.id).where((Lot.employment == employment) & (Lot.year == year))}
    for lot in sorted(await left(employment, leave_type), key=lambda one: (one.valid_to, one.id)):
        taken = min(owed, lot.left) if lot.id in fits else 0
        if taken > 0:
            moves.append(Move(employment, leave_type, lot.id, ledger.ADJUST, -taken, today, "adjust"))
            owed -= taken
    if owed > 0:
        raise Refused("leave.not_enough_days_left", needed=quantity, left=quantity - owed)
    return moves


async def lines(employment: int, leave_type: str = ANNUAL) -> Sequence[Line]:
    """Every movement of the lots that are still valid, in the order in which they took effect."""
    return await lines_of([lot.id for lot in await left(employment, leave_type)])


async def lines_of(lots: Collection[int]) -> Sequence[Line]:
    """Every movement of these lots, in the order in which they took effect."""
    if not lots:
        return []
    about = {row["id"]: row for row in await Lot.select(Lot.id, Lot.year, Lot.origin).where(Lot.id.is_in(list(lots)))}
    rows = (
        await LeaveEntry.select(*LeaveEntry.all_columns(), LeaveEntry.leave_day.why.as_alias("name"))
        .where(LeaveEntry.lot.is_in(list(lots)))
        .order_by(LeaveEntry.effective_on, LeaveEntry.id)
    )
    return [
        Line(kind_of(row), row["quantity"], row["effective_on"], about[row["lot"]]["year"], row["name"], row["request"],
             about[row["lot"]]["origin"])
        for row in rows
    ]  # fmt: skip


def kind_of(entry: Mapping[str, Any]) -> str:
    """What a movement is called when it is explained: what was lent in an earlier year, and what a file of opening
    balances says, is no correction by HR."""
    for name in (OPENING, UNOPENED):
        if entry["batch"].startswith(f"{name}-"):
            return name
    return LENT if entry["kind"] == ledger.ADJUST and entry["batch"].startswith(f"{LENT}-") else str(entry["kind"])


async def recount(employment: int, leave_type: str = ANNUAL) -> tuple[int, int, int]:
    """Available, held and taken as the entries say, to be compared with the projection."""
    return (await ledger.recounted([employment])).get((employment, leave_type), (0, 0, 0))


async def stored(employment: int, leave_type: str = ANNUAL) -> tuple[int, int, int] | None:
    """Available, held and taken as the projection says; None before the first movement."""
    return (await ledger.projected([employment])).get((employment, leave_type))


async def _row(employment: int, leave_type: str) -> LeaveBalance | None:
    return await database.once(
        ("balance", employment, leave_type), [LeaveBalance], lambda: _balance(employment, leave_type)
    )


@stated
def _balance(employment: int, leave_type: str) -> Any:
    where = (LeaveBalance.employment == employment) & (LeaveBalance.leave_type == leave_type)
    return LeaveBalance.objects().where(where).first()
