"""The form of a kind of leave: what a kind says, as fields that people fill in, and back."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any

from msgspec import Struct

from core.leave import law, policies, types
from core.leave.examples import RULES
from core.leave.types import Kind
from core.phrases import hari, phrase

DAYS = ("days", "months", "more_days", "more_months", "carry_days", "negative", "round_to")
LOTS = ("carry_days", "carry_months", "negative", "restore_days")  # say nothing of a kind without a balance
EVENTS = ("months", "more_days", "more_months")  # say how much there is each time it happens
FIGURES = ("days", *EVENTS, "after_months", "notice_days", "back_days", *LOTS)
LOTS_CHOICES = ("schedule", "due", "basis", "round_to", "collective_short")
NEW_CHOICES = ("entitlement", "counts", "per", "gender")
ROUNDS = ("1", "0.5", "0.25")


TICKS = ("halves", "encashable", "collective", "active")
# How a field is called on the form.
LABELS = {
    "name_id": "name_id", "name_en": "name_en", "decision": "head_decision", "document_after": "document_after",
    "document_within": "document_within", "pay": "pay", "halves": "halves_allowed", "encashable": "term_encashable",
    "collective": "term_collective_tick", "active": "in_use", "source": "source", "examples": "examples",
    **{name: f"figure_{name}" for name in FIGURES}, **{name: f"pick_{name}" for name in LOTS_CHOICES},
}  # fmt: skip


class Terms(Struct):
    """The form of a kind's terms: figures as people write them, examples one a line; no choice leaves it as it was."""

    from_: str = ""
    name_id: str = ""
    name_en: str = ""
    active: str = ""
    days: str = "0"
    months: str = "0"
    more_days: str = "0"
    more_months: str = "0"
    carry_days: str = "0"
    negative: str = "0"
    carry_months: str = "0"
    after_months: str = "0"
    notice_days: str = "0"
    back_days: str = "0"
    restore_days: str = "0"
    examples: str = ""
    schedule: str = ""
    due: str = ""
    basis: str = ""
    round_to: str = ""
    decision: str = ""
    halves: str = ""
    encashable: str = ""
    collective: str = ""
    collective_short: str = ""
    document_after: str = ""
    document_within: str = ""
    pay: str = ""
    source: str = ""
    code: str = ""
    entitlement: str = ""
    counts: str = ""
    per: str = ""
    gender: str = ""
    seen: str = ""


def figures_of(kind: Kind) -> list[str]:
    """The figures that a kind may have: those of a balance, those of an event, and those of all."""
    skipped = (*(() if kind.in_lots else LOTS), *(() if kind.entitlement == types.EVENT else EVENTS))
    return [one for one in FIGURES if one not in skipped]


def blank() -> Kind:
    """What a new kind is before anything is said of it."""
    return Kind("", date.max, "", "", "", decision=types.APPROVE, entitlement=types.EVENT)


def choices(language: str, *, new: bool) -> dict[str, dict[str, str]]:
    """What each choice of the form may be, in words."""
    told = {name: policies.ALLOWED[name] for name in ("schedule", "due", "basis", "decision", "collective_short")}
    if new:
        told |= {name: policies.ALLOWED[name] for name in ("entitlement", "counts", "per")}
    words = {name: {one: phrase(f"types.{name}_{one}", language) for one in ones} for name, ones in told.items()}
    words["round_to"] = {one: hari(types.thousandths(one), language) for one in ROUNDS}
    if new:
        words["gender"] = {one: phrase(f"types.gender_{one or 'all'}", language) for one in ("", "female", "male")}
    return words


def filled(kind: Kind) -> Terms:
    """The form with what a kind says now; from when something else holds is left open."""
    told = {one.name: getattr(kind, one.name) for one in fields(Kind) if one.name in Terms.__struct_fields__}
    told |= {name: hari(told[name], "en") for name in DAYS if name in told}
    told = {name: "1" if value is True else str(value or "") for name, value in told.items()}
    told |= {name: told[name] or "0" for name in FIGURES}
    told["from_"], told["pay"] = "", pay_line(kind)
    told["examples"] = "\n".join(line(one) for one in kind.examples)
    return Terms(**told)


