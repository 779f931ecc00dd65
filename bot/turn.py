"""A message of an employee, where the talk with them rests, and how an answer goes back."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.dialog.engine import Chat
from core import clock
from core.audit import Actor
from core.errors import Refused
from core.messaging import fading, numbered, outbox, stamps
from core.messaging.messages import Choice, Incoming, Message
from core.messaging.outbox import Address
from core.people.directory import Employee
from core.phrases import phrase

OPEN_MENU = "choose"  # stands in place of a flow's name while a menu is open


@dataclass
class State:
    """Where a talk rests between two messages."""

    flow: str | None = None
    answers: dict[str, Any] = field(default_factory=dict)
    asked: str | None = None
    text: str = ""
    options: list[list[Any]] = field(default_factory=list)  # [value, title] of the open question
    turn: int = 0
    misses: int = 0
    asked_at: str | None = None
    began: int = 0  # the turn in which the open flow began
    done: list[list[Any]] = field(default_factory=list)  # [first turn, last turn, number] of a request
    topic: dict[str, Any] | None = None  # what was spoken of last
    heard: list[str] | None = None  # [words, what they were taken for] of the sentence answered last
    stack: list[dict[str, Any]] = field(default_factory=list)  # what was put aside, the newest last: bot.stack
    numbers: bool = False  # the open question is asked with digits
    spoken: str | None = None  # the language in which the open question was put

    def rest(self) -> None:
        """Nothing is open any more."""
        self.flow, self.answers, self.asked, self.text, self.options, self.misses = None, {}, None, "", [], 0
        self.numbers = False


@dataclass
class Trace:
    """The stops a message passed, in milliseconds since it was received."""

    since: datetime
    stops: list[list[Any]] = field(default_factory=list)

    def passed(self, stop: str, **facts: Any) -> None:
        """Note that the message is here now."""
        self.stops.append([stop, round((clock.now() - self.since).total_seconds() * 1000, 1), facts])


@dataclass
class Turn:
    """A message of an employee, and all that answering it needs."""

    employee: Employee
    incoming: Incoming
    inbound: int
    trace: Trace
    state: State
    language: str
    address: Address
    said: int = 0
    may_wait: bool = False  # whether words that say nothing yet may wait for more
    paper: int | Refused | None = None  # the file that came with the message, or why it could not be kept

    def phrase(self, key: str, **facts: Any) -> str:
        """A phrase in the language of the talk."""
        return phrase(key, self.language, **facts)

    @property
    def actor(self) -> Actor:
        """Who acts in this turn, for the audit."""
        return Actor(f"person:{self.employee.person}", self.incoming.channel)

    @property
    def said_at(self) -> datetime:
        """When the message was written, as far as its platform can be believed."""
        return stamps.said_at(self.incoming, self.trace.since)

    @property
    def numbers(self) -> bool:
        """Whether choices are written as digits: always for who wants it so, else after two answers that missed."""
        return self.employee.numbers or self.state.numbers

    def chat(self, opening: str | None = None) -> Chat:
        """The turn as a flow sees it."""
        state = self.state
        return Chat(
            employee=self.employee, language=self.language, now=clock.now(), today=clock.today(self.employee.zone),
            actor=self.actor, answers=dict(state.answers), opening=opening, asked=state.asked, topic=state.topic,
            here=self.address, said_at=self.said_at,
        )  # fmt: skip

    async def post(self, key: str, text: str, choices: tuple[Choice, ...] = (), **more: Any) -> None:
        """Say one thing back."""
        self.said += 1
        message = Message(key, text, choices, language=self.language, **more)
        if self.numbers and not message.numbered:
            open_ = self.state.asked is not None
            menu = open_ and self.state.flow == OPEN_MENU
            message = numbered.shown(message, drops=open_ and not menu, person=menu or self.state.numbers)
        dedupe = f"reply:{self.inbound}:{self.said}"
        number = await outbox.post(self.address, message, dedupe=dedupe, caused_by=self.inbound)
        await fading.watch(number, key, self.address.channel)

    async def say(self, key: str, *choices: Choice, **facts: Any) -> None:
        """Say a phrase back."""
        await self.post(key, self.phrase(key, **facts), choices)
