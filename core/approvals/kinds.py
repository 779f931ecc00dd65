"""What the engine knows of each kind of request: how it is put into words, and what follows from a decision.

A slice registers itself: `@describes("leave_request")`, `@settles("leave_request")`.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from core import vault
from core.approvals.tables import Decision, Request, Step

APPROVE, REJECT = "approve", "reject"
VERDICTS = (APPROVE, REJECT)
IN_REVIEW, APPLIED, REJECTED, WITHDRAWN = "in_review", "applied", "rejected", "withdrawn"
REASON = "decision.reason"


@dataclass(frozen=True)
class Described:
    """What a request is, in one language: for the card, for lists, for the words of a decision."""

    title: str
    what: str
    reason: str | None
    effect: str


@dataclass(frozen=True)
class Verdict:
    """A decision as it is told: who, what, when, why."""

    verdict: str
    who: str
    person: int
    at: datetime
    reason: str | None
    channel: str


Describe = Callable[[Request, str], Awaitable[Described]]
Settle = Callable[[Request, "Verdict | None"], Awaitable[None]]
DESCRIBES: dict[str, Describe] = {}
SETTLES: dict[str, Settle] = {}


def describes(kind: str) -> Callable[[Describe], Describe]:
    """Register how a kind of request is put into words."""
    return lambda told: DESCRIBES.setdefault(kind, told)


def settles(kind: str) -> Callable[[Settle], Settle]:
    """Register what follows from a decision (or, with None, from a withdrawal), in the same transaction."""
    return lambda settle: SETTLES.setdefault(kind, settle)


async def verdict_of(request: Request) -> Verdict | None:
    """The decision on a request, or None while there is none."""
    # By way of the steps it is two look-ups; joined it would go through every decision of the company.
    steps = await Step.select(Step.id).where(Step.request == request.id)
    row = (
        await Decision.select(*Decision.all_columns(), Decision.actor.name.as_alias("name"))
        .where(Decision.step.is_in([row["id"] for row in steps] or [0]))
        .order_by(Decision.id, ascending=False)
        .first()
    )
    if row is None:
        return None
    reason = vault.unseal(row["reason"], company=request.company, column=REASON) if row["reason"] else None
    return Verdict(row["verdict"], row["name"].split()[0], row["actor"], row["decided_at"], reason, row["channel"])
