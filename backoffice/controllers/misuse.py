"""Reports of misuse at the desk that looks into them: the list, one of them, and each step with a second person."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice import actors, asker
from backoffice.asker import Web
from backoffice.guards import acting, requires, standing
from backoffice.rendering import page, refusal
from core import database
from core.accounts.acts_in import OPERATOR
from core.errors import Refused
from core.people.tables import Person
from core.phrases import phrase
from core.privacy import misuse, misuse_desk, misuse_way
from core.privacy.misuse_tables import MisuseEvent, MisuseReport

FIELDS = {
    "misuse.words_needed": "words", "misuse.too_long": "words", "misuse.answer_needed": "answer",
    "misuse.measures_needed": "measures", "misuse.breach_needed": "breach", "misuse.breach_unknown": "breach",
    "misuse.yourself": "who", "misuse.runs_it": "who",
}  # fmt: skip
ACTS = ("take", "ask", "note", "name", "evidence", "propose", "agree", "back")


class Said(Struct):
    """What a step needs: words, a name, or how it ends."""

    words: str = ""
    who: str = ""
    outcome: str = ""
    answer: str = ""
    measures: str | list[str] = ""
    breach: str = ""

    def chosen(self) -> list[str]:
        """The measures that were ticked."""
        ticked = [self.measures] if isinstance(self.measures, str) else self.measures
        return [one for one in dict.fromkeys(ticked) if one]


@dataclass(frozen=True)
class Line:
    """Something that happened, as whoever looks into it reads it."""

    at: datetime
    who: str
    what: str
    words: str
    public: bool


class MisuseController(Controller):
    """`/{company}/privacy/misuse`."""

    path = "/{company:str}/privacy/misuse"
    guards = (requires("misuse", "handle"),)

    @get()
    async def show(self, request: Web) -> Response[str]:
        """What this reader may look into, the newest first."""
        where = standing(request)
        async with database.reading(where.company):
            rows = await misuse_desk.readable(acting(request))
        return await page(
            request, "privacy/misuses.html", place=where.place.name, zone=where.place.zone, company=where.place,
            rows=rows, open=sum(1 for one in rows if one.state in misuse_way.OPEN),
        )  # fmt: skip

    @get("/{public:str}")
    async def one(self, request: Web, public: FromPath[str], done: FromQuery[str] = "") -> Response[str]:
        """One report."""
        return await _one(request, public, done=done if done in ACTS else "")

    @post("/{public:str}/{act:str}")
    async def act(
        self, request: Web, public: FromPath[str], act: FromPath[str], data: URLEncodedBody[Said]
    ) -> Response[str]:
        """Do the next thing with it."""
        if act not in ACTS:
            raise NotFoundException
        where = standing(request)
        try:
            async with database.transaction(where.company):
                row = await misuse_desk.by_public(public, acting(request))
                if row is None:
                    raise NotFoundException
                await _acts(request, data)[act](row)
        except Refused as no:
            wrong = {FIELDS.get(no.key, "who" if act == "name" else ""): refusal(request, no, where.place.zone)}
            return await _one(request, public, wrong=wrong, typed=data, status=422)
        return Redirect(f"/{where.place.slug}/privacy/misuse/{public}?done={act}", status_code=303)


def _acts(request: Web, data: Said) -> Mapping[str, Callable[[MisuseReport], Awaitable[object]]]:
    by = acting(request)
    return {
        "take": lambda row: misuse_desk.take(row, by=by),
        "ask": lambda row: misuse_desk.write(row, data.words, by=by, asks=True),
        "note": lambda row: misuse_desk.write(row, data.words, by=by, asks=False),
        "name": lambda row: misuse_desk.name(row, data.who[:200], by=by),
        "evidence": lambda row: misuse_desk.keep_evidence(row, by=by),
        "propose": lambda row: misuse_desk.propose(
            row, data.outcome, data.answer, data.chosen(), data.breach[:16], by=by
        ),
        "agree": lambda row: misuse_desk.agree(row, by=by),
        "back": lambda row: misuse_desk.give_back(row, data.words, by=by),
    }


async def _one(
    request: Web, public: str, *, done: str = "", wrong: Mapping[str, str] | None = None, typed: Said | None = None,
    status: int = 200,
) -> Response[str]:  # fmt: skip
    where, language = standing(request), asker.of(request).language
    async with database.reading(where.company):
        row = await misuse_desk.by_public(public, acting(request))
        if row is None:
            raise NotFoundException
        events = await misuse.events_of(row)
        names = await actors.names({one.by for one in events} | {row.decided_by or "", row.second_by or ""})
        lines = [_line(one, names, language) for one in events]
        people = await _called(await misuse.named_in(row))
        who = await _called([row.person]) if row.shows_name else ()
        answer, accused = misuse.opened_of(row, "answer"), misuse.opened_of(row, "accused")
    return await page(
        request, "privacy/misuse.html", status=status, place=where.place.name, zone=where.place.zone,
        company=where.place, row=row, lines=lines, named=people, reporter=who[0] if who else "", answer=answer,
        accused=accused, done=done, wrong=dict(wrong or {}), typed=typed or Said(), most=misuse_way.LONGEST,
        measures={one: phrase(f"misuse.measure_{one}", language) for one in misuse_way.MEASURES},
        outcomes={one: phrase(f"misuse.outcome_{one}", language) for one in misuse_way.OUTCOMES},
        at_operator=where.place.slug == OPERATOR, mine=row.decided_by == acting(request).name,
    )  # fmt: skip


def _line(one: MisuseEvent, names: Mapping[str, str], language: str) -> Line:
    who = phrase("misuse.reporter", language) if one.by == misuse.REPORTER else names.get(one.by, "Serambi")
    words = misuse.opened(one)
    if one.kind == misuse_way.EVIDENCE:
        words = misuse_desk.evidence_in_words(words, language)
    return Line(one.at, who, phrase(f"misuse.event_{one.kind}", language), words, one.public)


async def _called(people: Sequence[int]) -> list[str]:
    rows = await Person.select(Person.name).where(Person.id.is_in(list(people) or [0])).order_by(Person.id)
    return [row["name"] for row in rows]
