"""Leave that is recorded on days of one's own approved annual leave: those days of the other are called off for it.

Nobody decides that, as nobody decides about the sickness; it happens on the employee's own yes, in one transaction.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from core import clock
from core.approvals import decisions
from core.approvals.kinds import APPLIED
from core.approvals.tables import Request
from core.audit import Actor
from core.errors import Refused
from core.leave import types
from core.leave.asked import KIND
from core.leave.policy import DayAway
from core.leave.tables import LeaveDay, LeaveRequest
from core.people.directory import Employee


@dataclass(frozen=True)
class Taken:
    """Days of an approved leave that would be called off, and what they would give back, in thousandths."""

    leave: int
    number: str
    dates: tuple[date, ...]
    back: int


async def of(employee: Employee, days: Sequence[DayAway]) -> tuple[Taken, ...]:
    """The employee's approved annual leaves that could make room for these days; half a day ends no whole one."""
    counted = {day.date: day for day in days if day.counted}
    rows = await LeaveDay.select().where(
        (LeaveDay.employment == employee.id) & LeaveDay.date.is_in(list(counted) or [date.min])
        & LeaveDay.request.is_not_null() & LeaveDay.ended_at.is_null() & (LeaveDay.counted == True)  # noqa: E712
    ).order_by(LeaveDay.date)  # fmt: skip
    there: dict[int, list[tuple[date, int]]] = {}
    for row in rows:
        mine = counted[row["date"]].part
        if row["leave_type"] == types.ANNUAL and mine in (None, row["part"]):
            there.setdefault(row["request"], []).append((row["date"], row["fraction"]))
    asked = await Request.select(Request.subject, Request.number).where(
        (Request.kind == KIND) & Request.subject.is_in(list(there) or [0]) & (Request.state == APPLIED)
    )
    return tuple(
        Taken(leave, number, tuple(day for day, _ in there[leave]), sum(cost for _, cost in there[leave]))
        for number, leave in sorted((row["number"], row["subject"]) for row in asked)
    )


async def gave_way(leave: LeaveRequest, over: Sequence[Taken]) -> None:
    """Write down which days made room for this leave, so that they hold again should it be taken back."""
    for one in over:
        await LeaveDay.update({LeaveDay.gave_way_to: leave.id, LeaveDay.stays: None}).where(
            (LeaveDay.request == one.leave) & LeaveDay.date.is_in(list(one.dates))
        )


async def call_off(employee: Employee, over: Sequence[Taken], agreed: Collection[str], *, actor: Actor) -> None:
    """Call off the days of each of these leaves; refuses one whose number was not agreed to."""
    unasked = next((one for one in over if one.number not in agreed), None)
    if unasked is not None:
        raise Refused("leave.overlaps", on=unasked.dates[0])
    for one in over:
        await LeaveDay.update({LeaveDay.cancel_asked_at: None}).where(LeaveDay.request == one.leave)
        await LeaveDay.update({LeaveDay.cancel_asked_at: clock.now()}).where(
            (LeaveDay.request == one.leave) & LeaveDay.date.is_in(list(one.dates)) & LeaveDay.ended_at.is_null()
        )
        request = await decisions.by_number(one.number)
        assert request is not None
        await decisions.call_off(request, by=employee, actor=actor)
