"""Somebody who walks through the flows at random, in a transaction that is never kept.

Between two turns only what the conversation's row would hold goes on, as after a restart. Every flow of the table begins
from its button, so a new one is walked by itself; what its button must bring along is added to `brought`.
"""

import json
import random
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import Any

from bot import talk
from bot.dialog.engine import FLOWS, Chat, advance
from bot.turn import State, Trace, Turn
from core import clock, database
from core.helpdesk import moving, tickets
from core.leave.policy import Period
from core.messaging import buttons, outbox
from core.messaging.messages import Choice, Incoming, Message
from core.messaging.outbox import Address
from core.messaging.tables import Outbound
from core.notices import feature_requests
from core.notices.feature_rules import Step
from core.people.directory import Employee
from core.piccolo_app import TABLES
from core.privacy import carrying_out, erasure
from core.privacy import requests as data_requests
from core.privacy.holding_tables import Erasure
from core.privacy.requests import Come
from tests.core.cast import Cast, as_

# What a talk writes though nothing was asked for: itself, its buttons, what it missed, and what was seen by whom.
OF_THE_TALK = {"outbound", "inbound", "conversation", "button", "miss", "search_log", "job", "audit_entry", "person"}
MOST_REPLIES = 1
CHAT = ("telegram", "123456")
SAID = {
    "id": [
        "cuti besok", "besok", "20 juli", "3-5 agustus", "minggu depan", "acara keluarga", "ya", "tidak", "1", "2",
        "sisa cuti berapa", "kenapa", "siapa yang cuti", "tarik cuti", "ganti tanggal C-1", "sakit hari ini", "lewati",
        "bukan, lusa", "setengah hari", "31 februari", "yang kedua", "lanjut", "hapus", "libur apa saja", "status C-1",
        "izin gak masuk besok", "izin telat jam 10", "kenapa 4", "kalau cuti 28-30 des sisa berapa", "cutibesoksajaya", "eh",
        "mau bicara dengan orang", "laptop saya rusak", "tiket saya gimana", "T-1 kapan dijawab", "belum", "makasih",
    ],
    "en": [
        "leave tomorrow", "tomorrow", "20 july", "3-5 august", "next week", "family matter", "yes", "no", "1", "2",
        "how many days do i have left", "why", "who is away", "withdraw my leave", "change the dates of C-1",
        "i am sick today", "skip", "no, the day after", "half a day", "31 february", "the second one", "continue",
        "discard", "which holidays", "status C-1", "permission not to come in tomorrow",
        "can i come in late at 10", "why 4", "if i take 28-30 dec how many are left", "leavetomorrowplease", "eh",
        "i want to talk to a person", "my laptop is broken", "any news on my ticket", "why is T-1 due then", "not yet",
        "thanks",
    ],
}  # fmt: skip
ALWAYS = [
    "batal",
    "cancel",
    "kembali",
    "back",
    "menu",
    "bantuan",
    "help",
    "orang",
    "ulangi",
    "repeat",
    "english",
    "bahasa",
]
ODD = [
    "🙂", "👍🏽👍", "？？", "こんにちは", "привет как дела", "مرحبا", "C-99999999", "\u202ebesok\u202c", "99999999999", "",
    " ", "\n", "a" * 4000, "cuti " * 800, "1/1/0001", "31-12-9999", "0", "-1", "'; drop table person; --", "{name}", "\x00",
]  # fmt: skip


class _Undone(Exception):
    """Takes everything back."""


@dataclass
class Walker:
    """One employee who talks; `offered` are the buttons that were shown so far, the fresh ones last."""

    employee: Employee
    language: str
    state: State = field(default_factory=State)
    offered: list[Choice] = field(default_factory=list)
    path: list[str] = field(default_factory=list)
    turns: int = 0
    card: bool = False  # whether what was shown last may be answered by writing its choice

    async def does(self, words: str | None = None, token: str | None = None, kind: str = "message") -> list[Message]:
        """Play one turn; returns what is said to this person."""
        self.turns += 1
        self.path.append(f"[{token}]" if token else repr(words)[:60])
        turn = self._turn(Incoming(
            *CHAT, "777", f"walk:{self.turns}", words=words, token=token, kind="press" if token else kind
        ))  # fmt: skip
        with clock.freeze(clock.now() + timedelta(seconds=self.turns)), outbox.watched() as posted:
            await talk.step(turn)
        self.state = State(**json.loads(json.dumps(asdict(turn.state))))
        self.language = turn.language
        rows = await Outbound.objects().where(
            Outbound.id.is_in(list(posted) or [0]) & (Outbound.person == self.employee.person) & Outbound.edits.is_null()
        ).order_by(Outbound.id)  # fmt: skip
        told = [outbox.unseal(row) for row in rows]
        self.card = bool(told and told[-1].choices) or (self.card and not told)
        self.offered = [*self.offered, *(one for message in told for one in message.choices)][-40:]
        return told

    async def begins(self, flow: str, answers: Mapping[str, Any]) -> list[Message]:
        """Press a button that begins this flow."""
        brought = {**answers, "privacy": answers["erased"]} if flow == "privacy_keep" else dict(answers)
        made = await buttons.make("x", "start", person=self.employee.person, flow=flow, answers=brought)
        return await self.does(token=made.token)

    async def asked_anew(self) -> Chat:
        """The open flow, run again from its row alone."""
        turn = self._turn(Incoming(*CHAT, "777", "walk:again"))
        chat = turn.chat()
        chat.asked = None
        assert not await advance(FLOWS[self.state.flow or ""].run, chat), f"ends by itself: {self.path}"
        return chat

    def _turn(self, incoming: Incoming) -> Turn:
        return Turn(
            employee=self.employee, incoming=incoming, inbound=-self.turns, trace=Trace(clock.now()), state=self.state,
            language=self.language, address=Address(*CHAT, "777", self.employee.person),
        )  # fmt: skip


