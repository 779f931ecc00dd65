"""How far somebody's acts reach: never to a person, an account or an address with a role that stands above their own.

Whoever could set another's address, invite a chat for them or end their work could act as them, or be rid of them.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from core.accounts.roles import EVERY, OVER, PROGRAM, SUPPORTING, barred
from core.accounts.tables import Account, Membership, MembershipOffer
from core.audit import Actor
from core.errors import Refused
from core.people.tables import Person


@dataclass(frozen=True)
class Reach:
    """What is out of somebody's reach in the company in scope, each with the role that stands in the way."""

    people: Mapping[int, str] = field(default_factory=dict)
    accounts: Mapping[int, str] = field(default_factory=dict)
    addresses: Mapping[str, str] = field(default_factory=dict)  # by the blind index of the address
    barred: tuple[str, ...] = ()  # columns of the people file


async def of(by: Actor) -> Reach:
    """How far this actor reaches; commands and jobs of the house reach everybody, a program of the company only those
    without a role given by hand."""
    kind, _, number = by.name.partition(":")
    if kind == PROGRAM:
        return await _of_roles({SUPPORTING})
    if kind not in ("person", "account") or not number.isdigit():
        return Reach()
    column = Membership.person if kind == "person" else Membership.account
    mine = await Membership.select(Membership.account, Membership.person, Membership.role).where(column == int(number))
    selves = {row["person"] for row in mine} | ({int(number)} if kind == "person" else set())
    roles, own = {row["role"] for row in mine}, {row["account"] for row in mine}
    own |= {int(number)} if kind == "account" else set()
    return await _of_roles(roles, selves, own)


async def _of_roles(roles: Collection[str], selves: Collection[Any] = (), own: Collection[Any] = ()) -> Reach:
    """How far these roles reach, for whoever is these people and accounts themself."""
    over_them = [role for role, over in OVER.items() if over.isdisjoint(roles)] or [""]
    rows: list[dict[str, Any]] = []
    for table in (Membership, MembershipOffer):  # whoever could act as somebody could accept what they are offered
        rows += await table.select(table.account, table.person, table.role).where(table.role.is_in(over_them))
    above = sorted((row for row in rows if row["account"] not in own), key=lambda row: -EVERY.index(row["role"]))
    accounts = {int(row["account"]): str(row["role"]) for row in above}
    found = await Account.select(Account.id, Account.email_index).where(Account.id.is_in(list(accounts) or [0]))
    addresses = {str(row["email_index"]): accounts[row["id"]] for row in found}
    people = await _of_addresses(addresses) | {row["person"]: row["role"] for row in above if row["person"] is not None}
    return Reach({one: role for one, role in people.items() if one not in selves}, accounts, addresses, barred(roles))


async def _of_addresses(addresses: Mapping[str, str]) -> dict[int, str]:
    """The people of these addresses: an account that is nobody's employee yet becomes theirs by an invitation."""
    rows = await Person.select(Person.id, Person.email_index).where(Person.email_index.is_in(list(addresses) or [""]))
    return {int(row["id"]): addresses[row["email_index"]] for row in rows}


async def hold(by: Actor, *, person: int | None = None, account: int | None = None) -> None:
    """Refuse an act on this person, or account, when it is out of reach."""
    reach = await of(by)
    role = reach.people.get(person or 0) or reach.accounts.get(account or 0)
    if role is not None:
        raise Refused("accounts.above_you", role=role)
