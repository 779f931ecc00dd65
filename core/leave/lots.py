"""The ledger of days: grants, holds, releases, what was taken; and the balance kept beside it.

Every verb here first changes the employee's LeaveBalance row, which holds everybody else off until the end.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core import audit, clock
from core.calendar import holidays
from core.errors import Refused
from core.leave.policy import DAY, DayAway, LotLeft, draw, granted, types
from core.leave.tables import LeaveBalance, LeaveDay, LeaveEntry, LeaveRequest, Lot

ANNUAL = "annual"


@dataclass(frozen=True)
class Line:
    """A movement as it is explained to people."""

    kind: str
    quantity: int
    on: date
    year: int
    name: str | None  # of the collective day it pays for
    request: int | None


async def balance(employment: int, leave_type: str = ANNUAL) -> int:
    """The thousandths of a day that are free, pending requests and collective days already taken off."""
    row = await _row(employment, leave_type)
    return row.available if row else 0


async def balances(employments: Collection[int], leave_type: str = ANNUAL) -> Mapping[int, int]:
    """The same for several employees, in one query."""
    rows = await LeaveBalance.select(LeaveBalance.employment, LeaveBalance.available).where(
        LeaveBalance.employment.is_in(list(employments) or [0]) & (LeaveBalance.leave_type == leave_type)
    )
    return {row["employment"]: row["available"] for row in rows}


async def valid_to(employment: int, leave_type: str = ANNUAL) -> date | None:
    """Until when the free days that expire first can be used; None without free days."""
    lots = [lot for lot in await left(employment, leave_type) if lot.left > 0]
    return min((lot.valid_to for lot in lots), default=None)


async def left(employment: int, leave_type: str = ANNUAL) -> Sequence[LotLeft]:
    """The lots of an employee that have not expired, with what is left in each."""
    today = clock.today("Asia/Jakarta")
    lots = await Lot.select().where(
        (Lot.employment == employment) & (Lot.leave_type == leave_type) & (Lot.valid_to >= today)
    )
    sums = dict.fromkeys((lot["id"] for lot in lots), 0)
    if sums:
        for row in await LeaveEntry.select(LeaveEntry.lot, LeaveEntry.quantity).where(LeaveEntry.lot.is_in(list(sums))):
            sums[row["lot"]] += row["quantity"]
    return [LotLeft(lot["id"], lot["valid_from"], lot["valid_to"], sums[lot["id"]]) for lot in lots]


async def reserve(leave: LeaveRequest, days: Sequence[DayAway]) -> None:
    """Write the days of a request once and set aside what they cost, or refuse when it is no longer there."""
    cost = sum(day.fraction for day in days if day.counted)
    await _move(leave.employment, leave.leave_type, available=-cost, held=cost, starts=leave.starts, ends=leave.ends)
    await refuse_overlap(leave.employment, days)
    rows = {day.date: await _write_day(leave, day) for day in days}
    for day, lot, quantity in draw(days, await left(leave.employment, leave.leave_type)):
        await _enter(
            lot, "hold", -quantity, batch=f"request-{leave.id}", on=day.date, leave=leave.id, day=rows[day.date]
        )


async def refuse_overlap(employment: int, days: Sequence[DayAway]) -> None:
    """Refuse days on which the employee is away already, whole or in the same half."""
    counted = {day.date: day for day in days if day.counted}
    taken = await LeaveDay.select(LeaveDay.date, LeaveDay.part, LeaveDay.request).where(
        (LeaveDay.employment == employment) & LeaveDay.date.is_in(list(counted) or [date.min])
        & LeaveDay.ended_at.is_null() & (LeaveDay.counted == True)  # noqa: E712
    )  # fmt: skip
    for row in taken:
        mine = counted[row["date"]]
        if mine.part is None or row["part"] is None or mine.part == row["part"]:
            raise Refused("leave.overlaps", on=row["date"])


async def release(leave: LeaveRequest) -> int:
    """Give the days of an undecided request back to the lots they came from; returns how much."""
    held = await _held(leave)
    total = sum(quantity for _, _, _, quantity in held)
    await _move(leave.employment, leave.leave_type, available=total, held=-total)
    for lot, day, on, quantity in held:
        await _enter(lot, "release", quantity, batch=f"release-{leave.id}", on=on, leave=leave.id, day=day)
    await LeaveDay.update({LeaveDay.ended_at: clock.now()}).where(LeaveDay.request == leave.id)
    return total


async def consume(leave: LeaveRequest) -> None:
    """Turn what an approved request held into days taken; the free balance stays what it was."""
    held = await _held(leave)
    total = sum(quantity for _, _, _, quantity in held)
    await _move(leave.employment, leave.leave_type, held=-total, taken=total)
    for lot, day, on, quantity in held:
        for kind, signed in (("release", quantity), ("consume", -quantity)):
            await _enter(lot, kind, signed, batch=f"apply-{leave.id}", on=on, leave=leave.id, day=day)


async def grant(employment: int, joins: date, year: int, today: date) -> bool:
    """Give a year's annual leave if it is due and was not given; its collective days are set aside at once."""
    kind = types()[ANNUAL]
    due = granted(joins, year, kind)
    if due is None or due[0] > today:
        return False
    begins, quantity = due
    where = (Lot.employment == employment) & (Lot.leave_type == ANNUAL) & (Lot.year == year) & (Lot.origin == "annual")
    if await Lot.exists().where(where):
        return False
    lot = Lot(
        employment=employment, leave_type=ANNUAL, origin="annual", year=year, valid_from=begins,
        valid_to=date(year, 12, 31),
    )  # fmt: skip
    await Lot.insert(lot)
    await _move(employment, ANNUAL, available=quantity)
    await _enter(lot.id, "grant", quantity, batch=f"annual-{year}", on=begins)
    for day in await holidays.collective(year):
        if day.date >= begins and quantity >= DAY:
            quantity -= DAY
            await _hold_collective(employment, lot.id, day.date, day.name, today)
    audit.record("leave.granted", f"employment:{employment}", year=year)
    return True


