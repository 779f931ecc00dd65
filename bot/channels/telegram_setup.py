"""Telling Telegram where we are and what people may ask for, and asking it how it finds us.

What Telegram says about its deliveries to us comes as words of a program; it is said again in words to act on.
"""

from datetime import UTC
from urllib.parse import urlsplit

from telegram import BotCommand, BotCommandScopeAllPrivateChats, WebhookInfo
from telegram.error import Forbidden, InvalidToken, TelegramError

from bot.channels.telegram import CHANNEL
from bot.channels.telegram_reading import UPDATES
from core import clock, settings
from core.health import Check
from core.phrases import phrase

PORTS = (443, 80, 88, 8443)
COMMANDS = ("menu", "leave", "balance", "help", "person", "cancel", "language")
LONGEST_WAIT = 20  # updates that wait at Telegram without anybody being worried
CONNECT = "serambi telegram connect"
# What Telegram writes when a delivery failed, in lower case; and what it means to whoever runs this.
TROUBLES = (
    (
        ("certificate", "ssl"),
        "it does not accept the certificate of {host}",
        "use one of a public authority (Let's Encrypt) with its whole chain; an address without a name has none",
    ),
    (
        ("401", "403", "unauthorized", "forbidden"),
        "{host} refused its secret",
        f"the secret was changed, or a wall in front refuses Telegram: {CONNECT}",
    ),
    (
        ("404", "405", "not found"),
        "{host} answers, but there is no Serambi at /hooks/telegram",
        "lead /hooks/ to Serambi in the proxy, and see that it runs with SERAMBI_TELEGRAM_MODE=webhook",
    ),
    (
        ("resolve", "dns", "host not found", "name or service"),
        "it cannot find {host}",
        "correct SERAMBI_BASE_URL, or the DNS record of the name",
    ),
    (
        ("refused", "timed out", "timeout", "unreachable", "reset", "closed"),
        "it cannot reach {host}",
        "open the port to the internet: Telegram comes from 149.154.160.0/20 and 91.108.4.0/22",
    ),
    (("500", "502", "503", "504"), "{host} answers that it is ill", "see the log, and run: serambi doctor"),
)


class Refusal(Exception):
    """Telegram does not do what was asked, or can't be asked; the message says what to do."""


async def connect() -> tuple[str, str]:
    """Tell Telegram where to deliver, or that we ask for it ourselves, and what its menu offers; returns the bot's name
    and where it delivers."""
    made = settings.current()
    url = address() if made.telegram_mode == "webhook" else ""
    try:
        async with CHANNEL.calling() as bot:
            name = (await bot.get_me()).username or ""
            if url:
                await bot.set_webhook(
                    url, allowed_updates=UPDATES, secret_token=made.telegram_secret, drop_pending_updates=False
                )
            else:
                await bot.delete_webhook(drop_pending_updates=False)
            for language in ("", "id", "en"):  # whoever's app speaks a third one is answered in Indonesian
                await bot.set_my_commands(
                    menu(language or "id"), BotCommandScopeAllPrivateChats(), language_code=language or None
                )
    except TelegramError as fault:
        raise Refusal(_told(fault)) from None
    return name, url


async def disconnect() -> None:
    """Tell Telegram to deliver nowhere; what people write meanwhile it keeps for a day."""
    try:
        async with CHANNEL.calling() as bot:
            await bot.delete_webhook(drop_pending_updates=False)
    except TelegramError as fault:
        raise Refusal(_told(fault)) from None


async def look() -> list[Check]:
    """What an operator wants to know of the bot: whether it is known, where Telegram delivers, and how that goes."""
    try:
        async with CHANNEL.calling() as bot:
            name = (await bot.get_me()).username
            info = await bot.get_webhook_info()
    except TelegramError as fault:
        return [Check("bot", False, "Telegram does not answer us", _told(fault))]
    found = [Check("bot", True, f"@{name}")]
    if settings.current().telegram_mode == "polling":
        return [*found, _polled(info), _waiting(info)]
    return [*found, _delivers_here(info), _is_told_all(info), _arrives(info), _waiting(info)]


def address() -> str:
    """Where Telegram is to deliver, or Refusal where it would not."""
    base = settings.current().public_url
    where = urlsplit(base)
    if where.scheme != "https" or (where.port or 443) not in PORTS:
        raise Refusal(
            f"Telegram delivers to https on port 443, 80, 88 or 8443 only, not to {base}: set SERAMBI_BASE_URL, or "
            "SERAMBI_TELEGRAM_MODE=polling, which needs no public address"
        )
    return f"{base}/hooks/telegram"


def menu(language: str) -> list[BotCommand]:
    """What the menu beside the input offers; each is a word that is understood without its stroke too."""
    return [
        BotCommand(phrase(f"telegram.command_{name}", language), phrase(f"telegram.about_{name}", language))
        for name in COMMANDS
    ]


def _polled(info: WebhookInfo) -> Check:
    if info.url:
        told = f"Telegram delivers to {info.url}, so nobody may ask for updates"
        return Check("delivery", False, told, f"to ask instead: {CONNECT}")
    return Check("delivery", True, f"we ask for updates; {info.pending_update_count} waiting")


def _delivers_here(info: WebhookInfo) -> Check:
    ours = f"{settings.current().public_url}/hooks/telegram"
    advice = f"run: {CONNECT}"
    if not info.url:
        return Check("delivery", False, "Telegram does not know where to deliver", advice)
    return Check("delivery", info.url == ours, f"to {info.url}", f"this installation is at {ours}; {advice}")


def _is_told_all(info: WebhookInfo) -> Check:
    missing = sorted(set(UPDATES) - set(info.allowed_updates or ()))
    told = f"it leaves out {', '.join(missing)}" if missing else "everything that is read here"
    return Check("updates", not missing, told, f"run: {CONNECT}")


def _arrives(info: WebhookInfo) -> Check:
    if info.last_error_date is None or not info.last_error_message:
        return Check("arrival", True, "no delivery has failed")
    at, host = info.last_error_date.astimezone(UTC), urlsplit(info.url).hostname or "this address"
    said = info.last_error_message.lower()
    told, advice = f"the last delivery failed: {info.last_error_message}", "see the log of Serambi and of the proxy"
    for words, means, does in TROUBLES:
        if any(word in said for word in words):
            told, advice = f"{means.format(host=host)} ({info.last_error_message})", does
            break
    # Telegram keeps the last failure for good; with nothing waiting, deliveries have worked since.
    over = info.pending_update_count == 0 and (clock.now() - at).total_seconds() > 60
    return Check("arrival", over, f"{told}, {at:%Y-%m-%d %H:%M} UTC" + (", and since then it worked" * over), advice)


def _waiting(info: WebhookInfo) -> Check:
    number = info.pending_update_count
    return Check("waiting", number <= LONGEST_WAIT, f"{number} updates", "is Serambi running, and reached? see above")


def _told(fault: TelegramError) -> str:
    if isinstance(fault, InvalidToken | Forbidden):
        return "Telegram does not know this token: copy it from @BotFather into SERAMBI_TELEGRAM_TOKEN"
    return f"Telegram could not be asked ({fault.message}): check the way to {settings.current().telegram_api}"
