"""A first day that was put right: the grants of the running year become what they would have been from the start."""

from collections.abc import Sequence
from datetime import date

from core import audit, clock, database, jobs
from core.leave import accrual, collective, ledger, plans, types
from core.leave.dates import leave_year
from core.leave.ledger import Move, NewLot
from core.leave.tables import AccrualLine, LeaveEntry, Lot
from core.leave.types import Kind
from core.people import directory
from core.people.tables import Employment

PART = 100
WHY = "joined"
CALENDAR_YEAR = "calendar"


@jobs.job("leave.rejoined")
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
        if kind.in_lots and kind.schedule != "none" and kind.basis == CALENDAR_YEAR:
            await _replan(employment, kind, before, row["joins"], today)


async def _replan(employment: int, kind: Kind, before: date, joins: date, today: date) -> None:
    year = leave_year(joins, today, kind.basis)
    wanted = accrual.plan(kind, joins, year)
    lines = await AccrualLine.select().where(
        (AccrualLine.employment == employment) & (AccrualLine.leave_type == kind.code)
        & (AccrualLine.year == year.number)
    )  # fmt: skip
    skipped = any(line["state"] == plans.SKIPPED and line["why"] != WHY for line in lines)
    # Without lines the nightly plan writes them; where an opening balance stands, it says what there is.
    if not lines or skipped or wanted == accrual.plan(kind, before, year):
        return
    await ledger.hold_row(employment, kind.code)
    await AccrualLine.update({AccrualLine.state: plans.SKIPPED, AccrualLine.why: WHY}).where(
        AccrualLine.id.is_in([line["id"] for line in lines if line["state"] != plans.POSTED] or [0])
    )
    ahead = {line.due: line.quantity for line in wanted if line.due > today}
    posted = sum(line["quantity"] for line in lines if line["state"] == plans.POSTED)
    batch = f"joined-{employment}-{year.number}"
    # Counted too, so that a job that is run again, or a second correction, moves only what is still missing.
    posted += sum(
        row["quantity"] for row in await LeaveEntry.select(LeaveEntry.quantity).where(LeaveEntry.batch == batch)
    )
    missing = sum(line.quantity for line in wanted) - sum(ahead.values()) - posted
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
