"""The kinds of leave as data: what holds today, from when, by which law; and every version there was."""

from typing import Any

from litestar import Controller, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from backoffice import asker
from backoffice.asker import Web
from backoffice.guards import requires, standing
from backoffice.rendering import page
from core import database
from core.leave import types
from core.leave.tables import LeaveType
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
        rows = [{"kind": one, "gives": gives(one, language), "own": one.code in own} for one in every]
        return await page(
            request, "leave/types.html", place=where.place.name, zone=where.place.zone, company=where.place,
            rows=sorted(rows, key=lambda row: not row["kind"].active), used=sum(one.active for one in every),
        )  # fmt: skip

    @get("/{code:str}")
    async def one(self, request: Web, code: FromPath[str]) -> Response[str]:
        """One kind: its terms today, and every version there was."""
        where, language = standing(request), asker.of(request).language
        async with database.reading(where.company):
            found = next((one for one in await types.every() if one.code == code), None)
            rows = await LeaveType.select().where((LeaveType.code == code) & LeaveType.published_at.is_not_null())
        if found is None:
            raise NotFoundException
        versions: list[tuple[Any, Any, Any]] = [
            (one.from_, one.source, None) for one in types.shipped() if one.code == code
        ]
        versions += [(row["from_"], None, row["published_at"]) for row in rows]
        return await page(
            request, "leave/type.html", place=where.place.name, zone=where.place.zone, company=where.place, kind=found,
            terms=terms(found, language), versions=sorted(versions, key=lambda one: one[0], reverse=True),
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
