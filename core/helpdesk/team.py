"""Who works at the desk: everybody whose role opens its tickets, under the name by which the audit knows them."""

from collections.abc import Mapping
from dataclasses import dataclass

from core import database, vault
from core.accounts.joining import EMAIL_COLUMN
from core.accounts.roles import EVERY, holders
from core.accounts.tables import Account, Membership
from core.approvals import signers
from core.people.tables import Person

WORKS = holders("tickets", "work", among=EVERY)


@dataclass(frozen=True)
class Agent:
    """One of them; `called` is the name of an employee, else that of the address they sign in with."""

    name: str  # person:7 or account:8
    public: str  # of the account: the address by which a page or a form names them
    called: str
    person: int | None
    account: int
    blocked: bool


async def team() -> Mapping[str, Agent]:
    """All of them by the name they act under, in the order of what they are called; in one query."""
    return await database.once("desk team", [Membership, Account, Person], _team)


async def of_public(public: str) -> Agent | None:
    """The one with this address, or None where they do not work at the desk."""
    return next((one for one in (await team()).values() if one.public == public), None)


async def _team() -> Mapping[str, Agent]:
    theirs = Membership.account.is_in(Membership.select(Membership.account).where(Membership.role.is_in(list(WORKS))))
    rows = await Membership.select(
        Membership.account, Membership.person, Membership.person.name.as_alias("called"),
        Membership.account.public.as_alias("public"), Membership.account.blocked_at.as_alias("blocked_at"),
        Membership.account.email.as_alias("email"),
    ).where(theirs)  # fmt: skip
    found: dict[int, Agent] = {}
    # Who they are here stands in any of their roles.
    for row in sorted(rows, key=lambda one: one["person"] is not None):
        person, account = row["person"], int(row["account"])
        name = f"person:{person}" if person is not None else f"account:{account}"
        called = row["called"] or signers.name_of(vault.unseal(row["email"], company=0, column=EMAIL_COLUMN))
        found[account] = Agent(name, row["public"], called, person, account, row["blocked_at"] is not None)
    ordered = sorted(found.values(), key=lambda one: (one.called.casefold(), one.account))
    return {one.name: one for one in ordered}
