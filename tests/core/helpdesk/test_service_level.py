"""The clocks of a ticket, made from its events: the rules one by one, and what must hold of any story.

Which test sees which of the fifteen rules says `test_rules.py`.
"""

import json
import random
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.calendar import cases, promises
from core.calendar.days import Calendar, DayOff, Week
from core.calendar.measure import Measure
from core.calendar.working_time import Rules, WorkingTime
from core.helpdesk import service_level as level
from core.helpdesk import wording
from core.helpdesk.service_level import Clock, Happened, clocks, pauses_of, running

BOOK = json.loads((Path(__file__).parents[2] / "cases" / "sla.json").read_text(encoding="utf-8"))
JAKARTA = ZoneInfo("Asia/Jakarta")
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
PROMISE, TARGET = timedelta(hours=48), timedelta(hours=20)
SETS = BOOK["holiday_sets"]


def calendar(name: str) -> WorkingTime:
    return WorkingTime(cases._rules(BOOK["calendars"][name], SETS))


RUNNING, OFFICE = calendar("id_24h_wib"), calendar("id_office_wib")


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """An instant of July 2026; the 6th is a Monday."""
    return datetime(2026, 7, day, hour, minute, tzinfo=JAKARTA)


def by(time: WorkingTime, length: timedelta) -> level.Counted:
    """Every clock counted alike."""
    measure = Measure(time, length)
    return lambda _event, _metric: measure


def of(metric: str, some: tuple[Clock, ...]) -> list[Clock]:
    return [one for one in some if one.metric == metric]


NAMES = {"pause": level.WAITS, "resume": level.RESUMED, "resolve": level.RESOLVED, "reopen": level.REOPENED}
CHANGES = "calendar_change"


@pytest.mark.parametrize("case", BOOK["cases"], ids=lambda case: str(case["id"]))
def test_the_worked_cases_as_the_story_of_a_ticket(case: dict[str, object]) -> None:
    """Every case, of all four readings. What a calendar change moves stands in the events, as a recount writes it."""
    policy = BOOK["policies"][case["policy"]]
    rules = cases._rules(BOOK["calendars"][case["calendar"]], SETS)
    days, length = policy.get("days", 0), timedelta(seconds=policy.get("target_s", 0))
    opened, stopped = (
        datetime.fromisoformat(str(case[name])) if case[name] else None for name in ("created_at", "stopped_at")
    )
    assert opened is not None
    metric = level.SOLVE if policy["pauses"] else level.FIRST
    told: list[dict[str, str]] = case["events"]  # type: ignore[assignment]
    now = datetime.fromisoformat(str(case["as_of"])) if case["as_of"] else stopped or opened
    plain = [Happened(NAMES[one["type"]], datetime.fromisoformat(one["at"])) for one in told if one["type"] in NAMES]
    if stopped is not None:
        plain.append(Happened(level.RESOLVED if policy["pauses"] else level.ANSWERED, stopped))

    def clock(rules: Rules, moved: list[Happened]) -> Clock:
        measure = Measure(WorkingTime(rules), length, days)
        events = [one for one in [*plain, *moved] if one.at <= max(now, opened) or one.moved]
        return of(metric, clocks([start, *events], lambda _event, _metric: measure, now))[0]

    start = Happened(level.OPENED, opened)
    first = clock(rules, [])
    start = Happened(level.OPENED, opened, first.due if metric == level.FIRST else None)
    moved: list[Happened] = []
    history = [first.due]
    for change in told:
        if change["type"] == CHANGES:
            rules = cases._changed(rules, change)
            new = clock(rules, moved).due
            step = level.Moved(level.PROMISE, metric, opened, history[-1], new)
            moved.append(Happened(level.RECOUNTED, datetime.fromisoformat(change["at"]), moved=(step,)))
            history.append(new)
    found = clock(rules, moved)
    due = case["expected_due"]
    assert found.due == (datetime.fromisoformat(str(due)) if due else None)
    assert found.passed.total_seconds() == case["expected_elapsed_s"]
    assert found.late(now) == case["breached"]
    assert found.excused == case.get("excused", False)
    if case.get("expected_warn_75pct") and not moved:
        assert found.warns(0.75) == datetime.fromisoformat(str(case["expected_warn_75pct"]))
    steps: list[dict[str, str | None]] = case.get("expected_due_history") or [{"due": due}]  # type: ignore[assignment]
    assert len(history) == len(steps)
    for one, expected in zip(history, steps, strict=True):
        wanted = expected["due"] if isinstance(expected, dict) else expected
        assert one == (datetime.fromisoformat(wanted) if wanted else None)


