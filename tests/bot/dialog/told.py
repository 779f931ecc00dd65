"""Sentences about days, told as people tell them: a story, its days, and what is meant by it. For tests alone.

Each way of telling is a sentence with places for days, and the days that are meant. The days are drawn, so that no
rule can be written for one of them; a typing slip may be in any longer name, and words may be as people shorten them.
"""

import re
from dataclasses import dataclass
from datetime import date

from hypothesis import strategies as st

from tests.bot.dialog.told_ways import DAY, HALVES, NEXT, TODAY, TOLD, Days, days, worked

EN = "January February March April May June July August September October November December".split()
ID = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()
EN_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
ID_DAYS = "Senin Selasa Rabu Kamis Jumat Sabtu Minggu".split()
SLIPS = 5  # letters a word needs for one of them to be wrong
WAYS = 6
# As people write in a chat.
SHORT = {
    "saya": "gw", "tidak": "gak", "sampai": "smp", "masuk": "msk", "hari": "hr", "lagi": "lg", "saja": "aja", "dan": "sama",
    "tapi": "tp", "yang": "yg", "tanggal": "tgl", "sudah": "udh", "dari": "dr", "setengah": "stgh", "minggu": "mgg",
    "please": "pls", "and": "n", "tomorrow": "tmrw", "leave": "lv", "from": "frm", "between": "btwn",
    "Monday": "mon", "Tuesday": "tues", "Wednesday": "wed", "Thursday": "thurs", "Friday": "fri", "because": "bc",
}  # fmt: skip
INDONESIAN = re.compile(
    r"\b(?:saya|cuti\w*|libur|masuk|ngantor|bukan|jangan|sampai|hari|setengah|gladi|rapat|terserah|beberapa|bbrp)\b"
)
__all__ = ["HALVES", "TODAY", "TOLD", "Said", "days", "sentences"]


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence and the working days it means, none where it has to be asked about; and which half of the day."""

    text: str
    meant: frozenset[date]
    part: str | None = None


def _in_english(day: date, way: int) -> str:
    month, short = EN[day.month - 1], EN[day.month - 1][:3]
    name = EN_DAYS[day.weekday()]
    return [
        f"{day.day} {month}",
        f"{short} {day.day}",
        f"{name} {day.day} {month}",
        f"{name} the {_th(day.day)} of {month}",
        f"{name[:3]} {day.day} {short}",
        f"the {_th(day.day)} of {month}",
    ][way]


def _in_indonesian(day: date, way: int) -> str:
    month, name = ID[day.month - 1], ID_DAYS[day.weekday()]
    if day.weekday() == 6:
        way = 0
    return [
        f"tanggal {day.day} {month}",
        f"tgl {day.day} {month[:3]}",
        f"{name} tanggal {day.day} {month}",
        f"{day.day} {month}",
        f"{name} {day.day} {month[:3].lower()}",
        f"hari {name} tgl {day.day} {month}",
    ][way]


def _th(number: int) -> str:
    ending = "th" if 10 < number < 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


@st.composite
def sentences(draw: st.DrawFn, way: str, *, slips: bool = False, short: bool = False) -> Said:
    """A sentence that tells days in this way."""
    meant, wordings = TOLD[way]
    wording = draw(st.sampled_from(wordings))
    told = draw(_days())
    indonesian = INDONESIAN.search(wording) is not None
    how = draw(st.integers(0, WAYS - 1))
    spelt, names = (_in_indonesian, ID_DAYS) if indonesian else (_in_english, EN_DAYS)
    dated = {name: spelt(getattr(told, name), how) for name in "abcdepq"}
    near = {name: names[day.weekday()] for name, day in (("A", told.A), ("B", told.B), ("X", told.x))}
    text = wording.format(**dated, **near)
    if slips:
        text = _with_a_slip(text, draw(st.integers(0, 1_000)), draw(st.integers(0, 1_000)))
    if short:
        text = _shortened(text)
    return Said(text, frozenset(meant(told)), HALVES.get(way))


@st.composite
def _days(draw: st.DrawFn) -> Days:
    first = TODAY + DAY * draw(st.integers(12, 20) | st.integers(46, 60))  # between the holidays
    while first.weekday() > 2:
        first += DAY
    last = worked(worked(first)) + DAY * draw(st.integers(0, 4 - worked(worked(first)).weekday()))
    over = TODAY - DAY * draw(st.sampled_from((3, 8, 9, 10)))  # with the day after it, both worked
    coming = [TODAY + DAY, NEXT, NEXT + DAY, NEXT + 2 * DAY]
    one = draw(st.integers(0, 2))
    other = draw(st.integers(one + 1, 3))
    return Days(first, last, over, coming[one], coming[other], NEXT + DAY * draw(st.integers(1, 3)))


def _with_a_slip(text: str, which: int, where: int) -> str:
    """The sentence with two letters of a longer word in the wrong order; a month or weekday, which people know to read."""
    names = {*EN, *ID, *EN_DAYS, *ID_DAYS}
    long = [word for word in text.split() if word in names and len(word) >= SLIPS]
    if not long:
        return text
    word = long[which % len(long)]
    at = 2 + where % (len(word) - 3)
    return text.replace(word, word[:at] + word[at + 1] + word[at] + word[at + 2 :], 1)


def _shortened(text: str) -> str:
    """The sentence as somebody writes it in a hurry: short words, no capitals."""
    return re.sub(r"\w+", lambda word: SHORT.get(word.group(), word.group()), text).lower()
