"""Every leave request of the company, for those who look after people."""

from litestar import Controller, Response, get

from backoffice import asker, listing
from backoffice.asked import WAITS, rows_of
from backoffice.asker import Web
from backoffice.guards import requires, standing
from backoffice.listing import Filter, Head
from backoffice.rendering import page
from core import database
from core.approvals.kinds import IN_REVIEW
from core.approvals.tables import Request as Asked
from core.leave.requests import KIND
from core.phrases import phrase

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
        async with database.reading(where.company):
            wanted = {"waiting": WAITS, "decided": (Asked.kind == KIND) & (Asked.state != IN_REVIEW)}.get(
                listed["show"], Asked.kind == KIND
            )
            found = listed.cut(await listed.page(Asked.select().where(wanted)))
            rows = await rows_of(found, language)
            waiting = await Asked.count().where(WAITS)
            oldest = await Asked.select(Asked.submitted_at).where(WAITS).order_by(Asked.id).first()
        return await page(
            request, "leave/inbox.html", place=where.place.name, zone=where.place.zone, rows=rows, list=listed,
            waiting=waiting, oldest=oldest["submitted_at"] if oldest else None,
        )  # fmt: skip
