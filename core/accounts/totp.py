"""The second factor: six figures from a phone that change every half minute (RFC 6238); and recovery codes."""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime
from urllib.parse import quote

STEP = 30
FIGURES = 6
NEAR = (0, -1, 1)  # a phone's clock may be half a minute off
RECOVERY_CODES = 10
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def new_secret() -> str:
    """A secret as it is typed into a phone: 160 bits in Base32."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def code_at(secret: str, step: int) -> str:
    """The code of one half minute."""
    digest = hmac.new(base64.b32decode(secret), step.to_bytes(8, "big"), hashlib.sha1).digest()
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**FIGURES:0{FIGURES}}"


def step_of(instant: datetime) -> int:
    """The half minute that an instant lies in."""
    return int(instant.timestamp()) // STEP


def fits(secret: str, code: str, *, at: datetime, after: int) -> int | None:
    """The half minute whose code this is, if it is near and later than `after`; every candidate is compared."""
    typed = "".join(code.split())
    found = None
    for near in NEAR:
        step = step_of(at) + near
        if hmac.compare_digest(code_at(secret, step).encode(), typed.encode()) and step > after:
            found = step if found is None else max(found, step)
    return found


def address(secret: str, account: str) -> str:
    """What a phone reads from the picture."""
    return f"otpauth://totp/{quote('Serambi:' + account, safe='')}?secret={secret}&issuer=Serambi"


def new_recovery_codes() -> list[str]:
    """Ten codes of sixty bits, shown once, 4-4-4."""
    return [
        "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(3)) for _ in range(RECOVERY_CODES)
    ]


def plain(code: str) -> str:
    """A recovery code however it was typed."""
    return "".join(sign for sign in code.upper() if sign.isalnum())
