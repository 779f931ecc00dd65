"""The plan of a year's grants for each person, and posting what is due: today's, and whatever was missed before it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from core import audit, bulk, database, log
from core.leave import accrual, ledger, types
from core.leave.dates import leave_year
from core.leave.ledger import Move, NewLot
from core.leave.tables import AccrualLine, Lot
from core.leave.types import Kind
from core.people.directory import Employee

PLANNED, POSTED, FAILED, SKIPPED = "planned", "posted", "failed", "skipped"
ORIGIN = "annual"  # of the lot that a year's plan fills


@dataclass(frozen=True)
class Spell:
    """An employment, its first day and, where one is set, its last: what a plan needs to know of a person."""

    id: int
    joins: date
    leaves: date | None = None


async def grant(spells: Sequence[Spell], today: date, rules: Sequence[Kind] | None = None) -> int:
    """Write the plans that are missing for these people, and post every line that is due; returns how many.

    `rules` are the kinds of leave as they hold, where they are known already.
    """
    every = await types.every(today) if rules is None else rules
    kinds = [one for one in every if one.active and one.in_lots and one.schedule != "none"]
    for kind in kinds:
        await _plan(kind, spells, today)
    return await _post({one.code: one for one in kinds}, [one.id for one in spells], today)


async def first_days(employee: Employee, kind: Kind, today: date) -> date | None:
    """When who was given nothing of a kind will be: by the next night, where this year's plan is not written yet."""
    year = leave_year(employee.joins, max(today, employee.joins), kind.basis)
    due = [line.due for line in accrual.plan(kind, employee.joins, year) if line.due <= today]
    if due and not await AccrualLine.exists().where(
        (AccrualLine.employment == employee.id) & (AccrualLine.leave_type == kind.code)
        & (AccrualLine.year == year.number)
    ):  # fmt: skip
        return today + timedelta(days=1)
    return accrual.first_due(kind, employee.joins, today)


async def _plan(kind: Kind, spells: Sequence[Spell], today: date) -> None:
    years = {one.id: leave_year(one.joins, today, kind.basis) for one in spells if one.joins <= today}
    rows = await AccrualLine.select(AccrualLine.employment, AccrualLine.year).where(
        bulk.among(AccrualLine.employment, years) & (AccrualLine.leave_type == kind.code)
        & AccrualLine.year.is_in(sorted({year.number for year in years.values()}) or [0])
    )  # fmt: skip
    there = {(row["employment"], row["year"]) for row in rows}
    lines = [
        {
            "employment": one.id, "leave_type": kind.code, "year": years[one.id].number, "due": line.due,
            "quantity": line.quantity, "valid_to": years[one.id].ends, "state": PLANNED,
        }
        for one in spells
        if one.id in years and (one.id, years[one.id].number) not in there
        for line in accrual.plan(kind, one.joins, years[one.id])
    ]  # fmt: skip
    await bulk.insert(AccrualLine, lines, passing_over=True)


async def _post(kinds: Mapping[str, Kind], employments: Collection[int], today: date) -> int:
    due = await AccrualLine.select().where(
        bulk.among(AccrualLine.employment, employments) & AccrualLine.state.is_in([PLANNED, FAILED])
        & (AccrualLine.due <= today) & AccrualLine.leave_type.is_in(list(kinds) or [""])
    )  # fmt: skip
    if not due:
        return 0
    try:
        async with database.transaction(database.company()):
            await _write(kinds, due)
        return len(due)
    except Exception as fault:  # one person's fault must not keep the others from their days
        if len(employments) == 1:
            raise
        log.error("leave_grants_failed", company=database.company(), fault=fault)
    return sum([await _post_alone(kinds, [line for line in due if line["employment"] == one]) for one in employments])


async def _post_alone(kinds: Mapping[str, Kind], due: Sequence[dict[str, Any]]) -> int:
    if not due:
        return 0
    try:
        async with database.transaction(database.company()):
            await _write(kinds, due)
        return len(due)
    except Exception as fault:  # kept as failed, with the reason, and tried again tomorrow
        why = f"{type(fault).__name__}: {fault}"[:120]
        await AccrualLine.update({AccrualLine.state: FAILED, AccrualLine.why: why}).where(
            bulk.among(AccrualLine.id, [line["id"] for line in due])
        )
        return 0


async def _write(kinds: Mapping[str, Kind], due: Sequence[dict[str, Any]]) -> None:
    """Grant these lines, into the lot of their year, made where there is none."""
    due = sorted(due, key=lambda line: (line["due"], line["employment"]))
    rows = await Lot.select().where(
        bulk.among(Lot.employment, {line["employment"] for line in due}) & (Lot.origin == ORIGIN)
        & Lot.year.is_in(sorted({line["year"] for line in due}))
    )  # fmt: skip
    lots = {(row["employment"], row["leave_type"], row["year"]): row["id"] for row in rows}
    new: dict[tuple[int, str, int], NewLot] = {}
    for line in due:
        key, kind = (line["employment"], line["leave_type"], line["year"]), kinds[line["leave_type"]]
        if key not in lots and key not in new:
            new[key] = NewLot(
                employment=key[0], leave_type=key[1], origin=ORIGIN, year=key[2], valid_from=line["due"],
                valid_to=line["valid_to"], overdraft=kind.negative, encashable=kind.encashable,
            )  # fmt: skip
    made = await ledger.make_lots(list(new.values()))
    lots |= {(employment, kind, year): number for (employment, kind, year, _, _), number in made.items()}
    moves = [
        Move(line["employment"], line["leave_type"], lots[line["employment"], line["leave_type"], line["year"]],
             ledger.GRANT, line["quantity"], line["due"], f"plan-{line['id']}")
        for line in due
    ]  # fmt: skip
    await ledger.write(moves)
    for part in ledger.in_parts(due):
        await AccrualLine.update({AccrualLine.state: POSTED, AccrualLine.why: None}).where(
            bulk.among(AccrualLine.id, [line["id"] for line in part])
        )
    audit.record(
        "leave.granted", "leave", lines=len(due), employments=sorted({line["employment"] for line in due})[:50]
    )


async def skip_for_leavers(gone: Collection[int]) -> int:
    """Skip what is planned for those who have left."""
    if not gone:
        return 0
    skipped = (
        await AccrualLine.update({AccrualLine.state: SKIPPED, AccrualLine.why: "left"})
        .where(bulk.among(AccrualLine.employment, gone) & AccrualLine.state.is_in([PLANNED, FAILED]))
        .returning(AccrualLine.id)
    )
    return len(skipped)


async def skip_until(employments: Collection[int], leave_type: str, day: date, why: str) -> int:
    """Skip what was due up to this day and not granted: an opening balance says what there is instead."""
    skipped = (
        await AccrualLine.update({AccrualLine.state: SKIPPED, AccrualLine.why: why})
        .where(
            bulk.among(AccrualLine.employment, employments) & (AccrualLine.leave_type == leave_type)
            & AccrualLine.state.is_in([PLANNED, FAILED]) & (AccrualLine.due <= day)
        )
        .returning(AccrualLine.id)
    )  # fmt: skip
    return len(skipped)
