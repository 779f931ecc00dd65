"""Whatever people, HR and the calendar do, in whatever order: the ledger never contradicts itself."""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
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
    rule,
    run_state_machine_as_test,
)

from core import clock, database, jobs
from core.approvals.kinds import UNDECIDED
from core.approvals.tables import Request
from core.errors import Refused
from core.leave import accrual, collective, collective_days, lots, payout, policies, types, worked_day
from core.leave import requests as leave
from core.leave.dates import leave_year
from core.leave.policy import DAY, HALF, Period
from core.leave.tables import AccrualLine, LeaveBalance, LeaveDay, LeaveEntry, LeaveRequest, Lot
from tests.core.cast import HR, Cast, as_, lay
from tests.core.conftest import MONDAY, prepared, using
from tests.core.leave.reckoned import Reckoned, met_in

PEOPLE = """\
employee_number,name,email,manager,join_date,role
1,Sari Wulandari,sari@{at},,2019-02-04,administrator
2,Budi Santoso,,1,2024-02-01,
"""
_companies = count(1)
Draw = Callable[[st.SearchStrategy[Any]], Any]
DECEMBER = MONDAY.replace(month=12, day=7)
# One rule draws among these: as rules of their own, Hypothesis would leave half of them out of each run, and those that
# need each other (days set aside, a year that ends, an answer that comes late) would hardly ever meet.
ACTS = Counter(
    time_passes=3, the_night_comes=2, budi_asks=6, budi_asks_for_the_last_days=3, budi_falls_ill=3, sari_decides=5,
    budi_takes_back=2, budi_calls_off=3, budi_wants_other_dates=2, hr_corrects=2, hr_turns_the_collective_batch=1,
    budi_works_on_the_next_collective_day=1, sari_ends_what_is_asked=1,
)  # fmt: skip
# Each run begins with some days, then these in an order of its own, and the year ends while some are still undecided.
FIRST = (
    "budi_asks", "budi_asks_for_the_last_days", "budi_asks_for_the_last_days", "budi_asks_for_the_last_days",
    "sari_decides", "sari_decides", "budi_calls_off",
)  # fmt: skip
LATE = ("sari_decides", "sari_decides", "budi_falls_ill", "budi_takes_back", "sari_ends_what_is_asked")
which, met = st.integers(0, 30), Counter[str]()


