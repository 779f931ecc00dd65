"""What posting a year's collective leave would do, before it is done: place by place, and to whom it asks too much."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from core import bulk, clock
from core.leave import collective, collective_asked, collective_days, collective_pay, ledger
from core.leave.collective_days import Free, Year
from core.leave.plans import Spell
from core.leave.tables import LeaveBatch
from core.leave.types import Kind
from core.people.directory import DEFAULT_ZONE
from core.people.names import natural
from core.people.tables import Employment, Location


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


async def _asked(found: Year, today: date, kind: Kind | None) -> list[dict[str, Any]]:
    """How many people need how many days, by the place they work at today, and how many of them have them."""
    rows: dict[tuple[int | None, int], dict[str, Any]] = {}
    unsure: dict[int, dict[str, Any]] = {}
    for row in await collective_asked.tallied(found, today, kind):
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
