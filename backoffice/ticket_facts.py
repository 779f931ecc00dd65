"""What the talk knew when it handed somebody over: what they were about to do, their answers so far, where it stuck.

Whoever works at the desk helps with a question, and need not know why somebody is ill: what stands behind a reason, or
names a kind of leave, is told to those who may open certificates, and to others that it was answered.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.helpdesk import handing, service_level
from core.helpdesk.tables import TicketEvent
from core.phrases import phrase, rentang

# What a question asks for, by its key; whatever stands not here is told as another answer, and stays sealed.
ASKS: Mapping[str, str] = {
    "leave.when": "when", "leave.when_again": "when", "leave.until": "until", "leave.which_day": "when",
    "leave.which_days": "when", "leave.part": "part", "leave.why": "why", "leave.why_short": "why",
    "leave.kind": "kind", "leave.permit_as": "kind", "leave.permit_hours": "hours", "leave.confirm": "sure",
    "leave.record": "sure", "leave.record_short": "sure", "leave.clash": "clash", "leave.not_enough": "short",
    "leave.stand_in": "stand_in", "change.when": "when", "change.confirm": "sure", "withdraw.days": "when",
    "withdraw.confirm": "sure", "withdraw.which": "which", "collective.confirm": "sure", "paper.for": "paper",
    "paper.which": "paper", "questions.article": "article",
}  # fmt: skip
PLAIN = frozenset({"when", "until", "part", "hours", "which", "article"})  # told to everybody at the desk
TASKS = (
    "leave", "withdraw", "leave_change", "collective_work", "paper", "reject", "change", "object", "ticket_add",
    "ticket_end", "ticket_rate", "question",
)  # fmt: skip


@dataclass(frozen=True)
class Answered:
    """One answer: what was asked for, and what was said; None where it stays sealed for this reader."""

    asked: str
    told: str | None


@dataclass(frozen=True)
class Handed:
    """What a ticket brought from the talk, in words."""

    task: str
    stuck: str
    answers: Sequence[Answered]
    misses: int


def handed(events: Sequence[TicketEvent], language: str, *, sealed: bool) -> Handed | None:
    """What the talk handed over with the first of these events that brought something; None where none did.

    `sealed`: this reader may not open what HR alone may.
    """
    event = next((one for one in events if one.kind == service_level.OPENED and one.facts is not None), None)
    if event is None:
        return None
    facts = facts_of(event)
    if not facts.get("flow"):
        return None
    answers = [
        Answered(_asked(key, language), _told(key, value, language, sealed=sealed))
        for key, value in facts.get("answers", {}).items()
        if "." in key
    ]
    task = facts["flow"] if facts["flow"] in TASKS else "other"
    stuck = _asked(facts["asked"], language) if facts.get("asked") else ""
    return Handed(phrase("desk.task", language, task=task), stuck, answers, int(facts.get("misses") or 0))


def facts_of(event: TicketEvent) -> Mapping[str, Any]:
    """What was kept with it besides: what the talk knew, or the words as their requester was sent them."""
    return handing.facts_of(event)


def _asked(key: str, language: str) -> str:
    return phrase("desk.slot", language, slot=ASKS.get(key, "other"))


def _told(key: str, value: Any, language: str, *, sealed: bool) -> str | None:
    slot = ASKS.get(key, "other")
    if sealed and slot not in PLAIN:
        return None
    if value is None:
        return phrase("desk.slot_skipped", language)
    if isinstance(value, Mapping):
        return _days(value, language)
    if slot == "part":
        return phrase("desk.slot_part", language, part=str(value))
    return str(value)


def _days(value: Mapping[str, Any], language: str) -> str | None:
    """Days as a question kept them; None where they are of a shape that is not known here."""
    starts = value.get("starts")
    if not isinstance(starts, str):
        return None
    first = date.fromisoformat(starts)
    last = date.fromisoformat(value["ends"]) if value.get("ends") else first
    return rentang(first, last, language)