async def brought(cast: Cast) -> dict[str, Any]:
    """Give Budi a request, a file and a ticket, and return what the buttons of the flows bring along."""
    asked = await cast.asks(cast.budi, Period(date(2026, 9, 14), date(2026, 9, 15)))
    async with database.transaction(cast.company):
        here = Address(*CHAT, "777", cast.budi.person)
        told = await tickets.submit(cast.budi, "seragam baru", address=here, by=as_(cast.budi))
        await tickets.take(told.ticket, by=as_(cast.ratna))
        move = await moving.ask(told.ticket, "seragam baru", by=as_(cast.ratna))
        come = Come("portal", "web", "session", subject=cast.budi.person)
        data = await data_requests.submit("restrict", cast.budi.person, "foto", come, by=as_(cast.budi))
        waits = await _erasure_that_waits(cast, come)
        idea = await feature_requests.submit(cast.tono.person, "mode gelap", by=as_(cast.tono))
        await feature_requests.move(idea, Step("reviewing", title="Mode gelap"), by=as_(cast.ratna))
    return {
        "request": asked.id, "version": asked.version, "which": asked.number, "paper": 1, "day": "2026-12-24",
        "privacy": data.number, "ticket": told.ticket.number, "stars": 2, "idea": idea.number, "move": move.public, "article": "cuti-menikah",
        "film": "ajukan-cuti", "erased": waits, "alarm": "life",
    }  # fmt: skip


async def _erasure_that_waits(cast: Cast, come: Come) -> str:
    """The number of a request to delete that was granted and has not begun."""
    asked, now = await data_requests.submit("delete", cast.budi.person, "", come, by=as_(cast.budi)), clock.now()
    row = Erasure(
        public=database.new_public(), person=cast.budi.person, scope="here", state=erasure.RUNNING, asked_by="person:8",
        asked_at=now, request=asked.public, agreed_by="person:9", agreed_at=now, runs_at=now + carrying_out.STOPPABLE,
        plan="[]",
    )  # fmt: skip
    await Erasure.insert(row)
    return asked.number


@asynccontextmanager
async def pretended(cast: Cast) -> AsyncIterator[None]:
    """A transaction that is taken back at its end."""
    try:
        async with database.transaction(cast.company):
            yield
            raise _Undone
    except _Undone:
        return


async def everything() -> dict[str, list[str]]:
    """Every row that is not of the talk itself."""
    return {
        table._meta.tablename: sorted(map(repr, await table.select()))
        for table in TABLES
        if table._meta.tablename not in OF_THE_TALK
    }


def anything(walker: Walker, chance: random.Random) -> dict[str, str | None]:
    """A random turn: a fresh or stale press, a word that always works, an answer, or nonsense."""
    drawn = chance.random()
    if drawn < 0.35 and walker.offered:
        fresh = walker.offered[-4:] if chance.random() < 0.8 else walker.offered
        return {"token": chance.choice(fresh).token}
    if drawn < 0.45:
        return {"words": chance.choice(ALWAYS)}
    if drawn < 0.85:
        return {"words": chance.choice(SAID[chance.choice(("id", "en"))])}
    if drawn < 0.9:
        return {
            "words": chance.choice([None, *ODD[:4]]),
            "kind": chance.choice(["voice", "sticker", "unsupported", "edited"]),
        }
    if drawn < 0.95:
        return {"words": "".join(chr(chance.choice([*range(32, 127), 0x1F600, 0x4E00, 0x627])) for _ in range(30))}
    return {"words": chance.choice(ODD)}
