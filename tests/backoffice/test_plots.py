"""What is drawn equals what the twin says: each SVG is read back and measured."""

from datetime import date
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from backoffice import plots
from backoffice.plots import Part, Plot

NUMBERS = st.lists(st.integers(0, 20_000), min_size=1, max_size=6).filter(any)


def parts(numbers: list[int]) -> list[Part]:
    return [Part(f"part {at}", number, "f-go") for at, number in enumerate(numbers)]


def rects(plot: Plot) -> list[dict[str, float]]:
    tree = ET.fromstring(Markup(plot))
    return [
        {name: float(one.get(name) or 0) for name in ("x", "y", "width", "height", "data-number")}
        for one in tree.iter("rect")
    ]


@given(NUMBERS)
def test_the_staffing_bar_is_as_wide_as_its_numbers(numbers: list[int]) -> None:
    plot = plots.staffing_bar(parts(numbers), said="finding", head=("Part", "People"))
    drawn, shown = rects(plot), [number for number in numbers if number]
    assert [int(one["data-number"]) for one in drawn] == shown
    assert [row[1] for row in plot.rows] == [str(number) for number in numbers]
    spare, whole = 600 - 4 * len(shown), sum(shown)
    ends = [*(one["x"] for one in drawn[1:]), 600.0]
    for one, end, number in zip(drawn, ends, shown, strict=True):
        assert end - one["x"] == pytest.approx(4 + spare * number / whole, abs=0.11)
        assert one["width"] > 2, "a part that is there is seen"


@given(NUMBERS)
def test_bars_stand_on_zero_and_are_as_high_as_their_numbers(numbers: list[int]) -> None:
    drawn = rects(plots.age_bars(parts(numbers), said="finding", head=("Age", "Requests")))
    assert [int(one["data-number"]) for one in drawn] == numbers
    for one, number in zip(drawn, numbers, strict=True):
        assert one["height"] == pytest.approx(84 * number / max(numbers), abs=0.06)
        assert one["y"] + one["height"] == pytest.approx(100, abs=0.11)


def test_months_say_their_quantity_as_people_write_it() -> None:
    plot = plots.month_bars(parts([1500, 0]), said="finding", head=("Month", "Days"), words=["1,5", "0"])
    assert plot.rows == [("part 0", "1,5"), ("part 1", "0")]
    texts = [one.text for one in plot.drawing.iter("text")]
    assert texts == ["1,5", "part 0", "part 1"]


@pytest.mark.parametrize(("year", "long"), [(2026, 365), (2028, 366)])
def test_the_year_strip_has_every_day_and_marks_the_right_ones(year: int, long: int) -> None:
    days = {date(year, 3, 1): Part("taken", 1, "f-go"), date(year, 12, 31): Part("planned", 1, "f-wait")}
    plot = plots.year_strip(
        year, days, said="finding", head=("Day", "What"), months=[str(month) for month in range(1, 13)]
    )
    drawn = list(plot.drawing.iter("rect"))
    marked = [at for at, one in enumerate(drawn) if one.get("class") != "f-empty"]
    assert (len(drawn), marked) == (long, [31 + (29 if long == 366 else 28), long - 1])
    assert plot.rows == [(f"{year}-03-01", "taken"), (f"{year}-12-31", "planned")]


def test_a_tint_grows_with_the_share_and_nobody_away_has_none() -> None:
    assert [plots.shade(number, 100) for number in (0, 1, 5, 6, 10, 11, 15, 16, 100)] == [0, 1, 1, 2, 2, 3, 3, 4, 4]
    assert plots.shade(1, 0) == 4


def test_words_in_a_plot_are_words_and_its_finding_is_said() -> None:
    plot = plots.staffing_bar([Part("<b>", 1, "f-go")], said='"quoted" & told', head=("a", "b"))
    assert "<b>" not in Markup(plot)
    tree = ET.fromstring(Markup(plot))
    assert (tree.get("role"), tree.get("aria-label")) == ("img", '"quoted" & told')


@given(st.lists(st.tuples(st.integers(0, 900), st.integers(0, 900)), min_size=12, max_size=12))
def test_who_joined_stands_above_the_line_and_who_left_below(moves: list[tuple[int, int]]) -> None:
    months = [(f"m{at}", up, down, 1000 + at) for at, (up, down) in enumerate(moves)]
    plot = plots.headcount_steps(months, said="finding", head=("Month", "Joined", "Left", "People"))
    drawn, greatest = rects(plot), max(max(one) for one in moves) or 1
    assert [int(one["data-number"]) for one in drawn] == [number for up, down in moves for number in (up, -down)]
    for one in drawn:
        assert one["height"] == pytest.approx(52 * abs(one["data-number"]) / greatest, abs=0.06)
        edge = one["y"] + one["height"] if one["data-number"] > 0 else one["y"]
        assert edge == pytest.approx(76, abs=0.11)
    assert [row[3] for row in plot.rows] == [str(1000 + at) for at in range(12)]
    assert [(row[1], row[2]) for row in plot.rows] == [
        (f"+{up}" if up else "0", f"−{down}" if down else "0") for up, down in moves
    ]
