"""Leave that gave way to a record: once that record is taken back its days hold again, where they still can.

It was approved, and nobody has said otherwise since. A day that cannot hold again is told with what stands in the way.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from core import audit, clock
from core.approvals import settling
from core.approvals.kinds import APPLIED, CANCEL_REQUESTED, CANCELLED, Verdict
from core.approvals.tables import Request
from core.errors import Refused
from core.leave import clash, ledger, lots, types, worked
from core.leave.asked import KIND
from core.leave.ledger import Move
from core.leave.policy import DAY, DayAway, draw
from core.leave.tables import LeaveDay, LeaveEntry, LeaveRequest, Lot
from core.leave.types import Kind
from core.people import directory
from core.people.directory import Employee
from core.phrases import hari, phrase, rentang

# Why a day does not hold again: called off otherwise, gone by then, not worked any more, away already, too few left in
# the department, or nothing left that pays for it.
OFF, GONE, FREE, AWAY, FEW, USED = "off", "gone", "free", "away", "few", "used"

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Again:
    """What became of the days of a leave that had given way: in a row, those that hold again and those that do not."""

    number: str
    kind: Kind
    back: tuple[tuple[date, date], ...]
    cost: int
    stays: tuple[tuple[date, date, str], ...]


async def let(leave: LeaveRequest, given: Verdict) -> None:
    """Have what gave way to this leave hold again on the days on which it itself no longer does."""
    ended = await LeaveDay.select(LeaveDay.date).where((LeaveDay.request == leave.id) & LeaveDay.ended_at.is_not_null())
    rows = [
        row
        for row in await _gave_way(leave)
        if row["ended_at"] is not None and row["stays"] is None and row["date"] in {one["date"] for one in ended}
    ]
    if not rows:
        return
    employee = await directory.employee(leave.employment)
    for request in await _requests(rows):
        await _again(employee, request, [row for row in rows if row["request"] == request.subject], given)


async def of(leave: LeaveRequest, dates: Collection[date] = ()) -> Sequence[Again]:
    """What became of what had given way to a leave that was taken back since, all of it or these days."""
    rows = [
        row
        for row in await _gave_way(leave)
        if (row["ended_at"] is None or row["stays"] is not None) and (not dates or row["date"] in dates)
    ]
    kinds = {one.code: one for one in await types.all()}
    found = []
    for request in await _requests(rows):
        mine = [row for row in rows if row["request"] == request.subject]
        back, stays = _runs(mine)
        cost = sum(row["fraction"] for row in mine if row["ended_at"] is None)
        found.append(Again(request.number, kinds[mine[0]["leave_type"]], back, cost, stays))
    return found


def words(found: Sequence[Again], language: str) -> str:
    """The same as sentences; nothing where nothing had given way."""
    said = []
    for one in found:
        if one.back:
            days = ", ".join(rentang(first, last, language) for first, last in one.back)
            said.append(
                phrase(
                    "leave.again", language, kind=one.kind.name(language), number=one.number, days=days,
                    cost=hari(one.cost, language), many=1 if one.cost == DAY else 2,
                )
            )  # fmt: skip
        for first, last, why in one.stays:
            days = rentang(first, last, language)
            said.append(phrase("leave.again_not", language, days=days, number=one.number, why=why))
    return " ".join(said)


def _runs(rows: Sequence[Row]) -> tuple[tuple[tuple[date, date], ...], tuple[tuple[date, date, str], ...]]:
    """Neighbours among these days that share a fate, from the first through the last of them."""
    runs: list[tuple[date, date, str | None]] = []
    for row in rows:
        fate = None if row["ended_at"] is None else row["stays"]
        if runs and runs[-1][2] == fate:
            runs[-1] = (runs[-1][0], row["date"], fate)
        else:
            runs.append((row["date"], row["date"], fate))
    back = tuple((first, last) for first, last, fate in runs if fate is None)
    return back, tuple((first, last, fate) for first, last, fate in runs if fate is not None)


async def _gave_way(leave: LeaveRequest) -> list[dict[str, Any]]:
    """The days that made room for this leave, in order."""
    return await LeaveDay.select().where(
        (LeaveDay.employment == leave.employment) & (LeaveDay.gave_way_to == leave.id)
        & (LeaveDay.date >= leave.starts) & (LeaveDay.date <= leave.ends)
    ).order_by(LeaveDay.date)  # fmt: skip


async def _requests(rows: Sequence[Row]) -> Sequence[Request]:
    subjects = sorted({row["request"] for row in rows})
    return await Request.objects().where(
        (Request.kind == KIND) & Request.subject.is_in(subjects or [0])
    ).order_by(Request.id)  # fmt: skip


async def _again(employee: Employee, request: Request, rows: Sequence[Row], given: Verdict) -> None:
    fresh = await settling.held(request)
    kind = await types.of(rows[0]["leave_type"])
    await ledger.hold_row(employee.id, kind.code)
    stays = await _in_the_way(employee, fresh, rows)
    paying = _Paying(kind, employee.id)
    moves: list[Move] = []
    for row in (row for row in rows if row["id"] not in stays):
        paid = await paying.of(row)
        if not paid:
            stays[row["id"]] = USED
        moves += [
            Move(employee.id, kind.code, lot, ledger.CONSUME, -quantity, row["date"], f"again-{fresh.id}",
                 row["request"], row["id"])
            for lot, quantity in paid
        ]  # fmt: skip
    back = [row["id"] for row in rows if row["id"] not in stays]
    for row in rows:
        how: dict[Any, Any] = {LeaveDay.stays: stays.get(row["id"])}
        if row["id"] in back:
            how |= {LeaveDay.ended_at: None, LeaveDay.taken_at: clock.now()}
        await LeaveDay.update(how).where(LeaveDay.id == row["id"])
    await ledger.write(moves, floor=-kind.negative)
    if back:
        await settling.stand_again(fresh, given)
        audit.record("request.stands_again", f"request:{fresh.id}", number=fresh.number, days=len(back))


async def _in_the_way(employee: Employee, request: Request, rows: Sequence[Row]) -> dict[int, str]:
    """Which of these days cannot hold again, and why not, what pays for them apart."""
    if await _called_off(request):
        return {row["id"]: OFF for row in rows}
    first, last, today = rows[0]["date"], rows[-1]["date"], clock.today(employee.zone)
    names, works = await worked.names_of(employee, first, last), await worked.works_of(employee)
    others = await clash.others_of(employee, first, last)
    found: dict[int, str] = {}
    for row in rows:
        day = row["date"]
        away = DayAway(day, row["fraction"], row["part"], True, None)
        if employee.leaves is not None and day > employee.leaves:
            found[row["id"]] = GONE
        elif day in names or not works(day):
            found[row["id"]] = FREE
        elif await _is_away(employee.id, away):
            found[row["id"]] = AWAY
        elif others is not None and day >= today and others.present(day) < others.minimum:
            found[row["id"]] = FEW
    return found


async def _called_off(request: Request) -> bool:
    """Whether somebody called the leave off for its own sake: then nothing of it holds any more."""
    if request.state in (APPLIED, CANCEL_REQUESTED):
        return False
    return request.state != CANCELLED or await LeaveDay.exists().where(
        (LeaveDay.request == request.subject) & (LeaveDay.counted == True)  # noqa: E712
        & LeaveDay.gave_way_to.is_null()
    )  # fmt: skip


async def _is_away(employment: int, day: DayAway) -> bool:
    try:
        await lots.refuse_overlap(employment, [day])
    except Refused:
        return True
    return False


class _Paying:
    """What pays for one day after the other: the lots that did, and where they cannot any more, what else may."""

    def __init__(self, kind: Kind, employment: int) -> None:
        self.kind, self.employment = kind, employment
        self.spent: dict[int, int] = {}

    async def of(self, row: Row) -> list[tuple[int, int]]:
        """Which lot pays how much of a day; nothing where it cannot be paid."""
        free = await lots.balance(self.employment, self.kind.code) - sum(self.spent.values())
        if row["fraction"] > free + self.kind.negative:
            return []
        paid = await self._as_before(row) or await self._otherwise(row)
        for lot, quantity in paid:
            self.spent[lot] = self.spent.get(lot, 0) + quantity
        return paid

    async def _as_before(self, row: Row) -> list[tuple[int, int]]:
        back = (
            await LeaveEntry.select()
            .where((LeaveEntry.leave_day == row["id"]) & (LeaveEntry.kind == ledger.REVERSE))
            .order_by(LeaveEntry.id)
        )
        last = [one for one in back if one["recorded_at"] == back[-1]["recorded_at"]]
        lent = {
            one["id"]: one["overdraft"]
            for one in await Lot.select(Lot.id, Lot.overdraft).where(Lot.id.is_in([one["lot"] for one in last] or [0]))
        }
        rests = await ledger.rests(list(lent))
        enough = all(
            rests[one["lot"]] - self.spent.get(one["lot"], 0) + lent[one["lot"]] >= one["quantity"] for one in last
        )
        return [(one["lot"], one["quantity"]) for one in last] if enough else []

    async def _otherwise(self, row: Row) -> list[tuple[int, int]]:
        here = await lots.left(self.employment, self.kind.code)
        left = [replace(one, left=one.left - self.spent.get(one.id, 0)) for one in here]
        try:
            drawn = draw([DayAway(row["date"], row["fraction"], row["part"], True, None)], left)
        except Refused:
            return []
        return [(lot, quantity) for _, lot, quantity in drawn]
