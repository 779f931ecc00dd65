"""The fifteen rules of `facts/anchors-helpdesk.md` 0b by their numbers, and the tests that see each of them.

Whoever asks whether a rule is kept finds here what to run; a test that was renamed or taken out fails this one.
"""

import ast
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[2]
LEVEL, TERMS, TICKETS = (
    "core/helpdesk/test_service_level.py",
    "core/helpdesk/test_terms.py",
    "core/helpdesk/test_tickets.py",
)
ALARMS, TIME, DAYS = "core/helpdesk/test_alarms.py", "core/calendar/test_working_time.py", "core/calendar/test_days.py"
STAMPS, TALK, PLACE = (
    "core/messaging/test_stamps.py", "bot/test_desk_stamps.py", "core/helpdesk/test_place_time.py",
)  # fmt: skip
# number: what it says in a few words, then file::test
RULES: Mapping[int, Sequence[str]] = {
    1: (
        "the start is when it was written, by a platform that can be believed",
        f"{STAMPS}::test_an_instant_is_believed_within_what_its_platform_delivers",
        f"{TALK}::test_the_promise_runs_from_the_instant_that_can_be_believed",
        f"{TALK}::test_what_comes_in_after_an_answer_is_not_answered_by_it_whatever_it_bears",
        f"{LEVEL}::test_events_that_were_heard_of_late_give_the_same_clocks",
    ),
    2: (
        "open time: hours less holidays less closures, and extra days above all",
        f"{TIME}::test_minute_by_minute_it_is_the_same", f"{TIME}::test_the_worked_cases",
        f"{TERMS}::test_an_extra_open_day_counts_and_a_week_of_later_too",
    ),
    3: (
        "the earliest instant: a closing minute, never the next opening",
        f"{TIME}::test_the_due_is_the_first_instant_at_which_the_target_is_reached",
        f"{LEVEL}::test_a_due_is_the_closing_minute_and_never_the_next_opening",
    ),
    4: (
        "met at the due, missed after it, in closed time too",
        f"{LEVEL}::test_the_first_answer_is_a_humans_and_nothing_else_stops_it",
        f"{LEVEL}::test_a_late_answer_stays_late_even_when_solved_since",
    ),
    5: (
        "the first answer is a human's public words, and nothing pauses it",
        f"{LEVEL}::test_the_first_answer_is_a_humans_and_nothing_else_stops_it",
        f"{TICKETS}::test_an_answer_reaches_whoever_asked_and_a_note_nobody",
        f"{TICKETS}::test_waiting_for_its_requester_stops_the_solution_alone",
    ),
    6: (
        "the solution pauses while its requester is waited for, and while it was solved; thanks open nothing",
        f"{LEVEL}::test_the_solution_waits_while_its_requester_is_asked",
        f"{LEVEL}::test_opened_again_the_time_since_it_was_solved_does_not_count",
        f"{TICKETS}::test_solved_thanked_opened_again_and_closed",
    ),
    7: (
        "a further answer has a clock of its own",
        f"{LEVEL}::test_every_further_question_has_a_clock_of_its_own_from_its_first_words_on",
    ),
    8: (
        "while a pause is open nobody knows the due; a late pause cures nothing",
        f"{LEVEL}::test_a_pause_after_the_due_cures_nothing",
        f"{TIME}::test_an_open_pause_hides_the_due_unless_it_came_too_late",
    ),
    9: (
        "promise and target on one ticket, by priority",
        f"{TERMS}::test_a_priority_moves_the_target_and_no_promise_that_was_given",
        f"{TERMS}::test_no_calendar_lets_a_target_fall_after_a_promise_that_was_accepted",
    ),
    10: (
        "another calendar is counted again, told, never shortens a promise, and excuses what it cures",
        f"{ALARMS}::test_a_late_holiday_is_seen_first_then_counted_told_and_written_down",
        f"{ALARMS}::test_a_miss_that_a_late_holiday_cures_is_excused_and_stays_in_the_record",
        f"{LEVEL}::test_a_promise_given_is_never_made_shorter",
        f"{TERMS}::test_a_day_that_is_taken_back_makes_no_promise_shorter_nor_its_solution",
    ),
    11: (
        "a closure has a scope, a second person, evidence, and perhaps no end",
        f"{DAYS}::test_a_closure_takes_two_and_then_stops_the_clock",
        f"{TERMS}::test_a_closure_of_a_place_stops_the_clock_of_those_who_work_there",
        f"{ALARMS}::test_a_closure_of_the_desk_makes_no_day_free",
        f"{ALARMS}::test_a_closure_without_an_end_is_told_and_its_end_too",
        "backoffice/test_closure_evidence.py::test_evidence_is_added_while_it_waits_and_seen_by_the_second_person",
    ),
    12: (
        "the calendar's zone counts, the reader's is shown; by the place of work where the company wants it so",
        f"{TIME}::test_where_the_asker_stands_changes_nothing",
        f"{PLACE}::test_a_question_runs_by_the_companys_time_unless_it_wants_otherwise",
        f"{PLACE}::test_switching_makes_no_promise_sooner_and_is_seen_before_it_is_counted",
    ),
    13: (
        "collective leave is one switch of the company",
        f"{DAYS}::test_one_switch_opens_every_day_of_collective_leave",
    ),
    14: (
        "an estimated holiday is told as one",
        f"{LEVEL}::test_an_estimated_day_is_told_as_one",
    ),
    15: (
        "microseconds are kept, minutes left are rounded down",
        f"{LEVEL}::test_time_left_is_rounded_down",
        "core/calendar/test_dues.py::test_an_instant_is_the_same_to_the_microsecond_there_and_back",
    ),
}  # fmt: skip


@cache
def named_in(file: str) -> frozenset[str]:
    tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
    return frozenset(one.name for one in tree.body if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef))


def test_all_fifteen_are_here() -> None:
    assert list(RULES) == list(range(1, 16))


@pytest.mark.parametrize("number", RULES)
def test_each_is_seen_by_tests_that_exist(number: int) -> None:
    _, *seen = RULES[number]
    assert seen
    for one in seen:
        file, _, name = one.partition("::")
        assert name in named_in(file), one
