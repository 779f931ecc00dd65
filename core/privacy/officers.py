"""Who looks after requests about personal data: the company's officer, and who stands in where there is none.

Nobody decides on their own request. What a complaint says is read by whoever may decide on it, and by nobody else.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

from core.accounts.roles import ADMINISTRATOR, OPERATOR_ADMINISTRATOR, OPERATOR_LEAD, PROTECTION, SUPER
from core.accounts.tables import Membership
from core.approvals import chains
from core.audit import Actor
from core.errors import Refused
from core.people.directory import Employee
from core.privacy import kinds

# Whoever looks after data protection: the company's officer, and the operator's at the operator's own desk.
OFFICERS = frozenset({PROTECTION, OPERATOR_ADMINISTRATOR})
SECOND_ROLES = frozenset({SUPER, ADMINISTRATOR, PROTECTION, OPERATOR_ADMINISTRATOR, OPERATOR_LEAD})
REWRITERS = frozenset({SUPER, ADMINISTRATOR, PROTECTION})


class Asked(Protocol):
    """What of a request tells who may decide on it."""

    kind: str
    person: int
    subject: int | None


async def person_of(by: Actor | str) -> int | None:
    """The person behind an actor; None for an account that is nobody's employee."""
    kind, _, number = (by if isinstance(by, str) else by.name).partition(":")
    if kind == "person":
        return int(number)
    if kind != "account":
        return None
    mine = (Membership.account == int(number)) & Membership.person.is_not_null()
    row = await Membership.select(Membership.person).where(mine).first()
    return int(row["person"]) if row is not None else None


async def roles_of(by: Actor) -> frozenset[str]:
    """The roles that this actor was given here."""
    kind, _, number = by.name.partition(":")
    if kind not in ("person", "account") or not number.isdigit():
        return frozenset()
    column = Membership.person if kind == "person" else Membership.account
    rows = await Membership.select(Membership.role).where(column == int(number))
    return frozenset(row["role"] for row in rows)


async def may_decide(row: Asked, by: Actor) -> bool:
    """Whether they decide on this request, and so read all of it: never their own.

    What the record says is put right by HR too. All else is the officer's, or a Super Administrator's where the company
    has no officer but whoever it is about.
    """
    if await is_own(row, by):
        return False
    roles = await roles_of(by)
    if not OFFICERS.isdisjoint(roles) or (row.kind in kinds.REWRITES and not roles.isdisjoint(REWRITERS)):
        return True
    return SUPER in roles and not await _others(row)


async def hold(row: Asked, by: Actor) -> None:
    """Refused to whoever does not decide on it."""
    if await is_own(row, by):
        raise Refused("privacy.own_request")
    if not await may_decide(row, by):
        raise Refused("privacy.officer_decides")


async def is_own(row: Asked, by: Actor) -> bool:
    """Whether it is a request of their own, or about them."""
    person = await person_of(by)
    return person is not None and person in (row.person, row.subject)


async def hears(row: Asked) -> Sequence[Employee]:
    """Who is told of it: the officers, else the Super Administrators, else whoever administers; never whose it is."""
    own = {row.person, row.subject}
    for roles in ([PROTECTION], [SUPER]):
        found = [one for one in await chains.holders(roles) if one.person not in own]
        if found:
            return found
    return [one for one in await chains.above_all(row.person) if one.person not in own]


async def outside() -> Mapping[int, str]:
    """The accounts of officers who are nobody's employee, each with its language: they are told by mail."""
    rows = await Membership.select(Membership.account, Membership.account.language.as_alias("language")).where(
        Membership.role.is_in(sorted(OFFICERS)) & Membership.person.is_null()
    )
    return {int(row["account"]): row["language"] for row in rows}


async def leads(row: Asked) -> Sequence[Employee]:
    """Who is told that it is overdue: the Super Administrators."""
    return [one for one in await chains.holders([SUPER]) if one.person not in (row.person, row.subject)]


async def any_officer(but: int) -> bool:
    """Whether the company has an officer for what this person asks."""
    return any(one.person != but for one in await chains.holders([PROTECTION]))


async def _others(row: Asked) -> bool:
    return any(one.person not in (row.person, row.subject) for one in await chains.holders([PROTECTION]))
