"""People from a file or a form, at once: every bad row named with its cell and reason; all of it is taken, or nothing.

Commands and forms take what they read in one step. A file that comes by page goes through `batches`, which shows first.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from core import audit, bulk, clock, database
from core.accounts import leading
from core.audit import Actor
from core.people import applying, batches, columns, planning, present, sealing
from core.people.columns import COLUMNS, Bad, Checked, read
from core.people.directory import DEFAULT_ZONE
from core.people.planning import Planned
from core.people.tables import ImportRow

__all__ = ["COLUMNS", "Bad", "Checked", "change", "check", "read", "take"]


async def check(company: int, raw: bytes, *, begins: date | None = None) -> Checked:
    """What taking this file would do, and every cell that stands in its way; writes nothing."""
    checked = await asyncio.to_thread(read, raw)
    if not checked.bad or checked.rows:
        async with database.reading(company):
            on = begins or clock.today(DEFAULT_ZONE)
            planning.plan(checked, await present.known(checked.rows, begins=on), begins=on)
    return checked


async def take(company: int, raw: bytes, *, actor: Actor, begins: date | None = None, name: str = "") -> Checked:
    """Register and change everybody in the file, or nobody when a cell is bad; leave that is due is granted after.

    It is planned and sealed before anybody has to wait for it, and planned again where people changed meanwhile.
    """
    checked = await asyncio.to_thread(read, raw)
    if checked.bad and not checked.rows:
        return checked
    made = batches.Sent(
        kind="file", name=name, format=checked.sheet.kind, file_hash=sha256(raw).hexdigest(),
        begins=begins or clock.today(DEFAULT_ZONE), by=actor,
    )  # fmt: skip
    async with database.reading(company):
        seen, acts = await batches.last_change(), await _planned(checked, made)
    if checked.bad or not acts:
        return checked
    ready, lines = await sealing.ready(company, acts), await asyncio.to_thread(_lines, company, acts)
    async with database.transaction(company):
        await leading.hold()
        if seen == await batches.last_change():
            await _put(checked, acts, made, lines, ready)
            return checked
    checked = await asyncio.to_thread(read, raw)
    async with database.transaction(company):
        await _take(checked, made)
    return checked


async def change(
    company: int, cells: Mapping[str, str], *, actor: Actor, begins: date | None = None, barred: Collection[str] = (),
    first: Callable[[], Awaitable[None]] | None = None,
) -> Sequence[Bad]:  # fmt: skip
    """Do to one person what a form says, as a file of one row would; what is wrong with it, by column.

    `first` is waited for while nobody else can change people, and stops it all by raising.
    """
    checked = columns.form(cells)
    async with database.transaction(company):
        made = batches.Sent(
            kind="form", name="", format="", file_hash="", begins=begins or clock.today(DEFAULT_ZONE), by=actor,
            barred=tuple(barred),
        )  # fmt: skip
        if first is not None:
            await leading.hold()
            await first()
        await _take(checked, made)
    return checked.bad


async def _take(checked: Checked, made: batches.Sent) -> None:
    await leading.hold()
    acts = await _planned(checked, made)
    if not checked.bad and acts:
        await _put(checked, acts, made, _lines(database.company(), acts), sealing.NOTHING)


async def _planned(checked: Checked, made: batches.Sent) -> Sequence[Planned]:
    known = await present.known(checked.rows, begins=made.begins, by=made.by)
    planned = planning.plan(checked, known, begins=made.begins, barred=made.barred)
    return [one for one in planned if one.verdict != planning.SAME]


def _lines(company: int, acts: Sequence[Planned]) -> list[dict[str, Any]]:
    batches.prepare(company, acts)
    return [batches.line(company, one) for one in acts]


async def _put(
    checked: Checked, acts: Sequence[Planned], made: batches.Sent, lines: Sequence[dict[str, Any]],
    ready: sealing.Ready,
) -> None:  # fmt: skip
    batch = await batches.keep(made, checked)
    await bulk.insert(ImportRow, (line | {"batch": batch.id} for line in lines))
    written = await applying.switch(batch.id, acts, begins=made.begins, by=made.by, ready=ready)
    if made.kind == "form":
        (one,) = acts
        whom = f"employment:{written.employments[one.number]}"
        audit.record("people.edited", whom, by=made.by, columns=sorted(one.after))
