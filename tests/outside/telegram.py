"""A stand-in for Telegram's Bot API 10.1, and the updates it would post to us."""

import asyncio
import itertools
import json
import re
import time
from collections.abc import Collection
from typing import Any, TypedDict
from urllib.parse import urlsplit

from core import clock
from tests.outside import telegram_shapes
from tests.outside.serving import Answer, File, Hook, Receive, Shown, StandIn
from tests.outside.telegram_markup import (
    BadRequest,
    TooLate,
    buttons_of,
    chat_of,
    content_of,
    insist,
    plain,
    read_object,
)

TOKEN = "123456:stand-in-for-telegram"
SECRET = "Stand-in_secret-1"
PATH = "/hooks/telegram"

WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content "
    "and reply markup of the message"
)

_numbers = itertools.count(700_000_001)
_queries = itertools.count(4_000_000_000)


class Connection(TypedDict):
    """The fields of core.settings.Settings that lead to the stand-in."""

    telegram_token: str
    telegram_secret: str
    telegram_api: str


class Telegram(StandIn):
    """The Bot API of one bot."""

    sends: Collection[str] = ("sendMessage", "editMessageText", "sendDocument", "sendVideo")

    def __init__(self, token: str = TOKEN, secret: str = SECRET) -> None:
        super().__init__()
        self.token = token
        self.secret = secret
        self.blocked: set[str] = set()  # chats whose person blocked the bot
        self.strangers: set[str] = set()  # chats whose person never started it
        self.migrated: dict[str, int] = {}  # groups that became supergroups
        self.answered: list[str] = []  # callback queries that stopped spinning
        self.queries_expired = False
        self.webhook: dict[str, Any] = {}
        self.pending: list[dict[str, Any]] = []  # updates that nobody confirmed
        self.overlaps = 0  # how often it was asked for updates while an earlier question was open
        self.asked_from: list[int | None] = []
        self._open: set[int] = set()
        self._polls = itertools.count(1)
        self.webhook_trouble: dict[str, Any] = {}  # what getWebhookInfo says beside it
        self.old: set[str] = set()  # messages that stand there for more than two days
        self.keyboards: dict[str, list[str]] = {}  # by chat: the buttons below the input
        self.commands: dict[str, dict[str, str]] = {}  # by language: what the menu beside the input offers
        self.files: dict[str, bytes] = {}  # what people uploaded, by file_id
        self._message_ids = itertools.count(101)
        self.name = "serambi_bot"
        self.others: dict[str, Telegram] = {}  # further bots, by token

    def queue(self, *hooks: Hook) -> None:
        """What Telegram would post to a webhook, kept to be asked for."""
        self.pending += [json.loads(hook.body) for hook in hooks]

    def another(self, token: str, name: str) -> "Telegram":
        """One more bot at the same address, with chats, a webhook and a menu of its own."""
        made = self.others[token] = Telegram(token)
        made.name, made._port = name, self._port
        return made

    async def ready(self, path: str, body: dict[str, Any], receive: Receive) -> bool:
        """A question for updates is held until there is one; it ends the question that was open before it."""
        other = self.others.get(path.removeprefix("/bot").partition("/")[0])
        if other is not None:
            return await other.ready(path, body, receive)
        if path.rpartition("/")[2] != "getUpdates":
            return True
        self.overlaps += len(self._open)
        self.asked_from.append(int(body["offset"]) if "offset" in body else None)
        if "offset" in body and not self.webhook:
            self.pending[:] = self._due(body)  # asking on confirms what came before, whether or not it was seen
        number = next(self._polls)
        self._open.add(number)
        gone = asyncio.ensure_future(receive())  # the body was read: what comes next is the end
        give_up = time.monotonic() + int(body.get("timeout", 0))
        try:
            while not self.webhook and not self._due(body) and time.monotonic() < give_up:
                if gone.done():
                    return False
                if max(self._open) != number:
                    body["ended"] = (
                        "terminated by other getUpdates request; make sure that only one bot instance is running"
                    )
                    break
                await asyncio.sleep(0.01)
            return True
        finally:
            gone.cancel()
            self._open.discard(number)

    def _due(self, body: dict[str, Any]) -> list[dict[str, Any]]:
        """The updates from the asked one on; a negative offset counts from the end."""
        offset = int(body.get("offset", 0))
        return [one for one in self.pending if one["update_id"] >= offset]

    def settings(self) -> Connection:
        """The fields of core.settings.Settings that lead to this stand-in."""
        return {"telegram_token": self.token, "telegram_secret": self.secret, "telegram_api": self.url}

    def environ(self) -> dict[str, str]:
        """The same, as variables for a process of its own."""
        return {f"SERAMBI_{name.upper()}": str(value) for name, value in self.settings().items()}

    def press(self, title: str, from_id: int | str, **more: Any) -> Hook:
        """The update of this person pressing the newest button with this title in their chat."""
        shown = self.with_button(str(from_id), title)
        return press(shown.buttons[title], from_id, int(shown.ref), secret=self.secret, **more)

    def update(self, text: str | None, from_id: int | str, **more: Any) -> Hook:
        """The update of this person writing this, or sending what `more` holds."""
        return update(text, from_id, secret=self.secret, **more)

    def contact(self, number: str, from_id: int | str, *, of: int | str | None = None) -> Hook:
        """The update of this person sharing a card: their own by the button below the input, or that `of` another."""
        card: dict[str, Any] = {
            "phone_number": number,
            "first_name": "Budi",
            "user_id": int(from_id if of is None else of),
        }
        return self.update(None, from_id, contact=card)

    def delete(self, chat: str, ref: str) -> None:
        """The person deletes a message of ours."""
        with self._lock:
            self.sent[:] = [shown for shown in self.sent if (shown.place, shown.ref) != (chat, ref)]

    def answer(self, path: str, headers: dict[str, str], body: dict[str, Any]) -> Answer:
        """Answer as the Bot API does, refusing what it refuses."""
        if path.startswith(f"/file/bot{self.token}/documents/"):
            raw = self.files.get(path.rpartition("/")[2])
            return _error(404, "Not Found") if raw is None else Answer(200, raw, {"content-type": "image/jpeg"})
        called, _, method = path.removeprefix("/bot").removeprefix("/file/bot").partition("/")
        if called in self.others:
            return self.others[called].answer(path, headers, body)
        if not path.startswith("/bot") or not re.fullmatch(r"\d+:[\w-]+", called):
            return _error(404, "Not Found")
        if called != self.token:
            return _error(401, "Unauthorized")
        if method not in telegram_shapes.METHODS:
            return _error(404, "Not Found: method not found")
        if method == "getUpdates" and (ended := body.pop("ended", None) or (self.webhook and WEBHOOK_ACTIVE)):
            return _error(409, f"Conflict: {ended}")
        try:
            if method in ("sendMessage", "editMessageText"):
                content_of(body)  # what is wrong with it, in Telegram's words
            wrong = telegram_shapes.faults(method, body)
            insist(not wrong, "; ".join(wrong))
            chat = str(body.get("chat_id", ""))
            if method in self.sends and chat in self.blocked:
                return _error(403, "Forbidden: bot was blocked by the user")
            if method in self.sends and chat in self.strangers:
                return _error(403, "Forbidden: bot can't initiate conversation with a user")
            if method in self.sends and chat in self.migrated:
                moved = {"migrate_to_chat_id": self.migrated[chat]}
                return _error(400, "Bad Request: group chat was upgraded to a supergroup chat", moved)
            return _result(getattr(self, f"_{method}")(body))
        except BadRequest as refused:
            if not isinstance(refused, TooLate):
                self.refusals.append(f"{method}: {refused}")
            return _error(400, f"Bad Request: {refused}")

    def _sendMessage(self, body: dict[str, Any]) -> dict[str, Any]:
        chat = chat_of(body)
        words, buttons = content_of(body)
        shown = Shown(chat, str(next(self._message_ids)), words, buttons, body)
        markup = read_object(body.get("reply_markup", "{}"))
        if "keyboard" in markup:
            self.keyboards[chat] = [button["text"] for row in markup["keyboard"] for button in row]
        elif markup.get("remove_keyboard"):
            self.keyboards.pop(chat, None)
        self.sent.append(shown)
        return self._message(shown)

    def _sendDocument(self, body: dict[str, Any]) -> dict[str, Any]:
        return self._sent_file(body, "document")

    def _sendVideo(self, body: dict[str, Any]) -> dict[str, Any]:
        return self._sent_file(body, "video")

    def _sent_file(self, body: dict[str, Any], kind: str) -> dict[str, Any]:
        chat, file = chat_of(body), body[kind]
        insist(isinstance(file, File) and file.raw, "file must be non-empty")
        insist(len(file.raw) <= 50 * 1024 * 1024, "Request Entity Too Large")
        caption = str(body.get("caption", ""))
        words = plain(caption) if body.get("parse_mode") == "HTML" else caption
        insist(len(words.encode("utf-16-le")) // 2 <= 1024, "message caption is too long")
        shown = Shown(chat, str(next(self._message_ids)), words, buttons_of(body.get("reply_markup")), body, file=file)
        self.sent.append(shown)
        message = self._message(shown)
        message["caption"] = message.pop("text")
        number = f"sent{shown.ref}"
        return message | {
            kind: {
                "file_id": number,
                "file_unique_id": f"u{number}",
                "file_name": file.name,
                "file_size": len(file.raw),
                **({"width": 480, "height": 966, "duration": 40} if kind == "video" else {}),
            }
        }

    def _editMessageText(self, body: dict[str, Any]) -> dict[str, Any]:
        chat = chat_of(body)
        ref = str(body.get("message_id", ""))
        shown = next((each for each in self.sent if (each.place, each.ref) == (chat, ref)), None)
        if shown is None:
            raise TooLate("message to edit not found")
        words, buttons = content_of(body)
        same_look = body.get("text") == shown.body.get("text") and buttons == shown.buttons
        if same_look:
            raise TooLate(NOT_MODIFIED)
        shown.before.append(shown.words)
        shown.words, shown.buttons, shown.body, shown.edits = words, buttons, body, shown.edits + 1
        return {**self._message(shown), "edit_date": int(time.time())}

    def _deleteMessage(self, body: dict[str, Any]) -> bool:
        chat, ref = chat_of(body), str(body["message_id"])
        shown = next((each for each in self.sent if (each.place, each.ref) == (chat, ref)), None)
        if shown is None:
            raise TooLate("message to delete not found")
        if shown.ref in self.old:
            raise TooLate("message can't be deleted for everyone")
        self.sent.remove(shown)
        return True

    def _answerCallbackQuery(self, body: dict[str, Any]) -> bool:
        query = str(body.get("callback_query_id", ""))
        insist(len(str(body.get("text", ""))) <= 200, "MESSAGE_TOO_LONG")
        if self.queries_expired or not query.isdecimal():
            raise TooLate("query is too old and response timeout expired or query ID is invalid")
        self.answered.append(query)
        return True

    def _getMe(self, _: dict[str, Any]) -> dict[str, Any]:
        return self._bot()

    def _getFile(self, body: dict[str, Any]) -> dict[str, Any]:
        number = str(body.get("file_id", ""))
        insist(number in self.files, "wrong file_id or the file is temporarily unavailable")
        size = len(self.files[number])
        insist(size <= 20 * 1024 * 1024, "file is too big")
        return {
            "file_id": number,
            "file_unique_id": f"u{number}",
            "file_size": size,
            "file_path": f"documents/{number}",
        }

    def upload(self, raw: bytes, from_id: int | str, *, name: str | None = None, caption: str | None = None) -> Hook:
        """The update of this person sending a photo, or a document where it has a name."""
        number = f"file{len(self.files) + 1}"
        self.files[number] = raw
        size = {"file_id": number, "file_unique_id": f"u{number}", "file_size": len(raw)}
        small = {"file_id": "thumb", "file_unique_id": "t", "width": 90, "height": 60, "file_size": 900}
        what: dict[str, Any] = {"photo": [small, {**size, "width": 1280, "height": 853}]}
        if name is not None:
            what = {"document": {**size, "file_name": name, "mime_type": "application/octet-stream"}}
        hook = update("", from_id, secret=self.secret)
        told = json.loads(hook.body)
        del told["message"]["text"]
        told["message"] |= what | ({} if caption is None else {"caption": caption})
        return Hook(hook.path, hook.headers, json.dumps(told).encode())

    def _setWebhook(self, body: dict[str, Any]) -> bool:
        url, secret = str(body.get("url", "")), str(body.get("secret_token", ""))
        insist(url.startswith("https://"), "bad webhook: An HTTPS URL must be provided for webhook")
        insist(re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret), "secret token contains unallowed characters")
        insist(
            urlsplit(url).port in (None, 443, 80, 88, 8443),
            "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
        )
        self.webhook = {
            name: read_object(value) if name == "allowed_updates" else value for name, value in body.items()
        }
        return True

    def _deleteWebhook(self, _: dict[str, Any]) -> bool:
        self.webhook = {}
        return True

    def _getWebhookInfo(self, _: dict[str, Any]) -> dict[str, Any]:
        told = {"url": self.webhook.get("url", ""), "has_custom_certificate": False, "pending_update_count": 0}
        if "allowed_updates" in self.webhook:
            told["allowed_updates"] = self.webhook["allowed_updates"]
        return told | self.webhook_trouble

    def _getUpdates(self, body: dict[str, Any]) -> list[dict[str, Any]]:
        kinds = set(read_object(body.get("allowed_updates", "[]")))
        return [one for one in self._due(body) if not kinds or kinds & one.keys()][: int(body.get("limit", 100))]

    def _setMyCommands(self, body: dict[str, Any]) -> bool:
        commands = read_object(body["commands"])
        insist(len(commands) <= 100, "BOT_COMMANDS_TOO_MUCH")
        for one in commands:
            insist(re.fullmatch(r"[a-z0-9_]{1,32}", one["command"]), "BOT_COMMAND_INVALID")
        language = str(body.get("language_code", ""))
        insist(re.fullmatch(r"([a-z]{2})?", language), "language code invalid")
        self.commands[language] = {one["command"]: one["description"] for one in commands}
        return True

    def _getMyCommands(self, body: dict[str, Any]) -> list[dict[str, str]]:
        scope = read_object(body.get("scope", "{}"))
        insist(scope.get("type") in (None, "default", "all_private_chats"), "unsupported scope")
        there = self.commands.get(str(body.get("language_code", "")), {}) if scope.get("type") else {}
        return [{"command": name, "description": words} for name, words in there.items()]

    def _bot(self) -> dict[str, Any]:
        number = int(self.token.partition(":")[0])
        return {"id": number, "is_bot": True, "first_name": "Serambi", "username": self.name}

    def _message(self, shown: Shown) -> dict[str, Any]:
        chat = {"id": int(shown.place), "type": "private", "first_name": "Orang"}
        message: dict[str, Any] = {
            "message_id": int(shown.ref), "from": self._bot(), "chat": chat, "date": int(time.time()),
            "text": shown.words,
        }  # fmt: skip
        if shown.buttons:  # Telegram tells of no keyboard but those below a message
            message["reply_markup"] = read_object(shown.body["reply_markup"])
        return message

    def _too_many(self, retry_after: int) -> Answer:
        words = f"Too Many Requests: retry after {retry_after}"
        return _error(429, words, {"retry_after": retry_after})