def test_every_worked_case_is_one_of_them() -> None:
    assert len(BOOK["cases"]) == BOOK["count"]
    assert {one["type"] for case in BOOK["cases"] for one in case["events"]} <= {*NAMES, CHANGES}


def test_the_first_answer_is_a_humans_and_nothing_else_stops_it() -> None:
    asked = [Happened(level.OPENED, at(3, 17))]
    busy = [Happened(kind, at(6, 9)) for kind in (level.TAKEN, level.NOTED, level.WAITS, level.RESOLVED)]
    (first,) = of(level.FIRST, clocks([*asked, *busy], by(RUNNING, PROMISE), at(6, 10)))
    assert first.stopped is None
    assert first.due == at(7, 17)
    assert not first.late(at(7, 17))
    assert first.late(at(7, 17, 1))
    answered = [*asked, *busy, Happened(level.ANSWERED, at(7, 17))]
    (first,) = of(level.FIRST, clocks(answered, by(RUNNING, PROMISE), at(9)))
    assert first.stopped == at(7, 17)
    assert not first.late(at(9)), "an answer at the due is in time, whenever one looks"


def test_a_late_answer_stays_late_even_when_solved_since() -> None:
    story = [
        Happened(level.OPENED, at(6, 8)), Happened(level.ANSWERED, at(8, 9)), Happened(level.RESOLVED, at(8, 9)),
        Happened(level.CLOSED, at(10, 9)),
    ]  # fmt: skip
    (first,) = of(level.FIRST, clocks(story, by(RUNNING, PROMISE), at(20)))
    assert first.due == at(8, 8)
    assert first.late(at(20))


def test_every_further_question_has_a_clock_of_its_own_from_its_first_words_on() -> None:
    story = [
        Happened(level.OPENED, at(6, 8)), Happened(level.ASKED, at(6, 9)), Happened(level.ANSWERED, at(6, 10)),
        Happened(level.ASKED, at(6, 11)), Happened(level.ASKED, at(6, 15)), Happened(level.ANSWERED, at(7, 8)),
        Happened(level.THANKED, at(7, 9)), Happened(level.ASKED, at(7, 10)), Happened(level.RESOLVED, at(7, 11)),
    ]  # fmt: skip
    further = of(level.NEXT, clocks(story, by(RUNNING, PROMISE), at(9)))
    assert [(one.since, one.stopped) for one in further] == [(at(6, 11), at(7, 8)), (at(7, 10), at(7, 11))]


def test_the_solution_waits_while_its_requester_is_asked() -> None:
    story = [Happened(level.OPENED, at(6, 8)), Happened(level.ANSWERED, at(6, 10)), Happened(level.WAITS, at(6, 10))]
    (solve,) = of(level.SOLVE, clocks(story, by(OFFICE, TARGET), at(7, 10)))
    assert solve.due is None
    assert solve.paused
    assert solve.passed == 2 * HOUR
    story.append(Happened(level.ASKED, at(7, 10)))
    (solve,) = of(level.SOLVE, clocks(story, by(OFFICE, TARGET), at(7, 12)))
    assert solve.due == at(8, 18)
    assert solve.passed == 4 * HOUR


