"""Whoever runs Serambi: their accounts are members of the installation's own row, in roles that no company gives."""

from collections.abc import Sequence
from dataclasses import dataclass

from core import database
from core.accounts import appointing, joining
from core.accounts.acts_in import OPERATOR
from core.accounts.roles import OPERATORS
from core.accounts.tables import Company, Membership, OperatorGrant
from core.audit import Actor
from core.errors import Refused


async def company() -> int:
    """The installation's own row, in which the operator's desk keeps its tickets and its people."""
    async with database.installation(writes=False):
        row = await Company.select(Company.id).where(Company.kind == OPERATOR).first()
    assert row is not None
    return int(row["id"])


async def add(email: str, role: str, *, by: Actor) -> tuple[str, bool]:
    """Offer an address a role at the operator's desk; returns the secret of a link that signs in once, and whether its
    owner must still accept by it. Refused: a role that is none of these."""
    if role not in OPERATORS:
        raise Refused("accounts.no_such_role")
    async with database.transaction(await company()):
        account, asked = await appointing.appoint(email, role, by=by)
        return await joining.sign_in_link(account), asked


async def are_there() -> bool:
    """Whether anybody works at the operator's desk: without them nothing is brought there."""
    async with database.installation(writes=False):
        return await Membership.exists().where(Membership.role.is_in(list(OPERATORS)))


@dataclass(frozen=True)
class Customer:
    """A company as the operator sees it: what it is called, and whether it lets somebody in."""

    company: int
    slug: str
    name: str
    zone: str
    grants: Sequence[OperatorGrant]  # of whoever asks, the newest first


async def customers(account: int, *, like: str = "", after: str = "", most: int = 100) -> Sequence[Customer]:
    """The companies of this installation by name, with what this account asked each of them for."""
    async with database.installation(writes=False):
        which = (Company.kind == "company") & (Company.name > after)
        if like:
            which = which & Company.name.ilike(f"%{like.replace('%', '').replace('_', '')}%")
        rows = await Company.objects().where(which).order_by(Company.name).limit(most)
        asked = (
            await OperatorGrant.objects()
            .where((OperatorGrant.account == account) & OperatorGrant.company.is_in([one.id for one in rows] or [0]))
            .order_by(OperatorGrant.id, ascending=False)
            .limit(5 * most)
        )
    return [
        Customer(one.id, one.slug, one.name, one.zone, [row for row in asked if row.company == one.id]) for one in rows
    ]


async def customer(slug: str) -> Company:
    """The company with this address. LookupError where there is none."""
    async with database.installation(writes=False):
        row: Company | None = (
            await Company.objects().where((Company.kind == "company") & (Company.slug == slug)).first()
        )
    if row is None:
        raise LookupError(slug)
    return row
