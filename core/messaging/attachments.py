"""Files that people sent: kept for what they were sent for, opened by whom it concerns, swept when nobody says why.

A file is on disk before its row is written; a file whose row never came is swept. What waits for its purpose longer
than a week is removed.
"""

import asyncio
from collections.abc import Iterator
from datetime import timedelta

from core import antivirus, audit, clock, database, files, jobs, vault
from core.accounts.tables import Company
from core.audit import Actor
from core.errors import Refused
from core.files import Examined, Written
from core.messaging import file_room
from core.messaging.file_room import UNSORTED
from core.messaging.messages import Enclosed
from core.messaging.tables import Attachment

NAME, KEY = "attachment.name", "attachment.key"
HEALTH, TICKET = "health", "ticket"
WAITS = timedelta(days=7)
LONGEST_NAME = 120


async def take(company: int, raw: bytes, name: str) -> tuple[Examined, Written]:
    """Look at a file and put it on disk; nothing refers to it until `keep`. Never inside a transaction."""
    examined = await asyncio.to_thread(files.examine, raw, name)
    await antivirus.scan(raw)
    return examined, await asyncio.to_thread(files.write, examined.raw, company=company)


async def keep(person: int, taken: tuple[Examined, Written], name: str) -> Attachment:
    """Write the row of a file that was taken, in the open transaction; what it is for is said later.

    Where there is no room left it is refused, and the bytes are gone from the disk.
    """
    examined, written = taken
    company = database.company()
    try:
        await file_room.hold(person, len(examined.raw))
    except Refused:
        await asyncio.to_thread(files.remove, written.path, company=company)
        raise
    row = Attachment(
        public=database.new_public(), person=person, purpose=UNSORTED, type=examined.type, size=len(examined.raw),
        sha256=examined.sha256, path=written.path, kept_at=clock.now(),
        key=vault.seal(written.key, company=company, column=KEY, subject=person),
        name=vault.seal(_plain(name, examined.type), company=company, column=NAME, subject=person),
    )  # fmt: skip
    await Attachment.insert(row)
    return row


async def enclose(company: int, person: int, raw: bytes, name: str) -> Enclosed:
    """Keep a file that somebody brought on a page; one that cannot be kept says why, in the talk as everywhere."""
    try:
        async with database.reading(company):
            await file_room.hold(person, len(raw))
        taken = await take(company, raw, name)
        async with database.transaction(company):
            kept = await keep(person, taken, name)
    except Refused as no:
        return Enclosed(no.key, name)
    return Enclosed(str(kept.id), name, kept=True)


async def sort(number: int, purpose: str, *, person: int) -> Attachment:
    """Say what somebody's file is for; one that is gone, somebody else's or sorted already is refused."""
    done = (
        await Attachment.update({Attachment.purpose: purpose})
        .where(
            (Attachment.id == number) & (Attachment.person == person) & (Attachment.purpose == UNSORTED)
            & Attachment.removed_at.is_null()
        )
        .returning(Attachment.id)
    )  # fmt: skip
    if not done:
        raise Refused("files.gone")
    row = await Attachment.objects().where(Attachment.id == number).first()
    assert row is not None
    return row


async def waiting(number: int, person: int) -> Attachment | None:
    """This file of theirs, if it still waits to be told what it is for."""
    where = (Attachment.id == number) & (Attachment.person == person) & (Attachment.purpose == UNSORTED)
    return await Attachment.objects().where(where & Attachment.removed_at.is_null()).first()


async def newest_waiting(person: int) -> Attachment | None:
    """The file of theirs that came last and still waits to be told what it is for."""
    where = (Attachment.person == person) & (Attachment.purpose == UNSORTED) & Attachment.removed_at.is_null()
    return await Attachment.objects().where(where).order_by(Attachment.id, ascending=False).first()


async def by_public(public: str) -> Attachment | None:
    """The file with this address, unless it was removed."""
    return await Attachment.objects().where((Attachment.public == public) & Attachment.removed_at.is_null()).first()


def name_of(row: Attachment) -> str:
    """What its sender called it."""
    return vault.shown(row.name, company=row.company, column=NAME, subject=row.person)


def content(row: Attachment) -> Iterator[bytes]:
    """Its bytes, piece by piece."""
    key = vault.unseal(row.key, company=row.company, column=KEY, subject=row.person)
    return files.pieces(row.path, key, company=row.company)


async def opened(row: Attachment, *, by: Actor) -> None:
    """Note that somebody opened it."""
    audit.record("attachment.opened", f"attachment:{row.id}", by=by, person=row.person)


async def discard(number: int, person: int) -> None:
    """Remove a file of theirs that is for nothing; one that is gone or sorted is refused."""
    row = await sort(number, UNSORTED, person=person)
    await remove(row)


async def remove(row: Attachment) -> None:
    """Forget a file: its row stays as a mark with its fingerprint, the bytes go after the commit."""
    await Attachment.update({Attachment.removed_at: clock.now()}).where(Attachment.id == row.id)
    await jobs.enqueue("attachments.remove", row.id)
    audit.record("attachment.removed", f"attachment:{row.id}", person=row.person)


@jobs.job("attachments.remove")
async def _remove(company: int, number: int) -> None:
    async with database.reading(company):
        row = await Attachment.objects().where(Attachment.id == number).first()
    if row is not None and row.removed_at is not None:
        await asyncio.to_thread(files.remove, row.path, company=company)


@jobs.cron("40 2 * *", "attachments.nightly")
async def nightly() -> None:
    """Have every company's folder swept."""
    async with database.installation(writes=False):
        companies = await Company.select(Company.id)
    for row in companies:
        async with database.transaction(row["id"]):
            await jobs.enqueue("attachments.sweep", dedupe=f"attachments:{row['id']}:{clock.today('Asia/Jakarta')}")


@jobs.job("attachments.sweep", lane=jobs.BULK)
async def sweep(company: int) -> None:
    """Remove files whose row never came, and those of which nobody said within a week what they are for."""
    lying = await asyncio.to_thread(lambda: [name for name, old in files.lying(company) if old])
    for first in range(0, len(lying), 500):
        some = lying[first : first + 500]
        async with database.reading(company):
            rows = await Attachment.select(Attachment.path).where(
                Attachment.path.is_in(some) & Attachment.removed_at.is_null()
            )
        for name in set(some) - {row["path"] for row in rows}:
            await asyncio.to_thread(files.remove, name, company=company)
    async with database.transaction(company):
        for row in await Attachment.objects().where(
            (Attachment.purpose == UNSORTED) & (Attachment.kept_at < clock.now() - WAITS)
            & Attachment.removed_at.is_null()
        ).limit(200):  # fmt: skip
            await remove(row)


def _plain(name: str, type_: str) -> str:
    """A name that can be put on a disk: the last part, no signs that lead elsewhere, ending as its bytes are."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    stem = last.rsplit(".", 1)[0] if "." in last else last
    plain = "".join(sign if sign.isalnum() or sign in " ._-()" else "_" for sign in stem).strip(" .")
    return f"{plain[:LONGEST_NAME] or 'file'}.{type_}"
