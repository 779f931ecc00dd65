"""From a webhook to the bot's reply handed to its channel: `python -m tests.benchmarks.turn`.

The whole step of a real talk with the shipped configuration: an employee asks for a day of leave and is asked back, answers
"ya", and the request stands with its days reserved, its approver told and the audit written. First one person after the
other, each turn alone (goal: median 15 ms, p99 100 ms); then everybody at once (goal: 300 messages a second over 1,000
conversations) on SQLite in one process, on PostgreSQL in one process, and on PostgreSQL with RabbitMQ and two workers.
`--growth` measures a company of 200, 2,000 and 20,000 people. Rates of the platform are set out of the way.
"""

import argparse
import asyncio
import contextlib
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg

from tests.benchmarks import big_company, intake
from tests.benchmarks.load import ask, load, post
from tests.benchmarks.quiet_telegram import FIRST
from tests.benchmarks.slots import Slots
from tests.services import free_port

MONTHS = "januari februari maret april mei juni juli agustus september oktober november desember".split()


def turns() -> tuple[str, str]:
    """A working day of this year is asked for, and agreed to."""
    today = datetime.now(UTC).date()
    day = today + timedelta(days=10)
    while day.weekday() not in (1, 2, 3) or day.year > today.year:
        day += timedelta(days=1 if day.year == today.year else -7)
    return f"cuti {day.day} {MONTHS[day.month - 1]}, urusan keluarga", "ya"


TURNS = turns()
PATH = "/hooks/telegram"
PATIENCE = 300.0
MOST_MEDIAN, MOST_P99, LEAST_RATE = 15.0, 100.0, 300.0
LINK = (
    "insert into channel_identity (company, person, channel, account, external_id, place, verified_at, consent_hash) "
    "values ({0}1, {0}2, 'telegram', '1', {0}3, {0}3, {0}4, '')"
)
# Whoever has too few days is asked back, and what they say then waits for more to come.
WHO = (
    "select e.company, e.person from employment e join leave_balance b on b.employment = e.id "
    "where b.leave_type = 'annual' and b.available >= 3000 order by e.id desc limit {}"
)


@dataclass(frozen=True)
class Found:
    """Milliseconds of a turn alone; of all together: turns a second, and the product's own work for one in milliseconds;
    megabytes of its largest process."""

    p50: float
    p99: float
    rate: float
    work: float
    memory: float

    def missed(self) -> list[str]:
        """The goals it misses, each with how far off it is."""
        shares = (
            ("median alone", self.p50 / MOST_MEDIAN), ("p99 alone", self.p99 / MOST_P99), ("a second together", LEAST_RATE / self.rate),
        )  # fmt: skip
        return [f"{name} {share:.1f} x off its goal" for name, share in shares if share > 1]


def update(number: int, person: int, words: str) -> bytes:
    """What Telegram posts when this person writes these words."""
    who = {"id": FIRST + person, "is_bot": False, "first_name": "Sari", "language_code": "id"}
    chat = {"id": FIRST + person, "first_name": "Sari", "type": "private"}
    message = {"message_id": number + 1, "from": who, "chat": chat, "date": int(time.time()), "text": words}
    body = json.dumps({"update_id": 100_000_000 + number, "message": message}).encode()
    return post(PATH, body, {"Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": intake.SECRET})


async def link(url: str, conversations: int) -> None:
    """Let the newest people of the company, who lead nobody, speak by a chat each; and let PostgreSQL count its rows."""
    now = datetime.now(UTC)
    if url.startswith("sqlite"):
        with contextlib.closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as there:
            who = there.execute(WHO.format(conversations)).fetchall()
            rows = [(*one, str(FIRST + number), now.isoformat(" ")) for number, one in enumerate(who)]
            there.executemany(LINK.format("?"), rows)
            there.commit()
        return
    reached = await asyncpg.connect(url)
    try:
        who = await reached.fetch(WHO.format(conversations))
        rows = [(*one, str(FIRST + number), now) for number, one in enumerate(who)]
        await reached.executemany(LINK.format("$"), rows)
        await reached.execute("analyze")
    finally:
        await reached.close()


@contextlib.contextmanager
def running(parts: list[list[str]], environment: dict[str, str], port: int) -> Iterator[list[int]]:
    """These processes of the product, the first of which listens; their numbers."""
    with contextlib.ExitStack() as stack:
        command = [str(intake.SERAMBI), *parts[0]]
        numbers = [stack.enter_context(intake.served(command, port, environment)).pid]
        for part in parts[1:]:
            process = subprocess.Popen([str(intake.SERAMBI), *part], env=os.environ | environment)
            stack.callback(process.wait)
            stack.callback(process.terminate)
            numbers.append(process.pid)
        time.sleep(2)  # a worker tells nobody that it has begun
        yield numbers


