"""Every leave request of the company, for those who look after people."""

from litestar import Controller, Response, get
from litestar.params import FromQuery

from backoffice import asker
from backoffice.asker import Web
from backoffice.guards import requires, standing
from backoffice.rendering import After, page
from core import database
from core.approvals.kinds import IN_REVIEW
from core.approvals.tables import Request as Asked
from core.approvals.tables import StepApprover
from core.leave.requests import KIND
from core.leave.tables import LeaveDay, LeaveRequest
from core.people.tables import Employment
from core.phrases import rentang

PAGE = 50
SHOWN = ("waiting", "decided", "all")


class LeaveController(Controller):
    """The company's leave."""

    path = "/{company:str}/leave"
    guards = (requires("leave", "read"),)

    @get()
    async def inbox(self, request: Web, show: FromQuery[str] = "waiting", before: After = 0) -> Response[str]:
        """Requests, the longest-waiting first; decided ones the newest first."""
        where, language = standing(request), asker.of(request).language
        show = show if show in SHOWN else "waiting"
        async with database.reading(where.company):
            wanted = (Asked.kind == KIND) & (
                (Asked.state == IN_REVIEW)
                if show == "waiting"
                else (Asked.state != IN_REVIEW)
                if show == "decided"
                else (Asked.id > 0)
            )
            if before:
                wanted = wanted & ((Asked.id > before) if show == "waiting" else (Asked.id < before))
            found = await Asked.objects().where(wanted).order_by(Asked.id, ascending=show == "waiting").limit(PAGE + 1)
            rows = await _rows(found[:PAGE], language)
            waiting = await Asked.count().where((Asked.kind == KIND) & (Asked.state == IN_REVIEW))
            oldest = (
                await Asked.select(Asked.submitted_at)
                .where((Asked.kind == KIND) & (Asked.state == IN_REVIEW))
                .order_by(Asked.id)
                .first()
            )
        return await page(
            request, "leave/inbox.html", place=where.place.name, zone=where.place.zone, rows=rows, shown=show,
            waiting=waiting, oldest=oldest["submitted_at"] if oldest else None,
            further=found[PAGE - 1].id if len(found) > PAGE else None,
        )  # fmt: skip


async def _rows(found: list[Asked], language: str) -> list[dict[str, object]]:
    """The requests with their leave, people and approvers; a fixed number of queries, however many there are."""
    if not found:
        return []
    leaves = {
        one.id: one for one in await LeaveRequest.objects().where(LeaveRequest.id.is_in([one.subject for one in found]))
    }
    names = await Employment.select(Employment.id, Employment.person.name.as_alias("name")).where(
        Employment.id.is_in([one.employment for one in found])
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
    ).where(StepApprover.step.request.is_in([one.id for one in found])):
        approvers.setdefault(row["request"], []).append(row["name"].split()[0])
    return [
        {
            "number": one.number, "name": name_of[one.employment], "cost": cost.get(one.subject, 0), "state": one.state,
            "days": rentang(leaves[one.subject].starts, leaves[one.subject].ends, language),
            "submitted_at": one.submitted_at, "approvers": ", ".join(approvers.get(one.id, [])),
        }
        for one in found
    ]  # fmt: skip
