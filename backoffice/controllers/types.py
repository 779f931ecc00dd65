"""The kinds of leave as data: what holds today, from when, by which law; and every version there was."""

from collections.abc import Mapping
from typing import Any

import msgspec
from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect

from backoffice import actors, asker, examples_told, kinds
from backoffice import drafts as forms
from backoffice.asker import Web
from backoffice.drafts import Overtaken, Stale
from backoffice.guards import Standing, acting, requires, standing
from backoffice.kinds import Terms
from backoffice.rendering import page, refusal
from core import database
from core.accounts.roles import allowed
from core.errors import Refused
from core.leave import law, policies, types
from core.leave.tables import LeaveType
from core.leave.told import plural
from core.leave.types import Kind
from core.phrases import hari, phrase


class TypesController(Controller):
    """The leave types of one company."""

    path = "/{company:str}/types"
    guards = (requires("types", "read"),)

    @get()
    async def show(self, request: Web) -> Response[str]:
        """Every kind as it holds today, those in use first."""
        where, language = standing(request), asker.of(request).language
        async with database.reading(where.company):
            every = await types.every()
            own = {
                row["code"]
                for row in await LeaveType.select(LeaveType.code).where(LeaveType.published_at.is_not_null())
            }
            coming = await policies.coming()
        rows = [{"kind": one, "gives": gives(one, language), "own": one.code in own, "state": ""} for one in every]
        rows += [
            {"kind": one, "gives": gives(one, language), "own": True, "state": "coming" if sure else "draft_chip"}
            for one, sure in coming
        ]
        return await page(
            request, "leave/types.html", place=where.place.name, zone=where.place.zone, company=where.place,
            rows=sorted(rows, key=lambda row: not row["kind"].active), used=sum(one.active for one in every),
            changes=allowed(where.place.roles, "types", "change"),
        )  # fmt: skip

    @get("/new", guards=[requires("types", "change")])
    async def blank(self, request: Web) -> Response[str]:
        """A kind of the company's own, not yet filled in."""
        return await _new(request, kinds.filled(kinds.blank()))

    @post("/new", guards=[requires("types", "change")])
    async def make(self, request: Web, data: URLEncodedBody[Terms]) -> Response[str]:
        """Put a kind of the company's own down as a draft; a code that is known already is refused."""
        where, language = standing(request), asker.of(request).language
        kind, examples, wrong = kinds.read(kinds.blank(), data, language)
        async with database.reading(where.company):
            if await policies.known(data.code.strip()) is not None:
                wrong = {**wrong, "code": phrase("types.code_taken", language)}
        if wrong or kind is None:
            return await _new(request, data, wrong)
        try:
            async with database.transaction(where.company):
                await policies.draft(kind, examples, actor=acting(request))
        except Refused as no:
            return await _new(request, data, {"": refusal(request, no, where.place.zone)})
        return Redirect(f"/{where.place.slug}/types/{kind.code}?done=drafted", status_code=303)

    @get("/{code:str}")
    async def one(self, request: Web, code: FromPath[str], done: FromQuery[str] = "") -> Response[str]:
        """One kind: its terms today, drafts with their examples, and every version there was."""
        return await _one(request, code, done=done)

    @post("/{code:str}/draft", guards=[requires("types", "change")])
    async def draft(self, request: Web, code: FromPath[str], data: URLEncodedBody[Terms]) -> Response[str]:
        """Put other terms down, from a day on; nobody goes by them yet."""
        where = standing(request)
        async with database.reading(where.company):
            found = await policies.known(code)
        if found is None:
            raise NotFoundException
        kind, examples, wrong = kinds.read(found, data, asker.of(request).language)
        if wrong or kind is None:
            return await _one(request, code, typed=data, wrong=wrong, status=422)

        async def unchanged() -> None:
            forms.check(data.seen, await _shows(code))

        try:
            async with database.transaction(where.company):
                await policies.draft(kind, examples, actor=acting(request), first=unchanged)
        except Stale:
            return await _one(request, code, typed=data, stale=True, status=409)
        except Refused as no:
            said = {"": refusal(request, no, where.place.zone)}
            return await _one(request, code, typed=data, wrong=said, status=422)
        return Redirect(f"/{where.place.slug}/types/{code}?done=drafted", status_code=303)

    @post("/{code:str}/{public:str}/publish", guards=[requires("types", "change")])
    async def publish(self, request: Web, code: FromPath[str], public: FromPath[str]) -> Response[str]:
        """Have everybody go by a draft from its day on; a failing example keeps it a draft."""
        where, row = await _draft(request, code, public)
        try:
            async with database.transaction(where.company):
                await policies.publish(row, actor=acting(request))
        except Refused as no:
            return await _one(request, code, wrong={"": refusal(request, no, where.place.zone)}, status=422)
        return Redirect(f"/{where.place.slug}/types/{code}?done=published", status_code=303)

    @post("/{code:str}/{public:str}/accept", guards=[requires("types", "change")])
    async def accept(self, request: Web, code: FromPath[str], public: FromPath[str]) -> Response[str]:
        """Have an example, or all that differ, expect what the draft gives."""
        where, row = await _draft(request, code, public)
        told = [str(value) for name, value in (await request.form()).multi_items() if name == "example"]
        places = [one.partition(":") for one in told]
        given = {int(place): got for place, _, got in places if place.isascii() and place.isdigit() and len(place) < 4}
        try:
            async with database.transaction(where.company):
                await policies.accept(row, given, actor=acting(request))
        except Refused as no:
            return await _one(request, code, wrong={"": refusal(request, no, where.place.zone)}, status=422)
        return Redirect(f"/{where.place.slug}/types/{code}?done=accepted", status_code=303)

    @post("/{code:str}/{public:str}/withdraw", guards=[requires("types", "change")])
    async def withdraw(self, request: Web, code: FromPath[str], public: FromPath[str]) -> Response[str]:
        """Take back what was published for a later day; it is a draft again."""
        where = standing(request)
        async with database.reading(where.company):
            row = await policies.of_public(public)
        if row is None or row.code != code:
            raise NotFoundException
        try:
            async with database.transaction(where.company):
                await policies.withdraw(row, actor=acting(request))
        except Refused as no:
            return await _one(request, code, wrong={"": refusal(request, no, where.place.zone)}, status=422)
        return Redirect(f"/{where.place.slug}/types/{code}?done=withdrawn", status_code=303)

    @post("/{code:str}/{public:str}/drop", guards=[requires("types", "change")])
    async def drop(self, request: Web, code: FromPath[str], public: FromPath[str]) -> Response[str]:
        """Throw a draft away."""
        where, row = await _draft(request, code, public)
        async with database.transaction(where.company):
            await policies.drop(row, actor=acting(request))
        return Redirect(f"/{where.place.slug}/types/{code}?done=dropped", status_code=303)