def _memory(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1000


def measure(url: str, folder: Path, people: int, conversations: int, parts: list[list[str]], broker: str) -> Found:
    """A company of so many people, of whom so many write: a tenth one after the other, then the others at once."""
    made = big_company.made(folder, people, url)
    asyncio.run(link(made.url, conversations))
    alone, slots = conversations // 10, Slots(f"{folder}/slots", conversations * len(TURNS))
    telegram, port = free_port(), free_port()
    command = [sys.executable, "-m", "tests.benchmarks.quiet_telegram", str(telegram), f"{folder}/slots"]
    environment = made.environment | {
        "SERAMBI_PORT": str(port), "SERAMBI_BASE_URL": f"http://127.0.0.1:{port}", "SERAMBI_TELEGRAM_TOKEN": "1:benchmark",
        "SERAMBI_TELEGRAM_SECRET": intake.SECRET, "SERAMBI_TELEGRAM_API": f"http://127.0.0.1:{telegram}",
        "SERAMBI_TELEGRAM_PER_SECOND": "100000", "SERAMBI_BROKER_URL": broker,
    }  # fmt: skip
    with (
        intake.served([*command, str(conversations), str(len(TURNS))], telegram),
        running(parts, environment, port) as processes,
    ):
        took: list[float] = []
        for person in range(alone):
            for turn, words in enumerate(TURNS):
                number = turn * conversations + person
                slots.sent(number)
                ask(port, update(number, person, words))
                _wait(slots, [number])
                took.append(slots.took(number))
        begun, busy = time.monotonic(), sum(intake.Server(port, pid).busy() for pid in processes)
        for turn, words in enumerate(TURNS):
            numbers = [turn * conversations + person for person in range(alone, conversations)]
            load(port, [update(number, number % conversations, words) for number in numbers])
            _wait(slots, numbers)
        together = (conversations - alone) * len(TURNS)
        rate = together / (time.monotonic() - begun)
        work = (sum(intake.Server(port, pid).busy() for pid in processes) - busy) / together * 1000
        memory = max(_memory(pid) for pid in processes)
    took.sort()
    return Found(took[len(took) // 2], took[int(len(took) * 0.99)], rate, work, memory)


def _wait(slots: Slots, numbers: list[int]) -> None:
    give_up = time.monotonic() + PATIENCE
    while not slots.done(numbers[0], len(numbers)):
        if time.monotonic() > give_up:
            raise RuntimeError("not every message was answered")
        time.sleep(0.0005 if len(numbers) == 1 else 0.01)


def run(name: str, people: int, conversations: int) -> Found | None:
    """Measure one layout and say what was found; None where its services are not there."""
    rabbit = os.environ.get("TEST_AMQP_URL", "")
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = "" if name == "sqlite" else stack.enter_context(intake.database())
        if url is None or (name == "split" and not rabbit):
            print(f"  {name:12} left out: needs PostgreSQL" + (" and RabbitMQ" if name == "split" else ""))
            return None
        split = [["web"], ["worker"], ["worker"], ["scheduler"]]
        broker = rabbit if name == "split" else ""
        parts = split if name == "split" else [["run"]]
        found = measure(url, folder, people, conversations, parts, broker)
    print(
        f"  {name:12} {people:6,} people   alone median {found.p50:6.1f} ms, p99 {found.p99:7.1f} ms   "
        f"together {found.rate:6.0f}/s, own work {found.work:5.1f} ms   {found.memory:4.0f} MB",
        flush=True,
    )
    return found


def main() -> int:
    """Measure and print; 1 when a goal is missed."""
    told = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    told.add_argument("--people", type=int, default=2_000)
    told.add_argument("--conversations", type=int, default=1_000)
    told.add_argument("--layouts", nargs="+", choices=("sqlite", "postgresql", "split"))
    told.add_argument("--growth", action="store_true")
    given = told.parse_args()
    missed: list[str] = []
    for people in (200, 2_000, 20_000) if given.growth else (given.people,):
        for name in given.layouts or ("sqlite", "postgresql", "split"):
            found = run(name, people, min(given.conversations, people * 8 // 10))
            if found is not None:
                missed += [f"{name}, {people:,} people: {words}" for words in found.missed()]
    for words in missed:
        print(f"  missed  {words}")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
