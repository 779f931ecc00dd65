"""The one file of a backup: a manifest, the rows of each table, the files people sent; any changed bit is noticed.

It is a tar behind a line of our own, compressed, and ends with the SHA-256 of everything before. That is compared
before a byte of it is unpacked. Who can write such a file can write another hash too: keep it where strangers can't.
"""

import hashlib
import io
import os
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import msgspec

FIRST_LINE = b"serambi backup 1\n"
MANIFEST = "manifest.json"
PART = 1024 * 1024
LARGEST_MANIFEST = 1024 * PART  # it names each file that people sent: some ten million


class Damaged(Exception):
    """It is not a backup of ours, or not any more."""


class Table(msgspec.Struct):
    """The rows of one table: how many, in which columns, and the hash of what is written of them."""

    columns: list[str]
    rows: int
    sha256: str


class Manifest(msgspec.Struct):
    """What a backup says of itself."""

    release: str
    made_at: str
    database: str  # sqlite | postgres: where it was made; it goes back into either
    migrations: list[str]
    tables: dict[str, Table]
    audit: dict[str, list[Any]]  # company -> number and hash of its newest entry
    files: dict[str, str]  # path in the folder of files -> SHA-256
    absent: list[str]  # files that were gone already, though a row still named them
    wrong: list[str]  # what was not in order already


class _Writing(io.RawIOBase):
    """Compresses what is written, and hashes what comes of it."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out, self._packer, self.hash = out, zlib.compressobj(1, wbits=31), hashlib.sha256()
        self._put(FIRST_LINE)

    def writable(self) -> bool:
        return True

    def write(self, raw: Any) -> int:
        self._put(self._packer.compress(raw))
        return len(raw)

    def _put(self, raw: bytes) -> None:
        self.hash.update(raw)
        self._out.write(raw)

    def finish(self) -> None:
        """The rest, the hash, and everything on the disk."""
        self._put(self._packer.flush())
        self._out.write(self.hash.digest())
        self._out.flush()
        os.fsync(self._out.fileno())


def alone(path: Path) -> IO[bytes]:
    """A new file that only its owner may open from its first instant on: who opened it earlier would read it all."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


@contextmanager
def writing(path: Path) -> Iterator[tarfile.TarFile]:
    """A new file that only its owner reads; whole on the disk at the end of the block."""
    with alone(path) as out:
        packing = _Writing(out)
        with tarfile.open(fileobj=packing, mode="w|", format=tarfile.PAX_FORMAT) as tar:
            yield tar
        packing.finish()


def add(tar: tarfile.TarFile, name: str, raw: bytes) -> None:
    """Put something small in."""
    entry = tarfile.TarInfo(name)
    entry.size = len(raw)
    tar.addfile(entry, io.BytesIO(raw))


class _Body(io.RawIOBase):
    """What stands between the first line and the hash, unpacked."""

    def __init__(self, held: IO[bytes], length: int) -> None:
        self._held, self._left, self._unpacker, self._ready = held, length, zlib.decompressobj(wbits=31), b""

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        while not self._ready:
            packed = self._unpacker.unconsumed_tail
            if not packed:
                if not self._left:
                    return 0
                packed = self._held.read(min(PART, self._left))
                self._left -= len(packed)
            # So much at a time and no more: a thousandfold of it may be packed in these bytes.
            self._ready = self._unpacker.decompress(packed, PART)
        given = self._ready[: len(into)]
        into[: len(given)] = given
        self._ready = self._ready[len(given) :]
        return len(given)


@contextmanager
def reading(path: Path) -> Iterator[tuple[Manifest, tarfile.TarFile]]:
    """The manifest, and what follows it one after the other; Damaged before anything of it is believed."""
    with path.open("rb") as held:
        length = _proven(held, path)
        with io.BufferedReader(_Body(held, length), PART) as body, tarfile.open(fileobj=body, mode="r|") as tar:
            first = tar.next()
            raw = tar.extractfile(first) if first is not None and first.name == MANIFEST else None
            if raw is None or first is None or first.size > LARGEST_MANIFEST:
                raise Damaged(f"{path} has no manifest: it is not a backup of Serambi")
            yield msgspec.json.decode(raw.read(), type=Manifest), tar


def _proven(held: IO[bytes], path: Path) -> int:
    """The length of the body, once the hash at the end fits."""
    length = os.fstat(held.fileno()).st_size - len(FIRST_LINE) - hashlib.sha256().digest_size
    first = held.read(len(FIRST_LINE))
    if first != FIRST_LINE or length <= 0:
        raise Damaged(f"{path} does not begin as a backup of Serambi does: it is another file, or it was changed")
    made, left = hashlib.sha256(first), length
    while left and (part := held.read(min(PART, left))):
        made.update(part)
        left -= len(part)
    if held.read() != made.digest():
        raise Damaged(f"{path} was changed or cut off since it was made: use another backup")
    held.seek(len(FIRST_LINE))
    return length
