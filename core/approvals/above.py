"""Who is asked next when an approver stays silent: somebody new, as long as there is anybody."""

from collections.abc import Collection, Sequence
from typing import Any

from core.approvals import chains, kinds
from core.approvals.tables import Decision, Request, Step, StepApprover
from core.people.directory import Employee
from core.stated import stated


async def agreed_before(request: Request, step: Step) -> set[int]:
    """Who said yes themselves, at an earlier step, to this version; a stand-in's yes is the stand-in's."""
    if step.level == 1:
        return set()
    rows = await Decision.select(Decision.actor).where(
        (Decision.step.request == request.id) & (Decision.step.version == request.version)
        & (Decision.step.asks == step.asks) & (Decision.step.level < step.level) & (Decision.verdict == kinds.APPROVE)
    )  # fmt: skip
    return {row["actor"] for row in rows}


async def at_step(step: Step) -> set[int]:
    """Who sits at a step or has answered there, in another's place too: none of them can be added."""
    rows, gave = await _sit(step.id), await _gave(step.id)
    return {row["person"] for row in rows} | {row["actor"] for row in gave}


@stated
def _sit(step: int) -> Any:
    return StepApprover.select(StepApprover.person).where((StepApprover.step == step) & StepApprover.ended_at.is_null())


@stated
def _gave(step: int) -> Any:
    return Decision.select(Decision.actor).where(Decision.step == step)


async def of(silent: int, request: Request, step: Step, asker: int) -> Sequence[Employee]:
    """Who is added beside this silent approver (a person): the head, else the administrators; nobody when all of them
    sit there already."""
    heads, _ = await chains.head_of(silent, not_person=asker)
    there, agreed = await at_step(step), await agreed_before(request, step)
    if any(one.person not in there | agreed for one in heads):
        return choose([heads], there=there, agreed=agreed)
    return choose([heads, await top(silent, asker)], there=there, agreed=agreed)


async def top(silent: int, asker: int) -> Sequence[Employee]:
    """The administrators, but for who is silent and who asks."""
    return [one for one in await chains.above_all(asker) if one.person != silent]


def choose(
    groups: Sequence[Sequence[Employee]], *, there: Collection[int], agreed: Collection[int]
) -> Sequence[Employee]:
    """Of the first of these groups in which anybody is new to the step, those who are.

    Who agreed at an earlier step is passed over: nobody is asked twice, and one's yes never becomes two by another's
    silence. Only where nobody else is left are they asked for the place of who is silent.
    """
    for passed in (agreed, ()):
        for group in groups:
            new = [one for one in group if one.person not in there and one.person not in passed]
            if new:
                return new
    return []
