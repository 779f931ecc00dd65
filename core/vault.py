"""Seals what a database thief must not read. Envelope `s1.<key id>.<base64>`, AES-256-GCM, a key per company.

What is sealed is bound to its company and its column: moved to another row's column or company it no longer opens.
"""

import base64
import hashlib
import hmac
import os
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from piccolo.columns import Text

from core import settings

KEY_ID = "m1"
MARK = f"s1.{KEY_ID}."


class Sealed(Text):
    """A column that holds only envelopes; `seal` makes them, `unseal` opens them."""

    value_type = str

    @property
    def column_type(self) -> str:
        return "TEXT"

    def __init__(self, *, null: bool = False, **more: Any) -> None:
        super().__init__(default=None if null else "", null=null, **more)


def seal(words: str, *, company: int, column: str) -> str:
    """The envelope of `words`, to be opened only for this company and this table.column."""
    nonce = os.urandom(12)
    box = AESGCM(_key(settings.current().master_key, company)).encrypt(nonce, words.encode(), _bound(company, column))
    return MARK + base64.urlsafe_b64encode(nonce + box).decode()


def unseal(envelope: str, *, company: int, column: str) -> str:
    """The words inside, or ValueError/InvalidTag when the envelope was made for another place or key."""
    if not envelope.startswith(MARK):
        raise ValueError(f"{column} does not hold an envelope")
    raw = base64.urlsafe_b64decode(envelope[len(MARK) :])
    return (
        AESGCM(_key(settings.current().master_key, company))
        .decrypt(raw[:12], raw[12:], _bound(company, column))
        .decode()
    )


def blind_index(value: str, *, field: str) -> str:
    """A keyed fingerprint by which an exact value is found again without being stored readably."""
    key = _derive(settings.current().master_key, f"index:{field}")
    return hmac.new(key, value.strip().lower().encode(), hashlib.sha256).hexdigest()[:32]


def _bound(company: int, column: str) -> bytes:
    return f"{company}|{column}|{KEY_ID}".encode()


def _key(master: str, company: int) -> bytes:
    return _derive(master, f"company:{company}")


@lru_cache(maxsize=4096)
def _derive(master: str, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"serambi:{purpose}".encode()).derive(master.encode())
