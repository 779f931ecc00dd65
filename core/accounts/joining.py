"""How a company and its people come to have accounts: by command or import, each proven by a link used once.

A company *offers* an address a membership, and its owner accepts it (`offers`); only who acts here by then is given a
further role at once.
"""

import hashlib
import re
import secrets
from datetime import timedelta

from piccolo.query.mixins import OnConflictAction

from core import audit, clock, database, look_alikes, vault
from core.accounts import leading, reach
from core.accounts.roles import SUPER
from core.accounts.tables import Account, Company, Membership, MembershipOffer, Token
from core.audit import NOBODY, Actor
from core.errors import Refused
from core.people.directory import Employee
from core.people.tables import Person
from core.phrases import one_line

GIVEN_BY_FILE = (
    "super_administrator", "administrator", "supporting_administrator", "agent", "data_protection_officer",
)  # fmt: skip
RESERVED = frozenset(
    "hooks iclock sign-in sign-out forgot reset second-factor account blocked invite "
    "report terms privacy cookies verify register status lapor privasi syarat "
    "me chat operator api live static healthz readyz metrics try www admin app language theme help training "
    "releases rilis".split()
)
SLUG = re.compile(r"[a-z][a-z0-9-]{2,39}")
LINK_LIFE = timedelta(days=3)
EMAIL_COLUMN = "account.email"
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


async def add_company(name: str, email: str, *, by: Actor = NOBODY, zone: str = "Asia/Jakarta") -> tuple[Company, str]:
    """Make a company and its first Super Administrator; returns the secret of the one-time sign-in link."""
    if not EMAIL.fullmatch(email):
        raise Refused("accounts.not_an_email", value=email)
    name = one_line(name)
    look_alikes.refuse(name, email)
    async with database.installation():
        company = await by_name(name)
        if company is None:
            company = Company(
                slug=await _free_slug(name), name=name, kind="company", language="id", zone=zone,
                created_at=clock.now(),
            )  # fmt: skip
            await Company.insert(company)
    async with database.transaction(company.id):
        # A company without anybody was left by a command that was killed halfway: it is finished now.
        if await Membership.exists() or await MembershipOffer.exists():
            raise Refused("accounts.company_exists", name=company.name, slug=company.slug)
        account, _ = await offer(email, "super_administrator", person=None, language="id", by=by)
        secret = await sign_in_link(account)
        audit.record("company.added", f"company:{company.id}", by=by)
    return company, secret


async def offer(
    email: str, role: str, *, person: int | None, language: str, by: Actor = NOBODY
) -> tuple[int, bool]:  # fmt: skip
    """Offer an address a role in the company in scope; its account is made if it has none.

    Returns the account, and whether its owner must still accept: who acts here already has agreed to this company, and
    has the role at once.
    """
    number = await _account_for(email, language)
    if await Membership.exists().where(Membership.account == number):
        await give(number, role, person=person, by=by)
        return number, False
    which = (MembershipOffer.account == number) & (MembershipOffer.role == role)
    made = (
        await MembershipOffer.insert(
            MembershipOffer(
                public=database.new_public(), account=number, role=role, person=person, by=by.name,
                offered_at=clock.now(),
            )
        )
        .on_conflict(action=OnConflictAction.do_nothing)
        .returning(MembershipOffer.id)
    )  # fmt: skip
    if not made:
        again = which & MembershipOffer.declined_at.is_not_null()
        made = (
            await MembershipOffer.update(
                {
                    MembershipOffer.declined_at: None,
                    MembershipOffer.offered_at: clock.now(),
                    MembershipOffer.by: by.name,
                }
            )
            .where(again)
            .returning(MembershipOffer.id)
        )
    if person is not None:  # what was offered to the address before is for this employee, too
        mine = (MembershipOffer.account == number) & MembershipOffer.person.is_null()
        await MembershipOffer.update({MembershipOffer.person: person}).where(mine)
    if made:
        audit.record("membership.offered", f"account:{number}", by=by, role=role)
    return number, True


async def join(email: str, role: str, *, person: int | None, language: str, by: Actor = NOBODY) -> int:
    """Let an address act in the company in scope, in a role, because its owner wants it; its account is made if it has
    none."""
    number = await _account_for(email, language)
    await give(number, role, person=person, by=by)
    return number


async def _account_for(email: str, language: str) -> int:
    """The account of an address, made if there is none."""
    index = vault.blind_index(email, field="email")
    found = await Account.select(Account.id).where(Account.email_index == index).first()
    if found is not None:
        return int(found["id"])
    account = Account(
        public=database.new_public(), email=vault.seal(email.strip().lower(), company=0, column=EMAIL_COLUMN),
        email_index=index, language=language, created_at=clock.now(),
    )  # fmt: skip
    await Account.insert(account)
    return int(account.id)


async def give(number: int, role: str, *, person: int | None, by: Actor) -> None:
    """Let an account act in the company in scope, in a role; its owner has agreed to that."""
    given = (
        await Membership.insert(Membership(account=number, role=role, person=person, since=clock.now()))
        .on_conflict(action=OnConflictAction.do_nothing)
        .returning(Membership.id)
    )
    if person is not None:
        await _tie(number, person, by)
    if given:
        audit.record("membership.given", f"account:{number}", by=by, role=role)


