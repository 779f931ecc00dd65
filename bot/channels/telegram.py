"""Telegram's Bot API. Nothing it sends is trusted to have a shape; nothing it must not see is logged."""

import hmac
import html
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from urllib.parse import urlencode

from telegram import Bot, InlineKeyboardMarkup, InputFile, LinkPreviewOptions, ReplyKeyboardMarkup, ReplyKeyboardRemove
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Conflict, TelegramError

from bot.channels import fitting, reading, telegram_calls, telegram_reading
from bot.channels.contract import Forged, Later, Never, Sent, Unknown
from bot.channels.telegram_reading import LONGEST_TOKEN, NAME
from core import log, settings
from core.files import MOST
from core.messaging import bot_accounts, numbered
from core.messaging.messages import Choice, Enclosed, Enclosing, Incoming, Message

LONGEST_TEXT = 4096  # after the markup is taken away
FILM = "video/mp4"
LONGEST_CAPTION = 1024  # of a file, likewise
LARGEST_FILE = 50 * 1024 * 1024  # that a bot may send
LONGEST_TITLE = 256
LONGEST_BUTTON = 64
SHORT_BUTTON = 12  # two of these stand in one row of a small phone


class Telegram:
    """Private talks with one bot account."""

    name = NAME

    def __init__(self) -> None:
        self._bots = telegram_calls.Bots()

    def verify(self, headers: Mapping[str, str], raw: bytes) -> None:
        """Raise Forged unless the request carries the secret that was given to Telegram."""
        check_secret(settings.current().telegram_secret, headers)

    def parse(self, payload: object, *, account: str | None = None) -> list[Incoming]:
        """What one update says to the installation's bot or to that one; nothing for what is not meant for us."""
        return telegram_reading.incoming(payload, account=bot_accounts.shared(NAME) if account is None else account)

    def render(self, message: Message) -> dict[str, object]:
        """The text in Telegram's HTML with its buttons below."""
        title = fitting.cut(message.title.replace("\n", " "), LONGEST_TITLE, _units) if message.title else ""
        gap = " " if fitting.beside_title(message.text)[0] else "\n"
        longest = LONGEST_TEXT if message.file is None else LONGEST_CAPTION
        text = fitting.cut(message.text, longest - sum(map(_units, title)) - 1, _units)
        body: dict[str, object] = {
            "text": f"<b>{_escaped(title)}</b>{gap}{_escaped(text)}" if title else _escaped(text),
            "parse_mode": ParseMode.HTML,
            "link_preview_options": {"is_disabled": True},
        }
        if pressed := numbered.buttons(message):
            body["reply_markup"] = {"inline_keyboard": _rows(pressed)}
        elif message.contact:
            shows = {"text": fitting.cut(message.contact, LONGEST_BUTTON), "request_contact": True}
            body["reply_markup"] = {"keyboard": [[shows]], "resize_keyboard": True, "one_time_keyboard": True}
        elif message.contact is not None:
            body["reply_markup"] = {"remove_keyboard": True}
        return body

    async def send(self, message: Message, *, to: str, edits: str | None) -> Sent:
        """Say it in that chat, in place of the message `edits` if that is still there; a moved group is followed."""
        body, bot = self.render(message), await self._bots.speaking_as(message.account)
        try:
            try:
                return await self._send(bot, body, message.file, to, edits)
            except ChatMigrated as moved:
                return await self._send(bot, body, message.file, str(moved.new_chat_id), None)
        except TelegramError as fault:
            raise telegram_calls.meaning(fault) from fault

    async def _send(
        self, bot: Bot, body: dict[str, object], file: Enclosing | None, to: str, edits: str | None
    ) -> Sent:
        if edits is not None and edits.isdecimal() and await self._edited(bot, body, to, int(edits)):
            return Sent(edits)
        if file is not None:
            return await self._send_file(bot, body, to, file)
        sent = await bot.send_message(
            chat_id=to,
            text=str(body["text"]),
            parse_mode=ParseMode.HTML,
            reply_markup=_keyboard(body) or _below_the_input(body),
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )
        return Sent(str(sent.message_id))

    async def _send_file(self, bot: Bot, body: dict[str, object], to: str, file: Enclosing) -> Sent:
        if len(file.raw) > LARGEST_FILE:
            raise Never("too large")
        enclosed, caption, keyboard = InputFile(file.raw, filename=file.name), str(body["text"]), _keyboard(body)
        if file.type == FILM:  # shown and played where it stands
            sent = await bot.send_video(
                chat_id=to, video=enclosed, caption=caption, parse_mode=ParseMode.HTML, reply_markup=keyboard,
                supports_streaming=True,
            )  # fmt: skip
        else:
            sent = await bot.send_document(
                chat_id=to, document=enclosed, caption=caption, parse_mode=ParseMode.HTML, reply_markup=keyboard
            )
        return Sent(str(sent.message_id))

    async def updates(self, account: str, *, after: int | None, wait: int) -> list[tuple[int, object]]:
        """What this bot was told since that update, each with its number; Telegram waits so many seconds for the first.

        Raises Later where it does not answer, or answers somebody else.
        """
        bot, asks = await self._bots.speaking_as(account), self._bots.asking()
        asked = {"timeout": wait, "allowed_updates": json.dumps(telegram_reading.UPDATES)}
        asked |= {} if after is None else {"offset": after + 1}
        try:
            # Its own reader of updates gives up the whole answer for one update that it can't read.
            raw = await asks.retrieve(
                f"{bot.base_url}/getUpdates?{urlencode(asked)}", read_timeout=wait + telegram_calls.PATIENCE
            )
        except Conflict as other:
            log.error("telegram.asked_elsewhere", account=account, fault=other, advice="serambi telegram check")
            raise Later(telegram_calls.AFTER_CONFLICT, "asked elsewhere") from other
        except TelegramError as fault:
            meant = telegram_calls.meaning(fault)
            raise Later(meant.seconds if isinstance(meant, Later) else None, "not answered") from fault
        found = reading.at(json.loads(raw), "result")
        numbered_ = [(reading.at(one, "update_id"), one) for one in found] if isinstance(found, list) else []
        return [(number, one) for number, one in numbered_ if isinstance(number, int)]

    async def acknowledge(self, incoming: Incoming) -> None:
        """Stop the pressed button from spinning; too late is no harm."""
        if incoming.callback is None:
            return
        try:
            bot = await self._bots.speaking_as(incoming.account)
            await bot.answer_callback_query(incoming.callback)
        except (TelegramError, Later, Never) as fault:
            log.warning("telegram.not_acknowledged", channel=NAME, fault=fault)

    async def open_dialog(self, message: Message, trigger: str) -> Sent:
        """Telegram asks in the talk itself, so this is refused."""
        raise Never("no dialogs")

    async def erase(self, account: str, *, to: str, ref: str) -> None:
        """Delete a message of this bot; one that is gone already is as good. Raises Later, or Never after two days."""
        bot = await self._bots.speaking_as(account)
        try:
            await bot.delete_message(chat_id=to, message_id=int(ref))
        except BadRequest as refused:
            if "to delete not found" not in refused.message.lower():
                raise Never(refused.message) from refused
        except TelegramError as fault:
            meant = telegram_calls.meaning(fault)
            # Deleting twice does no harm, so what nobody knows is simply tried again.
            raise (Later(None, "lost") if isinstance(meant, Unknown) else meant) from fault

    async def fetch(self, file: Enclosed) -> bytes:
        """The bytes of a file that somebody sent; its address holds our token, so it is neither kept nor logged."""
        bot = await self._bots.speaking_as(file.account)
        try:
            found = await bot.get_file(file.ref)
            if found.file_size is not None and found.file_size > MOST:
                raise Never("too large")
            return bytes(await found.download_as_bytearray())
        except TelegramError as fault:
            meant = telegram_calls.meaning(fault)
            raise (Later(None, "lost") if isinstance(meant, Unknown) else meant) from fault

    @asynccontextmanager
    async def calling(self) -> AsyncIterator[Bot]:
        """The installation's bot itself, for what is asked of Telegram once and by hand; closed afterwards."""
        try:
            yield self._bots.client(settings.current().telegram_token)
        finally:
            await self.close()

    def with_token(self, token: str) -> Bot:
        """The bot that this token speaks for, whosever it is."""
        return self._bots.client(token)

    async def close(self) -> None:
        """Close the connections of the running event loop."""
        await self._bots.close()

    async def _edited(self, bot: Bot, body: dict[str, object], to: str, message_id: int) -> bool:
        """Whether the message now reads so; False when there is nothing left to edit."""
        try:
            await bot.edit_message_text(
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
            raise
        return True


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
    if not isinstance(markup, dict) or "inline_keyboard" not in markup:
        return None
    return InlineKeyboardMarkup.de_json(markup, None)


def _below_the_input(body: dict[str, object]) -> ReplyKeyboardMarkup | ReplyKeyboardRemove | None:
    markup = body.get("reply_markup")
    if not isinstance(markup, dict) or "inline_keyboard" in markup:
        return None
    return ReplyKeyboardMarkup.de_json(markup, None) if "keyboard" in markup else ReplyKeyboardRemove()


def check_secret(secret: str, headers: Mapping[str, str]) -> None:
    """Raise Forged unless a delivery carries the secret that was given to Telegram for this bot."""
    given = headers.get("x-telegram-bot-api-secret-token", "")
    if not hmac.compare_digest(given.encode("utf-8", "replace"), secret.encode()) or not secret:
        raise Forged


CHANNEL = Telegram()
