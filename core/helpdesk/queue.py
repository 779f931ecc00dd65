"""The queue of the desk: which tickets somebody asks for, how many there are, and when the next is due."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from core import bulk, clock, database
from core.calendar.promises import Times
from core.helpdesk import tickets
from core.helpdesk.tables import Ticket, TicketTag, TicketValue

OPEN, MINE, UNTAKEN, WAITING, RESOLVED, CLOSED = "open", "mine", "untaken", "waiting", "resolved", "closed"
SNOOZED = "snoozed"  # put aside until a day
SHOWN = (OPEN, MINE, UNTAKEN, WAITING, SNOOZED, RESOLVED, CLOSED)
PASSED = frozenset({RESOLVED, CLOSED})  # nothing is due of these: the newest stand first
LATE, TODAY, TOMORROW, WEEK = "late", "today", "tomorrow", "week"
UNTIL = (LATE, TODAY, TOMORROW, WEEK)
OURS, THEIRS = "us", "them"  # who is waited for
WAITED_FOR = (OURS, THEIRS)
DAYS = {TODAY: 1, TOMORROW: 2, WEEK: 7}
MINUTE = timedelta(minutes=1)
# What is counted stands in an index of its own (m0118), so that no ticket is read for it: this is its condition, word
# for word. One's own are few and found by their agent: with the states in another order SQLite does not go over all.
_OPEN = "company = :company and state in ('new', 'open', 'waiting_requester') and snoozed_until is null"
_MINE = "company = :company and state in ('open', 'waiting_requester', 'new') and snoozed_until is null"
COUNTS = f"""
select count(*) as open, count(agent) as taken,
  (select count(*) from ticket where {_MINE} and agent = {{}}) as mine,
  (select count(*) from ticket where {_OPEN} and next_at < {{}}) as late
from ticket where {_OPEN}
"""


@dataclass(frozen=True)
class Wanted:
    """Which tickets are meant; what is empty narrows nothing. `ids` are those that were found by other means."""

    by: str  # who looks, as the audit names them
    show: str = OPEN
    agent: str = ""  # person:7, as the audit names them
    channel: str = ""
    urgent: bool = False
    until: str = ""  # of UNTIL: the target falls before the end of it, by the reader's clock
    waits: str = ""  # of WAITED_FOR
    ids: frozenset[int] | None = None
    category: int = 0
    tag: str = ""
    values: tuple[tuple[int, str], ...] = ()  # of the company's own fields, each with the mark of its value


@dataclass(frozen=True)
class Counts:
    """How many there are of what an agent looks for first."""

    open: int
    mine: int
    untaken: int
    late: int


def condition(wanted: Wanted, zone: str) -> Any:
    """Which tickets are meant, as a condition; days end by the clock of `zone`."""
    every: Any = Ticket.state.is_in(list(tickets.UNSOLVED))
    unsolved = every & Ticket.snoozed_until.is_null()
    met: Any = {
        OPEN: unsolved,
        MINE: unsolved & (Ticket.agent == wanted.by),
        UNTAKEN: unsolved & Ticket.agent.is_null(),
        WAITING: Ticket.state == tickets.WAITING,
        SNOOZED: every & Ticket.snoozed_until.is_not_null(),
        RESOLVED: Ticket.state == tickets.RESOLVED,
        CLOSED: Ticket.state == tickets.CLOSED,
    }[wanted.show]
    if wanted.agent:
        met = met & (Ticket.agent == wanted.agent)
    if wanted.channel:
        met = met & (Ticket.channel == wanted.channel)
    if wanted.urgent:
        met = met & (Ticket.urgent == True)  # noqa: E712
    if wanted.until:
        met = met & (Ticket.next_at < ends(wanted.until, zone))
    if wanted.waits == OURS:
        met = met & Ticket.answer_target.is_not_null()
    elif wanted.waits == THEIRS:
        met = met & (Ticket.state == tickets.WAITING)
    if wanted.category:
        met = met & (Ticket.category == wanted.category)
    if wanted.tag:
        met = met & Ticket.id.is_in(TicketTag.select(TicketTag.ticket).where(TicketTag.name == wanted.tag))
    for field, mark in wanted.values:
        held = (TicketValue.field == field) & (TicketValue.mark == mark)
        met = met & Ticket.id.is_in(TicketValue.select(TicketValue.ticket).where(held))
    if wanted.ids is not None:
        met = met & bulk.among(Ticket.id, wanted.ids)
    return met


def ends(until: str, zone: str) -> datetime:
    """The instant before which a target falls to be meant: now for what is late, else the end of that day."""
    now = clock.now()
    if until == LATE:
        return now
    midnight = clock.local(now, zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(days=DAYS[until])


async def counts(by: str) -> Counts:
    """In one query, however many tickets there are."""
    row = (await database.tally(Ticket, COUNTS, by, clock.now()))[0]
    return Counts(row["open"], row["mine"], row["open"] - row["taken"], row["late"])


async def next_due() -> datetime | None:
    """When the next open ticket is due; None where none runs."""
    row = await Ticket.select(Ticket.next_at).where(condition(Wanted(""), "")).order_by(Ticket.next_at).first()
    return row["next_at"] if row is not None and row["next_at"] != tickets.NEVER else None


def opens(times: Times) -> datetime | None:
    """When the desk opens next; None where it is open now, or nobody can know it."""
    now = clock.now()
    first = times.target.due(now, MINUTE)
    return first - MINUTE if first is not None and first - MINUTE > now else None


def along(ticket: Ticket, *, by: str, after: bool | None = None) -> Any:
    """The open tickets that stand after this one in the order of targets, or before it, or on both sides: of one's own
    where it is one's own, else of all."""
    same = condition(Wanted(by, MINE if ticket.agent == by else OPEN), "")
    if after is None:
        return same
    past: Any = (Ticket.next_at > ticket.next_at) if after else (Ticket.next_at < ticket.next_at)
    tied = (Ticket.id > ticket.id) if after else (Ticket.id < ticket.id)
    return same & (past | ((Ticket.next_at == ticket.next_at) & tied))


async def beside(ticket: Ticket, *, by: str, after: bool) -> Ticket | None:
    """The open ticket that comes after this one, or before it."""
    there = Ticket.objects().where(along(ticket, by=by, after=after))
    row: Ticket | None = await there.order_by(Ticket.next_at, Ticket.id, ascending=after).first()
    return row


async def own_next(by: str) -> Ticket | None:
    """What is due first of one's own, leaving out what waits for its requester."""
    mine = (Ticket.agent == by) & Ticket.state.is_in([tickets.NEW, tickets.OPEN])
    row: Ticket | None = await Ticket.objects().where(mine).order_by(Ticket.next_at, Ticket.id).first()
    return row
