"""The night of whoever is written to: what can wait for the morning of their place of work does.

Answers, decisions, cards that ask for one, and everything about accounts and chats never wait.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core import choices, clock, database
from core.accounts.tables import Company
from core.audit import Actor
from core.errors import Refused
from core.messaging.tables import Outbound
from core.people import consents, directory
from core.people.consents import Said
from core.people.tables import Person
from core.phrases import phrase

# What tells somebody only once more, or only what happened, by the whole of its key.
CAN_WAIT = frozenset(
    {
        "approvals.reminder", "approvals.begun_hr", "approvals.delegation_over", "leave.away", "leave.adjusted_told",
        "linking.silent", "ideas.told_reviewing", "ideas.told_planned", "ideas.told_released", "ideas.told_declined",
        "ideas.told_merged", "yearly.asked", "releases.told",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Night:
    """From which hour to which what can wait does, and whether news is wanted; equal hours: no night."""

    starts: int
    ends: int
    own: bool
    news: bool


async def waits(row: Outbound) -> datetime | None:
    """When the night of this person ends, if it is night there and the message can wait; needs the company open."""
    if row.key not in CAN_WAIT or row.person is None or row.caused_by is not None or row.edits is not None:
        return None
    zone = (await directory.zones_of([row.person])).get(row.person)
    night = await of(row.person)
    if zone is None:
        place = await Company.select(Company.zone).where(Company.id == database.company()).first()
        assert place is not None
        zone = place["zone"]
    return morning(clock.now(), zone, night.starts, night.ends)


async def of(person: int) -> Night:
    """The night of somebody: their own where they chose one, else that of the company."""
    row = await Person.select(Person.quiet_from, Person.quiet_until, Person.news).where(Person.id == person).first()
    assert row is not None
    if row["quiet_from"] is not None and row["quiet_until"] is not None:
        return Night(row["quiet_from"], row["quiet_until"], True, row["news"])
    starts, ends = await choices.of(choices.QUIET_FROM), await choices.of(choices.QUIET_UNTIL)
    return Night(starts, ends, False, row["news"])


async def choose(person: int, starts: int | None, ends: int | None) -> None:
    """From now on their night lasts from this hour to that one; none of both: that of the company again.

    Equal hours are no night at all. Refused: an hour no day has, or one without the other.
    """
    if (starts is None) != (ends is None) or any(one is not None and one not in range(24) for one in (starts, ends)):
        raise Refused("nights.no_hours")
    await Person.update({Person.quiet_from: starts, Person.quiet_until: ends}).where(Person.id == person)


async def choose_news(person: int, *, wanted: bool, by: Actor, said: Said | None = None) -> None:
    """From now on they are told of the wishes they support and of each quarter, or no longer; their word is kept."""
    row = await Person.select(Person.news, Person.language).where(Person.id == person).first()
    if row is None or row["news"] == wanted:
        return
    await Person.update({Person.news: wanted}).where(Person.id == person)
    act = consents.GIVEN if wanted else consents.WITHDRAWN
    words = phrase("consents.text_news" if wanted else "consents.withdraw_news", row["language"])
    await consents.note(person, consents.NEWS, act, said or Said(words, row["language"]), by=by)


def morning(now: datetime, zone: str, start: int, end: int) -> datetime | None:
    """The next `end` o'clock there, if it is between `start` and `end` o'clock; None by day, or without a night."""
    there = clock.local(now, zone)
    night = start <= there.hour < end if start < end else there.hour >= start or there.hour < end
    if start == end or not night:
        return None
    ends = there.replace(hour=end, minute=0, second=0, microsecond=0)
    return (ends if ends > there else ends + timedelta(days=1)).astimezone(now.tzinfo)
