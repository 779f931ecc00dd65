"""A checked batch of people made true in one transaction, and taken back as a whole."""

from collections.abc import Mapping, Sequence
from datetime import date

from core import audit, bulk, clock, database, jobs
from core.accounts import leading, reach
from core.audit import Actor
from core.errors import Refused
from core.people import batches, new_places, planning, roles_back, sealing, standing, writing
from core.people.batches import APPLIED, APPLYING, CHECK, CHECKED, READING, UNDOING, UNDONE, batch_of, staged
from core.people.planning import Planned
from core.people.sealing import NOTHING, Ready
from core.people.tables import ImportBatch, ImportRow

APPLY, UNDO = "people.apply", "people.undo"


async def apply(company: int, public: str, *, by: Actor) -> None:
    """Have a checked batch applied."""
    await batches.begin(company, public, CHECKED, APPLYING, APPLY, by)


async def undo(company: int, public: str, *, by: Actor, then: Sequence[int] = ()) -> None:
    """Have an applied batch taken back, and after it these earlier ones."""
    await batches.begin(company, public, APPLIED, UNDOING, UNDO, by, *([list(then)] if then else []))


@jobs.job(APPLY, lane=jobs.BULK)
async def switch_over(company: int, number: int, name: str, channel: str) -> None:
    """Make a checked batch true, all of it in one transaction; read it again first if people changed meanwhile.

    What takes long and writes nothing is done before: to open the lines and to seal what they say.
    """
    async with database.reading(company):
        batch = await batch_of(number)
        rows = await staged(number) if batch.state == APPLYING else []
    if batch.state != APPLYING:
        return
    made = await sealing.ready(company, rows)
    async with database.transaction(company):
        batch = await batch_of(number)
        if batch.state != APPLYING:
            return
        await leading.hold()
        if batch.seen != await batches.last_change():
            await ImportRow.delete().where(ImportRow.batch == number)
            await ImportBatch.update(
                {ImportBatch.state: READING, ImportBatch.done: 0, ImportBatch.why: "people.read_again"}
            ).where(ImportBatch.id == number)
            await jobs.enqueue(CHECK, number)
            return
        by = Actor(name, channel)
        try:
            await _within_reach(rows, by)
        except Refused as no:
            await ImportBatch.update({ImportBatch.state: CHECKED, ImportBatch.why: no.key}).where(
                ImportBatch.id == number
            )
            return
        zones = {one.name: one.zone for one in new_places.kept(batch.places)}
        await switch(number, rows, begins=batch.begins, by=by, zones=zones, ready=made)


async def _within_reach(rows: Sequence[Planned], by: Actor) -> None:
    """Refuse when whoever applies or takes back what another sent could not have sent it themselves."""
    far = await reach.of(by)
    above = any(row.person in far.people for row in rows)
    if above or any(name in row.after for row in rows for name in far.barred):
        raise Refused("people.batch_above_you")


async def switch(
    number: int, rows: Sequence[Planned], *, begins: date, by: Actor, zones: Mapping[str, str] | None = None,
    ready: Ready = NOTHING,
) -> writing.Written:  # fmt: skip
    """Write a batch's rows and mark it applied, in the transaction of the caller; `zones` are the clocks that were
    chosen for new places, `ready` what was sealed ahead."""
    written = await writing.put(rows, begins=begins, by=by, zones=zones, ready=ready)
    kept = await ImportRow.select(ImportRow.id, ImportRow.number).where(
        (ImportRow.batch == number) & (ImportRow.verdict == planning.NEW)
    )
    await bulk.update(
        ImportRow,
        [
            {
                "id": row["id"], "employment": written.employments[row["number"]],
                "person": written.people[row["number"]],
            }
            for row in kept
        ],
        ImportRow.employment, ImportRow.person,
    )  # fmt: skip
    await ImportBatch.update({ImportBatch.state: APPLIED, ImportBatch.applied_at: clock.now()}).where(
        ImportBatch.id == number
    )
    counts = {verdict: sum(one.verdict == verdict for one in rows) for verdict in (planning.NEW, planning.CHANGED)}
    audit.record("people.imported", f"import:{number}", by=by, **counts)
    return written


@jobs.job(UNDO, lane=jobs.BULK)
async def take_back(company: int, number: int, name: str, channel: str, then: Sequence[int] = ()) -> None:
    """Make an applied batch as if it had never been, or say what was built on it since; `then` those before it."""
    async with database.reading(company):
        rows = await staged(number) if (await batch_of(number)).state == UNDOING else []
    try:
        # One transaction with no part inside: on SQLite each row of a part would cost as much as the part is long.
        async with database.transaction(company):
            await _taken_back(number, rows, Actor(name, channel), then)
    except Refused as no:
        async with database.transaction(company):
            await ImportBatch.update(
                {ImportBatch.state: APPLIED, ImportBatch.why: f"{no.key}|{no.facts.get('numbers', '')}"[:200]}
            ).where((ImportBatch.id == number) & (ImportBatch.state == UNDOING))


async def _taken_back(number: int, rows: Sequence[Planned], by: Actor, then: Sequence[int]) -> None:
    batch = await batch_of(number)
    if batch.state != UNDOING:
        return
    await leading.hold()
    await _within_reach(rows, by)
    await standing.check(number, rows)
    gone = await writing.take_back(rows, begins=batch.begins)
    await roles_back.take_back(batch, rows, gone, by=by)
    await standing.let_go(rows)
    await ImportBatch.update({ImportBatch.state: UNDONE, ImportBatch.undone_at: clock.now()}).where(
        ImportBatch.id == number
    )
    audit.record("people.undone", f"import:{number}", by=by, rows=len(rows))
    if then:
        before = await batch_of(then[0])
        if before.state == APPLIED:
            await ImportBatch.update({ImportBatch.state: UNDOING}).where(ImportBatch.id == before.id)
            await jobs.enqueue(UNDO, before.id, by.name, by.channel, list(then[1:]))
