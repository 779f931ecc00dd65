"""The foot of a list of ours is known again, and nothing else is taken for one."""

from hypothesis import given
from hypothesis import strategies as st

from core import foot
from core.phrases import LANGUAGES

WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40)
ROW = st.lists(WORDS, min_size=2, max_size=4).filter(lambda row: any(cell.strip() for cell in row[1:]))


@given(st.lists(ROW, min_size=1, max_size=5), st.sampled_from(LANGUAGES), WORDS, WORDS)
def test_what_was_written_under_a_list_is_taken_off_again(
    rows: list[list[str]], language: str, chosen: str, who: str
) -> None:
    made = foot.lines(language, number="5", chosen=chosen, at="2026-07-06 09:00:00+07:00", who=who)
    table = list(enumerate(rows, 1))
    assert foot.without([*table, *enumerate(made, len(rows) + 1)]) == table


@given(st.lists(ROW, min_size=1, max_size=5))
def test_a_list_without_a_foot_stays_as_it_is(rows: list[list[str]]) -> None:
    table = list(enumerate(rows, 1))
    assert foot.without(table) == table


def test_somebody_who_is_called_like_half_a_foot_stays() -> None:
    table = [(1, ["Nomor Induk", "Nama"]), (2, ["Baris: 5. Saringan: -"])]
    assert foot.without(table) == table
