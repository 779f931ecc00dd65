"""What changed of how somebody signs in. Its owner reads it by mail; how that is sent, `core/messaging` knows."""

from core import clock, jobs

TELL = "accounts.tell_changed"
PASSWORD, FACTOR_ON, FACTOR_NEW, FACTOR_OFF = "password", "factor_on", "factor_new", "factor_off"
RECOVERY = "recovery"  # one of the ten codes stood in for the second factor


async def tell(account: int, what: str) -> None:
    """Have the owner of this account told once the open transaction is kept: it may have been somebody else."""
    await jobs.enqueue(TELL, account, what, clock.now().isoformat())
