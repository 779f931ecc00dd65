"""The table of dues says of every instant what the calendar says of it one by one."""

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from core.calendar.working_time import EPOCH, EXACT, TICK, Rules, WorkingTime, ticks
from tests.core.calendar.test_working_time import INSTANTS, TARGETS, rules


@settings(max_examples=60, deadline=None)
@given(rules(), TARGETS, st.lists(INSTANTS, min_size=1, max_size=20), st.integers(-1, 1))
def test_a_table_says_the_due_of_every_instant(
    made: Rules, length: timedelta, some: list[datetime], beside: int
) -> None:
    clock = WorkingTime(made)
    table = clock.dues(length, ticks(some[0]))
    edges = [*clock._starts[:300], *clock._ends[:300]]
    asked = [ticks(one) for one in some] + [edge + beside for edge in edges]
    within = [at for at in asked if table.first <= at < table.last]
    assert within
    assert [table.of(at) for at in within] == [clock.due_tick(at, length // TICK) for at in within]


def test_where_a_table_does_not_reach_it_says_nothing() -> None:
    clock = WorkingTime(Rules("Asia/Jakarta", {0: [(480, 1080)]}))
    table = clock.dues(timedelta(hours=30), ticks(datetime.fromisoformat("2026-03-02T08:00+07:00")))
    assert table.of(table.first - 1) is None
    assert table.of(table.last) is None
    never = WorkingTime(Rules("Asia/Jakarta", {}))
    assert never.dues(timedelta(hours=1), 0).of(0) is None


@settings(max_examples=300, deadline=None)
@given(st.integers(-EXACT, 4 * EXACT))
def test_an_instant_is_the_same_to_the_microsecond_there_and_back(tick: int) -> None:
    clock = WorkingTime(Rules("Asia/Jakarta", {0: [(480, 1080)]}))
    assert clock._instant(tick) == EPOCH + tick * TICK
    assert ticks(clock._instant(tick)) == tick
