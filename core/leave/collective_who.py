"""Who is behind the figures of a preview of collective leave: a page of those whose days suffice, or do not."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from core import bulk, clock
from core.leave import collective, collective_asked, collective_days, collective_pay, lots
from core.leave.collective_days import Year
from core.leave.collective_pay import Outcome
from core.leave.plans import Spell
from core.leave.types import DAY, Kind
from core.people import directory
from core.people.directory import DEFAULT_ZONE, Employee
from core.people.tables import Employment

ENOUGH, SHORT = "enough", "short"
OUTCOMES = (ENOUGH, SHORT)
MOST = 500  # gone through at a time where most of those in question turn out otherwise


@dataclass(frozen=True)
class Told:
    """Somebody of whom a year asks so much, on the days they aren't away: what they have, what no lot pays for, what
    lending would leave."""

    employee: Employee
    asked: int
    available: int
    missing: int = 0
    lent: int = 0
    beyond: int = 0  # of what is missing, what cannot be lent either: no lot is valid on those days

    @property
    def left(self) -> int:
        """What is left where the days suffice."""
        return self.available - self.asked

    @property
    def lent_to(self) -> int:
        """What would be left if it were lent: below nothing."""
        return self.available - self.lent


async def who(year: int, outcome: str, after: int, most: int) -> tuple[Sequence[Told], int | None]:
    """The next of those with this outcome, by number of their spell, and after which to go on; None at the end.

    Whom the preview counts by a sum alone is gone through by the same rules, so that both name the same people.
    """
    today = clock.today(DEFAULT_ZONE)
    kind, found = await collective.kind_of(today), await collective_days.of_year(year)
    if kind is None or not found.days:
        return [], None
    rows: list[tuple[int, Outcome | None]] = []
    at, size = after, most + 1
    while len(rows) <= most:
        some = await collective_asked.those(found, today, kind, short=outcome == SHORT, after=at, most=size)
        unsure = await _spells([row["employment"] for row in some if row["fate"] != 0])
        owing = await collective_pay.outcomes(kind, unsure, found, today)
        rows += [
            (row["employment"], owing.get(row["employment"]))
            for row in some
            if (row["employment"] in owing) == (outcome == SHORT)
        ]
        if len(some) < size:
            break
        at, size = some[-1]["employment"], MOST
    shown = [spell for spell, _ in rows[:most]]
    return await _told(rows[:most], kind, found), shown[-1] if len(rows) > most else None


async def _told(rows: Sequence[tuple[int, Outcome | None]], kind: Kind, found: Year) -> list[Told]:
    numbers = [spell for spell, _ in rows]
    spells = await _spells(numbers)
    wanted = await collective_pay.open_days(spells, await collective_days.due(spells, found), batch=0)
    asked = Counter(spell.id for spell, _ in wanted)
    whom = {one.id: one for one in await directory.several(numbers)}
    have = await lots.balances(numbers, kind.code)
    return [
        Told(whom[spell], asked[spell] * DAY, have.get(spell, 0), *((one.missing, one.lent, one.beyond) if one else ()))
        for spell, one in rows
    ]


async def _spells(numbers: Sequence[int]) -> list[Spell]:
    rows = await Employment.select(Employment.id, Employment.joins, Employment.leaves).where(
        bulk.among(Employment.id, numbers)
    )
    return [Spell(**row) for row in rows]
