"""What is planned for the people of the company: who joins, who leaves, whose contract ends, whose work changes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from typing import Any

from core import database
from core.audit import Actor
from core.people import applying, batches
from core.people.directory import in_parts
from core.people.tables import Assignment, Employment, ImportRow

JOINS, MOVES, ENDS, CONTRACT_ENDS = "joins", "moves", "ends", "contract_ends"
KINDS = (JOINS, MOVES, ENDS, CONTRACT_ENDS)
FIXED_TERM = "pkwt"
FORM = "form"
MOST = 300  # of each kind on a page; more than these nobody reads in one go
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


async def changes(after: date, until: date, kind: str = "", *, most: int | None = None) -> list[Coming]:
    """All changes after one day and until another, both by the calendar, in the order of their days; at most `most` of
    a kind, the first ones. The company must be open."""
    found: list[Coming] = []
    for one, told in ((JOINS, _joining), (MOVES, _moving), (ENDS, _ending), (CONTRACT_ENDS, _contract_ending)):
        if kind in ("", one):
            found += await told(after, until, most)
    return sorted(found, key=lambda one: (one.on, one.name, one.kind))


async def number(after: date, until: date, kind: str = "") -> int:
    """How many changes there are, as `changes` tells them. The company must be open."""
    found = 0
    for one in KINDS:
        if kind in ("", one):
            table: Any = Assignment if one == MOVES else Employment
            found += await table.count().where(_which(one, after, until))
    return found


def _which(kind: str, after: date, until: date) -> Any:
    """Which spells, or rows of a career where work changes, are meant by a kind.

    The first row of a career is a joining, and of who leaves before nothing is to come.
    """
    if kind == MOVES:
        spell: Any = Assignment.employment
        stays = spell.leaves.is_null() | (spell.leaves >= Assignment.from_)
        return (Assignment.from_ > after) & (Assignment.from_ <= until) & (spell.joins < Assignment.from_) & stays
    if kind == JOINS:
        stays = Employment.leaves.is_null() | (Employment.leaves >= Employment.joins)
        return (Employment.joins > after) & (Employment.joins <= until) & stays
    stays = Employment.leaves >= Employment.joins
    of_kind: Any = Employment.type == FIXED_TERM if kind == CONTRACT_ENDS else Employment.type != FIXED_TERM
    return (Employment.leaves > after) & (Employment.leaves <= until) & stays & of_kind


async def _joining(after: date, until: date, most: int | None) -> list[Coming]:
    rows = await _spells(_which(JOINS, after, until), Employment.joins, most)
    made = await _batches([row["id"] for row in rows], "new")
    return [
        Coming(
            row["joins"], JOINS, row["public"], row["number"], row["name"], (),
            *made.get((row["id"], None), ("", False)),
        )
        for row in rows
    ]  # fmt: skip


async def _ending(after: date, until: date, most: int | None) -> list[Coming]:
    return await _last_days(after, until, ENDS, most)


async def _contract_ending(after: date, until: date, most: int | None) -> list[Coming]:
    return await _last_days(after, until, CONTRACT_ENDS, most)


async def _last_days(after: date, until: date, kind: str, most: int | None) -> list[Coming]:
    rows = await _spells(_which(kind, after, until), Employment.leaves, most)
    return [Coming(row["leaves"], kind, row["public"], row["number"], row["name"]) for row in rows]


async def _moving(after: date, until: date, most: int | None) -> list[Coming]:
    """Rows of a career that begin later, each beside the row that they follow."""
    rows = await _facts(_which(MOVES, after, until), most)
    spells = {row["employment"] for row in rows}
    before, whose = list[Mapping[str, Any]](), dict[int, Mapping[str, Any]]()
    for some in in_parts(spells):
        before += await _facts((Assignment.until > after) & Assignment.employment.is_in(some))
        whose |= {row["id"]: row for row in await _spells(Employment.id.is_in(some), Employment.id)}
    earlier = {(row["employment"], row["until"]): row for row in before}
    heads = await _names({row["manager"] for row in (*rows, *before) if row["manager"] is not None})
    made = await _batches(spells, "changed")
    found = []
    for row in rows:
        was, who = earlier[row["employment"], row["from_"]], whose[row["employment"]]
        batch, alone = made.get((row["employment"], row["from_"]), ("", False))
        what = _what(was, row, heads)
        found.append(Coming(row["from_"], MOVES, who["public"], who["number"], who["name"], what, batch, alone))
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


async def _spells(where: Any, by: Any, most: int | None = None) -> Sequence[Mapping[str, Any]]:
    query = Employment.select(
        Employment.id, Employment.public, Employment.number, Employment.joins, Employment.leaves,
        Employment.person.name.as_alias("name"),
    ).where(where).order_by(by, Employment.id)  # fmt: skip
    rows: Sequence[Mapping[str, Any]] = await (query.limit(most) if most else query)
    return rows


async def _names(spells: Collection[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for some in in_parts(spells):
        rows = await Employment.select(Employment.id, Employment.person.name.as_alias("name")).where(
            Employment.id.is_in(some)
        )
        found |= {row["id"]: row["name"] for row in rows}
    return found


async def _batches(spells: Collection[int], verdict: str) -> dict[tuple[int, date | None], tuple[str, bool]]:
    """The file or form behind a change, by the spell and the day from which it holds (None: a joining)."""
    found: dict[tuple[int, date | None], tuple[str, bool]] = {}
    for some in in_parts(spells):
        rows = (
            await ImportRow.select(
                ImportRow.employment, ImportRow.batch.public.as_alias("public"),
                ImportRow.batch.begins.as_alias("begins"), ImportRow.batch.kind.as_alias("kind"),
            )
            .where(
                ImportRow.employment.is_in(some) & (ImportRow.verdict == verdict)
                & (ImportRow.batch.state == batches.APPLIED)
            )
            .order_by(ImportRow.id)
        )  # fmt: skip
        for row in rows:
            day = None if verdict == "new" else row["begins"]
            found[row["employment"], day] = row["public"], row["kind"] == FORM
    return found


async def planned(spell: int) -> dict[date, tuple[str, bool]]:
    """The file or form behind the changes of one person's work, by the day from which they hold; as in Coming."""
    return {on: made for (_, on), made in (await _batches([spell], "changed")).items() if on is not None}


