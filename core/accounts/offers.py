"""Memberships that were offered: read by the owner of the account, accepted or declined; by the company, taken back.

`Membership` holds what its owner accepted, so whoever reads it needs to know nothing of offers: an offer opens,
demands and decides nothing. Nobody but this module and `joining.offer` turns the one into the other.
"""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from core import audit, clock, database, settings, vault
from core.accounts import blocks, joining
from core.accounts.joining import EMAIL_COLUMN
from core.accounts.roles import EMPLOYEE, EVERY, OPERATORS
from core.accounts.tables import Account, Company, Membership, MembershipOffer, Token
from core.audit import Actor
from core.errors import Refused
from core.people import directory

PROOF = "offer"
AGAIN_AFTER = timedelta(hours=1)  # whoever did not ask for an offer is not to be pestered with it
LINKS_ENDED: list[Callable[[Collection[str]], Awaitable[None]]] = []


def links_ended(told: Callable[[Collection[str]], Awaitable[None]]) -> Callable[[Collection[str]], Awaitable[None]]:
    """Register what a slice above does when links of the company in scope are ended, by what is kept of them; in the
    same transaction."""
    LINKS_ENDED.append(told)
    return told


@dataclass(frozen=True)
class Offered:
    """What one company offers an account."""

    company: int
    slug: str
    name: str
    zone: str
    trial: bool
    roles: tuple[str, ...]
    publics: tuple[str, ...]
    person: int | None
    by: str  # an actor, as the audit names them
    at: datetime


@dataclass(frozen=True)
class Standing:
    """An offer as the company sees it that made it."""

    public: str
    account: int
    email: str
    name: str | None
    role: str
    at: datetime
    declined_at: datetime | None
    told: bool  # its owner, lately
    owned: bool  # somebody signs in with this account, and reads its offers there


async def of_account(account: int, *, by_company: int | None = None) -> Sequence[Offered]:
    """What is offered to this account and was not declined, by company, by its name."""
    which = (MembershipOffer.account == account) & MembershipOffer.declined_at.is_null()
    if by_company is not None:
        which = which & (MembershipOffer.company == by_company)
    async with database.installation(writes=False):
        rows = await MembershipOffer.select().where(which).order_by(MembershipOffer.id)
        if not rows:
            return []
        companies = await Company.objects().where(Company.id.is_in([row["company"] for row in rows]))
    found = []
    for one in sorted(companies, key=lambda one: one.name):
        mine = [row for row in rows if row["company"] == one.id]
        held = {row["role"] for row in mine}
        found.append(
            Offered(
                one.id, one.slug, one.name, one.zone, one.trial, tuple(role for role in EVERY if role in held),
                tuple(row["public"] for row in mine), next((row["person"] for row in mine if row["person"]), None),
                mine[-1]["by"], mine[-1]["offered_at"],
            )
        )  # fmt: skip
    return found


async def count(account: int) -> int:
    """How many companies wait for an answer of this account."""
    return len(await of_account(account))


async def accept(account: int, publics: Collection[str], *, proof: str = "") -> Sequence[Offered]:
    """Let the account act where these offers ask it to; what was taken back meanwhile is refused."""
    taken = []
    for one in await _of_these(account, publics):
        if await needs_mail(account, one, proof):
            raise Refused("offers.by_mail")
        async with database.transaction(one.company):
            if not await take(account, set(publics)):
                raise Refused("offers.gone")
            await Token.update({Token.used_at: clock.now()}).where(_proves(account, one, proof))
        taken.append(one)
    return taken


async def needs_mail(account: int, one: Offered, proof: str = "") -> bool:
    """Whether only what was mailed to the address accepts this, and `proof` was not: who signs in with an account may
    be whoever knew its address first, and set it up without its owner."""
    if not settings.current().smtp_url:
        return False
    async with database.installation(writes=False):
        return not await Token.exists().where(_proves(account, one, proof))


async def prove(account: int) -> str:
    """What shows, beside the account's own session, that its owner reads the mail of the company in scope."""
    return await joining.one_time_link(account, PROOF, joining.LINK_LIFE, inviter=database.company())


def _proves(account: int, one: Offered, proof: str) -> Any:
    return (
        (Token.token_hash == joining.digest(proof)) & Token.kind.is_in([PROOF, "sign_in"]) & (Token.account == account)
        & (Token.inviter == one.company) & Token.used_at.is_null() & (Token.expires_at > clock.now())
    )  # fmt: skip


async def decline(account: int, publics: Collection[str]) -> None:
    """Say no to these offers; the company reads that, and may ask again."""
    for one in await _of_these(account, publics):
        async with database.transaction(one.company):
            which = _open(account) & MembershipOffer.public.is_in(list(publics))
            rows = await MembershipOffer.update({MembershipOffer.declined_at: clock.now()}).where(which).returning(
                MembershipOffer.role
            )  # fmt: skip
            if not rows:
                raise Refused("offers.gone")
            await spend_links([account])
            for row in rows:
                audit.record("membership.declined", f"account:{account}", by=_self(account), role=row["role"])


