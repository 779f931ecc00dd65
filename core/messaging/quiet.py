"""The night of whoever is written to: what can wait for the morning of their place of work does.

Answers, decisions, cards that ask for one, and everything about accounts and chats never wait.
"""

from datetime import datetime, timedelta

from core import choices, clock, database
from core.accounts.tables import Company
from core.messaging.tables import Outbound
from core.people import directory

# What tells somebody only once more, or only what happened, by the whole of its key.
CAN_WAIT = frozenset(
    {
        "approvals.reminder", "approvals.begun_hr", "approvals.delegation_over", "leave.away", "leave.adjusted_told",
        "linking.silent", "ideas.told_reviewing", "ideas.told_planned", "ideas.told_released", "ideas.told_declined",
        "ideas.told_merged",
    }
)  # fmt: skip


async def waits(row: Outbound) -> datetime | None:
    """When the night of this person ends, if it is night there and the message can wait; needs the company open."""
    if row.key not in CAN_WAIT or row.person is None or row.caused_by is not None or row.edits is not None:
        return None
    zone = (await directory.zones_of([row.person])).get(row.person)
    if zone is None:
        place = await Company.select(Company.zone).where(Company.id == database.company()).first()
        assert place is not None
        zone = place["zone"]
    return morning(clock.now(), zone, await choices.of(choices.QUIET_FROM), await choices.of(choices.QUIET_UNTIL))


def morning(now: datetime, zone: str, start: int, end: int) -> datetime | None:
    """The next `end` o'clock there, if it is between `start` and `end` o'clock; None by day, or without a night."""
    there = clock.local(now, zone)
    night = start <= there.hour < end if start < end else there.hour >= start or there.hour < end
    if start == end or not night:
        return None
    ends = there.replace(hour=end, minute=0, second=0, microsecond=0)
    return (ends if ends > there else ends + timedelta(days=1)).astimezone(now.tzinfo)
