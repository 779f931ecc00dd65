"""The table at the end: what was promised, what was tried, how often something was lost or doubled, how long it took.

`ROW=5` runs one row of it, `SCALE=0.1` a tenth of what is done often.
"""

import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.faults.nursery import ROOT

PROPERTY = "faults"
FILE = ROOT / "var" / "faults.txt"
ROWS = {
    1: "what was acknowledged is not lost and not half done",
    2: "whatever comes again, shuffled or at once changes nothing",
    4: "workers die",
    5: "the broker dies",
    6: "the database goes away",
    7: "the disk is full",
    8: "clocks jump",
    9: "platforms are ill",
    11: "exactly one of many wins",
    12: "a month holds whatever goes wrong, by a seed",
    13: "what is no request changes nothing",
    14: "every backup goes back",
    15: "migrations are killed",
    16: "processes are asked to end",
}
# The row that a module's tests belong to.
OF = {
    "test_backups": 14, "test_clocks": 8, "test_crashes": 1, "test_disk_full": 7, "test_keys_killed": 1, "test_lost_answers": 9,
    "test_migrations_killed": 15, "test_platforms_ill": 9, "test_polling": 4, "test_races": 11,
    "test_random_kills": 1, "test_refusals": 13, "test_repeats": 2, "test_databases_away": 6, "test_stopping": 16,
    "test_workers_killed": 4, "test_whatsapp": 1, "test_socket_mode": 1, "test_bells_emptied": 5,
    "test_rolling_restart": 16, "test_fuzz": 13, "test_month": 12, "test_api_calls": 13,
}  # fmt: skip
# Tests that belong to another row than those beside them.
BUT = {
    "doorbell": 5,
    "rabbitmq_loses": 5,
    "rabbitmq_broken": 5,
    "work_that_kills": 4,
    "comes_again_by_whatsapp": 2,
    "whatsapp_is_ill": 9,
}
ONLY = int(os.environ.get("ROW") or 0)
SCALE = float(os.environ.get("SCALE") or 1)


def row_of(module: str, test: str) -> int:
    """The row of a test."""
    return next((row for words, row in BUT.items() if words in test), OF.get(module.rpartition(".")[2], 0))


def scaled(times: int) -> int:
    """How often to do what is done so often at full length."""
    return max(1, round(times * SCALE))


def sparser(step: int) -> int:
    """How far apart to try what is tried this far apart at full length."""
    return max(1, round(step / SCALE))


@dataclass
class Line:
    """One thing that was tried, in one place."""

    tried: int = 0
    lost: int = 0
    doubled: int = 0
    seconds: float = 0.0


def lines(reports: list[Any]) -> dict[tuple[int, str, str], Line]:
    """What the tests noted, by row, thing and place."""
    found: dict[tuple[int, str, str], Line] = {}
    for report in reports:
        noted = [told for name, told in report.user_properties if name == PROPERTY]
        for told in noted:
            line = found.setdefault((told["row"], told["what"], told["where"]), Line())
            line.tried += told["tried"]
            line.lost += told["lost"]
            line.doubled += told["doubled"]
            line.seconds += report.duration / len(noted)
    return dict(sorted(found.items()))


def drawn(found: dict[tuple[int, str, str], Line]) -> list[str]:
    """The table as it is printed."""
    told = [f"{'row':>3} {'what':52} {'where':36} {'tried':>7} {'lost':>5} {'twice':>5} {'s':>7}"]
    sums: Counter[int] = Counter()
    for (row, what, where), line in found.items():
        if not sums[row]:
            told.append(f"{row:3} {ROWS.get(row, '').upper()}")
        sums[row] += 1
        counts = f"{line.tried:7} {line.lost:5} {line.doubled:5} {line.seconds:7.0f}"
        told.append(f"    {what:52} {where:36} {counts}")
    return told


def keep(told: list[str], path: Path = FILE) -> None:
    """Write it down for who comes later."""
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(told) + "\n")
