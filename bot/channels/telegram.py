"""Telegram's Bot API. Nothing it sends is trusted to have a shape; nothing it must not see is logged.

The surprise: the token stands in the address of every call, so the HTTP library's own log lines are switched off.
"""

import hmac
import html
import logging
from asyncio import AbstractEventLoop, get_running_loop
from collections.abc import Mapping
from datetime import timedelta
from weakref import WeakKeyDictionary

import httpx
from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from bot.channels import fitting, reading
from bot.channels.contract import Forged, Later, Never, Sent, Unknown, about_to_call
from core import log, settings
from core.files import MOST
from core.messaging import numbered
from core.messaging.messages import Choice, Enclosed, Incoming, Message

NAME = "telegram"
LONGEST_TEXT = 4096  # after the markup is taken away
LONGEST_TITLE = 256
LONGEST_BUTTON = 64
LONGEST_TOKEN = 64  # bytes
SHORT_BUTTON = 12  # two of these stand in one row of a small phone
PATIENCE = 15.0  # seconds for an answer
AFTER_REFUSED_TOKEN = 300.0  # seconds: an operator has to put the token right
UNSENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
# What a chat tells about itself. Anything else a person sent, even of a kind Telegram invents tomorrow, gets an answer.
# What says something that we can't read, and what says nothing.
_SPOKEN = {"voice": {"voice", "audio", "video_note"}, "sticker": {"sticker", "animation"}}
ABOUT_THE_CHAT = {
    "new_chat_members", "left_chat_member", "chat_owner_left", "chat_owner_changed", "new_chat_title", "new_chat_photo",
    "delete_chat_photo", "group_chat_created", "supergroup_chat_created", "channel_chat_created",
    "message_auto_delete_timer_changed", "migrate_to_chat_id", "migrate_from_chat_id", "pinned_message",
    "connected_website", "write_access_allowed", "proximity_alert_triggered", "boost_added", "chat_background_set",
    "forum_topic_created", "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened",
    "general_forum_topic_hidden", "general_forum_topic_unhidden", "video_chat_scheduled", "video_chat_started",
    "video_chat_ended", "video_chat_participants_invited",
}  # fmt: skip


