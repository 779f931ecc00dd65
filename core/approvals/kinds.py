"""What the engine knows of each kind of request: how it is put into words, and what follows from a decision.

A slice registers itself: `@describes("leave_request")`, `@settles("leave_request")`, `knows("leave_request", ...)`.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from core import vault
from core.approvals.tables import Decision, Request, Step
from core.people.tables import Employment, Person
from core.phrases import phrase

APPROVE, REJECT, CHANGE = "approve", "reject", "change"
VERDICTS = (APPROVE, REJECT, CHANGE)
ACKNOWLEDGE = "acknowledge"  # recorded on the asker's own yes: nobody decides
PAPER = "paper"  # the door of what was agreed to outside and is recorded afterwards
EARLIER = "earlier"  # the door of an answer that was given at an earlier step and counts at a later one too
IN_REVIEW, RETURNED = "in_review", "returned"
APPROVED, APPLIED = "approved", "applied"  # decided; and in effect
REJECTED, WITHDRAWN, EXPIRED = "rejected", "withdrawn", "expired"
CANCEL_REQUESTED, CANCELLED = "cancel_requested", "cancelled"
UNDECIDED = (IN_REVIEW, CANCEL_REQUESTED)
OVER = (REJECTED, WITHDRAWN, EXPIRED, CANCELLED)  # nothing comes of it any more: the same may be asked for again
RECORDED = "recorded"  # how APPLIED is called where nobody had to decide
# Where each state may go. A decision, a withdrawal or a cut-off moves a request along these and nowhere else.
MOVES: Mapping[str, tuple[str, ...]] = {
    IN_REVIEW: (IN_REVIEW, RETURNED, APPROVED, REJECTED, WITHDRAWN, EXPIRED),
    RETURNED: (IN_REVIEW, WITHDRAWN, EXPIRED),
    APPROVED: (APPLIED,),
    APPLIED: (CANCEL_REQUESTED, CANCELLED),
    CANCEL_REQUESTED: (APPLIED, CANCELLED),
    REJECTED: (), WITHDRAWN: (), EXPIRED: (),
    CANCELLED: (APPLIED,),  # what it had given way to was taken back
}  # fmt: skip
REASON = "decision.reason"


@dataclass(frozen=True)
class Described:
    """What a request is, in one language: for the card, for lists, for the words of a decision."""

    title: str
    what: str
    reason: str | None
    effect: str
    when: str = ""  # only when it is, for "it was ... before"
    first: date | None = None  # the days it is about, where it is about days
    last: date | None = None


@dataclass(frozen=True)
class Verdict:
    """A decision as it is told: who, in whose place, what, when, why; `cancelled` when it undid what was in effect."""

    verdict: str
    who: str
    person: int
    at: datetime
    reason: str | None
    channel: str
    for_whom: str | None = None
    cancelled: bool = False

    def named(self, language: str) -> str:
        """Who decided, as people say it: `Sari`, `Darto a.n. Sari`, or `Ratna, dari kertas`."""
        if self.channel == PAPER:
            return phrase("approvals.from_paper", language, who=self.who)
        if self.for_whom is None:
            return self.who
        return phrase("approvals.on_behalf", language, who=self.who, whom=self.for_whom)


# Whether a part of what is being undone stays in effect: then the request stays applied.
Keeps = Callable[[Request], Awaitable[bool]]
KEEPS: dict[str, Keeps] = {}
Describe = Callable[[Sequence[Request], str], Awaitable[Mapping[int, Described]]]
Settle = Callable[[Request, "Verdict | None"], Awaitable[None]]
DESCRIBES: dict[str, Describe] = {}
SETTLES: dict[str, Settle] = {}
# The facts a chain of this kind may ask about, with the values they may take; None: a number, in thousandths.
FACTS: dict[str, Callable[[], Awaitable[Mapping[str, Collection[str] | None]]]] = {}
# The flow in which the asker changes what was sent back, and the answer that says which.
CHANGES: dict[str, tuple[str, str]] = {}
# The flow in which the asker calls off what is in effect, and the answer that says which.
CANCELS: dict[str, tuple[str, str]] = {}


def describes(kind: str) -> Callable[[Describe], Describe]:
    """Register how requests of a kind are put into words, by their id; many at once, in a fixed number of queries."""
    return lambda told: DESCRIBES.setdefault(kind, told)


def keeps(kind: str) -> Callable[[Keeps], Keeps]:
    """Register how it is known that undoing a request leaves some of it in effect."""
    return lambda keep: KEEPS.setdefault(kind, keep)


def settles(kind: str) -> Callable[[Settle], Settle]:
    """Register what follows from a decision (or, with None, from a withdrawal), in the same transaction."""
    return lambda settle: SETTLES.setdefault(kind, settle)


def knows(kind: str, facts: Callable[[], Awaitable[Mapping[str, Collection[str] | None]]]) -> None:
    """Register what the conditions of a chain may look at."""
    FACTS[kind] = facts


def changes(kind: str, flow: str, key: str) -> None:
    """Register the flow that changes a request which was sent back; its answer `key` is the request's number."""
    CHANGES[kind] = flow, key


