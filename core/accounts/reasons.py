"""The words by which somebody says why they act on another's account; the audit entry names them by their number."""

from collections.abc import Collection

from core import clock, database, vault
from core.accounts.tables import AccountReason, Membership
from core.errors import Refused

COLUMN = "account_reason.words"
SHORTEST, LONGEST = 5, 500


async def keep(words: str, *, person: int | None) -> int:
    """Keep a reason, sealed for the person it is about, in the transaction of the act; returns its number."""
    told = check(words)
    sealed = vault.seal(told[:LONGEST], company=database.company(), column=COLUMN, subject=person)
    made = AccountReason(person=person, words=sealed, at=clock.now())
    await AccountReason.insert(made)
    return int(made.id)


def check(words: str) -> str:
    """The words in one line, or Refused where they are none."""
    told = " ".join(words.split())
    if len(told) < SHORTEST:
        raise Refused("accounts.needs_reason")
    return told


async def told(numbers: Collection[int]) -> dict[int, str]:
    """The words behind these numbers; those of a person who was erased are gone."""
    rows = await AccountReason.select().where(AccountReason.id.is_in(list(numbers) or [0]))
    found = {}
    for row in rows:
        try:
            found[row["id"]] = vault.unseal(row["words"], company=row["company"], column=COLUMN, subject=row["person"])
        except vault.SHUT:
            continue
    return found


async def person_of(account: int) -> int | None:
    """Who an account is in the company in scope."""
    rows = await Membership.select(Membership.person).where(Membership.account == account)
    return next((row["person"] for row in rows if row["person"] is not None), None)
