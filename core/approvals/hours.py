"""After how many hours an approver is reminded and their head is asked too: as a chain says, else as the company chose.

They are read when somebody is seated, and the instants are kept with the seat: a change reaches who is asked later.
"""

from core import choices
from core.approvals import rules
from core.approvals.rules import Hours, Rules


async def of_company() -> Hours:
    """What holds in the open company for chains that say nothing."""
    chosen = await choices.every()
    return Hours(chosen[choices.APPROVAL_REMINDER.name].value, chosen[choices.APPROVAL_ESCALATION.name].value)


async def of_chain(made: Rules) -> Hours:
    """What holds by this chain today."""
    return rules.hours(made, await of_company())
