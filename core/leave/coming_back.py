"""What a leave would give back if it were taken back or called off now, and which of its days are lost by that."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from core import clock
from core.leave import lapses, ledger
from core.leave.tables import LeaveDay, LeaveEntry, LeaveRequest
from core.people.directory import DEFAULT_ZONE


@dataclass(frozen=True)
class Back:
    """Days that go back to those of a year, usable until a day."""

    quantity: int
    year: int
    until: date


@dataclass(frozen=True)
class Lost:
    """Days that come back to a year that is over, and go with it; these days of the leave paid from it."""

    quantity: int
    dates: tuple[date, ...]


@dataclass(frozen=True)
class Returns:
    """All of it, what may be used soonest first."""

    back: Sequence[Back]
    lost: Sequence[Lost]


async def of_held(leave: LeaveRequest) -> Returns:
    """What comes back of a leave that nobody has decided yet."""
    return await _of(leave, ledger.HELD, None)


async def of_taken(leave: LeaveRequest, dates: Collection[date] | None = None) -> Returns:
    """What comes back of approved leave, all that is still ahead or these days of it."""
    ahead = await LeaveDay.select(LeaveDay.date).where(
        (LeaveDay.request == leave.id) & LeaveDay.ended_at.is_null() & (LeaveDay.date >= _today())
    )
    return await _of(leave, ledger.TAKEN, {row["date"] for row in ahead if dates is None or row["date"] in dates})


async def _of(leave: LeaveRequest, kinds: Sequence[str], dates: Collection[date] | None) -> Returns:
    rows = await LeaveEntry.select(LeaveEntry.lot, LeaveEntry.quantity, LeaveEntry.effective_on).where(
        (LeaveEntry.request == leave.id) & LeaveEntry.kind.is_in(list(kinds))
    )
    sums: dict[int, int] = {}
    days: dict[int, set[date]] = {}
    for row in rows:
        if dates is None or row["effective_on"] in dates:
            sums[row["lot"]] = sums.get(row["lot"], 0) - row["quantity"]
            days.setdefault(row["lot"], set()).add(row["effective_on"])
    fates = await lapses.fates({lot: quantity for lot, quantity in sums.items() if quantity > 0}, _today())
    return Returns(
        [Back(one.kept, one.year, one.until) for one in fates if one.kept],
        [Lost(one.lost, tuple(sorted(days[one.lot]))) for one in fates if one.lost],
    )


def _today() -> date:
    return clock.today(DEFAULT_ZONE)
