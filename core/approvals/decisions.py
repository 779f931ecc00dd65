"""The one state machine of requests: submitted, decided once, settled; or withdrawn before that."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from piccolo.query.mixins import OnConflictAction

from core import audit, clock, database, jobs, vault
from core.approvals import cards, chains, deadlines
from core.approvals.kinds import (
    APPLIED,
    APPROVE,
    IN_REVIEW,
    REASON,
    REJECT,
    REJECTED,
    SETTLES,
    WITHDRAWN,
    Verdict,
    verdict_of,
)
from core.approvals.tables import Counter, Decision, Request, Step, StepApprover
from core.audit import Actor
from core.calendar import holidays
from core.crash import crashpoint
from core.errors import Refused
from core.people import directory
from core.people.directory import Employee
from core.phrases import one_line

LONGEST_REASON = 500
HORIZON = timedelta(days=60)


@dataclass(frozen=True)
class Submitted:
    """A request on its way: its number, who is asked, and when they are reminded."""

    request: int
    number: str
    approvers: tuple[str, ...]
    remind_at: datetime
    soon: bool
    zone: str


async def submit(
    kind: str, subject: int, letter: str, *, by: Employee, begins: datetime | None, actor: Actor
) -> Submitted:
    """Put what was asked for before the approver: the head of the asker, or an administrator where there is none."""
    async with database.transaction(by.company):
        approvers, why = await chains.approvers(by)
        now = clock.now()
        request = Request(
            public=database.new_public(), kind=kind, subject=subject, number=await next_number(letter), version=1,
            employment=by.id, state=IN_REVIEW, submitted_at=now,
        )  # fmt: skip
        await Request.insert(request)
        zone = approvers[0].zone
        due = deadlines.of_step(clock.local(now, zone), begins=begins, works=await _works(now.date()))
        step = Step(
            request=request.id, version=1, level=1, state="open", opens_at=now, remind_at=due.remind_at,
            escalate_at=due.escalate_at,
        )  # fmt: skip
        await Step.insert(step)
        for approver in approvers:
            await StepApprover.insert(StepApprover(step=step.id, person=approver.person, added_by=why))
            await cards.put_before(approver.person, request, step)
        await jobs.enqueue("approvals.remind", step.id, run_at=due.remind_at)
        await jobs.enqueue("approvals.escalate", step.id, run_at=due.escalate_at)
        audit.record("request.submitted", f"request:{request.id}", by=actor, number=request.number, kind=kind)
        names = tuple(one.first_name for one in approvers)
        return Submitted(request.id, request.number, names, due.remind_at, due.soon, zone)


async def decide(
    request: Request, verdict: str, *, reason: str | None, person: int, version: int, channel: str
) -> Verdict:
    """Record this person's verdict, once, and let it take effect; refuse when it is not theirs or comes too late."""
    async with database.transaction(request.company):
        step = await Step.objects().where((Step.request == request.id) & (Step.version == request.version)).first()
        if step is None or not await StepApprover.exists().where(
            (StepApprover.step == step.id) & (StepApprover.person == person)
        ):
            raise Refused("approvals.not_yours")
        if await directory.of_person(person) is None:  # asked while they worked here, and gone since
            raise Refused("approvals.not_yours")
        if await _asker(request) == person:
            raise Refused("approvals.own_request")
        words = one_line(reason or "")
        if verdict == REJECT and not words:
            raise Refused("approvals.reason_needed")
        if len(words) > LONGEST_REASON:
            raise Refused("approvals.reason_too_long", most=LONGEST_REASON)
        to = APPLIED if verdict == APPROVE else REJECTED
        free = (Request.id == request.id) & (Request.state == IN_REVIEW) & (Request.version == version)
        if not await Request.update({Request.state: to}).where(free).returning(Request.id):
            raise await too_late(request, person, version)
        crashpoint("decisions.before_decision")
        now = clock.now()
        await Step.update({Step.state: "approved" if verdict == APPROVE else "rejected"}).where(Step.id == step.id)
        sealed = vault.seal(words, company=request.company, column=REASON) if words else None
        await Decision.insert(
            Decision(
                step=step.id, actor=person, verdict=verdict, reason=sealed, channel=channel, version=version,
                decided_at=now,
            )
        )  # fmt: skip
        crashpoint("decisions.after_decision")
        given = Verdict(verdict, await _first_name(person), person, now, words or None, channel)
        request.state = to
        await SETTLES[request.kind](request, given)
        await cards.turn(request, given)
        by = Actor(f"person:{person}", channel)
        audit.record(f"request.{verdict}", f"request:{request.id}", by=by, number=request.number, version=version)
        return given


