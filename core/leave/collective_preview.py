"""What posting a year's collective leave would do, before it is done: place by place, and to whom it asks too much."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from core import clock, database
from core.leave import collective, collective_days, ledger
from core.leave.collective_days import Free, Year
from core.leave.plans import Spell
from core.leave.tables import LeaveBalance, LeaveBatch
from core.leave.types import DAY
from core.people import directory
from core.people.directory import DEFAULT_ZONE, Employee
from core.people.tables import Location

# How many days the year asks of everybody, summed where the rows lie: by the place they work at today, how many people
# need so many days, and how many of them have so many. {cost} adds one for each day that costs where they are that day.
ASKED = """
select place as place, need as need, count(*) as people,
  sum(case when coalesce(available, 0) >= need * {} then 1 else 0 end) as enough
from (
  select a.employment as employment, max(b.available) as available, {cost} as need,
    max(case when a.from_ <= {} and (a."until" is null or a."until" > {}) then a.location end) as place
  from employment e cross join assignment a left join leave_balance b
    on b.company = :company and b.employment = a.employment and b.leave_type = {}
  where e.company = :company and e.joins <= {} and (e.leaves is null or e.leaves >= {})
    and a.company = :company and a.employment = e.id
  group by a.employment
) as each_of_them
group by place, need"""
HERE = """e.joins <= {} and (e.leaves is null or e.leaves >= {})
    and a.from_ <= {} and (a."until" is null or a."until" > {})"""
DAY_COSTS = f"case when {HERE}{{not_in}} then 1 else 0 end"
# Nearly everybody is at one place from the first day of it to the last: then the days are not gone through one by one.
COST = f"sum(case when {HERE}\n    then {{whole}} else {{each}} end)"


@dataclass(frozen=True)
class AtPlaces:
    """Places whose calendars say the same of the year: their people, the days it costs, and those it does not."""

    names: tuple[str, ...]
    people: int
    short: int
    days: tuple[tuple[date, str], ...]
    free: tuple[Free, ...]


@dataclass(frozen=True)
class Preview:
    """What posting a year would do: its days still ahead or not yet held, and for how many people they suffice."""

    year: int
    days: tuple[tuple[date, str], ...]
    people: int
    enough: int
    places: tuple[AtPlaces, ...]
    batch: LeaveBatch | None

    @property
    def ahead(self) -> bool:
        """Whether the days that are to pay for it are still to be granted: nobody can be said to have too few."""
        return self.year > clock.today(DEFAULT_ZONE).year

    @property
    def short(self) -> int:
        """How many have fewer days than the year asks of them."""
        return self.people - self.enough

    @property
    def posted(self) -> bool:
        """Whether the year is posted already, and not taken back."""
        return self.batch is not None and self.batch.undone_at is None


@dataclass(frozen=True)
class PersonShort:
    """Somebody whose days do not suffice, and what is left."""

    employee: Employee
    available: int
    missing: int


async def preview(year: int) -> Preview:
    """What posting would do, in figures; writes nothing."""
    today = clock.today(DEFAULT_ZONE)
    found, batch = await collective_days.of_year(year), await collective.batch_of(year)
    posted = batch is not None and batch.undone_at is None
    rows = await _asked(found, today)
    if posted or year > today.year:  # what it asked for is held already, or what is to pay for it is not granted yet
        rows = [{**row, "enough": row["people"]} for row in rows]
    places = await _places(found, rows)
    people, enough = (sum(row[name] for row in rows) for name in ("people", "enough"))
    days = {day: name for one in places for day, name in one.days if day >= today or not posted}
    return Preview(year, tuple(sorted(days.items())), people, enough, places, batch)


async def short_of(year: int, after: int, most: int) -> tuple[Sequence[PersonShort], int | None]:
    """Those among the next so many spells whose days do not suffice, and after which to go on; None at the end."""
    found = await collective_days.of_year(year)
    kind = await collective.kind_of(clock.today(DEFAULT_ZONE))
    people, last = await directory.batch(after, most)
    need = dict.fromkeys((one.id for one in people), 0)
    for whose, _ in await collective_days.due([Spell(one.id, one.joins, one.leaves) for one in people], found):
        need[whose] += DAY
    held = await ledger.projected(list(need))
    left = {one: held.get((one, kind.code if kind else ""), (0, 0, 0))[0] for one in need}
    return [
        PersonShort(one, left[one.id], need[one.id] - left[one.id]) for one in people if left[one.id] < need[one.id]
    ], last


async def _asked(found: Year, today: date) -> list[dict[str, Any]]:
    """How many people need how many days, by the place they work at today."""
    kind = await collective.kind_of(today)
    cost, values = "0", []
    if days := list(found.days):
        each = []
        values = [days[0], days[-1], days[0], days[-1]]
        for day in days:
            free = sorted(place for place, costs in found.costs.items() if day not in costs)
            not_in = f" and a.location not in ({', '.join(str(place) for place in free)})" if free else ""
            each.append(DAY_COSTS.replace("{not_in}", not_in))
            values += [day] * 4
        few = [(place, len(costs)) for place, costs in found.costs.items() if len(costs) < len(days)]
        fewer = "".join(f" when {place} then {number}" for place, number in few)
        whole = f"case a.location{fewer} else {len(days)} end" if fewer else f"{len(days)}"
        cost = COST.replace("{whole}", whole).replace("{each}", " + ".join(each))
    query = ASKED.replace("{cost}", cost)
    rows = await database.tally(
        LeaveBalance, query, DAY, *values, today, today, kind.code if kind else "", today, today
    )
    return [{name: row[name] if row[name] is None else int(row[name]) for name in row} for row in rows]


async def _places(found: Year, rows: Sequence[Mapping[str, Any]]) -> tuple[AtPlaces, ...]:
    """The places where people work, those with the same days together, the most people first."""
    people: dict[int, int] = {}
    short: dict[int, int] = {}
    for row in rows:
        if row["place"] is not None:
            people[row["place"]] = people.get(row["place"], 0) + row["people"]
            short[row["place"]] = short.get(row["place"], 0) + row["people"] - row["enough"]
    names = {row["id"]: row["name"] for row in await Location.select(Location.id, Location.name)}
    alike: dict[Any, list[int]] = {}
    for place in sorted(people, key=lambda one: names[one]):
        alike.setdefault((tuple(found.costs[place].items()), tuple(found.free[place])), []).append(place)
    told = [
        AtPlaces(
            tuple(names[place] for place in some), sum(people[place] for place in some),
            sum(short[place] for place in some), days, free,
        )
        for (days, free), some in alike.items()
    ]  # fmt: skip
    return tuple(sorted(told, key=lambda one: -one.people))
