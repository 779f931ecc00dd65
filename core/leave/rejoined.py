"""A first day that was put right: the grants of the running year become what they would have been from the start.

Where a year begins on the anniversary, the running year itself moves with the first day.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from core import audit, clock, database, jobs
from core.leave import accrual, collective, ledger, plans, types
from core.leave.dates import LeaveYear, leave_year
from core.leave.ledger import Move, NewLot
from core.leave.tables import AccrualLine, LeaveEntry, Lot
from core.leave.types import Kind
from core.people import directory
from core.people.tables import Employment

PART = 100
WHY = "joined"
USES = (*ledger.HELD, *ledger.TAKEN)


@jobs.job("leave.rejoined", lane=jobs.BULK)
async def follow(company: int, changed: Sequence[Sequence[str]]) -> None:
    """Follow corrected first days, each as the number of the employment and the day that stood there before."""
    for employment, before in changed[:PART]:
        async with database.transaction(company):
            await rejoined(int(employment), date.fromisoformat(before), clock.today(directory.DEFAULT_ZONE))
    async with database.transaction(company):
        if changed[PART:]:
            await jobs.enqueue("leave.rejoined", [list(one) for one in changed[PART:]])
        else:  # collective days of the year hold what was given now
            await jobs.enqueue("leave.bring_up_to_date")


async def rejoined(employment: int, before: date, today: date) -> None:
    """Bring the running year's plan and grants to what the first day says now; earlier years stay as they were used.

    Nothing is taken that was used already: what can't be taken back is written to the audit as `short`.
    """
    row = await Employment.select(Employment.joins).where(Employment.id == employment).first()
    if row is None or row["joins"] == before:
        return
    for kind in await types.all(today):
        if kind.in_lots and kind.schedule != "none":
            await _replan(employment, kind, before, row["joins"], today)


async def _replan(employment: int, kind: Kind, before: date, joins: date, today: date) -> None:
    year = leave_year(joins, today, kind.basis)
    wanted = accrual.plan(kind, joins, year)
    lines = await _running(employment, kind, year, today)
    skipped = any(line["state"] == plans.SKIPPED and line["why"] != WHY for line in lines)
    # Without lines the nightly plan writes them; where an opening balance stands, it says what there is.
    if (
        not lines
        or skipped
        or (year == leave_year(before, today, kind.basis) and wanted == accrual.plan(kind, before, year))
    ):
        return
    await ledger.hold_row(employment, kind.code)
    await AccrualLine.update({AccrualLine.state: plans.SKIPPED, AccrualLine.why: WHY}).where(
        AccrualLine.id.is_in([line["id"] for line in lines if line["state"] != plans.POSTED] or [0])
    )
    ahead = {line.due: line.quantity for line in wanted if line.due > today}
    posted = sum(line["quantity"] for line in lines if line["state"] == plans.POSTED)
    batch = f"joined-{employment}-{year.number}"
    missing = sum(line.quantity for line in wanted) - sum(ahead.values()) - posted
    missing -= await _counted(employment, kind, year)
    there = {line["due"]: line["id"] for line in lines}
    for due, quantity in ahead.items():
        if due in there:
            await AccrualLine.update(
                {AccrualLine.state: plans.PLANNED, AccrualLine.quantity: quantity, AccrualLine.why: None}
            ).where(AccrualLine.id == there[due])
        else:
            await AccrualLine.insert(
                AccrualLine(
                    employment=employment, leave_type=kind.code, year=year.number, due=due, quantity=quantity,
                    valid_to=year.ends, state=plans.PLANNED,
                )
            )  # fmt: skip
    lot = NewLot(
        employment, kind.code, plans.ORIGIN, year.number, max(year.starts, joins), year.ends, overdraft=kind.negative,
        encashable=kind.encashable,
    )  # fmt: skip
    given = await _give(lot, missing, today, batch) if missing else 0
    if given > 0 and kind.code == types.ANNUAL:
        await collective.reopen(employment, lot.valid_from)
    audit.record(
        "leave.rejoined", f"employment:{employment}", kind=kind.code, quantity=given, short=max(0, given - missing),
        before=before.isoformat(), joins=joins.isoformat(),
    )  # fmt: skip


async def _running(employment: int, kind: Kind, year: LeaveYear, today: date) -> list[dict[str, Any]]:
    """The lines of the running year, put under the year that runs by the corrected first day.

    A year that begins on the anniversary begins on another day now, and may be called by another number: the lines and
    the lot that run today are this year's from now on, and those of the years before keep their place before it.
    """
    lines = await AccrualLine.select().where(
        (AccrualLine.employment == employment) & (AccrualLine.leave_type == kind.code)
    ).order_by(AccrualLine.year)  # fmt: skip
    runs = max((line["year"] for line in lines if line["valid_to"] >= today), default=None)
    if runs is None:
        return []
    ends = {line["valid_to"] for line in lines if line["year"] == runs}
    if (runs, ends) != (year.number, {year.ends}):
        await _move_years(employment, kind, lines, year.number - runs)
        whose = (AccrualLine.employment == employment) & (AccrualLine.leave_type == kind.code)
        await AccrualLine.update({AccrualLine.valid_to: year.ends}).where(whose & (AccrualLine.year == year.number))
        # What was used of it before this year began stays used from it.
        lot = (Lot.employment == employment) & (Lot.leave_type == kind.code) & (Lot.origin == plans.ORIGIN)
        await Lot.update({Lot.valid_to: year.ends}).where(lot & (Lot.year == year.number))
    return [line | {"year": year.number} for line in lines if line["year"] == runs]


async def _move_years(employment: int, kind: Kind, lines: Sequence[dict[str, Any]], by: int) -> None:
    """Call the years of this kind by later or earlier numbers, the foremost first, so that no two are called alike."""
    if by == 0:
        return
    whose = (AccrualLine.employment == employment) & (AccrualLine.leave_type == kind.code)
    mine = (Lot.employment == employment) & (Lot.leave_type == kind.code) & (Lot.origin == plans.ORIGIN)
    for number in sorted({line["year"] for line in lines}, reverse=by > 0):
        await AccrualLine.update({AccrualLine.year: number + by}).where(whose & (AccrualLine.year == number))
        await Lot.update({Lot.year: number + by}).where(mine & (Lot.year == number))


async def _counted(employment: int, kind: Kind, year: LeaveYear) -> int:
    """What counts as given this year beside its lines: what was moved for a first day before, so that a job that is
    run again moves only what is still missing; and days of this year that the lot of the year before has paid for.
    Days that this year's lot has paid for and that lie before it are taken off."""
    lots = await Lot.select(Lot.id, Lot.year).where(
        (Lot.employment == employment) & (Lot.leave_type == kind.code) & (Lot.origin == plans.ORIGIN)
        & Lot.year.is_in([year.number - 1, year.number])
    )  # fmt: skip
    this = {row["id"] for row in lots if row["year"] == year.number}
    counted = 0
    for row in await LeaveEntry.select().where(LeaveEntry.lot.is_in([row["id"] for row in lots] or [0])):
        moved, used = row["batch"].startswith("joined-"), row["kind"] in USES
        before, here = row["effective_on"] < year.starts, row["lot"] in this
        if (here and moved) or (used and here and before):
            counted += row["quantity"]
        elif used and not here and not before:
            counted -= row["quantity"]
    return counted


async def _give(new: NewLot, missing: int, today: date, batch: str) -> int:
    """Add what is missing to the year's lot, or take from it as much as is left; returns what was moved."""
    lot = await Lot.select(Lot.id).where(
        (Lot.employment == new.employment) & (Lot.leave_type == new.leave_type) & (Lot.year == new.year)
        & (Lot.origin == new.origin)
    ).first()  # fmt: skip
    number = lot["id"] if lot is not None else None
    if number is None and missing > 0:
        (number,) = (await ledger.make_lots([new])).values()
    if number is None:
        return 0
    moved = missing if missing > 0 else -min(-missing, max(0, (await ledger.rests([number]))[number]))
    if moved:
        what = ledger.GRANT if moved > 0 else ledger.ADJUST
        await ledger.write([Move(new.employment, new.leave_type, number, what, moved, today, batch)])
    return moved
