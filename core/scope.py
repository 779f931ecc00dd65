"""One open transaction, as core.database keeps it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Scope:
    """One open transaction: whose rows it sees, and what happens around its commit."""

    company: int | None
    writes: bool
    before_commit: list[Callable[[], Awaitable[None]]] = field(default_factory=list)
    after_commit: list[Callable[[], None]] = field(default_factory=list)
    # What is asked for again and again in one transaction, by name; whoever changes it takes it out.
    seen: dict[Any, Any] = field(default_factory=dict)
    seen_in: dict[str, set[Any]] = field(default_factory=dict)  # the names, by the tables they were read from
    at_end: list[Callable[[], None]] = field(default_factory=list)  # kept or not, once it is over
    depth: int = 0

    def over(self) -> None:
        """Let go of what was only held for as long as this lasted."""
        for let_go in self.at_end:
            let_go()
