"""A company with a data-protection officer, and the verbs that the tests of the desk begin with."""

from collections.abc import Awaitable, Callable

import pytest

from core import database, jobs
from core.messaging.messages import Message
from core.people import directory, imports
from core.people.directory import Employee
from core.privacy import kinds, requests
from core.privacy import telling as _telling  # noqa: F401  registers its jobs
from core.privacy.requests import Come
from core.privacy.tables import DataRequest
from tests.core.cast import HR, Cast, accepted, as_

OFFICER = """\
employee_number,name,email,manager,department,location,timezone,join_date,role
0502,Agus Salim,agus@maju.example,0001,Direksi,Jakarta,Asia/Jakarta,2018-02-05,data_protection_officer
"""
Asks = Callable[..., Awaitable[DataRequest]]


@pytest.fixture
async def agus(maju: Cast) -> Employee:
    """The company's officer."""
    taken = await imports.take(maju.company, OFFICER.encode(), actor=HR)
    assert taken.bad == []
    async with database.transaction(maju.company):
        await accepted()
        found = await directory.by_number("0502")
    assert found is not None
    return found


@pytest.fixture
def asks(maju: Cast) -> Asks:
    """Have somebody ask, by the portal unless it is said otherwise."""

    async def ask(
        who: Employee, kind: str, words: str = "Tolong, data saya.", *, identity: str = kinds.SESSION, **more: object
    ) -> DataRequest:
        come = Come(kinds.PORTAL, "web", identity, subject=who.person, **more)  # type: ignore[arg-type]
        async with database.transaction(maju.company):
            row = await requests.submit(kind, who.person, words, come, by=as_(who))
        await jobs.drain()
        return row

    return ask


async def texts(maju: Cast, who: Employee) -> list[str]:
    """What somebody was told about requests."""
    return [one.text for one in await maju.told(who) if _is_ours(one)]


def _is_ours(one: Message) -> bool:
    return one.key.startswith("privacy.")
