"""Who is asked: the head of the asker; where there is none, the administrators. Who is asked next: the head's head."""

from collections.abc import Sequence

from core.accounts.tables import Membership
from core.errors import Refused
from core.people import directory
from core.people.directory import Employee

ADMINISTRATORS = ("administrator", "super_administrator")


async def head_of(approver: int, *, not_person: int) -> tuple[Sequence[Employee], str]:
    """Who is added when this approver (a person) does not answer: his head, else the administrators."""
    asked = await directory.of_person(approver)
    if asked is not None and asked.manager is not None:
        head = await directory.at_work(asked.manager)
        if head is not None and head.person != not_person:
            return [head], "escalation"
    return [one for one in await administrators() if one.person not in (approver, not_person)], "escalation"


async def administrators() -> Sequence[Employee]:
    """The people who administer this company."""
    rows = await Membership.select(Membership.person).where(
        Membership.role.is_in(list(ADMINISTRATORS)) & Membership.person.is_not_null()
    )
    found = [await directory.of_person(person) for person in dict.fromkeys(row["person"] for row in rows)]
    return [one for one in found if one is not None]


async def approvers(by: Employee) -> tuple[Sequence[Employee], str]:
    """Who is to decide what this employee asks for, and why they."""
    if by.manager is not None and by.manager != by.id:
        head = await directory.at_work(by.manager)
        if head is not None:  # otherwise the head has not begun or has left, so the post is vacant
            return [head], "manager"
    found = [one for one in await administrators() if one.person != by.person]
    if not found:
        raise Refused("approvals.nobody")
    return found, "administrator"
