"""Telling Telegram where we are and what people may ask for, and asking it how it finds us.

What Telegram says about its deliveries to us comes as words of a program; it is said again in words to act on.
"""

from collections.abc import Awaitable
from datetime import UTC
from typing import Any
from urllib.parse import urlsplit

from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats, WebhookInfo
from telegram.error import Forbidden, InvalidToken, TelegramError

from bot.channels.telegram import CHANNEL
from bot.channels.telegram_reading import UPDATES
from core import clock, log, settings
from core.errors import Refused
from core.health import Check
from core.messaging import bot_accounts
from core.messaging.bot_accounts import Account, Named
from core.messaging.workspaces import Look
from core.phrases import phrase

PORTS = (443, 80, 88, 8443)
MENUS = ("", "id", "en")  # whoever's app speaks a third one is answered in Indonesian
COMMANDS = ("menu", "leave", "balance", "help", "person", "cancel", "language")
LONGEST_WAIT = 20  # updates that wait at Telegram without anybody being worried
CONNECT = "serambi telegram connect"
# What Telegram writes when a delivery failed, in lower case; what that is called, and what it means to an operator.
TROUBLES = (
    (
        ("certificate", "ssl"),
        "certificate",
        "it does not accept the certificate of {host}",
        "use one of a public authority (Let's Encrypt) with its whole chain; an address without a name has none",
    ),
    (
        ("401", "403", "unauthorized", "forbidden"),
        "secret",
        "{host} refused its secret",
        f"the secret was changed, or a wall in front refuses Telegram: {CONNECT}",
    ),
    (
        ("404", "405", "not found"),
        "elsewhere",
        "{host} answers, but there is no Serambi at /hooks/telegram",
        "lead /hooks/ to Serambi in the proxy, and see that it runs with SERAMBI_TELEGRAM_MODE=webhook",
    ),
    (
        ("resolve", "dns", "host not found", "name or service"),
        "name",
        "it cannot find {host}",
        "correct SERAMBI_BASE_URL, or the DNS record of the name",
    ),
    (
        ("refused", "timed out", "timeout", "unreachable", "reset", "closed"),
        "unreached",
        "it cannot reach {host}",
        "open the port to the internet: Telegram comes from 149.154.160.0/20 and 91.108.4.0/22",
    ),
    (("500", "502", "503", "504"), "ill", "{host} answers that it is ill", "see the log, and run: serambi doctor"),
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
            await _arrange(bot, url, made.telegram_secret)
    except TelegramError as fault:
        raise Refusal(_told(fault)) from None
    return name, url


async def _arrange(bot: Bot, url: str, secret: str) -> None:
    """Tell Telegram where to deliver for this bot, or that it is asked, and what its menu offers."""
    if url:
        await bot.set_webhook(url, allowed_updates=UPDATES, secret_token=secret, drop_pending_updates=False)
    else:
        await bot.delete_webhook(drop_pending_updates=False)
    for language in MENUS:
        await bot.set_my_commands(
            menu(language or "id"), BotCommandScopeAllPrivateChats(), language_code=language or None
        )


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
    if not reachable():
        raise Refusal(
            f"Telegram delivers to https on port 443, 80, 88 or 8443 only, not to {base}: set SERAMBI_BASE_URL, or "
            "SERAMBI_TELEGRAM_MODE=polling, which needs no public address"
        )
    return f"{base}/hooks/telegram"


def reachable() -> bool:
    """Whether Telegram delivers to the address of this server at all."""
    where = urlsplit(settings.current().public_url)
    return where.scheme == "https" and (where.port or 443) in PORTS


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
    for words, _, means, does in TROUBLES:
        if any(word in said for word in words):
            told, advice = f"{means.format(host=host)} ({info.last_error_message})", does
            break
    over = _is_over(info)
    return Check("arrival", over, f"{told}, {at:%Y-%m-%d %H:%M} UTC" + (", and since then it worked" * over), advice)


def _is_over(info: WebhookInfo) -> bool:
    """Telegram keeps the last failure for good; with nothing waiting, deliveries have worked since."""
    if info.last_error_date is None or not info.last_error_message:
        return True
    return info.pending_update_count == 0 and (clock.now() - info.last_error_date).total_seconds() > 60


def _waiting(info: WebhookInfo) -> Check:
    number = info.pending_update_count
    return Check("waiting", number <= LONGEST_WAIT, f"{number} updates", "is Serambi running, and reached? see above")


def _told(fault: TelegramError) -> str:
    if isinstance(fault, InvalidToken | Forbidden):
        return "Telegram does not know this token: copy it from @BotFather into SERAMBI_TELEGRAM_TOKEN"
    return f"Telegram could not be asked ({fault.message}): check the way to {settings.current().telegram_api}"


# -- a company's own bot -----------------------------------------------------------------------------------------------


class Setup:
    """The Connector that the pages are given."""

    async def named(self, given: dict[str, str]) -> Named:
        """Which bot this token speaks for; refuses a way on which Telegram would not come."""
        if given["mode"] == bot_accounts.WEBHOOK and not reachable():
            raise Refused("botaccounts.no_https_way")
        me = await _answer(CHANNEL.with_token(given["token"]).get_me())
        return Named(str(me.id), f"{me.username or me.first_name}"[:120])

    async def connect(self, account: Account) -> None:
        """Tell Telegram where to deliver for this bot, or that it is asked, and what its menu offers."""
        await _answer(_arrange(CHANNEL.with_token(account.token), _address(account), account.secret))

    async def disconnect(self, account: Account) -> None:
        """Have Telegram deliver nowhere; what people write meanwhile it keeps for a day."""
        try:
            await CHANNEL.with_token(account.token).delete_webhook(drop_pending_updates=False)
        except TelegramError as fault:
            log.warning("telegram.not_disconnected", channel=bot_accounts.TELEGRAM, fault=fault)

    async def looks(self, account: Account) -> dict[str, Look]:
        """How the token, the deliveries and the menu stand at Telegram."""
        bot, made = CHANNEL.with_token(account.token), {}
        try:
            made["bot"] = Look(True, "speaks", (("name", f"@{(await bot.get_me()).username}"),))
            made["delivery"] = _delivery(await bot.get_webhook_info(), account)
            made["commands"] = await _commands(bot)
        except TelegramError as fault:
            refused = isinstance(fault, InvalidToken | Forbidden)
            told = Look(False, "token_refused") if refused else Look(False, "away", (("error", fault.message[:80]),))
            return {**dict.fromkeys(("bot", "delivery", "commands"), told), **made}
        return made


def _address(account: Account) -> str:
    """Where Telegram delivers for this bot; empty where it is asked."""
    return f"{settings.current().public_url}{account.path}" if account.mode == bot_accounts.WEBHOOK else ""


def _delivery(info: WebhookInfo, account: Account) -> Look:
    waiting = ("number", str(info.pending_update_count))
    wanted = _address(account)
    if info.url != wanted:
        return Look(False, "delivers_elsewhere" if info.url else "delivers_nowhere")
    if not wanted:
        return Look(info.pending_update_count <= LONGEST_WAIT, "asked", (waiting,))
    if set(UPDATES) - set(info.allowed_updates or ()):
        return Look(False, "leaves_out")
    if not _is_over(info):
        said = (info.last_error_message or "").lower()
        name = next((one[1] for one in TROUBLES if any(word in said for word in one[0])), "other")
        return Look(False, f"trouble_{name}", (("error", (info.last_error_message or "")[:120]),))
    return Look(info.pending_update_count <= LONGEST_WAIT, "delivers", (waiting,))


async def _commands(bot: Bot) -> Look:
    for language in MENUS:
        there = await bot.get_my_commands(BotCommandScopeAllPrivateChats(), language_code=language or None)
        if [(one.command, one.description) for one in there] != [
            (one.command, one.description) for one in menu(language or "id")
        ]:
            return Look(False, "commands_differ")
    return Look(True, "commands")


async def _answer(question: Awaitable[Any]) -> Any:
    try:
        return await question
    except (InvalidToken, Forbidden) as no:
        raise Refused("botaccounts.token_unknown") from no
    except TelegramError as fault:
        raise Refused("botaccounts.telegram_away", error=fault.message[:80]) from fault


SETUP = Setup()
