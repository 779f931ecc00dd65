"""A file of opening balances as a batch of imports: read and shown first, taken as one, undone as one."""

import asyncio
from collections.abc import Sequence
from typing import Any

from core import bulk, clock, database, jobs, sheets
from core.audit import Actor
from core.errors import Refused
from core.leave import opening
from core.leave.tables import LeaveBatch
from core.people import batches
from core.people.batches import APPLIED, APPLYING, CHECKED, READING, REJECTED, UNDOING, UNDONE, Rejected, Sent
from core.people.columns import Bad
from core.people.directory import DEFAULT_ZONE
from core.people.planning import CHANGED, Planned
from core.people.tables import ImportBatch, ImportRow

KIND = opening.OPENING
CHECK, APPLY, UNDO = "leave.opening_check", "leave.opening_apply", "leave.opening_undo"


async def receive(company: int, raw: bytes, *, name: str, by: Actor) -> str:
    """Take a file in and have it read; returns the address of its batch."""
    today = clock.today(DEFAULT_ZONE)
    return await batches.receive(company, raw, Sent(KIND, name, "", "", today, by), job=CHECK)


async def apply(company: int, public: str, *, by: Actor) -> None:
    """Have the balances of a checked file taken."""
    await batches.begin(company, public, CHECKED, APPLYING, APPLY, by)


async def undo(company: int, public: str, *, by: Actor) -> None:
    """Have the balances of a file taken back."""
    await batches.begin(company, public, APPLIED, UNDOING, UNDO, by)


@jobs.job(CHECK, lane=jobs.BULK)
async def check(company: int, number: int) -> None:
    """Say what the file of a batch would change, and every cell that stands in its way."""
    async with database.reading(company):
        batch = await batches.batch_of(number)
        if batch.state != READING:
            return
    sheet = await asyncio.to_thread(sheets.read, batches.file_of(batch))
    async with database.reading(company):
        checked = await opening.looked(sheet)
    refused = _refusals(checked.bad, checked.numbers)
    acts = [one for one in checked.rows if one.change]
    planned = [
        Planned(
            one.line, one.number, CHANGED, {one.leave_type: str(one.now)}, {one.leave_type: str(one.quantity)},
            one.employment, None,
        )
        for one in acts
    ]  # fmt: skip
    async with database.transaction(company):
        mine = (ImportBatch.id == number) & (ImportBatch.state == READING)
        state: dict[Any, Any] = {
            ImportBatch.state: REJECTED if checked.bad else CHECKED, ImportBatch.format: sheet.kind,
            ImportBatch.total: len(checked.numbers), ImportBatch.done: len(checked.numbers),
            ImportBatch.changed: len(acts), ImportBatch.refused: len(refused),
            ImportBatch.same: len(checked.rows) - len(acts),
        }  # fmt: skip
        if await ImportBatch.update(state).where(mine).returning(ImportBatch.id):
            await ImportRow.delete().where(ImportRow.batch == number)
            lines: Sequence[Planned | Rejected] = [*planned, *refused]
            for start in range(0, len(lines), bulk.AT_A_TIME):
                await batches.stage(number, lines[start : start + bulk.AT_A_TIME])


def _refusals(bad: Sequence[opening.Bad], numbers: dict[int, str]) -> list[Rejected]:
    reasons: dict[int, list[Bad]] = {}
    for one in bad:
        reasons.setdefault(one.line, []).append(Bad(one.line, one.column, one.key, one.value, one.cell))
    return [Rejected(line, numbers.get(line, "")[:40], tuple(why)) for line, why in sorted(reasons.items())]


@jobs.job(APPLY, lane=jobs.BULK)
async def take(company: int, number: int, name: str, channel: str) -> None:
    """Take all balances of a checked file in one transaction; read it again when they changed meanwhile."""
    async with database.transaction(company):
        batch = await batches.batch_of(number)
        if batch.state != APPLYING:
            return
        try:
            async with database.transaction(company):
                checked, _ = await opening.take(batches.file_of(batch), actor=Actor(name, channel))
        except Refused as no:
            await _now(number, {ImportBatch.state: CHECKED, ImportBatch.why: no.key})
            return
        if checked.bad:
            await _now(number, {ImportBatch.state: READING, ImportBatch.why: "people.read_again"})
            await jobs.enqueue(CHECK, number)
            return
        await _now(number, {ImportBatch.state: APPLIED, ImportBatch.applied_at: clock.now()})


@jobs.job(UNDO, lane=jobs.BULK)
async def take_back(company: int, number: int, name: str, channel: str) -> None:
    """Undo what a file changed, or say why that is no longer possible."""
    async with database.transaction(company):
        batch = await batches.batch_of(number)
        if batch.state != UNDOING:
            return
        same = (LeaveBatch.kind == KIND) & (LeaveBatch.file_hash == batch.file_hash) & LeaveBatch.undone_at.is_null()
        taken = await LeaveBatch.objects().where(same).first()
        try:
            if taken is None:
                raise Refused("leave.batch_undone", year=batch.begins.year)
            async with database.transaction(company):
                await opening.undo(taken, actor=Actor(name, channel))
        except Refused as no:
            await _now(number, {ImportBatch.state: APPLIED, ImportBatch.why: no.key})
            return
        await _now(number, {ImportBatch.state: UNDONE, ImportBatch.undone_at: clock.now()})


async def _now(number: int, values: dict[Any, Any]) -> None:
    await ImportBatch.update(values).where(ImportBatch.id == number)
