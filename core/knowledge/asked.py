"""What was asked of the articles: kept without names, sealed for whoever asked, counted by week.

Answered is only what its asker said was answered; silence counts for nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from core import clock, database, vault
from core.knowledge import search
from core.knowledge.tables import SearchLog
from core.messaging.misses import without_secrets
from core.people import consents, unnamed

COLUMN = "search_log.words"
CHAT, PAGE = "chat", "page"
MOST = 50


@dataclass(frozen=True)
class Week:
    """How often was asked in a week: in all, said to be answered, said not to be, and without finding anything."""

    monday: date
    asked: int
    answered: int
    unanswered: int
    nothing: int


async def keep(
    words: str, *, person: int | None, language: str, place: str, outcome: str, article: str | None = None
) -> str:
    """Keep a question, in the transaction of its answer; returns its address, empty where its asker wants none kept."""
    if person is not None and not await consents.allows(person, consents.LEARNING):
        return ""
    said = without_secrets(await unnamed.without_names(words))
    sealed = vault.seal(said, company=database.company(), column=COLUMN, subject=person)
    made = SearchLog(
        public=database.new_public(), person=person, words=sealed, language=language, place=place, outcome=outcome,
        article=article, asked_at=clock.now(),
    )  # fmt: skip
    await SearchLog.insert(made)
    return str(made.public)


async def chose(public: str, article: str, *, person: int) -> None:
    """Note which of the articles offered was chosen."""
    await SearchLog.update({SearchLog.article: article}).where(
        (SearchLog.public == public) & (SearchLog.person == person)
    )


async def confirm(public: str, answered: bool, *, person: int) -> None:
    """Note that whoever asked said whether it was answered; what they say last counts."""
    await SearchLog.update({SearchLog.confirmed: answered}).where(
        (SearchLog.public == public) & (SearchLog.person == person)
    )


async def by_week(weeks: int, zone: str) -> list[Week]:
    """The last weeks, the newest last."""
    today = clock.today(zone)
    first = today - timedelta(days=today.weekday() + 7 * (weeks - 1))
    begins = datetime.combine(first, time(), ZoneInfo(zone))
    rows = await SearchLog.select(SearchLog.asked_at, SearchLog.outcome, SearchLog.confirmed).where(
        SearchLog.asked_at >= begins
    )
    found = []
    for at in range(weeks):
        monday = first + timedelta(weeks=at)
        ones = [
            one for one in rows if monday <= clock.local(one["asked_at"], zone).date() < monday + timedelta(weeks=1)
        ]
        found.append(Week(
            monday, len(ones), sum(one["confirmed"] is True for one in ones),
            sum(one["confirmed"] is False for one in ones), sum(one["outcome"] == search.NOTHING for one in ones),
        ))  # fmt: skip
    return found


async def unanswered(weeks: int) -> Sequence[dict[str, Any]]:
    """What was asked of late and found nothing, or was said not to be answered, word for word, the newest first."""
    since = clock.now() - timedelta(weeks=weeks)
    rows = (
        await SearchLog.select()
        .where(
            (SearchLog.asked_at >= since) & ((SearchLog.outcome == search.NOTHING) | (SearchLog.confirmed == False))  # noqa: E712
        )
        .order_by(SearchLog.id, ascending=False)
        .limit(MOST)
    )
    return [{**one, "said": said} for one in rows if (said := told(one))]


def told(row: Any) -> str | None:
    """The words of a row of the company in scope; None once they can no longer be opened."""
    try:
        return vault.unseal(row["words"], company=row["company"], column=COLUMN, subject=row["person"])
    except vault.SHUT:
        return None