async def _shows(code: str) -> list[Any]:
    """What the form of a kind is filled with: what holds, and what others have put down."""
    found = await policies.known(code)
    rows = await LeaveType.select(LeaveType.public, LeaveType.published_at).where(LeaveType.code == code)
    told = msgspec.structs.asdict(kinds.filled(found)) if found else {}
    return [told, sorted((row["public"], str(row["published_at"])) for row in rows)]


async def _overtaken(code: str, typed: Terms, language: str) -> Overtaken:
    """What was written beside what somebody else put down for the same day, else beside what holds."""
    found = await policies.known(code)
    rows = [await policies.kind_of(row) for row in await policies.drafts() if row.code == code]
    now = next((one for one in rows if str(one.from_) == typed.from_), found)
    return Overtaken(kinds.beside(typed, kinds.filled(now), language) if now else [])


async def _draft(request: Web, code: str, public: str) -> tuple[Standing, LeaveType]:
    where = standing(request)
    async with database.reading(where.company):
        row = await policies.of_public(public)
    if row is None or row.code != code or row.published_at is not None:
        raise NotFoundException
    return where, row


async def _one(
    request: Web, code: str, *, done: str = "", typed: Terms | None = None, wrong: Mapping[str, str] | None = None,
    status: int = 200, stale: bool = False,
) -> Response[str]:  # fmt: skip
    where, language = standing(request), asker.of(request).language
    async with database.reading(where.company):
        found = await policies.known(code)
        rows = await LeaveType.select().where((LeaveType.code == code) & LeaveType.published_at.is_not_null())
        put_down = [await policies.kind_of(row) for row in await policies.drafts() if row.code == code]
        drafts = [
            {"row": row, "results": [
                examples_told.told(place, one, language, where.place.zone)
                for place, one in enumerate(await policies.tried(row))
            ],
             "terms": terms(await policies.kind_of(row), language)}
            for row in await policies.drafts() if row.code == code
        ]  # fmt: skip
        ahead = await _ahead(code, found, language)
        seen = forms.mark(await _shows(code))
        overtaken = await _overtaken(code, typed, language) if stale and typed else None
    if found is None:
        raise NotFoundException
    # Whoever goes on with the only draft finds it in the form, not what it is to replace.
    begun = [msgspec.structs.replace(kinds.filled(one), from_=one.from_.isoformat()) for one in put_down]
    versions: list[tuple[Any, Any, Any]] = [
        (one.from_, one.cited(language), None) for one in types.shipped() if one.code == code
    ]
    versions += [(row["from_"], None, row["published_at"]) for row in rows]
    return await page(
        request, "leave/type.html", status=status, place=where.place.name, zone=where.place.zone, company=where.place,
        kind=found, seen=seen, overtaken=overtaken, rewritten=typed is not None, terms=terms(found, language),
        versions=sorted(versions, key=lambda one: one[0], reverse=True),
        ahead=ahead, drafts=drafts, wrong=wrong or {},
        typed=typed or (begun[0] if len(begun) == 1 else kinds.filled(found)),
        figures=kinds.figures_of(found), holds=bool(versions),
        own=law.floor_of(found) is None, picks=kinds.LOTS_CHOICES if found.in_lots else (),
        choices=kinds.choices(language, new=False),
        changes=allowed(where.place.roles, "types", "change"),
        done=done if done in ("drafted", "published", "dropped", "accepted", "withdrawn") else "",
    )  # fmt: skip


