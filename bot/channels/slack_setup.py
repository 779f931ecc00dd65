"""What the backoffice asks Slack while an admin connects a workspace: what a code is worth, and whether things work."""

from typing import TYPE_CHECKING

from bot.channels import reading, slack_calls
from bot.channels.contract import Later, Never, Unknown
from core import log
from core.errors import Refused
from core.messaging.workspaces import SCOPES, App, Grant, Look

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient
    from slack_sdk.web.async_slack_response import AsyncSlackResponse

# What Slack says of a code, each with the way out; everything else is told with Slack's own word.
OF_THE_CODE = {
    "invalid_code": "slackapp.code_spent", "code_already_used": "slackapp.code_spent",
    "bad_client_secret": "slackapp.wrong_keys", "invalid_client_id": "slackapp.wrong_keys",
    "bad_redirect_uri": "slackapp.wrong_redirect",
}  # fmt: skip


class Setup:
    """The Connector that the pages are given."""

    async def exchange(self, app: App, code: str, back: str) -> Grant:
        """What the code is worth that a workspace was sent back with; refuses with a reason that can be told."""
        client = slack_calls.bare()
        try:
            told = await slack_calls.call(
                client.oauth_v2_access(
                    client_id=app.client_id, client_secret=app.client_secret, code=code, redirect_uri=back
                )
            )
        except Never as no:
            log.warning("slack.code_refused", channel="slack", reason=no.reason)
            if no.reason in OF_THE_CODE:
                raise Refused(OF_THE_CODE[no.reason]) from no
            raise Refused("slackapp.code_refused", error=no.reason) from no
        except (Later, Unknown) as away:
            raise Refused("slackapp.away") from away
        grant = Grant(
            team=_text(told, "team", "id"), name=_text(told, "team", "name")[:120], bot_user=_text(told, "bot_user_id"),
            scopes=_text(told, "scope"), token=_text(told, "access_token"),
        )  # fmt: skip
        if reading.at(told.data, "is_enterprise_install") is True:
            raise Refused("slackapp.whole_organisation")
        if not (grant.team and grant.token and len(grant.team) <= reading.LONGEST_ACCOUNT):
            raise Refused("slackapp.code_refused", error="no team")
        return grant

    async def look(self, token: str) -> Look:
        """Whether a workspace still takes this token, and with all that is needed."""
        told = await _asked(slack_calls.client(token), "auth.test")
        if isinstance(told, Look):
            return told
        granted = {one.strip() for one in str(told.headers.get("x-oauth-scopes", "")).split(",")}
        missing = [one for one in SCOPES if one not in granted]
        if missing:
            return Look(False, "scopes", (("scopes", ", ".join(missing)),))
        return Look(True, "speaks", (("name", f"@{_text(told, 'user')}"),))

    async def look_at_socket(self, app_token: str) -> Look:
        """Whether a connection of Socket Mode can be opened."""
        told = await _asked(slack_calls.client(app_token), "apps.connections.open")
        return told if isinstance(told, Look) else Look(True, "opens")

    async def leave(self, token: str) -> None:
        """Give a token back; what Slack says to it does not matter."""
        await _asked(slack_calls.client(token), "auth.revoke")


async def _asked(client: "AsyncWebClient", method: str) -> "AsyncSlackResponse | Look":
    try:
        return await slack_calls.call(client.api_call(method))
    except Never as no:
        return Look(False, "refused", (("error", no.reason),))
    except Later as later:
        if later.reason in slack_calls.OURS_TO_REPAIR:
            return Look(False, "refused", (("error", later.reason),))
        return Look(False, "away", (("error", later.reason),))
    except Unknown:
        return Look(False, "away", (("error", "no answer"),))


def _text(told: "AsyncSlackResponse", *path: str) -> str:
    return reading.words(reading.at(told.data, *path)) or ""


SETUP = Setup()
