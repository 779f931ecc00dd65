"""What changed of how somebody signs in. Its owner reads it by mail; how that is sent, `core/messaging` knows."""

from core import audit, clock, database, jobs
from core.accounts.tables import Membership
from core.audit import Actor

TELL = "accounts.tell_changed"
PASSWORD, FACTOR_ON, FACTOR_NEW, FACTOR_OFF = "password", "factor_on", "factor_new", "factor_off"
RECOVERY = "recovery"  # one of the ten codes stood in for the second factor
PASSKEY, PASSKEY_OFF = "passkey", "passkey_off"
PASSKEY_COPIED = "passkey_copied"  # its counter went back: somebody may hold a copy
CODES = "codes"  # ten new ones took the place of those there were


async def tell(account: int, what: str) -> None:
    """Have the owner of this account told once the open transaction is kept: it may have been somebody else."""
    await jobs.enqueue(TELL, account, what, clock.now().isoformat())


async def record(account: int, action: str, by: Actor) -> None:
    """Write an act on an account down in every company in which it acts."""
    async with database.installation(writes=False):
        rows = await Membership.select(Membership.company).where(Membership.account == account)
    for company in sorted({row["company"] for row in rows}):
        async with database.transaction(company):
            audit.record(action, f"account:{account}", by=by)
