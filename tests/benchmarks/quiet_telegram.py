"""A Telegram that takes every message at once and notes when: `python -m tests.benchmarks.quiet_telegram PORT SLOTS PEOPLE TURNS`.

The n-th message to the chat of a person is the answer to their n-th turn.
"""

import asyncio
import json
import sys
from collections import Counter
from typing import ClassVar
from urllib.parse import parse_qs

from tests.benchmarks.slots import Slots

FIRST = 10_000  # the chat of the first person


class Quiet(asyncio.Protocol):
    """One connection of the product's client."""

    slots: ClassVar[Slots]
    people: ClassVar[int]
    heard: ClassVar[Counter[int]] = Counter()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport, self.got = transport, b""

    def data_received(self, data: bytes) -> None:
        self.got += data
        while True:
            head, end, rest = self.got.partition(b"\r\n\r\n")
            length = next(
                (int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0
            )
            if not end or len(rest) < length:
                return
            self.got = rest[length:]
            self._answer(head.split(b" ", 2)[1].decode(), rest[:length].decode())

    def _answer(self, path: str, body: str) -> None:
        told = json.loads(body) if body.startswith("{") else {name: one[0] for name, one in parse_qs(body).items()}
        chat = int(told.get("chat_id", 0))
        if path.endswith("/sendMessage"):
            turn, self.heard[chat] = self.heard[chat], self.heard[chat] + 1
            if (number := turn * self.people + chat - FIRST) < self.slots.count:
                self.slots.ran(number)
        result = {"message_id": 1, "date": 1, "chat": {"id": chat, "type": "private"}, "text": "x"}
        answer = json.dumps({"ok": True, "result": result}).encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(answer)}\r\n\r\n"
        self.transport.write(head.encode() + answer)  # type: ignore[attr-defined]


async def main(port: int, path: str, people: int, turns: int) -> None:
    """Listen until killed."""
    Quiet.slots, Quiet.people = Slots(path, people * turns), people
    server = await asyncio.get_running_loop().create_server(Quiet, "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])))
