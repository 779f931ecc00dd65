"""Who asks, beside their ticket: what the desk may know anyway, and figures it may send without seeing them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from core import clock
from core.approvals.tables import Request
from core.helpdesk import belongs, replies, words_back
from core.helpdesk.tables import Ticket
from core.people import directory
from core.people.directory import Employee
from core.people.tables import Assignment, ChannelIdentity
from core.phrases import jam, phrase, tanggal

OPEN = ("in_review", "returned", "approved", "cancel_requested")
MOST_REQUESTS = 5
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Asked:
    """Something they asked for that is not settled: its number, what it is and how it stands; never why."""

    number: str
    kind: str
    state: str
    begins: date | None


@dataclass(frozen=True)
class Requester:
    """Whoever asks, in lines of what and how; `figures` are their names between braces, with what each of them is."""

    facts: Sequence[tuple[str, str]] = ()
    requests: Sequence[Asked] = ()
    figures: Sequence[tuple[str, str]] = field(default_factory=tuple)


async def of(row: Ticket, language: str, *, reads_leave: bool) -> Requester:
    """What this reader may know of whoever asks. Nobody's employee has no line here; `_sender` says what is proved."""
    employee = await directory.of_person(await belongs.reader(row))
    if employee is None:
        return Requester()
    facts = [(phrase(f"desk.fact_{name}", language), said) for name, said in await _facts(employee, language)]
    if employee.person != row.person:  # what is filled in is the asker's, and nobody knew who that was
        return Requester(facts, await _requests(employee) if reads_leave else ())
    theirs = await words_back.language_of(row.person)
    figures = [
        (f"{{{{{name}}}}}", phrase(f"desk.figure_{shown}", language))
        for name, shown in zip(replies.SEALED[theirs], replies.SEALED["en"], strict=True)
    ]
    return Requester(facts, await _requests(employee) if reads_leave else (), figures)


async def _facts(employee: Employee, language: str) -> list[tuple[str, str]]:
    placed = (
        await Assignment.select(Assignment.position, Assignment.location.name.as_alias("place"))
        .where((Assignment.employment == employee.id) & (Assignment.from_ <= clock.today(employee.zone)))
        .order_by(Assignment.from_, ascending=False).first()
    )  # fmt: skip
    does = ", ".join(one for one in ((placed or {}).get("position"), employee.department_name) if one)
    told = [("work", does)]
    if placed is not None:
        now = jam(clock.now(), employee.zone, language)
        told.append(("place", phrase("desk.fact_now", language, place=placed["place"], time=now)))
    if employee.manager is not None:
        heads = await directory.several([employee.manager])
        told.append(("head", heads[0].name if heads else ""))
    told.append(("since", tanggal(employee.joins, language)))
    chats = await ChannelIdentity.select(ChannelIdentity.channel, ChannelIdentity.unreachable_at).where(
        (ChannelIdentity.person == employee.person) & ChannelIdentity.ended_at.is_null()
    ).order_by(ChannelIdentity.id)  # fmt: skip
    reached = dict.fromkeys(one["channel"] for one in chats if one["unreachable_at"] is None)
    named = [phrase(f"staff.channel_{one}", language) for one in (*reached, *(() if "web" in reached else ("web",)))]
    told.append(("chats", ", ".join(named)))
    told.append(("language", phrase(f"web.language_{employee.language}", language)))
    recent = (Ticket.person == employee.person) & (Ticket.opened_at > clock.now() - YEAR)
    rated = (
        await Ticket.select(Ticket.rating).where((Ticket.person == employee.person) & Ticket.rating.is_not_null())
        .order_by(Ticket.id, ascending=False).first()
    )  # fmt: skip
    count = await Ticket.count().where(recent)
    if rated is not None:
        told.append(("tickets", phrase("desk.fact_tickets_rated", language, count=count, stars=str(rated["rating"]))))
    else:
        told.append(("tickets", phrase("desk.fact_tickets_year", language, count=count)))
    return [(name, said) for name, said in told if said]


async def _requests(employee: Employee) -> list[Asked]:
    rows = await Request.select(Request.number, Request.kind, Request.state, Request.begins).where(
        (Request.employment == employee.id) & Request.state.is_in(list(OPEN))
    ).order_by(Request.id, ascending=False).limit(MOST_REQUESTS)  # fmt: skip
    return [
        Asked(
            one["number"], one["kind"], one["state"], one["begins"] and clock.local(one["begins"], employee.zone).date()
        )
        for one in rows
    ]
