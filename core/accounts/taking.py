"""How often somebody takes something out of the house, counted by all processes together: a session in wrong hands must
not empty it at one go.

It is counted before the thing is given; what is refused costs nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from piccolo.query.mixins import OnConflictAction

from core import clock, database, vault
from core.accounts.tables import Guess
from core.errors import Refused

SLOT = timedelta(seconds=20)


@dataclass(frozen=True)
class Bound:
    """What is counted, how many of it one may take within which time, and what is said of more."""

    what: str
    refusal: str
    limits: Sequence[tuple[str, int, timedelta]]  # the longest time last


FILES = Bound(
    "file", "lists.files_enough", (("minute", 2, timedelta(minutes=1)), ("hour", 20, timedelta(hours=1)))
)  # fmt: skip
PAGES = Bound("codes", "invitations.pages_enough", (("hour", 30, timedelta(hours=1)),))  # of codes, to be printed
LOOKS = Bound("look", "vault.looks_enough", (("hour", 60, timedelta(hours=1)),))


async def claim(bound: Bound, company: int, by: str) -> None:
    """Count one for this actor, or refuse it with the moment from which on there is room again."""
    here = int(clock.now().timestamp() // SLOT.total_seconds())
    marks = {here - ago: _mark(bound.what, company, by, here - ago) for ago in range(bound.limits[-1][2] // SLOT)}
    async with database.installation():
        await database.lock_name(f"taking:{bound.what}:{company}:{by}")
        rows = await Guess.select(Guess.mark, Guess.failures).where(Guess.mark.is_in(list(marks.values())))
        counted = {row["mark"]: row["failures"] for row in rows}
        taken = [slot for slot, mark in marks.items() for _ in range(counted.get(mark, 0))]  # the newest first
        for name, most, within in bound.limits:
            lately = [slot for slot in taken if slot > here - within // SLOT]
            if len(lately) >= most:
                raise Refused(bound.refusal, within=name, again=_begins(lately[most - 1]) + within)
        fresh = Guess(mark=marks[here], failures=0, failed_at=clock.now())
        await Guess.insert(fresh).on_conflict(action=OnConflictAction.do_nothing)
        await Guess.update({Guess.failures: Guess.failures + 1}).where(Guess.mark == marks[here])


def _mark(what: str, company: int, by: str, slot: int) -> str:
    return vault.blind_index(f"{what}|{company}|{by}|{slot}", field="guess")


def _begins(slot: int) -> datetime:
    return datetime.fromtimestamp(slot * SLOT.total_seconds(), clock.now().tzinfo)
