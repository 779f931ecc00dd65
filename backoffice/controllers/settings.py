"""What a company may choose: each setting with what it does, what holds otherwise, and since when it is so."""

from typing import Any

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice import asker
from backoffice.asker import Web
from backoffice.guards import acting, requires, standing
from backoffice.rendering import page, refusal
from core import choices, database
from core.accounts import company as companies
from core.errors import Refused
from core.phrases import phrase

ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")


class Named(Struct):
    """The form of the company itself."""

    name: str = ""
    zone: str = ""


class Valued(Struct):
    """The form of one setting; an empty box means no."""

    value: str = "0"


class SettingsController(Controller):
    """The settings of one company."""

    path = "/{company:str}/settings"
    guards = (requires("settings", "change"),)

    @get()
    async def show(self, request: Web, q: FromQuery[str] = "", saved: FromQuery[str] = "") -> Response[str]:
        """Every setting, or those whose words hold what was typed."""
        return await _show(request, q=q[:80], saved=saved)

    @post("/company")
    async def rename(self, request: Web, data: URLEncodedBody[Named]) -> Response[str]:
        """The company's own name and clock."""
        where = standing(request)
        try:
            await companies.change(where.company, name=data.name, zone=data.zone, by=acting(request))
        except Refused as no:
            field = "zone" if no.key == "settings.unknown_zone" else "name"
            return await _show(request, wrong={field: refusal(request, no, where.place.zone)}, typed=data, status=422)
        return Redirect(f"/{where.place.slug}/settings?saved=company", status_code=303)

    @post("/{name:str}")
    async def choose(self, request: Web, name: FromPath[str], data: URLEncodedBody[Valued]) -> Response[str]:
        """One setting."""
        where = standing(request)
        if name not in choices.OFFERED:
            raise NotFoundException
        try:
            value = int(data.value) if data.value.isascii() and data.value.isdigit() else -1
            async with database.transaction(where.company):
                await choices.choose(name, value, by=acting(request))
        except Refused as no:
            return await _show(request, wrong={name: refusal(request, no, where.place.zone)}, status=422)
        return Redirect(f"/{where.place.slug}/settings?saved={name}", status_code=303)


async def _show(
    request: Web, *, q: str = "", saved: str = "", wrong: dict[str, str] | None = None, typed: Named | None = None,
    status: int = 200,
) -> Response[str]:  # fmt: skip
    where, language = standing(request), asker.of(request).language
    async with database.reading(where.company):
        chosen = await choices.every()
    shown = [_setting(one, chosen[name], language) for name, one in choices.OFFERED.items()]
    wanted = q.lower().strip()
    found = [one for one in shown if wanted in f"{one['title']} {one['does']}".lower()]
    of_company = phrase("settings.company", language)
    names = {"company": of_company} | {one["name"]: one["title"] for one in shown}
    return await page(
        request, "settings.html", status=status, place=where.place.name, zone=where.place.zone, company=where.place,
        q=q, settings=found, wrong=wrong or {}, saved=names.get(saved),
        zones=sorted({*ZONES, where.place.zone}),
        typed=typed or Named(where.place.name, where.place.zone),
        company_shown=wanted in f"{of_company} {phrase('settings.company_does', language)}".lower(),
    )  # fmt: skip


def _setting(one: choices.Offered, now: choices.Chosen, language: str) -> dict[str, Any]:
    usual = phrase("settings.yes" if one.default else "settings.no", language) if one.yes_no else str(one.default)
    return {
        "name": one.name, "title": phrase(f"settings.{one.name}", language), "yes_no": one.yes_no, "value": now.value,
        "does": phrase(f"settings.{one.name}_does", language), "usual": usual, "since": now.since,
        "choices": {} if one.yes_no else {str(number): str(number) for number in range(one.least, one.most + 1)},
    }  # fmt: skip