def test_opened_again_the_time_since_it_was_solved_does_not_count() -> None:
    story = [
        Happened(level.OPENED, at(6, 8)), Happened(level.ANSWERED, at(6, 9)), Happened(level.RESOLVED, at(6, 10)),
        Happened(level.REOPENED, at(8, 10)),
    ]  # fmt: skip
    found = clocks(story, by(RUNNING, PROMISE), at(8, 11))
    (solve,) = of(level.SOLVE, found)
    assert solve.stopped is None
    assert solve.passed == 3 * HOUR
    assert solve.due == at(10, 8), "two hours of the forty-eight were used before it was solved"
    assert running(found)["answer"].since == at(8, 10), "what was missing is a question that awaits an answer"


def test_a_due_is_the_closing_minute_and_never_the_next_opening() -> None:
    (first,) = of(level.FIRST, clocks([Happened(level.OPENED, at(3, 8))], by(OFFICE, 10 * HOUR), at(4)))
    assert first.due == at(3, 18)
    (first,) = of(level.FIRST, clocks([Happened(level.OPENED, at(4, 9))], by(RUNNING, PROMISE), at(4, 9)))
    assert first.due == at(8), "Tuesday 24:00"


def test_a_pause_after_the_due_cures_nothing() -> None:
    story = [Happened(level.OPENED, at(6, 8)), Happened(level.WAITS, at(8, 10))]
    (solve,) = of(level.SOLVE, clocks(story, by(RUNNING, PROMISE), at(9)))
    assert solve.due == at(8, 8)
    assert solve.late(at(9))


def test_what_a_late_holiday_cures_is_excused() -> None:
    """Late by the calendar of then, in time by that of now; what it does not cure stays late and is not excused."""
    told = at(8, 8)
    story = [Happened(level.OPENED, at(6, 8), told), Happened(level.ANSWERED, at(8, 20))]

    def recounted(new: datetime) -> Clock:
        step = level.Moved(level.PROMISE, level.FIRST, at(6, 8), told, new)
        events = [*story, Happened(level.RECOUNTED, at(9), moved=(step,))]
        return of(level.FIRST, clocks(events, by(RUNNING, PROMISE), at(10)))[0]

    assert (recounted(at(9, 8)).late(at(10)), recounted(at(9, 8)).excused) == (False, True)
    assert (recounted(at(8, 9)).late(at(10)), recounted(at(8, 9)).excused) == (True, False)
    assert not of(level.FIRST, clocks(story, by(RUNNING, PROMISE), at(10)))[0].excused


def test_what_a_recount_told_is_a_promise_too() -> None:
    step = level.Moved(level.PROMISE, level.FIRST, at(6, 8), at(8, 8), at(9, 8))
    events = [Happened(level.OPENED, at(6, 8)), Happened(level.RECOUNTED, at(6, 9), moved=(step,))]
    (first,) = of(level.FIRST, clocks(events, by(RUNNING, PROMISE), at(7)))
    assert first.due == at(9, 8)


def test_time_left_is_rounded_down() -> None:
    assert wording.span(timedelta(hours=1, minutes=2, seconds=59), "id") == "1 jam 2 menit"


def test_an_estimated_day_is_told_as_one() -> None:
    off = DayOff(date(2026, 7, 7), "national", "Hari Raya", "Feast", status="estimated")
    held = Calendar(
        1, "x", "Asia/Jakarta", True, {off.date: off}, {}, [Week(None, date.min, None, {0: ((480, 1020),)})], ()
    )
    times = promises.of_calendar(held)
    (first,) = of(level.FIRST, clocks([Happened(level.OPENED, at(6, 8))], by(times.promise, 20 * HOUR), at(6, 9)))
    assert "Selasa 7 Juli, Hari Raya (perkiraan): tidak dihitung" in wording.receipt_of(first, times, "id")


