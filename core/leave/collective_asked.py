"""What a year of collective leave asks of everybody and what becomes of them, counted where the rows lie."""

from datetime import date
from typing import Any

from core import database
from core.leave.collective_days import Year
from core.leave.tables import LeaveDay
from core.leave.types import DAY, Kind

# What the year asks of everybody, counted where the rows lie: by the place they work at today, how many people need so
# many days, and what becomes of them: 0, a lot pays for all; -1, for one at least none does; else whoever it is, to be
# gone through one by one. {cost} adds one for each day that costs where they are that day.
FATED = """
select each_of_them.employment as employment, each_of_them.place as place, each_of_them.need as need, {fate} as fate
from (
  select a.employment as employment, {cost} as need,{lots}
    max(case when a.from_ <= {} and (a."until" is null or a."until" > {}) then a.location end) as place
  from employment e cross join assignment a{joined}
  where e.company = :company and e.joins <= {} and (e.leaves is null or e.leaves >= {})
    and a.company = :company and a.employment = e.id{after}
  group by a.employment
) as each_of_them"""
ASKED = "select place, need, fate, count(*) as people from ({fated}) as fated group by place, need, fate"
WHO = "select employment, need, fate from ({fated}) as fated where fate {fates} order by employment limit {most}"
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


async def tallied(found: Year, today: date, kind: Kind | None) -> list[dict[str, Any]]:
    """How many people at which place need how many days, by what becomes of them."""
    query, values = _built(found, today, kind)
    return _whole(await database.tally(LeaveDay, ASKED.replace("{fated}", query), *values))


async def those(
    found: Year, today: date, kind: Kind | None, *, short: bool, after: int, most: int
) -> list[dict[str, Any]]:
    """Who comes next after this number, with days that suffice or that may not; of whom that isn't sure, they stand in
    both and are to be gone through."""
    query, values = _built(found, today, kind, after)
    query = WHO.replace("{fated}", query).replace("{fates}", "<> 0" if short else ">= 0").replace("{most}", f"{most:d}")
    return _whole(await database.tally(LeaveDay, query, *values))


def _whole(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: row[name] if row[name] is None else int(row[name]) for name in row} for row in rows]


def _built(found: Year, today: date, kind: Kind | None, after: int = 0) -> tuple[str, list[Any]]:
    """The inner statement and its values; of those with a number behind `after`."""
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
    query = (
        FATED.replace("{cost}", cost).replace("{fate}", fate).replace("{lots}", f"\n      {lots_of}" if lots_of else "")
    )
    query = query.replace("{joined}", joined).replace("{after}", f" and e.id > {after:d}" if after else "")
    return query, [*judged, *asked, today, today, *among, today, today]
