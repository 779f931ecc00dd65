"""What holds of every message that a scene brings about, in its own words and on every channel there is."""

import json
from collections import Counter

from bot.channels import CHANNELS
from core import database
from core.messaging import numbered, outbox
from core.messaging.messages import Message
from core.messaging.tables import Inbound, Outbound

LONGEST, TITLE, MOST_CHOICES, MOST_ASKED = 900, 20, 10, 5
# The sum behind a balance is told line by line, however many there are.
LONG = {"leave.balance_explained"}


async def check(company: int) -> None:
    """Every message of this company keeps the rules of the talk and the limits of each channel; one reply a turn."""
    async with database.reading(company):
        rows = await Outbound.objects().order_by(Outbound.id)
        said = [(row, outbox.unseal(row)) for row in rows]
    async with database.installation(writes=False):
        writers = {row["id"]: row["person"] for row in await Inbound.select(Inbound.id, Inbound.person)}
    for _, message in said:
        fits(message)
    # A card that is turned and a window that opens are no replies; what others are told neither.
    replies = Counter(
        row.caused_by
        for row, message in said
        if row.edits is None and row.card_of is None and message.dialog is None
        and row.caused_by is not None and row.person == writers.get(row.caused_by)
    )  # fmt: skip
    many = [number for number, count in replies.items() if count > 1]
    assert many == [], [(message.key, message.text) for row, message in said if row.caused_by in many]


def fits(message: Message) -> None:
    """The rules of the talk, then the limits of the channels, with buttons and with digits."""
    assert message.key in LONG or len(message.text) <= LONGEST, message.text
    assert len(message.choices) <= MOST_CHOICES, message.text
    for choice in message.choices:
        assert 0 < len(choice.title) <= TITLE, choice.title
        assert len(choice.token.encode()) <= 64, choice.title
    if message.dialog is not None:
        return
    for shape in (message, numbered.shown(message, drops=True, person=True)):
        for name, channel in CHANNELS.items():
            body = channel.render(shape)
            told = json.dumps(body, ensure_ascii=False)
            # Nothing of real length is cut: the last word is there.
            last = shape.text.split()[-1] if shape.text.split() else ""
            assert json.dumps(last, ensure_ascii=False)[1:-1].strip("<>&") in told or "&" in told, (name, last)
