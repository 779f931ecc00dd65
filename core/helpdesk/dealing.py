"""Who gets a ticket: by hand, in turns or by load, among those who are here and have room; and what becomes of the
tickets of somebody who no longer works at the desk.

A company chooses (`core/choices.py`) whether the desk deals by itself, by load instead of in turns, and how much room
an agent has. Dealing is one job of a company at a time, so that two never give past each other; who takes by hand holds
the ticket's row, as every act does.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from core import audit, choices, clock, database, jobs
from core.accounts.tables import Company
from core.audit import Actor
from core.calendar import promises
from core.errors import Refused
from core.helpdesk import fields as _fields  # noqa: F401  nothing is done without what is needed
from core.helpdesk import giving, queue, service_level, team, tickets
from core.helpdesk.tables import DeskAgent, Ticket
from core.helpdesk.team import Agent
from core.leave.tables import LeaveDay
from core.messaging import outbox
from core.messaging.messages import Message
from core.people import directory
from core.people.tables import Person
from core.phrases import phrase

HOUSE = Actor("serambi", "job")
DEAL = "tickets.deal"
PART = 50  # tickets of one transaction
NOON = 12
BLOCKED, ON_LEAVE, OWN = "blocked", "leave", "own"  # why somebody is given nothing
NEVER = datetime(1, 1, 1, tzinfo=UTC)
# After these somebody has room, or a ticket is nobody's.
MAKES_ROOM = frozenset(
    {
        service_level.OPENED, service_level.REOPENED, service_level.RELEASED, service_level.WAITS,
        service_level.RESOLVED, service_level.CLOSED,
    }
)  # fmt: skip
LOAD = """
select agent as agent, count(*) as number, sum(case when next_at < {} then 1 else 0 end) as late from ticket
where company = :company and state in ('new', 'open') and agent is not null group by agent
"""


@dataclass(frozen=True)
class Seat:
    """One agent: what they have (what waits for its requester takes no room), what they may have, and why they are
    given nothing now."""

    agent: Agent
    open: int
    late: int
    room: int
    own_room: int | None
    given_at: datetime | None
    away: str = ""

    @property
    def free(self) -> bool:
        """Whether they may be given one more."""
        return not self.away and self.open < self.room


def next_of(seats: Collection[Seat], *, by_load: bool) -> Seat | None:
    """Whose turn it is: of those with room the one who has been given nothing for longest, or first the one whose room
    is the least taken."""

    def turn(one: Seat) -> tuple[float, datetime, int]:
        return one.open / one.room if by_load else 0.0, one.given_at or NEVER, one.agent.account

    return min((one for one in seats if one.free), key=turn, default=None)


async def seats(at: datetime | None = None) -> list[Seat]:
    """Everybody at the desk with their load; whether they are away is asked of that instant, usually now."""
    house, room = await team.team(), await choices.of(choices.DESK_ROOM)
    kept = {row["agent"]: row for row in await DeskAgent.select()}
    load = {row["agent"]: row for row in await database.tally(Ticket, LOAD, clock.now())}
    gone = await _on_leave([one.person for one in house.values() if one.person is not None], at or clock.now())
    found = []
    for one in house.values():
        mine, has = kept.get(one.name), load.get(one.name)
        away = BLOCKED if one.blocked else ON_LEAVE if one.person in gone else ""
        if not away and mine is not None and not mine["receives"]:
            away = OWN
        own = mine["room"] if mine is not None else None
        found.append(
            Seat(
                one, has["number"] if has else 0, (has["late"] or 0) if has else 0, own or room, own,
                mine["given_at"] if mine is not None else None, away,
            )
        )  # fmt: skip
    return found


async def _on_leave(people: Sequence[int], at: datetime) -> set[int]:
    """Who of these has that day off where they work, approved or collective; half days end or begin at noon."""
    spells = {one.id: one for person in people if (one := await directory.of_person(person)) is not None}
    days = {clock.local(at, one.zone).date() for one in spells.values()}
    if not days:
        return set()
    rows = await LeaveDay.select(LeaveDay.employment, LeaveDay.date, LeaveDay.part).where(
        LeaveDay.taken_at.is_not_null() & LeaveDay.ended_at.is_null() & LeaveDay.date.is_in(list(days))
        & LeaveDay.employment.is_in(list(spells))
    )  # fmt: skip
    gone = set()
    for row in rows:
        there = clock.local(at, spells[row["employment"]].zone)
        half = {"am": there.hour < NOON, "pm": there.hour >= NOON}.get(row["part"] or "", True)
        if row["date"] == there.date() and half:
            gone.add(spells[row["employment"]].person)
    return gone


async def keep(agent: Agent, *, receives: bool, room: int | None, by: Actor) -> None:
    """Have somebody given tickets or not, and how many at a time (None: as the company chose). Refused:
    tickets.room_out_of_bounds."""
    if room is not None and not 1 <= room <= choices.DESK_ROOM.most:
        raise Refused("tickets.room_out_of_bounds", most=choices.DESK_ROOM.most)
    await _write(agent.name, receives=receives, room=room, changed_at=clock.now())
    audit.record("desk.agent_changed", agent.name, by=by, receives=receives, room=room or 0)
    await deal_soon()


async def hand_over(ticket: Ticket, to: Agent, *, by: Actor, words: str = "") -> None:
    """Give it to a colleague, with a note for them if there is one; an employee is told in their chat.

    Refused: tickets.closed; tickets.agent_blocked where they could not even sign in.
    """
    if to.blocked:
        raise Refused("tickets.agent_blocked")
    number = await giving.give(ticket, to.name, by=by, words=words)
    await _write(to.name, given_at=clock.now())
    if to.person is not None and to.name != by.name:
        row = await Person.select(Person.language).where(Person.id == to.person).first()
        assert row is not None
        language = row["language"]
        told = phrase("tickets.given_to_you", language, number=ticket.number, subject=tickets.subject(ticket))
        message = Message("tickets.given_to_you", told, language=language)
        await outbox.post(await outbox.address_of(to.person), message, dedupe=f"ticket:{number}")


async def deal_soon() -> None:
    """Have what nobody looks after dealt once the open transaction is kept, where the company chose that."""
    if await choices.of(choices.DESK_DEALS):
        await jobs.enqueue(DEAL)


async def _follows(_: Ticket, kind: str) -> None:
    if kind in MAKES_ROOM:
        await deal_soon()


tickets.FOLLOWS.append(_follows)


@jobs.job(DEAL)
async def deal(company: int) -> None:
    """Give what nobody looks after to those whose turn it is, the urgent and then what is due first, while there is
    room; who is away when the desk next works is given nothing."""
    async with database.transaction(company):
        if not await choices.of(choices.DESK_DEALS):
            return
        await database.lock_name(f"tickets.next:{company}")
        by_load = bool(await choices.of(choices.DESK_BY_LOAD))
        around = {one.agent.name: one for one in await seats(queue.opens(await promises.times()))}
        free = Ticket.state.is_in(list(tickets.UNSOLVED)) & Ticket.agent.is_null() & Ticket.snoozed_until.is_null()
        waiting: list[Ticket] = []
        for some in (free & (Ticket.urgent == True), free & (Ticket.urgent == False)):  # noqa: E712
            waiting += await Ticket.objects().where(some).order_by(Ticket.next_at, Ticket.id).limit(PART)
        for row in waiting[:PART]:
            chosen = next_of(around.values(), by_load=by_load)
            if chosen is None:
                return
            name = chosen.agent.name
            await giving.give(row, name, by=HOUSE, free=True)
            await _write(name, given_at=clock.now())
            around[name] = replace(chosen, open=chosen.open + 1, given_at=clock.now())
        if len(waiting) > PART:
            await jobs.enqueue(DEAL)


@jobs.cron("*/5 * * * *", "tickets.orphans")
async def orphans() -> None:
    """Put the tickets of whoever no longer works at the desk back into the queue, in every company."""
    async with database.installation(writes=False):
        companies = await Company.select(Company.id).where(Company.kind == "company")
    for row in companies:
        while await put_back(row["id"]):
            pass


async def put_back(company: int) -> bool:
    """The open tickets of agents who left, or lost the role, belong to nobody again and are dealt anew; fifty at a
    time, True where there may be more."""
    held = Ticket.state.is_in(list(tickets.UNSOLVED)) & Ticket.agent.is_not_null()
    async with database.reading(company):
        names = {row["agent"] for row in await Ticket.select(Ticket.agent).where(held).group_by(Ticket.agent)}
        gone = names - set(await team.team()) if names else set()
    if not gone:
        return False
    async with database.transaction(company):
        theirs = held & Ticket.agent.is_in(sorted(gone))
        rows = await Ticket.objects().where(theirs).order_by(Ticket.next_at, Ticket.id).limit(PART)
        for row in rows:
            was = row.agent
            await tickets.release(row, by=HOUSE)
            audit.record("ticket.put_back", f"ticket:{row.id}", by=HOUSE, number=row.number, was=was)
    return len(rows) == PART


async def _write(agent: str, **values: Any) -> None:
    """What is kept of an agent; whoever else writes it waits, so that nobody has two rows."""
    await database.lock_name(f"desk.agent:{database.company()}")
    columns = {getattr(DeskAgent, name): value for name, value in values.items()}
    if not await DeskAgent.update(columns).where(DeskAgent.agent == agent).returning(DeskAgent.id):
        await DeskAgent.insert(DeskAgent(**{"agent": agent, "changed_at": clock.now(), **values}))
