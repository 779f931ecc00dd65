"""Slack: direct messages, buttons, and the one window that asks for a text.

The surprise: Slack sends text half-encoded (`&lt;`, `<http://x|x>`), and reads ours the same way, so every word
somebody wrote is decoded on its way in and escaped on its way out.
"""

import hashlib
import hmac
import html
import json
import re
from asyncio import AbstractEventLoop, get_running_loop
from collections.abc import Awaitable, Mapping
from urllib.parse import parse_qs
from weakref import WeakKeyDictionary

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.channels import fitting, reading, slack_files
from bot.channels.contract import Forged, Later, Never, Sent, Shut, Slower, Unknown, about_to_call
from core import clock, log, settings
from core.messaging import numbered
from core.messaging.messages import Choice, Enclosed, Incoming, Message
from core.phrases import phrase

NAME = "slack"
FRESH = 300  # seconds that a signature is good for
LONGEST_SECTION = 3000
LONGEST_TITLE = 150
LONGEST_FALLBACK = 3000  # 4,000 are advised
LONGEST_BUTTON = 75
LONGEST_VALUE = 2000
LONGEST_LABEL = 2000
LONGEST_HEAD = 24  # of a window
LONGEST_ANSWER = 500  # what a reason may have; more would be refused after the window has closed
MOST_BUTTONS = 25  # in one block
MOST_SECTIONS = 40  # of the 50 blocks a message may have
PATIENCE = 20.0  # seconds for a whole call
AFTER_REFUSED_TOKEN = 300.0  # seconds: an operator has to put the app right
SOON = 30.0

# Decided by code, as Slack's reference explains each. account_inactive is about our token, not about the person.
OURS_TO_REPAIR = {
    "not_authed", "invalid_auth", "account_inactive", "token_revoked", "token_expired", "no_permission",
    "missing_scope", "not_allowed_token_type", "org_login_required", "ekm_access_denied", "access_denied",
    "team_access_not_granted", "messages_tab_disabled",
}  # fmt: skip
PERSON_GONE = {
    "channel_not_found", "user_not_found", "users_not_found", "user_disabled", "user_not_visible", "is_archived",
    "cannot_dm_bot",
}  # fmt: skip
PASSING = {"ratelimited", "rate_limited", "message_limit_exceeded", "service_unavailable", "request_timeout",
           "accesslimited", "team_added_to_org"}  # fmt: skip
# "It's possible some aspect of the operation succeeded before the error was raised."
HALF_DONE = {"internal_error", "fatal_error"}
NOTHING_TO_EDIT = {"message_not_found", "cant_update_message", "edit_window_closed"}
STALE_TRIGGER = {"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id", "trigger_expired",
                 "trigger_exchanged"}  # fmt: skip
CALLED = re.compile(r"^\s*<@[UW][A-Z0-9]+(?:\|[^<>]*)?>\s*")  # our own name, at the start
MARKUP = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")


