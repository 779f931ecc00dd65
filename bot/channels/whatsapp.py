"""WhatsApp by Meta's Cloud API. It decides on error codes, never on their words; nothing it must not see is logged.

Nothing that was sent can be edited, and outside 24 hours after somebody's last message only a template may be sent:
core/messaging/windows.py keeps that clock.
"""

import hashlib
import hmac
from asyncio import AbstractEventLoop, get_running_loop
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

import httpx

from bot.channels import fitting, literal, reading, whatsapp_reading
from bot.channels.contract import Forged, Kept, Later, Never, Sent, Shut, Slower, Unknown, about_to_call
from core import log, settings
from core.files import MOST
from core.messaging import numbered
from core.messaging.messages import Choice, Enclosed, Incoming, Message, Report
from core.phrases import phrase

NAME = whatsapp_reading.NAME
LONGEST_TEXT, LONGEST_BODY, LONGEST_HEAD = 4096, 1024, 60
LONGEST_TITLE, LONGEST_ROW = 20, 24
MOST_BUTTONS, MOST_ROWS = 3, 10
PATIENCE = 15.0  # seconds for an answer
AFTER_REFUSED_TOKEN = 300.0  # seconds: an operator has to put it right
UNSENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
MEDIA = ("lookaside.fbsbx.com",)  # where Meta keeps what people send
# What each code says about the message; 131047 is the closed window.
WINDOW = 131047
PAIR, SECONDS_OF_PAIR = 131056, 6.0
TOO_MANY = {4, 80007, 130429, 131048, 133016}
OPERATOR = {0, 3, 10, 190, 368, 131005, 131031, 131042, 131045, 133010}
ILL = {1, 2, 131000, 131016, 131057}
GONE = {131026, 131030}


class WhatsApp:
    """Private talks with one business number."""

    name = NAME

    def __init__(self) -> None:
        self._clients: WeakKeyDictionary[AbstractEventLoop, httpx.AsyncClient] = WeakKeyDictionary()

    def verify(self, headers: Mapping[str, str], raw: bytes) -> None:
        """Raise Forged unless these very bytes are signed with the app's secret."""
        secret = settings.current().whatsapp_app_secret
        given = headers.get("x-hub-signature-256", "")
        mine = "sha256=" + hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()
        if not secret or not hmac.compare_digest(given.encode("utf-8", "replace"), mine.encode()):
            raise Forged

    def challenge(self, query: Mapping[str, str]) -> str:
        """What to answer when Meta asks whether this address is ours; Forged unless it knows the verify token."""
        token, given = settings.current().whatsapp_verify_token, query.get("hub.verify_token", "")
        right = token and hmac.compare_digest(given.encode("utf-8", "replace"), token.encode())
        if query.get("hub.mode") != "subscribe" or not right:
            raise Forged
        return reading.identity(query.get("hub.challenge")) or ""

    def parse(self, payload: object) -> list[Incoming]:
        """What people did, of every entry and change; nothing for what is not known."""
        return list(whatsapp_reading.messages(payload))

    def reports(self, payload: object) -> list[Report]:
        """What became of what we sent."""
        return list(whatsapp_reading.reports(payload))

    def render(self, message: Message) -> dict[str, object]:
        """Three choices as buttons, ten as a list, more as digits below the text."""
        pressed = numbered.buttons(message)
        if len(pressed) > MOST_ROWS:
            message = numbered.shown(message)
            pressed = ()
        if not pressed:
            title = f"*{_bare(message.title, LONGEST_HEAD)}*\n" if message.title else ""
            body = fitting.cut(literal.in_whatsapp(message.text), LONGEST_TEXT - len(title))
            return {"type": "text", "text": {"body": title + body, "preview_url": False}}
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
            return await self.send_template(message.template, message.language, to=to)
        return await self._post(to, self.render(message))

    async def send_template(self, name: str, language: str, *, to: str) -> Sent:
        """Open the talk with a template that Meta approved; its one button brings back that it was pressed."""
        button = {
            "type": "button", "sub_type": "quick_reply", "index": "0",
            "parameters": [{"type": "payload", "payload": whatsapp_reading.OPENS}],
        }  # fmt: skip
        code = {"policy": "deterministic", "code": language}
        return await self._post(
            to, {"type": "template", "template": {"name": name, "language": code, "components": [button]}}
        )

    async def acknowledge(self, incoming: Incoming) -> None:
        """Nothing waits for it here."""

    async def open_dialog(self, message: Message, trigger: str) -> Sent:
        """WhatsApp asks in the talk itself, so this is refused."""
        raise Never("no dialogs")

    async def fetch(self, file: Enclosed) -> bytes:
        """The bytes of a file that somebody sent; the address Meta names for it lives five minutes."""
        client = self._client()
        try:
            told = await client.get(f"{_base()}/{file.ref}")
            if told.status_code != 200:
                raise _meaning(told)
            where = _media(told)
            size = reading.at(told.json(), "file_size")
            if isinstance(size, int) and size > MOST:
                raise Never("too large")
            async with client.stream("GET", where) as answer:
                if answer.status_code != 200:
                    raise Later(None, "media") if answer.status_code >= 500 else Never(f"media {answer.status_code}")
                raw = bytearray()
                async for piece in answer.aiter_bytes():
                    raw += piece
                    if len(raw) > MOST:
                        raise Never("too large")
                return bytes(raw)
        except httpx.HTTPError as fault:
            raise Later(None, type(fault).__name__) from fault
        except Unknown:
            raise Later(None, "lost") from None

    async def close(self) -> None:
        """Close the connections of the running event loop."""
        client = self._clients.pop(get_running_loop(), None)
        if client is not None:
            await client.aclose()

    def _client(self) -> httpx.AsyncClient:
        """The client of this event loop; its connections can't be shared between loops."""
        about_to_call()
        token, loop = settings.current().whatsapp_token, get_running_loop()
        if not token:
            raise Kept
        client = self._clients.get(loop)
        if client is None:
            client = self._clients[loop] = httpx.AsyncClient(timeout=PATIENCE, follow_redirects=False)
        client.headers["authorization"] = f"Bearer {token}"
        return client

    async def _post(self, to: str, content: Mapping[str, object]) -> Sent:
        body: dict[str, object] = {"messaging_product": "whatsapp", "recipient_type": "individual", **content}
        # A number is digits; a business-scoped id has its country, a dot, and more.
        body["to" if to.isdecimal() else "recipient"] = to
        client = self._client()
        try:
            answer = await client.post(f"{_base()}/{settings.current().whatsapp_phone_id}/messages", json=body)
        except UNSENT as fault:
            raise Later(None, type(fault).__name__) from fault
        except httpx.HTTPError as fault:
            raise Unknown from fault
        if answer.status_code != 200:
            raise _meaning(answer)
        taken = reading.at(_json(answer), "messages")
        ref = reading.identity(reading.at(taken[0], "id")) if isinstance(taken, list) and taken else None
        if ref is None:
            raise Unknown
        return Sent(ref)


