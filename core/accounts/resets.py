"""The link by which somebody who signs in by a password sets another: half an hour, once, and the newest alone."""

from datetime import timedelta
from typing import Any

from core import audit, clock
from core.accounts import joining
from core.accounts.tables import Account, Membership, Token
from core.audit import Actor
from core.errors import Refused

LIFE = timedelta(minutes=30)
MOST_MAILED = 3  # an hour; whoever asks more often for somebody else's address only fills their mailbox


async def are_many(account: int) -> bool:
    """Whether so many were made within an hour that no more is mailed."""
    since = clock.now() + LIFE - timedelta(hours=1)
    made = await Token.count().where(_of(account) & (Token.expires_at > since))
    return bool(made >= MOST_MAILED)


async def renewed(account: int) -> str:
    """The secret of a new link; those from before open nothing any more."""
    await Token.update({Token.used_at: clock.now()}).where(_of(account) & Token.used_at.is_null())
    return await joining.one_time_link(account, "reset", LIFE)


async def by_hand(email: str, *, by: Actor) -> str:
    """The secret of a link for somebody who acts in the company in scope, to be handed over where no mail goes.

    Refused for who has no password, who is let in by an invitation, and while a block stands. Their second step is
    asked for all the same, and they are told that their password changed.
    """
    number = await joining.account_of(email)
    account = await Account.objects().get(Account.id == number)
    if account is None or not await Membership.exists().where(Membership.account == number):
        raise Refused("accounts.no_account", value=email)
    if account.blocked_at is not None:
        raise Refused("accounts.reset_blocked")
    if account.password_hash is None:
        raise Refused("accounts.reset_nothing")
    audit.record("reset.printed", f"account:{number}", by=by)
    return await renewed(number)


def _of(account: int) -> Any:
    return (Token.account == account) & (Token.kind == "reset")
