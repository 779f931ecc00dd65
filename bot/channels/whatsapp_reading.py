"""What WhatsApp posts to us, in our words: messages, presses, and what became of what we sent.

One post may hold several entries, changes, messages and statuses, in any order and more than once. Whoever has a
username hides their number: a person is known by the business-scoped id (BSUID) where there is one, else by the number.
https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages
"""

from collections.abc import Iterator
from typing import Any

from bot.channels import reading
from core import log
from core.messaging.messages import Enclosed, Incoming, Report
from core.messaging.templates import Seen

NAME = "whatsapp"
OPENS = "serambi:open"  # what the button of our templates brings back
STATES = ("sent", "delivered", "read", "failed")
# What says something that we can't read, and what says nothing.
_KINDS = {"audio": "voice", "voice": "voice", "video": "voice", "sticker": "sticker", "reaction": "sticker"}
_FILES = ("image", "document")
_MOVED = ("user_changed_number", "customer_changed_number", "user_changed_user_id")
# What people do to their own messages: no new word to us.
_UNSAID = ("revoke", "edit")
_OF_TEMPLATES = ("message_template_status_update", "template_category_update")


def messages(payload: object) -> Iterator[Incoming]:
    """Everything people did, one after the other; what has no sender is told to the operator, not lost in silence."""
    for value in _values(payload):
        account = reading.identity(reading.at(value, "metadata", "phone_number_id"))
        found = reading.at(value, "messages")
        if account is None or len(account) > reading.LONGEST_ACCOUNT or not isinstance(found, list):
            continue
        for message in found:
            read = _message(message, value, account)
            if read is not None:
                yield read


def reports(payload: object) -> Iterator[Report]:
    """What became of what we sent."""
    for value in _values(payload):
        account = reading.identity(reading.at(value, "metadata", "phone_number_id"))
        found = reading.at(value, "statuses")
        for status in found if isinstance(found, list) else ():
            ref, state = reading.identity(reading.at(status, "id")), reading.at(status, "status")
            if account is None or ref is None or state not in STATES:
                continue
            yield Report(
                channel=NAME, account=account, ref=ref, people=_people(status), state=str(state), code=_code(status),
                category=(reading.identity(reading.at(status, "pricing", "category")) or "")[:24] or None,
                billable=reading.at(status, "pricing", "billable") is True,
                at=reading.instant(reading.at(status, "timestamp")),
            )  # fmt: skip


def _people(status: object) -> tuple[str, ...]:
    """The number and the id of the one it went to, as far as they are told."""
    names = (reading.identity(reading.at(status, name)) for name in ("recipient_id", "recipient_user_id"))
    return tuple(name for name in names if name is not None)


def templates(payload: object) -> Iterator[Seen]:
    """What Meta made of our templates: approved, rejected, paused, or put into another category."""
    for entry, field, value in _changes(payload):
        business, at = reading.identity(reading.at(entry, "id")), reading.instant(reading.at(entry, "time"))
        name = reading.identity(reading.at(value, "message_template_name"))
        language = reading.identity(reading.at(value, "message_template_language"))
        if field not in _OF_TEMPLATES or None in (business, at, name, language):
            continue
        if len(str(business)) > reading.LONGEST_ACCOUNT:
            continue
        told = {one: reading.identity(reading.at(value, one)) for one in ("event", "reason", "new_category")}
        category = told["new_category"] or reading.identity(reading.at(value, "message_template_category"))
        yield Seen(
            business=str(business), name=str(name)[:64], language=str(language)[:8],
            state=(told["event"] or "").lower()[:24] if field == _OF_TEMPLATES[0] else "",
            reason=(told["reason"] or "")[:60], category=(category or "").lower()[:24], at=at,
        )  # fmt: skip


def _values(payload: object) -> Iterator[object]:
    """Every change that is about messages, whichever entry it stands in."""
    return (value for _, field, value in _changes(payload) if field == "messages")


def _changes(payload: object) -> Iterator[tuple[object, object, object]]:
    """Every change with the entry it stands in: that, what it is about, and what it says."""
    entries = reading.at(payload, "entry")
    for entry in entries if isinstance(entries, list) else ():
        changes = reading.at(entry, "changes")
        for change in changes if isinstance(changes, list) else ():
            yield entry, reading.at(change, "field"), reading.at(change, "value")


def _message(message: object, value: object, account: str) -> Incoming | None:
    number, kind = reading.identity(reading.at(message, "id")), reading.at(message, "type")
    phone = reading.identity(reading.at(message, "from"))
    sender = reading.identity(reading.at(message, "from_user_id")) or _user(value, phone) or phone
    if number is None or sender is None or not isinstance(message, dict):
        log.warning("webhook_sender_unknown", channel=NAME, kind=str(kind)[:20])
        return None
    seen: dict[str, Any] = {
        "channel": NAME, "account": account, "sender": sender, "external_id": f"wa:{number}",
        "at": reading.instant(message.get("timestamp")), "place": phone or sender, "ref": number,
        "private": message.get("group_id") is None,
    }  # fmt: skip
    if kind == "system":
        moved = reading.at(message, "system", "type") in _MOVED
        return Incoming(kind="moved", **seen) if moved else None
    if kind in _UNSAID:
        return Incoming(kind="edited", **seen) if kind == "edit" else None
    token = _token(message)
    if token == OPENS:
        return Incoming(kind="opened", **seen)
    if token is not None:
        return Incoming(kind="press", token=token, **seen)
    for name in _FILES:
        if kind == name and (file := _enclosed(message.get(name))) is not None:
            return Incoming(kind="file", words=reading.words(reading.at(message, name, "caption")), file=file, **seen)
    words = reading.words(reading.at(message, "text", "body")) if kind == "text" else None
    if words is not None:
        return Incoming(kind="message", words=words, **seen)
    return Incoming(kind=_KINDS.get(str(kind), "unsupported"), **seen)


def _user(value: object, phone: str | None) -> str | None:
    """The sender's own id among the contacts of this post."""
    found = reading.at(value, "contacts")
    contacts = found if isinstance(found, list) else []
    for contact in contacts:
        if phone is not None and reading.at(contact, "wa_id") == phone:
            return reading.identity(reading.at(contact, "user_id"))
    return reading.identity(reading.at(contacts[0], "user_id")) if phone is None and len(contacts) == 1 else None


def _token(message: dict[str, Any]) -> str | None:
    """What a pressed button or a picked row brings back: ours, or the payload of a template's button."""
    found = (
        reading.at(message, "interactive", "button_reply", "id")
        or reading.at(message, "interactive", "list_reply", "id")
        or reading.at(message, "button", "payload")
    )
    return reading.identity(found)


def _enclosed(file: object) -> Enclosed | None:
    number = reading.identity(reading.at(file, "id"))
    if number is None:
        return None
    size, name = reading.at(file, "file_size"), reading.words(reading.at(file, "filename")) or ""
    return Enclosed(number, name[:200], size if isinstance(size, int) else None)


def _code(status: object) -> int | None:
    """Why it failed: the code, never its words."""
    errors = reading.at(status, "errors")
    code = reading.at(errors[0], "code") if isinstance(errors, list) and errors else None
    return code if isinstance(code, int) and not isinstance(code, bool) and 0 <= code < 2**31 else None
