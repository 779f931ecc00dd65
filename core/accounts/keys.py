"""Are these the keys that the database was sealed with? Wrong ones would lose people their data."""

from core import database, settings, vault
from core.accounts.tables import Company
from core.key_store import Unreachable
from core.keyring import FIRST, UnknownKey

WRONG_KEY = "SERAMBI_MASTER_KEY is not the key this database was sealed with: put that one back, nothing else opens it"
WRONG_STORE = (
    "SERAMBI_KEYS does not have the keys this database was sealed with: put the right key store back, "
    "or its newest backup; nothing else opens it"
)
NO_STORE = "SERAMBI_KEYS names a key store that does not answer: check its address, its rights and its server"

COLUMN, KNOWN = "company.key_check", "serambi"


def check() -> str:
    """The envelope by which the key is known again."""
    return vault.seal(KNOWN, company=0, column=COLUMN)


async def trouble() -> str | None:
    """What is wrong with the keys of this process and what to do, or None when they open this database."""
    async with database.installation(writes=False):
        row = await Company.select(Company.key_check).where(Company.key_check.is_not_null()).first()
    try:
        if row is None or vault.unseal(row["key_check"], company=0, column=COLUMN) == KNOWN:
            return None
    except Unreachable:
        return NO_STORE
    except UnknownKey:
        return WRONG_STORE
    except vault.SHUT:
        return WRONG_KEY
    return WRONG_KEY


async def found() -> None:
    """Begin the key store when the installation begins, or when it comes from a release without one.

    Needs the open transaction, and keys that fit.
    """
    row = await Company.select(Company.id, Company.key_check).where(Company.key_check.is_not_null()).first()
    if row is None:
        vault.keyring().found(adopting=None)
    elif row["key_check"].startswith(f"s1.{FIRST}."):
        vault.keyring().found(adopting=settings.current().master_key)
        # From now on a database that was left without its key store is known.
        await Company.update({Company.key_check: check()}).where(Company.id == row["id"])
