"""Asking for leave: what it would cost, asking for it, taking it back, and what a decision does to the days."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from core import clock, database, vault
from core.approvals import decisions
from core.approvals.decisions import Submitted
from core.approvals.kinds import APPROVE, Described, Verdict, describes, knows, settles
from core.approvals.tables import Request
from core.audit import Actor
from core.calendar import holidays
from core.crash import crashpoint
from core.errors import Refused
from core.leave import lots, policy
from core.leave.policy import DayAway, Period
from core.leave.tables import LeaveDay, LeaveRequest
from core.messaging import buttons, outbox
from core.messaging.messages import Message
from core.people import directory
from core.people.directory import Employee
from core.phrases import hari, one_line, phrase, rentang

KIND, LETTER = "leave_request", "C"
ANNUAL = "annual"
REASON = "leave_request.reason"
LONGEST_REASON = 500
WORK_BEGINS, AFTERNOON_BEGINS = time(8, 0), time(13, 0)


@dataclass(frozen=True)
class Preview:
    """What a leave would cost and leave, and who else would be away; nothing was written."""

    cost: int
    available: int
    days: tuple[DayAway, ...]
    team: "Team | None"

    @property
    def left(self) -> int:
        """What would be left after it."""
        return self.available - self.cost


@dataclass(frozen=True)
class Team:
    """How a department stands on its emptiest day of a period, the asker gone too."""

    name: str
    people: int
    present: int
    minimum: int
    away: tuple[str, ...]


async def preview(employee: Employee, period: Period) -> Preview:
    """What this leave would cost today, or the first reason why it can't be asked for; writes nothing."""
    off = await holidays.within(period.starts, max(period.ends, period.starts))
    names = {day: row.name for day, row in off.items()}
    available = await lots.balance(employee.id, ANNUAL)
    cost = policy.check(period, names, today=clock.today(employee.zone), available=available)
    days = policy.expand(period, names)
    policy.draw(days, await lots.left(employee.id, ANNUAL))
    await lots.refuse_overlap(employee.id, days)
    return Preview(cost, available, tuple(days), await team(employee, period))


async def submit(employee: Employee, period: Period, reason: str | None, *, actor: Actor) -> Submitted:
    """Record the request, set its days aside and put it before the approver."""
    async with database.transaction(employee.company):
        reason = one_line(reason or "") or None
        if reason is not None and len(reason) > LONGEST_REASON:
            raise Refused("leave.reason_too_long", most=LONGEST_REASON)
        seen = await preview(employee, period)
        leave = LeaveRequest(
            public=database.new_public(), employment=employee.id, leave_type=ANNUAL, starts=period.starts,
            ends=period.ends, part=period.part, calendar_version=holidays.version(), requested_at=clock.now(),
            reason=_sealed(reason, employee),
        )  # fmt: skip
        await LeaveRequest.insert(leave)
        await lots.reserve(leave, seen.days)
        crashpoint("leave.reserved")
        return await decisions.submit(
            KIND, leave.id, LETTER, by=employee, begins=_begins(employee, period), actor=actor,
            facts={"days": seen.cost, "leave_type": ANNUAL},
        )  # fmt: skip


async def withdraw(employee: Employee, request: Request, *, actor: Actor) -> int:
    """Take one's request back before it is decided; returns the days that come back."""
    async with database.transaction(employee.company):
        leave = await of_request(request)
        await decisions.withdraw(request, by=employee, actor=actor)
        days = await LeaveDay.select(LeaveDay.fraction).where(
            (LeaveDay.request == leave.id) & (LeaveDay.counted == True)  # noqa: E712
        )
        return sum(day["fraction"] for day in days)


async def of_request(request: Request) -> LeaveRequest:
    """The leave that a request asks for."""
    leave = await LeaveRequest.objects().where(LeaveRequest.id == request.subject).first()
    if leave is None or request.kind != KIND:
        raise LookupError(f"request {request.number} asks for no leave")
    return leave


