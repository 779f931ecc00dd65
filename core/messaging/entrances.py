"""Where somebody who was invited writes their code: whoever holds a letter or a strip of paper knows no bot by name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core import settings
from core.messaging import workspaces
from core.messaging.bot_accounts import TELEGRAM, WHATSAPP, BotAccount
from core.phrases import phrase


@dataclass(frozen=True)
class Entrance:
    """A chat that this company opens: its channel, and the bot or number as people read it, where that is known."""

    channel: str
    name: str = ""

    def told(self, language: str, code: str = "") -> str:
        """How it is opened, in one line; with the code it is an address that brings the code along."""
        if not self.name:
            return phrase(f"accounts.entrance_{self.channel}", language)
        if self.channel == TELEGRAM:
            return f"Telegram: https://t.me/{self.name}" + (f"?start={code}" if code else "")
        if not code:
            return f"WhatsApp: {self.name}"
        return f"WhatsApp: https://wa.me/{re.sub(r'[^0-9]', '', self.name)}?text={code}"


async def open_here() -> list[Entrance]:
    """The chats of the company in scope: its own before those of the installation; none where only pages are served."""
    made = settings.current()
    rows = await BotAccount.select(BotAccount.channel, BotAccount.name).where(BotAccount.ended_at.is_null())
    own = {row["channel"]: row["name"] for row in rows}
    found = []
    if TELEGRAM in own or made.telegram_token:
        found.append(Entrance(TELEGRAM, (own.get(TELEGRAM) or made.telegram_name).lstrip("@")))
    if WHATSAPP in own or made.whatsapp_phone_id:  # of the number that all share only Meta's id is known
        found.append(Entrance(WHATSAPP, own.get(WHATSAPP, "")))
    if made.slack_bot_token or await workspaces.workspaces():
        found.append(Entrance("slack"))
    return found


def where(found: Sequence[Entrance], language: str, code: str) -> str:
    """The lines of a letter that say where its code is written."""
    if not found:
        return phrase("accounts.entrance_none", language)
    listed = "\n".join(f"- {one.told(language, code)}" for one in found)
    return f"{phrase('accounts.entrance_some', language)}\n{listed}"
