"""Plots: numbers in, a tree of SVG out, and the same numbers as a table beside it. No plot knows whose they are.

Sizes are attributes and colours are classes, since the policy of the pages allows no style in a page. What a plot says
in words is given by the caller, in the reader's language.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from xml.etree import ElementTree as ET

from markupsafe import Markup

SHARES = (6, 11, 16)  # percent: from here on a cell of the heat-map is a tint darker
GAP = 1.5

Spelled = Callable[[int], str]  # how the page's language writes a number


@dataclass(frozen=True)
class Part:
    """A number with its name and the class of its colour."""

    name: str
    number: int
    shape: str
    href: str | None = None


@dataclass(frozen=True)
class Plot:
    """A drawing and its twin: the same numbers as a table, for those who hear, print or copy it."""

    drawing: ET.Element
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    shapes: Sequence[str] = ()  # of the parts, for the legend

    def __html__(self) -> Markup:
        return Markup(ET.tostring(self.drawing, encoding="unicode"))  # noqa: S704  the tree escapes its own words


def staffing_bar(
    parts: Sequence[Part], *, said: str, head: tuple[str, str], spelled: Spelled = str
) -> Plot:  # fmt: skip
    """One stacked bar of everybody: each part as wide as its share, none so thin that it cannot be seen."""
    whole = sum(part.number for part in parts)
    width = 600.0
    drawing = _svg(width, 20, said, "bar", preserveAspectRatio="none")
    shown = [part for part in parts if part.number]
    least = min(4.0, width / max(len(shown), 1))
    spare = width - least * len(shown)
    at = 0.0
    for part in shown:
        wide = least + spare * part.number / whole
        last = part is shown[-1]
        one = _rect(drawing, at, 0, wide - (0 if last else GAP), 20, part.shape, number=part.number)
        ET.SubElement(one, "title").text = f"{part.name}: {spelled(part.number)}"
        at += wide
    shapes = [part.shape.removeprefix("f-") for part in parts]
    return Plot(drawing, head, [(part.name, spelled(part.number)) for part in parts], shapes)


def age_bars(parts: Sequence[Part], *, said: str, head: tuple[str, str], spelled: Spelled = str) -> Plot:
    """How many have waited how long: one bar an age, its number above it, from zero."""
    greatest = max((part.number for part in parts), default=0) or 1
    step, tall = 600 / max(len(parts), 1), 84.0
    drawing = _svg(600, 124, said, "plot")
    _line(drawing, 0, 100, 600, 100)
    for at, part in enumerate(parts):
        high = tall * part.number / greatest
        _rect(drawing, at * step + step * 0.2, 100 - high, step * 0.6, high, part.shape, number=part.number)
        _text(drawing, at * step + step / 2, 94 - high, spelled(part.number), "strong")
        _text(drawing, at * step + step / 2, 118, part.name)
    return Plot(drawing, head, [(part.name, spelled(part.number)) for part in parts])


def month_bars(parts: Sequence[Part], *, said: str, head: tuple[str, str], words: Sequence[str]) -> Plot:
    """A quantity by month, from zero; `words` are the numbers as people write them."""
    greatest = max((part.number for part in parts), default=0) or 1
    step, tall = 600 / max(len(parts), 1), 84.0
    drawing = _svg(600, 124, said, "plot")
    _line(drawing, 0, 100, 600, 100)
    for at, (part, word) in enumerate(zip(parts, words, strict=True)):
        high = tall * part.number / greatest
        _rect(drawing, at * step + step * 0.15, 100 - high, step * 0.7, high, part.shape, number=part.number)
        if part.number:
            _text(drawing, at * step + step / 2, 94 - high, word, "strong")
        _text(drawing, at * step + step / 2, 118, part.name)
    return Plot(drawing, head, [(part.name, word) for part, word in zip(parts, words, strict=True)])


def pairs(
    some: Sequence[tuple[str, int, int]], *, said: str, head: tuple[str, str, str], shapes: tuple[str, str],
    spelled: Spelled = str,
) -> Plot:  # fmt: skip
    """Two numbers side by side for each name, from one zero: as it was and as it would be."""
    greatest = max((number for _, *both in some for number in both), default=0) or 1
    step, tall = 600 / max(len(some), 1), 110.0
    drawing = _svg(600, 150, said, "plot")
    _line(drawing, 0, 126, 600, 126)
    for at, (name, one, other) in enumerate(some):
        for nth, (number, shape) in enumerate(zip((one, other), shapes, strict=True)):
            high = tall * number / greatest
            x = at * step + step * (0.14 + 0.37 * nth)
            rect = _rect(drawing, x, 126 - high, step * 0.35, high, shape, number=number)
            ET.SubElement(rect, "title").text = f"{name}, {head[nth + 1]}: {spelled(number)}"
            if number:
                _text(drawing, x + step * 0.175, 120 - high, spelled(number), "strong")
        if len(some) <= 7 or at % 2 == 0:
            _text(drawing, at * step + step / 2, 146, name)
    rows = [(name, spelled(one), spelled(other)) for name, one, other in some]
    return Plot(drawing, head, rows, [one.removeprefix("f-") for one in shapes])


def headcount_steps(
    months: Sequence[tuple[str, int, int, int]], *, said: str, head: tuple[str, str, str, str], spelled: Spelled = str
) -> Plot:
    """Who joined stands above the line and who left below it, month by month; over each the people at its end."""
    greatest = max((number for _, up, down, _ in months for number in (up, down)), default=0) or 1
    step, tall, base = 600 / max(len(months), 1), 52.0, 76.0
    drawing = _svg(600, 162, said, "plot")
    for at, (name, up, down, people) in enumerate(months):
        x, wide = at * step + step * 0.2, step * 0.6
        for number, shape, sign in ((up, "f-go", 1), (down, "f-act", -1)):
            high = tall * number / greatest
            _rect(drawing, x, base - high if sign > 0 else base, wide, high, shape, number=sign * number)
        _text(drawing, at * step + step / 2, base - tall * up / greatest - 6, spelled(people), "strong")
        _text(drawing, at * step + step / 2, 156, name)
    _line(drawing, 0, base, 600, base)
    rows = [
        (name, f"+{spelled(up)}" if up else "0", f"\u2212{spelled(down)}" if down else "0", spelled(people))
        for name, up, down, people in months
    ]
    return Plot(drawing, head, rows)


def year_strip(
    year: int, days: Mapping[date, Part], *, said: str, head: tuple[str, str], months: Sequence[str]
) -> Plot:
    """A year as a row of days, each with the class of what it is; the months named below."""
    first = date(year, 1, 1)
    last = date(year, 12, 31)
    width = 730
    drawing = _svg(width, 44, said, "plot strip")
    for number in range((last - first).days + 1):
        on = first + timedelta(days=number)
        part = days.get(on)
        one = _rect(
            drawing, number * 2, 4, 1.6, 20, part.shape if part else "f-empty", number=part.number if part else 0
        )
        if part:
            ET.SubElement(one, "title").text = f"{on.isoformat()}: {part.name}"
    for month, name in enumerate(months, 1):
        _text(drawing, (date(year, month, 1) - first).days * 2, 40, name, anchor="start")
    told = [(on.isoformat(), part.name) for on, part in sorted(days.items()) if on.year == year]
    return Plot(drawing, head, told)


def shade(number: int, of: int) -> int:
    """Which tint a cell of the heat-map has: 0 for nobody, then darker with the share of those who are away."""
    if number <= 0:
        return 0
    share = 100 * number / of if of else 100
    return 1 + sum(share >= least for least in SHARES)


def _svg(width: float, height: float, said: str, shape: str, **more: str) -> ET.Element:
    return ET.Element("svg", {"class": shape, "viewBox": f"0 0 {_n(width)} {_n(height)}", "role": "img",
                              "aria-label": said, **more})  # fmt: skip


def _rect(
    to: ET.Element, x: float, y: float, width: float, height: float, shape: str, *, number: int
) -> ET.Element:  # fmt: skip
    return ET.SubElement(to, "rect", {"class": shape, "x": _n(x), "y": _n(y), "width": _n(max(width, 0)),
                                      "height": _n(max(height, 0)), "data-number": str(number)})  # fmt: skip


def _line(to: ET.Element, x1: float, y1: float, x2: float, y2: float) -> None:
    ET.SubElement(to, "line", {"class": "rule", "x1": _n(x1), "y1": _n(y1), "x2": _n(x2), "y2": _n(y2)})


def _text(to: ET.Element, x: float, y: float, words: str, shape: str = "", anchor: str = "middle") -> None:
    one = ET.SubElement(to, "text", {"x": _n(x), "y": _n(y), "text-anchor": anchor})
    if shape:
        one.set("class", shape)
    one.text = words


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def burn_up(days: Sequence[tuple[int, int, int, int]], of: int, *, said: str, head: Sequence[str]) -> Plot:
    """What was opened and answered in time, as steps that only rise; what was missed and what was excused beside them.
    `days` are the sums at the end of each day so far, of a month of so many days."""
    greatest = max((day[0] for day in days), default=0) or 1
    wide, tall = 600 / max(of, 1), 130.0
    drawing = _svg(600, 162, said, "plot")
    shapes = ("f-pale", "f-go", "f-act", "f-told")
    for at, (opened, kept, late, excused) in enumerate(days):
        x, base = at * wide, tall
        _rect(drawing, x, base - tall * opened / greatest, wide, tall * opened / greatest, shapes[0], number=opened)
        for number, shape in ((kept, shapes[1]), (late, shapes[2]), (excused, shapes[3])):
            high = tall * number / greatest
            _rect(drawing, x + wide * 0.15, base - high, wide * 0.7, high, shape, number=number)
            base -= high
        if at % 5 == 0:
            _text(drawing, x + wide / 2, 154, str(at + 1))
    _line(drawing, 0, tall, 600, tall)
    return Plot(drawing, head, [(str(at + 1), *map(str, day)) for at, day in enumerate(days)], shapes)
