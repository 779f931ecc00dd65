"""Colleagues who are named in a note are told that they were, where they can be reached, and never what it says."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core import clock, settings
from core.accounts.roles import MATRIX
from core.accounts.tables import Membership
from core.audit import Actor
from core.errors import Refused
from core.helpdesk import tickets, words_back
from core.helpdesk.tables import Ticket, TicketMention
from core.messaging import outbox
from core.messaging.messages import Message
from core.phrases import phrase


@dataclass(frozen=True)
class Colleague:
    """Somebody who works at the desk."""

    person: int
    name: str


async def colleagues() -> list[Colleague]:
    """Everybody who works at the desk of the company and is an employee, by name."""
    rows = (
        await Membership.select(Membership.person, Membership.person.name.as_alias("name"))
        .where(Membership.role.is_in(sorted(MATRIX["tickets", "work"])) & Membership.person.is_not_null())
        .order_by(Membership.id)
    )
    found = {int(row["person"]): Colleague(int(row["person"]), str(row["name"])) for row in rows}
    return sorted(found.values(), key=lambda one: one.name)


def named_in(words: str, some: Sequence[Colleague]) -> list[Colleague]:
    """Who is named after an @: by the whole name, or by a first name that nobody else there has.

    Refused: tickets.mention_which where a first name is that of several.
    """
    found: dict[int, Colleague] = {}
    rest = words
    for one in sorted(some, key=lambda one: -len(one.name)):
        whole = _named(one.name)
        if whole.search(rest):
            found[one.person] = one
            rest = whole.sub(" ", rest)
    for one in some:
        first = one.name.split()[0]
        if not _named(first).search(rest):
            continue
        same = [other.name for other in some if other.name.split()[0].lower() == first.lower()]
        if len(same) > 1:
            raise Refused("tickets.mention_which", name=first, names=", ".join(same))
        found[one.person] = one
    return sorted(found.values(), key=lambda one: one.name)


async def note(ticket: Ticket, words: str, *, by: Actor, writer: int | None) -> list[Colleague]:
    """Write a note for the desk, and tell whom it names; returns those. `writer` is told nothing of their own.

    Refused: words that are none, tickets.mention_which.
    """
    named = [one for one in named_in(words, await colleagues()) if one.person != writer]
    event = await tickets.note(ticket, words, by=by)
    for one in named:
        await TicketMention.insert(
            TicketMention(ticket=ticket.id, event=event, person=one.person, at=clock.now(), by=by.name)
        )
        language = await words_back.language_of(one.person)
        where = f"{settings.current().public_url}/sign-in"
        told = phrase(
            "tickets.mentioned",
            language,
            who=await words_back.named(by.name, language),
            number=ticket.number,
            link=where,
        )
        address = await outbox.address_of(one.person)
        message = Message("tickets.mentioned", told, language=language)
        await outbox.post(address, message, dedupe=f"mention:{event}:{one.person}")
    return named


async def unseen(person: int | None) -> list[tuple[str, str]]:
    """The tickets in which somebody was named and did not say yet that they saw it: address and number."""
    if person is None:
        return []
    rows = await TicketMention.select(
        TicketMention.ticket.public.as_alias("public"), TicketMention.ticket.number.as_alias("number")
    ).where((TicketMention.person == person) & TicketMention.seen_at.is_null()).order_by(TicketMention.id)  # fmt: skip
    return list(dict.fromkeys((str(row["public"]), str(row["number"])) for row in rows))


async def seen(ticket: Ticket, person: int) -> None:
    """Somebody saw that they were named in this ticket."""
    mine = (TicketMention.ticket == ticket.id) & (TicketMention.person == person) & TicketMention.seen_at.is_null()
    await TicketMention.update({TicketMention.seen_at: clock.now()}).where(mine)


def _named(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w@])@{re.escape(name)}(?!\w)", re.IGNORECASE)
