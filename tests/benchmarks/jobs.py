"""How many jobs that do nothing are done in a second, and how soon one begins: `python -m tests.benchmarks.jobs`.

In one run, in turn: the product on SQLite and on PostgreSQL, the floor that does the same durable work and nothing else,
huey on SQLite and taskiq on Redis with the defaults of their documentation. A backlog is written one by one and worked off;
then one job comes every ten milliseconds. Goals: twice taskiq's rate, two and a half times huey's, idle median 2 ms.
`--growth` measures the product alone, with a backlog of one, ten and a hundred thousand.
"""

import argparse
import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.benchmarks import intake, peers
from tests.benchmarks.slots import Slots

HERE = Path(__file__).parent
PACED = 200
PATIENCE = 120.0
REDIS = intake.DOORBELL
GOALS = {"sqlite / taskiq": 2.0, "sqlite / huey": 2.5}
MOST_IDLE = 2.0


@dataclass(frozen=True)
class Measured:
    """Jobs a second written one by one and done, and milliseconds until one begins that comes alone."""

    put: float
    done: float
    p50: float
    p99: float
    memory: int = 0


Way = Callable[[Path, int], Measured]


def product(url: str) -> Way:
    """The product on a database of its own, as one process."""

    def measured(folder: Path, backlog: int) -> Measured:
        environment = {
            "SERAMBI_DATABASE_URL": url or f"sqlite:///{folder}/jobs.db", "SERAMBI_MASTER_KEY": intake.KEY,
            "SERAMBI_SECRET_KEY": intake.KEY, "SERAMBI_KEYS": f"{folder}/keys.db",
        }  # fmt: skip
        bare = {name: value for name, value in os.environ.items() if not name.startswith("SERAMBI_")}
        subprocess.run([str(intake.SERAMBI), "migrate"], env=bare | environment, check=True, stdout=subprocess.DEVNULL)
        command = [sys.executable, "-m", "tests.benchmarks.job_process", f"{folder}/slots", str(backlog), str(PACED)]
        told = subprocess.run(command, env=bare | environment, check=True, capture_output=True, text=True)
        return _read(folder, backlog, int(told.stdout.split()[-1]))

    return measured


def floor(folder: Path, backlog: int) -> Measured:
    numbers = [str(backlog), str(PACED)]
    command = [sys.executable, f"{HERE}/floors/jobs.py", f"{folder}/slots", f"{folder}/floor.db", *numbers]
    subprocess.run(command, check=True)
    return _read(folder, backlog)


def peer(name: str, worker: list[str], queue: str) -> Way:
    """What pip installs: its own command works, a process of its own writes."""

    def measured(folder: Path, backlog: int) -> Measured:
        python, place = peers.python(), HERE / "peers"
        told = {"SLOTS": f"{folder}/slots", "COUNT": str(backlog + PACED), "QUEUE": queue or f"{folder}/queue.db"}
        slots = Slots(told["SLOTS"], backlog + PACED)
        environment = os.environ | told

        def put(first: int, count: int, pause: float) -> None:
            command = [str(python), "-c", f"import {name}_jobs; {name}_jobs.write({first}, {count}, {pause})"]
            subprocess.run(command, cwd=place, env=environment, check=True)

        put(0, backlog, 0)
        command = [str(python.with_name(worker[0])), *worker[1:]]
        with subprocess.Popen(
            command, cwd=place, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as working:
            _wait(slots, 0, backlog)
            put(backlog, PACED, 0.01)
            _wait(slots, backlog, PACED)
            working.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                working.wait(20)
            working.kill()
        return _read(folder, backlog)

    return measured


def _wait(slots: Slots, first: int, count: int) -> None:
    give_up = time.monotonic() + PATIENCE
    while not slots.done(first, count):
        if time.monotonic() > give_up:
            raise RuntimeError("not everything was done")
        time.sleep(0.05)


def _read(folder: Path, backlog: int, memory: int = 0) -> Measured:
    slots = Slots(f"{folder}/slots", backlog + PACED)
    p50, p99 = slots.waited(backlog, PACED)
    return Measured(slots.sending(0, backlog), slots.rate(0, backlog), p50, p99, memory)


def _print(name: str, found: Measured) -> None:
    memory = f"   {found.memory / 1e6:4.0f} MB" if found.memory else ""
    print(
        f"  {name:20} written {found.put:7.0f}/s   done {found.done:7.0f}/s   "
        f"idle median {found.p50:6.2f} ms, p99 {found.p99:7.2f} ms{memory}",
        flush=True,
    )


def run(name: str, way: Way, backlog: int) -> Measured:
    """Measure one of them once, in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        found = way(Path(folder), backlog)
    _print(name, found)
    return found


def compare(backlog: int, rounds: int) -> int:
    """All of them in turn; 1 when a goal is missed."""
    found: dict[str, list[Measured]] = {}
    for number in range(rounds):
        ways: dict[str, Way] = {"floor": floor, "sqlite": product("")}
        ways["huey"] = peer("huey", ["huey_consumer", "huey_jobs.huey"], "")
        ways["taskiq"] = peer("taskiq", ["taskiq", "worker", "taskiq_jobs:broker"], REDIS)
        with intake.database() as url:
            if url is not None:
                ways["postgresql"] = product(url)
            print(f"round {number + 1}")
            for name, way in ways.items():
                found.setdefault(name, []).append(run(name, way, backlog))
    middle = {name: median(one.done for one in rows) for name, rows in found.items()}
    ratios = {f"sqlite / {name}": middle["sqlite"] / middle[name] for name in ("taskiq", "huey", "floor")}
    print()
    for name, ratio in ratios.items():
        print(f"  {name:20} {ratio:6.2f}" + (f"   goal {GOALS[name]}" if name in GOALS else ""))
    idle = median(one.p50 for one in found["sqlite"])
    print(f"  idle median          {idle:6.2f} ms   goal {MOST_IDLE}")
    missed = [name for name, goal in GOALS.items() if ratios[name] < goal]
    return int(bool(missed) or idle > MOST_IDLE)


def growth() -> int:
    """The product at one, ten and a hundred thousand jobs."""
    for backlog in (1_000, 10_000, 100_000):
        run(f"sqlite {backlog:,}", product(""), backlog)
        with intake.database() as url:
            if url is not None:
                run(f"postgresql {backlog:,}", product(url), backlog)
    return 0


def main() -> int:
    told = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    told.add_argument("--backlog", type=int, default=5_000)
    told.add_argument("--rounds", type=int, default=3)
    told.add_argument("--growth", action="store_true")
    given = told.parse_args()
    return growth() if given.growth else compare(given.backlog, given.rounds)


if __name__ == "__main__":
    sys.exit(main())
