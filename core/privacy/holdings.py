"""Whose the rows of each table are, and what of them goes when somebody's data go: holdings and classification.toml."""

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from piccolo.columns import ForeignKey
from piccolo.table import Table

from core import database
from core.accounts.tables import Membership, MembershipOffer
from core.people.tables import ImportRow

KEEP, NULL, DELETE, SHRED, SEAL = "keep", "null", "delete", "shred", "seal"
HERE = Path(__file__).parent


@dataclass(frozen=True)
class Said:
    """What classification.toml says of a column."""

    category: str
    purpose: str
    retention: str
    on_erase: str


@dataclass(frozen=True)
class Holding:
    """Whose the rows of one table are; see the head of holdings.toml."""

    table: Any
    columns: Mapping[str, Said]
    whose: Sequence[str] = ()
    by: Sequence[str] = ()
    account: str = ""
    loose: Sequence[str] = ()
    batches: str = ""
    every: bool = False
    gone: bool = False
    here: bool = False
    kept: str = ""
    nobody: str = ""

    @property
    def name(self) -> str:
        """The table's name."""
        return str(self.table._meta.tablename)

    @property
    def goes(self) -> bool:
        """Whether rows go as a whole, rather than columns of them."""
        return self.columns["id"].on_erase == DELETE

    @property
    def tied(self) -> bool:
        """Whether rows are tied to somebody by what they point to."""
        return bool(self.whose or self.by)

    def of(self, *acts: str) -> list[str]:
        """The columns to which one of these happens."""
        return [name for name, said in self.columns.items() if said.on_erase in acts]


@cache
def every() -> Mapping[str, Holding]:
    """Each table there is, by its name."""
    columns = tomllib.loads((HERE.parent / "classification.toml").read_text(encoding="utf-8"))
    told = tomllib.loads((HERE / "holdings.toml").read_text(encoding="utf-8"))
    tables = {table._meta.tablename: table for table in database.tables()}
    return {
        name: Holding(
            tables[name], {column: Said(**said) for column, said in columns[name].items()}, **told.get(name, {})
        )
        for name in columns
    }


@cache
def in_order() -> Sequence[Holding]:
    """Those whose rows go as a whole, each before what it points to."""
    left = {one.name: one for one in every().values() if one.goes and not one.nobody}
    found: list[Holding] = []
    while left:
        pointed = {
            column._foreign_key_meta.resolved_references._meta.tablename
            for one in left.values()
            for column in one.table._meta.columns
            if isinstance(column, ForeignKey)
        }
        free = [one for name, one in left.items() if name not in pointed]
        if not free:
            raise RuntimeError(f"these point to each other: {sorted(left)}")
        found += free
        for one in free:
            del left[one.name]
    return found


def way(table: Any, path: str) -> Any:
    """The column at the end of this way from a row."""
    at = table
    for step in path.split("."):
        at = getattr(at, step)
    return at


def actors(people: Collection[int], accounts: Collection[int]) -> list[str]:
    """How the audit and what somebody wrote name these."""
    return [f"person:{one}" for one in people] + [f"account:{one}" for one in accounts]


def theirs(one: Holding, people: Collection[int], accounts: Collection[int] = ()) -> Any:
    """Which rows of this table are about these people, or were written by them for themselves alone."""
    found: Any = None
    tests = [way(one.table, path).is_in(list(people) or [0]) for path in one.whose]
    tests += [getattr(one.table, name).is_in(actors(people, accounts) or [""]) for name in one.by]
    if one.account:
        tests.append(getattr(one.table, one.account).is_in(list(accounts) or [0]))
    for test in tests:
        found = test if found is None else found | test
    if one.name == "inbound":
        found = found & (one.table.company == database.company())
    return found


async def ids(
    one: Holding, people: Collection[int], accounts: Collection[int] = (), *, settled: bool = False
) -> list[int]:
    """The numbers of these rows, or only of those that nobody waits for; in the open transaction."""
    where = theirs(one, people, accounts)
    if where is None:
        return []
    if settled and one.name == "outbound":
        where = where & one.table.state.not_in(["queued", "waiting", "sending"]) & one.table.card_of.is_null()
    rows = await one.table.select(one.table.id).where(where).order_by(one.table.id)
    return [row["id"] for row in rows]


async def accounts_of(person: int) -> list[int]:
    """The accounts by which somebody acts, or is offered to act, in this company."""
    found = set()
    for table in (Membership, MembershipOffer):
        rows = await table.select(table.account).where(table.person == person)
        found |= {int(row["account"]) for row in rows}
    return sorted(found)


async def batches_with(people: Collection[int]) -> list[int]:
    """The files of people in which these stood."""
    where = ImportRow.person.is_in(list(people) or [0]) | ImportRow.employment.person.is_in(list(people) or [0])
    rows = await ImportRow.select(ImportRow.batch).where(where)
    return sorted({int(row["batch"]) for row in rows})


def sealed_for_nobody(table: type[Table]) -> list[str]:
    """The sealed columns of a table that are tied to no person."""
    from core.vault import Sealed

    return [one._meta.name for one in table._meta.columns if isinstance(one, Sealed) and one.of is None]
