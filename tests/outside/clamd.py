"""Stands in for ClamAV's scanner: speaks its protocol over a real socket, and knows one virus, the harmless EICAR."""

import asyncio
import struct
from dataclasses import dataclass, field
from pathlib import Path

# Written in two parts, or a scanner of whoever has this file would find it here.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + rb"ANTIVIRUS-TEST-FILE!$H+H*"
LARGEST = 25 * 1024 * 1024


@dataclass
class Clamd:
    """A scanner that answers until it is told to be ill."""

    says: str = ""  # said instead of an answer
    largest: int = LARGEST
    silent: bool = False
    seen: list[bytes] = field(default_factory=list)
    address: str = ""
    _server: asyncio.Server | None = None

    async def start(self, path: Path | None = None) -> "Clamd":
        """Listen, at a file or at a port."""
        if path is None:
            self._server = await asyncio.start_server(self._asked, "127.0.0.1", 0)
            self.address = f"tcp://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        else:
            self._server = await asyncio.start_unix_server(self._asked, path)
            self.address = f"unix://{path}"
        return self

    async def stop(self) -> None:
        """Be away."""
        assert self._server is not None
        self._server.close()

    async def _asked(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            command = await reader.readuntil(b"\0")
            if self.silent:
                await reader.read()
                return
            writer.write((self.says or await self._answer(command, reader)).encode() + b"\0")
            await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _answer(self, command: bytes, reader: asyncio.StreamReader) -> str:
        if command == b"zVERSION\0":
            return "ClamAV 1.4.3/27700/Fri Nov 27 10:00:00 2026"
        if command != b"zINSTREAM\0":
            return "UNKNOWN COMMAND"
        raw = b""
        while length := struct.unpack(">I", await reader.readexactly(4))[0]:
            if len(raw) + length > self.largest:
                return "INSTREAM size limit exceeded. ERROR"
            raw += await reader.readexactly(length)
        self.seen.append(raw)
        return "stream: Eicar-Test-Signature FOUND" if EICAR in raw else "stream: OK"