def test_a_promise_given_is_never_made_shorter() -> None:
    told = at(9, 12)
    (first,) = of(level.FIRST, clocks([Happened(level.OPENED, at(6, 8), told)], by(RUNNING, PROMISE), at(6, 9)))
    assert first.due == told
    (first,) = of(level.FIRST, clocks([Happened(level.OPENED, at(6, 8), at(7))], by(RUNNING, PROMISE), at(6, 9)))
    assert first.due == at(8, 8), "but it may become longer"


ACTS = (
    level.ASKED, level.ANSWERED, level.NOTED, level.THANKED, level.WAITS, level.RESUMED, level.RESOLVED, level.REOPENED,
    level.TAKEN, level.FLAGGED,
)  # fmt: skip


@st.composite
def stories(draw: st.DrawFn) -> list[Happened]:
    now = at(1) + draw(st.integers(0, 10_000)) * MINUTE
    told = [Happened(level.OPENED, now)]
    for kind in draw(st.lists(st.sampled_from(ACTS), max_size=12)):
        now += draw(st.integers(0, 2_000)) * MINUTE
        told.append(Happened(kind, now))
    return told


@settings(max_examples=150, deadline=None)
@given(stories(), st.integers(0, 20_000), st.integers(0, 20_000))
def test_of_any_story(told: list[Happened], one: int, other: int) -> None:
    """What a clock has counted never grows smaller, stands still once it was stopped, and reaches the target exactly at
    its due; a clock that was late is never in time again."""
    sooner, later = (told[-1].at + minutes * MINUTE for minutes in sorted((one, other)))
    before, after = clocks(told, by(OFFICE, TARGET), sooner), clocks(told, by(OFFICE, TARGET), later)
    assert [(x.metric, x.since) for x in before] == [(x.metric, x.since) for x in after]
    for first, second in zip(before, after, strict=True):
        assert first.passed <= second.passed
        assert first.stopped == second.stopped
        assert first.stopped is None or first.passed == second.passed
        assert not first.late(sooner) or second.late(later)
        if first.due is not None and first.metric == level.FIRST:
            assert OFFICE.elapsed(first.since, first.due) == TARGET
        if second.due is not None and second.metric == level.SOLVE:
            assert second.late(later) == (second.passed > TARGET or (second.stopped or later) > second.due)
    assert list(running(after)) == list(running(before))
    assert len(of(level.FIRST, after)) == len(of(level.SOLVE, after)) == 1


@settings(max_examples=100, deadline=None)
@given(stories())
def test_pauses_follow_one_another(told: list[Happened]) -> None:
    found = pauses_of(told)
    assert all(ends is not None for _, ends in found[:-1])
    for (starts, ends), (then, _) in pairwise(found):
        assert ends is not None
        assert starts <= ends <= then


@settings(max_examples=100, deadline=None)
@given(stories(), st.randoms(use_true_random=False))
def test_events_that_were_heard_of_late_give_the_same_clocks(told: list[Happened], chance: random.Random) -> None:
    """Whatever order they arrive in; of what happens at one instant the order is that of the record."""
    spread = [replace(one, at=one.at + number * timedelta(seconds=1)) for number, one in enumerate(told)]
    mixed = list(spread)
    chance.shuffle(mixed)
    now = spread[-1].at + HOUR
    assert clocks(mixed, by(OFFICE, TARGET), now) == clocks(spread, by(OFFICE, TARGET), now)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 20_000), st.integers(1, 4_000), st.integers(0, 600))
def test_adding_and_measuring_agree_and_later_questions_are_due_later(start: int, minutes: int, later: int) -> None:
    """elapsed(add(t, d)) = d for a length and for close of business; neither is due sooner for who asks later."""
    asked, after = at(1) + start * MINUTE, at(1) + (start + later) * MINUTE
    for measure in (Measure(OFFICE, minutes * MINUTE), Measure(RUNNING, minutes * MINUTE), Measure(OFFICE, days=3)):
        due, other = measure.due(asked), measure.due(after)
        assert due is not None
        assert other is not None
        assert measure.time.elapsed(asked, due) == measure.takes(asked)
        assert due <= other
