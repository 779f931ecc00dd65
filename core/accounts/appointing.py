"""Who has which role in a company: given and taken by a Super Administrator, of whom one is always left."""

from collections.abc import Sequence
from dataclasses import dataclass

from piccolo.query.mixins import OnConflictAction

from core import audit, clock, database, look_alikes, vault
from core.accounts import joining, leading, reach, sessions
from core.accounts.joining import EMAIL, EMAIL_COLUMN
from core.accounts.roles import EVERY, OPERATOR_ADMINISTRATOR, OPERATORS, SUPER
from core.accounts.tables import Account, Company, Membership, Passkey
from core.audit import Actor
from core.errors import Refused
from core.people import directory

BY_HAND = (*joining.GIVEN_BY_FILE, *OPERATORS)


@dataclass(frozen=True)
class Holder:
    """An account with what it may do in this company by hand."""

    public: str
    account: int
    email: str
    name: str | None
    person: int | None
    roles: tuple[str, ...]
    second_factor: bool
    blocked: bool


async def holders() -> Sequence[Holder]:
    """Everybody who was given a role here, by address; the many who only work here are not among them."""
    rows = await Membership.select(Membership.account, Membership.role, Membership.person).where(
        Membership.role.is_in(list(BY_HAND))
    )
    numbers = sorted({int(row["account"]) for row in rows})
    accounts = await Account.objects().where(Account.id.is_in(numbers or [0]))
    persons = {int(row["account"]): row["person"] for row in rows if row["person"] is not None}
    keys = await Passkey.select(Passkey.account).where(Passkey.account.is_in(numbers or [0]))
    with_key = {row["account"] for row in keys}
    names = await directory.names_of(sorted(set(persons.values())))
    found = []
    for one in accounts:
        roles = {row["role"] for row in rows if row["account"] == one.id}
        person = persons.get(one.id)
        found.append(
            Holder(
                one.public, one.id, vault.unseal(one.email, company=0, column=EMAIL_COLUMN),
                names.get(person) if person is not None else None, person,
                tuple(role for role in EVERY if role in roles), one.totp is not None or one.id in with_key,
                one.blocked_at is not None,
            )
        )  # fmt: skip
    return sorted(found, key=lambda one: (one.name or one.email).lower())


async def given_here() -> Sequence[str]:
    """The roles that may be given in what is in scope: a company's, or at the operator's own desk the operator's."""
    row = await Company.select(Company.kind).where(Company.id == database.company()).first()
    return OPERATORS if row is not None and row["kind"] == "operator" else joining.GIVEN_BY_FILE


async def holder(public: str) -> Holder:
    """One of them by its address in pages."""
    found = next((one for one in await holders() if one.public == public), None)
    if found is None:
        raise LookupError(public)
    return found


async def appoint(email: str, role: str, *, by: Actor) -> tuple[int, bool]:
    """Offer an address a role here, or give it to who acts here already; returns its account, and whether its owner
    must still accept."""
    email = email.strip().lower()
    if not EMAIL.fullmatch(email) or len(email) > 254:
        raise Refused("accounts.not_an_email", value=email[:60])
    look_alikes.refuse(email)
    if role not in await given_here():
        raise Refused("accounts.no_such_role")
    index = joining.index_of(email)
    known = await Account.objects().where(Account.email_index == index).first()
    person = await directory.person_of_address(index)
    account, asked = await joining.offer(
        email, role, person=person, language=known.language if known else "id", by=by
    )  # fmt: skip
    if not asked:
        # What a session may do is looked up anew each time, but a new power needs the proof that belongs to it.
        await sessions.end_here(account)
    return account, asked


async def dismiss(found: Holder, role: str, *, by: Actor) -> None:
    """Take a role away; who still works here keeps what an employee has."""
    if role not in found.roles:
        raise Refused("accounts.no_such_role")
    if role == SUPER:
        await leading.hold()
        if not (await leading.leads(without=found.account)).stay:
            raise Refused("accounts.last_super")
    if role == OPERATOR_ADMINISTRATOR:
        await database.lock_name(f"lead:{database.company()}")
        left = (Membership.role == role) & (Membership.account != found.account)
        if not await Membership.exists().where(left & Membership.account.blocked_at.is_null()):
            raise Refused("accounts.last_operator")
    if found.person is not None:
        stays = Membership(account=found.account, role="employee", person=found.person, since=clock.now())
        await Membership.insert(stays).on_conflict(action=OnConflictAction.do_nothing)
    await Membership.delete().where((Membership.account == found.account) & (Membership.role == role))
    await sessions.end_here(found.account)
    audit.record("membership.taken", f"account:{found.account}", by=by, role=role)


async def sign_out_everywhere(found: Holder, *, by: Actor) -> int:
    """End every session here of somebody who has a role here."""
    await reach.hold(by, account=found.account)
    ended = await sessions.end_here(found.account)
    audit.record("sessions.ended", f"account:{found.account}", by=by, count=ended, at=clock.now().isoformat())
    return ended


async def lead(email: str, *, by: Actor) -> tuple[int, bool]:
    """Make an address Super Administrator from outside the company: the way back when the only one has left."""
    async with database.transaction(database.company()):
        return await appoint(email, SUPER, by=by)
