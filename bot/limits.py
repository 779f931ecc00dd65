"""How much one chat may write: twenty messages a minute; then one polite sentence, and silence until there is room.

What counts is read from the inbox itself, in the transaction that answers the message, so it holds however many
processes answer and whichever of them dies. A press is no message, for it needs no understanding: a chat has sixty a
minute, more than anybody decides and few enough that nobody keeps us busy with tokens they made up.
"""

from datetime import datetime, timedelta
from typing import Any, Literal

from core.messaging import inbox
from core.messaging.messages import HAPPENED, Incoming
from core.messaging.tables import Inbound
from core.stated import stated

MOST, MOST_PRESSES, SPAN = 20, 60, timedelta(minutes=1)
LIMITED = "limited"
FREE = ("console",)  # somebody at the server's own keyboard
SILENT = {"opened"} | HAPPENED  # nothing is said to these, so they take nothing away


async def room(row: Inbound, incoming: Incoming) -> Literal["answer", "tell", "silence"]:
    """Whether this message is still answered, or why not. The sender's talk must be held."""
    if row.channel in FREE or incoming.kind in SILENT:
        return "answer"
    before: list[Inbound] = await _before(row.channel, row.account, row.sender, row.received_at - SPAN, row.id)
    answered = [one for one in before if one.state != LIMITED]
    most = MOST if incoming.token is None else MOST_PRESSES
    if len(answered) < most:
        return "answer"
    if incoming.token is None and sum(_counts(inbox.unseal(one)) for one in answered) < most:
        return "answer"
    return "silence" if len(answered) < len(before) else "tell"


@stated
def _before(channel: str, account: str, sender: str, since: datetime, number: int) -> Any:
    return Inbound.objects().where(
        (Inbound.channel == channel) & (Inbound.account == account) & (Inbound.sender == sender)
        & (Inbound.received_at > since) & (Inbound.id < number)
    )  # fmt: skip


def _counts(one: Incoming) -> bool:
    return one.private and one.token is None and one.kind not in SILENT
