"""A pack of everything held about somebody: made by a job, fetched three times within three days, then gone.

It is locked with a password that is shown once and kept nowhere afterwards.
"""

import asyncio
import base64
import csv
import hashlib
import io
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from core import audit, clock, database, jobs, sheets, vault
from core.accounts.tables import Company
from core.audit import Actor
from core.errors import Refused
from core.messaging import attachments
from core.messaging.tables import Attachment
from core.people.directory import DEFAULT_ZONE
from core.people.tables import Person
from core.phrases import phrase, saat
from core.privacy import locked_zip, pack_data, pack_page
from core.privacy.holding_tables import AccessPack

MAKE = "privacy.pack"
MAKING, READY, GONE = "making", "ready", "gone"
LIFE, MOST = timedelta(hours=72), 3
MOST_FILES = 20 * 1024 * 1024  # bytes of files that come along
PASSWORD, FILE = "access_pack.password", "access_pack.file"


@dataclass(frozen=True)
class Fetched:
    """The file that is handed out, and how often it may be fetched again."""

    raw: bytes
    name: str
    left: int


async def make_pack(person: int, *, by: Actor, request: str | None = None) -> AccessPack:
    """Have a pack made for this person, in the open transaction; one that can still be fetched is taken instead."""
    await database.lock(Person, person)
    row = await newest(person)
    if row is not None and row.state in (MAKING, READY) and not _over(row):
        return row
    row = AccessPack(
        public=database.new_public(), person=person, request=request, state=MAKING, by=by.name, asked_at=clock.now()
    )  # fmt: skip
    await AccessPack.insert(row)
    audit.record("pack.asked", f"person:{person}", by=by, number=row.id)
    await jobs.enqueue(MAKE, row.id)
    return row


@jobs.job(MAKE, lane=jobs.BULK)
async def make(company: int, number: int) -> None:
    """Read everything, pack and lock it."""
    async with database.reading(company):
        row = await AccessPack.objects().where((AccessPack.id == number) & (AccessPack.state == MAKING)).first()
        if row is None:
            return
        place = await Company.objects().get(Company.id == company)
        person = await Person.objects().get(Person.id == row.person)
        assert place is not None
        assert person is not None
        everything = await pack_data.gather(row.person)
        files, left = await _files(row.person)
    made = clock.now()
    secret = locked_zip.password()
    content = await asyncio.to_thread(
        _content, everything, files, left, company=place.name, language=person.language, at=made, zone=place.zone
    )
    raw = await asyncio.to_thread(locked_zip.pack, content, secret, at=clock.local(made, place.zone))
    sealed = await asyncio.to_thread(
        vault.seal, base64.b85encode(raw).decode(), company=company, column=FILE, subject=row.person
    )
    async with database.transaction(company):
        await AccessPack.update(
            {
                AccessPack.state: READY, AccessPack.file: sealed, AccessPack.size: len(raw),
                AccessPack.sha256: hashlib.sha256(raw).hexdigest(), AccessPack.made_at: made,
                AccessPack.expires_at: made + LIFE,
                AccessPack.password: vault.seal(secret, company=company, column=PASSWORD, subject=row.person),
            }
        ).where((AccessPack.id == number) & (AccessPack.state == MAKING))  # fmt: skip
        audit.record("pack.made", f"person:{row.person}", number=number)


async def newest(person: int) -> AccessPack | None:
    """The last pack that was asked for about this person."""
    found: AccessPack | None = (
        await AccessPack.objects().where(AccessPack.person == person).order_by(AccessPack.id, ascending=False).first()
    )
    return found


async def of_public(public: str, *, person: int | None = None) -> AccessPack | None:
    """The pack with this address; with `person` only if it is theirs."""
    where = AccessPack.public == public
    found: AccessPack | None = (
        await AccessPack.objects().where(where if person is None else where & (AccessPack.person == person)).first()
    )
    return found


def can_be_fetched(row: AccessPack) -> bool:
    """Whether it is there and may still be fetched."""
    return row.state == READY and not _over(row)


async def password(public: str, *, by: Actor, person: int | None = None) -> str:
    """The password, shown once and then forgotten; in the open transaction."""
    row = await _ready(public, person)
    if row.password is None:
        raise Refused("holdings.password_shown")
    with vault.lawfully():
        told = vault.unseal(row.password, company=row.company, column=PASSWORD, subject=row.person)
    await AccessPack.update({AccessPack.password: None, AccessPack.shown_at: clock.now()}).where(
        AccessPack.id == row.id
    )
    audit.record("pack.password", f"person:{row.person}", by=by, number=row.id)
    return told


async def link(public: str, *, by: Actor) -> str:
    """A secret address by which it is fetched without signing in, for who cannot: the last one alone holds."""
    row = await _ready(public, None)
    secret = secrets.token_urlsafe(32)
    await AccessPack.update({AccessPack.token_hash: _hashed(secret)}).where(AccessPack.id == row.id)
    audit.record("pack.link", f"person:{row.person}", by=by, number=row.id)
    return secret


