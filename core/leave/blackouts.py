"""Stretches of days on which no leave that needs a yes is taken: for everybody, a department or a place."""

from collections.abc import Sequence
from datetime import date

from core import audit, clock, database
from core.audit import Actor
from core.errors import Refused
from core.leave.tables import Blackout
from core.people.directory import Employee

LONGEST = 120


async def holding(employee: Employee, starts: date, ends: date) -> Sequence[Blackout]:
    """The stretches between these days that bind this employee."""
    place = getattr(employee, "location", None)
    rows = (
        await Blackout.objects()
        .where((Blackout.ends >= starts) & (Blackout.starts <= ends) & Blackout.ended_at.is_null())
        .order_by(Blackout.starts, Blackout.id)
    )
    return [
        one for one in rows
        if one.department in (None, employee.department) and one.location in (None, place)
    ]  # fmt: skip


async def refuse(employee: Employee, days: Sequence[date]) -> None:
    """Refuse leave on a day on which none is taken."""
    if not days:
        return
    for one in await holding(employee, min(days), max(days)):
        if any(one.starts <= day <= one.ends for day in days):
            raise Refused("leave.blackout", starts=one.starts, ends=one.ends, why=one.why)


async def every(since: date) -> Sequence[Blackout]:
    """The stretches that are not over on this day, the next first."""
    where = (Blackout.ends >= since) & Blackout.ended_at.is_null()
    return await Blackout.objects().where(where).order_by(Blackout.starts, Blackout.id).limit(200)


async def add(
    starts: date, ends: date, why: str, *, department: int | None = None, location: int | None = None, actor: Actor
) -> Blackout:
    """Close these days for leave; what was approved before stays."""
    words = " ".join(why.split())
    if ends < starts:
        raise Refused("leave.ends_before_start", starts=starts, ends=ends)
    if not words or len(words) > LONGEST:
        raise Refused("leave.blackout_why", most=LONGEST)
    async with database.transaction(database.company()):
        row = Blackout(
            public=database.new_public(), starts=starts, ends=ends, department=department, location=location,
            why=words, made_by=actor.name,
        )  # fmt: skip
        await Blackout.insert(row)
        audit.record("leave.blackout_added", f"blackout:{row.id}", by=actor, starts=starts, ends=ends)
        return row


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
