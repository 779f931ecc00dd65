"""Who agreed at an earlier step and sits at a later one too: their answer counts there, and nobody is asked twice.

That holds for whoever sits there because a post is vacant, too: a second yes of the same person adds no second person.
"""

from collections.abc import Iterable, Sequence

from core import audit, clock
from core.approvals import above, kinds, rules, steps
from core.approvals.tables import Decision, Request, Step, StepApprover
from core.people.directory import Employee


async def still_to_ask(request: Request, step: Step, asked: Sequence[Employee]) -> Sequence[Employee]:
    """Of those who sit at a step that is about to open, who has not agreed before; the others' answers are written
    down. Nobody is left when that is enough."""
    agreed = await above.agreed_before(request, step)
    counts = {row.person for row in await steps.sitting(step) if row.person in agreed}
    left = [one for one in asked if one.person not in counts]
    enough = await _enough(step, counts)
    if not counts or not (left or enough):
        return asked
    await count(request, step, counts)
    return [] if enough else left


async def count(request: Request, step: Step, people: Iterable[int]) -> None:
    """Write down at a step that these have agreed before, as the audit says too."""
    now = clock.now()
    for person in sorted(people):
        await Decision.insert(
            Decision(
                step=step.id, actor=person, verdict=kinds.APPROVE, channel=kinds.EARLIER, version=request.version,
                decided_at=now,
            )
        )  # fmt: skip
        audit.record(
            "request.agreed_earlier", f"request:{request.id}", number=request.number, person=person, level=step.level
        )


async def _enough(step: Step, counts: set[int]) -> bool:
    seats = await StepApprover.count().where((StepApprover.step == step.id) & StepApprover.ended_at.is_null())
    return len(counts) >= rules.needed(step.mode, step.needed, seats)
