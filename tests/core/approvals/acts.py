"""What the tests of steps and of those who take them share: publishing a chain, refusals, what was said and done."""

from datetime import timedelta
from typing import Any

import pytest

from core import clock, database, jobs
from core.approvals import nudges, publishing, rules
from core.approvals.rules import Level, Rules, Who
from core.approvals.tables import RequestEvent
from core.errors import Refused
from core.leave import nights
from core.leave.plans import Spell
from core.leave.requests import KIND
from core.people.directory import Employee
from core.people.tables import Employment
from tests.core.cast import Cast, as_
from tests.core.conftest import MONDAY

CLOCK = (nudges.remind, nudges.escalate)  # registered by being imported
HEAD, ABOVE = Who(rules.MANAGER), Who(rules.MANAGERS_MANAGER)
HR = Who(rules.ROLE, role="administrator")


def named(who: Employee) -> Who:
    return Who(rules.PERSON, person=who.person)


async def grant(cast: Cast, who: Employee) -> None:
    async with database.transaction(cast.company):
        await nights.bring([Spell(who.id, who.joins)], MONDAY.date())


async def publish(cast: Cast, *levels: Level, **more: Any) -> None:
    await publishing.publish(
        KIND, Rules(tuple(levels), **more), from_=MONDAY.date(), company=cast.company, actor=as_(cast.ratna)
    )


async def refused(act: Any) -> str:
    with pytest.raises(Refused) as no:
        await act
    return no.value.key


async def state(cast: Cast) -> str:
    return (await cast.request("C-1")).state


async def keys(cast: Cast, who: Employee) -> list[str]:
    return [message.key for message in await cast.told(who)]


async def happened(cast: Cast) -> list[str]:
    async with database.reading(cast.company):
        return [row["what"] for row in await RequestEvent.select(RequestEvent.what).order_by(RequestEvent.id)]


async def leaves(cast: Cast, who: Employee) -> None:
    async with database.transaction(cast.company):
        last = MONDAY.date() - timedelta(days=1)
        await Employment.update({Employment.leaves: last}).where(Employment.id == who.id)


async def at(month: int, day: int, hour: int, minute: int = 0) -> None:
    with clock.freeze(MONDAY.replace(month=month, day=day, hour=hour, minute=minute)):
        await jobs.drain()