def period_of(leave: LeaveRequest) -> Period:
    """The period a leave was asked for."""
    return Period(leave.starts, leave.ends, leave.part)


def reason_of(leave: LeaveRequest, asker: Employee) -> str | None:
    """Why it was asked for, in the employee's words."""
    if not leave.reason:
        return None
    return vault.unseal(leave.reason, company=leave.company, column=REASON, subject=asker.person)


def _sealed(reason: str | None, asker: Employee) -> str | None:
    return vault.seal(reason, company=asker.company, column=REASON, subject=asker.person) if reason else None


async def cost_of(leave: LeaveRequest) -> int:
    """What its days cost when they were written down."""
    days = await LeaveDay.select(LeaveDay.fraction, LeaveDay.counted).where(LeaveDay.request == leave.id)
    return sum(day["fraction"] for day in days if day["counted"])


async def team(employee: Employee, period: Period) -> Team | None:
    """The asker's department on the emptiest day of the period; None where no minimum was set."""
    return (await _teams([(employee, period)])).get((employee.id, period.starts, period.ends))


async def _teams(asked: Sequence[tuple[Employee, Period]]) -> Mapping[tuple[int, date, date], Team]:
    """The departments of these askers, each on the emptiest day of their period, in a fixed number of queries."""
    counted = [(who, period) for who, period in asked if who.department is not None and who.minimum is not None]
    if not counted:
        return {}
    people: dict[int, dict[int, Employee]] = {}
    for one in await directory.of_departments({who.department for who, _ in counted if who.department}):
        people.setdefault(one.department or 0, {})[one.id] = one
    first, last = min(period.starts for _, period in counted), max(period.ends for _, period in counted)
    rows = await LeaveDay.select(LeaveDay.date, LeaveDay.employment).where(
        _in(LeaveDay.employment, [one for here in people.values() for one in here])
        & LeaveDay.request.is_not_null() & LeaveDay.ended_at.is_null() & (LeaveDay.counted == True)  # noqa: E712
        & (LeaveDay.date >= first) & (LeaveDay.date <= last)
    )  # fmt: skip
    off: dict[int, set[date]] = {}
    for row in rows:
        off.setdefault(row["employment"], set()).add(row["date"])
    found = {}
    for who, period in counted:
        others = {key: one for key, one in people.get(who.department or 0, {}).items() if key != who.id}
        gone = {key: {day for day in off.get(key, ()) if period.starts <= day <= period.ends} for key in others}
        days = {day for own in gone.values() for day in own}
        most = max((sum(day in own for own in gone.values()) for day in days), default=0)
        away = sorted(others[key].first_name for key, own in gone.items() if own)
        found[who.id, period.starts, period.ends] = Team(
            who.department_name or "", len(others) + 1, len(others) - most, who.minimum or 0, tuple(away)
        )
    return found


@describes(KIND)
async def describe(requests: Sequence[Request], language: str) -> Mapping[int, Described]:
    """Leaves in words, by their request: whose, which days, why, and what they do to balance and team.

    However many there are, it takes the same number of queries.
    """
    asked = await LeaveRequest.objects().where(_in(LeaveRequest.id, [one.subject for one in requests]))
    leaves = {one.id: one for one in asked}
    askers = {one.id: one for one in await directory.several({one.employment for one in requests})}
    costs = await _costs(list(leaves))
    free = await lots.balances(list(askers), ANNUAL)
    teams = await _teams([(askers[leave.employment], period_of(leave)) for leave in leaves.values()])
    found = {}
    for request in requests:
        leave, asker = leaves[request.subject], askers[request.employment]
        cost, left = costs.get(leave.id, 0), free.get(asker.id, 0)
        days = rentang(leave.starts, leave.ends, language)
        key = f"leave.what_{leave.part}" if leave.part else "leave.what"
        effect = phrase("leave.effect", language, left=hari(left, language), days=_plural(left))
        here = teams.get((asker.id, leave.starts, leave.ends))
        if here is not None:
            effect += " " + phrase(
                "leave.effect_team", language, team=here.name, present=str(here.present), people=str(here.people),
                minimum=str(here.minimum),
            )  # fmt: skip
        found[request.id] = Described(
            title=phrase("leave.title", language, name=asker.name),
            what=phrase(key, language, days=days, cost=hari(cost, language), many=_plural(cost)),
            reason=reason_of(leave, asker),
            effect=effect,
            when=days,
        )
    return found