def _result(result: object) -> Answer:
    return Answer(200, json.dumps({"ok": True, "result": result}).encode())


def _error(code: int, description: str, parameters: dict[str, int] | None = None) -> Answer:
    body: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
    if parameters is not None:
        body["parameters"] = parameters
    return Answer(code, json.dumps(body).encode(), error=description)


# What Telegram posts to us


def hook(payload: object, *, secret: str = SECRET) -> Hook:
    """The request that carries this update."""
    headers = {"content-type": "application/json", "x-telegram-bot-api-secret-token": secret}
    return Hook(PATH, headers, json.dumps(payload).encode())


def update(
    text: str | None,
    from_id: int | str,
    *,
    chat_id: int | None = None,
    chat_type: str = "private",
    update_id: int | None = None,
    language: str | None = "id",
    edited: bool = False,
    secret: str = SECRET,
    **content: Any,
) -> Hook:
    """A person wrote this, or sent `content` such as `sticker={...}`."""
    message: dict[str, Any] = {
        "message_id": next(_numbers) % 1_000_000,
        "from": _person(from_id, language),
        "chat": {"id": int(from_id if chat_id is None else chat_id), "type": chat_type, "first_name": "Budi"},
        "date": int(clock.now().timestamp()),
        **content,
    }
    if text is not None:
        message["text"] = text
        if text.startswith("/"):
            length = len(text.split()[0])
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
    if edited:
        message["edit_date"] = message["date"]
    number = next(_numbers) if update_id is None else update_id
    return hook({"update_id": number, "edited_message" if edited else "message": message}, secret=secret)


