"""Somebody's data may only be kept for now (Law 27/2022, articles 11 and 41): nobody but themselves reads them.

It acts where sealed words are opened (`core.vault`), so every page, answer, list and message that is about them shows a
bar, whoever wrote it; other processes notice within half a minute. What the law wants computed opens it `lawfully`.
"""

from collections.abc import Sequence

from core import audit, clock, database, vault
from core.audit import Actor
from core.errors import Refused
from core.people.tables import Person
from core.privacy.holding_tables import Restriction


async def put(person: int, *, by: Actor, request: str | None = None) -> Restriction:
    """From now on what is held of this person is kept and not read; in the open transaction."""
    await database.lock(Person, person)
    found = await of(person)
    if found is not None:
        return found
    row = Restriction(public=database.new_public(), person=person, by=by.name, at=clock.now(), request=request)
    await Restriction.insert(row)
    audit.record("restriction.put", f"person:{person}", by=by)
    company = database.company()
    database.scope().after_commit.append(lambda: vault.keyring().restrict(company, person))
    return row


async def lift(public: str, *, by: Actor) -> None:
    """It may be read again."""
    row = await Restriction.objects().where((Restriction.public == public) & Restriction.lifted_at.is_null()).first()
    if row is None:
        raise Refused("holdings.no_restriction")
    await Restriction.update({Restriction.lifted_at: clock.now(), Restriction.lifted_by: by.name}).where(
        Restriction.id == row.id
    )
    audit.record("restriction.lifted", f"person:{row.person}", by=by)
    company, person = database.company(), int(row.person)
    database.scope().after_commit.append(lambda: vault.keyring().restrict(company, person, lifted=True))


async def of(person: int) -> Restriction | None:
    """The restriction that stands for this person."""
    found: Restriction | None = (
        await Restriction.objects().where((Restriction.person == person) & Restriction.lifted_at.is_null()).first()
    )
    return found


async def open_ones() -> Sequence[Restriction]:
    """All that stand, the newest first."""
    rows = Restriction.objects().where(Restriction.lifted_at.is_null())
    return list(await rows.order_by(Restriction.id, ascending=False))


async def put_in_step(company: int) -> None:
    """Have the keys and the rows say the same, after a death between the two or an older database that was put back."""
    async with database.reading(company):
        wanted = {int(row.person) for row in await open_ones()}
    standing = {subject for one, subject in vault.keyring().restricted if one == company and subject is not None}
    for person in wanted - standing:
        vault.keyring().restrict(company, person)
    for person in standing - wanted:
        vault.keyring().restrict(company, person, lifted=True)
