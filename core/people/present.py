"""What the company holds now of the people, places and heads that a file names: read in parts, not row by row."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from core import clock, database, vault
from core.accounts import leading, reach
from core.accounts.tables import Membership, MembershipOffer
from core.audit import NOBODY, Actor
from core.bulk import AT_A_TIME
from core.people.columns import CLEARED, SEALED
from core.people.directory import DEFAULT_ZONE
from core.people.names import plain
from core.people.planning import Held, Known
from core.people.tables import Assignment, Department, Employment, Location, Person

LEADING = {"join_date", "resign_date", "role"}  # what may end a Super Administrator, or make one
LONGEST_NUMBER = 8  # digits up to which zeros before a number are looked for
FEW = 50  # heads looked up one above the other; more are read at once


async def known(rows: Sequence[Mapping[str, str]], *, begins: date, by: Actor = NOBODY) -> Known:
    """Everything that planning these rows needs, which `by` sent; the company must be open."""
    columns = {name for row in rows for name, value in row.items() if value}
    numbers = [row["employee_number"] for row in rows]
    names = {row["id"]: row["name"] for row in await Department.select(Department.id, Department.name)}
    places = {row["id"]: row for row in await Location.select(Location.id, Location.name, Location.zone)}
    spells = await _spells(Employment.number, numbers)
    facts = await _facts([row["id"] for row in spells], begins)
    people = await _people([row["person"] for row in spells], columns)
    roles = await _roles([row["person"] for row in spells]) if "role" in columns else {}
    managers = {fact["manager"] for _, fact, _ in facts.values() if fact["manager"] is not None}
    number_of = {row["id"]: row["number"] for row in await _spells(Employment.id, managers)}
    held: dict[str, Held] = {}
    for spell in spells:
        person, (first, fact, second) = people[spell["person"]], facts[spell["id"]]
        values = {
            "name": person["name"], "employment_type": spell["type"], "join_date": spell["joins"].isoformat(),
            "resign_date": spell["leaves"].isoformat() if spell["leaves"] else "",
            "department": names.get(fact["department"], ""), "position": fact["position"] or "",
            "grade": fact["grade"] or "", "location": places[fact["location"]]["name"],
            "timezone": places[fact["location"]]["zone"], "manager": number_of.get(fact["manager"], ""),
        }  # fmt: skip
        for name in SEALED:
            if name in columns or (name == "email" and "role" in columns):
                values[name] = opened(person[name], f"person.{name}", spell["person"])
        if "basic_salary" in columns:
            values["basic_salary"] = opened(fact["basic_salary"], "assignment.basic_salary", spell["person"])
        held[spell["number"]] = Held(
            spell["id"], spell["person"], spell["joins"], spell["leaves"], fact["from_"] if fact else first, second,
            values, roles.get(spell["person"], ()),
        )  # fmt: skip
    index = {
        vault.blind_index(email, field="email"): email
        for email in {row["email"] for row in rows if row.get("email") and row["email"] != CLEARED}
    }
    addresses, far = await _addresses(index), await reach.of(by)
    heads, left = await _heads(rows) if "manager" in columns else ({}, {})
    return Known(
        held, heads, left, {one["name"]: one["zone"] for one in places.values()}, addresses,
        await _away(set(addresses.values())), far.people,
        {index[one]: role for one, role in far.addresses.items() if one in index}, clock.today(DEFAULT_ZONE),
        await _twins([row for row in rows if row["employee_number"] not in held]),
        await _leads(rows) if columns & LEADING else None,
    )  # fmt: skip


def opened(envelope: str | None, column: str, person: int) -> str:
    """What is sealed in a column of this person, or nothing."""
    if not envelope:
        return ""
    return vault.shown(envelope, company=database.company(), column=column, subject=person)


def parts(values: Iterable[Any]) -> Iterator[list[Any]]:
    """A thousand at a time: what one statement asks for."""
    every = list(values)
    for start in range(0, len(every), AT_A_TIME):
        yield every[start : start + AT_A_TIME]


async def _spells(column: Any, values: Collection[Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for part in parts(values):
        found += await Employment.select(
            Employment.id, Employment.number, Employment.person, Employment.type, Employment.joins, Employment.leaves
        ).where(column.is_in(part))
    return found


async def _facts(employments: Collection[int], begins: date) -> dict[int, tuple[date, dict[str, Any], date | None]]:
    """Of each spell: when its first facts began, those in force on the day, when the second began."""
    rows: dict[int, list[dict[str, Any]]] = {}
    for part in parts(employments):
        for row in (
            await Assignment.select(
                Assignment.id, Assignment.employment, Assignment.from_, Assignment.department, Assignment.position,
                Assignment.grade, Assignment.location, Assignment.manager, Assignment.basic_salary,
            )
            .where(Assignment.employment.is_in(part))
            .order_by(Assignment.from_)
        ):  # fmt: skip
            rows.setdefault(row["employment"], []).append(row)
    return {
        spell: (
            mine[0]["from_"],
            next((row for row in reversed(mine) if row["from_"] <= begins), mine[0]),
            mine[1]["from_"] if len(mine) > 1 else None,
        )
        for spell, mine in rows.items()
    }


async def _people(numbers: Collection[int], columns: Collection[str]) -> dict[int, dict[str, Any]]:
    asked: list[Any] = [
        Person._meta.get_column_by_name(name)
        for name in SEALED
        if name in columns or (name == "email" and "role" in columns)
    ]
    found: dict[int, dict[str, Any]] = {}
    for part in parts(numbers):
        for row in await Person.select(Person.id, Person.name, *asked).where(Person.id.is_in(part)):
            found[row["id"]] = row
    return found


async def _roles(people: Collection[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for part in parts(people):
        for table in (Membership, MembershipOffer):  # who was asked once is not asked again by every file
            for row in await table.select(table.person, table.role).where(table.person.is_in(part)):
                found.setdefault(row["person"], set()).add(row["role"])
    return found


async def _leads(rows: Sequence[Mapping[str, str]]) -> leading.Leads:
    return await leading.leads({row["email"] for row in rows if row.get("role") and row.get("email")} - {CLEARED})


async def _addresses(index: Mapping[str, str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in parts(index):
        for row in await Person.select(Person.id, Person.email_index).where(Person.email_index.is_in(part)):
            found[index[row["email_index"]]] = row["id"]
    return found


async def _twins(rows: Sequence[Mapping[str, str]]) -> dict[str, tuple[str, bool]]:
    """Of each new number of digits: the number that differs only in zeros before it, as when a spreadsheet took `0412`
    for a number, and whether it is somebody of the same name."""
    asked: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        number = row["employee_number"]
        if number.isascii() and number.isdigit() and len(number.lstrip("0")) <= LONGEST_NUMBER:
            asked.setdefault(number.lstrip("0"), []).append((number, row.get("name", "")))
    found: dict[str, tuple[str, bool]] = {}
    for there in await _with_other_zeros(asked):
        if len(there["number"]) > LONGEST_NUMBER:
            continue
        for number, name in asked.get(there["number"].lstrip("0"), ()):
            same = plain(name) == there["name"]
            if number != there["number"] and (same or number not in found):
                found[number] = (there["number"], same)
    return found


async def _with_other_zeros(bare: Collection[str]) -> list[dict[str, Any]]:
    """Those whose number is one of these after zeros, by number and name; everybody where too many are asked about."""
    if not bare:
        return []
    here: Any = Employment.leaves.is_null() | (Employment.leaves >= Employment.joins)
    if len(bare) * LONGEST_NUMBER <= AT_A_TIME:
        spelled = {one.zfill(length) for one in bare for length in range(len(one) or 1, LONGEST_NUMBER + 1)}
        here = here & Employment.number.is_in(list(spelled))
    return list(await Employment.select(Employment.number, Employment.person.search.as_alias("name")).where(here))


async def _away(people: Collection[int]) -> set[int]:
    """Those of these people who have no spell that still runs."""
    today, here = clock.today(DEFAULT_ZONE), set()
    for part in parts(people):
        running = Employment.leaves.is_null() | (Employment.leaves >= today)
        rows = await Employment.select(Employment.person).where(Employment.person.is_in(part) & running)
        here |= {row["person"] for row in rows}
    return set(people) - here


async def _heads(rows: Sequence[Mapping[str, str]]) -> tuple[dict[str, str], dict[str, date]]:
    """The head of everybody who may be part of a circle, by number; and who has a last day."""
    asked = {row["manager"] for row in rows if row.get("manager") and row["manager"] != CLEARED}
    if len(asked) > FEW:
        spells = await Employment.select(Employment.id, Employment.number, Employment.leaves)
        facts = await Assignment.select(Assignment.employment, Assignment.manager).where(_newest())
        return _by_number(spells, facts)
    found: list[dict[str, Any]] = []
    facts = []
    waiting = await _spells(Employment.number, asked)
    seen: set[int] = set()
    while waiting:
        found += waiting
        seen |= {row["id"] for row in waiting}
        here = Assignment.employment.is_in([row["id"] for row in waiting])
        above = await Assignment.select(Assignment.employment, Assignment.manager).where(here & _newest())
        facts += above
        waiting = await _spells(Employment.id, {row["manager"] for row in above if row["manager"]} - seen)
    return _by_number(found, facts)


def _newest() -> Any:
    """The last facts of a spell: a circle that begins later is one too."""
    return Assignment.until.is_null()


def _by_number(
    spells: Sequence[dict[str, Any]], facts: Sequence[dict[str, Any]]
) -> tuple[dict[str, str], dict[str, date]]:
    number = {row["id"]: row["number"] for row in spells}
    heads = dict.fromkeys(number.values(), "")
    heads |= {number[row["employment"]]: number.get(row["manager"], "") for row in facts if row["employment"] in number}
    return heads, {row["number"]: row["leaves"] for row in spells if row["leaves"] is not None}
