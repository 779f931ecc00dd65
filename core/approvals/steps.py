"""The steps of a request: written down together, opened one after the other, each with its seats and its clocks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core import clock, jobs
from core.approvals import cards, chains, deadlines, delegations, history, hours, rules, signers, working
from core.approvals.chains import Asked
from core.approvals.rules import Hours, Level, Rules
from core.approvals.tables import Chain, Decision, Request, Step, StepApprover
from core.messaging import outbox
from core.people import directory
from core.people.directory import Employee
from core.people.names import told_apart

OPEN, WAITING, CLOSED = "open", "waiting", "closed"
IT, CANCEL = "it", "cancel"
REASSIGNED = "reassigned"


@dataclass(frozen=True)
class Opened:
    """A step that is open now: who is asked, and when the first of them is reminded."""

    approvers: tuple[str, ...]
    remind_at: datetime
    soon: bool
    zone: str


@dataclass(frozen=True)
class Seat:
    """A place at a step, and who speaks from it: its owner, who was added beside them, or a stand-in."""

    owner: int
    for_whom: int | None


async def write_down(
    request: Request, levels: Sequence[tuple[Level, Sequence[Asked]]], *, asks: str = IT, first: int = 1
) -> Opened:
    """Write down all steps of the present version, and open the first."""
    now = clock.now()
    made: list[tuple[Step, Sequence[Asked]]] = []
    for number, (level, asked) in enumerate(levels, first):
        step = Step(
            request=request.id, version=request.version, level=number, state=WAITING, mode=level.mode,
            needed=level.quorum, asks=asks, opens_at=now, remind_at=now, escalate_at=now,
            who=rules.write_who(level.who if request.chain else ()),
        )  # fmt: skip
        await Step.insert(step)
        await StepApprover.insert(
            *[StepApprover(step=step.id, person=one.who.person, added_by=one.why) for one in asked]
        )
        made.append((step, asked))
    step, asked = made[0]
    return await open_step(request, step, [one.who for one in asked])


async def not_agreed(
    request: Request, levels: Sequence[tuple[Level, Sequence[Asked]]], chain: Chain | None
) -> Sequence[tuple[Level, Sequence[Asked]]]:
    """Of these steps, those that no version of the request has gone through: the same ones are told by what they say,
    since a changed request may begin with a step that it did not have."""
    rows = await Step.select(Step.who, Step.mode, Step.needed).where(
        (Step.request == request.id) & (Step.asks == IT) & (Step.state == "approved")
    )
    agreed = [(row["who"], row["mode"], row["needed"]) for row in rows]
    left = []
    for level, asked in levels:
        what = (rules.write_who(level.who if chain is not None else ()), level.mode, level.quorum)
        if what in agreed:
            agreed.remove(what)
        else:
            left.append((level, asked))
    return left


async def open_step(request: Request, step: Step, approvers: Sequence[Employee]) -> Opened:
    """Let these decide from now on: their clocks start, and the card is put before them and their stand-ins."""
    now, after = clock.now(), await hours.of_chain(await rules_of(request))
    for approver in approvers:
        due = await due_of(request, approver, after)
        await StepApprover.update(
            {StepApprover.remind_at: due.remind_at, StepApprover.escalate_at: due.escalate_at}
        ).where((StepApprover.step == step.id) & (StepApprover.person == approver.person))
        await _ring(step, due)
        step.remind_at = due.remind_at if step.state == WAITING else min(step.remind_at, due.remind_at)
        step.escalate_at = due.escalate_at if step.state == WAITING else min(step.escalate_at, due.escalate_at)
        if step.state == WAITING:
            first, step.state = due, OPEN
    step.opens_at = now
    await Step.update(
        {Step.state: OPEN, Step.opens_at: now, Step.remind_at: step.remind_at, Step.escalate_at: step.escalate_at}
    ).where(Step.id == step.id)
    await show(request, step, [one.person for one in approvers])
    if step.level > 1:
        await history.note(request, history.OPENED, level=step.level)
    names = tuple(told_apart([one.name for one in approvers]))
    return Opened(names, first.remind_at, first.soon, approvers[0].zone)


async def show(
    request: Request, step: Step, people: Sequence[int], *, how: str = cards.FIRST, mark: str = "",
    lead: cards.Lead | None = None,
) -> None:  # fmt: skip
    """Put the card before these approvers and before whoever stands in for them now."""
    links = await delegations.in_force()
    asker, days = await asker_of(request), days_of(request)
    shown = set(people)
    for person in people:
        await cards.put_before(person, request, step, how=how, mark=mark, lead=lead)
    for person in people:
        for taker in delegations.takers(links, person, request.kind, days):
            if taker not in shown and taker != asker:
                shown.add(taker)
                await cards.put_before(taker, request, step, for_whom=person, how=how, mark=mark)


async def show_again(request: int, person: int, *, mark: str) -> None:
    """Put the newest card before somebody who pressed an old one, if they may decide it."""
    fresh = await Request.objects().where(Request.id == request).first()
    step = await current(fresh) if fresh is not None else None
    if fresh is None or step is None:
        return
    seat = await seat_of(person, fresh, step)
    if seat is not None:
        await cards.put_before(person, fresh, step, for_whom=seat.for_whom, how=cards.AGAIN, mark=mark)


async def due_of(request: Request, approver: Employee, after: Hours) -> deadlines.Deadlines:
    """When this approver, asked now, is reminded and when their head is asked too."""
    return deadlines.of_step(
        clock.local(clock.now(), approver.zone), begins=request.begins, works=await working.works_of(approver),
        remind_after=timedelta(hours=after.remind), escalate_after=timedelta(hours=after.escalate),
    )  # fmt: skip


async def _ring(step: Step, due: deadlines.Deadlines) -> None:
    await jobs.enqueue("approvals.remind", step.id, run_at=due.remind_at)
    await jobs.enqueue("approvals.escalate", step.id, run_at=due.escalate_at)


async def seat(
    request: Request, step: Step, who: Employee, why: str, *, beside: int | None = None, lead: cards.Lead | None = None,
    asked: bool = True,
) -> bool:  # fmt: skip
    """Let one more decide an open step, beside somebody or in a seat of their own; False if they may already. Who is
    not `asked` gets no card: their answer is known."""
    due = await due_of(request, who, await hours.of_chain(await rules_of(request)))
    values = {
        StepApprover.added_by: why, StepApprover.beside: beside, StepApprover.remind_at: due.remind_at,
        StepApprover.escalate_at: due.escalate_at, StepApprover.escalated_at: None, StepApprover.reminded: 0,
        StepApprover.ended_at: None,
    }  # fmt: skip
    row = await StepApprover.objects().where(
        (StepApprover.step == step.id) & (StepApprover.person == who.person)
    ).first()  # fmt: skip
    if row is None:
        await StepApprover.insert(
            StepApprover(
                step=step.id, person=who.person, added_by=why, beside=beside, remind_at=due.remind_at,
                escalate_at=due.escalate_at,
            )
        )  # fmt: skip
    elif row.ended_at is None:
        return False
    else:
        await StepApprover.update(values).where(StepApprover.id == row.id)
    await _ring(step, due)
    again = "" if row is None else f":{clock.now().isoformat()}"
    if asked:
        await show(request, step, [who.person], mark=again, lead=lead)
    return True


async def seated_anew(step: Step, by: Employee) -> Sequence[Employee]:
    """Look again who is asked at a step that waited, since posts may have changed hands; returns them."""
    asked = await chains.asked_of(by, rules.read_who(step.who))
    now = {one.who.person for one in asked}
    for row in await sitting(step):
        if row.person not in now and row.added_by != REASSIGNED:
            await StepApprover.update({StepApprover.ended_at: clock.now()}).where(StepApprover.id == row.id)
    rows = {row.person for row in await sitting(step)}
    for one in asked:
        if one.who.person not in rows:
            await StepApprover.insert(StepApprover(step=step.id, person=one.who.person, added_by=one.why))
    found = [await signers.employee_or_signer(row.person) for row in await sitting(step)]
    return [one for one in found if one is not None]


async def current(request: Request) -> Step | None:
    """The step that is open now."""
    return await Step.objects().where(
        (Step.request == request.id) & (Step.version == request.version) & (Step.state == OPEN)
    ).first()  # fmt: skip


async def following(request: Request, step: Step) -> Step | None:
    """The step that opens when this one is satisfied."""
    return (
        await Step.objects()
        .where((Step.request == request.id) & (Step.version == request.version) & (Step.level > step.level))
        .order_by(Step.level)
        .first()
    )


async def close_all(request: Request) -> None:
    """End what is open or waits to open, of any version."""
    await Step.update({Step.state: CLOSED}).where((Step.request == request.id) & Step.state.is_in([OPEN, WAITING]))


async def sitting(step: Step) -> Sequence[StepApprover]:
    """Those who may decide a step now, in the order in which they were asked."""
    return await StepApprover.objects().where(
        (StepApprover.step == step.id) & StepApprover.ended_at.is_null()
    ).order_by(StepApprover.id)  # fmt: skip


async def seat_of(person: int, request: Request, step: Step) -> Seat | None:
    """From which seat this person speaks: an own one, or that of somebody they stand in for; None without any.

    A seat that has answered comes last: who owns it learns by whom.
    """
    rows = {row.person: row for row in await sitting(step)}
    own = Seat(rows[person].beside or person, None) if person in rows else None
    answered = {row["seat"] for row in await answers(step)}
    if own is not None and own.owner not in answered:
        return own
    givers = delegations.givers(await delegations.in_force(), person, request.kind, days_of(request))
    for giver in sorted(givers, key=lambda one: (givers[one], one)):
        if giver in rows and (rows[giver].beside or giver) not in answered:
            return Seat(rows[giver].beside or giver, giver)
    return own


async def shut_out(request: Request, step: Step) -> Sequence[int]:
    """Whoever holds a card with buttons and can no longer answer it: their seat, or whose place they took, is gone
    or has answered."""
    answered = {row["seat"] for row in await answers(step)}
    found = []
    for person in await outbox.with_buttons(request.id, request.version):
        seat = await seat_of(person, request, step)
        if seat is None or seat.owner in answered:
            found.append(person)
    return found


async def answers(step: Step) -> Sequence[dict[str, object]]:
    """The decisions on a step, each with the seat it fills."""
    beside = {
        row["person"]: row["beside"]
        for row in await StepApprover.select(StepApprover.person, StepApprover.beside).where(
            StepApprover.step == step.id
        )
    }
    rows = await Decision.select(
        Decision.actor, Decision.for_whom, Decision.verdict, Decision.decided_at.as_alias("at")
    ).where(Decision.step == step.id)  # fmt: skip
    found = []
    for row in rows:
        whose = row["for_whom"] or row["actor"]
        found.append(row | {"seat": beside.get(whose) or whose})
    return found


async def outcome(step: Step) -> str | None:
    """What the answers so far make of a step."""
    given = [rules.Answer(int(str(row["seat"])), str(row["verdict"])) for row in await answers(step)]
    return rules.outcome(step.mode, step.needed, [row.person for row in await sitting(step) if not row.beside], given)


async def rules_of(request: Request) -> Rules:
    """The rules by which a request is approved."""
    chain = None if request.chain is None else await Chain.objects().where(Chain.id == request.chain).first()
    return chains.rules_of(chain)


async def asker_of(request: Request) -> int:
    """The person who asks."""
    return (await directory.employee(request.employment)).person


def days_of(request: Request) -> int | None:
    """How long it is, in thousandths of a day, if its kind says."""
    days = cards.facts_of(request).get("days")
    return days if isinstance(days, int) else None
