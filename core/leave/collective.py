"""Days of collective leave (cuti bersama): one batch a year, looked at first, and undone as one."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from core import audit, bulk, clock, database, jobs
from core.audit import Actor
from core.errors import Refused
from core.jobs import Job
from core.leave import collective_days, collective_pay, lapses, ledger, types
from core.leave.collective_pay import Due, Holds, Lent
from core.leave.ledger import Move
from core.leave.plans import Spell
from core.leave.tables import LeaveBatch, LeaveDay, LeaveEntry, Lot
from core.leave.types import DAY, SHORT, Kind
from core.people import directory
from core.people.directory import DEFAULT_ZONE
from core.people.tables import Employment

COLLECTIVE = "collective"
ADVANCE, UNPAID, EXEMPT = "advance", "unpaid", "exempt"
BY_ITSELF = "serambi"
PART = 500
COVER, UNCOVER = "leave.cover", "leave.uncover"


async def kind_of(today: date, rules: Sequence[Kind] | None = None) -> Kind | None:
    """The kind of leave that pays for collective days; `rules` are the kinds, where they are known already."""
    every = await types.every(today) if rules is None else rules
    return next((one for one in every if one.active and one.collective and one.in_lots), None)


async def payer_of(year: int) -> Kind | None:
    """The kind that pays for a year's collective days as it is today, or as it will be in a year still to come; None
    where none does: then nothing would be held for anybody."""
    today = clock.today(DEFAULT_ZONE)
    return await kind_of(today if year <= today.year else date(year, 12, 31))


async def batch_of(year: int) -> LeaveBatch | None:
    """The batch that was made last for a year, undone or not."""
    where = (LeaveBatch.kind == COLLECTIVE) & (LeaveBatch.year == year)
    return await LeaveBatch.objects().where(where).order_by(LeaveBatch.id, ascending=False).first()


@dataclass(frozen=True)
class Progress:
    """How far the work on a batch is: people while it is posted, days while it is taken back."""

    done: int
    total: int
    stopped: bool  # given up after failures, until somebody has it tried again


async def progress(batch: LeaveBatch) -> Progress | None:
    """How far the work on a batch is; None when nothing is left to do."""
    rows = await Job.select(Job.state, Job.args).where(
        (Job.company == batch.company) & Job.name.is_in([COVER, UNCOVER])
        & Job.state.is_in(["queued", "running", "parked"])
    )  # fmt: skip
    states = {row["state"] for row in rows if json.loads(row["args"])[0] == batch.id}
    if not states:
        return None
    if batch.undone_at is None:
        done, total = batch.people, await Employment.count().where(_here(clock.today(DEFAULT_ZONE)))
    else:
        total = await LeaveDay.count().where(LeaveDay.batch == batch.id)
        done = await LeaveDay.count().where((LeaveDay.batch == batch.id) & LeaveDay.ended_at.is_not_null())
    return Progress(done, total, states == {"parked"})


def _here(today: date) -> Any:
    return (Employment.joins <= today) & (Employment.leaves.is_null() | (Employment.leaves >= today))


async def post(year: int, short: str, *, actor: Actor) -> LeaveBatch:
    """Hold a year's collective days for everybody at once; who has none left is treated as `short` says."""
    if short not in SHORT:
        raise ValueError(f"{short!r} is not one of {SHORT}")
    async with database.transaction(database.company()):
        await database.lock_name(f"leave.collective:{database.company()}:{year}")
        there = await batch_of(year)
        if there is not None and there.undone_at is None:
            raise Refused("leave.collective_posted", year=year)
        if there is not None and await progress(there) is not None:
            raise Refused("leave.collective_undoing", year=year)
        if not (await collective_days.of_year(year)).days:
            raise Refused("leave.collective_none", year=year)
        if await payer_of(year) is None:
            raise Refused("leave.collective_no_kind", year=year)
        batch = await _make(year, short, actor.name)
        audit.record("leave.collective_posted", f"batch:{batch.id}", by=actor, year=year, short=short)
        await jobs.enqueue(COVER, batch.id)
        return batch


async def _make(year: int, short: str, by: str) -> LeaveBatch:
    batch = LeaveBatch(
        public=database.new_public(), kind=COLLECTIVE, year=year, short=short, made_by=by, made_at=clock.now()
    )
    await LeaveBatch.insert(batch)
    return batch


@jobs.job(COVER, lane=jobs.BULK)
async def cover_all(company: int, batch: int, after: int = 0) -> None:
    """Hold the days of a batch for everybody, in parts."""
    async with database.transaction(company):
        await one_at_a_time()
        people, last = await directory.batch(after, PART)
        row = await LeaveBatch.objects().where(LeaveBatch.id == batch).first()
        if row is None or row.undone_at is not None:
            return
        await cover([Spell(one.id, one.joins, one.leaves) for one in people], clock.today(DEFAULT_ZONE), year=row.year)
        seen = _here(clock.today(DEFAULT_ZONE)) & (Employment.id <= last if last else Employment.id > 0)
        await LeaveBatch.update({LeaveBatch.people: await Employment.count().where(seen)}).where(LeaveBatch.id == batch)
        if last is not None:
            await jobs.enqueue(COVER, batch, last)


