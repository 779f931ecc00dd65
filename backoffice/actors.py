"""Who acted, by name, for the pages that tell it."""

from collections.abc import Collection

from core.accounts.tables import Membership
from core.people.tables import Person


async def names(actors: Collection[str]) -> dict[str, str]:
    """The people behind `person:7` and, where it belongs to one of them by now, `account:8`."""
    numbers: dict[str, set[int]] = {"person": set(), "account": set()}
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
    return found
