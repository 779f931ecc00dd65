"""One request with all that happened to it, the list of all of them, and handing a step to somebody else."""

from collections.abc import Mapping, Sequence
from typing import Any

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException, PermissionDeniedException
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice import asker, exports, listing, views
from backoffice.asker import Web
from backoffice.bulk import WEB
from backoffice.exports import Export, Reader, exported, moment
from backoffice.guards import Standing, requires, standing
from backoffice.listing import Filter, Head, Listing
from backoffice.rendering import page, refusal
from core import database, sheets
from core.accounts.roles import ADMINISTRATOR, SUPER, SUPPORTING, allowed
from core.approvals import decisions, kinds, routing, story, waiting
from core.approvals.tables import Decision, Step
from core.approvals.tables import Request as Asked
from core.errors import Refused
from core.leave import documents
from core.leave import requests as leave_requests
from core.messaging import attachments, outbox
from core.people import named
from core.people.tables import Employment
from core.phrases import phrase

LOOKS = (SUPER, ADMINISTRATOR, SUPPORTING)
MOST_OWN = 2000
DOORS = {
    "job": "Serambi",
    "email": "E-mail",
    "whatsapp": "WhatsApp",
    "console": "Terminal",
}  # the others are called by their own name
HEADS = (
    Head("number", "web.number"),
    Head("title", "web.who", shape="wide"),
    Head("what", "web.dates", shape="wide"),
    Head("asked", "web.asked", by=Asked.id, shape="left-out"),
    Head("who", "approvalpages.decided_by"),
    Head("state", "web.state", shape="end"),
)


class Handed(Struct):
    """Whose seat goes to whom, and why."""

    from_: str = ""
    to: str = ""
    reason: str = ""


class Taken(Struct):
    """Which list is taken away, and as what."""

    state: str = ""
    format: str = sheets.CSV


class RequestsController(Controller):
    """The requests of the company, one by one."""

    path = "/{company:str}/approvals"
    guards = (requires("approvals", "decide"),)

    @get("/history")
    async def history(self, request: Web) -> Response[str]:
        """All requests for those who look after people; for others, those they decided."""
        where, language = standing(request), asker.of(request).language
        listed = await _listed(listing.asked(request), Reader(language, where.zone))
        async with database.reading(where.company):
            own = None if _looks(where) else where.decides or 0
            found = listed.cut(await listed.page(Asked.select().where(await _wanted(listed, own))))
            rows = await _rows(found, language)
            shelf = await views.shelf(request, "approvals", listed)
        return await page(
            request, "approvals/history.html", place=where.place.name, zone=where.zone, company=where.place,
            rows=rows, list=listed, everything=_looks(where), shelf=shelf,
        )  # fmt: skip

    @post("/history/export", guards=[requires("reports", "read")])
    async def export(self, request: Web, data: URLEncodedBody[Taken]) -> Response[Any]:
        """The list as a file, for those who see all of it."""
        return await exports.answer(request, EXPORT, kind=data.format, state=data.state)

    @get("/{public:str}")
    async def one(self, request: Web, public: FromPath[str], done: FromQuery[str] = "") -> Response[str]:
        """A request, its steps from left to right, and everything that happened to it."""
        return await _one(request, public, done=bool(done))

    @post("/{public:str}/hand-over", guards=[requires("approvals", "reassign")])
    async def hand_over(self, request: Web, public: FromPath[str], data: URLEncodedBody[Handed]) -> Response[str]:
        """Give somebody's seat at the open step to another."""
        where = standing(request)
        async with database.reading(where.company):
            asked = await decisions.by_public(public)
        if asked is None:
            raise NotFoundException
        if where.decides is None:
            raise PermissionDeniedException
        try:
            async with database.reading(where.company):
                to = await named.whom(data.to)
            await routing.reassign(
                asked, from_=int(data.from_[:9]) if data.from_.isdecimal() else 0, to=to.person,
                reason=data.reason, by=where.decides, channel=WEB,
            )  # fmt: skip
        except Refused as no:
            wrong = {"reason" if no.key.endswith("reason") else "to": refusal(request, no, where.zone)}
            return await _one(request, public, wrong=wrong, given=data, status=422)
        return Redirect(f"/{where.place.slug}/approvals/{public}?done=1", status_code=303)


def _looks(where: Standing) -> bool:
    return not where.place.roles.isdisjoint(LOOKS)


async def _listed(asked: Mapping[str, Any], reader: Reader) -> Listing:
    """The list that an address asks for."""
    states = {"": phrase("approvalpages.state_any", reader.language)} | {
        one: phrase(f"web.state_{one}", reader.language) for one in (*kinds.MOVES, kinds.RECORDED)
    }
    filters = (
        Filter("state", "web.state", states), Filter("number", "web.number"),
        Filter("employee", "approvalpages.employee_number", people=True),
    )  # fmt: skip
    return listing.read(asked, HEADS, filters, key=Asked.id, default="-asked")


