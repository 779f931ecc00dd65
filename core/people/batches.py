"""A file of people as one batch: sent, read and shown. `applying` makes it true and takes it back, `endings` lets go.

Reading is a job that keeps each thousand rows as it goes, so a kill costs little; nobody sees anything of it in the
directory before all of it is applied.
"""

import asyncio
import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from core import audit, bulk, clock, database, jobs, sheets, vault
from core.audit import Actor, AuditEntry
from core.errors import Refused
from core.people import columns, new_places, planning, present
from core.people.columns import Bad, Checked
from core.people.directory import DEFAULT_ZONE
from core.people.planning import REFUSED, SAME, Planned
from core.people.tables import ImportBatch, ImportRow
from core.retention import KEPT

READING, CHECKED, REJECTED, APPLYING, APPLIED = "reading", "checked", "refused", "applying", "applied"
UNDOING, UNDONE, DROPPED = "undoing", "undone", "dropped"
RUNNING = (READING, APPLYING, UNDOING)
CHECK = "people.check"


@dataclass(frozen=True)
class Sent:
    """What came: of which kind, from whom, from when it is to hold."""

    kind: str
    name: str
    format: str
    file_hash: str
    begins: date
    by: Actor
    barred: tuple[str, ...] = ()


# -- sending -----------------------------------------------------------------------------------------------------------


async def receive(company: int, raw: bytes, sent: Sent, *, job: str = CHECK) -> str:
    """Take a file in and have it read by this job; returns the address of its batch."""
    if len(raw) > sheets.LARGEST:
        raise Refused("sheets.too_large")
    if not raw:
        raise Refused("sheets.empty")
    async with database.transaction(company):
        batch = await _made(sent, state=READING)
        batch.file = vault.seal(base64.b85encode(raw).decode(), company=company, column="import_batch.file")
        batch.file_hash = sha256(raw).hexdigest()
        await ImportBatch.insert(batch)
        audit.record("people.received", f"import:{batch.id}", by=sent.by, bytes=len(raw))
        await jobs.enqueue(job, batch.id)
    return str(batch.public)


async def _made(sent: Sent, *, state: str) -> ImportBatch:
    return ImportBatch(
        public=database.new_public(), kind=sent.kind, name=sent.name[:120], format=sent.format,
        file_hash=sent.file_hash, state=state, begins=sent.begins, by=f"{sent.by.name}|{sent.by.channel}"[:64],
        barred=",".join(sent.barred), made_at=clock.now(),
    )  # fmt: skip


async def keep(sent: Sent, checked: Checked) -> ImportBatch:
    """A batch that is checked already, about to be applied in the same transaction."""
    batch = await _made(sent, state=CHECKED)
    batch.seen = await last_change()
    batch.total = batch.done = len(checked.rows)
    batch.new, batch.changed, batch.same = checked.new, checked.changed, checked.same
    await ImportBatch.insert(batch)
    return batch


# -- reading -----------------------------------------------------------------------------------------------------------


