"""Figures that point to nobody: no small group, no sum that gives one away, no two looks that differ by few."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core import database
from core.privacy import statistics
from core.privacy.statistics import LEAST, Spell, band, figures, quarters, table
from tests.core.cast import Cast

DAY = date(2026, 7, 1)


def spell(person: int, department: str = "Gudang", ends: date | None = None) -> Spell:
    return Spell(person, date(2024, 1, 2), ends, date(2024, 1, 2), department, "Cakung", "pkwtt")


PEOPLE = st.dictionaries(st.integers(1, 60), st.sampled_from("abcd"), max_size=50)


@given(st.lists(PEOPLE, min_size=1, max_size=6))
def test_what_is_shown_comes_in_fives_and_never_below_five(days: list[dict[int, str]]) -> None:
    shown = figures(days)
    assert all(number >= LEAST and number % LEAST == 0 for number in shown.values())


@given(
    PEOPLE.filter(lambda here: len(here) >= LEAST),
    st.dictionaries(st.integers(1, 60), st.sampled_from(["a", "b", ""]), max_size=LEAST - 1),
)
def test_fewer_than_five_who_come_go_or_move_are_never_seen(here: dict[int, str], moves: dict[int, str]) -> None:
    after = {person: group for person, group in {**here, **moves}.items() if group}
    assert figures([here, after]) == figures([here])


@given(PEOPLE)
def test_no_sum_tells_whether_a_hidden_group_has_one_or_four(here: dict[int, str]) -> None:
    """With one, two, three or four in it, all that is shown is the same, the sum too."""
    hidden = "z"
    for number in range(1, LEAST):
        more = {1000 + one: hidden for one in range(number)}
        assert hidden not in figures([{**here, **more}])
        if len(here) >= LEAST:
            assert figures([{**here, **more}]) == figures([here])


def test_one_who_leaves_a_group_of_five_is_not_seen() -> None:
    days = quarters(date(2024, 1, 1), date(2026, 8, 1))
    five = [spell(number) for number in range(5)]
    four = [*five[:4], spell(4, ends=days[-1])]
    assert table(five, days, lambda one, _: one.department) == {"Gudang": 5}
    assert table(four, days, lambda one, _: one.department) == {"Gudang": 5}
    none = [spell(number, ends=days[-1]) for number in range(5)]
    assert table(none, days, lambda one, _: one.department) == {}


def test_quarters_begin_on_their_days_and_end_with_the_running_one() -> None:
    assert quarters(date(2025, 5, 3), date(2026, 2, 28)) == [date(2025, 7, 1), date(2025, 10, 1), date(2026, 1, 1)]
    assert quarters(date(2026, 2, 1), date(2026, 2, 28)) == []


@given(st.dates(date(1980, 1, 1), date(2026, 1, 1)))
def test_everybody_is_in_one_band(joins: date) -> None:
    assert band(joins, DAY) in {"under_1", "1_2", "3_5", "6_10", "over_10"}
    assert band(DAY - timedelta(days=364), DAY) == "under_1"


async def test_it_is_read_from_the_record(maju: Cast) -> None:
    async with database.reading(maju.company):
        day, found = await statistics.read(DAY)
        spells = await statistics._spells()
    assert day == DAY
    here = Counter(one.location for one in spells if one.begins <= DAY and (one.ends is None or one.ends > DAY))
    for location, number in found[statistics.LOCATION].items():
        assert number <= here[location] + LEAST - 1