class Ledger(RuleBasedStateMachine):
    """Budi asks, changes, takes back and calls off; Sari decides; HR corrects, pays out and undoes; nights come or not."""

    run: Callable[[Coroutine[Any, Any, Any]], Any]

    def __init__(self) -> None:
        super().__init__()
        self.requests: list[str] = []
        self.entries: dict[int, dict[str, Any]] = {}
        self.met: set[str] = set()

    def teardown(self) -> None:
        met["runs"] += 1
        met.update(self.met)

    @initialize(
        carry=st.sampled_from((0, 3)), months=st.sampled_from((1, 3)), negative=st.sampled_from((0, 2)),
        restore=st.sampled_from((0, 14)), schedule=st.sampled_from(("yearly", "monthly", "quarterly")),
        short=st.sampled_from(types.SHORT), encashable=st.booleans(), begins=st.sampled_from((MONDAY, DECEMBER)),
        first=st.permutations(FIRST), late=st.permutations(LATE), nightly=st.booleans(), data=st.data(),
    )  # fmt: skip
    def a_company(
        self, *, begins: datetime, first: Sequence[str], late: Sequence[str], nightly: bool, data: st.DataObject,
        **terms: Any,
    ) -> None:  # fmt: skip
        self.today, self.terms = begins, terms
        clock.move(self.today)
        number = next(_companies)
        self.cast: Cast = self.run(lay(f"PT Coba {number}", at=f"c{number}.example", people=PEOPLE, granted=()))
        self.run(self._policy(**terms))
        self._night()
        self._each(first, data)
        self._later((date(begins.year + 1, 1, 4) - begins.date()).days, nightly=nightly)
        self._each(late, data)

    def _each(self, acts: Sequence[str], data: st.DataObject) -> None:
        for act in acts:
            self.the_ledger_holds()
            getattr(self, act)(data.draw)

    async def _policy(
        self, *, carry: int, months: int, negative: int, restore: int, schedule: str, short: str, encashable: bool
    ) -> None:
        async with database.transaction(self.cast.company):
            kind = replace(
                await types.of("annual"), from_=self.today.date(), examples=(), carry_days=carry * DAY,
                carry_months=months, negative=negative * DAY, restore_days=restore, schedule=schedule,
                collective_short=short, encashable=encashable,
            )  # fmt: skip
            await policies.publish(await policies.draft(kind, [], actor=HR), actor=HR)

    def tries(self, act: Coroutine[Any, Any, Any]) -> Any:
        """Do it, unless a rule says no."""
        try:
            return self.run(act)
        except Refused:
            return None

    @rule(act=st.sampled_from(sorted(ACTS.elements())), data=st.data())
    def something_happens(self, act: str, data: st.DataObject) -> None:
        getattr(self, act)(data.draw)

    # -- what happens --------------------------------------------------------------------------------------------------

    def time_passes(self, draw: Draw) -> None:
        self._later(draw(st.sampled_from((1, 2, 7, 40, 100))), nightly=draw(st.booleans()))

    def _later(self, days: int, *, nightly: bool) -> None:
        if self.today.year > MONDAY.year + 1:
            return
        self.today += timedelta(days=days)
        clock.move(self.today)
        if nightly:
            self._night()

    def the_night_comes(self, draw: Draw) -> None:
        self._night()

    def _night(self) -> None:
        self.run(self.cast.night())
        self.night = self.today.date()

    def budi_asks(self, draw: Draw) -> None:
        length = draw(st.sampled_from((1, 1, 2, 3, 9)))
        part = draw(st.sampled_from((None, "am", "pm"))) if length == 1 else None
        self._asks(self.today.date() + timedelta(days=draw(st.integers(0, 40))), length, part, draw)

    def budi_asks_for_the_last_days(self, draw: Draw) -> None:
        """Of the year: what pays for them is soon over. Half a day, often, so that two meet on one day."""
        starts = date(self.today.year, 12, draw(st.integers(28, 31)))
        self._asks(starts, 1, draw(st.sampled_from((None, "am", "pm"))), draw)

    def _asks(self, starts: date, length: int, part: str | None, draw: Draw) -> None:
        kind = draw(st.sampled_from(("annual", "annual", "annual", "unpaid")))
        period = Period(starts, starts + timedelta(days=length - 1), part)
        sent = self.tries(leave.submit(self.cast.budi, kind, period, None, actor=as_(self.cast.budi)))
        if sent is not None:
            self.requests.append(sent.number)

    def budi_falls_ill(self, draw: Draw) -> None:
        """Told late as well: leave of those days, which may be of a year that is over, gives way to it."""
        starts = self.today.date() - timedelta(days=draw(st.integers(-5, 7)))
        period = Period(starts, starts + timedelta(days=draw(st.sampled_from((1, 2, 3))) - 1))
        over = list(self.requests)
        sent = self.tries(
            leave.acknowledge(self.cast.budi, "sick", period, None, actor=as_(self.cast.budi), instead_of=over)
        )
        if sent is not None:
            self.requests.append(sent.number)

    def one(self, draw: Draw) -> Request | None:
        if not self.requests:
            return None
        request: Request = self.run(self.cast.request(self.requests[draw(which) % len(self.requests)]))
        return request

    def sari_decides(self, draw: Draw) -> None:
        self._decides(draw, draw(st.sampled_from(("approve", "approve", "reject"))))

    def sari_ends_what_is_asked(self, draw: Draw) -> None:
        self._decides(draw, "reject")

    def _decides(self, draw: Draw, verdict: str) -> None:
        request = self.one(draw)
        waits = [one for one in map(self._of, self.requests) if one.state in UNDECIDED]
        request = waits[draw(which) % len(waits)] if waits else request
        if request is not None and self.tries(self.cast.decides(self.cast.sari, request, verdict, "begitu")) is None:
            assert request.state not in UNDECIDED, "she could not decide what was hers to decide"

    def _of(self, number: str) -> Request:
        request: Request = self.run(self.cast.request(number))
        return request

    def budi_takes_back(self, draw: Draw) -> None:
        if (request := self.one(draw)) is not None:
            self.tries(leave.withdraw(self.cast.budi, request, actor=as_(self.cast.budi)))

    def budi_calls_off(self, draw: Draw) -> None:
        some = {self.today.date() + timedelta(days=n) for n in range(0, 60, 2)} if draw(st.booleans()) else None
        if (request := self.one(draw)) is not None:
            self.tries(leave.ask_cancel(self.cast.budi, request, dates=some, actor=as_(self.cast.budi)))

    def budi_wants_other_dates(self, draw: Draw) -> None:
        request, starts = self.one(draw), self.today.date() + timedelta(days=draw(st.integers(0, 40)))
        if request is not None and self.run(self._leave(request)).leave_type != "sick":
            period = Period(starts, starts + timedelta(days=draw(st.sampled_from((1, 2, 5))) - 1))
            self.tries(leave.change(self.cast.budi, request, period, None, actor=as_(self.cast.budi)))

    async def _leave(self, request: Request) -> LeaveRequest:
        async with database.reading(self.cast.company):
            return await leave.of_request(request)

    def hr_corrects(self, draw: Draw) -> None:
        quantity = draw(st.sampled_from((HALF, DAY, 3 * DAY, -HALF, -DAY, -3 * DAY)))
        self.tries(self._correct(quantity, draw(st.booleans())))

    async def _correct(self, quantity: int, pays: bool) -> None:
        async with database.transaction(self.cast.company):
            today = self.today.date()
            if pays:
                kind = await types.of("annual")
                seen = await payout.look(self.cast.budi.id, kind, abs(quantity))
                batch = await payout.pay(self.cast.budi.id, kind, seen.quantity, "uji", seen=seen.version, actor=HR)
                if quantity < 0:
                    await payout.undo(batch, actor=HR)
            else:
                await lots.adjust(self.cast.budi.id, quantity, year=today.year, today=today)

    def hr_turns_the_collective_batch(self, draw: Draw) -> None:
        self.tries(self._turn(draw(st.sampled_from(types.SHORT))))
        self.run(jobs.drain())

    async def _turn(self, short: str) -> None:
        async with database.transaction(self.cast.company):
            batch = await collective.batch_of(self.today.year)
            if batch is not None and batch.undone_at is None:
                await collective.undo(batch, actor=HR)
            else:
                await collective.post(self.today.year, short, actor=HR)

    def budi_works_on_the_next_collective_day(self, draw: Draw) -> None:
        day = self.run(self._next_collective())
        if day is not None:
            sent = self.tries(worked_day.work_on(self.cast.budi, day, actor=as_(self.cast.budi)))
            if sent is not None:
                request = self.run(self.cast.request(sent.number))
                self.tries(self.cast.decides(self.cast.sari, request, "approve", None))

    async def _next_collective(self) -> date | None:
        async with database.reading(self.cast.company):
            days = [day for day, _ in await collective_days.days_of(self.today.year) if day > self.today.date()]
        return min(days, default=None)

    @invariant()
    def the_ledger_holds(self) -> None:
        if hasattr(self, "cast"):
            self.run(self._holds())

    async def _holds(self) -> None:
        async with database.reading(self.cast.company):
            entries = {row["id"]: row for row in await LeaveEntry.select()}
            for number, row in self.entries.items():
                assert entries.get(number) == row, "an entry was changed or deleted"
            self.entries = entries
            about = {row["id"]: row for row in await Lot.select()}
            sums: dict[int, int] = {}
            for row in entries.values():
                sums[row["lot"]] = sums.get(row["lot"], 0) + row["quantity"]
            assert all(left >= -about[lot]["overdraft"] for lot, left in sums.items()), "a lot below what it may lend"
            for who in (self.cast.budi, self.cast.sari):
                stored = await lots.stored(who.id)
                assert (stored or (0, 0, 0)) == await lots.recount(who.id), "the balance is not its entries"
            for row in entries.values():
                lot = about[row["lot"]]
                if row["kind"] in ("hold", "consume"):
                    assert row["leave_day"] is not None, "days moved that are nobody's day"
                    assert lot["valid_from"] <= row["effective_on"] <= lot["valid_to"], "a lot paid outside its time"
                if row["kind"] == "encash":
                    assert lot["encashable"], "days were paid out that may not be"
            await self._days(entries)
            await self._plans()
            rows = Reckoned(self.terms, self.night)
            await rows.read()
            rows.check()
            self.met.update(met_in(rows, self.today.date()))

    async def _days(self, entries: dict[int, dict[str, Any]]) -> None:
        budi = self.cast.budi.id
        days = await LeaveDay.select().where((LeaveDay.employment == budi) & (LeaveDay.counted == True))  # noqa: E712
        live = [day for day in days if day["ended_at"] is None]
        by_date: dict[date, int] = {}
        for day in live:
            by_date[day["date"]] = by_date.get(day["date"], 0) + day["fraction"]
        assert all(fraction <= DAY for fraction in by_date.values()), "more than a day away on a day"
        mine = [day for day in live if day["leave_type"] == "annual"]
        balance = await LeaveBalance.objects().where(
            (LeaveBalance.employment == budi) & (LeaveBalance.leave_type == "annual")
        ).first()  # fmt: skip
        held = sum(day["fraction"] for day in mine if day["taken_at"] is None)
        taken = sum(day["fraction"] for day in mine if day["taken_at"] is not None)
        assert ((balance.held, balance.taken) if balance else (0, 0)) == (held, taken), "held or taken is not the days"
        for day in days:
            moved = [row for row in entries.values() if row["leave_day"] == day["id"]]
            if moved:
                still = -sum(row["quantity"] for row in moved)
                assert still == (0 if day["ended_at"] else day["fraction"]), "a day costs what it does not"

    async def _plans(self) -> None:
        lines = await AccrualLine.select()
        kind = await types.of("annual")
        for who in (self.cast.budi, self.cast.sari):
            for year in {row["year"] for row in lines if row["employment"] == who.id}:
                mine = sum(row["quantity"] for row in lines if (row["employment"], row["year"]) == (who.id, year))
                wanted = accrual.plan(kind, who.joins, leave_year(who.joins, date(year, 7, 1), "calendar"))
                assert mine in (12 * DAY, sum(line.quantity for line in wanted)), "a plan is not its quota"


