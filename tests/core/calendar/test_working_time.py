"""The clock of promises: the worked cases, and what must hold of any calendar."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.calendar import cases
from core.calendar.working_time import Pause, Rules, WorkingTime, kept
from tests.typed import Done, typed

FILE = Path(__file__).parents[2] / "cases" / "sla.json"
BOOK = json.loads(FILE.read_text(encoding="utf-8"))
ANSWERS = cases.run(BOOK)
JAKARTA = ZoneInfo("Asia/Jakarta")
MINUTE = timedelta(minutes=1)
OFFICE = {weekday: [(480, 720), (780, 1020)] for weekday in range(5)}
ALL_DAY = {weekday: [(0, 1440)] for weekday in range(5)}
FIRST = datetime(2026, 3, 2, tzinfo=JAKARTA)


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda one: one.id)
def test_the_worked_cases(answer: cases.Answer) -> None:
    assert not answer.differences


def test_each_of_the_worked_cases_is_answered() -> None:
    assert len(ANSWERS) == BOOK["count"] == 52


def check(file: Path, *more: str) -> Done:
    return typed("calendar", "check", file, *more)


def test_the_command_answers_one_line_a_case() -> None:
    done = check(FILE, "--json")
    assert done.returncode == 0, done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(told) == 52
    assert told[0] == {"id": "sla-003", "due": "2026-07-08T00:00:00+07:00", "elapsed_s": 172860, "breached": True}


def test_the_command_names_what_differs(tmp_path: Path) -> None:
    wrong = {**BOOK, "cases": [{**BOOK["cases"][0], "expected_due": "2026-07-08T01:00:00+07:00"}, BOOK["cases"][1]]}
    file = tmp_path / "wrong.json"
    file.write_text(json.dumps(wrong))
    done = check(file)
    assert done.returncode == 1
    assert "expected_due: 2026-07-08T01:00:00+07:00 expected, 2026-07-08T00:00:00+07:00 found" in done.stdout
    assert "1 of 2 cases differ" in done.stderr
    for written, said in (
        ("[]", "not a file of worked cases: a value in it"), ("{}", "not a file of worked cases: it lacks 'calendars'"),
        ("{,}", "not JSON: look at line 1, column 2"),
    ):  # fmt: skip
        file.write_text(written)
        assert said in check(file).stderr


# -- what must hold of any calendar ------------------------------------------------------------------------------------


@st.composite
def weeks(draw: st.DrawFn) -> dict[int, list[tuple[int, int]]]:
    """Any week with some open time; a shift may run into the next day."""
    found = {}
    for weekday in draw(st.sets(st.integers(0, 6), min_size=1)):
        bounds = sorted(draw(st.sets(st.integers(0, 30), min_size=2, max_size=4)))
        found[weekday] = [(60 * one, 60 * two) for one, two in zip(bounds[::2], bounds[1::2], strict=False)]
    return found


@st.composite
def rules(draw: st.DrawFn, zone: str = "Asia/Jakarta") -> Rules:
    """A calendar with holidays, closures that begin and end inside a day, and a day that is open all the same."""
    days = st.dates(date(2026, 2, 20), date(2026, 4, 20))
    closures = []
    for _ in range(draw(st.integers(0, 3))):
        starts = datetime(2026, 3, 1) + draw(st.integers(0, 40_000)) * MINUTE  # noqa: DTZ001 - local to the calendar
        closures.append((starts, starts + draw(st.integers(1, 5_000)) * MINUTE, "banjir"))
    extra = {day: [(540, 780)] for day in draw(st.sets(days, max_size=2))}
    return Rules(zone, draw(weeks()), dict.fromkeys(draw(st.sets(days, max_size=8)), "libur"), closures, extra)


INSTANTS = st.integers(0, 45 * 24 * 60).map(lambda minutes: FIRST + minutes * MINUTE)
TARGETS = st.integers(1, 6_000).map(lambda minutes: minutes * MINUTE)
PAUSES = st.lists(st.tuples(INSTANTS, st.integers(0, 3_000)), max_size=4).map(
    lambda some: [(at, at + length * MINUTE) for at, length in some]
)


@settings(max_examples=40, deadline=None)
@given(rules(), INSTANTS, TARGETS, PAUSES)
def test_the_due_is_the_first_instant_at_which_the_target_is_reached(
    made: Rules, since: datetime, target: timedelta, pauses: Sequence[Pause]
) -> None:
    clock = WorkingTime(made)
    due = clock.due(since, target, pauses)
    assert due is not None
    assert clock.elapsed(since, due, pauses) == target
    assert clock.elapsed(since, due - timedelta(microseconds=1), pauses) < target


@settings(max_examples=40, deadline=None)
@given(rules(), INSTANTS, INSTANTS, PAUSES)
def test_the_receipt_adds_up_and_leaves_no_gap(
    made: Rules, one: datetime, other: datetime, pauses: Sequence[Pause]
) -> None:
    since, until = sorted((one, other))
    clock = WorkingTime(made)
    lines = clock.receipt(since, until, pauses)
    assert sum((line.counts for line in lines), timedelta(0)) == clock.elapsed(since, until, pauses)
    assert [line.ends for line in lines[:-1]] == [line.starts for line in lines[1:]]
    assert not lines or (lines[0].starts, lines[-1].ends) == (since, until)


@settings(max_examples=40, deadline=None)
@given(rules(), INSTANTS, st.integers(0, 10_000), TARGETS)
def test_whoever_asks_later_is_never_due_earlier(made: Rules, since: datetime, later: int, target: timedelta) -> None:
    clock = WorkingTime(made)
    first, second = clock.due(since, target), clock.due(since + later * MINUTE, target)
    assert first is not None
    assert second is not None
    assert first <= second


@settings(max_examples=30, deadline=None)
@given(rules(), INSTANTS, INSTANTS, TARGETS)
def test_minute_by_minute_it_is_the_same(made: Rules, since: datetime, until: datetime, target: timedelta) -> None:
    """The same question answered by walking through every minute."""
    until = min(max(since, until), since + timedelta(days=6))
    removed = [(one.replace(tzinfo=JAKARTA), end.replace(tzinfo=JAKARTA)) for one, end, _ in made.closures if end]

    def is_open(at: datetime) -> bool:
        day, minute = at.date(), at.hour * 60 + at.minute
        shifts = [(day, minute), (day - timedelta(days=1), minute + 1440)]
        if any(on in made.extra and any(a <= m < b for a, b in made.extra[on]) for on, m in shifts):
            return True
        if (day in made.holidays and day not in made.extra) or any(a <= at < b for a, b in removed):
            return False
        return any(
            on not in made.extra and any(a <= m < b for a, b in made.weekly.get(on.weekday(), ())) for on, m in shifts
        )

    minutes = [since + number * MINUTE for number in range((until - since) // MINUTE)]
    assert WorkingTime(made).elapsed(since, until) == sum(map(is_open, minutes)) * MINUTE


@settings(max_examples=30, deadline=None)
@given(INSTANTS, TARGETS)
def test_where_the_asker_stands_changes_nothing(since: datetime, target: timedelta) -> None:
    clock = WorkingTime(Rules("Asia/Jakarta", OFFICE))
    here = clock.due(since, target)
    for zone in ("Asia/Makassar", "Asia/Jayapura", "America/New_York", "UTC"):
        assert clock.due(since.astimezone(ZoneInfo(zone)), target) == here


def test_a_closure_without_an_end_leaves_the_due_unknown() -> None:
    flood = Rules("Asia/Jakarta", OFFICE, closures=[(datetime(2026, 3, 3, 10), None, "banjir")])  # noqa: DTZ001
    clock = WorkingTime(flood)
    assert clock.due(FIRST.replace(hour=9), timedelta(hours=4)) == FIRST.replace(hour=14)
    assert clock.due(FIRST.replace(hour=9), timedelta(hours=10)) is None
    assert clock.elapsed(FIRST, FIRST + timedelta(days=400)) == timedelta(hours=10)


def test_a_week_that_never_opens_is_never_due() -> None:
    assert WorkingTime(Rules("Asia/Jakarta", {})).due(FIRST, timedelta(hours=1)) is None


def test_an_open_pause_hides_the_due_unless_it_came_too_late() -> None:
    clock = WorkingTime(Rules("Asia/Jakarta", OFFICE))
    nine = FIRST.replace(hour=9)
    assert clock.due(nine, timedelta(hours=5), [(FIRST.replace(hour=11), None)]) is None
    assert clock.due(nine, timedelta(hours=1), [(FIRST.replace(hour=11), None)]) == FIRST.replace(hour=10)


def test_the_receipt_says_why_time_does_not_count() -> None:
    made = Rules(
        "Asia/Jakarta", ALL_DAY, {date(2026, 3, 19): "Nyepi"},
        [(datetime(2026, 3, 18, 13), datetime(2026, 3, 18, 15), "banjir")],  # noqa: DTZ001
    )  # fmt: skip
    lines = WorkingTime(made).receipt(
        datetime(2026, 3, 18, 12, tzinfo=JAKARTA), datetime(2026, 3, 23, 12, tzinfo=JAKARTA)
    )
    assert [(line.kind, line.name, line.starts.day, line.starts.hour) for line in lines] == [
        ("open", "", 18, 12),
        ("closure", "banjir", 18, 13),
        ("open", "", 18, 15),
        ("holiday", "Nyepi", 19, 0),
        ("open", "", 20, 0),
        ("day", "", 21, 0),
        ("open", "", 23, 0),
    ]


def test_the_last_moment_before_a_due_that_falls_into_the_night() -> None:
    clock = WorkingTime(Rules("Asia/Jakarta", OFFICE))
    tuesday = datetime(2026, 7, 7, tzinfo=JAKARTA)
    assert clock.last_open(tuesday) == datetime(2026, 7, 6, 17, tzinfo=JAKARTA)
    assert clock.last_open(tuesday.replace(hour=10)) == tuesday.replace(hour=10)


def test_a_promise_is_never_made_shorter() -> None:
    early, late = datetime(2026, 7, 7, tzinfo=UTC), datetime(2026, 7, 8, tzinfo=UTC)
    assert kept(late, early) == late
    assert kept(early, late) == late
    assert kept(late, early, may_shorten=True) == early
    assert kept(late, None) is None
    assert kept(None, early) == early
