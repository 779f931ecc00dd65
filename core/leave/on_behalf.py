"""Leave that HR records for somebody who told it by telephone or on a form of paper, and taking such a record back.

The rules are those of the talk, judged by the day on which it was told. What needs a yes goes the way of its chain, or
is recorded as agreed to on paper by whoever answers for that. Nobody records for themselves; the employee is told.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from core import audit, clock, database, vault
from core.approvals import decisions, history
from core.approvals.decisions import Submitted
from core.approvals.kinds import APPLIED, CANCELLED, IN_REVIEW, PAPER, RETURNED, verdict_of
from core.approvals.settling import held
from core.approvals.tables import Decision, Request, RequestEvent
from core.audit import Actor
from core.errors import Refused
from core.leave import requests, stands_again, told, types
from core.leave.asked import KIND, of_request
from core.leave.policy import Period
from core.leave.requests import Preview
from core.leave.tables import LeaveDay, LeaveRequest
from core.messaging.messages import Message
from core.people import directory
from core.people.directory import Employee
from core.people.tables import Employment, Person
from core.phrases import hari, one_line, phrase, rentang, tanggal

ASK = "ask"
WAYS = (ASK, PAPER)
OLDEST = timedelta(days=92)  # how long ago it may have been told
LONGEST_WORDS = 200


@dataclass(frozen=True)
class Told:
    """How leave reached HR: by which way it is to be recorded, on which day it was told, and by what."""

    way: str
    on: date
    words: str


@dataclass(frozen=True)
class Entered:
    """A leave that somebody recorded for another: by whom, when, by what it was told."""

    request: int
    who: str
    at: datetime
    words: str
    paper: bool  # it was agreed to on paper


async def look(employee: Employee, leave_type: str, period: Period, given: Told, *, by: Actor) -> Preview:
    """What recording this would cost and leave, or the first reason why it can't be; writes nothing."""
    today = clock.today(employee.zone)
    _refuse_own(employee, by)
    words_of(given.words)
    if not today - OLDEST <= given.on <= today:
        raise Refused("leave.entered_told_on", first=today - OLDEST)
    kind = await types.of(leave_type)
    if kind.decision == types.APPROVE and given.way == ASK and period.starts < today:
        raise Refused("leave.entered_past", starts=period.starts)
    return await requests.preview(employee, leave_type, period, asked_on=given.on)


async def record(
    employee: Employee, leave_type: str, period: Period, reason: str | None, given: Told, *, person: int | None,
    instead_of: Collection[str] = (), actor: Actor,
) -> Submitted:  # fmt: skip
    """Record it, and have the employee told; `person` is who records it, and answers for a yes that stands on paper."""
    async with database.transaction(employee.company):
        seen = await look(employee, leave_type, period, given, by=actor)
        words = words_of(given.words)
        if seen.kind.decision == types.ACKNOWLEDGE:
            made = await requests.acknowledge(
                employee, leave_type, period, reason, actor=actor, instead_of=instead_of, asked_on=given.on
            )
        elif given.way == PAPER:
            if person is None:
                raise Refused("leave.entered_nobody")
            made = await requests.on_paper(
                employee, leave_type, period, reason, person=person, words=words, actor=actor, asked_on=given.on
            )
        else:
            made = await requests.submit(employee, leave_type, period, reason, actor=actor, asked_on=given.on)
        request = await decisions.by_number(made.number)
        assert request is not None
        await history.note(request, history.ENTERED, person=person, channel=actor.channel, words=words)
        audit.record("leave.entered", f"request:{request.id}", by=actor, number=made.number, told=given.on)
        await told.tell(employee, await _told(employee, seen, period, made, words), f"entered:{request.id}")
        return made


def _refuse_own(employee: Employee, by: Actor) -> None:
    """What somebody says they were told, another writes down."""
    if by.name == f"person:{employee.person}":
        raise Refused("leave.entered_own")


def words_of(told_by: str) -> str:
    """By what it was told, as one line that is not empty."""
    words = one_line(told_by)
    if not words or len(words) > LONGEST_WORDS:
        raise Refused("leave.entered_words", most=LONGEST_WORDS)
    return words