async def _hold_collective(employment: int, lot: int, on: date, name: str, today: date) -> None:
    day = LeaveDay(employment=employment, date=on, fraction=DAY, counted=True, why=name, request=None)
    await LeaveDay.insert(day)
    await _move(employment, ANNUAL, available=-DAY, held=DAY)
    await _enter(lot, "hold", -DAY, batch="collective", on=on, day=day.id)
    if on <= today:
        await _take_collective(employment, lot, day.id, on)


async def take_collective(employment: int, today: date) -> int:
    """Turn the collective days that have come into days taken; returns how many."""
    days = await LeaveDay.select().where(
        (LeaveDay.employment == employment) & LeaveDay.request.is_null() & (LeaveDay.date <= today)
        & LeaveDay.ended_at.is_null() & (LeaveDay.counted == True)  # noqa: E712
    )  # fmt: skip
    taken = 0
    for day in days:
        entries = await LeaveEntry.select().where(LeaveEntry.leave_day == day["id"])
        if entries and all(entry["kind"] == "hold" for entry in entries):
            await _take_collective(employment, entries[0]["lot"], day["id"], day["date"])
            taken += 1
    return taken


async def _take_collective(employment: int, lot: int, day: int, on: date) -> None:
    await _move(employment, ANNUAL, held=-DAY, taken=DAY)
    for kind, signed in (("release", DAY), ("consume", -DAY)):
        await _enter(lot, kind, signed, batch="collective", on=on, day=day)


async def expire(employment: int, today: date) -> int:
    """Take what is left in lots whose time is over out of the balance; returns how much went."""
    gone = 0
    lots = await Lot.select().where((Lot.employment == employment) & (Lot.valid_to < today))
    for lot in lots:
        entries = await LeaveEntry.select(LeaveEntry.quantity).where(LeaveEntry.lot == lot["id"])
        rest = sum(entry["quantity"] for entry in entries)
        if rest > 0:
            await _move(employment, lot["leave_type"], available=-rest)
            await _enter(lot["id"], "expire", -rest, batch=f"expire-{today}", on=lot["valid_to"] + timedelta(days=1))
            gone += rest
    return gone


async def adjust(employment: int, quantity: int, *, year: int, today: date) -> None:
    """Add to, or take from, an employee's annual leave of a year by hand; no lot falls below nothing."""
    await _move(employment, ANNUAL, available=quantity)
    if quantity < 0:
        await _take_off(employment, -quantity, year, today)
    else:
        await _enter(await _lot_of(employment, year), "adjust", quantity, batch="adjustment", on=today)
    audit.record("leave.adjusted", f"employment:{employment}", quantity=quantity)


async def _lot_of(employment: int, year: int) -> int:
    where = (Lot.employment == employment) & (Lot.leave_type == ANNUAL) & (Lot.year == year)
    lot = await Lot.objects().where(where).order_by(Lot.id).first()
    if lot is None:
        lot = Lot(
            employment=employment, leave_type=ANNUAL, origin="adjustment", year=year, valid_from=date(year, 1, 1),
            valid_to=date(year, 12, 31),
        )  # fmt: skip
        await Lot.insert(lot)
    return int(lot.id)


