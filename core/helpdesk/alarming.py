"""Telling of clocks: the agent before a target is missed; agent and administrators when it was, or a promise was.

Each is told once, however often the job runs and wherever it died: what was told is a row, unique, of the transaction
in which the messages are put on their way.
"""

from core import clock, database, jobs
from core.accounts.roles import AGENT
from core.accounts.tables import Membership
from core.approvals import chains
from core.calendar import promises
from core.crash import crashpoint
from core.helpdesk import alarms, clocks, tickets, timelines, wording
from core.helpdesk.alarms import Alarm
from core.helpdesk.service_level import SOLVE
from core.helpdesk.tables import Ticket, TicketAlarm
from core.messaging import outbox
from core.messaging.messages import Message
from core.people import directory
from core.people.directory import Employee
from core.phrases import phrase


@jobs.job("tickets.alarm", lane=jobs.BULK)
async def tell(company: int, number: int) -> None:
    """Tell what is to be told of this ticket by now, and have the next one told in its time."""
    async with database.transaction(company):
        row = await Ticket.objects().where(Ticket.id == number).first()
        if row is None:
            return
        await tickets.hold(row)
        if row.state not in tickets.UNSOLVED or row.merged_into is not None:
            return
        now = clock.now()
        both = await clocks.of(row, await timelines.of(row), at=now)
        for one in alarms.due(both, now):
            if await _first_time(row, one):
                await _tell(row, one)
        crashpoint("tickets.alarm_told")
        planned = alarms.following(both, now)
        if planned is not None and planned != row.alarm_at:  # else another job of this ticket stands there already
            await jobs.enqueue("tickets.alarm", row.id, run_at=planned)
        if planned != row.alarm_at:
            await Ticket.update({Ticket.alarm_at: planned}).where(Ticket.id == row.id)


async def _first_time(row: Ticket, one: Alarm) -> bool:
    """Write down that it is told; False where it was. The ticket is held, so nobody else writes meanwhile."""
    same = (
        (TicketAlarm.ticket == row.id) & (TicketAlarm.kind == one.kind) & (TicketAlarm.metric == one.metric)
        & (TicketAlarm.since == one.since)
    )  # fmt: skip
    if await TicketAlarm.exists().where(same):
        return False
    await TicketAlarm.insert(
        TicketAlarm(ticket=row.id, kind=one.kind, metric=one.metric, since=one.since, due=one.due, at=clock.now())
    )
    return True


async def _tell(row: Ticket, one: Alarm) -> None:
    zone = (await promises.times(row.location)).held.zone
    which = "solve" if one.metric == SOLVE else "answer"
    for employee in await _hears(row, one.kind):
        language = employee.language
        by = wording.moment(one.due, employee.zone, zone, language)
        time = wording.left(one.due, clock.now(), language)
        left = phrase("tickets.still", language, left=time) if time else ""
        key = f"tickets.alarm_{one.kind}"
        told = phrase(key, language, number=row.number, about=tickets.subject(row), which=which, by=by, left=left)
        mark = f"{one.kind}:{one.metric}:{one.since.isoformat()}"
        await outbox.post_once(
            await outbox.address_of(employee.person), Message(key, told, language=language),
            dedupe=f"alarm:{row.id}:{mark}:{employee.person}",
        )  # fmt: skip


async def _hears(row: Ticket, kind: str) -> list[Employee]:
    """Who is told: whoever looks after it, before that the agents; who administers the company too, once it is late.
    Never who asked, about a ticket of their own."""
    person = await person_of(row.agent)
    agent = await directory.of_person(person) if person is not None else None
    found = [agent] if agent is not None else list(await chains.holders([AGENT]))
    if kind != alarms.WARNED or not found:
        found += list(await chains.administrators())
    return list({one.person: one for one in found if one.person != row.person}.values())


async def person_of(actor: str | None) -> int | None:
    """The person behind an actor of the audit; None for an account that is nobody's employee."""
    kind, _, number = (actor or "").partition(":")
    if kind == "person":
        return int(number)
    if kind != "account":
        return None
    row = (
        await Membership.select(Membership.person)
        .where((Membership.account == int(number)) & Membership.person.is_not_null())
        .first()
    )
    return row["person"] if row is not None else None