async def _ahead(code: str, now: Kind | None, language: str) -> list[dict[str, Any]]:
    """What was published and has not begun: from when, by whom, and what will be otherwise than today."""
    rows = await policies.ahead(code)
    who = await actors.names({row.published_by or "" for row in rows})
    told = []
    for row in rows:
        kind = await policies.kind_of(row)
        begun = now is not None and now.from_ < row.from_
        told.append(
            {
                "row": row, "who": who.get(row.published_by or ""), "terms": terms(kind, language),
                "apart": apart(now, kind, language) if now is not None and begun else None,
                "last": row.id == rows[-1].id,
            }
        )  # fmt: skip
    return told


async def _new(request: Web, typed: Terms, wrong: Mapping[str, str] | None = None) -> Response[str]:
    where, language = standing(request), asker.of(request).language
    return await page(
        request, "leave/type_new.html", status=422 if wrong else 200, place=where.place.name, company=where.place,
        zone=where.place.zone, typed=typed, wrong=wrong or {}, figures=kinds.FIGURES, picks=kinds.LOTS_CHOICES,
        news=kinds.NEW_CHOICES, choices=kinds.choices(language, new=True),
    )  # fmt: skip


def apart(now: Kind, then: Kind, language: str) -> list[tuple[str, str, str]]:
    """What two rules of a kind say otherwise: of what, the one, the other; `-` where one says nothing of it."""
    told: list[dict[str, str]] = []
    for kind in (now, then):
        state = phrase("types.active" if kind.active else "types.idle", language)
        said = [("name_id", kind.name_id), ("name_en", kind.name_en), ("state", state)]
        said += [("source", kind.cited(language)), ("pick_round_to", hari(kind.round_to, language))]
        words: dict[str, str] = {}
        for head, line in [(phrase(f"types.{name}", language), line) for name, line in said] + terms(kind, language):
            words[head] = f"{words[head]}; {line}" if head in words else line
        told.append(words)
    heads = dict.fromkeys([*told[0], *told[1]])
    pairs = [(head, told[0].get(head) or "-", told[1].get(head) or "-") for head in heads]
    return [(head, one, other) for head, one, other in pairs if one != other]


def gives(kind: Kind, language: str) -> str:
    """How much there is of it, in a few words."""
    if kind.months:
        return phrase("types.months", language, number=hari(kind.months, language))
    if kind.days:
        how = kind.entitlement if kind.entitlement != "event" or kind.per == "request" else f"per_{kind.per}"
        return phrase(f"types.days_{how}", language, number=hari(kind.days, language), many=kind.days)
    return phrase("types.as_long", language)


def terms(kind: Kind, language: str) -> list[tuple[str, str]]:
    """Everything that the kind says, as sentences; what it does not say is left out."""
    told: list[tuple[str, str]] = [("gives", gives(kind, language))]

    def say(name: str, **facts: Any) -> None:
        told.append((name, phrase(f"types.term_{name}", language, **facts)))

    told.append(("decision", phrase(f"types.{kind.decision}", language)))
    told.append(("counts", phrase(f"types.counts_{kind.counts}", language)))
    told.append(("halves", phrase("settings.yes" if kind.halves else "settings.no", language)))
    if kind.in_lots:
        for name in ("schedule", "due", "basis"):
            if name != "due" or kind.schedule != "none":
                told.append((name, phrase(f"types.{name}_{getattr(kind, name)}", language)))
    for name in ("after_months", "notice_days", "back_days", "carry_months", "restore_days"):
        value = getattr(kind, name)
        if value and (name != "carry_months" or kind.carry_days):
            say(name, number=str(value), count=value)
    for name in ("more_days", "more_months"):
        if getattr(kind, name):
            say(name, number=hari(getattr(kind, name), language), many=plural(getattr(kind, name)))
    for name in ("carry_days", "negative"):
        if getattr(kind, name):
            say(name, number=hari(getattr(kind, name), language))
    if kind.document_after is not None:
        say("document", after=str(kind.document_after), within=str(kind.document_within))
    for until, percent in kind.pay:
        say("pay_until" if until else "pay", percent=str(percent), until=str(until))
    if kind.gender:
        told.append(("gender", phrase(f"types.gender_{kind.gender}", language)))
    if kind.collective:
        say("collective")
        told.append(("collective_short", phrase(f"types.collective_short_{kind.collective_short}", language)))
    if kind.encashable:
        say("encashable")
    return [(phrase(f"types.head_{name.removesuffix('_until')}", language), words) for name, words in told]
