"""Every leave request of the company, for those who look after people."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice import asker, bulk, exports, listing, views
from backoffice.asked import WAITS, rows_of
from backoffice.asker import Web
from backoffice.bulk import Ticked
from backoffice.controllers.approvals import told_of
from backoffice.exports import Export, Reader, exported
from backoffice.guards import requires, standing
from backoffice.listing import Filter, Head, Listing
from backoffice.rendering import page
from core import clock, database
from core.accounts.roles import allowed
from core.approvals.kinds import APPROVE, REJECT
from core.approvals.tables import Request as Asked
from core.approvals.waiting import among
from core.leave import types
from core.leave.requests import KIND
from core.leave.tables import LeaveRequest
from core.people.directory import DEFAULT_ZONE
from core.people.names import plain
from core.people.places import in_order
from core.people.tables import Assignment, Department, Employment
from core.phrases import phrase

SHOWN = ("waiting", "decided", "papers", "all")
HEADS = (
    Head("number", "web.number"),
    Head("name", "web.who"),
    Head("days", "web.dates", shape="wide"),
    Head("cost", "web.cost", shape="number"),
    Head("left", "leavedesk.left", shape="number left-out"),
    Head("asked", "web.asked", by=Asked.id, shape="left-out"),  # numbers are given in the order of asking
    Head("approvers", "web.with_whom"),
    Head("state", "web.state", shape="end"),
)


class Wanted(Struct):
    """Which file somebody wants of the list."""

    format: str = "csv"
    state: str = ""


class LeaveController(Controller):
    """The company's leave."""

    path = "/{company:str}/leave"
    guards = (requires("leave", "read"),)

    @get()
    async def inbox(self, request: Web, done: FromQuery[str] = "") -> Response[str]:
        """Requests, the longest-waiting first; decided ones the newest first."""
        return await _inbox(request, listing.asked(request), done=done)

    @post("/decide", guards=[requires("approvals", "decide")])
    async def decide(self, request: Web, data: URLEncodedBody[Ticked]) -> Response[str]:
        """Approve or reject what was ticked, each by itself: what a rule refuses stays ticked, with its reason."""
        if data.verdict not in (APPROVE, REJECT):
            raise NotFoundException
        state = data.state[:2000]
        if data.lacks_reason and data.items:
            return await _inbox(request, dict(parse_qsl(state)), given=data, status=422)
        given = await bulk.decide(request, data.items, data.verdict, data.reason)
        done = ".".join(given.done)
        if given.refused or not data.items:
            asked = dict(parse_qsl(state))
            return await _inbox(request, asked, done=done, answers=given.refused, given=data, status=422)
        kept = urlencode([(name, value) for name, value in parse_qsl(state) if name != "done"] + [("done", done)])
        return Redirect(f"/{standing(request).place.slug}/leave?{kept}", status_code=303)

    @post("/export")
    async def export(self, request: Web, data: URLEncodedBody[Wanted]) -> Response[Any]:
        """The list as a file."""
        return await exports.answer(request, EXPORT, kind=data.format, state=data.state)


async def _inbox(
    request: Web, asked: Mapping[str, str], *, done: str = "", answers: Mapping[str, str] | None = None,
    given: Ticked | None = None, status: int = 200,
) -> Response[str]:  # fmt: skip
    where, language = standing(request), asker.of(request).language
    reader = Reader(language, where.place.zone)
    async with database.reading(where.company):
        listed = await listed_of(asked, reader)
        found = listed.cut(await listed.page(Asked.select().where(await where_of(listed))))
        rows = await rows_of(found, language)
        waiting = await Asked.count().where(WAITS)
        oldest = await Asked.select(Asked.submitted_at).where(WAITS).order_by(Asked.id).first()
        shelf = await views.shelf(request, "leave", listed)
        mine = await among(where.decides, [row["id"] for row in found]) if where.decides else set()
        just = await told_of(done)
    return await page(
        request, "leave/inbox.html", status=status, place=where.place.name, zone=where.place.zone, rows=rows,
        list=listed, waiting=waiting, oldest=oldest["submitted_at"] if oldest else None, company=where.place,
        may_look=allowed(where.place.roles, "approvals", "decide") and allowed(where.place.roles, "reports", "read"),
        may_open=allowed(where.place.roles, "people", "read"),
        may_record=allowed(where.place.roles, "leave", "record"),
        may_correct=allowed(where.place.roles, "leave", "correct"), shelf=shelf, answers=answers or {}, done=just,
        mine=mine if allowed(where.place.roles, "approvals", "decide") else set(), given=given,
    )  # fmt: skip


