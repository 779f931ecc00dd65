"""What HR has recorded of who worked on past collective days, each batch as far as it is."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from core import database, vault
from core.jobs import Job
from core.leave.tables import LeaveBatch, WorkedDay
from core.leave.worked_past import GIVE, PUT_BACK, WHY, WORKED


@dataclass(frozen=True)
class Recorded:
    """A batch as it stands; `left` could not be put back, since what had come of it was spent."""

    public: str
    date: date
    people: int
    done: int
    left: int
    why: str
    by: str
    at: datetime
    undone_at: datetime | None
    running: bool
    stopped: bool


async def recorded(most: int = 20) -> Sequence[Recorded]:
    """The batches so far, the latest first, each as far as it is."""
    rows = (
        await LeaveBatch.select().where(LeaveBatch.kind == WORKED).order_by(LeaveBatch.id, ascending=False).limit(most)
    )
    states = await _states()
    found = []
    for row in rows:
        of_batch = WorkedDay.batch == row["id"]
        done = WorkedDay.put_back_at.is_not_null() if row["undone_at"] else WorkedDay.given_at.is_not_null()
        first = await WorkedDay.select(WorkedDay.leave_day.date.as_alias("date")).where(of_batch).first()
        assert first is not None
        state = states.get(row["id"], set())
        found.append(
            Recorded(
                row["public"], first["date"], row["people"], await WorkedDay.count().where(of_batch & done),
                await WorkedDay.count().where(of_batch & (WorkedDay.stays == True)),  # noqa: E712
                vault.unseal(row["why"], company=row["company"], column=WHY), row["made_by"], row["made_at"],
                row["undone_at"], bool(state - {"parked"}), state == {"parked"},
            )
        )  # fmt: skip
    return found


async def _states() -> dict[int, set[str]]:
    """The jobs that still work on batches, by the batch."""
    rows = await Job.select(Job.state, Job.args).where(
        (Job.company == database.company()) & Job.name.is_in([GIVE, PUT_BACK])
        & Job.state.is_in(["queued", "running", "parked"])
    )  # fmt: skip
    found: dict[int, set[str]] = {}
    for row in rows:
        found.setdefault(json.loads(row["args"])[0], set()).add(row["state"])
    return found
