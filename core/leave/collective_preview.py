"""What posting a year's collective leave would do, before it is done: place by place, and to whom it asks too much."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from core import bulk, clock, database
from core.leave import collective, collective_days, collective_pay, ledger, lots
from core.leave.collective_days import Free, Year
from core.leave.plans import Spell
from core.leave.tables import LeaveBatch, LeaveDay
from core.leave.types import DAY, Kind
from core.people import directory
from core.people.directory import DEFAULT_ZONE, Employee
from core.people.names import natural
from core.people.tables import Employment, Location

# What the year asks of everybody, counted where the rows lie: by the place they work at today, how many people need so
# many days, and what becomes of them: 0, a lot pays for all; -1, for one at least none does; else whoever it is, to be
# gone through one by one. {cost} adds one for each day that costs where they are that day.
ASKED = """
select place as place, need as need, fate as fate, count(*) as people from (
  select each_of_them.place as place, each_of_them.need as need, {fate} as fate
  from (
    select a.employment as employment, {cost} as need,{lots}
      max(case when a.from_ <= {} and (a."until" is null or a."until" > {}) then a.location end) as place
    from employment e cross join assignment a{joined}
    where e.company = :company and e.joins <= {} and (e.leaves is null or e.leaves >= {})
      and a.company = :company and a.employment = e.id
    group by a.employment
  ) as each_of_them
) as fated
group by place, need, fate"""
HERE = """e.joins <= {} and (e.leaves is null or e.leaves >= {})
    and a.from_ <= {} and (a."until" is null or a."until" > {})"""
DAY_COSTS = f"case when {HERE}{{not_in}} then 1 else 0 end"
# Nearly everybody is at one place from the first day of it to the last: then the days are not gone through one by one.
COST = f"sum(case when {HERE}\n    then {{whole}} else {{each}} end)"
# The lots that may pay for some day of the year, or hold days today; `main` may pay for every day its owner is here.
LOTS = """max(l.live) as live, max(l.many) as many, max(l.main) as main,
      max(b.available) as available,"""
JOINED = """ left join (
      select o.employment as employment, count(*) as live,
        sum(case when o.valid_to >= {} and o.valid_from <= {} then 1 else 0 end) as many,
        max(case when o.origin in ('annual', 'carry')
        and (o.valid_from <= {} or o.valid_from <= x.joins) and (o.valid_to >= {} or o.valid_to >= x.leaves)
        then o.id end) as main
      from lot o join employment x on x.id = o.employment
      where o.company = :company and x.company = :company
        and o.leave_type = {} and o.valid_to >= {} and o.valid_from <= {}
      group by o.employment
    ) as l on l.employment = a.employment
    left join leave_balance b on b.company = :company and b.employment = a.employment and b.leave_type = {}"""
# Who is away or worked on one of the days owes it nothing; several lots may pay together what none pays alone.
FATE = """case when need = 0 or live = 1 and main is not null and available >= need * {} then 0
    when (select sum(n.quantity) from leave_entry n where n.company = :company and n.lot = main) >= need * {} then 0
    when (many is null or many = 0 or many = 1 and main is not null) and not exists (
      select 1 from leave_day d where d.company = :company and d.employment = each_of_them.employment
        and d.date in ({days}) and (d.ended_at is null and d.counted or exists (
          select 1 from worked_day w where w.company = :company and w.leave_day = d.id))) then -1
    else each_of_them.employment end"""


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
    payer: Kind | None  # the kind of leave that pays; where none does, posting would hold nothing

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
    """Somebody with days that no lot pays for: what is left, those days, and what lending would make of it."""

    employee: Employee
    available: int
    missing: int
    lent_to: int  # what would be left if it were lent: below nothing
    beyond: int  # of what is missing, what cannot be lent either: no lot is valid on those days


async def preview(year: int) -> Preview:
    """What posting would do, in figures; writes nothing."""
    today = clock.today(DEFAULT_ZONE)
    found, batch = await collective_days.of_year(year), await collective.batch_of(year)
    posted = batch is not None and batch.undone_at is None
    # Otherwise what it asked for is held already, or what is to pay for it is not granted yet.
    kind = None if posted or year > today.year else await collective.kind_of(today)
    rows = await _asked(found, today, kind)
    places = await _places(found, rows)
    people, enough = (sum(row[name] for row in rows) for name in ("people", "enough"))
    days = {day: name for one in places for day, name in one.days if day >= today or not posted}
    return Preview(year, tuple(sorted(days.items())), people, enough, places, batch, await collective.payer_of(year))


async def short_of(year: int, after: int, most: int) -> tuple[Sequence[PersonShort], int | None]:
    """Those among the next so many spells whose days do not suffice, and after which to go on; None at the end."""
    today = clock.today(DEFAULT_ZONE)
    people, last = await directory.batch(after, most)
    kind = await collective.kind_of(today)
    if kind is None:
        return [], last
    found = await collective_days.of_year(year)
    owing = await collective_pay.outcomes(kind, [Spell(one.id, one.joins, one.leaves) for one in people], found, today)
    left = await lots.balances(list(owing), kind.code)
    return [
        PersonShort(
            one, left.get(one.id, 0), owing[one.id].missing, left.get(one.id, 0) - owing[one.id].lent,
            owing[one.id].beyond,
        )
        for one in people
        if one.id in owing
    ], last  # fmt: skip


async def _asked(found: Year, today: date, kind: Kind | None) -> list[dict[str, Any]]:
    """How many people need how many days, by the place they work at today, and how many of them have them."""
    rows: dict[tuple[int | None, int], dict[str, Any]] = {}
    unsure: dict[int, dict[str, Any]] = {}
    for row in await _tallied(found, today, kind):
        one = rows.setdefault((row["place"], row["need"]), {**row, "people": 0, "enough": 0})
        one["people"] += row["people"]
        one["enough"] += row["people"] if row["fate"] >= 0 else 0
        if row["fate"] > 0:
            unsure[row["fate"]] = one
    for some in ledger.in_parts(sorted(unsure)):
        spells = await Employment.select(Employment.id, Employment.joins, Employment.leaves).where(
            bulk.among(Employment.id, some)
        )
        assert kind is not None
        for whose in await collective_pay.outcomes(kind, [Spell(**row) for row in spells], found, today):
            unsure[whose]["enough"] -= 1
    return list(rows.values())


async def _tallied(found: Year, today: date, kind: Kind | None) -> list[dict[str, Any]]:
    days = list(found.days)
    cost, fate, lots_of, joined = "0", "0", "", ""
    asked: list[Any] = []
    among: list[Any] = []
    judged: list[Any] = []
    if days:
        each = []
        asked = [days[0], days[-1], days[0], days[-1]]
        for day in days:
            free = sorted(place for place, costs in found.costs.items() if day not in costs)
            not_in = f" and a.location not in ({', '.join(str(place) for place in free)})" if free else ""
            each.append(DAY_COSTS.replace("{not_in}", not_in))
            asked += [day] * 4
        few = [(place, len(costs)) for place, costs in found.costs.items() if len(costs) < len(days)]
        fewer = "".join(f" when {place} then {number}" for place, number in few)
        whole = f"case a.location{fewer} else {len(days)} end" if fewer else f"{len(days)}"
        cost = COST.replace("{whole}", whole).replace("{each}", " + ".join(each))
    if days and kind is not None:
        fate, lots_of, joined = FATE.replace("{days}", ", ".join(["{}"] * len(days))), LOTS, JOINED
        first, last = min(days[0], today), max(days[-1], today)
        judged, among = [DAY, DAY, *days], [*[days[0], days[-1]] * 2, kind.code, first, last, kind.code]
    query = ASKED.replace("{cost}", cost).replace("{fate}", fate)
    query = query.replace("{lots}", f"\n      {lots_of}" if lots_of else "").replace("{joined}", joined)
    rows = await database.tally(LeaveDay, query, *judged, *asked, today, today, *among, today, today)
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
    for place in sorted(people, key=lambda one: natural(names[one])):
        alike.setdefault((tuple(found.costs[place].items()), tuple(found.free[place])), []).append(place)
    told = [
        AtPlaces(
            tuple(names[place] for place in some), sum(people[place] for place in some),
            sum(short[place] for place in some), days, free,
        )
        for (days, free), some in alike.items()
    ]  # fmt: skip
    return tuple(sorted(told, key=lambda one: -one.people))