def beside(yours: Terms, theirs: Terms, language: str) -> list[tuple[str, str, str]]:
    """What two fill-ins of the form say otherwise: the field, the one, the other."""
    found = []
    for name in Terms.__struct_fields__:
        one, other = getattr(yours, name), getattr(theirs, name)
        # A choice that a form did not offer is empty in it, and says nothing; a box that is not ticked says no.
        if name in LABELS and one != other and (one or name in TICKS):
            told = [_yes(value, language) if name in TICKS else value for value in (one, other)]
            found.append((phrase(f"types.{LABELS[name]}", language), told[0], told[1]))
    return found


def _yes(value: str, language: str) -> str:
    return phrase("settings.yes" if value else "settings.no", language)


def read(before: Kind, data: Terms, language: str) -> tuple[Kind | None, list[Mapping[str, Any]], dict[str, str]]:
    """The form as a kind with its examples, or what is wrong with which field."""
    wrong: dict[str, str] = {}
    new = not before.code
    given: dict[str, Any] = {"name_id": data.name_id.strip(), "name_en": data.name_en.strip()}
    given |= {"active": data.active == "1", "halves": data.halves == "1", "encashable": data.encashable == "1"}
    given["collective"] = data.collective == "1"
    picked = ("decision", "schedule", "due", "basis", "collective_short", *(NEW_CHOICES if new else ()))
    given |= {name: getattr(data, name) for name in picked if getattr(data, name)}
    if new or law.floor_of(before) is None:
        given["source"] = data.source.strip()
    if new:
        given["code"] = data.code.strip()
    in_lots = given.get("entitlement", before.entitlement) == types.LOTS
    if not in_lots:  # fields that such a kind does not have, whatever the form still holds of them
        given |= dict.fromkeys(LOTS, 0) | {"schedule": "none", "encashable": False, "carry_months": before.carry_months}
        given |= {"collective": False, "collective_short": before.collective_short}
    is_event = given.get("entitlement", before.entitlement) == types.EVENT
    _figures(data, given, wrong, language, skip=(*(() if in_lots else LOTS), *(() if is_event else EVENTS)))
    try:
        given["from_"] = date.fromisoformat(data.from_)
    except ValueError:
        wrong["from_"] = phrase("types.from_wrong", language)
    examples = _examples(data.examples, wrong, language)
    return (None if wrong else replace(before, **given)), examples, wrong


def _figures(data: Terms, given: dict[str, Any], wrong: dict[str, str], language: str, skip: tuple[str, ...]) -> None:
    papers = [name for name in ("document_after", "document_within", "round_to") if getattr(data, name).strip()]
    for name in (*(one for one in FIGURES if one not in skip), *papers):
        try:
            told = getattr(data, name)
            given[name] = types.thousandths(told) if name in DAYS else int(told)
        except ValueError:
            wrong[name] = phrase("types.number_wrong", language)
    if "document_after" not in papers:
        given["document_after"] = None
    if data.pay.strip():
        try:
            given["pay"] = tuple(_share(part) for part in data.pay.split())
        except ValueError:
            wrong["pay"] = phrase("types.pay_wrong", language)


def _share(part: str) -> tuple[int, int]:
    """`100/4` is the whole wage until the fourth month, `25` a quarter from then on."""
    percent, _, until = part.partition("/")
    return int(until or 0), int(percent.removesuffix("%"))


def pay_line(kind: Kind) -> str:
    """The shares of the wage as the form holds them."""
    return " ".join(f"{percent}/{until}" if until else str(percent) for until, percent in kind.pay)


def _examples(told: str, wrong: dict[str, str], language: str) -> list[Mapping[str, Any]]:
    examples: list[Mapping[str, Any]] = []
    for one in told.splitlines():
        rule, *parts = one.split() or [""]
        pairs = dict(part.partition("=")[::2] for part in parts)
        if rule in RULES:
            examples.append({"rule": rule, **{k: v.split(",") if k == "off" else v for k, v in pairs.items()}})
        elif one.strip():
            wrong["examples"] = phrase("types.example_wrong", language, line=one.strip()[:60])
    return examples


def line(example: Mapping[str, Any]) -> str:
    """An example as it is written in the form."""
    rest = {k: ",".join(v) if isinstance(v, list | tuple) else v for k, v in example.items() if k != "rule"}
    return " ".join([str(example.get("rule", "")), *(f"{name}={value}" for name, value in rest.items())])
