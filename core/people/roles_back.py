"""What people may do because a file named them, when the file is taken back: what was given since it came ends.

Who acted here before the file made them somebody's employee acts as they did before. The audit says which is which.
"""

import json
from collections.abc import Collection, Sequence
from typing import Any

from core import audit, bulk
from core.accounts import offers, sessions
from core.accounts.tables import Membership
from core.audit import Actor, AuditEntry
from core.people.planning import Planned
from core.people.tables import ImportBatch

GIVEN = "membership.given"


async def take_back(batch: ImportBatch, rows: Sequence[Planned], gone: Collection[int], *, by: Actor) -> None:
    """End what these rows offered and what came of it; `gone` are the people who now never began."""
    named = {row.person: row.after["role"] for row in rows if row.person is not None and row.after.get("role")}
    # The offers first: whoever accepts one at this moment has it already, or finds it gone.
    await offers.revoke_of(gone)
    for person in named.keys() - gone:
        await offers.revoke_of([person], role=named[person])
    held = await _held(named.keys() | gone)
    if not held:
        return
    since = await _given_since(batch)
    for one in held:
        new = (one["account"], one["role"]) in since
        if new and (one["person"] in gone or one["role"] == named[one["person"]]):
            await Membership.delete().where(Membership.id == one["id"])
            audit.record("membership.taken", f"account:{one['account']}", by=by, role=one["role"])
        elif one["person"] in gone:
            await Membership.update({Membership.person: None}).where(Membership.id == one["id"])
            audit.record("membership.untied", f"account:{one['account']}", by=by, role=one["role"])
    accounts = {one["account"] for one in held}
    for account in accounts - await _acting(accounts):
        await sessions.end_here(account)
    await offers.spend_links(accounts)


async def _held(people: Collection[int]) -> list[dict[str, Any]]:
    return await Membership.select(Membership.id, Membership.account, Membership.role, Membership.person).where(
        bulk.among(Membership.person, people)
    ).order_by(Membership.id)  # fmt: skip


async def _given_since(batch: ImportBatch) -> set[tuple[int, str]]:
    """Account and role of what was given here since the batch was read; since it was sent, where no entry says when
    that was."""
    later = (AuditEntry.seq > batch.seen) & (AuditEntry.at >= batch.made_at)
    rows = await AuditEntry.select(AuditEntry.object, AuditEntry.meta).where(later & (AuditEntry.action == GIVEN))
    return {(int(row["object"].partition(":")[2]), json.loads(row["meta"])["role"]) for row in rows}


async def _acting(accounts: Collection[int]) -> set[int]:
    rows = await Membership.select(Membership.account).where(bulk.among(Membership.account, accounts))
    return {row["account"] for row in rows}
