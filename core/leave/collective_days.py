"""Which days of collective leave cost whom a day: those on which the place where they work would be open otherwise.

A place may have its own week, its own holidays and its own word on a decreed day (`core/calendar`), so a year's days
are asked of each place; a person's are those of the place they work at on that very day, planned moves included.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core import bulk
from core.calendar import days as calendar_days
from core.calendar.days import Calendar
from core.leave.plans import Spell
from core.people.tables import Assignment, Location

HOLIDAY, WORKED, NO_WORKDAY = "holiday", "worked", "no_workday"


@dataclass(frozen=True)
class Free:
    """A collective day that costs nothing at a place, and why: a holiday there, worked there, or never worked there."""

    date: date
    why: str
    name: str | None = None  # of the holiday that it is there


@dataclass(frozen=True)
class Year:
    """The collective days of a year by place: their names where they cost a day, and why they do not elsewhere."""

    costs: Mapping[int, Mapping[date, str]]
    free: Mapping[int, Sequence[Free]]

    @property
    def days(self) -> dict[date, str]:
        """Every day that costs somebody something, with its name, in order."""
        found = {day: name for place in self.costs.values() for day, name in place.items()}
        return dict(sorted(found.items()))


async def of_year(year: int) -> Year:
    """A year's collective days as this company's calendar has them, at each of its places."""
    held = await calendar_days.calendar()
    listed = _listed(held, year)
    costs: dict[int, dict[date, str]] = {}
    free: dict[int, list[Free]] = {}
    for row in await Location.select(Location.id).order_by(Location.id):
        place = row["id"]
        costs[place] = {day: name for day in listed if (name := _name_at(held, day, place)) is not None}
        free[place] = [_free_at(held, day, place) for day in listed if day not in costs[place]]
    everywhere = {one.date for one in free[min(free)]} if free else set()
    everywhere = everywhere.intersection(*({one.date for one in some} for some in free.values()))
    # What costs nobody anything, such as a decreed day on a Sunday, is no collective day of this company at all.
    return Year(costs, {place: [one for one in some if one.date not in everywhere] for place, some in free.items()})


async def days_of(year: int, location: int | None = None) -> list[tuple[date, str]]:
    """The collective days of a year that cost a day at a place; without one, as the company's own calendar has them."""
    held = await calendar_days.calendar()
    return [(day, name) for day in _listed(held, year) if (name := _name_at(held, day, location)) is not None]


async def due(spells: Sequence[Spell], year: Year) -> dict[tuple[int, date], str]:
    """The collective days that cost these people a day, by whose and when, with the day's name."""
    days = year.days
    if not days or not spells:
        return {}
    rows = await Assignment.select(Assignment.employment, Assignment.from_, Assignment.location).where(
        bulk.among(Assignment.employment, [one.id for one in spells]) & (Assignment.from_ <= max(days))
    ).order_by(Assignment.from_)  # fmt: skip
    moves: dict[int, list[tuple[date, int]]] = {}
    for row in rows:
        moves.setdefault(row["employment"], []).append((row["from_"], row["location"]))
    found: dict[tuple[int, date], str] = {}
    for one in spells:
        for day in (day for day in days if one.joins <= day <= (one.leaves or day)):
            place = next((place for from_, place in reversed(moves.get(one.id, [])) if from_ <= day), None)
            name = year.costs.get(place, {}).get(day) if place is not None else None
            if name is not None:
                found[one.id, day] = name
    return found


def _listed(held: Calendar, year: int) -> list[date]:
    """The days that are collective somewhere: by the national list, or by a word of the company's own."""
    own = {day for day, some in held.own.items() for one in some if one.off and one.off.kind == "collective"}
    national = {day for day, one in held.national.items() if one.kind == "collective"}
    return sorted(day for day in own | national if day.year == year)


def _name_at(held: Calendar, day: date, place: int | None) -> str | None:
    """What the day is called where it takes the place of a working day; None where it does not."""
    off = held.off(day, place)
    if off is None or off.kind != "collective" or not held.week(day, place).get(day.weekday()):
        return None
    return off.name_id


def _free_at(held: Calendar, day: date, place: int) -> Free:
    off = held.off(day, place)
    if off is not None and off.kind != "collective":
        return Free(day, HOLIDAY, off.name_id)
    return Free(day, WORKED if off is None and held.works(day, place) else NO_WORKDAY)
