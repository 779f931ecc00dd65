"""What a company may choose: each setting with what it does, what holds otherwise, and since when it is so."""

from typing import Any

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice import asker, drafts
from backoffice.asker import Web
from backoffice.drafts import Overtaken, Stale
from backoffice.guards import acting, requires, standing
from backoffice.rendering import page, refusal
from core import choices, database
from core.accounts import company as companies
from core.accounts.roles import allowed
from core.accounts.tables import Company
from core.approvals import four_eyes
from core.errors import Refused
from core.phrases import phrase

MOST_NAMED = 3
ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")


class Named(Struct):
    """The form of the company itself."""

    name: str = ""
    zone: str = ""
    seen: str = ""


class Valued(Struct):
    """The form of one setting; an empty box means no."""

    value: str = "0"
    seen: str = ""
    why: str = ""


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
            async with database.transaction(where.company):
                await database.lock_name(f"company:{where.company}")
                drafts.check(data.seen, await _of_company(where.company))
                await companies.change(where.company, name=data.name, zone=data.zone, by=acting(request))
        except Stale:
            return await _show(request, typed=data, stale="company", status=409)
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
                await database.lock_name(f"choice:{where.company}:{name}")
                drafts.check(data.seen, (await choices.every())[name].value)
                if name == choices.SINGLE_HANDED.name and value and (names := await four_eyes.others(where.decides)):
                    raise Refused("settings.not_single", names=", ".join(names[:MOST_NAMED]))
                await choices.choose(name, value, by=acting(request), why=data.why)
        except Stale:
            return await _show(request, stale=name, value=value, status=409)
        except Refused as no:
            wrong = {name: refusal(request, no, where.place.zone)}
            return await _show(request, wrong=wrong, status=422, given=(name, value, data.why))
        return Redirect(f"/{where.place.slug}/settings?saved={name}", status_code=303)


async def _show(
    request: Web, *, q: str = "", saved: str = "", wrong: dict[str, str] | None = None, typed: Named | None = None,
    status: int = 200, stale: str = "", value: int = 0,
    given: tuple[str, int, str] = ("", 0, ""),
) -> Response[str]:  # fmt: skip
    where, language = standing(request), asker.of(request).language
    async with database.reading(where.company):
        chosen = await choices.every()
        named = await _of_company(where.company)
    shown = [_setting(one, chosen[name], language) for name, one in choices.OFFERED.items()]
    overtaken = None
    if stale == "company" and typed is not None:
        labels = [phrase(f"settings.company_{name}", language) for name in ("name", "zone")]
        rows = zip(labels, (typed.name, typed.zone), named, strict=True)
        overtaken = Overtaken([(label, yours, now) for label, yours, now in rows if yours != now])
    elif stale:
        one = next(one for one in shown if one["name"] == stale)
        yours, now = (_value(choices.OFFERED[stale], number, language) for number in (value, one["value"]))
        overtaken = Overtaken([(one["title"], yours, now)] if yours != now else [], at=one["since"])
        one["value"] = value
    for one in shown:
        if one["name"] == given[0] and (one["yes_no"] or one["long"]):
            one["value"], one["why"] = given[1], given[2]
    wanted = q.lower().strip()
    found = [one for one in shown if wanted in f"{one['title']} {one['does']}".lower()]
    of_company = phrase("settings.company", language)
    names = {"company": of_company} | {one["name"]: one["title"] for one in shown}
    return await page(
        request, "settings.html", status=status, place=where.place.name, zone=where.place.zone, company=where.place,
        q=q, settings=found, wrong=wrong or {}, overtaken=overtaken, seen=drafts.mark(named), saved=names.get(saved),
        zones=sorted({*ZONES, where.place.zone}),
        may_let_in=allowed(where.place.roles, "programs", "manage"),
        typed=typed or Named(where.place.name, where.place.zone),
        company_shown=wanted in f"{of_company} {phrase('settings.company_does', language)}".lower(),
    )  # fmt: skip


async def _of_company(company: int) -> list[str]:
    """What the company is called now, and by which clock it goes."""
    row = await Company.select(Company.name, Company.zone).where(Company.id == company).first()
    return [row["name"], row["zone"]] if row else []


def _value(one: choices.Offered, value: int, language: str) -> str:
    return phrase("settings.yes" if value else "settings.no", language) if one.yes_no else str(value)


def _setting(one: choices.Offered, now: choices.Chosen, language: str) -> dict[str, Any]:
    usual = _value(one, one.default, language)
    return {
        "name": one.name, "title": phrase(f"settings.{one.name}", language), "yes_no": one.yes_no, "value": now.value,
        "does": phrase(f"settings.{one.name}_does", language), "usual": usual, "since": now.since,
        "seen": drafts.mark(now.value), "reasoned": one.reasoned, "why": "",
        "long": one.long,
        "choices": {} if one.yes_no or one.long else {str(each): str(each) for each in range(one.least, one.most + 1)},
    }  # fmt: skip
