"""The trial page of the demo: an employee's chat, his approver's card, the ledger and the way of a message.

Everything on it is read from the rows that the product wrote; what is typed goes through the real inbox.
"""

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromQuery, SkipValidation, URLEncodedBody
from litestar.response import Redirect, Stream
from msgspec import Struct

from backoffice import asker, gate, live, talks
from backoffice.asker import Web
from backoffice.portal.chat import Handed, fragment
from backoffice.portal.home import ledger_of
from backoffice.rendering import page, says
from backoffice.talks import Read, Shown
from core import clock, database, demo
from core.accounts import sign_in
from core.accounts.tables import Membership
from core.approvals.tables import Request as Asked
from core.calendar import days
from core.messaging import inbox
from core.messaging.messages import Message
from core.messaging.tables import Outbound
from core.people import directory
from core.people.directory import Employee

HEAD_OF_HR = "0002"
SHAPES = {"applied": "approved", "rejected": "rejected", "withdrawn": "closed"}
SATURDAY = 5
Draw = Callable[[Message], dict[str, object]]


@dataclass
class Trial:
    """What the trial page is given: the demo company, a new one after each start over, and how Slack draws a card."""

    company: int
    draw_card: Draw


Given = NamedDependency[SkipValidation[Trial]]


class Said(Struct):
    """A sentence or a press, and whose it is."""

    words: str | None = None
    token: str | None = None
    id: str | None = None
    who: str = "person"


class Become(Struct):
    """Whose pages to see, by employee number."""

    who: str = ""


class TrialController(Controller):
    """`/try`, in a demo installation only."""

    path = "/try"

    @get()
    async def show(self, request: Web, read_talk: Handed, trial: Given) -> Response[str]:
        """The whole stage."""
        budi, sari = await demo.actors(trial.company)
        async with database.reading(trial.company):
            ratna = await directory.by_number(HEAD_OF_HR)
        facts = await _side(request, trial, read_talk, budi, sari)
        return await page(
            request, "try.html", framed=False, restart=True,
            place=says(request, "web.try_place", company=demo.NAME), zone=budi.zone,
            person=budi.first_name, talk=await _talk(trial, read_talk, budi),
            day_off=await _day_off(request, trial, budi),
            cast=[{"number": one.number, "name": one.first_name} for one in (budi, sari, ratna) if one], **facts,
        )  # fmt: skip

    @get("/lines")
    async def lines(self, request: Web, read_talk: Handed, trial: Given, seen: FromQuery[str] = "") -> Response[str]:
        """The employee's talk, when it changed."""
        budi, _ = await demo.actors(trial.company)
        return await fragment(request, await _talk(trial, read_talk, budi), seen, budi.zone)

    @get("/side")
    async def side(self, request: Web, read_talk: Handed, trial: Given, seen: FromQuery[str] = "") -> Response[str]:
        """Card, ledger and trace, when they changed."""
        budi, sari = await demo.actors(trial.company)
        facts = await _side(request, trial, read_talk, budi, sari)
        if facts["seen"] == seen:
            return Response("", status_code=204)
        return await page(
            request, "_parts/try_side.html", framed=False, person=budi.first_name, zone=budi.zone, **facts
        )

    @get("/live")
    async def hear(self, request: Web, trial: Given) -> Response[str] | Stream:
        """Tells when something is new in the talk of either, until the company is another one."""
        company, both = trial.company, await demo.actors(trial.company)

        async def still() -> bool:
            return trial.company == company

        return await live.stream(request, [(company, one.person) for one in both], still)

    @post("/say")
    async def say(self, request: Web, trial: Given, data: URLEncodedBody[Said]) -> Response[str]:
        """Write or press as the employee or as the approver."""
        budi, sari = await demo.actors(trial.company)
        whose = sari if data.who == "approver" else budi
        await inbox.write(trial.company, whose.person, words=data.words, token=data.token, key=data.id)
        if request.headers.get("x-requested-with") == "fetch":
            return Response("", status_code=204)
        return Redirect("/try#approver" if whose is sari else "/try", status_code=303)

    @post("/become")
    async def become(self, request: Web, trial: Given, data: URLEncodedBody[Become]) -> Response[str]:
        """Sign in as somebody of the demo company, without a password: there is nothing real in it."""
        async with database.reading(trial.company):
            wanted = await directory.by_number(data.who)
            row = (
                await Membership.select(Membership.account).where(Membership.person == wanted.person).first()
                if wanted
                else None
            )
        if row is None:
            raise NotFoundException
        await sign_in.leave(asker.of(request).session)
        answer: Response[str] = Redirect("/me/", status_code=303)
        answer.set_cookie(gate.cookie(sign_in.cookie_name(), await sign_in.open_for(row["account"])))
        return answer

    @post("/restart")
    async def restart(self, trial: Given) -> Redirect:
        """Start over with a company as it was in the beginning."""
        trial.company = (await demo.afresh(trial.company)).company
        return Redirect("/try", status_code=303)


