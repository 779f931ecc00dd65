"""However days are told, and whichever they are, those that are meant are found: ways of telling times drawn days."""

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialog.understood import understood
from tests.bot.dialog import told

NOW = datetime.fromisoformat(f"{told.TODAY}T10:00:00+07:00")


def _read(sentence: str) -> frozenset[date]:
    """The working days that are understood, none where it would be asked."""
    heard = understood(sentence, NOW)
    if "dates" in heard:
        return frozenset(day for day in map(date.fromisoformat, heard["dates"]) if day.weekday() < 5)
    if "start" not in heard:
        return frozenset()
    return frozenset(told.days(date.fromisoformat(heard["start"]), date.fromisoformat(heard["end"])))


@pytest.mark.parametrize("way", sorted(told.TOLD))
@settings(max_examples=30, deadline=None)
@given(st.data())
def test_days_are_found_in_this_way_of_telling(way: str, data: st.DataObject) -> None:
    said = data.draw(told.sentences(way))
    assert _read(said.text) == said.meant, said.text
    if said.part is not None:
        assert understood(said.text, NOW).get("part") == said.part, said.text


@pytest.mark.parametrize("way", sorted(told.TOLD))
@settings(max_examples=15, deadline=None)
@given(st.data())
def test_a_slip_in_a_name_changes_nothing(way: str, data: st.DataObject) -> None:
    said = data.draw(told.sentences(way, slips=True))
    assert _read(said.text) == said.meant, said.text


@pytest.mark.parametrize("way", sorted(told.TOLD))
@settings(max_examples=15, deadline=None)
@given(st.data())
def test_nor_do_short_words(way: str, data: st.DataObject) -> None:
    said = data.draw(told.sentences(way, short=True))
    assert _read(said.text) == said.meant, said.text