async def take(account: int, publics: Collection[str] | None = None) -> bool:
    """Make memberships of what the company in scope offers this account: these offers, or all; False without any."""
    which = _open(account)
    if publics is not None:
        which = which & MembershipOffer.public.is_in(list(publics))
    await database.lock_name(f"offers:{database.company()}:{account}")
    # Taken out before it is read: of accepting and taking back at the same moment, one finds nothing.
    rows = await MembershipOffer.delete().where(which).returning(
        MembershipOffer.id, MembershipOffer.role, MembershipOffer.person
    )  # fmt: skip
    for person in {row["person"] for row in rows} - {None}:
        if await blocks.of_person(person) is not None:
            raise Refused("accounts.blocked_sign_in")
    for row in sorted(rows, key=lambda row: int(row["id"])):
        await joining.give(account, row["role"], person=row["person"], by=_self(account))
        audit.record("membership.accepted", f"account:{account}", by=_self(account), role=row["role"])
    return bool(rows)


# -- for the company in scope ------------------------------------------------------------------------------------------


async def standing() -> Sequence[Standing]:
    """The roles that were offered here by hand and are not accepted, the newest first."""
    by_hand = MembershipOffer.role.is_in([*joining.GIVEN_BY_FILE, *OPERATORS])
    rows = await MembershipOffer.select().where(by_hand).order_by(MembershipOffer.id, ascending=False)
    accounts = await Account.objects().where(Account.id.is_in([row["account"] for row in rows] or [0]))
    known = {one.id: one for one in accounts}
    names = await directory.names_of(sorted({row["person"] for row in rows} - {None}))
    return [
        Standing(
            row["public"], row["account"],
            vault.unseal(known[row["account"]].email, company=0, column=EMAIL_COLUMN), names.get(row["person"]),
            row["role"], row["offered_at"], row["declined_at"], _lately(row["sent_at"]),
            known[row["account"]].password_hash is not None,
        )
        for row in rows
    ]  # fmt: skip


async def one(public: str) -> Standing:
    """One of them by its address in pages."""
    found = next((one for one in await standing() if one.public == public), None)
    if found is None:
        raise LookupError(public)
    return found


async def revoke(found: Standing, *, by: Actor) -> None:
    """Take an offer back, with the links that would accept it; one that was accepted meanwhile stays."""
    gone = await MembershipOffer.delete().where(MembershipOffer.public == found.public).returning(MembershipOffer.id)
    if not gone:
        raise Refused("offers.gone")
    await spend_links([found.account])
    audit.record("membership.revoked", f"account:{found.account}", by=by, role=found.role)


async def revoke_of(persons: Collection[int], *, role: str | None = None) -> Sequence[str]:
    """Take back what was offered to people who do not work here any more, or never did, or one role of it; the roles
    that were offered."""
    roles: set[str] = set()
    for part in directory.in_parts(persons):
        which: Any = MembershipOffer.person.is_in(part)
        if role is not None:
            which = which & (MembershipOffer.role == role)
        rows = await MembershipOffer.delete().where(which).returning(
            MembershipOffer.account, MembershipOffer.role
        )  # fmt: skip
        roles |= {row["role"] for row in rows}
        await spend_links({row["account"] for row in rows})
    return sorted(roles)


async def uninvite(persons: Collection[int]) -> None:
    """Take back what an invitation offered to these people, and nothing else; its links the caller ends."""
    for part in directory.in_parts(persons):
        invited = (MembershipOffer.role == EMPLOYEE) & MembershipOffer.person.is_in(part)
        await MembershipOffer.delete().where(invited)


async def note_sent(found: Standing, *, by: Actor) -> None:
    """Write down that its owner is told of an offer, once an hour at most; links that were sent before end."""
    which = (MembershipOffer.public == found.public) & MembershipOffer.declined_at.is_null()
    row = await MembershipOffer.select(MembershipOffer.sent_at).where(which).first()
    if row is not None and _lately(row["sent_at"]):
        raise Refused("offers.just_sent")
    if not await MembershipOffer.update({MembershipOffer.sent_at: clock.now()}).where(which).returning(
        MembershipOffer.id
    ):  # fmt: skip
        raise Refused("offers.gone")
    await spend_links([found.account])
    audit.record("membership.sent", f"account:{found.account}", by=by, role=found.role)


async def spend_links(accounts: Collection[int]) -> None:
    """End the links by which an offer of the company in scope would be accepted, of those who do not act here."""
    for part in directory.in_parts(accounts):
        acting = await Membership.select(Membership.account).where(Membership.account.is_in(part))
        left = set(part) - {row["account"] for row in acting}
        ended = await Token.update({Token.used_at: clock.now()}).where(
            Token.account.is_in([*left, 0]) & (Token.inviter == database.company()) & Token.used_at.is_null()
        ).returning(Token.token_hash)  # fmt: skip
        for told in LINKS_ENDED if ended else ():
            await told([row["token_hash"] for row in ended])


async def _of_these(account: int, publics: Collection[str]) -> Sequence[Offered]:
    found = [one for one in await of_account(account) if not set(publics).isdisjoint(one.publics)]
    if not found:
        raise Refused("offers.gone")
    return found


def _lately(sent_at: datetime | None) -> bool:
    return sent_at is not None and sent_at > clock.now() - AGAIN_AFTER


def _open(account: int) -> Any:
    return (MembershipOffer.account == account) & MembershipOffer.declined_at.is_null()


def _self(account: int) -> Actor:
    return Actor(f"account:{account}", "web")
