"""What thousands owe at once is what each owes by itself."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import cast
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.calendar import promises
from core.calendar.days import Calendar, DayOff
from core.calendar.working_time import ticks
from core.helpdesk import clocks, owing, recounting, service_level, terms
from core.helpdesk.owing import Owing
from core.helpdesk.service_level import PROMISE, TARGET, Happened
from core.helpdesk.tables import Ticket
from core.helpdesk.terms import Terms

JAKARTA = ZoneInfo("Asia/Jakarta")
FIRST = datetime(2026, 7, 1, tzinfo=JAKARTA)
HELD = {
    0: terms.USUAL,
    1: Terms(1, terms.OFFICE, {"normal": 20, "high": 12, "top": 6}, {"normal": 10, "high": 5, "top": 2}),
    2: Terms(2, terms.CLOSE, {"normal": 2, "high": 2, "top": 1}, {"normal": 10, "high": 5, "top": 2}),
}


def calendar(*free: date) -> Calendar:
    return Calendar(
        number=0, version="v", zone="Asia/Jakarta", collective_closed=True, own={}, weeks=(), closures=(),
        national={day: DayOff(day, "national", "Libur", "Holiday") for day in free},
    )  # fmt: skip


BEFORE = promises.of_calendar(calendar())
AFTER = promises.of_calendar(calendar(date(2026, 7, 8), date(2026, 7, 15)))
KINDS = st.sampled_from([
    service_level.ASKED, service_level.ANSWERED, service_level.NOTED, service_level.TAKEN, service_level.RANKED,
    service_level.WAITS, service_level.RESUMED, service_level.RESOLVED, service_level.REOPENED,
])  # fmt: skip


@st.composite
def stories(draw: st.DrawFn) -> tuple[Ticket, list[Happened], datetime, int]:
    """A ticket as it was written by the calendar of before: each event with what was promised at it."""
    newest = draw(st.integers(0, 2))
    held = {number: some for number, some in HELD.items() if number <= newest}
    bare = {"answer_target": None, "solve_target": None, "location": None, "state": "open", "kind": "question"}
    row = cast(Ticket, SimpleNamespace(priority=draw(st.sampled_from(terms.PRIORITIES)), **bare))
    at, events = FIRST + timedelta(minutes=draw(st.integers(0, 20_000))), list[Happened]()
    for kind in [service_level.OPENED, *draw(st.lists(KINDS, max_size=4))]:
        meta = clocks.promised_at(row, kind, at, events, held, BEFORE)
        given, solve = (datetime.fromisoformat(meta[one]) if one in meta else None for one in ("promise", "solve"))
        events.append(Happened(kind, at, given, solve, meta.get("terms", 0), meta.get("priority", "normal")))
        at += timedelta(minutes=draw(st.integers(1, 4_000)))
    return row, events, at, newest


@settings(max_examples=150, deadline=None)
@given(stories())
def test_a_simple_story_owes_what_its_clocks_say(
    told: tuple[Ticket, list[Happened], datetime, int],
) -> None:
    row, events, now, newest = told
    held = {number: some for number, some in HELD.items() if number <= newest}
    found = Owing(held, AFTER).of(row.kind, row.priority, events)
    if found is None:
        return
    both = clocks.both(row, events, held, AFTER, now)
    dues = [both.due(family, which) for which in ("answer", "solve") for family in (PROMISE, TARGET)]
    assert list(found) == [None if due is None else ticks(due) for due in dues]


@settings(max_examples=150, deadline=None)
@given(stories())
def test_what_is_passed_over_would_not_have_moved(told: tuple[Ticket, list[Happened], datetime, int]) -> None:
    row, events, now, newest = told
    held = {number: some for number, some in HELD.items() if number <= newest}
    both = clocks.both(row, events, held, BEFORE, now)
    row.answer_target, row.solve_target = (both.due(TARGET, which) for which in ("answer", "solve"))
    solved = service_level.running(both.promise).get("solve") is None
    row.state = "resolved" if solved else "open"
    look = recounting.Look(held, lambda _: AFTER, now)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(recounting.Look, "_stays", lambda *_: False)
        patch.setattr(recounting, "was_in_time", lambda _: False)
        slow = look.effect(row, events)
    assert look.effect(row, events) == slow


def test_an_unanswered_question_beside_a_late_holiday_is_simple() -> None:
    """Else everything would be looked at in full, and nobody would notice but by the time it takes."""
    events = [Happened(service_level.OPENED, datetime(2026, 7, 7, 9, tzinfo=JAKARTA))]
    close = [Happened(service_level.OPENED, events[0].at, terms=2)]
    assert Owing(HELD, AFTER).of("question", "normal", close) is None  # close of business is no length
    found = Owing({0: terms.USUAL}, AFTER).of("question", "normal", events)
    assert found is not None
    assert found[0] == ticks(datetime(2026, 7, 10, 9, tzinfo=JAKARTA))
    old = datetime(2026, 7, 9, 9, tzinfo=JAKARTA)
    kept = [Happened(service_level.OPENED, events[0].at, old, old)]
    found = Owing({0: terms.USUAL}, BEFORE).of("question", "normal", kept)
    assert found is not None
    assert Owing({0: terms.USUAL}, BEFORE).stays(found, kept, (old, old))


def test_what_was_solved_without_a_word_still_owes_one() -> None:
    at = datetime(2026, 7, 7, 9, tzinfo=JAKARTA)
    given = at + timedelta(days=2)
    opened = Happened(service_level.OPENED, at, given, given)
    solved = Happened(service_level.RESOLVED, at + timedelta(hours=1))
    assert not owing.was_in_time([opened, solved])
    assert owing.was_in_time([opened, Happened(service_level.ANSWERED, at + timedelta(hours=1)), solved])
    assert not owing.was_in_time([opened, Happened(service_level.ANSWERED, given + timedelta(hours=1)), solved])
