"""Departments and places of work: their names, how many a department must have in, the clock of a place."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import available_timezones

from core import audit, clock, look_alikes
from core.audit import Actor
from core.errors import Refused
from core.people import directory
from core.people.columns import LIMITS
from core.people.directory import DEFAULT_ZONE
from core.people.names import natural
from core.people.tables import Assignment, Department, Employment, Location

MOST_MINIMUM = 100_000


@dataclass(frozen=True)
class Part:
    """A department or a place, with how many work in it today."""

    id: int
    name: str
    people: int
    minimum: int | None = None
    zone: str = ""
    head: str = ""  # the number of who heads it
    head_name: str = ""


async def in_order(table: type[Department] | type[Location], *columns: Any) -> list[dict[str, Any]]:
    """Departments or places as they are listed: by name, `Bagian 2` before `Bagian 10`, alike on both databases."""
    rows = await table.select(*(columns or (table.id, table.name)))
    return sorted(rows, key=lambda row: natural(row["name"]))


async def departments() -> Sequence[Part]:
    """Every department by name."""
    counts = await _counts(Assignment.department)
    rows = await in_order(Department, Department.id, Department.name, Department.minimum, Department.head)
    heads = await Employment.select(Employment.id, Employment.number, Employment.person.name.as_alias("name")).where(
        Employment.id.is_in([row["head"] for row in rows if row["head"] is not None] or [0])
    )
    by = {row["id"]: (row["number"], row["name"]) for row in heads}
    return [
        Part(row["id"], row["name"], counts.get(row["id"], 0), row["minimum"], "", *by.get(row["head"], ("", "")))
        for row in rows
    ]


async def locations() -> Sequence[Part]:
    """Every place by name."""
    counts = await _counts(Assignment.location)
    rows = await in_order(Location, Location.id, Location.name, Location.zone)
    return [Part(row["id"], row["name"], counts.get(row["id"], 0), zone=row["zone"]) for row in rows]


async def _counts(column: Any) -> dict[int, int]:
    from piccolo.query.functions.aggregate import Count

    today = clock.today(DEFAULT_ZONE)
    stays = Employment.select(Employment.id).where(Employment.leaves.is_null() | (Employment.leaves >= today))
    rows = (
        await Assignment.select(column, Count(alias="people"))
        .where(Assignment.until.is_null() & Assignment.employment.is_in(stays))
        .group_by(column)
    )
    return {row[column._meta.name]: row["people"] for row in rows}


async def keep_department(old: str, name: str, minimum: str, head: str, *, by: Actor) -> None:
    """Add a department, or give one that is there another name, minimum or head."""
    few, heads = _minimum(minimum), await directory.by_number(head) if head else None
    if head and heads is None:
        raise Refused("people.unknown_manager", value=head)
    found = await _named(Department, old, name)
    if found is None:
        await Department.insert(Department(name=name, minimum=few, head=heads.id if heads else None))
    else:
        await Department.update({Department.name: name, Department.minimum: few}).where(Department.id == found)
        await directory.head_of(found, heads.id if heads else None)
    audit.record("people.department", f"department:{found or 0}", by=by)


async def keep_location(old: str, name: str, zone: str, *, by: Actor) -> None:
    """Add a place, or give one that is there another name or clock."""
    if zone not in available_timezones():
        raise Refused("people.unknown_zone", value=zone)
    found = await _named(Location, old, name)
    if found is None:
        await Location.insert(Location(name=name, zone=zone))
    else:
        await Location.update({Location.name: name, Location.zone: zone}).where(Location.id == found)
    audit.record("people.location", f"location:{found or 0}", by=by)


def _minimum(said: str) -> int | None:
    if not said:
        return None
    if not (said.isascii() and said.isdigit()) or int(said) > MOST_MINIMUM:
        raise Refused("people.not_a_number", value=said)
    return int(said) or None


async def _named(table: Any, old: str, name: str) -> int | None:
    """The row that has the old name, or None for a new one; refuses a name that another has."""
    if not name or len(name) > LIMITS["department"]:
        raise Refused("people.needed" if not name else "people.too_long", value=str(LIMITS["department"]))
    look_alikes.refuse(name)
    row = await table.select(table.id).where(table.name == old).first() if old else None
    if old and row is None:
        raise Refused("people.place_gone", value=old)
    other = await table.select(table.id).where(table.name == name).first()
    if other is not None and (row is None or other["id"] != row["id"]):
        raise Refused("people.place_taken", value=name)
    return int(row["id"]) if row else None
