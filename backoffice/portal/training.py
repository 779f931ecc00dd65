"""`/me/training`: short films of the product, by courses, how far one has come; one film for whoever has its link."""

from dataclasses import dataclass
from typing import Any

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice import asker, films
from backoffice.asker import Web
from backoffice.guards import Standing, requires, standing
from backoffice.rendering import page
from core import clock, database
from core.knowledge import library
from core.knowledge.articles import Article
from core.phrases import LANGUAGES
from core.training import catalogue, finding, progress
from core.training.catalogue import CAPTIONS, FILM, POSTER, Film
from core.training.tables import LessonProgress

MOST_WORDS = 100


@dataclass(frozen=True)
class Player:
    """What stands in a film's page: the film in the reader's language, its captions in both."""

    film: Film
    title: str
    about: str
    source: str
    poster: str
    tracks: list[tuple[str, str]]  # language and address
    cues: tuple[Any, ...]
    seconds: int
    length: str
    phone: bool


class Seen(Struct):
    """How far somebody has come, in seconds."""

    seconds: int = 0


class TrainingController(Controller):
    """The films of whoever is signed in."""

    path = "/me/training"
    guards = (requires("training", "own"),)

    @get()
    async def show(self, request: Web, q: FromQuery[str] = "") -> Response[str]:
        """The films for this reader, course by course, or those that their words find."""
        where, language = standing(request), asker.of(request).language
        mine, words = catalogue.seen_by(where.place.roles), " ".join(q.split())[:MOST_WORDS]
        known = await _known(where)
        found = finding.find(words, where.place.roles, most=len(mine)) if words else []
        lines = {film.id: _line(film, language, known.get(film.id)) for film in mine}
        courses = [
            (course.title.to(language), [lines[name] for name in course.films if name in lines])
            for course in catalogue.courses()
        ]
        undone = next((one for one in lines.values() if not one["done"]), None)
        return await page(
            request, "portal/training.html", words=words, found=[lines[film.id] for film in found],
            courses=[(title, ones) for title, ones in courses if ones], undone=undone, total=len(mine),
            seen=sum(one["done"] for one in lines.values()), begun=bool(known),
        )  # fmt: skip

    @get("/{name:str}")
    async def one(
        self, request: Web, name: FromPath[str], seen: FromQuery[str] = "", spoken: FromQuery[str] = ""
    ) -> Response[str]:
        """One film."""
        where, made = standing(request), _of(request, name)
        known = (await _known(where)).get(made.id)
        language = asker.of(request).language
        async with database.reading(where.company):
            shelf = await library.shelf()
        told = _articles(shelf, made, where, language)
        mine = catalogue.seen_by(where.place.roles)
        following = next((one for at, one in enumerate(mine) if at and mine[at - 1].id == made.id), None)
        return await page(
            request, "portal/film.html", player=_player(made, spoken if spoken in LANGUAGES else language, language),
            spoken=spoken if spoken in LANGUAGES else language, keeps=where.person is not None, known=known,
            articles=told, following=_line(following, language, None) if following else None, seen=seen == "1",
            refused=seen == "no",
        )  # fmt: skip

    @post("/{name:str}/seen")
    async def seen(self, request: Web, name: FromPath[str], data: URLEncodedBody[Seen]) -> Response[None]:
        """Note how far the player has come; asked by it while it plays."""
        where, made = standing(request), _of(request, name)
        if where.person is not None:
            async with database.transaction(where.company):
                await progress.saw(where.person, made, data.seconds, language=asker.of(request).language)
        return Response(None, status_code=204)

    @post("/{name:str}/done")
    async def done(self, request: Web, name: FromPath[str]) -> Redirect:
        """Note that it was seen."""
        where, made = standing(request), _of(request, name)
        kept = False
        if where.person is not None:
            async with database.transaction(where.company):
                kept = await progress.finish(where.person, made, language=asker.of(request).language)
        return Redirect(f"/me/training/{made.id}?seen={'1' if kept else 'no'}", status_code=303)


class FilmController(Controller):
    """A film for whoever was sent its link: it shows invented people, and nothing is kept of who sees it."""

    path = "/training"
    opt = {"open": True}  # noqa: RUF012  Litestar's own

    @get("/{film:str}")
    async def one(self, request: Web, film: FromPath[str], spoken: FromQuery[str] = "") -> Response[str]:
        """One film."""
        made, language = catalogue.films().get(film), asker.of(request).language
        if made is None:
            raise NotFoundException
        spoken = spoken if spoken in LANGUAGES else language
        return await page(
            request, "portal/film.html", player=_player(made, spoken, language), spoken=spoken, keeps=False, known=None,
            articles=[], following=None, seen=False, refused=False,
        )  # fmt: skip


async def _known(where: Standing) -> dict[str, LessonProgress]:
    if where.person is None:
        return {}
    async with database.reading(where.company):
        return dict(await progress.of_person(where.person))


def _of(request: Web, name: str) -> Film:
    film = catalogue.films().get(name)
    if film is None or not film.may_see(standing(request).place.roles):
        raise NotFoundException
    return film


def _line(film: Film, language: str, known: LessonProgress | None) -> dict[str, Any]:
    """A film as a list shows it."""
    seconds = film.seconds(language)
    return {
        "href": f"/me/training/{film.id}", "title": film.script.title.to(language),
        "about": film.script.about.to(language), "poster": films.address(film, POSTER.format(language)),
        "length": film.length(language), "seconds": seconds,
        "reached": min(known.seconds, seconds) if known is not None else 0,
        "done": known is not None and known.done_at is not None, "phone": film.script.screen == "phone",
    }  # fmt: skip


def _player(film: Film, spoken: str, language: str) -> Player:
    """The film as it was filmed in `spoken`, for a reader of `language`."""
    first = [language, *(one for one in LANGUAGES if one != language)]
    return Player(
        film, film.script.title.to(language), film.script.about.to(language), films.address(film, FILM.format(spoken)),
        films.address(film, POSTER.format(spoken)),
        [(said, films.address(film, CAPTIONS.format(spoken, said))) for said in first], film.cues[language][1:],
        film.seconds(spoken), film.length(spoken), film.script.screen == "phone",
    )  # fmt: skip


def _articles(shelf: library.Shelf, film: Film, where: Standing, language: str) -> list[Article]:
    """What there is to read about what the film shows."""
    today = clock.today(where.zone)
    found = (shelf.one(name, language, where.place.roles, today) for name in film.script.articles)
    return [one for one in found if one is not None]
