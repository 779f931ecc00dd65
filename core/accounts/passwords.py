"""One's own password, changed by who knows the present one: every other session ends, and the owner is told."""

import asyncio

from core import database, vault
from core.accounts import acts_in, changed, hashing, new_passwords, sessions, sign_in, tries
from core.accounts.joining import EMAIL_COLUMN
from core.accounts.tables import Account
from core.audit import Actor
from core.errors import Refused


async def change(account: int, current: str, password: str, *, session: int) -> None:
    """Let this account sign in with another password from now on; the session that asks goes on.

    Guesses at the present one are counted as those at a second factor: whoever found an open page does not find it out.
    """
    begun = asyncio.get_running_loop().time()
    mark = tries.mark_of("password", str(account))
    async with database.installation():
        row = await Account.objects().get(Account.id == account)
        assert row is not None
        stands = await tries.standing(mark, row)
        waits = tries.rests(*stands)
        if not waits:
            await tries.note(None, mark)
    if waits:
        await sign_in.same_time(begun)
        minutes = tries.minutes_left(*stands)
        raise Refused("accounts.current_waits", number=str(minutes), count=minutes)
    if not row.password_hash or not await hashing.fits(row.password_hash, current):
        await sign_in.same_time(begun)
        raise Refused("accounts.current_wrong")
    email = vault.unseal(row.email, company=0, column=EMAIL_COLUMN)
    async with database.installation():
        await tries.forget(mark)
    if password == current:
        raise Refused("accounts.password_same")
    await new_passwords.check(email, password, await acts_in.places(account, shut=()))
    made = await hashing.hashed(password)
    async with database.installation():
        taken = (
            await Account.update({Account.password_hash: made, Account.failures: 0, Account.failed_at: None})
            .where((Account.id == account) & (Account.password_hash == row.password_hash))
            .returning(Account.id)
        )
        if not taken:  # it was changed elsewhere in the same moment
            raise Refused("accounts.current_wrong")
        await sessions.end_all(account, but=session)
        await changed.tell(account, changed.PASSWORD)
    await changed.record(account, "password.changed", Actor(f"account:{account}", "web"))
