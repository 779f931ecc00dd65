"""Forms that keep what was typed: which fields of which form, the mark of what its writer saw, and what to say when
somebody else was quicker.

A form that is kept names itself (`draft`, `people_work/Ab3x`) and carries the mark of what it was filled with (`seen`).
When that has changed at sending, nothing is written: the page comes back with both texts, and may be sent again.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

from backoffice.asker import Connection
from backoffice.guards import Standing, acting
from core import database, drafts, settings
from core.accounts.roles import allowed

LEAVE_KIND = (
    "from_", "name_id", "name_en", "decision", "schedule", "due", "basis", "round_to", "collective_short", "days",
    "months", "more_days", "more_months", "after_months", "notice_days", "back_days", "carry_days", "carry_months",
    "negative", "restore_days", "document_after", "document_within", "pay", "halves", "encashable", "collective",
    "active", "source", "examples",
)  # fmt: skip
STEP = ("who", "people", "mode", "quorum", "when", "days", "type")
THING = re.compile(r"[A-Za-z0-9_-]{1,40}")


@dataclass(frozen=True)
class Form:
    """Who may fill a form in, and which of its fields are kept; sealed ones never are."""

    resource: str
    action: str
    fields: Sequence[str]


FORMS: Mapping[str, Form] = {
    "people_new": Form(
        "people", "write",
        ("employee_number", "name", "join_date", "employment_type", "department", "position", "location", "manager",
         "role"),
    ),
    "people_work": Form(
        "people", "write", ("begins", "department", "position", "location", "manager", "grade")
    ),
    "type_new": Form("types", "change", ("code", "entitlement", "counts", "per", "gender", *LEAVE_KIND)),
    "type": Form("types", "change", LEAVE_KIND),
    "chain": Form(
        "chains", "edit",
        (*(f"{name}{row}" for name in STEP for row in range(1, 5)), "remind", "escalate", "expire", "rerouting",
         "restart", "from"),
    ),
    "delegation": Form("delegation", "own", ("to", "starts", "ends", "most")),
    "closed": Form("leave", "correct", ("starts", "ends", "kind", "department", "location", "why")),
    "calendar_day": Form(
        "calendar", "change", ("date", "kind", "name", "name_en", "location", "source", "why")
    ),
    "calendar_week": Form("calendar", "change", (*(f"d{day}" for day in range(7)), "location", "from_", "why")),
    "calendar_closure": Form("calendar", "change", ("starts", "ends", "location", "reason")),
    "calendar_decree": Form("calendar", "change", ("list", "why")),
    "leave_record": Form("leave", "record", ("type", "starts", "ends", "part", "way", "told_on", "words", "reason")),
    "ticket": Form("tickets", "work", ("words",)),
    "reply": Form("replies", "write", ("shortcut", "title", "words_id", "words_en", "then", "tag")),
    "leave": Form("leave", "own", ("type", "words", "starts", "ends", "part", "reason")),
}  # fmt: skip


@dataclass(frozen=True)
class Overtaken:
    """What somebody else has made of the thing meanwhile: field by field what was written here and what stands."""

    rows: Sequence[tuple[str, str, str]]
    who: str = ""
    at: datetime | None = None


class Stale(Exception):
    """What a form was filled with is no longer what stands."""


def mark(facts: Any) -> str:
    """A mark of what a form shows; it tells nothing of it, and changes with it."""
    told = json.dumps(facts, default=str, ensure_ascii=False)
    key = f"seen:{settings.current().secret_key}".encode()
    return hmac.new(key, told.encode(), hashlib.sha256).hexdigest()[:32]


def check(seen: object, facts: Any) -> None:
    """Stale when a form that was filled with something else is sent; a form without a mark was filled with nothing."""
    if seen and str(seen) != mark(facts):
        raise Stale


def form_of(where: Standing, name: str, thing: str) -> Form | None:
    """The form of this name, where this person may fill it in."""
    form = FORMS.get(name)
    if form is None or not THING.fullmatch(thing) or not allowed(where.place.roles, form.resource, form.action):
        return None
    return form


def typed(form: Form, body: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    """What was typed, of the fields that are kept; a box that is not ticked has no value, and is kept as empty."""
    found: dict[str, list[str]] = {name: [] for name in form.fields}
    for name, value in body:
        if name in found:
            found[name].append(value)
    return found


async def sent(connection: Connection, body: bytes) -> None:
    """Let go of the draft of a form that was taken."""
    where = connection.state.get("standing")
    named = dict(parse_qsl(body.decode("utf-8", "replace"))).get("draft", "")
    name, _, thing = named.partition("/")
    if isinstance(where, Standing) and form_of(where, name, thing) is not None:
        async with database.transaction(where.company):
            await drafts.drop(named, by=acting(connection))
