"""Everything held about somebody, read row by row from every table that can hold something of theirs."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from piccolo.columns import ForeignKey

from core import database, vault
from core.people import reveals
from core.people.tables import Employment, Person
from core.privacy import holdings
from core.privacy.holdings import Holding
from core.privacy.redacting import Redactor

PROOFS = "secret"  # a category: how somebody is proven to be who they are, which opens nothing in a copy
ACTOR = re.compile(r"(?:person|account):\d+")
SELF, OTHER = "self", "other"
ORDER = ("person", "employment", "assignment")


@dataclass(frozen=True)
class Held:
    """What one table holds: its columns as they are shown, and the rows."""

    name: str
    kept: str
    columns: Sequence[str]
    rows: Sequence[Mapping[str, Any]]
    since: date | None


@dataclass(frozen=True)
class Everything:
    """All of it, and who looked."""

    person: int
    name: str
    tables: Sequence[Held]
    looks: Sequence[Mapping[str, Any]]


async def gather(person: int) -> Everything:
    """Everything held about this person, what is others' covered; in the open transaction."""
    with vault.lawfully():
        row = await Person.objects().get(Person.id == person)
        assert row is not None
        covering = await _redactor(row)
        accounts = await holdings.accounts_of(person)
        found = []
        for one in holdings.every().values():
            if one.nobody or not (one.tied or one.account):
                continue
            held = await _held(one, person, accounts, covering)
            if held.rows:
                found.append(held)
        looks = await _looks(person)
    found.sort(key=lambda one: (ORDER.index(one.name) if one.name in ORDER else len(ORDER), one.name))
    return Everything(person, row.name, found, looks)


async def _redactor(row: Person) -> Redactor:
    own = [str(row.name)]
    for name in ("email", "phone", "nik", "npwp", "kk", "bank_account"):
        envelope = getattr(row, name)
        if envelope is not None:
            own.append(vault.shown(envelope, company=row.company, column=f"person.{name}", subject=row.id))
    for spell in await Employment.select(Employment.number).where(Employment.person == row.id):
        own.append(spell["number"])
    names = [one["name"] for one in await Person.select(Person.name).where(Person.id != row.id)]
    return Redactor(own, names, row.name)


async def _held(one: Holding, person: int, accounts: Sequence[int], covering: Redactor) -> Held:
    table, names = one.table, [name for name, said in one.columns.items() if said.category != PROOFS]
    sealed = {name for name in names if isinstance(table._meta.get_column_by_name(name), vault.Sealed)}
    columns: list[Any] = [getattr(table, name) for name in {"id", *names}]
    ways = {name: table._meta.get_column_by_name(name).of for name in sealed}
    ends = {of for of in ways.values() if of is not None}
    columns += [holdings.way(table, of).as_alias(f"_{of.replace('.', '_')}") for of in ends]
    where = holdings.theirs(one, [person], accounts)
    rows, since = [], None
    company = database.company() if "company" in one.columns else 0
    for found in await table.select(*columns).where(where).order_by(table.id):
        shown: dict[str, Any] = {}
        for name in names:
            if name in ("company",):
                continue
            value = found[name]
            if name in sealed and value is not None:
                of = ways[name]
                whose = None if of is None else found[f"_{of.replace('.', '_')}"]
                value = _opened(value, one, name, company, whose, person)
                value = None if value is None else covering(value)
            shown[name] = _plain(table, name, value, person, accounts, covering)
            if isinstance(value, datetime):
                since = min(since or value.date(), value.date())
        rows.append(shown)
    return Held(one.name, one.kept, [name for name in names if name != "company"], rows, since)


def _opened(
    envelope: str, one: Holding, name: str, company: int, whose: int | None, person: int
) -> str | None:  # fmt: skip
    if whose is not None and whose != person:
        return vault.BAR  # it describes somebody else, to whom they answered
    try:
        return vault.unseal(envelope, company=company, column=f"{one.name}.{name}", subject=whose)
    except vault.SHUT:
        return None


def _plain(
    table: Any, name: str, value: Any, person: int, accounts: Sequence[int], covering: Redactor
) -> Any:  # fmt: skip
    column = table._meta.get_column_by_name(name)
    if isinstance(column, ForeignKey) and column._foreign_key_meta.resolved_references is Person:
        return None if value is None else SELF if value == person else OTHER
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, str):
        if ACTOR.fullmatch(value):
            return SELF if value in holdings.actors([person], accounts) else OTHER
        return covering(value) if len(value) > 12 else value
    return value


async def _looks(person: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    before: int | None = None
    while True:
        looks, before = await reveals.of_person(person, before=before)
        found += [{"at": one.at.isoformat(), "who": one.who, "field": one.field, "why": one.why} for one in looks]
        if before is None:
            return found


def schema(everything: Everything) -> bytes:
    """What data.json holds, as a JSON Schema; of each column what it is for and how long it is kept."""
    said = holdings.every()
    tables = {
        held.name: {
            name: {
                "purpose": said[held.name].columns[name].purpose,
                "category": said[held.name].columns[name].category,
                "retention": said[held.name].columns[name].retention,
            }
            for name in held.columns
        }
        for held in everything.tables
    }
    rows = {"type": "array", "items": {"type": "object"}}
    told = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": ["made_at", "company", "tables", "looks"],
        "properties": {
            "made_at": {"type": "string", "format": "date-time"},
            "company": {"type": "string"},
            "tables": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["name", "title", "why", "kept", "since", "rows"],
                    "properties": {
                        **{name: {"type": "string"} for name in ("name", "title", "why", "kept")},
                        "since": {"type": ["string", "null"]}, "rows": rows,
                    },
                },
            },
            "looks": rows,
        },
        "columns": tables,
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False, indent=1).encode()
