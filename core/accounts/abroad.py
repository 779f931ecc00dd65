"""What an account is in other companies: who acts on it here must not thereby act there."""

from core import database
from core.accounts.joining import GIVEN_BY_FILE
from core.accounts.roles import OPERATORS
from core.accounts.tables import Membership
from core.errors import Refused


async def hold(account: int, *, here: int) -> None:
    """Refuse an act that weakens an account for every company, where it was given a role by hand in another one, or
    was known there before it was here; asked before a transaction is open.

    Otherwise whoever has somebody else's employee accept a role could weaken how that one signs in. What was offered
    and not accepted keeps nobody from being helped.
    """
    async with database.installation(writes=False):
        rows = await Membership.select(Membership.id, Membership.company, Membership.role).where(
            Membership.account == account
        )
    first = min((row["id"] for row in rows if row["company"] == here), default=0)
    there = [row for row in rows if row["company"] != here]
    if any(row["role"] in (*GIVEN_BY_FILE, *OPERATORS) or row["id"] < first for row in there):
        raise Refused("accounts.acts_elsewhere")
