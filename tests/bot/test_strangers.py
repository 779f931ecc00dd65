"""What strangers write, before it reaches anybody of a company."""

import pytest

from bot.wanted import as_number


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("0412", "0412"),
        (" MB-04/12 ", "MB-04/12"),
        ("0412 https://evil.example/masuk", "0412https//evilexample/masuk"),
        ("\u202e0412\u200b", "0412"),
        ("9" * 100, "9" * 40),
    ],
)
def test_hr_is_shown_a_number_and_nothing_to_press(words: str, shown: str) -> None:
    assert as_number(words) == shown
