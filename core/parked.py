"""Jobs that were given up: seen by the company they were for, tried again, or dropped for good."""

from collections.abc import Sequence
from typing import Any

from core import audit, clock, database, jobs
from core.audit import Actor
from core.errors import Refused
from core.jobs import Job

PARKED = "parked"


async def of_company(most: int) -> Sequence[dict[str, Any]]:
    """The given-up jobs of the open company, the newest first, without what they were about."""
    return (
        await Job.select(Job.id, Job.name, Job.attempts, Job.error, Job.run_at)
        .where((Job.company == database.company()) & (Job.state == PARKED))
        .order_by(Job.id, ascending=False)
        .limit(most)
    )


async def try_again(number: int, *, by: Actor) -> None:
    """Have a given-up job done once more, from its first attempt."""
    await _change(number, {Job.state: "queued"})
    await jobs.again(number)
    audit.record("job.tried_again", f"job:{number}", by=by)


async def drop(number: int, *, by: Actor) -> None:
    """Give a job up for good; what it was to do stays undone."""
    await _change(number, {Job.state: "done", Job.run_at: clock.now()})
    audit.record("job.dropped", f"job:{number}", by=by)


async def _change(number: int, values: dict[Any, Any]) -> None:
    mine = (Job.id == number) & (Job.company == database.company()) & (Job.state == PARKED)
    if not await Job.update(values).where(mine).returning(Job.id):
        raise Refused("jobs.not_parked")
