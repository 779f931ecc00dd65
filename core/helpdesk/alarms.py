"""When somebody must be told of a clock: before a target is missed, when it was, and when a promise was.

That a clock is late is a fact of its instants, whether anybody was told or not; this only says whom to wake, and when.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from core import jobs
from core.helpdesk.clocks import Both
from core.helpdesk.service_level import ANSWERED, PROMISE, RANKED, RECOUNTED, SOLVE, TARGET
from core.helpdesk.tables import Ticket

WARNED, LATE, BROKEN = "warned", "late", "broken"
KINDS = (WARNED, LATE, BROKEN)
OVERDUE = (RANKED, RECOUNTED, ANSWERED)  # what may make late what was not
SHARE = 0.75  # of a target, after which its agent is warned
JUST_AFTER = timedelta(seconds=1)  # at the due an answer is still in time


@dataclass(frozen=True)
class Alarm:
    """Something to be told once: of which clock, from when on, and when that clock is due."""

    kind: str
    metric: str
    since: datetime
    at: datetime
    due: datetime


def of(both: Both) -> Iterator[Alarm]:
    """Every alarm of the clocks that run; of the solution none while an answer is owed no later."""
    for family in (TARGET, PROMISE):
        answer = both.due(family, "answer")
        for one in both.of(family):
            if one.stopped is not None or one.due is None:
                continue
            if one.metric == SOLVE and answer is not None and answer <= one.due:
                continue
            warns = one.warns(SHARE) if family == TARGET else None
            if warns is not None and warns < one.due:
                yield Alarm(WARNED, one.metric, one.since, warns, one.due)
            kind = LATE if family == TARGET else BROKEN
            yield Alarm(kind, one.metric, one.since, one.due + JUST_AFTER, one.due)


def due(both: Both, now: datetime) -> list[Alarm]:
    """Those whose time has come; of one clock that was missed, nobody is warned any more."""
    some = [one for one in of(both) if one.at <= now]
    missed = {(one.metric, one.since) for one in some if one.kind != WARNED}
    return [one for one in some if one.kind != WARNED or (one.metric, one.since) not in missed]


def following(both: Both, now: datetime) -> datetime | None:
    """When the next one comes; None where none does."""
    return min((one.at for one in of(both) if one.at > now), default=None)


async def plan(ticket: Ticket, kind: str, standing: Both, now: datetime) -> None:
    """Have the next alarm ring in its time; what stood far away may be late now."""
    planned = following(standing, now) if ticket.merged_into is None else None
    if planned is not None and planned != ticket.alarm_at:
        await jobs.enqueue("tickets.alarm", ticket.id, run_at=planned)
    if kind in OVERDUE and ticket.merged_into is None and due(standing, now):
        await jobs.enqueue("tickets.alarm", ticket.id)
    ticket.alarm_at = planned
