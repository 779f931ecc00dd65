"""Finding people, and what they are on a given day."""

from collections.abc import Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from core import clock, database
from core.audit import Actor
from core.people import names
from core.people.tables import Assignment, Department, Employment, Location, Person
from core.stated import stated

DEFAULT_ZONE = "Asia/Jakarta"
READ = (Assignment, Employment, Person, Location, Department)  # what an Employee is made of
MOST_ASKED = 10_000  # values in one statement


@dataclass(frozen=True)
class Employee:
    """A person in a spell of work, as of today: what talk, leave and approvals need to know."""

    id: int  # of the employment
    person: int
    company: int
    public: str
    number: str
    name: str
    language: str
    zone: str
    joins: date
    department: int | None
    department_name: str | None
    minimum: int | None
    manager: int | None  # the head's employment
    location: int = 0
    numbers: bool = False  # would rather type digits than press buttons
    leaves: date | None = None  # the last day, where one is set

    @property
    def first_name(self) -> str:
        """How the talk addresses them."""
        return self.name.split()[0]

    @property
    def short_name(self) -> str:
        """`Budi S.`: enough to recognise oneself, not enough to learn who somebody is."""
        return names.short(self.name)


async def employee(employment: int) -> Employee:
    """The employee of this spell, also after it has ended; LookupError before it has begun."""
    found = _known(employment) or await _alone(("spell", employment), employment, also_gone=True)
    if found is None:
        raise LookupError(f"employment {employment} has no assignment that has begun")
    return found


async def at_work(employment: int) -> Employee | None:
    """The employee of this spell if they work here today, or None."""
    return await _alone(("at work", employment), employment)


def _known(employment: int) -> Employee | None:
    """An employee who was found to be at work here before in this transaction."""
    known: Employee | None = database.scope().seen.get(("at work", employment))
    return known


async def _alone(name: Hashable, employment: int, *, also_gone: bool = False) -> Employee | None:
    async def ask() -> Employee | None:
        early, late = _days()
        rows = await (_spell(employment, late) if also_gone else _spell_at_work(employment, late, early))
        return next(iter(_newest(rows, also_gone=also_gone)), None)

    return await database.once(name, READ, ask)


async def of_person(person: int) -> Employee | None:
    """The spell in which this person works today, or None."""

    # Asked for with every message: by way of the spells it is two look-ups, joined it would go through everybody.
    async def ask() -> Employee | None:
        early, late = _days()
        return next(iter(_newest(await _spells_of(person, late, early))), None)

    async def told() -> Employee | None:
        return found

    async def by_digits() -> bool:
        return found is not None and found.numbers

    found = await database.once(("person at work", person), READ, ask)
    if found is not None:
        await database.once(("digits", person), [Person], by_digits)
        await database.once(("at work", found.id), READ, told)
    return found


async def by_number(number: str) -> Employee | None:
    """The employee with this number, or None."""
    return next(iter(await _read(Assignment.employment.number == number)), None)


async def of_department(department: int) -> Sequence[Employee]:
    """Everybody who works in it today."""
    return await of_departments([department])


async def several(employments: Collection[int], *, at_work: bool = False) -> Sequence[Employee]:
    """The employees of these spells; `at_work` leaves out who has left."""
    found: list[Employee] = []
    for some in in_parts(employments):
        found += await _read(Assignment.employment.is_in(some), also_gone=not at_work)
    return found


async def of_departments(departments: Collection[int]) -> Sequence[Employee]:
    """Everybody who works in one of these departments today, in one query however many they are."""
    once_here = Assignment.select(Assignment.employment).where(Assignment.department.is_in(list(departments) or [0]))
    found = await _read(Assignment.employment.is_in(once_here))
    return [one for one in found if one.department in departments]


def in_parts(numbers: Collection[int]) -> Iterator[list[int]]:
    """These numbers as lists that a statement may hold: SQLite takes 32,766 values, PostgreSQL 32,767."""
    every = list(numbers)
    for start in range(0, len(every), MOST_ASKED):
        yield every[start : start + MOST_ASKED]


async def head_of(department: int, employment: int | None) -> None:
    """Say who is the head of a department, for approvals; None = nobody."""
    await Department.update({Department.head: employment}).where(Department.id == department)


async def everyone() -> Sequence[Employee]:
    """All who work here today."""
    return await _read(None)


async def batch(after: int, most: int) -> tuple[Sequence[Employee], int | None]:
    """Those who work here among the next `most` spells after this one, and after which to go on; None at the end."""
    rows = await Employment.select(Employment.id).where(Employment.id > after).order_by(Employment.id).limit(most)
    found = await _read(Assignment.employment.is_in([row["id"] for row in rows] or [0]))
    return found, rows[-1]["id"] if len(rows) == most else None


