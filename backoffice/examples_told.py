"""Examples of a leave policy in words: what each is about, what it expects, and what the policy makes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from core import phrases
from core.leave.examples import Result
from core.leave.types import thousandths
from core.phrases import hari, phrase, rentang, tanggal

ANOTHER_YEAR = date(1, 1, 1)  # so that the year is always said


@dataclass(frozen=True)
class Told:
    """An example as people read it; `place` and `got` name it when its new outcome is accepted."""

    place: int
    about: str
    expected: str
    gives: str
    got: str
    holds: bool
    broken: bool


def told(place: int, result: Result, language: str, zone: str) -> Told:
    """An example that was run, in words; one that can't be read as it was written."""
    rule = str(result.example.get("rule", ""))
    try:
        about, expected = _about(result.example, language), _outcome(rule, result.expected, language)
        gives = _gives(result, language, zone)
    except (KeyError, ValueError):
        about = " ".join(f"{name}={value}" for name, value in result.example.items())
        expected, gives = result.expected, phrase("types.example_unread", language)
    return Told(place, about, expected, gives, result.got, result.holds, result.broken)


def _about(example: Mapping[str, Any], language: str) -> str:
    rule = str(example["rule"])
    if rule == "granted":
        joins = tanggal(_day(example["joins"]), language, today=ANOTHER_YEAR)
        return phrase("types.about_granted", language, joins=joins, year=str(int(example["year"])))
    if rule == "carried":
        return phrase("types.about_carried", language, left=hari(thousandths(example["left"]), language))
    if rule not in ("cost", "paper"):
        raise ValueError(rule)
    days = rentang(_day(example["starts"]), _day(example["ends"]), language, today=ANOTHER_YEAR)
    off = [tanggal(_day(one), language, today=ANOTHER_YEAR) for one in example.get("off", ())]
    more = ""
    if off:
        more += phrase("types.about_off", language, days=", ".join(off))
    if "used" in example:
        more += phrase("types.about_used", language, days=hari(thousandths(example["used"]), language))
    if "asked" in example:
        asked = tanggal(_day(example["asked"]), language, today=ANOTHER_YEAR)
        more += phrase("types.about_asked", language, day=asked)
    half = str(example.get("part") or "no")
    return phrase(f"types.about_{rule}", language, days=days, half=half, more=more)


def _gives(result: Result, language: str, zone: str) -> str:
    if result.broken:
        return phrase("types.example_unread", language)
    if result.refused is not None:
        return phrase("types.gives_refused", language, why=phrases.refused(result.refused, language, zone))
    return _outcome(str(result.example["rule"]), result.got, language)


def _outcome(rule: str, told_as: str, language: str) -> str:
    """`12 hari`, `Jumat 17 Juli 2026`, no paper, or that it is refused."""
    if "." in told_as and told_as.partition(".")[0] == "leave":
        return phrase("types.gives_no", language)
    if rule == "paper":
        if not told_as:
            return phrase("types.gives_no_paper", language)
        return tanggal(_day(told_as), language, today=ANOTHER_YEAR)
    quantity = thousandths(told_as)
    return phrase("web.days", language, days=hari(quantity, language), many=1 if quantity == 1000 else 2)


def _day(value: object) -> date:
    return date.fromisoformat(str(value))
