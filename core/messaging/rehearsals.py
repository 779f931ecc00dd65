"""Chats that are replayed: of each it is said how it should go, and the first line that goes another way is kept.

Names are taken out before a chat is kept. Whoever it is played as speaks for `{0}`, colleagues for `{1}` and on.
What should be answered may leave out what changes from day to day: an ellipsis stands for anything.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from core import audit, clock, database, vault
from core.audit import Actor
from core.errors import Refused
from core.messaging import misses
from core.messaging.pasted import Line
from core.messaging.rehearsed import Play, Played
from core.messaging.tables import Rehearsal
from core.people import directory, unnamed
from core.people.directory import Employee
from core.people.names import plain
from core.people.tables import Person
from core.phrases import one_line

UNPLAYED, PASSES, DIFFERS, NOBODY = "unplayed", "passes", "differs", "nobody"
MOST, MOST_TURNS, LONGEST = 200, 30, 600
ASKS, ANSWERS = "asks", "answers"  # the part in the chat; who has none is left out
_NAME = re.compile(r"\{(\d)\}")
_COLUMN = "rehearsal.{}"


@dataclass(frozen=True)
class Turn:
    """What is written, and how it should go on; empty is whatever may come. `twin` is it in the other language."""

    words: str
    asks: str = ""  # one of misses.LABELS
    answer: str = ""
    twin: str = ""


@dataclass(frozen=True)
class Difference:
    """The first line that goes another way."""

    at: int
    wanted: str
    got: str


def turns_of(lines: Sequence[Line], parts: Mapping[str, str]) -> Sequence[Turn]:
    """The chat by its turns; only a scene says by itself how each should be answered."""
    made: list[Turn] = []
    for line in lines:
        part = parts.get(line.who)
        if part == ASKS:
            made.append(Turn(line.words))
        elif part == ANSWERS and made and line.whole:
            made[-1] = replace(made[-1], answer=f"{made[-1].answer} {line.words}".strip())
    return made


async def without_names(turns: Sequence[Turn], writer: str, employee: Employee) -> Sequence[Turn]:
    """The same turns without anybody's name; `writer` is what the chat calls whoever wrote it."""
    names = set(await unnamed.names_in([one for turn in turns for one in (turn.words, turn.answer, turn.twin)]))
    own = {part for one in (writer, employee.name) for part in plain(one).split()}
    said = {part for turn in turns for part in plain(f"{turn.words} {turn.answer} {turn.twin}").split()}
    names |= {part for part in plain(writer).split() if part in said and len(part) >= unnamed.SHORTEST}
    others: dict[str, int] = {}

    def called(name: str) -> str:
        return "{0}" if name in own else f"{{{min(9, others.setdefault(name, len(others) + 1))}}}"

    return tuple(
        replace(
            turn,
            words=unnamed.replaced(misses.without_secrets(turn.words), names, called),
            twin=unnamed.replaced(misses.without_secrets(turn.twin), names, called),
            answer=unnamed.replaced(" ".join(turn.answer.split())[:LONGEST], names, lambda _: "…"),
        )
        for turn in turns
    )


async def keep(employee: Employee, title: str, turns: Sequence[Turn], language: str, *, by: Actor) -> str:
    """Keep a chat whose names are out already; returns its address.

    Refused: it says nothing, too much, or not how it should go.
    """
    title = one_line(title)
    if not title or not turns:
        raise Refused("rehearsals.empty")
    if len(turns) > MOST_TURNS or await Rehearsal.count() >= MOST:
        raise Refused("rehearsals.too_many", turns=str(MOST_TURNS), most=str(MOST))
    if any(turn.asks and turn.asks not in misses.LABELS for turn in turns):
        raise Refused("misses.no_label")
    if not any(turn.asks or turn.answer for turn in turns):
        raise Refused("rehearsals.nothing_wanted")
    told = json.dumps([asdict(turn) for turn in turns], ensure_ascii=False)
    made = Rehearsal(
        public=database.new_public(), person=employee.person, title=_seal(title[:80], "title", employee.person),
        turns=_seal(told, "turns", employee.person), language=language, made_by=by.name, made_at=clock.now(),
    )  # fmt: skip
    await Rehearsal.insert(made)
    audit.record("rehearsal.kept", f"person:{employee.person}", by=by, turns=len(turns))
    return str(made.public)


async def remove(row: Mapping[str, Any], *, by: Actor) -> None:
    """Let go of a chat."""
    await Rehearsal.delete().where(Rehearsal.id == row["id"])
    audit.record("rehearsal.removed", f"person:{row['person']}", by=by)


