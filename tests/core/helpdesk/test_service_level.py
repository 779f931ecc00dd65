"""The clocks of a ticket, made from its events: the rules one by one, and what must hold of any story."""

import json
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.calendar import cases
from core.calendar.working_time import WorkingTime
from core.helpdesk import service_level as level
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


def of(metric: str, some: tuple[Clock, ...]) -> list[Clock]:
    return [one for one in some if one.metric == metric]


NAMES = {"pause": level.WAITS, "resume": level.RESUMED}
PLAIN = [
    one for one in BOOK["cases"]
    if BOOK["policies"][one["policy"]]["kind"] == "duration" and all(e["type"] in NAMES for e in one["events"])
]  # fmt: skip


@pytest.mark.parametrize("case", PLAIN, ids=lambda case: str(case["id"]))
def test_the_worked_cases_as_the_story_of_a_ticket(case: dict[str, object]) -> None:
    policy = BOOK["policies"][case["policy"]]
    time, target = calendar(str(case["calendar"])), timedelta(seconds=policy["target_s"])
    opened, stopped = (
        datetime.fromisoformat(str(case[name])) if case[name] else None for name in ("created_at", "stopped_at")
    )
    assert opened is not None
    events = [Happened(level.OPENED, opened)]
    told: list[dict[str, str]] = case["events"]  # type: ignore[assignment]
    events += [Happened(NAMES[one["type"]], datetime.fromisoformat(one["at"])) for one in told]
    if stopped is not None:
        events.append(Happened(level.RESOLVED if policy["pauses"] else level.ANSWERED, stopped))
    now = datetime.fromisoformat(str(case["as_of"])) if case["as_of"] else stopped or opened
    events = sorted((one for one in events if one.at <= max(now, opened)), key=lambda one: one.at)
    found = of(level.SOLVE if policy["pauses"] else level.FIRST, clocks(events, time, target, now))[0]
    due = case["expected_due"]
    assert found.due == (datetime.fromisoformat(str(due)) if due else None)
    assert found.passed.total_seconds() == case["expected_elapsed_s"]
    assert found.late(now) == case["breached"]


def test_many_of_the_worked_cases_are_stories_of_a_ticket() -> None:
    assert len(PLAIN) >= 35


def test_the_first_answer_is_a_humans_and_nothing_else_stops_it() -> None:
    asked = [Happened(level.OPENED, at(3, 17))]
    busy = [Happened(kind, at(6, 9)) for kind in (level.TAKEN, level.NOTED, level.WAITS, level.RESOLVED)]
    (first,) = of(level.FIRST, clocks([*asked, *busy], RUNNING, PROMISE, at(6, 10)))
    assert first.stopped is None
    assert first.due == at(7, 17)
    assert not first.late(at(7, 17))
    assert first.late(at(7, 17, 1))
    answered = [*asked, *busy, Happened(level.ANSWERED, at(7, 17))]
    (first,) = of(level.FIRST, clocks(answered, RUNNING, PROMISE, at(9)))
    assert first.stopped == at(7, 17)
    assert not first.late(at(9)), "an answer at the due is in time, whenever one looks"


def test_a_late_answer_stays_late_even_when_solved_since() -> None:
    story = [
        Happened(level.OPENED, at(6, 8)), Happened(level.ANSWERED, at(8, 9)), Happened(level.RESOLVED, at(8, 9)),
        Happened(level.CLOSED, at(10, 9)),
    ]  # fmt: skip
    (first,) = of(level.FIRST, clocks(story, RUNNING, PROMISE, at(20)))
    assert first.due == at(8, 8)
    assert first.late(at(20))


def test_every_further_question_has_a_clock_of_its_own_from_its_first_words_on() -> None:
    story = [
        Happened(level.OPENED, at(6, 8)), Happened(level.ASKED, at(6, 9)), Happened(level.ANSWERED, at(6, 10)),
        Happened(level.ASKED, at(6, 11)), Happened(level.ASKED, at(6, 15)), Happened(level.ANSWERED, at(7, 8)),
        Happened(level.THANKED, at(7, 9)), Happened(level.ASKED, at(7, 10)), Happened(level.RESOLVED, at(7, 11)),
    ]  # fmt: skip
    further = of(level.NEXT, clocks(story, RUNNING, PROMISE, at(9)))
    assert [(one.since, one.stopped) for one in further] == [(at(6, 11), at(7, 8)), (at(7, 10), at(7, 11))]


def test_the_solution_waits_while_its_requester_is_asked() -> None:
    story = [Happened(level.OPENED, at(6, 8)), Happened(level.ANSWERED, at(6, 10)), Happened(level.WAITS, at(6, 10))]
    (solve,) = of(level.SOLVE, clocks(story, OFFICE, TARGET, at(7, 10)))
    assert solve.due is None
    assert solve.paused
    assert solve.passed == 2 * HOUR
    story.append(Happened(level.ASKED, at(7, 10)))
    (solve,) = of(level.SOLVE, clocks(story, OFFICE, TARGET, at(7, 12)))
    assert solve.due == at(8, 18)
    assert solve.passed == 4 * HOUR


def test_opened_again_the_time_since_it_was_solved_does_not_count() -> None:
    story = [
        Happened(level.OPENED, at(6, 8)), Happened(level.ANSWERED, at(6, 9)), Happened(level.RESOLVED, at(6, 10)),
        Happened(level.REOPENED, at(8, 10)),
    ]  # fmt: skip
    found = clocks(story, RUNNING, PROMISE, at(8, 11))
    (solve,) = of(level.SOLVE, found)
    assert solve.stopped is None
    assert solve.passed == 3 * HOUR
    assert solve.due == at(10, 8), "two hours of the forty-eight were used before it was solved"
    assert running(found)["answer"].since == at(8, 10), "what was missing is a question that awaits an answer"


def test_a_promise_given_is_never_made_shorter() -> None:
    told = at(9, 12)
    (first,) = of(level.FIRST, clocks([Happened(level.OPENED, at(6, 8), told)], RUNNING, PROMISE, at(6, 9)))
    assert first.due == told
    (first,) = of(level.FIRST, clocks([Happened(level.OPENED, at(6, 8), at(7))], RUNNING, PROMISE, at(6, 9)))
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
    before, after = clocks(told, OFFICE, TARGET, sooner), clocks(told, OFFICE, TARGET, later)
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
