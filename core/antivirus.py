"""Asks a scanner about each file that somebody sent, where whoever runs Serambi names one; speaks clamd's own protocol.

The bytes go to the scanner as they came, before anything of them is kept: what it finds something in lies nowhere here.
"""

import asyncio
import re
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from core import database, log, metrics, settings
from core.errors import Refused

PIECE = 64 * 1024
PATIENCE = 20.0  # seconds for one file of ten megabytes; clamd needs less than one
LONGEST = 4096  # bytes of an answer
FOUND = re.compile(r"stream: (?P<what>.{1,200}) FOUND")
CLEAN = "stream: OK"


class Away(Exception):
    """The scanner does not answer, or not as one that has looked at the file."""


async def scan(raw: bytes) -> None:
    """Have these bytes looked at; does nothing where no scanner is named. Never inside a transaction.

    Refused: files.infected, and files.not_scanned where nobody could look and nothing is taken unseen.
    """
    made = settings.current()
    if not made.clamd:
        return
    assert not database.in_transaction()
    try:
        found = await infected(raw)
    except Away as away:
        metrics.SCANS.labels("away").inc()
        log.error("scanner_away", reason=str(away))
        if made.clamd_away == "take":
            return
        raise Refused("files.not_scanned") from None
    metrics.SCANS.labels("found" if found else "clean").inc()
    if found:
        log.warning("file_infected", reason=found)
        raise Refused("files.infected")


async def infected(raw: bytes) -> str | None:
    """What the scanner finds in these bytes; None when it finds nothing. Raises Away."""
    told = await _asked(b"zINSTREAM\0", [raw[at : at + PIECE] for at in range(0, len(raw), PIECE)])
    if told == CLEAN:
        return None
    if named := FOUND.fullmatch(told):
        return named["what"]
    raise Away(told[:100] or "it said nothing")


async def version() -> str:
    """Which scanner with which signatures of which day answers. Raises Away."""
    return (await _asked(b"zVERSION\0", None))[:100]


async def _asked(command: bytes, pieces: list[bytes] | None) -> str:
    try:
        async with asyncio.timeout(PATIENCE), _connected() as (reader, writer):
            writer.write(command)
            try:
                for piece in pieces or ():
                    writer.write(struct.pack(">I", len(piece)) + piece)
                    await writer.drain()
                if pieces is not None:
                    writer.write(struct.pack(">I", 0))
                    await writer.drain()
            except ConnectionError:
                pass  # it hangs up on what is too large for it, and has said so before
            answer = await reader.read(LONGEST)
            while answer and not answer.endswith(b"\0") and len(answer) < LONGEST:
                more = await reader.read(LONGEST)
                if not more:
                    break
                answer += more
    except (OSError, TimeoutError) as fault:
        raise Away(type(fault).__name__) from None
    return answer.rstrip(b"\0\n").decode(errors="replace")


@asynccontextmanager
async def _connected() -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    where = urlsplit(settings.current().clamd)
    reader, writer = await (
        asyncio.open_unix_connection(where.path)
        if where.scheme == "unix"
        else asyncio.open_connection(where.hostname, where.port)
    )
    try:
        yield reader, writer
    finally:
        writer.close()
