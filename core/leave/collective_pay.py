"""Which collective days are to be paid by somebody, and which of their lots pay: for posting and for looking before."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from core import bulk
from core.errors import Refused
from core.leave import collective_days, lapses, ledger, plans
from core.leave.collective_days import Year
from core.leave.lots import lot_left
from core.leave.plans import Spell
from core.leave.policy import DayAway, LotLeft, draw
from core.leave.tables import LeaveDay, Lot, WorkedDay
from core.leave.types import DAY, Kind

Due = Mapping[tuple[int, date], str]  # whose and when, and what the day is called
Holds = tuple[Spell, date, str, list[tuple[int, int]]]  # whose, when, name, [(lot, quantity)]
Lent = dict[tuple[int, int], int]  # employment and lot, and how far below nothing it falls


@dataclass(frozen=True)
class Outcome:
    """What posting would make of somebody's collective days, where no lot pays for them all."""

    missing: int  # what no lot pays for
    lent: int  # what would be drawn in all if it were lent
    beyond: int  # what is missing even then: no lot is valid on those days


async def outcomes(kind: Kind, spells: Sequence[Spell], year: Year, today: date) -> dict[int, Outcome]:
    """What posting a year would leave unpaid today, by whose; nobody whose days are all paid for."""
    due = await collective_days.due(spells, year)
    wanted = await open_days(spells, due, batch=0)
    if not wanted:
        return {}
    _, rest, _ = await payable(kind, wanted, due, today, lends=False)
    owing = {spell.id for spell, _ in rest}
    wanted = [one for one in wanted if one[0].id in owing]
    held, beyond, _ = await payable(kind, wanted, due, today, lends=True)
    drawn = dict.fromkeys(owing, 0)
    for spell, _, _, paid in held:
        drawn[spell.id] += sum(quantity for _, quantity in paid)
    missing, never = (Counter(spell.id for spell, _ in some) for some in (rest, beyond))
    return {one: Outcome(missing[one] * DAY, drawn[one], never[one] * DAY) for one in owing}


async def open_days(spells: Sequence[Spell], due: Due, batch: int) -> list[tuple[Spell, date]]:
    """The days of these people that the batch has not dealt with, and on which they neither are away nor worked."""
    done: set[tuple[int, date]] = set()
    if due:
        rows = await LeaveDay.select(LeaveDay.employment, LeaveDay.date).where(
            bulk.among(LeaveDay.employment, [one.id for one in spells])
            & LeaveDay.date.is_in(sorted({day for _, day in due}))
            & ((LeaveDay.batch == batch) | (LeaveDay.ended_at.is_null() & (LeaveDay.counted == True)))  # noqa: E712
        )  # fmt: skip
        done = {(row["employment"], row["date"]) for row in rows}
    left = [one for one in due if one not in done]
    if left:
        rows = await WorkedDay.select(
            WorkedDay.leave_day.employment.as_alias("employment"), WorkedDay.leave_day.date.as_alias("date")
        ).where(
            WorkedDay.leave_day.employment.is_in(sorted({whose for whose, _ in left}))
            & WorkedDay.put_back_at.is_null()
        )  # fmt: skip
        done = {(row["employment"], row["date"]) for row in rows}
    spell = {one.id: one for one in spells}
    return [(spell[whose], day) for whose, day in left if (whose, day) not in done]


async def payable(
    kind: Kind, wanted: Sequence[tuple[Spell, date]], due: Due, today: date, *, lends: bool
) -> tuple[list[Holds], list[tuple[Spell, date]], Lent]:
    """Which lot pays for which day, the days that none pays for, and the lots that lend for it."""
    days = sorted({day for _, day in due})
    rows = await Lot.select().where(
        bulk.among(Lot.employment, {one.id for one, _ in wanted}) & (Lot.leave_type == kind.code)
        & (Lot.valid_to >= min(days)) & (Lot.valid_from <= max(days))
    )  # fmt: skip
    rests = await ledger.rests([row["id"] for row in rows])
    lots: dict[int, list[LotLeft]] = {}
    for row in rows:
        lot = lot_left(row, rests[row["id"]])
        lent = DAY * len(days) if lends else 0
        # What was given by hand, or is what was left on a day, pays for no day before it.
        first = lot.valid_from if row["origin"] in (plans.ORIGIN, lapses.CARRY) else max(lot.valid_from, today)
        lots.setdefault(row["employment"], []).append(LotLeft(lot.id, first, lot.valid_to, lot.left, lent, lot.carried))
    held: list[Holds] = []
    rest: list[tuple[Spell, date]] = []
    asked: dict[Spell, list[date]] = {}
    for spell, day in wanted:
        asked.setdefault(spell, []).append(day)
    for spell, some in asked.items():
        paid, lots[spell.id] = _drawn(some, lots.get(spell.id, []))
        for day in some:
            if day in paid:
                held.append((spell, day, due[spell.id, day], list(paid[day].items())))
            else:
                rest.append((spell, day))
    lent_by = {(whose, lot.id): -lot.left for whose, mine in lots.items() for lot in mine if lot.left < 0}
    return held, rest, lent_by if lends else {}


def _drawn(days: Sequence[date], lots: list[LotLeft]) -> tuple[dict[date, dict[int, int]], list[LotLeft]]:
    """Which of the lots of one person pay how much of which of these days, and what they hold afterwards."""
    try:
        drawn = draw([DayAway(day, DAY, None, True, None) for day in days], lots)
    except Refused:
        if len(days) == 1:
            return {}, lots
        paid: dict[date, dict[int, int]] = {}
        for day in days:  # one that nobody pays for keeps none of the others from being paid
            more, lots = _drawn([day], lots)
            paid |= more
        return paid, lots
    paid = {}
    spent: dict[int, int] = {}
    for one, lot, quantity in drawn:
        of_day = paid.setdefault(one.date, {})
        of_day[lot] = of_day.get(lot, 0) + quantity
        spent[lot] = spent.get(lot, 0) + quantity
    return paid, [replace(lot, left=lot.left - spent[lot.id]) if lot.id in spent else lot for lot in lots]
