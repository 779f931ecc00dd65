"""What would become of everything held about somebody, table by table, before anything is done.

It follows from the classification. Whoever still works here keeps what the work and the law need, and loses the rest.
What the law wants kept of whoever has left lies sealed apart until its year is over. A legal hold keeps everything.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from core import clock
from core.people.directory import DEFAULT_ZONE
from core.people.tables import Employment
from core.privacy import holdings, legal_holds
from core.privacy.holding_tables import LegalHold
from core.privacy.holdings import DELETE, KEEP, NULL, SEAL, SHRED, Holding

WHOLE, ON_DUTY = "whole", "here"
YEARS = 10  # after the year in which the work ended: Law 8/1997 art. 11, Law 6/1983 (KUP) art. 28(11)
BOOKS = "books"
NOBODY, RUNNING, NEEDED = "nobody", "running", "act"  # why something stays


@dataclass(frozen=True)
class Item:
    """What happens to the rows of one table, or to some of their columns, why, and until when it stays."""

    table: str
    act: str  # delete | null | seal | shred | keep
    columns: Sequence[str]
    rows: int
    reason: str = ""  # of what stays: running | nobody | books | act
    until: str = ""  # ISO date


@dataclass(frozen=True)
class Plan:
    """All of it, for one person."""

    person: int
    scope: str
    items: Sequence[Item]
    accounts: Sequence[int]
    hold: LegalHold | None

    def told(self) -> list[dict[str, Any]]:
        """As it is written down: tables and numbers, nothing of the person."""
        return [asdict(one) for one in self.items]


@dataclass(frozen=True)
class Standing:
    """Whether somebody still works here, and until when the books about them are kept."""

    works: bool
    until: date | None  # None: the law wants nothing of them kept


async def standing(person: int) -> Standing:
    """How somebody stands; in the open transaction."""
    rows = await Employment.select(Employment.joins, Employment.leaves).where(Employment.person == person)
    spells = [row for row in rows if row["leaves"] is None or row["leaves"] >= row["joins"]]
    today = clock.today(DEFAULT_ZONE)
    if any(row["leaves"] is None or row["leaves"] >= today for row in spells):
        return Standing(True, None)
    if not spells:
        return Standing(False, None)
    until = date(max(row["leaves"] for row in spells).year + YEARS, 12, 31)
    return Standing(False, until if until >= today else None)


async def plan_erasure(person: int) -> Plan:
    """What would happen to everything that is held about this person; in the open transaction."""
    here = await standing(person)
    accounts = await holdings.accounts_of(person)
    items: list[Item] = []
    for one in holdings.every().values():
        if one.nobody or not (rows := await _rows(one, person, accounts)):
            continue
        items += _here(one, rows) if here.works else _all(one, rows, here.until)
    scope = ON_DUTY if here.works else WHOLE
    return Plan(person, scope, items, accounts, await legal_holds.of(person))


def answer(one: Holding, until: date | None) -> Mapping[str, str]:
    """What happens to each column of a table when everything of somebody goes."""
    if one.nobody:
        return dict.fromkeys(one.columns, KEEP)
    if one.goes or one.every or one.gone:
        return dict.fromkeys(one.columns, DELETE)
    acts = {name: said.on_erase for name, said in one.columns.items()}
    return {name: NULL if act == DELETE or (act == SEAL and until is None) else act for name, act in acts.items()}


def _all(one: Holding, rows: int, until: date | None) -> list[Item]:
    acts = answer(one, until)
    if set(acts.values()) == {DELETE}:
        return [Item(one.name, DELETE, (), rows)]
    found = []
    for act in (NULL, SEAL, SHRED, KEEP):
        columns = [name for name, of in acts.items() if of == act]
        if not columns:
            continue
        if act == SEAL:
            assert until is not None
            found.append(Item(one.name, act, columns, rows, BOOKS, until.isoformat()))
        elif act == KEEP:
            if not one.loose:
                found.append(Item(one.name, act, columns, rows, NEEDED if one.name == "erasure" else NOBODY))
        else:
            found.append(Item(one.name, act, columns, rows))
    return found


def _here(one: Holding, rows: int) -> list[Item]:
    if one.here:
        return [Item(one.name, DELETE, (), rows)]
    return [Item(one.name, KEEP, (), rows, RUNNING)]


async def _rows(one: Holding, person: int, accounts: Sequence[int]) -> int:
    """How many rows are theirs; of what may name anybody only what is tied to them is counted before."""
    if one.every:
        return int(await one.table.count())
    if one.batches:
        return len(await holdings.batches_with([person]))
    where = holdings.theirs(one, [person], accounts)
    return 0 if where is None else int(await one.table.count().where(where))
