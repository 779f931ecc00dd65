"""Runs a flow one message at a time.

A flow is a coroutine that reads as the talk it holds. Each message runs it again from the top with the answers given so
far, up to the first open question; nothing has to survive in memory between two messages. The price is one rule: a flow
writes only after its last question, and reads only through `look`, so that a replay asks the same question.
"""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol, TypeVar

from bot.dialog import between, parsers
from core.audit import Actor
from core.errors import Refused
from core.messaging.messages import Choice, Enclosing
from core.messaging.outbox import Address
from core.people.directory import Employee
from core.phrases import phrase

T = TypeVar("T")
MOST_ROUNDS = 12


class Reader(Protocol[T]):
    """How the answer to a question is read from words, and kept between two messages."""

    def read(self, words: str, chat: "Chat") -> T: ...
    def spot(self, sentence: str, chat: "Chat") -> T | None: ...
    def correct(self, words: str, before: T, chat: "Chat") -> T | None: ...
    def dump(self, value: T) -> Any: ...
    def load(self, stored: Any) -> T: ...


class Misunderstood(Exception):
    """The words do not answer the question; the key names the phrase that helps."""

    def __init__(self, key: str = "dialog.unclear") -> None:
        super().__init__(key)
        self.key = key


class Waiting(Exception):
    """The flow has asked and cannot go on."""


class Again(Exception):
    """An answer was changed or dropped: the flow runs again from the top."""


class Cancelled(Exception):
    """The person chose to drop what they began."""


@dataclass(frozen=True)
class Option:
    """A way to answer: the value it stands for, and its words.

    `exactly` asks for its very words where any others are an answer too: "lewat tol" skips nothing.
    """

    value: Any
    title: str
    exactly: bool = False


@dataclass(frozen=True)
class Question:
    """What is open now."""

    key: str
    text: str
    options: tuple[Option, ...]
    short: str | None = None  # how it is asked once more after something came between


@dataclass(frozen=True)
class Reply:
    """Something said without waiting for an answer; its choices act by themselves."""

    key: str
    text: str
    choices: tuple[Choice, ...] = ()
    file: Enclosing | None = None


@dataclass(frozen=True)
class Input:
    """What the person did in answer to the open question: typed words, or chose one of its options."""

    words: str | None = None
    chosen: Any = None
    pressed: bool = False


Change = tuple[str, "Reader[Any]"]


@dataclass
class Chat:
    """One turn of the talk with one employee, as a flow sees it."""

    employee: Employee
    language: str
    now: datetime
    today: date
    actor: Actor
    answers: dict[str, Any] = field(default_factory=dict)
    opening: str | None = None
    asked: str | None = None
    input: Input | None = None
    replies: list[Reply] = field(default_factory=list)
    open: Question | None = None
    misunderstood: str | None = None
    put_right: str | None = None  # the earlier answer that this message corrected
    beside: str | None = None  # what was written after the words that chose an option
    made: str | None = None  # the number of the request that this talk has led to
    first_words: str | None = None  # what the first question of this task begins with
    paper_next: int | None = None  # a file to be asked about once this talk is over
    topic: dict[str, Any] | None = None  # what was spoken of last, for a sentence that goes on from there
    here: Address | None = None  # where the talk is held
    said_at: datetime | None = None  # when the message was written; None: now
    _looked: dict[str, Any] = field(default_factory=dict)
    _hangs: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _fresh: list[str] = field(default_factory=list)
    _before: dict[str, Any] | None = None  # the answers as they were before this message corrected one

    @property
    def looked(self) -> Mapping[str, Any]:
        """What was read in this turn, by the names it was looked up under."""
        return self._looked

    def say(self, key: str, *choices: Choice, **facts: Any) -> None:
        """Say something and go on."""
        self.replies.append(Reply(key, self.phrase(key, **facts), choices))

    def send(self, key: str, file: Enclosing, *choices: Choice, **facts: Any) -> None:
        """Say something beside a file and go on."""
        self.replies.append(Reply(key, self.phrase(key, **facts), choices, file))

    def phrase(self, key: str, **facts: Any) -> str:
        """A phrase in the language of the talk."""
        return phrase(key, self.language, **facts)

    async def look(self, key: str, read: Callable[..., Awaitable[T]], *args: Any) -> T:
        """What a read says, once a turn: a replay within the turn sees the same."""
        if key not in self._looked:
            self._looked[key] = await read(*args)
        value: T = self._looked[key]
        return value

    def note(self, key: str, reader: "Reader[T]") -> T | None:
        """What the opening sentence says by the way; never asked for."""
        if key not in self.answers:
            value = reader.spot(self.opening, self) if self.opening is not None else None
            self.answers[key] = None if value is None else reader.dump(value)
        stored = self.answers[key]
        return None if stored is None else reader.load(stored)

    async def ask(
        self,
        key: str,
        reader: "Reader[T]",
        *,
        options: Sequence[Option] = (),
        changes: Sequence[Change] = (),
        hangs_on: Sequence[str] = (),
        says: str | None = None,
        short: str | None = None,
        **facts: Any,
    ) -> T:
        """The answer to this question, from the opening sentence, from an earlier message, or from this one.

        `changes` are earlier answers that the person may correct here instead; what hangs on them is asked again.
        """
        self._hangs[key] = tuple(hangs_on)
        if key in self.answers:
            try:
                return reader.load(self.answers[key])
            except (AttributeError, KeyError, TypeError, ValueError):
                del self.answers[key]  # kept by an earlier version that asked something else: it is asked again
        if self.opening is not None:
            spotted = reader.spot(self.opening, self)
            if spotted is not None:
                self.answers[key] = reader.dump(spotted)
                return spotted
        again = None if short is None else self.phrase(short, **facts)
        text = self.phrase(says or key, **facts)
        if self.first_words and self.answers.setdefault("first_at", key) == key:
            text = self.first_words + text
        question = Question(key, text, tuple(options), again)
        if self.asked == key and self.input is not None:
            given, self.input = self.input, None
            try:
                value = self._read(question, given, reader, changes)
            except Misunderstood as unclear:
                self.misunderstood = unclear.key
            else:
                self.answers[key] = reader.dump(value)
                self._fresh.append(key)
                return value
        self.open = question
        raise Waiting

    def _read(self, question: Question, given: Input, reader: "Reader[T]", changes: Sequence[Change]) -> T:
        if given.pressed:
            value: T = given.chosen
            return value
        words = given.words or ""
        titles = [option.title for option in question.options]
        # Whoever writes a choice as it stands there means it, whatever else it could say.
        said = words.strip().rstrip(".!").casefold()
        exact = next((option for option in question.options if option.title.casefold() == said), None)
        if exact is not None:
            named: T = exact.value
            return named
        # "1" below three choices is the first of them, not the first of next month.
        if words.strip().isdecimal() and 1 <= int(words) <= len(titles):
            first: T = question.options[int(words) - 1].value
            return first
        if between.asks_figures(words):  # "sisa cuti per 1 juni" is no day of the leave that is open
            raise Misunderstood
        for name, other in changes:
            if name in self.answers and not (titles and parsers.in_a_row(words)):
                before = dict(self.answers)
                corrected = other.correct(words, other.load(self.answers[name]), self)
                if corrected is not None:
                    self._before = before
                    self.answers[name], self.put_right = other.dump(corrected), name
                    self.forget_what_hangs_on(name)
                    raise Again
        loose = [option for option in question.options if not option.exactly]
        number = parsers.choose(words, [option.title for option in loose]) if loose else None
        if number is not None:
            chosen: T = loose[number].value
            self.beside = re.split(r"[,;\n]\s*", words, maxsplit=1)[1:][0] if re.search(r"[,;\n]", words) else None
            return chosen
        return reader.read(words, self)

    def again(self, key: str) -> Any:
        """Ask an earlier question again: its answer and what hung on it are dropped."""
        self.answers.pop(key, None)
        self.forget_what_hangs_on(key)
        self.opening = None
        raise Again

    def forget_what_hangs_on(self, key: str) -> None:
        """Drop the answers that were only true because of this one."""
        for name, on in self._hangs.items():
            if key in on:
                self.answers.pop(name, None)
        self._looked.clear()


