"""What a talk that only pretends would have said, heard and stored: the shapes in which it is shown."""

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol


@dataclass(frozen=True)
class Heard:
    """What was understood of a sentence: what it asks for, what came close, and by which concepts."""

    intent: str | None
    near: tuple[str, ...]
    concepts: tuple[str, ...]
    kind: str | None  # of leave
    starts: date | None = None
    ends: date | None = None
    days: int | None = None  # working days that were named without an end
    doubtful: bool = False


@dataclass(frozen=True)
class Said:
    """One message; `to` is the name of another than the one who writes."""

    key: str
    text: str
    choices: tuple[str, ...]
    to: str | None = None


@dataclass(frozen=True)
class Played:
    """One turn: what was written, what it was an answer to, what was heard, what is stored now, what is said."""

    words: str
    asked: str | None
    flow: str | None
    heard: Heard | None  # of words, not of a press
    stored: tuple[tuple[str, str], ...]
    said: tuple[Said, ...]


class Play(Protocol):
    """(company, person, all that they wrote so far; "[Title]" presses) -> each turn; in their language, or another."""

    def __call__(
        self, company: int, person: int, lines: Sequence[str], language: str | None = None
    ) -> Awaitable[Sequence[Played]]: ...
