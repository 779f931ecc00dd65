"""Whom HR has invited, found by the telephone number that they themselves show us.

Only a number that its platform vouches for may be looked up here: it does then what the code of the invitation does.
"""

from core import clock, database, vault
from core.accounts.tables import Company, Invitation
from core.people.identities import Offered
from core.people.tables import Person


async def invited(number: str) -> Offered | None:
    """The open invitation of whoever is registered with exactly this number; None where nobody is, or two are."""
    async with database.installation(writes=False):
        companies = await Company.select(Company.id).where(Company.kind == "company")
    found: list[Offered] = []
    for row in companies:
        index = vault.blind_index(number, field="phone", company=row["id"])
        async with database.reading(row["id"]):
            people = [one["id"] for one in await Person.select(Person.id).where(Person.phone_index == index)]
            theirs = await Invitation.select(Invitation.id, Invitation.employment).where(
                Invitation.employment.person.is_in(people or [0]) & Invitation.used_at.is_null()
                & (Invitation.replaced == False) & (Invitation.expires_at >= clock.now())  # noqa: E712
            )  # fmt: skip
        found += [Offered(one["id"], row["id"], one["employment"]) for one in theirs]
    return found[0] if len(found) == 1 else None
