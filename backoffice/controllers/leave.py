"""Every leave request of the company, for those who look after people."""

from collections.abc import Mapping, Sequence
from typing import Any

from litestar import Controller, Response, get

from backoffice import asker, listing
from backoffice.asker import Web
from backoffice.guards import requires, standing
from backoffice.listing import Filter, Head
from backoffice.rendering import page
from core import database
from core.approvals.kinds import IN_REVIEW
from core.approvals.tables import Request as Asked
from core.approvals.tables import StepApprover
from core.leave.requests import KIND
from core.leave.tables import LeaveDay, LeaveRequest
from core.people.tables import Employment
from core.phrases import phrase, rentang

SHOWN = ("waiting", "decided", "all")
HEADS = (
    Head("number", "web.number"),
    Head("name", "web.who"),
    Head("days", "web.dates", shape="wide"),
    Head("cost", "web.cost", shape="number"),
    Head("asked", "web.asked", by=Asked.id, shape="left-out"),  # numbers are given in the order of asking
    Head("approvers", "web.with_whom"),
    Head("state", "web.state", shape="end"),
)


class LeaveController(Controller):
    """The company's leave."""

    path = "/{company:str}/leave"
    guards = (requires("leave", "read"),)

    @get()
    async def inbox(self, request: Web) -> Response[str]:
        """Requests, the longest-waiting first; decided ones the newest first."""
        where, language = standing(request), asker.of(request).language
        shown = Filter(
            "show",
            "lists.filter",
            {one: phrase(f"web.leave_show_{one}", language) for one in SHOWN},
            SHOWN[0],
            pills=True,
        )
        show = str(request.query_params.get("show", ""))
        listed = listing.read(request, HEADS, [shown], key=Asked.id, default="-asked" if show in SHOWN[1:] else "asked")
        waits = (Asked.kind == KIND) & (Asked.state == IN_REVIEW)
        async with database.reading(where.company):
            wanted = {"waiting": waits, "decided": (Asked.kind == KIND) & (Asked.state != IN_REVIEW)}.get(
                listed["show"], Asked.kind == KIND
            )
            found = listed.cut(await listed.page(Asked.select().where(wanted)))
            rows = await _rows(found, language)
            waiting = await Asked.count().where(waits)
            oldest = await Asked.select(Asked.submitted_at).where(waits).order_by(Asked.id).first()
        return await page(
            request, "leave/inbox.html", place=where.place.name, zone=where.place.zone, rows=rows, list=listed,
            waiting=waiting, oldest=oldest["submitted_at"] if oldest else None,
        )  # fmt: skip


async def _rows(found: Sequence[Mapping[str, Any]], language: str) -> list[dict[str, object]]:
    """The requests with their leave, people and approvers; a fixed number of queries, however many there are."""
    if not found:
        return []
    leaves = {
        one.id: one
        for one in await LeaveRequest.objects().where(LeaveRequest.id.is_in([one["subject"] for one in found]))
    }
    names = await Employment.select(Employment.id, Employment.person.name.as_alias("name")).where(
        Employment.id.is_in([one["employment"] for one in found])
    )
    name_of = {row["id"]: row["name"] for row in names}
    cost: dict[int, int] = {}
    for day in await LeaveDay.select(LeaveDay.request, LeaveDay.fraction, LeaveDay.counted).where(
        LeaveDay.request.is_in(list(leaves))
    ):
        cost[day["request"]] = cost.get(day["request"], 0) + (day["fraction"] if day["counted"] else 0)
    approvers: dict[int, list[str]] = {}
    for row in await StepApprover.select(
        StepApprover.step.request.as_alias("request"), StepApprover.person.name.as_alias("name")
    ).where(StepApprover.step.request.is_in([one["id"] for one in found])):
        approvers.setdefault(row["request"], []).append(row["name"].split()[0])
    return [
        {
            "number": one["number"], "name": name_of[one["employment"]], "cost": cost.get(one["subject"], 0),
            "days": rentang(leaves[one["subject"]].starts, leaves[one["subject"]].ends, language),
            "state": one["state"], "submitted_at": one["submitted_at"],
            "approvers": ", ".join(approvers.get(one["id"], [])),
        }
        for one in found
    ]  # fmt: skip