async def listed_of(asked: Mapping[str, str], reader: Reader) -> Listing:
    """The list that an address asks for."""
    shown = {one: phrase(f"web.leave_show_{one}", reader.language) for one in SHOWN}
    departments = await in_order(Department)
    kinds = {one.code: one.name(reader.language) for one in await types.all()}
    filters = (
        Filter("show", "lists.filter", shown, SHOWN[0], pills=True),
        Filter("q", "leavedesk.name_or_number"),
        Filter("type", "leavedesk.type", {"": phrase("leavedesk.any_type", reader.language)} | kinds),
        Filter(
            "department", "leavedesk.department",
            {"": phrase("leavedesk.any_department", reader.language)}
            | {str(row["id"]): row["name"] for row in departments},
        ),
    )  # fmt: skip
    order = "-asked" if asked.get("show") in SHOWN[1:] else "asked"
    return listing.read(asked, HEADS, filters, key=Asked.id, default=order)


async def where_of(listed: Listing) -> Any:
    """Which requests that list holds."""
    wanted: Any = WAITS
    if listed["show"] != "waiting":
        wanted = Asked.kind == KIND
        if listed["show"] == "decided":
            wanted = wanted & (Asked.state != "in_review")
        elif listed["show"] == "papers":
            late = (LeaveRequest.document_due < clock.today(DEFAULT_ZONE)) & LeaveRequest.document_met_at.is_null()
            wanted = wanted & Asked.subject.is_in(LeaveRequest.select(LeaveRequest.id).where(late))
            wanted = wanted & Asked.state.is_in(["applied", "cancel_requested"])
    if listed["type"]:
        of_kind = LeaveRequest.select(LeaveRequest.id).where(LeaveRequest.leave_type == listed["type"])
        wanted = wanted & Asked.subject.is_in(of_kind)
    if listed["q"]:
        words = plain(listed["q"]).replace("%", "").replace("_", "")
        people = Employment.select(Employment.id).where(Employment.person.search.like(f"%{words}%"))
        wanted = wanted & ((Asked.number == listed["q"].upper()) | Asked.employment.is_in(people))
    if listed["department"]:
        today = clock.today(DEFAULT_ZONE)
        members = Assignment.select(Assignment.employment).where(
            (Assignment.department == int(listed["department"])) & (Assignment.from_ <= today)
            & (Assignment.until.is_null() | (Assignment.until > today))
        )  # fmt: skip
        wanted = wanted & Asked.employment.is_in(members)
    return wanted


async def lines_of(found: Sequence[Mapping[str, Any]], reader: Reader) -> list[Sequence[object]]:
    """The requests as lines of a file."""
    language = reader.language
    told: list[Sequence[object]] = []
    for row in await rows_of(found, language):
        left = "" if row["left"] is None else exports.days(row["left"], language)
        since, state = exports.moment(row["submitted_at"], reader.zone), phrase(f"web.state_{row['state']}", language)
        days = row["starts"], row["ends"], exports.days(row["cost"], language), left
        told.append((row["number"], row["name"], *days, since, row["approvers"], state))
    return told


EXPORT = exported(
    Export(
        "leave", "leave", "read",
        ("web.number", "web.who", "leavedesk.starts", "leavedesk.ends", "web.cost", "leavedesk.left", "web.asked",
         "web.with_whom", "web.state"),
        Asked, Asked.all_columns(), listed_of, where_of, lines_of,
    )
)  # fmt: skip
