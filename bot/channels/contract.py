"""What every channel promises, so that conversation and delivery need to know none of them."""

from collections.abc import Mapping
from typing import Protocol

from msgspec import Struct

from core.database import in_transaction
from core.messaging.messages import Enclosed, Incoming, Message

DISCONNECTED = "disconnected"  # the reason of a Never: that bot is not the company's any more
NO_ACCOUNT = "no such account"  # likewise: that bot is nobody's here, and no other speaks in its name


class Forged(Exception):
    """The request does not prove that the platform sent it."""


class Later(Exception):
    """The message is known not to be out: try again, after `seconds` where the platform said so."""

    def __init__(self, seconds: float | None = None, reason: str = "") -> None:
        super().__init__(seconds, reason)
        self.seconds = seconds
        self.reason = reason


class Slower(Later):
    """We are too fast for that chat, or `everybody` there: the rate adapts."""

    def __init__(self, seconds: float | None, reason: str, *, everybody: bool = False) -> None:
        super().__init__(seconds, reason)
        self.everybody = everybody


class Shut(Later):
    """Our bot itself is refused, whoever it speaks to: somebody has to put that right."""


class Unknown(Exception):
    """The message may or may not be out: nobody can tell, and asking again could say it twice."""


class Never(Exception):
    """The message can't be sent like this, now or later; `gone` when the person can't be reached here any more."""

    def __init__(self, reason: str, gone: bool = False) -> None:
        super().__init__(reason, gone)
        self.reason = reason
        self.gone = gone


class Kept(Exception):
    """It can't be said now and waits: for something to send it with, or where the `window` is shut, for its person."""

    def __init__(self, reason: str = "", *, window: bool = False) -> None:
        super().__init__(reason, window)
        self.window = window


class Sent(Struct, frozen=True):
    """The platform took the message; `ref` names it for a later edit, where it can be edited."""

    ref: str | None = None


def about_to_call() -> None:
    """Raise unless the network may be used here: a transaction must not wait for it, nor depend on it."""
    if in_transaction():
        raise RuntimeError("no network inside a transaction: post an Outbound row and let bot/delivery.py send it")


class Channel(Protocol):
    """One way to talk: every difference between platforms ends here."""

    name: str

    def verify(self, headers: Mapping[str, str], raw: bytes) -> None:
        """Raise Forged unless the platform sent these bytes; header names in lower case."""
        ...

    def parse(self, payload: object) -> list[Incoming]:
        """What happened, in our words; nothing for what we do not know, and never an exception."""
        ...

    def render(self, message: Message) -> dict[str, object]:
        """The message in the platform's dialect, within its limits."""
        ...

    async def send(self, message: Message, *, to: str, edits: str | None) -> Sent:
        """Say it there, replacing the message `edits` names; or raise Later, Unknown or Never."""
        ...

    async def acknowledge(self, incoming: Incoming) -> None:
        """Let the platform stop showing that a press is being worked on; never raises."""
        ...

    async def open_dialog(self, message: Message, trigger: str) -> Sent:
        """Ask in a window of its own; raises as `send` does."""
        ...

    async def fetch(self, file: Enclosed) -> bytes:
        """The bytes of a file that somebody sent; raises Later or Never."""
        ...

    async def close(self) -> None:
        """Close the connections of the running event loop."""
        ...
