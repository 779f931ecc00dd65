"""A ZIP that opens with a password alone: AES-256 as WinZip made it known (AE-2), which 7-Zip and its like open.

The password is ours and long (`password()`), since the format stretches it by a thousand rounds only.
"""

import hmac
import os
import secrets
import struct
import zlib
from collections.abc import Iterable
from datetime import datetime

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms
from cryptography.hazmat.primitives.ciphers.modes import ECB
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that are taken for another
ROUNDS, SALT, BLOCK = 1000, 16, 16
AES, DEFLATED, LOCKED_UTF8, NEEDED = 99, 8, 0x0801, 51
EXTRA = struct.pack("<HHH2sBH", 0x9901, 7, 2, b"AE", 3, DEFLATED)


def password() -> str:
    """A new one: 100 bits in five groups, such as can be read to somebody over the telephone."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(5))


def pack(files: Iterable[tuple[str, bytes]], secret: str, *, at: datetime) -> bytes:
    """These files in one ZIP; their names can be read without the password, what they hold cannot."""
    out, index, count = bytearray(), bytearray(), 0
    day = ((at.year - 1980) << 9) | (at.month << 5) | at.day
    clock = (at.hour << 11) | (at.minute << 5) | (at.second // 2)
    for name, raw in files:
        named, held = name.encode(), _locked(raw, secret)
        head = struct.pack(
            "<HHHHHIIIHH", NEEDED, LOCKED_UTF8, AES, clock, day, 0, len(held), len(raw), len(named), len(EXTRA)
        )
        index += b"PK\x01\x02" + struct.pack("<H", NEEDED) + head
        index += struct.pack("<HHHII", 0, 0, 0, 0, len(out)) + named + EXTRA
        out += b"PK\x03\x04" + head + named + EXTRA + held
        count += 1
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(index), len(out), 0)
    return bytes(out + index + b"PK\x05\x06" + end)


def _locked(raw: bytes, secret: str) -> bytes:
    salt = os.urandom(SALT)
    made = PBKDF2HMAC(SHA1(), 66, salt, ROUNDS).derive(secret.encode())  # noqa: S303  the format knows no other
    deflated = zlib.compress(raw, 6)[2:-4]
    held = _turned(deflated, made[:32])
    proof = hmac.digest(made[32:64], held, "sha1")[:10]
    return salt + made[64:66] + held + proof


def _turned(raw: bytes, key: bytes) -> bytes:
    """Counter mode whose counter begins at one and has its smallest byte first, as no library has it ready."""
    blocks = -(-len(raw) // BLOCK)
    counters = b"".join(number.to_bytes(BLOCK, "little") for number in range(1, blocks + 1))
    sealing = Cipher(algorithms.AES(key), ECB()).encryptor()  # noqa: S305  of counters, each once
    stream = sealing.update(counters)[: len(raw)]
    return (int.from_bytes(raw, "big") ^ int.from_bytes(stream, "big")).to_bytes(len(raw), "big")
