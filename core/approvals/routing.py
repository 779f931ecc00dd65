"""Moving an open step to other people: by an administrator with a reason, or because posts changed hands."""

from collections.abc import Collection, Sequence

from core import audit, clock, database, jobs, log
from core.accounts.tables import Company
from core.approvals import above, cards, chains, earlier, history, rules, settling, signers, steps
from core.approvals.kinds import UNDECIDED
from core.approvals.tables import Request, Step, StepApprover
from core.audit import Actor
from core.errors import Refused
from core.people import directory
from core.people.directory import Employee
from core.people.tables import Employment
from core.phrases import one_line, phrase

PART = 200
LONGEST_REASON = 500
# Seats that follow from the organisation; the others were given by hand or by the clock.
OF_THE_POST = (*rules.RESOLVERS, "administrator")


async def reassign(request: Request, *, from_: int, to: int, reason: str, by: int, channel: str) -> None:
    """Give somebody's seat at the open step to another, with a reason that both can read."""
    async with database.transaction(request.company):
        await database.lock(Request, request.id)
        fresh = await Request.objects().get(Request.id == request.id)
        assert fresh is not None
        step = await steps.current(fresh)
        if step is None or fresh.state not in UNDECIDED:
            raise Refused("approvals.over_already", number=fresh.number)
        words = one_line(reason)
        if not words:
            raise Refused("approvals.reassign_reason")
        if len(words) > LONGEST_REASON:
            raise Refused("approvals.reason_too_long", most=LONGEST_REASON)
        rows = {row.person: row for row in await steps.sitting(step)}
        answers = await steps.answers(step)
        answered = {row["seat"] for row in answers}
        if from_ not in rows or (rows[from_].beside or from_) in answered:
            raise Refused("approvals.reassign_from", number=fresh.number)
        taker = await directory.of_person(to)
        if taker is None:
            raise Refused("approvals.reassign_gone")
        if to == await steps.asker_of(fresh):
            raise Refused("approvals.own_request")
        if to in rows or to in {row["actor"] for row in answers}:  # who answered here cannot answer again
            raise Refused("approvals.reassign_sits", who=taker.first_name, number=fresh.number)
        if to in await above.agreed_before(fresh, step):
            raise Refused("approvals.reassign_agreed", who=taker.first_name, number=fresh.number)
        await _move(
            fresh, step, rows[from_], [taker], "reassigned", words=words, channel=channel,
        )  # fmt: skip
        told = {"from_": from_, "to": to}
        audit.record(
            "request.reassigned", f"request:{fresh.id}", by=Actor(f"person:{by}", channel), number=fresh.number, **told
        )


async def _move(
    request: Request, step: Step, old: StepApprover, new: Sequence[Employee], why: str, *, words: str | None = None,
    channel: str = "job", heirs: Collection[int] = (),
) -> None:  # fmt: skip
    """Take the seat of one, and of whoever sat beside them but is no heir to the post, and seat others instead."""
    gone = [row for row in await steps.sitting(step) if old.person in (row.person, row.beside)]
    stay = [row.id for row in gone if row.person in heirs and row.person != old.person]
    gone = [row for row in gone if row.id not in stay]
    await StepApprover.update({StepApprover.beside: old.beside}).where(StepApprover.id.is_in(stay or [0]))
    await StepApprover.update({StepApprover.ended_at: clock.now()}).where(
        StepApprover.id.is_in([row.id for row in gone])
    )
    name = (await directory.person_name(old.person)).split()[0]
    agreed = await above.agreed_before(request, step)
    for one in new:
        await steps.seat(
            request, step, one, why, beside=old.beside, asked=one.person not in agreed,
            lead=lambda language: phrase("approvals.moved_here", language, who=name, reason=words or ""),
        )  # fmt: skip
        what = history.REASSIGNED if words else history.MOVED
        await history.note(
            request, what, person=one.person, other=old.person, level=step.level, words=words, channel=channel
        )
    names = ", ".join(one.first_name for one in new) or ", ".join(
        [(await directory.person_name(row.person)).split()[0] for row in await steps.sitting(step)]
    )
    shut = await steps.shut_out(request, step)  # whoever stood in for them, too
    await cards.closed(
        request, "moved", only={row.person for row in gone} | set(shut), mark=f"{step.level}:{clock.now().isoformat()}",
        who=names, reason=words or "",
    )  # fmt: skip
    for person in {row.person for row in gone}:
        await _still_for_another(request, step, person)


async def _still_for_another(request: Request, step: Step, person: int) -> None:
    """Whoever lost a seat and stands in for somebody who has one gets that card instead."""
    seat = await steps.seat_of(person, request, step)
    here = await signers.employee_or_signer(person) is not None
    if seat is not None and seat.for_whom is not None and here and person != await steps.asker_of(request):
        mark = f":moved:{clock.now().isoformat()}"
        await cards.put_before(person, request, step, for_whom=seat.for_whom, how=cards.AGAIN, mark=mark)


