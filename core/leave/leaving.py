"""What becomes of leave that lies after somebody's last day: there is no work to be away from, so its days come back.

Only once that day is over, since until then it may be taken back; then they can be paid out with what else is left.
Collective days that are still ahead are let go by the night itself, and held anew where a last day is taken back.
"""

from collections.abc import Mapping
from datetime import date

from core import audit, bulk
from core.leave import collective, ledger
from core.leave.tables import LeaveDay


async def give_back(left: Mapping[int, date], today: date) -> int:
    """Return what was set aside or taken after the last day of these people."""
    if not left:
        return 0
    days = await LeaveDay.select().where(
        bulk.among(LeaveDay.employment, left) & (LeaveDay.date > min(left.values())) & LeaveDay.ended_at.is_null()
    )  # fmt: skip
    # In order only now: asked for it, SQLite goes through the days of the whole company.
    after = sorted((row for row in days if row["date"] > left[row["employment"]]), key=lambda row: row["id"])
    for employment, leave_type in sorted({(row["employment"], row["leave_type"]) for row in after}):
        await ledger.hold_row(employment, leave_type)
    await collective.give_back(after, f"left-{today}", today=today)
    if after:
        whose = sorted({row["employment"] for row in after})
        audit.record("leave.after_last_day", "leave", days=len(after), employments=whose[:50])
    return len(after)
