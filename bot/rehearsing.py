"""Chats that a company keeps are replayed by themselves when its talk has learnt something, or a release taught it."""

import hashlib
from pathlib import Path

from bot import simulator
from core import database, jobs
from core.accounts.tables import Company
from core.messaging import misses, rehearsals
from core.messaging.tables import Rehearsal

PART = 20  # a job has a minute; what is left then is the next job's
_DIALOG = Path(__file__).parent / "dialog"


def _read() -> str:
    made = hashlib.sha256()
    for file in sorted((*_DIALOG.glob("*.toml"), _DIALOG / "learned.txt")):
        made.update(file.read_bytes())
    return made.hexdigest()[:16]


LEXICON = _read()  # changes whenever what every company's talk understands does


async def version() -> str:
    """What the talk of the company in scope knows: the lexicon, and what its administrators have labelled."""
    return f"{LEXICON}:{await misses.revision()}"


@jobs.cron("40 * * * *", "rehearsals.hourly")
async def hourly() -> None:
    """Have the chats replayed of every company whose talk knows more than when they were played."""
    async with database.installation(writes=False):
        companies = await Company.select(Company.id)
    for row in companies:
        async with database.reading(row["id"]):
            stale = await Rehearsal.exists().where(Rehearsal.version != await version())
        if stale:
            async with database.transaction(row["id"]):
                await jobs.enqueue("rehearsals.replay")


@jobs.job("rehearsals.replay", lane=jobs.BULK)
async def replay(company: int) -> None:
    """Replay what was played with less knowledge, in parts."""
    async with database.reading(company):
        now = await version()
        rows = (
            await Rehearsal.select(Rehearsal.public).where(Rehearsal.version != now).order_by(Rehearsal.id).limit(PART)
        )
    for row in rows:
        await rehearsals.replay(simulator.play, company, row["public"], now)
    if len(rows) == PART:
        async with database.transaction(company):
            await jobs.enqueue("rehearsals.replay")
