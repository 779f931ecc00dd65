"""How a receiver knows that what it is told comes from here: the scheme of Standard Webhooks.

Source: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md, "Signature scheme",
symmetric: HMAC-SHA256 over `id.timestamp.body`, in base64 behind `v1,`; several signatures are parted by a blank.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime

BEGINS = "whsec_"
LENGTH = 32  # bytes; the scheme asks for 24 to 64


def new_secret() -> str:
    """A secret as the scheme writes it."""
    return BEGINS + base64.b64encode(secrets.token_bytes(LENGTH)).decode()


def signature(secret: str, event: str, at: int, body: bytes) -> str:
    """What this secret says of the body."""
    key = base64.b64decode(secret.removeprefix(BEGINS))
    told = b"%s.%d.%s" % (event.encode(), at, body)
    return "v1," + base64.b64encode(hmac.new(key, told, hashlib.sha256).digest()).decode()


def headers(secrets_: Sequence[str], event: str, at: datetime, body: bytes) -> dict[str, str]:
    """The three headers by which it is known; signed by each of these secrets, so that one can be put in place of
    another without a gap."""
    seconds = int(at.timestamp())
    return {
        "webhook-id": event,
        "webhook-timestamp": str(seconds),
        "webhook-signature": " ".join(signature(one, event, seconds, body) for one in secrets_),
    }
