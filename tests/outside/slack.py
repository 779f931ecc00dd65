"""A stand-in for Slack's Web API, and the signed requests it would make to us."""

import hashlib
import hmac
import html
import itertools
import json
import re
import secrets
import time
from collections.abc import Collection, Iterator
from typing import Any, TypedDict
from urllib.parse import parse_qsl, urlencode

from core import clock
from tests.outside import block_kit
from tests.outside.serving import Answer, Hook, Shown, StandIn
from tests.outside.slack_apps import Apps, Refused

BOT_TOKEN = "xoxb-stand-in"
SIGNING_SECRET = "stand-in-signing-secret"
TEAM = "T0MAJU"
APP = "A0SERAMBI"
BOT_USER = "U0SERAMBI"
EVENTS = "/hooks/slack/events"
COMMANDS = "/hooks/slack/commands"
INTERACTIONS = "/hooks/slack/interactions"

PARAMETERS = {
    "chat.postMessage": {
        "channel", "as_user", "attachments", "blocks", "icon_emoji", "icon_url", "link_names", "mrkdwn", "parse",
        "reply_broadcast", "text", "thread_ts", "unfurl_links", "unfurl_media", "username", "metadata",
    },
    "chat.update": {"channel", "ts", "as_user", "attachments", "blocks", "link_names", "parse", "text", "metadata"},
    "chat.postEphemeral": {
        "channel", "user", "as_user", "attachments", "blocks", "icon_emoji", "icon_url", "link_names", "parse", "text",
        "thread_ts", "username",
    },
    "views.open": {"trigger_id", "interactivity_pointer", "view"},
    "conversations.open": {"channel", "users", "return_im", "prevent_creation"},
    "auth.test": set(),
    "auth.revoke": {"test"},
    "views.publish": {"user_id", "view", "hash"},
    "users.info": {"user", "include_locale"},
    "oauth.v2.access": {"code", "redirect_uri", "grant_type", "refresh_token"},  # the keys of the app in the header
    "apps.connections.open": set(),
    "files.info": {"file"},
}  # fmt: skip
NEEDED = {
    "chat.postMessage": ("channel",),
    "chat.update": ("channel", "ts"),
    "chat.postEphemeral": ("channel", "user"),
    "views.open": ("view",),
    "conversations.open": (),
    "auth.test": (),
    "auth.revoke": (),
    "views.publish": ("user_id", "view"),
    "users.info": ("user",),
    "oauth.v2.access": ("code",),
    "apps.connections.open": (),
    "files.info": ("file",),
}

_numbers = itertools.count(1)
_triggers: dict[str, float] = {}  # every trigger given out here, and when


class Connection(TypedDict):
    """The fields of core.settings.Settings that lead to the stand-in."""

    slack_bot_token: str
    slack_signing_secret: str
    slack_api: str


