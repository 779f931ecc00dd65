"""Work that takes longer than a page may: how far it has come, that it can be stopped, and the file it ends in.

A job does it, part after part, and says after each committed part how far it is. Whoever began it finds it again by
its address, and nobody guesses.
"""

import base64
import json
from collections.abc import Mapping
from typing import Any

from piccolo.columns import Boolean, ForeignKey, Integer, OnDelete, Serial, Timestamptz, Varchar

from core import audit, clock, database, vault
from core.audit import Actor
from core.database import CompanyTable
from core.vault import Sealed

RUNNING, DONE, FAILED, STOPPED = "running", "done", "failed", "stopped"
FILE, FACTS = "export_file.file", "work.facts"


class Work(CompanyTable):
    """One piece of long work: what it is, for whom, how far it has come."""

    id: Serial
    public = Varchar(length=22, unique=True)
    kind = Varchar(length=24)
    by = Varchar(length=64)
    facts = Sealed(of=None)  # what the job needs to know, as JSON: a filter may hold a name
    state = Varchar(length=8)  # running | done | failed | stopped
    done = Integer(default=0)
    total = Integer(default=0)
    stop_asked = Boolean(default=False)
    started_at = Timestamptz(default=None)
    finished_at = Timestamptz(null=True, default=None)


class ExportFile(CompanyTable):
    """A file that was made because somebody asked for it, for a day."""

    id: Serial
    work = ForeignKey(Work, null=False, on_delete=OnDelete.restrict, unique=True)
    name = Varchar(length=80)
    type = Varchar(length=80)
    file = Sealed(of=None)
    made_at = Timestamptz(default=None)


async def begin(kind: str, total: int, facts: Mapping[str, Any], *, by: Actor) -> Work:
    """Write down that something long begins; whoever calls writes the job too."""
    made = Work(
        public=database.new_public(), kind=kind, by=by.name, state=RUNNING, total=total, started_at=clock.now(),
        facts=vault.seal(json.dumps(facts), company=database.company(), column=FACTS),
    )  # fmt: skip
    await Work.insert(made)
    return made


async def of_public(public: str) -> Work | None:
    """The work with this address, or None."""
    return await Work.objects().where(Work.public == public).first()


def facts_of(one: Work) -> dict[str, Any]:
    """What its job needs to know."""
    told: dict[str, Any] = json.loads(vault.unseal(one.facts, company=one.company, column=FACTS))
    return told


async def advance(number: int, done: int) -> bool:
    """Say how far it is; False when it is to stop."""
    written = (
        await Work.update({Work.done: done})
        .where((Work.id == number) & (Work.state == RUNNING) & (Work.stop_asked == False))  # noqa: E712
        .returning(Work.id)
    )
    return bool(written)


async def finish(number: int, state: str) -> None:
    """It came to its end, one way or the other."""
    await Work.update({Work.state: state, Work.finished_at: clock.now()}).where(
        (Work.id == number) & (Work.state == RUNNING)
    )


async def stop(number: int, *, by: Actor) -> None:
    """Have it stop after the part it is doing."""
    await Work.update({Work.stop_asked: True}).where((Work.id == number) & (Work.state == RUNNING))
    audit.record("work.stopped", f"work:{number}", by=by)


async def keep(work: int, raw: bytes, *, name: str, type_: str) -> None:
    """Put a file aside for whoever asked for it."""
    sealed = vault.seal(base64.b85encode(raw).decode(), company=database.company(), column=FILE)
    await ExportFile.insert(ExportFile(work=work, name=name, type=type_, file=sealed, made_at=clock.now()))


async def file_of(work: int) -> tuple[bytes, str, str] | None:
    """The file that a piece of work ended in, with its name and type; None once its day is over."""
    row = await ExportFile.objects().where(ExportFile.work == work).first()
    if row is None:
        return None
    return base64.b85decode(vault.unseal(row.file, company=row.company, column=FILE)), row.name, row.type
