"""Working on a day of collective leave: with the head's yes the day comes back, and is paid as an ordinary one."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from core import clock, database
from core.approvals import decisions, kinds
from core.approvals.decisions import Submitted
from core.approvals.kinds import APPROVE, Described, Verdict, describes, settles
from core.approvals.tables import Request
from core.audit import Actor
from core.errors import Refused
from core.leave import collective, hours, ledger, lots, told
from core.leave.policy import Period
from core.leave.tables import LeaveDay, WorkedDay
from core.leave.told import plural
from core.messaging.messages import Message
from core.people import directory
from core.people.directory import Employee
from core.phrases import hari, phrase, tanggal

KIND, LETTER = "collective_work", "C"


async def day_of(employee: Employee, day: date) -> LeaveDay:
    """The collective day that this employee would have off, or why there is none to work on."""
    found = await LeaveDay.objects().where(
        (LeaveDay.employment == employee.id) & (LeaveDay.date == day) & LeaveDay.request.is_null()
        & LeaveDay.ended_at.is_null() & (LeaveDay.counted == True)  # noqa: E712
    ).first()  # fmt: skip
    if found is None:
        raise Refused("leave.no_collective_day", on=day)
    if day < clock.today(employee.zone):
        raise Refused("leave.collective_over", on=day)
    return found


async def work_on(employee: Employee, day: date, *, actor: Actor) -> Submitted:
    """Ask the head to work on a day of collective leave."""
    async with database.transaction(employee.company):
        found = await day_of(employee, day)
        # Asked in vain, or taken back, is no reason not to ask again: the head may have another mind by now.
        stands = (Request.kind == KIND) & (Request.subject == found.id) & Request.state.not_in(list(kinds.OVER))
        if await Request.exists().where(stands):
            raise Refused("leave.collective_asked", on=day)
        begins = await hours.begins(employee, Period(day, day))
        return await decisions.submit(KIND, found.id, LETTER, by=employee, begins=begins, actor=actor)


@describes(KIND)
async def describe(requests: Sequence[Request], language: str) -> Mapping[int, Described]:
    """What working on collective days would be, by their requests."""
    subjects = [one.subject for one in requests]
    days = {row["id"]: row for row in await LeaveDay.select().where(LeaveDay.id.is_in(subjects or [0]))}
    people = {one.id: one for one in await directory.several({one.employment for one in requests})}
    found = {}
    for one in requests:
        day: dict[str, Any] = days[one.subject]
        when = tanggal(day["date"], language)
        found[one.id] = Described(
            title=phrase("leave.work_title", language, name=people[one.employment].name),
            what=phrase("leave.work_what", language, day=when), reason=None,
            effect=phrase("leave.work_effect", language), when=when, first=day["date"], last=day["date"],
        )  # fmt: skip
    return found


@settles(KIND)
async def settle(request: Request, given: Verdict | None) -> None:
    """Give the day back when the head agrees, and say what was decided."""
    day = await LeaveDay.select().where(LeaveDay.id == request.subject).first()
    if given is None or day is None or given.cancelled:
        return
    asker = await directory.employee(request.employment)
    if given.verdict == APPROVE:
        if day["ended_at"] is not None:
            raise Refused("leave.no_collective_day", on=day["date"])
        await ledger.hold_row(asker.id, day["leave_type"])
        await collective.give_back([day], f"worked-{request.id}")
        await WorkedDay.insert(WorkedDay(leave_day=day["id"], given_at=clock.now()))
        left = await lots.balance(asker.id, day["leave_type"])
        text = phrase(
            "leave.work_agreed", asker.language, who=given.named(asker.language), left=hari(left, asker.language),
            day=tanggal(day["date"], asker.language), many=plural(left),
        )  # fmt: skip
    else:
        text = phrase(
            "leave.work_refused", asker.language, who=given.named(asker.language), reason=given.reason or "",
            day=tanggal(day["date"], asker.language),
        )  # fmt: skip
    await told.tell(asker, Message("leave.work", text, language=asker.language), f"told:{request.id}:{request.version}")
