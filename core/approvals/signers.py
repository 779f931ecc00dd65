"""Administrators who work here as nobody's employee: under which name each of them decides, and how they are told.

What is decided names a person. An account of which the company keeps no employee gets one, the first time it is asked,
that has a name and nothing else; it ends to count as soon as the account is an employee's, or has lost its role.
"""

import re
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from core import clock, database, vault
from core.accounts.joining import EMAIL_COLUMN
from core.accounts.roles import ADMINISTRATOR, SUPER
from core.accounts.tables import Account, Company, Membership
from core.approvals.tables import Signer
from core.people import directory
from core.people.directory import Employee
from core.people.names import plain
from core.people.tables import Person
from core.stated import stated

ROLES = (ADMINISTRATOR, SUPER)
UNNAMED = "Administrator"


async def outside(*, asker: int) -> Sequence[Employee]:
    """The administrators who are nobody's employee, but for the account of who asks.

    Inside a transaction that only reads, one who was never asked before has no person yet, and stands under 0.
    """
    accounts = await _accounts()
    own = await Person.select(Person.email_index).where(Person.id == asker).first()
    index = own["email_index"] if own is not None else None
    rows = await Account.objects().where(Account.id.is_in(accounts or [0]) & Account.blocked_at.is_null())
    signs = await _signing(accounts)
    found = []
    for one in sorted(rows, key=lambda row: row.id):
        if index is not None and one.email_index == index:
            continue
        name = name_of(vault.unseal(one.email, company=0, column=EMAIL_COLUMN))
        if one.id not in signs and database.scope().writes:
            signs[one.id] = await _make(one, name)
        found.append((signs.get(one.id, 0), name, one.language))
    return await _seen(found) if found else []


async def employee_or_signer(person: int) -> Employee | None:
    """Who may decide as this person today: at work here, or an administrator who is nobody's employee."""
    return await directory.of_person(person) or await signer(person)


async def signer(person: int) -> Employee | None:
    """The administrator who decides under this person; None when it is an employee's, or the role was taken."""
    row = await Signer.select(Signer.account).where(Signer.person == person).first()
    if row is None or row["account"] not in await _accounts():
        return None
    account = await Account.select(Account.language, Account.blocked_at).where(Account.id == row["account"]).first()
    if account is None or account["blocked_at"] is not None:
        return None
    return (await _seen([(person, await directory.person_name(person), account["language"])]))[0]


async def here(people: Collection[int]) -> set[int]:
    """Of these persons, those under whom an administrator decides today."""
    rows = await Signer.select(Signer.account, Signer.person).where(Signer.person.is_in(list(people) or [0]))
    accounts = set(await _accounts()) if rows else set()
    return {row["person"] for row in rows if row["account"] in accounts}


async def account_of(person: int) -> int | None:
    """To whose address goes what is said to this person, if they are nobody's employee."""
    row = await _account(person)
    return int(row["account"]) if row is not None else None


@stated
def _account(person: int) -> Any:
    return Signer.select(Signer.account).where(Signer.person == person).first()


async def person_of(account: int) -> int | None:
    """The person under whom an account that is nobody's employee decides here, once it was asked."""
    row = await Signer.select(Signer.person).where(Signer.account == account).first()
    return int(row["person"]) if row is not None else None


async def is_own(person: int, asker: int) -> bool:
    """Whether the account that decides under this person has the address of who asks: it is the same human."""
    account = await account_of(person)
    if account is None:
        return False
    mine = await Account.select(Account.email_index).where(Account.id == account).first()
    theirs = await Person.select(Person.email_index).where(Person.id == asker).first()
    return mine is not None and theirs is not None and mine["email_index"] == theirs["email_index"]


def name_of(email: str) -> str:
    """`ratna.dewi@...` is called Ratna Dewi until somebody says more."""
    words = re.findall(r"[^\W\d_]+", email.partition("@")[0])
    return " ".join(word.capitalize() for word in words)[:120] or UNNAMED


async def _accounts() -> list[int]:
    rows = await Membership.select(Membership.account).where(
        Membership.role.is_in(list(ROLES)) & Membership.person.is_null()
    )
    return sorted({int(row["account"]) for row in rows})


async def _signing(accounts: Collection[int]) -> dict[int, int]:
    rows = await Signer.select(Signer.account, Signer.person).where(Signer.account.is_in(list(accounts) or [0]))
    return {row["account"]: row["person"] for row in rows}


async def _make(account: Account, name: str) -> int:
    await database.lock_name(f"signer:{database.company()}:{account.id}")
    if (known := await person_of(account.id)) is not None:
        return known
    made = Person(public=database.new_public(), name=name, search=plain(name), language=account.language)
    await Person.insert(made)
    await Signer.insert(Signer(account=account.id, person=made.id, made_at=clock.now()))
    return int(made.id)


async def _seen(found: Sequence[tuple[int, str, str]]) -> list[Employee]:
    """As the approvals see who works here: by the clock of the company, above nobody and below nobody."""
    company = await Company.select(Company.zone).where(Company.id == database.company()).first()
    zone = company["zone"] if company is not None else directory.DEFAULT_ZONE
    return [
        Employee(
            id=0, person=person, company=database.company(), public="", number="", name=name, language=language,
            zone=zone, joins=date.min, department=None, department_name=None, minimum=None, manager=None,
        )
        for person, name, language in found
    ]  # fmt: skip
