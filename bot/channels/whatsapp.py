"""WhatsApp by Meta's Cloud API. It decides on error codes, never on their words; nothing it must not see is logged.

Nothing that was sent can be edited, and outside 24 hours after somebody's last message only a template may be sent:
core/messaging/windows.py keeps that clock.
"""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from bot.channels import fitting, literal, reading, whatsapp_calls, whatsapp_files, whatsapp_reading
from bot.channels.contract import Forged, Never, Sent, Unknown
from core import settings
from core.messaging import numbered
from core.messaging.messages import Choice, Enclosed, Enclosing, Incoming, Message, Report
from core.phrases import phrase

NAME = whatsapp_reading.NAME
LONGEST_TEXT, LONGEST_BODY, LONGEST_HEAD, LONGEST_CAPTION = 4096, 1024, 60, 1024
LONGEST_TITLE, LONGEST_ROW = 20, 24
MOST_BUTTONS, MOST_ROWS = 3, 10


class WhatsApp:
    """Private talks with one business number."""

    name = NAME

    def verify(self, headers: Mapping[str, str], raw: bytes) -> None:
        """Raise Forged unless these very bytes are signed with the app's secret."""
        check_signature(settings.current().whatsapp_app_secret, headers, raw)

    def parse(self, payload: object) -> list[Incoming]:
        """What people did, of every entry and change; nothing for what is not known."""
        return list(whatsapp_reading.messages(payload))

    def reports(self, payload: object) -> list[Report]:
        """What became of what we sent."""
        return list(whatsapp_reading.reports(payload))

    def render(self, message: Message) -> dict[str, object]:
        """Three choices as buttons, ten as a list, more as digits below the text; a file with its words below it."""
        pressed = numbered.buttons(message)
        if len(pressed) > (MOST_ROWS if message.file is None else MOST_BUTTONS):
            message = numbered.shown(message)
            pressed = ()
        if message.file is not None:
            return _with_file(message, message.file, pressed)
        if not pressed:
            return {"type": "text", "text": {"body": _below_its_title(message, LONGEST_TEXT), "preview_url": False}}
        interactive: dict[str, object] = {
            "body": {"text": fitting.cut(literal.in_whatsapp(message.text), LONGEST_BODY)}
        }
        if message.title:
            interactive["header"] = {"type": "text", "text": _bare(message.title, LONGEST_HEAD)}
        if len(pressed) <= MOST_BUTTONS:
            replies = [{"type": "reply", "reply": one} for one in _titled(pressed, LONGEST_TITLE)]
            interactive |= {"type": "button", "action": {"buttons": replies}}
        else:
            choose = phrase("channels.choose", message.language)
            sections = [{"rows": _titled(pressed, LONGEST_ROW)}]
            interactive |= {"type": "list", "action": {"button": choose, "sections": sections}}
        return {"type": "interactive", "interactive": interactive}

    async def send(self, message: Message, *, to: str, edits: str | None) -> Sent:
        """Say it to that number or id; what was said cannot be changed, so an edit says nothing."""
        if edits is not None:
            return Sent(edits)
        if message.template is not None:
            return await self.send_template(message.template, message.language, to=to, account=message.account)
        body = self.render(message)
        if message.file is not None:
            line = await whatsapp_calls.line(message.account)
            _enclosed(body)["id"] = await whatsapp_files.upload(line, message.file)
        return await self._post(to, body, message.account)

    async def send_template(self, name: str, language: str, *, to: str, account: str = "") -> Sent:
        """Open the talk with a template that Meta approved; its one button brings back that it was pressed."""
        button = {
            "type": "button", "sub_type": "quick_reply", "index": "0",
            "parameters": [{"type": "payload", "payload": whatsapp_reading.OPENS}],
        }  # fmt: skip
        code = {"policy": "deterministic", "code": language}
        made = {"name": name, "language": code, "components": [button]}
        return await self._post(to, {"type": "template", "template": made}, account)

    async def acknowledge(self, incoming: Incoming) -> None:
        """Nothing waits for it here."""

    async def open_dialog(self, message: Message, trigger: str) -> Sent:
        """WhatsApp asks in the talk itself, so this is refused."""
        raise Never("no dialogs")

    async def fetch(self, file: Enclosed) -> bytes:
        """The bytes of a file that somebody sent."""
        return await whatsapp_files.fetch(await whatsapp_calls.line(file.account), file)

    async def close(self) -> None:
        """Close the connections of the running event loop."""
        await whatsapp_calls.close()

    async def _post(self, to: str, content: Mapping[str, object], account: str) -> Sent:
        body: dict[str, object] = {"messaging_product": "whatsapp", "recipient_type": "individual", **content}
        # A number is digits; a business-scoped id has its country, a dot, and more.
        body["to" if to.isdecimal() else "recipient"] = to
        line = await whatsapp_calls.line(account)
        taken = reading.at(await line.post(f"{line.phone}/messages", json=body), "messages")
        ref = reading.identity(reading.at(taken[0], "id")) if isinstance(taken, list) and taken else None
        if ref is None:
            raise Unknown
        return Sent(ref)


