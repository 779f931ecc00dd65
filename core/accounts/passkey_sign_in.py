"""Signing in with a passkey: without a password, since it is something one has and was unlocked by who one is; or as
the second step behind one. The same waits and refusals hold as for passwords and codes."""

import asyncio
from typing import Any

from core import database
from core.accounts import passkeys, sign_in, tries
from core.accounts.passkeys import Asking
from core.accounts.sign_in import NOWHERE, Seat
from core.accounts.tables import Account
from core.errors import Refused


async def enter(answer: str, asking: Asking, *, replacing: str | None = None, seat: Seat = NOWHERE) -> str:
    """Sign in with nothing but a passkey; returns the secret of a session that opens everything."""
    account = await _checked(answer, asking)
    async with database.installation():
        return await sign_in.open_session(account, replacing, seat, None)


async def prove(secret: str, answer: str, asking: Asking, *, seat: Seat = NOWHERE) -> str:
    """Show a passkey after the password; returns the secret of the session that opens everything."""
    found = await sign_in.waiting(secret)
    if found is None or found.waits != "code":
        raise Refused("accounts.sign_in_again")
    await _checked(answer, asking, of=found.account)
    async with database.installation():
        return await sign_in.open_session(found.account, secret, seat, None, found.shut)


async def _checked(answer: str, asking: Asking, of: int | None = None) -> int:
    """The account whose passkey signed this, and which may sign in; a refusal leaves after the same time."""
    begun = asyncio.get_running_loop().time()
    try:
        told = passkeys.read(answer)
        return await _signed(told, asking, of)
    except Refused:
        await sign_in.same_time(begun)
        raise


async def _signed(told: dict[str, Any], asking: Asking, of: int | None) -> int:
    found = await passkeys.shown(told)
    if found is None or (of is not None and found.account != of):
        sign_in.told("passkey_wrong", of)
        raise Refused("passkeys.unknown")
    passkeys.checked(told, asking)  # who only was too slow has not guessed
    mark = tries.mark_of("passkey", str(found.account))
    async with database.installation():
        account = await Account.objects().get(Account.id == found.account)
        stands = await tries.standing(mark, account)
        rests = tries.rests(*stands)
        if not rests:
            await tries.note(None, mark)
    assert account is not None
    if rests:
        sign_in.told("waits", found.account)
        minutes = tries.minutes_left(*stands)
        raise Refused("passkeys.waits", number=str(minutes), count=minutes)
    try:
        await passkeys.check(told, found, asking)
    except Refused:
        sign_in.told("passkey_wrong", found.account)
        raise
    async with database.installation():
        await tries.forget(mark)
    if account.blocked_at is not None:
        sign_in.told("blocked", found.account)
        raise Refused("accounts.blocked_sign_in")
    sign_in.told("right", found.account)
    return found.account
