"""What leave costs and whether it may be asked for, by the calendar of 2026 as decreed."""

import csv
from collections.abc import Collection, Sequence
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.calendar import holidays
from core.errors import Refused
from core.leave.policy import (
    DAY,
    HALF,
    DayAway,
    LotLeft,
    Period,
    affordable,
    check,
    draw,
    expand,
    next_week,
    working_days_from,
)


def is_working(day: date, off: Collection[date]) -> bool:
    return day.weekday() < 5 and day not in off


with holidays.FILE.open(encoding="utf-8", newline="") as opened:
    NAMES = {
        date.fromisoformat(row["date"]): row["name_id"] for row in csv.DictReader(opened) if row["date"][:4] == "2026"
    }
MONDAY = date(2026, 7, 6)


def on(month: int, day: int, year: int = 2026) -> date:
    return date(year, month, day)


def cost(starts: date, ends: date | None = None, part: str | None = None, *, available: int = 12 * DAY) -> int:
    return check(Period(starts, ends or starts, part), NAMES, today=on(1, 1), available=available)


COSTS = {
    "one working day": (on(7, 7), on(7, 7), 1),
    "a week from Monday to Sunday": (on(7, 6), on(7, 12), 5),
    "over a weekend": (on(7, 10), on(7, 13), 2),
    "over independence day, a Monday": (on(8, 14), on(8, 18), 2),
    "over the birthday of the Prophet": (on(8, 24), on(8, 26), 2),
    "the whole of the week of Lebaran": (on(3, 16), on(3, 25), 3),
    "over Waisak on a Sunday and Pancasila on Monday": (on(5, 29), on(6, 2), 2),
    "over Christmas and its collective day": (on(12, 23), on(12, 28), 2),
    "into the next year": (on(12, 31), date(2027, 1, 4), 3),
}


@pytest.mark.parametrize("which", COSTS)
def test_only_days_that_would_be_worked_cost_leave(which: str) -> None:
    starts, ends, days = COSTS[which]
    assert cost(starts, ends) == days * DAY


@pytest.mark.parametrize("part", ["am", "pm"])
def test_half_a_day_costs_half(part: str) -> None:
    assert cost(on(7, 9), part=part) == HALF
    assert cost(on(7, 9), part=part, available=HALF) == HALF


@pytest.mark.parametrize(
    ("starts", "ends", "part", "key"),
    [
        (on(7, 9), on(7, 8), None, "leave.ends_before_start"),
        (on(7, 3), on(7, 8), None, "leave.already_past"),
        (on(7, 7), date(2027, 7, 8), None, "leave.too_long"),
        (on(7, 9), on(7, 10), "am", "leave.half_of_many"),
        (on(7, 11), on(7, 12), None, "leave.only_days_off"),
        (on(8, 17), on(8, 17), None, "leave.only_days_off"),
        (on(12, 24), on(12, 25), None, "leave.only_days_off"),
        (on(8, 17), on(8, 17), "am", "leave.only_days_off"),
        (on(7, 7), on(7, 13), None, "leave.not_enough_days"),
    ],
)
def test_the_first_reason_that_applies_is_given(starts: date, ends: date, part: str | None, key: str) -> None:
    with pytest.raises(Refused) as refused:
        check(Period(starts, ends, part), NAMES, today=MONDAY, available=4 * DAY)
    assert refused.value.key == key


def test_not_enough_says_how_much_is_needed_and_how_much_is_left() -> None:
    with pytest.raises(Refused) as refused:
        cost(on(7, 7), on(7, 10), available=3 * DAY + HALF)
    assert (refused.value.facts["needed"], refused.value.facts["left"]) == (4000, 3500)


def test_leave_may_begin_today_and_take_the_last_day() -> None:
    assert check(Period(MONDAY, MONDAY), NAMES, today=MONDAY, available=DAY) == DAY


def test_a_day_that_costs_nothing_says_why() -> None:
    days = expand(Period(on(8, 14), on(8, 18)), NAMES)
    assert [(day.date.day, day.counted, day.why) for day in days] == [
        (14, True, None),
        (15, False, "weekend"),
        (16, False, "weekend"),
        (17, False, "Hari Kemerdekaan Republik Indonesia"),
        (18, True, None),
    ]


dates = st.dates(on(1, 1), on(12, 31))
lengths = st.integers(0, 40)
some_names = st.dictionaries(dates, st.just("libur"), max_size=30)


@given(dates, lengths, some_names)
def test_a_period_expands_to_each_of_its_days_once(starts: date, more: int, names: dict[date, str]) -> None:
    period = Period(starts, starts + timedelta(days=more))
    days = expand(period, names)
    assert [day.date for day in days] == [starts + timedelta(days=n) for n in range(more + 1)]
    for day in days:
        assert day.counted == is_working(day.date, names) == (day.why is None)
        assert day.fraction == DAY


