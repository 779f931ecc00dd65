"""A stand-in for Meta's Graph API as far as WhatsApp needs it, and the notifications it would post to us."""

import hashlib
import hmac
import itertools
import json
import re
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, TypedDict

from core import clock
from tests.outside.serving import Answer, File, Hook, Shown, StandIn
from tests.outside.whatsapp_business import Business, Refused, approved, entry

TOKEN = "EAAstandinforwhatsapp"
SECRET = "stand-in-app-secret"
VERIFY = "stand-in-verify-token"
PHONE = "106540352242922"
ACCOUNT = "102290129340398"
PATH = "/hooks/whatsapp"
VERSION = "v23.0"
SHAPE = {"messaging_product", "recipient_type", "to", "recipient", "type", "context"}
KINDS = {"text", "interactive", "template", "document", "image", "video"}
# What a file may be that is uploaded as a document, and how large.
DOCUMENTS = {
    "text/plain", "application/pdf", "application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}  # fmt: skip
LARGEST = 100 * 1024 * 1024
FILMS, LARGEST_FILM = {"video/mp4"}, 16 * 1024 * 1024
PICTURES, LARGEST_PICTURE = {"image/jpeg", "image/png"}, 5 * 1024 * 1024
UPLOADS_LIVE = timedelta(days=30)
LANGUAGES = {"id", "en"}
TEMPLATES = {"request_waiting", "request_decided", "ticket_answered", "security", "notice"}

_numbers = itertools.count(1)


class Connection(TypedDict):
    """The fields of core.settings.Settings that lead to the stand-in."""

    whatsapp_token: str
    whatsapp_phone_id: str
    whatsapp_account_id: str
    whatsapp_app_secret: str
    whatsapp_verify_token: str
    whatsapp_api: str
    whatsapp_api_version: str


class WhatsApp(Business, StandIn):
    """The Graph API of one business number."""

    sends: Collection[str] = ("messages",)

    def __init__(
        self, token: str = TOKEN, secret: str = SECRET, *, phone: str = PHONE, business: str = ACCOUNT
    ) -> None:
        super().__init__()
        self.token = token
        self.secret = secret
        self.phone, self.business = phone, business
        self.others: dict[str, WhatsApp] = {}  # further numbers, by token
        self.absent: set[str] = set()  # people who are not on WhatsApp
        self.closed: set[str] = set()  # people whose window is shut, where Meta says so at once
        self.templates = approved(TEMPLATES, LANGUAGES)
        self.files: dict[str, bytes] = {}  # what people sent, by media id
        self.uploads: dict[str, tuple[datetime, File]] = {}  # what we uploaded, by media id, and when

    def settings(self) -> Connection:
        """The fields of core.settings.Settings that lead to this stand-in."""
        return {
            "whatsapp_token": self.token, "whatsapp_phone_id": self.phone, "whatsapp_account_id": self.business, "whatsapp_app_secret": self.secret,
            "whatsapp_verify_token": VERIFY, "whatsapp_api": self.url, "whatsapp_api_version": VERSION,
        }  # fmt: skip

    def environ(self) -> dict[str, str]:
        """The same, as variables for a process of its own."""
        return {f"SERAMBI_{name.upper()}": str(value) for name, value in self.settings().items()}

    def another(self, token: str, secret: str, *, phone: str, business: str) -> "WhatsApp":
        """One more number at the same address, in an account of its own, that has no templates yet."""
        made = self.others[token] = WhatsApp(token, secret, phone=phone, business=business)
        made._port, made.templates = self._port, {}
        return made

    # What Meta posts to us

    def told(self, *changes: dict[str, Any]) -> Hook:
        """What changed about the business account."""
        return signed(json.dumps(entry(self.business, *changes)).encode(), self.secret)

    def message(self, words: str | None, sender: str, **more: Any) -> Hook:
        """Somebody wrote this, or sent what `more` holds."""
        return hook(
            self.secret,
            phone=self.phone,
            business=self.business,
            messages=[wrote(words, sender, **more)],
            contacts=[contact(sender)],
        )

    def press(self, title: str, sender: str, **more: Any) -> Hook:
        """Somebody pressed the newest button, or picked the newest row, with this title."""
        shown = self.with_button(sender, title)
        listed = shown.body["interactive"]["type"] == "list" if "interactive" in shown.body else False
        name = "list_reply" if listed else "button_reply"
        reply = {"type": name, name: {"id": shown.buttons[title], "title": title}}
        if shown.body["type"] == "template":
            pressed = wrote(
                None, sender, type="button", button={"payload": shown.buttons[title], "text": title}, **more
            )
        else:
            pressed = wrote(None, sender, type="interactive", interactive=reply, **more)
        pressed["context"] = {"from": "6221500123", "id": shown.ref}
        return hook(
            self.secret, phone=self.phone, business=self.business, messages=[pressed], contacts=[contact(sender)]
        )

    def pressed(self, token: str, sender: str, ref: str) -> Hook:
        """Somebody pressed a button with this token below that message, however old it is."""
        reply = {"type": "button_reply", "button_reply": {"id": token, "title": "-"}}
        said = wrote(None, sender, type="interactive", interactive=reply, context={"from": "6221500123", "id": ref})
        return hook(self.secret, phone=self.phone, business=self.business, messages=[said], contacts=[contact(sender)])

    def status(self, ref: str, state: str, *, code: int | None = None, category: str = "service") -> Hook:
        """What became of a message of ours."""
        to = next((shown.place for shown in self.sent if shown.ref == ref), "6281100000000")
        told: dict[str, Any] = {"id": ref, "status": state, "timestamp": _now()}
        told |= {"recipient_id": to, "recipient_user_id": bsuid(to)} if to.isdecimal() else {"recipient_user_id": to}
        if code is not None:
            told["errors"] = [{"code": code, "title": "failed", "message": "failed", "error_data": {"details": "-"}}]
        else:
            told["pricing"] = {"billable": category != "service", "pricing_model": "PMP", "category": category}
        return hook(self.secret, phone=self.phone, business=self.business, statuses=[told])

    def upload(self, raw: bytes, sender: str, *, caption: str | None = None, name: str | None = None) -> Hook:
        """Somebody sends a photo, or a document where it has a name."""
        number = str(900_000_000_000 + len(self.files) + 1)
        self.files[number] = raw
        kind = "image" if name is None else "document"
        what: dict[str, Any] = {"id": number, "mime_type": "image/jpeg", "sha256": hashlib.sha256(raw).hexdigest()}
        what |= ({"caption": caption} if caption else {}) | ({"filename": name} if name else {})
        return self.message(None, sender, type=kind, **{kind: what})

    # What we ask of Meta

    def answer(self, path: str, headers: dict[str, str], body: dict[str, Any]) -> Answer:
        """Answer as the Graph API does, refusing what it refuses."""
        other = self.others.get(headers.get("authorization", "").removeprefix("Bearer "))
        if other is not None:
            return other.answer(path, headers, body)
        if headers.get("authorization") != f"Bearer {self.token}":
            return _error(401, 190, "Invalid OAuth access token")
        if path.startswith("/media/"):
            raw = self.files.get(path.rpartition("/")[2])
            return _error(404, 100, "gone") if raw is None else Answer(200, raw, {"content-type": "image/jpeg"})
        version, _, rest = path.removeprefix("/").partition("/")
        if version != VERSION:
            return _error(400, 2500, "Unknown path components")
        if rest in self.files:
            told = {"url": f"{self.url}/media/{rest}", "mime_type": "image/jpeg", "file_size": len(self.files[rest])}
            return Answer(200, json.dumps({**told, "id": rest, "messaging_product": "whatsapp"}).encode())
        try:
            if rest == f"{self.phone}/messages":
                return self._messages(body)
            if rest == f"{self.phone}/media":
                return self._media(body)
            if (managed := self.manage(headers[":method"], rest, body)) is not None:
                return managed
            raise Refused(100, f"Unsupported request: {rest}", ours=headers[":method"] != "GET")
        except Refused as refused:
            if refused.ours:
                self.refusals.append(f"{rest}: {refused}")
            return _error(400, refused.code, str(refused))

    def _messages(self, body: dict[str, Any]) -> Answer:
        kind = body.get("type")
        _insist(kind in KINDS, 131009, f"unknown type {kind}")
        _insist(not body.keys() - SHAPE - {str(kind)}, 131009, f"unknown fields {sorted(body.keys() - SHAPE)}")
        _insist(body.get("messaging_product") == "whatsapp", 131008, "messaging_product is required")
        _insist(body.get("recipient_type") == "individual", 131009, "recipient_type")
        to = self._recipient(body)
        if to in self.absent:
            raise Refused(131026, "Message undeliverable", ours=False)
        if to in self.closed and kind != "template":
            raise Refused(131047, "Re-engagement message", ours=False)
        words, buttons = getattr(self, f"_{kind}")(body[str(kind)])
        number = f"wamid.{next(_numbers):06}"
        self.sent.append(Shown(to, number, words, buttons, body, file=_enclosed(self, body)))
        told = {"messaging_product": "whatsapp", "contacts": [{"input": to}], "messages": [{"id": number}]}
        return Answer(200, json.dumps(told).encode())

    def _media(self, body: dict[str, Any]) -> Answer:
        file, kind = body.get("file"), str(body.get("type", ""))
        _insist(body.get("messaging_product") == "whatsapp", 100, "messaging_product is required")
        if not isinstance(file, File) or not file.raw:
            raise Refused(100, "Param file must be a file")
        known = kind in DOCUMENTS or kind in PICTURES or kind in FILMS
        _insist(known and file.type == kind, 100, f"Param file must be a file of a known type, not {kind}")
        most = LARGEST_PICTURE if kind in PICTURES else LARGEST_FILM if kind in FILMS else LARGEST
        _insist(len(file.raw) <= most, 131053, "Media upload error: larger than its kind may be")
        number = str(700_000_000_000 + next(_numbers))
        self.uploads[number] = clock.now(), file
        return Answer(200, json.dumps({"id": number}).encode())

    def _document(self, made: dict[str, Any]) -> tuple[str, dict[str, str]]:
        caption = str(made.get("caption", ""))
        _insist(len(caption) <= 1024, 131009, "caption is longer than 1024")
        self.uploaded(made)
        return caption, {}

    def _image(self, made: dict[str, Any]) -> tuple[str, dict[str, str]]:
        caption = str(made.get("caption", ""))
        _insist(len(caption) <= 1024, 131009, "caption is longer than 1024")
        self.uploaded_image(made)
        return caption, {}

    def _video(self, made: dict[str, Any]) -> tuple[str, dict[str, str]]:
        caption = str(made.get("caption", ""))
        _insist(len(caption) <= 1024, 131009, "caption is longer than 1024")
        self.uploaded_image(made, "video/")
        return caption, {}

    def uploaded_image(self, image: dict[str, Any], kind: str = "image/") -> File:
        """The picture or film that a message names by its number; it has no name of its own."""
        _insist(not image.keys() - {"id", "caption"}, 131009, "unknown fields of image")
        at, file = self.uploads.get(str(image.get("id")), (None, None))
        if at is None or file is None or at < clock.now() - UPLOADS_LIVE or not file.type.startswith(kind):
            raise Refused(131053, "Media upload error: no such media")
        return file

    def uploaded(self, document: dict[str, Any]) -> File:
        """The file that a message names by its number; a link would let anybody fetch it, so ours never have one."""
        _insist(not document.keys() - {"id", "filename", "caption"}, 131009, "unknown fields of document")
        _insist(0 < len(str(document.get("filename", ""))) <= 240, 131009, "filename")
        at, file = self.uploads.get(str(document.get("id")), (None, None))
        if at is None or file is None or at < clock.now() - UPLOADS_LIVE:
            raise Refused(131053, "Media upload error: no such media")
        return File(str(document["filename"]), file.type, file.raw)

    def _recipient(self, body: dict[str, Any]) -> str:
        _insist(("to" in body) != ("recipient" in body), 131008, "either to or recipient")
        to = str(body.get("to") or body.get("recipient"))
        if "to" in body:
            _insist(re.fullmatch(r"\d{7,15}", to), 131009, "to is no phone number")
        else:
            _insist(re.fullmatch(r"[A-Z]{2}\.[\w.]{1,128}", to), 131009, "recipient is no user id")
        return to

    def _text(self, text: dict[str, Any]) -> tuple[str, dict[str, str]]:
        body = text.get("body")
        _insist(isinstance(body, str) and body.strip(), 131008, "text.body is required")
        _insist(len(str(body)) <= 4096, 131009, "text.body is longer than 4096")
        _insist(not text.keys() - {"body", "preview_url"}, 131009, "unknown fields of text")
        return str(body), {}

    def _interactive(self, made: dict[str, Any]) -> tuple[str, dict[str, str]]:
        body = str((made.get("body") or {}).get("text", ""))
        _insist(body.strip() and len(body) <= 1024, 131009, "body of 1 to 1024 characters")
        head = made.get("header")
        if head is not None:
            if head.get("type") == "document":
                _insist(made.get("type") == "button", 131009, "a list has a header of text")
                self.uploaded(head["document"])
            elif head.get("type") == "image":
                self.uploaded_image(head["image"])
            elif head.get("type") == "video":
                _insist(made.get("type") == "button", 131009, "a list has a header of text")
                self.uploaded_image(head["video"], "video/")
            else:
                _insist(head.get("type") == "text" and 0 < len(head.get("text", "")) <= 60, 131009, "header up to 60")
                _insist("\n" not in head["text"], 131009, "header with a line end")
        action = made.get("action") or {}
        replies = made.get("type") == "button"
        choices = self._replies(action) if replies else self._rows(made, action)
        words = f"{head['text']}\n{body}" if head and "text" in head else body
        return words, choices

    def _replies(self, action: dict[str, Any]) -> dict[str, str]:
        buttons = action.get("buttons")
        if not isinstance(buttons, list) or not 1 <= len(buttons) <= 3:
            raise Refused(131009, "1 to 3 buttons")
        replies = [one["reply"] for one in buttons if one.get("type") == "reply"]
        _insist(len(replies) == len(buttons), 131009, "a button is a reply")
        _insist(all(0 < len(one["title"]) <= 20 for one in replies), 131009, "title of 1 to 20 characters")
        _insist(all(0 < len(one["id"]) <= 256 for one in replies), 131009, "id of 1 to 256 characters")
        return _unique(replies)

    def _rows(self, made: dict[str, Any], action: dict[str, Any]) -> dict[str, str]:
        _insist(made.get("type") == "list", 131009, f"unknown interactive {made.get('type')}")
        _insist(0 < len(str(action.get("button", ""))) <= 20, 131009, "button of a list up to 20")
        sections = action.get("sections")
        if not isinstance(sections, list) or not 1 <= len(sections) <= 10:
            raise Refused(131009, "1 to 10 sections")
        _insist(len(sections) == 1 or all(one.get("title") for one in sections), 131009, "title of each section")
        rows = [row for section in sections for row in section["rows"]]
        _insist(1 <= len(rows) <= 10, 131009, "10 rows in all")
        _insist(all(0 < len(one["title"]) <= 24 for one in rows), 131009, "title of a row up to 24")
        _insist(all(0 < len(one["id"]) <= 200 for one in rows), 131009, "id of a row up to 200")
        return _unique(rows)

    def _template(self, made: dict[str, Any]) -> tuple[str, dict[str, str]]:
        language = made.get("language") or {}
        _insist(language.get("policy") == "deterministic", 131009, "policy")
        name = str(made.get("name"))
        known = self.templates.get((name, str(language.get("code"))))
        if known is not None and known["status"] in ("PAUSED", "DISABLED"):
            raise Refused(132015 if known["status"] == "PAUSED" else 132016, "Template is not active", ours=False)
        if known is None or known["status"] != "APPROVED":
            raise Refused(132001, "Template name does not exist in the translation", ours=False)
        pressed: dict[str, str] = {}
        for one in made.get("components", ()):
            _insist(one.get("type") == "button" and one.get("sub_type") == "quick_reply", 132000, "component")
            _insist(one.get("index") == "0" and len(one.get("parameters", ())) == 1, 132000, "one button")
            pressed["Buka" if language["code"] == "id" else "Open"] = one["parameters"][0]["payload"]
        return f"<{name}>", pressed

    def _too_many(self, retry_after: int) -> Answer:
        return _error(429, 130429, "Rate limit hit")


def _enclosed(meta: WhatsApp, body: dict[str, Any]) -> File | None:
    """The file that came with a message."""
    head = (body.get("interactive") or {}).get("header") or {}
    image = body.get("image") or head.get("image")
    if image is not None:
        return meta.uploaded_image(image)
    video = body.get("video") or head.get("video")
    if video is not None:
        return meta.uploaded_image(video, "video/")
    document = body.get("document") or head.get("document")
    return None if document is None else meta.uploaded(document)


def _unique(given: list[dict[str, str]]) -> dict[str, str]:
    titles = [one["title"] for one in given]
    _insist(len(set(titles)) == len(titles), 131009, "a title twice")
    return {one["title"]: one["id"] for one in given}


def _insist(true: object, code: int, otherwise: str) -> None:
    if not true:
        raise Refused(code, otherwise)


def _error(status: int, code: int, told: str) -> Answer:
    body = {"error": {"message": f"(#{code}) {told}", "type": "OAuthException", "code": code, "fbtrace_id": "A"}}
    return Answer(status, json.dumps(body).encode(), error=told)


def _now() -> str:
    return str(int(clock.now().timestamp()))


def contact(sender: str, *, name: str = "Budi") -> dict[str, Any]:
    """Whose message it is; who has a username shows an id and no number."""
    known = {"wa_id": sender, "user_id": bsuid(sender)} if sender.isdecimal() else {"user_id": sender}
    return {"profile": {"name": name}, **known}


def bsuid(number: str) -> str:
    """The id that belongs to a number."""
    return f"ID.{int(hashlib.sha256(number.encode()).hexdigest()[:12], 16)}"


def wrote(words: str | None, sender: str, *, number: str | None = None, **more: Any) -> dict[str, Any]:
    """One message, as it stands in a notification."""
    who = {"from": sender, "from_user_id": bsuid(sender)} if sender.isdecimal() else {"from_user_id": sender}
    said: dict[str, Any] = {**who, "id": number or f"wamid.in.{next(_numbers):06}", "timestamp": _now(), "type": "text"}
    if words is not None:
        said["text"] = {"body": words}
    return said | more


def hook(secret: str, *, phone: str = PHONE, business: str = ACCOUNT, **value: Any) -> Hook:
    """The signed request that carries this; Meta writes what is not ASCII escaped."""
    told = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "6221500123", "phone_number_id": phone},
        **value,
    }
    told_of = [{"id": business, "changes": [{"field": "messages", "value": told}]}]
    return signed(json.dumps({"object": "whatsapp_business_account", "entry": told_of}).encode(), secret)


def signed(raw: bytes, secret: str) -> Hook:
    """A request with these very bytes, signed as Meta signs."""
    signature = "sha256=" + hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()
    return Hook(PATH, {"content-type": "application/json", "x-hub-signature-256": signature}, raw)
