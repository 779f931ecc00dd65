"""The channels there are. One line here adds one."""

from bot.channels import email, slack, telegram, web_chat, whatsapp
from bot.channels.contract import (
    DISCONNECTED,
    NO_ACCOUNT,
    Channel,
    Forged,
    Kept,
    Later,
    Never,
    Sent,
    Shut,
    Slower,
    Unknown,
)

__all__ = [
    "CHANNELS",
    "DISCONNECTED",
    "NO_ACCOUNT",
    "Channel",
    "Forged",
    "Kept",
    "Later",
    "Never",
    "Sent",
    "Shut",
    "Slower",
    "Unknown",
]

CHANNELS: dict[str, Channel] = {
    channel.name: channel
    for channel in (whatsapp.CHANNEL, telegram.CHANNEL, slack.CHANNEL, web_chat.CHANNEL, email.CHANNEL)
}
