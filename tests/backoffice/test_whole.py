"""A number in a form is read in one way: digits that a row can hold, or none."""

import pytest

from backoffice.rendering import MOST_NUMBER, whole


@pytest.mark.parametrize(
    ("typed", "most", "number"),
    [
        (" 7 ", MOST_NUMBER, 7), ("", MOST_NUMBER, None), ("-1", MOST_NUMBER, None), ("1.5", MOST_NUMBER, None),
        ("٣", MOST_NUMBER, None), ("²", MOST_NUMBER, None), ("9" * 40, MOST_NUMBER, None),
        (str(MOST_NUMBER), MOST_NUMBER, MOST_NUMBER), (str(MOST_NUMBER + 1), MOST_NUMBER, None), ("100", 99, None),
    ],
)  # fmt: skip
def test_a_number_that_was_typed(typed: str, most: int, number: int | None) -> None:
    assert whole(typed, most) == number
