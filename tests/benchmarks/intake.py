"""How fast what a platform posts is verified, stored once, committed and answered 200: `python -m tests.benchmarks.intake`.

In one run, in turn: the product (`serambi web` with its shipped settings) on SQLite and on PostgreSQL, the floor that does
the same durable work and nothing else, python-telegram-bot's own webhook echo, which stores nothing, and slack-bolt's own
server. Prints medians of the rounds and their ratios; goals: three times the echo and twice slack-bolt on SQLite, one and a
half times the echo on PostgreSQL, at half of that load 3 ms (median) and 25 ms (p99), a press in Slack acknowledged five
times sooner than by slack-bolt. PostgreSQL and Redis, the doorbell, are found as the tests find them:
`python -m tests.services postgres redis -- python -m tests.benchmarks.intake`, which is what `make bench` does.
"""

import argparse
import asyncio
import contextlib
import hashlib
import hmac
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode

import asyncpg

from tests.benchmarks import peers
from tests.benchmarks.load import Loaded, load, post
from tests.services import free_port

HERE = Path(__file__).parent
SERAMBI = Path(sys.executable).with_name("serambi")
SECRET = "benchmark-secret"
KEY = "a-key-for-benchmarks-only-0123456789"
SENDERS = 5_000
POSTGRES = os.environ.get("TEST_POSTGRES_URL", "")
DOORBELL = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/0").rpartition("/")[0] + "/9"
GOALS = {"sqlite / echo": 3.0, "sqlite / bolt": 2.0, "postgresql / echo": 1.5, "bolt ms / ours": 5.0}


def updates(count: int, *, first: int, path: str) -> list[bytes]:
    """Messages of many people to a Telegram bot, as the Bot API posts them."""
    made = []
    for number in range(first, first + count):
        sender = 10_000 + number % SENDERS
        who = {"id": sender, "is_bot": False, "first_name": "Sari", "username": f"sari{sender}", "language_code": "id"}
        chat = {"id": sender, "first_name": "Sari", "username": f"sari{sender}", "type": "private"}
        message = {
            "message_id": number,
            "from": who,
            "chat": chat,
            "date": 1_780_000_000,
            "text": "sisa cuti saya berapa ya",
        }
        body = json.dumps({"update_id": 100_000_000 + number, "message": message}).encode()
        headers = {"Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": SECRET}
        made.append(post(path, body, headers))
    return made


def presses(count: int, *, first: int, path: str) -> list[bytes]:
    """Presses of a button on a card in Slack, signed now."""
    made = []
    for number in range(first, first + count):
        action = {"action_id": "b:ok", "block_id": "b", "type": "button", "value": "ok", "action_ts": f"{number}.0001"}
        payload = {
            "type": "block_actions", "team": {"id": "T1", "domain": "x"}, "user": {"id": f"U{number % SENDERS}", "team_id": "T1"},
            "api_app_id": "A1", "trigger_id": f"{number}.1.a", "response_url": "https://hooks.slack.example/x",
            "container": {"type": "message", "message_ts": "1.1", "channel_id": "D1"}, "channel": {"id": "D1", "name": "dm"},
            "actions": [action],
        }  # fmt: skip
        body = urlencode({"payload": json.dumps(payload)}).encode()
        at = str(int(time.time()))
        signed = hmac.new(SECRET.encode(), f"v0:{at}:".encode() + body, hashlib.sha256).hexdigest()
        headers = {
            "Content-Type": "application/x-www-form-urlencoded", "X-Slack-Request-Timestamp": at,
            "X-Slack-Signature": f"v0={signed}",
        }  # fmt: skip
        made.append(post(path, body, headers))
    return made


