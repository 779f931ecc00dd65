"""A message in a group: one sentence with the way to the private chat, at most once an hour, and nothing else.

In a group nobody is known: the same words whoever writes, and no talk of anybody's is touched. How long ago it was said
is kept with the talks of strangers, one for each group.
"""

import json
from datetime import datetime, timedelta

from piccolo.query.mixins import OnConflictAction

from bot.dialog import interrupts
from core import clock, database, settings, vault
from core.messaging import bot_accounts, inbox, outbox
from core.messaging.messages import HAPPENED, Incoming, Message
from core.messaging.outbox import Address
from core.messaging.tables import Conversation, Inbound
from core.phrases import phrase

PAUSE = timedelta(hours=1)
STATE = "conversation.state"


async def answer(row: Inbound, incoming: Incoming, operator: int) -> None:
    """Say where to talk, unless it was said in this group within the hour."""
    name = await _name(incoming.channel, incoming.account)
    async with database.transaction(operator):
        group = await _group(incoming)
        if not await inbox.close(row.id, company=operator):
            return
        if incoming.kind == "migrated" and incoming.ref is not None:
            await _renamed(group, incoming, incoming.ref)
        if incoming.kind == "edited" or incoming.kind in HAPPENED:
            return
        said: str | None = json.loads(vault.unseal(group.state, company=operator, column=STATE)).get("said")
        if said is not None and clock.now() - datetime.fromisoformat(said) < PAUSE:
            return
        language = interrupts.language_of(incoming.words or "") or (incoming.language or "id")[:2]
        message = _message(name, "en" if language == "en" else "id")
        there = Address(incoming.channel, incoming.account, incoming.place or incoming.sender, None)
        await outbox.post(there, message, dedupe=f"reply:{row.id}:1", caused_by=row.id, after_unknown=outbox.DROP)
        await Conversation.update(
            {
                Conversation.state: _sealed(operator, clock.now().isoformat()),
                Conversation.changed_at: clock.now(),
            }
        ).where(Conversation.id == group.id)


async def _name(channel: str, account: str) -> str:
    """How the bot is called that people are led to; empty where nobody told us."""
    if channel != bot_accounts.TELEGRAM:
        return ""
    async with database.installation(writes=False):
        own = await bot_accounts.of_account(channel, account)
    return settings.current().telegram_name.lstrip("@") if own is None else own.name


def _message(name: str, language: str) -> Message:
    key = "dialog.private_only_at" if name else "dialog.private_only"
    return Message(key, phrase(key, language, link=f"t.me/{name}"), language=language)


async def _renamed(group: Conversation, incoming: Incoming, name: str) -> None:
    """The group has another number from now on, and has heard what it heard."""
    place = _place(incoming, name)
    if not await Conversation.exists().where(Conversation.stranger == place):
        await Conversation.update({Conversation.stranger: place}).where(Conversation.id == group.id)


def _place(incoming: Incoming, name: str) -> str:
    return f"group|{incoming.channel}|{incoming.account}|{name}"


async def _group(incoming: Incoming) -> Conversation:
    """The group's row, held until the end of the transaction."""
    place = _place(incoming, incoming.place or incoming.sender)
    fresh = Conversation(
        person=None, stranger=place, language="id", state=_sealed(database.company(), None), changed_at=clock.now()
    )
    await Conversation.insert(fresh).on_conflict(action=OnConflictAction.do_nothing)
    row = await Conversation.objects().where(Conversation.stranger == place).first()
    assert row is not None
    await database.lock(Conversation, row.id)
    held = await Conversation.objects().where(Conversation.id == row.id).first()
    assert held is not None
    return held


def _sealed(operator: int, said: str | None) -> str:
    return vault.seal(json.dumps({"said": said}), company=operator, column=STATE)