class Slack:
    """Direct messages with one app."""

    name = NAME

    def __init__(self) -> None:
        self._clients: WeakKeyDictionary[AbstractEventLoop, AsyncWebClient] = WeakKeyDictionary()

    def verify(self, headers: Mapping[str, str], raw: bytes) -> None:
        """Raise Forged unless Slack signed exactly these bytes within the last five minutes."""
        secret = settings.current().slack_signing_secret
        stamp = headers.get("x-slack-request-timestamp", "")
        given = headers.get("x-slack-signature", "")
        if not secret or not (stamp.isascii() and stamp.isdecimal()) or len(stamp) > 12:
            raise Forged
        if abs(clock.now().timestamp() - int(stamp)) > FRESH:
            raise Forged
        signed = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + raw, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(given.encode("utf-8", "replace"), f"v0={signed}".encode()):
            raise Forged

    def parse(self, payload: object) -> list[Incoming]:
        """What one event or interaction says; nothing for what is not meant for us or not known."""
        readers = {"event_callback": _event, "block_actions": _press, "view_submission": _submission}
        kind = reading.at(payload, "type")
        heard = readers[kind](payload) if isinstance(kind, str) and kind in readers else None
        return [] if heard is None else [heard]

    def render(self, message: Message) -> dict[str, object]:
        """Blocks, and beside them the text that notifications and screen readers use."""
        beside, text = fitting.beside_title(message.text) if message.title else ("", message.text)
        whole = "\n".join(part for part in (f"{message.title or ''} {beside}".strip(), text) if part)
        blocks: list[dict[str, object]] = []
        if message.title:
            # A star inside would end the bold type.
            head = fitting.cut(message.title.replace("\n", " ").replace("*", ""), LONGEST_TITLE, _size)
            blocks.append(_section(f"*{_escaped(head)}* {_escaped(beside)}".strip()))
        blocks += [_section(_escaped(part)) for part in _sections(text)]
        pressed = numbered.buttons(message)
        for first in range(0, len(pressed), MOST_BUTTONS):
            some = pressed[first : first + MOST_BUTTONS]
            buttons = [_button(choice, first + nth) for nth, choice in enumerate(some)]
            blocks.append({"type": "actions", "block_id": f"choices-{first}", "elements": buttons})
        return {"text": _escaped(fitting.cut(whole, LONGEST_FALLBACK, _size)), "blocks": blocks}

    async def send(self, message: Message, *, to: str, edits: str | None) -> Sent:
        """Say it to that user or place, in place of the message `edits` if that is still there.

        What is for one person only nobody else in the place sees, and it can't be edited.
        """
        body = self.render(message)
        client = self._client()
        if message.only_to is not None:
            await _call(client.api_call("chat.postEphemeral", json={"channel": to, "user": message.only_to, **body}))
            return Sent()
        channel, _, stamp = (edits or "").partition(":")
        if stamp:
            try:
                await _call(client.api_call("chat.update", json={"channel": channel, "ts": stamp, **body}))
            except Never as refused:
                if refused.reason not in NOTHING_TO_EDIT:
                    raise
            else:
                return Sent(edits)
        quiet = {"unfurl_links": False, "unfurl_media": False}
        answer = await _call(client.api_call("chat.postMessage", json={"channel": to, **body, **quiet}))
        return Sent(f"{answer.get('channel')}:{answer.get('ts')}")

    async def acknowledge(self, incoming: Incoming) -> None:
        """Slack is content with the answer to its request."""

    async def open_dialog(self, message: Message, trigger: str) -> Sent:
        """Ask for one text in a window, within the three seconds that the trigger lives."""
        view = _window(message)
        try:
            answer = await _call(self._client().api_call("views.open", json={"trigger_id": trigger, "view": view}))
        except Never as refused:
            raise Never("trigger") if refused.reason in STALE_TRIGGER else refused from refused
        return Sent(reading.identity(reading.at(answer.data, "view", "id")))

    async def fetch(self, file: Enclosed) -> bytes:
        """The bytes of a file that somebody sent."""
        client = self._client()
        told = await _call(client.api_call("files.info", http_verb="GET", params={"file": file.ref}))
        return await slack_files.download(client, slack_files.address(told.data, settings.current().slack_api))

    async def close(self) -> None:
        """Close the connections of the running event loop."""
        client = self._clients.pop(get_running_loop(), None)
        if client is not None and client.session is not None:
            await client.session.close()

    def _client(self) -> AsyncWebClient:
        """The client of this event loop and of the settings in force; its connections can't be shared between loops."""
        about_to_call()
        now = settings.current()
        loop = get_running_loop()
        client = self._clients.get(loop)
        if client is None or (client.token, client.base_url) != (now.slack_bot_token, now.slack_api):
            if not now.slack_bot_token:
                raise Shut(AFTER_REFUSED_TOKEN, "no token")
            session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE, sock_connect=5))
            # The library's own retry after a lost connection says things twice.
            client = AsyncWebClient(now.slack_bot_token, now.slack_api, session=session, retry_handlers=[])
            self._clients[loop] = client
        return client


def parse_body(raw: bytes, content_type: str) -> object:
    """The JSON of an event, or of an interaction's one form field; None when it is neither."""
    try:
        text = raw.decode()
        if content_type.partition(";")[0].strip().lower() == "application/x-www-form-urlencoded":
            text = parse_qs(text, max_num_fields=16).get("payload", ["null"])[0]
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def challenge(payload: object) -> str | None:
    """What to answer when Slack tests the address of events; None when this is no such test."""
    if reading.at(payload, "type") != "url_verification":
        return None
    return reading.identity(reading.at(payload, "challenge"))


