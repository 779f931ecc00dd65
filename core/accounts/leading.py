"""A company is never left without a Super Administrator who can act: not by a role, a last day, a file or its undoing.

Only who stays counts: an account that is nobody's employee, or somebody who works here and has no last day. Blocking is
never refused, since it stops a thief; an account that is blocked does not count, and the operator opens it again.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from core import clock, database, vault
from core.accounts.roles import SUPER
from core.accounts.tables import Account, Membership
from core.errors import Refused
from core.people.directory import DEFAULT_ZONE
from core.people.tables import Employment


@dataclass(frozen=True)
class Leads:
    """The Super Administrators of a company who are not blocked."""

    today: date
    outside: Collection[int] = ()  # accounts that are nobody's employee
    people: Collection[int] = ()  # the persons of the others, whether they stay or not
    staying: Mapping[str, int] = field(default_factory=dict)  # number -> person, of the spells that run without an end
    named: Collection[str] = ()  # of the addresses that were asked about, those of accounts in `outside`

    @property
    def stay(self) -> bool:
        """Whether one of them stays."""
        return bool(self.outside or self.staying)


async def leads(emails: Collection[str] = (), *, without: int | None = None) -> Leads:
    """Who leads the company in scope, leaving an account out; in three look-ups."""
    rows = await Membership.select(Membership.account, Membership.person).where(Membership.role == SUPER)
    accounts = await Account.select(Account.id, Account.email_index).where(
        Account.id.is_in([row["account"] for row in rows] or [0]) & Account.blocked_at.is_null()
    )
    index = {row["id"]: row["email_index"] for row in accounts if row["id"] != without}
    acting = [row for row in rows if row["account"] in index]
    outside = [row["account"] for row in acting if row["person"] is None]
    people = {row["person"] for row in acting} - {None}
    today = clock.today(DEFAULT_ZONE)
    spells = await Employment.select(Employment.number, Employment.person).where(
        Employment.person.is_in(sorted(people) or [0]) & Employment.leaves.is_null() & (Employment.joins <= today)
    )
    addresses = {index[one] for one in outside}
    named = {one for one in emails if vault.blind_index(one, field="email") in addresses}
    return Leads(today, outside, people, {row["number"]: row["person"] for row in spells}, named)


async def hold() -> None:
    """Let nobody else end a Super Administrator until this transaction is over, and refuse it at its end if it leaves
    the company without one that it had."""
    await database.lock_name(f"lead:{database.company()}")
    if (await leads()).stay:
        database.scope().before_commit.append(still)


async def still() -> None:
    """Refuse when no Super Administrator stays."""
    if not (await leads()).stay:
        raise Refused("accounts.last_super")
