"""What a decision makes of a request: who may give it, which step follows, and what takes effect at the end."""

from datetime import timedelta

from core import clock, database, jobs, log
from core.approvals import cards, delegations, earlier, history, kinds, signers, steps
from core.approvals.kinds import (
    APPLIED,
    APPROVE,
    APPROVED,
    CANCELLED,
    CHANGE,
    REJECT,
    REJECTED,
    RETURNED,
    SETTLES,
    UNDECIDED,
    WITHDRAWN,
    Verdict,
    verdict_of,
)
from core.approvals.steps import Seat
from core.approvals.tables import Decision, Request, Step, StepApprover
from core.approvals.waiting import approvers_of
from core.errors import Refused
from core.messaging import buttons, outbox
from core.messaging.messages import Message
from core.people import directory
from core.phrases import phrase

TRY_AGAIN = timedelta(seconds=5)


async def held(request: Request) -> Request:
    """The request as it is now; nobody else changes it until the end of the transaction."""
    await database.lock(Request, request.id)
    fresh = await Request.objects().where(Request.id == request.id).first()
    assert fresh is not None
    return fresh


async def refresh(request: Request) -> None:
    """Let the caller's row say what the database says."""
    fresh = await held(request)
    for column in ("version", "subject", "begins", "state", "facts", "chain"):
        setattr(request, column, getattr(fresh, column))


async def right(fresh: Request, person: int, version: int) -> tuple[Step, Seat]:
    """The open step and the seat from which this person decides it now; or why not."""
    step = await steps.current(fresh)
    seat = await steps.seat_of(person, fresh, step) if step is not None else None
    if seat is None and not await _ever_asked(fresh, person):
        raise Refused("approvals.not_yours")
    if await signers.employee_or_signer(person) is None:  # asked while they worked here, and gone since
        raise Refused("approvals.not_yours")
    asker = await steps.asker_of(fresh)
    if asker == person or await signers.is_own(person, asker):
        raise Refused("approvals.own_request")
    if fresh.state not in UNDECIDED or fresh.version != version or step is None:
        raise await too_late(fresh, person, version)
    given = await Decision.objects().where((Decision.step == step.id) & (Decision.actor == person)).first()
    if given is not None:
        raise Refused("approvals.decided_by_you", number=fresh.number, verdict=given.verdict, at=given.decided_at)
    if seat is None:
        names = ", ".join(await approvers_of(fresh))
        before = await _passed(fresh, person)
        if before is not None:
            raise Refused("approvals.decided_by_you", number=fresh.number, verdict=before.verdict, at=before.decided_at)
        waits = await StepApprover.exists().where(
            (StepApprover.step.request == fresh.id) & (StepApprover.person == person)
            & (StepApprover.step.state == steps.WAITING) & StepApprover.ended_at.is_null()
        )  # fmt: skip
        raise Refused("approvals.not_yet" if waits else "approvals.moved", number=fresh.number, who=names)
    spoken = next((one for one in await steps.answers(step) if one["seat"] == seat.owner), None)
    if spoken is not None:  # by whoever sits beside them or stands in for them: a seat answers once
        who = await first_name(int(str(spoken["actor"])))
        raise Refused(
            "approvals.decided_already", number=fresh.number, verdict=spoken["verdict"], who=who, at=spoken["at"]
        )
    return step, seat


async def _ever_asked(request: Request, person: int) -> bool:
    return bool(
        await StepApprover.exists().where((StepApprover.step.request == request.id) & (StepApprover.person == person))
        or await Decision.exists().where((Decision.step.request == request.id) & (Decision.actor == person))
        or await outbox.was_asked(person, request.id)  # in the place of somebody who was
    )


async def _passed(request: Request, person: int) -> Decision | None:
    """What this person decided at an earlier step of the same version."""
    return await Decision.objects().where(
        (Decision.actor == person) & (Decision.step.request == request.id) & (Decision.version == request.version)
    ).first()  # fmt: skip