class Slack(Apps, StandIn):
    """The Web API of one app in one workspace, and of others that are installed meanwhile."""

    sends: Collection[str] = ("chat.postMessage", "chat.update", "chat.postEphemeral")

    def __init__(self, token: str = BOT_TOKEN, secret: str = SIGNING_SECRET, team: str = TEAM) -> None:
        super().__init__()
        self.tokens = {token: team}  # each token with the workspace in which it speaks
        self.token = token
        self.secret = secret
        self.team = team
        self.deactivated: set[str] = set()  # users who left
        self.token_error: str | None = None  # such as token_revoked: the app itself is in trouble
        self.error: str | None = None  # answered to the next send, whatever it is
        self.files: dict[str, bytes] = {}  # what people uploaded, by number
        self.views: list[dict[str, Any]] = []  # windows opened, newest last
        self.homes: dict[str, dict[str, Any]] = {}  # what each person sees when they open the app
        self.published = 0
        self.pings: list[str] = []  # texts that would have called people or a whole channel
        self.warnings: list[str] = []
        self.trigger_lives = 3.0
        self._used: set[str] = set()

    def settings(self) -> Connection:
        """The fields of core.settings.Settings that lead to this stand-in."""
        return {
            "slack_bot_token": self.token,
            "slack_signing_secret": self.secret,
            "slack_api": f"{self.url}/api/",
        }

    def environ(self) -> dict[str, str]:
        """The same, as variables for a process of its own."""
        return {f"SERAMBI_{name.upper()}": str(value) for name, value in self.settings().items()}

    def place_of(self, address: str) -> str:
        """The direct message of a user, otherwise the channel itself."""
        return f"D{address[1:]}" if address[:1] in ("U", "W") else address

    def press(self, title: str, user: str, **more: Any) -> Hook:
        """This user presses the newest button with this title in their direct message."""
        shown = self.with_button(user, title)
        channel, _, stamp = shown.ref.partition(":")
        return press(shown.buttons[title], user, channel=channel, ts=stamp, team=self.team, secret=self.secret, **more)

    def event(self, text: str, user: str, **more: Any) -> Hook:
        """This user writes to the app."""
        return event(text, user, team=self.team, secret=self.secret, **more)

    def notice(self, what: dict[str, Any], **more: Any) -> Hook:
        """Slack tells something that nobody wrote."""
        return notice(what, team=self.team, secret=self.secret, **more)

    def submission(self, words: str, user: str, **more: Any) -> Hook:
        """This user sends the window opened last."""
        assert self.views, f"no window was opened; calls: {[(c.method, c.error) for c in self.calls]}"
        view = self.views[-1]
        return submission(words, user, view=view, team=self.team, secret=self.secret, **more)

    def answer(self, path: str, headers: dict[str, str], body: dict[str, Any]) -> Answer:
        """Answer as the Web API does, refusing what it refuses."""
        method = path.removeprefix("/api/")
        if path.startswith("/files-pri/"):
            return self._download(path.rpartition("/")[2], headers.get("authorization", ""))
        try:
            if not path.startswith("/api/") or method not in PARAMETERS:
                raise Refused("unknown_method")
            self.speaking = self._who(method, headers.get("authorization", ""))
            if self.error is not None and method in self.sends:
                error, self.error = self.error, None
                raise Refused(error)
            self._check(method, body)
            result: dict[str, Any] = getattr(self, "_" + method.replace(".", "_"))(body)
        except Refused as refused:
            return self._refusal(method, refused)
        scopes = {"x-oauth-scopes": self.scopes}
        return Answer(200, json.dumps({"ok": True, **result, **self._warned(method, body)}).encode(), scopes)

    def _check(self, method: str, body: dict[str, Any]) -> None:
        missing = [name for name in NEEDED[method] if not body.get(name)]
        if missing:
            raise Refused("invalid_arguments", *(f"[ERROR] missing required field: {name}" for name in missing))
        unknown = sorted(body.keys() - PARAMETERS[method])
        # Slack itself overlooks these; a misspelt name would then do nothing, silently.
        if unknown:
            raise Refused("invalid_arguments", f"[ERROR] unknown arguments {unknown}")

    def _files_info(self, body: dict[str, Any]) -> dict[str, Any]:
        number = str(body.get("file", ""))
        if number not in self.files:
            raise Refused("file_not_found")
        address = f"{self.url}/files-pri/T0MAJU-{number}/download/{number}"
        return {"file": {"id": number, "size": len(self.files[number]), "url_private_download": address}}

    def _download(self, number: str, given: str) -> Answer:
        """Without a token that may read files, Slack leads to its sign-in page."""
        if given != f"Bearer {self.token}":
            return Answer(302, b"", {"location": "https://slack.com/", "content-type": "text/html"})
        return Answer(200, self.files[number], {"content-type": "image/jpeg"})

    def upload(self, raw: bytes, user: str, *, name: str = "foto.jpg", words: str = "") -> Hook:
        """The event of this person sending a file in the direct message."""
        number = f"F0MAJU{len(self.files) + 1:04}"
        self.files[number] = raw
        return self.event(words, user, subtype="file_share", files=[{"id": number, "name": name, "size": len(raw)}])

    def _refusal(self, method: str, refused: Refused) -> Answer:
        if refused.messages:
            self.refusals.append(f"{method}: {refused.error} {refused.messages}")
        body: dict[str, Any] = {"ok": False, "error": refused.error}
        if refused.messages:
            body["response_metadata"] = {"messages": list(refused.messages)}
        return Answer(200, json.dumps(body).encode(), error=refused.error)

    def _warned(self, method: str, body: dict[str, Any]) -> dict[str, Any]:
        if method not in self.sends or body.get("text"):
            return {}
        self.warnings.append(f"{method}: missing_text_in_message")
        warning = "missing_text_in_message"
        return {"warning": warning, "response_metadata": {"warnings": [warning]}}

    def _chat_postMessage(self, body: dict[str, Any]) -> dict[str, Any]:
        channel = self._channel(body["channel"])
        shown = self._show(channel, f"{int(time.time())}.{next(_numbers):06d}", body)
        self.sent.append(shown)
        self.spoken.append((self.speaking, channel))
        return {"channel": channel, "ts": shown.ref.partition(":")[2], "message": self._message(shown)}

    def _chat_update(self, body: dict[str, Any]) -> dict[str, Any]:
        channel, stamp = str(body["channel"]), str(body["ts"])
        if channel[:1] not in ("C", "D", "G"):
            raise Refused("channel_not_found")
        before = next((each for each in self.sent if each.ref == f"{channel}:{stamp}" and each.only_to is None), None)
        if before is None:
            raise Refused("message_not_found")
        after = self._show(channel, stamp, body)
        before.before.append(before.words)
        before.words, before.buttons, before.body = after.words, after.buttons, body
        before.edits += 1
        return {"channel": channel, "ts": stamp, "text": body.get("text", ""), "message": self._message(before)}

    def _chat_postEphemeral(self, body: dict[str, Any]) -> dict[str, Any]:
        channel = self._channel(body["channel"])
        if str(body["channel"])[:1] not in ("C", "D", "G"):  # unlike chat.postMessage it does not open a talk
            raise Refused("channel_not_found")
        if str(body["user"]) in self.deactivated:
            raise Refused("user_not_in_channel")
        shown = self._show(channel, f"{int(time.time())}.{next(_numbers):06d}", body)
        shown.only_to = str(body["user"])
        self.sent.append(shown)
        return {"message_ts": shown.ref.partition(":")[2]}

    def _views_open(self, body: dict[str, Any]) -> dict[str, Any]:
        trigger = str(body.get("trigger_id", ""))
        if not re.fullmatch(r"\d+\.\d+\.[0-9a-f]+", trigger) or trigger not in _triggers:
            raise Refused("invalid_trigger_id")
        if trigger in self._used:
            raise Refused("exchanged_trigger_id")
        if time.monotonic() - _triggers[trigger] > self.trigger_lives:
            raise Refused("expired_trigger_id")
        view = body["view"] if isinstance(body["view"], dict) else json.loads(body["view"])
        problems = list(block_kit.of_view(view))
        if problems:
            raise Refused("invalid_arguments", *problems)
        self._used.add(trigger)
        opened = {
            **view,
            "id": f"V{next(_numbers):010d}",
            "team_id": self.team,
            "hash": f"{int(time.time())}.{secrets.token_hex(4)}",
            "state": {"values": {}},
            "app_id": APP,
        }
        self.views.append(opened)
        return {"view": opened}

    def _views_publish(self, body: dict[str, Any]) -> dict[str, Any]:
        user, view = str(body["user_id"]), body["view"]
        if user in self.deactivated or not re.fullmatch(r"[UW][A-Z0-9]{2,20}", user):
            raise Refused("user_not_found")
        problems = list(block_kit.of_view(view)) if view.get("type") == "home" else ["[ERROR] no home"]
        if problems:
            raise Refused("invalid_arguments", *problems)
        self.homes[user] = {**view, "id": self.homes.get(user, {}).get("id", f"V{next(_numbers):010d}")}
        self.published += 1
        return {"view": self.homes[user]}

    def home(self, user: str) -> str:
        """What this person reads in the app's home."""
        return "\n".join(_as_read(each) for each in _marked(self.homes[user]["blocks"]))

    def press_home(self, title: str, user: str, nth: int = 0) -> Hook:
        """This user presses the nth button with this title in the app's home."""
        blocks = [each for each in self.homes[user]["blocks"] if each["type"] == "actions"]
        found = [one for block in blocks for one in block["elements"] if one["text"]["text"] == title]
        hook = press(found[nth]["value"], user, channel="D0", ts="0", team=self.team, secret=self.secret)
        said = payload_of(hook)
        container = {"type": "view", "view_id": self.homes[user]["id"]}
        for name in ("channel", "message"):
            said.pop(name)
        return interacted({**said, "container": container, "view": self.homes[user]}, secret=self.secret)

    def _conversations_open(self, body: dict[str, Any]) -> dict[str, Any]:
        user = str(body.get("users", ""))
        if user in self.deactivated:
            raise Refused("user_disabled")
        return {"channel": {"id": self._channel(user)}}

    def _auth_test(self, _: dict[str, Any]) -> dict[str, Any]:
        return {"url": "https://maju.slack.com/", "team": "Maju", "team_id": self.speaking, "user": "serambi",
                "user_id": BOT_USER, "bot_id": "B0SERAMBI"}  # fmt: skip

    def _channel(self, address: object) -> str:
        if not re.fullmatch(r"[UWCDG][A-Z0-9]{2,20}", str(address)) or str(address) in self.deactivated:
            raise Refused("channel_not_found")
        return self.place_of(str(address))

    def _show(self, channel: str, stamp: str, body: dict[str, Any]) -> Shown:
        text, blocks = str(body.get("text", "")), body.get("blocks", [])
        if not text and not blocks:
            raise Refused("no_text")
        if len(text) > 40_000:
            raise Refused("msg_too_long")
        problems = list(block_kit.of_message(blocks))
        if problems:
            raise Refused("invalid_blocks", *problems)
        read = list(_marked(blocks)) or [text]
        self.pings += [each for each in [text, *read] if re.search(r"<[!@#]", each)]
        words = "\n".join(_as_read(each) for each in read)
        return Shown(channel, f"{channel}:{stamp}", words, _buttons_of(blocks), body)

    def _message(self, shown: Shown) -> dict[str, Any]:
        return {
            "type": "message", "user": BOT_USER, "bot_id": "B0SERAMBI", "app_id": APP, "team": self.team,
            "ts": shown.ref.partition(":")[2], "text": shown.body.get("text", ""),
            "blocks": shown.body.get("blocks", []),
        }  # fmt: skip

    def _too_many(self, retry_after: int) -> Answer:
        body = json.dumps({"ok": False, "error": "ratelimited"}).encode()
        return Answer(429, body, {"retry-after": str(retry_after)}, "ratelimited")


