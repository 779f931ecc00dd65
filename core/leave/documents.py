"""The paper that some leave needs: until when it is expected, that it came, and where it is missing.

A missing paper is an exception for HR to look at. It never turns into a rejection.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core import audit, bulk, clock, database
from core.audit import Actor
from core.errors import Refused
from core.files import PAPERS, Examined, Written
from core.leave.tables import LeaveDay, LeavePaper, LeaveRequest
from core.messaging import attachments
from core.messaging.tables import Attachment
from core.people import directory
from core.people.directory import DEFAULT_ZONE, Employee

MOST_PAPERS = 10
ADDS = timedelta(days=14)  # for so long after the first, more may be put to it without asking HR


@dataclass(frozen=True)
class Missing:
    """A leave whose paper should have come by now."""

    leave: LeaveRequest
    employee: Employee
    since: date


async def open_of(employee: Employee) -> Sequence[LeaveRequest]:
    """The leave of this employee that waits for a paper, the latest first."""
    where = (LeaveRequest.employment == employee.id) & LeaveRequest.document_due.is_not_null()
    rows = (
        await LeaveRequest.objects()
        .where(where & LeaveRequest.document_met_at.is_null())
        .order_by(LeaveRequest.starts, ascending=False)
        .limit(20)
    )
    here = await _in_effect([row.id for row in rows])
    return [row for row in rows if row.id in here]


async def takers(employee: Employee) -> Sequence[LeaveRequest]:
    """The leave of this employee that waits for a paper, and that may be given another."""
    return [*await open_of(employee), *await takes_more(employee)]


async def received(leave: LeaveRequest, attachment: int | None, *, actor: Actor) -> None:
    """Write down that the paper of a leave came; what it says is opened by HR alone."""
    async with database.transaction(leave.company):
        met = (
            await LeaveRequest.update({LeaveRequest.document_met_at: clock.now(), LeaveRequest.attachment: attachment})
            .where((LeaveRequest.id == leave.id) & LeaveRequest.document_met_at.is_null())
            .returning(LeaveRequest.id)
        )
        if not met:
            raise Refused("leave.document_had", starts=leave.starts, ends=leave.ends)
        if attachment is not None:
            await LeavePaper.insert(LeavePaper(request=leave.id, attachment=attachment, added_at=clock.now()))
        audit.record("leave.document_received", f"leave_request:{leave.id}", by=actor)


async def takes_more(employee: Employee) -> Sequence[LeaveRequest]:
    """The leave of this employee whose paper came lately and that may be given another, the latest first."""
    since = clock.now() - ADDS
    where = (LeaveRequest.employment == employee.id) & (LeaveRequest.document_met_at >= since)
    rows = await LeaveRequest.objects().where(where).order_by(LeaveRequest.starts, ascending=False).limit(20)
    here = await _in_effect([row.id for row in rows])
    full = [row.id for row in rows if await LeavePaper.count().where(LeavePaper.request == row.id) >= MOST_PAPERS]
    return [row for row in rows if row.id in here and row.id not in full]


async def added(leave: LeaveRequest, attachment: int, *, actor: Actor) -> None:
    """Put another file to the papers of a leave."""
    async with database.transaction(leave.company):
        await database.lock(LeaveRequest, leave.id)
        if await LeavePaper.count().where(LeavePaper.request == leave.id) >= MOST_PAPERS:
            raise Refused("leave.papers_full", most=str(MOST_PAPERS), starts=leave.starts, ends=leave.ends)
        await LeavePaper.insert(LeavePaper(request=leave.id, attachment=attachment, added_at=clock.now()))
        audit.record("leave.document_received", f"leave_request:{leave.id}", by=actor)


async def enclosed(
    leave: LeaveRequest, person: int, taken: tuple[Examined, Written], name: str, *, actor: Actor
) -> None:
    """Put a file that somebody handed in to the papers of their leave; where one is awaited, it came with it."""
    async with database.transaction(leave.company):
        if taken[0].type not in PAPERS:
            raise Refused("leave.paper_type")
        kept = await attachments.keep(person, taken, name)
        await attachments.sort(kept.id, attachments.HEALTH, person=person)
        awaited = leave.document_due is not None and leave.document_met_at is None
        await (received if awaited else added)(leave, kept.id, actor=actor)


async def papers_of(leave: int) -> Sequence[Attachment]:
    """The files of a leave, the first that came first; those that were removed are left out."""
    rows = await LeavePaper.select(LeavePaper.attachment).where(LeavePaper.request == leave)
    where = Attachment.id.is_in([row["attachment"] for row in rows] or [0]) & Attachment.removed_at.is_null()
    return await Attachment.objects().where(where).order_by(Attachment.id)


async def due(employments: Collection[int], since: date, today: date) -> Sequence[LeaveRequest]:
    """The leave of these people whose paper is expected after the one day and through the other, and has not come."""
    rows = await LeaveRequest.objects().where(
        bulk.among(LeaveRequest.employment, employments) & (LeaveRequest.document_due > since)
        & (LeaveRequest.document_due <= today) & LeaveRequest.document_met_at.is_null()
    )  # fmt: skip
    here = await _in_effect([row.id for row in rows])
    return [row for row in rows if row.id in here]


async def waiting(leave: int) -> LeaveRequest | None:
    """This leave, if its paper is still expected."""
    row = await LeaveRequest.objects().where(
        (LeaveRequest.id == leave) & LeaveRequest.document_met_at.is_null()
    ).first()  # fmt: skip
    return row if row is not None and row.id in await _in_effect([row.id]) else None


async def missing(most: int = 50) -> Sequence[Missing]:
    """Where a paper is overdue, the longest first: `document_missing`."""
    today = clock.today(DEFAULT_ZONE)
    rows = (
        await LeaveRequest.objects()
        .where((LeaveRequest.document_due < today) & LeaveRequest.document_met_at.is_null())
        .order_by(LeaveRequest.document_due, LeaveRequest.id)
        .limit(most)
    )
    here = await _in_effect([row.id for row in rows])
    people = {one: await directory.employee(one) for one in {row.employment for row in rows if row.id in here}}
    return [
        Missing(row, people[row.employment], row.document_due)
        for row in rows
        if row.id in here and row.document_due is not None
    ]


async def _in_effect(leaves: Sequence[int]) -> set[int]:
    rows = await LeaveDay.select(LeaveDay.request).where(
        bulk.among(LeaveDay.request, leaves) & LeaveDay.ended_at.is_null()
    )
    return {row["request"] for row in rows}
