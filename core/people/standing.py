"""What was built on people since a batch brought them: then the batch can no longer be taken back as a whole.

Slices above say what of theirs stands on a spell with `@stands`, and let go with `@lets_go` of what falls with it.
"""

from collections.abc import Awaitable, Callable, Collection, Sequence

from core.accounts.tables import Invitation
from core.errors import Refused
from core.people.planning import NEW, Planned
from core.people.present import parts
from core.people.tables import Assignment, ChannelIdentity, ImportRow

Asked = Callable[[Collection[int]], Awaitable[Collection[int]]]  # spells -> those on which something stands
LetsGo = Callable[[Collection[int]], Awaitable[None]]  # of spells that never began
STANDS: dict[str, Asked] = {}
LETS_GO: list[LetsGo] = []
NAMED = 5


def stands(key: str) -> Callable[[Asked], Asked]:
    """Register what stands on a spell of work, under the phrase that says so."""

    def register(asked: Asked) -> Asked:
        STANDS[key] = asked
        return asked

    return register


def lets_go(told: LetsGo) -> LetsGo:
    """Register what a slice above does when spells are taken back, in the same transaction."""
    LETS_GO.append(told)
    return told


async def let_go(rows: Sequence[Planned]) -> None:
    """Let go of what hung on those whom these rows brought, and who now never began."""
    for part in parts([row.employment for row in rows if row.verdict == NEW and row.employment is not None]):
        for told in LETS_GO:
            await told(part)


async def check(batch: int, rows: Sequence[Planned]) -> None:
    """Refuse, with the reason and the first few numbers, when something was built on these rows since."""
    number = {row.employment: row.number for row in rows if row.employment is not None}
    new = {row.employment: row.person for row in rows if row.verdict == NEW and row.employment is not None}
    found: set[int] = set()
    for part in parts(number):
        later = await ImportRow.select(ImportRow.employment, ImportRow.batch.state.as_alias("state")).where(
            ImportRow.employment.is_in(part) & (ImportRow.batch > batch)
        )
        found |= {row["employment"] for row in later if row["state"] in ("applied", "undoing")}
    _refuse("people.undo_changed", found, number)
    people = {person: spell for spell, person in new.items()}
    for part in parts(people):
        linked = await ChannelIdentity.select(ChannelIdentity.person).where(ChannelIdentity.person.is_in(part))
        found |= {people[row["person"]] for row in linked}
    _refuse("people.undo_linked", found, number)
    for part in parts(new):
        invited = await Invitation.select(Invitation.employment).where(
            Invitation.employment.is_in(part) & Invitation.used_at.is_not_null()
        )
        found |= {row["employment"] for row in invited}
        below = await Assignment.select(Assignment.manager, Assignment.employment).where(Assignment.manager.is_in(part))
        found |= {row["manager"] for row in below if row["employment"] not in new}
    _refuse("people.undo_heads", found, number)
    for key, asked in STANDS.items():
        for part in parts(new):
            found |= set(await asked(part))
        _refuse(key, found, number)


def _refuse(key: str, spells: Collection[int], number: dict[int, str]) -> None:
    if spells:
        named = sorted(number[spell] for spell in spells)
        raise Refused(key, numbers=", ".join(named[:NAMED]) + (" …" if len(named) > NAMED else ""))
