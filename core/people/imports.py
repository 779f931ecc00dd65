"""People from a CSV file: every bad row named with its column and reason; all of it is taken, or nothing."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from core import audit, clock, database, jobs, vault
from core.accounts import joining
from core.audit import Actor
from core.people.directory import DEFAULT_ZONE
from core.people.tables import Assignment, Department, Employment, Location, Person

COLUMNS = (
    "employee_number", "name", "email", "phone", "manager", "department", "position", "grade", "location", "timezone",
    "employment_type", "join_date", "resign_date", "nik", "npwp", "kk", "birth_date", "gender", "religion",
    "marital_status", "dependants", "ptkp", "bank", "bank_account", "bank_holder", "basic_salary", "role",
)  # fmt: skip
REQUIRED = ("employee_number", "name")
SEALED = (
    "email", "phone", "nik", "npwp", "kk", "birth_date", "gender", "religion", "marital_status", "dependants", "ptkp",
    "bank", "bank_account", "bank_holder",
)  # fmt: skip
TYPES = ("pkwt", "pkwtt", "daily", "intern", "freelance")
LARGEST = 5 * 1024 * 1024
DEFAULT_LOCATION = "Kantor"
# Two people with one address would sign in as the same person.
TWICE = {"employee_number": "people.number_twice", "email": "people.email_twice"}
AT_A_TIME = 500  # rows in one statement: SQLite takes at most 32,766 values
PTKP = re.compile(r"(TK|K)/[0-3]")


@dataclass(frozen=True)
class Bad:
    """A cell that cannot be taken: the row as a spreadsheet counts it, the column, the reason as a phrase key."""

    row: int
    column: str
    key: str
    value: str


@dataclass
class Checked:
    """A file that was read: the rows that are fine, and those that are not."""

    rows: list[dict[str, str]] = field(default_factory=list)
    bad: list[Bad] = field(default_factory=list)
    new: int = 0


def read(raw: bytes) -> Checked:
    """The rows of a file with what is wrong in each; knows nothing of the database."""
    checked = Checked()
    if len(raw) > LARGEST:
        checked.bad.append(Bad(0, "", "people.file_too_large", ""))
        return checked
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:  # what a spreadsheet calls Unicode is UTF-16, of which every second byte is nothing
        checked.bad.append(Bad(0, "", "people.not_utf8", ""))
        return checked
    first = text.split("\n", 1)[0]
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=";" if first.count(";") > first.count(",") else ",", strict=True
    )
    try:
        lines = list(reader)
    except csv.Error:
        checked.bad.append(Bad(reader.line_num, "", "people.unreadable", ""))
        return checked
    if not lines:
        checked.bad.append(Bad(0, "", "people.empty_file", ""))
        return checked
    head = [name.strip().lower() for name in lines[0]]
    checked.bad += [Bad(1, name, "people.unknown_column", name) for name in head if name not in COLUMNS]
    checked.bad += [Bad(1, name, "people.column_twice", name) for name in dict.fromkeys(head) if head.count(name) > 1]
    checked.bad += [Bad(1, name, "people.column_missing", name) for name in REQUIRED if name not in head]
    if checked.bad:
        return checked
    seen: dict[str, set[str]] = {"employee_number": set(), "email": set()}
    zones: dict[str, str] = {}
    for number, cells in enumerate(lines[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        row = dict(zip(head, (cell.strip() for cell in cells), strict=False))
        wrong = list(_wrong(number, row))
        for column, key in TWICE.items():
            value = row.get(column, "")
            if value and value.lower() in seen[column]:
                wrong.append(Bad(number, column, key, value))
            seen[column].add(value.lower())
        place, zone = row.get("location") or DEFAULT_LOCATION, row.get("timezone", "")
        if zone and zones.setdefault(place, zone) != zone:
            wrong.append(Bad(number, "timezone", "people.other_zone", zones[place]))
        if len(cells) > len(head):
            wrong.append(Bad(number, "", "people.too_many_cells", ""))
        checked.bad += wrong
        checked.rows.append(row | {"_row": str(number)})
    return checked


def _wrong(number: int, row: Mapping[str, str]) -> Any:
    for column in REQUIRED:
        if not row.get(column):
            yield Bad(number, column, "people.needed", "")
    limits = {"employee_number": 40, "name": 120, "department": 120, "position": 120, "grade": 40, "location": 120}
    for column, most in limits.items():
        if len(row.get(column, "")) > most:
            yield Bad(number, column, "people.too_long", str(most))
    for column in ("join_date", "resign_date", "birth_date"):
        if row.get(column) and _date(row[column]) is None:
            yield Bad(number, column, "people.not_a_date", row[column])
    if row.get("timezone") and row["timezone"] not in _zones():
        yield Bad(number, "timezone", "people.unknown_zone", row["timezone"])
    if row.get("role") and row["role"] not in joining.GIVEN_BY_FILE:
        yield Bad(number, "role", "people.unknown_role", row["role"])
    if row.get("role") and not row.get("email"):
        yield Bad(number, "email", "people.role_needs_email", "")
    if row.get("employment_type") and row["employment_type"].lower() not in TYPES:
        yield Bad(number, "employment_type", "people.unknown_type", row["employment_type"])
    if row.get("email") and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", row["email"]):
        yield Bad(number, "email", "people.not_an_email", row["email"])
    for column, digits in (("nik", (16,)), ("kk", (16,)), ("npwp", (15, 16))):
        if row.get(column) and len(re.sub(r"\D", "", row[column])) not in digits:
            yield Bad(number, column, "people.wrong_length", row[column])
    if row.get("ptkp") and not PTKP.fullmatch(row["ptkp"].upper()):
        yield Bad(number, "ptkp", "people.unknown_ptkp", row["ptkp"])
    for column in ("dependants", "basic_salary"):
        if row.get(column) and not row[column].isdigit():
            yield Bad(number, column, "people.not_a_number", row[column])
    joins, leaves = _date(row.get("join_date", "")), _date(row.get("resign_date", ""))
    if joins and leaves and leaves < joins:
        yield Bad(number, "resign_date", "people.resigns_before_joining", row["resign_date"])


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _date(value: str) -> date | None:
    try:
        return date.fromisoformat(value) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value) else None
    except ValueError:
        return None


async def check(company: int, raw: bytes) -> Checked:
    """What taking this file would do, and every cell that stands in its way; writes nothing."""
    checked = read(raw)
    async with database.reading(company):
        known = {row["number"] for row in await Employment.select(Employment.number)}
        zones = {row["name"]: row["zone"] for row in await Location.select(Location.name, Location.zone)}
        addresses = {row["email_index"] for row in await Person.select(Person.email_index)}
    numbers = known | {row["employee_number"] for row in checked.rows}
    for row in checked.rows:
        where, head = int(row["_row"]), row.get("manager", "")
        if head and head not in numbers:
            checked.bad.append(Bad(where, "manager", "people.unknown_manager", head))
        if head and head == row["employee_number"]:
            checked.bad.append(Bad(where, "manager", "people.own_manager", head))
        here, zone = zones.get(row.get("location") or DEFAULT_LOCATION), row.get("timezone")
        if here is not None and zone and zone != here:
            checked.bad.append(Bad(where, "timezone", "people.other_zone", here))
        if row.get("email") and vault.blind_index(row["email"], field="email") in addresses:
            checked.bad.append(Bad(where, "email", "people.email_taken", row["email"]))
        if row["employee_number"] in known:
            checked.bad.append(Bad(where, "employee_number", "people.number_taken", row["employee_number"]))
        else:
            checked.new += 1
    checked.bad += _circles(checked.rows)
    checked.bad.sort(key=lambda one: (one.row, one.column))
    return checked


def _circles(rows: Sequence[Mapping[str, str]]) -> list[Bad]:
    heads = {row["employee_number"]: row.get("manager", "") for row in rows}
    seen: set[str] = set()
    circling: set[str] = set()
    for start in heads:
        way: dict[str, int] = {}
        at = start
        while at in heads and at not in seen:
            seen.add(at)
            way[at] = len(way)
            at = heads[at]
        if at in way:
            circling |= set(list(way)[way[at] :])
    return [
        Bad(int(row["_row"]), "manager", "people.circle", row["manager"])
        for row in rows
        if row["employee_number"] in circling and row["manager"] != row["employee_number"]
    ]


async def take(company: int, raw: bytes, *, actor: Actor) -> Checked:
    """Register everybody in the file, or nobody when a cell is bad; leave that is due is granted right after."""
    checked = await check(company, raw)
    if checked.bad:
        return checked
    async with database.transaction(company):
        spells = await _write(checked.rows, company)
        for row in checked.rows:
            if row.get("role"):
                await joining.join(
                    row["email"], row["role"], person=spells[row["employee_number"]][1], language="id", by=actor
                )
        audit.record("people.imported", "people", by=actor, count=len(checked.rows))
        await jobs.enqueue("leave.bring_up_to_date")
    return checked


async def _write(rows: Sequence[Mapping[str, str]], company: int) -> dict[str, tuple[int, int]]:
    today = clock.today(DEFAULT_ZONE)
    departments = await _named(Department, {row["department"] for row in rows if row.get("department")})
    places = {row.get("location") or DEFAULT_LOCATION for row in rows}
    said = {row.get("location") or DEFAULT_LOCATION: row["timezone"] for row in rows if row.get("timezone")}
    locations = await _named(Location, places, {place: said.get(place, DEFAULT_ZONE) for place in places})
    people = [
        Person(
            public=database.new_public(), name=row["name"], language="id",
            email_index=vault.blind_index(row["email"], field="email") if row.get("email") else None,
            **_all_sealed(company, row),
        )
        for row in rows
    ]  # fmt: skip
    numbers = await _insert(people, Person.public)
    spells = [
        Employment(
            public=database.new_public(), person=numbers[person.public], number=row["employee_number"],
            type=(row.get("employment_type") or "pkwtt").lower(), joins=_date(row.get("join_date", "")) or today,
            leaves=_date(row.get("resign_date", "")),
        )
        for row, person in zip(rows, people, strict=True)
    ]  # fmt: skip
    await _insert(spells, Employment.number)
    known = {row["number"]: row["id"] for row in await Employment.select(Employment.number, Employment.id)}
    facts = [
        Assignment(
            employment=known[row["employee_number"]], from_=_date(row.get("join_date", "")) or today,
            position=row.get("position") or None, grade=row.get("grade") or None,
            department=departments.get(row.get("department", "")),
            location=locations[row.get("location") or DEFAULT_LOCATION], manager=known.get(row.get("manager", "")),
            basic_salary=_sealed(company, "basic_salary", row.get("basic_salary", ""), table="assignment"),
        )
        for row in rows
    ]  # fmt: skip
    await _insert(facts, Assignment.employment)
    return {spell.number: (known[spell.number], spell.person) for spell in spells}


async def _insert(rows: Sequence[Any], key: Any) -> dict[Any, int]:
    """Write the rows, many at a time; returns the number that each got, by its key."""
    numbers: dict[Any, int] = {}
    for start in range(0, len(rows), AT_A_TIME):
        part = rows[start : start + AT_A_TIME]
        # No database promises to answer in the order in which it was given the rows.
        written = await type(part[0]).insert(*part).returning(type(part[0]).id, key)
        numbers |= {row[key._meta.name]: row["id"] for row in written}
    return numbers


def _all_sealed(company: int, row: Mapping[str, str]) -> dict[str, Any]:
    return {name: _sealed(company, name, row.get(name, "")) for name in SEALED}


def _sealed(company: int, column: str, value: str, *, table: str = "person") -> str | None:
    return vault.seal(value, company=company, column=f"{table}.{column}") if value else None


async def _named(table: Any, wanted: set[str], zones: Mapping[str, str] | None = None) -> dict[str, int]:
    have = {row["name"]: row["id"] for row in await table.select(table.name, table.id)}
    for name in sorted(wanted - set(have)):
        row = table(name=name, zone=zones[name]) if zones is not None else table(name=name)
        await table.insert(row)
        have[name] = row.id
    return have
