"""A question at the desk that is a right over personal data goes to the privacy desk, in the words it was asked in.

Both desks are of one company, and whoever asked asked that company: nobody is asked for a yes, but they are told at
once, with the number and the hour. The clock of the law began when they wrote it, not when an agent saw what it was.
"""

import json
from collections.abc import Sequence

from core import clock
from core.audit import Actor
from core.errors import Refused
from core.helpdesk import outsiders, service_level, tickets, words_back
from core.helpdesk.tables import Ticket, TicketEvent
from core.people import directory
from core.people.directory import DEFAULT_ZONE
from core.phrases import phrase, saat
from core.privacy import deadlines, kinds, officers, requests
from core.privacy.requests import Come
from core.privacy.tables import DataRequest

STEP = "privacy"


async def asked_in(ticket: Ticket) -> Sequence[TicketEvent]:
    """The messages of whoever asked that may be the request, the newest first."""
    earliest = clock.now() - deadlines.EARLIEST_ENTRY
    rows = await TicketEvent.objects().where(
        (TicketEvent.ticket == ticket.id) & TicketEvent.kind.is_in(list(tickets.THEIRS)) & (TicketEvent.at >= earliest)
    ).order_by(TicketEvent.id, ascending=False)  # fmt: skip
    return [one for one in rows if tickets.words_of(one).strip()]


async def hand_over(ticket: Ticket, kind: str, event: int, *, by: Actor) -> DataRequest:
    """Record it as a request of this kind, asked with this message, and tell whoever asked; the ticket is done by that.

    Refused: a message that is not theirs or is a request of this kind already, one's own request, a closed ticket, or
    what `requests.submit` refuses.
    """
    await tickets.hold(ticket)
    if (number := await _there(ticket, kind, event)) is not None:
        raise Refused("privacy.handed_over_already", number=number)
    asked = next((one for one in await asked_in(ticket) if int(one.id) == event), None)
    if asked is None:
        raise Refused("privacy.no_such_message")
    if ticket.person == await officers.person_of(by):
        raise Refused("privacy.own_request")
    known = await outsiders.of_person(ticket.person) is None
    come = Come(
        kinds.AGENT, asked.channel, _identity(asked.channel) if known else kinds.UNKNOWN,
        subject=ticket.person if known else None, received_at=asked.at,
    )  # fmt: skip
    row = await requests.submit(kind, ticket.person, tickets.words_of(asked), come, by=by)
    await tickets.happen(ticket, service_level.MOVED, by, step=STEP, number=row.number, right=kind, asked=event)
    language = await words_back.language_of(ticket.person)
    zone = (await directory.zones_of([ticket.person])).get(ticket.person, DEFAULT_ZONE)
    told = phrase("privacy.handed_over", language, number=row.number, due=saat(row.due_at, zone, language))
    await tickets.answer(ticket, told, by=by, read=ticket.last, then=tickets.RESOLVED)
    return row


async def _there(ticket: Ticket, kind: str, event: int) -> str | None:
    """The number of the request of this kind that this message has become already."""
    moves = await tickets.events_of(ticket)
    metas = [json.loads(one.meta) for one in moves if one.kind == service_level.MOVED]
    found = (one for one in metas if (one.get("step"), one.get("right"), one.get("asked")) == (STEP, kind, event))
    return next((str(one["number"]) for one in found), None)


def _identity(channel: str) -> str:
    """How it is known who wrote, by the way it came: a page is behind a sign-in, a chat is linked, all else proves
    nothing."""
    if channel == "web":
        return kinds.SESSION
    return kinds.LINKED if channel in ("telegram", "whatsapp", "slack") else kinds.UNKNOWN
