"""The second factor of an account: set up, asked for, replaced by a recovery code, taken off with a reason.

It is a phone that shows codes, passkeys (`passkeys.py`), or both.
"""

from core import audit, clock, database, vault
from core.accounts import changed, reach, reasons, sessions, totp
from core.accounts.joining import EMAIL_COLUMN, digest
from core.accounts.offers import Offered
from core.accounts.roles import ADMINISTRATOR, OPERATORS, PROTECTION, SUPER
from core.accounts.tables import Account, Company, Membership, Passkey, RecoveryCode
from core.audit import Actor
from core.errors import Refused

MANDATORY = frozenset({SUPER, ADMINISTRATOR, PROTECTION, *OPERATORS})
SECRET, NEW_SECRET = "account.totp", "account.totp_new"


async def is_on(account: int) -> bool:
    """Whether this account has one: a phone with codes, or a passkey."""
    async with database.installation(writes=False):
        return await stands(account)


async def by_codes(account: int) -> bool:
    """Whether a phone shows codes for this account."""
    async with database.installation(writes=False):
        return await _by_codes(account)


async def stands(account: int) -> bool:
    """Whether this account has a second factor; inside whatever transaction is open."""
    return await _by_codes(account) or bool(await Passkey.exists().where(Passkey.account == account))


async def _by_codes(account: int) -> bool:
    return bool(await Account.exists().where((Account.id == account) & Account.totp.is_not_null()))


async def demanded_by(account: int) -> frozenset[int]:
    """The companies that let this account in only with one: it holds such a role there, and it is not the demo's."""
    async with database.installation(writes=False):
        rows = await Membership.select(Membership.company).where(
            (Membership.account == account) & Membership.role.is_in(sorted(MANDATORY))
        )
        found = await Company.select(Company.id).where(
            Company.id.is_in([row["company"] for row in rows] or [0]) & (Company.trial == False)  # noqa: E712
        )
    return frozenset(int(row["id"]) for row in found)


async def is_mandatory(account: int, entering: Offered | None = None) -> bool:
    """Whether this account may do nothing without one, because every company in which it acts, the one that it enters
    just now included, demands it: none decides how somebody enters another one.
    """
    demanding = set(await demanded_by(account))
    async with database.installation(writes=False):
        rows = await Membership.select(Membership.company).where(Membership.account == account)
    acts = {row["company"] for row in rows}
    if entering is not None:
        acts.add(entering.company)
        if not entering.trial and not MANDATORY.isdisjoint(entering.roles):
            demanding.add(entering.company)
    return bool(demanding) and acts <= demanding


async def begin(account: int) -> tuple[str, str]:
    """The secret that is being set up, the same until it is confirmed, and the address that phones read."""
    async with database.installation():
        row = await Account.objects().get(Account.id == account)
        assert row is not None
        if row.totp_new is None:
            secret = totp.new_secret()
            sealed = vault.seal(secret, company=0, column=NEW_SECRET)
            await Account.update({Account.totp_new: sealed}).where(Account.id == account)
        else:
            secret = vault.unseal(row.totp_new, company=0, column=NEW_SECRET)
    return secret, totp.address(secret, vault.unseal(row.email, company=0, column=EMAIL_COLUMN))


async def confirm(account: int, code: str, *, session: int) -> list[str]:
    """Turn on what was set up, once its code is right; returns the recovery codes, which are shown this once.

    Every other session ends: they were opened without it.
    """
    async with database.installation():
        row = await Account.objects().get(Account.id == account)
        assert row is not None
        if row.totp_new is None:
            raise Refused("accounts.code_wrong")
        secret = vault.unseal(row.totp_new, company=0, column=NEW_SECRET)
        step = totp.fits(secret, code, at=clock.now(), after=0)
        if step is None:
            raise Refused("accounts.code_wrong")
        await Account.update(
            {
                Account.totp: vault.seal(secret, company=0, column=SECRET),
                Account.totp_new: None,
                Account.totp_step: step,
            }
        ).where(Account.id == account)
        codes = await new_codes(account)
        await sessions.end_all(account, but=session)
        await changed.tell(account, changed.FACTOR_ON if row.totp is None else changed.FACTOR_NEW)
    await changed.record(account, "second_factor.on", Actor(f"account:{account}", "web"))
    return codes


async def new_codes(account: int) -> list[str]:
    """Ten recovery codes in the place of those there were; inside the transaction that makes them."""
    codes = totp.new_recovery_codes()
    await RecoveryCode.delete().where(RecoveryCode.account == account)
    await RecoveryCode.insert(*(RecoveryCode(account=account, code_hash=digest(totp.plain(one))) for one in codes))
    return codes


async def renew_codes(account: int) -> list[str]:
    """Ten new recovery codes in the place of those there were, which fit no more; shown this once."""
    async with database.installation():
        await database.lock(Account, account)
        if not await stands(account):
            raise Refused("accounts.codes_no_factor")
        codes = await new_codes(account)
        await changed.tell(account, changed.CODES)
    await changed.record(account, "second_factor.codes", Actor(f"account:{account}", "web"))
    return codes


async def passes(account: int, code: str) -> bool:
    """Whether this is the code of now, or a recovery code; either is used up by it."""
    async with database.installation():
        await database.lock(Account, account)
        row = await Account.objects().get(Account.id == account)
        if row is None:
            return False
        step = None
        if row.totp is not None:
            secret = vault.unseal(row.totp, company=0, column=SECRET)
            step = totp.fits(secret, code, at=clock.now(), after=row.totp_step)
        if step is not None:
            taken = (
                await Account.update({Account.totp_step: step})
                .where((Account.id == account) & (Account.totp_step < step))
                .returning(Account.id)
            )
            return bool(taken)
        used = (
            await RecoveryCode.update({RecoveryCode.used_at: clock.now()})
            .where(
                (RecoveryCode.account == account) & (RecoveryCode.code_hash == digest(totp.plain(code)))
                & RecoveryCode.used_at.is_null()
            )
            .returning(RecoveryCode.id)
        )  # fmt: skip
        if used:  # it lay on paper: whoever found it signs in as the owner does
            await changed.tell(account, changed.RECOVERY)
        return bool(used)


async def codes_left(account: int) -> int:
    """How many recovery codes were not used."""
    async with database.installation(writes=False):
        return int(await RecoveryCode.count().where((RecoveryCode.account == account) & RecoveryCode.used_at.is_null()))


async def take_off(account: int, *, by: Actor, reason: str) -> None:
    """Take the second factor off somebody who has lost it; inside the transaction of the company that does it.

    Passkeys go with it. Their sessions here end; who must have one sets up a new one at the next sign-in.
    """
    await reach.hold(by, account=account)
    why = await reasons.keep(reason, person=await reasons.person_of(account))
    await Account.update({Account.totp: None, Account.totp_new: None, Account.totp_step: 0}).where(
        Account.id == account
    )
    await RecoveryCode.delete().where(RecoveryCode.account == account)
    await Passkey.delete().where(Passkey.account == account)
    await sessions.end_here(account)
    await changed.tell(account, changed.FACTOR_OFF)
    audit.record("second_factor.off", f"account:{account}", by=by, reason=why)
