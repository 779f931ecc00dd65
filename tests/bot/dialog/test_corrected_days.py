"""Days that are put right in the summary: a weekday without more is of the week that was spoken of."""

from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot.dialog.dates import When
from bot.dialog.engine import Again, Chat
from bot.flows.readers import WHEN

MONDAY = date(2026, 7, 6)  # today
BEFORE = When(date(2026, 7, 13), date(2026, 7, 15))  # Monday through Wednesday of next week


def corrected(words: str, before: When = BEFORE) -> tuple[int | None, int | None, int | None]:
    """First and last day of July, and the length, that these words make of the days before."""
    chat: Any = SimpleNamespace(today=MONDAY, answers={}, forget_what_hangs_on=lambda name: None)
    found = WHEN.correct(words, before, cast(Chat, chat))
    assert found is not None, words
    return found.starts.day if found.starts else None, found.ends.day if found.ends else None, found.days


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("jumat aja", (17, 17)),
        ("eh kamis deh", (16, 16)),
        ("selasa aja", (14, 14)),
        ("kamisnya aja", (16, 16)),
        ("make it thursday instead", (16, 16)),
        ("friday only", (17, 17)),
        ("rabu dan kamis", (15, 16)),
        ("selasa sampai kamis", (14, 16)),
        ("tuesday to friday", (14, 17)),
        ("sampai jumat aja", (13, 17)),
        ("until friday", (13, 17)),
        ("mulai selasa", (14, 15)),
        ("eh mulainya selasa", (14, 15)),
        ("from tuesday", (14, 15)),
        ("hanya 14", (14, 14)),
        ("yang 14 aja", (14, 14)),
        ("14 aja 1 hari", (14, 14)),
        ("just the 14th", (14, 14)),
        ("only 15", (15, 15)),
    ],
)
def test_it_is_of_the_week_that_was_named(words: str, days: tuple[int, int]) -> None:
    assert corrected(words)[:2] == days


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("besok aja", (7, 7)),
        ("jumat ini aja", (10, 10)),
        ("this friday", (10, 10)),
        ("jumat minggu depan", (17, 17)),
        ("tgl 16 aja", (16, 16)),
        ("just the 16th", (16, 16)),
        ("14-15 aja", (14, 15)),
    ],
)
def test_what_names_its_own_week_or_date_means_that(words: str, days: tuple[int, int]) -> None:
    assert corrected(words)[:2] == days


def test_a_length_keeps_the_beginning() -> None:
    assert corrected("3 hari aja") == (13, None, 3)
    assert corrected("mulai selasa", When(date(2026, 7, 13), None, days=2)) == (14, None, 2)
    assert corrected("16 aja 1 hari", When(date(2026, 7, 15), date(2026, 7, 16)))[:2] == (16, 16)


def test_in_the_week_that_is_spoken_of_a_day_that_is_over_is_not_meant() -> None:
    """On a Monday, of this week: "senin" after Thursday is next Monday."""
    assert corrected("senin aja", When(date(2026, 7, 9), date(2026, 7, 9)))[:2] == (13, 13)


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("perpanjang 2 hari", (13, 17)), ("extend by 2 days", (13, 17)), ("extend it by two more days", (13, 17)),
        ("tambah sehari lagi", (13, 16)), ("add one more day", (13, 16)), ("another day please", (13, 16)),
        ("tambah 3 hari lagi ya kak", (13, 20)), ("kurangi sehari", (13, 14)), ("diperpanjang sampai 17", (13, 17)),
        ("until 17", (13, 17)), ("the day after", (14, 16)), ("no, the day after", (14, 16)), ("besoknya aja", (14, 16)),
        ("mundurin sehari", (14, 16)), ("a day later please", (14, 16)), ("majuin 1 hari", (10, 14)),
        ("one day earlier", (10, 14)), ("undur seminggu", (20, 22)), ("push it back a week", (20, 22)),
    ],
)  # fmt: skip
def test_days_are_moved_and_made_longer_from_what_was_said_before(words: str, days: tuple[int, int]) -> None:
    assert corrected(words)[:2] == days


def test_a_length_grows_and_the_last_day_can_not_be_taken_away() -> None:
    assert corrected("perpanjang 2 hari", When(date(2026, 7, 13), None, days=3)) == (13, None, 5)
    chat: Any = SimpleNamespace(today=MONDAY, answers={}, forget_what_hangs_on=lambda name: None)
    with pytest.raises(Again):  # which days they are is asked for again
        WHEN.correct("kurangi 3 hari", BEFORE, cast(Chat, chat))
