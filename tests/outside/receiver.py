"""A program of a company's own that is told what happens: it believes only what is signed, as Standard Webhooks say."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Collection
from typing import Any

from tests.outside.serving import Answer, StandIn, Trouble

TOLERANCE = 300  # seconds by which its clock may differ from ours
PATH = "/told"


class Receiver(StandIn):
    """`with Receiver() as receiver:` it keeps what it was told and could prove, and refuses all else with 401."""

    sends: Collection[str] = ("told",)

    def __init__(self) -> None:
        super().__init__()
        self.secrets: list[str] = []  # any of these may have signed
        self.now: float | None = None  # what its clock says; None: the time
        self.told: list[dict[str, Any]] = []  # each once, by its id
        self.ids: list[str] = []  # every one that came, repeated ones too
        self.heads: list[dict[str, str]] = []
        self.elsewhere: list[str] = []  # what was asked that is not its address

    @property
    def address(self) -> str:
        """Where it wants to be told."""
        return self.url + PATH

    def redirect(self, to: str, times: int = 1) -> None:
        """Send whoever calls to another place."""
        self._trouble(Trouble(self.sends, times, answer=Answer(302, b"", {"location": to})))

    def shower(self, times: int = 1) -> None:
        """Answer with more than anybody should read."""
        self._trouble(Trouble(self.sends, times, answer=Answer(200, b"x" * 50_000_000)))

    def answer(self, path: str, headers: dict[str, str], body: dict[str, Any]) -> Answer:
        raw = headers[":body"].encode("latin-1")
        if path != PATH or headers[":method"] != "POST":
            self.elsewhere.append(path)
            return Answer(404, b"{}", error="elsewhere")
        event, at = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
        now = time.time() if self.now is None else self.now
        if not at.isdigit() or abs(now - int(at)) > TOLERANCE:
            return self._no("too old, or not yet")
        given = [one.partition(",")[2] for one in headers.get("webhook-signature", "").split(" ") if one[:3] == "v1,"]
        if not any(
            hmac.compare_digest(one, self._sign(secret, event, at, raw)) for secret in self.secrets for one in given
        ):
            return self._no("signed by nobody we know")
        if event not in self.ids:
            self.told.append(json.loads(raw))
        self.ids.append(event)
        self.heads.append(headers)
        return Answer(204, b"")

    def _no(self, why: str) -> Answer:
        self.refusals.append(why)
        return Answer(401, b"{}", error=why)

    def _sign(self, secret: str, event: str, at: str, raw: bytes) -> str:
        key = base64.b64decode(secret.removeprefix("whsec_"))
        return base64.b64encode(hmac.new(key, f"{event}.{at}.".encode() + raw, hashlib.sha256).digest()).decode()

    def _too_many(self, retry_after: int) -> Answer:
        return Answer(429, b"{}", {"retry-after": str(retry_after)}, "too many")
