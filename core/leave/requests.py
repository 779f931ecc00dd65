"""Asking for leave: what it would cost, asking for it, taking it back, and what a decision does to the days."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core import clock, database, vault
from core.approvals import chains, decisions
from core.approvals.decisions import Submitted
from core.approvals.kinds import ACKNOWLEDGE, APPROVE, IN_REVIEW, PAPER, RETURNED, Verdict, keeps, settles
from core.approvals.settling import held
from core.approvals.tables import Request
from core.audit import Actor
from core.calendar import days as calendar_days
from core.crash import crashpoint
from core.errors import Refused
from core.leave import blackouts, clash, hours, instead, lots, policy, stands_again, told, types, worked
from core.leave.asked import KIND, REASON, cost_of, describe, of_request, period_of, reason_of, stand
from core.leave.clash import Clash, Team
from core.leave.dates import add_months
from core.leave.instead import Taken
from core.leave.policy import DayAway, LotLeft, Period
from core.leave.tables import Blackout, LeaveDay, LeaveEntry, LeaveRequest
from core.leave.types import Kind
from core.messaging.messages import Message
from core.people import directory
from core.people.directory import Employee
from core.phrases import one_line

# The verbs of this module, and the look-ups that go with them.
__all__ = (
    "KIND", "REASON", "Preview", "acknowledge", "ask_cancel", "change", "cost_of", "describe", "of_request",
    "on_paper", "period_of", "preview", "reason_of", "settle", "stand", "submit", "withdraw",
)  # fmt: skip
LETTER = "C"
LONGEST_REASON = 500
LONGEST_GAP = timedelta(days=21)  # the longest row of days off within which one absence may go on


@dataclass(frozen=True)
class Preview:
    """What a leave would cost and leave, who else would be away, what paper it needs; nothing was written."""

    kind: Kind
    cost: int
    available: int | None  # None for a kind without a balance
    days: tuple[DayAway, ...]
    team: Team | None
    clash: Clash | None
    document_by: date | None
    over: tuple[Taken, ...] = ()  # the approved leave that it would be recorded instead of
    paid: tuple[tuple[LotLeft, int], ...] = ()  # which lots would pay how much, the first to be spent first

    @property
    def left(self) -> int:
        """What would be left after it; nothing is ever left of a kind without a balance."""
        return 0 if self.available is None else self.available - self.cost


async def preview(
    employee: Employee, leave_type: str, period: Period, *, but: LeaveRequest | None = None,
    asked_on: date | None = None,
) -> Preview:  # fmt: skip
    """What this leave would cost today, or the first reason why it can't be asked for; writes nothing.

    `but` is the leave that it would replace, whose days then count as free; `asked_on` the day on which it was asked
    for outside, by which notice and delay are judged.
    """
    kind, said = await types.of(leave_type), asked_on or clock.today(employee.zone)
    policy.check_dates(period, today=said, kind=kind)
    if employee.leaves is not None and period.ends > employee.leaves:
        raise Refused("leave.after_last_day", last=employee.leaves)
    await _offered(employee, kind)
    names = await worked.names_of(employee, period.starts, period.ends)
    works = await worked.works_of(employee)
    mine, available = await _free(employee, kind, but)
    if kind.after_months and not mine and not available:  # what was given by hand may be taken before it ripens
        _ripe(employee, kind, period)
    cost = policy.check(period, names, today=said, available=available, kind=kind, works=works)
    days = policy.expand(period, names, works, kind.counts)
    paid: dict[int, int] = {}
    if kind.in_lots:
        for _, lot, taken in policy.draw(days, mine):
            paid[lot] = paid.get(lot, 0) + taken
    else:
        policy.check_most(kind, period, cost, await _used(employee, kind, period, but))
    over = await instead.of(employee, days) if kind.decision == ACKNOWLEDGE else ()
    await lots.refuse_overlap(employee.id, days, but={but.id} if but else {one.leave for one in over})
    counted = [day.date for day in days if day.counted]
    if kind.decision == types.APPROVE and (shut := await blackouts.over(employee, counted, kind.code)) is not None:
        raise await _closed(employee, period, kind, shut)
    today = clock.today(employee.zone)
    others = await clash.others_of(employee, min(period.starts, today), max(period.ends, today) + clash.AHEAD)
    before = 0 if kind.document_after is None else await _just_before(employee, kind, period)
    paper_names = await worked.names_of(employee, period.ends, period.ends + clash.AHEAD)
    return Preview(
        kind, cost, available, tuple(days), clash.team_of(others, counted) if others else None,
        await clash.look(employee, period, others=others) if others and kind.decision == types.APPROVE else None,
        policy.paper_due(kind, period, days, paper_names, works, before), over,
        tuple((one, paid[one.id]) for number in paid for one in mine if one.id == number),
    )  # fmt: skip


async def _just_before(employee: Employee, kind: Kind, period: Period) -> int:
    """How many days of this kind lie just before, with no day of work between: told day by day it is one absence."""
    since = period.starts - LONGEST_GAP
    rows = await LeaveDay.select(LeaveDay.date).where(
        (LeaveDay.employment == employee.id) & (LeaveDay.leave_type == kind.code) & LeaveDay.ended_at.is_null()
        & (LeaveDay.counted == True) & (LeaveDay.date >= since) & (LeaveDay.date < period.starts)  # noqa: E712
    )  # fmt: skip
    if not rows:
        return 0
    there, names = {row["date"] for row in rows}, await worked.names_of(employee, since, period.starts)
    works, day, found = await worked.works_of(employee), period.starts - timedelta(days=1), 0
    while day in there or (day >= since and (day in names or not works(day))):
        found += day in there
        day -= timedelta(days=1)
    return found


async def beyond_recorded(employee: Employee, kind: Kind, period: Period) -> Period:
    """What is new of a period that begins with days recorded as this kind before: "still ill, until tomorrow"."""
    rows = await LeaveDay.select(LeaveDay.date).where(
        (LeaveDay.employment == employee.id) & (LeaveDay.leave_type == kind.code) & LeaveDay.ended_at.is_null()
        & (LeaveDay.date >= period.starts) & (LeaveDay.date <= period.ends) & LeaveDay.part.is_null()
    )  # fmt: skip
    there, first = {row["date"] for row in rows}, period.starts
    while first in there:
        first += timedelta(days=1)
    return Period(first, period.ends) if period.starts < first <= period.ends else period


async def _closed(employee: Employee, period: Period, kind: Kind, shut: Blackout) -> Refused:
    """No leave is taken on those days; with the nearest on which it is."""
    free = await clash.opens(employee, period, kind, shut)
    then = {} if free is None else {"free_starts": free.starts, "free_ends": free.ends}
    return Refused("leave.blackout", starts=shut.starts, ends=shut.ends, why=shut.why, free="none", **then)


async def _offered(employee: Employee, kind: Kind) -> None:
    gender = await types.gender_of(employee) if kind.gender else None
    if not kind.active or (gender is not None and gender != kind.gender):
        raise Refused("leave.not_offered", kind=kind.code, kind_id=kind.name_id, kind_en=kind.name_en)


def _ripe(employee: Employee, kind: Kind, period: Period) -> None:
    first = add_months(employee.joins, kind.after_months)
    if first > period.starts:
        raise Refused("leave.not_yet", first=first, months=kind.after_months)


async def _free(employee: Employee, kind: Kind, but: LeaveRequest | None) -> tuple[list[LotLeft], int | None]:
    """The lots and the balance that this leave may draw on."""
    if not kind.in_lots:
        return [], None
    available = await lots.balance(employee.id, kind.code)
    mine = list(await lots.left(employee.id, kind.code, lends=kind.negative))
    if but is not None and but.leave_type == kind.code:
        back: dict[int, int] = {}
        for row in await LeaveEntry.select(LeaveEntry.lot, LeaveEntry.quantity).where(
            (LeaveEntry.request == but.id) & LeaveEntry.kind.is_in(["hold", "release"])
        ):
            back[row["lot"]] = back.get(row["lot"], 0) - row["quantity"]
        available += sum(back.values())
        mine = [
            LotLeft(one.id, one.valid_from, one.valid_to, one.left + back.get(one.id, 0), one.overdraft, one.carried)
            for one in mine
        ]
    return mine, available


async def _used(employee: Employee, kind: Kind, period: Period, but: LeaveRequest | None) -> int:
    """How much of an event was had already in the month, the year or the employment that its most holds for."""
    starts = {
        "month": period.starts.replace(day=1), "year": period.starts.replace(month=1, day=1),
        "employment": employee.joins,
    }.get(kind.per)  # fmt: skip
    if starts is None:
        return 0
    rows = await LeaveDay.select(LeaveDay.fraction, LeaveDay.date, LeaveDay.request).where(
        (LeaveDay.employment == employee.id) & (LeaveDay.leave_type == kind.code) & LeaveDay.ended_at.is_null()
        & (LeaveDay.counted == True) & (LeaveDay.date >= starts)  # noqa: E712
    )  # fmt: skip
    same = (period.starts.year, period.starts.month)
    return sum(
        row["fraction"]
        for row in rows
        if (but is None or row["request"] != but.id)
        and (kind.per != "month" or (row["date"].year, row["date"].month) == same)
        and (kind.per != "year" or row["date"].year == period.starts.year)
    )


async def submit(
    employee: Employee, leave_type: str, period: Period, reason: str | None, *, actor: Actor,
    asked_on: date | None = None,
) -> Submitted:  # fmt: skip
    """Record the request, set its days aside and put it before the approver."""
    async with database.transaction(employee.company):
        seen = await preview(employee, leave_type, period, asked_on=asked_on)
        if seen.kind.decision != types.APPROVE:
            raise ValueError(f"{leave_type} is acknowledged, not asked for")
        leave = await _write(employee, seen, period, reason)
        crashpoint("leave.reserved")
        return await decisions.submit(
            KIND,
            leave.id,
            LETTER,
            by=employee,
            begins=await hours.begins(employee, period),
            actor=actor,
            facts=_facts(seen),
        )


async def acknowledge(
    employee: Employee, leave_type: str, period: Period, reason: str | None, *, actor: Actor,
    instead_of: Collection[str] = (), asked_on: date | None = None,
) -> Submitted:  # fmt: skip
    """Record leave that nobody has to agree to, on the employee's own yes; the head is told the dates, nothing else.

    `instead_of` are the numbers of approved leaves whose days the employee agreed to call off for it.
    """
    async with database.transaction(employee.company):
        seen = await preview(employee, leave_type, period, asked_on=asked_on)
        if seen.kind.decision != types.ACKNOWLEDGE:
            raise ValueError(f"{leave_type} is asked for, not acknowledged")
        await instead.call_off(employee, seen.over, instead_of, actor=actor)
        leave = await _write(employee, seen, period, reason)
        await instead.gave_way(leave, seen.over)
        return await decisions.acknowledge(KIND, leave.id, LETTER, by=employee, actor=actor, facts=_facts(seen))


async def on_paper(
    employee: Employee, leave_type: str, period: Period, reason: str | None, *, person: int, words: str, actor: Actor,
    asked_on: date | None = None,
) -> Submitted:  # fmt: skip
    """Record leave that was agreed to on paper: `person` answers for that, with `words` on which paper; the head is
    told the dates."""
    async with database.transaction(employee.company):
        seen = await preview(employee, leave_type, period, asked_on=asked_on)
        if seen.kind.decision != types.APPROVE:
            raise ValueError(f"{leave_type} is acknowledged, nobody agrees to it")
        leave = await _write(employee, seen, period, reason)
        return await decisions.on_paper(
            KIND, leave.id, LETTER, by=employee, person=person, words=words, actor=actor, facts=_facts(seen)
        )


async def change(
    employee: Employee, request: Request, period: Period, reason: str | None, *, actor: Actor,
    leave_type: str | None = None,
) -> Submitted:  # fmt: skip
    """Ask for other dates under the same number: what was set aside moves with it, and the approvers see it anew."""
    async with database.transaction(employee.company):
        fresh = await held(request)
        if fresh.state not in (IN_REVIEW, RETURNED):
            raise await decisions.too_late(fresh, employee.person, request.version)
        old = await of_request(fresh)
        seen = await preview(employee, leave_type or old.leave_type, period, but=old)
        if seen.kind.decision != types.APPROVE:
            raise ValueError(f"{seen.kind.code} is acknowledged, not asked for")
        await lots.release(old)
        leave = await _write(employee, seen, period, reason)
        return await decisions.change(
            request,
            subject=leave.id,
            begins=await hours.begins(employee, period),
            by=employee,
            actor=actor,
            facts=_facts(seen),
        )


async def ask_cancel(
    employee: Employee, request: Request, *, dates: Collection[date] | None = None, actor: Actor
) -> Submitted:
    """Ask to call off leave that is in effect, all of what is still ahead or some of its days; until then it holds."""
    async with database.transaction(employee.company):
        leave, today = await of_request(await held(request)), clock.today(employee.zone)
        days = await LeaveDay.select().where((LeaveDay.request == leave.id) & LeaveDay.ended_at.is_null())
        back = [row for row in days if row["date"] >= today and (dates is None or row["date"] in dates)]
        if not any(row["counted"] for row in back):
            raise Refused("leave.nothing_to_cancel", starts=leave.starts, ends=leave.ends)
        await LeaveDay.update({LeaveDay.cancel_asked_at: None}).where(LeaveDay.request == leave.id)
        await LeaveDay.update({LeaveDay.cancel_asked_at: clock.now()}).where(
            LeaveDay.id.is_in([row["id"] for row in back])
        )
        return await decisions.ask_cancel(request, by=employee, actor=actor)


async def asked_first(employee: Employee, seen: Preview) -> Sequence[Employee]:
    """Who would be asked first for this leave, by the company's chain; writes nothing."""
    return await chains.first(KIND, employee, _facts(seen))


