"""What an officer does with a request: take it, find out who asks, ask back, answer it, hand the answer over, close it.

A no, also to a part, names its article and its reason. What erases needs a second person, who sees what the first one
proposes and agrees or gives it back.
"""

from collections.abc import Collection
from typing import Any

from core import audit, clock, jobs
from core.audit import Actor
from core.errors import Refused
from core.privacy import carrying_out, corrections, deadlines, erasure, kinds, officers, requests, way
from core.privacy.requests import TELL, seal
from core.privacy.tables import DataRequest
from core.privacy.way import FULFILLED, REFUSED, SECOND, WORKING

SHORTEST_VOUCH = 10


async def take(row: DataRequest, *, by: Actor) -> None:
    """Look after it from now on; also in another's place."""
    await requests.hold(row)
    await officers.hold(row, by)
    if row.state not in way.OPEN:
        raise Refused("privacy.answered_already", number=row.number)
    state = WORKING if row.state == way.RECEIVED else row.state
    await requests.change(row, {DataRequest.owner: by.name, DataRequest.state: state})
    await requests.note(row, "taken", by=by)
    audit.record("privacy.taken", f"data_request:{row.id}", by=by, number=row.number)


async def vouch(row: DataRequest, subject: int, how: str, *, by: Actor) -> None:
    """Answer for who asks, and whose data it is: by what they were recognised. Never for oneself."""
    await requests.hold(row)
    await officers.hold(row, by)
    told = how.strip()
    if len(told) < SHORTEST_VOUCH:
        raise Refused("privacy.vouch_needed", least=SHORTEST_VOUCH)
    if row.state not in way.OPEN:
        raise Refused("privacy.answered_already", number=row.number)
    if subject == await officers.person_of(by):
        raise Refused("privacy.own_request")
    await requests.change(
        row,
        {
            DataRequest.subject: subject, DataRequest.identity: kinds.VOUCHED, DataRequest.vouched_by: by.name,
            DataRequest.vouched: seal(told[: way.LONGEST_REASON], "vouched", row.person),
        },
    )  # fmt: skip
    await requests.note(row, "identified", by=by, words=told)
    audit.record("privacy.vouched", f"data_request:{row.id}", by=by, number=row.number, person=subject)


async def ask_back(row: DataRequest, words: str, *, by: Actor) -> None:
    """Ask whoever asks for what is missing. The clock goes on: the law knows no pause."""
    await requests.hold(row)
    await officers.hold(row, by)
    told = words.strip()
    if not told:
        raise Refused("privacy.words_needed")
    if len(told) > requests.LONGEST:
        raise Refused("privacy.too_long", most=requests.LONGEST)
    if row.state not in way.OPEN:
        raise Refused("privacy.answered_already", number=row.number)
    event = await requests.note(row, "asked", by=by, words=told, public=True)
    audit.record("privacy.asked", f"data_request:{row.id}", by=by, number=row.number)
    await jobs.enqueue(TELL, row.id, "asked", event)


async def remark(row: DataRequest, words: str, *, by: Actor) -> None:
    """Write down something for those who look after it."""
    await officers.hold(row, by)
    if not words.strip():
        raise Refused("privacy.words_needed")
    await requests.note(row, "noted", by=by, words=words.strip()[: requests.LONGEST])


async def answer(
    row: DataRequest, outcome: str, *, article: str, reason: str, late_why: str = "", by: Actor,
    purposes: Collection[str] | None = None,
) -> None:  # fmt: skip
    """Answer it, or have what is proposed agreed to by a second person where that is needed.

    `purposes` are what a word is taken back for; all that stand without any. Refused: see `way.check_answer`; too
    late without a word on why; by whoever may not.
    """
    await requests.hold(row)
    await officers.hold(row, by)
    article, reason = article.strip(), reason.strip()
    way.check_answer(
        row.kind, outcome, article=article, reason=reason, identity=row.identity, subject=row.subject
    )  # fmt: skip
    if outcome != REFUSED and await corrections.needs_more(row):
        raise Refused("privacy.identity_needed")
    late = deadlines.is_overdue(row.received_at, clock.now())
    if late and row.late_why is None and len(late_why.strip()) < SHORTEST_VOUCH:
        raise Refused("privacy.late_needed")
    to = SECOND if row.kind in kinds.NEEDS_SECOND and outcome != REFUSED else outcome
    way.check(row.state, to)
    changes: dict[Any, Any] = {
        DataRequest.state: to, DataRequest.outcome: outcome, DataRequest.decided_by: by.name,
        DataRequest.article: article if outcome != FULFILLED else None, DataRequest.second_by: None,
        DataRequest.answer: seal(reason, "answer", row.person), DataRequest.owner: row.owner or by.name,
    }  # fmt: skip
    if late and late_why.strip():
        changes[DataRequest.late_why] = seal(late_why.strip()[: way.LONGEST_REASON], "late_why", row.person)
    if to != SECOND:
        changes[DataRequest.decided_at] = clock.now()
    await requests.change(row, changes)
    if to == SECOND:
        await requests.note(row, "proposed", by=by, words=reason)
        audit.record("privacy.proposed", f"data_request:{row.id}", by=by, number=row.number, outcome=outcome)
        await jobs.enqueue(TELL, row.id, "second", 0)
        return
    await _answered(row, by, purposes)


