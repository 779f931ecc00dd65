"""Slack: direct messages, buttons, and the one window that asks for a text.

The surprise: Slack sends text half-encoded (`&lt;`, `<http://x|x>`), and reads ours the same way, so every word
somebody wrote is decoded on its way in (`slack_reading`) and escaped on its way out (`slack_blocks`).
"""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from bot.channels import reading, slack_blocks, slack_calls, slack_files, slack_reading
from bot.channels.contract import DISCONNECTED, Forged, Never, Sent, about_to_call
from bot.channels.slack_reading import NAME
from core import clock, database, settings
from core.messaging import workspaces
from core.messaging.messages import Enclosed, Incoming, Message

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

FRESH = 300  # seconds that a signature is good for
NOTHING_TO_EDIT = {"message_not_found", "cant_update_message", "edit_window_closed"}
STALE_TRIGGER = {"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id", "trigger_expired",
                 "trigger_exchanged"}  # fmt: skip


class Slack:
    """Direct messages with one app."""

    name = NAME

    def verify(self, headers: Mapping[str, str], raw: bytes) -> None:
        """Raise Forged unless Slack signed exactly these bytes within the last five minutes."""
        check_signature(settings.current().slack_signing_secret, headers, raw)

    def parse(self, payload: object) -> list[Incoming]:
        """What one event or interaction says; nothing for what is not meant for us or not known."""
        return slack_reading.parse(payload)

    def render(self, message: Message) -> dict[str, object]:
        """Blocks, and beside them the text that notifications and screen readers use."""
        return slack_blocks.message(message)

    async def send(self, message: Message, *, to: str, edits: str | None) -> Sent:
        """Say it to that user or place, in place of the message `edits` if that is still there.

        What is for one person only nobody else in the place sees, and it can't be edited.
        """
        body = self.render(message)
        client = await _speaking_in(message.account)
        if message.only_to is not None:
            only = {"channel": to, "user": message.only_to, **body}
            await slack_calls.call(client.api_call("chat.postEphemeral", json=only))
            return Sent()
        channel, _, stamp = (edits or "").partition(":")
        if stamp:
            try:
                await slack_calls.call(client.api_call("chat.update", json={"channel": channel, "ts": stamp, **body}))
            except Never as refused:
                if refused.reason not in NOTHING_TO_EDIT:
                    raise
            else:
                return Sent(edits)
        quiet = {"unfurl_links": False, "unfurl_media": False}
        answer = await slack_calls.call(client.api_call("chat.postMessage", json={"channel": to, **body, **quiet}))
        return Sent(f"{answer.get('channel')}:{answer.get('ts')}")

    async def acknowledge(self, incoming: Incoming) -> None:
        """Slack is content with the answer to its request."""

    async def open_dialog(self, message: Message, trigger: str) -> Sent:
        """Ask for one text in a window, within the three seconds that the trigger lives."""
        opens = {"trigger_id": trigger, "view": slack_blocks.window(message)}
        client = await _speaking_in(message.account)
        try:
            answer = await slack_calls.call(client.api_call("views.open", json=opens))
        except Never as refused:
            raise Never("trigger") if refused.reason in STALE_TRIGGER else refused from refused
        return Sent(reading.identity(reading.at(answer.data, "view", "id")))

    async def publish(self, account: str, user: str, head: str, cards: Sequence[Message]) -> None:
        """Show this person their home with these cards; said twice it is the same home."""
        shown = {"user_id": user, "view": slack_blocks.home(head, cards)}
        await slack_calls.call((await _speaking_in(account)).api_call("views.publish", json=shown))

    async def fetch(self, file: Enclosed) -> bytes:
        """The bytes of a file that somebody sent."""
        client = await _speaking_in(file.account)
        told = await slack_calls.call(client.api_call("files.info", http_verb="GET", params={"file": file.ref}))
        return await slack_files.download(client, slack_files.address(told.data, settings.current().slack_api))

    async def close(self) -> None:
        """Close the connections of the running event loop."""
        await slack_calls.close()


async def _speaking_in(account: str) -> "AsyncWebClient":
    """The client of the app that is in this workspace: the company's own, else the installation's."""
    about_to_call()
    token = settings.current().slack_bot_token
    if account:
        async with database.installation(writes=False):
            row = await workspaces.of_team(account)
        if row is not None and row.ended_at is None:
            token = workspaces.token_of(row)
        elif row is not None and not token:
            raise Never(DISCONNECTED, gone=True)
    return slack_calls.client(token)


def check_signature(secret: str, headers: Mapping[str, str], raw: bytes) -> None:
    """Raise Forged unless whoever has this secret signed exactly these bytes within the last five minutes."""
    stamp = headers.get("x-slack-request-timestamp", "")
    given = headers.get("x-slack-signature", "")
    if not secret or not (stamp.isascii() and stamp.isdecimal()) or len(stamp) > 12:
        raise Forged
    if abs(clock.now().timestamp() - int(stamp)) > FRESH:
        raise Forged
    signed = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + raw, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(given.encode("utf-8", "replace"), f"v0={signed}".encode()):
        raise Forged


CHANNEL = Slack()
