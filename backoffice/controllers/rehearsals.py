"""Chats that are kept and replayed: pasted, said how they should go, looked at, taken away as a scene for the tests."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from backoffice import asker
from backoffice.asker import Web
from backoffice.controllers.simulator import Handed, may
from backoffice.guards import acting, requires, standing
from backoffice.rendering import page, refusal
from core import audit, database
from core.errors import Refused
from core.messaging import pasted, rehearsals, scene_file
from core.messaging.misses import IGNORE, LABELS
from core.messaging.rehearsals import ANSWERS, ASKS, Turn
from core.messaging.rehearsed import Play
from core.messaging.tables import Rehearsal
from core.people import directory, search
from core.people.directory import Employee
from core.phrases import phrase

PARTS = (ASKS, ANSWERS, "")
FEW = 2
EMPTY = {"chat": "", "as": "", "title": "", "writer": ""}
Fields = Mapping[str, str]


class RehearsalsController(Controller):
    """The chats that one company keeps."""

    path = "/{company:str}/rehearsals"
    guards = (requires("simulator", "use"),)

    @get()
    async def index(self, request: Web, done: FromQuery[str] = "") -> Response[str]:
        """Every chat and how it went when it was last replayed; and the form for another."""
        return await _index(request, EMPTY, done=done if done in ("kept", "removed") else "")

    @post("/paste", status_code=200)
    async def paste(self, request: Web, play_talk: Handed) -> Response[str]:
        """Read a chat: who is who in it, and how it goes now. Nothing is kept yet."""
        fields = await _fields(request)
        try:
            return await _choose(request, fields, play_talk)
        except Refused as no:
            return await _index(request, fields, wrong={"": refusal(request, no, standing(request).place.zone)})

    @post()
    async def keep(self, request: Web, play_talk: Handed) -> Response[Any]:
        """Keep it with what should be asked and answered, and replay it at once."""
        where, fields = standing(request), await _fields(request)
        try:
            async with database.transaction(where.company):
                employee = await _as(fields.get("as", ""))
                await may(request, employee)
                turns = await rehearsals.without_names(_turns(fields), fields.get("writer", ""), employee)
                title = (await rehearsals.without_names([Turn(fields.get("title", ""))], "", employee))[0].words
                public = await rehearsals.keep(employee, title, turns, employee.language, by=acting(request))
        except Refused as no:
            wrong = {"": refusal(request, no, where.place.zone)}
            return await _choose(request, fields, play_talk, turns=_turns(fields), wrong=wrong)
        await rehearsals.replay(play_talk, where.company, public)
        return Redirect(f"/{where.place.slug}/rehearsals/{public}?done=kept", status_code=303)

    @get("/{public:str}")
    async def show(self, request: Web, public: FromPath[str], done: FromQuery[str] = "") -> Response[str]:
        """One chat: what should come after each line, and the first that went another way."""
        where, language = standing(request), asker.of(request).language
        async with database.reading(where.company):
            row, employee = await _allowed(request, public)
        wanted, got = (_line(rehearsals.told(row, one), language) for one in ("wanted", "got"))
        turns = [
            {
                "words": _shown(turn.words, language),
                "asks": _label(turn.asks, language),
                "answer": turn.answer,
                "twin": _shown(turn.twin, language),
            }
            for turn in rehearsals.turns_in(row)
        ]
        return await page(
            request, "rehearsals/one.html", place=where.place.name, zone=where.place.zone, company=where.place, row=row,
            title=_shown(rehearsals.told(row, "title") or phrase("misses.shut", language), language), turns=turns,
            wanted=wanted, got=got, employee=employee, done=done if done in ("kept", "replayed") else "",
            whole=bool(rehearsals.twin_of(rehearsals.turns_in(row))),
        )  # fmt: skip

    @post("/{public:str}/replay")
    async def replay(self, request: Web, public: FromPath[str], play_talk: Handed) -> Response[Any]:
        """Play it now, without effect."""
        where = standing(request)
        async with database.transaction(where.company):
            row, employee = await _allowed(request, public)
            audit.record("talk.simulated", f"person:{row['person']}", by=acting(request))
        if employee is not None:
            await rehearsals.replay(play_talk, where.company, public)
        return Redirect(f"/{where.place.slug}/rehearsals/{public}?done=replayed", status_code=303)

    @post("/{public:str}/remove")
    async def remove(self, request: Web, public: FromPath[str]) -> Response[Any]:
        """Let go of it."""
        where = standing(request)
        async with database.transaction(where.company):
            row, _ = await _allowed(request, public)
            await rehearsals.remove(row, by=acting(request))
        return Redirect(f"/{where.place.slug}/rehearsals?done=removed", status_code=303)

    @post("/{public:str}/scene", status_code=200)
    async def scene(self, request: Web, public: FromPath[str], play_talk: Handed) -> Response[Any]:
        """The chat as a scene of the tests, without anything of the company; with its twin where that was written."""
        where, files = standing(request), {}
        async with database.transaction(where.company):
            row, employee = await _allowed(request, public)
            if employee is None:
                raise NotFoundException
            turns = rehearsals.turns_in(row)
            audit.record("talk.simulated", f"person:{row['person']}", by=acting(request), lines=len(turns))
        other = "en" if row["language"] == "id" else "id"
        private = {one for one in (employee.department_name, where.place.name) if one}
        for language, some in ((row["language"], turns), (other, rehearsals.twin_of(turns))):
            if some:
                async with database.reading(where.company):
                    lines = await rehearsals.filled(some, employee)
                played = await play_talk(where.company, employee.person, lines, language)
                async with database.reading(where.company):
                    title = _shown(rehearsals.told(row, "title") or "", language)
                    files[language] = await scene_file.scene_of(title, some, played, language, private=private)
        name = f"company.{public[:8].lower().strip('-_')}"
        return _download(name, files)


def _download(name: str, files: Mapping[str, str]) -> Response[Any]:
    """One scene as it is; with its twin, both in the folders in which the tests look for them."""
    if len(files) == 1:
        body, ending, kind = next(iter(files.values())).encode(), "chat", "text/plain"
    else:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
            for language, told in files.items():
                made.writestr(f"{language}/{name}.chat", told)
        body, ending, kind = packed.getvalue(), "zip", "application/zip"
    headers = {"content-disposition": f'attachment; filename="{name}.{ending}"', "cache-control": "no-store"}
    return Response(body, media_type=kind, headers=headers)


async def _index(
    request: Web, fields: Fields, *, wrong: Mapping[str, str] | None = None, done: str = ""
) -> Response[str]:
    where, language = standing(request), asker.of(request).language
    async with database.reading(where.company):
        found = await Rehearsal.select().order_by(Rehearsal.made_at, Rehearsal.id, ascending=False)
        names = await directory.names_of({row["person"] for row in found})
    rows = [
        {**row, "name": names.get(row["person"], ""), "lines": len(rehearsals.turns_in(row)),
         "title": _shown(rehearsals.told(row, "title") or phrase("misses.shut", language), language)}
        for row in found
    ]  # fmt: skip
    return await page(
        request, "rehearsals/index.html", status=422 if wrong else 200, place=where.place.name, zone=where.place.zone,
        company=where.place, rows=rows, fields=fields, wrong=wrong or {}, done=done,
    )  # fmt: skip


async def _choose(
    request: Web, fields: Fields, play: Play, *, turns: Sequence[Turn] | None = None,
    wrong: Mapping[str, str] | None = None,
) -> Response[str]:  # fmt: skip
    """Who is who, and each line with what comes after it now."""
    where, language = standing(request), asker.of(request).language
    lines = pasted.read(fields.get("chat", ""))
    who = pasted.speakers(lines)
    parts = {one: _part(fields, at, one, len(who)) for at, one in enumerate(who)}
    writer = next((one for one in who if parts[one] == ASKS), "")
    async with database.reading(where.company):
        employee = await _as(fields.get("as", ""))
        await may(request, employee)
        read = rehearsals.turns_of(lines, parts) if turns is None else turns
        made = await rehearsals.without_names(read, writer, employee)
        spoken = await rehearsals.filled(made, employee)
    played = await play(where.company, employee.person, spoken) if spoken else ()
    async with database.transaction(where.company):
        audit.record("talk.simulated", f"person:{employee.person}", by=acting(request), lines=len(spoken))
    shown = [
        {"turn": turn, "now": rehearsals.answer_of(played[at]) if at < len(played) else "",
         "understood": _understood(played[at].heard, language) if at < len(played) else ""}
        for at, turn in enumerate(made)
    ]  # fmt: skip
    labels = {"": phrase("rehearsals.anything", language)}
    labels |= {one: _label(one, language) for one in LABELS if one != IGNORE}
    return await page(
        request, "rehearsals/paste.html", status=422 if wrong else 200, place=where.place.name, zone=where.place.zone,
        company=where.place, employee=employee, fields=fields, who=list(parts.items()), writer=writer, turns=shown,
        labels=labels, parts_of={one: phrase(f"rehearsals.part_{one or 'none'}", language) for one in PARTS},
        wrong=wrong or {},
    )  # fmt: skip


def _part(fields: Fields, at: int, name: str, of: int) -> str:
    """What this one is in the chat, as chosen; at first whoever begins asks, and Serambi or the other answers."""
    chosen = fields.get(f"part{at}")
    if chosen in PARTS:
        return str(chosen)
    if name.casefold() == pasted.BOT.casefold():
        return ANSWERS
    return ASKS if at == 0 else ANSWERS if of == FEW and at == 1 else ""


async def _fields(request: Web) -> Fields:
    sent = await request.form()
    return EMPTY | {str(name): str(sent[name]) for name in sent}


def _turns(fields: Fields) -> Sequence[Turn]:
    made = []
    for at in range(rehearsals.MOST_TURNS + 1):
        words = fields.get(f"words{at}", "").strip()
        if not words:
            break
        twin = " ".join(fields.get(f"twin{at}", "").split())
        made.append(Turn(words, fields.get(f"asks{at}", ""), " ".join(fields.get(f"answer{at}", "").split()), twin))
    return made


async def _as(told: str) -> Employee:
    """Whom a number or a name means. Refused: nobody, or more than one."""
    words = told.strip()[:80]
    employee = await directory.by_number(words) if words else None
    if employee is None and words:
        found = await search.page(search.Wanted(words), None, FEW)
        if len(found) > 1:
            raise Refused("rehearsals.several", name=words)
        employee = await directory.at_work(found[0].employment) if found else None
    if employee is None:
        raise Refused("rehearsals.nobody")
    return employee


async def _allowed(request: Web, public: str) -> tuple[dict[str, Any], Employee | None]:
    """The chat of this address, and whom it is played as, if they still work here and the asker may speak as them."""
    row = await rehearsals.find(public)
    if row is None:
        raise NotFoundException
    employee = await directory.of_person(row["person"])
    if employee is not None:
        await may(request, employee)
    return row, employee


def _label(name: str, language: str) -> str:
    return phrase(f"misses.asks_{name}", language) if name in LABELS else ""


def _understood(heard: Any, language: str) -> str:
    return "" if heard is None else _label(heard.intent or "", language) or phrase("simulator.unsure", language)


def _line(told: str | None, language: str) -> str:
    """What should have been there or was: an answer, or after `=` what was understood."""
    if told is None or not told.startswith("="):
        return told or ""
    return _label(told[1:], language) or phrase("simulator.unsure", language)


def _shown(words: str, language: str) -> str:
    """A line with words where names were taken out."""
    words = words.replace("{0}", phrase("rehearsals.writer", language))
    for at in range(1, 10):
        words = words.replace(f"{{{at}}}", phrase("rehearsals.colleague", language, number=str(at)))
    return words