async def find(public: str) -> dict[str, Any] | None:
    """The row of this address in the company in scope, or None."""
    return await Rehearsal.select().where(Rehearsal.public == public).first()


def told(row: Mapping[str, Any], column: str) -> str | None:
    """What a sealed column of a row says; None when it says nothing or can no longer be opened."""
    if row[column] is None:
        return None
    try:
        return vault.unseal(row[column], company=row["company"], column=_COLUMN.format(column), subject=row["person"])
    except vault.SHUT:
        return None


def turns_in(row: Mapping[str, Any]) -> Sequence[Turn]:
    """How the chat of a row goes; none once it can no longer be opened."""
    return tuple(Turn(**one) for one in json.loads(told(row, "turns") or "[]"))


async def replay(play: Play, company: int, public: str, version: str | None = None) -> None:
    """Play a chat without effect and note how it went; `version` is what the talk knows now, where that is known."""
    async with database.reading(company):
        row = await find(public)
        employee = await directory.of_person(row["person"]) if row else None
        lines = await spoken(row, employee) if row and employee else ()
    if row is None:
        return
    played = await play(company, employee.person, lines) if employee is not None and lines else ()
    differs = difference(turns_in(row), played) if played else None
    verdict = NOBODY if not played else DIFFERS if differs else PASSES
    changed: dict[Any, Any] = {
        Rehearsal.verdict: verdict, Rehearsal.differs_at: differs.at if differs else None,
        Rehearsal.wanted: _seal(differs.wanted, "wanted", row["person"], company) if differs else None,
        Rehearsal.got: _seal(differs.got, "got", row["person"], company) if differs else None,
        Rehearsal.played_at: clock.now(),
    }  # fmt: skip
    if version is not None:
        changed[Rehearsal.version] = version
    async with database.transaction(company):
        await Rehearsal.update(changed).where(Rehearsal.id == row["id"])


async def spoken(row: Mapping[str, Any], employee: Employee) -> Sequence[str]:
    """What is written in the chat of a row, with names of today's colleagues in it."""
    return await filled(turns_in(row), employee)


def twin_of(turns: Sequence[Turn]) -> Sequence[Turn]:
    """The same chat in the other language; nothing unless every line of it was written in that too."""
    whole = bool(turns) and all(turn.twin for turn in turns)
    return tuple(Turn(turn.twin, turn.asks) for turn in turns) if whole else ()


async def filled(turns: Sequence[Turn], employee: Employee) -> Sequence[str]:
    """What is written in these turns, with names of today's colleagues in it."""
    used = {int(number) for turn in turns for number in _NAME.findall(turn.words)}
    names = {0: employee.first_name}
    if used - {0}:
        found = await Person.select(Person.name).where(Person.id != employee.person).order_by(Person.id).limit(9)
        names |= {at: row["name"].split()[0] for at, row in enumerate(found, start=1)}
    return [_NAME.sub(lambda found: names.get(int(found[1]), employee.first_name), turn.words) for turn in turns]


def difference(turns: Sequence[Turn], played: Sequence[Played]) -> Difference | None:
    """The first line of a chat that was understood or answered otherwise than it should be; None when there is none."""
    for at, (turn, one) in enumerate(zip(turns, played, strict=False)):
        understood = (one.heard.intent or "") if one.heard else ""
        if turn.asks and understood != turn.asks:
            return Difference(at, f"={turn.asks}", f"={understood}")
        said = answer_of(one)
        if turn.answer and not matches(turn.answer, said):
            return Difference(at, turn.answer, said)
    return None


def answer_of(played: Played) -> str:
    """What whoever writes is told in this turn, as a line of a scene."""
    mine = [one for one in played.said if one.to is None]
    return " ".join(" ".join([one.text.replace("\n", " | "), *(f"[{title}]" for title in one.choices)]) for one in mine)


def matches(wanted: str, said: str) -> bool:
    """Whether what should be said stands in what is said; an ellipsis stands for anything."""
    pieces = [re.escape(" ".join(piece.split()).casefold()) for piece in re.split(r"…|\.\.\.", wanted)]
    return re.search(".*".join(pieces), " ".join(said.split()).casefold()) is not None


def _seal(words: str, column: str, person: int, company: int | None = None) -> str:
    where = database.company() if company is None else company
    return vault.seal(words, company=where, column=_COLUMN.format(column), subject=person)
