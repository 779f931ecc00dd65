"""What Telegram takes of a message's look, and what it says of what it doesn't take."""

import html
import json
import re
from typing import Any

TAGS = {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "a", "tg-spoiler", "blockquote"}
BUTTON_ACTIONS = {
    "url", "callback_data", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay",
}  # fmt: skip


class BadRequest(Exception):
    """What Telegram would answer with status 400, because we wrote something it can't take."""


class TooLate(BadRequest):
    """The same, without a fault of ours."""


def insist(true: object, otherwise: str) -> None:
    if not true:
        raise BadRequest(otherwise)


def read_object(value: object) -> Any:
    """A parameter that is an object: JSON in a form, itself in JSON."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise BadRequest("object expected as reply markup") from None


def chat_of(body: dict[str, Any]) -> str:
    chat = str(body.get("chat_id", ""))
    insist(chat, "chat_id is empty")
    insist(re.fullmatch(r"-?\d+", chat) and chat != "0", "chat not found")
    return chat


def content_of(body: dict[str, Any]) -> tuple[str, dict[str, str]]:
    """The words and the buttons on the screen, if Telegram would take them."""
    text = body.get("text")
    insist(isinstance(text, str), "message text is empty")
    mode = body.get("parse_mode")
    insist(mode in (None, "HTML"), "unsupported parse_mode")
    words = (plain(str(text)) if mode == "HTML" else str(text)).strip()
    insist(words, "message text is empty")
    insist(len(words.encode("utf-16-le")) // 2 <= 4096, "message is too long")
    insist(
        isinstance(read_object(body.get("link_preview_options", "{}")), dict), "object expected as link preview options"
    )
    return words, buttons_of(body.get("reply_markup"))


def plain(marked: str) -> str:
    """The words of Telegram's HTML, or the error it would give."""
    words: list[str] = []
    opened: list[str] = []
    position = 0
    for found in re.finditer(r"<(/?)([^<>\s]*)([^<>]*)>|<", marked):
        words.append(marked[position : found.start()])
        position = found.end()
        closes, tag, _ = found.groups()
        offset = len(marked[: found.start()].encode())
        if tag is None or tag.lower() not in TAGS:
            raise BadRequest(f'can\'t parse entities: Unsupported start tag "{tag or ""}" at byte offset {offset}')
        if not closes:
            opened.append(tag)
        elif not opened or opened.pop() != tag:
            raise BadRequest(f"can't parse entities: Unexpected end tag at byte offset {offset}")
    if opened:
        raise BadRequest(f"can't parse entities: Can't find end tag corresponding to start tag \"{opened[-1]}\"")
    words.append(marked[position:])
    return re.sub(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);", lambda m: html.unescape(m.group()), "".join(words))


def buttons_of(markup: object) -> dict[str, str]:
    if markup is None:
        return {}
    keyboard = read_object(markup)
    if isinstance(keyboard, dict) and keyboard.keys() & {"keyboard", "remove_keyboard"}:
        return {}
    insist(isinstance(keyboard, dict) and isinstance(keyboard.get("inline_keyboard"), list), "can't parse reply markup")
    rows = keyboard["inline_keyboard"]
    insist(all(isinstance(row, list) for row in rows), "can't parse inline keyboard: row must be an array")
    buttons = [button for row in rows for button in row]
    insist(len(buttons) <= 100, "reply markup is too long")
    insist(all(len(row) <= 8 for row in rows), "reply markup has too many buttons in a row")
    for button in buttons:
        insist(isinstance(button, dict), "inline keyboard button must be an Object")
        insist(isinstance(button.get("text"), str) and button["text"].strip(), "BUTTON_TEXT_INVALID")
        insist(len(BUTTON_ACTIONS & button.keys()) == 1, "Text buttons are unallowed in the inline keyboard")
        insist(not button.keys() - BUTTON_ACTIONS - {"text", "style", "icon_custom_emoji_id"}, "unknown button field")
        if "callback_data" in button:
            insist(1 <= len(str(button["callback_data"]).encode()) <= 64, "BUTTON_DATA_INVALID")
    return {button["text"]: str(button.get("callback_data", "")) for button in buttons}
