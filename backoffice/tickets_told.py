"""A ticket as its pages show it: the talk, the clocks with their receipt, who asks and who looks after it."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from backoffice import actors, ticket_facts
from backoffice.desk_queue import through
from backoffice.ticket_facts import Handed
from core import clock
from core.calendar.promises import Times
from core.helpdesk import belongs, clocks, giving, handing, merging, service_level, tickets, timelines, wording
from core.helpdesk.service_level import PROMISE, TARGET, Clock
from core.helpdesk.tables import Ticket, TicketEvent
from core.messaging import attachments
from core.messaging.tables import Attachment
from core.people import directory
from core.phrases import phrase, saat

SPOKEN = (
    service_level.OPENED, service_level.ASKED, service_level.REOPENED, service_level.THANKED, service_level.ANSWERED,
    service_level.NOTED,
)  # fmt: skip


MAY_SPLIT = (service_level.ASKED, service_level.REOPENED)

# What the requester sees besides what was said to them.
FOR_ALL = (
    service_level.TAKEN, service_level.WAITS, service_level.RESUMED, service_level.RESOLVED, service_level.CLOSED,
    service_level.FLAGGED, service_level.RATED, service_level.UNSOLVED, service_level.MERGED,
    service_level.UNMERGED, service_level.SPLIT, service_level.GIVEN, service_level.MOVED,
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One thing that happened: words of somebody, or an act told in a line between them."""

    at: datetime
    who: str
    kind: str
    words: str
    through: str
    theirs: bool  # the requester's own
    id: int = 0
    paper: str | None = None  # the address of a file that came with it
    paper_name: str = ""
    initials: str = ""
    may_split: bool = False  # it can become a ticket of its own
    split: bool = False  # it did
    of: str = ""  # the number of the ticket it was written to, where that was merged into this one
    folded: str = ""  # of a mail: what it quotes, and its signature


@dataclass(frozen=True)
class Dial:
    """A clock as it is drawn: its name, its due in words, what is left, how far it has run from 0 to 1000."""

    name: str
    due: str
    left: str
    share: int
    late: bool


@dataclass(frozen=True)
class Shown:
    """A ticket with everything its page shows."""

    row: Ticket
    subject: str
    who: str
    page: str | None  # of the person who asks, among the people of the company
    about: str
    agent: str
    mine: bool
    through: str
    lines: Sequence[Line]
    promise: Dial | None
    target: Dial | None
    receipt: Sequence[str]
    version: str
    newest: int  # the last event that is shown, or not
    others: int  # tickets this person has had besides
    handed: Handed | None = None  # what the talk knew when it handed over


async def ticket(
    row: Ticket, language: str, zone: str, *, by: str, inside: bool = True, sealed: bool = True
) -> Shown:  # fmt: skip
    """The ticket for this reader; whoever asked sees nothing that the desk keeps for itself (not `inside`), and what is
    HR's alone is not told to others of the desk (`sealed`)."""
    events = await merging.events_with(row)
    happened = await timelines.of(row)
    gone = timelines.split_off(events)
    newest = max(int(one.id) for one in events)
    if not inside:
        events = [one for one in events if one.public or one.kind in FOR_ALL]
    names = await _named(
        [one.by for one in events]
        + ([row.agent] if row.agent else [])
        + [to for one in events if (to := giving.given_to(one))],
        language,
    )
    who = await directory.person_name(row.person)
    employee = await directory.of_person(row.person)
    pages = await directory.pages_of([row.person])
    now = clock.now()
    both = await clocks.of(row, happened, at=now)
    ends = row.merged_into is not None
    found, promised, aimed = both.times, *((None, None) if ends else (both.current(PROMISE), both.current(TARGET)))
    lines = wording.receipt_of(promised, found, language) if promised is not None else []
    return Shown(
        row, tickets.subject(row), who, pages.get(row.person),
        (employee.department_name or "") if employee is not None else "",
        names.get(row.agent or "", ""), row.agent == by, through(row.channel, language),
        await _lines(events, names, who, row, language, inside=inside, gone=gone, zone=zone),
        _dial("promise" if inside else "mine", promised, now, found, zone, language),
        _dial("target", aimed, now, found, zone, language),
        lines, found.held.version, newest, max(0, await Ticket.count().where(Ticket.person == row.person) - 1),
        ticket_facts.handed(events, language, sealed=sealed) if inside else None,
    )  # fmt: skip