@dataclass(frozen=True)
class Server:
    """One that listens."""

    port: int
    pid: int

    def busy(self) -> float:
        """The seconds its process has worked, in all its threads."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def served(command: Sequence[str | Path], port: int, environment: dict[str, str] | None = None) -> Iterator[Server]:
    """A server that listens, until the block ends."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("SERAMBI_")}
    process = subprocess.Popen(
        [str(part) for part in command], env=clean | (environment or {}), stdout=subprocess.DEVNULL
    )
    try:
        give_up = time.monotonic() + 60
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            if process.poll() is not None or time.monotonic() > give_up:
                raise RuntimeError(f"{command} did not start")
            time.sleep(0.1)
        yield Server(port, process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


@contextlib.contextmanager
def database() -> Iterator[str | None]:
    """An empty database on the PostgreSQL that was found, dropped afterwards; None where there is none."""
    if not POSTGRES:
        yield None
        return
    name = f"serambi_intake_{os.getpid()}"

    async def tell(sql: str) -> None:
        there = await asyncpg.connect(POSTGRES)
        try:
            await there.execute(sql)
        finally:
            await there.close()

    asyncio.run(tell(f'create database "{name}"'))
    try:
        yield POSTGRES.rpartition("/")[0] + f"/{name}"
    finally:
        asyncio.run(tell(f'drop database "{name}" with (force)'))


@contextlib.contextmanager
def product(url: str, folder: Path) -> Iterator[Server]:
    """`serambi web` on this database."""
    port = free_port()
    environment = {
        "SERAMBI_DATABASE_URL": url, "SERAMBI_BROKER_URL": DOORBELL,
        "SERAMBI_MASTER_KEY": KEY, "SERAMBI_SECRET_KEY": KEY, "SERAMBI_KEYS": str(folder / "keys.db"),
        "SERAMBI_FILES": str(folder / "files"), "SERAMBI_PORT": str(port), "SERAMBI_TELEGRAM_TOKEN": "1:benchmark",
        "SERAMBI_TELEGRAM_SECRET": SECRET, "SERAMBI_SLACK_BOT_TOKEN": "xoxb-benchmark", "SERAMBI_SLACK_SIGNING_SECRET": SECRET,
        "SERAMBI_BASE_URL": f"http://127.0.0.1:{port}",
    }  # fmt: skip
    clean = {name: value for name, value in os.environ.items() if not name.startswith("SERAMBI_")}
    subprocess.run([SERAMBI, "migrate"], env=clean | environment, check=True, stdout=subprocess.DEVNULL)
    with served([SERAMBI, "web"], port, environment) as server:
        yield server


class Rounds:
    """What was measured in every round, by name."""

    def __init__(self) -> None:
        self.rates: dict[str, list[Loaded]] = {}

    def add(self, name: str, server: Server, requests: Sequence[bytes], **how: Any) -> None:
        busy = server.busy()
        found = load(server.port, requests, **how)
        worked = (server.busy() - busy) / len(requests) * 1e6
        self.rates.setdefault(name, []).append(found)
        print(
            f"  {name:20} {found.rate:7.0f}/s   median {found.p50:6.2f} ms   p99 {found.p99:7.2f} ms"
            f"   own work {worked:5.0f} us each",
            flush=True,
        )

    def rate(self, name: str) -> float:
        return median(one.rate for one in self.rates[name])

    def p50(self, name: str) -> float:
        return median(one.p50 for one in self.rates[name])

    def p99(self, name: str) -> float:
        return median(one.p99 for one in self.rates[name])


def measure(count: int, rounds: int) -> Rounds:
    """Everything, in turn, as often as asked."""
    python, found = peers.python(), Rounds()
    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        (folder / "pg").mkdir()
        port = free_port()
        floor = stack.enter_context(
            served([sys.executable, HERE / "floors/intake.py", str(port), folder / "floor.db"], port)
        )
        port = free_port()
        echo = stack.enter_context(served([python, HERE / "peers/telegram_echo.py", str(port)], port))
        port = free_port()
        bolt = stack.enter_context(served([python, HERE / "peers/slack_ack.py", str(port)], port))
        ours = {"sqlite": stack.enter_context(product(f"sqlite:///{folder / 'bench.db'}", folder))}
        if (url := stack.enter_context(database())) is not None:
            ours["postgresql"] = stack.enter_context(product(url, folder / "pg"))
        first = 0
        for _ in range(rounds):
            found.add("floor", floor, updates(count, first=first, path="/"))
            for name, server in ours.items():
                found.add(name, server, updates(count, first=first, path="/hooks/telegram"))
            found.add("echo", echo, updates(count // 3, first=first, path="/hook"))
            found.add("bolt", bolt, presses(count // 3, first=first, path="/hook"))
            first += count
            for name, server in ours.items():
                half = updates(count // 2, first=first, path="/hooks/telegram")
                found.add(f"{name} at half", server, half, rate=found.rate(name) / 2)
            first += count
            alone = min(count // 10, 500)
            found.add("bolt, one", bolt, presses(alone, first=first, path="/hook"), connections=1)
            there = presses(alone, first=first, path="/hooks/slack/interactions")
            found.add("ours, one", ours["sqlite"], there, connections=1)
            first += count
    return found


def main() -> int:
    """Measure and print; 1 when a goal is missed."""
    told = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    told.add_argument("--count", type=int, default=12_000)
    told.add_argument("--rounds", type=int, default=3)
    given = told.parse_args()
    found = measure(given.count, given.rounds)
    ratios = {
        "sqlite / echo": found.rate("sqlite") / found.rate("echo"),
        "sqlite / bolt": found.rate("sqlite") / found.rate("bolt"),
        "sqlite / floor": found.rate("sqlite") / found.rate("floor"),
        "bolt ms / ours": found.p50("bolt, one") / found.p50("ours, one"),
    }
    if "postgresql" in found.rates:
        ratios["postgresql / echo"] = found.rate("postgresql") / found.rate("echo")
    missed = [name for name, ratio in ratios.items() if ratio < GOALS.get(name, 0)]
    print()
    for name, ratio in ratios.items():
        print(f"  {name:20} {ratio:6.2f}" + (f"   goal {GOALS[name]}" if name in GOALS else ""))
    for name in [one for one in found.rates if one.endswith("at half")]:
        p50, p99 = found.p50(name), found.p99(name)
        print(f"  {name:20} median {p50:.2f} ms (goal 3), p99 {p99:.2f} ms (goal 25)")
        missed += [name] if p50 > 3 or p99 > 25 else []
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
