"""When nobody answers: reminders, the head who is added, what is told when the thing itself begins, and the cut-off.

Every job here may run twice: what it did stands in the rows, and it looks there first.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from core import audit, clock, database, jobs
from core.approvals import above, cards, chains, deadlines, delegations, history, hours, kinds, signers, steps, working
from core.approvals.kinds import EXPIRED, IN_REVIEW, RETURNED, SETTLES
from core.approvals.tables import Delegation, Request, Step, StepApprover
from core.messaging import outbox
from core.people import directory
from core.phrases import phrase

MOST_REMINDERS = 6
MOST_CARDS = 50  # that a stand-in is given at once; the others stand on the page


@jobs.job("approvals.remind")
async def remind(company: int, step: int) -> None:
    """Remind those whose hour has come and who have not answered."""
    async with database.transaction(company):
        found = await _open(step)
        if found is None:
            return
        request, open_step, silent = found
        for row in silent:
            await _remind(request, open_step, row)


async def _remind(request: Request, step: Step, row: StepApprover) -> None:
    """Remind this one if it is time."""
    if row.remind_at is None or row.remind_at > clock.now():
        return
    row.remind_at, row.reminded = None, row.reminded + 1
    await StepApprover.update({StepApprover.remind_at: None, StepApprover.reminded: row.reminded}).where(
        StepApprover.id == row.id
    )
    await history.note(request, history.REMINDED, person=row.person, level=step.level)
    mark = f":{clock.now().isoformat()}"  # who was seated anew is reminded anew
    await cards.put_before(row.person, request, step, how=cards.REMINDER, mark=mark)
    if step.reminded_at is None:
        step.reminded_at = clock.now()
        await Step.update({Step.reminded_at: step.reminded_at}).where(Step.id == step.id)


@jobs.job("approvals.escalate")
async def escalate(company: int, step: int) -> None:
    """Ask the heads of those too who did not answer in time; the first answer counts. At the top, remind again."""
    async with database.transaction(company):
        found = await _open(step)
        if found is None:
            return
        request, open_step, silent = found
        asker = await steps.asker_of(request)
        top = {one.person for one in await chains.above_all(asker)}
        for row in silent:
            if row.escalate_at is None or row.escalate_at > clock.now() or row.escalated_at is not None:
                continue
            await _remind(request, open_step, row)  # due at the same instant, or left over from a stop of the house
            now = clock.now()
            await StepApprover.update({StepApprover.escalated_at: now}).where(StepApprover.id == row.id)
            if open_step.escalated_at is None:
                open_step.escalated_at = now
                await Step.update({Step.escalated_at: now}).where(Step.id == step)
            added = await _add_above(request, open_step, row, asker)
            if added:
                await cards.went_up(request, open_step, row.person, ", ".join(added))
            if not added or row.person in top:
                await _again(request, open_step, row)


async def _add_above(request: Request, step: Step, row: StepApprover, asker: int) -> Sequence[str]:
    """Seat the head beside one who is silent; where the head sits already or has agreed before, the administrators.
    Returns their names."""
    name = (await directory.person_name(row.person)).split()[0]
    added = []
    for head in await above.of(row.person, request, step, asker):
        if await steps.seat(
            request, step, head, "escalation", beside=row.beside or row.person,
            lead=lambda language: phrase("approvals.came_up", language, who=name),
        ):  # fmt: skip
            added.append(head.first_name)
            await history.note(request, history.ESCALATED, person=head.person, other=row.person, level=step.level)
    return added


async def _again(request: Request, step: Step, row: StepApprover) -> None:
    """Of an administrator, or where nobody above is left: the silent one is reminded again, after as many hours as the
    first time."""
    approver = await signers.employee_or_signer(row.person)
    if approver is None or row.reminded >= MOST_REMINDERS:
        return
    works = await working.works_of(approver)
    span = timedelta(hours=(await hours.of_chain(await steps.rules_of(request))).remind)
    at = deadlines.awake(deadlines.running(clock.local(clock.now(), approver.zone), span, works), works)
    await StepApprover.update(
        {StepApprover.remind_at: at, StepApprover.escalate_at: at, StepApprover.escalated_at: None}
    ).where(StepApprover.id == row.id)
    await jobs.enqueue("approvals.remind", step.id, run_at=at)
    await jobs.enqueue("approvals.escalate", step.id, run_at=at)


async def _open(step: int) -> tuple[Request, Step, Sequence[StepApprover]] | None:
    """An open step, held, with its request and those of its approvers whose seat has not answered."""
    row = await Step.select(Step.request).where(Step.id == step).first()
    if row is None:
        return None
    await database.lock(Request, row["request"])
    open_step = await Step.objects().where((Step.id == step) & (Step.state == steps.OPEN)).first()
    request = await Request.objects().where(Request.id == row["request"]).first()
    if open_step is None or request is None or request.state not in kinds.UNDECIDED:
        return None
    answered = {one["seat"] for one in await steps.answers(open_step)}
    silent = [one for one in await steps.sitting(open_step) if (one.beside or one.person) not in answered]
    return request, open_step, silent


@jobs.job("approvals.begun")
async def begun(company: int, request: int, version: int) -> None:
    """Tell the asker, those who may decide, and HR that it begins and nobody has decided: it decides nothing."""
    async with database.transaction(company):
        await database.lock(Request, request)
        found = await Request.objects().where((Request.id == request) & (Request.version == version)).first()
        if found is None or found.state not in (IN_REVIEW, RETURNED):
            return
        await history.note(found, history.STARTED)
        asker = await directory.employee(found.employment)
        step = await steps.current(found)
        deciding = [row.person for row in await steps.sitting(step)] if step is not None else []
        names = [(await directory.person_name(one)).split()[0] for one in deciding]
        await cards.tell(
            asker.person, found, "approvals.begun_asker", mark="begun", names=", ".join(names) or asker.first_name
        )
        for person in deciding:
            await cards.tell(person, found, "approvals.begun_approver", mark="begun")
        for one in await chains.above_all(asker.person):
            if one.person not in deciding:
                await cards.tell(one.person, found, "approvals.begun_hr", mark="begun", names=", ".join(names) or "-")
        limit = (await steps.rules_of(found)).expire_after
        if limit is not None and found.begins is not None:
            await jobs.enqueue("approvals.expire", request, version, run_at=_cut_off(found.begins, limit))


def _cut_off(begins: datetime, days: int) -> datetime:
    return begins + timedelta(days=days)


@jobs.job("approvals.expire")
async def expire(company: int, request: int, version: int) -> None:
    """Withdraw by the cut-off of its chain what nobody decided; the asker is told."""
    async with database.transaction(company):
        await database.lock(Request, request)
        found = await Request.objects().where((Request.id == request) & (Request.version == version)).first()
        if found is None or found.state not in (IN_REVIEW, RETURNED):
            return
        found.state = EXPIRED
        await Request.update({Request.state: EXPIRED}).where(Request.id == request)
        await steps.close_all(found)
        await history.note(found, history.EXPIRED)
        await SETTLES[found.kind](found, None)
        await cards.closed(found, "expired", mark=f":v{version}")
        await cards.tell(await steps.asker_of(found), found, "approvals.expired_told", mark="expired")
        audit.record("request.expired", f"request:{request}", number=found.number, version=version)


@jobs.job("approvals.delegation")
async def begin_to_stand_in(company: int, delegation: int) -> None:
    """Put what waits for somebody before the one who stands in for them from now on, straight or through another."""
    async with database.transaction(company):
        made = await Delegation.objects().where(Delegation.id == delegation).first()
        links = await delegations.in_force()
        if made is None or not any((one.giver, one.taker) == (made.giver, made.taker) for one in links):
            return
        lent = {made.giver} | {one.giver for one in links if one.taker == made.giver}
        takers = [made.taker, *(one.taker for one in links if one.giver == made.taker)]
        since = max(made.starts, made.accepted_at or made.starts)
        rows = await StepApprover.select(StepApprover.step).where(
            StepApprover.person.is_in(list(lent)) & StepApprover.ended_at.is_null()
            & (StepApprover.step.state == steps.OPEN)
        ).order_by(StepApprover.step)  # fmt: skip
        for step in list(dict.fromkeys(row["step"] for row in rows))[:MOST_CARDS]:
            found = await _open(step)
            if found is None:
                continue
            request, open_step, _ = found
            asker = await steps.asker_of(request)
            for taker in dict.fromkeys(takers):
                seat = await steps.seat_of(taker, request, open_step)
                if taker == asker or await outbox.has_card(taker, request.id, request.version, since=since):
                    continue
                if seat is not None and seat.for_whom in lent:
                    await cards.put_before(
                        taker, request, open_step, for_whom=seat.for_whom, how=cards.AGAIN,
                        mark=f":delegation{delegation}",
                    )  # fmt: skip


@jobs.job("approvals.delegation_over")
async def stop_standing_in(company: int, delegation: int) -> None:
    """Take the buttons from the cards of who stood in for somebody and does so no longer, straight or through them."""
    async with database.transaction(company):
        made = await Delegation.objects().where(Delegation.id == delegation).first()
        if made is None:
            return
        through = await Delegation.select(Delegation.taker).where(Delegation.giver == made.taker)
        shown = await outbox.requests_shown({made.taker, *(row["taker"] for row in through)})
        rows = await Step.select(Step.id).where(
            Step.request.is_in(list(shown) or [0]) & (Step.state == steps.OPEN)
        ).order_by(Step.id)  # fmt: skip
        for row in rows:
            found = await _open(row["id"])
            if found is None:
                continue
            request, open_step, silent = found
            names = [(await directory.person_name(one.person)).split()[0] for one in silent]
            await cards.closed(
                request, "stood_in", only=await steps.shut_out(request, open_step),
                mark=f"{open_step.level}:delegation{delegation}:{clock.now().isoformat()}", who=", ".join(names),
            )  # fmt: skip
