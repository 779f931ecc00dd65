"""Where an account acts: the companies, the roles it was given in each, and who it is there."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from core import clock, database
from core.accounts import blocks, offers, second_factor
from core.accounts.roles import GUEST, OPERATORS
from core.accounts.tables import Company, Membership, OperatorGrant

OPERATOR = "operator"  # the kind of the installation's own row, and its address


@dataclass(frozen=True)
class Place:
    """A company in which an account acts: the roles it was given there, and who it is there as an employee."""

    company: int
    slug: str
    name: str
    zone: str
    roles: frozenset[str]
    person: int | None
    closed: bool = False  # until the account has a second factor, which its role here demands
    grant: int | None = None  # of a guest: what lets them look, and until when
    until: datetime | None = None


def entered(offered: offers.Offered | None) -> list[Place]:
    """Where somebody comes to act by accepting an offer."""
    if offered is None:
        return []
    roles = frozenset(offered.roles)
    return [Place(offered.company, offered.slug, offered.name, offered.zone, roles, offered.person)]


async def places(account: int, *, shut: Collection[int]) -> Sequence[Place]:
    """Every company in which this account acts, by name; where it acts in several, not those that have blocked it, nor
    those that have `shut` its session."""
    async with database.installation(writes=False):
        rows = await Membership.select(Membership.company, Membership.role, Membership.person).where(
            Membership.account == account
        )
        companies = await Company.objects().where(Company.id.is_in([row["company"] for row in rows] or [0]))
    demanding = {row["company"] for row in rows if row["role"] in second_factor.MANDATORY}
    closed = demanding & {one.id for one in companies if not one.trial}
    if closed and await second_factor.is_on(account):
        closed = set()
    found = []
    for company in sorted((one for one in companies if one.id not in shut), key=lambda one: one.name):
        mine = [row for row in rows if row["company"] == company.id]
        person = next((row["person"] for row in mine if row["person"] is not None), None)
        if person is not None and len(companies) > 1:
            async with database.reading(company.id):
                if await blocks.of_person(person) is not None:
                    continue
        # Roles of the operator mean something at its own desk alone, and no others mean anything there.
        own = company.kind == OPERATOR
        roles = frozenset(row["role"] for row in mine if (row["role"] in OPERATORS) == own)
        roles |= {"employee"} if person is not None else frozenset()
        found.append(
            Place(company.id, company.slug, company.name, company.zone, roles, person, company.id in closed)
        )  # fmt: skip
    desk = next((one for one in found if not one.roles.isdisjoint(OPERATORS)), None)
    return found if desk is None else [*found, *await _as_guest(account, desk, {one.company for one in found})]


async def _as_guest(account: int, desk: Place, own: Collection[int]) -> list[Place]:
    """The companies that let somebody of the operator look at this instant."""
    async with database.installation(writes=False):
        rows = await OperatorGrant.select(OperatorGrant.id, OperatorGrant.company, OperatorGrant.until).where(
            (OperatorGrant.account == account) & (OperatorGrant.until > clock.now()) & OperatorGrant.ended_at.is_null()
        )
        companies = await Company.objects().where(Company.id.is_in([row["company"] for row in rows] or [0]))
    last = {row["company"]: row for row in sorted(rows, key=lambda row: row["until"])}
    return [
        replace(
            desk, company=one.id, slug=one.slug, name=one.name, zone=one.zone, roles=frozenset({GUEST}), person=None,
            grant=last[one.id]["id"], until=last[one.id]["until"],
        )
        for one in sorted(companies, key=lambda one: one.name) if one.id not in own
    ]  # fmt: skip