async def one_at_a_time() -> None:
    """Wait for whatever else deals with this company's leave as a whole: the night, another part, an undo."""
    await database.lock_name(f"leave:{database.company()}")


async def cover(
    spells: Sequence[Spell], today: date, *, year: int | None = None, rules: Sequence[Kind] | None = None
) -> int:  # fmt: skip
    """Hold for these people the collective days that their lots can pay for; settle those that have come otherwise.

    A day ahead waits for the lot that may still be granted; once it has come, the company's rule decides. A day ahead
    that costs nothing any more where somebody works is given back.
    """
    kind = await kind_of(today, rules)
    if kind is None or not spells:
        return 0
    batch = await batch_of(year or today.year)
    if batch is None:
        await database.lock_name(f"leave.collective:{database.company()}:{today.year}")
        batch = await batch_of(today.year) or await _make(today.year, kind.collective_short, BY_ITSELF)
    if batch.undone_at is not None:
        return 0
    due = await collective_days.due(spells, await collective_days.of_year(batch.year))
    await _let_go(spells, due, batch.id, today)
    open_days = await collective_pay.open_days(spells, due, batch.id)
    if not open_days:
        return 0
    held, rest, lent = await collective_pay.payable(kind, open_days, due, today, lends=batch.short == ADVANCE)
    await _deepen(kind, lent)
    await _hold(kind, held, batch.id, today)
    come = [(spell, day) for spell, day in rest if day <= today]
    await _settle(kind, come, due, batch)
    return len(held)


async def _let_go(spells: Sequence[Spell], due: Due, batch: int, today: date) -> None:
    """Give back what is still to come and was freed since it was held: by the calendar, or by another place of work."""
    rows = await LeaveDay.select().where(
        bulk.among(LeaveDay.employment, [one.id for one in spells]) & (LeaveDay.date >= today)
        & LeaveDay.taken_at.is_null() & LeaveDay.ended_at.is_null()
    )  # fmt: skip
    # Which of them are collective is found here: asked for it, SQLite goes through all that anybody has.
    held = [row for row in rows if row["request"] is None and row["batch"] == batch]
    freed = sorted((row for row in held if (row["employment"], row["date"]) not in due), key=lambda row: row["id"])
    await give_back(freed, f"calendar-{batch}", today=today)
    for some in ledger.in_parts([row["id"] for row in freed]):  # so that it is held anew where it costs a day again
        await LeaveDay.update({LeaveDay.batch: None}).where(bulk.among(LeaveDay.id, some))


async def _hold(kind: Kind, held: Sequence[Holds], batch: int, today: date) -> None:
    now = clock.now()
    rows = await _days(
        [
            {
                "employment": spell.id, "leave_type": kind.code, "date": day, "fraction": DAY, "why": name,
                "batch": batch, "taken_at": now if day <= today else None,
            }
            for spell, day, name, _ in held
        ]
    )  # fmt: skip
    moves = []
    for spell, day, _, paid in held:
        for lot, quantity in paid:
            for step in (ledger.HOLD, ledger.RELEASE, ledger.CONSUME) if day <= today else (ledger.HOLD,):
                signed = quantity if step == ledger.RELEASE else -quantity
                moves.append(
                    Move(spell.id, kind.code, lot, step, signed, day, f"collective-{batch}", None,
                         rows[spell.id, day])
                )  # fmt: skip
    await ledger.write(moves)


async def _deepen(kind: Kind, lent: Lent) -> None:
    """Let the lots that lend for a day nobody has left go as far below nothing as they must."""
    deep: dict[int, list[tuple[int, int]]] = {}
    for whose, depth in lent.items():
        deep.setdefault(depth, []).append(whose)
    for depth, some in deep.items():
        for part in ledger.in_parts(some):
            await Lot.update({Lot.overdraft: depth}).where(
                bulk.among(Lot.id, [lot for _, lot in part]) & (Lot.overdraft < depth)
            )
        await ledger.lend([employment for employment, _ in some], kind.code, depth)


async def _settle(kind: Kind, come: Sequence[tuple[Spell, date]], due: Due, batch: LeaveBatch) -> None:
    """What a day that has come is for those who have none left: unpaid, or free of charge."""
    unpaid, now = batch.short == UNPAID, clock.now()
    await _days(
        [
            {
                "employment": spell.id, "leave_type": UNPAID if unpaid else kind.code, "date": day, "fraction": DAY,
                "counted": unpaid, "why": due[spell.id, day], "batch": batch.id, "taken_at": now,
            }
            for spell, day in come
        ]
    )  # fmt: skip


async def reopen(employment: int, since: date) -> None:
    """Have the collective days from a day on that no lot paid for dealt with anew: there is something to pay now."""
    days = await LeaveDay.select(LeaveDay.id).where(
        (LeaveDay.employment == employment) & LeaveDay.request.is_null() & LeaveDay.batch.is_not_null()
        & LeaveDay.ended_at.is_null() & (LeaveDay.date >= since)
    )  # fmt: skip
    mine = {row["id"] for row in days}
    paid = {row["leave_day"] for row in await _held(list(mine))}
    await LeaveDay.update({LeaveDay.batch: None, LeaveDay.ended_at: clock.now()}).where(
        bulk.among(LeaveDay.id, mine - paid)
    )