def _marked(blocks: list[dict[str, Any]]) -> Iterator[str]:
    """The texts of a message's blocks, as they were sent."""
    for block in blocks:
        if "text" in block:
            yield str(block["text"]["text"])
        for element in block.get("elements", []) if block.get("type") == "context" else []:
            yield str(element.get("text", ""))


def _as_read(marked: str) -> str:
    return html.unescape(re.sub(r"^\*(.+)\*$", r"\1", marked))


def _buttons_of(blocks: list[dict[str, Any]]) -> dict[str, str]:
    elements = [each for block in blocks if block.get("type") == "actions" for each in block["elements"]]
    return {each["text"]["text"]: str(each.get("value", "")) for each in elements}


# What Slack sends to us


def signed(path: str, body: bytes, content_type: str, *, secret: str = SIGNING_SECRET, at: float | None = None) -> Hook:
    """The request with Slack's signature, made at this instant or now."""
    stamp = str(int(clock.now().timestamp() if at is None else at))
    signature = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    headers = {
        "content-type": content_type,
        "x-slack-request-timestamp": stamp,
        "x-slack-signature": f"v0={signature}",
    }
    return Hook(path, headers, body)


def signed_now(hook: Hook, secret: str) -> Hook:
    """The same body signed at this moment, as Slack signs a repeat."""
    return signed(hook.path, hook.body, hook.headers["content-type"], secret=secret)


