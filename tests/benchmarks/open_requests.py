"""Thousands of requests that wait for one administrator, laid into the big company once: what the waiting list shows."""

from datetime import timedelta

from core import clock, database
from core.accounts.tables import Membership
from core.approvals.tables import Request, Step, StepApprover
from core.leave.tables import LeaveDay, LeaveRequest
from core.people.tables import Employment

PART = 500


async def lay(company: int, wanted: int) -> None:
    """Have so many open requests of as many employees wait for the company's administrator, unless they do already."""
    async with database.reading(company):
        there = await Request.count()
        member = await Membership.select(Membership.person).where(Membership.role == "administrator").first()
        spells = await Employment.select(Employment.id).where(Employment.person != (member or {})["person"])
    assert member is not None
    now = clock.now()
    for begin in range(there, wanted, PART):
        async with database.transaction(company):
            for number in range(begin, min(begin + PART, wanted)):
                spell, day = spells[number]["id"], now.date() + timedelta(days=3 + number % 20)
                asked = now - timedelta(hours=number % 300)
                leave = LeaveRequest(
                    public=database.new_public(), employment=spell, leave_type="annual", starts=day, ends=day,
                    calendar_version="1", requested_at=asked,
                )  # fmt: skip
                await LeaveRequest.insert(leave)
                await LeaveDay.insert(LeaveDay(employment=spell, request=leave.id, date=day, fraction=1000))
                request = Request(
                    public=database.new_public(), kind="leave_request", subject=leave.id, number=f"C-{number + 1}",
                    employment=spell, state="in_review", submitted_at=asked,
                    begins=asked + timedelta(days=3), facts='{"days": 1000, "leave_type": "annual"}',
                )  # fmt: skip
                await Request.insert(request)
                step = Step(
                    request=request.id, state="open", opens_at=asked, remind_at=now + timedelta(days=1),
                    escalate_at=now + timedelta(days=2),
                )  # fmt: skip
                await Step.insert(step)
                await StepApprover.insert(
                    StepApprover(
                        step=step.id, person=member["person"], added_by="manager", remind_at=now, escalate_at=now
                    )
                )