async def follow_organisation(request: Request) -> bool:
    """Let an open step follow the posts as they are held today, as its chain says; True if somebody was seated.

    The one who lost the post loses the right, unless the chain keeps it; who has left loses it always.
    """
    async with database.transaction(request.company):
        await database.lock(Request, request.id)
        fresh = await Request.objects().get(Request.id == request.id)
        assert fresh is not None
        step = await steps.current(fresh)
        if step is None or fresh.state not in UNDECIDED:
            return False
        policy = (await steps.rules_of(fresh)).rerouting
        by = await directory.employee(fresh.employment)
        asked = await chains.asked_of(by, rules.read_who(step.who))
        answers, sitting = await steps.answers(step), await steps.sitting(step)
        answered = {row["seat"] for row in answers}
        now = {one.who.person for one in asked}
        there = {row.person for row in sitting} | {row["actor"] for row in answers}
        new = [one for one in asked if one.who.person not in there]
        agreed, moved = await above.agreed_before(fresh, step), False
        for row in sitting:
            if row.beside or row.person in now or row.person in answered:
                continue
            left = await signers.employee_or_signer(row.person) is None
            if row.added_by not in OF_THE_POST and not left:
                continue
            if policy == rules.KEPT and not left:
                continue
            if policy == rules.BESIDE and not left:
                for one in new:
                    moved |= await steps.seat(fresh, step, one.who, one.why, asked=one.who.person not in agreed)
                    await history.note(fresh, history.MOVED, person=one.who.person, other=row.person, level=step.level)
                new = []
                continue
            await _move(fresh, step, row, [one.who for one in new], new[0].why if new else "", heirs=now)
            new, moved = [], True
        if moved:  # who agreed before has the post now: their yes counts, as it does where a step opens
            given = {row["actor"] for row in await steps.answers(step)}
            sits = {row.person for row in await steps.sitting(step) if not row.beside}
            await earlier.count(fresh, step, (agreed & now & sits) - given)
            await settling.follow_anew(fresh, step)
        return moved


# -- looking for posts that changed hands ------------------------------------------------------------------------------


@jobs.cron("5 * *", "approvals.organisation")
async def every_hour() -> None:
    """Have the open steps of every company compared with who holds the posts now."""
    async with database.installation(writes=False):
        companies = await Company.select(Company.id).where(Company.kind == "company")
    hour = clock.now().strftime("%Y%m%d%H")
    for row in companies:
        async with database.transaction(row["id"]):
            await jobs.enqueue("approvals.follow", dedupe=f"follow:{row['id']}:{hour}")


@jobs.job("approvals.follow", lane=jobs.BULK)
async def follow(company: int, after: int = 0) -> None:
    """Compare a part of the open steps with the posts, and write the next part's job."""
    async with database.reading(company):
        rows = await Step.objects().where((Step.state == steps.OPEN) & (Step.id > after)).order_by(Step.id).limit(PART)
        late = await _changed(rows)
        requests = await Request.objects().where(Request.id.is_in(late or [0]))
    for request in requests:
        try:
            await follow_organisation(request)
        except Refused:  # nobody is left who could decide it: it stays where it is until HR names somebody
            log.warning("request_without_approver", company=company, number=request.id)
    if len(rows) == PART:
        async with database.transaction(company):
            await jobs.enqueue("approvals.follow", rows[-1].id)


async def _changed(open_steps: Sequence[Step]) -> list[int]:
    """The requests of these steps that need a closer look: somebody sits who left, or whose post another holds."""
    if not open_steps:
        return []
    requests = {
        one.id: one for one in await Request.objects().where(Request.id.is_in([one.request for one in open_steps]))
    }
    askers = {one.id: one for one in await directory.several([one.employment for one in requests.values()])}
    heads = {
        one.id: one.person
        for one in await directory.several([one.manager for one in askers.values() if one.manager], at_work=True)
    }
    sitting: dict[int, list[StepApprover]] = {}
    for row in await StepApprover.objects().where(
        StepApprover.step.is_in([one.id for one in open_steps]) & StepApprover.ended_at.is_null()
    ):
        sitting.setdefault(row.step, []).append(row)
    people = {row.person for rows in sitting.values() for row in rows}
    here = await _at_work(people)
    late = []
    for step in open_steps:
        asker = askers.get(requests[step.request].employment)
        own = [row for row in sitting.get(step.id, []) if not row.beside]
        rows = [row for row in own if row.added_by in OF_THE_POST]
        simple = all(row.added_by == rules.MANAGER for row in rows) and rows
        head = heads.get(asker.manager or 0) if asker is not None else None
        good = simple and all(row.person in here for row in own) and head in {row.person for row in rows}
        if not good:
            late.append(step.request)
    return late


async def _at_work(people: set[int]) -> set[int]:
    today = clock.today(directory.DEFAULT_ZONE)
    rows = await Employment.select(Employment.person).where(
        Employment.person.is_in(list(people) or [0]) & (Employment.joins <= today)
        & (Employment.leaves.is_null() | (Employment.leaves >= today))
    )  # fmt: skip
    return {row["person"] for row in rows} | await signers.here(people)
