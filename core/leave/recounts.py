"""Counting leave anew after the calendar changed: each leave whole or not at all, together as one batch with an undo.

Days that became free come back to the lots that paid for them; days that became worked are taken from what is left, as
if they were asked for now. Where nothing is left the leave stays as it was, and goes on being listed.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from core import audit, clock, database, jobs
from core.audit import Actor
from core.calendar import days as calendar_days
from core.errors import Refused
from core.jobs import Job
from core.leave import collective, ledger, lots, recalculation, told, types, worked
from core.leave.ledger import Move
from core.leave.policy import DayAway
from core.leave.tables import LeaveBatch, LeaveDay, LeaveRequest
from core.leave.types import Kind
from core.people import directory
from core.people.directory import DEFAULT_ZONE, Employee

RECOUNT = "recount"
PART = 25  # leaves in one transaction


async def begin(only: Collection[str], *, actor: Actor) -> LeaveBatch:
    """Have these requests, or all when none is named, counted anew; refuses when there is nothing to count, or when
    counting is under way."""
    async with database.transaction(database.company()):
        today = clock.today(DEFAULT_ZONE)
        if await is_running():
            raise Refused("leave.recount_running")
        found = await recalculation.touched(today, only=only)
        if not found:
            raise Refused("leave.nothing_to_recount")
        batch = LeaveBatch(
            public=database.new_public(), kind=RECOUNT, year=today.year, people=len(found), made_by=actor.name,
            made_at=clock.now(),
        )  # fmt: skip
        await LeaveBatch.insert(batch)
        audit.record("leave.recounted", f"batch:{batch.id}", by=actor, number=len(found))
        await jobs.enqueue("leave.recount", batch.id, 0, [one.request for one in found] if only else [])
        return batch


@jobs.job("leave.recount", lane=jobs.BULK)
async def go_on(company: int, batch: int, after: int, only: Sequence[str]) -> None:
    """Count the next leaves of a batch anew; goes on until there is none after them."""
    async with database.transaction(company):
        await collective.one_at_a_time()
        held = await LeaveBatch.objects().where((LeaveBatch.id == batch) & LeaveBatch.undone_at.is_null()).first()
        if held is None:
            return
        found = await recalculation.touched(clock.today(DEFAULT_ZONE), after=after, only=only)
        for one in found[:PART]:
            try:
                async with database.transaction(company):
                    wanted = dict.fromkeys(one.free, False) | dict.fromkeys(one.worked, True)
                    await _count(one.leave, wanted, batch)
            except Refused:
                continue  # there are no days left for it: it stays listed, with its reason
        if found:
            await jobs.enqueue("leave.recount", batch, found[:PART][-1].leave, list(only))


async def undo(batch: LeaveBatch, *, actor: Actor) -> None:
    """Count every leave of a batch as it was counted before it."""
    async with database.transaction(database.company()):
        await collective.one_at_a_time()  # a part that is being counted is done first, so that it is put back too
        where = (LeaveBatch.id == batch.id) & (LeaveBatch.kind == RECOUNT) & LeaveBatch.undone_at.is_null()
        if not await LeaveBatch.update({LeaveBatch.undone_at: clock.now()}).where(where).returning(LeaveBatch.id):
            raise Refused("leave.recount_undone")
        audit.record("leave.recount_undone", f"batch:{batch.id}", by=actor)
        await jobs.enqueue("leave.unrecount", batch.id, 0)


@jobs.job("leave.unrecount", lane=jobs.BULK)
async def go_back(company: int, batch: int, after: int) -> None:
    """Count the next leaves of an undone batch as before; what the employee has spent meanwhile stays as it is."""
    async with database.transaction(company):
        await collective.one_at_a_time()
        rows = await LeaveDay.select(LeaveDay.request, LeaveDay.date, LeaveDay.counted).where(
            (LeaveDay.batch == batch) & (LeaveDay.request > after) & LeaveDay.ended_at.is_null()
            & (LeaveDay.date >= clock.today(DEFAULT_ZONE))
        ).order_by(LeaveDay.request)  # fmt: skip
        of_leave: dict[int, dict[date, bool]] = {}
        for row in rows:
            of_leave.setdefault(row["request"], {})[row["date"]] = not row["counted"]
        mine = sorted(of_leave)
        for leave in mine[:PART]:
            try:
                async with database.transaction(company):
                    await _count(leave, of_leave[leave], None, told_as=f"unrecount-{batch}")
            except Refused:
                continue
        if mine[PART:]:
            await jobs.enqueue("leave.unrecount", batch, mine[PART - 1])


async def is_running() -> bool:
    """Whether leave of this company is being counted, or put back, now."""
    return await Job.exists().where(
        (Job.company == database.company()) & Job.name.is_in(["leave.recount", "leave.unrecount"])
        & Job.state.is_in(["queued", "running"])
    )  # fmt: skip


async def done(batches: Collection[int]) -> Mapping[int, int]:
    """How many leaves stand as each of these batches counted them."""
    rows = await LeaveDay.select(LeaveDay.batch, LeaveDay.request).where(
        LeaveDay.batch.is_in(list(batches) or [0]) & LeaveDay.request.is_not_null()
    )
    found: dict[int, set[int]] = {}
    for row in rows:
        found.setdefault(row["batch"], set()).add(row["request"])
    return {batch: len(leaves) for batch, leaves in found.items()}


async def _count(number: int, wanted: Mapping[date, bool], batch: int | None, *, told_as: str = "") -> None:
    """Have these days of a leave count or not, pay for it or give it back, and tell the employee.

    What another batch has done meanwhile is left as it is.
    """
    leave = await LeaveRequest.objects().get(LeaveRequest.id == number)
    assert leave is not None
    employee = await directory.employee(leave.employment)
    kind = await types.of(leave.leave_type)
    await ledger.hold_row(employee.id, kind.code)
    rows = await LeaveDay.select().where(
        (LeaveDay.request == number) & LeaveDay.ended_at.is_null() & LeaveDay.date.is_in(list(wanted))
    )
    rows = [row for row in rows if bool(row["counted"]) != wanted[row["date"]]]
    if not rows:
        return
    free, due = [row for row in rows if row["counted"]], [row for row in rows if not row["counted"]]
    name = f"recount-{batch}" if batch else told_as
    names = await worked.names_of(employee, leave.starts, leave.ends)
    for row in free:
        why = names.get(row["date"]) or "weekend"
        await _mark(row, {LeaveDay.counted: False, LeaveDay.why: why, LeaveDay.batch: batch})
    if kind.in_lots:
        await lots.put_back(await _back(free, leave, name))
    await lots.refuse_overlap(
        employee.id, [DayAway(row["date"], row["fraction"], row["part"], True, None) for row in due], but={number}
    )
    for row in due:
        await _mark(row, {LeaveDay.counted: True, LeaveDay.why: None, LeaveDay.batch: batch})
    if kind.in_lots and due:
        await _pay(due, leave, kind, name)
    version = await calendar_days.version()
    await LeaveRequest.update({LeaveRequest.calendar_version: version}).where(LeaveRequest.id == number)
    await _tell(employee, leave, kind, name, sum(row["fraction"] for row in due) - sum(row["fraction"] for row in free))


async def _mark(row: Mapping[str, Any], changed: dict[Any, Any]) -> None:
    await LeaveDay.update(changed).where(LeaveDay.id == row["id"])


async def _back(rows: Sequence[Mapping[str, Any]], leave: LeaveRequest, name: str) -> list[Move]:
    """What gives these days back: from what was taken, or from what is still set aside."""
    taken = [row["id"] for row in rows if row["taken_at"] is not None]
    moves = await lots.reversals(taken, leave.employment, leave.leave_type, name)
    aside = {row["id"] for row in rows} - set(taken)
    return moves + [
        Move(leave.employment, leave.leave_type, row["lot"], ledger.RELEASE, -row["quantity"], row["effective_on"],
             name, leave.id, row["leave_day"], row["id"])
        for row in await lots.set_aside(leave) if row["leave_day"] in aside
    ]  # fmt: skip


async def _pay(rows: Sequence[Mapping[str, Any]], leave: LeaveRequest, kind: Kind, name: str) -> None:
    """Take these days from what is left, as the request of now would."""
    away = [DayAway(row["date"], row["fraction"], row["part"], True, None) for row in rows]
    of_day = {row["date"]: row for row in rows}
    cost, free = sum(day.fraction for day in away), await lots.balance(leave.employment, kind.code)
    if cost > free + kind.negative:
        raise Refused("leave.not_enough_days", needed=cost, left=free, starts=leave.starts, ends=leave.ends)
    moves = [
        Move(leave.employment, kind.code, lot, ledger.CONSUME if of_day[day.date]["taken_at"] else ledger.HOLD,
             -quantity, day.date, name, leave.id, of_day[day.date]["id"])
        for day, lot, quantity in await lots.drawn(away, leave.employment, kind)
    ]  # fmt: skip
    await ledger.write(moves, floor=-kind.negative)


async def _tell(employee: Employee, leave: LeaveRequest, kind: Kind, name: str, more: int) -> None:
    cost = sum(
        row["fraction"]
        for row in await LeaveDay.select(LeaveDay.fraction).where(
            (LeaveDay.request == leave.id) & (LeaveDay.counted == True) & LeaveDay.ended_at.is_null()  # noqa: E712
        )
    )
    await told.tell(employee, await told.recounted(leave, kind, cost, more), f"{name}:{leave.id}")
