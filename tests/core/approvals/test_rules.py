"""What the answers of a step make, and how far a place is passed on, for any answers and any delegations."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.approvals import delegations, publishing, rules
from core.approvals.delegations import Link
from core.approvals.rules import ALL, ANY, MODES, QUORUM, Answer, Hours, Rules

KIND = "leave_request"
seats = st.integers(1, 6)
answers = st.lists(st.tuples(st.integers(1, 6), st.sampled_from(["approve", "reject"])), max_size=6)
links = st.lists(
    st.tuples(st.integers(1, 6), st.integers(1, 6)).filter(lambda pair: pair[0] != pair[1]), max_size=8, unique=True
)


def once(given_answers: Sequence[tuple[int, str]], most: int) -> list[Answer]:
    """One answer a seat: the first."""
    kept: dict[int, str] = {}
    for seat, verdict in given_answers:
        if seat <= most:
            kept.setdefault(seat, verdict)
    return [Answer(seat, verdict) for seat, verdict in kept.items()]


@given(st.sampled_from(MODES), st.integers(1, 6), seats, answers)
def test_a_step_ends_at_one_moment_and_only_when_enough_have_said_so(
    mode: str, quorum: int, many: int, said: Sequence[tuple[int, str]]
) -> None:
    told, people = once(said, many), range(1, many + 1)
    results = [rules.outcome(mode, quorum, people, told[:number]) for number in range(len(told) + 1)]
    assert results[0] is None
    ended = next((number for number, one in enumerate(results) if one is not None), None)
    if ended is None:
        return
    before = told[:ended]
    yes = sum(one.verdict == "approve" for one in before)
    no = len(before) - yes
    enough = rules.needed(mode, quorum, many)
    if results[ended] == "approve":
        assert yes >= enough
    elif mode == ANY:
        assert no >= 1
    else:
        assert many - no < enough
    if mode == ALL:
        assert results[ended] == ("reject" if no else "approve")


@given(st.sampled_from(MODES), st.integers(1, 6), seats)
def test_when_all_have_agreed_it_is_agreed_and_when_all_refuse_it_is_refused(mode: str, quorum: int, many: int) -> None:
    people = range(1, many + 1)
    assert rules.outcome(mode, quorum, people, [Answer(one, "approve") for one in people]) == "approve"
    assert rules.outcome(mode, quorum, people, [Answer(one, "reject") for one in people]) == "reject"
    assert rules.needed(QUORUM, quorum, many) <= many


@given(st.sampled_from(MODES), st.integers(1, 6), seats, answers)
def test_one_who_asks_for_a_change_sends_it_back(
    mode: str, quorum: int, many: int, said: Sequence[tuple[int, str]]
) -> None:
    told = [*once(said, many), Answer(1, "change")]
    assert rules.outcome(mode, quorum, range(1, many + 1), told) == "change"


@pytest.mark.parametrize(
    ("mode", "quorum", "sits", "said", "made"),
    [
        (QUORUM, 2, "abc", "a+", None),
        (QUORUM, 2, "abc", "a+ b-", None),
        (QUORUM, 2, "abc", "a+ b+", "approve"),
        (QUORUM, 2, "abc", "a- b+ c+", "approve"),
        (QUORUM, 2, "abc", "a-", None),
        (QUORUM, 2, "abc", "a- b-", "reject"),
        (QUORUM, 2, "abc", "a+ b- c-", "reject"),
        (QUORUM, 5, "abc", "a+ b+", None),  # more than there are: everybody
        (QUORUM, 5, "abc", "a+ b+ c+", "approve"),
        (QUORUM, 2, "bc", "a+", None),  # a has left, their yes stays
        (QUORUM, 2, "bc", "a+ b+", "approve"),
        (ALL, 1, "bc", "a+ b+", None),
        (ALL, 1, "ab", "a+ b-", "reject"),
        (ANY, 1, "abc", "a-", "reject"),
        (ANY, 1, "abc", "b+", "approve"),
    ],
)  # fmt: skip
def test_who_is_enough(mode: str, quorum: int, sits: str, said: str, made: str | None) -> None:
    given = [Answer(ord(one[0]), "approve" if one[1] == "+" else "reject") for one in said.split()]
    assert rules.outcome(mode, quorum, map(ord, sits), given) == made


own, chosen = st.none() | st.integers(1, 720), st.integers(1, 720)


@given(own, own, chosen, chosen)
def test_a_chain_goes_by_its_own_hours_and_by_the_companys_where_it_says_none(
    remind: int | None, escalate: int | None, usual: int, later: int
) -> None:
    made = rules.read(rules.write(Rules((), remind, escalate)))
    found = rules.hours(made, Hours(usual, usual + later))
    assert 1 <= found.remind < found.escalate or found == (1, 1)  # an hour that nothing can come before
    if remind is None and escalate is None:
        assert found == (usual, usual + later)
    if remind is not None and (escalate is None or remind < escalate):
        assert found.remind == remind
    if escalate is not None and (remind is None or remind < escalate):
        assert found.escalate == escalate


@given(links, st.integers(1, 6))
def test_a_place_is_passed_through_two_hands_at_most_and_never_to_oneself(
    pairs: Sequence[tuple[int, int]], who: int
) -> None:
    made = [Link(giver, taker, frozenset({KIND}), None) for giver, taker in pairs]
    places = delegations.givers(made, who, KIND, 1_000)
    assert who not in places
    assert all(depth <= delegations.DEEPEST for depth in places.values())
    for one in range(1, 7):  # both look-ups tell the same
        assert (who in delegations.takers(made, one, KIND, 1_000)) == (one in places)
    assert delegations.givers(made, who, "another_kind", 1_000) == {}


def test_a_place_goes_through_two_hands_and_is_lent_for_what_both_were_told() -> None:
    made = [
        Link(1, 2, frozenset({KIND}), 2_000), Link(2, 3, frozenset({KIND}), None), Link(3, 4, frozenset({KIND}), None),
    ]  # fmt: skip
    assert delegations.givers(made, 3, KIND, 2_000) == {2: 1, 1: 2}
    assert delegations.givers(made, 3, KIND, 2_001) == {2: 1}, "longer than was lent"
    assert delegations.givers(made, 3, KIND, None) == {2: 1, 1: 2}, "of what has no length"
    assert delegations.givers(made, 4, KIND, 1_000) == {3: 1, 2: 2}, "three hands are too many"
    assert delegations.takers(made, 1, KIND, 2_000) == [2, 3]


@given(st.dictionaries(st.integers(1, 8), st.integers(1, 8), max_size=8))
def test_a_circle_of_heads_is_found_exactly_where_there_is_one(head_of: dict[int, int]) -> None:
    def runs_in_a_circle(begin: int) -> bool:
        seen, one = set[int](), begin
        while one in head_of and one not in seen:
            seen.add(one)
            one = head_of[one]
        return one in seen

    found = publishing.circle(head_of)
    assert bool(found) == any(runs_in_a_circle(one) for one in head_of)
    for one, above in zip(found, [*found[1:], *found[:1]], strict=True):
        assert head_of[one] == above
