"""Once a year everybody is asked on their own page whether what is held of them is still right."""

from datetime import timedelta

from core import audit, clock
from core.audit import Actor
from core.people.directory import DEFAULT_ZONE
from core.privacy.tables import DataCheck

YEAR = timedelta(days=365)


async def is_due(person: int) -> bool:
    """Whether a year has gone by since they last said that it is right."""
    row = await DataCheck.select(DataCheck.answered_at).where(
        (DataCheck.person == person) & DataCheck.answered_at.is_not_null()
    ).order_by(DataCheck.year, ascending=False).first()  # fmt: skip
    return row is None or clock.now() - row["answered_at"] >= YEAR


async def confirm(person: int, *, by: Actor) -> None:
    """They have looked, and it is right; said twice in a year it counts once."""
    if not await is_due(person):
        return
    year, now = clock.today(DEFAULT_ZONE).year, clock.now()
    mine = (DataCheck.person == person) & (DataCheck.year == year)
    if await DataCheck.exists().where(mine):
        await DataCheck.update({DataCheck.answered_at: now, DataCheck.right: True}).where(mine)
    else:
        await DataCheck.insert(DataCheck(person=person, year=year, asked_at=now, answered_at=now, right=True))
    audit.record("privacy.confirmed", f"person:{person}", by=by, year=year)
