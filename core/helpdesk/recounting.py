"""Counting the clocks of tickets anew after the calendar changed: what that does, seen first, then done part by part.

A later due is told to who asked where it moved by more than an hour; none becomes sooner. What was missed by the
calendar of then and is in time by that of now is excused: the miss stays in the record, beside it why it is none.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core import audit, clock, database, jobs, work
from core.audit import Actor
from core.calendar import promises
from core.calendar.promises import Times
from core.calendar.tables import CalendarVersion
from core.errors import Refused
from core.helpdesk import clocks, service_level, terms, tickets, timelines, wording, words_back
from core.helpdesk.owing import Owing, was_in_time
from core.helpdesk.service_level import FAMILIES, PROMISE, Clock, Happened, Moved
from core.helpdesk.tables import Ticket, TicketEvent
from core.helpdesk.timelines import Row
from core.messaging import outbox
from core.messaging.messages import Message
from core.people import directory
from core.phrases import phrase
from core.work import Work

KIND = "recount_tickets"
PART = 50
BACK = timedelta(days=100)  # solved tickets that a late decree may still excuse
TOLD_FROM = timedelta(hours=1)
SEEN_PART = 500  # tickets that are looked at together before anything is done


@dataclass(frozen=True)
class Effect:
    """What another calendar does to one ticket."""

    ticket: Ticket
    moved: tuple[Moved, ...]
    excused: bool

    @property
    def promise(self) -> Moved | None:
        """The promise that moved most recently begun."""
        return next((one for one in reversed(self.moved) if one.family == PROMISE), None)


async def effects(*, after: int = 0) -> list[Effect]:
    """What counting anew would do now, ticket by ticket; tickets that stay as they are are left out."""
    held, times, found = await terms.every(), await promises.every(), list[Effect]()
    look = Look(held, times, clock.now())
    while rows := await _rows(after, SEEN_PART):
        events = await events_of(rows)
        found += [one for row in rows if (one := look.effect(row, events[row.id])) is not None]
        if len(rows) < SEEN_PART:
            break
        after = rows[-1].id
    return found


async def begin(*, by: Actor) -> Work:
    """Have every ticket counted anew. Refused: nothing to count, or it is under way."""
    async with database.transaction(database.company()):
        if await Work.exists().where((Work.kind == KIND) & (Work.state == work.RUNNING)):
            raise Refused("promise.recount_running")
        found = await effects()
        if not found:
            raise Refused("promise.recount_nothing")
        begun = await work.begin(KIND, len(found), {}, by=by)
        audit.record("ticket.recount_begun", f"work:{begun.id}", by=by, number=len(found))
        await jobs.enqueue("tickets.recount", begun.id, 0, 0)
        return begun


@jobs.job("tickets.recount", lane=jobs.BULK)
async def go_on(company: int, number: int, after: int, done: int) -> None:
    """Count the next tickets anew; goes on until there is none after them. Repeated, it finds them counted."""
    async with database.transaction(company):
        if not await work.advance(number, done):
            await work.finish(number, work.STOPPED)
            return
        rows = await _rows(after, PART)
        look = Look(await terms.every(), await promises.every(), clock.now())
        begun = await Work.objects().where(Work.id == number).first()
        assert begun is not None
        by, why = Actor(begun.by, "job"), await _why()
        events = await events_of(rows)
        for row in rows:
            await tickets.hold(row)
            one = look.effect(row, events[row.id])
            if one is not None:
                await _apply(one, why, by)
                done += 1
        if len(rows) < PART:
            await work.advance(number, done)
            await work.finish(number, work.DONE)
            return
        await jobs.enqueue("tickets.recount", number, rows[-1].id, done)


async def _rows(after: int, most: int) -> Sequence[Ticket]:
    lately = Ticket.state.is_in(list(tickets.UNSOLVED)) | (Ticket.changed_at > clock.now() - BACK)
    rows: Sequence[Ticket] = (
        await Ticket.objects()
        .where((Ticket.id > after) & lately & Ticket.merged_into.is_null())
        .order_by(Ticket.id)
        .limit(most)
    )
    return rows


async def events_of(rows: Sequence[Ticket]) -> dict[int, list[Happened]]:
    """What happened to each of these, without its words."""
    own: dict[int, list[Row]] = {row.id: [] for row in rows}
    others: dict[int, list[Row]] = {row.id: [] for row in rows}
    merged = await Ticket.select(Ticket.id, Ticket.merged_into).where(Ticket.merged_into.is_in(list(own) or [0]))
    into = {row["id"]: row["merged_into"] for row in merged}
    columns = TicketEvent.id, TicketEvent.ticket, TicketEvent.kind, TicketEvent.at, TicketEvent.meta
    wanted = TicketEvent.ticket.is_in([*own, *into] or [0])
    for read in await TicketEvent.select(*columns).where(wanted).order_by(TicketEvent.id):
        one = Row(**read)
        if one.ticket in own:
            own[one.ticket].append(one)
        if one.ticket in into:
            others[into[one.ticket]].append(one)
    return {number: timelines.joined(some, others[number]) for number, some in own.items()}


class Look:
    """Looks at tickets by the calendar and the terms of one moment."""

    def __init__(self, held: Mapping[int, terms.Terms], times: Callable[[int | None], Times], now: datetime) -> None:
        self._held, self._times, self._now = held, times, now
        self._owing: dict[int, Owing] = {}

    def effect(self, row: Ticket, events: Sequence[Happened]) -> Effect | None:
        """What counting it anew does; None where it stays as it is."""
        times = self._times(row.location)
        if self._stays(row, events, times) if row.state in tickets.UNSOLVED else was_in_time(events):
            return None
        both = clocks.both(row, events, self._held, times, self._now)
        moved = tuple(
            Moved(family, one.metric, one.since, old, one.due)
            for family in FAMILIES
            for one, old, known in _stood(row, family, both.of(family), events)
            if known and one.due != old and _counts(one, old)
        )
        if not moved:
            return None
        step = Happened(service_level.RECOUNTED, self._now, moved=moved)
        after = clocks.both(row, [*events, step], self._held, times, self._now)
        return Effect(row, moved, any(one.excused for one in after.promise))

    def _stays(self, row: Ticket, events: Sequence[Happened], times: Times) -> bool:
        owing = self._owing.get(id(times))
        if owing is None:
            owing = self._owing[id(times)] = Owing(self._held, times)
        owed = owing.of(row.kind, row.priority, events)
        return owed is not None and owing.stays(owed, events, (row.answer_target, row.solve_target))


def _counts(one: Clock, old: datetime | None) -> bool:
    """Whether it matters what another calendar says of it: it runs, or was stopped too late."""
    if one.paused or any(ends == one.stopped for _, ends in one.pauses):
        return False
    return one.stopped is None or (old is not None and one.stopped > old)


def _stood(
    row: Ticket, family: str, some: Sequence[Clock], events: Sequence[Happened]
) -> list[tuple[Clock, datetime | None, bool]]:
    """Each clock with the due it had until now, and whether one is known: as it was promised, or as a recount said
    since; of a target that still runs, as the list is sorted by it."""
    found = []
    given = {one.at: one.given for one in events if one.given is not None}
    for one in some:
        if family == PROMISE:
            told = [event.solve for event in events if event.solve] if one.metric == service_level.SOLVE else []
            old = told[-1] if told else given.get(one.since) if one.metric != service_level.SOLVE else None
        else:
            shown = row.solve_target if one.metric == service_level.SOLVE else row.answer_target
            old = shown if one.stopped is None else None
        known = old is not None
        for event in events:
            for step in event.moved:
                if (step.family, step.metric, step.since) == (family, one.metric, one.since):
                    old, known = step.new, True
        found.append((one, old, known))
    return found


async def _apply(one: Effect, why: str, by: Actor) -> None:
    row = one.ticket
    moved = [
        [each.family, each.metric, each.since.isoformat(), each.old and each.old.isoformat(),
         each.new and each.new.isoformat()]
        for each in one.moved
    ]  # fmt: skip
    if one.excused:
        row.excused = why
    number = await tickets.happen(row, service_level.RECOUNTED, by, moved=moved, why=why)
    audit.record("ticket.recounted", f"ticket:{row.id}", by=by, number=row.number, excused=one.excused)
    step = one.promise
    if row.state in tickets.UNSOLVED and step is not None and _is_news(step):
        await _tell(row, step, why, number)


def _is_news(step: Moved) -> bool:
    return step.old is None or step.new is None or step.new - step.old > TOLD_FROM


async def _tell(row: Ticket, step: Moved, why: str, event: int) -> None:
    employee = await directory.of_person(row.person)
    if employee is None:
        return
    zone = (await promises.times(row.location)).held.zone
    by = wording.moment(step.new, employee.zone, zone, employee.language) if step.new is not None else ""
    key = "tickets.moved" if step.new is not None else "tickets.moved_open"
    told = phrase(key, employee.language, number=row.number, by=by, why=why)
    await outbox.post(
        await words_back.address_of(row), Message(key, told, language=employee.language), dedupe=f"ticket:{event}"
    )  # fmt: skip


async def _why() -> str:
    """The reason of the newest change of the calendar."""
    row = await CalendarVersion.select(CalendarVersion.why).order_by(CalendarVersion.number, ascending=False).first()
    return str(row["why"]) if row is not None else ""
