"""What an update of Telegram's says: read field by field, since none of it is promised to be there."""

import re

from bot.channels import reading
from core.messaging.messages import Enclosed, Incoming

NAME = "telegram"
LONGEST_TOKEN = 64  # bytes
# What Telegram is asked to tell; anything else it need not send.
UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
ADDRESSED = re.compile(r"^(/\w+)@\w+")  # a command that says which bot it is for
# What a chat tells about itself. Anything else a person sent, even of a kind Telegram invents tomorrow, gets an answer.
# What says something that we can't read, and what says nothing.
_SPOKEN = {
    "voice": {"voice", "audio", "video_note"},
    "sticker": {"sticker", "animation"},
    "location": {"location", "venue"},
    "contact": {"contact"},
}
ABOUT_THE_CHAT = {
    "new_chat_members", "left_chat_member", "chat_owner_left", "chat_owner_changed", "new_chat_title", "new_chat_photo",
    "delete_chat_photo", "group_chat_created", "supergroup_chat_created", "channel_chat_created",
    "message_auto_delete_timer_changed", "migrate_to_chat_id", "migrate_from_chat_id", "pinned_message",
    "connected_website", "write_access_allowed", "proximity_alert_triggered", "boost_added", "chat_background_set",
    "forum_topic_created", "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened",
    "general_forum_topic_hidden", "general_forum_topic_unhidden", "video_chat_scheduled", "video_chat_started",
    "video_chat_ended", "video_chat_participants_invited",
}  # fmt: skip


def incoming(payload: object, *, account: str) -> list[Incoming]:
    """What one update says to the bot `account`; nothing for what is not meant for us or not known."""
    update = reading.identity(reading.at(payload, "update_id"))
    if update is None:
        return []
    seen = {"account": account, "external_id": f"tg:{update}"}
    heard = (
        _message(payload, "message", **seen)
        or _message(payload, "edited_message", **seen)
        or _press(payload, **seen)
        or _changed(payload, **seen)
    )
    return [] if heard is None else [heard]


def _message(payload: object, field: str, *, account: str, external_id: str) -> Incoming | None:
    message = reading.at(payload, field)
    sender = reading.identity(reading.at(message, "from", "id"))
    place = reading.identity(reading.at(message, "chat", "id"))
    if not isinstance(message, dict) or sender is None or place is None or reading.at(message, "from", "is_bot"):
        return None
    if "migrate_to_chat_id" in message:
        name = reading.identity(message["migrate_to_chat_id"])
        return Incoming(
            NAME, account, sender, external_id, kind="migrated", place=place, ref=name, private=False,
            at=reading.instant(message.get("date")),
        )  # fmt: skip
    if ABOUT_THE_CHAT & message.keys():
        return None
    words = reading.words(message.get("text"))
    words = None if words is None else ADDRESSED.sub(r"\1", words)
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
    if kind == "contact":
        words = _own_number(message["contact"], sender)
    return Incoming(
        channel=NAME,
        account=account,
        sender=sender,
        external_id=external_id,
        kind=kind,
        words=words,
        at=reading.instant(message.get("date")),
        place=place,
        ref=reading.identity(message.get("message_id")),
        private=reading.at(message, "chat", "type") == "private",
        language=_language(message),
        file=file,
    )


def _own_number(contact: object, sender: str) -> str | None:
    """The number on a card of the sender's own account; None where it is somebody else's card, or no account's."""
    if reading.identity(reading.at(contact, "user_id")) != sender:
        return None
    digits = "".join(sign for sign in reading.words(reading.at(contact, "phone_number")) or "" if sign.isdigit())
    return digits if 6 <= len(digits) <= 15 and digits.isascii() else None


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


def _changed(payload: object, *, account: str, external_id: str) -> Incoming | None:
    """A person shut their chat to us, or opened it again."""
    change = reading.at(payload, "my_chat_member")
    sender = reading.identity(reading.at(change, "from", "id"))
    before, now = (reading.at(change, f"{when}_chat_member", "status") for when in ("old", "new"))
    kind = "blocked" if now == "kicked" else "unblocked" if (before, now) == ("kicked", "member") else None
    if sender is None or kind is None or reading.at(change, "chat", "type") != "private":
        return None
    return Incoming(
        channel=NAME,
        account=account,
        sender=sender,
        external_id=external_id,
        kind=kind,
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
