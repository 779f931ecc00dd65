"""The one state machine of requests: submitted, decided step by step, in effect; or taken back, changed, undone."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from piccolo.query.mixins import OnConflictAction

from core import audit, clock, database, jobs, vault
from core.approvals import cards, chains, history, kinds, rules, settling, signers, steps
from core.approvals.kinds import (
    APPLIED,
    APPROVE,
    APPROVED,
    CANCEL_REQUESTED,
    CANCELLED,
    CHANGE,
    IN_REVIEW,
    REASON,
    REJECT,
    RETURNED,
    SETTLES,
    WITHDRAWN,
    Verdict,
)
from core.approvals.settling import first_name, held, refresh, too_late
from core.approvals.steps import Opened
from core.approvals.tables import Counter, Decision, Request, Step, StepApprover
from core.approvals.waiting import approvers_of, by_number, by_public, of_employee, waiting_for
from core.audit import Actor
from core.crash import crashpoint
from core.errors import Refused
from core.people.directory import Employee
from core.phrases import one_line

# The verbs of this module, and the look-ups that go with them.
__all__ = (
    "Submitted", "acknowledge", "approvers_of", "ask_cancel", "by_number", "by_public", "call_off", "change", "decide",
    "next_number", "of_employee", "on_paper", "submit", "too_late", "waiting_for", "withdraw",
)  # fmt: skip
LONGEST_REASON = 500


@dataclass(frozen=True)
class Submitted:
    """A request on its way: its number, who is asked, and when they are reminded."""

    request: int
    number: str
    approvers: tuple[str, ...]
    remind_at: datetime
    soon: bool
    zone: str
    state: str = IN_REVIEW


# -- asking ------------------------------------------------------------------------------------------------------------


async def submit(
    kind: str, subject: int, letter: str, *, by: Employee, begins: datetime | None, actor: Actor,
    facts: rules.Facts | None = None,
) -> Submitted:  # fmt: skip
    """Put what was asked for before those whom the chain of its kind names; without a chain, before the head."""
    async with database.transaction(by.company):
        chain = await chains.in_force(kind)
        levels = await chains.levels_of(by, chain, facts or {})
        request = await _new(kind, subject, letter, by, begins, facts, chain=chain.id if chain else None)
        await history.note(request, history.SUBMITTED, person=by.person, channel=actor.channel, subject=subject)
        opened = await steps.write_down(request, levels)
        await _watch_the_beginning(request)
        audit.record("request.submitted", f"request:{request.id}", by=actor, number=request.number, kind=kind)
        return _submitted(request, opened)


async def acknowledge(
    kind: str, subject: int, letter: str, *, by: Employee, actor: Actor, begins: datetime | None = None,
    facts: rules.Facts | None = None,
) -> Submitted:  # fmt: skip
    """Record what needs nobody's decision on the asker's own yes, and let it take effect."""
    async with database.transaction(by.company):
        request = await _new(kind, subject, letter, by, begins, facts, chain=None)
        await history.note(request, history.ACKNOWLEDGED, person=by.person, channel=actor.channel, subject=subject)
        now = clock.now()
        given = Verdict(kinds.ACKNOWLEDGE, by.first_name, by.person, now, None, actor.channel)
        request.state = APPLIED
        await Request.update({Request.state: APPLIED}).where(Request.id == request.id)
        await SETTLES[kind](request, given)
        audit.record("request.acknowledged", f"request:{request.id}", by=actor, number=request.number, kind=kind)
        return Submitted(request.id, request.number, (), now, False, by.zone, APPLIED)


async def on_paper(
    kind: str, subject: int, letter: str, *, by: Employee, person: int, words: str, actor: Actor,
    facts: rules.Facts | None = None,
) -> Submitted:  # fmt: skip
    """Record what was agreed to outside, for which `person` answers with `words` on where that stands, and let it take
    effect. Undoing it goes the way of its chain, as of anything that was decided."""
    async with database.transaction(by.company):
        if person == by.person or await signers.is_own(person, by.person):
            raise Refused("approvals.own_request")
        chain = await chains.in_force(kind)
        request = await _new(kind, subject, letter, by, None, facts, chain=chain.id if chain else None)
        await history.note(request, history.SUBMITTED, person=by.person, channel=kinds.PAPER, subject=subject)
        now = clock.now()
        step = Step(
            request=request.id, version=1, level=1, state="approved", mode=rules.ANY, needed=1, asks=steps.IT,
            opens_at=now, remind_at=now, escalate_at=now, who=rules.write_who(()),
        )  # fmt: skip
        await Step.insert(step)
        await StepApprover.insert(StepApprover(step=step.id, person=person, added_by=kinds.PAPER))
        await Decision.insert(
            Decision(
                step=step.id, actor=person, verdict=APPROVE, channel=kinds.PAPER, version=1, decided_at=now,
                reason=vault.seal(words, company=request.company, column=REASON, subject=by.person),
            )
        )  # fmt: skip
        given = Verdict(APPROVE, await first_name(person), person, now, words, kinds.PAPER)
        await settling.to(request, APPROVED)
        await settling.to(request, APPLIED)
        await SETTLES[kind](request, given)
        audit.record("request.on_paper", f"request:{request.id}", by=actor, number=request.number, kind=kind)
        return Submitted(request.id, request.number, (), now, False, by.zone, APPLIED)


async def _new(
    kind: str, subject: int, letter: str, by: Employee, begins: datetime | None, facts: rules.Facts | None,
    *, chain: int | None,
) -> Request:  # fmt: skip
    request = Request(
        public=database.new_public(), kind=kind, subject=subject, number=await next_number(letter), version=1,
        employment=by.id, state=IN_REVIEW, submitted_at=clock.now(), begins=begins,
        facts=json.dumps(dict(facts or {}), sort_keys=True), chain=chain,
    )  # fmt: skip
    await Request.insert(request)
    return request


def _submitted(request: Request, opened: Opened) -> Submitted:
    return Submitted(
        request.id, request.number, opened.approvers, opened.remind_at, opened.soon, opened.zone, request.state
    )


async def _watch_the_beginning(request: Request) -> None:
    """Have it told when what was asked for begins and nobody has decided."""
    if request.begins is not None and request.begins > clock.now():
        await jobs.enqueue("approvals.begun", request.id, request.version, run_at=request.begins)


async def change(
    request: Request, *, subject: int, begins: datetime | None, by: Employee, actor: Actor,
    facts: rules.Facts | None = None,
) -> Submitted:  # fmt: skip
    """Ask for something else under the same number: a new version, with new cards; the old cards say so."""
    async with database.transaction(request.company):
        fresh = await _own(request, by, IN_REVIEW, RETURNED)
        was, made = fresh.subject, await steps.rules_of(fresh)
        await steps.close_all(fresh)
        await history.note(fresh, history.CHANGED, person=by.person, channel=actor.channel, subject=was)
        chain = await chains.in_force(fresh.kind)
        every = await chains.levels_of(by, chain, facts or {})
        levels = await steps.not_agreed(fresh, every, chain) if made.restart == rules.RESTART_OPEN else every
        if not levels:  # what was agreed to was the whole way: the last step sees the new version
            levels = every[-1:]
        before = fresh.version
        values = {
            Request.version: before + 1, Request.subject: subject, Request.begins: begins, Request.state: IN_REVIEW,
            Request.facts: json.dumps(dict(facts or {}), sort_keys=True), Request.chain: chain.id if chain else None,
        }  # fmt: skip
        await Request.update(values).where(Request.id == fresh.id)
        await refresh(request)
        await cards.closed(request, "superseded", version=before, mark=f":v{before}")
        opened = await steps.write_down(request, levels, first=len(every) - len(levels) + 1)
        await _watch_the_beginning(request)
        audit.record("request.changed", f"request:{request.id}", by=actor, number=request.number, version=before + 1)
        return _submitted(request, opened)


async def withdraw(request: Request, *, by: Employee, actor: Actor) -> None:
    """Take one's own request back before it was decided; or one's wish to undo it."""
    async with database.transaction(request.company):
        fresh = await _own(request, by, IN_REVIEW, RETURNED, CANCEL_REQUESTED)
        undoing = fresh.state == CANCEL_REQUESTED
        request.state = APPLIED if undoing else WITHDRAWN
        await Request.update({Request.state: request.state}).where(Request.id == request.id)
        await steps.close_all(fresh)
        what = history.KEPT if undoing else history.WITHDRAWN
        await history.note(fresh, what, person=by.person, channel=actor.channel)
        if not undoing:
            await SETTLES[request.kind](request, None)
        await cards.closed(request, "kept_by_asker" if undoing else "withdrawn", mark=f":v{fresh.version}")
        audit.record("request.withdrawn", f"request:{request.id}", by=actor, number=request.number)


async def ask_cancel(request: Request, *, by: Employee, actor: Actor) -> Submitted:
    """Ask to undo what is in effect, before the same approvers; what nobody had to decide is undone at once."""
    async with database.transaction(request.company):
        fresh = await _own(request, by, APPLIED)
        last = await Step.objects().where(
            (Step.request == fresh.id) & (Step.asks == steps.IT)
        ).order_by(Step.version, Step.level, ascending=False).first()  # fmt: skip
        await history.note(fresh, history.CANCEL_ASKED, person=by.person, channel=actor.channel)
        audit.record("request.cancel_asked", f"request:{request.id}", by=actor, number=request.number)
        if last is None:
            await refresh(request)
            given = Verdict(APPROVE, by.first_name, by.person, clock.now(), None, actor.channel, cancelled=True)
            await settling.undo(request, given)
            return Submitted(request.id, request.number, (), given.at, False, by.zone, CANCELLED)
        chain = await chains.in_force(fresh.kind)
        levels = await chains.levels_of(by, chain, cards.facts_of(fresh))
        values = {
            Request.version: fresh.version + 1, Request.state: CANCEL_REQUESTED,
            Request.chain: chain.id if chain else None,
        }  # fmt: skip
        await Request.update(values).where(Request.id == fresh.id)
        await refresh(request)
        return _submitted(request, await steps.write_down(request, levels, asks=steps.CANCEL))


async def call_off(request: Request, *, by: Employee, actor: Actor, person: int | None = None) -> None:
    """Undo what is in effect, or what its kind marked of it, because something that nobody decides takes its place, or
    because `person` recorded it by mistake."""
    async with database.transaction(request.company):
        await _own(request, by, APPLIED)
        await refresh(request)
        given = Verdict(
            kinds.ACKNOWLEDGE, by.first_name, person or by.person, clock.now(), None, actor.channel, cancelled=True
        )
        await settling.undo(request, given)
        audit.record("request.called_off", f"request:{request.id}", by=actor, number=request.number)


async def _own(request: Request, by: Employee, *states: str) -> Request:
    """The request as it is now, held, if it is this employee's and in one of these states."""
    if request.employment != by.id:
        raise Refused("approvals.not_yours")
    fresh = await held(request)
    if fresh.state not in states:
        raise await too_late(fresh, by.person, request.version)
    return fresh


