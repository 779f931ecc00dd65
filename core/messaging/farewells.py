"""The last word in a chat that no longer speaks for somebody: whoever holds it may not be the one who ended it."""

from typing import Any

from core.messaging import outbox
from core.messaging.messages import Message
from core.messaging.outbox import Address
from core.people import identities
from core.people.tables import Person
from core.phrases import phrase


@identities.on_end
async def say(ended: dict[str, Any]) -> None:
    """Tell the chat that it is unlinked; it says nothing about whom it was linked to."""
    row = await Person.select(Person.language).where(Person.id == ended["person"]).first()
    language = row["language"] if row else "id"
    address = Address(ended["channel"], ended["account"], ended["place"] or ended["external_id"], ended["person"])
    message = Message("linking.ended", phrase("linking.ended", language), language=language)
    await outbox.post(address, message, dedupe=f"farewell:{ended['id']}")
