"""Why a balance is what it is: the movements that made it, on any day, in lines that add up to it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from core import clock
from core.leave import adjusting, ledger, opened
from core.leave.lots import Line, kind_of
from core.leave.tables import LeaveEntry, Lot
from core.leave.types import ANNUAL
from core.people.directory import DEFAULT_ZONE

# What a request moves counts from the moment it was written; what the calendar moves, from the day it is for.
OF_REQUESTS = (ledger.HOLD, ledger.RELEASE, ledger.CONSUME, ledger.REVERSE)


async def balance_at(employment: int, leave_type: str, day: date) -> int:
    """What was free on the evening of a day, as it is known now; for a day ahead ask the forecast."""
    return sum(line.quantity for line in await lines(employment, leave_type, day))


async def lines(employment: int, leave_type: str = ANNUAL, day: date | None = None) -> Sequence[Line]:
    """Every movement behind the balance of a day (today), in the order in which they took effect."""
    today = clock.today(DEFAULT_ZONE)
    on = min(day or today, today)
    rows = await Lot.select().where((Lot.employment == employment) & (Lot.leave_type == leave_type))
    # A lot that is over has been let go on the morning after, whether or not the night came that far.
    about = {row["id"]: row for row in rows if row["valid_to"] >= on}
    entries = (
        await LeaveEntry.select(*LeaveEntry.all_columns(), LeaveEntry.leave_day.why.as_alias("name"))
        .where(LeaveEntry.lot.is_in(list(about) or [0]))
        .order_by(LeaveEntry.effective_on, LeaveEntry.id)
    )
    counted = [row for row in entries if on == today or booked_on(row) <= on]
    whys = await adjusting.reasons([row["batch"] for row in counted if row["kind"] == ledger.ADJUST])
    files = await opened.of([row["batch"] for row in counted])
    granted = {row["lot"] for row in counted if row["kind"] not in OF_REQUESTS}
    return [
        Line(kind_of(row), row["quantity"], row["effective_on"], about[row["lot"]]["year"], row["name"], row["request"],
             about[row["lot"]]["origin"], whys.get(row["batch"]) or told.file, told.on)
        for row, told in ((row, files.get(row["batch"], opened.NONE)) for row in counted)
        if row["lot"] in granted
    ]  # fmt: skip


def booked_on(entry: dict[str, Any]) -> date:
    """From which day on a movement counts in the balance of a day."""
    written: date = clock.local(entry["recorded_at"], DEFAULT_ZONE).date()
    if entry["kind"] not in OF_REQUESTS:
        return entry["effective_on"]  # type: ignore[no-any-return]
    return written if entry["request"] is not None else min(written, entry["effective_on"])
