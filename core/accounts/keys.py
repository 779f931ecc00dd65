"""Is this the master key that the database was sealed with? A wrong one would lose people their data."""

from cryptography.exceptions import InvalidTag

from core import database, vault
from core.accounts.tables import Company

COLUMN, KNOWN = "company.key_check", "serambi"


def check() -> str:
    """The envelope by which the key is known again."""
    return vault.seal(KNOWN, company=0, column=COLUMN)


async def fits() -> bool:
    """Whether the key of this process opens what the installation sealed when it was made."""
    async with database.installation(writes=False):
        row = await Company.select(Company.key_check).where(Company.key_check.is_not_null()).first()
    if row is None:
        return True
    try:
        return vault.unseal(row["key_check"], company=0, column=COLUMN) == KNOWN
    except (InvalidTag, ValueError):
        return False
