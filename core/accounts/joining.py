"""How a company and its people come to have accounts: by command or import, each proven by a link used once."""

import hashlib
import re
import secrets
from datetime import timedelta

from piccolo.query.mixins import OnConflictAction

from core import audit, clock, database, vault
from core.accounts import leading, reach
from core.accounts.roles import SUPER
from core.accounts.tables import Account, Company, Membership, Token
from core.audit import NOBODY, Actor
from core.errors import Refused
from core.people.directory import Employee
from core.people.tables import Person

GIVEN_BY_FILE = (
    "super_administrator", "administrator", "supporting_administrator", "agent", "data_protection_officer",
)  # fmt: skip
RESERVED = frozenset(
    "hooks iclock sign-in sign-out forgot reset second-factor account blocked invite "
    "report terms privacy verify register status lapor privasi syarat "
    "me chat operator api live static healthz readyz metrics try www admin app language theme".split()
)
SLUG = re.compile(r"[a-z][a-z0-9-]{2,39}")
LINK_LIFE = timedelta(days=3)
EMAIL_COLUMN = "account.email"
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


async def add_company(name: str, email: str, *, by: Actor = NOBODY, zone: str = "Asia/Jakarta") -> tuple[Company, str]:
    """Make a company and its first Super Administrator; returns the secret of the one-time sign-in link."""
    if not EMAIL.fullmatch(email):
        raise Refused("accounts.not_an_email", value=email)
    async with database.installation():
        company = await by_name(name.strip())
        if company is None:
            company = Company(
                slug=await _free_slug(name), name=name.strip(), kind="company", language="id", zone=zone,
                created_at=clock.now(),
            )  # fmt: skip
            await Company.insert(company)
    async with database.transaction(company.id):
        # A company without anybody was left by a command that was killed halfway: it is finished now.
        if await Membership.exists():
            raise Refused("accounts.company_exists", name=company.name, slug=company.slug)
        account = await join(email, "super_administrator", person=None, language="id", by=by)
        secret = await sign_in_link(account)
        audit.record("company.added", f"company:{company.id}", by=by)
    return company, secret


async def join(email: str, role: str, *, person: int | None, language: str, by: Actor = NOBODY) -> int:
    """Let an address act in the company in scope, in a role; its account is made if it has none."""
    index = vault.blind_index(email, field="email")
    found = await Account.select(Account.id).where(Account.email_index == index).first()
    if found is None:
        account = Account(
            public=database.new_public(), email=vault.seal(email.strip().lower(), company=0, column=EMAIL_COLUMN),
            email_index=index, language=language, created_at=clock.now(),
        )  # fmt: skip
        await Account.insert(account)
        number = int(account.id)
    else:
        number = int(found["id"])
    given = (
        await Membership.insert(Membership(account=number, role=role, person=person))
        .on_conflict(action=OnConflictAction.do_nothing)
        .returning(Membership.id)
    )
    if person is not None:
        await _tie(number, person, by)
    if given:
        audit.record("membership.given", f"account:{number}", by=by, role=role)
    return number


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
    """The secret of a link by which this account signs in once and sets a password; three days, once."""
    return await one_time_link(account, "sign_in", LINK_LIFE)


async def one_time_link(account: int, kind: str, life: timedelta) -> str:
    """The secret of a link that proves an account's address once, and sets a password."""
    secret = secrets.token_urlsafe(32)
    await Token.insert(Token(kind=kind, token_hash=digest(secret), account=account, expires_at=clock.now() + life))
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

    Where the address acts in another company, the link must go to the address itself (`mailed`): whoever else is handed
    it would get into that company as well.
    """
    async with database.reading(employee.company):
        await reach.hold(by, person=employee.person)
        person = await Person.select(Person.email).where(Person.id == employee.person).first()
    if person is None or not person["email"]:
        return None, "no_address"
    email = vault.unseal(person["email"], company=employee.company, column="person.email", subject=employee.person)
    async with database.installation(writes=False):
        theirs = Membership.account.email_index == index_of(email)
        elsewhere = await Membership.exists().where(theirs & (Membership.company != employee.company))
    if elsewhere and not mailed:
        return None, "elsewhere"
    async with database.transaction(employee.company):
        account = await join(email, "employee", person=employee.person, language=employee.language, by=by)
        return await sign_in_link(account), None


async def account_of(email: str) -> int:
    """The account of an address, or Refused."""
    row = await Account.select(Account.id).where(Account.email_index == index_of(email)).first()
    if row is None:
        raise Refused("accounts.no_account", value=email)
    return int(row["id"])
