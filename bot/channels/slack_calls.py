"""Calls of Slack's Web API: the connections, and what each answer or its absence says about the call.

Slack's library and the one below it are read with the first call: most processes never speak with Slack.
"""

from asyncio import AbstractEventLoop, get_running_loop
from collections.abc import Awaitable
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from bot.channels import reading
from bot.channels.contract import Later, Never, Shut, Slower, Unknown, about_to_call
from core import log, settings

if TYPE_CHECKING:
    import aiohttp
    from slack_sdk.errors import SlackApiError
    from slack_sdk.web.async_client import AsyncWebClient
    from slack_sdk.web.async_slack_response import AsyncSlackResponse

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

_sessions: "WeakKeyDictionary[AbstractEventLoop, aiohttp.ClientSession]" = WeakKeyDictionary()


def client(token: str) -> "AsyncWebClient":
    """A client with this token on the connections of this event loop; they can't be shared between loops.

    The library's own retry after a lost connection says things twice, so it has none.
    """
    from slack_sdk.web.async_client import AsyncWebClient

    if not token:
        raise Shut(AFTER_REFUSED_TOKEN, "no token")
    return AsyncWebClient(token, settings.current().slack_api, session=_session(), retry_handlers=[])


def bare() -> "AsyncWebClient":
    """The same without a token, for calls that prove themselves otherwise."""
    from slack_sdk.web.async_client import AsyncWebClient

    return AsyncWebClient(None, settings.current().slack_api, session=_session(), retry_handlers=[])


def _session() -> "aiohttp.ClientSession":
    import aiohttp

    about_to_call()
    loop = get_running_loop()
    session = _sessions.get(loop)
    if session is None or session.closed:
        session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE, sock_connect=5))
        _sessions[loop] = session
    return session


async def close() -> None:
    """Close the connections of the running event loop."""
    session = _sessions.pop(get_running_loop(), None)
    if session is not None:
        await session.close()


async def call(request: "Awaitable[AsyncSlackResponse]") -> "AsyncSlackResponse":
    """Slack's answer, or what its absence says about the message."""
    import aiohttp
    from slack_sdk.errors import SlackApiError

    try:
        return await request
    except SlackApiError as refused:
        raise _meaning(refused) from refused
    except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as unreached:
        raise Later(None, type(unreached).__name__) from unreached
    except (aiohttp.ClientError, TimeoutError) as lost:
        raise Unknown from lost


def _meaning(refused: "SlackApiError") -> Later | Unknown | Never:
    from slack_sdk.web.async_slack_response import AsyncSlackResponse

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
        log.error("slack.app_refused", channel="slack", reason=code, advice="check the app's token and its scopes")
        return Shut(AFTER_REFUSED_TOKEN, code)
    return Never(code, gone=code in PERSON_GONE)


def _patience(answer: object) -> float:
    """How long Slack asked us to wait."""
    headers = getattr(answer, "headers", None) or {}
    asked = str(headers.get("Retry-After", ""))
    return float(asked) if asked.isdecimal() else SOON
