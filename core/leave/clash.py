"""Who else is away, whether too few would be left, and the nearest dates on which enough are."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from core import clock
from core.leave import blackouts, worked
from core.leave.policy import Period, expand
from core.leave.tables import Blackout, LeaveDay
from core.leave.types import CALENDAR, Kind
from core.people import directory
from core.people.directory import Employee

AHEAD = timedelta(days=70)  # as far as other dates are looked for


@dataclass(frozen=True)
class Team:
    """How a department stands on its emptiest day of a period, the asker gone too."""

    name: str
    people: int
    present: int
    minimum: int
    away: tuple[str, ...]


@dataclass(frozen=True)
class Clash:
    """A day of the period on which fewer than the minimum would be left, and dates of the same length without one."""

    team: str
    people: int
    present: int
    minimum: int
    on: date
    away: tuple[str, ...]
    instead: Period | None


@dataclass(frozen=True)
class Others:
    """The rest of a department, and who of them is away on which day."""

    team: str
    minimum: int
    names: Mapping[int, str]
    gone: Mapping[date, frozenset[int]]

    def present(self, day: date) -> int:
        """How many are in on this day once the asker is away."""
        return len(self.names) - len(self.gone.get(day, frozenset()))


async def others_of(employee: Employee, starts: date, ends: date) -> Others | None:
    """The asker's colleagues and their days away; None where no minimum was set."""
    if employee.department is None or employee.minimum is None or employee.department_name is None:
        return None
    people = {
        one.id: one.first_name for one in await directory.of_department(employee.department) if one.id != employee.id
    }
    gone: dict[date, set[int]] = {}
    if people:
        for row in await LeaveDay.select(LeaveDay.date, LeaveDay.employment).where(
            LeaveDay.employment.is_in(list(people)) & LeaveDay.request.is_not_null() & LeaveDay.ended_at.is_null()
            & (LeaveDay.counted == True) & (LeaveDay.date >= starts) & (LeaveDay.date <= ends)  # noqa: E712
        ):  # fmt: skip
            gone.setdefault(row["date"], set()).add(row["employment"])
    absent = {day: frozenset(who) for day, who in gone.items()}
    return Others(employee.department_name, employee.minimum, people, absent)


async def team(employee: Employee, period: Period) -> Team | None:
    """The asker's department on the emptiest day of the period; None where no minimum was set."""
    others = await others_of(employee, period.starts, period.ends)
    return team_of(others, period.dates()) if others else None


def team_of(others: Others, days: Collection[date]) -> Team:
    """The department on the emptiest of these days."""
    away = sorted({others.names[who] for day in days for who in others.gone.get(day, ())})
    present = min((others.present(day) for day in days), default=len(others.names))
    return Team(others.team, len(others.names) + 1, present, others.minimum, tuple(away))


async def look(employee: Employee, period: Period, *, others: Others | None = None) -> Clash | None:
    """Where too few would be left in this period, with other dates; None where enough are, or nothing was set."""
    today = clock.today(employee.zone)
    ends = max(period.ends, today) + AHEAD
    others = others or await others_of(employee, min(period.starts, today), ends)
    if others is None:
        return None
    names = await worked.names_of(employee, min(period.starts, today), ends)
    works = await worked.works_of(employee)
    counted = [day.date for day in expand(period, names, works) if day.counted]
    worst = min(counted, key=lambda day: (others.present(day), day), default=None)
    if worst is None or others.present(worst) >= others.minimum:
        return None
    free = await _free(employee, others, today, ends)
    instead = nearest(
        period, len(counted), works=lambda day: works(day) and day not in names, free=free, today=today, last=ends
    )
    away = tuple(sorted(others.names[who] for who in others.gone.get(worst, ())))
    return Clash(others.team, len(others.names) + 1, others.present(worst), others.minimum, worst, away, instead)


async def opens(employee: Employee, period: Period, kind: Kind, shut: Blackout) -> Period | None:
    """The nearest dates of the same length on which leave of a kind may be taken again, where some are closed."""
    first = clock.today(employee.zone) + timedelta(days=kind.notice_days)
    ends = max(period.ends, shut.ends, first) + AHEAD
    names = await worked.names_of(employee, min(period.starts, first), ends)
    works = await worked.works_of(employee)
    counted = [day for day in expand(period, names, works, kind.counts) if day.counted]
    free = await _free(employee, await others_of(employee, first, ends), first, ends, kind.code)

    def counts(day: date) -> bool:
        return kind.counts == CALENDAR or (works(day) and day not in names)

    return nearest(period, len(counted), works=counts, free=free, today=first, last=ends)


async def _free(
    employee: Employee, others: Others | None, first: date, last: date, leave_type: str | None = None
) -> Callable[[date], bool]:
    """Which days nothing is in the way of: enough are in, none is the asker's own already, and none is closed."""
    black = await blackouts.holding(employee, first, last, leave_type)
    mine = await _own_days(employee, first, last)

    def free(day: date) -> bool:
        enough = others is None or others.present(day) >= others.minimum
        return enough and day not in mine and not any(one.starts <= day <= one.ends for one in black)

    return free


async def _own_days(employee: Employee, starts: date, ends: date) -> set[date]:
    rows = await LeaveDay.select(LeaveDay.date).where(
        (LeaveDay.employment == employee.id) & LeaveDay.ended_at.is_null() & (LeaveDay.counted == True)  # noqa: E712
        & (LeaveDay.date >= starts) & (LeaveDay.date <= ends)
    )  # fmt: skip
    return {row["date"] for row in rows}


def nearest(
    period: Period, count: int, *, works: Callable[[date], bool], free: Callable[[date], bool], today: date, last: date
) -> Period | None:
    """As many working days with nobody missing: the same weekdays of a later week first, then whatever is nearest."""
    weeks = [period.starts + timedelta(days=7 * week) for week in range(1, (last - period.starts).days // 7 + 1)]
    span = range((last - today).days + 1)
    by_distance = sorted((today + timedelta(days=n) for n in span), key=lambda day: abs((day - period.starts).days))
    for first in [*weeks[:4], *by_distance]:
        found = _stretch(first, count, works, free, last)
        if found is not None and first >= today and found != (period.starts, period.ends):
            return Period(*found, period.part)
    return None


def _stretch(
    first: date, count: int, works: Callable[[date], bool], free: Callable[[date], bool], last: date
) -> tuple[date, date] | None:
    day, left = first, count
    if not works(first):
        return None
    while day <= last:
        if works(day):
            if not free(day):
                return None
            left -= 1
            if left <= 0:
                return first, day
        day += timedelta(days=1)
    return None


def as_facts(clash: Clash) -> dict[str, object]:
    """What is kept of a clash beside the request: numbers and names, no kind of leave."""
    return {
        "on": str(clash.on), "present": clash.present, "minimum": clash.minimum, "people": clash.people,
        "away": list(clash.away),
    }  # fmt: skip
