"""Leave that was counted before the calendar changed: what it would be counted as now. Nothing changes by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from core import database
from core.calendar import days
from core.leave.tables import LeaveDay

MOST = 100
PEOPLE = """
select d."date" as day, d.counted as counted, a.location as location, e.number as number, p.name as name,
  r.number as request
from leave_day d join assignment a on a.company = :company and a.employment = d.employment
  and a.from_ <= d."date" and (a."until" is null or a."until" > d."date")
join employment e on e.id = d.employment and e.company = :company
join person p on p.id = e.person and p.company = :company
join request r on r.company = :company and r.kind = 'leave_request' and r.subject = d.request
where d.company = :company and d."date" in ({days}) and d.ended_at is null and d.request is not null
order by d."date", p.name limit 5000"""


@dataclass(frozen=True)
class Touched:
    """A day of somebody's leave that the calendar now counts otherwise."""

    day: date
    name: str
    number: str
    request: str
    counted: bool  # as it was written; the calendar now says the opposite


async def touched(today: date, limit: int = MOST) -> Sequence[Touched]:
    """The days of leave from today on that are counted otherwise than the calendar now says."""
    held = await days.calendar()
    special = sorted(day for day in {*held.own, *held.national, *_of_closures(held, today)} if day >= today)[:400]
    if not special:
        return []
    marks = ", ".join("{}" for _ in special)
    rows: list[dict[str, Any]] = await database.tally(LeaveDay, PEOPLE.replace("{days}", marks), *special)
    found = []
    for row in rows:
        day = row["day"] if isinstance(row["day"], date) else date.fromisoformat(row["day"])
        if bool(row["counted"]) != held.works(day, row["location"]):
            found.append(Touched(day, row["name"], row["number"], row["request"], bool(row["counted"])))
    return found[:limit]


def _of_closures(held: days.Calendar, today: date) -> set[date]:
    found: set[date] = set()
    for shut in held.closures:
        day = max(shut.starts.date(), today)
        while shut.ends is not None and day <= shut.ends.date() and len(found) < 400:
            found.add(day)
            day += days.ONE_DAY
    return found