async def _take_off(employment: int, quantity: int, year: int, today: date) -> None:
    owed = quantity
    for lot in await left(employment):
        taken = min(owed, lot.left) if lot.valid_to.year == year else 0
        if taken > 0:
            await _enter(lot.id, "adjust", -taken, batch="adjustment", on=today)
            owed -= taken
    if owed > 0:
        raise Refused("leave.not_enough_days", needed=quantity, left=quantity - owed, starts=None, ends=None)


async def lines(employment: int, leave_type: str = ANNUAL) -> Sequence[Line]:
    """Every movement of the lots that are still valid, in the order in which they took effect."""
    lots = {lot.id for lot in await left(employment, leave_type)}
    if not lots:
        return []
    years = {row["id"]: row["year"] for row in await Lot.select(Lot.id, Lot.year).where(Lot.id.is_in(list(lots)))}
    rows = (
        await LeaveEntry.select(*LeaveEntry.all_columns(), LeaveEntry.leave_day.why.as_alias("name"))
        .where(LeaveEntry.lot.is_in(list(lots)))
        .order_by(LeaveEntry.effective_on, LeaveEntry.id)
    )
    return [
        Line(row["kind"], row["quantity"], row["effective_on"], years[row["lot"]], row["name"], row["request"])
        for row in rows
    ]


async def recount(employment: int, leave_type: str = ANNUAL) -> tuple[int, int, int]:
    """Available, held and taken as the entries say, to be compared with the projection."""
    lots = [
        row["id"]
        for row in await Lot.select(Lot.id).where((Lot.employment == employment) & (Lot.leave_type == leave_type))
    ]
    sums = dict.fromkeys(("grant", "hold", "release", "consume", "adjust", "expire"), 0)
    if lots:
        for row in await LeaveEntry.select(LeaveEntry.kind, LeaveEntry.quantity).where(LeaveEntry.lot.is_in(lots)):
            sums[row["kind"]] += row["quantity"]
    return sum(sums.values()), -(sums["hold"] + sums["release"]), -sums["consume"]


async def stored(employment: int, leave_type: str = ANNUAL) -> tuple[int, int, int] | None:
    """Available, held and taken as the projection says; None before the first movement."""
    row = await _row(employment, leave_type)
    return None if row is None else (row.available, row.held, row.taken)


async def _move(
    employment: int, leave_type: str, *, available: int = 0, held: int = 0, taken: int = 0,
    starts: date | None = None, ends: date | None = None,
) -> None:  # fmt: skip
    """Change the balance row, or refuse when it would fall below nothing. The row stays held until the commit."""
    where = (LeaveBalance.employment == employment) & (LeaveBalance.leave_type == leave_type)
    if available < 0:
        where = where & (LeaveBalance.available >= -available)
    changed = (
        await LeaveBalance.update(
            {
                LeaveBalance.available: LeaveBalance.available + available,
                LeaveBalance.held: LeaveBalance.held + held,
                LeaveBalance.taken: LeaveBalance.taken + taken,
                LeaveBalance.version: LeaveBalance.version + 1,
            }
        )
        .where(where)
        .returning(LeaveBalance.id)
    )
    if changed:
        return
    if available < 0:
        raise Refused(
            "leave.not_enough_days",
            needed=-available,
            left=await balance(employment, leave_type),
            starts=starts,
            ends=ends,
        )
    await LeaveBalance.insert(
        LeaveBalance(
            employment=employment, leave_type=leave_type, available=available, held=held, taken=taken, version=1
        )
    )


async def _write_day(leave: LeaveRequest, day: DayAway) -> int:
    row = LeaveDay(
        employment=leave.employment, request=leave.id, date=day.date, fraction=day.fraction, part=day.part,
        counted=day.counted, why=day.why,
    )  # fmt: skip
    await LeaveDay.insert(row)
    return int(row.id)


async def _held(leave: LeaveRequest) -> list[tuple[int, int, date, int]]:
    rows = await LeaveEntry.select().where((LeaveEntry.request == leave.id) & (LeaveEntry.kind == "hold"))
    return [(row["lot"], row["leave_day"], row["effective_on"], -row["quantity"]) for row in rows]


async def _enter(
    lot: int, kind: str, quantity: int, *, batch: str, on: date, leave: int | None = None, day: int | None = None
) -> None:
    await LeaveEntry.insert(
        LeaveEntry(
            lot=lot, kind=kind, quantity=quantity, request=leave, leave_day=day, batch=batch, effective_on=on,
            recorded_at=clock.now(),
        )
    )  # fmt: skip


async def _row(employment: int, leave_type: str) -> LeaveBalance | None:
    where = (LeaveBalance.employment == employment) & (LeaveBalance.leave_type == leave_type)
    return await LeaveBalance.objects().where(where).first()
