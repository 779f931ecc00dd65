"""What a night does with leave, and for each night that was missed: in the order of the days, by the rules of each.

Grants, lapses, what is carried, collective days and what lies after a last day hang together: a late night that looked
only at today would carry by today's rule, pay for a day with what was granted after it, or forget a whole year. So each
employee's last night is kept, and the days since on which anything can have happened are made up for one by one.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from piccolo.query.functions import Min

from core import bulk, clock, jobs
from core.leave import collective, collective_days, documents, lapses, leaving, ledger, plans, types
from core.leave.dates import leave_year
from core.leave.plans import FAILED, PLANNED, Spell
from core.leave.tables import AccrualLine, LeaveNight, LeaveType, Lot
from core.leave.types import Kind
from core.people.directory import DEFAULT_ZONE
from core.people.tables import Assignment, Employment

MORNING = time(8, 0)  # nobody is woken for a paper
A_DAY = timedelta(days=1)
NEVER = date.max


async def catch_up(spells: Sequence[Spell], today: date) -> None:
    """Bring these people's leave up to today, by way of every night that was missed; those who left, up to their end.

    Whoever was never brought begins today.
    """
    rows = await LeaveNight.select(LeaveNight.employment, LeaveNight.day).where(
        bulk.among(LeaveNight.employment, [one.id for one in spells])
    )
    since = {row["employment"]: row["day"] for row in rows}
    since = {one.id: min(since.get(one.id, today), today) for one in spells}
    at_work = [one for one in spells if one.joins <= today <= (one.leaves or today)]
    done = min(since.values(), default=today)
    while (day := await _next(spells, done, today)) is not None:
        missed = [one for one in spells if since[one.id] < day and one.joins <= day <= (one.leaves or day)]
        await _bring(missed, day, await _rules(day))
        await _after_last_day(spells, day)
        done = day
    now = await types.every(today)
    if done < today and (early := await _rules(today)) != now:
        # A rule was published between midnight and now: what the night would have done goes by the one before.
        await _bring([one for one in at_work if since[one.id] < today], today, early)
    await _bring(at_work, today, now)
    await _after_last_day(spells, today)
    await _papers([one.id for one in at_work], min([today - A_DAY, *since.values()]), today)
    await _keep([one.id for one in spells], {row["employment"] for row in rows}, today)


async def bring(spells: Sequence[Spell], today: date) -> None:
    """Do for these people what the night of this one day does."""
    await _bring(spells, today, await types.every(today))
    await _papers([one.id for one in spells], today - A_DAY, today)


async def stretch(after: int, most: int) -> tuple[Mapping[date, Sequence[Spell]], int | None]:
    """The next `most` spells after this one by what day it is where they work, and after which to go on; None at the
    end. Who left, or is still to come, is among them."""
    rows = (
        await Employment.select(Employment.id, Employment.joins, Employment.leaves)
        .where(Employment.id > after)
        .order_by(Employment.id)
        .limit(most)
    )
    if not rows:
        return {}, None
    works = await Assignment.select(Assignment.employment, Assignment.from_, Assignment.location.zone).where(
        (Assignment.employment >= rows[0]["id"]) & (Assignment.employment <= rows[-1]["id"])
    ).order_by(Assignment.from_)  # fmt: skip
    today = {zone: clock.today(zone) for zone in {DEFAULT_ZONE, *(row["location.zone"] for row in works)}}
    zones = {row["employment"]: row["location.zone"] for row in works if row["from_"] <= today[row["location.zone"]]}
    found: dict[date, list[Spell]] = {}
    for row in rows:
        day = today[zones.get(row["id"], DEFAULT_ZONE)]
        found.setdefault(day, []).append(Spell(row["id"], row["joins"], row["leaves"]))
    return found, rows[-1]["id"] if len(rows) == most else None


async def _bring(spells: Sequence[Spell], day: date, rules: Sequence[Kind]) -> None:
    if not spells:
        return
    whose = [one.id for one in spells]
    await plans.grant(spells, day, rules)
    await lapses.lapse(whose, day, rules)
    await collective.cover(spells, day, rules=rules)
    await collective.take(whose, day)


async def _after_last_day(spells: Sequence[Spell], day: date) -> None:
    left: Mapping[int, date] = {one.id: one.leaves for one in spells if one.leaves is not None and one.leaves < day}
    await plans.skip_for_leavers(left)
    await leaving.give_back(left, day)


async def _rules(day: date) -> list[Kind]:
    return await types.every(day, known=lapses.at_night(day))


async def _next(spells: Sequence[Spell], done: date, today: date) -> date | None:
    """The next day before today on which a night has anything to do that the one before had not."""
    if today - done <= A_DAY:
        return None
    whose = [one.id for one in spells]
    found = {one.joins for one in spells} | {one.leaves + A_DAY for one in spells if one.leaves is not None}
    rows = await LeaveType.select(LeaveType.from_, LeaveType.terms).where(LeaveType.published_at.is_not_null())
    # Among hundreds nearly every day is somebody's anniversary, which matters only where a kind goes by it.
    bases = {one.basis for one in types.shipped()} | {json.loads(row["terms"]).get("basis", "calendar") for row in rows}
    for basis in bases:
        found |= {leave_year(one.joins, done, basis).ends + A_DAY for one in spells if one.joins <= done}
    found |= {row["from_"] for row in rows} | {one.from_ for one in types.shipped()}
    for year in range(done.year, today.year + 1):
        found |= set((await collective_days.of_year(year)).days)
    line = await AccrualLine.select(Min(AccrualLine.due).as_alias("day")).where(
        bulk.among(AccrualLine.employment, whose)
        & AccrualLine.state.is_in([PLANNED, FAILED])
        & (AccrualLine.due > done)
    )
    lot = await Lot.select(Min(Lot.valid_to).as_alias("day")).where(
        bulk.among(Lot.employment, whose) & (Lot.valid_to >= done)
    )
    found |= {_date(row["day"]) for row in line if row["day"]}
    found |= {_date(row["day"]) + A_DAY for row in lot if row["day"] and _date(row["day"]) < today}
    return min((day for day in found if done < day < today), default=None)


async def _papers(whose: Collection[int], since: date, today: date) -> None:
    """Have those reminded this morning whose paper was expected since the last night."""
    for leave in await documents.due(whose, since, today):
        morning = datetime.combine(today, MORNING, ZoneInfo(DEFAULT_ZONE))
        await jobs.enqueue("leave.remind_paper", leave.id, run_at=morning, dedupe=f"paper:{leave.company}:{leave.id}")


async def _keep(whose: Sequence[int], known: Collection[int], today: date) -> None:
    """Write down that these people were brought up to today."""
    for some in ledger.in_parts([one for one in whose if one in known]):
        await LeaveNight.update({LeaveNight.day: today}).where(
            bulk.among(LeaveNight.employment, some) & (LeaveNight.day < today)
        )
    await bulk.insert(LeaveNight, [{"employment": one, "day": today} for one in whose if one not in known])


def _date(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)
