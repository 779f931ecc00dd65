"""An account that somebody else may be using: everything that speaks for its owner ends in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core import audit, clock, database, jobs, vault
from core.accounts import reach, sessions
from core.accounts.roles import ADMINISTRATOR, SUPER
from core.accounts.tables import Account, Block, Invitation, Membership, MembershipOffer, Token
from core.audit import Actor
from core.errors import Refused
from core.people.tables import ChannelIdentity, Employment

REASON = "block.reason"
NARROW = "accounts.narrow_block"
SHORTEST_REASON = 5


@dataclass(frozen=True)
class Ended:
    """What a block ended; `chats` as (channel, account, where messages go)."""

    block: int
    at: datetime
    sessions: int
    chats: Sequence[tuple[str, str, str]]
    accounts: Sequence[int]


async def block(person: int | None, *, channel: str, by: Actor, account: int | None = None) -> Ended:
    """End every session, chat, open link and invitation of this person (or of an account that is no employee's), now;
    inside the company's transaction.

    Whoever asks as `account` has signed in, and shuts it everywhere. A chat speaks for somebody of this company alone:
    an account that acts elsewhere, too, stays signed in there, and soon signs in again to everywhere but here.
    """
    now = clock.now()
    rows = await Membership.select(Membership.account).where(Membership.person == person) if person else []
    accounts = sorted({int(row["account"]) for row in rows} | ({account} if account is not None else set()))
    live = (
        await ChannelIdentity.select()
        .where((ChannelIdentity.person == (person or 0)) & ChannelIdentity.ended_at.is_null())
        .order_by(ChannelIdentity.id)
    )
    chats = [(row["channel"], row["account"], row["place"] or row["external_id"]) for row in live]
    ended = 0
    for one in accounts:
        ended += await (sessions.end_all(one) if one == account else sessions.end_here(one))
        if one == account:  # a link that was asked for before, by whomever, opens nothing once the block is lifted
            await Token.update({Token.used_at: now}).where((Token.account == one) & Token.used_at.is_null())
        await Account.update({Account.blocked_at: now}).where((Account.id == one) & Account.blocked_at.is_null())
        if one != account:
            await jobs.enqueue(NARROW, one, now.isoformat())
    asked = MembershipOffer.select(MembershipOffer.account).where(MembershipOffer.person == (person or 0))
    await Token.update({Token.used_at: now}).where(  # who has not accepted yet does so once the block is lifted
        Token.account.is_in(asked) & (Token.inviter == database.company()) & Token.used_at.is_null()
    )
    made = Block(
        person=person, account=accounts[0] if accounts else None, channel=channel, sessions=ended,
        chats=",".join(dict.fromkeys(one[0] for one in chats)), blocked_at=now,
    )  # fmt: skip
    await Block.insert(made)
    await ChannelIdentity.update({ChannelIdentity.ended_at: now, ChannelIdentity.blocked_by: made.id}).where(
        (ChannelIdentity.person == (person or 0)) & ChannelIdentity.ended_at.is_null()
    )
    spells = await Employment.select(Employment.id).where(Employment.person == (person or 0))
    await Invitation.update({Invitation.replaced: True, Invitation.code: None}).where(
        Invitation.employment.is_in([row["id"] for row in spells] or [0]) & Invitation.used_at.is_null()
    )
    audit.record(
        "account.blocked",
        f"person:{person}" if person else f"account:{account}",
        by=by,
        sessions=ended,
        chats=len(chats),
    )
    return Ended(int(made.id), now, ended, chats, accounts)


@jobs.job(NARROW)
async def narrow(company: int, account: int, at: str) -> None:
    """Have a block that was asked for in a chat hold in this company alone, where its account acts in others."""
    async with database.installation():
        if await Membership.exists().where((Membership.account == account) & (Membership.company != company)):
            of_then = (Account.id == account) & (Account.blocked_at == datetime.fromisoformat(at))
            await Account.update({Account.blocked_at: None}).where(of_then)


async def of_person(person: int) -> Block | None:
    """The block that stands against this person's accounts, the newest."""
    return (
        await Block.objects()
        .where((Block.person == person) & Block.lifted_at.is_null())
        .order_by(Block.id, ascending=False)
        .first()
    )


async def open_ones(after: int = 0, limit: int = 50) -> Sequence[Block]:
    """The blocks that stand, the newest first."""
    return (
        await Block.objects()
        .where(Block.lifted_at.is_null() & (Block.id < (after or 2**31 - 1)))
        .order_by(Block.id, ascending=False)
        .limit(limit)
    )


async def stands_on(channel: str, account: str, external_id: str) -> bool:
    """Whether this chat was ended by a block that stands; needs installation()."""
    mine = (
        (ChannelIdentity.channel == channel) & (ChannelIdentity.account == account)
        & (ChannelIdentity.external_id == external_id)
    )  # fmt: skip
    return bool(await ChannelIdentity.exists().where(mine & ChannelIdentity.blocked_by.is_not_null()))


async def lift(person: int, reason: str, *, by: Actor, by_person: int | None, operator: bool = False) -> Sequence[int]:
    """Open the accounts again, never from the blocked one; an administrator's only by the operator.

    Returns the accounts. The chats stay ended: they are linked anew by an invitation.
    """
    standing = await of_person(person)
    if standing is None:
        raise Refused("accounts.not_blocked")
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused("accounts.needs_reason")
    if by_person == person:
        raise Refused("accounts.not_from_itself")
    rows = await Membership.select(Membership.account, Membership.role).where(Membership.person == person)
    if not operator and {row["role"] for row in rows} & {SUPER, ADMINISTRATOR}:
        raise Refused("accounts.operator_lifts")
    await reach.hold(by, person=person)
    accounts = sorted({int(row["account"]) for row in rows})
    sealed = vault.seal(reason.strip()[:500], company=database.company(), column=REASON, subject=person)
    lifted = (
        await Block.update({Block.lifted_at: clock.now(), Block.lifted_by: by.name, Block.reason: sealed})
        .where((Block.person == person) & Block.lifted_at.is_null())
        .returning(Block.blocked_at)
    )
    # What was shut by a block of another company stays shut.
    ours = Account.blocked_at.is_in([row["blocked_at"] for row in lifted])
    await Account.update({Account.blocked_at: None, Account.failures: 0, Account.failed_at: None}).where(
        Account.id.is_in(accounts or [0]) & ours
    )
    await ChannelIdentity.update({ChannelIdentity.blocked_by: None}).where(
        (ChannelIdentity.person == person) & ChannelIdentity.blocked_by.is_not_null()
    )
    audit.record("account.unblocked", f"person:{person}", by=by)
    return accounts


async def lift_account(account: int, reason: str, *, by: Actor) -> None:
    """The operator opens an account again, whoever's it is, in the company in scope."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused("accounts.needs_reason")
    rows = await Membership.select(Membership.person).where(Membership.account == account)
    person = next((row["person"] for row in rows if row["person"] is not None), None)
    if person is not None and await of_person(person) is not None:
        await lift(person, reason, by=by, by_person=None, operator=True)
        return
    sealed = vault.seal(reason.strip()[:500], company=database.company(), column=REASON, subject=person)
    lifted = (
        await Block.update({Block.lifted_at: clock.now(), Block.lifted_by: by.name, Block.reason: sealed})
        .where((Block.account == account) & Block.lifted_at.is_null())
        .returning(Block.id)
    )
    if not lifted:
        raise Refused("accounts.not_blocked")
    await Account.update({Account.blocked_at: None, Account.failures: 0, Account.failed_at: None}).where(
        Account.id == account
    )
    audit.record("account.unblocked", f"account:{account}", by=by)
