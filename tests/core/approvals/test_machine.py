"""Whatever approvers, askers, HR and the clock do, in whatever order: one outcome, and always somebody who can decide."""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule, run_state_machine_as_test

from core import clock, database, jobs, vault
from core import settings as core_settings
from core.accounts.tables import Membership
from core.approvals import above, delegations, publishing, routing, rules, steps
from core.approvals.kinds import (
    UNDECIDED,
)  # fmt: skip
from core.approvals.rules import Condition, Level, Rules
from core.approvals.tables import Delegation, Request, Step
from core.errors import Refused
from core.jobs import Job
from core.leave import requests as leave
from core.leave.policy import Period
from core.people import directory
from core.people.tables import Assignment, Employment
from tests.core import shelf
from tests.core.approvals.acts import ABOVE, CLOCK, HEAD, HR
from tests.core.approvals.watched import Watched, met
from tests.core.cast import Cast, as_, lay
from tests.core.conftest import MONDAY, empty, prepared
from tests.core.leave.test_machine import opened

assert CLOCK  # reminders and escalations are registered
Draw = Callable[[st.SearchStrategy[Any]], Any]
ASKERS = ("budi", "sari", "hendra")  # nobody stands above the last: administrators are asked for want of a head
WHO = ("hendra", "ratna", "rina", "sari", "budi", "tono", "wayan")
LONG = (Condition("days", rules.OVER, 1_000),)
CHAINS = (
    None,
    Rules((Level((HEAD, ABOVE)),)),
    Rules((Level((HEAD,)), Level((HR,), when=LONG)), restart=rules.RESTART_OPEN, expire_after=3),
    Rules((Level((HEAD, ABOVE), mode=rules.ALL), Level((HR,))), rerouting=rules.BESIDE),
    Rules((Level((HEAD, ABOVE, HR), mode=rules.QUORUM, quorum=2),), rerouting=rules.KEPT),
    Rules((Level((HEAD,)), Level((ABOVE, HEAD), mode=rules.ALL), Level((HR, HEAD)))),
    Rules((Level((HEAD, HR), mode=rules.ALL),), remind_after=2, escalate_after=4),
)
VACANT = Rules((Level((HEAD,)), Level((ABOVE,))))
# How often each thing happens. One rule draws among them: as rules of their own, Hypothesis would leave half of them out
# of each run, and those that need each other (a place that was lent, and a press in it) would hardly ever meet.
ACTS = Counter(
    who_is_asked_presses=4, a_stand_in_presses=5, anybody_presses=2, an_old_card_is_pressed=2, two_press_at_once=2, a_clock_strikes=5,
    somebody_asks=5, the_asker_wants_other_dates=3, the_asker_takes_it_back=2, a_place_is_lent=6,
    an_offer_is_answered=2, hr_moves_a_seat=2, a_post_changes_hands=2, somebody_leaves=1, a_chain_is_published=1,
)  # fmt: skip
# Each run begins with these, in an order of its own: left to chance they would be missing in most.
FIRST = (
    "a_place_is_lent", "a_stand_in_presses", "the_asker_wants_other_dates", "anybody_presses", "somebody_leaves",
    "a_clock_strikes", "a_clock_strikes",
)  # fmt: skip
THEN = ("a_place_is_lent", "a_stand_in_presses", "the_asker_wants_other_dates", "an_old_card_is_pressed")
people, which = st.sampled_from(WHO), st.integers(0, 30)
EXAMPLES = {True: 10, False: 3}  # on SQLite; on PostgreSQL


