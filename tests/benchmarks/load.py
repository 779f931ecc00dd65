"""A load of HTTP from a process of its own: so many connections, each asking again as soon as it was answered, or paced.

The requests are made beforehand, so that what is measured is the server. An answer that is not 200 ends the run: what is
refused at once would look fast.
"""

import asyncio
import multiprocessing
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Any

CONNECTIONS = 32


@dataclass(frozen=True)
class Loaded:
    """How many answers a second, and how long one took, in milliseconds."""

    rate: float
    p50: float
    p99: float


class Client(asyncio.Protocol):
    """One connection: sends a request, hands over the answer when its last byte is here."""

    def __init__(self) -> None:
        self.got = b""
        self.waits: asyncio.Future[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport: Any = transport

    def data_received(self, data: bytes) -> None:
        self.got += data
        head, end, body = self.got.partition(b"\r\n\r\n")
        if not end or len(body) < _length(head):
            return
        self.got = b""
        if self.waits is not None and not self.waits.done():
            if head[9:12] == b"200":
                self.waits.set_result(None)
            else:
                self.waits.set_exception(RuntimeError((head + b"\n" + body)[:400].decode("utf-8", "replace")))

    def connection_lost(self, fault: Exception | None) -> None:
        if self.waits is not None and not self.waits.done():
            self.waits.set_exception(fault or ConnectionResetError("the server closed the connection"))

    async def ask(self, request: bytes) -> float:
        begun = time.perf_counter()
        self.waits = asyncio.get_running_loop().create_future()
        self.transport.write(request)
        await self.waits
        return time.perf_counter() - begun


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"content-length:"):
            return int(line[15:])
    return 0


async def _drive(
    port: int, requests: Sequence[bytes], connections: int, rate: float | None
) -> tuple[float, list[float]]:
    loop = asyncio.get_running_loop()
    clients = [(await loop.create_connection(Client, "127.0.0.1", port))[1] for _ in range(connections)]
    waiting, took = iter(requests), []
    begun = time.perf_counter()

    async def one(number: int, client: Client) -> None:
        turn = number
        for request in waiting:
            if rate is not None:
                due = begun + turn / rate
                turn += connections
                if (rest := due - time.perf_counter()) > 0:
                    await asyncio.sleep(rest)
            took.append(await client.ask(request))

    await asyncio.gather(*(one(number, client) for number, client in enumerate(clients)))
    return time.perf_counter() - begun, took


def _process(pipe: Any, port: int, requests: Sequence[bytes], connections: int, rate: float | None) -> None:
    try:
        pipe.send(asyncio.run(_drive(port, requests, connections, rate)))
    except Exception as fault:  # told to whoever measures
        pipe.send(repr(fault))


def load(port: int, requests: Sequence[bytes], *, connections: int = CONNECTIONS, rate: float | None = None) -> Loaded:
    """Ask all of this, as fast as it is answered or at this rate; raises when something was not answered 200."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("fork").Process(
        target=_process, args=(there, port, requests, connections, rate), daemon=True
    )
    process.start()
    told = here.recv()
    process.join()
    if isinstance(told, str):
        raise RuntimeError(told)
    seconds, took = told
    return Loaded(len(took) / seconds, median(took) * 1000, quantiles(took, n=100)[-1] * 1000)


def ask(port: int, request: bytes) -> None:
    """Ask this one thing; raises when it was not answered 200."""
    with socket.create_connection(("127.0.0.1", port), 30) as there:
        there.sendall(request)
        answer = there.recv(4096)
    if answer[9:12] != b"200":
        raise RuntimeError(answer[:400].decode("utf-8", "replace"))


Make = Callable[[int], bytes]


def post(path: str, body: bytes, headers: dict[str, str]) -> bytes:
    """A request as it goes over the wire."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(body)}\r\n{lines}\r\n".encode() + body
