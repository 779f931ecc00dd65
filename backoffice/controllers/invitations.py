"""Inviting many at once: who is chosen and how they can be reached, each batch with what became of it, its sheet."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from backoffice import actors, asker, exports, listing
from backoffice.asker import Web
from backoffice.controllers.person import may_secure
from backoffice.exports import Export, Reader, exported
from backoffice.guards import acting, requires, standing
from backoffice.listing import Filter, Listing
from backoffice.rendering import page, refusal
from core import clock, database, settings, sheets
from core.accounts import inviting, reasons, taking
from core.accounts.inviting import Choice
from core.accounts.tables import InvitationBatch, Invited
from core.audit import NOBODY
from core.errors import Refused
from core.messaging import code_sheets, entrances, invited_together
from core.people.places import in_order
from core.people.tables import Department, Location
from core.phrases import phrase, saat

SHOWN = 50
USED, EXPIRED, ENDED = "used", "expired", "ended"
SENT = (invited_together.MAILED, invited_together.SHEET, invited_together.REFUSED)
ORDER = (
    USED, *SENT, EXPIRED, ENDED, invited_together.ABOVE, invited_together.BLOCKED, invited_together.OFTEN,
    invited_together.GONE, invited_together.STOPPED, invited_together.WAITING,
)  # fmt: skip
HEADS = (
    "staff.location", "staff.department", "staff.name", "staff.column_employee_number", "invitations.code",
    "invitations.until",
)  # fmt: skip


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
        where, by, form = standing(request), acting(request), await request.form()
        kind, reason, place = (str(form.get(name) or "") for name in ("format", "reason", "location"))
        async with database.reading(where.company):
            await _found(public)
        printed = kind not in sheets.KINDS
        try:
            reasons.check(reason)
            await taking.claim(taking.PAGES if printed else taking.FILES, where.company, by.name)
            await code_sheets.open_(where.company, public, reason, by=by, place=place, printed=printed)
        except Refused as no:
            name = "location" if no.key == "invitations.sheet_too_long" else "reason"
            wrong = {name: refusal(request, no, where.place.zone)}
            return await _batch(request, public, wrong=wrong, reason=reason, at=place)
        if not printed:
            return await exports.given(request, SHEET, kind=kind, state=urlencode({"of": public, "location": place}))
        codes = await code_sheets.printed(where.company, public, place, by)
        language = asker.of(request).language
        async with database.reading(where.company):
            chats = [one.told(language) for one in await entrances.open_here()]
        answer = await page(
            request, "invitations/sheet.html", place=where.place.name, zone=where.place.zone, company=where.place,
            public=public, codes=[(one, saat(one.expires_at, one.zone, language)) for one in codes], chats=chats,
        )  # fmt: skip
        answer.headers["cache-control"] = "no-store"
        return answer


async def _of_sheet(asked: Mapping[str, str], reader: Reader) -> Listing:
    """Whose codes a file holds: of one batch, at every place or at one."""
    places = await in_order(Location)
    of = str(asked.get("of") or "")
    batch = await InvitationBatch.select(InvitationBatch.made_at).where(InvitationBatch.public == of).first()
    called = {of: saat(batch["made_at"], reader.zone, reader.language)} if batch else {}
    filters = [
        Filter("of", "invitations.made_at", {"": "", **called}),
        Filter("location", "staff.location", {"": "", **{row["name"]: row["name"] for row in places}}),
    ]
    return listing.read(asked, (), filters, key=Invited.id, default="row")


async def _on_sheet(listed: Listing) -> Any:
    return code_sheets.on_it(listed["of"], listed["location"])


async def _lines(rows: Sequence[Mapping[str, Any]], reader: Reader) -> list[Sequence[object]]:
    return [
        (
            one.location, one.department, one.name, one.number, one.code,
            exports.moment(one.expires_at, one.zone),
        )
        for one in await code_sheets.codes(rows, reader.by or NOBODY)
    ]  # fmt: skip


SHEET = exported(
    Export("codes", "accounts", "secure", HEADS, Invited, code_sheets.columns(), _of_sheet, _on_sheet, _lines)
)


async def _listed(asked: Mapping[str, Any], language: str) -> Listing:
    """Whom an address chooses."""
    departments = await in_order(Department)
    places = await in_order(Location)
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
    request: Web, public: str, wrong: Mapping[str, str] | None = None, reason: str = "", at: str = ""
) -> Response[str]:  # fmt: skip
    where, language = standing(request), asker.of(request).language
    async with database.reading(where.company):
        one = await _found(public)
        counts = await _counts(one.id)
        show = Filter(
            "show", "invitations.show",
            {"": phrase("invitations.show_all", language)}
            | {name: phrase(f"invitations.is_{name}", language) for name in counts},
            pills=True,
        )  # fmt: skip
        listed = listing.read(request, (), [show], key=Invited.id, default="row")
        people = listed.cut(await listed.page(_people().where(_which(one.id, listed["show"]))))
        names = await actors.names({one.by})
        places = await in_order(Location)
    return await page(
        request, "invitations/batch.html", status=422 if wrong else 200, place=where.place.name,
        zone=where.place.zone, company=where.place, one=one, counts=counts, list=listed,
        people=[{**row, "is": _became(row)} for row in people], running=one.state == invited_together.RUNNING,
        who=names.get(one.by, ""), may_sheet=may_secure(where) and counts.get(invited_together.SHEET, 0),
        wrong=wrong or {}, reason=reason, at=at,
        places={"": phrase("staff.any", language)} | {row["name"]: row["name"] for row in places},
    )  # fmt: skip


NO_CODE = "none"
# By what each row was and, where its code does not wait any more, by what became of it: as `_which` and `_became` say.
COUNTED = f"""
select outcome as outcome, now as now, count(*) as people from (
  select i.outcome as outcome, case when c.id is null then '{NO_CODE}'
    when c.used_at is not null then '{USED}' when c.replaced then '{ENDED}'
    when c.expires_at < {{}} then '{EXPIRED}' end as now
  from invited i left join invitation c on c.company = :company and c.id = i.invitation
  where i.company = :company and i.batch = {{}}
) as became group by outcome, now"""


def _people() -> Any:
    spell: Any = Invited.employment
    return Invited.select(
        Invited.id, Invited.outcome, spell.public.as_alias("public"), spell.number.as_alias("number"),
        spell.person.name.as_alias("name"), Invited.invitation.used_at.as_alias("used_at"),
        Invited.invitation.replaced.as_alias("replaced"), Invited.invitation.expires_at.as_alias("expires_at"),
    )  # fmt: skip


async def _counts(batch: int) -> dict[str, int]:
    """How many there are of each kind that a row of the page may be; none that nobody is."""
    found: Counter[str] = Counter()
    for row in await database.tally(Invited, COUNTED, clock.now(), batch):
        outcome, now, people = row["outcome"], row["now"], row["people"]
        if now != NO_CODE:
            found[now or outcome] += people
        if now and outcome not in SENT:  # it stands under what it was, whatever became of its code
            found[outcome] += people
    return {name: found[name] for name in ORDER if found.get(name)}


def _which(batch: int, show: str) -> Any:
    """Whom a page shows: of the invited, by what can still be done with their code, as in `_became`."""
    mine: Any = Invited.batch == batch
    code: Any = Invited.invitation
    unused: Any = code.used_at.is_null() & Invited.invitation.is_not_null()
    if show == USED:
        return mine & code.used_at.is_not_null()
    if show == ENDED:
        return mine & unused & (code.replaced == True)  # noqa: E712
    if show in (EXPIRED, *SENT):
        unused = unused & (code.replaced == False)  # noqa: E712
    if show == EXPIRED:
        return mine & unused & (code.expires_at < clock.now())
    if show in SENT:
        return mine & unused & (code.expires_at >= clock.now()) & (Invited.outcome == show)
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
