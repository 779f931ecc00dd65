"""The articles of a company: both languages side by side, by version, with what was asked and not found."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date, timedelta
from typing import Any

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice import asker, markdown, plots
from backoffice.asker import Web
from backoffice.guards import Standing, acting, requires, standing
from backoffice.plots import Part
from backoffice.rendering import page, refusal
from core import clock, database
from core.accounts.roles import EMPLOYEE, ROLES
from core.errors import Refused
from core.knowledge import articles, asked, blocks, editing, library, reader
from core.knowledge.articles import Article
from core.knowledge.editing import Written
from core.phrases import angka, bulan_pendek, phrase, saat

WEEKS = 12
SOON = timedelta(days=30)  # a review that comes within this is due
YEAR = timedelta(days=365)
OF_AUDIENCE = {
    "employees": "employee",
    "agents": "agent",
    "admins": "administrator",
    "operators": "super_administrator",
}
DONE = ("saved", "retired")


class Typed(Struct):
    """The form as it was sent; `roles` is a tick for each."""

    code: str = ""
    title_id: str = ""
    title_en: str = ""
    short_id: str = ""
    short_en: str = ""
    aliases_id: str = ""
    aliases_en: str = ""
    body_id: str = ""
    body_en: str = ""
    audience: str = "employees"
    valid_from: str = ""
    review_by: str = ""
    source: str = ""
    seen: str = "0"
    role_super_administrator: str = ""
    role_administrator: str = ""
    role_supporting_administrator: str = ""
    role_agent: str = ""
    role_data_protection_officer: str = ""
    role_approver: str = ""
    role_employee: str = ""
    look: str = ""  # the button that only shows it

    def written(self) -> Written:
        """What the form says, for the house."""
        roles = " ".join(role for role in ROLES if getattr(self, f"role_{role}"))
        told = {name: getattr(self, name) for name in Written.__dataclass_fields__ if name != "roles"}
        return Written(**told, roles=roles)


class ArticlesController(Controller):
    """`/{company}/articles`."""

    path = "/{company:str}/articles"
    guards = (requires("articles", "write"),)

    @get()
    async def show(self, request: Web, done: FromQuery[str] = "") -> Response[str]:
        """Every article with its review, the company's own first to be due, and what was asked and not found."""
        where, language = standing(request), asker.of(request).language
        today = clock.today(where.place.zone)
        async with database.reading(where.company):
            shelf = await library.shelf()
            weeks = await asked.by_week(WEEKS, where.place.zone)
            missed = await asked.unanswered(WEEKS)
        every = [one for (_, spoken), one in shelf.articles.items() if spoken == language]
        every.sort(key=lambda one: (one.review_by, one.title))
        rows = [
            {"one": one, "due": one.review_by <= today + SOON, "ahead": one.valid_from > today,
             "audience": phrase(f"knowledge.for_{one.audience}", language)}
            for one in every
        ]  # fmt: skip
        asks = [
            {"said": one["said"], "lang": one["language"], "at": saat(one["asked_at"], where.place.zone, language),
             "why": phrase("articles.why_nothing" if one["article"] is None else "articles.why_not", language),
             "article": one["article"]}
            for one in missed
        ]  # fmt: skip
        confirmed, whole = sum(one.answered for one in weeks), sum(one.asked for one in weeks)
        return await page(
            request, "articles/index.html", company=where.place, place=where.place.name, zone=where.place.zone,
            rows=rows, asks=asks, due=sum(row["due"] for row in rows), done=done if done in DONE else "",
            confirmed=confirmed, whole=whole, plot_of=_plot(weeks, language),
        )  # fmt: skip

    @get("/new")
    async def new(self, request: Web, words: FromQuery[str] = "") -> Response[str]:
        """A form for one that is not there yet, with the question it is to answer."""
        where = standing(request)
        today = clock.today(where.place.zone)
        asked_for = " ".join(words.split())[:200]
        given = Written(
            code="", aliases_id=asked_for, aliases_en=asked_for, valid_from=today.isoformat(),
            review_by=(today + YEAR).isoformat(),
        )  # fmt: skip
        return await _form(request, where, given, seen=0)

    @get("/{name:str}")
    async def one(self, request: Web, name: FromPath[str]) -> Response[str]:
        """The form of one, filled with what holds now, and its versions."""
        where = standing(request)
        async with database.reading(where.company):
            given, seen = await _held(name)
        return await _form(request, where, given, seen=seen)

    @post()
    async def save(self, request: Web, data: URLEncodedBody[Typed]) -> Response[Any]:
        """Show what it will look like, or write it as the next version."""
        where, given = standing(request), data.written()
        seen = int(data.seen) if data.seen.isdecimal() and len(data.seen) < 9 else 0
        try:
            if data.look:
                both = {language: editing.read(given, language) for language in articles.LANGUAGES}
                return await _form(request, where, given, seen=seen, both=both)
            async with database.transaction(where.company):
                await editing.save(given, seen=seen, by=acting(request))
        except Refused as no:
            return await _form(
                request, where, given, seen=seen, wrong={"": refusal(request, no, where.zone)}, status=422
            )
        return Redirect(f"/{where.place.slug}/articles?done=saved", status_code=303)

    @post("/{name:str}/retire")
    async def retire(self, request: Web, name: FromPath[str]) -> Response[Any]:
        """Show a company's own to nobody any more."""
        where = standing(request)
        async with database.transaction(where.company):
            if not await editing.retire(name, by=acting(request)):
                raise NotFoundException
        return Redirect(f"/{where.place.slug}/articles?done=retired", status_code=303)


