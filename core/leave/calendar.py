"""Who is away, by department and day: counted in one statement, so that it costs the same for twenty as for thousands.

Nothing here says why somebody is away: the kind of leave is nobody's business but theirs and HR's.
"""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from core import database
from core.calendar import days
from core.leave.tables import LeaveDay
from core.people.directory import Employee
from core.people.names import natural
from core.people.tables import Department

ONE_DAY = timedelta(days=1)
DEEPEST = 12  # levels of heads under a head
NOWHERE = 0  # the row of those who are in no department

# Those under a head, at every level, by the heads of today.
LINE = """
with recursive line(employment, depth) as (
  select a.employment, 1 from assignment a
  where a.company = :company and a.manager = {} and a."until" is null
  union
  select b.employment, line.depth + 1 from assignment b join line on b.manager = line.employment
  where b.company = :company and b."until" is null and line.depth < {}
)"""
OF_LINE = " and {column} in (select employment from line)"
AWAY = """
select d."date" as day, a.department as department, count(distinct d.employment) as away
from leave_day d join assignment a on a.company = :company and a.employment = d.employment
  and a.from_ <= d."date" and (a."until" is null or a."until" > d."date")
where d.company = :company and d."date" >= {} and d."date" <= {} and d.ended_at is null and d.counted
  and d.request is not null"""
# Who is there from when to when within a month; nearly everybody is there all of it, and they are one row.
PEOPLE = """
select department as department, begins as begins, ends as ends, leaves as leaves, count(*) as people from (
  select a.department as department,
    case when a.from_ > {} and a.from_ >= e.joins then a.from_ when e.joins > {} then e.joins end as begins,
    case when a."until" <= {} then a."until" end as ends, case when e.leaves < {} then e.leaves end as leaves
  from assignment a join employment e on e.id = a.employment
  where a.company = :company and e.company = :company and a.from_ <= {} and (a."until" is null or a."until" > {})
    and e.joins <= {} and (e.leaves is null or e.leaves >= {})"""
BY_SPAN = ") as there group by department, begins, ends, leaves"
NAMES = """
select e.number as number, p.name as name, d.part as part, d.employment as employment, r.state as state
from leave_day d join assignment a on a.company = :company and a.employment = d.employment
  and a.from_ <= d."date" and (a."until" is null or a."until" > d."date")
join employment e on e.id = d.employment and e.company = :company
join person p on p.id = e.person and p.company = :company
left join request r on r.company = :company and r.kind = 'leave_request' and r.subject = d.request
where d.company = :company and d."date" = {} and d.ended_at is null and d.counted and d.request is not null"""

# One's own department, and those under one; what nobody has decided yet is not told to colleagues.
AROUND = (
    LINE
    + """
select d."date" as day, d.part as part, d.employment as employment, p.name as name
from leave_day d join assignment a on a.company = :company and a.employment = d.employment
  and a.from_ <= d."date" and (a."until" is null or a."until" > d."date")
join employment e on e.id = d.employment and e.company = :company
join person p on p.id = e.person and p.company = :company
left join request r on r.company = :company and r.kind = 'leave_request' and r.subject = d.request
where d.company = :company and d."date" >= {} and d."date" <= {} and d.ended_at is null and d.counted
  and d.request is not null and d.employment <> {} and (r.state is null or r.state not in ('in_review', 'returned'))
  and (a.department = {} or d.employment in (select employment from line))
order by p.name, d.employment, d."date" """
)


@dataclass(frozen=True)
class Looked:
    """What somebody looks at: a month, in one place or all, of everybody or of those under one head."""

    first: date
    location: int | None = None
    head: int | None = None  # an employment

    @property
    def last(self) -> date:
        """The last day of the month."""
        return self.first.replace(day=monthrange(self.first.year, self.first.month)[1])

    @property
    def dates(self) -> list[date]:
        """Every day of the month."""
        return [self.first + number * ONE_DAY for number in range((self.last - self.first).days + 1)]


@dataclass(frozen=True)
class Row:
    """A department, how many it has and how many of them are away on which day, of those who are looked at; and of the
    whole of it. Who joins or leaves within the month counts on the days they are there."""

    department: int
    name: str | None
    people: int  # today, or on the day of the month that is nearest to it
    minimum: int | None
    there: Mapping[date, int]
    away: Mapping[date, int]
    whole: Mapping[date, int]
    gone: Mapping[date, int]

    def thin(self, day: date) -> bool:
        """Whether fewer than the minimum would be left: of the whole department, however few of it are looked at."""
        return self.minimum is not None and self.whole.get(day, 0) - self.gone.get(day, 0) < self.minimum


