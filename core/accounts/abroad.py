"""What an account is in other companies: who acts on it here must not thereby act there."""

from typing import Any

from core import database
from core.accounts.joining import GIVEN_BY_FILE
from core.accounts.tables import Membership
from core.errors import Refused


async def hold(account: int, *, here: int) -> None:
    """Refuse an act that weakens an account for every company, where it was given a role by hand in another one, or
    was known there before it was here; asked before a transaction is open.

    Otherwise whoever appoints somebody else's employee could weaken how that one signs in; and whoever puts somebody
    else's administrator into a file of people could keep them from being helped.
    """
    async with database.installation(writes=False):
        rows = await Membership.select(Membership.id, Membership.company, Membership.role).where(
            Membership.account == account
        )
    first = min((row["id"] for row in rows if row["company"] == here), default=0)
    there = [row for row in rows if row["company"] != here]
    if any(row["role"] in GIVEN_BY_FILE or row["id"] < first for row in there):
        raise Refused("accounts.acts_elsewhere")


async def is_known(index: str, *, here: int) -> bool:
    """Whether the account of this address acts in another company: a link to it is for the address alone."""
    return await _is_there(Membership.account.email_index == index, here)


async def _is_there(whose: Any, here: int) -> bool:
    async with database.installation(writes=False):
        return bool(await Membership.exists().where(whose & (Membership.company != here)))
