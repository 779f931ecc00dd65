"""The one place where days move: entries are added, and the balances kept beside them change by what the entries say.

Whoever spends days holds the balance row first (`hold_row`), so that two requests never see the same days as free.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from piccolo.query.functions import Sum
from piccolo.query.mixins import OnConflictAction

from core import bulk, clock
from core.errors import Refused
from core.leave.tables import LeaveBalance, LeaveEntry, Lot

AT_A_TIME = 500  # rows in one statement: SQLite takes at most 32,766 values
GRANT, HOLD, RELEASE, CONSUME = "grant", "hold", "release", "consume"
REVERSE, ADJUST, EXPIRE, ENCASH = "reverse", "adjust", "expire", "encash"
KINDS = (GRANT, HOLD, RELEASE, CONSUME, REVERSE, ADJUST, EXPIRE, ENCASH)
HELD, TAKEN = (HOLD, RELEASE), (CONSUME, REVERSE)

T = TypeVar("T")
Whose = tuple[int, str]  # employment, kind of leave
Standing = tuple[int, int, int]  # available, held, taken


@dataclass(frozen=True)
class Move:
    """A movement of days in a lot, not yet written."""

    employment: int
    leave_type: str
    lot: int
    kind: str
    quantity: int
    on: date
    batch: str
    request: int | None = None
    day: int | None = None
    reversal_of: int | None = None


@dataclass(frozen=True)
class NewLot:
    """A lot, not yet written."""

    employment: int
    leave_type: str
    origin: str
    year: int
    valid_from: date
    valid_to: date
    overdraft: int = 0
    encashable: bool = False


def in_parts(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    """These rows, as many at a time as a statement may have."""
    for start in range(0, len(rows), AT_A_TIME):
        yield rows[start : start + AT_A_TIME]


def effect(kind: str, quantity: int) -> Standing:
    """What an entry does to available, held and taken."""
    if kind not in KINDS:
        raise ValueError(f"{kind!r} is no movement of days: {', '.join(KINDS)}")
    return quantity, -quantity if kind in HELD else 0, -quantity if kind in TAKEN else 0


def standing(entries: Iterable[tuple[str, int]]) -> Standing:
    """Available, held and taken as these entries make them."""
    total = (0, 0, 0)
    for kind, quantity in entries:
        one = effect(kind, quantity)
        total = (total[0] + one[0], total[1] + one[1], total[2] + one[2])
    return total


async def hold_row(employment: int, leave_type: str) -> None:
    """Hold an employee's balance until the end of the transaction, made now if there is none."""
    if await _touch(employment, leave_type):
        return
    await LeaveBalance.insert(LeaveBalance(employment=employment, leave_type=leave_type)).on_conflict(
        action=OnConflictAction.do_nothing
    )
    await _touch(employment, leave_type)


async def _touch(employment: int, leave_type: str) -> bool:
    where = (LeaveBalance.employment == employment) & (LeaveBalance.leave_type == leave_type)
    changed = LeaveBalance.update({LeaveBalance.version: LeaveBalance.version + 1}).where(where)
    return bool(await changed.returning(LeaveBalance.id))


async def write(moves: Sequence[Move], *, floor: int | None = None) -> None:
    """Add these movements and change the balances by them, in as many statements for a thousand people as for one.

    With `floor` nobody's balance may fall below it: then all of it is refused.
    """
    sums: dict[Whose, Standing] = {}
    for move in moves:
        whose = (move.employment, move.leave_type)
        old, more = sums.get(whose, (0, 0, 0)), effect(move.kind, move.quantity)
        sums[whose] = (old[0] + more[0], old[1] + more[1], old[2] + more[2])
    alike: dict[tuple[str, Standing], list[int]] = {}
    for (employment, leave_type), change in sums.items():
        alike.setdefault((leave_type, change), []).append(employment)
    for (leave_type, change), employments in sorted(alike.items()):
        for part in in_parts(sorted(employments)):
            await _change(part, leave_type, change, floor)
    now = clock.now()
    await bulk.insert(LeaveEntry, [_entry(move, now) for move in moves])


async def lend(employments: Collection[int], leave_type: str, most: int) -> None:
    """Let the balances of these people fall so far below nothing."""
    for part in in_parts(sorted(employments)):
        await LeaveBalance.update({LeaveBalance.floor: -most}).where(
            bulk.among(LeaveBalance.employment, part) & (LeaveBalance.leave_type == leave_type)
            & (LeaveBalance.floor > -most)
        )  # fmt: skip


