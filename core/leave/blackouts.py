"""Stretches of days on which no leave that needs a yes is taken: for everybody, a department or a place."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from core import audit, clock, database, look_alikes
from core.approvals.tables import Request
from core.audit import Actor
from core.errors import Refused
from core.leave import types
from core.leave.tables import Blackout, LeaveRequest
from core.people.directory import Employee
from core.people.tables import Assignment, Employment
from core.phrases import one_line
from core.stated import stated

LONGEST = 120
MOST_HITS = 50
STANDS = ("in_review", "returned", "approved", "applied", "cancel_requested")


@dataclass(frozen=True)
class Stretch:
    """Days without leave, of which kind, for whom and why; None is every kind, or everybody."""

    starts: date
    ends: date
    why: str
    leave_type: str | None = None
    department: int | None = None
    location: int | None = None


@dataclass(frozen=True)
class Hit:
    """Leave that was asked for or is in effect on such days; it stays as it is."""

    name: str
    number: str
    starts: date
    ends: date
    state: str


async def holding(employee: Employee, starts: date, ends: date, leave_type: str | None = None) -> Sequence[Blackout]:
    """The stretches between these days that bind this employee, for one kind of leave or for any."""
    place = getattr(employee, "location", None)
    rows: list[Blackout] = await _between(starts, ends)
    return [
        one for one in rows
        if one.department in (None, employee.department) and one.location in (None, place)
        and (leave_type is None or one.leave_type in (None, leave_type))
    ]  # fmt: skip


@stated
def _between(starts: date, ends: date) -> Any:
    where = (Blackout.ends >= starts) & (Blackout.starts <= ends) & Blackout.ended_at.is_null()
    return Blackout.objects().where(where).order_by(Blackout.starts, Blackout.id)


async def over(employee: Employee, days: Sequence[date], leave_type: str) -> Blackout | None:
    """The first stretch that lets no leave of a kind be taken on one of these days; None where all are open."""
    for one in await holding(employee, min(days), max(days), leave_type) if days else ():
        if any(one.starts <= day <= one.ends for day in days):
            return one
    return None


async def every(since: date) -> Sequence[Blackout]:
    """The stretches that are not over on this day, the next first."""
    where = (Blackout.ends >= since) & Blackout.ended_at.is_null()
    return await Blackout.objects().where(where).order_by(Blackout.starts, Blackout.id).limit(200)


async def hits(wanted: Stretch) -> tuple[int, Sequence[Hit]]:
    """How many people these days would bind, and the leave that is asked for or in effect on them."""
    checked(wanted)
    bound: Any = (Assignment.from_ <= wanted.ends) & (
        Assignment.until.is_null() | (Assignment.until > wanted.starts)
    )  # fmt: skip
    if wanted.department is not None:
        bound = bound & (Assignment.department == wanted.department)
    if wanted.location is not None:
        bound = bound & (Assignment.location == wanted.location)
    here: Any = Employment.leaves.is_null() | (Employment.leaves >= wanted.starts)
    whose = here & Employment.id.is_in(Assignment.select(Assignment.employment).where(bound))
    people = await Employment.count().where(whose)
    kinds = [one.code for one in await types.all() if one.decision == types.APPROVE]
    kinds = [one for one in kinds if wanted.leave_type in (None, one)]
    overlap = (LeaveRequest.starts <= wanted.ends) & (LeaveRequest.ends >= wanted.starts)
    asked = LeaveRequest.select(LeaveRequest.id).where(
        overlap & LeaveRequest.leave_type.is_in(kinds or [""])
        & LeaveRequest.employment.is_in(Employment.select(Employment.id).where(whose))
    )  # fmt: skip
    asker: Any = Request.employment
    open_or_not = (Request.kind == "leave_request") & Request.state.is_in(list(STANDS)) & Request.subject.is_in(asked)
    rows = (
        await Request.select(Request.number, Request.state, Request.subject, asker.person.name.as_alias("name"))
        .where(open_or_not)
        .order_by(Request.id)
        .limit(MOST_HITS)
    )
    subjects = [row["subject"] for row in rows]
    days = {row["id"]: row for row in await LeaveRequest.select().where(LeaveRequest.id.is_in(subjects or [0]))}
    return people, [
        Hit(row["name"], row["number"], days[row["subject"]]["starts"], days[row["subject"]]["ends"], row["state"])
        for row in rows
    ]


def checked(wanted: Stretch) -> Stretch:
    """The stretch with its reason as one line, or why it can't be."""
    words = one_line(wanted.why)
    if wanted.ends < wanted.starts:
        raise Refused("leave.ends_before_start", starts=wanted.starts, ends=wanted.ends)
    if not words or len(words) > LONGEST:
        raise Refused("leave.blackout_why", most=LONGEST)
    look_alikes.refuse(words)
    return replace(wanted, why=words)


async def add(wanted: Stretch, *, actor: Actor) -> Blackout:
    """Close these days for leave; what was approved before stays."""
    told = checked(wanted)
    async with database.transaction(database.company()):
        row = Blackout(
            public=database.new_public(), starts=told.starts, ends=told.ends, department=told.department,
            location=told.location, leave_type=told.leave_type, why=told.why, made_by=actor.name,
        )  # fmt: skip
        await Blackout.insert(row)
        audit.record("leave.blackout_added", f"blackout:{row.id}", by=actor, starts=told.starts, ends=told.ends)
        return row


async def change(public: str, wanted: Stretch, *, actor: Actor) -> Blackout:
    """Let other days, another kind, other people or another reason hold instead; the old stretch stays on record."""
    async with database.transaction(database.company()):
        await lift(public, actor=actor)
        return await add(wanted, actor=actor)


async def lift(public: str, *, actor: Actor) -> None:
    """Open these days again."""
    async with database.transaction(database.company()):
        lifted = (
            await Blackout.update({Blackout.ended_at: clock.now()})
            .where((Blackout.public == public) & Blackout.ended_at.is_null())
            .returning(Blackout.id)
        )
        if not lifted:
            raise Refused("leave.blackout_gone")
        audit.record("leave.blackout_lifted", f"blackout:{lifted[0]['id']}", by=actor)
