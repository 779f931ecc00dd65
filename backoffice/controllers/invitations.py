"""Inviting many at once: who is chosen and how they can be reached, each batch with what became of it, its sheet."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect
from piccolo.query.functions.aggregate import Count

from backoffice import actors, asker, exports, listing
from backoffice.asker import Web
from backoffice.controllers.imports import file_answer
from backoffice.controllers.person import may_secure
from backoffice.guards import acting, requires, standing
from backoffice.listing import Filter, Listing
from backoffice.rendering import page, refusal
from core import clock, database, settings, sheets
from core.accounts import inviting, reasons, taking
from core.accounts.inviting import Choice
from core.accounts.tables import InvitationBatch, Invited
from core.errors import Refused
from core.messaging import invited_together
from core.messaging.invited_together import Code
from core.people.tables import Department, Location
from core.phrases import phrase, saat

SHOWN = 50
USED, EXPIRED, ENDED = "used", "expired", "ended"
PAGE = "page"  # the sheet as a page that is printed
HEADS = ("staff.column_employee_number", "staff.name", "staff.department", "invitations.code", "invitations.until")


class InvitationsController(Controller):
    """`/{company}/invitations`."""

    path = "/{company:str}/invitations"
    guards = (requires("people", "write"),)

    @get()
    async def show(self, request: Web) -> Response[str]:
        """Whom one would invite, how they can be reached, and the batches so far."""
        return await _index(request, request.query_params)

    @post("/begin")
    async def begin(self, request: Web) -> Response[Any]:
        """Invite everybody who is chosen; the page of the batch shows how it goes."""
        where = standing(request)
        asked = dict(parse_qsl(str((await request.form()).get("state") or "")[:2000]))
        async with database.reading(where.company):
            listed = await _listed(asked, asker.of(request).language)
        try:
            public = await invited_together.begin(where.company, _choice(listed), by=acting(request))
        except Refused as no:
            return await _index(request, asked, wrong=refusal(request, no, where.place.zone))
        return Redirect(f"/{where.place.slug}/invitations/{public}", status_code=303)

    @get("/{public:str}")
    async def batch(self, request: Web, public: FromPath[str]) -> Response[str]:
        """How far a batch is, and what became of everybody in it."""
        return await _batch(request, public)

    @post("/{public:str}/revoke")
    async def revoke(self, request: Web, public: FromPath[str]) -> Response[Any]:
        """Take back what was not used."""
        where = standing(request)
        async with database.reading(where.company):
            await _found(public)
        try:
            await invited_together.revoke(where.company, public, by=acting(request))
        except Refused as no:
            return await _batch(request, public, wrong={"": refusal(request, no, where.place.zone)})
        return Redirect(f"/{where.place.slug}/invitations/{public}", status_code=303)

    @post("/{public:str}/sheet", guards=[requires("accounts", "secure")])
    async def sheet(self, request: Web, public: FromPath[str]) -> Response[Any]:
        """The codes of those who got no mail, as a file or as a page to print, for a reason."""
        where, language, form = standing(request), asker.of(request).language, await request.form()
        kind, reason = str(form.get("format") or PAGE), str(form.get("reason") or "")
        async with database.reading(where.company):
            await _found(public)
        try:
            reasons.check(reason)
            await taking.claim(taking.FILES, where.company, acting(request).name)
            codes = await invited_together.sheet(where.company, public, reason, by=acting(request))
        except Refused as no:
            wrong = {"reason": refusal(request, no, where.place.zone)}
            return await _batch(request, public, wrong=wrong, reason=reason)
        if kind in sheets.KINDS:
            head = [phrase(key, language) for key in HEADS]
            raw = sheets.written(kind, head, [_line(one) for one in codes])
            return file_answer(f"serambi-codes.{kind}", kind, raw)
        answer = await page(
            request, "invitations/sheet.html", place=where.place.name, zone=where.place.zone, company=where.place,
            public=public, codes=[(one, saat(one.expires_at, one.zone, language)) for one in codes],
        )  # fmt: skip
        answer.headers["cache-control"] = "no-store"
        return answer


def _line(one: Code) -> tuple[str, ...]:
    return one.number, one.name, one.department, one.code, exports.moment(one.expires_at, one.zone)


async def _listed(asked: Mapping[str, Any], language: str) -> Listing:
    """Whom an address chooses."""
    departments = await Department.select(Department.name).order_by(Department.name)
    places = await Location.select(Location.name).order_by(Location.name)
    anyone = {"": phrase("staff.any", language)}
    filters = [
        Filter("department", "staff.department", anyone | {row["name"]: row["name"] for row in departments}),
        Filter("location", "staff.location", anyone | {row["name"]: row["name"] for row in places}),
        Filter(
            "who", "invitations.who", {one: phrase(f"invitations.who_{one}", language) for one in inviting.WHO},
            inviting.NEVER,
        ),
    ]  # fmt: skip
    file = str(asked.get("file") or "")[:22]
    if file:
        only = {"": phrase("invitations.any_file", language), file: phrase("invitations.of_file", language)}
        filters.append(Filter("file", "invitations.file", only))
    return listing.read({name: str(asked[name]) for name in asked}, (), filters, key=Invited.id, default="row")


def _choice(listed: Listing) -> Choice:
    return Choice(listed["department"], listed["location"], listed["who"], listed.chosen.get("file", ""))


async def _index(request: Web, asked: Mapping[str, Any], wrong: str = "") -> Response[str]:
    where = standing(request)
    async with database.reading(where.company):
        listed = await _listed(asked, asker.of(request).language)
        reach = await inviting.reachable(_choice(listed))
        made = await InvitationBatch.select().order_by(InvitationBatch.id, ascending=False).limit(SHOWN)
        names = await actors.names({one["by"] for one in made})
    return await page(
        request, "invitations/index.html", status=422 if wrong else 200, place=where.place.name,
        zone=where.place.zone, company=where.place, list=listed, reach=reach, wrong=wrong,
        served=bool(settings.current().smtp_url),
        made=[{**one, "who": names.get(one["by"], "")} for one in made],
    )  # fmt: skip


async def _batch(
    request: Web, public: str, wrong: Mapping[str, str] | None = None, reason: str = ""
) -> Response[str]:  # fmt: skip
    where, language = standing(request), asker.of(request).language
    async with database.reading(where.company):
        one = await _found(public)
        rows = (
            await Invited.select(Invited.outcome, Count(alias="people"))
            .where(Invited.batch == one.id)
            .group_by(Invited.outcome)
        )
        counts = {row["outcome"]: row["people"] for row in rows}
        used = await Invited.count().where((Invited.batch == one.id) & Invited.invitation.used_at.is_not_null())
        show = Filter(
            "show", "invitations.show",
            {"": phrase("invitations.show_all", language)}
            | {name: phrase(f"invitations.is_{name}", language) for name in (USED, *counts)},
            pills=True,
        )  # fmt: skip
        listed = listing.read(request, (), [show], key=Invited.id, default="row")
        people = listed.cut(await listed.page(_people().where(_which(one.id, listed["show"]))))
        names = await actors.names({one.by})
    return await page(
        request, "invitations/batch.html", status=422 if wrong else 200, place=where.place.name,
        zone=where.place.zone, company=where.place, one=one, counts=counts, used=used, list=listed,
        people=[{**row, "is": _became(row)} for row in people], running=one.state == invited_together.RUNNING,
        who=names.get(one.by, ""), may_sheet=may_secure(where) and counts.get(invited_together.SHEET, 0),
        wrong=wrong or {}, reason=reason,
    )  # fmt: skip


def _people() -> Any:
    spell: Any = Invited.employment
    return Invited.select(
        Invited.id, Invited.outcome, spell.public.as_alias("public"), spell.number.as_alias("number"),
        spell.person.name.as_alias("name"), Invited.invitation.used_at.as_alias("used_at"),
        Invited.invitation.replaced.as_alias("replaced"), Invited.invitation.expires_at.as_alias("expires_at"),
    )  # fmt: skip


def _which(batch: int, show: str) -> Any:
    mine: Any = Invited.batch == batch
    if show == USED:
        return mine & Invited.invitation.used_at.is_not_null()
    return mine & (Invited.outcome == show) if show else mine


def _became(row: Mapping[str, Any]) -> str:
    """What is to be said of somebody's invitation now."""
    if row["expires_at"] is None:
        return str(row["outcome"])
    if row["used_at"] is not None:
        return USED
    if row["replaced"]:
        return ENDED
    return EXPIRED if row["expires_at"] < clock.now() else str(row["outcome"])


async def _found(public: str) -> InvitationBatch:
    one = await InvitationBatch.objects().where(InvitationBatch.public == public).first()
    if one is None:
        raise NotFoundException
    return one
