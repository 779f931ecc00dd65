"""Web chat and terminal: what is said waits in the outbox and is read from there, so nothing leaves the house.

Its sender is somebody who has signed in (or sits at the server's keyboard): `company:person`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.channels.contract import Never, Sent
from core import database
from core.messaging import inbox, numbered, outbox
from core.messaging.messages import Enclosed, Incoming, Message
from core.messaging.tables import Inbound, Outbound

NAME = "web"
MOST = 60


class WebChat:
    """Delivery to the outbox itself."""

    name = NAME

    def verify(self, headers: Mapping[str, str], raw: bytes) -> None:
        """The web session proves the sender before this is reached."""

    def parse(self, payload: object) -> list[Incoming]:
        """Web chat is received by `inbox.write`, never as a webhook."""
        return []

    def render(self, message: Message) -> dict[str, object]:
        """The words and choices as the page shows them."""
        text = f"*{message.title}* {message.text}" if message.title else message.text
        return {
            "text": text,
            "choices": [{"title": one.title, "token": one.token} for one in numbered.buttons(message)],
        }

    async def send(self, message: Message, *, to: str, edits: str | None) -> Sent:
        """It is there already."""
        return Sent(None)

    async def acknowledge(self, incoming: Incoming) -> None:
        """A page needs no acknowledgement."""

    async def open_dialog(self, message: Message, trigger: str) -> Sent:
        """A page has its own form for this."""
        raise Never("web chat opens no dialogs")

    async def fetch(self, file: Enclosed) -> bytes:
        """A page's files are taken when they are posted."""
        raise Never("it is here already")

    async def close(self) -> None:
        """There is no connection."""


CHANNEL = WebChat()


@dataclass(frozen=True)
class Line:
    """One bubble of a talk: ours or theirs."""

    number: int
    mine: bool
    at: datetime
    title: str | None
    text: str
    choices: tuple[tuple[str, str], ...]
    open: bool  # whether its choices may still be pressed


async def read(company: int, person: int) -> Sequence[Line]:
    """The last lines of a person's talk in the page, oldest first; a card that was decided stands as decided."""
    senders = f"{company}:{person}"
    async with database.reading(company):
        said = (
            await Outbound.select()
            .where(
                (Outbound.person == person)
                & (Outbound.channel == NAME)
                & (Outbound.error.is_null() | (Outbound.error != outbox.TAKEN_BACK))
            )
            .order_by(Outbound.id, ascending=False)
            .limit(MOST)
        )
        heard = (
            await Inbound.objects()
            .where((Inbound.sender == senders) & (Inbound.account == NAME) & Inbound.channel.is_in([NAME, "console"]))
            .order_by(Inbound.id, ascending=False)
            .limit(MOST)
        )
        messages = {row["id"]: outbox.unseal(row) for row in said}
    turned = {row["edits"]: row["id"] for row in sorted(said, key=lambda row: row["id"]) if row["edits"] is not None}
    titles = {choice.token: choice.title for message in messages.values() for choice in message.choices}
    newest = max((row["id"] for row in said if row["edits"] is None and messages[row["id"]].choices), default=0)
    lines = []
    for row in said:
        if row["edits"] is not None and row["edits"] in messages:
            continue
        shown = messages[turned.get(row["id"], row["id"])]
        live = row["card_of"] is not None or row["id"] == newest
        choices = tuple((one.title, one.token) for one in numbered.buttons(shown))
        lines.append(Line(row["id"], False, row["queued_at"], shown.title, shown.text, choices, live))
    for one in heard:
        what = inbox.unseal(one)
        text = what.words or (what.file.name if what.file else "") or titles.get(what.token or "", "")
        if text:
            lines.append(Line(one.id, True, one.received_at, None, text, (), False))
    return sorted(lines, key=lambda line: (line.at, line.number))[-MOST:]