async def agree(row: DataRequest, *, by: Actor) -> None:
    """A second person agrees to what the first one proposes: it is the answer from now on."""
    await _second(row, by)
    assert row.outcome is not None
    way.check(row.state, row.outcome)
    await requests.change(
        row,
        {DataRequest.state: row.outcome, DataRequest.second_by: by.name, DataRequest.decided_at: clock.now()},
    )  # fmt: skip
    audit.record("privacy.agreed", f"data_request:{row.id}", by=by, number=row.number)
    await _answered(row, by)


async def give_back(row: DataRequest, words: str, *, by: Actor) -> None:
    """A second person does not agree: it is back with whoever looks after it, with why."""
    await _second(row, by)
    if not words.strip():
        raise Refused("privacy.words_needed")
    way.check(row.state, WORKING)
    none = {DataRequest.outcome: None, DataRequest.article: None, DataRequest.answer: None}
    await requests.change(row, {DataRequest.state: WORKING, DataRequest.decided_by: None, **none})
    await requests.note(row, "sent_back", by=by, words=words.strip()[: requests.LONGEST])
    audit.record("privacy.given_back", f"data_request:{row.id}", by=by, number=row.number)


async def is_duplicate(row: DataRequest, of: DataRequest, *, by: Actor) -> None:
    """It asks what another one asks: that one is answered, and its asker told which it is.

    Refused: itself, one of somebody else, or one that is a duplicate too.
    """
    await requests.hold(row)
    await officers.hold(row, by)
    same = {row.person, row.subject} - {None} & {of.person, of.subject}
    if of.id == row.id or of.state in (way.DUPLICATE, way.WITHDRAWN) or not same or of.kind != row.kind:
        raise Refused("privacy.not_the_same")
    way.check(row.state, way.DUPLICATE)
    await requests.change(
        row,
        {DataRequest.state: way.DUPLICATE, DataRequest.duplicate_of: of.id, DataRequest.closed_at: clock.now()},
    )  # fmt: skip
    await requests.note(row, "duplicate", by=by, public=True)
    audit.record("privacy.duplicate", f"data_request:{row.id}", by=by, number=row.number, of=of.number)
    await jobs.enqueue(TELL, row.id, "duplicate", 0)


async def handed_over(row: DataRequest, how: str, *, by: Actor) -> None:
    """The answer reached whoever asked, outside of any chat: how."""
    await requests.hold(row)
    await officers.hold(row, by)
    if not how.strip():
        raise Refused("privacy.words_needed")
    way.check(row.state, way.DELIVERED)
    await requests.change(row, {DataRequest.state: way.DELIVERED})
    await requests.note(row, "delivered", by=by, words=how.strip()[: requests.LONGEST], public=True)
    audit.record("privacy.delivered", f"data_request:{row.id}", by=by, number=row.number)


async def understood(row: DataRequest, *, by: Actor) -> None:
    """Whoever asked has read the answer: nothing of it is open any more."""
    await requests.hold(row)
    if row.state in way.OUTCOMES:
        await requests.change(row, {DataRequest.state: way.DELIVERED})
    if row.state == way.DELIVERED:
        await requests.change(row, {DataRequest.state: way.CLOSED, DataRequest.closed_at: clock.now()})
        await requests.note(row, "closed", by=by, public=True)
        audit.record("privacy.closed", f"data_request:{row.id}", by=by, number=row.number)


async def keep(row: DataRequest, *, by: Actor) -> None:
    """Whoever asked wants their data kept after all. Refused: it has begun, or nothing waits."""
    await requests.hold(row)
    await erasure.take_back(row.public, by=by)
    await requests.note(row, "kept", by=by, public=True)


async def mark_breach(row: DataRequest, *, by: Actor) -> None:
    """What it tells of may be a breach, or was found to be none."""
    await requests.hold(row)
    await officers.hold(row, by)
    await requests.change(row, {DataRequest.breach: not row.breach})
    audit.record("privacy.breach_marked", f"data_request:{row.id}", by=by, number=row.number, may_be=row.breach)


async def _answered(row: DataRequest, by: Actor, purposes: Collection[str] | None = None) -> None:
    await corrections.settle(row, granted=row.outcome != REFUSED, by=by)
    await carrying_out.settle(row, by, said=requests.opened(row, "words"), purposes=purposes)
    event = await requests.note(row, "decided", by=by, words=requests.opened(row, "answer"), public=True)
    audit.record(
        "privacy.decided", f"data_request:{row.id}", by=by, number=row.number, outcome=row.outcome, kind=row.kind
    )  # fmt: skip
    await jobs.enqueue(TELL, row.id, "decided", event)
    if row.kind == kinds.DELETE and row.outcome != REFUSED:
        await jobs.enqueue(TELL, row.id, "erasing", event)


async def _second(row: DataRequest, by: Actor) -> None:
    await requests.hold(row)
    if row.state != SECOND:
        raise Refused("privacy.no_such_step")
    if await officers.is_own(row, by):
        raise Refused("privacy.own_request")
    first = row.decided_by
    person = await officers.person_of(by)
    if by.name == first or (person is not None and first is not None and person == await officers.person_of(first)):
        raise Refused("privacy.another_person")
    if officers.SECOND_ROLES.isdisjoint(await officers.roles_of(by)):
        raise Refused("privacy.officer_decides")
