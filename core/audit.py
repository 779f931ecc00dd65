"""Who did what to which thing: a chain of entries per company, each sealed to the one before by its hash.

An entry is written at the end of the transaction that did the thing, so the chain is held for a moment only.
"""

import hashlib
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from piccolo.columns import BigInt, Serial, Text, Timestamptz, Varchar

from core import anchors, clock, database, log
from core.database import CompanyTable
from core.errors import Refused
from core.stated import stated

START = "0" * 64
PART = 1000
SHORTEST_REASON, LONGEST_REASON = 5, 500


class AuditEntry(CompanyTable):
    """One act. It names people by their row only, so that erasing a person leaves the chain whole."""

    id: Serial
    seq = BigInt()
    at = Timestamptz(default=None)
    actor = Varchar(length=64)
    channel = Varchar(length=16)
    action = Varchar(length=48)
    object = Varchar(length=64)
    meta = Text()
    prev = Varchar(length=64)
    hash = Varchar(length=64)


@dataclass(frozen=True)
class Actor:
    """Who acts, and through which door."""

    name: str
    channel: str


NOBODY = Actor("serambi", "job")
Follower = Callable[[str, str, datetime], Awaitable[None]]
FOLLOWERS: dict[str, list[Follower]] = {}


def follows(*actions: str) -> Callable[[Follower], Follower]:
    """Register what else is written, in the same transaction, when one of these is recorded: it is called with the
    action, the thing and when, once all the rest of the transaction stands."""

    def register(follower: Follower) -> Follower:
        for one in actions:
            FOLLOWERS.setdefault(one, []).append(follower)
        return follower

    return register


@stated
def _last() -> Any:
    return AuditEntry.select(AuditEntry.seq, AuditEntry.hash).order_by(AuditEntry.seq, ascending=False).first()


def record(action: str, thing: str, *, by: Actor = NOBODY, **meta: Any) -> None:
    """Have this act written down when the open transaction ends; with it or not at all."""
    at = clock.now()

    async def append() -> None:
        for follower in FOLLOWERS.get(action, ()):
            await follower(action, thing, at)
        await database.lock_name(f"audit:{database.company()}")
        last = await _last()
        seq, prev = (last["seq"] + 1, last["hash"]) if last else (1, START)
        told = json.dumps(meta, sort_keys=True, default=str)
        await AuditEntry.insert(
            AuditEntry(
                seq=seq, at=at, actor=by.name, channel=by.channel, action=action, object=thing, meta=told, prev=prev,
                hash=digest(database.company(), seq, at, by.name, by.channel, action, thing, told, prev),
            )
        )  # fmt: skip

    database.scope().before_commit.append(append)


def digest(
    company: int, seq: int, at: datetime, actor: str, channel: str, action: str, thing: str, meta: str, prev: str
) -> str:
    """The hash that ties an entry to the one before it."""
    parts = [company, seq, int(at.timestamp() * 1_000_000), actor, channel, action, thing, meta, prev]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


async def first_broken() -> int | None:
    """The number of the first entry of this company that was changed, cut out, put in or cut off; None if all is whole.

    Reads the chain in parts, so that a long one needs no more memory than a short one. What was written anew as a whole
    begins, as far as anybody can tell, after the last anchor that still fits. A gap that somebody answers for, since
    an older database was put back, is passed over: what was kept before of entries behind it says nothing any more.
    """
    gaps = anchors.gaps(database.company())
    kept = _standing(gaps)
    held, over = {one.seq: one for one in kept}, {gap.number: gap for gap in gaps}
    prev, expected, certain = START, 1, 0
    while True:
        rows = await AuditEntry.select().where(AuditEntry.seq >= expected).order_by(AuditEntry.seq).limit(PART)
        for row in rows:
            made = _made(row, prev)
            if row["seq"] != expected or row["prev"] != prev or row["hash"] != made:
                gap = over.pop(expected, None)
                if gap is None or not await _is_there(gap):
                    return expected
                prev, expected = gap.hash, gap.seq + 1
                break
            anchor = held.get(expected)
            if anchor is not None:
                if not anchor.sound or anchor.hash != made:
                    return certain + 1
                certain = expected
            prev, expected = made, expected + 1
        else:
            if len(rows) == PART:
                continue
            return expected if kept and kept[-1].seq >= expected else None


def _standing(gaps: Sequence[anchors.Gap]) -> Sequence[anchors.Anchor]:
    """The anchors that still say something."""
    return [
        one for one in anchors.of(database.company())
        if not any(one.seq >= gap.number and one.at < gap.at for gap in gaps)
    ]  # fmt: skip


async def _grew_whole() -> bool:
    """Whether the chain is whole from its last anchor on; one without an anchor, or with a gap, is read as a whole.

    What lies before was proven when that anchor was kept, and is proven again every night.
    """
    gaps = anchors.gaps(database.company())
    last = next(iter(_standing(gaps)[-1:]), None)
    if last is None or gaps or not last.sound:
        return await first_broken() is None
    prev, expected = last.hash, last.seq + 1
    if not await AuditEntry.exists().where((AuditEntry.seq == last.seq) & (AuditEntry.hash == last.hash)):
        return False
    while True:
        rows = await AuditEntry.select().where(AuditEntry.seq >= expected).order_by(AuditEntry.seq).limit(PART)
        for row in rows:
            if row["seq"] != expected or row["prev"] != prev or row["hash"] != _made(row, prev):
                return False
            prev, expected = row["hash"], expected + 1
        if len(rows) < PART:
            return True


def _made(row: Mapping[str, Any], prev: str) -> str:
    told = (row["actor"], row["channel"], row["action"], row["object"], row["meta"])
    return digest(row["company"], row["seq"], row["at"], *told, prev)


async def _is_there(gap: anchors.Gap) -> bool:
    """Whether the newest entry of when a gap was acknowledged is still the same."""
    return await AuditEntry.exists().where((AuditEntry.seq == gap.seq) & (AuditEntry.hash == gap.hash))


async def acknowledge(reason: str, *, by: Actor) -> anchors.Gap:
    """Answer for the first gap in this company's chain, in its transaction; it stands in the audit from now on.

    For who has put an older database back. What lies in the gap stays unproven; what comes after it is watched again.
    """
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused("accounts.needs_reason")
    await database.lock_name(f"audit:{database.company()}")
    number = await first_broken()
    if number is None:
        raise Refused("accounts.audit_is_whole")
    last = await AuditEntry.select(AuditEntry.seq, AuditEntry.hash).order_by(AuditEntry.seq, ascending=False).first()
    seq, hash_ = (last["seq"], last["hash"]) if last else (0, START)
    record("audit.acknowledged", f"company:{database.company()}", by=by, number=number, until=seq)
    return anchors.acknowledge(
        database.company(), number, seq, hash_, who=by.name, reason=" ".join(reason.split())[:LONGEST_REASON]
    )


async def anchor() -> bool:
    """Keep this company's newest entry with the keys; False, and nothing kept, where the chain is not whole."""
    last = await AuditEntry.select(AuditEntry.seq, AuditEntry.hash).order_by(AuditEntry.seq, ascending=False).first()
    kept = anchors.of(database.company())
    if last is None or (kept and (kept[-1].seq, kept[-1].hash) == (last["seq"], last["hash"])):
        return not kept or last is not None
    if not await _grew_whole():
        return False
    anchors.keep(database.company(), last["seq"], last["hash"])
    # Where logs are sent elsewhere, this line is one more place that nobody can reach from here.
    log.info("audit_anchored", company=database.company(), number=last["seq"], seal=last["hash"])
    return True
