"""The queue as a list: its filters as a sentence, its rows in words, the same for the page and for the file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from backoffice import fields_told, listing
from backoffice.exports import Reader
from backoffice.listing import Filter, Head, Listing
from core import clock, database
from core.audit import NOBODY
from core.helpdesk import finding, queue, set_up, sorting, team, tickets, wording
from core.helpdesk.queue import Wanted
from core.helpdesk.tables import DeskField, Ticket, TicketCategory
from core.messaging.messages import CHANNEL_NAMES
from core.phrases import phrase
from core.views import View

WEB = "web"
ABOVE, BELOW = 4, 10  # of the queue beside an open ticket: how many stand before it, and from it on
SAID_AS_THEY_ARE = ("waits", "urgent")  # filters whose choices are a part of the sentence already
HEADS = (
    Head("number", "desk.number", by=Ticket.id),
    Head("subject", "desk.subject", shape="wide"),
    Head("who", "desk.requester"),
    Head("agent", "desk.agent", shape="left-out"),
    Head("next_at", "desk.target", by=Ticket.next_at, shape="end"),
)
COLUMNS: tuple[Any, ...] = (
    Ticket.id, Ticket.public, Ticket.number, Ticket.person, Ticket.subject, Ticket.state, Ticket.urgent, Ticket.agent,
    Ticket.channel, Ticket.answer_promise, Ticket.solve_promise, Ticket.next_at,
)  # fmt: skip
OF_A_FILE: tuple[Any, ...] = (Ticket.category, Ticket.opened_at)  # what a page of fifty has no room for


def columns() -> tuple[Any, ...]:
    """What a row is read from: the ticket, and what its requester is called."""
    return (*COLUMNS, Ticket.person.name.as_alias("who"))


@dataclass
class QueueList(Listing):
    """A list of tickets, and by whose eyes and which clock it is read: what is mine, and when today ends."""

    reads: str = ""
    zone: str = ""
    language: str = ""
    fields: Sequence[DeskField] = ()
    views: Sequence[View] = ()
    offered: Mapping[int, str] = field(default_factory=dict)  # categories into which tickets are sorted


async def listed(asked: Mapping[str, str], reader: Reader) -> QueueList:
    """The list that an address asks for."""
    language, house = reader.language, await team.team()
    around = await set_up.of_list("tickets", by=reader.by or NOBODY)
    categories, asked_for = around.categories, around.fields
    shown = {one: phrase(f"desk.show_{one}", language) for one in queue.SHOWN}
    filters = (
        Filter("show", "desk.show", shown, queue.OPEN, pills=True),
        Filter("q", "queue.q"),
        Filter(
            "agent", "desk.agent",
            {"": phrase("queue.any_agent", language)} | {one.public: one.called for one in house.values()},
        ),
        Filter(
            "channel", "queue.channel",
            {"": phrase("queue.any_channel", language), WEB: phrase("web.through_web", language)} | CHANNEL_NAMES,
        ),
        *_of_categories(categories, language),
        Filter("tag", "desk.tag"),
        *fields_told.filters(asked_for, language),
        _choice("until", queue.UNTIL, language),
        _choice("waits", queue.WAITED_FOR, language),
        Filter(
            "urgent", "queue.haste", {"": phrase("queue.any_haste", language), "yes": phrase("desk.urgent", language)}
        ),
    )  # fmt: skip
    order = "-number" if asked.get("show") in queue.PASSED else "next_at"
    read = listing.read(asked, HEADS, filters, key=Ticket.id, default=order)
    by = reader.by.name if reader.by is not None else ""
    offered = {one.id: sorting.name_of(one, language) for one in categories if one.id not in around.ended}
    return QueueList(
        **vars(read), reads=by, zone=reader.zone, language=language, fields=asked_for, offered=offered,
        views=around.views,
    )  # fmt: skip


def _of_categories(categories: Sequence[TicketCategory], language: str) -> list[Filter]:
    """By what a ticket is about, where the company sorts its tickets."""
    told = {str(one.id): sorting.name_of(one, language) for one in categories}
    anything = {"": phrase("queue.any_category", language)}
    return [Filter("category", "promise.category", anything | told)] if told else []


def _choice(name: str, choices: Sequence[str], language: str) -> Filter:
    told = {one: phrase(f"queue.{name}_{one}", language) for one in choices}
    return Filter(name, f"queue.{name}", {"": phrase(f"queue.any_{name}", language)} | told)


async def condition(of: Listing) -> Any:
    """Which tickets a list holds."""
    assert isinstance(of, QueueList)
    return queue.condition(await wanted(of), of.zone)


async def wanted(of: QueueList) -> Wanted:
    """The tickets that a list asks for."""
    ids = await finding.find(of["q"]) if of["q"] else None
    agent = await team.of_public(of["agent"]) if of["agent"] else None
    return Wanted(
        of.reads, of["show"], agent.name if agent else "", of["channel"], bool(of["urgent"]), of["until"], of["waits"],
        ids, int(of.chosen.get("category") or 0), of["tag"].lower(),
        tuple(fields_told.marks(of.fields, of.chosen, of.language)),
    )  # fmt: skip


def sentence(of: Listing, language: str) -> str:
    """What the list shows, said as one sentence: `Tiket terbuka, dipegang Rina, lewat WhatsApp`."""
    parts = [phrase(f"queue.sees_{of['show']}", language)]
    for one in of.filters:
        value = of[one.name]
        if one.pills or value == one.default:
            continue
        words = one.choices[value] if one.choices is not None else value
        if one.called:
            parts.append(phrase("deskfields.and_one", language, name=one.called, value=words))
            continue
        parts.append(words if one.name in SAID_AS_THEY_ARE else phrase(f"queue.and_{one.name}", language, words=words))
    return ", ".join(parts)


async def rows(
    found: Sequence[Mapping[str, Any]], language: str, zone: str, of_company: str
) -> list[dict[str, Any]]:  # fmt: skip
    """Tickets as the queue shows them: the target that sorts them, and the promise that was told; instants by the
    reader's clock, and by the company's where it is another."""
    house = await team.team() if any(row["agent"] for row in found) else {}
    now, company, shown = clock.now(), database.company(), []
    promised, in_time = phrase("queue.promised", language, at="|"), phrase("desk.in_time", language, time="|")
    for row in found:
        due = row["next_at"] if row["next_at"] != tickets.NEVER else None
        promise = row["answer_promise"] or row["solve_promise"]
        agent = house.get(row["agent"] or "")
        shown.append(
            {
                "public": row["public"], "number": row["number"], "state": row["state"], "urgent": row["urgent"],
                "subject": tickets.subject_in(row, company),
                "who": row["who"], "through": through(row["channel"], language),
                "agent": (agent.called if agent else phrase("queue.gone", language)) if row["agent"] else "",
                "due": due, "late": due is not None and now > due,
                "left": in_time.replace("|", short) if due and (short := wording.left(due, now, language)) else "",
                "told": wording.moment(due, zone, of_company, language) if due else "",
                "promise": promised.replace("|", wording.moment(promise, zone, of_company, language))
                if promise else "",
                "promise_at": promise, "broken": promise is not None and now > promise,
            }
        )  # fmt: skip
    return shown


@dataclass(frozen=True)
class Around:
    """The queue beside an open ticket: how much of it there is, whose it is, and what stands before and after."""

    counts: queue.Counts
    own: bool  # only what is one's own, as the ticket is
    rows: Sequence[Mapping[str, Any]]


async def around(ticket: Ticket, reader: Reader, of_company: str) -> Around:
    """The queue from a little above this ticket on; from its top where the ticket does not stand in it any more."""
    by, inside = reader.by.name if reader.by is not None else "", ticket.state in tickets.UNSOLVED
    above: Sequence[Mapping[str, Any]] = ()
    here = queue.along(ticket, by=by, after=True if inside else None)
    if inside:
        before = Ticket.select(*columns()).where(queue.along(ticket, by=by, after=False))
        above = await before.order_by(Ticket.next_at, Ticket.id, ascending=False).limit(ABOVE)
        here = here | (Ticket.id == ticket.id)
    found = await Ticket.select(*columns()).where(here).order_by(Ticket.next_at, Ticket.id).limit(BELOW)
    shown = await rows([*reversed(above), *found], reader.language, reader.zone, of_company)
    return Around(await queue.counts(by), ticket.agent == by, shown)


def through(channel: str, language: str) -> str:
    """The way a question came, as people call it."""
    if channel == "email":
        return phrase("mailboxes.through_email", language)
    if channel in ("phone", "counter"):
        return phrase(f"calls.through_{channel}", language)
    if channel == "desk":
        return phrase("moves.through", language)
    if channel == "report":
        return phrase("publicform.through", language)
    if channel in ("web", "console", "command"):
        return phrase(f"web.through_{channel}", language)
    return CHANNEL_NAMES.get(channel, "Serambi")
