"""One act on many tickets: fifty to a transaction, with its progress, and the way back where there is one.

What is to be done, and how each ticket was before, stands in a piece of work (`core/work.py`). A few are done while the
page waits; a job does the rest, and does again what a crash left: what is done already is not done twice.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from core import audit, clock, database, jobs, vault, work
from core.audit import Actor
from core.errors import Refused
from core.helpdesk import giving, links, sorting, tickets
from core.helpdesk.tables import Ticket, TicketTag
from core.work import Work

KIND, JOB = "desk_bulk", "tickets.many"
TAKE, GIVE, URGENT, CALM, RESOLVE, CLOSE, BACK = "take", "give", "urgent", "calm", "resolve", "close", "back"
SORT, TAG = "sort", "tag"
ACTS = (TAKE, GIVE, SORT, TAG, URGENT, CALM, RESOLVE, CLOSE)
UNDONE_BY: Mapping[str, str] = {TAKE: BACK, GIVE: BACK, URGENT: CALM, CALM: URGENT}
PART, AT_ONCE, MOST = 50, 50, 5_000
UNDO_WITHIN = timedelta(hours=1)


def possible(act: str, *, by: str, to: str, seen: datetime | None = None) -> Any:
    """Which tickets the act changes, as a condition; the others stay as they are. `seen` is when how many was said."""
    unsolved: Any = Ticket.state.is_in(list(tickets.UNSOLVED))
    agent = by if act == TAKE else to
    # Whose it was when the list was looked at is known; what a colleague was given or took since then is theirs.
    theirs: Any = Ticket.agent != agent if seen is None else (Ticket.agent != agent) & (Ticket.changed_at < seen)
    return {
        TAKE: (Ticket.state != tickets.CLOSED) & (Ticket.agent.is_null() | theirs),
        GIVE: (Ticket.state != tickets.CLOSED) & (Ticket.agent.is_null() | theirs),
        SORT: Ticket.category.is_null() | (Ticket.category != int(to)) if act == SORT else None,
        TAG: Ticket.id.not_in(TicketTag.select(TicketTag.ticket).where(TicketTag.name == to)),
        URGENT: unsolved & (Ticket.urgent == False),  # noqa: E712
        CALM: Ticket.urgent == True,  # noqa: E712
        RESOLVE: unsolved,
        CLOSE: Ticket.state != tickets.CLOSED,
    }[act]


async def begin(act: str, ids: Sequence[int], *, by: Actor, to: str = "", was: Mapping[str, Any] | None = None) -> Work:
    """Have it done to these tickets; in the open transaction. Refused: tickets.none_chosen, tickets.too_many_chosen."""
    if not ids:
        raise Refused("tickets.none_chosen")
    if len(ids) > MOST:
        raise Refused("tickets.too_many_chosen", most=MOST)
    held = (
        await Ticket.select(Ticket.id, Ticket.agent).where(Ticket.id.is_in(list(ids)) & Ticket.agent.is_not_null())
        if act in (TAKE, GIVE) else []
    )  # fmt: skip
    facts = {
        "act": act, "to": to, "ids": sorted(ids), "was": dict(was or {}), "changed": {}, "channel": by.channel,
        "held": {str(row["id"]): row["agent"] for row in held},
    }  # fmt: skip
    made = await work.begin(KIND, len(ids), facts, by=by)
    audit.record("tickets.many", f"work:{made.id}", by=by, act=act, number=len(ids))
    await jobs.enqueue(JOB, made.id)
    return made


@jobs.job(JOB, lane=jobs.BULK)
async def run(company: int, number: int) -> None:
    """Do what is left of it, part after part."""
    while await _part(company, number):
        pass


async def _part(company: int, number: int) -> bool:
    async with database.transaction(company):
        await database.lock_name(f"{JOB}:{number}")
        one = await Work.objects().where(Work.id == number).first()
        if one is None or one.state != work.RUNNING:
            return False
        facts, by = work.facts_of(one), Actor(one.by, work.facts_of(one)["channel"])
        ids = facts["ids"][one.done : one.done + PART]
        for ticket in await Ticket.objects().where(Ticket.id.is_in(ids or [0])).order_by(Ticket.id):
            before = ticket.agent
            if await _act(ticket, facts, by):
                facts["changed"][str(ticket.id)] = before
        sealed = vault.seal(json.dumps(facts), company=company, column=work.FACTS)
        await Work.update({Work.facts: sealed}).where(Work.id == number)
        done = one.done + len(ids)
        if not await work.advance(number, done):
            await work.finish(number, work.STOPPED)
            return False
        if done >= one.total:
            await work.finish(number, work.DONE)
        return done < one.total


async def _act(ticket: Ticket, facts: Mapping[str, Any], by: Actor) -> bool:
    """Do it to one; False where it has nothing to change by now, or a rule refuses."""
    act, newest = facts["act"], ticket.last
    try:
        await tickets.hold(ticket)
        held = facts.get("held", {}).get(str(ticket.id))
        if act in (TAKE, GIVE) and ticket.agent not in (None, held):
            return False  # a colleague took it since it was chosen
        if act == TAKE and ticket.agent != by.name:
            await tickets.take(ticket, by=by)
        elif act == GIVE and ticket.agent != facts["to"]:
            await giving.give(ticket, facts["to"], by=by)
        elif act == SORT and ticket.category != int(facts["to"]):
            await sorting.sort(ticket, int(facts["to"]), by=by)
        elif act == TAG and facts["to"] not in await links.tags_of(ticket):
            await links.tag(ticket, facts["to"], by=by)
        elif act == URGENT and not ticket.urgent:
            await tickets.hurry(ticket, by=by)
        elif act == CALM and ticket.urgent:
            await tickets.calm(ticket, by=by)
        elif act == RESOLVE and ticket.state in tickets.UNSOLVED:
            await tickets.solve(ticket, by=by, read=newest)
        elif act == CLOSE and ticket.state != tickets.CLOSED:
            await tickets.close(ticket, by=by, told=False)
        elif act == BACK and ticket.agent == facts["to"]:
            before = facts["was"].get(str(ticket.id))
            if before is None:
                await tickets.release(ticket, by=by)
            else:
                await giving.give(ticket, before, by=by)
        else:
            return False
    except Refused:  # closed, or somebody wrote, since it was chosen: it stays as it is
        return False
    return True


async def undo(public: str, *, by: Actor) -> Work | None:
    """Begin the way back of what this actor did; None where there is none."""
    one = await work.of_public(public)
    if one is None or one.kind != KIND or one.by != by.name or one.state == work.RUNNING:
        return None
    facts = work.facts_of(one)
    back, changed = UNDONE_BY.get(facts["act"]), facts["changed"]
    if back is None or not changed or clock.now() - one.started_at > UNDO_WITHIN:
        return None
    to = facts["to"] if facts["act"] == GIVE else by.name
    return await begin(back, [int(key) for key in changed], by=by, to=to, was=changed)


def changed_of(one: Work) -> tuple[str, int]:
    """Which act it was, and how many tickets it changed."""
    facts = work.facts_of(one)
    return facts["act"], len(facts["changed"])
