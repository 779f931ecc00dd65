"""What comes in from outside, at length: the readers of chats and tables under bent input, and what a sign-in gives away.

python -m tests.benchmarks.doors [--cases 100000] [--tries 10000] [--seed 1]. The readers get that many cases each, made
of what the platforms really send and of tables people would, with something broken in it; a case that raises, or takes
a second of own work, is a miss and is printed. A million each is `--cases 1000000`. The sign-in is asked with addresses that
are there and that are not, in turn: how long a refusal takes must not tell which (goal: within 5 %).
"""

import argparse
import asyncio
import io
import itertools
import json
import logging
import os
import random
import statistics
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import serambi  # noqa: F401  every table is known
from bot.channels import slack, slack_reading, telegram, whatsapp, whatsapp_reading
from core import database, log, migrate, settings, sheets, workbook
from core.accounts import hashing, joining, sign_in
from core.accounts.sign_in import Seat
from core.accounts.tables import Account
from core.errors import Refused
from tests.core.cast import lay

PAYLOADS = Path(__file__).parents[1] / "payloads"
KEY = "a-key-for-benchmarks-only-0123456789"
LONGEST, APART = 1.0, 0.05  # seconds of own work for one case; of the middle of two times
TOGETHER, KNOWN = 6, 100  # sign-ins under way at once, and accounts that are there
ODD: tuple[Any, ...] = (
    None, True, 0, -1, 10**400, 1e308, float("nan"), "", "\x00", "\ud83d", "9" * 5000, "=1+1", "\u202eabc", "message", [], {}, [[[[]]]], "a" * 70_000,
)  # fmt: skip
CELLS = (
    '"',
    '""',
    ",",
    ";",
    "\n",
    "\r",
    "\r\n",
    "\t",
    "=1+1",
    "\x00",
    "\ufeff",
    "'",
    "\ud7ff",
    "😀",
    "1e999",
    "-",
    " " * 500,
    "\x1b[31m",
)
HEAD = ("employee_number", "name", "email", "manager", "join_date")
ROWS = [(f"{one:04}", f"Budi {one}", f"budi{one}@contoh.co.id", "0001", "2024-05-01") for one in range(6)]
# What a packed table's own words are bent with.
XML = (
    b"<",
    b"&",
    b"&#0;",
    b"&x;",
    b"]]>",
    b"<!DOCTYPE x [<!ENTITY x 'y'>]>",
    b'r="ZZZ9999999"',
    b"<f>1</f>",
    b"\x00",
    b"\xff",
)


def bent_json(chance: random.Random, value: Any, deep: int = 0) -> Any:
    """The same with one of its values replaced, gone or twice."""
    if isinstance(value, dict) and value and chance.random() < 0.85:
        name = chance.choice(list(value))
        if chance.random() < 0.15:
            return {other: kept for other, kept in value.items() if other != name}
        return {**value, name: bent_json(chance, value[name], deep + 1)}
    if isinstance(value, list) and value and chance.random() < 0.85:
        at = chance.randrange(len(value))
        return [*value[:at], bent_json(chance, value[at], deep + 1), *value[at:]]
    return chance.choice(ODD)


def posts(platform: str, chance: random.Random) -> Iterator[Any]:
    """What this platform posts, for ever, with one to four things bent."""
    known = [json.loads(path.read_text("utf-8")) for path in sorted((PAYLOADS / platform).glob("*.json"))]
    while True:
        made = chance.choice(known)
        for _ in range(chance.randint(1, 4)):
            made = bent_json(chance, made)
        yield made


def bent_bytes(chance: random.Random, raw: bytes, pieces: tuple[bytes, ...]) -> bytes:
    """The same with some bytes changed, cut, doubled or put in between."""
    for _ in range(chance.randint(1, 5)):
        at = chance.randrange(len(raw) + 1)
        till = min(len(raw), at + chance.choice((0, 0, 1, 4, 60)))
        put = chance.choice((chance.choice(pieces), chance.randbytes(chance.randint(0, 4)), raw[at:till] * 2))
        raw = raw[:at] + put + raw[till:]
    return raw


def csvs(chance: random.Random) -> Iterator[bytes]:
    """Lists of people, bent."""
    pieces = tuple(one.encode("utf-8", "surrogatepass") for one in CELLS)
    while True:
        raw = sheets.csv_of(HEAD, chance.sample(ROWS, chance.randint(0, 6)), delimiter=chance.choice(",;"))
        yield bent_bytes(chance, raw, pieces)


