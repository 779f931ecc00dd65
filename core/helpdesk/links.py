"""What ties tickets to each other, what they are sorted by, and what may be the same question asked twice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from core import audit, clock
from core.audit import Actor
from core.errors import Refused
from core.helpdesk import tickets
from core.helpdesk.tables import Ticket, TicketLink, TicketTag
from core.phrases import one_line

RELATED, DUPLICATE, FOLLOW_UP, SPLIT = "related", "duplicate", "follow_up", "split"
KINDS = (RELATED, DUPLICATE)  # those that are tied by hand
MOST_TAGS, LONGEST_TAG = 10, 30
LATELY = timedelta(days=14)
SAME = 0.6  # of the words of the shorter one stand in the other
# Words that every question has; "belum" and "kapan" tell no two of them apart.
COMMON = frozenset(
    "saya kami yang dan atau ini itu kok belum sudah kapan kenapa bagaimana apa mau minta tolong bisa tidak nggak ada "
    "untuk dari dengan the and for when why how what can could please not yet have has was were with this that".split()
)


@dataclass(frozen=True)
class Tied:
    """A ticket beside another one: how they belong together, and which way round."""

    kind: str
    ticket: Ticket
    from_here: bool


async def tie(one: Ticket, other: Ticket, kind: str, *, by: Actor) -> None:
    """Put two tickets beside each other. Refused: tickets.link_itself, tickets.link_there."""
    if one.id == other.id:
        raise Refused("tickets.link_itself")
    there = await TicketLink.exists().where(_between(one, other))
    if there:
        raise Refused("tickets.link_there", number=other.number)
    await TicketLink.insert(TicketLink(ticket=one.id, other=other.id, kind=kind, at=clock.now(), by=by.name))
    audit.record("ticket.linked", f"ticket:{one.id}", by=by, number=one.number, other=other.number, kind=kind)


async def untie(one: Ticket, other: Ticket, *, by: Actor) -> None:
    """Let them be strangers again; nothing where they were none of each other's."""
    if await TicketLink.exists().where(_between(one, other)):
        await TicketLink.delete().where(_between(one, other))
        audit.record("ticket.unlinked", f"ticket:{one.id}", by=by, number=one.number, other=other.number)


async def of(ticket: Ticket) -> list[Tied]:
    """What this ticket is tied to, in the order in which it was."""
    rows = await TicketLink.select().where(
        (TicketLink.ticket == ticket.id) | (TicketLink.other == ticket.id)
    ).order_by(TicketLink.id)  # fmt: skip
    numbers = [row["other"] if row["ticket"] == ticket.id else row["ticket"] for row in rows]
    found = {int(one.id): one for one in await Ticket.objects().where(Ticket.id.is_in(numbers or [0]))}
    return [
        Tied(row["kind"], found[number], row["ticket"] == ticket.id)
        for row, number in zip(rows, numbers, strict=True)
        if number in found
    ]


async def tag(ticket: Ticket, name: str, *, by: Actor) -> None:
    """Put a word on it by which it is found. Refused: tickets.tag_words, tickets.tag_many."""
    plain = tag_of(name)
    stand = await tags_of(ticket)
    if plain in stand:
        return
    if len(stand) >= MOST_TAGS:
        raise Refused("tickets.tag_many", most=str(MOST_TAGS))
    await TicketTag.insert(TicketTag(ticket=ticket.id, name=plain))
    audit.record("ticket.tagged", f"ticket:{ticket.id}", by=by, number=ticket.number, tag=plain)


def tag_of(name: str) -> str:
    """A word as it stands on a ticket. Refused: tickets.tag_words."""
    plain = one_line(name).lower()
    if not 0 < len(plain) <= LONGEST_TAG or "," in plain:
        raise Refused("tickets.tag_words", most=str(LONGEST_TAG))
    return plain


async def untag(ticket: Ticket, name: str, *, by: Actor) -> None:
    """Take a word off again."""
    if name in await tags_of(ticket):
        await TicketTag.delete().where((TicketTag.ticket == ticket.id) & (TicketTag.name == name))
        audit.record("ticket.untagged", f"ticket:{ticket.id}", by=by, number=ticket.number, tag=name)


async def tags_of(ticket: Ticket) -> list[str]:
    """The words on it, in the order of the alphabet."""
    rows = await TicketTag.select(TicketTag.name).where(TicketTag.ticket == ticket.id).order_by(TicketTag.name)
    return [row["name"] for row in rows]


async def tags_of_many(numbers: Sequence[int]) -> Mapping[int, list[str]]:
    """The words on each of these tickets."""
    found: dict[int, list[str]] = {}
    held = TicketTag.ticket.is_in(list(numbers) or [0])
    for row in await TicketTag.select(TicketTag.ticket, TicketTag.name).where(held).order_by(TicketTag.name):
        found.setdefault(row["ticket"], []).append(row["name"])
    return found


async def tags_in_use() -> list[str]:
    """Every word that stands on a ticket of the company, for whoever types one."""
    rows = await TicketTag.select(TicketTag.name).group_by(TicketTag.name).order_by(TicketTag.name).limit(200)
    return [row["name"] for row in rows]


async def alike(ticket: Ticket) -> list[Ticket]:
    """Other open tickets of the same person that ask much the same within a fortnight; offered, never tied alone."""
    rows: Sequence[Ticket] = await Ticket.objects().where(
        (Ticket.person == ticket.person) & (Ticket.id != ticket.id) & (Ticket.state != tickets.CLOSED)
        & (Ticket.opened_at > ticket.opened_at - LATELY) & (Ticket.opened_at < ticket.opened_at + LATELY)
    ).order_by(Ticket.id, ascending=False).limit(tickets.MOST_OPEN)  # fmt: skip
    words = tickets.subject(ticket)
    return [row for row in rows if same(words, tickets.subject(row))][:3]


def same(one: str, other: str) -> bool:
    """Whether two questions are told in much the same words, whatever stands around them."""
    first, second = _content(one), _content(other)
    few = min(len(first), len(second))
    return few > 0 and len(first & second) / few >= SAME


def _content(words: str) -> set[str]:
    plain = "".join(sign if sign.isalnum() else " " for sign in words.lower())
    return {word for word in plain.split() if len(word) > 2 and word not in COMMON}


def _between(one: Ticket, other: Ticket) -> Any:
    there = (TicketLink.ticket == one.id) & (TicketLink.other == other.id)
    back = (TicketLink.ticket == other.id) & (TicketLink.other == one.id)
    return there | back
