"""A new list of holidays, as a decree gives it: read, compared with what holds, and taken as one version.

The format is that of `holidays.csv`. Only the years that the list speaks of are touched; what the company itself
decided to work on stays its decision.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core import look_alikes
from core.audit import Actor
from core.calendar import days, versions
from core.calendar.days import Calendar, DayOff
from core.calendar.holidays import KINDS
from core.calendar.versions import Said
from core.errors import Refused
from core.phrases import one_line

COLUMNS = ("date", "name_id", "name_en", "kind", "status", "decree")
STATUSES = ("decreed", "amended", "published", "estimated")
MOST_LINES = 400
TAKEN_OUT = "amended"  # the status of a day that a decree took from the list


@dataclass(frozen=True)
class Changes:
    """What a list would change; `stays` are days it names free on which the company chose to work."""

    added: Sequence[DayOff]
    changed: Sequence[tuple[DayOff, DayOff]]
    removed: Sequence[DayOff]
    stays: Sequence[DayOff]

    @property
    def nothing(self) -> bool:
        """Whether all of it holds already."""
        return not (self.added or self.changed or self.removed)


def read(told: str) -> list[DayOff]:
    """The days of a list, or Refused with the line that cannot be understood."""
    first = told.lstrip("\ufeff \n\r").partition("\n")[0]
    delimiter = next((one for one in ("\t", ";") if one in first), ",")  # tabs: copied out of a spreadsheet
    rows = csv.DictReader(io.StringIO(told.lstrip("\ufeff \n\r")), delimiter=delimiter)
    missing = [name for name in ("date", "name_id", "kind") if name not in (rows.fieldnames or ())]
    if missing:
        raise Refused("calendar.decree_columns", missing=", ".join(missing), columns=", ".join(COLUMNS))
    found: dict[date, DayOff] = {}
    try:
        for row in rows:
            if rows.line_num > MOST_LINES:
                raise Refused("calendar.decree_long", most=str(MOST_LINES))
            day = _line(row, rows.line_num)
            if day.date not in found or day.kind == "national":
                found[day.date] = day
    except csv.Error:  # a cell longer than any table has
        raise Refused("calendar.decree_line", line=str(rows.reader.line_num), what="name_id") from None
    if not found:
        raise Refused("calendar.decree_columns", missing="date", columns=", ".join(COLUMNS))
    return sorted(found.values(), key=lambda one: one.date)


def _line(row: dict[str, str], number: int) -> DayOff:
    kind = KINDS.get((row["kind"] or "").strip())
    status = (row.get("status") or "decreed").strip()
    try:
        day = date.fromisoformat((row["date"] or "").strip())
    except ValueError:
        raise Refused("calendar.decree_line", line=str(number), what="date") from None
    name = one_line(row["name_id"] or "")
    name_en = one_line(row.get("name_en") or name)
    for what, right in (("kind", kind), ("name_id", name), ("status", status in STATUSES)):
        if not right:
            raise Refused("calendar.decree_line", line=str(number), what=what)
    passing = look_alikes.found(f"{name} {name_en}")
    if passing is not None:
        raise Refused("calendar.decree_letter", line=str(number), value=passing)
    for what, words in (("name_id", name), ("name_en", name_en)):
        if len(words) > versions.LONGEST_NAME:
            raise Refused(
                "calendar.decree_name_long", line=str(number), what=what, most=str(versions.LONGEST_NAME),
                length=str(len(words)),
            )  # fmt: skip
    decree = one_line(row.get("decree") or "")
    if len(decree) > versions.LONGEST_SOURCE:
        raise Refused(
            "calendar.decree_source_long", line=str(number), most=str(versions.LONGEST_SOURCE), length=str(len(decree))
        )
    assert kind is not None
    return DayOff(day, kind, name, name_en, status, decree or None)


def compare(listed: Sequence[DayOff], held: Calendar) -> Changes:
    """What the list says otherwise than the calendar, company-wide, in the years it speaks of."""
    added: list[DayOff] = []
    changed: list[tuple[DayOff, DayOff]] = []
    stays: list[DayOff] = []
    for new in listed:
        own = next((one for one in held.own.get(new.date, ()) if one.location is None), None)
        old = own.off if own is not None else held.national.get(new.date) or held.off(new.date, None)
        if own is not None and own.off is None and own.status != TAKEN_OUT:
            stays.append(new)
        elif old is None or old.kind == "closure":
            added.append(new)
        elif (old.kind, old.name_id, old.name_en, old.status, old.source) != (
            new.kind, new.name_id, new.name_en, new.status, new.source,
        ):  # fmt: skip
            changed.append((old, new))
    years, named = {one.date.year for one in listed}, {one.date for one in listed}
    removed = []
    for day in sorted({*held.national, *held.own}):
        if day.year in years and day not in named:
            off = held.off(day, None)
            if off is not None and off.kind in ("national", "collective"):
                removed.append(off)
    return Changes(added, changed, removed, stays)


async def preview(told: str) -> Changes:
    """What this list would change now."""
    return compare(read(told), await days.calendar())


async def take(told: str, why: str, *, actor: Actor) -> int | None:
    """Have the list hold, as one version; None when all of it holds already."""
    found = await preview(told)
    if found.nothing:
        return None
    said = [
        Said(one.date, one.kind, one.name_id, one.name_en, one.status, one.source)
        for one in [*found.added, *(new for _, new in found.changed)]
    ]
    said += [Said(one.date, "working", one.name_id, one.name_en, TAKEN_OUT) for one in found.removed]
    return await versions.say(said, why, actor=actor)
