"""A hold keeps somebody's data, whatever else would take them away: erasing and retention wait until it is released."""

from collections.abc import Sequence

from core import audit, clock, database, jobs, vault
from core.audit import Actor
from core.errors import Refused
from core.people.tables import Person
from core.phrases import one_line
from core.privacy.holding_tables import Erasure, LegalHold

BASES = ("dispute", "order", "audit")
REASON = "legal_hold.reason"
SHORTEST, LONGEST = 10, 500


async def put(person: int, basis: str, reason: str, *, by: Actor) -> LegalHold:
    """Put a hold on everything about this person, in the open transaction."""
    words = one_line(reason)
    if basis not in BASES:
        raise Refused("holdings.hold_basis")
    if not SHORTEST <= len(words) <= LONGEST:
        raise Refused("holdings.hold_reason", least=SHORTEST, most=LONGEST)
    await database.lock(Person, person)
    if await of(person) is not None:
        raise Refused("holdings.held_already")
    if await Erasure.exists().where(
        (Erasure.person == person) & (Erasure.state == "done") & (Erasure.scope == "whole")
    ):
        raise Refused("holdings.gone_already")
    row = LegalHold(
        public=database.new_public(), person=person, basis=basis, by=by.name, at=clock.now(),
        reason=vault.seal(words, company=database.company(), column=REASON, subject=person),
    )  # fmt: skip
    await LegalHold.insert(row)
    audit.record("hold.put", f"person:{person}", by=by, basis=basis)
    return row


async def release(public: str, *, by: Actor) -> LegalHold:
    """Release it: what waited because of it goes on."""
    row = await LegalHold.objects().where((LegalHold.public == public) & LegalHold.released_at.is_null()).first()
    if row is None:
        raise Refused("holdings.no_hold")
    await LegalHold.update({LegalHold.released_at: clock.now(), LegalHold.released_by: by.name}).where(
        LegalHold.id == row.id
    )
    audit.record("hold.released", f"person:{row.person}", by=by, basis=row.basis)
    waiting = (
        await Erasure.select(Erasure.id).where((Erasure.person == row.person) & (Erasure.state == "running")).first()
    )
    if waiting is not None:
        await jobs.enqueue("privacy.erase", waiting["id"])
    return row


async def of(person: int) -> LegalHold | None:
    """The hold that keeps this person's data now."""
    found: LegalHold | None = (
        await LegalHold.objects().where((LegalHold.person == person) & LegalHold.released_at.is_null()).first()
    )
    return found


async def held() -> Sequence[int]:
    """Everybody of the company whose data are held."""
    rows = await LegalHold.select(LegalHold.person).where(LegalHold.released_at.is_null())
    return [int(row["person"]) for row in rows]


async def all_of() -> Sequence[LegalHold]:
    """The holds there are and were, the newest first."""
    return list(await LegalHold.objects().order_by(LegalHold.id, ascending=False).limit(200))


def reason_of(row: LegalHold) -> str:
    """Why it was put there."""
    return vault.shown(row.reason, company=row.company, column=REASON, subject=row.person)
