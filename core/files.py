"""What people send as files: looked at, cleaned, and sealed in a folder; what a file is about stands in its row.

Each file has a key of its own, which its row keeps sealed: whoever has the folder has nothing, and when the key of the
row is destroyed the file is gone too. It is written in pieces of 64 KiB, each bound to its place: none can be left out.
"""

import errno
import hashlib
import io
import os
import secrets
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from core import clock, log, settings
from core.crash import crashpoint
from core.errors import Refused

if TYPE_CHECKING:
    from PIL import Image

MOST = 10 * 1024 * 1024
PIECE = 64 * 1024
MARK = b"sf1."
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
ORPHAN = 3600  # seconds after which a file without a row is nobody's
MOST_PIXELS = 50_000_000
MOST_UNPACKED, MOST_ENTRIES, MOST_RATIO = 50 * 1024 * 1024, 1000, 100
PICTURES = {"JPEG": ("jpg", "image/jpeg"), "PNG": ("png", "image/png"), "WEBP": ("webp", "image/webp")}
TYPES = {
    "jpg": "image/jpeg", "png": "image/png", "webp": "image/webp", "pdf": "application/pdf", "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip
PAPERS = frozenset({"jpg", "png", "webp", "pdf"})  # what a certificate may be


@dataclass(frozen=True)
class Examined:
    """A file as it may be kept: its type as its bytes show it, pictures drawn anew without what the camera noted."""

    type: str
    raw: bytes

    @property
    def sha256(self) -> str:
        """The fingerprint of what is kept."""
        return hashlib.sha256(self.raw).hexdigest()


@dataclass(frozen=True)
class Written:
    """Where a file lies in its company's folder, and the key that opens it."""

    path: str
    key: str


def examine(raw: bytes, name: str = "") -> Examined:
    """Look at a file as a stranger's, or refuse it. Takes a moment for large pictures: call it in a thread."""
    if not raw:
        raise Refused("files.empty")
    if len(raw) > MOST:
        raise Refused("files.too_large", most="10 MB")
    if raw.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (raw[:4] == b"RIFF" and raw[8:12] == b"WEBP"):
        return _picture(raw)
    if raw.startswith(b"%PDF-"):
        return Examined("pdf", raw)
    if raw.startswith(b"PK\x03\x04"):
        return _workbook(raw)
    if name.lower().endswith(".csv") and _is_text(raw):
        return Examined("csv", raw)
    raise Refused("files.other_type")


def _picture(raw: bytes) -> Examined:
    """The picture drawn anew: turned as it is looked at, without place, camera or anything hidden behind it."""
    from PIL import Image, ImageOps  # few processes ever see a picture

    try:
        with Image.open(io.BytesIO(raw), formats=list(PICTURES)) as opened:
            format_ = opened.format or ""
            if opened.width * opened.height > MOST_PIXELS:
                raise Refused("files.too_many_pixels")
            drawn = ImageOps.exif_transpose(opened)
            drawn = drawn.convert("RGB") if format_ == "JPEG" else drawn.convert("RGBA" if _clear(drawn) else "RGB")
    except Refused:
        raise
    except Exception as broken:  # the decoder meets the world here: whatever it stumbles over is no picture
        raise Refused("files.broken_picture") from broken
    drawn.info.clear()
    out = io.BytesIO()
    drawn.save(out, format_, **({} if format_ == "PNG" else {"quality": 88}))
    if out.tell() > MOST:
        raise Refused("files.too_large", most="10 MB")
    return Examined(PICTURES[format_][0], out.getvalue())


def _clear(drawn: "Image.Image") -> bool:
    return drawn.mode in ("RGBA", "LA", "PA") or "transparency" in drawn.info


def _workbook(raw: bytes) -> Examined:
    """A workbook without programs, and not larger unpacked than it may be."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            entries = packed.infolist()
    except (zipfile.BadZipFile, RuntimeError, ValueError, struct.error) as broken:
        raise Refused("files.other_type") from broken
    names = {one.filename.lower() for one in entries}
    unpacked = sum(one.file_size for one in entries)
    if len(entries) > MOST_ENTRIES or unpacked > min(MOST_UNPACKED, MOST_RATIO * len(raw)):
        raise Refused("files.unpacks_too_large")
    if not {"[content_types].xml", "xl/workbook.xml"} <= names or any(one.endswith(".bin") for one in names):
        raise Refused("files.other_type")
    return Examined("xlsx", raw)


def _is_text(raw: bytes) -> bool:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    odd = any(sign < " " and sign not in "\t\r\n" for sign in text)
    return not odd and not text.lstrip().startswith(("<", "{", "#!", "%"))


def write(raw: bytes, *, company: int) -> Written:
    """Seal these bytes into a file with a random name; it is on disk when this returns. Its row is written after it."""
    key, name = AESGCM.generate_key(256), secrets.token_hex(16)
    path = path_of(company, name)
    half = path.with_suffix(".half")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write_half(half, raw, AESGCM(key), company, name)
        crashpoint("files.half")
        half.rename(path)
    except OSError as full:
        half.unlink(missing_ok=True)
        if full.errno not in FULL:
            raise
        log.error("files_no_room", company=company, fault=full)
        raise Refused("files.no_room") from full
    crashpoint("files.written")
    return Written(name, key.hex())


def _write_half(half: Path, raw: bytes, box: AESGCM, company: int, name: str) -> None:
    with open(half, "wb", opener=lambda file, flags: os.open(file, flags, 0o600)) as opened:
        opened.write(MARK)
        count = max(1, -(-len(raw) // PIECE))
        for place in range(count):
            piece = raw[place * PIECE : (place + 1) * PIECE]
            # A key is used for one file alone, so the place of a piece is nonce enough.
            opened.write(box.encrypt(_nonce(place), piece, _bound(company, name, last=place == count - 1)))
        opened.flush()
        os.fsync(opened.fileno())


def pieces(path: str, key: str, *, company: int) -> Iterator[bytes]:
    """The bytes of a file again, piece by piece; raises before the end when one was changed or is missing."""
    box = AESGCM(bytes.fromhex(key))
    with path_of(company, path).open("rb") as opened:
        if opened.read(len(MARK)) != MARK:
            raise ValueError("this is no sealed file")
        sealed, place = opened.read(PIECE + 16), 0
        while True:
            following = opened.read(PIECE + 16)
            yield box.decrypt(_nonce(place), sealed, _bound(company, path, last=not following))
            if not following:
                return
            sealed, place = following, place + 1


def remove(path: str, *, company: int) -> None:
    """Take a file away; one that is gone already is no fault."""
    file = path_of(company, path)
    file.unlink(missing_ok=True)
    file.with_suffix(".half").unlink(missing_ok=True)


def lying(company: int) -> Iterator[tuple[str, bool]]:
    """The files of a company's folder, and whether each is old enough that its row should be there."""
    before = clock.now().timestamp() - ORPHAN
    for file in _folder(company).glob("*/*"):
        try:
            yield file.stem, file.stat().st_mtime < before
        except FileNotFoundError:
            continue


def path_of(company: int, name: str) -> Path:
    """Where a file of this name lies; it may be gone."""
    if len(name) != 32 or not set(name) <= set("0123456789abcdef"):
        raise ValueError("this is no name of ours")
    return _folder(company) / name[:2] / name


def _folder(company: int) -> Path:
    return Path(settings.current().files) / str(int(company))


def _nonce(place: int) -> bytes:
    return struct.pack(">IQ", 0, place)


def _bound(company: int, name: str, *, last: bool) -> bytes:
    return f"{company}|{name}|{'last' if last else 'more'}".encode()