def press(
    token: str,
    from_id: int | str,
    message_id: int,
    *,
    chat_id: int | None = None,
    update_id: int | None = None,
    language: str | None = "id",
    secret: str = SECRET,
) -> Hook:
    """A person pressed the button with this token below this message."""
    chat = {"id": int(from_id if chat_id is None else chat_id), "type": "private", "first_name": "Budi"}
    query = {
        "id": str(next(_queries)),
        "from": _person(from_id, language),
        "chat_instance": "-3788434524245",
        "data": token,
        "message": {"message_id": message_id, "date": int(clock.now().timestamp()), "chat": chat, "text": "..."},
    }
    return hook(
        {"update_id": next(_numbers) if update_id is None else update_id, "callback_query": query}, secret=secret
    )


def blocks(from_id: int | str, *, secret: str = SECRET) -> Hook:
    """A person blocked the bot."""
    return _changes(from_id, "member", "kicked", secret)


def unblocks(from_id: int | str, *, secret: str = SECRET) -> Hook:
    """A person opened the chat with the bot again."""
    return _changes(from_id, "kicked", "member", secret)


def _changes(from_id: int | str, before: str, now: str, secret: str) -> Hook:
    bot = {"id": int(TOKEN.partition(":")[0]), "is_bot": True, "first_name": "Serambi", "username": "serambi_bot"}
    until = {"until_date": 0}
    change = {
        "chat": {"id": int(from_id), "type": "private", "first_name": "Budi"},
        "from": _person(from_id, "id"),
        "date": int(clock.now().timestamp()),
        "old_chat_member": {"user": bot, "status": before, **(until if before == "kicked" else {})},
        "new_chat_member": {"user": bot, "status": now, **(until if now == "kicked" else {})},
    }
    return hook({"update_id": next(_numbers), "my_chat_member": change}, secret=secret)


def _person(from_id: int | str, language: str | None) -> dict[str, Any]:
    person: dict[str, Any] = {"id": int(from_id), "is_bot": False, "first_name": "Budi"}
    return person if language is None else {**person, "language_code": language}
