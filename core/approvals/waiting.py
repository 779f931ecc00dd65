"""Finding requests: what waits for somebody, what an employee asked for, one by its number or its address."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from core.approvals import delegations, steps
from core.approvals.kinds import UNDECIDED
from core.approvals.tables import Decision, Request, Step, StepApprover
from core.people.tables import Employment


async def waiting_for(person: int, *, limit: int | None = None, after: int = 0) -> Sequence[Request]:
    """The requests that this person may decide now, in their own seat or another's, the longest-waiting first.

    With a limit, so many of them, those that were asked for after the request `after`.
    """
    found = sorted(one for one in await ids_for(person) if one > after)[:limit]
    if not found:
        return []
    return (
        await Request.objects()
        .where(Request.id.is_in(found) & Request.state.is_in(list(UNDECIDED)))
        .order_by(Request.submitted_at, Request.id)
    )


async def count_for(person: int) -> int:
    """How many requests wait for this person."""
    return len(await ids_for(person))


async def ids_for(person: int) -> Collection[int]:
    """The ids of the requests whose open step this person has a seat at and has not answered."""
    links = await delegations.in_force()
    givers = {one.giver for one in links if one.taker == person}
    givers |= {one.giver for one in links if one.taker in givers}
    rows = await StepApprover.select(
        StepApprover.step, StepApprover.person, StepApprover.beside, StepApprover.step.request.as_alias("request")
    ).where(
        StepApprover.person.is_in([person, *(givers - {person})]) & StepApprover.ended_at.is_null()
        & (StepApprover.step.state == steps.OPEN)
    )  # fmt: skip
    if not rows:
        return []
    answered = await _answered(person, rows)
    rows = [row for row in rows if (row["step"], row["beside"] or row["person"]) not in answered]
    own = {row["request"] for row in rows if row["person"] == person}
    others = [row for row in rows if row["person"] != person]
    lent = {row["request"] for row in others if row["request"] not in own}
    return own | await _lent(person, links, others, lent)


async def _answered(person: int, rows: Sequence[Mapping[str, Any]]) -> Collection[tuple[int, int]]:
    """Of these seats, those that have answered, and those at steps where this person has: each as step and owner."""
    given = await _given({row["step"] for row in rows})
    done = {row["step"] for row in given if row["actor"] == person}
    return await _seats_of(given) | {
        (row["step"], row["beside"] or row["person"]) for row in rows if row["step"] in done
    }


async def _seats_done(open_now: Collection[int]) -> Collection[tuple[int, int]]:
    """The seats of these steps that have answered, each as step and owner."""
    return await _seats_of(await _given(open_now))


async def _given(open_now: Collection[int]) -> Sequence[Mapping[str, Any]]:
    return list(
        await Decision.select(Decision.step, Decision.actor, Decision.for_whom).where(
            Decision.step.is_in(list(open_now) or [0])
        )
    )


async def _seats_of(given: Sequence[Mapping[str, Any]]) -> set[tuple[int, int]]:
    """Whose seats these decisions fill, each as step and owner."""
    beside = {
        (row["step"], row["person"]): row["beside"]
        for row in await StepApprover.select(StepApprover.step, StepApprover.person, StepApprover.beside).where(
            StepApprover.step.is_in([row["step"] for row in given] or [0]) & StepApprover.beside.is_not_null()
        )
    }
    whose = [(row["step"], row["for_whom"] or row["actor"]) for row in given]
    return {(step, beside.get((step, one)) or one) for step, one in whose}


async def _lent(
    person: int, links: Sequence[delegations.Link], rows: Sequence[Mapping[str, int]], requests: Collection[int]
) -> set[int]:
    """Of what waits for those this person stands in for, what the delegation reaches; never a request of one's own."""
    if not requests:
        return set()
    mine = {row["id"] for row in await Employment.select(Employment.id).where(Employment.person == person)}
    reached = set()
    for one in await Request.objects().where(Request.id.is_in(list(requests))):
        givers = delegations.givers(links, person, one.kind, steps.days_of(one))
        if one.employment not in mine and any(row["person"] in givers for row in rows if row["request"] == one.id):
            reached.add(one.id)
    return reached


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
    """The first names of those whose answer may still come, or who decided it last."""
    return (await approvers_of_many([request.id])).get(request.id, [])


async def approvers_of_many(requests: Collection[int]) -> Mapping[int, Sequence[str]]:
    """The same for many requests, by their id."""
    step: Any = StepApprover.step
    rows = (
        await StepApprover.select(
            StepApprover.person.name.as_alias("name"), StepApprover.step, StepApprover.person, StepApprover.beside,
            step.request.as_alias("request"),
            step.version.as_alias("version"), step.state.as_alias("state"),
            step.request.version.as_alias("now"),
        )
        .where(step.request.is_in(list(requests) or [0]) & StepApprover.ended_at.is_null())
        .order_by(StepApprover.id)
    )  # fmt: skip
    rows = [row for row in rows if row["version"] == row["now"]]
    open_now = {row["request"] for row in rows if row["state"] == steps.OPEN}
    done = await _seats_done({row["step"] for row in rows if row["state"] == steps.OPEN})
    found: dict[int, list[str]] = {}
    for row in rows:
        if (row["step"], row["beside"] or row["person"]) in done:
            continue
        if row["state"] == steps.OPEN or (row["request"] not in open_now and row["state"] != steps.WAITING):
            found.setdefault(row["request"], []).append(row["name"].split()[0])
    return {request: list(dict.fromkeys(names)) for request, names in found.items()}


async def open_steps(requests: Sequence[Request]) -> Mapping[int, Step]:
    """The open step of each of these requests, by the request's id."""
    return {
        one.request: one
        for one in await Step.objects().where(
            Step.request.is_in([one.id for one in requests] or [0]) & (Step.state == steps.OPEN)
        )
    }