async def _talk(trial: Trial, read_talk: Read, budi: Employee) -> Shown:
    lines = talks.bubbles(await read_talk(trial.company, budi.person), budi.zone)
    return Shown(
        "budi", demo.NAME, "/try/say", f"/try/lines?seen={talks.seen(lines)}", "/try/live", lines, anchor="person",
        as_whom=budi.first_name, fields={"who": "person"},
    )  # fmt: skip


async def _side(request: Web, trial: Trial, read_talk: Read, budi: Employee, sari: Employee) -> dict[str, Any]:
    language = asker.of(request).language
    stage = await demo.stage(trial.company, budi, sari)
    async with database.reading(trial.company):
        ledger = await ledger_of(budi.id, language)
        shapes = await _shapes([number for number, _, _ in stage.cards])
    heard, asked = await read_talk(trial.company, budi.person), await read_talk(trial.company, sari.person)
    words = stage.words or next((line.text for line in reversed(heard) if line.mine), "")
    cards = [
        _card(number, message, at, shapes.get(number, ""), trial.draw_card) for number, message, at in stage.cards[:2]
    ]
    question = asked[-1] if asked and not asked[-1].mine and await _asks_why(trial.company, asked[-1].number) else None
    stops = [_stop(request, one, sari) for one in stage.stops]
    if stage.waiting:
        name = says(request, "web.stop_decision")
        stops.append(
            {
                "name": name,
                "what": says(request, "web.stop_waits_what", name=sari.first_name),
                "ms": None,
                "waiting": True,
            }
        )
    last = stage.audit[0] if stage.audit else 0
    seen = f"{last}-{len(stage.stops)}-{len(asked)}-{len(ledger)}-{stage.external_id or ''}"
    return {
        "approver": sari.first_name, "cards": cards, "ledger": ledger, "fresh": stage.waiting, "seen": seen[-200:],
        "question": {"text": question.text, "at": question.at} if question else None,
        "trace": {"words": words, "stops": stops, "total": _ms(stage.stops[-1][1])} if stage.stops else None,
        "audit": {"seq": stage.audit[0], "hash": stage.audit[1]} if stage.audit else None,
    }  # fmt: skip


async def _asks_why(company: int, number: int) -> bool:
    """Whether this message asks the approver for the reason of a rejection."""
    async with database.reading(company):
        row = await Outbound.select(Outbound.key).where(Outbound.id == number).first()
    return row is not None and row["key"] == "approvals.why"


async def _shapes(cards: Sequence[int]) -> dict[int, str]:
    """How each card stands, by the state of its request."""
    if not cards:
        return {}
    rows = await Outbound.select(Outbound.id, Outbound.card_of).where(Outbound.id.is_in(list(cards)))
    states = await Asked.select(Asked.id, Asked.state).where(Asked.id.is_in([row["card_of"] for row in rows]))
    state_of = {row["id"]: row["state"] for row in states}
    return {row["id"]: SHAPES.get(state_of[row["card_of"]], "") for row in rows}


def _card(number: int, message: Message, at: datetime, shape: str, draw: Draw) -> dict[str, Any]:
    """A card as Slack's own blocks say it: sections become lines, the first one bold; actions become buttons."""
    paragraphs: list[str] = []
    choices: list[dict[str, str]] = []
    blocks: Any = draw(message).get("blocks", [])
    for block in blocks:
        if block["type"] == "section":
            paragraphs += html.unescape(block["text"]["text"]).split("\n")
        elif block["type"] == "actions":
            choices += [{"title": one["text"]["text"], "token": one["value"]} for one in block["elements"]]
    title = paragraphs.pop(0).replace("*", "") if message.title and paragraphs else None
    return {"key": number, "title": title, "paragraphs": paragraphs, "choices": choices, "at": at, "shape": shape}


def _stop(request: Web, one: tuple[str, float, dict[str, Any]], sari: Employee) -> dict[str, Any]:
    name, ms, facts = one
    told = {key: str(value) for key, value in facts.items()}
    if name == "sent":
        what = says(request, "web.stop_sent_what", channel=says(request, f"web.through_{told['channel']}"))
    elif name in ("flow", "rules"):
        answers = int(told.get("answers", "0"))
        what = says(request, f"web.stop_{name}_what", number=str(answers), count=answers)
    elif name == "decision":
        what = says(request, "web.stop_decision_what", number=told.get("number", ""), name=sari.first_name)
    else:
        what = says(request, f"web.stop_{name}_what")
    return {"name": says(request, f"web.stop_{name}"), "what": what, "ms": _ms(ms), "waiting": False}


def _ms(milliseconds: float) -> str:
    return str(round(milliseconds))


async def _day_off(request: Web, trial: Trial, budi: Employee) -> dict[str, Any] | None:
    """What is said when today is not worked: the demo runs on the real clock."""
    today = clock.today(budi.zone)
    async with database.reading(trial.company):
        off = await days.within(today, today, budi.location)
    if today in off:
        return {"day": today, "name": off[today].name(asker.of(request).language)}
    return {"day": today, "name": says(request, "web.try_weekend")} if today.weekday() >= SATURDAY else None