@contextmanager
def opened(url: str) -> Iterator[Callable[[Coroutine[Any, Any, Any]], Any]]:
    """A loop of its own with the open database: a machine of Hypothesis is not asynchronous."""
    with using(url) as made, asyncio.Runner() as runner, pytest.MonkeyPatch.context() as patch:

        async def outside(*_: object) -> None:
            return None

        runner.run(database.open_database(made))
        for name in ("answer", "deliver"):
            patch.setitem(jobs.HANDLERS, name, outside)
        yield runner.run
        runner.run(database.close_database())


@pytest.mark.timeout(300)
def test_the_ledger_holds_whatever_happens(ready_url: str) -> None:
    met.clear()
    with opened(ready_url) as run:

        class Here(Ledger):
            """The machine on this database."""

        Here.run = staticmethod(run)
        run_state_machine_as_test(
            Here,
            settings=settings(
                max_examples=12, stateful_step_count=20, deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )  # fmt: skip
    if ready_url.startswith("sqlite"):
        rare = {name: met[name] for name in ("halves", "expired", "released into what was over")}
        assert min(rare.values()) * 4 > met["runs"], f"too few met what they are for: {met}"


@pytest.fixture
def ready_url(empty_url: str) -> str:
    """The address of a migrated database, made without the loop of the test."""
    return asyncio.run(prepared(empty_url))
