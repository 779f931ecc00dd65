"""Writes what was planned, in a few statements for a thousand rows, inside the transaction that makes it visible."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from core import bulk, clock, database, jobs, vault
from core.accounts import joining
from core.audit import Actor
from core.people import cities, leavers, moved_contacts
from core.people.columns import CAREER, DEFAULT_LOCATION, SEALED, day
from core.people.directory import DEFAULT_ZONE
from core.people.planning import CHANGED, NEW, Planned, career_of
from core.people.present import opened, parts
from core.people.sealing import NOTHING, Ready, identity
from core.people.tables import Assignment, Department, Employment, Location, Person

LANGUAGE = "id"


@dataclass
class Written:
    """Whom the rows are about, now that everybody has a number: employment and person by employee number."""

    employments: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)


async def put(
    rows: Sequence[Planned], *, begins: date, by: Actor, zones: Mapping[str, str] | None = None, ready: Ready = NOTHING
) -> Written:
    """Write these rows; what changes of the work holds from `begins`, and before it stays as it was. New places have
    the clock that `zones` says, or else the row, or their city. What was sealed ahead is `ready`."""
    names = await _named(Department, {row.after["department"] for row in rows if row.after.get("department")})
    clocks = {_place(row): row.after["timezone"] for row in rows if row.after.get("timezone")} | dict(zones or {})
    places = await _named(
        Location, {_place(row) for row in rows if row.verdict == NEW or "location" in row.after}, clocks
    )
    new = [row for row in rows if row.verdict == NEW]
    changed = [row for row in rows if row.verdict == CHANGED]
    written = await _register(new, ready)
    for row in changed:
        assert row.employment is not None and row.person is not None
        written.employments[row.number], written.people[row.number] = row.employment, row.person
    numbers = written.employments | await _numbers(
        {row.after["manager"] for row in rows if row.after.get("manager")} - set(written.employments)
    )
    await _begin(new, written, names, places, numbers, ready)
    await _change_people(changed, ready)
    moved = await _change_spells(changed)
    work = [row for row in changed if career_of(row.after)]
    await _change_work(work, begins, names, places, numbers, ready)
    for row in rows:
        if row.after.get("role"):
            await _appoint(row, written.people[row.number], by)
    await _join_themself(rows, written, by)
    await leavers.expect({row.number for row in rows if row.after.get("resign_date")})
    if not moved:  # else once the grants by the old first days are put right
        await jobs.enqueue("leave.bring_up_to_date")
    return written


def _place(row: Planned) -> str:
    return row.after.get("location") or DEFAULT_LOCATION


async def _named(table: Any, wanted: Collection[str], zones: Mapping[str, str] | None = None) -> dict[str, int]:
    have = {row["name"]: row["id"] for row in await table.select(table.name, table.id)}
    fresh = sorted(set(wanted) - set(have))
    for name, number in zip(fresh, await bulk.reserve(table, len(fresh)) if fresh else (), strict=True):
        have[name] = number
    rows: list[dict[str, Any]] = [{"id": have[name], "name": name} for name in fresh]
    for row in rows if zones is not None else ():
        row["zone"] = (zones or {}).get(row["name"]) or cities.zone_of(row["name"])
    await bulk.insert(table, rows)
    return have


async def _numbers(wanted: Collection[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in parts(wanted):
        rows = await Employment.select(Employment.number, Employment.id).where(Employment.number.is_in(part))
        found |= {row["number"]: row["id"] for row in rows}
    return found


# -- who is new --------------------------------------------------------------------------------------------------------


async def _register(rows: Sequence[Planned], ready: Ready) -> Written:
    """The people and their spells; whoever was here before keeps their person, a spell taken back is used again."""
    today, written = clock.today(DEFAULT_ZONE), Written()
    strangers = [row for row in rows if row.person is None]
    spells = [row for row in rows if row.employment is None]
    kept = [ready.people.get(row.number, 0) for row in strangers]
    if 0 in kept or not await bulk.are_free(Person, kept):
        kept = await bulk.reserve(Person, len(strangers))
    for row, number in zip(strangers, kept, strict=True):
        written.people[row.number] = number
    for row, number in zip(spells, await bulk.reserve(Employment, len(spells)), strict=True):
        written.employments[row.number] = number
    for row in rows:
        written.people.setdefault(row.number, row.person or 0)
        written.employments.setdefault(row.number, row.employment or 0)
    vault.prepare(database.company(), written.people.values())
    await bulk.insert(
        Person,
        (
            {
                "id": written.people[row.number], "public": database.new_public(), "language": LANGUAGE,
                **ready.identity(row, written.people[row.number]),
            }
            for row in strangers
        ),
    )  # fmt: skip
    known = [(row.person, row.after) for row in rows if row.person is not None]
    await moved_contacts.note(known)
    await _rewrite_people((row.person, ready.identity(row, row.person)) for row in rows if row.person is not None)
    await bulk.insert(
        Employment,
        (
            {
                "id": written.employments[row.number], "public": database.new_public(),
                "person": written.people[row.number], "number": row.number, **_spell(row.after, today),
            }
            for row in spells
        ),
    )  # fmt: skip
    again = [row for row in rows if row.employment is not None]
    await bulk.update(
        Employment, [{"id": row.employment, "closed_at": None, **_spell(row.after, today)} for row in again],
        Employment.type, Employment.joins, Employment.leaves, Employment.closed_at,
    )  # fmt: skip
    for part in parts([row.employment for row in again]):
        await Assignment.delete().where(Assignment.employment.is_in(part))
    return written


def _spell(after: Mapping[str, str], today: date) -> dict[str, Any]:
    return {
        "type": after.get("employment_type") or "pkwtt",
        "joins": day(after.get("join_date", "")) or today,
        "leaves": day(after.get("resign_date", "")),
    }


async def _begin(
    rows: Sequence[Planned], written: Written, names: Mapping[str, int], places: Mapping[str, int],
    numbers: Mapping[str, int], ready: Ready,
) -> None:  # fmt: skip
    """The first facts of each new spell, true from its first day."""
    today = clock.today(DEFAULT_ZONE)
    await bulk.insert(
        Assignment,
        (
            {
                "employment": written.employments[row.number], "from_": day(row.after.get("join_date", "")) or today,
                "position": row.after.get("position"), "grade": row.after.get("grade"),
                "department": names.get(row.after.get("department", "")), "location": places[_place(row)],
                "manager": numbers.get(row.after.get("manager", "")),
                "basic_salary": ready.salary(row, written.people[row.number]),
            }
            for row in rows
        ),
    )  # fmt: skip


async def _appoint(row: Planned, person: int, by: Actor) -> None:
    email = row.after.get("email")
    if not email:
        found = await Person.select(Person.email).where(Person.id == person).first()
        email = opened(found["email"], "person.email", person) if found else ""
    await joining.offer(email, row.after["role"], person=person, language=LANGUAGE, by=by)


async def _join_themself(rows: Sequence[Planned], written: Written, by: Actor) -> None:
    """Whoever signed in by an address and registers a person of that address is that person from now on.

    Only themself: an address that somebody else typed may be a slip, and proves nothing before its owner is invited.
    """
    email = await joining.own_address(by)
    row = next((row for row in rows if email and row.after.get("email") == email), None)
    if row is not None and email:
        await joining.join(email, "employee", person=written.people[row.number], language=LANGUAGE, by=by)


# -- who changes -------------------------------------------------------------------------------------------------------


async def _change_people(rows: Sequence[Planned], ready: Ready = NOTHING) -> None:
    told = [row for row in rows if {"name", *SEALED} & set(row.after)]
    await moved_contacts.note([(row.person, row.after) for row in told])
    await _rewrite_people((row.person, ready.identity(row, row.person)) for row in told if row.person is not None)


async def _rewrite_people(rows: Iterable[tuple[int, Mapping[str, Any]]]) -> None:
    """One statement for each thousand people who change the same columns: those of a file are mostly alike."""
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for person, columns in rows:
        if columns:
            alike.setdefault(tuple(sorted(columns)), []).append({**columns, "id": person})
    for names, people in alike.items():
        await bulk.update(Person, people, *(Person._meta.get_column_by_name(name) for name in names))


async def _change_spells(rows: Sequence[Planned]) -> bool:
    """Write what changes of these spells; whether first days moved."""
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    earlier: dict[int, date] = {}
    for row in rows:
        columns: dict[str, Any] = {}
        if "employment_type" in row.after:
            columns["type"] = row.after["employment_type"]
        if "join_date" in row.after:
            columns["joins"] = day(row.after["join_date"])
            earlier[row.employment or 0] = columns["joins"]
        if "resign_date" in row.after:
            columns |= {"leaves": day(row.after["resign_date"]), "closed_at": None}
        if columns:
            alike.setdefault(tuple(sorted(columns)), []).append(columns | {"id": row.employment})
    stood = await _first_days(earlier)
    for names, spells in alike.items():
        await bulk.update(Employment, spells, *(Employment._meta.get_column_by_name(name) for name in names))
    await _move_first(earlier)
    moved = [[str(spell), before.isoformat()] for spell, before in sorted(stood.items()) if before != earlier[spell]]
    if moved:  # what was granted by the old first day is put right
        await jobs.enqueue("leave.rejoined", moved)
    return bool(moved)


async def _first_days(spells: Collection[int]) -> dict[int, date]:
    found: dict[int, date] = {}
    for part in parts(spells):
        for row in await Employment.select(Employment.id, Employment.joins).where(Employment.id.is_in(part)):
            found[row["id"]] = row["joins"]
    return found


async def _move_first(joins: Mapping[int, date]) -> None:
    """The first facts of a spell begin with it."""
    first = {spell: mine[0] for spell, mine in (await _histories(joins)).items()}
    await bulk.update(
        Assignment, [{"id": row["id"], "from_": joins[spell]} for spell, row in first.items()], Assignment.from_
    )


async def _change_work(
    rows: Sequence[Planned], begins: date, names: Mapping[str, int], places: Mapping[str, int],
    numbers: Mapping[str, int], ready: Ready,
) -> None:  # fmt: skip
    """A new row from the day on beside the old one; one that began that very day is corrected."""
    told = {row.employment: row for row in rows}
    fresh, closed, corrected = [], [], []
    for spell, mine in (await _histories(told)).items():
        row = told[spell]
        at = next((one for one in reversed(mine) if one["from_"] <= begins), mine[0])
        changes = _facts(row, names, places, numbers, ready)
        corrected += _carried_on(mine, at, changes)
        if at["from_"] >= begins:
            corrected.append(at | changes)
            continue
        fresh.append({name: at[name] for name in (*CAREER, "until")} | changes | {"employment": spell, "from_": begins})
        closed.append({"id": at["id"], "until": begins})
    await bulk.update(Assignment, closed, Assignment.until)
    await bulk.update(Assignment, corrected, *_career())
    await bulk.insert(Assignment, fresh)


def _carried_on(
    mine: Sequence[dict[str, Any]], at: Mapping[str, Any], changes: Mapping[str, Any]
) -> list[dict[str, Any]]:  # fmt: skip
    """The rows planned for later, with what they only had from this one: an older plan undoes no change since."""
    holds, found = dict(changes), []
    for later in (one for one in mine if one["from_"] > at["from_"]):
        holds = {name: value for name, value in holds.items() if later[name] == at[name]}
        if not holds:
            break
        found.append(later | holds)
    return found


def _career() -> list[Any]:
    return [Assignment._meta.get_column_by_name(name) for name in CAREER]


async def _histories(spells: Iterable[Any]) -> dict[Any, list[dict[str, Any]]]:
    found: dict[Any, list[dict[str, Any]]] = {}
    for part in parts(spells):
        for row in await Assignment.select().where(Assignment.employment.is_in(part)).order_by(Assignment.from_):
            found.setdefault(row["employment"], []).append(row)
    return found


def _facts(
    row: Planned, names: Mapping[str, int], places: Mapping[str, int], numbers: Mapping[str, int],
    ready: Ready = NOTHING,
) -> dict[str, Any]:  # fmt: skip
    after = row.after
    made: dict[str, Any] = {name: after[name] or None for name in ("position", "grade") if name in after}
    if "department" in after:
        made["department"] = names.get(after["department"])
    if "location" in after:
        made["location"] = places[after["location"] or DEFAULT_LOCATION]
    if "manager" in after:
        made["manager"] = numbers.get(after["manager"])
    if "basic_salary" in after:
        made["basic_salary"] = ready.salary(row, row.person or 0)
    return made


# -- taking back -------------------------------------------------------------------------------------------------------


async def take_back(rows: Sequence[Planned], *, begins: date) -> set[int]:
    """Undo what `put` wrote of people and their work: who was new never began, and whoever changed is as before.
    Returns those who are nobody's employee by that."""
    new = [row for row in rows if row.verdict == NEW]
    changed = [row for row in rows if row.verdict == CHANGED]
    spells: list[dict[str, Any]] = []
    for part in parts([row.employment for row in new]):
        spells += await Employment.select(Employment.id, Employment.joins).where(Employment.id.is_in(part))
    never = [
        {"id": row["id"], "leaves": row["joins"] - timedelta(days=1), "closed_at": clock.now()} for row in spells
    ]  # fmt: skip
    await bulk.update(Employment, never, Employment.leaves, Employment.closed_at)
    # What the file said of them goes; of who was here in an earlier spell nobody knows what was before.
    others = await _with_other_spells(new)
    gone = [row for row in new if row.person not in others]
    nothing = identity(dict.fromkeys(SEALED, ""), 0, company=database.company())
    await _rewrite_people((row.person, nothing) for row in gone if row.person is not None)
    back = [Planned(row.row, row.number, CHANGED, {}, _back(row), row.employment, row.person) for row in changed]
    await _change_people(back)
    await _change_spells(back)
    await _undo_work([row for row in changed if career_of(row.after)], begins)
    await leavers.expect({row.number for row in back if row.after.get("resign_date")})
    return {row.person for row in gone if row.person is not None}