def _with_file(message: Message, file: Enclosing, pressed: tuple[Choice, ...]) -> dict[str, object]:
    """A picture, a film or a document, whose number at Meta is still missing; with buttons above their words."""
    words = _below_its_title(message, LONGEST_CAPTION)
    shown = {**dict.fromkeys(whatsapp_files.PICTURES, "image"), **dict.fromkeys(whatsapp_files.FILMS, "video")}
    kind = shown.get(file.type, "document")
    named = {"filename": whatsapp_files.name(file)} if kind == "document" else {}
    if not pressed:
        return {"type": kind, kind: {**named, "caption": words}}
    replies = [{"type": "reply", "reply": one} for one in _titled(pressed, LONGEST_TITLE)]
    head = {"type": kind, kind: named}
    made = {"type": "button", "header": head, "body": {"text": words}, "action": {"buttons": replies}}
    return {"type": "interactive", "interactive": made}


def _enclosed(body: dict[str, Any]) -> dict[str, Any]:
    """The part of a rendered message that names the file."""
    head = body["interactive"]["header"] if "interactive" in body else body
    found: dict[str, Any] = head[head["type"]]
    return found


def _below_its_title(message: Message, longest: int) -> str:
    """The words with their title in bold above them."""
    title = f"*{_bare(message.title, LONGEST_HEAD)}*\n" if message.title else ""
    return title + fitting.cut(literal.in_whatsapp(message.text), longest - len(title))


def _bare(title: str, longest: int) -> str:
    """A title without line ends and the stars that WhatsApp reads as bold."""
    return fitting.cut(" ".join(literal.as_typed(title).replace("*", "").split()), longest)


def _titled(choices: tuple[Choice, ...], longest: int) -> list[dict[str, str]]:
    """Id and title of each; WhatsApp takes no title twice."""
    made: list[dict[str, str]] = []
    for choice in choices:
        title, seen = fitting.cut(choice.title, longest), {one["title"] for one in made}
        number = 2
        while title in seen:
            title = f"{fitting.cut(choice.title, longest - 2)} {number}"
            number += 1
        made.append({"id": choice.token, "title": title})
    return made


def check_signature(secret: str, headers: Mapping[str, str], raw: bytes) -> None:
    """Raise Forged unless whoever has this secret of an app signed exactly these bytes."""
    given = headers.get("x-hub-signature-256", "")
    mine = "sha256=" + hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()
    if not secret or not hmac.compare_digest(given.encode("utf-8", "replace"), mine.encode()):
        raise Forged


def challenge(token: str, query: Mapping[str, str]) -> str:
    """What to answer when Meta asks whether an address is ours; Forged unless it knows the verify token."""
    right = token and hmac.compare_digest(query.get("hub.verify_token", "").encode("utf-8", "replace"), token.encode())
    if query.get("hub.mode") != "subscribe" or not right:
        raise Forged
    return reading.identity(query.get("hub.challenge")) or ""


CHANNEL = WhatsApp()
