"""Whose e-mail address or telephone number is being replaced, and what it was: they are told where they were reached.

Whoever could set another's address quietly could have a link sent there and act as them.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from core import bulk, clock, database, jobs, vault
from core.people.present import opened, parts
from core.people.tables import MovedContact, Person

CONTACTS = ("email", "phone")
TELL = "people.tell_moved"
OLD_EMAIL = "moved_contact.email"


async def note(rows: Iterable[tuple[int | None, Mapping[str, str]]]) -> None:
    """Keep what these cells are about to replace of these people, and have them told once it is replaced.

    Called before the cells are written, in their transaction; for many people it takes as many statements as for one.
    """
    told = {person: cells for person, cells in rows if person is not None and not cells.keys().isdisjoint(CONTACTS)}
    found = []
    for part in parts(told):
        for row in await Person.select(Person.id, Person.email, Person.phone).where(Person.id.is_in(part)):
            moved = _moved(row, told[row["id"]])
            if moved is not None:
                found.append(moved)
    await bulk.insert(MovedContact, found)
    if found:
        await jobs.enqueue(TELL)


def _moved(row: Mapping[str, Any], cells: Mapping[str, str]) -> dict[str, Any] | None:
    """What is kept of somebody whose address or number these cells replace; None where they say what it is already."""
    person = row["id"]
    before = {name: opened(row[name], f"person.{name}", person) for name in CONTACTS if name in cells}
    fields = [
        name
        for name, value in before.items()
        if vault.normal(value, field=name) != vault.normal(cells[name], field=name)
    ]
    if not fields:
        return None
    email = before["email"] if "email" in fields else ""
    company = database.company()
    return {
        "person": person, "fields": "_".join(fields), "replaced": any(before[name] for name in fields),
        "email": vault.seal(email, company=company, column=OLD_EMAIL, subject=person) if email else None,
        "at": clock.now(), "told_at": None,
    }  # fmt: skip
