"""Leave that was counted before the calendar changed: what it would be counted as now. Nothing changes by itself."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from core import database
from core.calendar import days
from core.leave import ledger, types
from core.leave.tables import LeaveDay
from core.people.tables import Location

AT_ONCE = 5000  # days of leave that are read at once
# How days of leave are counted, by day and kind, and then by place where places differ or the calendar says otherwise:
# few rows, however many people are away.
HELD = """
select d."date" as day, d.counted as counted, d.leave_type as kind from leave_day d
where d.company = :company and d."date" >= {} and d.ended_at is null and d.request is not null
group by d."date", d.counted, d.leave_type"""
COUNTED = """
select d."date" as day, d.counted as counted, d.leave_type as kind, a.location as location
from leave_day d join assignment a on a.company = :company and a.employment = d.employment
  and a.from_ <= d."date" and (a."until" is null or a."until" > d."date")
where d.company = :company and d."date" in ({days}) and d.ended_at is null and d.request is not null
group by d."date", d.counted, d.leave_type, a.location"""
# By the index of days ("+ 0"): by that of requests every leave there ever was would be gone through.
PEOPLE = """
select d."date" as day, d.counted as counted, d.fraction as cost, d.leave_type as kind, d.request as leave,
  a.location as location, e.id as employment, e.number as number, p.name as name, r.number as request,
  l.starts as starts, l.ends as ends
from leave_day d join assignment a on a.company = :company and a.employment = d.employment
  and a.from_ <= d."date" and (a."until" is null or a."until" > d."date")
join employment e on e.id = d.employment and e.company = :company
join person p on p.id = e.person and p.company = :company
join leave_request l on l.id = d.request and l.company = :company
join request r on r.company = :company and r.kind = 'leave_request' and r.subject = d.request
where d.company = :company and d."date" in ({days}) and d.ended_at is null and d.request + 0 > {}
order by d.request, d."date" limit {limit}"""


@dataclass(frozen=True)
class Touched:
    """A leave of which the calendar now counts some days otherwise."""

    leave: int
    request: str  # its number, as people know it
    employment: int
    kind: str
    name: str
    number: str  # of the employee
    starts: date
    ends: date
    free: tuple[date, ...]  # were counted, and are days off now
    worked: tuple[date, ...]  # were days off, and are worked now
    more: int  # thousandths of a day that it would cost more than now; negative gives back


async def touched(today: date, *, after: int = 0, only: Collection[str] = ()) -> Sequence[Touched]:
    """The leaves with days from today on that are counted otherwise than the calendar now says, oldest first.

    `after` is the leave after which to go on; `only` are the numbers of the requests that are meant, all when empty.
    Kinds that count calendar days are never among them: a holiday makes no difference there.
    """
    held = await days.calendar()
    counting = {one.code for one in await types.every() if one.counts == types.WORKING}
    places = await Location.select(Location.id).output(as_list=True)
    doubtful = {
        day
        for row in await database.tally(LeaveDay, HELD, today)
        if row["kind"] in counting
        and any(held.works(day := _date(row["day"]), place) != bool(row["counted"]) for place in places)
    }
    wrong = set()
    for part in ledger.in_parts(sorted(doubtful)):
        for row in await database.tally(LeaveDay, COUNTED.replace("{days}", ", ".join("{}" for _ in part)), *part):
            if row["kind"] in counting and bool(row["counted"]) != held.works(_date(row["day"]), row["location"]):
                wrong.add((_date(row["day"]), bool(row["counted"]), row["kind"], row["location"]))
    if not wrong:
        return []
    on = sorted({day for day, *_ in wrong})[:400]
    marks = ", ".join("{}" for _ in on)
    query = PEOPLE.replace("{days}", marks).replace("{limit}", str(AT_ONCE))
    rows = await database.tally(LeaveDay, query, *on, after)
    of_leave: dict[int, list[dict[str, Any]]] = {}
    # Of the last leave some days may not have been read: it comes with the next.
    cut = rows[-1]["leave"] if len(rows) == AT_ONCE else None
    for row in rows:
        if row["leave"] == cut:
            break
        if (_date(row["day"]), bool(row["counted"]), row["kind"], row["location"]) in wrong:
            of_leave.setdefault(row["leave"], []).append(row)
    return [_touched(some) for some in of_leave.values() if not only or some[0]["request"] in only]


def _touched(rows: Sequence[dict[str, Any]]) -> Touched:
    one = rows[0]
    return Touched(
        leave=one["leave"], request=one["request"], employment=one["employment"], kind=one["kind"], name=one["name"],
        number=one["number"], starts=_date(one["starts"]), ends=_date(one["ends"]),
        free=tuple(_date(row["day"]) for row in rows if row["counted"]),
        worked=tuple(_date(row["day"]) for row in rows if not row["counted"]),
        more=sum(-row["cost"] if row["counted"] else row["cost"] for row in rows),
    )  # fmt: skip


def _date(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)