async def _tie(account: int, person: int, by: Actor) -> None:
    """What an account may do here, it does as this employee from now on, and loses with their last day."""
    which = (Membership.account == account) & Membership.person.is_null()
    roles = {row["role"] for row in await Membership.select(Membership.role).where(which)}
    if not roles:
        return
    if SUPER in roles:
        await leading.hold()
    await Membership.update({Membership.person: person}).where(which)
    audit.record("membership.tied", f"account:{account}", by=by, roles=sorted(roles))


async def own_address(by: Actor) -> str | None:
    """The address by which this actor has signed in, as long as the account is nobody's employee here."""
    kind, _, number = by.name.partition(":")
    if kind != "account" or not number.isdigit():
        return None
    mine = Membership.account == int(number)
    rows = await Membership.select(Membership.person).where(mine)
    if not rows or any(row["person"] is not None for row in rows):
        return None
    row = await Account.select(Account.email, Account.password_hash).where(Account.id == int(number)).first()
    if row is None or row["password_hash"] is None:  # the link that proves the address was not used yet
        return None
    return vault.unseal(row["email"], company=0, column=EMAIL_COLUMN)


async def sign_in_link(account: int) -> str:
    """The secret of a link by which this account signs in once and sets a password; three days, once. Whoever uses it
    accepts what the company in scope offers."""
    return await one_time_link(account, "sign_in", LINK_LIFE, inviter=database.company())


async def way_in(account: int, asked: bool) -> str | None:
    """The secret of a link for whoever is still `asked` to accept, or has no password; None for who signs in as always:
    for three days a link would let whoever reads that letter set their password anew."""
    if not asked and await Account.exists().where((Account.id == account) & Account.password_hash.is_not_null()):
        return None
    return await sign_in_link(account)


async def one_time_link(account: int, kind: str, life: timedelta, *, inviter: int | None = None) -> str:
    """The secret of a link that proves an account's address once, and sets a password."""
    secret = secrets.token_urlsafe(32)
    await Token.insert(
        Token(
            kind=kind, token_hash=digest(secret), account=account, expires_at=clock.now() + life, inviter=inviter,
        )
    )  # fmt: skip
    return secret


def index_of(email: str) -> str:
    """By what an account is found without its address being stored readably."""
    return vault.blind_index(email, field="email")


def digest(secret: str) -> str:
    """What is stored of a secret that the house made itself."""
    return hashlib.sha256(secret.encode()).hexdigest()


async def by_name(name: str) -> Company | None:
    """The company of this name or slug."""
    return (
        await Company.objects()
        .where((Company.kind == "company") & ((Company.slug == name) | (Company.name == name)))
        .first()
    )


async def _free_slug(name: str) -> str:
    words = [word for word in re.findall(r"[a-z0-9]+", name.lower()) if word not in ("pt", "cv", "tbk")]
    base = "-".join(words)[:32].strip("-")
    if not SLUG.fullmatch(base) or base in RESERVED:
        base = f"company-{base}".strip("-")[:32]
    taken = {row["slug"] for row in await Company.select(Company.slug)}
    if base not in taken:
        return base
    return next(f"{base}-{number}" for number in range(2, 10_000) if f"{base}-{number}" not in taken)


async def portal_link(employee: Employee, *, by: Actor = NOBODY, mailed: bool = False) -> tuple[str | None, str | None]:
    """The secret of a link by which an employee with a known address signs in to the portal first, or None and why.

    Where the account is somebody's already, or of interest to another company, the link must go to the address itself
    (`mailed`): whoever else is handed it would get in there as well.
    """
    async with database.reading(employee.company):
        await reach.hold(by, person=employee.person)
        person = await Person.select(Person.email).where(Person.id == employee.person).first()
    if person is None or not person["email"]:
        return None, "no_address"
    with vault.own(employee.company, employee.person):
        email = vault.unseal(person["email"], company=employee.company, column="person.email", subject=employee.person)
    if not mailed and await is_elsewhere(index_of(email), here=employee.company):
        return None, "elsewhere"  # nor is it offered: whoever has the account might not be whose address it is
    async with database.transaction(employee.company):
        account, asked = await offer(email, "employee", person=employee.person, language=employee.language, by=by)
        return await way_in(account, asked), None


async def is_elsewhere(index: str, *, here: int) -> bool:
    """Whether a link to this address would open more than what this company offers: its account acts in another one or
    was asked to, or has an owner by now, who does not act here."""
    async with database.installation(writes=False):
        for table in (Membership, MembershipOffer):
            if await table.exists().where((table.account.email_index == index) & (table.company != here)):
                return True
        owned = (Account.email_index == index) & Account.password_hash.is_not_null()
        mine = (Membership.account.email_index == index) & (Membership.company == here)
        return bool(await Account.exists().where(owned)) and not await Membership.exists().where(mine)


async def account_of(email: str) -> int:
    """The account of an address, or Refused."""
    row = await Account.select(Account.id).where(Account.email_index == index_of(email)).first()
    if row is None:
        raise Refused("accounts.no_account", value=email)
    return int(row["id"])