async def follow(request: Request, step: Step, given: Verdict) -> None:
    """What the answers of the step make of the request."""
    outcome = await steps.outcome(step)
    if outcome is None:
        left = ", ".join(await _unanswered(step))
        shut = await steps.shut_out(request, step)  # whoever spoke from the same seat: it has answered
        await cards.counted(request, step, given, {given.person, *shut}, left)
        return
    await Step.update({Step.state: "approved" if outcome == APPROVE else "rejected"}).where(Step.id == step.id)
    if outcome == APPROVE and await _goes_on(request, step, given):
        return
    await steps.close_all(request)
    if step.asks == steps.CANCEL:
        await (undo(request, given) if outcome == APPROVE else _keep(request, given))
    elif outcome == CHANGE:
        await to(request, RETURNED)
        await history.note(request, history.RETURNED, person=given.person, channel=given.channel)
        await cards.decided(request, given)
        await _tell_returned(request, given)
    elif outcome == REJECT:
        await to(request, REJECTED)
        await SETTLES[request.kind](request, given)
        await cards.decided(request, given)
    else:
        await to(request, APPROVED)
        await _apply(request, given)
        await cards.decided(request, given)


async def _goes_on(request: Request, step: Step, given: Verdict) -> bool:
    """Open the next step that still needs somebody's answer; False when none is left."""
    by, before = await directory.employee(request.employment), step
    while (following := await steps.following(request, before)) is not None:
        asked = await earlier.still_to_ask(request, following, await steps.seated_anew(following, by))
        if asked:
            await cards.passed(request, step, given, ", ".join(one.first_name for one in asked))
            await steps.open_step(request, following, asked)
            return True
        await Step.update({Step.state: "approved"}).where(Step.id == following.id)
        before = following
    return False


async def follow_anew(request: Request, step: Step) -> None:
    """Let a step go on whose answers are enough now that fewer sit at it."""
    outcome = await steps.outcome(step)
    # Whoever spoke last so, maybe at an earlier step: what was counted from there is no new word.
    spoken = Decision.channel != kinds.EARLIER
    given = await Decision.objects().where(
        (Decision.step.request == request.id) & (Decision.step.version == request.version)
        & (Decision.step.asks == step.asks) & (Decision.verdict == (outcome or "")) & spoken
    ).order_by(Decision.id, ascending=False).first()  # fmt: skip
    if given is None:
        return
    asker = (await kinds.askers([request]))[request.id]
    told = Verdict(
        given.verdict, await first_name(given.actor), given.actor, given.decided_at,
        kinds.reason_of(given.to_dict(), asker), given.channel, cancelled=step.asks == steps.CANCEL,
        for_whom=await first_name(given.for_whom) if given.for_whom else None,
    )  # fmt: skip
    await follow(request, step, told)


async def _unanswered(step: Step) -> list[str]:
    answered = {row["seat"] for row in await steps.answers(step)}
    owners = [one.person for one in await steps.sitting(step) if not one.beside and one.person not in answered]
    return [await first_name(one) for one in owners]


async def to(request: Request, state: str) -> None:
    if state not in kinds.MOVES[request.state]:
        raise RuntimeError(f"a request cannot go from {request.state} to {state}")
    request.state = state
    await Request.update({Request.state: state}).where(Request.id == request.id)


async def _apply(request: Request, given: Verdict) -> None:
    """Let an approval take effect; a rule's no undoes the decision, a fault of ours is tried again by a job."""
    try:
        async with database.transaction(request.company):
            before = request.state
            await to(request, APPLIED)
            await SETTLES[request.kind](request, given)
    except Refused:
        raise
    except Exception as fault:  # whatever the effect met, the decision was given and stands
        log.error("request_not_applied", number=request.id, fault=fault)
        request.state = before
        await jobs.enqueue("approvals.apply", request.id, run_at=clock.now() + TRY_AGAIN)


