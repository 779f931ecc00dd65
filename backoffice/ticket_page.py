"""One ticket's page: drawn in one place, whatever was done with the ticket, and by whichever controller."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from litestar import Response
from litestar.exceptions import NotFoundException
from litestar.response import Redirect
from msgspec import Meta, Struct

from backoffice import asker, desk_queue, fields_told, requester, senders_told, terms_told, tickets_told
from backoffice.asker import Web
from backoffice.exports import Reader
from backoffice.guards import acting, standing
from backoffice.rendering import page, refusal
from backoffice.tickets_told import Line
from core import clock, database
from core import desk_figures as _desk_figures  # noqa: F401  registers them
from core.accounts import operators
from core.accounts.acts_in import OPERATOR
from core.accounts.roles import allowed
from core.errors import Refused
from core.helpdesk import (
    defects,
    holding,
    links,
    mentions,
    merging,
    moving,
    outgoing,
    replies,
    team,
    tickets,
    words_back,
)
from core.helpdesk.tables import Ticket
from core.phrases import phrase
from core.privacy import from_tickets, kinds

Event = Annotated[int, Meta(ge=0, le=2**63 - 1)]  # the number of an event, as a form sends it back
DONE = (
    "given",
    "taken", "released", "answered", "waits", "solved", "noted", "resumed", "calmed", "leaves", "back", "sent_file",
    "merged", "unmerged", "split", "tied", "untied", "tagged", "snoozed", "woken", "handed", "seen", "followed",
    "sorted", "filled", "move_asked", "move_off", "moved_back", "defect", "to_privacy", "proof_asked", "unclaimed",
)  # fmt: skip
# What is wrong with the words themselves, and stands beside them.
OF_WORDS = frozenset(
    {"tickets.words_needed", "tickets.too_long", "tickets.variable_unknown", "tickets.variable_missing"}
)


@dataclass(frozen=True)
class Leaving:
    """An answer on its way: until when it can be taken back, or why it was stopped."""

    public: str
    words: str
    mine: bool
    at: datetime
    stopped: str  # why, in words; empty while it waits


class Written(Struct):
    """An answer or a note, the newest message its writer has read, and what is to become of the ticket."""

    words: str = ""
    read: Event = 0
    then: str = tickets.OPEN
    undo: str = ""  # it waits some seconds in which it can be taken back
    reply: str = ""  # the saved reply that is put in
    draft: str = ""
    seen: str = ""


class Read(Struct):
    """The newest message that was on the page."""

    read: Event = 0


@dataclass(frozen=True)
class Ties:
    """What a ticket has to do with others, other people, and another day."""

    into: Ticket | None
    merged: list[Ticket]
    tied: list[links.Tied]
    alike: list[tuple[str, str]]  # number and subject of what may be the same question
    tags: list[str]
    in_use: list[str]
    colleagues: list[str]
    named: bool  # whoever looks was named in it, and did not say yet that they saw it


async def ticket_ties_of(row: Ticket, person: int | None) -> Ties:
    """What stands beside a ticket; `person` is who looks."""
    into = await Ticket.objects().where(Ticket.id == row.merged_into).first() if row.merged_into is not None else None
    open_ = row.state != tickets.CLOSED
    alike = [(one.number, tickets.subject(one)) for one in await links.alike(row)] if open_ else []
    return Ties(
        into, await merging.merged_in(row), await links.of(row), alike, await links.tags_of(row),
        await links.tags_in_use() if open_ else [],
        [one.name for one in await mentions.colleagues() if one.person != person] if open_ else [],
        row.public in [public for public, _ in await mentions.unseen(person)],
    )  # fmt: skip


@dataclass(frozen=True)
class Rights:
    """What a ticket may be handed to the privacy desk as, and the messages that may have asked for it."""

    kinds: Sequence[str]
    messages: Sequence[Line]


async def act_on(
    request: Web, public: str, act: Callable[[Ticket], Awaitable[None]], done: str, typed: Written | None = None
) -> Response[str]:
    """Do something with a ticket, and show it; a rule's no keeps what was typed."""
    where = standing(request)
    try:
        async with database.transaction(where.company):
            row = await tickets.by_public(public)
            if row is None:
                raise NotFoundException
            await act(row)
    except Refused as no:
        status = 409 if no.key in ("tickets.newer", "tickets.taken_by") else 422
        field = "words" if no.key in OF_WORDS else ""
        return await shown(request, public, wrong={field: refusal(request, no, where.zone)}, typed=typed, status=status)
    return Redirect(f"/{where.place.slug}/tickets/{public}?done={done}", status_code=303)


async def shown(
    request: Web, public: str, *, done: str = "", wrong: Mapping[str, str] | None = None, typed: Written | None = None,
    status: int = 200, filled: Mapping[int, str] | None = None,
) -> Response[str]:  # fmt: skip
    where, language = standing(request), asker.of(request).language
    may_move = await operators.are_there()
    async with database.reading(where.company):
        row = await tickets.by_public(public)
        if row is None:
            raise NotFoundException
        sealed = not allowed(where.place.roles, "attachments", "open")
        told = await tickets_told.ticket(row, language, where.zone, by=acting(request).name, sealed=sealed)
        sender = await senders_told.of(row, language, where.zone)
        asks = await requester.of(row, language, reads_leave=allowed(where.place.roles, "leave", "read"))
        sorting = await terms_told.of_ticket(row, language)
        boxes = await fields_told.of_ticket(row, language, filled)
        kept = await replies.all_of_them()
        ties = await ticket_ties_of(row, where.person)
        others = [one for one in (await team.team()).values() if one.name != row.agent]
        near = await desk_queue.around(row, Reader(language, where.zone, acting(request)), where.place.zone)
        theirs, held = await words_back.language_of(row.person), await holding.holder(row)
        own_words = "\n\n".join(line.words for line in told.lines if line.theirs and line.kind in tickets.THEIRS)
        at_operator = where.place.slug == OPERATOR
        defect = await defects.of_ticket(row) if at_operator else None
        known = await defects.every() if at_operator else None
        rights = None
        if allowed(where.place.roles, "privacy", "receive") and not at_operator:
            asked = {int(one.id) for one in await from_tickets.asked_in(row)}
            rights = Rights(kinds.KINDS, [one for one in reversed(told.lines) if one.id in asked])
        moves = [(one, moving.words_of(one)) for one in await moving.of_ticket(row)]
        waiting = [
            Leaving(
                one.public,
                outgoing.words_of(one),
                one.by == acting(request).name,
                one.leaves_at,
                phrase(f"desk.stopped_{one.stopped.partition('.')[2]}", language) if one.stopped else "",
            )
            for one in await outgoing.of_ticket(row)
        ]
    return await page(
        request, "tickets/ticket.html", status=status, place=where.place.name, zone=where.zone, company=where.place,
        one=told, near=near, held=held, boxes=boxes, sender=sender, asks=asks, done=done, wrong=dict(wrong or {}),
        typed=typed or Written(read=row.last),
        most=tickets.LONGEST, now=clock.now(), others=others, sorting=sorting, waiting=waiting, ties=ties,
        rights=rights if rights and rights.messages else None,
        moves=moves, own_words=own_words[: tickets.LONGEST], may_move=may_move and not at_operator,
        defect=defect, defects_known=known,
        may_write=allowed(where.place.roles, "replies", "write"),
        replies=[(one, replies.words_in(one, theirs)) for one in kept], names=replies.braced(replies.SHOWN[theirs]),
        figures=replies.braced(replies.SEALED[theirs]),
    )  # fmt: skip
