"""A device with passkeys, in software: it makes key pairs and signs challenges as the standard says (WebAuthn, 6 and 7).

`cryptography` signs and the structures are written out here, so that what the library reads is not what it wrote.
"""

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

PRESENT, VERIFIED, ATTESTED = 1, 4, 64


def b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Authenticator:
    """One device with one passkey, on a page of `origin`."""

    origin: str
    verifies: bool = True  # whether it asks for a finger or a PIN
    counts: bool = True
    count: int = 0
    id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    handle: bytes = b""

    def makes(self, options: dict[str, Any], **said: Any) -> str:
        """What a browser hands over for `navigator.credentials.create`, with a self-attestation."""
        self.handle = unb64(options["user"]["id"])
        numbers = self.key.public_key().public_numbers()
        cose = b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20" + numbers.x.to_bytes(32, "big")
        cose += b"\x22\x58\x20" + numbers.y.to_bytes(32, "big")
        data = self._data(options["rp"]["id"], ATTESTED)
        data += bytes(15) + b"\x01" + len(self.id).to_bytes(2, "big") + self.id + cose
        client = self._client("webauthn.create", options["challenge"], said)
        signature = self._signs(data + hashlib.sha256(client).digest())
        # A map in CBOR: the format, its statement (algorithm and signature), the data that was signed.
        statement = b"\xa2\x63alg\x26\x63sig\x58" + bytes([len(signature)]) + signature
        made = b"\xa3\x63fmt\x66packed\x67attStmt" + statement
        made += b"\x68authData\x59" + len(data).to_bytes(2, "big") + data
        return self._answer(
            {"clientDataJSON": b64(client), "attestationObject": b64(made), "transports": ["internal", "hybrid"]}
        )

    def signs(self, options: dict[str, Any], **said: Any) -> str:
        """What a browser hands over for `navigator.credentials.get`."""
        self.count += self.counts
        data = self._data(said.pop("rp", options["rpId"]), 0)
        client = self._client("webauthn.get", options["challenge"], said)
        signature = self._signs(data + hashlib.sha256(client).digest())
        return self._answer(
            {
                "clientDataJSON": b64(client), "authenticatorData": b64(data), "signature": b64(signature),
                "userHandle": b64(self.handle),
            }
        )  # fmt: skip

    def _data(self, name: str, flags: int) -> bytes:
        flags |= PRESENT | (VERIFIED if self.verifies else 0)
        return hashlib.sha256(name.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _client(self, kind: str, challenge: str, said: dict[str, Any]) -> bytes:
        told = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False} | said
        return json.dumps(told).encode()

    def _signs(self, what: bytes) -> bytes:
        return self.key.sign(what, ec.ECDSA(hashes.SHA256()))

    def _answer(self, response: dict[str, Any]) -> str:
        return json.dumps({"id": b64(self.id), "rawId": b64(self.id), "type": "public-key", "response": response})
