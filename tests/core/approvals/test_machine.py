"""Whatever approvers, askers, HR and the clock do, in whatever order: one outcome, and always somebody who can decide."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from core import clock, database, jobs
from core.approvals import delegations, publishing, routing, rules, settling, steps, story, waiting
from core.approvals.kinds import (
    APPLIED,
    APPROVED,
    CANCEL_REQUESTED,
    CANCELLED,
    IN_REVIEW,
    MOVES,
    RETURNED,
    UNDECIDED,
)  # fmt: skip
from core.approvals.rules import Condition, Level, Rules
from core.approvals.tables import Decision, Delegation, Request, RequestEvent, Step
from core.errors import Refused
from core.leave import requests as leave
from core.leave.policy import Period
from core.leave.tables import LeaveDay, LeaveRequest
from core.messaging import outbox
from core.messaging.tables import Outbound
from core.people import directory
from core.people.tables import Assignment, Employment
from tests.core.approvals.acts import ABOVE, HEAD, HR
from tests.core.cast import Cast, as_, lay
from tests.core.conftest import MONDAY, prepared
from tests.core.leave.test_machine import opened

WHO = ("hendra", "ratna", "rina", "sari", "budi", "tono", "wayan")
LONG = (Condition("days", rules.OVER, 1_000),)
CHAINS = (
    None,
    Rules((Level((HEAD, ABOVE)),)),
    Rules((Level((HEAD,)), Level((HR,), when=LONG)), restart=rules.RESTART_OPEN, expire_after=3),
    Rules((Level((HEAD, ABOVE), mode=rules.ALL), Level((HR,))), rerouting=rules.BESIDE),
    Rules((Level((HEAD, ABOVE, HR), mode=rules.QUORUM, quorum=2),), rerouting=rules.KEPT),
    Rules((Level((HEAD, HR), mode=rules.ALL),), remind_after=2, escalate_after=4),
)
STILL_AWAY = (IN_REVIEW, RETURNED, APPROVED, APPLIED, CANCEL_REQUESTED)
_companies = count(1)
people, which = st.sampled_from(WHO), st.integers(0, 30)


class Approvals(RuleBasedStateMachine):
    """Budi and Sari ask; everybody presses what they have, and what they don't; posts, people and hours move."""

    run: Callable[[Coroutine[Any, Any, Any]], Any]

    def __init__(self) -> None:
        super().__init__()
        self.requests: list[str] = []
        self.states: dict[int, tuple[str, int]] = {}
        self.written: dict[str, dict[int, dict[str, Any]]] = {"decision": {}, "event": {}}
        self.now: datetime = MONDAY
        clock.move(self.now)

    @initialize(chain=st.sampled_from(CHAINS))
    def a_company(self, chain: Rules | None) -> None:
        number = next(_companies)
        self.cast: Cast = self.run(lay(f"PT Setuju {number}", at=f"s{number}.example", granted=("budi", "sari")))
        self.a_chain(chain)

    @rule(chain=st.sampled_from(CHAINS))
    def a_chain(self, chain: Rules | None) -> None:
        if chain is not None:
            by = as_(self.cast.ratna)
            self.tries(
                publishing.publish(leave.KIND, chain, from_=self.now.date(), company=self.cast.company, actor=by)
            )

    def tries(self, act: Coroutine[Any, Any, Any]) -> Any:
        """Do it, unless a rule says no."""
        try:
            return self.run(act)
        except Refused:
            return None

    def one(self, number: int) -> Request:
        request: Request = self.run(self.cast.request(self.requests[number % len(self.requests)]))
        return request

    async def _asker(self, request: Request) -> Any:
        async with database.reading(self.cast.company):
            return await directory.employee(request.employment)

    @rule(hours=st.sampled_from((1, 5, 24, 30, 50, 120)))
    def hours_pass(self, hours: int) -> None:
        if self.now < MONDAY + timedelta(days=200):
            self.now += timedelta(hours=hours)
            clock.move(self.now)
            self.run(jobs.drain())

    @rule(who=st.sampled_from(("budi", "budi", "sari")), ahead=st.integers(0, 20), length=st.sampled_from((1, 2, 4)))
    def somebody_asks(self, who: str, ahead: int, length: int) -> None:
        asker, starts = self.cast.people[who], self.now.date() + timedelta(days=ahead)
        period = Period(starts, starts + timedelta(days=length - 1))
        sent = self.tries(leave.submit(asker, "annual", period, None, actor=as_(asker)))
        if sent is not None:
            self.requests.append(sent.number)

    @precondition(lambda self: self.requests)
    @rule(who=people, n=which, verdict=st.sampled_from(("approve", "approve", "reject", "change")), old=st.booleans())
    def somebody_presses(self, who: str, n: int, verdict: str, old: bool) -> None:
        request = self.one(n)
        before = self.run(self._may(request, self.cast.people[who].person))
        version = max(1, request.version - 1) if old else request.version
        given = self.tries(self.cast.decides(self.cast.people[who], request, verdict, "begitu", version=version))
        if given is not None:
            assert before, "somebody decided whom nobody asked"
            assert version == request.version, "a card that said something else was counted"
        elif version == request.version and verdict != "change":
            assert not before, "who is asked could not decide"

    async def _may(self, request: Request, person: int) -> bool:
        async with database.reading(self.cast.company):
            return request.id in {one.id for one in await waiting.waiting_for(person)}

    @precondition(lambda self: self.requests)
    @rule(first=people, second=people, n=which)
    def two_press_at_once(self, first: str, second: str, n: int) -> None:
        request = self.one(n)
        self.run(self._both(request, self.cast.people[first], self.cast.people[second]))

    async def _both(self, request: Request, one: Any, other: Any) -> None:
        presses = [self.cast.decides(one, request, "approve"), self.cast.decides(other, request, "reject", "tidak")]
        for answer in await asyncio.gather(*presses, return_exceptions=True):
            assert not isinstance(answer, BaseException) or isinstance(answer, Refused), answer

    @precondition(lambda self: self.requests)
    @rule(n=which, ahead=st.integers(0, 20), length=st.sampled_from((1, 3)))
    def the_asker_wants_other_dates(self, n: int, ahead: int, length: int) -> None:
        request, starts = self.one(n), self.now.date() + timedelta(days=ahead)
        asker = self.run(self._asker(request))
        period = Period(starts, starts + timedelta(days=length - 1))
        self.tries(leave.change(asker, request, period, None, actor=as_(asker)))

    @precondition(lambda self: self.requests)
    @rule(n=which, undo=st.booleans())
    def the_asker_takes_it_back(self, n: int, undo: bool) -> None:
        request = self.one(n)
        asker = self.run(self._asker(request))
        verb = leave.ask_cancel if undo else leave.withdraw
        self.tries(verb(asker, request, actor=as_(asker)))

    @precondition(lambda self: self.requests)
    @rule(n=which, from_=people, to=people)
    def hr_moves_a_seat(self, n: int, from_: str, to: str) -> None:
        request, cast = self.one(n), self.cast.people
        self.tries(
            routing.reassign(
                request, from_=cast[from_].person, to=cast[to].person, reason="sakit", by=cast["ratna"].person,
                channel="web",
            )
        )  # fmt: skip

    @rule(giver=people, taker=people, days=st.sampled_from((1, 3, 9)), ahead=st.sampled_from((0, 0, 1)))
    def a_place_is_offered(self, giver: str, taker: str, days: int, ahead: int) -> None:
        starts = self.now + timedelta(days=ahead)
        cast = self.cast.people
        self.tries(
            delegations.offer(
                cast[giver], cast[taker].person, starts=starts, ends=starts + timedelta(days=days),
                actor=as_(cast[giver]),
            )
        )  # fmt: skip

    @rule(n=which, how=st.sampled_from(("accept", "accept", "decline", "end")))
    def an_offer_is_answered(self, n: int, how: str) -> None:
        self.tries(self._answer(n, how))
        self.run(jobs.drain())

    async def _answer(self, n: int, how: str) -> None:
        async with database.reading(self.cast.company):
            offered = await Delegation.objects().order_by(Delegation.id)
        if not offered:
            return
        # The newest are the ones that still stand open.
        made = offered[-1 - n % min(len(offered), 3)]
        taker = next(one for one in self.cast.people.values() if one.person == made.taker)
        if how == "end":
            await delegations.end(made, actor=as_(taker))
        else:
            verb = delegations.accept if how == "accept" else delegations.decline
            await verb(made, by=taker, actor=as_(taker))

    @rule(who=st.sampled_from(("budi", "sari")), head=st.sampled_from(("hendra", "rina", "sari", "tono", "wayan")))
    def a_post_changes_hands(self, who: str, head: str) -> None:
        if who != head:
            self.run(self._under(self.cast.people[who].id, self.cast.people[head].id))

    async def _under(self, spell: int, head: int) -> None:
        async with database.transaction(self.cast.company):
            await Assignment.update({Assignment.manager: head}).where(Assignment.employment == spell)
        await routing.follow(self.cast.company)

    @rule(who=st.sampled_from(("sari", "rina", "wayan", "tono")))
    def somebody_leaves(self, who: str) -> None:
        self.run(self._leaves(self.cast.people[who].id))

    async def _leaves(self, spell: int) -> None:
        async with database.transaction(self.cast.company):
            last: date = self.now.date() - timedelta(days=1)
            await Employment.update({Employment.leaves: last}).where(
                (Employment.id == spell) & Employment.leaves.is_null()
            )
        await routing.follow(self.cast.company)

    # -- what never fails ----------------------------------------------------------------------------------------------

    @invariant()
    def every_request_holds(self) -> None:
        if hasattr(self, "cast"):
            self.run(self._holds())

    async def _holds(self) -> None:
        async with database.reading(self.cast.company):
            self._unchanged("decision", await Decision.select())
            self._unchanged("event", await RequestEvent.select())
            waits = {one.person: {each.id for each in await waiting.waiting_for(one.person)} for one in
                     self.cast.people.values()}  # fmt: skip
            for request in await Request.objects().order_by(Request.id):
                self._moved(request)
                await self._decided_once(request)
                await self._somebody_decides(request, waits)
                await self._days(request)
                await self._history(request)
                await self._cards(request)

    def _unchanged(self, kind: str, rows: list[dict[str, Any]]) -> None:
        now = {row["id"]: row for row in rows}
        for number, row in self.written[kind].items():
            assert now.get(number) == row, f"a {kind} was changed or deleted"
        self.written[kind] = now

    def _moved(self, request: Request) -> None:
        before, version = self.states.get(request.id, (IN_REVIEW, 1))
        reached, edge = {before}, {before}
        while edge := {to for one in edge for to in MOVES[one]} - reached:
            reached |= edge
        assert request.state in reached, f"from {before} to {request.state}"
        assert request.version >= version, "a version was lost"
        self.states[request.id] = (request.state, request.version)

    async def _decided_once(self, request: Request) -> None:
        asker = await steps.asker_of(request)
        for step in await Step.objects().where(Step.request == request.id):
            given = await steps.answers(step)
            seats = [row["seat"] for row in given]
            actors = [row["actor"] for row in given]
            assert len(set(actors)) == len(actors), "somebody decided a step twice"
            assert len(set(seats)) == len(seats), "a seat answered twice"
            assert asker not in actors, "somebody decided what they asked for"

    async def _somebody_decides(self, request: Request, waits: dict[int, set[int]]) -> None:
        open_now = await Step.objects().where((Step.request == request.id) & (Step.state == steps.OPEN))
        if request.state not in UNDECIDED:
            assert not open_now, "a step is open that decides nothing"
            assert all(request.id not in mine for mine in waits.values()), "what is over still waits"
            return
        assert len(open_now) == 1, "not one step is open"
        assert await steps.outcome(open_now[0]) is None, "it was decided, and nothing followed"
        here = [one.person for one in self.cast.people.values() if await directory.of_person(one.person) is not None]
        able = [one for one in here if await self._right(request, one)]
        assert able, "nobody can decide it"
        assert set(able) == {one for one in here if request.id in waits[one]}, "the list is not what may be decided"

    async def _right(self, request: Request, person: int) -> bool:
        try:
            await settling.right(request, person, request.version)
        except Refused:
            return False
        return True

    async def _days(self, request: Request) -> None:
        mine = await LeaveRequest.select(LeaveRequest.id).where(LeaveRequest.id == request.subject)
        days = await LeaveDay.select().where(LeaveDay.request.is_in([row["id"] for row in mine]))
        live = [day for day in days if day["ended_at"] is None]
        if request.state not in STILL_AWAY:
            assert not live, f"days stay away of what is {request.state}"
        taken = request.state in (APPLIED, CANCEL_REQUESTED)
        assert all((day["taken_at"] is not None) == taken for day in live), f"days of what is {request.state}"
        assert live or request.state not in (IN_REVIEW, RETURNED, CANCEL_REQUESTED), "days were lost"

    async def _history(self, request: Request) -> None:
        told = await story.lines(request, ())
        assert told[0].what == "submitted", "the history does not begin at the beginning"
        assert [one.at for one in told] == sorted(one.at for one in told)
        assert max(one.version for one in told) <= request.version
        words = {one.what for one in told}
        ended = {"withdrawn": "withdrawn", "expired": "expired", "rejected": "reject", "returned": "returned",
                 CANCELLED: "cancelled", APPLIED: "approve", CANCEL_REQUESTED: "cancel_asked"}  # fmt: skip
        if request.state in ended:
            assert ended[request.state] in words, f"the history does not say why it is {request.state}"

    async def _cards(self, request: Request) -> None:
        """What each copy says now: only those who may decide have buttons, on the newest they were given."""
        edits: dict[int, dict[str, Any]] = {}
        for row in await Outbound.select().where(
            (Outbound.card_of == request.id) & Outbound.edits.is_not_null()
        ).order_by(Outbound.id):  # fmt: skip
            edits[row["edits"]] = row
        pressable: dict[int, set[int]] = {}
        for card in await outbox.cards(request.id):
            shown = edits.get(int(str(card["id"])), card)
            if outbox.unseal(Outbound(**shown)).choices:
                pressable.setdefault(int(str(card["person"])), set()).add(int(str(card["card_version"])))
        if request.state not in UNDECIDED:
            assert not pressable, f"a card of what is {request.state} still has its buttons"
            return
        assert all(request.version in versions and len(versions) == 1 for versions in pressable.values()), "old buttons"
        for one in self.cast.people.values():
            if await self._right(request, one.person):
                assert one.person in pressable, "who is asked has no card"


@pytest.mark.timeout(300)
def test_approvals_hold_whatever_happens(ready_url: str) -> None:
    with opened(ready_url) as run:

        class Here(Approvals):
            """The machine on this database."""

        Here.run = staticmethod(run)
        examples = 10 if ready_url.startswith("sqlite") else 4
        run_state_machine_as_test(
            Here,
            settings=settings(
                max_examples=examples, stateful_step_count=25, deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )  # fmt: skip


@pytest.fixture
def ready_url(empty_url: str) -> str:
    """The address of a migrated database, made without the loop of the test."""
    return asyncio.run(prepared(empty_url))