class Telegram:
    """Private talks with one bot account."""

    name = NAME

    def __init__(self) -> None:
        self._bots: WeakKeyDictionary[AbstractEventLoop, Bot] = WeakKeyDictionary()

    def verify(self, headers: Mapping[str, str], raw: bytes) -> None:
        """Raise Forged unless the request carries the secret that was given to Telegram."""
        secret = settings.current().telegram_secret
        given = headers.get("x-telegram-bot-api-secret-token", "")
        if not hmac.compare_digest(given.encode("utf-8", "replace"), secret.encode()) or not secret:
            raise Forged

    def parse(self, payload: object) -> list[Incoming]:
        """What one update says; nothing for what is not meant for us or not known."""
        update = reading.identity(reading.at(payload, "update_id"))
        if update is None:
            return []
        seen = {"account": settings.current().telegram_token.partition(":")[0], "external_id": f"tg:{update}"}
        heard = (
            _message(payload, "message", **seen)
            or _message(payload, "edited_message", **seen)
            or _press(payload, **seen)
            or _blocked(payload, **seen)
        )
        return [] if heard is None else [heard]

    def render(self, message: Message) -> dict[str, object]:
        """The text in Telegram's HTML with its buttons below."""
        title = fitting.cut(message.title.replace("\n", " "), LONGEST_TITLE, _units) if message.title else ""
        gap = " " if fitting.beside_title(message.text)[0] else "\n"
        text = fitting.cut(message.text, LONGEST_TEXT - sum(map(_units, title)) - 1, _units)
        body: dict[str, object] = {
            "text": f"<b>{_escaped(title)}</b>{gap}{_escaped(text)}" if title else _escaped(text),
            "parse_mode": ParseMode.HTML,
            "link_preview_options": {"is_disabled": True},
        }
        if pressed := numbered.buttons(message):
            body["reply_markup"] = {"inline_keyboard": _rows(pressed)}
        return body

    async def send(self, message: Message, *, to: str, edits: str | None) -> Sent:
        """Say it in that chat, in place of the message `edits` if that is still there."""
        body = self.render(message)
        if edits is not None and edits.isdecimal() and await self._edited(body, to, int(edits)):
            return Sent(edits)
        try:
            sent = await self._bot().send_message(
                chat_id=to,
                text=str(body["text"]),
                parse_mode=ParseMode.HTML,
                reply_markup=_keyboard(body),
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )
        except TelegramError as fault:
            raise _meaning(fault) from fault
        return Sent(str(sent.message_id))

    async def acknowledge(self, incoming: Incoming) -> None:
        """Stop the pressed button from spinning; too late is no harm."""
        if incoming.callback is None:
            return
        try:
            await self._bot().answer_callback_query(incoming.callback)
        except TelegramError as fault:
            log.warning("telegram.not_acknowledged", channel=NAME, fault=fault)

    async def open_dialog(self, message: Message, trigger: str) -> Sent:
        """Telegram asks in the talk itself, so this is refused."""
        raise Never("no dialogs")

    async def fetch(self, file: Enclosed) -> bytes:
        """The bytes of a file that somebody sent; its address holds our token, so it is neither kept nor logged."""
        try:
            found = await self._bot().get_file(file.ref)
            if found.file_size is not None and found.file_size > MOST:
                raise Never("too large")
            return bytes(await found.download_as_bytearray())
        except TelegramError as fault:
            meant = _meaning(fault)
            raise (Later(None, "lost") if isinstance(meant, Unknown) else meant) from fault

    async def close(self) -> None:
        """Close the connections of the running event loop."""
        bot = self._bots.pop(get_running_loop(), None)
        if bot is not None:
            await bot.request.shutdown()

    def _bot(self) -> Bot:
        """The client of this event loop and of the settings in force; its connections can't be shared between loops."""
        about_to_call()
        now = settings.current()
        base = now.telegram_api.rstrip("/") + "/bot"
        loop = get_running_loop()
        bot = self._bots.get(loop)
        if bot is None or bot.base_url != base + now.telegram_token:
            if not now.telegram_token:
                raise Later(AFTER_REFUSED_TOKEN, "no token")
            logging.getLogger("httpx").setLevel(logging.WARNING)
            request = HTTPXRequest(
                connection_pool_size=16, read_timeout=PATIENCE, write_timeout=PATIENCE, pool_timeout=5
            )
            files = now.telegram_api.rstrip("/") + "/file/bot"
            bot = self._bots[loop] = Bot(now.telegram_token, base, files, request=request, get_updates_request=request)
        return bot

    async def _edited(self, body: dict[str, object], to: str, message_id: int) -> bool:
        """Whether the message now reads so; False when there is nothing left to edit."""
        try:
            await self._bot().edit_message_text(
                chat_id=to,
                message_id=message_id,
                text=str(body["text"]),
                parse_mode=ParseMode.HTML,
                reply_markup=_keyboard(body),
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )
        except BadRequest as refused:
            # Telegram has one code for all of these, so the words have to decide.
            said = refused.message.lower()
            if "not modified" in said:
                return True
            if any(words in said for words in ("to edit not found", "can't be edited", "message_id_invalid")):
                return False
            raise _meaning(refused) from refused
        except TelegramError as fault:
            raise _meaning(fault) from fault
        return True


def _message(payload: object, field: str, *, account: str, external_id: str) -> Incoming | None:
    message = reading.at(payload, field)
    sender = reading.identity(reading.at(message, "from", "id"))
    place = reading.identity(reading.at(message, "chat", "id"))
    if not isinstance(message, dict) or sender is None or place is None or reading.at(message, "from", "is_bot"):
        return None
    if ABOUT_THE_CHAT & message.keys():
        return None
    words = reading.words(message.get("text"))
    file = None if words is not None else _enclosed(message)
    if file is not None:
        words = reading.words(message.get("caption"))
    kind = (
        "message"
        if words is not None
        else next((k for k, names in _SPOKEN.items() if names & message.keys()), "unsupported")
    )
    if file is not None or field == "edited_message":
        kind = "file" if field == "message" else "edited"
    return Incoming(
        channel=NAME,
        account=account,
        sender=sender,
        external_id=external_id,
        kind=kind,
        words=words,
        at=reading.instant(message.get("date")),
        place=place,
        private=reading.at(message, "chat", "type") == "private",
        language=_language(message),
        file=file,
    )


def _enclosed(message: dict[str, object]) -> Enclosed | None:
    """The photo, in the best size there is, or the document that came."""
    photos = message.get("photo")
    best = photos[-1] if isinstance(photos, list) and photos else message.get("document")
    number = reading.identity(reading.at(best, "file_id"))
    if number is None:
        return None
    size, name = reading.at(best, "file_size"), reading.words(reading.at(best, "file_name")) or ""
    return Enclosed(number, name[:200], size if isinstance(size, int) else None)