def posted(payload: object, *, secret: str = SIGNING_SECRET, at: float | None = None) -> Hook:
    """An event: JSON."""
    return signed(EVENTS, json.dumps(payload).encode(), "application/json", secret=secret, at=at)


def interacted(payload: object, *, secret: str = SIGNING_SECRET, at: float | None = None) -> Hook:
    """An interaction: JSON in a form's only field."""
    body = urlencode({"payload": json.dumps(payload)}).encode()
    return signed(INTERACTIONS, body, "application/x-www-form-urlencoded", secret=secret, at=at)


def payload_of(hook: Hook) -> dict[str, Any]:
    """What an interaction says, as it comes over a connection."""
    said: dict[str, Any] = json.loads(dict(parse_qsl(hook.body.decode()))["payload"])
    return said


def command_fields(words: str, user: str, *, team: str = TEAM, trigger_id: str | None = None) -> dict[str, Any]:
    """What Slack sends of a command that somebody typed in a channel."""
    return {
        "token": "deprecated", "team_id": team, "team_domain": "maju", "channel_id": "C0UMUM", "channel_name": "umum",
        "user_id": user, "user_name": "orang", "command": "/serambi", "text": words, "api_app_id": APP,
        "is_enterprise_install": "false", "response_url": "https://hooks.slack.com/commands/T/1/x",
        "trigger_id": trigger_id or trigger(),
    }  # fmt: skip


