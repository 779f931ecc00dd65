"""What a year gives, line by line, over four years; what is carried; and what a forecast makes of both."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.leave import types
from core.leave.accrual import Planned, carry_until, first_due, outlook, plan
from core.leave.dates import LeaveYear, add_months, leave_year
from core.leave.policy import DAY, HALF, DayAway, LotLeft
from core.leave.types import Kind

ANNUAL = next(one for one in types.shipped() if one.code == "annual")
AT_ONCE = replace(ANNUAL, after_months=0)


def year(number: int) -> LeaveYear:
    return LeaveYear(number, date(number, 1, 1), date(number, 12, 31))


def table(kind: Kind, joins: date, years: range) -> list[tuple[str, int]]:
    return [
        (f"{line.due:%Y-%m-%d}", line.quantity)
        for number in years
        for line in plan(kind, joins, leave_year(joins, date(number, 12, 31), kind.basis))
    ]


@pytest.mark.parametrize(
    ("joins", "number", "due"),
    [
        (date(2016, 3, 1), 2026, (date(2026, 1, 1), 12)),
        (date(2025, 1, 1), 2026, (date(2026, 1, 1), 12)),
        (date(2025, 1, 2), 2026, (date(2026, 1, 2), 12)),
        (date(2025, 10, 1), 2026, (date(2026, 10, 1), 3)),
        (date(2025, 12, 31), 2026, (date(2026, 12, 31), 1)),
        (date(2026, 1, 1), 2026, None),
        (date(2024, 2, 29), 2025, (date(2025, 2, 28), 11)),
        (date(2024, 2, 29), 2026, (date(2026, 1, 1), 12)),
        (date(2030, 5, 1), 2026, None),
    ],
)
def test_a_year_gives_all_of_it_after_a_year_of_service_and_else_a_twelfth_a_month(
    joins: date, number: int, due: tuple[date, int] | None
) -> None:
    assert plan(ANNUAL, joins, year(number)) == ([] if due is None else [Planned(due[0], due[1] * DAY)])


def test_a_yearly_schedule_over_four_years_falls_due_once_a_year() -> None:
    assert table(ANNUAL, date(2023, 5, 15), range(2023, 2028)) == [
        ("2024-05-15", 8 * DAY), ("2025-01-01", 12 * DAY), ("2026-01-01", 12 * DAY), ("2027-01-01", 12 * DAY),
    ]  # fmt: skip


def test_a_quarterly_schedule_over_four_years_falls_due_on_quarters_and_on_no_other_day() -> None:
    for due, days in (("first", ("01-01", "04-01", "07-01", "10-01")), ("last", ("03-31", "06-30", "09-30", "12-31"))):
        kind = replace(AT_ONCE, schedule="quarterly", due=due, days=14 * DAY)
        assert table(kind, date(2020, 6, 1), range(2024, 2028)) == [
            (f"{number}-{day}", 3 * DAY + HALF) for number in range(2024, 2028) for day in days
        ]


def test_a_monthly_schedule_over_four_years_falls_due_each_month_and_its_last_line_takes_the_rest() -> None:
    first = replace(AT_ONCE, schedule="monthly", days=14 * DAY)
    assert table(first, date(2020, 6, 1), range(2024, 2028)) == [
        (f"{number}-{month:02}-01", 1166 if month < 12 else 1174)
        for number in range(2024, 2028)
        for month in range(1, 13)
    ]
    last = replace(first, due="last", days=12 * DAY)
    lines = table(last, date(2020, 6, 1), range(2024, 2028))
    assert [day for day, _ in lines[:4]] == ["2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30"]
    assert ("2025-02-28", DAY) in lines
    assert len(lines) == 48


def test_anniversary_years_over_four_years_begin_on_the_day_of_joining() -> None:
    kind = replace(ANNUAL, basis="anniversary")
    assert table(kind, date(2022, 8, 31), range(2022, 2027)) == [
        ("2023-08-31", 12 * DAY), ("2024-08-31", 12 * DAY), ("2025-08-31", 12 * DAY), ("2026-08-31", 12 * DAY),
    ]  # fmt: skip
    assert leave_year(date(2024, 2, 29), date(2025, 2, 28), "anniversary").starts == date(2025, 2, 28)
    assert leave_year(date(2022, 8, 31), date(2026, 8, 30), "anniversary") == LeaveYear(
        2025, date(2025, 8, 31), date(2026, 8, 30)
    )


@given(
    st.dates(date(2015, 1, 1), date(2027, 12, 31)), st.integers(2015, 2030), st.integers(1, 30), st.integers(0, 36),
    st.sampled_from(("yearly", "quarterly", "monthly")), st.sampled_from(("first", "last")),
    st.sampled_from(("calendar", "anniversary")), st.sampled_from((1, HALF, DAY)),
)  # fmt: skip
def test_a_plan_is_its_quota_exactly_within_its_year_and_never_before_it_is_earned(
    joins: date, number: int, days: int, after: int, schedule: str, due: str, basis: str, round_to: int
) -> None:
    kind = replace(
        ANNUAL, days=days * DAY, after_months=after, schedule=schedule, due=due, basis=basis, round_to=round_to
    )
    here = leave_year(joins, max(joins, date(number, 7, 1)), basis)
    lines, ripe = plan(kind, joins, here), add_months(joins, after)
    assert all(max(here.starts, ripe) <= line.due <= here.ends and line.quantity > 0 for line in lines)
    assert [line.due for line in lines] == sorted({line.due for line in lines})
    total = sum(line.quantity for line in lines)
    if ripe > here.ends:
        assert lines == []
    elif ripe <= here.starts:
        assert total == days * DAY
    else:
        months = sum(add_months(here.starts, n + 1) > ripe for n in range(12))
        assert total == days * DAY * months // 12 // round_to * round_to
    following = leave_year(joins, here.ends + timedelta(days=1), basis)
    assert (following.starts - here.ends).days == 1


def test_who_has_none_yet_is_told_when_the_first_comes() -> None:
    assert first_due(ANNUAL, date(2025, 10, 1), date(2026, 7, 6)) == date(2026, 10, 1)
    assert first_due(ANNUAL, date(2019, 2, 4), date(2026, 7, 6)) == date(2027, 1, 1)


def test_four_years_of_carrying_three_days_until_march() -> None:
    kind = replace(ANNUAL, carry_days=3 * DAY, carry_months=3)
    years = [year(number) for number in range(2024, 2028)]
    planned = [(line, one) for one in years for line in plan(kind, date(2016, 3, 1), one)]
    seen = outlook(kind, [], planned, (), date(2028, 1, 1))
    assert seen.carried == tuple((3 * DAY, date(number, 3, 31)) for number in range(2025, 2029))
    ends = [(9 * DAY, date(2024, 12, 31))]
    for number in (2025, 2026, 2027):
        ends += [(3 * DAY, date(number, 3, 31)), (9 * DAY, date(number, 12, 31))]
    assert list(seen.lapses) == ends
    assert seen.left == 3 * DAY == sum(one.quantity for one in seen.moved)
    assert carry_until(kind, date(2023, 12, 31)) == date(2024, 3, 31)


def test_a_forecast_says_what_a_leave_leaves_and_what_is_lost() -> None:
    kind = replace(ANNUAL, carry_days=3 * DAY)
    lots = [LotLeft(1, date(2026, 1, 1), date(2026, 12, 31), 4 * DAY)]
    days = [(date(2026, 7, 8), DayAway(date(2026, 12, day), DAY, None, True, None)) for day in (28, 29, 30, 31)]
    taken = outlook(kind, lots, (), days, date(2027, 1, 1))
    assert (taken.left, taken.lapses, taken.carried) == (0, (), ())
    assert [(one.what, one.quantity // DAY) for one in taken.moved] == [("now", 4), *[("leave", -1)] * 4]
    kept = outlook(kind, lots, (), (), date(2027, 1, 1))
    assert (kept.left, kept.lapses) == (3 * DAY, ((DAY, date(2026, 12, 31)),))
    assert [(one.what, one.quantity // DAY) for one in kept.moved] == [("now", 4), ("lost", -1)]
    assert kept.carried == ((3 * DAY, date(2027, 3, 31)),)
