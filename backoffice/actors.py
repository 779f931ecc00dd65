"""Who acted, by name, for the pages that tell it."""

from collections.abc import Collection

from core import vault
from core.accounts.joining import EMAIL_COLUMN
from core.accounts.tables import Account, Membership
from core.approvals import signers
from core.people.tables import Person
from core.programs.scopes import KIND
from core.programs.tables import ApiToken


async def names(actors: Collection[str]) -> dict[str, str]:
    """The people behind `person:7` and, where it belongs to one of them by now, `account:8`; who of the operator
    `operator:9` is."""
    numbers: dict[str, set[int]] = {"person": set(), "account": set(), "operator": set(), KIND: set()}
    for one in actors:
        kind, _, number = one.partition(":")
        if kind in numbers and number.isdigit():
            numbers[kind].add(int(number))
    found: dict[str, str] = {}
    if numbers["person"]:
        for row in await Person.select(Person.id, Person.name).where(Person.id.is_in(list(numbers["person"]))):
            found[f"person:{row['id']}"] = row["name"]
    if numbers["account"]:
        theirs = Membership.account.is_in(list(numbers["account"])) & Membership.person.is_not_null()
        for row in await Membership.select(Membership.account, Membership.person.name.as_alias("name")).where(theirs):
            found[f"account:{row['account']}"] = row["name"]
    if numbers[KIND]:
        for row in await ApiToken.select(ApiToken.id, ApiToken.name).where(ApiToken.id.is_in(list(numbers[KIND]))):
            found[f"{KIND}:{row['id']}"] = row["name"]
    if numbers["operator"]:
        for row in await Account.select(Account.id, Account.email).where(Account.id.is_in(list(numbers["operator"]))):
            called = signers.name_of(vault.unseal(row["email"], company=0, column=EMAIL_COLUMN))
            found[f"operator:{row['id']}"] = f"{called} (Serambi)"
    return found
