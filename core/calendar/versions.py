"""Changing a company's calendar. Every change is a new version with its reason; none touches what was counted before.

A closure needs two persons: one asks, another approves; until then it changes nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core import audit, clock, database, look_alikes, phrases
from core.audit import Actor
from core.calendar import days
from core.calendar.days import Hours
from core.calendar.tables import CalendarVersion, Closure, CompanyDay, WorkingWeek
from core.errors import Refused

CONFIRMS_AGAIN = timedelta(hours=12)  # domain 6: who is alone looks at it a second time
LONGEST_SOURCE = 120  # of what names a decree
LONGEST_NAME, LONGEST_WHY = 120, 200  # of a day; of why the calendar changes
KINDS = ("national", "collective", "company", "working")


@dataclass(frozen=True)
class Said:
    """What is to be said of one day."""

    date: date
    kind: str
    name: str
    name_en: str
    status: str = "decreed"
    source: str | None = None
    location: int | None = None


async def _next(why: str, actor: Actor, *, collective: str | None = None) -> int:
    """Open the next version; whoever else changes the calendar waits."""
    why = phrases.one_line(why)
    if not why:
        raise Refused("calendar.why_missing")
    _refuse_long("why", why, LONGEST_WHY)
    await database.lock_name(f"calendar:{database.company()}")
    newest = await CalendarVersion.select().order_by(CalendarVersion.number, ascending=False).first()
    number = newest["number"] + 1 if newest else 1
    await CalendarVersion.insert(
        CalendarVersion(
            number=number, mark=database.new_public(), at=clock.now(), by=actor.name, why=why,
            collective=collective or (newest["collective"] if newest else "closed"),
        )
    )  # fmt: skip
    database.scope().seen.pop(days.SEEN, None)
    audit.record("calendar.changed", f"calendar:{number}", by=actor)
    return number


async def say(some: Sequence[Said], why: str, *, actor: Actor) -> int:
    """Say something of days, in place of what was said of them before; returns the version."""
    for one in some:
        if one.kind not in KINDS or not one.name.strip():
            raise Refused("calendar.day_unclear", on=one.date)
        look_alikes.refuse(one.name, one.name_en)
        for name in (one.name, one.name_en):
            _refuse_long("name", phrases.one_line(name), LONGEST_NAME)
        if one.source is not None and len(one.source) > LONGEST_SOURCE:
            raise Refused("calendar.source_long", most=str(LONGEST_SOURCE), length=str(len(one.source)))
    number = await _next(why, actor)
    await _end([(one.date, one.location) for one in some], number)
    rows = [
        CompanyDay(
            date=one.date, kind=one.kind, name=phrases.one_line(one.name),
            name_en=phrases.one_line(one.name_en or one.name), status=one.status, source=one.source,
            location=one.location, since=number,
        )
        for one in some
    ]  # fmt: skip
    for start in range(0, len(rows), 200):
        await CompanyDay.insert(*rows[start : start + 200])
    return number


def _refuse_long(what: str, words: str, most: int) -> None:
    if len(words) > most:
        raise Refused("calendar.too_long", what=what, most=str(most), length=str(len(words)))


async def take_back(day: int, why: str, *, actor: Actor) -> int:
    """Say nothing of a day any more: the national list holds for it again."""
    row = await CompanyDay.select().where((CompanyDay.id == day) & CompanyDay.until.is_null()).first()
    if row is None:
        raise LookupError(f"day {day} is not in force")
    number = await _next(why, actor)
    await CompanyDay.update({CompanyDay.until: number}).where(CompanyDay.id == day)
    return number


async def _end(which: Sequence[tuple[date, int | None]], number: int) -> None:
    wanted = set(which)
    rows = await CompanyDay.select(CompanyDay.id, CompanyDay.date, CompanyDay.location).where(
        CompanyDay.until.is_null() & CompanyDay.date.is_in([day for day, _ in which] or [date.min])
    )
    gone = [row["id"] for row in rows if (row["date"], row["location"]) in wanted]
    if gone:
        await CompanyDay.update({CompanyDay.until: number}).where(CompanyDay.id.is_in(gone))


async def collective(closed: bool, why: str, *, actor: Actor) -> int:
    """Say whether days of collective leave are free days in this company."""
    return await _next(why, actor, collective="closed" if closed else "open")


async def week(hours: Mapping[int, Hours], from_: date, why: str, *, location: int | None = None, actor: Actor) -> int:
    """Have these hours hold from a day on; what is later already known stays, what held before ends there."""
    _check_week(hours)
    number = await _next(why, actor)
    mine = WorkingWeek.location.is_null() if location is None else WorkingWeek.location == location
    rows = await WorkingWeek.objects().where(mine & WorkingWeek.until.is_null()).order_by(WorkingWeek.from_)
    later = next((row.from_ for row in rows if row.from_ > from_), None)
    for row in rows:
        if row.from_ <= from_ and (row.to is None or row.to > from_):
            await WorkingWeek.update({WorkingWeek.until: number}).where(WorkingWeek.id == row.id)
            if row.from_ < from_:
                await WorkingWeek.insert(
                    WorkingWeek(location=location, from_=row.from_, to=from_, hours=row.hours, since=number)
                )
    await WorkingWeek.insert(
        WorkingWeek(location=location, from_=from_, to=later, hours=days.hours_to(hours), since=number)
    )
    return number


def _check_week(hours: Mapping[int, Hours]) -> None:
    if not any(hours.values()):
        raise Refused("calendar.week_empty")
    for spans in hours.values():
        bounds = [bound for span in spans for bound in span]
        if bounds != sorted(set(bounds)) or any(not 0 <= bound <= 1440 for bound in bounds):
            raise Refused("calendar.hours_unclear")


async def ask_closure(
    starts: datetime, ends: datetime | None, reason: str, *, location: int | None = None, person: int | None,
    actor: Actor, desk: bool = False,
) -> int:  # fmt: skip
    """Ask for time to be taken out of the calendar; returns the closure, which holds nothing yet. Of the `desk` alone
    it stops the clocks of tickets and makes no day free."""
    if not phrases.one_line(reason):
        raise Refused("calendar.why_missing")
    _refuse_long("reason", phrases.one_line(reason), LONGEST_WHY)
    look_alikes.refuse(reason)  # by it the closure is called on the calendar
    if ends is not None and ends <= starts:
        raise Refused("calendar.ends_before_start")
    row = Closure(
        starts=starts, ends=ends, location=location, reason=phrases.one_line(reason), asked_by=person,
        asked_at=clock.now(), desk=desk,
    )  # fmt: skip
    await Closure.insert(row)
    audit.record("calendar.closure_asked", f"closure:{row.id}", by=actor)
    return int(row.id)


async def approve_closure(closure: int, *, person: int | None, actor: Actor, alone: bool = False) -> int:
    """Have it hold, as the second person; returns the version. Who is `alone` confirms half a day later instead."""
    row = await _closure(closure)
    if row.approved_at is not None:
        raise Refused("calendar.closure_decided")
    if person is None or row.asked_by is None or (person == row.asked_by and not alone):
        raise Refused("calendar.needs_a_second")
    single = person == row.asked_by
    if single and clock.now() < row.asked_at + CONFIRMS_AGAIN:
        raise Refused("calendar.confirm_again", at=row.asked_at + CONFIRMS_AGAIN)
    number = await _next(row.reason, actor)
    taken = (
        await Closure.update({Closure.approved_by: person, Closure.approved_at: clock.now(), Closure.since: number})
        .where((Closure.id == closure) & Closure.since.is_null() & Closure.dropped_at.is_null())
        .returning(Closure.id)
    )
    if not taken:
        raise Refused("calendar.closure_decided")
    marked = {"single_handed": True} if single else {}
    audit.record("calendar.closure_approved", f"closure:{closure}", by=actor, version=number, **marked)
    return number


async def attach(closure: int, attachment: int) -> None:
    """Put a file to it: while it waits in place of another, once it holds where there is none."""
    row = await _closure(closure)
    if row.dropped_at is not None or row.until is not None or (row.since is not None and row.attachment is not None):
        raise Refused("calendar.evidence_there")
    await Closure.update({Closure.attachment: attachment}).where(Closure.id == closure)


async def drop_closure(closure: int, *, actor: Actor) -> None:
    """Refuse it, or take it back, before it held."""
    row = await _closure(closure)
    if row.since is not None or row.dropped_at is not None:
        raise Refused("calendar.closure_decided")
    await Closure.update({Closure.dropped_at: clock.now()}).where(Closure.id == closure)
    audit.record("calendar.closure_dropped", f"closure:{closure}", by=actor)


async def end_closure(closure: int, ends: datetime, *, actor: Actor) -> int:
    """Say when a closure without an end is over; returns the version."""
    row = await _closure(closure)
    if row.since is None or row.until is not None or row.ends is not None:
        raise Refused("calendar.closure_decided")
    if ends <= row.starts:
        raise Refused("calendar.ends_before_start")
    number = await _next(row.reason, actor)
    await Closure.update({Closure.until: number}).where(Closure.id == closure)
    await Closure.insert(
        Closure(
            starts=row.starts, ends=ends, location=row.location, reason=row.reason, desk=row.desk,
            asked_by=row.asked_by,
            asked_at=row.asked_at, approved_by=row.approved_by, approved_at=row.approved_at, since=number,
            attachment=row.attachment,
        )
    )  # fmt: skip
    return number


async def _closure(closure: int) -> Closure:
    await database.lock(Closure, closure)
    row = await Closure.objects().where(Closure.id == closure).first()
    if row is None:
        raise LookupError(f"there is no closure {closure}")
    return row