@jobs.job("approvals.apply")
async def apply_again(company: int, request: int) -> None:
    """Let an approval take effect that could not when it was given."""
    async with database.transaction(company):
        await database.lock(Request, request)
        approved = await Request.objects().where((Request.id == request) & (Request.state == APPROVED)).first()
        given = await verdict_of(approved) if approved is not None else None
        if approved is None or given is None:
            return
        await to(approved, APPLIED)
        await SETTLES[approved.kind](approved, given)
        await history.note(approved, history.APPLIED)


async def undo(request: Request, given: Verdict) -> None:
    keeps = kinds.KEEPS.get(request.kind)
    stays = keeps is not None and await keeps(request)
    if not stays or request.state != APPLIED:  # a part of what nobody had to decide is undone where it stands
        await to(request, APPLIED if stays else CANCELLED)
        if not stays:
            await delegations.leave_is_off(request)
    await SETTLES[request.kind](request, given)
    await history.note(request, history.CANCELLED, person=given.person, channel=given.channel)
    await (cards.called_off if given.verdict == kinds.ACKNOWLEDGE else cards.decided)(request, given)


async def stand_again(request: Request, given: Verdict) -> None:
    """Have what was called off, or a part of it, take effect again: what it had given way to was taken back."""
    if request.state == CANCELLED:
        await to(request, APPLIED)
    await history.note(request, history.STANDS_AGAIN, person=given.person, channel=given.channel)
    await cards.stands_again(request, given)


async def _keep(request: Request, given: Verdict) -> None:
    await to(request, APPLIED)
    await history.note(request, history.KEPT, person=given.person, channel=given.channel)
    await cards.decided(request, given)
    asker = await directory.employee(request.employment)
    await cards.tell(
        asker.person, request, "approvals.cancel_refused", mark="kept", who=given.named(asker.language),
        reason=given.reason or "",
    )  # fmt: skip


async def _tell_returned(request: Request, given: Verdict) -> None:
    """Tell the asker what is to be changed, and offer to do it where its kind can."""
    asker = await directory.employee(request.employment)
    language = asker.language
    told = (await kinds.described([request], language))[request.id]
    text = phrase(
        "approvals.returned", language, who=given.named(language), number=request.number, what=told.what,
        reason=given.reason or "",
    )  # fmt: skip
    choices = []
    if request.kind in kinds.CHANGES:
        flow, key = kinds.CHANGES[request.kind]
        title, answers = phrase("approvals.do_change", language), {key: request.number}
        choices.append(await buttons.make(title, "start", person=asker.person, flow=flow, answers=answers))
    message = Message("approvals.returned", text, tuple(choices), language=language)
    await outbox.post(await outbox.address_of(asker.person), message, dedupe=f"returned:{request.id}:{request.version}")


async def too_late(request: Request, person: int, version: int) -> Refused:
    """Why this person can no longer decide it: who did, or what became of it."""
    fresh = await Request.objects().where(Request.id == request.id).first()
    assert fresh is not None
    if fresh.state in UNDECIDED or fresh.state == WITHDRAWN:
        key = "approvals.withdrawn_already" if fresh.state == WITHDRAWN else "approvals.stale"
        asker, step = await steps.asker_of(fresh), await steps.current(fresh)
        told: dict[str, str | int] = {"number": fresh.number, "seen": version, "now": fresh.version}
        if step is not None and person != asker and await steps.seat_of(person, fresh, step) is None:
            key, told["whom"] = "approvals.stale_elsewhere", ", ".join(await approvers_of(fresh))
        return Refused(key, **told, who=await first_name(asker))
    given = (await kinds.answers_of([fresh])).get(fresh.id)
    if given is not None:
        already = "approvals.undo_decided_already" if given.cancelled else "approvals.decided_already"
        key = "approvals.decided_by_you" if given.person == person else already
        return Refused(key, number=fresh.number, verdict=given.verdict, who=given.who, at=given.at)
    return Refused("approvals.over_already", number=fresh.number)


async def first_name(person: int) -> str:
    return (await directory.person_name(person)).split()[0]
