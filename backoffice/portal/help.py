"""`/help`: what there is to read, found in one's own words, each article with its reader's own figures."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any
from urllib.parse import quote, urlencode

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect
from markupsafe import Markup
from msgspec import Struct

from backoffice import asker, markdown
from backoffice.asker import Web
from backoffice.guards import Standing, requires, standing
from backoffice.rendering import page
from core import clock, database
from core.accounts.roles import EMPLOYEE
from core.knowledge import asked, blocks, library, reader, search, topics
from core.knowledge.articles import Article
from core.phrases import phrase
from core.training import catalogue, finding

MOST_WORDS, MOST_FOUND = 300, 8
RELATED = 3


@dataclass(frozen=True)
class Shown:
    """An article as its reader sees it."""

    one: Article
    answer: str
    body: Markup
    opens: tuple[str, ...]
    due: bool  # nobody has looked through it since it was to be


class Sought(Struct):
    """What somebody looks for."""

    q: str = ""


class Answered(Struct):
    """Whether that was it."""

    q: str = ""
    log: str = ""
    yes: str = ""


class HelpController(Controller):
    """The help of whoever is signed in."""

    path = "/help"
    guards = (requires("help", "read"),)

    @get()
    async def show(self, request: Web, q: FromQuery[str] = "", log: FromQuery[str] = "") -> Response[str]:
        """Everything to read, or what somebody's words find."""
        where, language, sought = standing(request), asker.of(request).language, " ".join(q.split())[:MOST_WORDS]
        today, roles = clock.today(where.zone), where.place.roles
        async with database.reading(where.company):
            shelf = await library.shelf()
            every = shelf.readable(language, roles, today)
            found, named = shelf.find(sought, language, roles, today, most=MOST_FOUND)
            near = [one for one, hit in zip(named, found.hits, strict=True) if hit.score >= search.NEAR]
            known = await reader.known([one.answer for one in near], where.employee, language)
        told = [(one, blocks.fill(one.answer, language, on=today, known=known).text) for one in near]
        groups = groupby(topics.grouped(every), key=attrgetter("audience"))
        return await page(
            request, "portal/help.html", asked=sought, found=told, outcome=found.outcome, zone=where.zone,
            groups=[(name, list(ones)) for name, ones in groups], asks=EMPLOYEE in roles, one=None,
            log=log[:22], films=finding.find(sought, roles) if sought else [],
        )  # fmt: skip

    @post()
    async def search(self, request: Web, data: URLEncodedBody[Sought]) -> Response[str]:
        """Keep what was asked and what it found, and show that."""
        where, language = standing(request), asker.of(request).language
        words = " ".join(data.q.split())[:MOST_WORDS]
        if not words:
            return Redirect("/help", status_code=303)
        async with database.transaction(where.company):
            shelf = await library.shelf()
            found, _ = shelf.find(words, language, where.place.roles, clock.today(where.zone), most=1)
            log = await asked.keep(
                words, person=where.person, language=language, place=asked.PAGE, outcome=found.outcome
            )  # fmt: skip
        return Redirect(f"/help?{urlencode({'q': words, 'log': log})}", status_code=303)

    @post("/{name:str}/answered")
    async def answered(self, request: Web, name: FromPath[str], data: URLEncodedBody[Answered]) -> Response[str]:
        """Note whether the article answered what was asked; what was not goes to the desk, if they like."""
        where = standing(request)
        async with database.transaction(where.company):
            shelf = await library.shelf()
            language, today = asker.of(request).language, clock.today(where.zone)
            if shelf.one(name, language, where.place.roles, today) is None:
                raise NotFoundException
            if where.person is not None:
                await asked.chose(data.log, name, person=where.person)
                await asked.confirm(data.log, data.yes == "1", person=where.person)
        told = {"q": data.q[:MOST_WORDS], "done": "yes" if data.yes == "1" else "no"}
        return Redirect(f"/help/{quote(name)}?{urlencode(told)}", status_code=303)

    @get("/{name:str}")
    async def one(
        self, request: Web, name: FromPath[str], q: FromQuery[str] = "", log: FromQuery[str] = "",
        done: FromQuery[str] = "",
    ) -> Response[str]:  # fmt: skip
        """One article."""
        where, language = standing(request), asker.of(request).language
        today = clock.today(where.zone)
        async with database.reading(where.company):
            shelf = await library.shelf()
            found = shelf.one(name, language, where.place.roles, today)
            if found is None:
                raise NotFoundException
            shown = await filled(found, where, language, today)
            beside = related(shelf, found, where, language, today)
        return await page(
            request, "portal/article.html", one=shown, beside=beside, asked=" ".join(q.split())[:MOST_WORDS],
            zone=where.zone, asks=EMPLOYEE in where.place.roles, place=where.place.name, log=log[:22],
            done=done if done in ("yes", "no") else "", films=catalogue.about_article(name, where.place.roles),
        )  # fmt: skip


async def filled(one: Article, where: Standing, language: str, today: date) -> Shown:
    """The article with what its blocks stand for, for whoever reads it."""
    known = await reader.known([one.body], where.employee, language)
    told = blocks.fill(one.body, language, on=today, known=known, markdown=True)
    answer = blocks.fill(one.answer, language, on=today, known=known).text
    opens = told.opens if where.employee is not None else ()
    return Shown(one, answer, markdown.html(_without_heading(told.text)), opens, one.review_by < today)


def _without_heading(body: str) -> str:
    """The body without its own first heading: the page has one."""
    first, _, rest = body.partition("\n")
    return rest if first.startswith("# ") else body


def related(shelf: library.Shelf, one: Article, where: Standing, language: str, today: date) -> list[dict[str, Any]]:
    """What else is near this article."""
    _, found = shelf.find(" ".join((one.title, *one.aliases[:4])), language, where.place.roles, today, most=RELATED + 1)
    return [
        {
            "href": f"/help/{other.id}",
            "title": other.title,
            "audience": phrase(f"knowledge.for_{other.audience}", language),
        }
        for other in found
        if other.id != one.id
    ][:RELATED]
