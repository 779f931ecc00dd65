"""The kinds of leave as data: what holds today, from when, by which law; and every version there was."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice import asker
from backoffice.asker import Web
from backoffice.guards import Standing, acting, requires, standing
from backoffice.rendering import page, refusal
from core import database
from core.accounts.roles import allowed
from core.errors import Refused
from core.leave import policies, types
from core.leave.examples import RULES
from core.leave.tables import LeaveType
from core.leave.types import Kind
from core.phrases import hari, phrase

DAYS = ("days", "carry_days", "negative")
FIGURES = (*DAYS, "carry_months", "after_months", "notice_days", "back_days", "restore_days")


class Terms(Struct):
    """The form of a kind's terms: figures as people write them, examples one a line."""

    from_: str = ""
    name_id: str = ""
    name_en: str = ""
    active: str = ""
    days: str = "0"
    carry_days: str = "0"
    negative: str = "0"
    carry_months: str = "0"
    after_months: str = "0"
    notice_days: str = "0"
    back_days: str = "0"
    restore_days: str = "0"
    examples: str = ""


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
        rows = [{"kind": one, "gives": gives(one, language), "own": one.code in own} for one in every]
        return await page(
            request, "leave/types.html", place=where.place.name, zone=where.place.zone, company=where.place,
            rows=sorted(rows, key=lambda row: not row["kind"].active), used=sum(one.active for one in every),
        )  # fmt: skip

    @get("/{code:str}")
    async def one(self, request: Web, code: FromPath[str], done: FromQuery[str] = "") -> Response[str]:
        """One kind: its terms today, drafts with their examples, and every version there was."""
        return await _one(request, code, done=done)

    @post("/{code:str}/draft", guards=[requires("types", "change")])
    async def draft(self, request: Web, code: FromPath[str], data: URLEncodedBody[Terms]) -> Response[str]:
        """Put other terms down, from a day on; nobody goes by them yet."""
        where = standing(request)
        async with database.reading(where.company):
            found = next((one for one in await types.every() if one.code == code), None)
        if found is None:
            raise NotFoundException
        kind, examples, wrong = _read(found, data, asker.of(request).language)
        if wrong or kind is None:
            return await _one(request, code, typed=data, wrong=wrong, status=422)
        try:
            async with database.transaction(where.company):
                await policies.draft(kind, examples, actor=acting(request))
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

    @post("/{code:str}/{public:str}/drop", guards=[requires("types", "change")])
    async def drop(self, request: Web, code: FromPath[str], public: FromPath[str]) -> Response[str]:
        """Throw a draft away."""
        where, row = await _draft(request, code, public)
        async with database.transaction(where.company):
            await policies.drop(row, actor=acting(request))
        return Redirect(f"/{where.place.slug}/types/{code}?done=dropped", status_code=303)


async def _draft(request: Web, code: str, public: str) -> tuple[Standing, LeaveType]:
    where = standing(request)
    async with database.reading(where.company):
        row = await policies.of_public(public)
    if row is None or row.code != code or row.published_at is not None:
        raise NotFoundException
    return where, row


def _read(before: Kind, data: Terms, language: str) -> tuple[Kind | None, list[Mapping[str, Any]], dict[str, str]]:
    """The form as a kind with its examples, or what is wrong with which field."""
    wrong: dict[str, str] = {}
    given: dict[str, Any] = {"name_id": data.name_id, "name_en": data.name_en, "active": data.active == "1"}
    for name in FIGURES:
        try:
            given[name] = types.thousandths(getattr(data, name)) if name in DAYS else int(getattr(data, name))
        except (ArithmeticError, ValueError):
            wrong[name] = phrase("types.number_wrong", language)
    try:
        given["from_"] = date.fromisoformat(data.from_)
    except ValueError:
        wrong["from_"] = phrase("types.from_wrong", language)
    examples: list[Mapping[str, Any]] = []
    for line in data.examples.splitlines():
        rule, *parts = line.split() or [""]
        pairs = dict(part.partition("=")[::2] for part in parts)
        if rule in RULES:
            examples.append({"rule": rule, **{k: v.split(",") if k == "off" else v for k, v in pairs.items()}})
        elif line.strip():
            wrong["examples"] = phrase("types.example_wrong", language, line=line.strip()[:60])
    return (None if wrong else replace(before, **given)), examples, wrong


def _line(example: Mapping[str, Any]) -> str:
    """An example as it is written in the form."""
    rest = {k: ",".join(v) if isinstance(v, list | tuple) else v for k, v in example.items() if k != "rule"}
    return " ".join([str(example.get("rule", "")), *(f"{name}={value}" for name, value in rest.items())])


async def _one(
    request: Web, code: str, *, done: str = "", typed: Terms | None = None, wrong: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response[str]:  # fmt: skip
    where, language = standing(request), asker.of(request).language
    async with database.reading(where.company):
        found = next((one for one in await types.every() if one.code == code), None)
        rows = await LeaveType.select().where((LeaveType.code == code) & LeaveType.published_at.is_not_null())
        drafts = [
            {"row": row, "results": [(_line(one.example), one) for one in await policies.tried(row)],
             "terms": terms(await policies.kind_of(row), language)}
            for row in await policies.drafts() if row.code == code
        ]  # fmt: skip
    if found is None:
        raise NotFoundException
    if typed is None:
        figures = {
            name: hari(getattr(found, name), "en") if name in DAYS else str(getattr(found, name)) for name in FIGURES
        }
        typed = Terms(
            from_="", name_id=found.name_id, name_en=found.name_en, active="1" if found.active else "",
            examples="\n".join(_line(one) for one in found.examples), **figures,
        )  # fmt: skip
    versions: list[tuple[Any, Any, Any]] = [
        (one.from_, one.source, None) for one in types.shipped() if one.code == code
    ]
    versions += [(row["from_"], None, row["published_at"]) for row in rows]
    return await page(
        request, "leave/type.html", status=status, place=where.place.name, zone=where.place.zone, company=where.place,
        kind=found, terms=terms(found, language), versions=sorted(versions, key=lambda one: one[0], reverse=True),
        drafts=drafts, typed=typed, wrong=wrong or {}, figures=FIGURES,
        changes=allowed(where.place.roles, "types", "change"),
        done=done if done in ("drafted", "published", "dropped") else "",
    )  # fmt: skip


def gives(kind: Kind, language: str) -> str:
    """How much there is of it, in a few words."""
    if kind.months:
        return phrase("types.months", language, number=hari(kind.months, language))
    if kind.days:
        return phrase(f"types.days_{kind.entitlement}", language, number=hari(kind.days, language), many=kind.days)
    return phrase("types.as_long", language)


def terms(kind: Kind, language: str) -> list[tuple[str, str]]:
    """Everything that the kind says, as sentences; what it does not say is left out."""
    told: list[tuple[str, str]] = [("gives", gives(kind, language))]

    def say(name: str, **facts: Any) -> None:
        told.append((name, phrase(f"types.term_{name}", language, **facts)))

    told.append(("decision", phrase(f"types.{kind.decision}", language)))
    told.append(("counts", phrase(f"types.counts_{kind.counts}", language)))
    told.append(("halves", phrase("settings.yes" if kind.halves else "settings.no", language)))
    for name in ("after_months", "notice_days", "back_days", "carry_months", "restore_days"):
        value = getattr(kind, name)
        if value and (name != "carry_months" or kind.carry_days):
            say(name, number=str(value), count=value)
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
    if kind.encashable:
        say("encashable")
    return [(phrase(f"types.head_{name.removesuffix('_until')}", language), words) for name, words in told]
