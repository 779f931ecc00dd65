"""When an approver is reminded and when the head is asked too: the worked cases of the talk, and what always holds."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.approvals.deadlines import HOUR, awake, of_step, running

WIB, WITA = ZoneInfo("Asia/Jakarta"), ZoneInfo("Asia/Makassar")
REMIND, ESCALATE = timedelta(hours=24), timedelta(hours=48)
HOLIDAYS = {date(2026, 8, 17), date(2026, 8, 25)}


def works(day: date) -> bool:
    return day.weekday() < 5 and day not in HOLIDAYS


def at(month: int, day: int, hour: int, minute: int = 0, zone: ZoneInfo = WIB) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=zone)


CASES = {
    # sent, begins -> reminded, the head asked too, on the same day
    "Monday 09.00 for August: Tuesday and Wednesday 09.00": (
        at(7, 6, 9), at(8, 12, 8), at(7, 7, 9), at(7, 8, 9), False,
    ),
    "Wednesday 10.00 for tomorrow: 15.00 today": (at(7, 8, 10), at(7, 9, 8), at(7, 8, 15), at(7, 8, 16), True),
    "Wednesday 14.20 for tomorrow noon, in Denpasar: an hour later": (
        at(7, 8, 14, 20, WITA), at(7, 9, 13, 0, WITA), at(7, 8, 15, 20, WITA), at(7, 8, 16, 20, WITA), True,
    ),
    "Friday 07.40 for Monday: 15.00 today": (at(7, 10, 7, 40), at(7, 13, 8), at(7, 10, 15), at(7, 10, 16), True),
    "Friday 09.00 for Wednesday: the weekend does not run": (
        at(7, 10, 9), at(7, 15, 8), at(7, 13, 9), at(7, 14, 9), False,
    ),
    "Friday 09.00 before Independence Day, for the week after": (
        at(8, 14, 9), at(8, 27, 8), at(8, 18, 9), at(8, 19, 9), False,
    ),
    "Saturday morning for Monday: an hour later": (at(7, 11, 10), at(7, 13, 8), at(7, 11, 11), at(7, 11, 12), True),
    "Saturday for September: runs from Monday on": (at(7, 11, 10), at(9, 1, 8), at(7, 13, 23, 59), at(7, 15, 8), False),
    "late on Monday: not in the night, the next morning": (
        at(7, 6, 22, 30), at(8, 12, 8), at(7, 8, 8), at(7, 9, 8), False,
    ),
    "early on Monday: at eight": (at(7, 6, 5, 59), at(8, 12, 8), at(7, 7, 8), at(7, 8, 8), False),
    "at six in the morning the night is over": (at(7, 6, 6), at(8, 12, 8), at(7, 7, 6), at(7, 8, 6), False),
    "nine in the evening is the night": (at(7, 6, 21), at(8, 12, 8), at(7, 8, 8), at(7, 9, 8), False),
    "late on Thursday: over the weekend": (at(7, 9, 22), at(8, 12, 8), at(7, 13, 8), at(7, 14, 8), False),
    "at 20.30 for tomorrow: the next morning": (at(7, 8, 20, 30), at(7, 9, 8), at(7, 9, 8), at(7, 9, 9), True),
    "at ten for today: 15.00 today, though the day has begun": (
        at(7, 8, 10), at(7, 8, 8), at(7, 8, 15), at(7, 8, 16), True,
    ),
    "at 16.30 for today: an hour later": (at(7, 8, 16, 30), at(7, 8, 8), at(7, 8, 17, 30), at(7, 8, 18, 30), True),
    "for yesterday: as if it had no date": (at(7, 8, 10), at(7, 7, 8), at(7, 9, 10), at(7, 10, 10), False),
    "for something without a date": (at(7, 8, 10), None, at(7, 9, 10), at(7, 10, 10), False),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_worked_cases(case: str) -> None:
    sent, begins, remind, escalate, soon = CASES[case]
    due = of_step(sent, begins=begins, works=works, remind_after=REMIND, escalate_after=ESCALATE)
    if "Saturday for September" in case:
        # 24 hours from Monday 00.00 end at its midnight, which is night: Tuesday at eight.
        remind = at(7, 14, 8)
    assert (due.remind_at, due.escalate_at, due.soon) == (remind, escalate, soon)


instants = st.builds(
    lambda minutes, zone: datetime(2026, 1, 1, tzinfo=zone) + timedelta(minutes=minutes),
    st.integers(0, 480_000), st.sampled_from((WIB, WITA)),
)  # fmt: skip
weeks = st.sets(st.integers(0, 6), min_size=1).map(lambda days: lambda day: day.weekday() in days)
Works = Callable[[date], bool]


def run_on(begins: datetime, ends: datetime, on: Works) -> timedelta:
    """How long it was a working day between two instants."""
    total, start = timedelta(0), begins
    while start < ends:
        midnight = datetime.combine(start.date() + timedelta(days=1), time(0), start.tzinfo)
        if on(start.date()):
            total += min(midnight, ends) - start
        start = midnight
    return total


@given(instants, weeks, st.sampled_from((REMIND, ESCALATE, HOUR)))
def test_a_span_runs_on_working_days_only(sent: datetime, on: Works, span: timedelta) -> None:
    ends = running(sent, span, on)
    assert ends >= sent + span
    assert run_on(sent, ends, on) == span
    assert run_on(sent, ends - timedelta(seconds=1), on) < span


@given(instants, weeks)
def test_nobody_is_woken(instant: datetime, on: Works) -> None:
    awaken = awake(instant, on)
    assert awaken >= instant
    assert time(6) <= awaken.time() < time(21)
    assert awaken == instant or (awaken.time() == time(8) and on(awaken.date()))
    assert awake(awaken, on) == awaken


@given(instants, weeks, st.none() | st.timedeltas(timedelta(minutes=-600), timedelta(days=60)))
def test_the_head_is_asked_after_the_reminder_and_what_is_soon_is_asked_sooner(
    sent: datetime, on: Works, ahead: timedelta | None
) -> None:
    begins = None if ahead is None else sent + ahead
    due = of_step(sent, begins=begins, works=on, remind_after=REMIND, escalate_after=ESCALATE)
    assert sent <= due.remind_at <= due.escalate_at
    usual = of_step(sent, begins=None, works=on, remind_after=REMIND, escalate_after=ESCALATE)
    assert not usual.soon
    if due.soon:
        assert begins is not None
        assert begins < running(sent, ESCALATE, on)
        assert sent < begins or begins.astimezone(sent.tzinfo).date() == sent.date()
        assert due.escalate_at <= usual.escalate_at
    else:
        assert due == usual
