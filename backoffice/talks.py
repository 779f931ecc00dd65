"""The talk as a page shows it. How it is read is web chat's business, handed in where all is mounted."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from core import clock


class Line(Protocol):
    """One bubble, as web chat tells it."""

    @property
    def number(self) -> int: ...
    @property
    def mine(self) -> bool: ...
    @property
    def at(self) -> datetime: ...
    @property
    def title(self) -> str | None: ...
    @property
    def text(self) -> str: ...
    @property
    def choices(self) -> Sequence[tuple[str, str]]: ...
    @property
    def open(self) -> bool: ...


Read = Callable[[int, int], Awaitable[Sequence[Line]]]  # (company, person) -> the last lines, oldest first


@dataclass(frozen=True)
class Bubble:
    """A line as the template draws it; `day` where a new day begins."""

    key: str
    mine: bool
    title: str | None
    text: str
    at: datetime
    day: date | None
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Shown:
    """A talk on a page: its lines, where to post, where its fragment is fetched."""

    name: str
    company: str
    action: str
    fragment: str
    live: str  # the stream that says when to fetch it
    lines: tuple[Bubble, ...]
    anchor: str = "talk"
    as_whom: str | None = None
    upload: str | None = None  # where a file is posted
    fields: dict[str, str] = field(default_factory=dict)
    hints: tuple[str, ...] = ("web.hint_balance", "web.hint_tomorrow", "web.hint_status", "web.hint_menu")


def bubbles(lines: Sequence[Line], zone: str) -> tuple[Bubble, ...]:
    """The lines with the days between them; choices only where they may still be pressed."""
    drawn, day = [], None
    for line in lines:
        there = clock.local(line.at, zone).date()
        drawn.append(
            Bubble(
                key=f"{'m' if line.mine else 's'}{line.number}", mine=line.mine, title=line.title, text=line.text,
                at=line.at, day=there if there != day else None, choices=tuple(line.choices) if line.open else (),
            )
        )  # fmt: skip
        day = there
    return tuple(drawn)


def seen(lines: Sequence[Bubble]) -> str:
    """A mark of what is shown, by which a page says that it has it already."""
    last = lines[-1].key if lines else "0"
    return (
        f"{len(lines)}-{last}-{sum(len(line.choices) for line in lines)}-{sum(len(line.text) for line in lines) % 9973}"
    )
