"""A ticket of somebody who is in danger: before all others, and told to the desk and to who administers at once.

Nobody is refused here for having many tickets open. What is sent to the desk's chats names the number alone: the words
are read where one signs in.
"""

from datetime import datetime

from core import settings
from core.accounts.roles import AGENT
from core.approvals import chains
from core.audit import Actor
from core.helpdesk import terms, tickets
from core.helpdesk.tickets import Told
from core.messaging import outbox
from core.messaging.messages import Message
from core.messaging.outbox import Address
from core.people.directory import Employee
from core.phrases import phrase


async def hand_over(employee: Employee, words: str, *, address: Address, by: Actor, at: datetime | None = None) -> Told:
    """Put these words before a person of the desk as urgent, and say so to everybody who can help."""
    row = await tickets.begin(
        employee.person, tickets.said(words), address=address, by=by, at=at, priority=terms.TOP
    )  # fmt: skip
    await tickets.hurry(row, by=by)
    for one in await who_hears(employee.person):
        told = phrase("tickets.emergency", one.language, number=row.number, link=settings.current().public_url)
        await outbox.post_once(
            await outbox.address_of(one.person), Message("tickets.emergency", told, language=one.language),
            dedupe=f"emergency:{row.id}:{one.person}",
        )  # fmt: skip
    return Told(row, row.answer_promise)


async def who_hears(person: int) -> list[Employee]:
    """The desk and who administers the company; never who asks."""
    found = [*await chains.holders([AGENT]), *await chains.administrators()]
    return list({one.person: one for one in found if one.person != person}.values())
