"""Release notes: what is new for users, never for developers; a file a quarter and language in `knowledge_base`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from core.phrases import LANGUAGES

FOLDER = Path(__file__).parents[2] / "knowledge_base" / "releases"
_NAME = re.compile(r"(\d{4}-Q[1-4])\.(id|en)\.md")
_HEAD = re.compile(r"---\n(.*?)\n---\n(.*)", re.S)


@dataclass(frozen=True)
class Notes:
    """The notes of one quarter, in every language."""

    quarter: str  # 2026-Q4
    published: date
    releases: Sequence[str]  # the numbers it tells of, the newest first
    titles: Mapping[str, str]
    leads: Mapping[str, str]  # all of it in one sentence: what is sent
    bodies: Mapping[str, str]


@lru_cache(maxsize=4)
def every(folder: Path = FOLDER) -> Sequence[Notes]:
    """The notes of every quarter, the newest first. ValueError names a file that is none."""
    found: dict[str, dict[str, tuple[dict[str, str], str]]] = {}
    for path in sorted(folder.glob("*.md")):
        named, read = _NAME.fullmatch(path.name), _HEAD.match(path.read_text(encoding="utf-8"))
        if named is None or read is None:
            raise ValueError(f"{path.name} is no release notes")
        front = dict(line.split(": ", 1) for line in read[1].splitlines())
        found.setdefault(named[1], {})[named[2]] = front, read[2].strip()
    return [
        Notes(
            quarter, date.fromisoformat(said["id"][0]["published"]), said["id"][0]["releases"].split(", "),
            {one: said[one][0]["title"] for one in LANGUAGES}, {one: said[one][0]["lead"] for one in LANGUAGES},
            {one: said[one][1] for one in LANGUAGES},
        )
        for quarter, said in sorted(found.items(), reverse=True)
    ]  # fmt: skip


def published(on: date) -> Sequence[Notes]:
    """Those that may be read on a day, the newest first."""
    return [one for one in every() if one.published <= on]


def of(quarter: str, on: date) -> Notes | None:
    """The notes of this quarter, if they may be read."""
    return next((one for one in published(on) if one.quarter == quarter.upper()), None)
