"""What an answer to a request sets going by itself: a pack, a restriction, a word taken back, an erasure that two
persons agreed to."""

from collections.abc import Collection
from datetime import timedelta

from core import clock
from core.audit import Actor
from core.errors import Refused
from core.people.consents import PURPOSES, Said
from core.people.tables import Person
from core.phrases import phrase
from core.privacy import consents, erasure, packs, restriction
from core.privacy.tables import DataRequest
from core.privacy.way import FULFILLED, PARTLY

# So long whoever asked may still take it back: they are told what goes and what stays, and when.
STOPPABLE = timedelta(hours=72)
COPIES = frozenset({"access", "copy", "portable"})


async def settle(row: DataRequest, by: Actor, *, said: str = "", purposes: Collection[str] | None = None) -> None:
    """Do what was answered with yes, wholly or in part, in the transaction that says so.

    A word is taken back for `purposes`, all that stand without any; `said` is what was asked.
    """
    if row.outcome not in (FULFILLED, PARTLY) or row.subject is None:
        return
    if row.kind in COPIES:
        await packs.make_pack(row.subject, by=by, request=row.public)
    elif row.kind == "restrict":
        await restriction.put(row.subject, by=by, request=row.public)
    elif row.kind == "withdraw":
        wanted = PURPOSES if purposes is None else purposes
        asker = await Person.select(Person.language).where(Person.id == row.person).first()
        language = asker["language"] if asker is not None else "id"
        words = Said(phrase("consents.asked_in", language, number=row.number, words=said or "-"), language)
        await consents.withdraw_many(row.subject, wanted, words, by=by)
    elif row.kind == "delete":
        if row.decided_by is None or row.second_by is None:
            raise Refused("holdings.second_person")
        first, second = Actor(row.decided_by, by.channel), Actor(row.second_by, by.channel)
        planned = await erasure.open_of(row.subject) or await erasure.propose(row.subject, by=first, request=row.public)
        if planned.state == erasure.PLANNED:
            await erasure.agree(planned.public, by=second, runs_at=clock.now() + STOPPABLE)
