"""A service that does not answer is left alone, tried by one message at a time, and trusted again when it answers."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.messaging.circuits import FIRST_PAUSE, LONGEST_PAUSE, MOST_FAILURES, PROBE, State

START = datetime(2026, 7, 6, 2, 0, tzinfo=UTC)
steps = st.lists(st.tuples(st.sampled_from(["works", "fails", "vanishes"]), st.floats(0, 90)), max_size=80)


def shut(at: datetime = START) -> State:
    state = State()
    for message in range(MOST_FAILURES):
        state = state.failed(message, "status 502", at)
    return state


@given(steps)
def test_while_it_is_shut_nothing_is_sent_and_then_one_at_a_time(story: list[tuple[str, float]]) -> None:
    state, now, probes = State(), START, 0
    for message, (how, seconds) in enumerate(story):
        now += timedelta(seconds=seconds)
        answer = state.asks(now)
        if isinstance(answer, datetime):
            assert state.shut and answer > now
            continue
        if state.shut:
            probes += 1
            assert state.shut_until is not None and now >= state.shut_until
            second = answer.asks(now)
            assert isinstance(second, datetime), "a second message may not ask while the first one does"
        state = answer
        match how:
            case "works":
                state = State()
            case "fails":
                state = state.failed(message, "status 502", now)
                assert not state.shut or state.shut_until == now + min(
                    FIRST_PAUSE * 2 ** (state.times - 1), LONGEST_PAUSE
                )


@given(steps)
def test_it_always_opens_again(story: list[tuple[str, float]]) -> None:
    state, now = State(), START
    for message, (how, seconds) in enumerate(story):
        now += timedelta(seconds=seconds)
        answer = state.asks(now)
        if not isinstance(answer, datetime):
            state = answer.failed(message, "x", now) if how == "fails" else State() if how == "works" else answer
    assert not isinstance(state.asks(now + LONGEST_PAUSE + PROBE), datetime)


def test_four_failures_are_an_accident_and_five_are_not() -> None:
    assert shut().shut_until == START + FIRST_PAUSE
    state = State()
    for message in range(MOST_FAILURES - 1):
        state = state.failed(message, "status 502", START)
    assert not state.shut


def test_one_message_that_is_ill_itself_shuts_nothing() -> None:
    state = State()
    for _ in range(50):
        state = state.failed(7, "status 500", START)
    assert not state.shut


def test_a_worker_that_dies_while_it_tries_leaves_the_door_ajar() -> None:
    trying = shut().asks(START + FIRST_PAUSE)
    assert isinstance(trying, State)
    again = trying.asks(START + FIRST_PAUSE + PROBE)
    assert isinstance(again, State) and again.probing_until is not None


def test_a_bot_that_is_refused_is_shut_at_once_for_as_long_as_it_takes() -> None:
    state = State().failed(1, "token refused", START, for_=timedelta(minutes=5))
    assert state.shut_until == START + timedelta(minutes=5)
