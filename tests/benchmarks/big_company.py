"""A company of thousands in three time zones, registered by the command that HR's operator would type.

Made once in a folder and used again: `made(Path("var/bench"), people=20_000)`.
"""

import csv
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

NAME, SLUG = "PT Nusantara Raya", "nusantara-raya"
SECRET = "benchmarks-only-0123456789abcdefghij"
FIRST = (
    "Budi Sari Wayan Dewi Yosef Maya Agus Ratna Joko Ayu Made Putu Siti Rizky Andi Fitri Bayu Lina Teguh Nur".split()
)
LAST = "Santoso Wulandari Sudarma Wenda Hartono Salim Susilo Permata Kusuma Hidayat Lestari Nugroho Siregar".split()
PLACES = (("Jakarta", "Asia/Jakarta"), ("Denpasar", "Asia/Makassar"), ("Jayapura", "Asia/Jayapura"))
HEAD = (
    "employee_number", "name", "email", "manager", "department", "position", "location", "timezone", "join_date", "role",
)  # fmt: skip
TEAM = 12  # people under one head


@dataclass(frozen=True)
class Made:
    """A migrated installation with one big company in it."""

    url: str
    environment: dict[str, str]
    slug: str
    took: float  # seconds for the import alone; 0 when it was there already


def rows(people: int, seed: int = 1) -> Iterator[Sequence[str]]:
    """The people file: a tree of heads, twelve people under each, a department for each team of teams."""
    random = Random(seed)
    for number in range(people):
        head = "" if number == 0 else f"{(number - 1) // TEAM:06}"
        place, zone = PLACES[(number // 997) % len(PLACES)]
        department = f"Bagian {number // (TEAM * TEAM):03}"
        joined = date(2015, 1, 5) + timedelta(days=random.randrange(3650))
        name = f"{random.choice(FIRST)} {random.choice(LAST)}"
        yield (
            f"{number:06}", name, f"orang{number}@raya.example", head, department, "Staf", place, zone,
            joined.isoformat(), "super_administrator" if number == 0 else "administrator" if number == 1 else "",
        )  # fmt: skip


def write(path: Path, people: int) -> Path:
    """The file of these people, as CSV."""
    with path.open("w", newline="", encoding="utf-8") as opened:
        writer = csv.writer(opened)
        writer.writerow(HEAD)
        writer.writerows(rows(people))
    return path


def made(folder: Path, people: int = 20_000, url: str = "") -> Made:
    """The company in this folder (or in the database of `url`), registered unless it is there."""
    folder.mkdir(parents=True, exist_ok=True)
    url = url or f"sqlite:///{folder.resolve()}/serambi.db"
    bare = {name: value for name, value in os.environ.items() if not name.startswith("SERAMBI_")}
    environment = bare | {
        "SERAMBI_DATABASE_URL": url, "SERAMBI_MASTER_KEY": SECRET, "SERAMBI_SECRET_KEY": SECRET,
        "SERAMBI_KEYS": f"{folder.resolve()}/keys.db", "SERAMBI_FILES": f"{folder.resolve()}/files",
    }  # fmt: skip
    known = {f"SERAMBI_{name.upper()}" for name in _settings()}
    environment = {
        name: value for name, value in environment.items() if name in known or not name.startswith("SERAMBI_")
    }
    mark = folder / f"made-{people}.json"
    if mark.exists():
        return Made(url, environment, json.loads(mark.read_text())["slug"], 0.0)
    _serambi(environment, "migrate")
    _serambi(environment, "company", "add", NAME, "--admin", "orang0@raya.example")
    file = write(folder / "people.csv", people)
    begun = time.perf_counter()
    _serambi(environment, "people", "import", str(file), "--company", SLUG)
    took = time.perf_counter() - begun
    mark.write_text(json.dumps({"slug": SLUG}))
    return Made(url, environment, SLUG, took)


def _settings() -> Sequence[str]:
    from core.settings import Settings

    return list(Settings.__dataclass_fields__)


def _serambi(environment: dict[str, str], *words: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "serambi", *words], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"serambi {' '.join(words)}: {done.stderr[-2000:]}")


@contextmanager
def clean(folder: Path) -> Iterator[Path]:
    """This folder with nothing in it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    yield folder
