"""A request about personal data as the desk reads it: its clock, who asks and how that is known, what happened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from backoffice import actors
from core import clock
from core.audit import Actor
from core.helpdesk import outsiders
from core.phrases import phrase, saat
from core.privacy import consents, corrections, deadlines, kinds, officers, recalculated, requests, way, whose
from core.privacy.recalculated import Effect
from core.privacy.tables import DataRequest

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Ticking:
    """The clock of a request: in words, as a share of the 72 hours that is used up, and whether it is over."""

    left: str
    due: str
    share: int  # of 1000
    late: bool
    runs: bool


@dataclass(frozen=True)
class Line:
    """Something that happened to it."""

    at: datetime
    who: str
    theirs: bool
    kind: str
    words: str
    inside: bool


@dataclass(frozen=True)
class Told:
    """One request with all that its page shows."""

    row: DataRequest
    asker: str
    subject: str
    contact: str
    words: str
    answer: str
    late_why: str
    vouched: str
    owner: str
    decided_by: str
    second_by: str
    clock: Ticking
    lines: Sequence[Line]
    correction: "Change | None"
    others: Sequence[DataRequest]
    original: str  # the number of the request that is answered in its place
    decides: bool
    seconds: bool
    known: bool  # enough to be granted what it asks
    purposes: Sequence[str]  # for which a word stands that it may take back


@dataclass(frozen=True)
class Change:
    """What it wants put right."""

    field: str
    old: str
    new: str
    proof: bool
    hash: str
    applied: bool
    effects: Sequence[Effect]  # what is computed anew when it is granted


def ticking(row: Mapping[str, Any], zone: str, language: str) -> Ticking:
    """The clock of a request now; of one that is answered, how it stood then."""
    runs = row["state"] in way.OPEN
    at = clock.now() if runs else (row["decided_at"] or row["closed_at"] or clock.now())
    used = at - row["received_at"]
    late = deadlines.is_overdue(row["received_at"], at)
    rest = abs(row["due_at"] - at)
    hours, minutes = rest // HOUR, (rest % HOUR) // timedelta(minutes=1)
    key = "late_by" if late else "hours_left" if runs else "in_time"
    left = phrase(f"privacydesk.{key}", language, hours=str(hours), minutes=str(minutes))
    share = min(1000, max(0, used * 1000 // deadlines.LIMIT))
    return Ticking(left, saat(row["due_at"], zone, language), share, late, runs)


async def told(row: DataRequest, language: str, zone: str, by: Actor) -> Told:
    """All of it, for somebody who may read it."""
    events = await requests.events_of(row)
    one = await corrections.of(row)
    outsider = await outsiders.of_person(row.person)
    acted = {event.by for event in events} | {row.owner, row.decided_by, row.second_by}
    names = await actors.names([name for name in acted if name])
    asker = await whose.name_of(row.person)
    original = ""
    if row.duplicate_of is not None:
        other = await DataRequest.select(DataRequest.number).where(DataRequest.id == row.duplicate_of).first()
        original = other["number"] if other is not None else ""
    mine = f"person:{row.person}"
    own = await officers.is_own(row, by)
    first = await officers.person_of(row.decided_by) if row.decided_by else None
    person = await officers.person_of(by)
    return Told(
        row=row, asker=asker, subject=await whose.name_of(row.subject), words=requests.opened(row, "words"),
        contact=outsiders.contact_of(outsider) if outsider is not None else "",
        answer=requests.opened(row, "answer"), late_why=requests.opened(row, "late_why"),
        vouched=requests.opened(row, "vouched"), owner=names.get(row.owner or "", ""),
        decided_by=names.get(row.decided_by or "", ""), second_by=names.get(row.second_by or "", ""),
        clock=ticking(row.to_dict(), zone, language),
        lines=[
            Line(
                event.at, asker if event.by == mine else names.get(event.by, phrase("privacydesk.outside", language)),
                event.by == mine, event.kind, requests.said(event), not event.public,
            )
            for event in events
        ],
        correction=await _change(one) if one is not None else None, others=await requests.alike(row),
        original=original, decides=await officers.may_decide(row, by),
        seconds=row.state == way.SECOND and not own and by.name != row.decided_by
        and (person is None or person != first)
        and not officers.SECOND_ROLES.isdisjoint(await officers.roles_of(by)),
        known=row.kind == kinds.COMPLAIN
        or (row.subject is not None and kinds.is_known_enough(row.kind, row.identity)),
        purposes=await consents.standing(row.subject) if row.kind == kinds.WITHDRAW and row.subject else (),
    )  # fmt: skip


async def _change(one: Any) -> Change:
    old, new = corrections.values(one)
    proof = await corrections.proof_of(one)
    effects = await recalculated.preview(one.field, old, new, corrections.ELSEWHERE.get(one.field))
    applied = one.applied_at is not None
    return Change(
        one.field, old, new, proof is not None, one.proof_hash or "", applied, () if applied else effects
    )  # fmt: skip