@jobs.job(CHECK, lane=jobs.BULK)
async def check(company: int, number: int) -> None:
    """Read the file of a batch and say what it would do; goes on after the last thousand that was kept."""
    async with database.transaction(company):
        batch = await batch_of(number)
        if batch.state != READING:
            return
        last = await last_change()
        if batch.done and last != batch.seen:  # people changed since a killed run began: from the start
            await ImportRow.delete().where(ImportRow.batch == number)
            batch.done = 0
        await ImportBatch.update({ImportBatch.seen: last, ImportBatch.done: batch.done}).where(ImportBatch.id == number)
    checked = await asyncio.to_thread(columns.read, file_of(batch))
    async with database.reading(company):
        known = await present.known(checked.rows, begins=batch.begins, by=Actor(*batch.by.split("|", 1)))
    planned = await asyncio.to_thread(
        planning.plan, checked, known, begins=batch.begins, barred=[one for one in batch.barred.split(",") if one]
    )
    refused, places = _refusals(checked), new_places.found(planned, known.zones)
    acts = sorted([one for one in planned if one.verdict != SAME], key=lambda one: one.row)
    lines: list[Planned | Rejected] = [*acts, *refused]
    lines.sort(key=lambda one: one.row)
    total = len(checked.rows)
    async with database.transaction(company):
        await ImportBatch.update({ImportBatch.total: total}).where(ImportBatch.id == number)
    async with database.reading(company):
        newest = await ImportRow.select(ImportRow.row).where(ImportRow.batch == number).order_by(
            ImportRow.row, ascending=False
        ).first()  # fmt: skip
    waiting = [one for one in lines if one.row > (newest["row"] if newest else -1)]
    for part in present.parts(waiting):
        async with database.transaction(company):
            await stage(number, part)
            reached = sum(int(row["_row"]) <= part[-1].row for row in checked.rows)
            await ImportBatch.update({ImportBatch.done: reached}).where(
                (ImportBatch.id == number) & (ImportBatch.state == READING)
            )
    async with database.transaction(company):
        state = REJECTED if checked.bad else CHECKED
        counts: dict[Any, Any] = {
            ImportBatch.new: checked.new, ImportBatch.changed: checked.changed, ImportBatch.same: checked.same,
            ImportBatch.refused: len(refused), ImportBatch.done: total, ImportBatch.state: state,
            ImportBatch.format: checked.sheet.kind, ImportBatch.places: new_places.packed(places),
        }  # fmt: skip
        await ImportBatch.update(counts).where((ImportBatch.id == number) & (ImportBatch.state == READING))


@dataclass(frozen=True)
class Rejected:
    """A row that cannot be taken, with all its reasons."""

    row: int
    number: str
    reasons: tuple[Bad, ...]
    name: str = ""  # as the file says it


def _refusals(checked: Checked) -> list[Rejected]:
    reasons: dict[int, list[Bad]] = {}
    for one in checked.bad:
        reasons.setdefault(one.row, []).append(one)
    said = {int(row["_row"]): (row["employee_number"][:40], row.get("name", "")[:120]) for row in checked.rows}
    found = []
    for row, bad in reasons.items():
        number, name = said.get(row, ("", ""))
        found.append(Rejected(row, number, tuple(bad), name))
    return found


async def stage(batch: int, lines: Sequence[Planned | Rejected]) -> None:
    """Keep these lines beside the batch, sealed: they say what people earn and where they live."""
    company = database.company()
    prepare(company, lines)
    await bulk.insert(ImportRow, (line(company, one) | {"batch": batch} for one in lines))


def prepare(company: int, lines: Sequence[Planned | Rejected]) -> None:
    """Have the keys ready by which these lines are sealed."""
    vault.prepare(company, [one.person for one in lines if isinstance(one, Planned) and one.person])


def line(company: int, one: Planned | Rejected) -> dict[str, Any]:
    """A line as it is kept, of whatever batch."""
    told: dict[str, Any] = {"row": one.row, "number": one.number}
    if isinstance(one, Rejected):
        reasons = [[bad.column, bad.key, bad.value, bad.cell] for bad in one.reasons]
        name = _shut(company, "after", {"name": one.name}) if one.name else None
        return told | {"verdict": REFUSED, "reasons": _shut(company, "reasons", reasons), "after": name}
    said = {"before": _words(dict(one.before)), "after": _words(dict(one.after))}
    sealed = vault.seal_row(said, company=company, table="import_row", subject=one.person)
    return told | {"verdict": one.verdict, "employment": one.employment, "person": one.person} | sealed


def _shut(company: int, column: str, told: Any) -> str:
    return vault.seal(_words(told), company=company, column=f"import_row.{column}")


def _words(told: Any) -> str:
    return json.dumps(told, ensure_ascii=False)