class Approvals(Watched):
    """Budi and Sari ask; everybody presses what they have, and what they don't; posts, people and hours move."""

    @initialize(chain=st.sampled_from(CHAINS), first=st.permutations(FIRST), data=st.data())
    def a_company(self, chain: Rules | None, first: Sequence[str], data: st.DataObject) -> None:
        self.cast: Cast = self.run(_laid())
        for table in ("audit_anchor", "audit_gap"):  # the run before had the same company
            vault.keyring().store.write((f"delete from {table} where company <> ?", [(-1,)]))
        if chain is not None:
            self._publish(VACANT)
            self._two_vacant_posts()
        self._publish(chain)
        for who in ("budi", "sari"):
            self._ask(who, 9, 2)
        for act in (*first, *THEN):
            self.every_request_holds()
            self._happens(act, data)

    def _two_vacant_posts(self) -> None:
        """Nobody stands above Hendra, so Ratna is asked at both steps: for want of a head, and of one above."""
        self._ask("hendra", 9, 2)
        self.every_request_holds()
        self._press("ratna", self.one(0), "approve", 1)

    @rule(act=st.sampled_from(sorted(ACTS.elements())), data=st.data())
    def something_happens(self, act: str, data: st.DataObject) -> None:
        self._happens(act, data)

    def _happens(self, act: str, data: st.DataObject) -> None:
        self._later(timedelta(seconds=1))  # no two things happen at the same instant
        self.run(self._drain())
        getattr(self, act)(data.draw)

    # -- what happens --------------------------------------------------------------------------------------------------

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

    def _later(self, span: timedelta) -> None:
        self.now += span
        clock.move(self.now)

    def a_chain_is_published(self, draw: Draw) -> None:
        self._publish(draw(st.sampled_from(CHAINS)))

    def _publish(self, chain: Rules | None) -> None:
        if chain is not None:
            by = as_(self.cast.ratna)
            self.tries(
                publishing.publish(leave.KIND, chain, from_=self.now.date(), company=self.cast.company, actor=by)
            )

    def a_clock_strikes(self, draw: Draw) -> None:
        """It is the hour of a reminder, of an escalation, of a beginning or an end: a minute before it, at it or past it."""
        hours = [at for at in self.run(self._hours()) if at > self.now]
        if hours and self.now < MONDAY + timedelta(days=200):
            at = hours[draw(which) % min(len(hours), 6)] + timedelta(minutes=draw(st.sampled_from((-1, 0, 0, 60))))
            self._later(max(at - self.now, timedelta(0)))
        self.run(self._drain())
        assert not self.run(self._overlooked()), "nobody was added above one who is silent"
        self.run(self._heads_sit())

    async def _hours(self) -> list[datetime]:
        seats = await self._silent()
        async with database.reading(self.cast.company):
            lent = await Delegation.select(Delegation.starts, Delegation.ends).where(Delegation.ended_at.is_null())
            begins = await Request.select(Request.begins).where(Request.state.is_in(list(UNDECIDED)))
        hours = [row[key] for row in seats for key in ("remind_at", "escalate_at")]
        hours += [row[key] for row in lent for key in ("starts", "ends")] + [row["begins"] for row in begins]
        return sorted({at for at in hours if at is not None})

    async def _silent(self) -> Sequence[Mapping[str, Any]]:
        async with database.reading(self.cast.company):
            return [
                row.to_dict()
                for step in await Step.objects().where(Step.state == steps.OPEN)
                for row in await steps.sitting(step)
                if (row.beside or row.person) not in {one["seat"] for one in await steps.answers(step)}
            ]

    async def _overlooked(self) -> bool:
        return any(
            row["escalate_at"] is not None and row["escalate_at"] <= self.now and row["escalated_at"] is None
            for row in await self._silent()
        )

    async def _heads_sit(self) -> None:
        """The head of whoever was silent too long just now, found by the rows alone, sits beside them."""
        due = [row for row in await self._silent() if row["escalated_at"] == self.now]
        async with database.reading(self.cast.company):
            works = {row["id"]: row["person"] for row in await Employment.select() if row["leaves"] is None}
            head_of = {row["employment"]: row["manager"] for row in await Assignment.select()}
            for row in due:
                step = await Step.objects().get(Step.id == row["step"])
                assert step is not None
                request = await Request.objects().get(Request.id == step.request)
                assert request is not None
                mine = next((spell for spell, person in works.items() if person == row["person"]), None)
                head = works.get(head_of.get(mine) or 0)
                there = {one.person for one in await steps.sitting(step)}
                there |= {one["actor"] for one in await steps.answers(step)} | await above.agreed_before(request, step)
                assert head in (None, works.get(request.employment), *there), "the head of who is silent was not asked"
                met["heads"] += head is not None

    async def _drain(self) -> None:
        async with database.installation():  # what would leave the house is nothing to these tests
            await Job.delete().where(Job.name.is_in(["answer", "deliver"]) & (Job.state == "queued"))
        await jobs.drain()

    def somebody_asks(self, draw: Draw) -> None:
        self._ask(draw(st.sampled_from(("budi", *ASKERS))), draw(st.integers(0, 20)), draw(st.integers(1, 3)))

    def _ask(self, who: str, ahead: int, length: int) -> None:
        asker, starts = self.cast.people[who], self.now.date() + timedelta(days=ahead)
        period = Period(starts, starts + timedelta(days=length - 1))
        sent = self.tries(leave.submit(asker, "annual", period, None, actor=as_(asker)))
        if sent is not None:
            self.requests.append(sent.number)

    def who_is_asked_presses(self, draw: Draw) -> None:
        self._one_of(draw, sorted(self.may))

    def a_stand_in_presses(self, draw: Draw) -> None:
        lent = sorted(key for key, seat in self.may.items() if seat.for_whom)
        self._one_of(draw, lent or sorted(self.may))

    def _one_of(self, draw: Draw, able: Sequence[tuple[str, int]]) -> None:
        if able:
            who, number = able[draw(which) % len(able)]
            request = self.run(self._request(number))
            self._press(
                who, request, draw(st.sampled_from(("approve", "approve", "reject", "change"))), request.version
            )

    async def _request(self, number: int) -> Request:
        async with database.reading(self.cast.company):
            request = await Request.objects().get(Request.id == number)
            assert request is not None
            return request

    def an_old_card_is_pressed(self, draw: Draw) -> None:
        """By who may decide what is asked for now."""
        changed = sorted(key for key in self.may if self.states[key[1]][1] > 1)
        if changed:
            who, number = changed[draw(which) % len(changed)]
            request = self.run(self._request(number))
            self._press(who, request, draw(st.sampled_from(("approve", "reject"))), request.version - 1)

    def anybody_presses(self, draw: Draw) -> None:
        request = self.one(draw(which))
        version = max(1, request.version - draw(st.sampled_from((0, 1))))
        self._press(draw(people), request, draw(st.sampled_from(("approve", "reject"))), version)

    def _press(self, who: str, request: Request, verdict: str, version: int) -> None:
        before = (who, request.id) in self.may
        given = self.tries(self.cast.decides(self.cast.people[who], request, verdict, "begitu", version=version))
        if given is not None:
            assert before, "somebody decided whom nobody asked"
            assert version == request.version, "a card that said something else was counted"
        elif version == request.version and verdict != "change":
            assert not before, "who is asked could not decide"

    def two_press_at_once(self, draw: Draw) -> None:
        """Two of whom each may, if there are two; one of them may be the clock that adds somebody."""
        able = sorted(self.may)
        request = self.run(self._request(able[draw(which) % len(able)][1])) if able else self.one(draw(which))
        mine = [who for who, number in able if number == request.id] or list(WHO)
        first, second = (self.cast.people[mine[draw(which) % len(mine)]] for _ in range(2))
        self.run(self._both(request, first, second, draw(st.booleans())))

    async def _both(self, request: Request, one: Any, other: Any, clock_too: bool) -> None:
        presses = [self.cast.decides(one, request, "approve"), self.cast.decides(other, request, "reject", "tidak")]
        for answer in await asyncio.gather(
            *presses, *([self._drain()] if clock_too else []), return_exceptions=True
        ):  # fmt: skip
            assert not isinstance(answer, BaseException) or isinstance(answer, Refused), answer

    def the_asker_wants_other_dates(self, draw: Draw) -> None:
        request, starts = self.one(draw(which)), self.now.date() + timedelta(days=draw(st.integers(0, 20)))
        asker = self.run(self._asker(request))
        period = Period(starts, starts + timedelta(days=draw(st.sampled_from((1, 3))) - 1))
        self.tries(leave.change(asker, request, period, None, actor=as_(asker)))

    def the_asker_takes_it_back(self, draw: Draw) -> None:
        request = self.one(draw(which))
        asker = self.run(self._asker(request))
        verb = leave.ask_cancel if draw(st.booleans()) else leave.withdraw
        self.tries(verb(asker, request, actor=as_(asker)))

    def hr_moves_a_seat(self, draw: Draw) -> None:
        request, cast = self.one(draw(which)), self.cast.people
        seated = sorted({who for who, number in self.may if number == request.id}) or list(WHO)
        self.tries(
            routing.reassign(
                request, from_=cast[seated[draw(which) % len(seated)]].person, to=cast[draw(people)].person,
                reason="sakit", by=cast["ratna"].person, channel="web",
            )
        )  # fmt: skip

    def a_place_is_lent(self, draw: Draw) -> None:
        """Mostly the place of somebody who is asked, and mostly the other says yes."""
        giver = draw(st.sampled_from(sorted({who for who, _ in self.may}) or WHO))
        starts, cast = self.now + timedelta(days=draw(st.sampled_from((0, 0, 0, 1)))), self.cast.people
        offered = self.tries(
            delegations.offer(
                cast[giver], cast[draw(people)].person, starts=starts,
                ends=starts + timedelta(days=draw(st.sampled_from((1, 3, 9)))),
                most=draw(st.sampled_from((None, None, 1_000))), actor=as_(cast[giver]),
            )
        )  # fmt: skip
        if offered is not None and draw(st.sampled_from((True, True, True, False))):
            self.tries(self._answer(offered, "accept"))
            self.run(self._drain())

    def an_offer_is_answered(self, draw: Draw) -> None:
        offered = self.run(self._offers())
        if offered:
            self.tries(
                self._answer(offered[draw(which) % len(offered)], draw(st.sampled_from(("accept", "decline", "end"))))
            )
            self.run(self._drain())

    async def _offers(self) -> Sequence[Delegation]:
        async with database.reading(self.cast.company):
            return await Delegation.objects().order_by(Delegation.id)

    async def _answer(self, made: Delegation, how: str) -> None:
        taker = next(one for one in self.cast.people.values() if one.person == made.taker)
        if how == "end":
            await delegations.end(made, actor=as_(taker))
        else:
            verb = delegations.accept if how == "accept" else delegations.decline
            await verb(made, by=taker, actor=as_(taker))

    def a_post_changes_hands(self, draw: Draw) -> None:
        who = draw(st.sampled_from(("budi", "sari")))
        head = draw(st.sampled_from(("hendra", "rina", "sari", "tono", "wayan")))
        if who != head:
            self.run(self._under(self.cast.people[who].id, self.cast.people[head].id))

    async def _under(self, spell: int, head: int) -> None:
        async with database.transaction(self.cast.company):
            await Assignment.update({Assignment.manager: head}).where(Assignment.employment == spell)
        await routing.follow(self.cast.company)

    def somebody_leaves(self, draw: Draw) -> None:
        self.run(self._leaves(self.cast.people[draw(st.sampled_from(("sari", "rina", "wayan", "tono")))].id))

    async def _leaves(self, spell: int) -> None:
        async with database.transaction(self.cast.company):
            last: date = self.now.date() - timedelta(days=1)
            await Employment.update({Employment.leaves: last}).where(
                (Employment.id == spell) & Employment.leaves.is_null()
            )
        await routing.follow(self.cast.company)