async def _change(employments: Sequence[int], leave_type: str, change: Standing, floor: int | None) -> None:
    available, held, taken = change
    theirs = bulk.among(LeaveBalance.employment, employments) & (LeaveBalance.leave_type == leave_type)
    if floor:
        await lend(employments, leave_type, -floor)
    enough = theirs if floor is None or available >= 0 else theirs & (LeaveBalance.available >= floor - available)
    changed = (
        await LeaveBalance.update(
            {
                LeaveBalance.available: LeaveBalance.available + available,
                LeaveBalance.held: LeaveBalance.held + held,
                LeaveBalance.taken: LeaveBalance.taken + taken,
                LeaveBalance.version: LeaveBalance.version + 1,
            }
        )
        .where(enough)
        .returning(LeaveBalance.employment)
    )
    missing = sorted(set(employments) - {row["employment"] for row in changed})
    if missing and floor is not None and available < 0:
        rows = await LeaveBalance.select(LeaveBalance.available).where(
            (LeaveBalance.employment == missing[0]) & (LeaveBalance.leave_type == leave_type)
        )
        left = rows[0]["available"] if rows else 0
        raise Refused("leave.not_enough_days_left", needed=-available, left=left)
    if missing:
        figures = {"available": available, "held": held, "taken": taken, "floor": min(available, 0), "version": 1}
        await bulk.insert(LeaveBalance, [{"employment": one, "leave_type": leave_type, **figures} for one in missing])


def _entry(move: Move, now: datetime) -> bulk.Row:
    return {
        "lot": move.lot, "kind": move.kind, "quantity": move.quantity, "request": move.request, "leave_day": move.day,
        "reversal_of": move.reversal_of, "batch": move.batch, "effective_on": move.on, "recorded_at": now,
    }  # fmt: skip


async def make_lots(lots: Sequence[NewLot]) -> dict[tuple[int, str, int, str, date], int]:
    """Write these lots, many at a time; returns the number of each by whose, year, origin and first day."""
    if not lots:
        return {}
    numbered = list(zip(lots, await bulk.reserve(Lot, len(lots)), strict=True))
    await bulk.insert(Lot, [{"id": number, **vars(lot)} for lot, number in numbered])
    return {(lot.employment, lot.leave_type, lot.year, lot.origin, lot.valid_from): number for lot, number in numbered}


async def rests(lots: Collection[int]) -> dict[int, int]:
    """What is left in each of these lots."""
    left = dict.fromkeys(lots, 0)
    for some in in_parts(list(lots)):
        for row in (
            await LeaveEntry.select(LeaveEntry.lot, Sum(LeaveEntry.quantity).as_alias("total"))
            .where(bulk.among(LeaveEntry.lot, some))
            .group_by(LeaveEntry.lot)
        ):
            left[row["lot"]] = int(row["total"])
    return left


async def recounted(employments: Collection[int]) -> dict[Whose, Standing]:
    """Available, held and taken of these people as the entries say."""
    if not employments:
        return {}
    lots = await Lot.select(Lot.id, Lot.employment, Lot.leave_type).where(bulk.among(Lot.employment, employments))
    whose = {row["id"]: (row["employment"], row["leave_type"]) for row in lots}
    found: dict[Whose, Standing] = {}
    for some in in_parts(list(whose)):
        for row in (
            await LeaveEntry.select(LeaveEntry.lot, LeaveEntry.kind, Sum(LeaveEntry.quantity).as_alias("total"))
            .where(bulk.among(LeaveEntry.lot, some))
            .group_by(LeaveEntry.lot, LeaveEntry.kind)
        ):
            old = found.get(whose[row["lot"]], (0, 0, 0))
            more = effect(row["kind"], int(row["total"]))
            found[whose[row["lot"]]] = (old[0] + more[0], old[1] + more[1], old[2] + more[2])
    return found


async def projected(employments: Collection[int]) -> dict[Whose, Standing]:
    """Available, held and taken of these people as the balances beside the entries say."""
    rows = await LeaveBalance.select().where(bulk.among(LeaveBalance.employment, employments))
    return {(row["employment"], row["leave_type"]): (row["available"], row["held"], row["taken"]) for row in rows}


def of_batches(employment: int, kind: str) -> Any:
    """The entries of somebody that batches of a kind wrote, found by their lots: a condition on the lot of each entry
    would read the ledger of the whole company for one person's page."""
    theirs = Lot.select(Lot.id).where(Lot.employment == employment)
    return LeaveEntry.select(LeaveEntry.batch, LeaveEntry.quantity, LeaveEntry.lot.leave_type).where(
        LeaveEntry.lot.is_in(theirs) & LeaveEntry.batch.like(f"{kind}-%")
    )
