"""Requests for leave as lists show them: who, when, how long, in whose hands, how long it has been waiting."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from core import clock
from core.approvals.kinds import IN_REVIEW, called
from core.approvals.tables import Request as Asked
from core.approvals.waiting import approvers_of_many
from core.leave import requests, types
from core.leave.requests import KIND
from core.leave.tables import LeaveBalance, LeaveRequest
from core.people.tables import Employment
from core.phrases import phrase

HOUR, DAY = 3600, 86_400
OPEN = (IN_REVIEW, "cancel_requested")
WAITS = (Asked.kind == KIND) & (Asked.state == IN_REVIEW)


async def rows_of(found: Sequence[Mapping[str, Any]], language: str) -> list[dict[str, Any]]:
    """The requests with their leave, people and approvers; a fixed number of queries, however many there are."""
    if not found:
        return []
    subjects = [one["subject"] for one in found]
    leaves = {one.id: one for one in await LeaveRequest.objects().where(LeaveRequest.id.is_in(subjects))}
    names = await Employment.select(Employment.id, Employment.public, Employment.person.name.as_alias("name")).where(
        Employment.id.is_in([one["employment"] for one in found])
    )
    of = {row["id"]: row for row in names}
    stands = await requests.stand(list(leaves.values()))
    # A kind that is not counted in lots has a row too, which requests hold against each other; it says nothing of days.
    kinds = await types.every()
    in_lots, called_so = (
        {kind.code for kind in kinds if kind.in_lots},
        {kind.code: kind.name(language) for kind in kinds},
    )
    left = {
        (row["employment"], row["leave_type"]): row["available"]
        for row in await LeaveBalance.select().where(
            LeaveBalance.employment.is_in([one["employment"] for one in found])
        )
        if row["leave_type"] in in_lots
    }
    approvers = await approvers_of_many([one["id"] for one in found])
    states = await called({one["id"]: one["state"] for one in found})
    told = []
    for one in found:
        leave = leaves[one["subject"]]
        told.append(
            {
                "id": one["id"], "public": one["public"], "version": one["version"],
                "number": one["number"], "name": of[one["employment"]]["name"], "cost": stands[one["subject"]].cost,
                "days": stands[one["subject"]].words(language), "starts": leave.starts, "ends": leave.ends,
                "person": of[one["employment"]]["public"],
                "type": called_so.get(leave.leave_type, leave.leave_type),
                "left": left.get((one["employment"], leave.leave_type)), "state": states[one["id"]],
                "submitted_at": one["submitted_at"], "age": age(one["submitted_at"], language),
                "approvers": ", ".join(approvers.get(one["id"], []) if states[one["id"]] in OPEN else []),
            }
        )  # fmt: skip
    return told


def age(since: datetime, language: str) -> str:
    """How long ago, in the largest unit that fits: `5 menit`, `3 jam`, `2 hari`."""
    seconds = max(0, int((clock.now() - since).total_seconds()))
    unit, number = (
        ("minutes", seconds // 60) if seconds < HOUR else ("hours", seconds // HOUR) if seconds < DAY
        else ("days", seconds // DAY)
    )  # fmt: skip
    return phrase(f"board.{unit}", language, number=str(number), count=number)
