"""The national holidays and days of collective leave, from `holidays.csv`; one list for every company.

A new decree is a new version of that file: `serambi migrate` brings the table in step with it.
"""

import csv
import hashlib
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from piccolo.columns import Column

from core.calendar.tables import Holiday

FILE = Path(__file__).parent / "holidays.csv"
_loaded = 0
KINDS = {"national": "national", "cuti_bersama": "collective"}


@lru_cache(maxsize=1)
def version() -> str:
    """The version of the list, written beside every leave that was counted by it."""
    return hashlib.sha256(FILE.read_bytes()).hexdigest()[:12]


@lru_cache(maxsize=1)
def in_file() -> Mapping[date, str]:
    """The kind of each day off in the file, `national` or `collective`; for what needs neither company nor database."""
    with FILE.open(encoding="utf-8", newline="") as opened:
        rows = sorted(csv.DictReader(opened), key=lambda row: row["kind"])  # collective first: the national one stays
    return {date.fromisoformat(row["date"]): KINDS[row["kind"]] for row in rows}


@lru_cache(maxsize=1)
def names_in_file() -> Mapping[date, str]:
    """The Indonesian name of each day off in the file."""
    with FILE.open(encoding="utf-8", newline="") as opened:
        rows = sorted(csv.DictReader(opened), key=lambda row: row["kind"])
    return {date.fromisoformat(row["date"]): row["name_id"] for row in rows}


async def load() -> None:
    """Make the table say what the file says."""
    global _loaded
    _loaded += 1
    with FILE.open(encoding="utf-8", newline="") as opened:
        wanted = {
            (date.fromisoformat(row["date"]), KINDS[row["kind"]], row["name_id"]): (
                row["name_en"],
                row["status"],
                row["decree"] or None,
            )
            for row in csv.DictReader(opened)
        }
    stored = {(row["date"], row["kind"], row["name"]): row for row in await Holiday.select()}
    gone = [row["id"] for key, row in stored.items() if key not in wanted]
    if gone:
        await Holiday.delete().where(Holiday.id.is_in(gone))
    for key, facts in wanted.items():
        day, kind, name = key
        name_en, status, decree = facts
        if key not in stored:
            await Holiday.insert(Holiday(date=day, kind=kind, name=name, name_en=name_en, status=status, decree=decree))
        elif (stored[key]["name_en"], stored[key]["status"], stored[key]["decree"]) != facts:
            changed: dict[Column | str, Any] = {
                Holiday.name_en: name_en,
                Holiday.status: status,
                Holiday.decree: decree,
            }
            await Holiday.update(changed).where(Holiday.id == stored[key]["id"])


def generation() -> tuple[str, int]:
    """Changes whenever this process has loaded the list anew."""
    return version(), _loaded


async def within(starts: date, ends: date) -> Mapping[date, Holiday]:
    """The days off from `starts` through `ends`; where a day has two, the national holiday."""
    rows = (
        await Holiday.objects()
        .where((Holiday.date >= starts) & (Holiday.date <= ends))
        .order_by(Holiday.kind)  # collective before national, so the national one stays
    )
    return {row.date: row for row in rows}


async def collective(year: int) -> list[Holiday]:
    """The days of collective leave of a year that fall on a weekday and are no national holiday too."""
    days = await within(date(year, 1, 1), date(year, 12, 31))
    return [day for day in days.values() if day.kind == "collective" and day.date.weekday() < 5]
