"""What rows of people hold as it is stored: envelopes and fingerprints, made before anybody has to wait for them.

To seal twenty thousand people takes longer than to write them, and on SQLite nothing else is written meanwhile. So a
file is sealed first, thousand after thousand, and written afterwards; what no longer fits by then is sealed again.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from core import bulk, database, vault
from core.people.columns import SEALED
from core.people.names import plain
from core.people.planning import NEW, Planned
from core.people.present import parts
from core.people.tables import Person

FOUND_BY = ("phone", "nik", "npwp")  # by their exact value, each within its company
SALARY = "assignment.basic_salary"
TOLD = {"name", "basic_salary", *SEALED}  # what is sealed, or searched by


@dataclass(frozen=True)
class Ready:
    """Rows that were sealed ahead, by their numbers; `people` are the numbers that were kept for who is new."""

    company: int = 0
    people: Mapping[str, int] = field(default_factory=dict)
    identities: Mapping[str, tuple[int, str, Mapping[str, Any]]] = field(default_factory=dict)  # whose, key, columns
    salaries: Mapping[str, tuple[int, str, str | None]] = field(default_factory=dict)

    def identity(self, row: Planned, person: int) -> Mapping[str, Any]:
        """The person's columns that this row speaks of."""
        made = self.identities.get(row.number)
        if made is not None and made[:2] == (person, _mark(self.company, person)):
            return made[2]
        return identity(row.after, person, company=database.company())

    def salary(self, row: Planned, person: int) -> str | None:
        """The envelope of the pay in this row, if it tells any."""
        made = self.salaries.get(row.number)
        if made is not None and made[:2] == (person, _mark(self.company, person)):
            return made[2]
        return salary(row.after, person, company=database.company())


NOTHING = Ready()


async def ready(company: int, rows: Sequence[Planned]) -> Ready:
    """Seal what these rows say, and keep numbers for the people they bring; writes nothing of it."""
    strangers = [row for row in rows if row.verdict == NEW and row.person is None]
    async with database.transaction(company):
        people = dict(zip([row.number for row in strangers], await bulk.reserve(Person, len(strangers)), strict=True))
    identities: dict[str, tuple[int, str, Mapping[str, Any]]] = {}
    salaries: dict[str, tuple[int, str, str | None]] = {}
    for part in parts(rows):
        await asyncio.to_thread(_seal, company, part, people, identities, salaries)
    return Ready(company, people, identities, salaries)


def _seal(
    company: int, rows: Sequence[Planned], people: Mapping[str, int], identities: dict[str, Any],
    salaries: dict[str, Any],
) -> None:  # fmt: skip
    rows = [row for row in rows if row.verdict == NEW or not TOLD.isdisjoint(row.after)]
    whose = {row.number: row.person or people[row.number] for row in rows}
    vault.prepare(company, whose.values())
    for row in rows:
        person = whose[row.number]
        mark = _mark(company, person)
        identities[row.number] = person, mark, identity(row.after, person, company=company)
        if row.after.get("basic_salary"):
            salaries[row.number] = person, mark, salary(row.after, person, company=company)


def _mark(company: int, person: int) -> str:
    """How the envelopes of this person begin that are made now: others after their key was renewed."""
    return vault.keyring().of(company, person).mark


def identity(cells: Mapping[str, str], person: int, *, company: int) -> dict[str, Any]:
    """The columns of a person that these cells speak of."""
    given = {name: cells[name] for name in SEALED if cells.get(name)}
    found: dict[str, Any] = {name: None for name in SEALED if name in cells}
    if given:
        found |= vault.seal_row(given, company=company, table="person", subject=person)
    if "name" in cells:
        found |= {"name": cells["name"], "search": plain(cells["name"])}
    if "email" in cells:
        found["email_index"] = vault.blind_index(cells["email"], field="email") if cells["email"] else None
    for name in {*FOUND_BY} & {*cells}:
        found[f"{name}_index"] = vault.blind_index(cells[name], field=name, company=company) if cells[name] else None
    return found


def salary(cells: Mapping[str, str], person: int, *, company: int) -> str | None:
    """The envelope of the pay in these cells, or nothing."""
    told = cells.get("basic_salary")
    return vault.seal(told, company=company, column=SALARY, subject=person) if told else None
