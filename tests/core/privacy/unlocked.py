"""Reads a locked ZIP as 7-Zip does, from what WinZip has written about the format."""

import hmac
import io
import struct
import zipfile
import zlib
from hashlib import pbkdf2_hmac

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms
from cryptography.hazmat.primitives.ciphers.modes import ECB


def unlocked(raw: bytes, password: str) -> dict[str, bytes]:
    """What each file holds; ValueError where the password is another one."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        for one in packed.infolist():
            assert one.compress_type == 99
            assert one.flag_bits & 1
            named, extra = struct.unpack("<HH", raw[one.header_offset + 26 : one.header_offset + 30])
            begins = one.header_offset + 30 + named + extra
            found[one.filename] = _opened(raw[begins : begins + one.compress_size], password, one.file_size)
    return found


def _opened(held: bytes, password: str, size: int) -> bytes:
    salt, check, body, proof = held[:16], held[16:18], held[18:-10], held[-10:]
    keys = pbkdf2_hmac("sha1", password.encode(), salt, 1000, 66)
    if keys[64:] != check or hmac.digest(keys[32:64], body, "sha1")[:10] != proof:
        raise ValueError("another password")
    out, cipher = bytearray(), Cipher(algorithms.AES(keys[:32]), ECB())
    for number in range(0, len(body), 16):
        block = cipher.encryptor().update((number // 16 + 1).to_bytes(16, "little"))
        out += bytes(one ^ other for one, other in zip(body[number : number + 16], block, strict=False))
    told = zlib.decompress(bytes(out), -15)
    assert len(told) == size
    return told