def command(words: str, user: str, *, secret: str = SIGNING_SECRET, at: float | None = None, **more: Any) -> Hook:
    """The same as a request."""
    body = urlencode(command_fields(words, user, **more)).encode()
    return signed(COMMANDS, body, "application/x-www-form-urlencoded", secret=secret, at=at)


def trigger() -> str:
    """A trigger that opens one window within three seconds."""
    made = f"{int(time.time())}.{next(_numbers)}.{secrets.token_hex(16)}"
    _triggers[made] = time.monotonic()
    return made


def event(
    text: str,
    user: str,
    *,
    team: str = TEAM,
    channel: str | None = None,
    event_id: str | None = None,
    retry: int | None = None,
    secret: str = SIGNING_SECRET,
    at: float | None = None,
    **more: Any,
) -> Hook:
    """A user wrote this to the app; `retry` = Slack's so-manieth repeat; `more` goes into the event itself."""
    now = clock.now().timestamp()
    stamp = f"{int(now)}.{next(_numbers):06d}"
    what = {
        "type": "message", "channel": channel or f"D{user[1:]}", "user": user, "ts": stamp, "event_ts": stamp,
        "text": html.escape(text, quote=False), "channel_type": "im", "team": team,
        "client_msg_id": secrets.token_hex(16), **more,
    }  # fmt: skip
    payload = {
        "token": "deprecated", "team_id": team, "api_app_id": APP, "event": what, "type": "event_callback",
        "event_id": event_id or f"Ev{next(_numbers):08d}", "event_time": int(now),
        "authorizations": [{"enterprise_id": None, "team_id": team, "user_id": BOT_USER, "is_bot": True}],
        "is_ext_shared_channel": False,
    }  # fmt: skip
    made = posted(payload, secret=secret, at=at)
    if retry is not None:
        made.headers.update({"x-slack-retry-num": str(retry), "x-slack-retry-reason": "http_timeout"})
    return made


def notice(what: dict[str, Any], *, team: str = TEAM, secret: str = SIGNING_SECRET, at: float | None = None) -> Hook:
    """Something happened in the workspace that nobody wrote."""
    payload = {
        "token": "deprecated", "team_id": team, "api_app_id": APP, "event": what, "type": "event_callback",
        "event_id": f"Ev{next(_numbers):08d}", "event_time": int(clock.now().timestamp()),
    }  # fmt: skip
    return posted(payload, secret=secret, at=at)


def press(
    token: str,
    user: str,
    *,
    channel: str,
    ts: str,
    team: str = TEAM,
    action_ts: str | None = None,
    trigger_id: str | None = None,
    secret: str = SIGNING_SECRET,
    at: float | None = None,
) -> Hook:
    """A user pressed the button with this token below that message."""
    pressed = action_ts or f"{int(clock.now().timestamp())}.{next(_numbers):06d}"
    action = {
        "action_id": "choice-0", "block_id": "choices-0", "type": "button", "value": token, "action_ts": pressed,
        "text": {"type": "plain_text", "text": "...", "emoji": True},
    }  # fmt: skip
    payload = {
        **_interaction("block_actions", user, team, trigger_id),
        "container": {"type": "message", "message_ts": ts, "channel_id": channel, "is_ephemeral": False},
        "channel": {"id": channel, "name": "directmessage"},
        "message": {"type": "message", "user": BOT_USER, "bot_id": "B0SERAMBI", "ts": ts, "text": "..."},
        "state": {"values": {}},
        "actions": [action],
    }
    return interacted(payload, secret=secret, at=at)


def submission(
    words: str,
    user: str,
    *,
    view: dict[str, Any],
    team: str = TEAM,
    secret: str = SIGNING_SECRET,
    at: float | None = None,
) -> Hook:
    """A user wrote this into the window's question and sent it."""
    asked = next(block for block in view["blocks"] if block["type"] == "input")
    typed = {asked["block_id"]: {asked["element"]["action_id"]: {"type": "plain_text_input", "value": words}}}
    payload = {
        **_interaction("view_submission", user, team, None),
        "view": {**view, "state": {"values": typed}},
        "response_urls": [],
    }
    return interacted(payload, secret=secret, at=at)


def _interaction(kind: str, user: str, team: str, trigger_id: str | None) -> dict[str, Any]:
    return {
        "type": kind, "user": {"id": user, "username": "orang", "name": "orang", "team_id": team},
        "api_app_id": APP, "token": "deprecated", "team": {"id": team, "domain": "maju"}, "enterprise": None,
        "is_enterprise_install": False, "trigger_id": trigger_id or trigger(),
    }  # fmt: skip
