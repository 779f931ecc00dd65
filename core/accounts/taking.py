"""How often somebody takes a list away as a file, counted by all processes together: a session in wrong hands must not
empty the house at one go.

It is counted before the file is made; what is refused costs nothing.
"""

from datetime import datetime, timedelta

from piccolo.query.mixins import OnConflictAction

from core import clock, database, vault
from core.accounts.tables import Guess
from core.errors import Refused

SLOT = timedelta(seconds=20)
LIMITS = (("minute", 2, timedelta(minutes=1)), ("hour", 20, timedelta(hours=1)))


async def claim(company: int, by: str) -> None:
    """Count a file for this actor, or refuse it with the moment from which on there is room again."""
    here = int(clock.now().timestamp() // SLOT.total_seconds())
    marks = {here - ago: _mark(company, by, here - ago) for ago in range(LIMITS[-1][2] // SLOT)}
    async with database.installation():
        await database.lock_name(f"taking:{company}:{by}")
        rows = await Guess.select(Guess.mark, Guess.failures).where(Guess.mark.is_in(list(marks.values())))
        counted = {row["mark"]: row["failures"] for row in rows}
        taken = [slot for slot, mark in marks.items() for _ in range(counted.get(mark, 0))]  # the newest first
        for name, most, within in LIMITS:
            lately = [slot for slot in taken if slot > here - within // SLOT]
            if len(lately) >= most:
                raise Refused("lists.files_enough", within=name, again=_begins(lately[most - 1]) + within)
        fresh = Guess(mark=marks[here], failures=0, failed_at=clock.now())
        await Guess.insert(fresh).on_conflict(action=OnConflictAction.do_nothing)
        await Guess.update({Guess.failures: Guess.failures + 1}).where(Guess.mark == marks[here])


def _mark(company: int, by: str, slot: int) -> str:
    return vault.blind_index(f"file|{company}|{by}|{slot}", field="guess")


def _begins(slot: int) -> datetime:
    return datetime.fromtimestamp(slot * SLOT.total_seconds(), clock.now().tzinfo)
