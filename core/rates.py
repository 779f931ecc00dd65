"""The figures of Indonesian law as dated data (`rates.toml`), each with its source; none stands in code or text."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("rates.toml")
Figure = int | float


@lru_cache(maxsize=1)
def everything() -> Mapping[str, Any]:
    """The whole file, as it is written."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def figure(path: str, on: date) -> Figure:
    """The figure under this path as it holds on that day: `bpjs_kesehatan.employee`, `leave.own_marriage.days`,
    `article17.brackets.0.1`, `jp_cap`.

    Of several dated rows the latest that has begun and not ended is taken, of rows with a code the one that is named.
    LookupError where the path leads nowhere, to words, or to a day before the first row.
    """
    here: Any = everything()
    parts = path.split(".")
    for at, part in enumerate(parts):
        here = _step(here, part, on)
        if here is None:
            raise LookupError(f"rates.toml has no {'.'.join(parts[: at + 1])} on {on}")
    if isinstance(here, Mapping):
        here = _dated(here, on)
    if isinstance(here, bool) or not isinstance(here, int | float):
        raise LookupError(f"{path} of rates.toml is no figure on {on}")
    return here


def _step(here: Any, part: str, on: date) -> Any:
    if isinstance(here, Mapping):
        found = here.get(part)
    elif isinstance(here, list) and part.isdecimal():
        found = here[int(part)] if int(part) < len(here) else None
    elif isinstance(here, list):
        found = next((one for one in here if isinstance(one, Mapping) and one.get("code") == part), None)
    else:
        found = None
    if isinstance(found, list) and found and isinstance(found[0], Mapping) and "from" in found[0]:
        return _in_force(found, on)
    return found


def _in_force(rows: list[Any], on: date) -> Any:
    held = [one for one in rows if one["from"] <= on <= one.get("to", date.max)]
    return max(held, key=lambda one: one["from"], default=None)


def _dated(here: Mapping[str, Any], on: date) -> Any:
    """The latest value of a table whose keys are days."""
    days = [key for key in here if key[:1].isdigit() and key <= on.isoformat()]
    return here[max(days)] if days else None
