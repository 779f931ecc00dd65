"""What an answer to a request sets going by itself: a pack, a restriction, an erasure that two persons agreed to."""

from core.audit import Actor
from core.errors import Refused
from core.privacy import erasure, packs, restriction
from core.privacy.tables import DataRequest
from core.privacy.way import FULFILLED, PARTLY

COPIES = frozenset({"access", "copy", "portable"})


async def settle(row: DataRequest, by: Actor) -> None:
    """Do what was answered with yes, wholly or in part, in the transaction that says so."""
    if row.outcome not in (FULFILLED, PARTLY) or row.subject is None:
        return
    if row.kind in COPIES:
        await packs.make_pack(row.subject, by=by, request=row.public)
    elif row.kind == "restrict":
        await restriction.put(row.subject, by=by, request=row.public)
    elif row.kind == "delete":
        if row.decided_by is None or row.second_by is None:
            raise Refused("holdings.second_person")
        first, second = Actor(row.decided_by, by.channel), Actor(row.second_by, by.channel)
        planned = await erasure.open_of(row.subject) or await erasure.propose(row.subject, by=first, request=row.public)
        if planned.state == erasure.PLANNED:
            await erasure.agree(planned.public, by=second)