@lru_cache
def _columns() -> tuple[Any, ...]:
    """What an Employee is read from; naming a column through three tables takes longer than reading it."""
    chain: Any = Assignment.employment
    return (
        Assignment.from_, Assignment.employment.as_alias("id"), Assignment.department, Assignment.manager,
        Assignment.location, chain.leaves.as_alias("leaves"),
        chain.public.as_alias("public"), chain.number.as_alias("number"), chain.joins.as_alias("joins"),
        chain.person.as_alias("person"), chain.person.name.as_alias("name"),
        chain.person.language.as_alias("language"), chain.person.numbers.as_alias("numbers"),
        Assignment.location.zone.as_alias("zone"),
        Assignment.department.name.as_alias("department_name"), Assignment.department.minimum.as_alias("minimum"),
    )  # fmt: skip


async def _read(which: Any, *, also_gone: bool = False) -> list[Employee]:
    early, late = _days()
    return _newest(await _asked(which, late, None if also_gone else early), also_gone=also_gone)


def _days() -> tuple[date, date]:
    # Somewhere it is tomorrow already, somewhere still yesterday: each is looked at by the clock of their place.
    return (clock.now() - timedelta(hours=12)).date(), (clock.now() + timedelta(hours=14)).date()


def _asked(which: Any, late: date, early: date | None) -> Any:
    chain: Any = Assignment.employment
    query = Assignment.select(*_columns()).where(Assignment.from_ <= late)
    if early is not None:
        query = query.where(chain.leaves.is_null() | (chain.leaves >= early))
    if which is not None:
        query = query.where(which)
    return query.order_by(Assignment.from_)


@stated
def _spell(employment: int, late: date) -> Any:
    return _asked(Assignment.employment == employment, late, None)


@stated
def _spell_at_work(employment: int, late: date, early: date) -> Any:
    return _asked(Assignment.employment == employment, late, early)


@stated
def _spells_of(person: int, late: date, early: date) -> Any:
    spells = Employment.select(Employment.id).where(Employment.person == person)
    return _asked(Assignment.employment.is_in(spells), late, early)


def _newest(rows: Sequence[dict[str, Any]], *, also_gone: bool = False) -> list[Employee]:
    newest: dict[int, Employee] = {}
    for row in rows:
        today, leaves = clock.today(row["zone"]), row["leaves"]
        if row.pop("from_") > today:
            continue
        if leaves is not None and leaves < today and not also_gone:
            newest.pop(row["id"], None)
            continue
        newest[row["id"]] = Employee(company=database.company(), **row)
    return list(newest.values())


async def minimum_of(department: int, people: int | None) -> None:
    """Say how many of a department must be in on a working day; None = no rule."""
    await Department.update({Department.minimum: people}).where(Department.id == department)


async def person_name(person: int) -> str:
    """The full name of a person."""
    row = await Person.select(Person.name).where(Person.id == person).first()
    if row is None:
        raise LookupError(f"there is no person {person} in this company")
    return str(row["name"])


async def names_of(persons: Collection[int]) -> dict[int, str]:
    """What these people are called."""
    found: dict[int, str] = {}
    for some in in_parts(persons):
        rows = await Person.select(Person.id, Person.name).where(Person.id.is_in(some))
        found |= {row["id"]: row["name"] for row in rows}
    return found


async def pages_of(persons: Collection[int]) -> dict[int, str]:
    """The address of the page of each of these people's last spell of work."""
    found: dict[int, str] = {}
    for some in in_parts(persons):
        rows = (
            await Employment.select(Employment.person, Employment.public)
            .where(Employment.person.is_in(some))
            .order_by(Employment.joins)
        )
        found |= {row["person"]: row["public"] for row in rows}
    return found


async def zones_of(persons: Collection[int]) -> dict[int, str]:
    """By whose clock these people work, or worked last."""
    spells: list[int] = []
    for some in in_parts(persons):
        rows = await Employment.select(Employment.id).where(Employment.person.is_in(some))
        spells += [row["id"] for row in rows]
    return {one.person: one.zone for one in await several(spells)}


async def person_of_address(index: str) -> int | None:
    """Who of this company has the address of this index; None when nobody or several do."""
    rows = await Person.select(Person.id).where(Person.email_index == index).limit(2)
    return rows[0]["id"] if len(rows) == 1 else None


async def acts_for_themself(employment: int, actor: Actor) -> bool:
    """Whether this spell of work is that of whoever acts: what four eyes must see is then somebody else's."""
    row = await Employment.select(Employment.person).where(Employment.id == employment).first()
    return row is not None and actor.name == f"person:{row['person']}"
