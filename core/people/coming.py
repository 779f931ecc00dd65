"""What is planned for the people of the company: who joins, who leaves, whose contract ends, whose work changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.people import batches
from core.people.tables import Assignment, Employment, ImportRow

JOINS, MOVES, ENDS, CONTRACT_ENDS = "joins", "moves", "ends", "contract_ends"
KINDS = (JOINS, MOVES, ENDS, CONTRACT_ENDS)
FIXED_TERM = "pkwt"
MOST = 300  # of each kind; more than these nobody reads in one go
FACTS = ("position", "department", "location", "manager", "grade")


@dataclass(frozen=True)
class Coming:
    """One change that is still to come.

    `what` says of a move which facts change, each with its words before and after. `batch` is the file or form that
    planned a move or a joining, `alone` whether it holds nothing else, so that taking it back takes back only this.
    """

    on: date
    kind: str
    public: str
    number: str
    name: str
    what: tuple[tuple[str, str, str], ...] = ()
    batch: str = ""
    alone: bool = False


async def changes(after: date, until: date, kind: str = "") -> list[Coming]:
    """All changes after one day and until another, both by the calendar, in the order of their days; at most MOST of a
    kind. The company must be open."""
    found: list[Coming] = []
    if kind in ("", JOINS):
        found += await _joining(after, until)
    if kind in ("", MOVES):
        found += await _moving(after, until)
    if kind in ("", ENDS, CONTRACT_ENDS):
        found += [one for one in await _ending(after, until) if kind in ("", one.kind)]
    return sorted(found, key=lambda one: (one.on, one.name, one.kind))


async def _joining(after: date, until: date) -> list[Coming]:
    stays: Any = Employment.leaves.is_null() | (Employment.leaves >= Employment.joins)
    rows = await _spells((Employment.joins > after) & (Employment.joins <= until) & stays, Employment.joins)
    made = await _batches([row["id"] for row in rows], "new")
    return [
        Coming(
            row["joins"], JOINS, row["public"], row["number"], row["name"], (),
            *made.get((row["id"], None), ("", False)),
        )
        for row in rows
    ]  # fmt: skip


async def _ending(after: date, until: date) -> list[Coming]:
    stays: Any = Employment.leaves >= Employment.joins
    rows = await _spells((Employment.leaves > after) & (Employment.leaves <= until) & stays, Employment.leaves)
    return [
        Coming(
            row["leaves"], CONTRACT_ENDS if row["type"] == FIXED_TERM else ENDS, row["public"], row["number"],
            row["name"],
        )
        for row in rows
    ]  # fmt: skip


async def _moving(after: date, until: date) -> list[Coming]:
    """Rows of a career that begin later, each beside the row that they follow; the first row of all is a joining."""
    planned: Any = (Assignment.from_ > after) & (Assignment.from_ <= until)
    rows = await _facts(planned, most=MOST)
    spells = {row["employment"] for row in rows}
    before = await _facts((Assignment.until > after) & Assignment.employment.is_in(list(spells) or [0]))
    earlier = {(row["employment"], row["until"]): row for row in before}
    whose = {row["id"]: row for row in await _spells(Employment.id.is_in(list(spells) or [0]), Employment.id)}
    heads = await _names({row["manager"] for row in (*rows, *before) if row["manager"] is not None})
    made = await _batches(list(spells), "changed")
    found = []
    for row in rows:
        was, spell = earlier.get((row["employment"], row["from_"])), whose.get(row["employment"])
        if was is None or spell is None or (spell["leaves"] is not None and spell["leaves"] < row["from_"]):
            continue
        batch, alone = made.get((row["employment"], row["from_"]), ("", False))
        what = _what(was, row, heads)
        found.append(
            Coming(row["from_"], MOVES, spell["public"], spell["number"], spell["name"], what, batch, alone)
        )  # fmt: skip
    return found


def _what(was: Mapping[str, Any], to: Mapping[str, Any], heads: Mapping[int, str]) -> tuple[tuple[str, str, str], ...]:
    told = []
    for name in FACTS:
        before, after = (
            heads.get(one["manager"], "") if name == "manager" else str(one[name] or "") for one in (was, to)
        )  # fmt: skip
        if before != after:
            told.append((name, before, after))
    return tuple(told)


async def _facts(where: Any, most: int | None = None) -> Sequence[Mapping[str, Any]]:
    query = Assignment.select(
        Assignment.employment, Assignment.from_, Assignment.until, Assignment.position, Assignment.grade,
        Assignment.manager, Assignment.department.name.as_alias("department"),
        Assignment.location.name.as_alias("location"),
    ).where(where).order_by(Assignment.from_, Assignment.id)  # fmt: skip
    rows: Sequence[Mapping[str, Any]] = await (query.limit(most) if most else query)
    return rows


async def _spells(where: Any, by: Any) -> Sequence[Mapping[str, Any]]:
    rows: Sequence[Mapping[str, Any]] = (
        await Employment.select(
            Employment.id, Employment.public, Employment.number, Employment.type, Employment.joins, Employment.leaves,
            Employment.person.name.as_alias("name"),
        )
        .where(where)
        .order_by(by)
        .limit(MOST)
    )  # fmt: skip
    return rows


async def _names(spells: set[int]) -> dict[int, str]:
    rows = await Employment.select(Employment.id, Employment.person.name.as_alias("name")).where(
        Employment.id.is_in(list(spells) or [0])
    )
    return {row["id"]: row["name"] for row in rows}


async def _batches(spells: Sequence[int], verdict: str) -> dict[tuple[int, date | None], tuple[str, bool]]:
    """The file or form behind a change, by the spell and the day from which it holds (None: a joining)."""
    rows = (
        await ImportRow.select(
            ImportRow.employment, ImportRow.batch.public.as_alias("public"), ImportRow.batch.begins.as_alias("begins"),
            ImportRow.batch.kind.as_alias("kind"),
        )
        .where(
            ImportRow.employment.is_in(list(spells) or [0]) & (ImportRow.verdict == verdict)
            & (ImportRow.batch.state == batches.APPLIED)
        )
        .order_by(ImportRow.id)
    )  # fmt: skip
    return {
        (row["employment"], None if verdict == "new" else row["begins"]): (row["public"], row["kind"] == "form")
        for row in rows
    }


async def planned(spell: int) -> dict[date, tuple[str, bool]]:
    """The file or form behind the changes of one person's work, by the day from which they hold; as in Coming."""
    return {on: made for (_, on), made in (await _batches([spell], "changed")).items() if on is not None}