async def _held(code: str) -> tuple[Written, int]:
    """What the form of an article is filled with, and the version that is."""
    shelf = await library.shelf()
    both = [shelf.articles.get((code, language)) for language in articles.LANGUAGES]
    first, second = both
    if first is None or second is None:
        raise NotFoundException
    versions = await editing.versions(code)
    return _as_written(first, second), versions[0]["number"] if versions else 0


def _as_written(first: Article, second: Article) -> Written:
    told: dict[str, str] = {}
    for one in (first, second):
        told |= {
            f"title_{one.language}": one.title, f"short_{one.language}": one.short,
            f"aliases_{one.language}": ", ".join(one.aliases), f"body_{one.language}": one.body,
        }  # fmt: skip
    return Written(
        code=first.id, **told, audience=first.audience, roles=" ".join(sorted(first.roles)),
        valid_from=first.valid_from.isoformat(), review_by=first.review_by.isoformat(), source=first.source,
    )  # fmt: skip


async def _form(
    request: Web, where: Standing, given: Written, *, seen: int, wrong: Mapping[str, str] | None = None,
    both: Mapping[str, Article] | None = None, status: int = 200,
) -> Response[str]:  # fmt: skip
    language, today = asker.of(request).language, clock.today(where.place.zone)
    async with database.reading(where.company):
        versions = await editing.versions(given.code) if articles.ID.fullmatch(given.code) else []
        looks = {
            spoken: await _looks(one, where, spoken, today) for spoken, one in (both or {}).items()
        }  # fmt: skip
    held = given.roles.split() or ([OF_AUDIENCE.get(given.audience, EMPLOYEE)] if seen == 0 and not wrong else [])
    return await page(
        request, "articles/form.html", status=status, company=where.place, place=where.place.name,
        zone=where.place.zone, wrong=dict(wrong or {}), given=asdict(replace(given)), seen=seen, looks=looks,
        audiences={one: phrase(f"knowledge.for_{one}", language) for one in articles.AUDIENCES},
        roles=[(role, phrase(f"web.role_{role}", language), role in held) for role in ROLES],
        blocks=_blocks(), most=editing.LONGEST, most_title=articles.MOST_TITLE,
        own=bool(versions) and not versions[0]["retired"],
        versions=[
            {"number": one["number"], "at": saat(one["made_at"], where.place.zone, language), "retired": one["retired"]}
            for one in versions
        ],
    )  # fmt: skip


async def _looks(one: Article, where: Standing, language: str, today: date) -> dict[str, Any]:
    """The article as whoever writes it would read it."""
    known = await reader.known([one.body], where.employee, language)
    told = blocks.fill(one.body, language, on=today, known=known, markdown=True)
    answer = blocks.fill(one.answer, language, on=today, known=known).text
    return {"title": one.title, "answer": answer, "body": markdown.html(told.text)}


def _blocks() -> list[str]:
    return [
        "{figure:bpjs_kesehatan.employee}", *(f"{{mine:{one}}}" for one in blocks.MINE),
        *(f"{{holder:{one}}}" for one in blocks.HOLDERS),
    ]  # fmt: skip


def _plot(weeks: list[asked.Week], language: str) -> plots.Plot:
    """How many found nothing or were not answered, week by week."""
    missed = [one.nothing + one.unanswered for one in weeks]
    parts = [
        Part(f"{one.monday.day} {bulan_pendek(one.monday, language)}", number, "f-teak")
        for one, number in zip(weeks, missed, strict=True)
    ]
    return plots.month_bars(
        parts, said=phrase("articles.weeks_said", language, number=angka(sum(missed), language), weeks=str(len(weeks))),
        head=(phrase("misses.week", language), phrase("misses.number", language)),
        words=[angka(number, language) for number in missed],
    )  # fmt: skip