async def by_link(secret: str) -> tuple[int, str] | None:
    """The company and the address of the pack that a secret address opens; None for any other, or one that is over."""
    async with database.installation(writes=False):
        row = await AccessPack.objects().where(AccessPack.token_hash == _hashed(secret)).first()
    return None if row is None or not can_be_fetched(row) else (int(row.company), str(row.public))


async def fetch(public: str, *, by: Actor, person: int | None = None) -> Fetched:
    """Hand it out and count that; the last time it is gone afterwards. In the open transaction."""
    row = await _ready(public, person)
    assert row.file is not None
    with vault.lawfully():
        held = vault.unseal(row.file, company=row.company, column=FILE, subject=row.person)
    counted = row.fetched + 1
    await AccessPack.update({AccessPack.fetched: counted}).where(AccessPack.id == row.id)
    if counted >= MOST:
        await _forget([row.id])
    audit.record("pack.fetched", f"person:{row.person}", by=by, number=row.id, times=counted)
    day = clock.local(clock.now(), DEFAULT_ZONE).date()
    return Fetched(base64.b85decode(held.encode()), f"data-{day.isoformat()}.zip", MOST - counted)


@jobs.cron("*/15 * * * *", "privacy.packs")
async def expire() -> None:
    """Let go of packs whose time is over."""
    async with database.installation(writes=False):
        companies = [row["id"] for row in await Company.select(Company.id).where(Company.kind == "company")]
    for company in companies:
        async with database.transaction(company):
            rows = await AccessPack.select(AccessPack.id).where(
                (AccessPack.state == READY) & (AccessPack.expires_at <= clock.now())
            )
            await _forget([row["id"] for row in rows])


async def _forget(numbers: Sequence[int]) -> None:
    if numbers:
        await AccessPack.update(
            {
                AccessPack.state: GONE, AccessPack.file: None, AccessPack.password: None, AccessPack.token_hash: None,
            }
        ).where(AccessPack.id.is_in(list(numbers)))  # fmt: skip


async def _ready(public: str, person: int | None) -> AccessPack:
    row = await of_public(public, person=person)
    if row is not None and await database.lock(AccessPack, row.id):
        row = await of_public(public, person=person)
    if row is None or not can_be_fetched(row):
        raise Refused("holdings.pack_gone")
    return row


def _over(row: AccessPack) -> bool:
    return row.expires_at is not None and row.expires_at <= clock.now()


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


async def _files(person: int) -> tuple[list[tuple[str, bytes]], int]:
    """The files they sent, as far as there is room, and how many are left out."""
    found, taken, left = [], 0, 0
    for row in await Attachment.objects().where((Attachment.person == person) & Attachment.removed_at.is_null()):
        if taken + row.size > MOST_FILES:
            left += 1
            continue
        try:
            with vault.lawfully():
                raw = b"".join(attachments.content(row))
        except (FileNotFoundError, *vault.SHUT):
            continue
        taken += row.size
        found.append((f"files/{row.id}.{row.type}", raw))
    return found, left


def _content(
    everything: pack_data.Everything, files: list[tuple[str, bytes]], left: int, *, company: str, language: str,
    at: Any, zone: str,
) -> list[tuple[str, bytes]]:  # fmt: skip
    """Every file of the pack, and the sums by which one sees that none was changed."""
    told: dict[str, Any] = {
        "made_at": at.isoformat(), "company": company, "name": everything.name,
        "tables": [
            {
                "name": one.name, "title": phrase(f"holdings.of_{one.name}", language),
                "why": phrase(f"holdings.why_{one.name}", language),
                "kept": phrase(f"holdings.kept_{one.kept}", language),
                "since": one.since.isoformat() if one.since else None, "rows": list(one.rows),
            }
            for one in everything.tables
        ],
        "looks": list(everything.looks), "files": [name for name, _ in files],
    }  # fmt: skip
    made = saat(at, zone, language)
    shown = pack_page.page(told, everything.name, language, made=made, files=len(files), left=left)
    found = [
        ("index.html", shown.encode()),
        ("data.json", json.dumps(told, ensure_ascii=False, indent=1).encode()),
        ("schema.json", pack_data.schema(everything)),
        *((f"tables/{one.name}.csv", _csv(one)) for one in everything.tables),
        *files,
    ]
    sums = "".join(f"{hashlib.sha256(raw).hexdigest()}  {name}\n" for name, raw in found)
    return [*found, ("SHA256SUMS", sums.encode())]


def _csv(one: pack_data.Held) -> bytes:
    out = io.StringIO()
    writing = csv.writer(out)
    writing.writerow(one.columns)
    for row in one.rows:
        writing.writerow(["" if row[name] is None else sheets.safe(row[name]) for name in one.columns])
    return out.getvalue().encode("utf-8-sig")
