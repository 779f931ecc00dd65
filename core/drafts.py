"""What somebody typed into a form and did not send yet: kept for them, so that nothing written is lost.

A draft belongs to one person, one form and one thing (`people_work/Ab3x…`). It is sealed, since it may hold a reason
that is nobody's business, and it goes when its form was sent, when it is thrown away, or after a fortnight.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from piccolo.columns import Serial, Timestamptz, Varchar

from core import clock, database, vault
from core.audit import Actor
from core.database import CompanyTable
from core.errors import Refused
from core.vault import Sealed

FIELDS = "draft.fields"
LONGEST, MOST = 80_000, 100  # characters of one draft: a national list fits; drafts of one person
Typed = Mapping[str, Sequence[str]]


class Draft(CompanyTable):
    """One form, half filled in."""

    id: Serial
    writer = Varchar(length=64)
    form = Varchar(length=80)
    seen = Varchar(length=40)
    fields = Sealed(of=None)
    saved_at = Timestamptz(default=None)


@dataclass(frozen=True)
class Kept:
    """A draft as it is given back: what was typed, when, and the mark of what its writer had before them."""

    fields: Typed
    seen: str
    saved_at: datetime


async def save(form: str, seen: str, fields: Typed, *, by: Actor) -> datetime:
    """Keep this in place of what was kept of the same form; returns when. Refused: more than a draft holds."""
    told = json.dumps({name: list(values) for name, values in fields.items()}, ensure_ascii=False)
    if len(told) > LONGEST:
        raise Refused("drafts.too_long", most=str(LONGEST))
    await database.lock_name(f"draft:{database.company()}:{by.name}")
    await Draft.delete().where((Draft.writer == by.name) & (Draft.form == form))
    kept = await Draft.select(Draft.id).where(Draft.writer == by.name).order_by(Draft.id, ascending=False).limit(MOST)
    if len(kept) == MOST:
        await Draft.delete().where((Draft.writer == by.name) & (Draft.id <= kept[-1]["id"]))
    now = clock.now()
    sealed = vault.seal(told, company=database.company(), column=FIELDS)
    await Draft.insert(Draft(writer=by.name, form=form, seen=seen, fields=sealed, saved_at=now))
    return now


async def of(form: str, *, by: Actor) -> Kept | None:
    """What this person left in this form, or None."""
    row = await Draft.objects().where((Draft.writer == by.name) & (Draft.form == form)).first()
    if row is None:
        return None
    told = json.loads(vault.unseal(row.fields, company=row.company, column=FIELDS))
    return Kept(told, row.seen, row.saved_at)


async def move(form: str, to: str) -> None:
    """Take everybody's draft of a form to another one; who has one there already keeps both where they are."""
    there = await Draft.select(Draft.writer).where(Draft.form == to)
    mine = (Draft.form == form) & Draft.writer.not_in([row["writer"] for row in there] or [""])
    await Draft.update({Draft.form: to}).where(mine)


async def drop(form: str, *, by: Actor) -> bool:
    """Throw it away; False when there is none."""
    mine = (Draft.writer == by.name) & (Draft.form == form)
    found = await Draft.exists().where(mine)
    await Draft.delete().where(mine)
    return bool(found)
