"""The files that pages use: only those of the folder, packed, kept by browsers for a year under their version."""

import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery

from backoffice.asker import Web
from backoffice.rendering import HERE

KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
YEAR = 365 * 24 * 3600
# What is written for us alone, and between the lines: a browser waits for each letter.
FOR_US = {".js": re.compile(rb"(?m)^[ \t]*//.*\n"), ".css": re.compile(rb"(?s)/\*.*?\*/\n?|(?m:^[ \t]+)")}


@dataclass(frozen=True)
class File:
    """A file of the pages, as it is sent."""

    raw: bytes
    packed: bytes
    kind: str
    tag: str


@get("/static/{name:path}")
async def static(request: Web, name: FromPath[str], v: FromQuery[str] = "") -> Response[bytes]:
    """A file by its name; with its version in the address it is kept for a year, without it is asked for again."""
    found = _file(name.lstrip("/"))
    if found is None:
        raise NotFoundException
    headers = {
        "etag": found.tag, "vary": "accept-encoding", "x-content-type-options": "nosniff",
        "cross-origin-resource-policy": "same-origin",
        "cache-control": f"public, max-age={YEAR}, immutable" if v and v in found.tag else "public, no-cache",
    }  # fmt: skip
    if request.headers.get("if-none-match") in (found.tag, "*"):
        return Response(b"", status_code=304, headers=headers, media_type=found.kind)
    packed = "gzip" in request.headers.get("accept-encoding", "")
    if packed:
        headers["content-encoding"] = "gzip"
    return Response(found.packed if packed else found.raw, headers=headers, media_type=found.kind)


@lru_cache(maxsize=64)
def _file(name: str) -> File | None:
    """Only files that lie in the folder, of a kind that pages use."""
    names = {path.relative_to(HERE / "static").as_posix(): path for path in _all_files()}
    path = names.get(name)
    if path is None:
        return None
    raw = path.read_bytes()
    tag = hashlib.sha256(raw).hexdigest()[:12]  # as pages name it: of the file that lies here
    if path.suffix in FOR_US and path.parent.name != "vendor":
        raw = FOR_US[path.suffix].sub(b"", raw)
    return File(raw, gzip.compress(raw, 9, mtime=0), KINDS[path.suffix], f'"{tag}"')


def _all_files() -> list[Path]:
    return [path for path in (HERE / "static").rglob("*") if path.suffix in KINDS and path.is_file()]