async def _days(rows: Sequence[bulk.Row]) -> dict[tuple[int, date], int]:
    """Write these days; returns the number of each by whose and when."""
    if not rows:
        return {}
    numbered = list(zip(rows, await bulk.reserve(LeaveDay, len(rows)), strict=True))
    await bulk.insert(LeaveDay, [{**row, "id": number} for row, number in numbered])
    return {(row["employment"], row["date"]): number for row, number in numbered}


async def take(employments: Collection[int], today: date) -> int:
    """Turn the collective days that have come into days taken; returns how many."""
    days = await LeaveDay.select(LeaveDay.id, LeaveDay.employment, LeaveDay.leave_type, LeaveDay.request).where(
        bulk.among(LeaveDay.employment, employments) & (LeaveDay.date <= today)
        & LeaveDay.ended_at.is_null() & LeaveDay.taken_at.is_null() & (LeaveDay.counted == True)  # noqa: E712
    )  # fmt: skip
    whose = {row["id"]: row for row in days if row["request"] is None}
    moves = []
    for row in await _held(list(whose)):
        day = whose[row["leave_day"]]
        for step, signed in ((ledger.RELEASE, -row["quantity"]), (ledger.CONSUME, row["quantity"])):
            moves.append(
                Move(day["employment"], day["leave_type"], row["lot"], step, signed, row["effective_on"],
                     row["batch"], None, row["leave_day"])
            )  # fmt: skip
    await ledger.write(moves)
    for some in ledger.in_parts(list(whose)):
        await LeaveDay.update({LeaveDay.taken_at: clock.now()}).where(bulk.among(LeaveDay.id, some))
    return len(whose)


async def _held(days: Sequence[int]) -> list[dict[str, Any]]:
    found = []
    for some in ledger.in_parts(days):
        found += await LeaveEntry.select().where(
            bulk.among(LeaveEntry.leave_day, some) & (LeaveEntry.kind == ledger.HOLD)
        )
    return found


async def undo(batch: LeaveBatch, *, actor: Actor) -> None:
    """Give everybody the days of a batch back: what was set aside, and what was taken."""
    async with database.transaction(database.company()):
        await one_at_a_time()  # a part that is being posted is done first, so that it is taken back too
        where = (LeaveBatch.id == batch.id) & LeaveBatch.undone_at.is_null()
        if not await LeaveBatch.update({LeaveBatch.undone_at: clock.now()}).where(where).returning(LeaveBatch.id):
            raise Refused("leave.batch_undone", year=batch.year)
        audit.record("leave.collective_undone", f"batch:{batch.id}", by=actor, year=batch.year)
        await jobs.enqueue(UNCOVER, batch.id)


@jobs.job(UNCOVER, lane=jobs.BULK)
async def uncover(company: int, batch: int) -> None:
    """Give the days of an undone batch back, in parts; goes on until none is left."""
    async with database.transaction(company):
        rows = (
            await LeaveDay.select()
            .where((LeaveDay.batch == batch) & LeaveDay.ended_at.is_null())
            .order_by(LeaveDay.id)
            .limit(PART)
        )
        if not rows:
            return
        await give_back(rows, f"undo-{batch}")
        await jobs.enqueue(UNCOVER, batch)


async def give_back(days: Sequence[Mapping[str, Any]], batch: str, *, today: date | None = None) -> None:
    """Return these days to the lots that paid for them, once: what somebody else gave back is left out.

    `today` is the day for which it is done, where that is made up for later.
    """
    whose: dict[int, Mapping[str, Any]] = {}
    for some in ledger.in_parts([row["id"] for row in days]):
        whose |= {
            row["id"]: row
            for row in await LeaveDay.update({LeaveDay.ended_at: clock.now()})
            .where(bulk.among(LeaveDay.id, some) & LeaveDay.ended_at.is_null())
            .returning(LeaveDay.id, LeaveDay.employment, LeaveDay.leave_type, LeaveDay.taken_at, LeaveDay.request)
        }
    entries = []
    for some in ledger.in_parts(list(whose)):
        entries += await LeaveEntry.select().where(bulk.among(LeaveEntry.leave_day, some))
    moves, undone = [], {entry["reversal_of"] for entry in entries}
    for entry in sorted(entries, key=lambda entry: entry["id"]):
        day = whose[entry["leave_day"]]
        wanted, step = (ledger.HOLD, ledger.RELEASE) if day["taken_at"] is None else (ledger.CONSUME, ledger.REVERSE)
        if entry["kind"] == wanted and entry["id"] not in undone:
            moves.append(
                Move(day["employment"], day["leave_type"], entry["lot"], step, -entry["quantity"],
                     entry["effective_on"], batch, day["request"], day["id"], entry["id"])
            )  # fmt: skip
    await ledger.write(moves)
    await lapses.returned(moves, batch=batch, today=today)