def _dial(name: str, one: Clock | None, now: datetime, times: Times, zone: str, language: str) -> Dial | None:
    if one is None:
        return None
    title = phrase(f"desk.clock_{name}_{'solve' if one.metric == service_level.SOLVE else 'answer'}", language)
    if one.due is None:
        said = phrase("desk.clock_paused" if one.paused else "desk.clock_unknown", language)
        return Dial(title, said, "", 0, late=False)
    late = one.late(now)
    left = wording.long(now - one.due if late else one.due - now, language)
    told = phrase("desk.clock_late" if late else "desk.clock_left", language, time=left)
    takes = one.measure.takes(one.since)
    share = min(1000, int(1000 * one.passed / takes)) if takes else 0
    return Dial(title, wording.moment(one.due, zone, times.held.zone, language), told, share, late)


async def _lines(
    events: Sequence[TicketEvent], names: Mapping[str, str], who: str, row: Ticket, language: str, *, inside: bool,
    gone: Collection[int], zone: str,
) -> list[Line]:  # fmt: skip
    numbers = [one.attachment for one in events if one.attachment is not None]
    papers = {row.id: row for row in await Attachment.objects().where(Attachment.id.is_in(numbers or [0]))}
    others = {int(one.id): one.number for one in await merging.merged_in(row)}
    own, found = await belongs.voices(row), []
    for one in events:
        theirs = one.by in own
        name = who if one.by == f"person:{row.person}" else names.get(one.by, "")
        words = tickets.words_of(one)
        if not inside:
            words = str(ticket_facts.facts_of(one).get("sent") or words)
        if one.kind not in SPOKEN or not (words or one.attachment):
            to = names.get(giving.given_to(one) or "", "")
            words = _act(one, name, language, zone, to)
        paper = papers.get(one.attachment)
        found.append(
            Line(
                one.at, name, one.kind, words, through(one.channel, language), theirs, int(one.id),
                paper.public if paper is not None and paper.removed_at is None else None,
                attachments.name_of(paper) if paper is not None else "", initials(name),
                may_split=one.kind in MAY_SPLIT and theirs and one.id not in gone and one.ticket == row.id,
                split=one.id in gone, of=others.get(int(one.ticket), ""), folded=_folded(one),
            )
        )  # fmt: skip
    return found


def _act(one: TicketEvent, name: str, language: str, zone: str, to: str) -> str:
    """What was done, in a line: by whom, and with which other ticket or until when."""
    meta = json.loads(one.meta)
    other = meta.get("into") or meta.get("source") or meta.get("number") or ""
    until = saat(datetime.fromisoformat(meta["until"]), zone, language) if "until" in meta else ""
    way = "into" if "into" in meta else "from"
    stars, step = str(meta.get("stars") or ""), meta.get("step", "")
    return phrase(
        f"desk.event_{one.kind}", language, who=name, stars=stars, other=other, until=until, way=way, to=to, step=step
    )


def _folded(event: TicketEvent) -> str:
    """What stood below the words of a mail."""
    if event.facts is None or event.channel != "email":
        return ""
    return str(handing.facts_of(event).get("folded", ""))


def initials(name: str) -> str:
    """The letters by which somebody is drawn: of the first name and the last."""
    said = [word for word in name.split() if word[:1].isalpha()]
    return "".join(word[0].upper() for word in (said[:1] + said[1:][-1:]))


async def _named(some: Sequence[str], language: str) -> dict[str, str]:
    """What actors are called; whoever is nobody's employee speaks for the desk, and the house for itself."""
    known = await actors.names(some)
    desk, house = phrase("tickets.desk", language), "Serambi"
    return {one: known.get(one) or (house if one.startswith("serambi") else desk) for one in some}