def workbooks(chance: random.Random) -> Iterator[bytes]:
    """Workbooks, bent on the outside or in what is packed in them."""
    whole = sheets.xlsx_of(HEAD, ROWS)
    with zipfile.ZipFile(io.BytesIO(whole)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    while True:
        if chance.random() < 0.4:
            yield bent_bytes(chance, whole, (b"PK\x03\x04", b"\x00", b"\xff" * 8))
            continue
        made, bend = io.BytesIO(), chance.choice(list(parts))
        with zipfile.ZipFile(made, "w") as packing:
            for name, raw in parts.items():
                packing.writestr(name, bent_bytes(chance, raw, XML) if name == bend else raw)
        yield made.getvalue()


def read_telegram(post: Any) -> None:
    """As the door reads it."""
    for one in telegram.CHANNEL.parse(post):
        _kept(one)


def read_whatsapp(post: Any) -> None:
    """As the door reads it, with what else it tells."""
    list(whatsapp_reading.templates(post))
    whatsapp.CHANNEL.reports(post)
    for one in whatsapp.CHANNEL.parse(post):
        _kept(one)


def read_slack(post: Any) -> None:
    """As the door reads it, with what else it tells."""
    slack_reading.challenge(post)
    slack_reading.notices(post)
    for one in slack.CHANNEL.parse(post):
        _kept(one)


def _kept(one: Any) -> None:
    if len(one.sender) > 128 or len(one.external_id) > 200 or len(one.account) > 64 or "\x00" in (one.words or ""):
        raise ValueError("does not fit where it is kept")
    json.dumps([one.words, one.token]).encode()


def read_workbook(raw: bytes) -> None:
    """As its own process reads it, which takes whatever is raised for 'no workbook': only how long it takes counts."""
    try:
        workbook.lines(raw)
    except Exception:  # see core/workbook.py
        return


READERS: tuple[tuple[str, Callable[[random.Random], Iterator[Any]], Callable[[Any], object]], ...] = (
    ("telegram", lambda chance: posts("telegram", chance), read_telegram),
    ("whatsapp", lambda chance: posts("whatsapp", chance), read_whatsapp),
    ("slack", lambda chance: posts("slack", chance), read_slack),
    ("csv", csvs, sheets.read),
)


def apart(cases: int, seed: int) -> None:
    """Workbooks, read by children as the product reads each: one that a hostile workbook ends counts as an answer."""
    begin, ended, began = 0, 0, time.perf_counter()
    while begin < cases:
        told, tells = os.pipe()
        child = os.fork()
        if child == 0:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
            for number, case in enumerate(itertools.islice(workbooks(random.Random(f"xlsx {seed}")), cases)):
                if number >= begin:
                    os.write(tells, number.to_bytes(4, "big"))
                    read_workbook(case)
            os._exit(0)
        os.close(tells)
        with os.fdopen(told, "rb") as heard:
            last = heard.read()[-4:]
        if os.waitpid(child, 0)[1] == 0:
            break
        begin, ended = int.from_bytes(last, "big") + 1, ended + 1
    took = time.perf_counter() - began
    print(f"xlsx: {cases:,} cases, {ended} ended the process of their own that reads them, {took:.0f} s", flush=True)


def readers(cases: int, seed: int) -> bool:
    """Give every reader that many cases; whether none raised or took long."""
    good = True
    apart(cases, seed)
    for name, made, reads in READERS:
        chance, slowest, missed, began = random.Random(f"{name} {seed}"), 0.0, 0, time.perf_counter()
        source = made(chance)
        for number in range(cases):
            case, then = next(source), time.process_time()
            try:
                reads(case)
            except Exception as fault:  # whatever it is, it is what is looked for
                missed += 1
                print(f"  {name} {seed} case {number}: {fault!r}")
            slowest = max(slowest, time.process_time() - then)
        good = good and not missed and slowest <= LONGEST
        took = time.perf_counter() - began
        print(f"{name}: {cases:,} cases, {missed} raised, slowest {slowest * 1000:.0f} ms, {took:.0f} s", flush=True)
    return good


async def sign_ins(tries: int, folder: str) -> bool:
    """Be refused with addresses that are there and that are not; whether the times tell nothing."""
    settings.use(settings.load({
        "SERAMBI_DATABASE_URL": f"sqlite:///{folder}/bench.db", "SERAMBI_FILES": f"{folder}/files",
        "SERAMBI_MASTER_KEY": KEY, "SERAMBI_SECRET_KEY": KEY, "SERAMBI_KEYS": f"{folder}/keys.db",
    }))  # fmt: skip
    await migrate.migrate()
    await database.open_database(settings.current())
    await migrate.furnish()
    company = (await lay("PT Pintu")).company
    stored = await hashing.hashed("kata sandi yang benar")
    async with database.transaction(company):
        for number in range(KNOWN):
            await joining.join(f"ada{number}@contoh.co.id", "employee", person=None, language="id")
    took: dict[bool, list[float]] = {True: [], False: []}
    turn = asyncio.Semaphore(TOGETHER)

    async def one(number: int) -> None:
        there = number % 2 == 0
        name = f"ada{number // 2 % KNOWN}" if there else f"tiada{number}"
        async with turn:
            began = time.perf_counter()
            try:
                await sign_in.enter(
                    f"{name}@contoh.co.id",
                    "kata sandi yang salah",
                    seat=Seat("bench", f"10.0.{number % 65536 // 256}.{number % 256}"),
                )
            except Refused:
                took[there].append(time.perf_counter() - began)

    for first in range(0, tries, KNOWN * 2):
        async with database.installation():  # nobody has to wait: a refusal of that kind would be another one
            await Account.update(
                {Account.failures: 0, Account.failed_at: None, Account.password_hash: stored}, force=True
            )
        await asyncio.gather(*(one(number) for number in range(first, min(tries, first + KNOWN * 2))))
    await database.close_database()
    known, unknown = (statistics.mean(took[there]) for there in (True, False))
    apart = abs(known - unknown) / max(known, unknown)
    print(
        f"sign-in refused, {tries:,} tries: {known * 1000:.1f} ms where the address is there, {unknown * 1000:.1f} ms where it "
        f"is not, {apart:.1%} apart (goal under {APART:.0%}); medians {statistics.median(took[True]) * 1000:.1f} and "
        f"{statistics.median(took[False]) * 1000:.1f} ms"
    )
    return apart < APART


def main() -> int:
    """As the head of this file says; 1 when something is missed."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--cases", type=int, default=100_000)
    given.add_argument("--tries", type=int, default=1_000)
    given.add_argument("--seed", type=int, default=1)
    told = given.parse_args()
    log.configure(level=logging.CRITICAL)  # each refusal is a line of the log
    good = readers(told.cases, told.seed) if told.cases else True
    if told.tries:
        with tempfile.TemporaryDirectory() as folder:
            good = asyncio.run(sign_ins(told.tries, folder)) and good
    return int(not good)


if __name__ == "__main__":
    sys.exit(main())
