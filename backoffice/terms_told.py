"""How a company's promises are shown: each reading with what it would say to somebody who asks on Friday at four."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from core import clock
from core.calendar import promises
from core.calendar.promises import Times
from core.helpdesk import sorting, terms, wording
from core.helpdesk.tables import Ticket
from core.helpdesk.terms import Terms
from core.phrases import phrase

FRIDAY, FOUR = 4, 16
USUAL = {terms.RUNNING: 48, terms.OFFICE: 48, terms.OFFICE_DAYS: 2, terms.CLOSE: 2}  # "2 x 24" in each reading


@dataclass(frozen=True)
class Reading:
    """One way to read the promise: its name, what it means, and by when Friday's question is answered."""

    name: str
    title: str
    means: str
    due: str


async def page_facts(held: Terms, typed: Terms | None, language: str, zone: str) -> dict[str, Any]:
    """What the page of the terms shows: those that hold or are typed, and the worked example of each reading."""
    found = await promises.times()
    shown, asked = typed or held, friday(found)
    usual = [
        Terms(0, one, dict.fromkeys(terms.PRIORITIES, much), shown.aimed) for one, much in USUAL.items()
    ]  # fmt: skip
    readings = [
        Reading(
            one.reading, phrase(f"promise.reading_{one.reading}", language),
            phrase(f"promise.means_{one.reading}", language),
            _told(one.promise(terms.NORMAL, found).due(asked), found, zone, language),
        )
        for one in usual
    ]  # fmt: skip
    rows = []
    for priority in terms.PRIORITIES:
        promise, target = shown.promise(priority, found).due(asked), shown.target(priority, found).due(asked)
        rows.append(
            {
                "priority": priority, "name": phrase(f"promise.priority_{priority}", language),
                "promised": shown.promised[priority], "aimed": shown.aimed[priority],
                "promise": _told(promise, found, zone, language), "target": _told(target, found, zone, language),
            }
        )  # fmt: skip
    return {
        "held": held, "shown": shown, "readings": readings, "rows": rows,
        "asked": wording.clock_time(asked, zone, found.held.zone, language),
        "names": {one: phrase(f"promise.reading_{one}", language) for one in terms.READINGS},
    }  # fmt: skip


async def of_ticket(row: Ticket, language: str) -> dict[str, Any]:
    """What the desk may say of a ticket for itself, and what it has said."""
    offered: Mapping[int, str] = {
        one.id: sorting.name_of(one, language)
        for one in await sorting.categories(ended=True)
        if one.ended_at is None or one.id == row.category
    }
    return {
        "priorities": {one: phrase(f"promise.priority_{one}", language) for one in terms.PRIORITIES},
        "categories": {"": phrase("promise.no_category", language)} | {str(one): name for one, name in offered.items()},
        "priority": row.priority, "category": row.category or "", "offered": bool(offered),
    }  # fmt: skip


def friday(times: Times) -> datetime:
    """The next Friday at four in the afternoon that is worked, by the company's clock; the next one where none is."""
    now = clock.now().astimezone(times.promise.zone)
    first = now.replace(hour=FOUR, minute=0, second=0, microsecond=0) + timedelta(days=(FRIDAY - now.weekday()) % 7)
    first = first if first > now else first + timedelta(days=7)
    coming = [first + timedelta(days=7 * number) for number in range(8)]
    return next((one for one in coming if times.held.works(one.date(), None)), first)


def _told(due: datetime | None, times: Times, zone: str, language: str) -> str:
    if due is None:
        return phrase("promise.unknown", language)
    return wording.moment(due, zone, times.held.zone, language)
