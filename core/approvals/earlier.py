"""Who agreed at an earlier step and sits at a later one too: their answer counts there, and nobody is asked twice.

That holds for whoever sits there because a post is vacant, too: a second yes of the same person adds no second person.
"""

from collections.abc import Sequence

from core import audit, clock
from core.approvals import kinds, rules, steps
from core.approvals.tables import Decision, Request, Step, StepApprover
from core.people.directory import Employee


async def still_to_ask(request: Request, step: Step, asked: Sequence[Employee]) -> Sequence[Employee]:
    """Of those who sit at a step that is about to open, who has not agreed before; the others' answers are written
    down. Nobody is left when that is enough."""
    agreed = await _agreed(request, step)
    counts = {row.person for row in await steps.sitting(step) if row.person in agreed}
    left = [one for one in asked if one.person not in counts]
    enough = await _enough(step, counts)
    if not counts or not (left or enough):
        return asked
    now = clock.now()
    for person in sorted(counts):
        await Decision.insert(
            Decision(
                step=step.id, actor=person, verdict=kinds.APPROVE, channel=kinds.EARLIER, version=request.version,
                decided_at=now,
            )
        )  # fmt: skip
        audit.record(
            "request.agreed_earlier", f"request:{request.id}", number=request.number, person=person, level=step.level
        )
    return [] if enough else left


async def _agreed(request: Request, step: Step) -> set[int]:
    """Who said yes themselves, at an earlier step, to this version; a stand-in's yes is the stand-in's."""
    rows = await Decision.select(Decision.actor).where(
        (Decision.step.request == request.id) & (Decision.step.version == request.version)
        & (Decision.step.asks == step.asks) & (Decision.step.level < step.level) & (Decision.verdict == kinds.APPROVE)
    )  # fmt: skip
    return {row["actor"] for row in rows}


async def _enough(step: Step, counts: set[int]) -> bool:
    seats = await StepApprover.count().where((StepApprover.step == step.id) & StepApprover.ended_at.is_null())
    return len(counts) >= rules.needed(step.mode, step.needed, seats)