def _event(payload: object) -> Incoming | None:
    """A person's message to us: directly, or by mention in a channel."""
    event = reading.at(payload, "event")
    direct = reading.at(event, "type") == "message" and reading.at(event, "channel_type") == "im"
    mention = reading.at(event, "type") == "app_mention"
    subtype = reading.at(event, "subtype")
    sender = reading.identity(reading.at(event, "user"))
    place = reading.identity(reading.at(event, "channel"))
    event_id = reading.identity(reading.at(payload, "event_id"))
    account = _short(_first(event, "user_team", "team") or _first(payload, "team_id"))
    if not (direct or mention) or subtype not in (None, "file_share") or _is_ours(payload, event):
        return None
    if sender is None or place is None or event_id is None or account is None:
        return None
    words = reading.words(reading.at(event, "text"))
    if words is not None and mention:
        words = CALLED.sub("", words)
    file = slack_files.enclosed(event) if direct else None
    kind = "file" if file is not None else "message" if words and subtype is None else "unsupported"
    return Incoming(
        NAME, account, sender, f"event:{event_id}", kind=kind, words=None if words is None else _decoded(words),
        at=reading.instant(reading.at(event, "ts")), place=place, private=direct, file=file,
    )  # fmt: skip


def _is_ours(payload: object, event: object) -> bool:
    """Whether a bot wrote it, this one or another."""
    if reading.at(event, "bot_id") is not None or reading.at(event, "bot_profile") is not None:
        return True
    granted = reading.at(payload, "authorizations")
    bots = {reading.identity(reading.at(each, "user_id")) for each in granted} if isinstance(granted, list) else set()
    return reading.identity(reading.at(event, "user")) in bots


def _press(payload: object) -> Incoming | None:
    """A pressed button below one of our messages."""
    actions = reading.at(payload, "actions")
    action = actions[0] if isinstance(actions, list) and actions else None
    sender = reading.identity(reading.at(payload, "user", "id"))
    account = _account(payload)
    channel = _first(reading.at(payload, "container"), "channel_id") or _first(reading.at(payload, "channel"), "id")
    stamp = _first(reading.at(payload, "container"), "message_ts") or _first(reading.at(payload, "message"), "ts")
    pressed = reading.identity(reading.at(action, "action_ts"))
    token = reading.identity(reading.at(action, "value"))
    if sender is None or account is None or channel is None or stamp is None or pressed is None or token is None:
        return None
    external_id = f"press:{channel}:{stamp}:{pressed}:{sender}"
    if len(external_id) > 200:
        return None
    return Incoming(
        channel=NAME,
        account=account,
        sender=sender,
        external_id=external_id,
        kind="press",
        token=token,
        at=reading.instant(pressed),
        place=channel,
        ref=f"{channel}:{stamp}",
        trigger=reading.identity(reading.at(payload, "trigger_id")),
        private=channel.startswith("D"),
    )


def _submission(payload: object) -> Incoming | None:
    """A text sent from our window."""
    view = reading.at(payload, "view")
    view_id, version = reading.identity(reading.at(view, "id")), reading.identity(reading.at(view, "hash"))
    sender = reading.identity(reading.at(payload, "user", "id"))
    account = _account(payload)
    token = reading.identity(reading.at(view, "private_metadata"))
    if sender is None or account is None or view_id is None or version is None or token is None:
        return None
    external_id = f"view:{view_id}:{version}"
    if len(external_id) > 200:
        return None
    return Incoming(
        channel=NAME,
        account=account,
        sender=sender,
        external_id=external_id,
        kind="submission",
        words=reading.words(reading.at(view, "state", "values", "answer", "words", "value")),
        at=reading.instant(version.partition(".")[0]),
        place=sender,  # a window has no place; Slack takes a user id for the direct message
        trigger=reading.identity(reading.at(payload, "trigger_id")),
        view=token,
    )


def _account(payload: object) -> str | None:
    """The person's own workspace: on an Enterprise Grid the app may be installed above it."""
    user, team = reading.at(payload, "user"), reading.at(payload, "team")
    found = _first(user, "team_id") or _first(team, "id") or _first(reading.at(payload, "enterprise"), "id")
    return _short(found)


def _short(account: str | None) -> str | None:
    """A workspace's id as long as its column; Slack's own have eleven letters, so a longer one is nobody's."""
    return account if account is not None and len(account) <= reading.LONGEST_ACCOUNT else None


def _first(thing: object, *names: str) -> str | None:
    """The first of these fields that holds an id."""
    return next((found for name in names if (found := reading.identity(reading.at(thing, name)))), None)


