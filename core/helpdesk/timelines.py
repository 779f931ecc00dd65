"""The events of a ticket as its clocks see them, with those of tickets that were merged into it and without what was
split off; and the clocks that follow, written to its row.

Nothing is copied when tickets are merged: what was written stays where it was written, as what it is, so no note can
become an answer on the way; and taking them apart again is forgetting one number.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import NamedTuple

from core.helpdesk import clocks, service_level
from core.helpdesk.service_level import PROMISE, TARGET, Happened
from core.helpdesk.tables import Ticket, TicketEvent

NEVER = datetime(9999, 12, 31, tzinfo=UTC)
# What a merged ticket brings to the clocks: what its requester wrote, and what they were answered.
BROUGHT = {
    service_level.OPENED: service_level.ASKED, service_level.ASKED: service_level.ASKED,
    service_level.REOPENED: service_level.ASKED, service_level.ANSWERED: service_level.ANSWERED,
}  # fmt: skip


# What is said by somebody who has not read what comes in after it, whatever instant that bears.
WITHOUT = (service_level.ANSWERED, service_level.WAITS, service_level.RESOLVED, service_level.CLOSED)
ASKING = (service_level.OPENED, service_level.ASKED)


class Row(NamedTuple):
    """What the clocks need of an event, read without its words."""

    id: int
    ticket: int
    kind: str
    at: datetime
    meta: str


Told = TicketEvent | Row


async def rows(ticket: Ticket) -> tuple[Sequence[TicketEvent], Sequence[TicketEvent]]:
    """Its own events, and those of the tickets that were merged into it, each in order."""
    merged = await Ticket.select(Ticket.id).where(Ticket.merged_into == ticket.id)
    numbers = [int(ticket.id), *(int(row["id"]) for row in merged)]
    found: Sequence[TicketEvent] = (
        await TicketEvent.objects().where(TicketEvent.ticket.is_in(numbers)).order_by(TicketEvent.id)
    )
    own = [one for one in found if one.ticket == ticket.id]
    return own, [one for one in found if one.ticket != ticket.id]


async def of(ticket: Ticket) -> list[Happened]:
    """What the clocks of a ticket are made of."""
    return joined(*await rows(ticket))


def joined(own: Sequence[Told], others: Sequence[Told] = ()) -> list[Happened]:
    """What both tickets' requester wrote and was answered, and what was done with the first, by the time it happened.

    What was asked first opens it, whichever ticket it came with, so that no promise becomes later by a merge.
    """
    if not own:
        return []
    gone = split_off([*own, *others])
    found = [(one.at, int(one.id), happened(one)) for one in own if one.id not in gone]
    found += [
        (one.at, int(one.id), happened(one, BROUGHT[one.kind]))
        for one in others
        if one.kind in BROUGHT and one.id not in gone
    ]
    found.sort(key=lambda one: one[:2])
    told = [one for *_, one in found]
    first = next((at for at, one in enumerate(told) if one.kind in ASKING), 0)
    told.insert(0, told.pop(first))  # whatever a clock that was set back says stood before it
    return [replace(one, kind=_kind(at, one)) for at, one in enumerate(told)]


def _kind(at: int, one: Happened) -> str:
    if at == 0 and one.kind in ASKING:
        return service_level.OPENED
    return service_level.ASKED if one.kind == service_level.OPENED else one.kind


def heard(at: datetime, before: Sequence[Told]) -> datetime:
    """When something counts that is heard of now: never before an answer that was written without it."""
    return max([at, *(one.at for one in before if one.kind in WITHOUT)])


def split_off(events: Sequence[Told]) -> set[int]:
    """The messages that became tickets of their own."""
    return {json.loads(one.meta)["event"] for one in events if one.kind == service_level.SPLIT}


def happened(event: Told, kind: str | None = None) -> Happened:
    """An event as the clocks see it."""
    return clocks.happened(kind or event.kind, event.at, event.meta)


def stand(ticket: Ticket, standing: clocks.Both) -> None:
    """Write to the row what is owed by now; one that was merged into another owes nothing of its own."""
    if ticket.merged_into is not None:
        ticket.answer_promise = ticket.answer_target = ticket.solve_promise = ticket.solve_target = None
        ticket.next_at = NEVER
        return
    ticket.answer_promise, ticket.solve_promise = (standing.due(PROMISE, which) for which in ("answer", "solve"))
    ticket.answer_target, ticket.solve_target = (standing.due(TARGET, which) for which in ("answer", "solve"))
    owed = [one for one in (ticket.answer_target, ticket.solve_target) if one is not None]
    ticket.next_at = min(owed, default=NEVER)