async def take_back(company: int, public: str, *, by: Actor) -> None:
    """Take a planned change of one person's work back, with the plans for that day that it corrected: what was planned
    first does not come up again. A file that planned it for many stays; its own page takes it back."""
    async with database.reading(company):
        rows = await ImportRow.select(
            ImportRow.employment, ImportRow.batch.id.as_alias("batch"), ImportRow.batch.begins.as_alias("begins")
        ).where((ImportRow.batch.public == public) & (ImportRow.verdict == "changed") & (ImportRow.batch.kind == FORM))
        then = await _corrected_by(rows[0]) if len(rows) == 1 else []
    await applying.undo(company, public, by=by, then=then)


async def _corrected_by(row: Mapping[str, Any]) -> list[int]:
    """The forms before this one that planned the same person's work for the same day, the newest first."""
    before = (
        await ImportRow.select(ImportRow.batch.id.as_alias("batch"), ImportRow.batch.kind.as_alias("kind"))
        .where(
            (ImportRow.employment == row["employment"]) & (ImportRow.batch < row["batch"])
            & (ImportRow.batch.begins == row["begins"]) & (ImportRow.batch.state == batches.APPLIED)
            & (ImportRow.verdict == "changed")
        )
        .order_by(ImportRow.id, ascending=False)
    )  # fmt: skip
    return [one["batch"] for one in takewhile(lambda one: one["kind"] == FORM, before)]
