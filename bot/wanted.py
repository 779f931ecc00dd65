"""Somebody who is linked to nobody asks for an invitation: HR of the one company that is served there is told."""

import re

from bot import strangers
from core import clock, database, jobs, vault
from core.approvals import chains
from core.messaging import inbox, outbox
from core.messaging.messages import CHANNEL_NAMES, Message
from core.messaging.tables import Inbound, Outbound
from core.phrases import phrase

MOST_ASKED = 30  # strangers a day of whom HR is told


@jobs.job("strangers.tell")
async def tell_administrators(_company: int, number_of_message: int) -> None:
    """Somebody asks HR for an invitation: HR is told, whatever the number is; the stranger learns nothing."""
    async with database.installation(writes=False):
        row = await Inbound.objects().where(Inbound.id == number_of_message).first()
    if row is None:
        return
    _, only = await strangers.houses(row.channel, row.account)
    if only is None:
        return
    incoming = inbox.unseal(row)
    async with database.transaction(only.id):
        # Whoever asks again the same day is not told of again: HR hears of one stranger once a day, of all a few times.
        day = clock.today(only.zone).isoformat()
        mark = vault.blind_index(f"{row.channel}|{row.account}|{row.sender}", field="stranger")
        told = Outbound.dedupe.like(f"{only.id}:wants:{day}:%")
        if await Outbound.exists().where(Outbound.dedupe.like(f"{only.id}:wants:{day}:{mark}:%")):
            return
        if await Outbound.count().where(told) >= MOST_ASKED * len(await chains.administrators()):
            return
        number = as_number(incoming.words or "")
        key = "linking.wants_invitation_phone" if incoming.kind == "contact" else "linking.wants_invitation"
        for admin in await chains.administrators():
            text = phrase(
                key,
                admin.language,
                number=number,
                channel=CHANNEL_NAMES.get(incoming.channel, ""),
            )
            message = Message(key, text, language=admin.language)
            address = await outbox.address_of(admin.person)
            await outbox.post(address, message, dedupe=f"wants:{day}:{mark}:{admin.person}", after_unknown=outbox.DROP)


def as_number(words: str) -> str:
    """What a stranger gave as an employee number, as far as HR may be shown it: no signs that make a link."""
    return "".join(re.findall(r"[\w/-]+", words))[:40]
