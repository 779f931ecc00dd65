"""What waits for somebody, over random seats: the database says what a plain reading of the rules says."""

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from random import Random
from typing import Any

from core import clock, database
from core.approvals import delegations, steps, waiting
from core.approvals.kinds import APPLIED, IN_REVIEW, MOVES, UNDECIDED
from core.approvals.tables import Decision, Delegation, Request, Step, StepApprover
from tests.core.cast import Cast

KINDS = ("leave_request", "day_off_worked", "other")
LENGTHS = ("500", "1000", "3000", "3001", "null", "1000.0", '"1000"')  # of what is no whole number, nothing is known
ROUNDS = 4


async def plainly(cast: Cast) -> Mapping[int, list[int]]:
    """The ids of what waits for each person, one rule after the other, each row looked at by itself."""
    links = await delegations.in_force()
    found: dict[int, list[int]] = {one.person: [] for one in cast.people.values()}
    for request in await Request.objects().where(Request.state.is_in(list(UNDECIDED))).order_by(Request.id):
        asker, days = await steps.asker_of(request), steps.days_of(request)
        for step in await Step.objects().where((Step.request == request.id) & (Step.state == steps.OPEN)):
            given = await steps.answers(step)
            answered = {row["seat"] for row in given}
            free = {row.person for row in await steps.sitting(step) if (row.beside or row.person) not in answered}
            for person in set(found) - {row["actor"] for row in given}:
                lent = free & set(delegations.givers(links, person, request.kind, days))
                if person in free or (lent and asker != person):
                    found[person].append(request.id)
    return found


async def seats(random: Random, cast: Cast, count: int) -> None:
    """Requests of anybody, in any state, with seats, answers and stand-ins that no rule kept in order."""
    people, now = list(cast.people.values()), clock.now()
    for _ in range(count):
        number = await Request.count() + 1
        facts = {} if random.random() < 0.2 else {"days": json.loads(random.choice(LENGTHS)), "leave_type": "annual"}
        request = Request(
            public=database.new_public(), kind=random.choice(KINDS), subject=number, number=f"C-{number}",
            employment=random.choice(people).id, facts=json.dumps(facts),
            state=random.choice([*UNDECIDED, IN_REVIEW, IN_REVIEW, random.choice(list(MOVES))]),
            submitted_at=now - timedelta(hours=random.randrange(300)),
        )  # fmt: skip
        await Request.insert(request)
        step = Step(
            request=request.id, state=random.choice([steps.OPEN, steps.OPEN, steps.OPEN, steps.WAITING, "approved"]),
            opens_at=now, remind_at=now, escalate_at=now,
        )  # fmt: skip
        await Step.insert(step)
        seated = random.sample(people, random.randint(1, 4))
        for at, one in enumerate(seated):
            beside = random.choice(seated[:at]).person if at and random.random() < 0.3 else None
            ended = now if random.random() < 0.15 else None
            await StepApprover.insert(
                StepApprover(step=step.id, person=one.person, added_by="manager", beside=beside, ended_at=ended)
            )
        for one in random.sample(people, random.choice([0, 0, 0, 1, 1, 2])):
            whom = random.choice(people).person if random.random() < 0.5 else None
            await Decision.insert(
                Decision(
                    step=step.id, actor=one.person, for_whom=whom, verdict="approve", channel="web", decided_at=now
                )
            )


async def links(random: Random, cast: Cast, count: int) -> None:
    """Delegations in place of those before: of some kinds or of all, of any length or not, in force or not."""
    people, now = list(cast.people.values()), clock.now()
    await Delegation.update({Delegation.ended_at: now}).where(Delegation.ended_at.is_null())
    requests: Sequence[Any] = await Request.objects().where(Request.state.is_in([APPLIED, IN_REVIEW])).limit(9)
    for _ in range(count):
        giver, taker = random.sample(people, 2)
        await Delegation.insert(
            Delegation(
                public=database.new_public(), giver=giver.person, taker=taker.person,
                kinds=" ".join(random.sample(KINDS, random.randint(1, 3))), most=random.choice([None, None, 1000, 3000]),
                starts=now + timedelta(days=random.choice([-2, -1, -1, -1, 0, 1])), ends=now + timedelta(days=9),
                offered_at=now, accepted_at=random.choice([now, now, now, None]),
                request=random.choice(requests).id if requests and random.random() < 0.2 else None,
            )
        )  # fmt: skip


async def test_what_waits_is_what_the_rules_say_row_by_row(two: tuple[Cast, Cast]) -> None:
    met = {"lent": 0, "most": 0}
    for number in range(ROUNDS):
        random = Random(number)
        for cast in two:
            async with database.transaction(cast.company):
                await seats(random, cast, 16)
                await links(random, cast, random.choice([3, 8, 14]))
        for cast in two:
            async with database.reading(cast.company):
                every = {one.id: one for one in await Request.objects()}
                held = await StepApprover.select(StepApprover.person, StepApprover.step.request.as_alias("request"))
                for person, wanted in (await plainly(cast)).items():
                    await _agrees(person, wanted, every)
                    met["lent"] += bool(set(wanted) - {row["request"] for row in held if row["person"] == person})
                met["most"] += any(link.most is not None for link in await delegations.in_force())
    assert min(met.values()) > 2, f"the rare things hardly happened: {met}"


async def _agrees(person: int, wanted: Sequence[int], every: Mapping[int, Request]) -> None:
    """Whatever is asked of what waits, the answer comes from these requests."""
    assert sorted(await waiting.ids_for(person)) == wanted
    assert await waiting.count_for(person) == len(wanted)
    by_wait = sorted(wanted, key=lambda one: (every[one].submitted_at, one))
    assert [one.id for one in await waiting.waiting_for(person)] == by_wait
    assert [one.id for one in await waiting.longest(person, 3)] == by_wait[:3]
    assert sorted(await waiting.among(person, [*every][::2])) == [one for one in wanted if one in [*every][::2]]
    after, paged = 0, []
    while found := await waiting.waiting_for(person, limit=9, after=after):
        assert [(one.submitted_at, one.id) for one in found] == sorted((one.submitted_at, one.id) for one in found)
        after = max(one.id for one in found)
        paged += [one.id for one in found]
    assert sorted(paged) == wanted
    edges = [clock.now() - timedelta(hours=hours) for hours in (10, 48, 150, 9999)]
    counted = [sum(every[one].submitted_at > edge for one in wanted) for edge in edges]
    assert list(await waiting.ages_for(person, edges)) == counted
    undecided = [one for one in every.values() if one.state in UNDECIDED]
    counted = [sum(one.submitted_at > edge for one in undecided) for edge in edges]
    assert list(await waiting.ages_of_all(edges)) == counted
