"""How one key is wrapped with another: AES-256-GCM, bound to its place, so that moved elsewhere it does not open."""

import base64
import os
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM


class WrongMaster(ValueError):
    """The keys were wrapped with another master key than the one given."""


def new_kid(kind: str) -> str:
    """A name for a new key; its first letter says of what kind it is."""
    return kind + secrets.token_urlsafe(9)


def wrap(key: bytes, raw: bytes, *place: object) -> str:
    """This key, wrapped with another, for this place."""
    nonce = os.urandom(12)
    return base64.urlsafe_b64encode(nonce + AESGCM(key).encrypt(nonce, raw, _place(place))).decode()


def unwrap(key: bytes, wrapped: str, *place: object) -> bytes:
    """The key inside, or WrongMaster."""
    box = base64.urlsafe_b64decode(wrapped)
    try:
        return AESGCM(key).decrypt(box[:12], box[12:], _place(place))
    except InvalidTag:
        raise WrongMaster("a wrapped key does not open: SERAMBI_KEYS was changed by another hand") from None


def _place(place: tuple[object, ...]) -> bytes:
    return "|".join(map(str, place)).encode()