def _decoded(text: str) -> str:
    """What the person typed: links, mentions and entities as they were read on the screen."""

    def shown(mark: re.Match[str]) -> str:
        target, label = mark.group(1), mark.group(2)
        if label:
            return f"{target[:1]}{label}" if target[:1] in "@#" else label
        return target.removeprefix("!").removeprefix("mailto:")

    return html.unescape(MARKUP.sub(shown, text)).strip()


def _escaped(text: str) -> str:
    return html.escape(text.encode("utf-8", "replace").decode(), quote=False)


def _size(character: str) -> int:
    """Slack counts what we send, after escaping."""
    return {"&": 5, "<": 4, ">": 4}.get(character, 2 if ord(character) > 0xFFFF else 1)


def _sections(text: str) -> list[str]:
    parts = fitting.parts(text, LONGEST_SECTION, _size)
    if len(parts) > MOST_SECTIONS:
        parts = [*parts[: MOST_SECTIONS - 1], fitting.cut(parts[MOST_SECTIONS - 1], LONGEST_SECTION - 2, _size) + " …"]
    return [part for part in parts if part]


def _section(marked: str) -> dict[str, object]:
    # Verbatim: Slack would make links of addresses and names that somebody typed.
    return {"type": "section", "text": {"type": "mrkdwn", "text": marked, "verbatim": True}}


def _button(choice: Choice, nth: int) -> dict[str, object]:
    if not 0 < len(choice.token) <= LONGEST_VALUE:
        raise ValueError(f"a button's token may have {LONGEST_VALUE} characters: {choice.title!r} has more")
    title = {"type": "plain_text", "text": fitting.cut(choice.title, LONGEST_BUTTON), "emoji": True}
    return {"type": "button", "action_id": f"choice-{nth}", "text": title, "value": choice.token}


def _window(message: Message) -> dict[str, object]:
    """A modal with one question."""

    def plain(text: str, most: int) -> dict[str, object]:
        return {"type": "plain_text", "text": fitting.cut(text, most), "emoji": True}

    head = message.title or phrase("channels.dialog_title", message.language)
    field = {"type": "plain_text_input", "action_id": "words", "multiline": True, "max_length": LONGEST_ANSWER}
    return {
        "type": "modal",
        "callback_id": "dialog",
        "private_metadata": message.dialog or "",
        "title": plain(head, LONGEST_HEAD),
        "submit": plain(phrase("channels.dialog_send", message.language), LONGEST_HEAD),
        "close": plain(phrase("channels.dialog_close", message.language), LONGEST_HEAD),
        "blocks": [
            {"type": "input", "block_id": "answer", "label": plain(message.text, LONGEST_LABEL), "element": field}
        ],
    }


async def _call(request: Awaitable[AsyncSlackResponse]) -> AsyncSlackResponse:
    """Slack's answer, or what its absence says about the message."""
    try:
        return await request
    except SlackApiError as refused:
        raise _meaning(refused) from refused
    except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as unreached:
        raise Later(None, type(unreached).__name__) from unreached
    except (aiohttp.ClientError, TimeoutError) as lost:
        raise Unknown from lost


def _meaning(refused: SlackApiError) -> Later | Unknown | Never:
    answer = refused.response
    status = answer.status_code if isinstance(answer, AsyncSlackResponse) else getattr(answer, "status", 500)
    data = getattr(answer, "data", None)
    code = str(reading.at(data, "error") or "")
    if status == 429 or code in PASSING:
        return Slower(_patience(answer), code or "ratelimited")
    if status == 504 or code in HALF_DONE:
        return Unknown()
    if not code:
        # 200 without a readable answer: it was taken, but for what?
        return Later(None, f"status {status}") if status >= 400 else Unknown()
    if code in OURS_TO_REPAIR:
        log.error("slack.app_refused", channel=NAME, reason=code, advice="check SERAMBI_SLACK_BOT_TOKEN and the scopes")
        return Shut(AFTER_REFUSED_TOKEN, code)
    return Never(code, gone=code in PERSON_GONE)


def _patience(answer: object) -> float:
    """How long Slack asked us to wait."""
    headers = getattr(answer, "headers", None) or {}
    asked = str(headers.get("Retry-After", ""))
    return float(asked) if asked.isdecimal() else SOON


CHANNEL = Slack()