@dataclass(frozen=True)
class Month:
    """The whole heat-map: its rows, the sum of each day, the days nobody works and why."""

    looked: Looked
    rows: Sequence[Row]
    away: Mapping[date, int]
    people: int
    free: Mapping[date, days.DayOff | None]  # a weekend has no reason of its own


@dataclass(frozen=True)
class Absent:
    """Somebody who is away that day; never why."""

    number: str
    name: str
    part: str | None
    pending: bool


@dataclass(frozen=True)
class Gone:
    """A colleague and the days on which they are away, `am` or `pm` beside those that are half; never why."""

    name: str
    days: Sequence[tuple[date, str | None]]


async def around(me: Employee, first: date, last: date) -> list[Gone]:
    """Who is away between two days of one's own department and of those under one, at every level, by name."""
    values = [me.id, DEEPEST, first, last, me.id, NOWHERE if me.department is None else me.department]
    found: dict[int, tuple[str, dict[date, str | None]]] = {}
    for row in await database.tally(LeaveDay, AROUND, *values):
        _, gone = found.setdefault(row["employment"], (row["name"], {}))
        on = _day(row["day"])
        gone[on] = None if on in gone else row["part"]  # two halves are a day
    return [Gone(name, sorted(gone.items())) for name, gone in found.values()]


async def month(looked: Looked, today: date) -> Month:
    """Who is away in a month, by department, in a constant number of statements."""
    at = min(max(today, looked.first), looked.last)
    counted, strength = await _counted(looked)
    gone, whole = counted, strength
    if looked.location is not None or looked.head is not None:
        gone, whole = await _counted(Looked(looked.first))
    named = {row["id"]: row for row in await Department.select(Department.id, Department.name, Department.minimum)}
    rows = [
        Row(
            one, named[one]["name"] if one in named else None, strength.get(one, {}).get(at, 0),
            named[one]["minimum"] if one in named else None, strength.get(one, {}), counted.get(one, {}),
            whole.get(one, {}), gone.get(one, {}),
        )
        for one in {*counted, *strength}
    ]  # fmt: skip
    held = await days.calendar()
    sums = {day: sum(row.away.get(day, 0) for row in rows) for day in looked.dates}
    free = {day: held.off(day, looked.location) for day in looked.dates if not held.works(day, looked.location)}
    rows.sort(key=lambda row: (row.name is None, natural(row.name or "")))
    return Month(looked, rows, sums, sum(row.people for row in rows), free)


async def _counted(looked: Looked) -> tuple[dict[int, dict[date, int]], dict[int, dict[date, int]]]:
    """How many of each department are away on which day, and how many it has."""
    counted: dict[int, dict[date, int]] = {}
    for row in await _tally(
        AWAY, looked, [looked.first, looked.last], "d.employment", ' group by d."date", a.department'
    ):
        counted.setdefault(row["department"] or NOWHERE, {})[_day(row["day"])] = row["away"]
    first, last = looked.first, looked.last
    spans = [first, first, last, last, last, first, last, first]
    strength: dict[int, dict[date, int]] = {}
    for row in await _tally(PEOPLE, looked, spans, "a.employment", BY_SPAN):
        there = strength.setdefault(row["department"] or NOWHERE, {})
        begins = _day(row["begins"]) if row["begins"] else first
        ends = min(_day(row["ends"]) - ONE_DAY if row["ends"] else last, _day(row["leaves"]) if row["leaves"] else last)
        for day in looked.dates[(begins - first).days : (ends - first).days + 1]:
            there[day] = there.get(day, 0) + row["people"]
    return counted, strength


async def names(looked: Looked, department: int, day: date, limit: int) -> list[Absent]:
    """Who of a department is away on a day, by name."""
    where = " and a.department is null" if department == NOWHERE else " and a.department = {}"
    values: list[Any] = [day] if department == NOWHERE else [day, department]
    found = await _tally(NAMES + where, looked, values, "d.employment", f" order by p.name, e.number limit {limit:d}")
    once = {row["employment"]: row for row in found}  # two halves, or two versions of a request, are one person
    return [
        Absent(row["number"], row["name"], row["part"], row["state"] in ("in_review", "submitted", "returned"))
        for row in once.values()
    ]


async def _tally(sql: str, looked: Looked, values: Sequence[Any], column: str, ending: str) -> list[dict[str, Any]]:
    """One of the statements above, for the place and the head that are looked at."""
    asked, given = sql, list(values)
    if looked.location is not None:
        asked, given = asked + " and a.location = {}", [*given, looked.location]
    if looked.head is not None:
        asked = LINE + asked + OF_LINE.replace("{column}", column)
        given = [looked.head, DEEPEST, *given]
    return await database.tally(LeaveDay, asked + ending, *given)


def _day(stored: Any) -> date:
    return stored if isinstance(stored, date) else date.fromisoformat(stored)
