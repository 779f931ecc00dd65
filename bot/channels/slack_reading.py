"""What Slack tells us, in our words: events, presses, answered windows.

Slack sends text half-encoded (`&lt;`, `<http://x|x>`); what somebody wrote is decoded here, on its way in.
"""

import html
import json
import re
from dataclasses import dataclass
from urllib.parse import parse_qs

from bot.channels import reading, slack_files
from core.messaging.messages import Incoming

NAME = "slack"
GONE, LEFT, HOME = "gone", "left", "home"
COMMAND = "slash_command"  # what we call the fields of one; Slack gives them no type
MENU = "menu"  # what an empty command asks for
CALLED = re.compile(r"^\s*<@[UW][A-Z0-9]+(?:\|[^<>]*)?>\s*")  # our own name, at the start
MARKUP = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")


def parse_body(raw: bytes, content_type: str) -> object:
    """The JSON of an event or of an interaction's one form field, or the fields of a command; else None."""
    try:
        text = raw.decode()
        if content_type.partition(";")[0].strip().lower() == "application/x-www-form-urlencoded":
            form = {name: values[0] for name, values in parse_qs(text, max_num_fields=32).items()}
            if "command" in form:
                return {**form, "type": COMMAND}
            text = form.get("payload", "null")
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def challenge(payload: object) -> str | None:
    """What to answer when Slack tests the address of events; None when this is no such test."""
    if reading.at(payload, "type") != "url_verification":
        return None
    return reading.identity(reading.at(payload, "challenge"))


def parse(payload: object) -> list[Incoming]:
    """What one event or interaction says; nothing for what is not meant for us or not known."""
    readers = {"event_callback": _event, "block_actions": _press, "view_submission": _submission, COMMAND: _command}
    kind = reading.at(payload, "type")
    heard = readers[kind](payload) if isinstance(kind, str) and kind in readers else None
    return [] if heard is None else [heard]


@dataclass(frozen=True)
class Notice:
    """Something that nobody wrote: the app is `gone`, a person has `left` the workspace or opened the app's `home`."""

    kind: str
    account: str
    user: str
    event: str  # the same whenever Slack repeats itself
    at: float  # when it happened: what is told late may be over


def notices(payload: object) -> list[Notice]:
    """What one event tells beside the talk; nothing for everything else."""
    event = reading.at(payload, "event")
    event_id = reading.identity(reading.at(payload, "event_id"))
    team = _short(_first(payload, "team_id"))
    happened = reading.instant(reading.at(payload, "event_time"))
    if reading.at(payload, "type") != "event_callback" or event_id is None or team is None or happened is None:
        return []
    at = happened.timestamp()
    match reading.at(event, "type"):
        case "app_uninstalled":
            return [Notice(GONE, team, "", event_id, at)]
        case "tokens_revoked" if reading.at(event, "tokens", "bot"):
            return [Notice(GONE, team, "", event_id, at)]
        case "app_home_opened" if reading.at(event, "tab") == "home":
            user = _first(event, "user")
            return [Notice(HOME, team, user, event_id, at)] if user is not None else []
        case "user_change" if reading.at(event, "user", "deleted") is True:
            user = _first(reading.at(event, "user"), "id")
            theirs = _short(_first(reading.at(event, "user"), "team_id")) or team
            return [Notice(LEFT, theirs, user, event_id, at)] if user is not None else []
    return []


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
    file = slack_files.enclosed(event, account) if direct else None
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
    at_home = reading.at(payload, "view", "type") == "home"
    view = _first(reading.at(payload, "container"), "view_id") if at_home else None
    channel = _first(reading.at(payload, "container"), "channel_id") or _first(reading.at(payload, "channel"), "id")
    stamp = _first(reading.at(payload, "container"), "message_ts") or _first(reading.at(payload, "message"), "ts")
    pressed = reading.identity(reading.at(action, "action_ts"))
    token = reading.identity(reading.at(action, "value"))
    if sender is None or account is None or pressed is None or token is None:
        return None
    if view is not None:  # in the home, which is no place to answer in
        channel, stamp = sender, view
    if channel is None or stamp is None:
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
        ref=None if view is not None else f"{channel}:{stamp}",
        trigger=reading.identity(reading.at(payload, "trigger_id")),
        private=view is not None or channel.startswith("D"),
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


def _command(payload: object) -> Incoming | None:
    """What somebody typed after our command, wherever they were: it is answered in the direct message."""
    sender = _first(payload, "user_id")
    account = _short(_first(payload, "team_id"))
    once = _first(payload, "trigger_id")
    if sender is None or account is None or once is None:
        return None
    words = (reading.words(reading.at(payload, "text")) or "").strip() or MENU
    return Incoming(NAME, account, sender, f"command:{once}", words=_decoded(words), place=sender)


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