def _base() -> str:
    made = settings.current()
    return f"{made.whatsapp_api.rstrip('/')}/{made.whatsapp_api_version}"


def _media(told: httpx.Response) -> str:
    """Where Meta says the file is; anywhere but at Meta the token would be given away."""
    where = reading.identity(reading.at(_json(told), "url")) or reading.words(reading.at(_json(told), "url")) or ""
    address, ours = urlsplit(where), urlsplit(settings.current().whatsapp_api)
    if (address.scheme, address.netloc) != (ours.scheme, ours.netloc) and (
        address.scheme != "https" or address.hostname not in MEDIA
    ):
        raise Never("the file lies elsewhere")
    return where


def _json(answer: httpx.Response) -> Any:
    try:
        return answer.json()
    except ValueError:
        return None


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


def _meaning(answer: httpx.Response) -> Exception:
    """What a refused call says about the message."""
    found = reading.at(_json(answer), "error", "code")
    code = found if isinstance(found, int) and not isinstance(found, bool) else None
    if code is None:
        # A gateway that stopped waiting knows no more than we do.
        if answer.status_code == 429:
            return Slower(None, "too many", everybody=True)
        return Unknown() if answer.status_code >= 500 else Never(f"status {answer.status_code}")
    return meaning(code)


def meaning(code: int) -> Exception:
    """What an error code says about the message, told at once or in a status later."""
    if code == WINDOW:
        return Kept()
    if code == PAIR:
        return Slower(SECONDS_OF_PAIR, "pair rate")
    if code in TOO_MANY:
        return Slower(None, f"rate {code}", everybody=True)
    if code in OPERATOR or 200 <= code < 300:
        log.error("whatsapp.refused", channel=NAME, code=code, advice="look at the number and its token at Meta")
        return Shut(AFTER_REFUSED_TOKEN, f"refused {code}")
    if code in ILL:
        return Later(None, f"ill {code}")
    return Never(f"code {code}", gone=code in GONE)


CHANNEL = WhatsApp()