# -- deciding ----------------------------------------------------------------------------------------------------------


async def decide(
    request: Request, verdict: str, *, reason: str | None, person: int, version: int, channel: str
) -> Verdict:
    """Record this person's verdict, once, and let it take effect; refuse when it is not theirs or comes too late."""
    async with database.transaction(request.company):
        fresh = await held(request)
        step, seat = await settling.right(fresh, person, version)
        words = _words(verdict, reason, step)
        crashpoint("decisions.before_decision")
        now, asker = clock.now(), await steps.asker_of(fresh)
        sealed = vault.seal(words, company=request.company, column=REASON, subject=asker) if words else None
        await Decision.insert(
            Decision(
                step=step.id, actor=person, for_whom=seat.for_whom, verdict=verdict, channel=channel, version=version,
                reason=sealed, decided_at=now,
            )
        )  # fmt: skip
        crashpoint("decisions.after_decision")
        whom = await first_name(seat.for_whom) if seat.for_whom else None
        given = Verdict(
            verdict, await first_name(person), person, now, words or None, channel, for_whom=whom,
            cancelled=step.asks == steps.CANCEL,
        )  # fmt: skip
        await settling.follow(fresh, step, given)
        request.state = fresh.state
        by = Actor(f"person:{person}", channel)
        told = {"for_whom": seat.for_whom} if seat.for_whom else {}
        audit.record(
            f"request.{verdict}", f"request:{request.id}", by=by, number=request.number, version=version, **told
        )
        return given


def _words(verdict: str, reason: str | None, step: Step) -> str:
    if verdict not in kinds.VERDICTS or (verdict == CHANGE and step.asks == steps.CANCEL):
        raise Refused("approvals.not_yours")
    words = one_line(reason or "")
    if verdict in (REJECT, CHANGE) and not words:
        raise Refused("approvals.reason_needed")
    if len(words) > LONGEST_REASON:
        raise Refused("approvals.reason_too_long", most=LONGEST_REASON)
    return words


async def next_number(letter: str) -> str:
    """The next number people quote: counted per company and letter, never given twice."""

    async def next_one() -> Sequence[dict[str, int]]:
        mine = Counter.letter == letter
        return await Counter.update({Counter.last: Counter.last + 1}).where(mine).returning(Counter.last)

    rows = await next_one()
    if not rows:  # the first of all
        await Counter.insert(Counter(letter=letter, last=0)).on_conflict(action=OnConflictAction.do_nothing)
        rows = await next_one()
    return f"{letter}-{rows[0]['last']}"
