"""The home that Slack shows each person: what waits for them, drawn anew when their cards change."""

from datetime import timedelta

from core import clock, database, jobs

REFRESH = "slack.refresh"
TOGETHER = 2  # seconds: what changes within them is drawn once


async def changed(person: int | None) -> None:
    """A card of this person was put before them or turned: have their home drawn anew in a moment."""
    if person is None:
        return
    now = clock.now()
    slot = int(now.timestamp()) // TOGETHER + 1
    due = now + timedelta(seconds=slot * TOGETHER - now.timestamp())
    await jobs.enqueue(REFRESH, person, run_at=due, dedupe=f"home:{database.company()}:{person}:{slot}")
