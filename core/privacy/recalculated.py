"""What would be computed anew if a correction were granted, seen before it is: proposed, and done with the answer.

From the first day of work follows what leave is given; from what tax and BPJS use follows what whoever pays is told.
Nothing is computed from the other fields.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from core import clock
from core.leave import accrual, types
from core.leave.dates import leave_year
from core.people.directory import DEFAULT_ZONE

LEAVE, BPJS, TAX, BANK = "leave", "bpjs", "tax", "bank"


@dataclass(frozen=True)
class Effect:
    """One thing that is computed anew: which, and for leave its name and the days of the running year by now."""

    what: str
    name_id: str = ""
    name_en: str = ""
    before: int = 0
    after: int = 0


async def preview(field: str, old: str, new: str, elsewhere: str | None) -> list[Effect]:
    """What follows from this correction; in the open transaction."""
    found = [Effect(elsewhere)] if elsewhere is not None else []
    if field != "join_date":
        return found
    today = clock.today(DEFAULT_ZONE)
    try:
        first, second = date.fromisoformat(old), date.fromisoformat(new)
    except ValueError:
        return found
    for kind in await types.all(today):
        if not kind.in_lots or kind.schedule == "none":
            continue
        before, after = _given(kind, first, today), _given(kind, second, today)
        if before != after:
            found.append(Effect(LEAVE, kind.name_id, kind.name_en, before, after))
    return found


def _given(kind: Any, joins: date, today: date) -> int:
    """What the running leave year has given by now to somebody who joined on this day."""
    planned = accrual.plan(kind, joins, leave_year(joins, today, kind.basis))
    return sum(line.quantity for line in planned if line.due <= today)