def cancels(kind: str, flow: str, key: str) -> None:
    """Register the flow that calls off what is in effect; its answer `key` is the request's number."""
    CANCELS[kind] = flow, key


async def described(requests: Sequence[Request], language: str) -> Mapping[int, Described]:
    """These requests in words, by their id, whatever their kinds; what is to be undone is titled so."""
    found = dict(await subjects(requests, language))
    for one in requests:
        if one.state == CANCEL_REQUESTED and one.id in found:
            found[one.id] = replace(found[one.id], title=undoing(found[one.id].title, language))
    return found


async def subjects(requests: Sequence[Request], language: str) -> Mapping[int, Described]:
    """The same, titled by what was asked for first, also where its undoing is asked for now."""
    found: dict[int, Described] = {}
    for kind in dict.fromkeys(one.kind for one in requests):
        found.update(await DESCRIBES[kind]([one for one in requests if one.kind == kind], language))
    return found


def undoing(title: str, language: str) -> str:
    """The title of a wish to undo what bears this one."""
    return phrase("approvals.undo_title", language, title=title)


async def verdict_of(request: Request) -> Verdict | None:
    """The decision that settled a request, or None while there is none."""
    return (await verdicts_of([request])).get(request.id)


async def verdicts_of(requests: Sequence[Request]) -> Mapping[int, Verdict]:
    """The newest decision on each of these requests, by its id; of one that is undone, the decision that undid it.

    What is still in review has none, however many of its steps have agreed.
    """
    state = {one.id: one.state for one in requests if one.state != IN_REVIEW}
    given = await _given([one for one in requests if one.id in state])
    counts = [one for one in given if not one[1].cancelled or state[one[0]] == CANCELLED]
    return dict(counts)


async def answers_of(requests: Sequence[Request]) -> Mapping[int, Verdict]:
    """The newest answer that somebody gave to each of these requests, by its id: to it, or to undoing it, whatever
    came of that; also while others are still to answer."""
    return dict(await _given(requests))


def is_settled(request: Request, answer: Verdict) -> bool:
    """Whether this newest answer ended what was asked: nobody else is to answer it."""
    return request.state != (CANCEL_REQUESTED if answer.cancelled else IN_REVIEW)


async def _given(requests: Sequence[Request]) -> Sequence[tuple[int, Verdict]]:
    """Every answer to these requests with the request's id, in the order in which they came."""
    # By way of the steps it is few look-ups; joined it would go through every decision of the company.
    steps = {
        row["id"]: row
        for row in await Step.select(Step.id, Step.request, Step.asks).where(
            Step.request.is_in([one.id for one in requests] or [0])
        )
    }
    rows = await Decision.select().where(
        Decision.step.is_in(list(steps) or [0]) & (Decision.channel != EARLIER)
    ).order_by(Decision.id)  # fmt: skip
    people = {row["actor"] for row in rows} | {row["for_whom"] for row in rows if row["for_whom"]}
    names = {
        row["id"]: row["name"].split()[0]
        for row in await Person.select(Person.id, Person.name).where(Person.id.is_in(list(people) or [0]))
    }
    asked_by = await askers(requests)
    return [
        (
            step["request"],
            Verdict(
                row["verdict"], names[row["actor"]], row["actor"], row["decided_at"],
                reason_of(row, asked_by[step["request"]]), row["channel"],
                for_whom=names[row["for_whom"]] if row["for_whom"] else None, cancelled=step["asks"] == "cancel",
            ),
        )
        for row in rows
        for step in [steps[row["step"]]]
    ]  # fmt: skip


def reason_of(row: Mapping[str, Any], asker: int) -> str | None:
    """The words beside a decision, which describe the person who asked."""
    if row["reason"] is None:
        return None
    return vault.shown(row["reason"], company=row["company"], column=REASON, subject=asker)


async def called(states: Mapping[int, str]) -> Mapping[int, str]:
    """How requests stand as people call it, by their id: what took effect without anybody's decision is `recorded`."""
    applied = [one for one, state in states.items() if state == APPLIED]
    rows = await Step.select(Step.request).where(Step.request.is_in(applied)) if applied else []
    decided = {row["request"] for row in rows}
    return {
        one: RECORDED if state == APPLIED and one not in decided else state for one, state in states.items()
    }  # fmt: skip


async def askers(requests: Sequence[Request]) -> Mapping[int, int]:
    """The person who asked, by the request's id."""
    spells = {one.id: one.employment for one in requests}
    rows = await Employment.select(Employment.id, Employment.person).where(
        Employment.id.is_in(list(set(spells.values())) or [0])
    )
    people = {row["id"]: row["person"] for row in rows}
    return {request: people[spell] for request, spell in spells.items()}