def _press(payload: object, *, account: str, external_id: str) -> Incoming | None:
    query = reading.at(payload, "callback_query")
    sender = reading.identity(reading.at(query, "from", "id"))
    callback = reading.identity(reading.at(query, "id"))
    token = reading.words(reading.at(query, "data"))
    if sender is None or callback is None or not token or len(token.encode()) > LONGEST_TOKEN:
        return None
    return Incoming(
        channel=NAME,
        account=account,
        sender=sender,
        external_id=external_id,
        kind="press",
        token=token,
        place=reading.identity(reading.at(query, "message", "chat", "id")),
        ref=reading.identity(reading.at(query, "message", "message_id")),
        callback=callback,
        private=reading.at(query, "message", "chat", "type") == "private",
        language=_language(query),
    )


def _blocked(payload: object, *, account: str, external_id: str) -> Incoming | None:
    change = reading.at(payload, "my_chat_member")
    sender = reading.identity(reading.at(change, "from", "id"))
    blocked = reading.at(change, "new_chat_member", "status") == "kicked"
    if sender is None or not blocked or reading.at(change, "chat", "type") != "private":
        return None
    return Incoming(
        channel=NAME,
        account=account,
        sender=sender,
        external_id=external_id,
        kind="blocked",
        at=reading.instant(reading.at(change, "date")),
        place=reading.identity(reading.at(change, "chat", "id")),
        language=_language(change),
    )


def _language(thing: object) -> str | None:
    """The language of the person's app, as two letters."""
    tag = reading.identity(reading.at(thing, "from", "language_code"))
    code = (tag or "").partition("-")[0].lower()
    if code == "in":  # what older Android calls Indonesian
        return "id"
    return code if len(code) == 2 and code.isalpha() else None


def _units(character: str) -> int:
    """Telegram counts as UTF-16 does."""
    return 2 if ord(character) > 0xFFFF else 1


def _escaped(text: str) -> str:
    return html.escape(text.encode("utf-8", "replace").decode(), quote=False)


def _rows(choices: tuple[Choice, ...]) -> list[list[dict[str, str]]]:
    rows: list[list[dict[str, str]]] = []
    for choice in choices:
        if len(choice.token.encode()) > LONGEST_TOKEN:
            raise ValueError(f"a button's token may have {LONGEST_TOKEN} bytes: {choice.title!r} has more")
        button = {"text": fitting.cut(choice.title, LONGEST_BUTTON), "callback_data": choice.token}
        short = len(choice.title) <= SHORT_BUTTON
        if short and rows and len(rows[-1]) == 1 and len(rows[-1][0]["text"]) <= SHORT_BUTTON:
            rows[-1].append(button)
        else:
            rows.append([button])
    return rows


def _keyboard(body: dict[str, object]) -> InlineKeyboardMarkup | None:
    markup = body.get("reply_markup")
    return InlineKeyboardMarkup.de_json(markup, None) if isinstance(markup, dict) else None


def _meaning(fault: TelegramError) -> Later | Unknown | Never:
    """What a failed call says about the message."""
    match fault:
        case RetryAfter():
            seconds = fault.retry_after
            return Later(seconds.total_seconds() if isinstance(seconds, timedelta) else float(seconds), "too many")
        case ChatMigrated():
            return Never("chat migrated")
        case Forbidden():
            return Never(fault.message, gone=True)
        case BadRequest():
            return Never(fault.message)
        case InvalidToken() | Conflict():
            log.error("telegram.token_refused", channel=NAME, advice="set SERAMBI_TELEGRAM_TOKEN")
            return Later(AFTER_REFUSED_TOKEN, "token refused")
        case _:
            return _by_cause(fault)


def _by_cause(fault: TelegramError) -> Later | Unknown:
    """Known unsent only if no connection came about, or Telegram itself answered that it failed."""
    cause = fault.__cause__
    if isinstance(cause, UNSENT):
        return Later(None, type(cause).__name__)
    if cause is not None and not isinstance(cause, TelegramError):
        return Unknown()
    # A gateway that stopped waiting knows no more than we do.
    gave_up = "504" in fault.message or "gateway timeout" in fault.message.lower()
    return Unknown() if gave_up else Later(None, "server error")


CHANNEL = Telegram()