def _back(row: Planned) -> dict[str, str]:
    return {name: value for name, value in row.before.items() if name not in ("_at", "role", *CAREER)}


async def _with_other_spells(rows: Sequence[Planned]) -> set[int]:
    mine, found = {row.employment for row in rows}, set()
    for part in parts({row.person for row in rows}):
        for row in await Employment.select(Employment.id, Employment.person).where(Employment.person.is_in(part)):
            found |= {row["person"]} - ({row["person"]} if row["id"] in mine else set())
    return found


async def _undo_work(rows: Sequence[Planned], begins: date) -> None:
    names = await _named(Department, {row.before["department"] for row in rows if row.before.get("department")})
    places = await _named(Location, set())
    numbers = await _numbers({row.before["manager"] for row in rows if row.before.get("manager")})
    told = {row.employment: row for row in rows}
    opened, corrected, dropped = [], [], []
    for spell, mine in (await _histories(told)).items():
        row = told[spell]
        at = next((one for one in reversed(mine) if one["from_"] <= begins), mine[0])
        if row.before["_at"] >= begins.isoformat():
            before = {name: value for name, value in row.before.items() if name in CAREER}
            back = _facts(replace(row, after=before), names, places, numbers)
            corrected += [at | back, *_carried_on(mine, at, back)]
            continue
        stood = mine[mine.index(at) - 1]
        corrected += _carried_on(mine, at, {name: stood[name] for name in CAREER if stood[name] != at[name]})
        opened.append({"id": stood["id"], "until": at["until"]})
        dropped.append(at["id"])
    for part in parts(dropped):
        await Assignment.delete().where(Assignment.id.is_in(part))
    await bulk.update(Assignment, opened, Assignment.until)
    await bulk.update(Assignment, corrected, *_career())
