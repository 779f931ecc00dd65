"""Whom somebody means who types a name or an employee number into a form, and who could be meant while they type.

What is offered reads `Budi Santoso (0412)` and is understood again; so is a number alone, or a whole name that
nobody else has.
"""

import re
from collections.abc import Sequence
from typing import Any

from core.errors import Refused
from core.people import directory, search
from core.people.directory import Employee
from core.people.names import plain
from core.people.search import HERE, Found, Wanted
from core.people.tables import Employment, Person
from core.phrases import one_line

OFFERED, NAMED, LOOKED_AT, MOST_LISTED = 8, 4, 40, 500
LONGEST, SHORTEST, MOST_PEOPLE = 120, 2, 10
BEHIND = re.compile(r"\(([^()]{1,40})\)$")  # the number behind a name
PARTED = re.compile(r"[,;\n]")


def written(name: str, number: str) -> str:
    """How somebody stands in a field that asks whom."""
    return f"{name} ({number})"


async def suggest(words: str, before: str = "") -> Sequence[Found]:
    """Who works here and could be meant by what was typed so far, first those whose name begins so.

    Nobody once somebody is named wholly, and never again who is named in `before`.
    """
    typed = one_line(words)[:LONGEST]
    if len(plain(typed)) < SHORTEST or BEHIND.search(typed):
        return []
    found = await search.page(Wanted(typed, HERE, named=True), None, LOOKED_AT)
    first = plain(typed).split()[0]
    found = [one for one in found if written(one.name, one.number) not in before]
    return sorted(found, key=lambda one: not any(word.startswith(first) for word in one.search.split()))[:OFFERED]


async def whom(words: str) -> Employee:
    """The one who is meant. Refused: nobody, or several; who comes near is named."""
    typed = one_line(words)[:LONGEST]
    number = await number_of(typed)
    found = await directory.by_number(number) if number else None
    if found is None:
        raise await _refusal(typed)
    return found


async def several(words: str) -> Sequence[Employee]:
    """All who are meant, parted by commas; numbers may be parted by spaces too."""
    meant: list[Employee] = []
    for part in [one.strip() for one in PARTED.split(words) if one.strip()][:MOST_PEOPLE]:
        numbers = part.split()
        apart = len(numbers) > 1 and all(one[0].isdigit() for one in numbers)
        meant += [await whom(one) for one in (numbers if apart else [part])[:MOST_PEOPLE]]
    return list({one.person: one for one in meant}.values())[:MOST_PEOPLE]


async def number_of(words: str) -> str:
    """The employee number that is meant: that behind a name, or of the only one of this name, else what was typed."""
    typed = one_line(words)[:LONGEST]
    behind = BEHIND.search(typed)
    if behind:
        return behind.group(1).strip()
    name = plain(typed)
    if len(name) < SHORTEST or any(one.isdigit() for one in name):
        return typed
    same = [one for one in await search.page(Wanted(typed, HERE, named=True), None, OFFERED) if one.search == name]
    return same[0].number if len(same) == 1 else typed


async def _refusal(typed: str) -> Refused:
    """Who could have been meant, or that nobody is called so."""
    if len(plain(typed)) < SHORTEST:
        return Refused("people.named_missing")
    found = await search.page(Wanted(typed, HERE, named=True), None, NAMED)
    if not found:
        found = await search.found(list(await search.near(Wanted(typed, HERE, named=True)))[:NAMED], HERE)
    if not found:
        return Refused("people.named_nobody", words=typed)
    names = ", ".join(written(one.name, one.number) for one in found[:NAMED])
    return Refused("people.named_near", words=typed, names=names)


async def spells(words: str) -> list[int]:
    """The spells of work of whoever is meant in a list, also who has left: by the number, or a part of the name."""
    typed = one_line(words)[:LONGEST]
    behind = BEHIND.search(typed)
    number, name = behind.group(1).strip() if behind else typed, plain(typed)
    met: Any = Employment.number == number
    if not behind and name and not any(one.isdigit() for one in name):
        people = await Person.select(Person.id).where(Person.search.like(f"%{name}%")).limit(MOST_LISTED)
        met = met | Employment.person.is_in([row["id"] for row in people] or [0])
    rows = await Employment.select(Employment.id).where(met)
    return [row["id"] for row in rows] or [0]