@given(dates, lengths, some_names, st.integers(0, 20 * DAY))
def test_what_can_be_afforded_is_affordable_and_no_longer_part_is(
    starts: date, more: int, names: dict[date, str], available: int
) -> None:
    period = Period(starts, starts + timedelta(days=more))
    part = affordable(period, names, available)
    counted = [day for day in expand(period, names) if day.counted]
    if part is None:
        assert not counted or available < DAY
        return
    assert part.starts == starts
    assert part.ends <= period.ends
    assert is_working(part.ends, names)
    paid = [day for day in counted if day.date <= part.ends]
    assert DAY * len(paid) <= available
    assert len(paid) == len(counted) or DAY * (len(paid) + 1) > available
    assert check(part, names, today=starts, available=available) == DAY * len(paid)


@given(dates, st.integers(1, 20), st.sets(dates, max_size=30))
def test_so_many_working_days_from_a_day_are_counted(starts: date, count: int, off: set[date]) -> None:
    last = working_days_from(starts, count, off)
    days = [starts + timedelta(days=n) for n in range((last - starts).days + 1)]
    assert sum(is_working(day, off) for day in days) == count
    assert is_working(last, off)


@given(dates, st.integers(1, 10), st.sets(dates, max_size=20))
def test_the_week_after_begins_on_its_first_working_day_and_costs_the_same(
    starts: date, days: int, off: set[date]
) -> None:
    assume(is_working(starts, off))
    period = Period(starts, working_days_from(starts, days, off))
    other = next_week(period, days * DAY, off)
    monday = starts + timedelta(days=7 - starts.weekday())
    assert other.starts >= monday
    assert is_working(other.starts, off)
    assert not any(is_working(monday + timedelta(days=n), off) for n in range((other.starts - monday).days))
    assert sum(day.fraction for day in expand(other, dict.fromkeys(off, "libur")) if day.counted) == days * DAY


def test_half_a_day_moves_as_half_a_day() -> None:
    assert next_week(Period(on(8, 13), on(8, 13), "pm"), HALF, set(NAMES)) == Period(on(8, 18), on(8, 18), "pm")


# -- which lot pays ----------------------------------------------------------------------------------------------------

lots = st.lists(
    st.builds(
        lambda number, starts, lasts, left: LotLeft(number, starts, starts + timedelta(days=lasts), left * HALF),
        st.integers(1, 10_000), dates, st.integers(0, 400), st.integers(0, 24),
    ),
    max_size=5, unique_by=lambda lot: lot.id,
)  # fmt: skip
away = st.lists(
    st.builds(
        lambda day, half, counted: DayAway(day, HALF if half else DAY, "am" if half else None, counted, None),
        dates, st.booleans(), st.booleans(),
    ),
    max_size=12, unique_by=lambda day: day.date,
)  # fmt: skip


@given(away, lots)
def test_each_day_is_paid_in_full_by_lots_that_are_valid_on_it_the_soonest_to_expire_first(
    days: Sequence[DayAway], have: Sequence[LotLeft]
) -> None:
    by_id = {lot.id: lot for lot in have}
    left = {lot.id: lot.left for lot in have}
    try:
        drawn = draw(days, have)
    except Refused as refused:
        assert refused.key == "leave.no_lot"
        return
    for day in days:
        paid = [(lot, quantity) for paid_day, lot, quantity in drawn if paid_day is day]
        assert sum(quantity for _, quantity in paid) == (day.fraction if day.counted else 0)
        for lot, quantity in paid:
            here = by_id[lot]
            assert here.valid_from <= day.date <= here.valid_to
            sooner = [
                other.id
                for other in have
                if other.valid_from <= day.date <= other.valid_to and other.valid_to < here.valid_to
            ]
            left[lot] -= quantity
            assert quantity > 0
            assert left[lot] >= 0
            assert [other for other in sooner if left[other] > 0] == []


def test_no_lot_covers_a_day_outside_its_time() -> None:
    old = LotLeft(1, on(1, 1), on(6, 30), 10 * DAY)
    new = LotLeft(2, on(1, 1), on(12, 31), DAY + HALF)
    days = expand(Period(on(6, 30), on(7, 1)), {})
    assert [(day.date, lot, quantity) for day, lot, quantity in draw(days, [new, old])] == [
        (on(6, 30), 1, DAY),
        (on(7, 1), 2, DAY),
    ]
    with pytest.raises(Refused) as refused:
        draw(expand(Period(on(7, 1), on(7, 2)), {}), [new, old])
    assert (refused.value.key, refused.value.facts) == ("leave.no_lot", {"on": on(7, 2)})


def test_a_day_may_be_paid_by_two_lots() -> None:
    first, second = LotLeft(1, on(1, 1), on(12, 30), HALF), LotLeft(2, on(1, 1), on(12, 31), DAY)
    (day,) = expand(Period(on(7, 7), on(7, 7)), {})
    assert draw([day], [second, first]) == [(day, 1, HALF), (day, 2, HALF)]
