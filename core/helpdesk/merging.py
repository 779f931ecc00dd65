"""Two tickets of one person become one, and are taken apart again; a message becomes a ticket of its own.

What was written stays where it was written (`timelines.py`): a note can become public by none of this. Whoever asked is
told each time, with the promise that holds.
"""

import json
from datetime import timedelta

from core import audit, clock, database, drafts, jobs
from core.audit import Actor
from core.errors import Refused
from core.helpdesk import links, service_level, tickets, timelines, words_back
from core.helpdesk.tables import Ticket, TicketEvent
from core.messaging.outbox import Address
from core.messaging.tables import Conversation

TOGETHER = timedelta(days=30)  # in which it can be undone


async def merge(source: Ticket, target: Ticket, *, by: Actor) -> None:
    """Go on with `source` in `target`: one conversation, the clocks of whichever was asked first.

    Refused: tickets.merge_itself, tickets.merge_other_person, tickets.merge_closed, tickets.merge_chain.
    """
    if source.id == target.id:
        raise Refused("tickets.merge_itself", number=source.number)
    await _both(source, target)
    if source.person != target.person:
        raise Refused("tickets.merge_other_person")
    if tickets.CLOSED in (source.state, target.state):
        raise Refused("tickets.merge_closed")
    if await Ticket.exists().where(Ticket.merged_into == source.id):
        raise Refused("tickets.merge_chain", number=source.number)
    was, owes = source.state, source.state in (tickets.NEW, tickets.OPEN)
    source.state, source.merged_into, source.closed_at = tickets.CLOSED, target.id, clock.now()
    await tickets.happen(source, service_level.MERGED, by, into=target.number, was=was)
    if owes and target.state == tickets.RESOLVED:
        target.state, target.resolved_at = tickets.OPEN, None
        await tickets.happen(target, service_level.UNSOLVED, by)
    elif owes and target.state == tickets.WAITING:
        target.state = tickets.OPEN
        await tickets.happen(target, service_level.RESUMED, by)
    target.last = max(target.last, source.last)
    target.urgent = target.urgent or source.urgent
    await tickets.happen(target, service_level.MERGED, by, source=source.number)
    await Conversation.update({Conversation.ticket: target.id}).where(Conversation.ticket == source.id)
    await drafts.move(f"ticket/{source.public}", f"ticket/{target.public}")
    await words_back.tell(target, "tickets.merged", by=by, of=source.number)
    audit.record("ticket.merged", f"ticket:{source.id}", by=by, number=source.number, into=target.number)


async def unmerge(source: Ticket, *, by: Actor) -> Ticket:
    """Take it out of the ticket it was merged into, as it stood then; returns that one.

    Refused: tickets.not_merged, or tickets.unmerge_late after 30 days.
    """
    target = await Ticket.objects().where(Ticket.id == (source.merged_into or 0)).first()
    if target is None:
        raise Refused("tickets.not_merged", number=source.number)
    await _both(source, target)
    if source.merged_into != target.id:
        raise Refused("tickets.not_merged", number=source.number)
    own, _ = await timelines.rows(source)
    event = next(one for one in reversed(own) if one.kind == service_level.MERGED)
    if clock.now() - event.at > TOGETHER:
        raise Refused("tickets.unmerge_late", days=TOGETHER.days)
    source.state, source.merged_into, source.closed_at = json.loads(event.meta)["was"], None, None
    await tickets.happen(source, service_level.UNMERGED, by, into=target.number)
    await tickets.happen(target, service_level.UNMERGED, by, source=source.number)
    if source.state == tickets.RESOLVED:
        await jobs.enqueue("tickets.close", source.id)
    await words_back.tell(source, "tickets.unmerged", by=by, of=target.number)
    audit.record("ticket.unmerged", f"ticket:{source.id}", by=by, number=source.number, into=target.number)
    return target


async def split(ticket: Ticket, event: int, *, by: Actor) -> Ticket:
    """Make what its requester wrote in this message a ticket of its own, asked when they wrote it; returns that.

    Refused: tickets.split_what where the message is none of theirs, opened the ticket, or was split off before.
    """
    await tickets.hold(ticket)
    own, others = await timelines.rows(ticket)
    row = next((one for one in own if one.id == event), None)
    theirs = (service_level.ASKED, service_level.REOPENED)
    if row is None or row.kind not in theirs or not row.public or event in timelines.split_off([*own, *others]):
        raise Refused("tickets.split_what")
    words = tickets.words_of(row) or await words_back.said(ticket, "tickets.file_alone")
    here = Address(ticket.channel, ticket.account, ticket.place or "", ticket.person)
    made = await tickets.begin(ticket.person, words, address=here, by=by, at=row.at, attachment=row.attachment)
    await tickets.happen(ticket, service_level.SPLIT, by, event=int(row.id), number=made.number)
    await links.tie(ticket, made, links.SPLIT, by=by)
    await words_back.tell(made, "tickets.split_off", by=by, of=ticket.number)
    audit.record("ticket.split", f"ticket:{ticket.id}", by=by, number=ticket.number, new=made.number)
    return made


async def follow_up(ticket: Ticket, words: str, *, by: Actor) -> Ticket:
    """Open another ticket for the same person that goes on with this one, in an agent's words; they are told.

    Refused: words that are none.
    """
    here = Address(ticket.channel, ticket.account, ticket.place or "", ticket.person)
    made = await tickets.begin(ticket.person, tickets.said(words), address=here, by=by)
    await links.tie(ticket, made, links.FOLLOW_UP, by=by)
    await words_back.tell(made, "tickets.followed_up", by=by, of=ticket.number)
    return made


async def merged_in(ticket: Ticket) -> list[Ticket]:
    """The tickets that go on in this one."""
    found: list[Ticket] = await Ticket.objects().where(Ticket.merged_into == ticket.id).order_by(Ticket.id)
    return found


async def events_with(ticket: Ticket) -> list[TicketEvent]:
    """Everything that happened to it and to what was merged into it, by the time it happened."""
    own, others = await timelines.rows(ticket)
    return sorted([*own, *others], key=lambda one: (one.at, one.id))


async def _both(one: Ticket, other: Ticket) -> None:
    """Hold both, always in the same order, so that two merges never wait for each other."""
    for row in sorted((one, other), key=lambda row: int(row.id)):
        await tickets.hold(row)
    assert database.in_transaction()