def _facts(seen: Preview) -> dict[str, int | str]:
    return {"days": seen.cost, "leave_type": seen.kind.code}


async def _write(employee: Employee, seen: Preview, period: Period, reason: str | None) -> LeaveRequest:
    reason = one_line(reason or "") or None
    if reason is not None and len(reason) > LONGEST_REASON:
        raise Refused("leave.reason_too_long", most=LONGEST_REASON)
    leave = LeaveRequest(
        public=database.new_public(), employment=employee.id, leave_type=seen.kind.code, starts=period.starts,
        ends=period.ends, part=period.part, calendar_version=await calendar_days.version(), requested_at=clock.now(),
        reason=vault.seal(reason, company=employee.company, column=REASON, subject=employee.person) if reason else None,
        clash=json.dumps(clash.as_facts(seen.clash)) if seen.clash else None, document_due=seen.document_by,
    )  # fmt: skip
    await LeaveRequest.insert(leave)
    await lots.reserve(leave, seen.days, seen.kind)
    return leave


async def withdraw(employee: Employee, request: Request, *, actor: Actor) -> int:
    """Take one's request back before it is decided; returns the days that come back."""
    async with database.transaction(employee.company):
        leave = await of_request(request)
        await decisions.withdraw(request, by=employee, actor=actor)
        return await cost_of(leave)


