"""Replaying a quarter of the desk as long work: what is asked, part after part, and the result with its address.

Nothing is written but the replay itself: no ticket, no clock and no calendar changes, and nobody is told.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from core import clock, database, jobs, work
from core.audit import Actor
from core.calendar import days, promises
from core.errors import Refused
from core.helpdesk import clocks, recounting, service_level, terms, what_if
from core.helpdesk.tables import DeskReplay, Ticket, TicketEvent
from core.helpdesk.timelines import Row
from core.helpdesk.what_if import Replay, Wish, World
from core.work import Work

KIND, JOB = "desk_replay", "tickets.replay"
PART = 500
SHOWN = 20  # of those that were made
LONGEST_DAY = 24 * 60
MOST_DAYS = 40


@dataclass(frozen=True)
class Result:
    """A replay as a page shows it."""

    row: DeskReplay
    wish: Wish
    found: Replay
    staff: tuple[int, int]  # on either side, where answers are worked out
    minutes: tuple[int, int]
    work: Work | None  # None once it has been purged: then it was done long ago

    @property
    def done(self) -> bool:
        """Whether all of the quarter is in it."""
        return self.work is None or self.work.state == work.DONE


def quarter(first: date) -> tuple[date, date]:
    """Its first and its last day."""
    later = first.replace(day=1) + timedelta(days=95)
    return first, later.replace(day=1) - timedelta(days=1)


def quarter_of(day: date) -> date:
    """The first day of the quarter of that day."""
    return date(day.year, day.month - (day.month - 1) % 3, 1)


async def begin(first: date, wish: Wish, *, by: Actor) -> DeskReplay:
    """Have a quarter replayed. Refused: a wish that makes no sense, that changes nothing, or a quarter without
    questions."""
    _refuse(wish)
    held, zone = await terms.every(), (await promises.times()).held.zone
    if _same(wish, terms.newest(held)):
        raise Refused("whatif.nothing_else")
    total = int(await Ticket.count().where(_of(first, zone)))
    if not total:
        raise Refused("whatif.no_tickets")
    staff, minutes = await estimate(first)
    found = Replay()
    if wish.models:
        found.before.free, found.after.free = [0] * staff, [0] * (wish.staff or staff)
    asked = asdict(wish) | {"was_staff": staff, "was_minutes": minutes}
    begun = await work.begin(KIND, total, {}, by=by)
    row = DeskReplay(
        public=database.new_public(), by=by.name, work=begun.id, first=first, asked=json.dumps(asked, default=str),
        found=json.dumps(found.told()), made_at=clock.now(),
    )  # fmt: skip
    await DeskReplay.insert(row)
    await jobs.enqueue(JOB, row.id, 0)
    return row


async def estimate(first: date) -> tuple[int, int]:
    """How many answered in that quarter, and how long an answer took them."""
    times = await promises.times()
    tickets = await Ticket.select(Ticket.id, Ticket.opened_at).where(_of(first, times.held.zone))
    opened = {row["id"]: row["opened_at"] for row in tickets}
    starts, ends = _instants(first, times.held.zone)
    columns = TicketEvent.id, TicketEvent.ticket, TicketEvent.kind, TicketEvent.at, TicketEvent.meta, TicketEvent.by
    answered = (TicketEvent.kind == service_level.ANSWERED) & (TicketEvent.at >= starts) & (TicketEvent.at < ends)
    by, rows = dict[int, str](), list[Row]()
    for read in await TicketEvent.select(*columns).where(answered):
        by[read["id"]] = read.pop("by")
        rows.append(Row(**read))
    return what_if.handling(what_if.first_answers(rows, opened, by), times)


@jobs.job(JOB, lane=jobs.BULK)
async def go_on(company: int, number: int, after: int) -> None:
    """Count the next questions of the quarter; goes on until there is none after them."""
    async with database.transaction(company):
        row = await DeskReplay.objects().where(DeskReplay.id == number).first()
        if row is None or row.after != after:  # a part that was counted already
            return
        begun = await Work.objects().where(Work.id == row.work).first()
        if begun is None or not await work.advance(row.work, begun.done):
            await work.finish(row.work, work.STOPPED)
            return
        rows = await _rows(row, (await promises.times()).held.zone)
        found = await _counted(row, rows)
        last = int(rows[-1].id) if rows else after
        values = {DeskReplay.found: json.dumps(found.told()), DeskReplay.after: last}
        await DeskReplay.update(values).where(DeskReplay.id == number)
        await work.advance(row.work, begun.done + len(rows))
        if len(rows) < PART:
            await work.finish(row.work, work.DONE)
        else:
            await jobs.enqueue(JOB, number, last)


async def by_public(public: str) -> Result | None:
    """The replay at this address."""
    row = await DeskReplay.objects().where(DeskReplay.public == public).first()
    if row is None:
        return None
    told = json.loads(row.asked)
    wish, staff, minutes = wish_of(told), told["was_staff"], told["was_minutes"]
    begun = await Work.objects().where(Work.id == row.work).first()
    return Result(
        row, wish, Replay.of(json.loads(row.found)), (staff, wish.staff or staff), (minutes, wish.minutes or minutes),
        begun,
    )  # fmt: skip


async def lately() -> Sequence[DeskReplay]:
    """Those that were asked for, the newest first."""
    rows: Sequence[DeskReplay] = await DeskReplay.objects().order_by(DeskReplay.id, ascending=False).limit(SHOWN)
    return rows


def wish_of(told: Mapping[str, object]) -> Wish:
    """A wish as it was put down."""
    plain = {name: told[name] for name in Wish.__dataclass_fields__}
    for name in ("free", "worked"):
        plain[name] = tuple(date.fromisoformat(str(one)) for one in told[name])  # type: ignore[attr-defined]
    return Wish(**plain)  # type: ignore[arg-type]


async def _counted(row: DeskReplay, rows: Sequence[Ticket]) -> Replay:
    told = json.loads(row.asked)
    wish, found, now = wish_of(told), Replay.of(json.loads(row.found)), clock.now()
    held, times_of, calendar = await terms.every(), await promises.every(), await days.calendar()
    other = what_if.other_calendar(calendar, wish, row.first)
    desk = ((wish.opens, wish.closes),)
    others: dict[int | None, promises.Times] = {}
    held_after = what_if.other_terms(held, wish)
    events = await recounting.events_of(rows)
    for one in rows:
        times = times_of(one.location)
        if one.location not in others:
            others[one.location] = promises.of_calendar(replace(other, zone=times.held.zone), one.location, desk)
        record = clocks.both(one, events[one.id], held, times, now)
        before = World(times, held, told["was_minutes"])
        after = World(others[one.location], held_after, wish.minutes or told["was_minutes"])
        what_if.replay(found, one, events[one.id], wish, record, before, after, now)
    return found


async def _rows(row: DeskReplay, zone: str) -> Sequence[Ticket]:
    """The next questions in the order in which they were asked, which is not always that of their numbers."""
    wanted = _of(row.first, zone)
    last = await Ticket.select(Ticket.opened_at).where(Ticket.id == row.after).first()
    if last is not None:
        at = last["opened_at"]
        wanted &= (Ticket.opened_at > at) | ((Ticket.opened_at == at) & (Ticket.id > row.after))
    rows: Sequence[Ticket] = await Ticket.objects().where(wanted).order_by(Ticket.opened_at, Ticket.id).limit(PART)
    return rows


def _of(first: date, zone: str) -> Any:
    starts, ends = _instants(first, zone)
    return (Ticket.opened_at >= starts) & (Ticket.opened_at < ends) & Ticket.merged_into.is_null()


def _instants(first: date, zone: str) -> tuple[datetime, datetime]:
    there = clock.local(clock.now(), zone).tzinfo
    days_ = (first, quarter(first)[1] + timedelta(days=1))
    starts, ends = (datetime(day.year, day.month, day.day, tzinfo=there) for day in days_)
    return starts, ends


def _same(wish: Wish, newest: terms.Terms) -> bool:
    plain = Wish(reading=wish.reading, promised=wish.promised)
    if wish != plain:
        return False
    return not wish.reading or (
        wish.reading == newest.reading and set(newest.promised.values()) == {wish.promised}
    )  # fmt: skip


def _refuse(wish: Wish) -> None:
    if not 0 <= wish.opens < wish.closes <= LONGEST_DAY:
        raise Refused("whatif.hours_unclear")
    if len(wish.free) + len(wish.worked) > MOST_DAYS:
        raise Refused("whatif.too_many_days", most=str(MOST_DAYS))
    if set(wish.free) & set(wish.worked):
        raise Refused("whatif.both_ways")
    if wish.reading and (wish.reading not in terms.READINGS or not terms.LEAST <= wish.promised <= terms.MOST):
        raise Refused("promise.out_of_bounds", least=str(terms.LEAST), most=str(terms.MOST))
    if wish.staff and not what_if.STAFF_LEAST <= wish.staff <= what_if.STAFF_MOST:
        raise Refused("whatif.staff_bounds", least=str(what_if.STAFF_LEAST), most=str(what_if.STAFF_MOST))
    if wish.minutes and not 0 < wish.minutes <= what_if.MINUTES_MOST:
        raise Refused("whatif.minutes_bounds", most=str(what_if.MINUTES_MOST))
