"""What one message costs the process itself, in processor time: `python -m tests.benchmarks.own_work`.

Where others share the machine, the clock says little; what the process has worked says more, and its smallest figure the
most. All that the product does for a message is done in one process, from its bytes at the door to the last row that is
written down about its answer; only the network is left out: no HTTP server, and a Telegram that takes everything at once.
A question, a request that is agreed to, and what is only taken in, 32 at once.
"""

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
from pathlib import Path

import uvloop

from tests.benchmarks import big_company, intake, turn
from tests.benchmarks.quiet_telegram import FIRST

HEADERS = {"x-telegram-bot-api-secret-token": intake.SECRET}
AT_ONCE = 32


def update(number: int, person: int, words: str) -> bytes:
    """The body of what Telegram posts when this person writes these words."""
    return turn.update(number, person, words).partition(b"\r\n\r\n")[2]


async def talk(people: int) -> dict[str, float]:
    """Milliseconds for a turn, of each kind, one after the other; and microseconds for what is taken in."""
    from bot import conversation as _conversation  # noqa: F401  registers what it does
    from bot import delivery as _delivery  # noqa: F401  registers what it does
    from bot import webhooks
    from bot.channels import CHANNELS, Sent
    from core import pump, settings
    from core.commands import opened

    said: set[str] = set()
    heard = asyncio.Event()

    async def send(message: object, *, to: str, edits: str | None) -> Sent:
        said.add(to)
        heard.set()
        return Sent("1")

    CHANNELS["telegram"].send = send  # type: ignore[method-assign]
    found: dict[str, float] = {}
    made = settings.load(os.environ)
    async with opened(made):
        pump.start()
        for nth, name in enumerate(("question", "request")):
            for person in range(people):
                if person == people // 10:  # what is learned once is learned
                    await asyncio.sleep(0.1)
                    begun = time.process_time()
                said.discard(str(FIRST + person))
                await webhooks.take_update(None, HEADERS, update(nth * people + person, person, turn.TURNS[nth]))
                while str(FIRST + person) not in said:
                    heard.clear()
                    await heard.wait()
            await asyncio.sleep(0.1)
            found[name] = (time.process_time() - begun) / (people - people // 10) * 1000
        await pump.stop()
        found["taken in"] = await _taken_in(webhooks.take_update, people * 20)
    return found


async def _taken_in(take: object, count: int) -> float:
    waiting = iter([update(1_000_000 + number, 100_000 + number % 5_000, "sisa cuti saya") for number in range(count)])

    async def one() -> None:
        for body in waiting:
            await take(None, HEADERS, body)  # type: ignore[operator]

    begun = time.process_time()
    await asyncio.gather(*(one() for _ in range(AT_ONCE)))
    return (time.process_time() - begun) / count * 1e6


def main() -> int:
    """Measure in a process of its own, so often, and say the smallest of each."""
    told = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    told.add_argument("--people", type=int, default=100)
    told.add_argument("--url", default="")
    given = told.parse_args()
    with tempfile.TemporaryDirectory() as name:
        made = big_company.made(Path(name), given.people * 2, given.url)
        asyncio.run(turn.link(made.url, given.people))
        os.environ |= made.environment | {
            "SERAMBI_TELEGRAM_TOKEN": "1:benchmark", "SERAMBI_TELEGRAM_SECRET": intake.SECRET,
            "SERAMBI_BASE_URL": "http://127.0.0.1:8000", "SERAMBI_TELEGRAM_PER_SECOND": "100000",
        }  # fmt: skip
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            found = runner.run(talk(given.people))
    print(json.dumps({name: round(value, 2) for name, value in found.items()}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