async def withdraw(request: Request, *, by: Employee, actor: Actor) -> None:
    """Take one's own request back before it was decided."""
    async with database.transaction(request.company):
        if request.employment != by.id:
            raise Refused("approvals.not_yours")
        free = (Request.id == request.id) & (Request.state == IN_REVIEW)
        if not await Request.update({Request.state: WITHDRAWN}).where(free).returning(Request.id):
            raise await too_late(request, by.person, request.version)
        await Step.update({Step.state: "closed"}).where((Step.request == request.id) & (Step.state == "open"))
        request.state = WITHDRAWN
        await SETTLES[request.kind](request, None)
        await cards.turn(request, None)
        audit.record("request.withdrawn", f"request:{request.id}", by=actor, number=request.number)


async def too_late(request: Request, person: int, version: int) -> Refused:
    """Why this person can no longer decide it: who did, or what became of it."""
    fresh = await Request.objects().where(Request.id == request.id).first()
    assert fresh is not None
    given = await verdict_of(fresh)
    if given is not None:
        key = "approvals.decided_by_you" if given.person == person else "approvals.decided_already"
        return Refused(key, number=fresh.number, verdict=given.verdict, who=given.who, at=given.at)
    if fresh.state == WITHDRAWN:
        return Refused("approvals.withdrawn_already", number=fresh.number)
    return Refused("approvals.stale", number=fresh.number, seen=version, now=fresh.version)


async def waiting_for(person: int) -> Sequence[Request]:
    """The requests that this person may decide now, the longest-waiting first."""
    steps = await StepApprover.select(StepApprover.step.request.as_alias("request")).where(
        (StepApprover.person == person) & (StepApprover.step.state == "open")
    )
    if not steps:
        return []
    return (
        await Request.objects()
        .where(Request.id.is_in([row["request"] for row in steps]) & (Request.state == IN_REVIEW))
        .order_by(Request.submitted_at, Request.id)
    )


async def of_employee(employment: int, limit: int = 20) -> Sequence[Request]:
    """What an employee asked for, the newest first."""
    where = Request.employment == employment
    return await Request.objects().where(where).order_by(Request.id, ascending=False).limit(limit)


async def by_number(number: str) -> Request | None:
    """The request that people call by this number."""
    return await Request.objects().where(Request.number == number.upper()).first()


async def by_public(public: str) -> Request | None:
    """The request with this address."""
    return await Request.objects().where(Request.public == public).first()


async def approvers_of(request: Request) -> Sequence[str]:
    """The first names of those who may decide it."""
    rows = (
        await StepApprover.select(StepApprover.person.name.as_alias("name"))
        .where((StepApprover.step.request == request.id) & (StepApprover.step.version == request.version))
        .order_by(StepApprover.id)
    )
    return [row["name"].split()[0] for row in rows]


async def next_number(letter: str) -> str:
    """The next number people quote: counted per company and letter, never given twice."""
    await Counter.insert(Counter(letter=letter, last=0)).on_conflict(action=OnConflictAction.do_nothing)
    rows = (
        await Counter.update({Counter.last: Counter.last + 1}).where(Counter.letter == letter).returning(Counter.last)
    )
    return f"{letter}-{rows[0]['last']}"


async def _works(around: date) -> Callable[[date], bool]:
    days_off = await holidays.within(around - timedelta(days=2), around + HORIZON)
    return lambda day: day.weekday() < 5 and day not in days_off


async def _asker(request: Request) -> int:
    return (await directory.employee(request.employment)).person


async def _first_name(person: int) -> str:
    return (await directory.person_name(person)).split()[0]
