"""The talk as somebody of the company would have it, without effect: for who wants to know how it answers, and why."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromQuery, SkipValidation, URLEncodedBody
from msgspec import Struct

from backoffice import asker, guards
from backoffice.asker import Web
from backoffice.guards import acting, requires, standing
from backoffice.rendering import page, refusal
from core import audit, database
from core.accounts import reach
from core.accounts.roles import EMPLOYEE, MATRIX, ROLES, allowed
from core.accounts.tables import Membership
from core.errors import Refused
from core.messaging.misses import LABELS
from core.messaging.rehearsed import Heard, Play, Played
from core.people import directory, search
from core.people.directory import Employee
from core.people.tables import Employment
from core.phrases import phrase, tanggal

MOST_FOUND, MOST_LINES, LONGEST = 12, 40, 300
Handed = NamedDependency[SkipValidation[Play]]


class Turn(Struct):
    """Whom the talk is with, what was written so far (JSON), and what is written now."""

    who: str = ""
    talk: str = "[]"
    words: str = ""


class SimulatorController(Controller):
    """The pretended talk of one company."""

    path = "/{company:str}/simulator"
    guards = (requires("simulator", "use"),)

    @get()
    async def begin(self, request: Web, q: FromQuery[str] = "", who: FromQuery[str] = "") -> Response[str]:
        """Look for somebody, or begin a talk as them."""
        where, wrong = standing(request), ""
        found: list[search.Found] = []
        employee: Employee | None = None
        async with database.reading(where.company):
            if who:
                employee = await employee_of(who)
                try:
                    await may(request, employee)
                except Refused as no:
                    wrong, employee = refusal(request, no, where.place.zone), None
            else:
                rows = await search.page(search.Wanted(q[:80].strip()), None, MOST_FOUND)
                found = list(rows[:MOST_FOUND])
        return await _show(request, employee, (), (), q=q[:80], found=found, wrong=wrong)

    @post(status_code=200)
    async def write(self, request: Web, data: URLEncodedBody[Turn], play_talk: Handed) -> Response[str]:
        """Play what was written so far and one line more; nothing of it is kept but that it was done."""
        where, lines = standing(request), _lines(data.talk)
        async with database.reading(where.company):
            employee = await employee_of(data.who)
            await may(request, employee)
        if data.words.strip():
            lines = [*lines, data.words.strip()[:LONGEST]][-MOST_LINES:]
        played = await play_talk(where.company, employee.person, lines)
        async with database.transaction(where.company):
            audit.record("talk.simulated", f"person:{employee.person}", by=acting(request), lines=len(lines))
        return await _show(request, employee, lines, played)


async def may(request: Web, employee: Employee) -> None:
    """Refuse to speak as somebody who may see or do in this company what the asker may not."""
    where = standing(request)
    await reach.hold(acting(request), person=employee.person)
    rows = await Membership.select(Membership.role).where(Membership.person == employee.person)
    given = frozenset(row["role"] for row in rows) | {EMPLOYEE}
    theirs = (await guards.as_of_today(replace(where.place, person=employee.person, roles=given), 0)).place.roles
    for resource, action in MATRIX:
        beyond = allowed(theirs, resource, action) and not allowed(where.place.roles, resource, action)
        if beyond and action != "own":
            role = next(one for one in ROLES if one in theirs and allowed([one], resource, action))
            raise Refused("simulator.not_as", name=employee.name, role=role)


async def employee_of(public: str) -> Employee:
    """Who works here under this address; not found where nobody does."""
    spell = await Employment.select(Employment.id).where(Employment.public == public).first()
    employee = await directory.at_work(spell["id"]) if spell else None
    if employee is None:
        raise NotFoundException
    return employee


def _lines(told: str) -> list[str]:
    try:
        lines = json.loads(told)
    except (ValueError, RecursionError):
        return []
    if not isinstance(lines, list):
        return []
    return [one[:LONGEST] for one in lines if isinstance(one, str)][-MOST_LINES:]


async def _show(
    request: Web, employee: Employee | None, lines: Sequence[str], played: Sequence[Played], **facts: Any
) -> Response[str]:
    where, language = standing(request), asker.of(request).language
    told = [{"turn": one, "heard": _heard(one.heard, language)} for one in played]
    said = reversed(played[-1].said if played else ())
    choices = next((one.choices for one in said if one.to is None and one.choices), ())
    return await page(
        request, "simulator/index.html", status=422 if facts.get("wrong") else 200, place=where.place.name,
        zone=where.place.zone, company=where.place, employee=employee, talk=json.dumps(list(lines)), turns=told,
        choices=choices, **{"q": "", "found": [], "wrong": "", **facts},
    )  # fmt: skip


def _heard(heard: Heard | None, language: str) -> list[tuple[str, str]]:
    """What was understood of a sentence, as (what, in words)."""
    if heard is None:
        return []

    def label(name: str) -> str:
        return phrase(f"misses.asks_{name}", language) if name in LABELS else name

    intent = label(heard.intent) if heard.intent else phrase("simulator.unsure", language)
    told = [("intent", intent), ("near", ", ".join(label(one) for one in heard.near))]
    told += [("concepts", ", ".join(heard.concepts)), ("kind", heard.kind or ""), ("days", _days(heard, language))]
    return [(phrase(f"simulator.{name}", language), words) for name, words in told if words]


def _days(heard: Heard, language: str) -> str:
    ends = [tanggal(one, language) for one in dict.fromkeys((heard.starts, heard.ends)) if one is not None]
    words = " – ".join(ends)
    if heard.days is not None:
        words = f"{words} ({phrase('simulator.long', language, days=str(heard.days))})".strip()
    return f"{words} {phrase('simulator.doubtful', language)}" if heard.doubtful and words else words
