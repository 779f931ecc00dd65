"""Requests that come on paper, by telephone or at the counter, typed in by whoever took them.

The clock began when the paper came, not when it is typed in. An employee in whose name it is recorded is told at once,
so that nobody asks for another's data in silence.
"""

from dataclasses import dataclass
from datetime import datetime

from core import jobs
from core.audit import Actor
from core.errors import Refused
from core.helpdesk import outsiders
from core.privacy import deciding, kinds, officers, requests, whose
from core.privacy.requests import TELL, Come
from core.privacy.tables import DataRequest

PAPER, PHONE, COUNTER = "paper", "phone", "counter"
WAYS = (PAPER, PHONE, COUNTER)
LONGEST = 200


@dataclass(frozen=True)
class Taken:
    """What was taken down: of whom (an employee as typed, or else a name and where to reach them), and what."""

    kind: str
    words: str
    way: str
    received_at: datetime
    employee: str = ""
    name: str = ""
    contact: str = ""
    how: str = ""  # by what they were recognised


async def enter(taken: Taken, *, language: str, by: Actor) -> DataRequest:
    """Record it. Refused: a way there is not, nobody's name, or what `requests.submit` refuses."""
    if taken.way not in WAYS:
        raise Refused("privacy.way_needed")
    how = taken.how.strip()[: requests.LONGEST]
    if taken.employee.strip():
        person, _ = await whose.person_of(taken.employee)
        if person == await officers.person_of(by):
            raise Refused("privacy.own_request")
        # Whoever decides here may answer for who it was; what an agent saw is a note for them.
        certain = len(how) >= deciding.SHORTEST_VOUCH and not officers.SECOND_ROLES.isdisjoint(
            await officers.roles_of(by)
        )
        identity = kinds.VOUCHED if certain else kinds.UNKNOWN
        come = Come(
            kinds.AGENT, taken.way, identity, subject=person, received_at=taken.received_at,
            vouched=how if certain else "",
        )  # fmt: skip
        row = await requests.submit(taken.kind, person, taken.words, come, by=by)
        await jobs.enqueue(TELL, row.id, "entered", 0)
    else:
        name, contact = " ".join(taken.name.split()), taken.contact.strip()
        if not name:
            raise Refused("calls.name_needed")
        if len(contact) > LONGEST:
            raise Refused("calls.contact_too_long", most=LONGEST)
        who = await outsiders.by_call(name, language=language, contact=contact, recognised=how[:LONGEST])
        come = Come(kinds.AGENT, taken.way, received_at=taken.received_at)
        row = await requests.submit(taken.kind, who.person, taken.words, come, by=by)
    if how:
        await requests.note(row, "recognised", by=by, words=how)
    return row