def opened(row: Mapping[str, Any], column: str) -> Any:
    """What a line keeps sealed."""
    envelope = row[column]
    if not envelope:
        return {} if column != "reasons" else []
    where = f"import_row.{column}"
    return json.loads(vault.unseal(envelope, company=database.company(), column=where, subject=row.get("person")))


# -- going on ---------------------------------------------------------------------------------------------------------


async def begin(company: int, public: str, before: str, after: str, job: str, by: Actor, *more: Any) -> None:
    """Have a job move a batch on; refused when the batch is not where it would begin, and to undo it after its end."""
    async with database.transaction(company):
        if after == UNDOING:
            await _refuse_past(public)
        taken = (
            await ImportBatch.update({ImportBatch.state: after, ImportBatch.why: None})
            .where((ImportBatch.public == public) & (ImportBatch.state == before))
            .returning(ImportBatch.id)
        )
        if not taken:
            raise Refused("people.batch_not_so")
        number = taken[0]["id"]
        await jobs.enqueue(job, number, by.name, by.channel, *more)


async def _refuse_past(public: str) -> None:
    batch = await ImportBatch.objects().where(ImportBatch.public == public).first()
    if batch is not None and batch.state == APPLIED and not may_be_undone(batch):
        raise Refused("people.undo_past")


def may_be_undone(batch: ImportBatch) -> bool:
    """Whether an applied batch can still be taken back: a year long, and a form that plans until its day has come."""
    if batch.kind == "form" and batch.begins > clock.today(DEFAULT_ZONE):
        return True
    return bool(batch.applied_at >= clock.now() - KEPT["import_batch"])


async def staged(number: int) -> list[Planned]:
    """The lines of a batch that do something."""
    found: list[Planned] = []
    after = -1
    while True:
        rows = (
            await ImportRow.select()
            .where((ImportRow.batch == number) & (ImportRow.row > after) & (ImportRow.verdict != REFUSED))
            .order_by(ImportRow.row)
            .limit(bulk.AT_A_TIME)
        )
        found += [
            Planned(
                row["row"], row["number"], row["verdict"], opened(row, "before"), opened(row, "after"),
                row["employment"], row["person"],
            )
            for row in rows
        ]  # fmt: skip
        if len(rows) < bulk.AT_A_TIME:
            return found
        after = rows[-1]["row"]


async def drop(company: int, public: str, *, by: Actor) -> None:
    """Put a batch aside that was not applied; what it held goes."""
    async with database.transaction(company):
        taken = (
            await ImportBatch.update({ImportBatch.state: DROPPED, ImportBatch.file: None})
            .where((ImportBatch.public == public) & ImportBatch.state.is_in([CHECKED, REJECTED, READING]))
            .returning(ImportBatch.id)
        )
        if not taken:
            raise Refused("people.batch_not_so")
        await ImportRow.delete().where(ImportRow.batch == taken[0]["id"])
        audit.record("people.dropped", f"import:{taken[0]['id']}", by=by)


async def batch_of(number: int) -> ImportBatch:
    """The batch of this number."""
    found = await ImportBatch.objects().get(ImportBatch.id == number)
    assert found is not None
    return found


def file_of(batch: ImportBatch) -> bytes:
    """The file as it was sent."""
    words = vault.unseal(batch.file, company=batch.company, column="import_batch.file")
    return base64.b85decode(words.encode())


async def last_change() -> int:
    """The number of the last entry about people or who leads them: while it stays, what was planned still fits."""
    last = (
        await AuditEntry.select(AuditEntry.seq)
        .where(AuditEntry.action.is_in(list(CHANGES)))
        .order_by(AuditEntry.seq, ascending=False)
        .first()
    )
    return last["seq"] if last else 0


CHANGES = (
    "people.imported", "people.edited", "people.undone", "people.left", "membership.given",
    "membership.taken", "membership.tied", "membership.untied", "account.blocked",
)  # fmt: skip