async def _told(employee: Employee, seen: Preview, period: Period, made: Submitted, words: str) -> Message:
    language = employee.language
    how = "asked" if made.state == IN_REVIEW else "recorded"
    text = phrase(
        f"leave.entered_{how}", language, kind=seen.kind.name(language), number=made.number, words=words,
        days=rentang(period.starts, period.ends, language), half=period.part or "no", cost=hari(seen.cost, language),
        many=told.plural(seen.cost), who=", ".join(made.approvers) or phrase("leave.the_administrators", language),
        left=await told.left_of(seen.kind, employee, language),
    )  # fmt: skip
    for one in seen.over:
        text += " " + phrase(
            "leave.entered_instead", language, number=one.number, back=hari(one.back, language),
            many=told.plural(one.back),
        )  # fmt: skip
    if seen.document_by is not None:
        text += " " + phrase("leave.entered_paper", language, day=tanggal(seen.document_by, language))
    return Message("leave.entered", text, language=language)


# -- taking back -------------------------------------------------------------------------------------------------------


async def take_out(request: Request, why: str, *, person: int | None, actor: Actor) -> str:
    """Take back what was recorded for somebody: at once where no chain decided it, all its days into the lots they came
    from; else by asking those who decided. Returns the state it is in then."""
    reason = words_of(why)
    async with database.transaction(request.company):
        fresh = await held(request)
        asker = await directory.employee(fresh.employment)
        _refuse_own(asker, actor)
        if fresh.kind != KIND or not (await of([fresh.id])).get(fresh.id):
            raise Refused("approvals.not_yours")
        leave, given = await of_request(fresh), await verdict_of(fresh)
        if fresh.state in (IN_REVIEW, RETURNED):
            back = await requests.withdraw(asker, fresh, actor=actor)
        elif fresh.state == APPLIED and given is not None and given.channel != PAPER:
            await requests.ask_cancel(asker, fresh, actor=actor)
            await history.note(fresh, history.TAKEN_OUT, person=person, channel=actor.channel, words=reason)
            return fresh.state
        else:
            await LeaveDay.update({LeaveDay.cancel_asked_at: None}).where(LeaveDay.request == leave.id)
            back = await requests.cost_of(leave)
            await decisions.call_off(fresh, by=asker, actor=actor, person=person)
        await history.note(fresh, history.TAKEN_OUT, person=person, channel=actor.channel, words=reason)
        audit.record("leave.taken_out", f"request:{fresh.id}", by=actor, number=fresh.number)
        await _tell_taken_out(asker, fresh, leave, back, reason)
        if fresh.state == CANCELLED:
            again = [days for one in await stands_again.of(leave) for days in one.back]
            await told.heads_unsaid(leave, fresh.id, again)
        return fresh.state


async def _tell_taken_out(asker: Employee, request: Request, leave: LeaveRequest, back: int, words: str) -> None:
    kind, language = await types.of(leave.leave_type), asker.language
    again = stands_again.words(await stands_again.of(leave), language)
    text = phrase(
        "leave.taken_out", language, kind=kind.name(language), number=request.number,
        days=rentang(leave.starts, leave.ends, language), words=words, left=await told.left_of(kind, asker, language),
        back=phrase("leave.taken_out_back", language, back=hari(back, language), many=told.plural(back))
        if kind.in_lots else "",
    )  # fmt: skip
    text += f" {again}" if again else ""
    await told.tell(asker, Message("leave.entered", text, language=language), f"taken_out:{request.id}")


async def of(asked: Sequence[int]) -> dict[int, Entered]:
    """Which of these requests somebody recorded for another, by their id."""
    rows = await RequestEvent.select().where(
        RequestEvent.request.is_in(list(asked) or [0]) & (RequestEvent.what == history.ENTERED)
    )
    whose = await _people([row["request"] for row in rows])
    names = await _names([row["person"] for row in rows])
    paper = {
        row["request"]
        for row in await Decision.select(Decision.step.request.as_alias("request")).where(
            Decision.step.request.is_in(list(whose) or [0]) & (Decision.channel == PAPER)
        )
    }
    return {
        row["request"]: Entered(
            row["request"], names.get(row["person"], ""), row["at"],
            vault.shown(row["words"], company=row["company"], column=history.WORDS, subject=whose[row["request"]]),
            row["request"] in paper,
        )
        for row in rows
    }  # fmt: skip


async def _people(asked: Sequence[int]) -> dict[int, int]:
    rows = await Request.select(Request.id, Request.employment).where(Request.id.is_in(list(asked) or [0]))
    spells = await Employment.select(Employment.id, Employment.person).where(
        Employment.id.is_in([row["employment"] for row in rows] or [0])
    )
    person = {row["id"]: row["person"] for row in spells}
    return {row["id"]: person[row["employment"]] for row in rows}


async def _names(people: Sequence[Any]) -> dict[Any, str]:
    rows = await Person.select(Person.id, Person.name).where(Person.id.is_in([one for one in people if one] or [0]))
    return {row["id"]: row["name"] for row in rows}
