"""The files of the training films: the same for everybody, whole or in part, so that a player can go to any moment."""

import asyncio
import hashlib
import re
from functools import lru_cache
from pathlib import Path

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery

from backoffice.asker import Web
from core.training import catalogue
from core.training.catalogue import Film

KINDS = {".mp4": "video/mp4", ".vtt": "text/vtt", ".jpg": "image/jpeg"}
YEAR = 365 * 24 * 3600
_ONE_RANGE = re.compile(r"bytes=(\d{0,12})-(\d{0,12})")


@get("/training/{film:str}/{name:str}", opt={"open": True})
async def film_file(request: Web, film: FromPath[str], name: FromPath[str], v: FromQuery[str] = "") -> Response[bytes]:
    """A file of a film; its bytes from one to another where a player asks for those."""
    made = catalogue.films().get(film)
    path = made.files.get(name) if made is not None else None
    if path is None or not path.is_file():
        raise NotFoundException
    tag = version(path)
    headers = {
        "etag": f'"{tag}"', "accept-ranges": "bytes",
        "cache-control": f"public, max-age={YEAR}, immutable" if v == tag else "public, no-cache",
    }  # fmt: skip
    kind, whole = KINDS[path.suffix], path.stat().st_size
    if request.headers.get("if-none-match") in (headers["etag"], "*"):
        return Response(b"", status_code=304, headers=headers, media_type=kind)
    asked = request.headers.get("range", "")
    if request.headers.get("if-range", headers["etag"]) != headers["etag"]:
        asked = ""  # what it has the beginning of is another file by now
    part = span(asked, whole)
    if part is None:
        headers["content-range"] = f"bytes */{whole}"
        return Response(b"", status_code=416, headers=headers, media_type=kind)
    raw = await asyncio.to_thread(_read, path, *part)
    if part == (0, whole) and not _ONE_RANGE.fullmatch(asked):
        return Response(raw, headers=headers, media_type=kind)
    headers["content-range"] = f"bytes {part[0]}-{part[1] - 1}/{whole}"
    return Response(raw, status_code=206, headers=headers, media_type=kind)


def span(asked: str, whole: int) -> tuple[int, int] | None:
    """From which byte up to which is asked for; all of them where nothing is that we know, None where there are none.

    Several parts at once may be answered with the whole (RFC 9110, 14.2); no player needs them.
    """
    found = _ONE_RANGE.fullmatch(asked.strip())
    if found is None or found[1] == found[2] == "":
        return (0, whole)
    if not found[1]:  # the last so many
        last = int(found[2])
        return (max(0, whole - last), whole) if last else None
    first, end = int(found[1]), int(found[2]) + 1 if found[2] else whole
    if found[2] and end <= first:
        return (0, whole)  # no range at all, so it is not heard
    return (first, min(end, whole)) if first < whole else None


def address(film: Film, name: str) -> str:
    """Where a file is, by its version: browsers keep it until it changes."""
    path = film.files[name]
    return f"/training/{film.id}/{name}" + (f"?v={version(path)}" if path.is_file() else "")


@lru_cache(maxsize=512)
def version(path: Path) -> str:
    """Names what is in a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def _read(path: Path, first: int, end: int) -> bytes:
    with path.open("rb") as opened:
        opened.seek(first)
        return opened.read(end - first)
