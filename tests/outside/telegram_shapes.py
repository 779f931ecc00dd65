"""What the Bot API 10.1 takes: every parameter of the methods we call, with its type, and `!` where it must be there.

`text(1-4096)` counts characters, `data(1-64_bytes)` bytes. What is of a type that isn't listed may be any object.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from tests.outside.serving import File

METHODS = {
    "getMe": "",
    "getUpdates": "offset:Integer limit:Integer timeout:Integer allowed_updates:[String]",
    "setWebhook": """
        url!:String certificate:InputFile ip_address:String max_connections:Integer allowed_updates:[String]
        drop_pending_updates:Boolean secret_token:String(1-256)
    """,
    "deleteWebhook": "drop_pending_updates:Boolean",
    "getWebhookInfo": "",
    "getMyCommands": "scope:BotCommandScope language_code:String",
    "setMyCommands": "commands!:[BotCommand] scope:BotCommandScope language_code:String",
    "sendMessage": """
        business_connection_id:String chat_id!:Integer|String message_thread_id:Integer
        direct_messages_topic_id:Integer text!:String(1-4096) parse_mode:String entities:[MessageEntity]
        link_preview_options:LinkPreviewOptions disable_notification:Boolean protect_content:Boolean
        allow_paid_broadcast:Boolean message_effect_id:String suggested_post_parameters:SuggestedPostParameters
        reply_parameters:ReplyParameters
        reply_markup:InlineKeyboardMarkup|ReplyKeyboardMarkup|ReplyKeyboardRemove|ForceReply
    """,
    "editMessageText": """
        business_connection_id:String chat_id:Integer|String message_id:Integer inline_message_id:String
        text:String(1-4096) parse_mode:String entities:[MessageEntity] link_preview_options:LinkPreviewOptions
        rich_message:InputRichMessage reply_markup:InlineKeyboardMarkup
    """,
    "sendDocument": """
        business_connection_id:String chat_id!:Integer|String message_thread_id:Integer
        direct_messages_topic_id:Integer document!:InputFile|String thumbnail:InputFile|String caption:String(0-1024)
        parse_mode:String caption_entities:[MessageEntity] disable_content_type_detection:Boolean
        disable_notification:Boolean protect_content:Boolean allow_paid_broadcast:Boolean message_effect_id:String
        suggested_post_parameters:SuggestedPostParameters reply_parameters:ReplyParameters
        reply_markup:InlineKeyboardMarkup|ReplyKeyboardMarkup|ReplyKeyboardRemove|ForceReply
    """,
    "sendVideo": """
        business_connection_id:String chat_id!:Integer|String message_thread_id:Integer
        direct_messages_topic_id:Integer video!:InputFile|String duration:Integer width:Integer height:Integer
        thumbnail:InputFile|String cover:InputFile|String start_timestamp:Integer caption:String(0-1024)
        parse_mode:String caption_entities:[MessageEntity] show_caption_above_media:Boolean has_spoiler:Boolean
        supports_streaming:Boolean disable_notification:Boolean protect_content:Boolean allow_paid_broadcast:Boolean
        message_effect_id:String suggested_post_parameters:SuggestedPostParameters reply_parameters:ReplyParameters
        reply_markup:InlineKeyboardMarkup|ReplyKeyboardMarkup|ReplyKeyboardRemove|ForceReply
    """,
    "deleteMessage": "chat_id!:Integer|String message_id!:Integer",
    "answerCallbackQuery": "callback_query_id!:String text:String(0-200) show_alert:Boolean url:String cache_time:Integer",
    "getFile": "file_id!:String",
}
TYPES = {
    "InlineKeyboardMarkup": "inline_keyboard!:[[InlineKeyboardButton]]",
    "InlineKeyboardButton": """
        text!:String icon_custom_emoji_id:String style:String url:String callback_data:String(1-64_bytes)
        web_app:WebAppInfo login_url:LoginUrl switch_inline_query:String switch_inline_query_current_chat:String
        switch_inline_query_chosen_chat:SwitchInlineQueryChosenChat copy_text:CopyTextButton
        callback_game:CallbackGame pay:Boolean
    """,
    "ReplyKeyboardMarkup": """
        keyboard!:[[KeyboardButton]] is_persistent:Boolean resize_keyboard:Boolean one_time_keyboard:Boolean
        input_field_placeholder:String(1-64) selective:Boolean
    """,
    "KeyboardButton": """
        text!:String icon_custom_emoji_id:String style:String request_users:KeyboardButtonRequestUsers
        request_chat:KeyboardButtonRequestChat request_managed_bot:KeyboardButtonRequestManagedBot
        request_contact:Boolean request_location:Boolean request_poll:KeyboardButtonPollType web_app:WebAppInfo
    """,
    "ReplyKeyboardRemove": "remove_keyboard!:Boolean selective:Boolean",
    "LinkPreviewOptions": """
        is_disabled:Boolean url:String prefer_small_media:Boolean prefer_large_media:Boolean show_above_text:Boolean
    """,
    "BotCommand": "command!:String(1-32) description!:String(1-256)",
}

FIELD = re.compile(
    r"(?P<name>\w+)(?P<must>!?):(?P<types>[\w|\[\]]+)(?:\((?P<least>\d+)-(?P<most>\d+)(?P<unit>_bytes)?\))?"
)
AFTER_MARKUP = {
    ("sendMessage", "text"),
    ("editMessageText", "text"),
    ("sendDocument", "caption"),
    ("sendVideo", "caption"),
}  # counted there


def faults(method: str, body: dict[str, Any]) -> list[str]:
    """What is wrong with the parameters of a call; form fields arrive as text, so `7` and `true` in text are good."""
    return list(_wrong(method, METHODS[method], body, as_form=True))


def _wrong(where: str, shape: str, given: dict[str, Any], *, as_form: bool = False) -> Iterator[str]:
    fields = {found["name"]: found for found in FIELD.finditer(shape)}
    # Telegram itself overlooks these; a misspelt name would then do nothing, silently.
    yield from (f"{where}: unknown parameter {name}" for name in sorted(given.keys() - fields.keys()))
    for name, field in fields.items():
        if name not in given:
            if field["must"]:
                yield f"{where}: {name} is missing"
            continue
        value = _read(given[name], field["types"]) if as_form else given[name]
        told = [list(_unlike(f"{where}.{name}", one, value)) for one in field["types"].split("|")]
        if all(told):
            yield from min(told, key=len)
        elif field["most"] and (where, name) not in AFTER_MARKUP:
            size = len(str(value).encode()) if field["unit"] else len(str(value))
            if not int(field["least"]) <= size <= int(field["most"]):
                yield f"{where}.{name} has {size}, not {field['least']} to {field['most']}{field['unit'] or ''}"


def _read(value: Any, types: str) -> Any:
    """A parameter as it is meant: all but text stands as JSON in a form."""
    if not isinstance(value, str) or "String" in types.split("|") or "InputFile" in types:
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _unlike(where: str, kind: str, value: Any) -> Iterator[str]:
    """In what the value is not of this kind."""
    if kind.startswith("["):
        if not isinstance(value, list):
            yield f"{where}: {kind} expected"
            return
        for nth, one in enumerate(value):
            yield from _unlike(f"{where}[{nth}]", kind[1:-1], one)
        return
    plain: Any = {"String": str, "Integer": int, "Boolean": bool, "InputFile": File}.get(kind, dict)
    if not isinstance(value, plain) or (kind == "Integer" and isinstance(value, bool)):
        yield f"{where}: {kind} expected, not {type(value).__name__}"
    elif kind in TYPES:
        yield from _wrong(kind, TYPES[kind], value)