async def _rows(found: Sequence[Mapping[str, Any]], language: str) -> list[dict[str, Any]]:
    """Requests as the list shows them."""
    requests = await Asked.objects().where(Asked.id.is_in([row["id"] for row in found] or [0]))
    told, given = await kinds.subjects(requests, language), await kinds.verdicts_of(requests)
    names = await waiting.approvers_of_many([one.id for one in requests])
    called = await kinds.called({row["id"]: row["state"] for row in found})
    return [
        {
            "public": row["public"], "number": row["number"], "state": called[row["id"]], "at": row["submitted_at"],
            "title": told[row["id"]].title, "what": told[row["id"]].what,
            "first": told[row["id"]].first, "last": told[row["id"]].last,
            "who": given[row["id"]].named(language) if row["id"] in given else ", ".join(names.get(row["id"], [])),
        }
        for row in found
    ]  # fmt: skip


async def _lines(found: Sequence[Mapping[str, Any]], reader: Reader) -> list[Sequence[object]]:
    return [
        (
            row["number"], row["title"], row["first"] or "", row["last"] or "", row["what"],
            moment(row["at"], reader.zone), row["who"], phrase(f"web.state_{row['state']}", reader.language),
        )
        for row in await _rows(found, reader.language)
    ]  # fmt: skip


async def _all(listed: Listing) -> Any:
    return await _wanted(listed, None)


EXPORT = exported(
    Export(
        "approvals", "reports", "read",
        ("web.number", "web.who", "leavedesk.starts", "leavedesk.ends", "web.dates", "web.asked",
         "approvalpages.decided_by", "web.state"),
        Asked, Asked.all_columns(), _listed, _all, _lines,
    )
)  # fmt: skip


async def _wanted(listed: Listing, own: int | None) -> Any:
    """The requests that a list holds; with `own`, those that this person has decided."""
    wanted: Any = Asked.id > 0
    if own is not None:
        rows = (
            await Decision.select(Decision.step.request.as_alias("request"))
            .where(Decision.actor == own)
            .order_by(Decision.id, ascending=False)
            .limit(MOST_OWN)
        )
        wanted = Asked.id.is_in([row["request"] for row in rows] or [0])
    if listed["state"] in (kinds.APPLIED, kinds.RECORDED):
        asked = Step.select(Step.request)
        decided = Asked.id.is_in(asked) if listed["state"] == kinds.APPLIED else Asked.id.not_in(asked)
        wanted = wanted & (Asked.state == kinds.APPLIED) & decided
    elif listed["state"]:
        wanted = wanted & (Asked.state == listed["state"])
    if listed["number"]:
        wanted = wanted & (Asked.number == listed["number"].strip().upper())
    if listed["employee"]:
        meant = await named.spells(listed["employee"])
        wanted = wanted & Asked.employment.is_in(meant)
    return wanted


async def _one(
    request: Web, public: str, *, done: bool = False, wrong: dict[str, str] | None = None, given: Handed | None = None,
    status: int = 200,
) -> Response[str]:  # fmt: skip
    where, language = standing(request), asker.of(request).language
    async with database.reading(where.company):
        asked = await decisions.by_public(public)
        if asked is None:
            raise NotFoundException
        mine = bool(await waiting.among(where.decides or 0, [asked.id]))
        if not _looks(where) and not await story.was_asked(asked, where.decides or 0) and not mine:
            raise NotFoundException
        told = (await kinds.described([asked], language))[asked.id]
        stages = await story.stages(asked)
        lines = await story.lines(asked, await outbox.arrived(asked.id))
        state = (await kinds.called({asked.id: asked.state}))[asked.id]
        row = await Employment.select(Employment.number).where(Employment.id == asked.employment).first()
        papers = await _papers(asked) if allowed(where.place.roles, "attachments", "open") else []
    open_now = [one for stage in stages if stage.state == "open" for one in stage.places]
    return await page(
        request, "approvals/request.html", status=status, place=where.place.name, zone=where.zone,
        company=where.place, one=asked, told=told, state=state,
        stages=stages, lines=lines, number=row["number"] if row else "",
        mine=mine, papers=papers, done=done, doors=_doors(language),
        wrong=wrong or {}, given=given or Handed(),
        hands={one.person: one.who for one in open_now if not one.ended and one.verdict is None},
        may=allowed(where.place.roles, "approvals", "reassign") and where.decides is not None,
    )  # fmt: skip


def _doors(language: str) -> dict[str, str]:
    """By way of what something happened, as people call it."""
    told = {name: phrase(f"web.through_{name}", language) for name in ("command", "console", "web")}
    return DOORS | told | {kinds.PAPER: phrase("approvalpages.door_paper", language)}


async def _papers(asked: Asked) -> list[tuple[str, str]]:
    """The files of a leave: where each is opened, and what its sender called it."""
    if asked.kind != leave_requests.KIND:
        return []
    return [(one.public, attachments.name_of(one)) for one in await documents.papers_of(asked.subject)]
