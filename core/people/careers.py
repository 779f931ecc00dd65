"""The career of a spell as people read it: what it was on a day, each row of it, and who changed what when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from core.people import batches
from core.people.columns import CAREER, SPELL
from core.people.tables import Assignment, Employment, ImportRow

# What may be shown as it was; of everything else it is only said that it changed.
SHOWN = ("name", *SPELL, *(name for name in CAREER if name != "basic_salary"), "role")
LATELY = 30


@dataclass(frozen=True)
class Facts:
    """What somebody's work is from a day until another."""

    from_: date
    until: date | None
    position: str
    grade: str
    department: str
    location: str
    zone: str
    manager: str
    manager_number: str


@dataclass(frozen=True)
class Change:
    """What one batch did to somebody."""

    at: datetime
    by: str
    batch: str
    kind: str
    begins: date
    what: tuple[tuple[str, str, str], ...]  # column, before, after; sealed ones without their words


async def history(spell: int) -> list[Facts]:
    """Every row of a career, the newest first."""
    rows = (
        await Assignment.select(
            Assignment.from_, Assignment.until, Assignment.position, Assignment.grade, Assignment.manager,
            Assignment.department.name.as_alias("department"), Assignment.location.name.as_alias("location"),
            Assignment.location.zone.as_alias("zone"),
        )
        .where(Assignment.employment == spell)
        .order_by(Assignment.from_, ascending=False)
    )  # fmt: skip
    heads = {row["manager"] for row in rows if row["manager"] is not None}
    names = {
        row["id"]: row
        for row in await Employment.select(
            Employment.id, Employment.number, Employment.person.name.as_alias("name")
        ).where(Employment.id.is_in(list(heads) or [0]))
    }
    return [
        Facts(
            row["from_"], row["until"], row["position"] or "", row["grade"] or "", row["department"] or "",
            row["location"], row["zone"], names.get(row["manager"], {}).get("name", ""),
            names.get(row["manager"], {}).get("number", ""),
        )
        for row in rows
    ]  # fmt: skip


def as_of(facts: Sequence[Facts], on: date) -> Facts | None:
    """What held on a day, or None before the first."""
    return next((one for one in facts if one.from_ <= on), None)


async def changes(spell: int) -> list[Change]:
    """What was done to somebody by files and forms, the newest first."""
    rows = (
        await ImportRow.select(
            *ImportRow.all_columns(), ImportRow.batch.public.as_alias("public"), ImportRow.batch.kind.as_alias("kind"),
            ImportRow.batch.by.as_alias("by"), ImportRow.batch.applied_at.as_alias("applied_at"),
            ImportRow.batch.begins.as_alias("begins"), ImportRow.batch.state.as_alias("state"),
        )
        .where(ImportRow.employment == spell)
        .order_by(ImportRow.id, ascending=False)
        .limit(LATELY)
    )  # fmt: skip
    return [
        Change(row["applied_at"], row["by"].partition("|")[0], row["public"], row["kind"], row["begins"], _what(row))
        for row in rows
        if row["state"] in (batches.APPLIED, batches.UNDOING)
    ]


def _what(row: dict[str, Any]) -> tuple[tuple[str, str, str], ...]:
    before, after = batches.opened(row, "before"), batches.opened(row, "after")
    return tuple(
        (name, before.get(name, "") if name in SHOWN else "", value if name in SHOWN else "")
        for name, value in sorted(after.items())
    )