async def _costs(leaves: Sequence[int]) -> Mapping[int, int]:
    """What the days of each leave cost when they were written down."""
    found: dict[int, int] = {}
    for day in await LeaveDay.select(LeaveDay.request, LeaveDay.fraction, LeaveDay.counted).where(
        _in(LeaveDay.request, leaves)
    ):
        found[day["request"]] = found.get(day["request"], 0) + (day["fraction"] if day["counted"] else 0)
    return found


def _in(column: Any, values: Sequence[int]) -> Any:
    return column.is_in(list(dict.fromkeys(values)) or [0])


async def facts() -> Mapping[str, Collection[str] | None]:
    """What a chain may ask about a leave: its length in thousandths of a day, and its type."""
    return {"days": None, "leave_type": (ANNUAL,)}


knows(KIND, facts)


@settles(KIND)
async def settle(request: Request, given: Verdict | None) -> None:
    """Take the days on approval, give them back otherwise, and tell the employee what was decided."""
    leave = await of_request(request)
    if given is None:
        await lots.release(leave)
        return
    if given.verdict == APPROVE:
        await lots.consume(leave)
        message = await _approved(leave, given)
    else:
        back = await lots.release(leave)
        message = await _rejected(leave, given, back)
    asker = await directory.employee(leave.employment)
    await outbox.post(await outbox.address_of(asker.person), message, dedupe=f"told:{request.id}:{request.version}")


async def _approved(leave: LeaveRequest, given: Verdict) -> Message:
    asker = await directory.employee(leave.employment)
    left = await lots.balance(asker.id, ANNUAL)
    text = phrase(
        "leave.approved", asker.language, who=given.named(asker.language),
        days=rentang(leave.starts, leave.ends, asker.language), left=hari(left, asker.language),
        many=_plural(left), half=leave.part or "no",
    )  # fmt: skip
    return Message("leave.approved", text, language=asker.language)


async def _rejected(leave: LeaveRequest, given: Verdict, back: int) -> Message:
    asker = await directory.employee(leave.employment)
    language, left = asker.language, await lots.balance(asker.id, ANNUAL)
    off = await holidays.within(leave.starts, leave.starts + timedelta(days=60))
    instead = policy.next_week(period_of(leave), back, off)
    text = phrase(
        "leave.rejected", language, who=given.named(language), reason=given.reason or "", back=hari(back, language),
        many=_plural(back), left=hari(left, language), instead=rentang(instead.starts, instead.ends, language),
    )  # fmt: skip
    when = {"starts": str(instead.starts), "ends": str(instead.ends), "part": instead.part}
    answers = {"leave.when": when, "said_why": reason_of(leave, asker)}
    choices = (
        await buttons.make(
            phrase("leave.ask_that", language), "start", person=asker.person, flow="leave", answers=answers
        ),
        await buttons.make(
            phrase("leave.other_dates", language), "start", person=asker.person, flow="leave", answers={}
        ),
        await buttons.make(phrase("leave.not_now", language), "nothing", person=asker.person),
    )
    return Message("leave.rejected", text, choices, language=language)


def _begins(employee: Employee, period: Period) -> datetime:
    first = AFTERNOON_BEGINS if period.part == "pm" else WORK_BEGINS
    there = clock.local(clock.now(), employee.zone)
    return datetime.combine(period.starts, first, there.tzinfo)


def _plural(thousandths: int) -> int:
    """1 where a language says day, not days."""
    return 1 if thousandths == policy.DAY else 2
