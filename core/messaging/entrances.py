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
    """A chat that this company's people can open: its channel, and the bot or number as people read it."""

    channel: str
    name: str = ""

    def told(self, language: str, code: str = "") -> str:
        """How it is opened, in one line; with the code it is an address that brings the code along."""
        if self.channel == TELEGRAM:
            return f"Telegram: https://t.me/{self.name}" + (f"?start={code}" if code else "")
        if self.channel == WHATSAPP:
            if not code:
                return f"WhatsApp: {self.name}"
            return f"WhatsApp: https://wa.me/{re.sub(r'[^0-9]', '', self.name)}?text={code}"
        return phrase("accounts.entrance_slack", language)


async def open_here() -> list[Entrance]:
    """The chats of the company in scope: its own before those of the installation; none where only pages are served."""
    made = settings.current()
    rows = await BotAccount.select(BotAccount.channel, BotAccount.name).where(BotAccount.ended_at.is_null())
    own = {row["channel"]: row["name"] for row in rows}
    bot = own.get(TELEGRAM) or (made.telegram_name if made.telegram_token else "")
    found = [Entrance(TELEGRAM, bot.lstrip("@"))] if bot else []
    found += [Entrance(WHATSAPP, own[WHATSAPP])] if WHATSAPP in own else []
    found += [Entrance("slack")] if made.slack_bot_token or await workspaces.workspaces() else []
    return found


def where(found: Sequence[Entrance], language: str, code: str) -> str:
    """The lines of a letter that say where its code is written."""
    if not found:
        return phrase("accounts.entrance_none", language)
    listed = "\n".join(f"- {one.told(language, code)}" for one in found)
    return f"{phrase('accounts.entrance_some', language)}\n{listed}"