async def _laid() -> Cast:
    """The company that every run begins with, in place of the one before."""
    if (made := core_settings.current()).on_postgres:
        await empty(made.database_url)
    return await shelf.laid("machine", _all_employed)


async def _all_employed() -> Cast:
    """A company whose administrators all work in it: one who does not would have to be pressed for by mail."""
    cast = await lay("PT Setuju", granted=ASKERS)
    async with database.transaction(cast.company):
        await Membership.delete().where(Membership.person.is_null())
    return cast


@pytest.mark.timeout(300)
def test_approvals_hold_whatever_happens(ready_url: str) -> None:
    on_sqlite = ready_url.startswith("sqlite")
    met.clear()
    with opened(ready_url) as run:

        class Here(Approvals):
            """The machine on this database."""

        Here.run = staticmethod(run)
        run_state_machine_as_test(
            Here,
            settings=settings(
                max_examples=EXAMPLES[on_sqlite], stateful_step_count=24, deadline=None,
                # What fails is told as it was met: to make it smaller takes longer than a test may.
                phases=[Phase.explicit, Phase.reuse, Phase.generate],
                suppress_health_check=list(HealthCheck),
            ),
        )  # fmt: skip
    if on_sqlite:  # with fewer runs it would be left to chance
        rare = {name: met[name] for name in ("decided", "lent", "added above", "left", "changed")}
        assert min(rare.values()) * 4 > met["runs"], f"too few met what they are for: {met}"
        assert met["once"], f"nobody who had agreed sat at a later step: {met}"


@pytest.fixture
def ready_url(empty_url: str) -> str:
    """The address of a migrated database, made without the loop of the test."""
    return asyncio.run(prepared(empty_url))