@settles(KIND)
async def settle(request: Request, given: Verdict | None) -> None:
    """Take the days on approval or on the employee's own yes, give them back otherwise, and tell whom it concerns."""
    leave, asker = await of_request(request), await directory.employee(request.employment)
    if given is None:
        await lots.release(leave)
        return
    mark = f"told:{request.id}:{request.version}"
    if given.cancelled:
        dates = await _asked_back(leave.id)
        before = await lots.balance(leave.employment, leave.leave_type)
        back = await lots.give_back(leave, dates or None)
        await stands_again.let(leave, given)
        if given.verdict == ACKNOWLEDGE:  # the one who called it off is told with what was recorded instead
            return
        message = await told.called_off(leave, request.number, back, before, dates=dates)
        if again := stands_again.words(await stands_again.of(leave, dates), message.language):
            message = Message(message.key, f"{message.text} {again}", language=message.language)
        mark = f"{mark}:{min(dates, default=None)}"
    elif given.verdict == ACKNOWLEDGE or given.channel == PAPER:  # whoever recorded it tells the employee
        await lots.consume(leave)
        await told.heads_of(leave, request.id)
        return
    elif given.verdict == APPROVE:
        await lots.consume(leave)
        message = await told.approved(leave, given)
    else:
        before = await lots.balance(leave.employment, leave.leave_type)
        back = await lots.release(leave)
        message = await told.rejected(leave, given, back, reason_of(leave, asker), before)
    await told.tell(asker, message, mark)


async def _asked_back(leave: int) -> set[date]:
    rows = await LeaveDay.select(LeaveDay.date).where(
        (LeaveDay.request == leave) & LeaveDay.cancel_asked_at.is_not_null() & LeaveDay.ended_at.is_null()
    )
    return {row["date"] for row in rows}


@keeps(KIND)
async def keeps_some(request: Request) -> bool:
    """Whether some days of a leave stay in effect when those that were asked back are called off."""
    back = await _asked_back(request.subject)
    open_days = await LeaveDay.select(LeaveDay.date).where(
        (LeaveDay.request == request.subject) & LeaveDay.ended_at.is_null() & (LeaveDay.counted == True)  # noqa: E712
    )
    return bool(back) and any(row["date"] not in back for row in open_days)
