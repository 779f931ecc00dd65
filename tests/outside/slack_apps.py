"""What Slack's stand-in does for apps that are installed: the page that asks, the code, the token, and its end."""

import base64
import secrets
from typing import Any
from urllib.parse import urlencode

SCOPES = "app_mentions:read,chat:write,commands,files:read,im:history,users:read"
OTHERS = ("oauth.v2.access",)  # methods that prove themselves otherwise than by a token of the app


class Refused(Exception):
    """What Slack would answer with ok = false."""

    def __init__(self, error: str, *messages: str) -> None:
        super().__init__(error, *messages)
        self.error = error
        self.messages = messages


class Apps:
    """The part of the stand-in that apps are made and installed by."""

    tokens: dict[str, str]
    token_error: str | None

    def __init__(self) -> None:
        super().__init__()
        self.keys: dict[str, str] = {}  # client id -> client secret
        self.app_tokens: set[str] = set()  # of Socket Mode
        self.socket_url = ""  # what apps.connections.open hands out
        self.scopes = SCOPES
        self.codes: dict[str, tuple[str, str, str, str]] = {}  # code -> client id, redirect_uri, team, its name
        self.speaking = ""  # the workspace of the call that is being answered
        self.spoken: list[tuple[str, str]] = []  # in which workspace something was said, and where
        self.whole_organisation = False

    def allow(self, authorize: dict[str, str], team: str, name: str) -> str:
        """Somebody in this workspace says yes on Slack's page: where their browser is sent back to."""
        assert set(authorize["scope"].split(",")) <= set(SCOPES.split(",")), authorize
        code = f"{team}.{secrets.token_hex(8)}"
        self.codes[code] = (authorize["client_id"], authorize["redirect_uri"], team, name)
        return f"{authorize['redirect_uri']}?{urlencode({'code': code, 'state': authorize['state']})}"

    def uninstall(self, team: str) -> None:
        """Whatever speaks in this workspace is refused from now on."""
        self.tokens = {token: there for token, there in self.tokens.items() if there != team}

    def _who(self, method: str, given: str) -> str:
        """In which workspace this call speaks, or why it may not."""
        if not given:
            raise Refused("not_authed")
        kind, _, proof = given.partition(" ")
        if method == "apps.connections.open":
            if proof not in self.app_tokens:
                raise Refused("not_allowed_token_type" if proof in self.tokens else "invalid_auth")
            return ""
        if method in OTHERS:
            client, _, secret = base64.b64decode(proof).decode().partition(":") if kind == "Basic" else ("", "", "")
            if client not in self.keys:
                raise Refused("invalid_client_id")
            if not secrets.compare_digest(self.keys[client], secret):
                raise Refused("bad_client_secret")
            self._client = client
            return ""
        if self.token_error is not None or kind != "Bearer" or proof not in self.tokens:
            raise Refused(self.token_error or "invalid_auth")
        self._proof = proof
        return self.tokens[proof]

    def _oauth_v2_access(self, body: dict[str, Any]) -> dict[str, Any]:
        client, back, team, name = self.codes.pop(str(body["code"]), ("", "", "", ""))
        if client != self._client:
            raise Refused("invalid_code")
        if body.get("redirect_uri") != back:
            raise Refused("bad_redirect_uri")
        token = f"xoxb-{team}-{secrets.token_hex(8)}"
        self.tokens[token] = team
        return {
            "access_token": token, "token_type": "bot", "scope": self.scopes, "bot_user_id": f"UBOT{team[1:]}",
            "app_id": "A0SERAMBI", "team": {"id": team, "name": name}, "enterprise": None,
            "authed_user": {"id": "U0ADMIN"}, "is_enterprise_install": self.whole_organisation,
        }  # fmt: skip

    def _auth_revoke(self, _: dict[str, Any]) -> dict[str, Any]:
        self.tokens.pop(self._proof)
        return {"revoked": True}

    def _apps_connections_open(self, _: dict[str, Any]) -> dict[str, Any]:
        return {"url": self.socket_url or "wss://wss-primary.slack.com/link/?ticket=stand-in"}