Flow = Callable[[Chat], Awaitable[None]]


@dataclass(frozen=True)
class Kept:
    """What rests and may be gone on with, as it is told; `change` is the title of the choice to answer anew.

    `short` is how it is told to somebody who has only just put it aside.
    """

    text: str
    change: str = ""
    short: str = ""


@dataclass(frozen=True)
class Registered:
    """A flow, what is said when it is dropped, and whether a rule's no leaves its question open.

    `stays_open` are the questions that such a no leaves open in a flow that else ends by it.
    `kept` tells what rests after a day without an answer; `changed` are the answers to drop when other ones are wanted.
    `keeps` are answers that a rule's no leaves standing though what was asked is asked again, by the key of that no;
    under "" those that stand after any.
    `aside` answers a question about what is being asked for, which leaves the open question as it is; `why` says where
    its figures come from, once the flow has come to its open question again. `brief` flows never ask: in the middle of
    another task they are answered at once, and its question comes back.
    """

    run: Flow
    cancelled: Callable[[Chat], Awaitable[str]] | None = None
    reopens: bool = True
    kept: Callable[[Chat], Awaitable[Kept]] | None = None
    changed: tuple[str, ...] = ()
    stays_open: tuple[str, ...] = ()
    keeps: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    aside: Callable[[Chat, str], Awaitable[str | None]] | None = None
    why: Callable[[Chat], Awaitable[str | None]] | None = None
    brief: bool = False


FLOWS: dict[str, Registered] = {}


def flow(name: str, **more: Any) -> Callable[[Flow], Flow]:
    """Register a flow under the name that a conversation keeps, with what a Registered says of it."""

    def register(run: Flow) -> Flow:
        FLOWS[name] = Registered(run, **more)
        return run

    return register


async def advance(run: Flow, chat: Chat) -> bool:
    """Run the flow as far as the answers reach. True when it has come to its end; a rule's no comes out as Refused."""
    for _ in range(MOST_ROUNDS):
        try:
            await run(chat)
        except Waiting:
            return False
        except Again:
            chat.replies.clear()
        else:
            return True
    raise RuntimeError("a flow asked to run again without end")


async def reopen(flow: Registered, chat: Chat, no: Refused) -> bool:
    """After a rule's no: drop what met it, and ask that again. False when there is no question to go back to."""
    if chat._before is not None:
        chat.answers = chat._before
        chat._looked.clear()
    elif chat.opening is not None:
        keeps = (*flow.keeps.get("", ()), *flow.keeps.get(no.key, ()))
        chat.answers = {name: chat.answers[name] for name in keeps if name in chat.answers}
        chat.opening = None
    elif chat._fresh:
        for name in chat._fresh:
            chat.answers.pop(name, None)
            chat.forget_what_hangs_on(name)
    else:
        return False
    chat.asked = chat.input = None
    chat.replies.clear()
    try:
        return not await advance(flow.run, chat)
    except Refused:
        return False
