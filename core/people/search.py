"""Finding somebody among twenty thousand: by part of a name or number, by department, by what is missing, with typos.

Everything is asked of indexes in the order of names, so a page costs the same at the end of the list as at its start.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from rapidfuzz import fuzz

from core import clock, database, vault
from core.people.columns import PHONE
from core.people.directory import DEFAULT_ZONE
from core.people.names import plain
from core.people.tables import Assignment, ChannelIdentity, Department, Employment, Location, Person

HERE, JOINING, LEAVING, LEFT, EVERYBODY = "here", "joining", "leaving", "left", "all"
STATUS = (HERE, JOINING, LEAVING, LEFT, EVERYBODY)
NO_MANAGER, NO_CHAT = "manager", "chat"
LACKS = (NO_MANAGER, NO_CHAT)
NOBODY = ("", "")
MOST_WORDS, MOST_CANDIDATES, MOST_NEAR, NEAR_ENOUGH, MOST_FEW = 5, 2_000, 20, 72, 500

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
NO_DIAL = re.compile(r"[\s().\-/]")  # what stands between the digits of a telephone number
WILD = frozenset("%_")  # letters like any other here, not a pattern of the database


@dataclass(frozen=True)
class Wanted:
    """Whom a list is about."""

    words: str = ""
    status: str = HERE
    department: str = ""
    location: str = ""
    lacks: str = ""
    contacts: bool = False  # an address or telephone number finds its owner: for whoever may look at them
    named: bool = False  # by name and number alone, not by the name of the department


@dataclass(frozen=True)
class Found:
    """Somebody in a list, as of today."""

    id: int  # of the person
    search: str  # by what the list is in order
    public: str  # of the spell
    employment: int
    number: str
    name: str
    position: str
    department: str
    location: str
    manager: str
    manager_number: str
    joins: date
    leaves: date | None
    status: str
    linked: bool


async def page(wanted: Wanted, after: tuple[str, int] | None, most: int) -> list[Found]:
    """The next people in the order of their names, and one more where there are more."""
    met, rows, size = await condition(wanted), [], most + 1
    while True:
        here = met
        if after is not None:
            name, key = after
            here = here & (Person.search >= name) & ((Person.search > name) | (Person.id > key))
        part = await Person.select(Person.id, Person.search).where(here).order_by(Person.search, Person.id).limit(size)
        rows += await found([row["id"] for row in part], wanted.status)
        if len(part) < size or len(rows) > most:
            return rows[: most + 1]
        after, size = (part[-1]["search"], part[-1]["id"]), min(size * 4, 1_000)


async def number(wanted: Wanted) -> int:
    """How many people are meant."""
    if not (wanted.words or wanted.department or wanted.location or wanted.lacks):
        return int(await Employment.count().where(_spell(wanted.status, clock.today(DEFAULT_ZONE))))
    return int(await Person.count().where(await condition(wanted, exactly=True)))


async def condition(wanted: Wanted, *, exactly: bool = False) -> Any:
    """Which people are meant, as a condition on Person.

    Most people work here or have; who does not is left out by `found`, unless the condition is to say it exactly.
    The few of another standing are asked for.
    """
    today = clock.today(DEFAULT_ZONE)
    met: Any = Person.id > 0
    if exactly or wanted.status not in (HERE, EVERYBODY):
        met = Person.id.is_in(Employment.select(Employment.person).where(_spell(wanted.status, today)))
    if wanted.department or wanted.location or wanted.lacks == NO_MANAGER:
        spells: Any = Assignment.select(Assignment.employment).where(await _facts(wanted, today))
        if wanted.lacks == NO_MANAGER:
            # Few are without a head. Asked for in the order of names, everybody would be gone through to find them.
            few = [row["employment"] for row in await spells.limit(MOST_FEW + 1)]
            spells = (few or [0]) if len(few) <= MOST_FEW else spells
        met = met & Person.id.is_in(Employment.select(Employment.person).where(Employment.id.is_in(spells)))
    if wanted.lacks == NO_CHAT:
        open_now = ChannelIdentity.select(ChannelIdentity.person).where(ChannelIdentity.ended_at.is_null())
        met = met & Person.id.not_in(open_now)
    return met & await _said(wanted, today) if wanted.words.strip() else met


async def _said(wanted: Wanted, today: date) -> Any:
    """Who is meant by the words: the owner of an address or telephone number, or whoever all the words fit."""
    typed = wanted.words.strip()
    if wanted.contacts and EMAIL.fullmatch(typed):
        return Person.email_index == vault.blind_index(typed, field="email")
    met, found, parts = Person.id > 0, False, await Department.select(Department.id, Department.name)
    for token in typed.split()[:MOST_WORDS]:
        one = _token(token, () if wanted.named else parts, today)
        if one is not None:
            met, found = met & one, True
    met = met if found else Person.id < 0  # signs alone are in nobody's name
    if wanted.contacts and PHONE.fullmatch(dialled := NO_DIAL.sub("", typed.replace("(0)", ""))):
        index = vault.blind_index(dialled, field="phone", company=database.company())
        return met | (Person.phone_index == index)
    return met


def _spell(status: str, today: date) -> Any:
    stays = Employment.leaves.is_null()
    told: dict[str, Any] = {
        HERE: (Employment.joins <= today) & (stays | (Employment.leaves >= today)),
        JOINING: (Employment.joins > today) & (stays | (Employment.leaves >= Employment.joins)),
        LEAVING: (Employment.leaves >= today) & (Employment.joins <= today),
        LEFT: (Employment.leaves < today) & (Employment.leaves >= Employment.joins),
        EVERYBODY: stays | (Employment.leaves >= Employment.joins),
    }
    return told[status]


def _in_force(today: date) -> Any:
    """The facts of each spell that hold today; of one that is still to begin, the first."""
    return Assignment.until.is_null() | ((Assignment.until > today) & (Assignment.from_ <= today))


async def _facts(wanted: Wanted, today: date) -> Any:
    met: Any = _in_force(today)
    if wanted.department:
        row = await Department.select(Department.id).where(Department.name == wanted.department).first()
        met = met & (Assignment.department == (row["id"] if row else 0))
    if wanted.location:
        row = await Location.select(Location.id).where(Location.name == wanted.location).first()
        met = met & (Assignment.location == (row["id"] if row else 0))
    if wanted.lacks == NO_MANAGER:
        gone = Employment.select(Employment.id).where(Employment.leaves < today)
        met = met & (Assignment.manager.is_null() | Assignment.manager.is_in(gone))
    return met


def _token(token: str, parts: Sequence[Mapping[str, Any]], today: date) -> Any:
    """Who fits what stands between two spaces: by its words, or by a number that is written so; None for a comma."""
    met: Any = None
    for word in plain(token).split() if not WILD & set(token) else ():
        one = _word(word, parts, today)
        met = one if met is None else met & one
    if any(one.isdigit() for one in token):
        begins: Any = Employment.id < 0
        for way in {token, token.upper(), token.lower()}:
            begins = begins | (Employment.number == way if WILD & set(way) else Employment.number.like(f"{way}%"))
        numbered = Person.id.is_in(Employment.select(Employment.person).where(begins))
        met = numbered if met is None else met | numbered
    return Person.id < 0 if met is None and WILD & set(token) else met


def _word(word: str, parts: Sequence[Mapping[str, Any]], today: date) -> Any:
    """A word is part of the name, or of the number, or names one of these departments."""
    met: Any = Person.search.like(f"%{word}%")
    if any(one.isdigit() for one in word):
        numbered = Employment.select(Employment.person).where(Employment.number.like(f"{word}%"))
        met = met | Person.id.is_in(numbered)
    named = [row["id"] for row in parts if any(one.startswith(word) for one in plain(row["name"]).split())]
    if named:
        inside = Assignment.select(Assignment.employment).where(_in_force(today) & Assignment.department.is_in(named))
        met = met | Person.id.is_in(Employment.select(Employment.person).where(Employment.id.is_in(inside)))
    return met


async def near(wanted: Wanted) -> Sequence[int]:
    """The people whose name is nearly what was typed, the nearest first: for when nothing is exactly it.

    A slip leaves one part of a word whole: each word is cut into three, and who has none of the parts is not looked at.
    """
    typed = plain(wanted.words)
    if not typed or WILD & set(wanted.words):
        return []
    met = await condition(Wanted("", wanted.status, wanted.department, wanted.location, wanted.lacks))
    for word in typed.split()[:MOST_WORDS]:
        pieces = _pieces(word)
        some: Any = Person.search.like(f"%{pieces[0]}%")
        for piece in pieces[1:]:
            some = some | Person.search.like(f"%{piece}%")
        met = met & some
    rows = await Person.select(Person.id, Person.search).where(met).limit(MOST_CANDIDATES)
    scored = [(_likeness(typed, row["search"]), row["id"]) for row in rows]
    best = sorted((one for one in scored if one[0] >= NEAR_ENOUGH), key=lambda one: (-one[0], one[1]))
    return [person for _, person in best[:MOST_NEAR]]


def _pieces(word: str) -> list[str]:
    if len(word) < 4:
        return [word]
    size = max(2, len(word) // 3)
    return [word[:size], word[size : 2 * size], word[2 * size :]] if len(word) >= 6 else [word[:2], word[2:]]


def _likeness(typed: str, name: str) -> float:
    """How near the worst of the typed words is to some word of the name."""
    words = name.split()
    return min(max((fuzz.ratio(one, word) for word in words), default=0.0) for one in typed.split())


async def found(people: Sequence[int], status: str = EVERYBODY) -> list[Found]:
    """These people as a list shows them, in this order: the newest of their spells that is meant."""
    if not people:
        return []
    today = clock.today(DEFAULT_ZONE)
    rows = await Person.select(Person.id, Person.name, Person.search).where(Person.id.is_in(list(people)))
    named = {row["id"]: row for row in rows}
    spells = await Employment.select().where(Employment.person.is_in(list(people)) & _spell(status, today)).order_by(
        Employment.joins
    )  # fmt: skip
    newest = {row["person"]: row for row in spells}
    facts = await facts_of([row["id"] for row in newest.values()], today)
    heads = await _names_of({row["manager"] for row in facts.values() if row["manager"] is not None})
    linked = {
        row["person"]
        for row in await ChannelIdentity.select(ChannelIdentity.person).where(
            ChannelIdentity.person.is_in(list(people)) & ChannelIdentity.ended_at.is_null()
        )
    }
    made = []
    for person in people:
        spell = newest.get(person)
        if spell is None:
            continue
        fact = facts.get(spell["id"], {})
        made.append(
            Found(
                id=person, public=spell["public"], employment=spell["id"], number=spell["number"],
                name=named[person]["name"], search=named[person]["search"],
                position=fact.get("position") or "", department=fact.get("department_name") or "",
                location=fact.get("location_name") or "",
                manager=heads.get(fact.get("manager"), NOBODY)[0],
                manager_number=heads.get(fact.get("manager"), NOBODY)[1],
                joins=spell["joins"], leaves=spell["leaves"], status=status_of(spell, today), linked=person in linked,
            )
        )  # fmt: skip
    return made


def status_of(spell: Mapping[str, Any], today: date) -> str:
    """Where somebody stands on a day."""
    if spell["leaves"] is not None and spell["leaves"] < today:
        return LEFT
    if spell["joins"] > today:
        return JOINING
    return LEAVING if spell["leaves"] is not None else HERE


async def facts_of(spells: Sequence[int], on: date) -> dict[int, dict[str, Any]]:
    """What each spell was on a day; before its first day, what it begins with."""
    rows = (
        await Assignment.select(
            Assignment.employment, Assignment.from_, Assignment.position, Assignment.grade, Assignment.manager,
            Assignment.department, Assignment.location, Assignment.department.name.as_alias("department_name"),
            Assignment.location.name.as_alias("location_name"), Assignment.location.zone.as_alias("zone"),
        )
        .where(Assignment.employment.is_in(list(spells) or [0]))
        .order_by(Assignment.from_)
    )  # fmt: skip
    made: dict[int, dict[str, Any]] = {}
    for row in rows:
        if row["employment"] not in made or row["from_"] <= on:
            made[row["employment"]] = row
    return made


async def _names_of(spells: set[int]) -> dict[Any, tuple[str, str]]:
    rows = await Employment.select(Employment.id, Employment.number, Employment.person.name.as_alias("name")).where(
        Employment.id.is_in(list(spells) or [0])
    )
    return {row["id"]: (row["name"], row["number"]) for row in rows}
